"""Prints what the answers about one assessment cost on GB/T 45288.3, from an unknown start and from an example.

Bounds and reachable levels, why a level is not reached, plans, what to ask next, what other readings give, and why two
examples differ.

    python benchmarks/remedies.py            # some seconds
    python benchmarks/remedies.py --quick    # once each: shows only that it can run

Warm: the policy is compiled and the evidence assessed, as in a session that goes on. Every figure is the median, in
seconds of the processor, so that whatever else the machine does is not counted.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import guiju
from guiju.engine.evaluate import Assessment, evaluate
from guiju.engine.reasoning.asking.questions import inquire
from guiju.engine.reasoning.comparing.because import because
from guiju.engine.reasoning.comparing.difference import difference_between
from guiju.engine.reasoning.planning.certifying import certificate_of
from guiju.engine.reasoning.planning.changes import Aim, Terms, wanted_from
from guiju.engine.reasoning.planning.mending import ChosenMendings, mendings_by_choice
from guiju.engine.reasoning.planning.proof import refuted
from guiju.engine.reasoning.planning.remedy import remedy_for
from guiju.engine.reasoning.readings.depending import reading_effects
from guiju.engine.reasoning.why.why_not import why_not_from

POLICY = "gbt-45288.3-2025"
EVIDENCE = Path(__file__).resolve().parents[1] / "policies" / POLICY / "evidence"
MID, STRONG, FULL = (
    EVIDENCE / f"{name}.yaml" for name in ("mid-vendor-with-gaps", "strong-platform-vendor", "full-stack-provider")
)
EMPTY = {"guiju": "evidence/1", "subject": "x"}
BLANK = {"guiju": "evidence/1", "subject": "x", "inputs": {"service": "full"}}
AIM = 1.0


def median(work: Callable[[], object], repetitions: int) -> float:
    """Seconds of one call, the median."""
    times = []
    for _ in range(repetitions):
        gc.collect()
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


def asked(assessment: Assessment, level: str) -> Aim:
    """An aim that nothing has looked at yet."""
    return Aim(assessment, "level", wanted_from(assessment, "level", level))


def measure(name: str, assessment: Assessment, level: str, repetitions: int) -> Iterator[bool]:
    """The lines of one evidence and one level, and whether each of these answers is within the aim."""
    terms, aim = Terms(), asked(assessment, level)
    found, sets = remedy_for(aim, terms), mendings_by_choice(aim)
    certificate = certificate_of(aim, terms, found)
    assert certificate is not None
    told = f"{len(found.steps or ())} changes, {found.count} sets at that cost"
    choices = f" for {len(sets)} choices of the service" if len(sets) > 1 else ""
    minimal = f"{sum(sum(s.found.counts.values()) for s in sets)} sets{choices}, {_completeness(sets)}"
    works: list[tuple[str, Callable[[], object], str]] = [
        ("plan", lambda: remedy_for(asked(assessment, level), terms), told),
        ("check of its certificate", lambda: refuted(asked(assessment, level), terms, certificate), ""),
        ("why it is not reached", lambda: why_not_from(assessment, "level", level), ""),
        ("minimal sets in the way", lambda: mendings_by_choice(asked(assessment, level)), minimal),
    ]
    for what, work, more in works:
        yield line(f"{name}, {level}: {what}", work, repetitions, more)
    yield all(each.found.complete for each in sets)


def asking(name: str, assessment: Assessment, repetitions: int) -> bool:
    """The lines of one evidence that no level is asked of, and whether its bounds are within the aim."""
    bound, readings = assessment.bound, assessment.readings

    def first() -> str:
        inquiry = inquire(bound, readings)
        return inquiry.next.name if inquiry.next else "nothing"

    possible = ", ".join(map(str, assessment.possible("level").values))
    effects = reading_effects(assessment)
    tried = f"{effects.tried} of {effects.combinations} combinations tried"
    works: list[tuple[str, Callable[[], object], str]] = [
        ("first question, out of all ranked", first, first()),
        ("other readings", lambda: reading_effects(assessment), tried),
    ]
    told = line(f"{name}: bounds and reachable levels", lambda: evaluate(bound, readings), repetitions, possible)
    for what, work, more in works:
        line(f"{name}: {what}", work, repetitions, more)
    return told


def comparing(before: Assessment, after: Assessment, repetitions: int) -> None:
    """The line of two subjects: why each thing that differs between them does."""
    difference = difference_between(before, after)
    told = f"{len(difference.causes)} causes, {len(difference.effects)} effects"
    line("mid vendor to full stack: why they differ", lambda: because(before, after, difference), repetitions, told)


def _completeness(sets: tuple[ChosenMendings, ...]) -> str:
    missing = sum(not each.found.complete for each in sets)
    return f"not complete in {missing}  (aim missed)" if missing else "complete"


def line(what: str, work: Callable[[], object], repetitions: int, more: str) -> bool:
    """One line of the table, and whether it is within the aim."""
    seconds = median(work, repetitions)
    missed = "  (aim missed)" if seconds > AIM else ""
    print(f"{what:<58} {seconds * 1000:>8.0f} ms  {more}{missed}".rstrip(), flush=True)
    return not missed


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    repetitions = 1 if parser.parse_args().quick else 5
    policy = guiju.load(POLICY)
    print(f"Aim: each within {AIM:g} s\n")
    given: dict[str, Mapping[str, Any] | Path] = {
        "nothing stated": EMPTY,
        "nothing but the service": BLANK,
        "mid vendor": MID,
        "strong platform": STRONG,
        "full stack": FULL,
    }
    assessments = {name: guiju.evaluate(policy, evidence) for name, evidence in given.items()}
    within: dict[str, list[bool]] = {}
    for name, assessment in assessments.items():
        within[name] = [asking(name, assessment, repetitions)]
        for level in ("L1", "L2", "L3"):
            within[name] += measure(name, assessment, level, repetitions)
    comparing(assessments["mid vendor"], assessments["full stack"], 1)
    print(f"\nBounds, plans, why a level is not reached and all minimal sets, complete and each within {AIM:g} s:")
    for name, each in within.items():
        print(f"  {name}: {'yes' if all(each) else 'NO'}")


if __name__ == "__main__":
    main()
