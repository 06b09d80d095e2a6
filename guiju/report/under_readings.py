"""Whether each outcome depends on how the text is read: as data, and as the sentence that stands below the outcome."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache, partial
from typing import Literal

from guiju.compiler.ir import Program, Reading, ReadingOption, Value
from guiju.dsl.diagnostic import Language
from guiju.engine.evaluate import Assessment
from guiju.engine.reasoning.readings.conjunctions import Conjunctions, conjunctions
from guiju.engine.reasoning.readings.depending import Alternative, ReadingEffects, reading_effects
from guiju.exchange.policy_text import citation
from guiju.report import result_model as model
from guiju.report.branch import Branch, Place
from guiju.report.values import MOST_VALUES, published, set_text, value_text
from guiju.report.words import in_order, is_spelled, plain, shown, word

MOST_COMBINATIONS = 4  # told in the sentence; more are listed elsewhere

_To = tuple[frozenset[Value], bool]  # what an outcome can be, and whether that is an enclosure


def under_readings(assessment: Assessment, effects: ReadingEffects) -> list[model.OutcomeReadingsModel]:
    """What the readings do to each outcome; nothing where the standard has none."""
    if not assessment.program.readings:
        return []
    return [_of_outcome(assessment, effects, outcome) for outcome in assessment.program.outcomes]


def readings_of(assessment: Assessment, outcome: str) -> model.OutcomeReadingsModel | None:
    """What the readings do to one outcome; None of what is no outcome, and where the standard has no readings."""
    if outcome not in assessment.program.outcomes or not assessment.program.readings:
        return None
    return _of_outcome(assessment, _effects(assessment), outcome)


@lru_cache(maxsize=1)
def _effects(assessment: Assessment) -> ReadingEffects:
    return reading_effects(assessment)


def _of_outcome(assessment: Assessment, effects: ReadingEffects, outcome: str) -> model.OutcomeReadingsModel:
    here = frozenset(assessment.possible(outcome).values)
    found = list(_smallest(effects.changing, outcome, here))
    whole = _whole(assessment, effects, outcome, here) if found and effects.complete else None
    named = whole.mattering if whole else {reading for a in found for reading in a.readings}
    same: Literal["all-readings", "all-tried"] = "all-readings" if effects.complete else "all-tried"
    return model.OutcomeReadingsModel(
        outcome=outcome,
        says="depends" if found else same,
        values=_plain(here),
        reachable=_plain(effects.reachable[outcome]),
        depends_on=[r.id for r in assessment.program.readings if r.id in named],
        under=[
            model.OptionsModel(
                readings=dict(a.readings), values=_plain(a.outcomes[outcome]), enclosed=outcome in a.enclosed
            )
            for a in found
        ],
        told=[
            model.ConjunctionModel(
                readings={r: list(o) for r, o in c.options.items()}, values=_plain(c.to[0]), enclosed=c.to[1]
            )
            for c in (whole and whole.told) or ()
        ],
        elsewhere=whole is not None and whole.elsewhere,
        combinations=effects.combinations,
        tried=effects.tried,
    )


def _whole(assessment: Assessment, effects: ReadingEffects, outcome: str, here: frozenset[Value]) -> Conjunctions[_To]:
    """What all combinations lead to, where all were tried."""
    options = {r.id: tuple(o.id for o in r.options) for r in assessment.program.readings if r.id in effects.active}
    chosen = {r: assessment.readings[r] for r in options}
    found = {
        tuple({**chosen, **a.readings}.values()): (a.outcomes[outcome], outcome in a.enclosed)
        if a.outcomes[outcome] != here
        else (here, False)
        for a in effects.each
    }
    return conjunctions(options, chosen, found, MOST_COMBINATIONS)


def _smallest(changing: Iterable[Alternative], outcome: str, here: frozenset[Value]) -> Iterator[Alternative]:
    """The combinations that change one outcome; none of which fewer changes already lead to the same."""
    kept: list[Alternative] = []
    for one in changing:
        smaller = [a for a in kept if a.readings.items() <= one.readings.items()]
        is_new = all(a.outcomes[outcome] != one.outcomes[outcome] for a in smaller)
        if one.outcomes[outcome] != here and is_new:
            kept.append(one)
            yield one


def _plain(values: Iterable[Value]) -> list[str]:
    return [plain(v) for v in in_order(values)]


def bearing(result: model.ResultModel, language: Language) -> str:
    """How many readings make the combinations, and which cannot matter here; "" where all of them may."""
    read = result.readings
    inert = [id_ for id_ in read.chosen if id_ not in read.active]
    if not inert:
        return ""
    named = ", ".join(inert)
    return word("readings-bearing", language, active=len(read.active), inert=len(inert), names=named)


def wordings(program: Program, ids: Iterable[str], language: Language) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each of some readings by its id, with its wording; and its options, with where the standard says it."""
    for reading in program.readings:
        if reading.id in ids:
            *options, last = (_named(o, language) for o in reading.options)
            place = citation(reading.cites, language)
            tails = (*(f"{option} |" for option in options), last, f"[{place}]" if place else "")
            yield f"{reading.id} “{reading.label.in_language(language)}”:", tails


# --- as a sentence ---------------------------------------------------------------------------------------------------


def reading_text(
    program: Program, found: model.OutcomeReadingsModel, language: Language, *, short: bool = False
) -> str:
    """`L2 under all readings`, or `L2 or L3 depending on reading X: L2 as read here, L3 with X = y`.

    `short`: where every combination is listed below, several outcomes say no more than what they depend on.
    """
    sets = [found.values, *(u.values for u in found.under)]
    is_open = any(len(values) > 1 for values in sets)
    told = partial(_values, program, found.outcome, language)
    if found.says == "depends":
        key = "under-some-open" if is_open else "under-some"
        said = word(key, language, values=told(found.reachable), readings=_readings(found.depends_on, language))
        if not (short and len(program.outcomes) > 1):
            said += f": {'; '.join(_each(program, found, language))}"
    else:
        key = "under-all" if found.says == "all-readings" else "under-tried"
        said = word(f"{key}-open" if is_open else key, language, values=told(found.values))
    if found.tried < found.combinations:
        untried = word("under-untried", language, combinations=found.combinations, tried=found.tried)
        said = f"{said}; {untried}"
    return said


def _readings(ids: list[str], language: Language) -> str:
    name = word("the-reading" if len(ids) == 1 else "the-readings", language)
    return f"{name} {', '.join(ids)}"


def _each(program: Program, found: model.OutcomeReadingsModel, language: Language) -> Iterator[str]:
    """What it is under the options chosen, and under all others: each part is true of all that it describes."""
    told = partial(_values, program, found.outcome, language)
    is_whole = found.tried == found.combinations
    here, parts = told(found.values), found.told if is_whole else found.under
    yield word("under-chosen", language, values=here)
    if not parts or len(parts) > MOST_COMBINATIONS:
        yield word("under-listed", language)
        return
    alike: dict[str, list[str]] = {}
    for part in parts:
        values = f"{told(part.values)} {word('enclosure', language)}" if part.enclosed else told(part.values)
        alike.setdefault(values, []).append(_conditions(program, part, language))
    for reached, options in alike.items():
        yield word("under-options", language, values=reached, options=f" {word('or', language)} ".join(options))
    if is_whole and found.elsewhere:
        yield word("under-else", language, values=here)


def _conditions(program: Program, part: model.ConjunctionModel | model.OptionsModel, language: Language) -> str:
    """`X = y and Z ≠ z`; of a combination that was tried by itself also that all else is as chosen."""
    if isinstance(part, model.OptionsModel):
        said = [f"{reading} = {option}" for reading, option in part.readings.items()]
        return word("and", language).join([*said, word("under-rest", language)])
    options = {r.id: [o.id for o in r.options] for r in program.readings}
    return word("and", language).join(_condition(r, options[r], taken) for r, taken in part.readings.items())


def _condition(reading: str, options: list[str], taken: list[str]) -> str:
    left = [o for o in options if o not in taken]
    return f"{reading} ≠ {left[0]}" if len(taken) > 1 and len(left) == 1 else f"{reading} = {' / '.join(taken)}"


def _values(program: Program, outcome: str, language: Language, values: Iterable[str]) -> str:
    """Values with `or` between them, levels by their names alone; of many numbers the range."""
    known = in_order(map(published, values), program.levels)
    definition = program.definition[outcome]
    if definition.kind == "grade":
        return f" {word('or', language)} ".join(shown(v, language) for v in known)
    show = partial(value_text, program, definition, language=language)
    if len(known) > MOST_VALUES:
        return set_text(program, known, show, language)
    return f" {word('or', language)} ".join(map(show, known))


# --- as a line of a derivation ---------------------------------------------------------------------------------------


def with_readings(program: Program, tree: Branch, found: model.OutcomeReadingsModel, language: Language) -> Branch:
    """The derivation of an outcome with the sentence as its first line, said where the readings are."""
    readings = [r for r in program.readings if r.id in found.depends_on]
    cites = ", ".join(dict.fromkeys(citation(r.cites, language) for r in readings if r.cites))
    first = readings[0].span if readings else None
    place = Place(cites, f"{first.source.name}:{first.position.line}") if first else tree.place
    text = reading_text(program, found, language)
    titles = tuple(_title(r, language) for r in readings)
    line = Branch(text, f"{tree.address}/readings", titles, place, depth="summary")
    return replace(tree, branches=(line, *tree.branches))


def _named(option: ReadingOption, language: Language) -> str:
    """An option by its id, which evidence and commands take, and its wording where that is something else."""
    label = option.label.in_language(language)
    return option.id if is_spelled(label, option.id) else f"{option.id} {label}"


def _title(reading: Reading, language: Language) -> Branch:
    """What a reading is about, with its options."""
    options = " | ".join(_named(o, language) for o in reading.options)
    text = f"{reading.id} “{reading.label.in_language(language)}”: {options}"
    where = f"{reading.span.source.name}:{reading.span.position.line}"
    return Branch(text, f"reading:{reading.id}/options", place=Place(citation(reading.cites, language), where))
