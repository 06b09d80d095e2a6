"""Examples -> the blocks that an editor would type: for a file beside the policy, and for reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from guiju.compiler.ir import (
    Definition,
    Example,
    Expected,
    NumberType,
    Program,
    Special,
    Type,
    Undefined,
    Value,
    Verdict,
)
from guiju.compiler.units import format_number, unit_named
from guiju.dsl.diagnostic import Language
from guiju.dsl.keywords import NO_VALUES, localised, spell, unit_in

_WIDEST = 110  # characters of a line


def examples_file(program: Program, examples: Iterable[Example], language: Language) -> str:
    """A file of examples beside a policy: its head, and each example."""
    head = f'{spell("STANDARD", language)} {program.id} "{program.designation}"\n'
    return head + "".join(f"\n{example_text(program, example, language)}" for example in examples)


def example_text(program: Program, example: Example, language: Language) -> str:
    """One example as the language writes it."""
    return "".join(f"{line}\n" for line in _Writer(program, language).lines(example))


class _Writer:
    def __init__(self, program: Program, language: Language) -> None:
        self._p, self._language = program, language

    def _word(self, terminal: str) -> str:
        return spell(terminal, self._language)

    def lines(self, example: Example) -> Iterator[str]:
        """The lines of an example; labels never have a quotation mark in them."""
        texts = [example.label.zh] if example.label.zh == example.label.en else [example.label.zh, example.label.en]
        plain = (text.replace('"', "'") for text in texts)
        label = " / ".join(f'"{text}"' for text in plain)
        proposed = f" {self._word('PROPOSED')}" if example.proposed else ""
        yield f"{self._word('EXAMPLE')} {label}{proposed}"
        yield from self._filled("GIVEN", "", self._given(example))
        for group, expected in self._by_group(example.expected).items():
            prefix = f" {group} :" if group else ""
            yield from self._filled("EXPECT", prefix, (self._expected(e) for e in expected))

    def _filled(self, terminal: str, prefix: str, parts: Iterable[str]) -> Iterator[str]:
        """Parts on lines that are not too wide."""
        head = f"  {self._word(terminal)}{prefix} "
        line = ""
        for part in parts:
            if line and len(head) + len(line) + len(part) > _WIDEST:
                yield head + line
                line = ""
            line = f"{line}, {part}" if line else part
        if line:
            yield head + line

    # --- given ---------------------------------------------------------------------------------------------------

    def _given(self, example: Example) -> Iterator[str]:
        yield from (f"{self._word('READING')} {name} = {option}" for name, option in example.readings)
        yield from (f"{name} = {option}" for name, option in example.inputs)
        for name, value in example.facts:
            yield f"{name} = {self._value(self._p.fact[name].type, value)}"
        yield from self._verdicts(dict(example.verdicts), set(example.named))

    def _verdicts(self, verdicts: dict[str, str], named: set[str]) -> Iterator[str]:
        """Those that are named one by one, the rest as what all other clauses are, where that is one verdict."""
        rest = {verdict for clause, verdict in verdicts.items() if clause not in named}
        together = rest if len(rest) == 1 and verdicts.keys() >= {c.id for c in self._p.items()} else set()
        for clause, verdict in verdicts.items():
            if clause in named or not together:
                yield f"{self._p.clause[clause].printed} {self._verdict(verdict)}"
        for verdict in together:
            clauses = self._word("CLAUSES")
            yield f"{self._word('ALL')} {self._word('OTHER')} {clauses} {self._verdict(verdict)}"

    def _verdict(self, verdict: str) -> str:
        return self._word(verdict.upper().replace("-", "_"))

    # --- expected ------------------------------------------------------------------------------------------------

    def _by_group(self, expected: Iterable[Expected]) -> dict[str, list[Expected]]:
        found: dict[str, list[Expected]] = {}
        for each in expected:
            definition = self._p.definition.get(each.address)
            found.setdefault((definition.group if definition else None) or "", []).append(each)
        return found

    def _expected(self, expected: Expected) -> str:
        kind, _, name = expected.address.partition(":")
        if kind == "clause" and name in self._p.clause:
            value = expected.values[0]
            verdict = value.value if isinstance(value, Verdict | Special) else "unknown"
            return f"{self._p.clause[name].printed} {self._verdict(verdict)}"
        definition = self._p.definition.get(expected.address)
        if definition is not None:
            return self._compared(self._subject(definition), definition.type, expected)
        facts, inputs = self._p.fact, {i.id: i for i in self._p.inputs}
        return self._compared(name, (facts[name] if kind == "fact" else inputs[name]).type, expected)

    def _subject(self, definition: Definition) -> str:
        """`score at L1`, `A at L1`, `level`."""
        family = self._word("SCORE") if definition.family == "score" else definition.family
        if definition.level is None:
            return family
        level = f" {self._word('LEVEL')}" if self._language == "zh" else ""
        return f"{family} {self._word('AT')} {definition.level}{level}"

    def _compared(self, subject: str, type_: Type, expected: Expected) -> str:
        if not expected.bounds:
            return f"{subject} = {' | '.join(self._value(type_, value) for value in expected.values)}"
        return ", ".join(f"{subject} {op} {self._value(type_, value)}" for op, value in expected.bounds)

    # --- values --------------------------------------------------------------------------------------------------

    def _value(self, type_: Type, value: Value) -> str:
        match value:
            case bool():
                return self._word("YES" if value else "NO")
            case Fraction():
                return self._number(type_, value)
            case frozenset():
                return " | ".join(sorted(value)) or localised("none", NO_VALUES, self._language)
            case Undefined():
                return localised("undefined", NO_VALUES, self._language)
            case Special() | Verdict():
                return localised(value.value, NO_VALUES, self._language)
        return localised(value, NO_VALUES, self._language)

    def _number(self, type_: Type, value: Fraction) -> str:
        """A number in the unit of what it is a value of; a third of an hour is `1 h / 3`."""
        unit = type_.unit if isinstance(type_, NumberType) else "number"
        known = unit_named(unit)
        shown = format_number(value / known.factor if known else value)
        numerator, _, denominator = shown.partition("/")
        behind = "" if unit in ("number", "count") else unit if unit == "%" else f" {unit_in(unit, self._language)}"
        return f"{numerator}{behind}{f' / {denominator}' if denominator else ''}"
