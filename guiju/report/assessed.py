"""What an answer is of: the standard and its edition, the subject, the as-of instant, the evidence, the readings taken.

Printed with what is explained, planned, supposed or compared, so that a print-out says by itself what it is of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import TypeAlias

from guiju.compiler.ir import Program
from guiju.dsl.diagnostic import Language, Text
from guiju.dsl.keywords import VALUES, localised
from guiju.engine.evaluate import Assessment
from guiju.report.agreeing import agreeing
from guiju.report.assessed_model import AssessedModel
from guiju.report.layout import WIDEST, width, wrapped
from guiju.report.values import published
from guiju.report.words import plain, shown, word

EDITION, _EVIDENCE = Text("版本", "Edition"), Text("证据", "Evidence")
_POLICY, READINGS = Text("策略", "Policy"), Text("所取读法", "Readings taken")
_AS_THE_POLICY = Text("均如策略所定 ({number} 处)", "as the policy sets them ({number})")
_REST = Text("其余 {number} 处如策略所定", "{number:other|others} as the policy sets them")
_LISTED = Text("如策略所定: {options}", "as the policy sets them: {options}")
_NONE = Text("（无）", "(none)")
#: what is said of the edition of a standard, in the order in which it is read
_ISSUED = {
    "status": Text("{said}", "{said}"),
    "issued": Text("{said} 发布", "issued {said}"),
    "effective": Text("{said} 实施", "effective {said}"),
}
_SHORT = len("sha256:") + 12  # of a digest, enough to tell two texts apart
_Row: TypeAlias = tuple[str, str]


@dataclass(frozen=True)
class Side:
    """One of two that are compared: a policy, and what was assessed against it where there is evidence."""

    program: Program
    assessment: Assessment | None = None


def standard_text(program: Program, language: Language) -> str:
    """A standard by number and title."""
    return f"{program.designation}  {program.title.in_language(language)}"


def inputs_of(assessment: Assessment) -> dict[str, str]:
    """What is chosen, by input; of those that something is computed from."""
    addresses = {i.id: f"input:{i.id}" for i in assessment.program.inputs}
    return {id_: plain(assessment.value(a)) for id_, a in addresses.items() if a in assessment.network.at}


def input_rows(program: Program, inputs: Mapping[str, str], language: Language) -> Iterator[_Row]:
    """Inputs by label, each with the option that is chosen."""
    declared = {i.id: i for i in program.inputs}
    for id_, value in inputs.items():
        labels = {o.id: o.label.in_language(language) for o in declared[id_].options}
        told = f"{value}  {labels[value]}" if labels.get(value) else shown(published(value), language)
        yield declared[id_].label.in_language(language), told


def readings_text(program: Program, taken: Mapping[str, str], language: Language, *, every: bool = False) -> str:
    """The options that are taken: those that are not the policy's own, and how many are; `every`: all by name."""
    own = [f"{id_} = {option}" for id_, option in program.defaults.items() if taken[id_] == option]
    others = [named for id_, option in taken.items() if (named := f"{id_} = {option}") not in own]
    said = _LISTED if every else _REST if others else _AS_THE_POLICY
    rest = agreeing(said.in_language(language), number=len(own), options=", ".join(own)) if own else ""
    return "; ".join(filter(None, (", ".join(others), rest)))


def assessed_lines(assessment: Assessment, language: Language, *, every: bool = False) -> Iterator[str]:
    """What an answer is of; `every`: with the options of all readings by name."""
    yield from (line for name, value in _rows(_of(assessment), language, every) for line in wrapped(f"{name}: {value}"))


def compared_lines(before: Side, after: Side, language: Language) -> Iterator[str]:
    """What a comparison is of; `before → after` where the sides differ in it."""
    one, other = (dict(_rows(side, language)) for side in (before, after))
    if before.program.digest != after.program.digest:
        policies = ((side.program.span.source.name, side.program.digest) for side in (before, after))
        one[_POLICY.in_language(language)], other[_POLICY.in_language(language)] = _apart(*policies)
    if before.assessment is not None and after.assessment is not None:
        stated = (side.bound.evidence for side in (before.assessment, after.assessment))
        files = ((evidence.span.source.name, evidence.digest) for evidence in stated)
        one[_EVIDENCE.in_language(language)], other[_EVIDENCE.in_language(language)] = _apart(*files)
    for name in dict.fromkeys((*one, *other)):
        yield from _beside(name, *(side.get(name, _NONE.in_language(language)) for side in (one, other)))


def _apart(before: tuple[str, str], after: tuple[str, str]) -> tuple[str, str]:
    """Two files by name; where they have one name and not one text, with the beginnings of their digests."""
    one, other = (PurePath(name).name for name, _ in (before, after))
    if one != other or before[1] == after[1]:
        return one, other
    return f"{one} ({before[1][:_SHORT]})", f"{other} ({after[1][:_SHORT]})"


def _beside(name: str, before: str, after: str) -> Iterator[str]:
    if before == after:
        yield from wrapped(f"{name}: {before}")
    elif width(line := f"{name}: {before} → {after}") <= WIDEST:
        yield line
    else:
        yield from wrapped(f"{name}: {before}")
        yield from wrapped(f"    → {after}")


def _of(assessment: Assessment) -> Side:
    return Side(assessment.program, assessment)


def _rows(side: Side, language: Language, every: bool = False) -> Iterator[_Row]:
    program, assessment = side.program, side.assessment
    yield word("policy", language), standard_text(program, language)
    if said := edition_text(program, language):
        yield EDITION.in_language(language), said
    if assessment is None:
        return
    evidence = assessment.bound.evidence
    yield word("subject", language), f"{evidence.subject}{fictional_note(evidence.fictional, language)}"
    yield from input_rows(program, inputs_of(assessment), language)
    yield word("as-of", language), evidence.as_of.isoformat() if evidence.as_of else _NONE.in_language(language)
    yield _EVIDENCE.in_language(language), evidence_file(assessment)
    if program.readings:
        yield READINGS.in_language(language), readings_text(program, assessment.readings, language, every=every)


def fictional_note(is_fictional: bool, language: Language) -> str:
    """What stands behind the name of a subject that is made up; "" behind any other."""
    return f"  ({word('fictional', language)})" if is_fictional else ""


def evidence_file(assessment: Assessment) -> str:
    """The name of the file that the evidence is in, without its folder."""
    return PurePath(assessment.bound.evidence.span.source.name).name


def edition_text(program: Program, language: Language) -> str:
    """The edition of a standard: its status, when it was issued and when it takes effect; "" where nothing says so."""
    return ", ".join(_edition(program, language))


def _edition(program: Program, language: Language) -> Iterator[str]:
    said = dict(program.properties)
    for key, text in _ISSUED.items():
        if key in said:
            value = localised(said[key], VALUES, language)
            yield text.in_language(language).format(said=value.replace("-", " ") if key == "status" else value)


def assessed_model(assessment: Assessment, language: Language) -> AssessedModel:
    """What an answer is of, as data."""
    program, evidence = assessment.program, assessment.bound.evidence
    said = dict(program.properties)
    return AssessedModel(
        designation=program.designation,
        title=program.title.in_language(language),
        edition={key: said[key] for key in _ISSUED if key in said},
        policy_digest=program.digest,
        subject=evidence.subject,
        fictional=evidence.fictional,
        inputs=inputs_of(assessment),
        as_of=evidence.as_of.isoformat() if evidence.as_of else None,
        evidence=evidence_file(assessment),
        evidence_digest=evidence.digest,
        readings=dict(assessment.readings),
    )
