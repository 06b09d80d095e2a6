"""A group of an inner kind that stands outside of every group of the kinds above, where others of its kind do not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from guiju.compiler.checks.context import Checked
from guiju.compiler.ir import Group
from guiju.dsl.diagnostic import Code, Diagnostic, Label, Severity, Text
from guiju.dsl.normal import clause_number

_EXAMPLE = 'groups part > section\npart 4\n  section 4.1\n    a) "x" attested\nsection {number}\n  a) "y" attested'
_REASON = Text(
    "缩进说明属于哪一组；在外面的，上面各组的得分、权重和等级都不算它",
    "the indent says which group it belongs to; outside, no score, weight or level of the groups above counts it",
)

GROUP_OUTSIDE_ITS_OWN = Code(
    "group-outside-its-own",
    Severity.ERROR,
    Text("分组在所属的组之外", "Group outside of the one that it belongs to"),
    Text(
        "按编号“{group}”属于“{outer}”，却写在它外面",
        "by its number `{group}` belongs to `{outer}`, and it stands outside of that",
    ),
    Text("把它连同下面的条款缩进到“{outer}”里", "indent it with its clauses below `{outer}`"),
    _REASON,
    _EXAMPLE.format(number="4.2"),
)
GROUP_OUTSIDE = Code(
    "group-outside",
    Severity.WARNING,
    Text("分组在各组之外", "Group outside of all others"),
    Text(
        "“{group}”不在任何上一级的组里，而“{inside}”在“{outer}”里",
        "`{group}` stands in no group of a kind above, while `{inside}` stands in `{outer}`",
    ),
    Text("缩进到所属的组里", "indent it below the group that it belongs to"),
    _REASON,
    _EXAMPLE.format(number="A"),
)


def group_outside(checked: Checked) -> Iterator[Diagnostic]:
    """Each group at the margin whose kind is an inner one, beside groups of that kind that are inside of others.

    So is one inside of a numbered group that its own number does not belong to, where it belongs to another.
    """
    groups = checked.program.groups
    there = {group.id: group for group in groups}
    numbered: dict[str, list[Group]] = {}
    first_inside: dict[str, Group] = {}
    for group in groups:
        numbered.setdefault(clause_number(group.id), []).append(group)
        if group.parent is not None:
            first_inside.setdefault(group.kind, group)
    for group in groups:
        inside = first_inside.get(group.kind)
        if group.parent is None and inside is not None:
            yield _finding(group, inside, _by_number(group, numbered))
        elif group.parent is not None:
            own = _by_number(group, numbered)
            if own is not None and _is_misplaced(group, own, there):
                yield _finding(group, group, own)


def _finding(group: Group, inside: Group, own: Group | None) -> Diagnostic:
    if own is not None:
        label = Label(own.span, Text("所属的组", "the group that it belongs to"))
        return Diagnostic(GROUP_OUTSIDE_ITS_OWN, group.span, (("group", group.id), ("outer", own.id)), (label,))
    label = Label(inside.span, Text("在组里", "inside of a group"))
    arguments = (("group", group.id), ("inside", inside.id), ("outer", inside.parent or ""))
    return Diagnostic(GROUP_OUTSIDE, group.span, arguments, (label,))


def _is_misplaced(group: Group, own: Group, there: Mapping[str, Group]) -> bool:
    """Whether all that a group stands in has numbers, and none of it is the group that it belongs to."""
    parent = group.parent
    while parent is not None:
        if parent == own.id or not clause_number(parent)[:1].isdigit():
            return False
        parent = there[parent].parent
    return True


def _by_number(group: Group, numbered: Mapping[str, Sequence[Group]]) -> Group | None:
    """The group of another kind whose number the number of this one begins with: the longest of them."""
    number = clause_number(group.id)
    outer = [g for i, sign in enumerate(number) if sign == "." for g in numbered.get(number[:i], ())]
    return max((g for g in outer if g.kind != group.kind), key=lambda g: len(g.id), default=None)
