"""Proofs -> lines for people: each property, and below it what is not so or could not be told, with a witness."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from guiju.compiler.ir import Program, Value
from guiju.compiler.units import format_number, unit_behind
from guiju.dsl.diagnostic import Language, Text
from guiju.engine.evidence import Quantity, StatedValue
from guiju.engine.proving.claim import Claim, Proof, Property, Side, Witness
from guiju.engine.proving.question import Gave
from guiju.report.agreeing import agreeing
from guiju.report.assessed import standard_text
from guiju.report.facts import stated_text
from guiju.report.layout import list_text
from guiju.report.left_out import left_out_lines, left_out_models
from guiju.report.proofs import Proofs, worst
from guiju.report.values import value_text
from guiju.report.words import shown, word

MOST_LISTED = 10  # claims of a property that are told one by one
MOST_STATED = 6  # statements of a witness in a line

_WORDS: Mapping[str, Text] = {
    "proved": Text("已证", "proved"),
    "refuted": Text("不成立", "refuted"),
    "not-proved": Text("未证", "not proved"),
    "nothing": Text("无可证", "nothing to prove"),
    "counts": Text("（{number} 项）", " ({number})"),
    "counts-of": Text("（{total} 项中 {number} 项已证）", " ({number} of {total} proved)"),
    "more": Text("… +{number}（--format json 列出全部）", "… +{number} (--format json lists them)"),
    "computed": Text(
        "由公式算得的事实只取算得的值：{facts}。证据另有陈述而与公式不合的，以上不适用",
        "Taken as their formulas give them: {facts}. Of evidence that states them otherwise, nothing is said here",
    ),
    "above": Text("{names[0]} 与 {names[1]}", "{names[0]} and {names[1]}"),
    "reading": Text("读法 {names[0]} = {names[1]}", "reading {names[0]} = {names[1]}"),
    "without": Text("不满足 {clause}", "{clause} unsatisfied"),
    "with": Text("满足 {clause}", "{clause} satisfied"),
    "witness": Text("见证", "witness"),
    "stated": Text("给出 {facts} 个事实、查验 {clauses} 条", "{facts} facts stated, {clauses} clauses attested"),
    "combinations": Text("逐步扫描的组合超过 {detail} 个", "a sweep would keep more than {detail} combinations"),
    "seconds": Text("{way}的 {detail} 秒用完了", "the {detail} seconds of {way} were over"),
    "way-sweep": Text("扫描", "the sweep"),
    "way-solver": Text("求解器", "the solver"),
    "time": Text("求解器在余下的 {detail} 秒里没有答案", "the solver had no answer in the {detail} seconds left"),
    "not-installed": Text("没有安装求解器", "no solver is installed"),
    "no-evidence": Text("找到的对象没有一份证据能说清", "a subject was found that no one evidence file can state"),
    "only-here": Text("另一个版本没有这个结论", "the other edition has no such outcome"),
    "only-there": Text("只有另一个版本有这个结论", "only the other edition has this outcome"),
    "options-of-one": Text(
        "只有一个版本能这样回答：{detail}；两版都能答的对象里没有不同",
        "one edition alone can be told {detail}; nobody whom both can be told of differs",
    ),
    "no-fraction": Text("求解器找到的数不是分数", "the solver found a number that is no fraction"),
    "stated-below": Text("{detail} 之下已有陈述", "something below {detail} is stated"),
    "too-many-cases": Text("{detail} 的情形太多，无法交给求解器", "{detail} has too many cases for the solver"),
    "decided-by-the-clause": Text(
        "{detail} 依此条而定，又可能由人判定", "{detail} stands on this clause, and people may decide it"
    ),
}


def text_of(proofs: Proofs, language: Language) -> str:
    """All lines."""
    return "\n".join(_lines(proofs, language)) + "\n"


def _say(key: str, language: Language, **arguments: object) -> str:
    return agreeing(_WORDS[key].in_language(language), **arguments)


def _lines(proofs: Proofs, language: Language) -> Iterator[str]:
    program = proofs.program
    yield standard_text(program, language)
    for reading, option in proofs.readings.items():
        if option != program.defaults[reading]:
            yield _say("reading", language, names=(reading, option))
    if proofs.other is not None:
        yield from left_out_lines(left_out_models(proofs.other, program), language)
    for property_, listed in proofs.proved:
        yield ""
        yield from _property(program, property_, listed, language)
    if proofs.computed:
        named = ", ".join(proofs.computed[:MOST_STATED])
        more = f", … +{len(proofs.computed) - MOST_STATED}" if len(proofs.computed) > MOST_STATED else ""
        yield ""
        yield _say("computed", language, facts=named + more)


def _property(program: Program, property_: Property, listed: Sequence[Proof], language: Language) -> Iterator[str]:
    answer = worst(p.answer for p in listed) or "nothing"
    proved = sum(p.answer == "proved" for p in listed)
    key = "counts" if proved == len(listed) else "counts-of"
    counts = _say(key, language, number=proved, total=len(listed)) if listed else ""
    title = property_.title.in_language(language)
    yield (
        f"{title}: {_say(answer, language)}{counts}"
        if language == "en"
        else f"{title}：{_say(answer, language)}{counts}"
    )
    others = [p for p in listed if p.answer != "proved"]
    for proof in others[:MOST_LISTED]:
        yield from (f"  {line}" for line in _proof(program, property_, proof, language))
    if len(others) > MOST_LISTED:
        yield f"  {_say('more', language, number=len(others) - MOST_LISTED)}"


def _proof(program: Program, property_: Property, proof: Proof, language: Language) -> Iterator[str]:
    name = _name(program, proof.claim, language)
    if proof.answer == "refuted":
        yield f"{_say('refuted', language)}  {name}  {property_.refuted.in_language(language)}"
    else:
        tried = "; ".join(gave_text(t, language) for t in proof.tried)
        yield f"{_say('not-proved', language)}  {name}  {tried}"
    if proof.witness is not None:
        yield from (f"  {line}" for line in _witness(proof.claim, proof.witness, language))


def _name(program: Program, claim: Claim, language: Language) -> str:
    if claim.about == "clause":
        clause = program.clause[claim.names[0]]
        return f"{clause.printed} {clause.label.in_language(language)}"
    if claim.about == "reading":
        return _say("reading", language, names=claim.names)
    if claim.about == "outcome":
        having = next((s.program for s in claim.sides if claim.names[0] in s.program.definition), program)
        return having.definition[claim.names[0]].label.in_language(language)
    return _say("above", language, names=claim.names) if len(claim.names) == 2 else claim.names[0]


def gave_text(gave: Gave, language: Language) -> str:
    """What kept a way of answering from an answer."""
    way = _say(f"way-{gave.way}", language)
    return _say("stated-below" if gave.why == "stated" else gave.why, language, detail=gave.detail, way=way)


def _witness(claim: Claim, witness: Witness, language: Language) -> Iterator[str]:
    for side, outcomes in zip(witness.sides, witness.outcomes, strict=True):
        told = [
            f"{side.program.definition[o].label.in_language(language)} {_value(side.program, o, v, language)}"
            for o, v in zip(claim.outcomes, outcomes, strict=True)
        ]
        yield list_text(told, language) + _side(claim, side, language)
    evidence, program = witness.evidence, witness.sides[-1].program
    called = {thing.id: thing.called(language) for thing in (*program.inputs, *program.facts)}
    said = [f"{called.get(i.name, i.name)} = {i.value}" for i in evidence.inputs]
    stated = [f for f in evidence.facts if not _is_least(f.value)]
    said += [f"{called.get(f.name, f.name)} = {_stated(f.value, language)}" for f in stated]
    rest = [word("and-more", language, number=len(said) - MOST_STATED)] if len(said) > MOST_STATED else []
    counts = _say("stated", language, facts=len(evidence.facts), clauses=len(evidence.attestations))
    yield f"{_say('witness', language)}: {'; '.join([*said[:MOST_STATED], *rest, counts])}"


def _stated(value: StatedValue, language: Language) -> str:
    if isinstance(value, bool):
        return shown(value, language)
    if isinstance(value, Quantity):
        return f"{format_number(value.number)}{unit_behind(value.unit, language)}"
    return stated_text(value)


def _is_least(value: StatedValue) -> bool:
    """Whether a witness says it only because everything has to be said: no, nothing, none."""
    return not value.number if isinstance(value, Quantity) else not value


def _value(program: Program, outcome: str, value: Value, language: Language) -> str:
    return value_text(program, program.definition[outcome], value, language)


def _side(claim: Claim, side: Side, language: Language) -> str:
    """What makes a side another one than the other."""
    if side.overridden is not None:
        clause, verdict = side.overridden
        key = "with" if verdict.value == "satisfied" else "without"
        return f"  ({_say(key, language, clause=side.program.clause[clause].printed)})"
    if claim.about == "reading":
        return f"  ({claim.names[0]} = {side.readings[claim.names[0]]})"
    return f"  ({side.program.designation})" if claim.property == "same" else ""
