"""What else a changed fact may become: the other values of an option, a set or a yes-no fact that do as well.

Each is tried by what follows from it, all other changes being as they are. Of numbers `nearest` says how far they move.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, islice

from guiju.compiler.ir import Fact, NumberType, OptionType, SetType, Value
from guiju.engine.reasoning.planning.changes import Aim, Changes, Terms

MOST_VALUES = 1024  # values of one fact that are tried; of a set of more options the smallest sets


@dataclass(frozen=True)
class Likewise:
    """The `values` beside the one that is planned that do as well.

    `holding`: of a set, where any that holds certain ones does, these smallest ones instead, the planned one perhaps
    among them. `complete`: every value there is was tried.
    """

    values: tuple[Value, ...] = ()
    holding: bool = False
    complete: bool = True


NOTHING_ELSE = Likewise()


def likewise(aim: Aim, terms: Terms, values: Sequence[Value], changes: Changes, address: str) -> Likewise:
    """What else one of some changes may become; `values` are what follows from all of them."""
    subject = aim.network.node(address).subject
    if not isinstance(subject, Fact) or isinstance(subject.type, NumberType):
        return NOTHING_ELSE
    tried = list(islice(_values(subject), MOST_VALUES + 1))
    complete, today = len(tried) <= MOST_VALUES, aim.today[aim.network.at[address]]

    def does(value: Value) -> bool:
        instead = {**changes, address: value}
        after = aim.after(values, instead, (address,))
        return after[aim.goal] is True and aim.is_in_order(after, instead, terms)

    doing = [v for v in tried[:MOST_VALUES] if v != today and (v == changes[address] or does(v))]
    others = tuple(v for v in doing if v != changes[address])
    smallest = _smallest(doing)
    if complete and len(smallest) < len(doing) and _are_held(smallest, tried, doing):
        return Likewise(smallest, holding=True)
    return Likewise(others, complete=complete)


def _values(fact: Fact) -> Iterator[Value]:
    """Every value that a fact can have, of sets the smallest first."""
    match fact.type:
        case OptionType(options):
            yield from options
        case SetType(options):
            sizes = (combinations(options, size) for size in range(len(options) + 1))
            yield from map(frozenset, chain.from_iterable(sizes))
        case _:
            yield from (True, False)


def _smallest(values: Sequence[Value]) -> tuple[Value, ...]:
    """The sets of which no other one is a part."""
    sets = [v for v in values if isinstance(v, frozenset)]
    return tuple(s for s in sets if not any(other < s for other in sets))


def _are_held(smallest: Sequence[Value], tried: Sequence[Value], doing: Sequence[Value]) -> bool:
    """Whether what does is just what holds one of the smallest sets."""
    held = {t for t in tried if isinstance(t, frozenset) and any(isinstance(s, frozenset) and s <= t for s in smallest)}
    return held == set(doing)
