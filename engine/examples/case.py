"""An example as the evaluator takes it: evidence bound to a program, the readings, and what is expected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from guiju.compiler.ir import Example, Expected, NumberType, Program, Value
from guiju.compiler.units import unit_named
from guiju.dsl.diagnostic import Text
from guiju.dsl.source import Span
from guiju.engine.bind import Bound, bind
from guiju.engine.evidence import Attestation, Choice, Evidence, Quantity, StatedFact, StatedValue


@dataclass(frozen=True, eq=False)
class Case:
    """What is known of a subject and what must come of it. One that is not `confirmed` counts for nothing yet."""

    name: Text
    bound: Bound
    readings: Mapping[str, str]
    expected: tuple[Expected, ...]
    confirmed: bool
    span: Span

    def under(self, program: Program) -> Case:
        """The same case of a program that declares the same things, as a changed one does."""
        return replace(self, bound=replace(self.bound, program=program))


def case_of(program: Program, example: Example) -> Case:
    """The case of an example of the policy: facts as stated, what is named as an assessor says it, sets as a vendor.

    So facts decide before sets do, and where a clause is named against its facts the two are in conflict.
    """
    bound, _ = bind(program, evidence_of(program, example))
    return Case(example.label, bound, dict(example.readings), example.expected, not example.proposed, example.span)


def evidence_of(program: Program, example: Example) -> Evidence:
    """What an example gives, as evidence."""
    span = example.span
    return Evidence(
        subject=example.label.zh,
        standard=program.id,
        inputs=tuple(Choice(name=name, value=value, span=span) for name, value in example.inputs),
        facts=tuple(
            StatedFact(name=name, value=stated(program, name, value), span=span) for name, value in example.facts
        ),
        attestations=tuple(_attested(example)),
        fictional=True,
        span=span,
    )


def stated(program: Program, fact: str, value: Value) -> StatedValue:
    """A value as a file would state it, in the unit of its fact."""
    type_ = program.fact[fact].type
    if isinstance(value, Fraction) and isinstance(type_, NumberType):
        unit = unit_named(type_.unit)
        is_pure = type_.unit in ("number", "count")
        return Quantity(number=value / (unit.factor if unit else 1), unit=None if is_pure else type_.unit)
    if isinstance(value, frozenset):
        return tuple(sorted(value))
    assert isinstance(value, bool | str)
    return value


def _attested(example: Example) -> Iterator[Attestation]:
    for clause, verdict in example.verdicts:
        yield Attestation(
            clause=clause,
            verdict=verdict,
            voice="assessor" if clause in example.named else "vendor",
            reason=example.label.zh if verdict == "not-applicable" else None,
            span=example.span,
        )
