"""One slip of the hand is told of about once: how many diagnostics a slip of each kind gives, over bundled policies.

`python -m tests.dsl.test_mutations 12` measures all policies, twelve slips of a kind in each.
"""

from __future__ import annotations

import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from guiju.dsl.diagnostic import Diagnostic
from guiju.dsl.source import Source
from guiju.library import compile_source
from tests.dsl.mutations import WAYS, Mutation, mutations

pytestmark = pytest.mark.slow

POLICIES = {p.stem: p for p in sorted((Path(__file__).parents[2] / "policies").glob("**/*.guiju"))}
SMALL = ("c2m2", "caict-fangsheng", "iso-iec-33020", "openssf-scorecard")
#: at most so many diagnostics of one slip, on the average of those that leave a mistake, and at the worst
HELD: dict[str, tuple[float, int]] = dict.fromkeys(WAYS, (1.1, 2)) | {
    "two neighbours swapped": (1.5, 4),
    "a head deleted": (1.7, 4),
    "a line duplicated": (1.2, 2),
    "another digit in a clause": (1.5, 3),
}


def found(policy: str, text: str) -> tuple[Diagnostic, ...]:
    path = POLICIES[policy]
    return compile_source(Source(path.name, text), folder=path.parent).diagnostics


@cache
def found_before(policy: str) -> Counter[tuple[object, ...]]:
    return _counted(found(policy, POLICIES[policy].read_text("utf-8")))


def caused(policy: str, mutation: Mutation) -> int:
    """How many diagnostics a slip adds to those that the policy has anyhow."""
    return sum((_counted(found(policy, mutation.text)) - found_before(policy)).values())


def _counted(diagnostics: tuple[Diagnostic, ...]) -> Counter[tuple[object, ...]]:
    return Counter((d.code.name, d.arguments) for d in diagnostics)


def counts(way: str, policies: tuple[str, ...], number: int) -> dict[str, int]:
    """For each slip, by policy and line, how many diagnostics it gives."""
    return {
        f"{policy}:{mutation.line}": caused(policy, mutation)
        for policy in policies
        for mutation in mutations(POLICIES[policy].read_text("utf-8"), way, number, policy)
    }


@pytest.mark.parametrize("way", WAYS)
def test_a_slip_of_the_hand_is_told_of_about_once(way: str) -> None:
    told = {place: number for place, number in counts(way, SMALL, 3).items() if number}
    mean, worst = HELD[way]
    assert sum(told.values()) <= mean * len(told), told
    assert max(told.values()) <= worst, told


if __name__ == "__main__":
    for way_ in WAYS:
        told_ = sorted(n for n in counts(way_, tuple(POLICIES), int(sys.argv[1])).values() if n)
        sys.stdout.write(f"{way_:28} {len(told_):4}  mean {sum(told_) / len(told_):.2f}  worst {told_[-1]}\n")
