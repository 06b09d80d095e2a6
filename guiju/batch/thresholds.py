"""Numbers that a policy compares with, by name, and the policy with some of them changed: the text, compiled anew.

A threshold is called after what it stands in: `6.1.1.1.f.threshold`, `level.threshold`; where there are several,
`6.1.1.1.d.threshold.2` counts them in the order of the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from guiju.batch import codes
from guiju.compiler.graph import parts
from guiju.compiler.ir import Expression, Literal, Operation, Program, Ref
from guiju.compiler.operators import COMPARISONS
from guiju.compiler.units import Dimension, unit_named
from guiju.dsl import tree
from guiju.dsl.diagnostic import Diagnostic, Text
from guiju.dsl.lines import parse_line
from guiju.dsl.near import near
from guiju.dsl.source import Source, Span
from guiju.library import Loaded, compile_source

_SHOWN = 12


@dataclass(frozen=True)
class Threshold:
    """A number that something is compared with. `spans`: where the text has it, as often as readings repeat it."""

    name: str
    comparison: str
    spans: tuple[Span, ...]
    unit: str | None  # that it is written in

    @property
    def text(self) -> str:
        """How it is written."""
        return self.spans[0].text


@dataclass(frozen=True)
class Setting:
    """A threshold and what it is to be, as written: `85%`."""

    name: str
    value: str
    given: Span  # where it was asked for


def thresholds(program: Program) -> tuple[Threshold, ...]:
    """All of them, in the order of the text: of clauses, then of scores and grades."""
    return tuple(_thresholds(program))


def _thresholds(program: Program) -> Iterator[Threshold]:
    for clause in program.clauses:
        conditions = (e for e in (clause.condition, clause.applies) if e is not None)
        yield from _numbered(clause.id, (c for e in conditions for c in _compared(program, e)))
    for family in dict.fromkeys(d.family for d in program.definitions if d.kind != "let"):
        inside = (d.expression for d in program.definitions if d.family == family)
        yield from _numbered(family, (c for e in inside for c in _compared(program, e)))


def _numbered(name: str, compared: Iterable[tuple[str, Literal]]) -> Iterator[Threshold]:
    """The same comparison under another reading is the same threshold."""
    together: dict[str, dict[Span, Literal]] = {}
    for comparison, literal in sorted(compared, key=lambda c: c[1].span.start):
        together.setdefault(comparison, {})[literal.span] = literal
    for number, (comparison, literals) in enumerate(together.items(), 1):
        called = f"{name}.threshold" + (f".{number}" if len(together) > 1 else "")
        unit = next(iter(literals.values())).unit
        yield Threshold(called, comparison, tuple(literals), unit)


def _compared(program: Program, expression: Expression) -> Iterator[tuple[str, Literal]]:
    """The comparisons in an expression, through lets and readings, each with the literal that stands in it."""
    stack, seen = [expression], set()
    while stack:
        part = stack.pop()
        if isinstance(part, Operation) and part.operator in COMPARISONS:
            literals = (o for o in part.operands if isinstance(o, Literal) and _is_number(o))
            yield from ((part.span.text, o) for o in literals)
        if isinstance(part, Ref) and part.name not in seen and program.definition[part.name].kind == "let":
            seen.add(part.name)
            stack.append(program.definition[part.name].expression)
        stack.extend(parts(part))


def _is_number(literal: Literal) -> bool:
    return literal.span.text[:1].isdigit() or literal.span.text[:1] in "-+"


def with_settings(loaded: Loaded, settings: Iterable[Setting]) -> tuple[Loaded | None, tuple[Diagnostic, ...]]:
    """The policy with some thresholds changed in its text; None with why where one of them cannot be set."""
    program = loaded.program
    assert program is not None
    own = loaded.source.text  # what stands in a vocabulary is not changed
    known = {t.name: t for t in thresholds(program) if all(span.source.text == own for span in t.spans)}
    found: list[Diagnostic] = []
    edits: dict[Span, str] = {}
    for setting in settings:
        threshold = known.get(setting.name)
        if threshold is None:
            found.append(_no_such(setting, known))
        elif any(span in edits for span in threshold.spans):
            found.append(Diagnostic(codes.THRESHOLD_TWICE, setting.given, (("name", setting.name),)))
        elif not _is_value(setting, threshold):
            found.append(_no_value(setting, threshold))
        else:
            edits |= dict.fromkeys(threshold.spans, setting.value)
    if found:
        return None, tuple(found)
    text = loaded.source.text
    for span, value in sorted(edits.items(), key=lambda edit: -edit[0].start):
        text = text[: span.start] + value + text[span.end :]
    changed = compile_source(Source(loaded.source.name, text), folder=loaded.folder)
    if changed.program is not None:
        return changed, ()
    return None, tuple(d for d in changed.diagnostics if d.is_error)


def twice_among(values: Iterable[str]) -> tuple[str, str] | None:
    """The first two of some values of a threshold that are one number, be it in another unit."""
    seen: dict[Fraction, str] = {}
    for value in values:
        number = _number_in(value)
        if number is None:
            continue
        unit = unit_named(number.unit or "")
        exact = number.value * (unit.factor if unit else 1) * (-1 if value.startswith("-") else 1)
        if exact in seen:
            return seen[exact], value
        seen[exact] = value
    return None


def _number_in(value: str) -> tree.Number | None:
    """The number that a value is, without its sign; None of any other text, for that would be other rules."""
    node, _ = parse_line("expr_cell", value, Source("", value), 0)
    number = node.operand if isinstance(node, tree.Negate) else node
    return number if isinstance(number, tree.Number) and node.span.text == value else None


def _is_value(setting: Setting, threshold: Threshold) -> bool:
    """Whether it is one number with a unit of the kind that stands there."""
    number = _number_in(setting.value)
    return number is not None and _kind(number.unit) == _kind(threshold.unit) is not None


def _kind(unit: str | None) -> tuple[Dimension, bool] | None:
    """What a unit measures, and whether it is a percentage, which no plain number stands for; None: it is no unit."""
    if unit is None:
        return (), False
    known = unit_named(unit)
    return None if known is None else (known.dimension, known.name == "%")


def _no_value(setting: Setting, threshold: Threshold) -> Diagnostic:
    how = Text("不带单位", "without a unit")
    if threshold.unit is not None:
        how = Text("单位同类", "in a unit of the same kind")
    arguments = (("value", setting.value), ("name", setting.name), ("how", how), ("example", threshold.text))
    return Diagnostic(codes.THRESHOLD_VALUE, setting.given, arguments)


def _no_such(setting: Setting, known: Mapping[str, Threshold]) -> Diagnostic:
    listed = [f"{name} ({t.comparison})" for name, t in known.items() if _stem(name) == _stem(setting.name)]
    listed = listed or [f"{name} ({t.comparison})" for name, t in known.items()]
    shown = ", ".join(listed[:_SHOWN]) + (f", … +{len(listed) - _SHOWN}" if len(listed) > _SHOWN else "")
    arguments = (("name", setting.name), ("known", shown))
    return Diagnostic(codes.NO_SUCH_THRESHOLD, setting.given, arguments, suggestion=near(setting.name, known))


def _stem(name: str) -> str:
    return name.partition(".threshold")[0]
