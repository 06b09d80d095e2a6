"""What changes if some things are set, and how far known numbers lie from their thresholds: for people and programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from guiju.compiler.ir import UNKNOWN, Program, Verdict
from guiju.compiler.units import unit_named
from guiju.dsl.diagnostic import Diagnostic, Language, Text
from guiju.engine.addresses import node_name
from guiju.engine.evaluate import Assessment
from guiju.engine.evidence import Choice, StatedFact
from guiju.engine.possible import Possible
from guiju.engine.reasoning.comparing.difference import Cause, Difference, Effect, Seen
from guiju.engine.reasoning.margins import Margin, Margins, Turn
from guiju.report import simulation_model as model
from guiju.report.assessed import assessed_lines, assessed_model
from guiju.report.diagnostics_model import diagnostic_model
from guiju.report.facts import in_units_of, stated_text
from guiju.report.layout import joined, table
from guiju.report.margins import fact_unit, margin_lines, possible_text
from guiju.report.result import possible_model
from guiju.report.result_model import OutcomeReadingsModel, PossibleModel
from guiju.report.under_readings import reading_text, readings_of
from guiju.report.words import plain, quantity, shown, word

_SET = Text("设为", "Set")
_NOTHING_SAID = Text("（没有陈述）", "(nothing stated)")
_EFFECTS = Text("随之变化", "What changes with it")
_NO_EFFECT = Text("其余不变", "Nothing else changes")
_UNCHANGED = Text("不变", "unchanged")
_SUPPOSED = Text("设想", "supposed")


@dataclass(frozen=True, eq=False)
class Simulated:
    """What was set and what it comes to; `margins` where they were asked for."""

    before: Assessment
    after: Assessment
    difference: Difference
    margins: Margins | None
    is_set: bool  # whether anything was set, be it to what it was


# --- for programs --------------------------------------------------------------------------------------------------


def simulation_of(
    simulated: Simulated, language: Language, diagnostics: Iterable[Diagnostic] = ()
) -> model.SimulationModel:
    """A simulation as data."""
    program, margins = simulated.after.program, simulated.margins
    return model.SimulationModel(
        guiju="simulation/1",
        policy=program.id,
        designation=program.designation,
        subject=simulated.after.bound.evidence.subject,
        changes=[_change(program, cause, language) for cause in simulated.difference.causes],
        outcomes=[_outcome(simulated, o, language) for o in program.outcomes],
        effects=[_effect(program, e, language) for e in _told(simulated.difference)],
        margins=None if margins is None else [_margin(program, m, language) for m in margins.found],
        without_margin=[] if margins is None else [m.fact for m in margins.unsolved],
        why_without_margin={} if margins is None else {m.fact: m.why for m in margins.unsolved},
        readings=list(_readings(simulated)),
        diagnostics=[diagnostic_model(d, language) for d in diagnostics],
        assessed=assessed_model(simulated.before, language),
    )


def _told(difference: Difference) -> Iterator[Effect]:
    """Scores and clauses, and the facts that were not set themselves."""
    set_ = {cause.about for cause in difference.causes}
    for effect in difference.effects:
        if effect.what in ("definition", "clause") or (effect.what == "fact" and _id(effect) not in set_):
            yield effect


def _id(effect: Effect) -> str:
    return effect.address.partition(":")[2] if effect.what in ("clause", "fact", "input") else effect.address


def _change(program: Program, cause: Cause, language: Language) -> model.ChangeModel:
    kind = "clause" if cause.what == "attestation" else cause.what
    id_ = cause.about.partition(" ")[0]
    label = _label(program, str(kind), id_, language)
    return model.ChangeModel(kind=kind, id=id_, label=label, before=_given(cause.before), after=_given(cause.after))  # type: ignore[arg-type]


def _given(given: object) -> str | None:
    match given:
        case StatedFact():
            return stated_text(given.value)
        case Choice():
            return given.value
        case tuple():
            return ", ".join(a.verdict for a in given)
    return None


def _outcome(simulated: Simulated, id_: str, language: Language) -> model.EffectModel:
    before, after = simulated.before.possible(id_), simulated.after.possible(id_)
    label = simulated.after.program.definition[id_].label.in_language(language)
    return model.EffectModel(
        kind="outcome", id=id_, label=label, before=possible_model(before), after=possible_model(after)
    )


def _effect(program: Program, effect: Effect, language: Language) -> model.EffectModel:
    return model.EffectModel(
        kind=effect.what,  # type: ignore[arg-type]
        id=_id(effect),
        label=_label(program, effect.what, _id(effect), language),
        before=_possible(effect.before),
        after=_possible(effect.after),
    )


def _possible(seen: Seen | None) -> PossibleModel:
    assert seen is not None
    return possible_model(_as_possible(seen))


def _as_possible(seen: Seen) -> Possible:
    values = tuple(seen.values)
    return Possible(values, seen.exact, (None,) * len(values))


def _label(program: Program, kind: str, id_: str, language: Language) -> str:
    if kind in ("outcome", "definition"):
        return program.definition[id_].label.in_language(language)
    things = {"clause": program.clauses, "fact": program.facts, "input": program.inputs}[kind]
    return next((t.label.in_language(language) for t in things if t.id == id_), id_)


def _margin(program: Program, margin: Margin, language: Language) -> model.MarginModel:
    unit = fact_unit(program, margin.fact)
    return model.MarginModel(
        fact=margin.fact,
        label=program.fact[margin.fact].label.in_language(language),
        unit=unit,
        value=_in_unit(margin.value, unit),
        comparator=margin.sign or ("=" if margin.is_equation else None),  # type: ignore[arg-type]
        threshold=_in_unit(margin.threshold, unit),
        distance=_in_unit(margin.distance, unit),
        holds=plain(margin.holds),
        clauses=list(margin.clauses),
        beyond=_in_unit(margin.beyond, unit),
        beyond_is_limit=margin.is_limit,
        turns=None if margin.turns is None else [_turn(program, turn, language) for turn in margin.turns],
    )


def _turn(program: Program, turn: Turn, language: Language) -> model.TurnModel:
    label = program.definition[turn.outcome].label.in_language(language)
    return model.TurnModel(
        id=turn.outcome, label=label, before=possible_model(turn.before), after=possible_model(turn.after)
    )


def _in_unit(value: Fraction, unit: str) -> str:
    known = unit_named(unit)
    return str(value / known.factor if known else value)


# --- for people ----------------------------------------------------------------------------------------------------


def text_of(simulated: Simulated, language: Language) -> str:
    """A simulation as lines."""
    return joined([*_lines(simulated, language), ""])


def _lines(simulated: Simulated, language: Language) -> Iterator[str]:
    program = simulated.after.program
    yield from assessed_lines(simulated.before, language)
    if simulated.difference.causes:
        yield ""
        yield _SET.in_language(language)
        yield from _aligned([_cause_row(program, cause, language) for cause in simulated.difference.causes])
    yield ""
    for outcome in program.outcomes:
        yield _outcome_line(simulated, outcome, language)
    for found in _readings(simulated):
        if found.says == "depends":
            of = f"{_label(program, 'outcome', found.outcome, language)}: " if len(program.outcomes) > 1 else ""
            yield f"{word('readings', language)}: {of}{reading_text(program, found, language)}"
    if simulated.is_set:
        yield ""
        yield from _effect_lines(simulated, language)
    if simulated.margins is not None:
        yield ""
        yield from margin_lines(simulated.after.bound, simulated.margins, language)


def _readings(simulated: Simulated) -> Iterator[OutcomeReadingsModel]:
    """What the readings do to each outcome, with what is set; nothing where the standard has none."""
    found = (readings_of(simulated.after, outcome) for outcome in simulated.after.program.outcomes)
    return (each for each in found if each is not None)


def _cause_row(program: Program, cause: Cause, language: Language) -> tuple[str, ...]:
    kind = "clause" if cause.what == "attestation" else cause.what
    id_, _, voice = cause.about.partition(" ")
    said = [_given(side) or _NOTHING_SAID.in_language(language) for side in (cause.before, cause.after)]
    if kind == "clause":
        said = [
            ", ".join(word(v, language) for v in s.split(", ")) if g else s
            for s, g in zip(said, (cause.before, cause.after), strict=True)
        ]
    if kind == "fact":
        said = [in_units_of(s, language) for s in said]
    is_set = isinstance(cause.after, tuple) and voice == "override"
    by = f" ({_SUPPOSED.in_language(language) if is_set else word(voice, language)})" if voice else ""
    return (f"  {id_}  {_label(program, str(kind), id_, language)}{by}", f"{said[0]} → {said[1]}")


def _outcome_line(simulated: Simulated, id_: str, language: Language) -> str:
    definition = simulated.after.program.definition[id_]
    before, after = (
        possible_text(simulated.after.program, definition, a.possible(id_), language)
        for a in (simulated.before, simulated.after)
    )
    label = f"{word('outcome', language)}  {definition.label.in_language(language)}"
    if not simulated.is_set:
        return f"{label}: {after}"
    return (
        f"{label}: {before} → {after}" if before != after else f"{label}: {after} ({_UNCHANGED.in_language(language)})"
    )


def _effect_lines(simulated: Simulated, language: Language) -> Iterator[str]:
    program = simulated.after.program
    told = (e for e in _told(simulated.difference) if not _is_gate(program, e))  # scores behind them say the same
    rows = [_effect_row(program, effect, language) for effect in told]
    yield (_EFFECTS if rows else _NO_EFFECT).in_language(language)
    yield from _aligned(rows)


def _is_gate(program: Program, effect: Effect) -> bool:
    return effect.what == "definition" and program.definition[effect.address].kind == "gate"


def _aligned(rows: list[tuple[str, ...]]) -> Iterator[str]:
    """A table without a heading."""
    _, *lines = table([("", ""), *rows])
    yield from lines


def _effect_row(program: Program, effect: Effect, language: Language) -> tuple[str, ...]:
    before, after = (_seen(program, effect, side, language) for side in (effect.before, effect.after))
    name = _id(effect)
    if effect.what == "clause":
        name = program.clause[name].printed
    elif effect.what == "definition":
        name = node_name(program, program.definition[name], language)
    label = _label(program, effect.what, _id(effect), language)
    is_its_name = name.partition("@")[0].rpartition(":")[2] == label
    return (f"  {name}" if is_its_name else f"  {name}  {label}", f"{before} → {after}")


def _seen(program: Program, effect: Effect, seen: Seen | None, language: Language) -> str:
    assert seen is not None
    if effect.what == "definition":
        return possible_text(program, program.definition[effect.address], _as_possible(seen), language)
    (value,) = seen.values
    if effect.what == "fact" and isinstance(value, Fraction):
        return quantity(value, fact_unit(program, _id(effect)), language)
    said = word(value.value, language) if isinstance(value, Verdict) else shown(value, language)
    return f"{said} ({word(seen.reason, language)})" if seen.reason and value is UNKNOWN else said
