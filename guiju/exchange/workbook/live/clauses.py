"""Who decides a clause, in formulas: what its facts settle, and what people say. See `engine.verdicts`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from guiju.compiler.ir import Clause
from guiju.exchange.workbook.live.arithmetic import Pen
from guiju.exchange.workbook.live.outdated import Register
from guiju.exchange.workbook.live.places import ClausePlace, StatementsPlace
from guiju.exchange.workbook.live.terms import NO, YES, every, lacking, quoted, some, total, where

SATISFIED, UNSATISFIED, ASIDE, DOUBTED, UNREAD = 1, 2, 3, 4, 9
WORDS: dict[int, tuple[str, ...]] = {
    SATISFIED: ("满足", "satisfied"),
    UNSATISFIED: ("不满足", "unsatisfied"),
    ASIDE: ("不适用", "not-applicable"),
    DOUBTED: ("未知", "unknown"),
}
VOICES: dict[str, tuple[str, ...]] = {
    "vendor": ("供方", "vendor"),
    "assessor": ("评估方", "assessor"),
    "override": ("裁定", "override"),
}
WAIVER = ("豁免", "waiver")  # it decides nothing
_UNREAD_WEIGHT, _ENDED_WEIGHT = 100_000_000, 10_000_000_000
_PLACES = {SATISFIED: 1, UNSATISFIED: 100, ASIDE: 10_000, DOUBTED: 1_000_000}


@dataclass(frozen=True)
class Settled:
    """A truth value as far as it is settled by what is stated: one bit of three, none where it is not.

    `blurred`: it is settled, and no formula can tell how.
    """

    true: str = NO
    false: str = NO
    undefined: str = NO
    blurred: str = NO

    @property
    def known(self) -> str:
        """Whether it is settled."""
        return some((self.true, self.false, self.undefined, self.blurred))


@dataclass(frozen=True, kw_only=True)
class Bits:
    """What a clause or an item can come to.

    `left_open`: an override leaves open whether it applies, though nothing in the policy asks that. It is kept apart
    from `aside`, so that a share of clauses that always apply has the number of them below its line.
    """

    satisfied: str
    unsatisfied: str
    aside: str = NO
    left_open: str = NO


@dataclass(frozen=True)
class Said:
    """What one voice says of a clause."""

    satisfied: str
    unsatisfied: str
    aside: str
    doubted: str
    unread: str


def is_word(cell: str, words: tuple[str, ...]) -> str:
    """The condition that a cell has one of some words."""
    return f"OR({','.join(f'{cell}={quoted(word)}' for word in words)})"


def code_of(cell: str, *, may_be_aside: bool) -> str:
    """The number of the verdict in a cell: 0 for none, 9 for what is no verdict."""
    formula = str(UNREAD)
    for code in (DOUBTED, ASIDE, UNSATISFIED, SATISFIED):
        if code != ASIDE or may_be_aside:
            formula = f"IF({is_word(cell, WORDS[code])},{code},{formula})"
    return f'IF({cell}="",0,{formula})'


class Statements:
    """What people say: in the rows of the clauses, and in further statements, summed up for each clause and voice."""

    def __init__(self, pen: Pen, place: StatementsPlace, register: Register) -> None:
        self._place, self._register = place, register
        rows = range(place.rows)
        self._any = pen.put("further statements", f"COUNTA({place.clauses})")
        below = pen.put("below the further statements", where(f"COUNTA({place.below})>0"))
        self._weights = {voice: self._column(pen, voice, register, rows) for voice in VOICES}
        unread = some(self._unread(pen, n) for n in rows)
        self.unread = pen.put("further statements unread", f"IF({self._any}=0,{below},MAX({below},{unread}))")

    def _unread(self, pen: Pen, row: int) -> str:
        """Whether a row names no clause, or no voice, as it is written in the lists."""
        clause, voice, verdict = (nth(r, row) for r in (self._place.clauses, self._place.voices, self._place.verdicts))
        voices = ",".join(f"{voice}={quoted(word)}" for words in (*VOICES.values(), WAIVER) for word in words)
        is_named = f"SUMPRODUCT(EXACT({self._place.names},{clause})*1)>0"
        is_read = f'IF({clause}="",AND({voice}="",{verdict}=""),AND({is_named},OR({voices})))'
        return pen.pad.always(f"statement {row + 1}", "unread", f"IF({is_read},0,1)")

    def _column(self, pen: Pen, voice: str, register: Register, rows: range) -> str:
        formulas = []
        for n in rows:
            place = self._place
            ranges = (place.clauses, place.voices, place.verdicts, place.evidence, place.until)
            clause, said, verdict, cited, until = (nth(r, n) for r in ranges)
            state, ended = register.state(pen, cited), register.ended(pen, until)
            code = code_of(verdict, may_be_aside=True)
            weight = f"CHOOSE({code},{','.join(str(_PLACES[c]) for c in (1, 2, 3, 4))})"
            unclear = f"OR({state}=0.5,{ended}=0.5,{code}={UNREAD})"
            over = f"IF({ended}=1,{_ENDED_WEIGHT if voice == 'override' else 0},IF({state}=1,0,{weight}))"
            inner = f"IF({unclear},{_UNREAD_WEIGHT},{over})"
            is_its = f'AND({clause}<>"",{verdict}<>"",{is_word(said, VOICES[voice])})'
            formulas.append(f"IF({is_its},{inner},0)")
        cells = [pen.pad.always(f"statement {n}", voice, formula) for n, formula in enumerate(formulas, 1)]
        return f"{cells[0]}:{cells[-1]}"

    def of(self, pen: Pen, place: ClausePlace, voice: str, clause: Clause) -> Said:
        """What a voice says: in the row of the clause, as far as its evidence counts, and in further statements."""
        matching = f"EXACT({self._place.clauses},{place.name})*{self._weights[voice]}"
        more = pen.put(f"further, {voice}", f"IF({self._any}=0,0,SUMPRODUCT({matching}))")
        return _said(pen, voice, clause, more, self._code(pen, place, voice, clause))

    def _code(self, pen: Pen, place: ClausePlace, voice: str, clause: Clause) -> str:
        """The number of what stands in the row of the clause, where an override never stands."""
        if voice == "override":
            return NO
        cell, cited, ended = place.vendor, place.vendor_evidence, NO
        if voice == "assessor":
            cell, cited = place.assessor, place.assessor_evidence
            ended = self._register.ended(pen, place.assessor_until)
        state = self._register.state(pen, cited)
        plain = code_of(cell, may_be_aside=clause.applies is not None)
        over, unclear = (f"OR({state}={x},{ended}={x})" for x in ("1", "0.5"))
        return pen.put(f"{voice} says", f'IF({cell}="",0,IF({over},0,IF({unclear},{UNREAD},{plain})))')


def nth(area: str, n: int) -> str:
    """A cell of a column: `'sheet'!$B$5:$B$24` and 2 give `'sheet'!$B$7`."""
    head, row = area.split(":", maxsplit=1)[0].rsplit("$", 1)
    return f"{head}${int(row) + n}"


def _said(pen: Pen, voice: str, clause: Clause, more: str, code: str) -> Said:
    """The bits of a voice; `more` has hundreds of each verdict, `code` the number of one."""
    bits = []
    for verdict, weight in _PLACES.items():
        further_ = f"MOD(INT({more}/{weight}),100)>0"
        if verdict == DOUBTED:
            further_ = f"OR({further_},AND(INT({more}/{_ENDED_WEIGHT})>0,MOD({more},1000000)=0))"
        condition = further_ if code == NO else f"OR({code}={verdict},{further_})"
        bits.append(pen.put(f"{voice}: {WORDS[verdict][1]}", where(condition)))
    further_ = f"MOD(INT({more}/{_UNREAD_WEIGHT}),100)>0"
    unread = further_ if code == NO else f"OR({code}={UNREAD},{further_})"
    if clause.applies is None:
        unread = f"OR({unread},{bits[2]}=1)"
    satisfied, unsatisfied, aside, doubted = bits
    return Said(satisfied, unsatisfied, aside, doubted, pen.put(f"{voice}: unread", where(unread)))


def judged(pen: Pen, clause: Clause, voices: Sequence[Said], facts: tuple[Settled, Settled], unread: str) -> Bits:
    """What a clause can come to; all that it may be where nobody decides it.

    `voices` in the order of `VOICES`; `facts`: whether it applies, and its condition.
    """
    _, assessor, override = voices
    applies, condition = facts
    left = (
        every((lacking(applies.false), some((applies.undefined, lacking(condition.false))))),
        every((lacking(applies.false), some((applies.undefined, lacking(condition.true))))),
        lacking(applies.true),
    )
    leaves = [pen.put("facts leave", bit) for bit in left]
    by_facts = (every((applies.true, condition.true)), every((applies.true, condition.false)), applies.false)
    said_by = {v: (s.satisfied, s.unsatisfied, s.aside) for v, s in zip(VOICES, voices, strict=True)}
    over = said_by["override"]
    overruled = pen.put("override", total(over))
    denied = some(every((a, lacking(left))) for a, left in zip(said_by["assessor"], leaves, strict=True))
    firm = [pen.put("facts or assessor", some(pair)) for pair in zip(by_facts, said_by["assessor"], strict=True)]
    heeded = lacking(assessor.doubted)
    weak = [pen.put("vendor", every((v, w, heeded))) for v, w in zip(said_by["vendor"], leaves, strict=True)]
    not_read = (*(s.unread for s in voices), unread, applies.blurred, condition.blurred)
    unclear = some((*not_read, override.doubted))
    decided = NO
    for bits in (weak, firm):  # from the inside out: whoever comes last decides first
        count = pen.put("said", total(bits))
        decided = f"IF({count}>1,0,IF({count}=1,{_number(bits)},{decided}))"
    denied = pen.put("facts deny", denied)
    code = f"IF({overruled}>1,0,IF({overruled}=1,{_number(over)},IF({denied}=1,0,{decided})))"
    code = pen.put("decided", f"IF({unclear}=1,0,{code})")
    is_open = pen.put("open", where(f"{code}=0"))
    if clause.applies is None:
        return Bits(
            satisfied=pen.put("may be satisfied", where(f"OR({code}={SATISFIED},{is_open}=1)")),
            unsatisfied=pen.put("may be unsatisfied", where(f"OR({code}={UNSATISFIED},{is_open}=1)")),
            left_open=pen.put("left open", every((is_open, some((override.doubted, override.unread, unread))))),
        )
    heard = some(bit for s in voices for bit in (s.aside, s.unread))
    may_be_aside = every((is_open, some((lacking(applies.true), heard, override.doubted, unread))))
    return Bits(
        satisfied=pen.put("may be satisfied", where(f"OR({code}={SATISFIED},{is_open}=1)")),
        unsatisfied=pen.put("may be unsatisfied", where(f"OR({code}={UNSATISFIED},{is_open}=1)")),
        aside=pen.put("may not apply", where(f"OR({code}={ASIDE},{may_be_aside}=1)")),
    )


def _number(bits: tuple[str, ...] | list[str]) -> str:
    """Which of three bits is set, where one is."""
    return f"({bits[0]}+2*{bits[1]}+3*{bits[2]})".replace("+2*0", "").replace("+3*0", "")


ALWAYS = Settled(true=YES)
