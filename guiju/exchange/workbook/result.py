"""The sheets that compute: every node on a hidden one, and what comes of it on the result sheet, with charts."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from guiju.compiler.ir import Definition, NumberType, Program
from guiju.compiler.units import unit_named
from guiju.exchange.workbook import phrases as said
from guiju.exchange.workbook.layout import Cell, Colour, Radar, Sheet, Style, letters
from guiju.exchange.workbook.live.circuit import Circuit
from guiju.exchange.workbook.live.terms import NO, YES, quoted
from guiju.exchange.workbook.live.values import Held, Numbers, Options, Truth
from guiju.exchange.workbook.pages import TABLE, Desk

NAME, LEVEL, VALUE, LEAST, GREATEST = range(2, 7)
_FIRST_CHART = 8
_CHART_ROWS, _FEWEST_SPOKES, _MOST_SPOKES = 25, 3, 24


def calculation(desk: Desk, circuit: Circuit) -> Sheet:
    """A row for each formula."""
    sheet = desk.sheet("calculation", said.CALCULATION, (80, 4, 18))
    sheet.state = "hidden"
    sheet.put(1, 3, Cell(desk.say(said.CALCULATION_ABOUT), "note"))
    for row, (address, what, formula) in enumerate(circuit.pad.rows, circuit.pad.first):
        sheet.put(row, 1, Cell(f"{address}: {what}", "hidden"))
        sheet.put(row, 3, Cell(f"={formula}", "hidden", "formula"))
    return sheet


def result(desk: Desk, circuit: Circuit, name: str) -> Sheet:
    """What is asked of the standard, then its scores; `name` is that of the sheet of the calculation."""
    sheet = desk.sheet("result", said.RESULT, (2, 42, 9, 52, 11, 11, 3))
    desk.head(sheet, desk.say(said.RESULT), said.RESULT_ABOUT, said.RESULT_COLUMNS)
    sheet.is_wide, sheet.last_column, sheet.frozen = False, GREATEST, f"A{TABLE + 1}"
    row, scores = TABLE + 1, dict[str, list[tuple[int, Definition]]]()
    for definition in listed(desk.program):
        held = circuit.at(definition.id)
        _row(desk, sheet, row, (definition, held), name)
        is_charted = definition.kind == "score" and definition.group is not None
        if is_charted and isinstance(held, Numbers) and held.is_exact:
            kind = desk.program.group[definition.group or ""].kind
            scores.setdefault(f"{definition.level or ''}\0{kind}", []).append((row, definition))
        row += 1
    if row > TABLE + 1:
        top, area = f"{letters(VALUE)}{TABLE + 1}", f"{letters(VALUE)}{TABLE + 1}:{letters(VALUE)}{row - 1}"
        sheet.colours.append(
            Colour(area, f"LEFT({top},{len(desk.say(said.OPEN))})={quoted(desk.say(said.OPEN))}", "open")
        )
    if circuit.statements_unread != NO:
        warning = f'IF({seen_from(name, circuit.statements_unread)}=1,{quoted(desk.say(said.UNREAD))},"")'
        sheet.put(3, 2, Cell(f"={warning}", "note", "formula"))
    sheet.charts += _charts(desk, scores)
    return sheet


def listed(program: Program) -> Iterator[Definition]:
    """The outcomes, then every other score, grade and value that is shown."""
    outcomes = [program.definition[o] for o in program.outcomes]
    yield from outcomes
    kinds = ("score", "grade", "let")
    yield from (d for d in program.definitions if d.shown and d.kind in kinds and d not in outcomes)


def _row(desk: Desk, sheet: Sheet, row: int, asked: tuple[Definition, Held], name: str) -> None:
    definition, held = asked
    sheet.identify(row, f"result:{definition.id}")
    sheet.put(row, NAME, Cell(_label(desk, definition), "result" if definition.id in desk.program.outcomes else "text"))
    sheet.put(row, LEVEL, Cell(definition.level or "", "text"))
    style: Style = "result" if definition.id in desk.program.outcomes else "figure"
    sheet.put(row, VALUE, Cell("=" + told(desk, definition, held, name), style, "formula"))
    if isinstance(held, Numbers) and held.is_exact and held.some != NO:
        per = held.parts * _factor(definition)
        for column, end in ((LEAST, held.low), (GREATEST, held.high)):
            figure = _over(seen_from(name, end), per)
            shown = figure if held.some == YES else f'IF({seen_from(name, held.some)}=1,{figure},"")'
            sheet.put(row, column, Cell(f"={shown}", "figure", "formula"))


def _label(desk: Desk, definition: Definition) -> str:
    label = desk.say(definition.label)
    group = desk.program.group.get(definition.group or "")
    return f"{desk.say(group.label)}  {label}" if group is not None and desk.say(group.label) not in label else label


def _factor(definition: Definition) -> Fraction:
    """How many of the coherent unit one of the shown unit is."""
    unit = unit_named(definition.type.unit) if isinstance(definition.type, NumberType) else None
    return unit.factor if unit else Fraction(1)


def _over(term: str, per: Fraction) -> str:
    """A whole number of parts as the number that it stands for."""
    return f"{term}*{per.denominator}/{per.numerator}" if per.denominator > 1 else f"{term}/{per.numerator}"


def seen_from(name: str, term: str) -> str:
    """A term of the calculation, seen from another sheet."""
    return f"'{name}'!{term}" if term.startswith("$") else term


def told(desk: Desk, definition: Definition, held: Held, name: str) -> str:
    """The formula of a text: the value where there is one alone, else everything that it can be."""
    possible = list(_possible(desk, definition, held, name))
    if not possible:
        why = desk.say(said.NOT_LIVE).format(construct=getattr(held, "why", "") or "?")
        return quoted(why)
    between = quoted(desk.say(said.OR))
    bits = [bit for bit, _ in possible]
    parts = [text if bit == YES else f'IF({bit}=1,{text},"")' for bit, text in possible]
    is_open = [f"{'+'.join(bits)}>1"] if len(possible) > 1 else []
    if isinstance(held, Numbers) and held.low != held.high:
        low, high = (seen_from(name, end) for end in (held.low, held.high))
        apart = f"{low}<>{high}" if held.is_exact else f"NOT({_close(low, high)})"
        is_open.append(f"AND({seen_from(name, held.some)}=1,{apart})")
    listed = f"{parts[0]}" + "".join(
        f'&IF(AND({bit}=1,{"+".join(bits[:n])}>0),{between},"")&{parts[n]}' for n, bit in enumerate(bits) if n
    )
    return f'IF(OR({",".join(is_open)}),{quoted(desk.say(said.OPEN))},"")&{listed}' if is_open else listed


def _possible(desk: Desk, definition: Definition, held: Held, name: str) -> Iterator[tuple[str, str]]:
    """Everything that a value can be: its bit, and the text of it."""
    match held:
        case Numbers() if held.some != NO:
            span = _span if held.is_exact else _rounded_span
            yield seen_from(name, held.some), span(desk, definition, held, name)
        case Truth():
            for bit, word in zip((held.true, held.false), said.TRUTHS, strict=True):
                if bit != NO:
                    yield seen_from(name, bit), quoted(desk.say(word))
        case Options():
            for option, bit in held.may.items():
                if bit != NO:
                    yield seen_from(name, bit), quoted(_option(desk, option))
        case Numbers():
            pass
        case _:
            return
    lacks = ((held.not_entered, said.NOT_ENTERED), (held.absent, said.ABSENT), (held.undefined, said.UNDEFINED))
    for bit, word in lacks:
        if bit != NO:
            yield seen_from(name, bit), quoted(desk.say(word))


def _span(desk: Desk, definition: Definition, held: Numbers, name: str) -> str:
    """A number, or the least and the greatest that it can be; a fraction that has no short decimal stays one."""
    per = held.parts * _factor(definition)
    low, high = (_figure(seen_from(name, end), per) for end in (held.low, held.high))
    if held.low == held.high:
        return low
    ends = f"{seen_from(name, held.low)}={seen_from(name, held.high)}"
    return f"IF({ends},{low},{low}&{quoted(desk.say(said.TO))}&{high})"


def _rounded_span(desk: Desk, definition: Definition, held: Numbers, name: str) -> str:
    """The same of bounds that are rounded outwards: as good as one where they are close."""
    factor = repr(float(_factor(definition)))
    low, high = (f"({seen_from(name, end)}/{factor})" for end in (held.low, held.high))
    listed = f"{_trimmed(low)}&{quoted(desk.say(said.TO))}&{_trimmed(high)}"
    return f'IF({_close(low, high)},"≈ "&{_trimmed(low)},{listed})'


def _close(low: str, high: str) -> str:
    """Whether two bounds are as good as one."""
    return f"ABS({high}-{low})<=1E-9*MAX(1,ABS({low}))"


def _figure(term: str, per: Fraction) -> str:
    """The text of a number, exact: as a decimal of few places, else as a fraction in lowest terms."""
    top, below = f"({term}*{per.denominator})", per.numerator
    if below == 1:
        return f'TEXT({top},"0")'
    common = f"GCD(ABS({top}),{below})"
    value = f"{top}/{below}"
    fraction = f'TEXT({top}/{common},"0")&"/"&TEXT({below}/{common},"0")'
    return f'IF(MOD({top}*10000,{below})=0,{_trimmed(value)},{fraction}&" ≈ "&{_trimmed(value)})'


def _trimmed(value: str) -> str:
    return f'IF({value}=INT({value}),TEXT({value},"0"),TEXT({value},"0.####"))'


def _option(desk: Desk, option: str) -> str:
    titled = next((x for x in desk.program.levels if x.id == option), None)
    if titled is None:
        return option
    label = desk.say(titled.label)
    return option if label == option else f"{option} {label}"


def _charts(desk: Desk, scores: dict[str, list[tuple[int, Definition]]]) -> Iterator[Radar]:
    """A radar for each level and kind of group, where it has spokes enough."""
    at = TABLE
    for key, rows in scores.items():
        first, last = rows[0][0], rows[-1][0]
        if not (_FEWEST_SPOKES <= len(rows) <= _MOST_SPOKES) or last - first + 1 != len(rows):
            continue
        level = key.partition("\0")[0]
        title = desk.say(said.RADAR).format(level=level) if level else desk.say(said.ALL_LEVELS)
        series = tuple((desk.say(t), c) for t, c in zip(said.LEAST_AND_GREATEST, (LEAST, GREATEST), strict=True))
        yield Radar(title, (NAME, first, last), series, f"{letters(_FIRST_CHART)}{at}")
        at += _CHART_ROWS
