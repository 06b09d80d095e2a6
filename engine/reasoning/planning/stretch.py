"""A course with its parts in order, and what each part can come to: what is gone over, by a search as by a check.

What shares nothing open with the rest, as most groups do, is a stretch of its own: the course to the goal takes what it
comes to as one choice.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from guiju.compiler.ir import Value, Verdict
from guiju.engine.modules import modules_of
from guiju.engine.reasoning.planning.course import Course
from guiju.engine.reasoning.planning.means import Kind, Means


@dataclass(frozen=True, eq=False)
class Stretch:
    """A course with the kinds and modules that are its parts, in order; `kind` None: a module."""

    course: Course
    parts: tuple[Kind | Stretch, ...]


def stretch_of(means: Means) -> Stretch:
    """The course to the goal; what shares nothing with the rest, as most groups do, has a course of its own."""
    aim, values = means.aim, means.values
    tied = [frozenset(kind.nodes) for kind in means.kinds if len(kind.members[0].nodes) > 1]
    rest = list(means.kinds)
    parts: list[Kind | Stretch] = []
    for module in modules_of(aim.network, values, (aim.goal,), tied=tied):
        inside = [k for k in rest if module.inner.issuperset(k.nodes)]
        if len(inside) > 1 and aim.goal not in module.inner:
            course = Course(aim.network, values, [k.nodes for k in inside], module.interface)
            parts.append(Stretch(course, tuple(inside)))
            rest = [k for k in rest if k not in inside]
    parts = sorted([*parts, *rest], key=_first_node)
    nodes = [p.nodes if isinstance(p, Kind) else p.course.targets for p in parts]
    return Stretch(Course(aim.network, values, nodes, (aim.goal,), aim.goal), tuple(parts))


def _first_node(part: Kind | Stretch) -> int:
    return min(part.nodes) if isinstance(part, Kind) else min(_first_node(p) for p in part.parts)


def values_of(kind: Kind) -> tuple[tuple[Value, ...], ...]:
    """What the nodes of a kind can come to: so many of its clusters changed, the first ones for all; or each row."""
    number = len(kind.members)
    if not is_counted(kind):
        return tuple(row.values for row in kind.members[0].rows)
    changed, kept = (Verdict.SATISFIED,), (Verdict.UNSATISFIED,)
    return tuple(changed * n + kept * (number - n) for n in range(number + 1))


def costs_of(kind: Kind) -> tuple[Fraction, ...]:
    """What it costs at least that they come to each of these."""
    if not is_counted(kind):
        return tuple(row.cost for row in kind.members[0].rows)
    return tuple(number * kind.members[0].rows[1].cost for number in range(len(kind.members) + 1))


def is_counted(kind: Kind) -> bool:
    """Whether of a kind only the number that is changed matters."""
    return len(kind.members) > 1
