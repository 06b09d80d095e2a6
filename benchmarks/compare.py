"""Prints how Guiju compares with other tools on the same standard and the same rows, all in one run.

    python -m pip install -r benchmarks/peers/requirements.txt     # the other tools; what is not installed is named
    python benchmarks/compare.py                                   # some minutes
    python benchmarks/compare.py --quick                           # small and few: shows only that it can run

Every figure is the median of repetitions in turns. In brackets: how many times what
the fastest of Guiju's own ways takes for the same.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Read the arguments, hold libraries to one thread, and compare."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--quick", action="store_true", help="small and few")
    parser.add_argument(
        "--only", metavar="PART", action="append", help="single, batch, files, cores, wrong, growth; may repeat"
    )
    parser.add_argument("--tool", metavar="WORD", action="append", help="only tools with this word in their name")
    arguments = parser.parse_args()
    os.environ["POLARS_MAX_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"  # read when these libraries are imported
    sys.path.insert(0, str(ROOT))
    from benchmarks.comparison import Sizes, compare

    sizes = Sizes.quick() if arguments.quick else Sizes()
    compare(sizes, arguments.only or ["single", "batch", "files", "cores", "wrong", "growth"], arguments.tool or [""])


if __name__ == "__main__":
    main()
