"""Mendings -> the minimal sets of clauses that stand in the way: as lines, for a page, and as part of `why-not/1`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeAlias

from guiju.compiler.ir import UNKNOWN, Clause, Fact
from guiju.dsl.diagnostic import Language
from guiju.engine.ages import Outdated
from guiju.engine.evaluate import Assessment
from guiju.engine.network import standing_below
from guiju.engine.reasoning.planning.blocked import entailed
from guiju.engine.reasoning.planning.changes import Aim, wanted_from
from guiju.engine.reasoning.planning.mending import ChosenMendings, Mendings, mendings_by_choice
from guiju.engine.reasoning.planning.remedy import Part, parts_of
from guiju.engine.reasoning.renewal import satisfied_once_renewed, stated_once_renewed
from guiju.engine.reasoning.why.why_not import WhyNot
from guiju.report.explanation_model import ChosenMendingsModel, MendingPartModel, MendingsModel
from guiju.report.heads import Heads
from guiju.report.inputs import inputs_model, inputs_text
from guiju.report.lacking import name_in
from guiju.report.layout import wrapped
from guiju.report.unproved import unproved_text
from guiju.report.words import word

MOST_TOLD, MOST_LISTED, MOST_NAMES = 8, 200, 12
MOST_OF_A_CHOICE = 2  # sets told of each choice of open inputs

#: a line in pieces, each with the id of the clause that it names, or ""
Pieces: TypeAlias = tuple[tuple[str, str], ...]
_MORE: Pieces = (("…", ""),)


@dataclass(frozen=True)
class ToldMendings:
    """What there is to mend, in words: how many sets there are, the first of them, and what else is to be known."""

    heading: str
    sets: tuple[Pieces, ...] = ()
    after: tuple[str, ...] = ()


def mendings_of(assessment: Assessment, outcome: str, answer: WhyNot) -> tuple[ChosenMendings, ...]:
    """What would mend it, for each choice of the open inputs.

    None where nothing has to be mended, or where nothing does as long as inputs are open that cannot be gone through.
    """
    found = mendings_by_choice(Aim(assessment, outcome, wanted_from(assessment, outcome, answer.value)))
    single = found[0].found if not found[0].choice.inputs else None
    is_open = single is not None and not single.counts and single.complete and bool(answer.lacks)
    nothing_to_mend = answer.holds is True or all(0 in each.found.counts for each in found)
    return () if nothing_to_mend or is_open else found


def mending_lines(found: Sequence[ChosenMendings], level: str, language: Language) -> Iterator[str]:
    """How many sets there are, and the first ones; where there is none, what looks further."""
    for told in told_mendings(found, level, language):
        sets = ("  " + "".join(text for text, _ in pieces) for pieces in told.sets)
        yield from (piece for line in (told.heading, *sets, *told.after) for piece in wrapped(line))


def told_mendings(found: Sequence[ChosenMendings], level: str, language: Language) -> tuple[ToldMendings, ...]:
    """The same in parts: one, or where inputs are open one for each choice, behind what is true of them all."""
    if not found[0].choice.inputs:
        single = _told_single(found[0].choice.aim.assessment, found[0].found, level, language)
        return (replace(single, after=(*single.after, *_entailed_lines(found, language))),)
    each = [_told_choice(one, language) for one in found]
    notes = []
    if any(told.sets and told.sets[-1] == _MORE for told in each):
        notes.append(word("mending-more", language, most=MOST_LISTED, level=level))
    if any(not one.found.counts and one.found.complete for one in found):
        notes.append(word("mending-facts", language, level=level))
    first = [
        (one.choice.aim.assessment, _first(one.found, MOST_OF_A_CHOICE)) for one in found if 0 not in one.found.counts
    ]
    notes += [*_what_it_takes(first, language), *_entailed_lines(found, language)]
    if any(_may_bring_in_others(assessment, selections) for assessment, selections in first):
        notes.append(word("mending-brings", language, level=level))
    each[-1] = replace(each[-1], after=tuple(notes))
    return (ToldMendings(word("mending-choices", language)), *each)


def _told_choice(one: ChosenMendings, language: Language) -> ToldMendings:
    """The sets of one choice of the open inputs."""
    assessment, found = one.choice.aim.assessment, one.found
    inputs = inputs_text(assessment, one.choice.inputs, language)
    if not found.counts:
        key = "mending-choice-none" if found.complete else "mending-choice-unknown"
    elif 0 in found.counts:
        key = "mending-choice-reached"
    else:
        key = "mending-choice" if found.complete else "mending-choice-least"
    number = sum(found.counts.values())
    sizes, why = _sizes(found, language), _why_unknown(assessment, found, language)
    heading = word(key, language, inputs=inputs, sets=number, sizes=sizes, why=why)
    selections = [] if 0 in found.counts else _first(found, MOST_OF_A_CHOICE)
    more = [_MORE] if len(selections) > MOST_OF_A_CHOICE else []
    return ToldMendings(heading, (*_told_sets(assessment, selections[:MOST_OF_A_CHOICE], language), *more))


def _told_single(assessment: Assessment, found: Mendings, level: str, language: Language) -> ToldMendings:
    """The sets with all inputs as they are."""
    if not found.counts and not found.complete:
        return ToldMendings(word("mending-unknown", language, why=_why_unknown(assessment, found, language)))
    if not found.counts:
        return ToldMendings(f"{word('mending-none', language)}; {word('mending-facts', language, level=level)}")
    selections = _first(found, MOST_TOLD)
    sets = list(_told_sets(assessment, selections[:MOST_TOLD], language))
    if len(selections) > MOST_TOLD:
        sets.append(((word("mending-more", language, most=MOST_LISTED, level=level), ""),))
    after = [*_what_it_takes([(assessment, selections)], language)]
    if _may_bring_in_others(assessment, selections):
        after.append(word("mending-brings", language, level=level))
    return ToldMendings(_how_many(found, language), tuple(sets), tuple(after))


def _why_unknown(assessment: Assessment, found: Mendings, language: Language) -> str:
    why = list(unproved_text(assessment.network, found.left_open, language))
    return "; ".join(why) or word("mending-too-many", language)


def _first(found: Mendings, number: int) -> list[tuple[Part, ...]]:
    """The first selections, and one more where there are more."""
    return list(islice(_selections(found), number + 1))


def _told_sets(assessment: Assessment, selections: list[tuple[Part, ...]], language: Language) -> Iterator[Pieces]:
    """Some selections, what they share first."""
    shared = _shared(selections) if len(selections) > 1 else ()
    if shared:
        part = Part(len(shared), tuple((a,) for a in shared))
        yield ((f"{word('mending-shared', language)}: ", ""), *_told(assessment, (part,), language))
    yield from (_told(assessment, tuple(_without(parts, shared)), language) for parts in selections)


def _how_many(found: Mendings, language: Language) -> str:
    """How many sets there are, and of how many clauses."""
    number = sum(found.counts.values())
    if number == 1 and found.complete:
        size = next(iter(found.counts))
        return word("mending-one", language) if size == 1 else word("mending", language, size=size)
    key = "mending-sets" if found.complete else "mending-least"
    return word(key, language, sets=number, sizes=_sizes(found, language))


def _sizes(found: Mendings, language: Language) -> str:
    sizes = [word("mending-size", language, size=s, sets=n) for s, n in sorted(found.counts.items())]
    more = [f"… +{len(sizes) - MOST_NAMES}"] if len(sizes) > MOST_NAMES else []
    return ", ".join([*sizes[:MOST_NAMES], *more])


def _what_it_takes(listed: Sequence[tuple[Assessment, list[tuple[Part, ...]]]], language: Language) -> Iterator[str]:
    """Which clauses of the sets that are listed take nothing but newer evidence, other facts, facts or a verdict."""
    each = [(a, selections, satisfied_once_renewed(a)) for a, selections in listed]
    named = [(a, clause, old.get(clause.id)) for a, selections, old in each for clause in _named(a, selections)]
    renewed = {c.id: f"{c.printed} ({_ids(old)})" for _, c, old in named if old is not None}
    by_facts = {c.id: c.printed for a, c, _ in named if _by_facts(a, c)}
    left_open = {c.id: c.printed for a, c, old in named if old is None and _left_open_by_facts(a, c)}
    told_by = {"renewed": renewed, "by-facts": by_facts, "by-facts-or-people": left_open}
    yield from (_told_of(key, list(clauses.values()), language) for key, clauses in told_by.items() if clauses)


def _told_of(key: str, names: Sequence[str], language: Language) -> str:
    more = f", … +{len(names) - MOST_NAMES}" if len(names) > MOST_NAMES else ""
    return word(f"mending-{key}", language, clauses=", ".join(names[:MOST_NAMES]) + more)


def _entailed_lines(found: Sequence[ChosenMendings], language: Language) -> Iterator[str]:
    """The clauses of the sets told that are unsatisfied in no completion, so that without them less may do."""
    each = [(one, set(entailed(one.choice.aim))) for one in found]
    names = {c.id: c.printed for one, those in each for c in _told_clauses(one) if f"clause:{c.id}" in those}
    if names:
        yield _told_of("entailed", list(names.values()), language)


def renewal_lines(
    assessment: Assessment, answer: WhyNot, found: Sequence[ChosenMendings], language: Language
) -> Iterator[str]:
    """What lacks nothing but newer evidence of all that an answer names, without the clauses of the sets told."""
    told = {clause.id for one in found for clause in _told_clauses(one)}
    left = {c for shortfall in answer.shortfalls for c in shortfall.not_shown} - told
    renewed = {c: old for c, old in satisfied_once_renewed(assessment).items() if c in left} if left else {}
    if renewed:
        clause = assessment.program.clause
        yield _told_of("renewed", [f"{clause[c].printed} ({_ids(old)})" for c, old in renewed.items()], language)
    stated = stated_once_renewed(assessment) if answer.lacks else {}
    heads, fact = Heads(assessment, language), assessment.program.fact
    names = [
        f"{name_in(assessment.program, f, language)} = {heads.of_fact(fact[f], value)} ({_ids(old)})"
        for f, (value, old) in stated.items()
        if f in answer.lacks
    ]
    if names:
        yield _told_of("renewed-facts", names, language)


def _told_clauses(one: ChosenMendings) -> Iterator[Clause]:
    """The clauses of which it is said what they take, as they are in the sets that are told."""
    if 0 not in one.found.counts:
        most = MOST_OF_A_CHOICE if one.choice.inputs else MOST_TOLD
        yield from _named(one.choice.aim.assessment, _first(one.found, most))


def _ids(evidence: Iterable[Outdated]) -> str:
    return ", ".join(dict.fromkeys(o.record.id for o in evidence))


def _named(assessment: Assessment, selections: list[tuple[Part, ...]]) -> Iterator[Clause]:
    """The clauses of some selections, in the order of the text."""
    addresses = {a for parts in selections for part in parts for a in part.addresses}
    return (c for c in assessment.program.clauses if f"clause:{c.id}" in addresses)


def _by_facts(assessment: Assessment, clause: Clause) -> bool:
    """Whether facts decided against a clause: no verdict of people mends that."""
    result = assessment.clauses[clause.id]
    return result.by == "facts" and result.verdict is not UNKNOWN


def _left_open_by_facts(assessment: Assessment, clause: Clause) -> bool:
    """Whether a clause has facts of its own that do not decide it, and nobody speaks of it with effect."""
    result = assessment.clauses[clause.id]
    return clause.condition is not None and result.verdict is UNKNOWN and result.reason != "conflicting"


def _may_bring_in_others(assessment: Assessment, selections: list[tuple[Part, ...]]) -> bool:
    """Whether what some clauses stand on also says which clauses apply: the sets leave that as it is."""
    network, clauses = assessment.network, {a for parts in selections for part in parts for a in part.addresses}

    def facts(tops: Iterable[int]) -> set[int]:
        found = standing_below(network.nodes, assessment.values, tops)
        return {i for i in found if isinstance(network.nodes[i].subject, Fact)}

    applying = (c for c in assessment.program.clauses if c.applies is not None)
    asked = facts(network.node(f"clause:{c.id}").operands[0] for c in applying)
    return not asked.isdisjoint(facts(network.at[a] for a in clauses))


def _shared(selections: list[tuple[Part, ...]]) -> tuple[str, ...]:
    """The clauses that are in every set of some selections."""
    needed = [[a for part in parts if part.is_whole for a in part.addresses] for parts in selections]
    return tuple(a for a in needed[0] if all(a in those for those in needed[1:]))


def _without(parts: tuple[Part, ...], shared: tuple[str, ...]) -> Iterator[Part]:
    for part in parts:
        of = tuple(t for t in part.of if not part.is_whole or set(t).isdisjoint(shared))
        if of:
            yield Part(min(part.number, len(of)), of)


def renewed_among(assessment: Assessment, answer: WhyNot, found: Sequence[ChosenMendings]) -> list[str]:
    """The clauses that an answer names and that lack nothing but newer evidence, in the order of the text."""
    named = {clause for shortfall in answer.shortfalls for clause in shortfall.not_shown}
    selections = [parts for one in found for parts in _first(one.found, MOST_LISTED)]
    named |= {clause.id for clause in _named(assessment, selections)}
    return [clause for clause in satisfied_once_renewed(assessment) if clause in named]


def single_model(found: Sequence[ChosenMendings]) -> MendingsModel | None:
    """The sets with all inputs as they are, as programs read them; None where they are told choice by choice."""
    return mendings_model(found[0]) if found and not found[0].choice.inputs else None


def chosen_models(found: Sequence[ChosenMendings]) -> list[ChosenMendingsModel]:
    """The sets for each choice of open inputs as programs read them; none where no inputs are chosen."""
    chosen = (one for one in found if one.choice.inputs)
    return [ChosenMendingsModel(inputs=inputs_model(o.choice.inputs), mendings=mendings_model(o)) for o in chosen]


def mendings_model(one: ChosenMendings) -> MendingsModel:
    """The sets as programs read them."""
    found = one.found
    selections = _first(found, MOST_LISTED)
    return MendingsModel(
        counts={str(size): number for size, number in sorted(found.counts.items())},
        complete=found.complete,
        left_open=dict(found.left_open),
        entailed=[address.removeprefix("clause:") for address in entailed(one.choice.aim)] if selections else [],
        listed=found.complete and len(selections) <= MOST_LISTED,
        selections=[[_part(part) for part in parts] for parts in selections[:MOST_LISTED]],
    )


def _selections(found: Mendings) -> Iterator[tuple[Part, ...]]:
    return (parts for selection in found.selections() for parts in parts_of(selection))


def _part(part: Part) -> MendingPartModel:
    return MendingPartModel(number=part.number, of=[a.removeprefix("clause:") for a in part.addresses])


def _told(assessment: Assessment, parts: tuple[Part, ...], language: Language) -> Pieces:
    """A selection in one line: what failed apart from what was not shown."""
    told: list[tuple[str, str]] = []
    for i, part in enumerate(parts):
        if i:
            told.append(("; ", ""))
        if part.number < len(part.of):
            told.append((f"{word('any-of', language, number=part.number, of=len(part.of))}: ", ""))
        clauses = [a.removeprefix("clause:") for a in part.addresses]
        open_ = [c for c in clauses if assessment.clauses[c].verdict is UNKNOWN]
        failed = [c for c in clauses if c not in open_]
        told += _names(assessment, failed, word("failed", language))
        told += [(", ", "")] if failed and open_ else []
        told += _names(assessment, open_, word("not-shown", language))
    return tuple(told)


def _names(assessment: Assessment, clauses: list[str], state: str) -> Iterator[tuple[str, str]]:
    """The names of some clauses behind what is the matter with them; nothing where there are none."""
    for i, clause in enumerate(clauses[:MOST_NAMES]):
        yield (", " if i else f"{state} ", "")
        yield (assessment.program.clause[clause].printed, clause)
    if len(clauses) > MOST_NAMES:
        yield (f", … +{len(clauses) - MOST_NAMES}", "")
