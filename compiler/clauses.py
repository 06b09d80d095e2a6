"""The clause tree of a policy, and what a reference such as `6.1.2.2 b) 1)~3)` stands for in it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from guiju.compiler import codes
from guiju.compiler.names import Names, near_miss
from guiju.dsl import tree
from guiju.dsl.diagnostic import Diagnostic, Label, Text

_DASH = "-"
_PRINTED_SO = Text(
    "；若标准原文如此，用读法或记录指明这个单元格",
    "; if the standard itself prints this, let a reading or a record name the cell",
)


MODALITY = {"shall": Text("应", "shall"), "should": Text("宜", "should"), "may": Text("可", "may")}


@dataclass(eq=False)
class ClauseNode:
    """A clause of the text, leaf or parent. `printed` is how the standard cites it, `6.1.2.2 b) 3)`."""

    id: str
    printed: str
    group: str
    declaration: tree.ClauseDecl
    parent: ClauseNode | None
    modality: str | None
    children: list[ClauseNode] = field(default_factory=list)

    @property
    def leaves(self) -> tuple[str, ...]:
        """The requirements at or below this clause."""
        if not self.children:
            return (self.id,)
        return tuple(leaf for child in self.children for leaf in child.leaves)

    @property
    def chain(self) -> tuple[ClauseNode, ...]:
        """This clause and those above it, innermost first."""
        return (self, *(self.parent.chain if self.parent else ()))

    @property
    def top(self) -> ClauseNode:
        """The outermost clause above this one, or itself."""
        return self.parent.top if self.parent else self


class ClauseIndex:
    """All clauses by id, and the top clauses of each group."""

    def __init__(self, diagnostics: list[Diagnostic], groups: Names) -> None:
        self.by_id: dict[str, ClauseNode] = {}
        self.tops: dict[str, list[ClauseNode]] = {}
        self._diagnostics = diagnostics
        self._groups = groups

    def add_group(self, group: str, declarations: tuple[tree.ClauseDecl, ...]) -> None:
        """Enter the clauses that stand directly in a group."""
        self.tops[group] = self._nodes(group, declarations, None)

    def _nodes(
        self, group: str, declarations: tuple[tree.ClauseDecl, ...], parent: ClauseNode | None
    ) -> list[ClauseNode]:
        nodes = []
        marks = [d.mark for d in declarations]
        for ordinal, declaration in enumerate(declarations, 1):
            node = self._node(group, declaration, parent, ordinal)
            meant = _mark_meant(marks, ordinal)
            if meant or node.id in self.by_id:
                self._diagnostics.append(_twice(node, declarations, meant))
            if meant:  # so what refers to the clause that is meant finds it
                marks[ordinal - 1] = meant
                node = self._node(group, replace(declaration, mark=meant), parent, ordinal)
            if node.id in self.by_id:
                continue
            self.by_id[node.id] = node
            node.children = self._nodes(group, declaration.children, node)
            nodes.append(node)
        return nodes

    @staticmethod
    def _node(group: str, decl: tree.ClauseDecl, parent: ClauseNode | None, ordinal: int) -> ClauseNode:
        base, printed = (parent.id, parent.printed) if parent else (group, group)
        modality = decl.modality or (parent.modality if parent else None)
        if decl.mark == _DASH:
            return ClauseNode(f"{base}-{ordinal}", f"{printed}-{ordinal}", group, decl, parent, modality)
        if not decl.is_item:
            return ClauseNode(decl.mark, decl.mark, group, decl, parent, modality)
        letter = decl.mark.removesuffix(")")
        return ClauseNode(f"{base}.{letter}", f"{printed} {decl.mark}", group, decl, parent, modality)

    def leaves_of_group(self, group: str) -> tuple[str, ...]:
        """The leaves that stand directly in a group, in order."""
        return tuple(leaf for node in self.tops.get(group, ()) for leaf in node.leaves)

    # --- references ----------------------------------------------------------------------------------------------

    def find(self, reference: tree.ClauseRef, group: str | None) -> ClauseNode | None:
        """The clause that a reference names, read from inside a group."""
        return self.by_id.get(self.id_of(reference, group))

    def id_of(self, reference: tree.ClauseRef, group: str | None = None) -> str:
        """The id that a reference stands for, be its group written by the id or by an alias: `设备 a)`, `设备-1`."""
        written = ".".join((reference.section or group or "", *reference.marks))
        if written in self.by_id:
            return written
        for end in (len(written), *(i for i in reversed(range(len(written))) if written[i] in ".-")):
            if found := self._groups.find(written[:end]):
                return found + written[end:]
        return written

    def siblings(self, node: ClauseNode) -> list[ClauseNode]:
        """The clauses beside a clause, itself included."""
        return node.parent.children if node.parent else self.tops[node.group]

    def range(
        self, item: tree.ClauseRange, group: str | None
    ) -> tuple[tuple[ClauseNode, ...], tuple[tree.ClauseRef, ...]]:
        """The clauses from first to last, and the ends that do not exist. A missing last end runs to the end."""
        first, last = item.first, completed(item)
        start, end = self.find(first, group), self.find(last, group)
        missing = tuple(r for r, node in ((first, start), (last, end)) if node is None)
        if start is None:
            return (), missing
        beside = self.siblings(start)
        if end is None:
            return tuple(beside[beside.index(start) :]), missing
        if end not in beside or beside.index(end) < beside.index(start):
            return (), ()
        return tuple(beside[beside.index(start) : beside.index(end) + 1]), ()

    def misordered(self, item: tree.ClauseRange, group: str | None) -> Diagnostic | None:
        """The diagnostic for a range whose ends both exist and which yet leads from none to the other."""
        start, end = self.find(item.first, group), self.find(completed(item), group)
        if start is None or end is None or self.range(item, group)[0]:
            return None
        backward = end in self.siblings(start)
        reason = (
            Text("倒着写，终点在起点之前", "runs backward: its end stands before its beginning")
            if backward
            else Text("两端不在同一层", "has ends that do not stand beside each other")
        )
        shown = f"{start.printed}~{end.printed}"
        fix = f"{end.printed}~{start.printed}" if backward else None
        arguments = (("range", shown), ("reason", reason))
        return Diagnostic(codes.MISORDERED_RANGE, item.span, arguments, suggestion=fix)

    def unknown(self, reference: tree.ClauseRef, group: str | None, *, in_table: bool = False) -> Diagnostic:
        """The diagnostic for a clause that does not exist; what a table prints may be a mistake of the standard."""
        wanted = self.id_of(reference, group)
        shown = printed(reference, group)
        if inside := self.tops.get(self._groups.find(wanted) or ""):
            instead = (("group", shown), ("clause", inside[0].printed))
            return Diagnostic(codes.GROUP_FOR_CLAUSE, reference.span, instead)
        near = near_miss(wanted, self.by_id)
        suggestion = self.by_id[near].printed if near else None
        arguments = (("clause", shown), ("otherwise", _PRINTED_SO if in_table else Text("", "")))
        return Diagnostic(codes.UNKNOWN_CLAUSE, reference.span, arguments, suggestion=suggestion)


def _twice(node: ClauseNode, declarations: tuple[tree.ClauseDecl, ...], meant: str | None) -> Diagnostic:
    """The diagnostic for a mark that another clause has as well."""
    own = node.declaration
    other = next((d for d in declarations if d.mark == own.mark and d is not own), None)
    labels = (Label(other.span, Text("也用在这里", "used here as well")),) if other else ()
    return Diagnostic(codes.DUPLICATE_CLAUSE, own.span, (("clause", node.id),), labels, meant)


def _mark_meant(marks: list[str], ordinal: int) -> str | None:
    """The mark that follows the one before, of a clause with the mark of another one, if none beside it has that."""
    own, before = marks[ordinal - 1], marks[ordinal - 2] if ordinal > 1 else ""
    after = next_mark(before) if own.endswith(")") and marks.count(own) > 1 else None
    return after if after not in marks else None


def next_mark(mark: str) -> str | None:
    """The mark behind another in a list; None of a dash, of a whole id and of the last letter."""
    letter = mark.removesuffix(")")
    if letter in (mark, "z"):
        return None
    return f"{int(letter) + 1 if letter.isdigit() else chr(ord(letter) + 1)})"


def printed(reference: tree.ClauseRef, group: str | None = None) -> str:
    """A reference as the standard prints it."""
    return " ".join([*filter(None, (reference.section or group,)), *reference.printed_marks])


def completed(item: tree.ClauseRange) -> tree.ClauseRef:
    """The last end with everything that it leaves out taken from the first: in `b) 1)~3)` the last is `b) 3)`."""
    first, last = item.first, item.last
    if last.section is not None and last.section != first.section:
        return last
    lent = first.marks[: max(0, len(first.marks) - len(last.marks))]
    return tree.ClauseRef(section=first.section, marks=(*lent, *last.marks), span=last.span)
