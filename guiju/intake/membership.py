"""The membership table of a catalog: for each group of clauses and each level, which clauses count, in ranges."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import groupby, pairwise

from guiju.intake.catalog import Catalog, Entry

_Counts = Callable[[Entry], bool]


def membership(catalog: Catalog) -> Iterator[tuple[str, tuple[str, ...]]]:
    """For each group of clauses its name and a cell for each level, as the language writes them."""
    for group in clause_groups(catalog.entries):
        yield group.mark, tuple(_cell(group, _at(catalog, level.id)) for level in catalog.levels)


def clause_groups(entries: tuple[Entry, ...]) -> Iterator[Entry]:
    """The groups that hold clauses, in order."""
    for entry in entries:
        if any(not child.is_group for child in entry.children):
            yield entry
        yield from clause_groups(tuple(child for child in entry.children if child.is_group))


def counted(catalog: Catalog, level: str) -> int:
    """How many clauses count at a level."""
    counts = _at(catalog, level)
    return sum(counts(leaf) for leaf in catalog.leaves())


def not_cumulative(catalog: Catalog) -> Iterator[tuple[str, str, str]]:
    """Each group with a level that leaves out a clause of the level below it: the group, that level, the one below."""
    for group in clause_groups(catalog.entries):
        leaves = [leaf for child in group.children for leaf in child.leaves()]
        for lower, higher in pairwise(catalog.levels):
            counts, below = _at(catalog, higher.id), _at(catalog, lower.id)
            if any(below(leaf) and not counts(leaf) for leaf in leaves):
                yield group.mark, higher.id, lower.id


def with_higher(catalog: Catalog) -> Catalog:
    """The catalog with each clause also at the levels above those that it was given."""
    ids = [level.id for level in catalog.levels]

    def raised(own: frozenset[str], above: frozenset[str]) -> frozenset[str]:
        given = own or above
        return frozenset(ids[min(ids.index(level) for level in given) :]) if given else given

    return placed(catalog, raised)


def as_given(catalog: Catalog) -> Catalog:
    """The catalog with each clause at the levels that it was given, or that what it stands in was given."""
    return placed(catalog, lambda own, above: own or above)


def at_highest(catalog: Catalog) -> Catalog:
    """The catalog with each requirement that no level chose at the highest level, and nothing else changed."""
    highest = frozenset(level.id for level in catalog.levels[-1:])

    def placed(entry: Entry) -> Entry:
        own = entry.levels or (frozenset() if entry.children or entry.is_group else highest)
        return replace(entry, levels=own, children=tuple(placed(child) for child in entry.children))

    return replace(catalog, entries=tuple(map(placed, catalog.entries)))


def placed(catalog: Catalog, levels: Callable[[frozenset[str], frozenset[str]], frozenset[str]]) -> Catalog:
    """The catalog with other levels, made of those of each entry and those made for what it stands in."""

    def put(entry: Entry, above: frozenset[str]) -> Entry:
        own = levels(entry.levels, above)
        return replace(entry, levels=own, children=tuple(put(child, own) for child in entry.children))

    return replace(catalog, entries=tuple(put(entry, frozenset()) for entry in catalog.entries))


def _at(catalog: Catalog, level: str) -> _Counts:
    """Whether a leaf counts at a level. What no level chose counts at the highest, which holds everything then."""
    is_rest = level == catalog.levels[-1].id and any(not leaf.levels for leaf in catalog.leaves())
    return lambda leaf: is_rest or level in leaf.levels


def _cell(group: Entry, counts: _Counts) -> str:
    if all(counts(leaf) for child in group.children for leaf in child.leaves()):
        return "all"
    return ", ".join(_runs(group.children, "", group.mark, counts))


def _runs(entries: tuple[Entry, ...], above: str, group: str, counts: _Counts) -> Iterator[str]:
    """`a)~c)`, `d) 1)`: the clauses that count, whole ones in a row as a range."""
    names = [_reference(entry, i, above, group) for i, entry in enumerate(entries)]
    for is_range, run in groupby(range(len(entries)), lambda i: _whole(entries[i], counts) and names[i].endswith(")")):
        members = list(run)
        if is_range:
            last = f"~{entries[members[-1]].mark}" if len(members) > 1 else ""
            yield f"{names[members[0]]}{last}"
            continue
        for i in members:
            if _whole(entries[i], counts):
                yield names[i]
            else:
                yield from _runs(entries[i].children, names[i], group, counts)


def _reference(entry: Entry, index: int, above: str, group: str) -> str:
    """How a clause is written in a row; a dash goes by its number below what it stands in."""
    if entry.mark == "-":
        return f"{above or group}-{index + 1}"
    return f"{above} {entry.mark}".lstrip() if entry.mark.endswith(")") else entry.mark


def _whole(entry: Entry, counts: _Counts) -> bool:
    return all(counts(leaf) for leaf in entry.leaves())
