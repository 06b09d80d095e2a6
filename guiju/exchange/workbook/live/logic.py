"""And, or, not, decision tables and counts, over what their operands can be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from math import lcm

from guiju.compiler.ir import Tally
from guiju.exchange.workbook.live.arithmetic import Pen, alike, plain
from guiju.exchange.workbook.live.clauses import Bits
from guiju.exchange.workbook.live.terms import BEYOND, LARGEST, NO, YES, every, greatest, lacking, least, some, total
from guiju.exchange.workbook.live.values import (
    EITHER,
    Anything,
    Held,
    NotLiveError,
    Numbers,
    Options,
    Truth,
)


def truth(held: Held) -> Truth:
    """A truth value that is expected."""
    if isinstance(held, Truth):
        return held
    if isinstance(held, Anything):
        return EITHER
    if isinstance(held, Numbers) and NO == held.some == held.absent == held.not_entered:
        return Truth(true=NO, false=NO, undefined=held.undefined)
    raise NotLiveError("truth")


def negated(held: Held) -> Truth:
    """Not."""
    value = truth(held)
    return Truth(true=value.false, false=value.true, undefined=value.undefined)


def connected(pen: Pen, symbol: str, held: Sequence[Held]) -> Truth:
    """And, or: one decisive operand decides, also beside an undefined one."""
    values = [truth(h) for h in held]
    pairs = [(v.false, v.true) if symbol == "and" else (v.true, v.false) for v in values]
    decisive = some(d for d, _ in pairs)
    other = every(o for _, o in pairs)
    none_decides = (some((o, v.undefined)) for v, (_, o) in zip(values, pairs, strict=True))
    undefined = every((some(v.undefined for v in values), *none_decides))
    true, false = (other, decisive) if symbol == "and" else (decisive, other)
    return Truth(
        true=pen.put("may be true", true),
        false=pen.put("may be false", false),
        undefined=pen.put("may be undefined", undefined),
    )


def present(pen: Pen, held: Held) -> Truth:
    """Whether a weight is not an empty cell."""
    there = some((held.some, held.not_entered, held.undefined)) if isinstance(held, Numbers) else YES
    return Truth(true=pen.put("may be there", there), false=pen.put("may be absent", held.absent))


# --- decision tables ---------------------------------------------------------------------------------------------


def first_that_holds(pen: Pen, rows: Sequence[tuple[Held, Held]], otherwise: Held) -> Held:
    """The value of the first row whose condition holds; a condition that is undefined leaves the value undefined."""
    reached, undefined = YES, NO
    taken: list[tuple[str, Held]] = []
    for held, value in rows:
        condition = truth(held)
        taken.append((pen.put("row may be taken", every((reached, condition.true))), value))
        undefined = some((undefined, every((reached, condition.undefined))))
        reached = pen.put("row may be passed by", every((reached, condition.false)))
    return together(pen, [*taken, (reached, otherwise)], undefined)


def only_one_that_holds(pen: Pen, rows: Sequence[tuple[Held, Held]], otherwise: Held) -> Held:
    """The same where two rows that hold leave the value undefined."""
    conditions = [truth(condition) for condition, _ in rows]
    undefined = some(c.undefined for c in conditions)
    undefined = some((undefined, *(every((a.true, b.true)) for a, b in combinations(conditions, 2))))
    taken = []
    for n, (condition, (_, value)) in enumerate(zip(conditions, rows, strict=True)):
        alone = every((condition.true, *(c.false for c in (*conditions[:n], *conditions[n + 1 :]))))
        taken.append((pen.put("row alone may be taken", alone), value))
    none = pen.put("no row may be taken", every(c.false for c in conditions))
    return together(pen, [*taken, (none, otherwise)], undefined)


def behind_a_gate(pen: Pen, gate: Held, behind: Held, otherwise: Held, undecided: Held) -> Held:
    """What is there where a gate is open, where it is shut, and where it is neither."""
    value = truth(gate)
    return together(pen, [(value.true, behind), (value.false, otherwise), (value.undefined, undecided)], NO)


def together(pen: Pen, candidates: Sequence[tuple[str, Held]], undefined: str) -> Held:
    """Everything that one of some candidates can be, each with the bit of being taken."""
    taken = [(bit, held) for bit, held in candidates if bit != NO]
    if len(taken) == 1 and taken[0][0] == YES and undefined == NO:
        return taken[0][1]
    undefined = some((undefined, *(every((bit, held.undefined)) for bit, held in taken)))
    absent = pen.put("may be absent", some(every((bit, held.absent)) for bit, held in taken))
    not_entered = pen.put("may be not entered", some(every((bit, held.not_entered)) for bit, held in taken))
    undefined = pen.put("may be undefined", undefined)
    there = [(bit, held) for bit, held in taken if not _is_nothing(held)]
    return replace(_values(pen, there), absent=absent, not_entered=not_entered, undefined=undefined)


def _values(pen: Pen, there: Sequence[tuple[str, Held]]) -> Held:
    """The values among what candidates can be."""
    if not there:
        return Numbers(some=NO)
    truths = [(bit, held) for bit, held in there if isinstance(held, Truth)]
    if len(truths) == len(there):
        true = some(every((bit, held.true)) for bit, held in truths)
        false = some(every((bit, held.false)) for bit, held in truths)
        return Truth(true=pen.put("may be true", true), false=pen.put("may be false", false))
    if all(isinstance(held, Options) for _, held in there):
        return _options(pen, there)
    return _numbers(pen, there)


def _is_nothing(held: Held) -> bool:
    return isinstance(held, Numbers) and held.some == NO


def _options(pen: Pen, there: Sequence[tuple[str, Held]]) -> Options:
    may: dict[str, list[str]] = {}
    for bit, held in there:
        assert isinstance(held, Options)
        for option, inner in held.may.items():
            may.setdefault(option, []).append(every((bit, inner)))
    return Options(may={o: pen.put(f"may be {o}", some(bits)) for o, bits in may.items()})


def _numbers(pen: Pen, there: Sequence[tuple[str, Held]]) -> Numbers:
    if any(isinstance(held, Anything | Truth | Options) for _, held in there):
        raise NotLiveError(next((h.why for _, h in there if isinstance(h, Anything)), "table"))
    values, parts = alike(pen, [plain(pen, held) for _, held in there])
    bits = [pen.put("may be taken", every((bit, v.some))) for (bit, _), v in zip(there, values, strict=True)]
    lows = (v.low if b == YES else f"IF({b},{v.low},{BEYOND})" for b, v in zip(bits, values, strict=True))
    highs = (v.high if b == YES else f"IF({b},{v.high},-{BEYOND})" for b, v in zip(bits, values, strict=True))
    if not parts and any(b != YES for b in bits):
        lows = (f"IF({b},{v.low},1E+101)" for b, v in zip(bits, values, strict=True))
        highs = (f"IF({b},{v.high},-1E+101)" for b, v in zip(bits, values, strict=True))
    return Numbers(
        some=pen.put("may be a number", some(bits)),
        low=pen.put("least", least(lows)),
        high=pen.put("greatest", greatest(highs)),
        parts=parts,
        limits=(min(v.limits[0] for v in values), max(v.limits[1] for v in values)),
    )


# --- counts and shares -------------------------------------------------------------------------------------------


def item_of(pen: Pen, leaves: Sequence[Bits]) -> Bits:
    """Several leaves that count as one: those that do not apply are left out, the others must all hold."""
    satisfied = every((*(some((b.satisfied, b.aside)) for b in leaves), some(b.satisfied for b in leaves)))
    aside = every(b.aside for b in leaves)
    left_open = every(some((b.aside, b.left_open)) for b in leaves) if any(b.aside == NO for b in leaves) else NO
    return Bits(
        satisfied=pen.put("item may be satisfied", satisfied),
        unsatisfied=pen.put("item may be unsatisfied", some(b.unsatisfied for b in leaves)),
        aside=pen.put("item may not apply", aside),
        left_open=pen.put("item left open", left_open),
    )


def tallied(pen: Pen, tally: Tally, items: Sequence[Bits]) -> Numbers:
    """How many items have a verdict, or which share of those that apply: the least and the most that is possible."""
    wanted = [(b.satisfied, b.unsatisfied, b.aside) for b in items]
    if tally.verdict == "unsatisfied":
        wanted = [(unsatisfied, satisfied, aside) for satisfied, unsatisfied, aside in wanted]
    most = pen.put("most", total(w for w, _, _ in wanted))
    fewest = pen.put("fewest", total(every((w, lacking(o), lacking(n))) for w, o, n in wanted))
    if tally.measure == "count":
        top = len(items) if tally.cap is None else min(len(items), tally.cap)
        if top < len(items):
            most, fewest = (pen.put("counted", f"MIN({end},{top})") for end in (most, fewest))
        return Numbers(some=YES, low=fewest, high=most, limits=(0, top))
    return _share(pen, wanted, (fewest, most), pen.put("left open", some(b.left_open for b in items)))


def _share(pen: Pen, wanted: Sequence[tuple[str, str, str]], ends: tuple[str, str], left_open: str) -> Numbers:
    """The least share has all fail that may, and leaves out what may not apply and would count; the most likewise.

    Where that leaves nothing over, the share is that of an item that can count at all, if there is one.
    """
    if not wanted:
        return Numbers(some=NO, undefined=YES)
    fewest, most = ends
    always = sum(n == NO for _, _, n in wanted)
    parts = lcm(*range(max(1, always), len(wanted) + 1))
    is_exact = parts <= LARGEST
    whole, down, up = (parts, "", "") if is_exact else (1, "*(1-1E-12)", "*(1+1E-12)")
    if always == len(wanted):
        low, high, undefined = fewest, most, NO
    else:
        others = pen.put("most others", total(o for _, o, _ in wanted))
        fewest_others = pen.put("fewest others", total(every((o, lacking(w), lacking(n))) for w, o, n in wanted))
        low = f"IF({fewest}+{others}=0,{whole},{fewest}*{whole}/MAX(1,{fewest}+{others}){down})"
        high = f"IF({most}+{fewest_others}=0,0,{most}*{whole}/MAX(1,{most}+{fewest_others}){up})"
        undefined = every(n for _, _, n in wanted)
    if left_open != NO:
        low, high = f"IF({left_open},0,{low})", f"IF({left_open},{whole},{high})"
    return Numbers(
        some=pen.put("may be a share", some(bit for w, o, _ in wanted for bit in (w, o))),
        low=pen.put("least", low),
        high=pen.put("greatest", high),
        parts=parts if is_exact else 0,
        limits=(0, whole),
        undefined=pen.put("may be a share of nothing", some((undefined, left_open))),
    )
