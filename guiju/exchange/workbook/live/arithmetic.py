"""Numbers put together: exactly where all are whole numbers of a part, else in bounds that are rounded outwards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from math import lcm

from guiju.exchange.workbook.live.terms import (
    LARGEST,
    NO,
    Pad,
    every,
    greatest,
    lacking,
    least,
    some,
    times,
    total,
    where,
)
from guiju.exchange.workbook.live.values import Held, NotLiveError, Numbers, Stated

UNBOUNDED, _OUT = "1E+100", "1E+101"
_ROUNDING = "1E-12"  # of a number, at each step; a spreadsheet's own is a ten-thousandth of that
SMALL = 10**6  # two ratios of whole numbers below this differ by more than any spreadsheet overlooks
_MOST_PLACES = 10  # decimal places of a number that a formula of the policy gives as well
_MOST_DIVISOR = 24  # the least common multiple of all whole numbers up to here can still be kept


@dataclass(frozen=True)
class Pen:
    """Writes the cells of one node."""

    pad: Pad
    address: str

    def put(self, what: str, formula: str) -> str:
        """The cell of a formula."""
        return self.pad.put(self.address, what, formula)


def number(held: Held) -> Numbers | Stated:
    """What a number is expected of."""
    if isinstance(held, Numbers | Stated):
        return held
    raise NotLiveError(getattr(held, "why", "") or "number")


def plain(pen: Pen, held: Held) -> Numbers:
    """The number of a cell with the others: in coherent units, rounded outwards."""
    value = number(held)
    return value if isinstance(value, Numbers) else _of_cell(pen, value)


def _of_cell(pen: Pen, value: Stated) -> Numbers:
    factor = chosen(value.unit, [repr(float(f)) for f in value.factors])
    size = pen.put("in coherent units", f"IF({value.known},N({value.cell})*{factor},0)")
    is_whole = pen.put("is whole", where(f"AND(N({value.cell})=INT(N({value.cell})),INT({factor})={factor})"))
    room = f"IF({is_whole},0,{_ROUNDING}*ABS({size}))"
    below = NO if value.is_never_negative else f"-{UNBOUNDED}"
    by = value.by_formula
    if by is None:
        low = pen.put("least", f"IF({value.known},{size}-{room},{below})")
        high = pen.put("greatest", f"IF({value.known},{size}+{room},{UNBOUNDED})")
        return Numbers(some="1", low=low, high=high, parts=0)
    by = rounded(pen, by)
    both = pen.put("stated and computed", every((value.known, value.computed, by.some)))
    low = pen.put("least", f"IF({both},MIN({size}-{room},{by.low}),IF({value.known},{size}-{room},{by.low}))")
    high = pen.put("greatest", f"IF({both},MAX({size}+{room},{by.high}),IF({value.known},{size}+{room},{by.high}))")
    present = pen.put("may be a number", some((value.known, by.some)))
    undefined = pen.put("may be undefined", some((both, every((lacking(value.known), by.undefined)))))
    return Numbers(some=present, low=low, high=high, parts=0, undefined=undefined)


def within_rounding(pen: Pen, value: Stated, by: Numbers) -> tuple[str, str]:
    """Whether a stated number may be the computed one as it was rounded, and whether it may be another.

    Half a unit in the last of its decimal places counts, as for `Bound.rounded`; near that half it may be both.
    """
    cell = f"N({value.cell})"
    places = str(_MOST_PLACES)
    for n in reversed(range(_MOST_PLACES)):
        places = f"IF(ROUND({cell},{n})={cell},{n},{places})"
    places = pen.put("decimal places", places)
    factor = chosen(value.unit, [repr(float(f)) for f in value.factors])
    size = pen.put("in coherent units", f"IF({value.known},{cell}*{factor},0)")
    half = pen.put("half of the last place", f"0.5*10^(-{places})*{factor}")
    furthest = f"MAX(ABS({size}-{by.low}),ABS({size}-{by.high}))"
    nearest = f"IF(AND({by.low}<={size},{size}<={by.high}),0,MIN(ABS({size}-{by.low}),ABS({size}-{by.high})))"
    if value.is_whole:
        return pen.put("may be the same", where(f"{nearest}<=1E-9*MAX(1,ABS({size}))")), where(f"{furthest}>0")
    inside = pen.put("may be rounded", where(f"AND({places}<{_MOST_PLACES},{nearest}<={half}*1.000001)"))
    outside = pen.put("may be another", where(f"OR({places}={_MOST_PLACES},{furthest}>={half}*0.999999)"))
    return some((inside, where(f"{places}={_MOST_PLACES}"))), outside


def rounded(pen: Pen, value: Numbers) -> Numbers:
    """The same in bounds that are rounded outwards."""
    if not value.is_exact:
        return value
    low, high = value.low, value.high
    if value.parts > 1:
        low = pen.put("rounded down", f"{low}/{value.parts}-{_ROUNDING}*ABS({low}/{value.parts})")
        high = pen.put("rounded up", f"{high}/{value.parts}+{_ROUNDING}*ABS({high}/{value.parts})")
    return Numbers(
        some=value.some,
        low=low,
        high=high,
        parts=0,
        absent=value.absent,
        not_entered=value.not_entered,
        undefined=value.undefined,
    )


def chosen(index: str, options: Sequence[str]) -> str:
    """One of some terms by its number, from 1."""
    same = len(set(options)) == 1
    return options[0] if same else f"CHOOSE(MAX(1,{index}),{','.join(options)})"


def alike(pen: Pen, values: Sequence[Numbers]) -> tuple[list[Numbers], int]:
    """The same over one denominator, 0 where they are rounded."""
    kept = [v for v in values if v.some != NO]
    if all(v.is_exact for v in kept):
        parts = lcm(*(v.parts for v in kept)) if kept else 1
        scaled = [_over(v, parts) if v.some != NO else v for v in values]
        if all(abs(limit) <= LARGEST for v in scaled for limit in v.limits):
            return scaled, parts
    return [rounded(pen, v) if v.some != NO else v for v in values], 0


def _over(value: Numbers, parts: int) -> Numbers:
    by = parts // value.parts
    low, high = value.limits
    return Numbers(
        some=value.some,
        low=times(value.low, by),
        high=times(value.high, by),
        parts=parts,
        limits=(low * by, high * by),
        absent=value.absent,
        not_entered=value.not_entered,
        undefined=value.undefined,
    )


# --- two numbers -------------------------------------------------------------------------------------------------

_Ends = Callable[[str, str], str]


def combined(pen: Pen, symbol: str, left: Held, right: Held) -> Numbers:
    """A sum, difference, product or quotient of two numbers that may be open."""
    one, other = plain(pen, left), plain(pen, right)
    if symbol == "/":
        return _divided(pen, one, other)
    if symbol == "*":
        return _lacking(pen, one, other, _product(pen, one, other))
    if symbol == "-":
        other = _negative(other)
    (one, other), parts = alike(pen, (one, other))
    return _lacking(pen, one, other, _added(pen, one, other, parts))


def _negative(value: Numbers) -> Numbers:
    low, high = value.limits
    return Numbers(
        some=value.some,
        low=f"(-1*{value.high})",
        high=f"(-1*{value.low})",
        parts=value.parts,
        limits=(-high, -low),
        absent=value.absent,
        not_entered=value.not_entered,
        undefined=value.undefined,
    )


def _lacking(pen: Pen, one: Numbers, other: Numbers, result: Numbers, undefined: str = NO) -> Numbers:
    """The result with the ways in which there is none: absent before not entered before undefined."""
    there = [some((v.some, v.not_entered, v.undefined)) for v in (one, other)]
    defined = [some((v.some, v.undefined)) for v in (one, other)]
    absent = some((one.absent, other.absent))
    not_entered = some((every((one.not_entered, there[1])), every((other.not_entered, there[0]))))
    open_ = some((every((one.undefined, defined[1])), every((other.undefined, defined[0])), undefined))
    return Numbers(
        some=pen.put("may be a number", every((one.some, other.some, result.some))),
        low=pen.put("least", result.low),
        high=pen.put("greatest", result.high),
        parts=result.parts,
        limits=result.limits,
        absent=pen.put("may be absent", absent),
        not_entered=pen.put("may be not entered", not_entered),
        undefined=pen.put("may be undefined", open_),
    )


def _added(pen: Pen, one: Numbers, other: Numbers, parts: int) -> Numbers:
    limits = (one.limits[0] + other.limits[0], one.limits[1] + other.limits[1])
    if parts and max(map(abs, limits)) <= LARGEST:
        return Numbers(
            some="1", low=f"{one.low}+{other.low}", high=f"{one.high}+{other.high}", parts=parts, limits=limits
        )
    one, other = rounded(pen, one), rounded(pen, other)
    return Numbers(
        some="1",
        low=_outwards(pen, one.low, other.low, "+", "-"),
        high=_outwards(pen, one.high, other.high, "+", "+"),
        parts=0,
    )


def _outwards(pen: Pen, one: str, other: str, sign: str, way: str) -> str:
    """One step of arithmetic, rounded one way; whole numbers are exact."""
    one, other = pen.put("operand", one), pen.put("operand", other)
    result = pen.put("result", f"{one}{sign}{other}")
    size = f"MAX(ABS({one}),ABS({other}),ABS({result}))" if sign == "+" else f"ABS({result})"
    are_whole = f"{one}=INT({one}),{other}=INT({other}),{result}=INT({result}),ABS({result})<{LARGEST}"
    return f"IF(AND({are_whole}),{result},MAX(-{UNBOUNDED},MIN({UNBOUNDED},{result}{way}{_ROUNDING}*{size})))"


def _product(pen: Pen, one: Numbers, other: Numbers) -> Numbers:
    ends = [a * b for a in one.limits for b in other.limits]
    parts = one.parts * other.parts
    if parts and max(map(abs, (*ends, *_scales(one, other)))) <= LARGEST:
        if min((*one.limits, *other.limits)) >= 0:
            low, high = f"{one.low}*{other.low}", f"{one.high}*{other.high}"
        else:
            each = [f"{a}*{b}" for a, b in product((one.low, one.high), (other.low, other.high))]
            low, high = least(each), greatest(each)
        return Numbers(some="1", low=low, high=high, parts=parts, limits=(min(ends), max(ends)))
    one, other = rounded(pen, one), rounded(pen, other)
    pairs = list(product((one.low, one.high), (other.low, other.high)))
    return _between(pen, pairs, "*")


def _scales(one: Numbers, other: Numbers) -> tuple[int, ...]:
    return (one.parts * other.parts,)


def _between(pen: Pen, pairs: list[tuple[str, str]], sign: str) -> Numbers:
    lows = [pen.put("end", _outwards(pen, a, b, sign, "-")) for a, b in pairs]
    highs = [pen.put("end", _outwards(pen, a, b, sign, "+")) for a, b in pairs]
    return Numbers(some="1", low=least(lows), high=greatest(highs), parts=0)


def _divided(pen: Pen, one: Numbers, by: Numbers) -> Numbers:
    fixed = Fraction(by.limits[0], by.parts) if by.is_exact and by.limits[0] == by.limits[1] else None
    if by.is_exact and fixed and by.some == "1":
        inverse = 1 / fixed
        n = inverse.numerator
        constant = Numbers(some="1", low=str(n), high=str(n), parts=inverse.denominator, limits=(n, n))
        return _lacking(pen, one, by, _product(pen, one, constant))
    exact = _by_few(one, by)
    may_be_zero = pen.put("divisor may be zero", where(f"AND({by.low}<=0,{by.high}>=0)"))
    undefined = every((one.some, by.some, may_be_zero))
    if exact is not None:
        return _lacking(pen, one, by, exact, undefined)
    return _by_any(pen, rounded(pen, one), rounded(pen, by), undefined)


def _by_few(one: Numbers, by: Numbers) -> Numbers | None:
    """Divided by a whole number of parts of which there are few: over a multiple of all that it can be."""
    if not (one.is_exact and by.is_exact and min((*one.limits, *by.limits)) >= 0 and by.limits[1] <= _MOST_DIVISOR):
        return None
    multiple = lcm(*range(1, max(1, by.limits[1]) + 1))
    parts, top = one.parts * multiple, one.limits[1] * by.parts * multiple
    if max(parts, top) > LARGEST:
        return None
    scale = by.parts * multiple
    low = f"IF({by.high}>0,{one.low}*{scale}/{by.high},0)"
    high = f"{one.high}*{scale}/MAX(1,{by.low})"
    is_some = where(f"{by.high}>0")
    return Numbers(some=is_some, low=low, high=high, parts=parts, limits=(0, top))


def _by_any(pen: Pen, one: Numbers, by: Numbers, undefined: str) -> Numbers:
    signed = pen.put("divisor is not zero", where(f"OR({by.low}>0,{by.high}<0)"))
    is_zero = pen.put("divisor is zero", where(f"AND({by.low}=0,{by.high}=0)"))
    safe_low = pen.put("divisor, least", f"IF({signed},{by.low},1)")
    safe_high = pen.put("divisor, greatest", f"IF({signed},{by.high},1)")
    ends = _between(pen, list(product((one.low, one.high), (safe_low, safe_high))), "/")
    small = ",".join(f"{v.low}={v.high},{v.low}=INT({v.low}),ABS({v.low})<{SMALL}" for v in (one, by))
    is_ratio = pen.put("ratio of small whole numbers", where(f"AND({signed}=1,{small})"))
    ratio = f"{one.low}/{safe_low}"
    low = f"IF({signed},{ends.low},IF(AND({one.low}>=0,{by.low}>=0),0,-{UNBOUNDED}))"
    high = f"IF({signed},{ends.high},{UNBOUNDED})"
    low, high = (f"IF({is_ratio},{ratio},{end})" for end in (low, high))
    result = Numbers(some=lacking(is_zero), low=low, high=high, parts=0)
    return replace(_lacking(pen, one, by, result, undefined), is_ratio=is_ratio)


# --- several numbers ---------------------------------------------------------------------------------------------


def gathered(pen: Pen, symbol: str, held: Sequence[Held]) -> Numbers:
    """The sum, mean, least or greatest of what takes part: what is absent does not."""
    values, parts = alike(pen, [plain(pen, h) for h in held])
    values = [v for v in values if not (v.absent == "1" and NO == v.some == v.not_entered == v.undefined)]
    made = Numbers(
        some=pen.put(
            "may be a number", every((*(some((v.some, v.absent)) for v in values), some(v.some for v in values)))
        ),
        not_entered=pen.put("may be not entered", some(v.not_entered for v in values)),
        undefined=pen.put("may be undefined", some((*(v.undefined for v in values), every(v.absent for v in values)))),
    )
    if made.some == NO:
        return made
    numbers = [v for v in values if v.some != NO]
    ends = {"sum": _summed, "mean": _averaged}.get(symbol, _extreme(symbol))(pen, numbers, parts)
    low, high = pen.put("least", ends.low), pen.put("greatest", ends.high)
    return replace(made, low=low, high=high, parts=ends.parts, limits=ends.limits)


def _share_of(value: Numbers, end: str, is_low: bool) -> str:
    """What a number adds to a sum: nothing where it is absent, and where it may be, nothing if that is further out."""
    if value.absent == NO and value.some == "1":
        return end
    with_absent = f"{'MIN' if is_low else 'MAX'}({end},0)"
    inner = end if value.absent == NO else f"IF({value.absent},{with_absent},{end})"
    return f"IF({value.some},{inner},0)"


def _summed(pen: Pen, values: Sequence[Numbers], parts: int) -> Numbers:
    limits = (sum(min(0, v.limits[0]) for v in values), sum(max(0, v.limits[1]) for v in values))
    low = total(_share_of(v, v.low, True) for v in values)
    high = total(_share_of(v, v.high, False) for v in values)
    if parts and max(map(abs, limits)) <= LARGEST:
        return Numbers(some="1", low=low, high=high, parts=parts, limits=limits)
    values = [rounded(pen, v) for v in values]
    ends = [(_share_of(v, v.low, True), _share_of(v, v.high, False)) for v in values]
    lows, highs = ([pen.put("part", e[i]) for e in ends] for i in (0, 1))
    low, high = (_rounded_total(pen, each, way) for each, way in ((lows, "-"), (highs, "+")))
    return Numbers(some="1", low=low, high=high, parts=0)


def _rounded_total(pen: Pen, terms: list[str], way: str) -> str:
    size, result = total(f"ABS({t})" for t in terms), pen.put("sum", total(terms))
    are_whole = ",".join(f"{t}=INT({t})" for t in terms[:60])
    whole = f"AND({are_whole},{size}<{LARGEST})" if len(terms) <= 60 else "FALSE"
    return f"IF({whole},{result},MAX(-{UNBOUNDED},MIN({UNBOUNDED},{result}{way}{_ROUNDING}*{size})))"


def _averaged(pen: Pen, values: Sequence[Numbers], parts: int) -> Numbers:
    fixed = sum(v.absent == NO for v in values)
    multiple = lcm(*range(max(1, fixed), len(values) + 1))
    furthest = max(abs(limit) for v in values for limit in v.limits) * len(values)
    is_exact = parts and max(parts, furthest) * multiple <= LARGEST
    if not is_exact:
        values, parts, multiple = [rounded(pen, v) for v in values], 0, 1
    summed = _summed(pen, values, parts)
    taking = pen.put("taking part", f"MAX(1,{total(v.some for v in values)})")
    is_open = pen.put("taking part is open", some(every((v.some, v.absent)) for v in values))
    ends = [pen.put("sum", end) for end in (summed.low, summed.high)]
    low, high = (f"{end}*{multiple}/{taking}" for end in ends)
    if not is_exact:
        low, high = (f"{end}/{taking}{way}{_ROUNDING}*ABS({end}/{taking})" for end, way in zip(ends, "-+", strict=True))
    if is_open != NO:
        lows = (f"IF({v.some},{times(v.low, multiple)},{_OUT})" for v in values)
        highs = (f"IF({v.some},{times(v.high, multiple)},-{_OUT})" for v in values)
        low, high = f"IF({is_open},{least(lows)},{low})", f"IF({is_open},{greatest(highs)},{high})"
    limits = (min(0, *(v.limits[0] for v in values)) * multiple, max(0, *(v.limits[1] for v in values)) * multiple)
    return Numbers(some="1", low=low, high=high, parts=parts * multiple, limits=limits)


def _extreme(symbol: str) -> Callable[[Pen, Sequence[Numbers], int], Numbers]:
    near, far = (least, greatest) if symbol == "min" else (greatest, least)
    out, away = (_OUT, f"-{_OUT}") if symbol == "min" else (f"-{_OUT}", _OUT)

    def made(pen: Pen, values: Sequence[Numbers], parts: int) -> Numbers:
        is_open = pen.put("taking part is open", some(every((v.some, v.absent)) for v in values))

        def end(which: str, side: Callable[..., str], aside: str) -> str:
            return side(v_end if v.some == "1" else f"IF({v.some},{v_end},{aside})"
                        for v in values for v_end in [getattr(v, which)])  # fmt: skip

        first, second = ("low", "high") if symbol == "min" else ("high", "low")
        certain = end(second, near, out)
        ends = {first: end(first, near, out)}
        ends[second] = certain if is_open == NO else f"IF({is_open},{end(second, far, away)},{certain})"
        limits = (min(v.limits[0] for v in values), max(v.limits[1] for v in values))
        return Numbers(some="1", low=ends["low"], high=ends["high"], parts=parts, limits=limits)

    return made
