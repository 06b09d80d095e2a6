"""Sets of clauses: membership tables, what is new at a level, ranges, and what counts as one item."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property, partial
from itertools import product
from math import prod

from guiju.compiler import codes
from guiju.compiler.clauses import ClauseNode
from guiju.compiler.ir import Choice, Expression, Understood
from guiju.compiler.names import place_of
from guiju.compiler.readings import Cell, Patches
from guiju.compiler.symbols import Symbols
from guiju.dsl import tree
from guiju.dsl.diagnostic import Diagnostic, Text
from guiju.dsl.source import Span

Items = tuple[tuple[str, ...], ...]
Assignment = dict[str, str]  # reading -> option
MOST_COMBINATIONS = 1_024  # of the options of those readings that bear on one set of clauses
_STRENGTH = {"may": 0, "should": 1, "shall": 2, None: 2}


class ClauseSets:
    """Answers which leaves a clause set holds, under a given choice of readings."""

    def __init__(self, symbols: Symbols, patches: Patches) -> None:
        self._s, self._patches = symbols, patches
        self.default = {r.id: r.default for r in patches.readings}
        self.levels = tuple(level.id for level in symbols.level_list)
        self.order = {leaf: i for i, leaf in enumerate(self._all_leaves())}
        self._written: dict[tuple[str, str], tuple[str, ...]] = {}
        self._patched: dict[tuple[str, str, str], tuple[str, ...]] = {}
        self._groups_under: dict[str | None, tuple[str, ...]] = self._descendants()
        if symbols.membership:
            self._read_membership(symbols.membership)
        self._read_patches()

    def _all_leaves(self) -> Iterator[str]:
        for group in self._s.group_list:
            yield from self._leaves_of_group(group.id)

    def _leaves_of_group(self, group: str) -> Iterator[str]:
        for node in self._s.clauses.tops.get(group, ()):
            yield from self._leaves(node)

    def _leaves(self, node: ClauseNode) -> Iterator[str]:
        """The leaves of a clause; before them the clause itself, if it is a lead that some option makes an item."""
        if not node.children or self.is_lead(node):
            yield node.id
        for child in node.children:
            yield from self._leaves(child)

    def is_lead(self, node: ClauseNode) -> bool:
        """Whether some option makes the statement above a list an item of its own."""
        return bool(node.children) and ("requires", node.id) in self._patches.cells

    def is_item(self, leaf: str, chosen: Assignment) -> bool:
        """Whether a leaf is a requirement: each is, but for a lead that another option makes one."""
        if not self._s.clauses.by_id[leaf].children:
            return True
        return self._patch(("requires", leaf), chosen) is not None

    def modality(self, node: ClauseNode, chosen: Assignment) -> str | None:
        """The modality that a clause states under the chosen readings, or else has from the one above it."""
        patch = self._patch(("modality", node.id), chosen)
        own = patch.modality if isinstance(patch, tree.PatchModality) else node.declaration.modality
        return own or (self.modality(node.parent, chosen) if node.parent else None)

    def understood(self, node: ClauseNode) -> tuple[Understood, ...]:
        """What a clause is under each option of the readings that bear on that; none where none does."""
        cells = (("requires", node.id), *(("modality", above.id) for above in node.chain))
        own = cells if node.children else cells[1:]
        readings = tuple(dict.fromkeys(p.reading for cell in own if (p := self._patches.cells.get(cell))))
        return tuple(
            Understood(tuple(chosen.items()), self.modality(node, chosen), self.is_item(node.id, chosen))
            for chosen in self._combinations(readings)
            if readings
        )

    def _patch(self, cell: Cell, chosen: Assignment) -> tree.Patch | None:
        """The patch of a cell under the chosen readings."""
        patched = self._patches.cells.get(cell)
        return patched.patches.get(chosen[patched.reading]) if patched else None

    def _descendants(self) -> dict[str | None, tuple[str, ...]]:
        under: dict[str | None, list[str]] = {None: []}
        parents = {g.id: g.parent for g in self._s.group_list}
        for group in parents:
            above: str | None = group
            under[None].append(group)
            while above is not None:
                under.setdefault(above, []).append(group)
                above = parents[above]
        return {group: tuple(inside) for group, inside in under.items()}

    def groups_under(self, group: str | None) -> tuple[str, ...]:
        """A group and every one below it, in the order of the text; None is the whole standard."""
        return self._groups_under.get(group, ())

    def leaves_under(self, group: str | None) -> tuple[str, ...]:
        """Every leaf at or below a group; None is the whole standard."""
        return tuple(leaf for g in self.groups_under(group) for leaf in self._leaves_of_group(g))

    def patched_by(self, group: str, level: str, chosen: Assignment) -> str | None:
        """The reading by which a cell of the table is not taken as it is printed; None where it is."""
        cell = ("membership", group, level)
        return self._patches.cells[cell].reading if self._patch(cell, chosen) is not None else None

    # --- the membership table ------------------------------------------------------------------------------------

    def _read_membership(self, table: tree.MembershipDecl) -> None:
        self._s.kinds.resolve(table.header[0].text, table.header[0].span)
        columns = [self._s.levels.resolve(name.text, name.span) for name in table.header[1:]]
        for row in table.rows:
            group = self._s.groups.resolve(row.group.text, row.group.span)
            if len(row.cells) != len(columns):
                arguments = (("expected", len(table.header)), ("found", len(row.cells) + 1))
                self._s.report(Diagnostic(codes.WRONG_CELLS, row.span, arguments))
                continue
            if group and any((group, level) in self._written for level in columns if level):
                arguments_ = (("name", group), ("what", Text("归属表的行", "row of the membership table")))
                self._s.report(Diagnostic(codes.DUPLICATE_NAME, row.group.span, arguments_))
            for level, cell in zip(columns, row.cells, strict=True):
                if group and level:
                    lenient = self.is_named(group, level)
                    self._written[group, level] = self._members(cell.items, group, lenient=lenient, in_table=True)

    def is_named(self, group: str, level: str) -> bool:
        """Whether a reading or a record names this very cell of the membership table."""
        return ("membership", group, level) in self._patches.cells or (group, level) in self._recorded_cells

    @cached_property
    def _recorded_cells(self) -> set[tuple[str | None, str | None]]:
        values = (v for r in self._s.records for p in r.properties for v in p.values)
        return {
            (self._s.groups.find(v.row), self._s.levels.find(v.column or ""))
            for v in values
            if isinstance(v, tree.CellRef) and v.table == "membership"
        }

    def _read_patches(self) -> None:
        for cell, patched in self._patches.cells.items():
            if cell[0] != "membership":
                continue
            for option, patch in patched.patches.items():
                if isinstance(patch, tree.PatchMembership):
                    self._patched[cell[1], cell[2], option] = self._members(patch.cell.items, cell[1])

    def _members(
        self, items: tuple[tree.ClauseItem, ...], group: str, *, lenient: bool = False, in_table: bool = False
    ) -> tuple[str, ...]:
        """The leaves of a cell; one that stands in another section would count for nothing and is reported."""
        for item in items if not lenient else ():
            homes = (
                self._s.clauses.by_id[leaf].group
                for leaf in self._leaves_of_item(item, group, lenient=True, in_table=in_table)
            )
            home = next((home for home in homes if home != group), None)
            if home is not None:
                arguments = (("group", group), ("item", item.span.text), ("home", home))
                self._s.report(Diagnostic(codes.FOREIGN_CLAUSE, item.span, arguments))
        return self.leaves_of_items(items, group, lenient=lenient, in_table=in_table)

    def members(self, group: str, level: str, chosen: Assignment) -> tuple[str, ...]:
        """The leaves of one section at one level under the chosen readings."""
        patched = self._patches.cells.get(("membership", group, level))
        if patched and (group, level, chosen[patched.reading]) in self._patched:
            return self._patched[group, level, chosen[patched.reading]]
        return self._written.get((group, level), ())

    def counts(self, leaf: str, level: str, chosen: Assignment) -> bool:
        """Whether a leaf counts at a level under the chosen readings."""
        return leaf in self.members(self._s.clauses.by_id[leaf].group, level, chosen)

    # --- references ----------------------------------------------------------------------------------------------

    def leaves_of_items(
        self,
        items: tuple[tree.ClauseItem, ...],
        group: str | None,
        *,
        lenient: bool = False,
        in_table: bool = False,
    ) -> tuple[str, ...]:
        """The leaves of a list of references. `lenient`: a missing end of a range is a finding, not an error."""
        leaves: dict[str, None] = {}
        for item in items:
            leaves.update(dict.fromkeys(self._leaves_of_item(item, group, lenient, in_table)))
        return tuple(sorted(leaves, key=lambda leaf: self.order.get(leaf, -1)))

    def _leaves_of_item(
        self, item: tree.ClauseItem, group: str | None, lenient: bool, in_table: bool
    ) -> tuple[str, ...]:
        match item:
            case tree.AllClauses():
                return self.leaves_under(group)
            case tree.ClauseRange():
                nodes, missing = self._s.clauses.range(item, group)
                misordered = self._s.clauses.misordered(item, group)
                if misordered:
                    self._s.report(misordered)
                elif not lenient:
                    for reference in missing:
                        self._s.report(self._s.clauses.unknown(reference, group, in_table=in_table))
                return tuple(leaf for node in nodes for leaf in self._leaves(node))
            case tree.ClauseRef():
                if not item.marks and item.section and (inner := self._s.groups.find(item.section)):
                    return self.leaves_under(inner)
                node = self._s.clauses.find(item, group)
                if node is None:
                    if not lenient:
                        self._s.report(self._s.clauses.unknown(item, group, in_table=in_table))
                    return ()
                return tuple(self._leaves(node))

    # --- sets in rules -------------------------------------------------------------------------------------------

    def select(
        self,
        clauses: tree.ClauseSet,
        group: str | None,
        level: str | None,
        make: Callable[[Items], Expression],
    ) -> Expression | None:
        """Make an expression from the items of a set: one, or a choice among those that the readings give."""
        at = self.level_of(clauses, level)
        if self._lacks_level(clauses, at):
            return None
        scope, candidates = self._candidates(clauses, group)

        def items(chosen: Assignment) -> Items:
            return self._as_items(self._held(clauses, candidates, at, chosen), chosen)

        involved = self._involved(scope, at, clauses)
        return self._among(involved, clauses.span, lambda chosen: make(items(chosen)))

    def leaves_of_set(self, clauses: tree.ClauseSet, chosen: Assignment) -> tuple[str, ...]:
        """The leaves of a set of the whole standard under some readings."""
        at = self.level_of(clauses, None)
        if self._lacks_level(clauses, at):
            return ()
        return self._held(clauses, self._candidates(clauses, None)[1], at, chosen)

    def _lacks_level(self, clauses: tree.ClauseSet, at: str | None) -> bool:
        """Whether a set asks what is new where there is no level, which is reported."""
        lacks = clauses.new and at is None
        if lacks:
            arguments = (("reason", Text("“新增”需要等级", "`new` needs a level")),)
            self._s.report(Diagnostic(codes.MISPLACED_CLAUSES, clauses.span, arguments))
        return lacks

    def _candidates(self, clauses: tree.ClauseSet, group: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The leaves that a set is taken from, with and without those that are excepted."""
        scope = self.leaves_of_items(clauses.of, group) if clauses.of else self.leaves_under(group)
        excepted = frozenset(self.leaves_of_items(clauses.excepted, group))
        return scope, tuple(x for x in scope if x not in excepted)

    def _held(
        self, clauses: tree.ClauseSet, candidates: tuple[str, ...], at: str | None, chosen: Assignment
    ) -> tuple[str, ...]:
        held = self._at_level(candidates, at, clauses.new, chosen)
        return tuple(x for x in held if self.is_item(x, chosen) and self._has_modality(x, clauses.modality, chosen))

    def level_of(self, clauses: tree.ClauseSet, level: str | None) -> str | None:
        """The level whose clauses a set is taken from: the one that it names, else the one that it is read at."""
        if clauses.level is None:
            return level
        return self._s.levels.resolve(clauses.level, place_of(clauses.level, clauses.span))

    def deciding(
        self, node: ClauseNode, span: Span, make: Callable[[tuple[str, ...]], Expression]
    ) -> Expression | None:
        """Make an expression from the leaves that decide a clause, under the readings that bear on them.

        Of a parent these are the ones of at least its own modality; if it has none, of the strongest that occurs below.
        """
        if not node.children:
            return make((node.id,))
        below = tuple(self._leaves(node))
        strength = {leaf: partial(self._strength, self._s.clauses.by_id[leaf]) for leaf in below}

        def leaves(chosen: Assignment) -> tuple[str, ...]:
            held = tuple(leaf for leaf in below if self.is_item(leaf, chosen))
            stated = self.modality(node, chosen)
            least = _STRENGTH[stated] if stated else max(strength[leaf](chosen) for leaf in held)
            return tuple(leaf for leaf in held if strength[leaf](chosen) >= least)

        involved = self._bearing(below, lambda cell: cell[0] in ("requires", "modality"))
        return self._among(involved, span, lambda chosen: make(leaves(chosen)))

    def _strength(self, node: ClauseNode, chosen: Assignment) -> int:
        return _STRENGTH[self.modality(node, chosen)]

    def _has_modality(self, leaf: str, modality: str | None, chosen: Assignment) -> bool:
        return modality is None or self.modality(self._s.clauses.by_id[leaf], chosen) == modality

    def _at_level(self, scope: tuple[str, ...], at: str | None, new: bool, chosen: Assignment) -> tuple[str, ...]:
        if at is None or not self._s.membership:
            return scope
        below = self.levels.index(at) - 1
        earlier = self.levels[below] if new and below >= 0 else None
        return tuple(
            leaf
            for leaf in scope
            if self.counts(leaf, at, chosen) and not (earlier and self.counts(leaf, earlier, chosen))
        )

    def _as_items(self, leaves: tuple[str, ...], chosen: Assignment) -> Items:
        together: dict[str, list[str]] = {}
        for leaf in leaves:
            together.setdefault(self._item_of(self._s.clauses.by_id[leaf], chosen), []).append(leaf)
        return tuple(tuple(item) for item in together.values())

    def _item_of(self, leaf: ClauseNode, chosen: Assignment) -> str:
        """The clause that a leaf counts as one with: itself, unless one above it is one item with all below it."""
        if self._item_unit(chosen) == "lettered":
            return leaf.top.id
        whole = (above.id for above in reversed(leaf.chain) if self._patch(("item", above.id), chosen))
        return next(whole, leaf.id)

    def _item_unit(self, chosen: Assignment) -> str:
        patch = self._patch(("item",), chosen)
        return patch.unit if isinstance(patch, tree.PatchItem) else self._s.item

    # --- the readings that bear on a set -------------------------------------------------------------------------

    def _involved(self, scope: tuple[str, ...], at: str | None, clauses: tree.ClauseSet) -> tuple[str, ...]:
        levels = () if at is None else (at, *self.levels[max(0, self.levels.index(at) - 1) : self.levels.index(at)])
        groups = {self._s.clauses.by_id[leaf].group for leaf in scope}

        def bears(cell: Cell) -> bool:
            if cell[0] == "membership":
                return cell[1] in groups and cell[2] in (levels if clauses.new else levels[:1])
            return cell[0] != "modality" or clauses.modality is not None

        return self._bearing(scope, bears)

    def _bearing(self, leaves: tuple[str, ...], bears: Callable[[Cell], bool]) -> tuple[str, ...]:
        """The readings with a patch that bears on a set of leaves: one of all clauses, of a lead in it, or above it."""
        above = {node.id for leaf in leaves for node in self._s.clauses.by_id[leaf].chain}
        places = {("item",), *(("requires", id_) for id_ in leaves if self._s.clauses.by_id[id_].children)}
        places |= {(what, id_) for what in ("modality", "item") for id_ in above}
        cells = self._patches.cells.items()
        found = (p.reading for cell, p in cells if (cell in places or cell[0] == "membership") and bears(cell))
        return tuple(dict.fromkeys(found))

    def _combinations(self, readings: tuple[str, ...]) -> Iterator[Assignment]:
        options = ([o.id for o in r.options] for name in readings for r in self._patches.readings if r.id == name)
        return (dict(zip(readings, chosen, strict=True)) for chosen in product(*options))

    def _among(
        self, readings: tuple[str, ...], span: Span, make: Callable[[Assignment], Expression]
    ) -> Expression | None:
        """A choice among all combinations of the options of some readings; None where these are too many."""
        number = prod(len(r.options) for r in self._patches.readings if r.id in readings)
        if number <= MOST_COMBINATIONS:
            return self._choices(readings, {}, span, make)
        arguments = (("number", number), ("most", MOST_COMBINATIONS), ("readings", ", ".join(readings)))
        self._s.report(Diagnostic(codes.MANY_COMBINATIONS, span, arguments))
        return None

    def _choices(
        self, readings: tuple[str, ...], chosen: Assignment, span: Span, make: Callable[[Assignment], Expression]
    ) -> Expression:
        if not readings:
            return make(chosen)
        reading = next(r for r in self._patches.readings if r.id == readings[0])
        options = tuple(
            (o.id, self._choices(readings[1:], {**chosen, reading.id: o.id}, span, make)) for o in reading.options
        )
        return Choice(reading=reading.id, options=options, span=span)
