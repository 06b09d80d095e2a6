"""What one edition of a policy says otherwise than another, change by change, each with its places in both texts.

What is compared are the two programs, so layout, comments and the language that a policy is written in are no changes.
A number that stands where another stood is told by itself; where the text is another altogether, it is told as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain
from typing import Literal as Word
from typing import TypeAlias, TypeVar

from guiju.compiler.graph import parts
from guiju.compiler.ir import (
    Cases,
    Choice,
    Clause,
    Crosswalk,
    Expression,
    Fact,
    FactRef,
    Group,
    Input,
    InputRef,
    Level,
    Literal,
    NumberType,
    Operation,
    OptionType,
    Program,
    Reading,
    Ref,
    SetType,
    Tally,
    Titled,
    Type,
)
from guiju.compiler.operators import COMPARISONS
from guiju.compiler.units import format_quantity, unit_named
from guiju.dsl.keywords import language_of, spell
from guiju.dsl.normal import clause_number
from guiju.dsl.source import Span
from guiju.engine.reasoning.requirement import inside, is_another, is_asked_otherwise, perhaps_others

AmendmentKind: TypeAlias = Word[
    "clause-added",
    "clause-removed",
    "clause-renumbered",
    "threshold",
    "condition",
    "requirement",
    "applicability",
    "modality",
    "group",
    "level",
    "counted",
    "weight",
    "gate",
    "score",
    "grade",
    "formula",
    "reading",
    "reading-default",
    "declaration",
    "type",
    "validity",
    "crosswalk",
    "wording",
    "meaning",
    "renamed",
]


@dataclass(frozen=True)
class Amendment:
    """One thing that the later edition says otherwise: what it is about, what stood there and what stands there now.

    `before` and `after` are places, None where one edition has nothing of the kind; `was` and `now` say in few words
    what was changed at them: a number with its unit, a level, a modality, an option.
    """

    what: AmendmentKind
    about: str
    before: Span | None
    after: Span | None
    was: str = ""
    now: str = ""


def amendments(before: Program, after: Program) -> tuple[Amendment, ...]:
    """All that the later edition says otherwise; of one change in the text that many nodes stand on, the first."""
    told: dict[tuple[object, ...], Amendment] = {}
    for a in every_amendment(before, after):
        told.setdefault(told_once(a), a)
    return tuple(told.values())


def every_amendment(before: Program, after: Program) -> Iterator[Amendment]:
    """All that the later edition says otherwise, once for each thing that one change in the text is about."""
    renumbered = renumberings(before, after)
    return chain(
        _clauses(before, after),
        _declared(before.inputs, after.inputs, "input"),
        _declared(before.facts, after.facts, "fact"),
        _readings(before, after),
        _definitions(before, after),
        _crosswalks(before, after, renumbered),
        _named(before, after),
        _records(before, after),
    )


def told_once(a: Amendment) -> tuple[object, ...]:
    """What two amendments have in common of which the first says it all."""
    if a.what == "counted":
        return (a.what, a.about)
    return (a.what, a.before, a.after, a.was, a.now)


# --- clauses -------------------------------------------------------------------------------------------------------


def renumberings(before: Program, after: Program) -> dict[str, str]:
    """The later clauses that have another number, by what it was: as the later edition declares it.

    Beyond that those of one label and one content, and only once there.
    """
    declared = declared_renumberings(before, after)
    found = _alike_elsewhere(before, after)
    gone = set(declared.values())
    return declared | {new: old for new, old in found.items() if new not in declared and old not in gone}


def declared_renumberings(before: Program, after: Program) -> dict[str, str]:
    """What the later edition itself declares, of clauses that are there; nothing of an earlier draft of its own."""
    if before.designation == after.designation:
        return {}
    one, other = ({clause_number(c.printed): c.id for c in p.clauses} for p in (before, after))
    pairs = ((other.get(clause_number(new)), one.get(clause_number(old))) for old, new in after.renumbered)
    return {new: old for new, old in pairs if new is not None and old is not None and new != old}


def _alike_elsewhere(before: Program, after: Program) -> dict[str, str]:
    """The later clauses that say under another number what an earlier one said, and only that one."""
    one, other = _by_content(before), _by_content(after)
    pairs = ((there, one[content]) for content, there in other.items() if content in one)
    moved = {new: old for new, old in pairs if new is not None and old is not None and new != old}
    return {new: old for new, old in moved.items() if not any(_is_the_same(before, after, id_) for id_ in (new, old))}


def _by_content(program: Program) -> dict[tuple[object, ...], str | None]:
    """Clauses by what they say; None where several say the same."""
    found: dict[tuple[object, ...], str | None] = {}
    for clause in program.clauses:
        content = (clause.label, clause.group, _text(clause.condition), _text(clause.applies))
        found[content] = None if content in found else clause.id
    return found


def _is_the_same(before: Program, after: Program, id_: str) -> bool:
    """Whether a clause is in both editions under one number, with one label."""
    return id_ in before.clause and id_ in after.clause and before.clause[id_].label == after.clause[id_].label


def _text(expression: Expression | None) -> str:
    return "" if expression is None else expression.span.text


def kept_numbers(after: Program) -> frozenset[str]:
    """The clauses that an edition declares to have their old number still, however their words were changed."""
    kept = {clause_number(old) for old, new in after.renumbered if clause_number(old) == clause_number(new)}
    return frozenset(c.id for c in after.clauses if clause_number(c.printed) in kept)


def earlier_clauses(before: Program, after: Program) -> dict[str, str]:
    """The clauses that both editions have: what each of the later one was called.

    A number that stands for another requirement now is of a clause that went and of one that came. Two drafts of one
    edition have the same requirements, however their words were changed.
    """
    renumbered, kept = renumberings(before, after), kept_numbers(after)
    are_drafts = before.designation == after.designation
    moved = set(renumbered.values())
    found = dict(renumbered)
    for clause in after.clauses:
        was = before.clause.get(clause.id)
        if was is None or clause.id in renumbered or clause.id in moved:
            continue
        if are_drafts or clause.id in kept or not is_another(was, clause):
            found[clause.id] = clause.id
    return {c.id: found[c.id] for c in after.clauses if c.id in found}


def called_before(before: Program, after: Program) -> dict[str, str]:
    """The later clauses that the earlier edition called otherwise, by that; a new one under an old number by a mark."""
    earlier = earlier_clauses(before, after)
    taken = {c.id: f"+{c.id}" for c in after.clauses if c.id in before.clause}
    return {now: was for now, was in (taken | earlier).items() if now != was}


def _called_now(before: Program, after: Program) -> dict[str, str]:
    """What the later edition calls each earlier clause: by its id, or by a mark and the id it had if it is gone."""
    now = {was: id_ for id_, was in earlier_clauses(before, after).items()}
    return {c.id: now.get(c.id, f"-{c.id}") for c in before.clauses}


def doubtful_clauses(before: Program, after: Program) -> frozenset[str]:
    """The later clauses that are taken for an earlier one, and by their words are none of it."""
    earlier = earlier_clauses(before, after)
    pairs = [(before.clause[was], after.clause[now]) for now, was in earlier.items()]
    gone = [clause for clause in before.clauses if clause.id not in earlier.values()]
    return perhaps_others(pairs, gone, lambda was, now: not is_another(was, now))


def _clauses(before: Program, after: Program) -> Iterator[Amendment]:
    left, earlier = {c.id: c for c in before.clauses}, earlier_clauses(before, after)
    doubtful = doubtful_clauses(before, after)
    for clause in after.clauses:
        was = left.pop(earlier.get(clause.id, ""), None)
        address = f"clause:{clause.id}"
        if was is None:
            yield Amendment("clause-added", address, None, clause.span, now=", ".join(clause.levels))
            continue
        if was.id != clause.id:
            yield Amendment("clause-renumbered", address, was.span, clause.span, was.printed, clause.printed)
        yield from _clause(was, clause, address)
        yield from _wording(was, clause, address, doubtful)
    for clause in left.values():
        yield Amendment("clause-removed", f"clause:{clause.id}", clause.span, None, was=", ".join(clause.levels))


def _clause(was: Clause, now: Clause, address: str) -> Iterator[Amendment]:
    places = (was.span, now.span)
    if was.modality != now.modality:
        yield Amendment("modality", address, *places, was.modality or "", now.modality or "")
    if was.group != now.group:
        yield Amendment("group", address, *places, was.group, now.group)
    if was.levels != now.levels:
        yield Amendment("level", address, *places, ", ".join(was.levels), ", ".join(now.levels))
    yield from _parts(was.condition, now.condition, address, "condition", places)
    yield from _parts(was.applies, now.applies, address, "applicability", places)


# --- what is declared ----------------------------------------------------------------------------------------------

_Declared = TypeVar("_Declared", Fact, Input)


def _declared(before: Sequence[_Declared], after: Sequence[_Declared], kind: str) -> Iterator[Amendment]:
    left = {d.id: d for d in before}
    doubtful = perhaps_others([(left[d.id], d) for d in after if d.id in left], [])
    for now in after:
        was, address = left.pop(now.id, None), f"{kind}:{now.id}"
        if was is None:
            yield Amendment("declaration", address, None, now.span)
            continue
        if was.type != now.type:
            yield Amendment("type", address, was.span, now.span, _type(was.type), _type(now.type))
        valid, still = getattr(was, "validity", None), getattr(now, "validity", None)
        if valid != still:
            yield Amendment("validity", address, was.span, now.span, _days(valid), _days(still))
        formulas = (getattr(was, "formula", None), getattr(now, "formula", None))
        yield from _parts(*formulas, address, "formula", (was.span, now.span))
        yield from _wording(was, now, address, doubtful)
    yield from (Amendment("declaration", f"{kind}:{d.id}", d.span, None) for d in left.values())


def _type(type_: Type) -> str:
    match type_:
        case NumberType(unit=unit):
            return unit
        case OptionType(options=options):
            return " | ".join(options)
        case SetType(options=options):
            return f"{{{', '.join(options)}}}"
    return "yes-no"


def _days(seconds: Fraction | None) -> str:
    return "" if seconds is None else format_quantity(seconds, "d")


def _readings(before: Program, after: Program) -> Iterator[Amendment]:
    left, patched = (
        {r.id: r for r in before.readings},
        (_patched(before, {}), _patched(after, _earlier_ids(before, after))),
    )
    for now in after.readings:
        was, address = left.pop(now.id, None), f"reading:{now.id}"
        if was is None:
            yield Amendment("reading", address, None, now.span, now=_options(now.options))
            continue
        if was.default != now.default:
            yield Amendment("reading-default", address, was.span, now.span, was.default, now.default)
        if {o.id for o in was.options} != {o.id for o in now.options}:
            yield Amendment("reading", address, was.span, now.span, _options(was.options), _options(now.options))
        elif patched[0].get(now.id) != patched[1].get(now.id):
            yield Amendment("reading", address, was.span, now.span)
        yield from _wording(was, now, address)
    yield from (Amendment("reading", f"reading:{r.id}", r.span, None, was=_options(r.options)) for r in left.values())


def _earlier_ids(before: Program, after: Program) -> dict[str, str]:
    return {f"clause:{now}": f"clause:{was}" for now, was in earlier_clauses(before, after).items()}


def _patched(program: Program, called: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """What each reading changes: clauses and facts by their addresses, definitions by their ids."""
    found: dict[str, frozenset[str]] = {}
    for address, expression in written(program):
        for choice in (e for e in inside(expression) if isinstance(e, Choice)):
            found[choice.reading] = found.get(choice.reading, frozenset()) | {called.get(address, address)}
    return found


def written(program: Program) -> Iterator[tuple[str, Expression]]:
    """Every expression of a program with the address of what it stands in."""
    for clause in program.clauses:
        yield from ((f"clause:{clause.id}", e) for e in (clause.applies, clause.condition) if e is not None)
    yield from ((f"fact:{fact.id}", fact.formula) for fact in program.facts if fact.formula is not None)
    yield from ((definition.id, definition.expression) for definition in program.definitions)


def _options(options: Iterable[Titled]) -> str:
    return " | ".join(o.id for o in options)


def _named(before: Program, after: Program) -> Iterator[Amendment]:
    """Levels, groups, and the standard itself."""
    for kind, one, other in (("level", before.levels, after.levels), ("group", before.groups, after.groups)):
        left = {t.id: t for t in one}
        for now in other:
            was = left.pop(now.id, None)
            if was is None:
                yield Amendment("declaration", f"{kind}:{now.id}", None, now.span)
            else:
                yield from _wording(was, now, f"{kind}:{now.id}")
                if getattr(was, "parent", None) != getattr(now, "parent", None):
                    above = (getattr(group, "parent", None) or "" for group in (was, now))
                    yield Amendment("group", f"{kind}:{now.id}", was.span, now.span, *above)
        yield from (Amendment("declaration", f"{kind}:{t.id}", t.span, None) for t in left.values())
    if before.id != after.id:
        yield Amendment("declaration", after.id, before.span, after.span, before.id, after.id)
    orders = [", ".join(level.id for level in p.levels) for p in (before, after)]
    if orders[0] != orders[1] and {x.id for x in before.levels} == {x.id for x in after.levels}:
        yield Amendment("declaration", after.id, before.levels[0].span, after.levels[0].span, *orders)
    said = [(p.designation, p.title, p.properties, p.kinds, p.renumbered, p.retired) for p in (before, after)]
    if said[0] != said[1]:
        yield Amendment("wording", after.id, before.span, after.span)


def _records(before: Program, after: Program) -> Iterator[Amendment]:
    """What the document says that decides nothing: however it was changed, it is wording."""
    left = {(record.kind, record.id): record for record in before.records}
    for now in after.records:
        was = left.pop((now.kind, now.id), None)
        if was != now:
            yield Amendment("wording", f"record:{now.id}", was.span if was else None, now.span)
    yield from (Amendment("wording", f"record:{r.id}", r.span, None) for r in left.values())


# --- crosswalks ----------------------------------------------------------------------------------------------------


def _crosswalks(before: Program, after: Program, renumbered: Mapping[str, str]) -> Iterator[Amendment]:
    """Rows that came, went, or say another relation, other clauses there, or that they were judged on another text."""
    now_called = {old: new for new, old in renumbered.items()}
    gone = [(row, tuple(now_called.get(c, c) for c in row.clauses)) for row in before.crosswalks]
    come = list(after.crosswalks)
    for parts_alike in _ALIKE:
        for was, clauses in tuple(gone):
            now = next((row for row in come if _is_that_row(was, clauses, row, parts_alike)), None)
            if now is None:
                continue
            gone.remove((was, clauses))
            come.remove(now)
            said = [_row(row, parts_alike) for row in (was, now)]
            if said[0] != said[1]:
                yield Amendment("crosswalk", f"clause:{now.clauses[0]}", was.span, now.span, *said)
    for row in come:
        yield Amendment("crosswalk", f"clause:{row.clauses[0]}", None, row.span, now=_row(row, ()))
    for row, clauses in gone:
        yield Amendment("crosswalk", f"clause:{clauses[0]}", row.span, None, was=_row(row, ()))


#: rows are paired by what is alike in them, those first that have most in common
_ALIKE = (("relation", "others", "digest"), ("relation", "others"), ("others", "digest"), ("others",), ("relation",))


def _is_that_row(was: Crosswalk, clauses: tuple[str, ...], now: Crosswalk, alike: tuple[str, ...]) -> bool:
    """Whether two rows are of the same clauses and the same standard, and alike in these parts."""
    there = (was.standard, clauses, *(getattr(was, part) for part in alike))
    return there == (now.standard, now.clauses, *(getattr(now, part) for part in alike))


def _row(row: Crosswalk, but: tuple[str, ...]) -> str:
    """What a row says, but for the parts that are known to be alike."""
    if but == ("relation", "others"):
        return row.digest or ""
    said = {"relation": row.relation, "others": f"{row.standard} {row.printed}"}
    return " ".join(text for part, text in said.items() if part not in but)


_Placed: TypeAlias = Clause | Fact | Input | Reading | Level | Group

#: what a thing says besides its meaning
_WORDS = ("label", "aliases", "cites", "guidance", "evidence", "why")


def _wording(was: _Placed, now: _Placed, address: str, doubtful: frozenset[str] = frozenset()) -> Iterator[Amendment]:
    """Labels, citations and notes; those of options as well. Of what is doubtful, that it may be something else.

    A label is all that an attested clause asks for: what is asked otherwise in it is no wording.
    """
    is_doubtful = now.id in doubtful
    if isinstance(was, Clause) and isinstance(now, Clause) and not is_doubtful and is_asked_otherwise(was, now):
        yield Amendment("requirement", address, was.span, now.span)
        was = replace(was, label=now.label)
    pairs = ((was, now), *_same_options(was, now))
    if any(_words(one) != _words(other) for one, other in pairs):
        yield Amendment("meaning" if is_doubtful else "wording", address, was.span, now.span)


def _same_options(was: Titled, now: Titled) -> Iterator[tuple[Titled, Titled]]:
    there = {o.id: o for o in getattr(was, "options", ())}
    return ((there[o.id], o) for o in getattr(now, "options", ()) if o.id in there)


def _words(titled: Titled) -> tuple[object, ...]:
    return tuple(getattr(titled, name, None) for name in _WORDS)


# --- what is computed ----------------------------------------------------------------------------------------------

_Places: TypeAlias = tuple[Span, Span]
_Pair: TypeAlias = tuple[Expression, Expression]


def _definitions(before: Program, after: Program) -> Iterator[Amendment]:
    """Lets, weights, gates, scores and grades. Where a clause counts is told of the clause if its levels say it."""
    left, called = dict(before.definition), _called_now(before, after)
    told = _told_already(before, after, called)
    for now in after.definitions:
        was = left.pop(now.id, None)
        if was is None:
            yield Amendment("declaration", now.id, None, now.span)
            continue
        yield from _parts(was.expression, now.expression, now.id, KIND[now.kind], (was.span, now.span))
        for one, other in tallies(was.expression, now.expression):
            for clause in sorted(_counted_otherwise(one, other, called) - told):
                yield Amendment("counted", f"clause:{clause}", one.span, other.span)
        is_named_otherwise = was.label != now.label and now.kind != "gate"  # a gate's words are not the editor's
        if is_named_otherwise or was.cites != now.cites:
            yield Amendment("wording", now.id, was.span, now.span)
    yield from (Amendment("declaration", d.id, d.span, None) for d in left.values())


KIND: Mapping[str, AmendmentKind] = {
    "let": "formula",
    "weight": "weight",
    "gate": "gate",
    "score": "score",
    "grade": "grade",
}


def _told_already(before: Program, after: Program, called: Mapping[str, str]) -> frozenset[str]:
    """The clauses of which it is told that they came, went or count elsewhere: by what they are called now."""
    one = {called[c.id]: (c.levels, c.modality, c.group) for c in before.clauses}
    other = {c.id: (c.levels, c.modality, c.group) for c in after.clauses}
    return frozenset(id_ for id_ in {**one, **other} if one.get(id_) != other.get(id_))


def _counted_otherwise(one: Tally, other: Tally, called: Mapping[str, str]) -> frozenset[str]:
    """The clauses that only one of two counts holds, or that count together with others in only one of them."""
    there = {frozenset(called.get(leaf, leaf) for leaf in item) for item in one.items}
    here = {frozenset(item) for item in other.items}
    return frozenset(leaf for item in there ^ here for leaf in item)


def _parts(
    one: Expression | None, other: Expression | None, about: str, kind: AmendmentKind, places: _Places
) -> Iterator[Amendment]:
    """Numbers that stand in the place of others, and what is written otherwise altogether."""
    return (amendment for amendment, _, _ in amended_parts(one, other, about, kind, places))


def amended_parts(
    one: Expression | None, other: Expression | None, about: str, kind: AmendmentKind, places: _Places
) -> Iterator[tuple[Amendment, Expression | None, Expression | None]]:
    """The same, each with what stood there and what stands there now."""
    if one is None or other is None:
        if one is not other:
            yield Amendment(kind, about, *places, _text(one), _text(other)), one, other
        return
    differing = _sentences(one, other) if kind in _ONE_SENTENCE else _differing(one, other, compared=False)
    last = dict(chain(_last_rows(one), _last_rows(other)))
    for (was, now), compared in differing:
        what = kind
        if isinstance(was, Literal) and isinstance(now, Literal):
            what = "wording" if _is_the_same_amount(was, now) else "threshold" if compared else kind
        written = ((last.get(id(e), e.span.text), e.span) for e in (was, now))
        said = ["" if span == place else text for (text, span), place in zip(written, places, strict=True)]
        if isinstance(was, Cases) and isinstance(now, Cases) and _are_reordered(was, now):
            said = [_rows(was), _rows(now)]
        elif (
            kind in _TABLES and what != "wording" and (rows := (_row_with(one, was), _row_with(other, now))) != ("", "")
        ):
            said = [row or text for row, text in zip(rows, said, strict=True)]
        elif said == ["", ""] and isinstance(was, Choice) and isinstance(now, Choice):
            said = [_by_option(was), _by_option(now)]
        elif isinstance(was, Cases) and isinstance(now, Cases):
            said = [_rows_alone(was, now), _rows_alone(now, was)]
        yield Amendment(what, about, was.span, now.span, *said), was, now


#: what is written in rows, so that a number in it says little without its row
_TABLES: tuple[AmendmentKind, ...] = ("score", "grade")


def _row_with(whole: Expression, part: Expression) -> str:
    """The row of a table that something stands in, as it is written; nothing where it is in none."""
    for table in (e for e in inside(whole) if isinstance(e, Cases)):
        for row in table.rows:
            if any(e is part for side in (row.condition, row.value) for e in inside(side)):
                return " ".join(row.span.text.split())
    return ""


def _by_option(choice: Choice) -> str:
    """What each option of a reading says, as it is written."""
    return " | ".join(f"{name}: {' '.join(e.span.text.split())}" for name, e in choice.options)


def _rows_alone(one: Cases, other: Cases) -> str:
    """The rows of a table that another one does not have, as they are written."""
    rows, there = (_whole_rows(e) for e in (one, other))
    written = zip(rows, _written(one), strict=True)
    return _in_order(said for row, said in written if not any(_are_alike(row, r) for r in there))


def _whole_rows(table: Cases) -> tuple[tuple[Expression, ...], ...]:
    return (*((row.condition, row.value) for row in table.rows), (table.otherwise,))


def _are_reordered(one: Cases, other: Cases) -> bool:
    """Whether two tables have the same rows, in another order."""
    rows, there = (_whole_rows(e) for e in (one, other))
    if head(one) != head(other) or all(_are_alike(*pair) for pair in zip(rows, there, strict=True)):
        return False
    left = list(there)
    for row in rows:
        found = next((i for i, r in enumerate(left) if _are_alike(row, r)), None)
        if found is None:
            return False
        del left[found]
    return True


def _rows(table: Cases) -> str:
    """All rows of a table, as they are written."""
    return _in_order(_written(table))


def _written(table: Cases) -> Iterator[tuple[int, str]]:
    """Where each row of a table stands, and how it is written; the last one is "" where it stands nowhere."""
    yield from ((row.span.start, "" if row.span == table.span else row.span.text) for row in table.rows)
    yield table.otherwise.span.start, _last_row(table)


def _last_row(table: Cases) -> str:
    """The row for all that is left, in the words of its policy; of a score the value alone is part of the program."""
    span = table.otherwise.span
    if span == table.span:
        return ""
    keyword = spell("OTHERWISE", language_of(span.source.policy) or "en")
    return f"{span.text} {keyword}" if table.form == "table" else span.text


def _last_rows(e: Expression) -> Iterator[tuple[int, str]]:
    """Every value that is left to the last row of a table, by its identity, and how that row is written."""
    if isinstance(e, Cases) and e.form == "table":
        yield id(e.otherwise), _last_row(e)
    for part in parts(e):
        yield from _last_rows(part)


def _in_order(rows: Iterable[tuple[int, str]]) -> str:
    return "; ".join(" ".join(text.split()) for _, text in sorted(set(rows)) if text)


def _are_alike(one: Sequence[Expression], other: Sequence[Expression]) -> bool:
    """Whether the parts of two rows say the same."""
    pairs = zip(one, other, strict=False)
    return len(one) == len(other) and all(not any(_differing(*pair, compared=False)) for pair in pairs)


#: what is one sentence to an editor: where more than numbers is otherwise in it, it is told as a whole
_ONE_SENTENCE: tuple[AmendmentKind, ...] = ("condition", "applicability", "formula")


def _sentences(one: Expression, other: Expression) -> Iterator[tuple[_Pair, bool]]:
    """Numbers that are otherwise, or the whole where more than these is; option by option of a reading."""
    one, other = _by_default(one, other), _by_default(other, one)
    if isinstance(one, Choice) and head(one) == head(other):
        for was, now in parts_beside(one, other):
            yield from _sentences(was, now)
        return
    differing = tuple(_differing(one, other, compared=False))
    are_numbers = all(isinstance(e, Literal) for pair, _ in differing for e in pair)
    yield from differing if are_numbers else (((one, other), False),)


def _differing(one: Expression, other: Expression, *, compared: bool) -> Iterator[tuple[_Pair, bool]]:
    """The innermost parts that are not written the same, and whether they stand on a side of a comparison."""
    one, other = _by_default(one, other), _by_default(other, one)
    if head(one) != head(other) or getattr(one, "unit", None) != getattr(other, "unit", None):
        yield (one, other), compared
        return
    if isinstance(one, Cases) and isinstance(other, Cases) and _are_reordered(one, other):
        yield (one, other), compared
        return
    compared = isinstance(one, Operation) and one.operator in COMPARISONS
    for was, now in parts_beside(one, other):
        yield from _differing(was, now, compared=compared)


def parts_beside(one: Expression, other: Expression) -> Iterator[_Pair]:
    """The parts of two expressions with equal heads, side by side; those of a reading by the names of its options."""
    if isinstance(one, Choice) and isinstance(other, Choice):
        there = dict(other.options)
        return ((option, there[name]) for name, option in one.options)
    return zip(parts(one), parts(other), strict=True)


def _is_the_same_amount(one: Literal, other: Literal) -> bool:
    """Whether two numbers differ only in the units that they are written in."""
    units = (unit_named(e.unit or "number") for e in (one, other))
    return one.value == other.value and len({unit and unit.dimension for unit in units}) == 1


def tallies(one: Expression, other: Expression) -> Iterator[tuple[Tally, Tally]]:
    """The counts of two expressions that stand in the same place."""
    one, other = _by_default(one, other), _by_default(other, one)
    if isinstance(one, Tally) and isinstance(other, Tally):
        yield one, other
    elif head(one) == head(other):
        for was, now in parts_beside(one, other):
            yield from tallies(was, now)


def _by_default(one: Expression, other: Expression) -> Expression:
    """An expression; of one that a reading of this edition alone patches its default."""
    while isinstance(one, Choice) and not (isinstance(other, Choice) and other.reading == one.reading):
        one = one.options[0][1]
    return one


def head(e: Expression) -> tuple[object, ...]:
    """What an expression is, without its parts; equal heads have as many."""
    match e:
        case Literal():
            return ("literal", type(e.value), e.value)
        case FactRef():
            return ("fact", e.fact)
        case InputRef():
            return ("input", e.input)
        case Ref():
            return ("definition", e.name)
        case Tally():
            return ("count", e.measure, e.verdict)
        case Operation():
            return ("operation", e.operator, len(e.operands))
        case Cases():
            return ("table", e.exclusive, e.undecided is None, len(e.rows))
        case Choice():
            return ("reading", e.reading, tuple(sorted(name for name, _ in e.options)))
    return ("other", id(e))
