"""Evidence + Program -> Bound: every name matched, every unit converted, every mistake reported at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from fractions import Fraction

from guiju.compiler.ir import Clause, NumberType, OptionType, Program, SetType, Titled, TruthType, Value
from guiju.compiler.units import Unit, format_number, format_quantity, unit_named, units_for
from guiju.dsl.diagnostic import LANGUAGES, Code, Diagnostic, Label, Language, Text
from guiju.dsl.keywords import UNIT_WORDS, unit_in
from guiju.dsl.near import near
from guiju.dsl.source import Span
from guiju.engine import codes
from guiju.engine.ages import Outdated, last_day
from guiju.engine.ages import outdated as outdated_of
from guiju.engine.evidence import Attestation, Choice, Evidence, Finding, Quantity, StatedFact, StatedValue, Waiver
from guiju.engine.names import clause_id, ids_by_name, leaf_named, leaves_by_name
from guiju.engine.shares import is_beyond_a_share

_MOST_NAMED = 12
_TRUTHS = {"yes": True, "是": True, "true": True, "no": False, "否": False, "false": False}


@dataclass(frozen=True)
class Bound:
    """Evidence in the program's own names and units. What is not in it is unknown."""

    program: Program
    evidence: Evidence
    facts: Mapping[str, Value]
    inputs: Mapping[str, Value]
    attestations: Mapping[str, tuple[Attestation, ...]]
    stated: Mapping[str, StatedFact]
    expired: frozenset[str] = frozenset()  # facts and clauses none of whose evidence counts at the as-of instant
    target: str = "best"  # a level id
    rounded: Mapping[str, Fraction] = field(default_factory=dict)  # by how much a stated number may have been rounded
    outdated: Mapping[str, tuple[Outdated, ...]] = field(default_factory=dict)  # of each of these, that evidence
    lapsed: Mapping[str, tuple[Attestation, ...]] = field(default_factory=dict)  # by clause, what counts no longer
    waivers: Mapping[str, tuple[Waiver, ...]] = field(default_factory=dict)  # by clause, those that ended too
    findings: tuple[Finding, ...] = ()  # with the ids of their clauses


@dataclass
class _Binder:
    program: Program
    evidence: Evidence
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def report(
        self,
        code: Code,
        span: Span,
        suggestion: str | None = None,
        labels: tuple[Label, ...] = (),
        **arguments: str | Text,
    ) -> None:
        self.diagnostics.append(Diagnostic(code, span, tuple(arguments.items()), labels, suggestion))


def bind(program: Program, evidence: Evidence) -> tuple[Bound, tuple[Diagnostic, ...]]:
    """Match evidence against a program. With an error among the diagnostics the result must not be evaluated.

    Of a file that is for another standard nothing else is said.
    """
    binder = _Binder(program, evidence)
    expired: dict[str, tuple[Outdated, ...]] = {}
    facts, stated = _facts(binder, expired)
    lapsed: dict[str, tuple[Attestation, ...]] = {}
    attestations = _attestations(binder, expired, lapsed)
    target = ids_by_name(program.levels).get(evidence.target, evidence.target)
    bound = Bound(
        program,
        evidence,
        facts,
        _inputs(binder),
        attestations,
        stated,
        frozenset(expired),
        target,
        rounded=_rounded(program, stated),
        outdated=expired,
        lapsed=lapsed,
        waivers=_waivers(binder),
        findings=tuple(_findings(binder)),
    )
    if evidence.standard not in (None, program.id):
        binder.diagnostics.clear()  # what is of another standard is asked for by none of this one's names
        binder.report(
            codes.OTHER_STANDARD, evidence.place_of("standard"), found=str(evidence.standard), expected=program.id
        )
        return bound, tuple(binder.diagnostics)
    if evidence.target != "best" and evidence.target not in ids_by_name(program.levels):
        known = ", ".join(("best", *(level.id for level in program.levels)))
        binder.report(codes.UNKNOWN_TARGET, evidence.place_of("target"), name=evidence.target, known=known)
    return bound, tuple(binder.diagnostics)


def value_of(program: Program, said: StatedFact | Choice) -> Value | None:
    """What a statement comes to, in base units and the ids of options, whether or not what it rests on still counts.

    None where it says that the value is not known, or something that the program does not ask for.
    """
    b = _Binder(program, Evidence(subject="", span=said.span))
    if said.value is None:
        return None
    if isinstance(said, StatedFact):
        fact = ids_by_name(program.facts).get(said.name)
        return None if fact is None else _value(b, fact, said.value, said.span)
    input_ = next((i for i in program.inputs if said.name in (i.id, *i.aliases)), None)
    return None if input_ is None else _option(b, input_.id, input_.options, said.value, said.span)


def _inputs(b: _Binder) -> dict[str, Value]:
    known = ids_by_name(b.program.inputs)
    inputs = {i.id: i for i in b.program.inputs}
    found: dict[str, Value] = {}
    for choice in b.evidence.inputs:
        id_ = known.get(choice.name)
        if id_ is None and choice.name in ids_by_name(b.program.facts):
            b.report(codes.FACT_AMONG_INPUTS, choice.span, name=choice.name)
        elif id_ is None:
            listed = ", ".join(inputs) or codes.NO_INPUTS
            b.report(codes.UNKNOWN_INPUT, choice.span, near(choice.name, known), name=choice.name, known=listed)
        elif choice.value is not None and id_ in found:
            b.report(codes.STATED_TWICE, choice.span, name=id_)
        elif choice.value is not None:
            option = _option(b, id_, inputs[id_].options, choice.value, choice.span)
            if option is not None:
                found[id_] = option
    return found


def _option(b: _Binder, name: str, options: tuple[Titled, ...], value: str, span: Span) -> str | None:
    known = ids_by_name(options)
    if value not in known:
        as_one = re.search("[，、]", value)  # several, written as one text: how these are written is told
        listed = f"[{', '.join(o.id for o in options)}]" if as_one else _with_labels(options)
        meant = next((o.id for o in options if value in (o.label.zh, o.label.en)), None) or near(value, known)
        b.report(codes.UNKNOWN_OPTION, span, meant, name=name, value=value, known=listed)
    return known.get(value)


def _with_labels(options: tuple[Titled, ...]) -> Text:
    """`near (Near the exit), far`: what may be written, and what it stands for where that says more."""

    def told(option: Titled, language: Language) -> str:
        name, label = option.called(language), option.label.in_language(language)
        return name if label == name else f"{name} ({label})"

    return Text(*(", ".join(told(o, language) for o in options) for language in LANGUAGES))


# --- facts -------------------------------------------------------------------------------------------------------


def _facts(b: _Binder, expired: dict[str, tuple[Outdated, ...]]) -> tuple[dict[str, Value], dict[str, StatedFact]]:
    known = ids_by_name(b.program.facts)
    facts: dict[str, Value] = {}
    stated: dict[str, StatedFact] = {}
    for fact in b.evidence.facts:
        id_ = known.get(fact.name)
        if id_ is None and b.evidence.parts:
            continue  # another of the standards may ask for it; `guiju.standards` reports what none of them asks for
        if id_ is None and fact.name in ids_by_name(b.program.inputs):
            b.report(codes.INPUT_AMONG_FACTS, fact.span, name=fact.name)
            continue
        if id_ is None:
            b.report(codes.UNKNOWN_FACT, fact.span, near(fact.name, known), name=fact.name)
            continue
        if id_ in stated:
            b.report(codes.STATED_TWICE, fact.span, name=id_)
            continue
        stated[id_] = fact
        value = None if fact.value is None else _value(b, id_, fact.value, fact.span)
        if value is None:
            continue
        if outdated := outdated_of(b.evidence, fact.evidence, b.program.fact[id_].validity):
            expired[id_] = outdated
            b.report(codes.EXPIRED, fact.span, name=id_)
        elif has_ended(fact, b.evidence.as_of):
            expired[id_] = ()
            b.report(codes.ENDED, fact.span, name=id_, day=_day(fact, b.evidence.as_of), voice=_SAMPLE)
        else:
            facts[id_] = value
            _check_age(b, id_, fact)
    return facts, stated


def _check_age(b: _Binder, id_: str, fact: StatedFact) -> None:
    """Say where a validity could not be held against what a fact rests on."""
    if b.program.fact[id_].validity is None:
        return
    if not fact.evidence:
        b.report(codes.UNCHECKED_AGE, fact.span, name=id_, missing=Text("它没有引用证据", "it refers to no evidence"))
    elif b.evidence.as_of is None:
        b.report(codes.UNCHECKED_AGE, fact.span, name=id_, missing=Text("文件没有评价时点", "the file has no `as_of`"))


def _value(b: _Binder, name: str, value: StatedValue, span: Span) -> Value | None:
    fact = b.program.fact[name]
    match fact.type, value:
        case NumberType(), Quantity():
            return _number(b, name, fact.type, value, span)
        case TruthType(), bool():
            return value
        case TruthType(), str() if value.lower() in _TRUTHS:
            return _TRUTHS[value.lower()]
        case OptionType(), str() | Quantity():
            return _option(b, name, fact.options, _as_written(value), span)
        case SetType(), tuple() | str() | Quantity():
            listed = value if isinstance(value, tuple) else (_as_written(value),)
            options = [_option(b, name, fact.options, v, span) for v in listed]
            return None if None in options else frozenset(o for o in options if o)
    expected = _expected(fact.type)
    b.report(codes.WRONG_VALUE, span, name=name, expected=expected, words=expected, found=_found(value))
    return None


def _as_written(value: str | Quantity) -> str:
    """The name of an option, which may begin with a digit and so look like a quantity: `7B`."""
    return value if isinstance(value, str) else value.text


def _number(b: _Binder, name: str, type_: NumberType, stated: Quantity, span: Span) -> Fraction | None:
    unit = unit_named(stated.unit) if stated.unit else None
    if stated.unit is None and (type_.dimension or type_.unit == "%"):
        b.report(codes.MISSING_UNIT, span, name=name, example=_with_unit(stated.number, type_))
        return None
    if stated.unit is not None and (unit is None or not _measures(unit, type_)):
        expected, units = _listed((type_.unit,)), _listed(units_for(type_.unit, integer=type_.integer))
        b.report(codes.WRONG_UNIT, span, name=name, expected=expected, found=stated.unit, units=units)
        return None
    number = stated.number * (unit.factor if unit else 1)
    if type_.integer and (number.denominator != 1 or number < 0):
        b.report(codes.NOT_WHOLE, span, name=name)
        return None
    if type_.is_never_negative and number < 0:
        b.report(codes.NEGATIVE, span, name=name)
        return None
    if is_beyond_a_share(b.program, name, number):
        b.report(codes.BEYOND_A_SHARE, span, name=name, found=format_quantity(number, type_.unit))
    return number


def _listed(units: tuple[str, ...]) -> Text:
    """Units as each language writes them."""
    return Text("、".join(unit_in(u, "zh") for u in units), ", ".join(units))


def _rounded(program: Program, stated: Mapping[str, StatedFact]) -> dict[str, Fraction]:
    """Half a unit in the last place of stated numbers that a formula gives, too: `83.3 %` may stand for 83.33 %."""
    found = {}
    for id_, fact in stated.items():
        type_, value = program.fact[id_].type, fact.value
        has_formula = program.fact[id_].formula is not None
        if has_formula and isinstance(type_, NumberType) and not type_.integer and isinstance(value, Quantity):
            by = rounding_of(value)
            if by is not None:
                found[id_] = by
    return found


def rounding_of(stated: Quantity) -> Fraction | None:
    """Half a unit in the last place of a number, in its base unit; None if it was not written as a decimal number."""
    unit = unit_named(stated.unit) if stated.unit else None
    return None if stated.places is None else Fraction(1, 2 * 10**stated.places) * (unit.factor if unit else 1)


def _measures(unit: Unit, type_: NumberType) -> bool:
    """Whether a unit suits a type. Of pure numbers, percentages are no counts, and counts no percentages."""
    if unit.dimension != type_.dimension:
        return False
    if type_.unit == "%":
        return unit.name == "%"
    return unit.name != "%" or not type_.integer


def _with_unit(number: Fraction, type_: NumberType) -> str:
    """A number as it was probably meant: 0.85 of a percentage is 85 %."""
    is_ratio = type_.unit == "%" and abs(number) <= 1
    return f"{format_number(number * 100 if is_ratio else number)} {type_.unit}"


def _expected(type_: NumberType | TruthType | OptionType | SetType) -> Text:
    match type_:
        case NumberType():
            if type_.unit in dict(UNIT_WORDS):
                return Text("数", "a number")
            return Text(f"以{unit_in(type_.unit, 'zh')}计的数", f"a number in {type_.unit}")
        case TruthType():
            return Text("是或否", "yes or no")
        case OptionType():
            return Text("选项之一：" + "、".join(type_.options), "one of " + ", ".join(type_.options))
        case SetType():
            return Text("下列选项的列表：" + "、".join(type_.options), "a list of " + ", ".join(type_.options))


def _found(value: StatedValue) -> Text:
    match value:
        case bool():
            return Text("是否", "yes or no")
        case Quantity():
            return Text("数", "a number")
        case tuple():
            return Text("列表", "a list")
    return Text(f"文字“{value}”", f"the text `{value}`")


# --- attestations ------------------------------------------------------------------------------------------------


def _attestations(
    b: _Binder, expired: dict[str, tuple[Outdated, ...]], lapsed: dict[str, tuple[Attestation, ...]]
) -> dict[str, tuple[Attestation, ...]]:
    """What counts; what ended or rests on nothing but outdated evidence goes to `lapsed`, that evidence to `expired`.

    An override that ended leaves its clause open: what it overruled does not come back by itself.
    """
    leaves = leaves_by_name(b.program)
    found: dict[str, tuple[Attestation, ...]] = {}
    first: dict[tuple[str, str], Attestation] = {}
    for attestation in b.evidence.attestations:
        id_ = leaf_named(attestation.clause, leaves)
        if id_ is None:
            _no_such_clause(b, attestation, leaves)
            continue
        before = attestation if attestation.sample else first.setdefault((id_, attestation.voice), attestation)
        if before.clause != attestation.clause:
            label = Label(before.span, Text("第一次写在这里", "first given here"))
            b.report(codes.STATED_TWICE, attestation.span, labels=(label,), name=id_)
        elif attestation.verdict == "not-applicable" and b.program.clause[id_].applies is None:
            b.report(codes.NO_APPLICABILITY, attestation.span, name=id_)
        elif outdated := outdated_of(b.evidence, attestation.evidence):
            expired[id_] = (*expired.get(id_, ()), *outdated)
            lapsed[id_] = (*lapsed.get(id_, ()), attestation)
            b.report(codes.EXPIRED, attestation.span, name=id_)
        elif has_ended(attestation, b.evidence.as_of):
            expired.setdefault(id_, ())
            lapsed[id_] = (*lapsed.get(id_, ()), attestation)
            voice = _VOICES.get(attestation.voice, attestation.voice)
            b.report(codes.ENDED, attestation.span, name=id_, day=_day(attestation, b.evidence.as_of), voice=voice)
        else:
            found[id_] = (*found.get(id_, ()), attestation)
    for id_, ended in lapsed.items():
        found[id_] = (*found.get(id_, ()), *_still_open(ended, found.get(id_, ()), b.evidence.as_of))
    return {id_: said for id_, said in found.items() if said}


_SAMPLE = Text("抽样结果", "the result of a sample")
_VOICES = {
    "vendor": Text("供方的回答", "the vendor's answer"),
    "assessor": Text("评估方的结论", "the assessor's verdict"),
    "override": Text("裁定", "the override"),
}


def has_ended(said: StatedFact | Attestation | Waiver, as_of: datetime | None) -> bool:
    """Whether what was given until some instant counts no longer."""
    return as_of is not None and said.until is not None and said.until < as_of


def _still_open(
    lapsed: tuple[Attestation, ...], counting: tuple[Attestation, ...], as_of: datetime | None
) -> tuple[Attestation, ...]:
    """The overrides that ended, as what they leave behind: nobody decides, until one of them is given anew."""
    if any(a.voice == "override" for a in counting):
        return ()
    ended = (a for a in lapsed if a.voice == "override" and has_ended(a, as_of))
    return tuple(replace(a, verdict="unknown", lapsed=True) for a in ended)


def _day(said: StatedFact | Attestation | Waiver, as_of: datetime | None) -> str:
    """The last day on which something counted."""
    return last_day(said.until, as_of) if said.until is not None else ""


def _waivers(b: _Binder) -> dict[str, tuple[Waiver, ...]]:
    """The waivers of each clause, those that ended as well."""
    leaves = leaves_by_name(b.program)
    found: dict[str, tuple[Waiver, ...]] = {}
    for waiver in b.evidence.waivers:
        id_ = leaf_named(waiver.clause, leaves)
        if id_ is None:
            _no_such_clause(b, waiver, leaves)
            continue
        found[id_] = (*found.get(id_, ()), waiver)
        if has_ended(waiver, b.evidence.as_of):
            b.report(codes.WAIVER_ENDED, waiver.span, name=id_, day=_day(waiver, b.evidence.as_of))
    return found


def _findings(b: _Binder) -> Iterator[Finding]:
    leaves = leaves_by_name(b.program)
    for finding in b.evidence.findings:
        id_ = leaf_named(finding.clause, leaves)
        if id_ is None:
            _no_such_clause(b, finding, leaves)
        else:
            yield replace(finding, clause=id_)


def _no_such_clause(b: _Binder, attestation: Attestation | Waiver | Finding, leaves: Mapping[str, str]) -> None:
    id_ = clause_id(attestation.clause)
    below = (c for c in b.program.clauses if c.id.startswith((f"{id_}.", f"{id_}-")))
    children = [_with_reading(b.program, c) for c in below]
    if children:
        b.report(codes.PARENT_ATTESTED, attestation.span, name=attestation.clause, children=_few(children))
        return
    letters = {_letters(leaf): leaf for leaf in leaves.values()}
    meant, beside = letters.get(_letters(id_)), _beside(b.program, id_)
    if meant is None and not beside:
        meant = near(id_, leaves.values())
    known = _few(beside or [c.id for c in b.program.clauses])
    b.report(codes.UNKNOWN_EVIDENCE_CLAUSE, attestation.span, meant, name=attestation.clause, known=known)


def _with_reading(program: Program, clause: Clause) -> str:
    """A clause by its id; behind a lead that is no item by default the options that make it one."""
    if clause.under(program.defaults).is_item:
        return clause.id
    return f"{clause.id} ({', '.join(f'{reading} = {option}' for reading, option in clause.item_under)})"


def _letters(id_: str) -> str:
    """An id without what stands between its numbers and letters."""
    return "".join(c for c in id_ if c.isalnum()).casefold()


def _beside(program: Program, id_: str) -> list[str]:
    """The clauses of the section that an id begins with: which of them was meant nobody can tell."""
    found = re.match(r"\d+(?:\.\d+)*", id_)
    section = found[0] if found else ""
    within = {s: [c.id for c in program.clauses if c.group == s] for s in (section, section.rpartition(".")[0])}
    return next((listed for listed in within.values() if listed), [])


def _few(names: list[str]) -> str:
    """Names for a sentence: all of them, or the first and how many more."""
    return (
        ", ".join(names)
        if len(names) <= _MOST_NAMED
        else f"{', '.join(names[:_MOST_NAMED])}, … +{len(names) - _MOST_NAMED}"
    )
