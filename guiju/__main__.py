"""The command `guiju`, and `python -m guiju`: what takes a moment to import may be interrupted, too."""

import gc
import os
import sys


def main() -> None:
    """Run the command; end without a word where it is interrupted, from the first moment on."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # NumPy starts threads for matrices, and there are none here
    try:
        from guiju.processes import OBJECTS_BETWEEN_COLLECTIONS

        gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
        from guiju.cli.main import main as command

        command()
    except KeyboardInterrupt:
        sys.exit(130)
    finally:
        gc.freeze()  # Python looks for cycles as it ends, again and again; what is there still goes with the process


if __name__ == "__main__":
    main()
