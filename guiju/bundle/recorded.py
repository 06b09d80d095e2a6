"""A bundle -> the record of what its engine came to, beside what this one derives from the same sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any, cast, get_args

from guiju.bundle.make import assessed, content_from
from guiju.bundle.read import BundleFile
from guiju.bundle.replay import other_engine, replay
from guiju.bundle.sources import source_of
from guiju.compiler.ir import (
    UNKNOWN,
    Clause,
    Definition,
    NumberType,
    OptionType,
    Program,
    SetType,
    Special,
    TruthType,
    Type,
    Undefined,
    Value,
    Verdict,
)
from guiju.dsl.diagnostic import Diagnostic
from guiju.engine.evaluate import Assessment
from guiju.engine.network import Subject
from guiju.engine.reasoning.comparing.difference import EffectKind, Nodes, Seen, seen_in
from guiju.engine.reasoning.comparing.recorded import Recorded
from guiju.engine.verdicts import Reason
from guiju.report.values import published

_CAME_TO = ("outcomes", "derivation")  # all other members are what it stands on
_REASONS = get_args(Reason)


def recorded(file: BundleFile, here: str) -> tuple[Recorded | None, tuple[Diagnostic, ...]]:
    """What a bundle records, or what replaying one says that no engine can have written. `here`: this version.

    Another version may have come to something else, but not on other sources, and not to two things at once.
    """
    bundle = file.bundle
    sources = tuple(source_of(model) for model in bundle.sources)
    assessment, _ = assessed(sources, {chosen.reading: chosen.option for chosen in bundle.readings})
    if assessment is None:
        return None, replay(file, here)
    stated = bundle.model_dump(exclude_defaults=True)
    found = content_from(assessment, sources, bundle.engine)
    otherwise = {key for key in found if stated[key] != found[key]}
    can_be = otherwise <= {*_CAME_TO} and _agrees_with_itself(stated) and _is_of(assessment, stated, found)
    if otherwise and (bundle.engine == here or not can_be):
        return None, replay(file, here)
    nodes = dict(_nodes(assessment.program, seen_in(assessment), _steps(stated), _steps(found)))
    return Recorded(bundle.engine, nodes, assessment), other_engine(file, here)


def _steps(content: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    return {step["node"]: step for step in content["derivation"]}


def _agrees_with_itself(stated: Mapping[str, Any]) -> bool:
    """Whether the outcomes are what the steps that lead to them say."""
    steps = _steps(stated)
    pairs = ((outcome, steps.get(outcome["outcome"])) for outcome in stated["outcomes"])
    return all(s is not None and (o["values"], o.get("exact")) == (_values(s), s.get("exact")) for o, s in pairs)


def _is_of(assessment: Assessment, stated: Mapping[str, Any], found: Mapping[str, Any]) -> bool:
    """Whether each node is one of the standard's, said once, and has values of its type.

    What a node stands on may be called otherwise by another version, so that is held against its node alone.
    """
    at, derived = assessment.network.at, _steps(found)
    addresses = [step["node"] for step in stated["derivation"]]
    if len(addresses) != len({*addresses}):
        return False
    for step in stated["derivation"]:
        address = step["node"]
        while address not in at and "/" in address:
            address = address.rpartition("/")[0]
        if address not in at or (address == step["node"] and not _is_valued(assessment, step, derived[address])):
            return False
    return True


def _is_valued(assessment: Assessment, stated: Mapping[str, Any], found: Mapping[str, Any]) -> bool:
    """Whether the values of a step are those found here, or others that its node can have."""
    node = assessment.network.node(stated["node"])
    about = node.definition or node.subject
    return all(_is_value(text, about) for text in {*_values(stated)} - {*_values(found)})


def _is_value(text: str, about: Subject | Definition) -> bool:
    """Whether a text is the published form of a value that a clause, a definition, a fact or an input can have."""
    value = published(text)
    if isinstance(value, Special | Undefined):
        return True
    if isinstance(about, Clause):
        return text in {v.value for v in Verdict}
    type_ = getattr(about, "type", None)
    if isinstance(type_, NumberType):
        return isinstance(value, Fraction) and str(value) == text
    if isinstance(type_, TruthType):
        return text in ("true", "false")
    if isinstance(type_, SetType):
        return {*text.split(",")} - {""} <= {*type_.options}
    return not isinstance(type_, OptionType) or text in (*type_.options, "none")


def _values(step: Mapping[str, Any]) -> list[str]:
    return list(step.get("reachable") or [step["value"]])


def _nodes(
    program: Program, derived: Nodes, stated: Mapping[str, Any], found: Mapping[str, Any]
) -> Iterator[tuple[tuple[EffectKind, str], Seen]]:
    """What is recorded at each node that is shown: what is derived here wherever that is told in the same words."""
    for (what, address), seen in derived.items():
        step = stated.get(address)
        if _said(step) == _said(found.get(address)):
            yield (what, address), seen
        elif step is not None:
            yield (what, address), _seen(program, what, address, step)


def _said(step: Mapping[str, Any] | None) -> tuple[object, ...] | None:
    return None if step is None else tuple(step.get(member) for member in ("value", "reachable", "exact", "why"))


def _seen(program: Program, what: EffectKind, address: str, step: Mapping[str, Any]) -> Seen:
    """What a step says that this engine does not say itself."""
    if what in ("outcome", "definition"):
        type_ = program.definition[address].type
        return Seen(frozenset(_value(text, type_) for text in _values(step)), step.get("exact", True))
    id_ = address.partition(":")[2]
    if what == "clause":
        verdict = next((v for v in Verdict if v.value == step["value"]), None)
        seen = Seen(frozenset([verdict or published(step["value"])]))
        why = step.get("why") if seen.values == {UNKNOWN} else None
        return replace(seen, reason=cast(Reason, why)) if why in _REASONS else seen
    typed = program.fact if what == "fact" else {i.id: i for i in program.inputs}
    return Seen(frozenset([_value(step["value"], typed[id_].type)]))


def _value(text: str, type_: Type) -> Value:
    """The value of a type that a text stands for; the text itself if it is none."""
    value = published(text)
    if isinstance(value, Special | Undefined) or isinstance(type_, NumberType):
        return value
    if isinstance(type_, SetType):
        return frozenset(text.split(",")) - {""}
    return {"true": True, "false": False}.get(text, text) if isinstance(type_, TruthType) else text
