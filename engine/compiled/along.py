"""Where open clauses lead if outcomes go one way as clauses are satisfied: from none of them satisfied to all of them.

The two ends bound what is reachable. From one end to the other, one clause after the other, no outcome turns back, so
that a value which is met on the way is found in as many looks as the number of clauses has binary digits. What is met
is reachable. What is passed by at a clause, and not come to either where that one alone fails, needs this clause; and
where all satisfied that it needs lead beyond it, it is not reachable.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, TypeVar

from guiju.engine.compiled.answer import Answer
from guiju.engine.compiled.scales import Scale

MOST_LOOKS = 1_000  # at completions of one row, each as long as a look at a row of which all is known
MOST_NEEDED = 64  # clauses that are told to be needed for one value


class Open(Protocol):
    """A clause that is open, and that all others leave free."""

    @property
    def clause(self) -> str:
        """Its id."""


_Open = TypeVar("_Open", bound=Open)


def answers_along(
    scales: Mapping[str, Scale], open_: Sequence[_Open], failing: Callable[[Sequence[_Open]], Answer]
) -> list[Answer] | None:
    """Answers that have every value of each outcome which is reachable; None where that is not told.

    `failing` gives the answer where some of the open clauses fail and the others are satisfied.
    """
    lowest, highest = failing(open_), failing(())
    found = [lowest, highest]
    for target, scale in scales.items():
        between = range(scale.place(lowest[target]) + 1, scale.place(highest[target]))
        way = sorted(open_, key=lambda one: scale.order.get(one.clause, 0)) if between else ()
        for place in between:
            if any(answer[target].value == scale.values[place] for answer in found):
                continue

            def seen(clauses: Sequence[_Open], target: str = target, scale: Scale = scale) -> int:
                found.append(failing(clauses))
                return scale.place(found[-1][target])

            if not _is_told(place, way, seen) or len(found) > MOST_LOOKS:
                return None
    return found


def _is_told(place: int, way: Sequence[_Open], seen: Callable[[Sequence[_Open]], int]) -> bool:
    """Whether a place on a way that begins before it and ends after it is seen, or told to be passed by in any case.

    `seen` gives the place where some of the clauses of the way fail, and keeps what is seen there.
    """
    doubtful = list(way)  # those that are not told to be needed
    before, after = 0, len(way)  # so many of them are satisfied
    for _ in range(MOST_NEEDED):
        while after - before > 1:
            middle = (before + after) // 2
            here = seen(doubtful[middle:])
            if here == place:
                return True
            before, after = (middle, after) if here < place else (before, middle)
        here = seen([doubtful.pop(before)])
        if here >= place:  # come to without this clause, or beyond it
            return here == place
        if seen(doubtful) >= place:
            return True
        before, after = 0, before
    return False
