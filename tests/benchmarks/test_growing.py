"""What loading and answering do grows as the standard does: calls are counted, for a clock tells of the machine as well."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Mapping
from cProfile import Profile
from functools import partial
from pstats import Stats
from typing import Any

from benchmarks.growing import AIM
from benchmarks.peers import guiju_compiled, guiju_reference
from benchmarks.workload import drawn, program_of, table_of, text_of
from guiju.engine.names import clause_id, leaf_named

SMALL, LARGE = 3, 12


def test_no_function_is_called_more_often_in_loading_than_the_standard_grows() -> None:
    """The compiled function: it parses, checks and compiles as the reference does, and then is generated."""
    load = guiju_compiled.PEER.load
    load(text_of(1))  # what is made once and kept is made here
    small, large = (counted(partial(load, text_of(number))) for number in (SMALL, LARGE))
    assert out_of_step(small, large) == {}


def test_no_function_is_called_more_often_in_answering_than_the_standard_grows() -> None:
    small, large = (answering(number) for number in (SMALL, LARGE))
    assert out_of_step(small, large) == {}


def test_the_id_of_a_clause_means_it_without_being_read() -> None:
    """What is read is kept for some thousands of names: a standard with more of them had all its ids read in every row."""
    ids = [f"6.{n}.a" for n in range(3)]
    read = clause_id.cache_info()
    assert [leaf_named(i, dict(zip(ids, ids, strict=True))) for i in ids] == ids
    assert clause_id.cache_info() == read
    assert leaf_named("6.1 a)", dict(zip(ids, ids, strict=True))) == "6.1.a"


def answering(number: int) -> Mapping[str, int]:
    """The calls that a row takes of which everything is known; one before it makes what is made once."""
    program, loaded = program_of(number), guiju_reference.PEER.load(text_of(number))
    row: Any = loaded.many(table_of(program, *drawn(program, 1, 0)))
    loaded.levels(row)
    return counted(partial(loaded.levels, row))


def counted(work: Callable[[], object]) -> Mapping[str, int]:
    """How often some work calls each function of ours."""
    profile = Profile()
    profile.runcall(work)
    stats: Mapping[tuple[str, int, str], tuple[int, int]] = Stats(profile).stats  # type: ignore[attr-defined]
    parted = (
        (file.partition(f"{os.sep}guiju{os.sep}")[2], line, name, calls)
        for (file, line, name), (_, calls, *_) in stats.items()
    )
    return {f"{file}:{line} {name}": calls for file, line, name, calls in parted if file}


def out_of_step(small: Mapping[str, int], large: Mapping[str, int]) -> dict[str, float]:
    """The functions that are called at least once for each clause, and more often than they may; by what power they grow."""
    assert sum(small.values()) > 0
    often = {name: calls for name, calls in large.items() if calls > LARGE * 193}
    powers = {name: math.log(n / small.get(name, 1), LARGE / SMALL) for name, n in often.items()}
    return {name: round(power, 2) for name, power in powers.items() if power > AIM}
