"""Drawn policies and evidence as the files of a bundle, and bundles that somebody forged.

A forger keeps the form and makes the checksums agree, so that only deriving everything again can find what was changed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from fractions import Fraction
from itertools import islice
from random import Random
from typing import Any, NamedTuple

from guiju.bundle.layout import body, closed, written
from guiju.bundle.model import StepModel
from guiju.bundle.sources import SourceText, in_order
from guiju.compiler.ir import NumberType, OptionType, Program, Type
from guiju.engine.evidence import Attestation, Evidence, Quantity, StatedValue
from tests.engine.strategies import VOCABULARY

Content = dict[str, Any]
_VERDICTS = ("satisfied", "unsatisfied")


def sources_of(program: Program, evidence: Evidence) -> tuple[SourceText, ...]:
    """What a bundle of a drawn case is made from."""
    policy = program.span.source.text
    used = (SourceText("vocabulary", "shared.guiju", VOCABULARY, (program.id,)),) if "\nuse shared" in policy else ()
    return in_order(
        (SourceText("policy", "made.guiju", policy), *used, SourceText("evidence", "made.json", file_of(evidence)))
    )


def file_of(evidence: Evidence) -> str:
    """Drawn evidence as a file; without what no file can say, as that a crosswalk attests or one voice twice."""
    records = {
        r.id: {
            "kind": r.kind,
            **({"expires": r.expires.isoformat()} if r.expires else {}),
            **({"collected_on": r.collected_on.isoformat()} if r.collected_on else {}),
        }
        for r in evidence.records
    }
    facts = {f.name: {"value": _value(f.value), "evidence": list(f.evidence)} for f in evidence.facts}
    said: dict[str, dict[str, Any]] = {}
    for a in evidence.attestations:
        if a.voice != "crosswalk":
            said.setdefault(a.clause, {}).setdefault(a.voice, _attestation(a))
    content = {
        "guiju": "evidence/1",
        "subject": evidence.subject,
        "as_of": evidence.as_of.isoformat() if evidence.as_of else None,
        "inputs": {i.name: i.value for i in evidence.inputs},
        "evidence": records,
        "facts": facts,
        "attestations": {clause: list(voices.values()) for clause, voices in said.items()},
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def _value(value: StatedValue) -> object:
    if isinstance(value, Quantity):
        unit = "" if value.unit in ("number", "count") else f" {value.unit}"
        return f"{value.text or Fraction(value.number)}{unit}"
    return list(value) if isinstance(value, tuple) else value


def _attestation(a: Attestation) -> dict[str, Any]:
    reason = a.reason or ("it was decided so" if a.voice == "override" else None)
    told = {"verdict": a.verdict, "voice": a.voice, "evidence": list(a.evidence), "by": a.by, "reason": reason}
    return {key: value for key, value in told.items() if value}


# --- forged --------------------------------------------------------------------------------------------------------


class Forged(NamedTuple):
    """A bundle with something changed, and what replaying it must name."""

    text: str
    part: str


def forged(content: Content, every: int = 1, first: int = 0) -> Iterator[Forged]:
    """Bundles whose checksums agree with what was changed in them; or every so many of them, from one of these on."""
    yield from islice(_forged(content), first % every, None, every)


def _forged(content: Content) -> Iterator[Forged]:
    for part, change in _CHANGES:
        changed = deepcopy(content)
        if change(changed) and changed != content:
            yield Forged(written(changed), part)
    for number, member, value in zip(_few(len(content["derivation"])), _MEMBERS, _FORGED, strict=False):
        changed = deepcopy(content)
        step = {**changed["derivation"][number], member: value}
        changed["derivation"][number] = {key: step[key] for key in StepModel.model_fields if key in step}
        yield Forged(written(changed), f"the derivation step `{step['node']}`, `{member}`")


_MEMBERS = ("value", "reachable", "cites", "premises", "at")
_FORGED = ("forged", ["1", "2"], "table 99", ["forged"], "made.guiju:999")


def _few(steps: int) -> tuple[int, ...]:
    """The first steps, the last, and some between."""
    return 0, steps // 3, steps // 2, steps - 2, steps - 1


def _outcome(content: Content) -> bool:
    if content["outcomes"]:
        content["outcomes"][-1]["values"] = ["forged"]
    return bool(content["outcomes"])


def _narrowed(content: Content) -> bool:
    """One of several values that can still be reached is left out."""
    several = [o for o in content["outcomes"] if len(o["values"]) > 1]
    for outcome in several:
        outcome["values"] = outcome["values"][:1]
    return bool(several)


def _assured(content: Content) -> bool:
    """An enclosure is passed off as exact."""
    enclosed = [o for o in content["outcomes"] if not o.pop("exact", True)]
    return bool(enclosed)


def _reading(content: Content) -> bool:
    for reading in content["readings"][:1]:
        reading["option"] = "forged"
    return bool(content["readings"])


def _lost_step(content: Content) -> bool:
    content["derivation"].pop()
    return True


def _more_steps(content: Content) -> bool:
    content["derivation"].append(content["derivation"][0])
    return True


def _other_digest(content: Content) -> bool:
    content["sources"][0]["digest"] = "sha256:0"
    return True


def _idle_source(content: Content) -> bool:
    """A text that the assessment never looks at is passed off as one that it stands on."""
    source = {**content["sources"][0], "role": "standard", "name": "idle.guiju"}
    content["sources"] = [content["sources"][0], source, *content["sources"][1:]]
    return True


def _member(key: str) -> Callable[[Content], bool]:
    def change(content: Content) -> bool:
        content[key] = "forged"
        return True

    return change


_CHANGES: tuple[tuple[str, Callable[[Content], bool]], ...] = (
    *((f"the member `{key}`", _member(key)) for key in ("policy", "policy_digest", "subject", "evidence_digest")),
    ("the outcome", _outcome),
    ("the outcome", _narrowed),
    ("the outcome", _assured),
    ("the reading", _reading),
    ("the derivation step", _lost_step),
    ("the member `derivation`, the order or number of its items", _more_steps),
    ("the head of the policy made.guiju", _other_digest),
    ("the head of the other standard idle.guiju", _idle_source),
)


def made_by_another_engine(content: Content, draw: Random, program: Program) -> tuple[Content, set[str]]:
    """A bundle of a version that came to something else at some nodes, and these: a few clauses, or the outcomes."""
    names = [s["node"] for s in content["derivation"] if s["rule"] == "clause"]
    outcomes = {o["outcome"] for o in content["outcomes"] if draw.random() < 0.5}
    nodes = {*draw.sample(names, min(2, len(names))), *outcomes}
    made = {**deepcopy(content), "engine": "1"}
    for step in made["derivation"]:
        if step["node"] in nodes:
            possible = _VERDICTS if step["rule"] == "clause" else _values_of(program.definition[step["node"]].type)
            step["value"] = draw.choice([v for v in possible if v != step["value"]])
            for member in ("reachable", "exact", "why"):
                step.pop(member, None)
    said = {s["node"]: [s["value"]] for s in made["derivation"]}
    made["outcomes"] = [
        {"outcome": o["outcome"], "values": said[o["outcome"]]} if o["outcome"] in outcomes else o
        for o in made["outcomes"]
    ]
    return made, nodes


def _values_of(type_: Type) -> tuple[str, ...]:
    """Some values of a type, as a bundle writes them."""
    match type_:
        case NumberType():
            return "0", "1", "1/2"
        case OptionType():
            return (*type_.options, "none")
    return "true", "false"


# --- changed -------------------------------------------------------------------------------------------------------


def changed_lines(content: Content) -> Iterator[Forged]:
    """Bundles with a character of one line changed and the checksums left as they were: a line of each part."""
    text, lines = written(content), list(body(content))
    for part in dict.fromkeys(line.part for line in lines):
        number, line = [(n, x) for n, x in enumerate(lines) if x.part == part][-1]
        changed = [*lines[:number], line._replace(text=line.text.replace('"', "'", 1)), *lines[number + 1 :]]
        yield Forged(_tail(text, closed(changed)), named(part, line.number))


def _tail(whole: str, changed: str) -> str:
    """A changed text with the checksums and the digest of the whole one."""
    mark = ' "checksums": ['
    return changed[: changed.rindex(mark)] + whole[whole.rindex(mark) :]


def named(part: str, index: int) -> str:
    """What a message must call a line of a part."""
    role, _, name = part.partition(" ")
    if name:
        kind = {"policy": "the policy", "vocabulary": "the vocabulary", "evidence": "the evidence"}[role]
        return f"{f'line {index}' if index else 'the head'} of {kind} {name}"
    return f"`{part}`"
