"""Prints how long an editor waits from a keystroke to diagnostics, in the middle of GB/T 45288.3—2025.

    python benchmarks/keystroke.py            # half a minute
    python benchmarks/keystroke.py --quick    # few keystrokes, in some seconds

Ends with 1 where what is told at once takes longer than the aim, in the median. So that a slow machine does not fail
it, each keystroke is held against a loop of plain Python beside it, and told in milliseconds of a machine on which
this loop takes as long as it did where the aim was set.

A condition is retyped character by character, so most of the texts on the way are broken, as they are in an editor.
What is timed is what the language server does of its own: taking the text, telling what can be told at once (mistakes
of syntax and of what is declared), and converting it for the editor. All diagnostics, those of `guiju check`, are told
when the typing stops, and timed apart.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from guiju.lsp.diagnostics import by_file
from guiju.lsp.texts import Opened, Texts

POLICY = Path(__file__).resolve().parents[1] / "policies" / "gbt-45288.3-2025" / "gbt-45288.3-2025.guiju"
CONDITION = "training_compute_10b >= 50 PFLOPS"
AIM = 100  # milliseconds
LOOP = 25  # milliseconds that `loop` takes on the machine that the aim is set on


def texts(most: int) -> Iterator[tuple[str, bool]]:
    """The policy after each keystroke, and whether the condition is whole there."""
    whole = POLICY.read_text("utf-8")
    for end in range(len(CONDITION) - min(most, len(CONDITION)), len(CONDITION) + 1):
        yield whole.replace(CONDITION, CONDITION[:end], 1), end == len(CONDITION)
    label = '"百亿级训练算力" / "Training compute, 10-billion class"'
    for n in range(min(most, 20)):
        yield whole.replace(label, label[:-1] + " or more of it in"[: n + 1] + '"', 1), True


def milliseconds(work: Callable[[], object]) -> float:
    """Processor time of something, once: what other programs do meanwhile does not count."""
    gc.collect()
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def loop() -> int:
    """What the speed of a machine is told by: texts, a mapping and small numbers, as in the server."""
    found: dict[str, int] = {}
    for n in range(120_000):
        word = f"{n % 977}.{n % 7}"
        found[word] = found.get(word, 0) + len(word)
    return sum(found.values())


def as_aimed(work: Callable[[], object]) -> float:
    """The same in milliseconds of the machine that the aim is set on."""
    before = milliseconds(loop)
    took = milliseconds(work)
    return took * LOOP / statistics.mean((before, milliseconds(loop)))


def main() -> None:
    """Type, and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few keystrokes")
    most = 5 if parser.parse_args().quick else len(CONDITION)
    held = Texts()
    opened = held.open(POLICY.as_uri(), POLICY.read_text("utf-8"), 0)
    cold = milliseconds(lambda: held.desk(opened))
    first: dict[bool, list[float]] = {True: [], False: []}
    full: dict[bool, list[float]] = {True: [], False: []}
    for version, (text, is_whole) in enumerate(texts(most), 1):
        first[is_whole].append(as_aimed(lambda t=text, v=version: at_once(held, opened.uri, t, v)))  # type: ignore[misc]
        full[is_whole].append(milliseconds(lambda: by_file(opened, held.desk(opened).diagnostics, "en", None)))
    print("From a keystroke to diagnostics, GB/T 45288.3—2025, milliseconds; at once: by the loop, see --help")
    print(f"  opened, everything told                   {cold:6.0f}")
    for is_whole, name in ((True, "line is whole"), (False, "line is broken")):
        print(f"  {name:14}  told at once                {shown(first[is_whole])}    aim {AIM}")
        print(f"  {'':14}  all, when typing stops      {shown(full[is_whole])}")
    if slow := [median for times in first.values() if (median := statistics.median(times)) > AIM]:
        sys.exit(f"told at once takes {max(slow):.0f} ms, more than {AIM}")


def at_once(held: Texts, uri: str, text: str, version: int) -> object:
    """What a server does of one keystroke before it tells anything."""
    opened: Opened = held.change(uri, text, version)
    return by_file(opened, held.at_once(opened), "en", None)


def shown(times: list[float]) -> str:
    """The median of some times, and the longest."""
    return f"{statistics.median(times):6.0f}  (longest {max(times):.0f})"


if __name__ == "__main__":
    main()
