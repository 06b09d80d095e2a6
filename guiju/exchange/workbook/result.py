"""The sheets that compute: every node on a hidden one, and what comes of it on the result sheet, with charts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from guiju.compiler.ir import Definition, NumberType, Program
from guiju.compiler.units import unit_named
from guiju.dsl.keywords import unit_in
from guiju.exchange.families import family_name
from guiju.exchange.workbook import phrases as said
from guiju.exchange.workbook.layout import Cell, Colour, Radar, Sheet, Style, letters
from guiju.exchange.workbook.live.circuit import Circuit
from guiju.exchange.workbook.live.terms import NO, YES, lacking, quoted, some
from guiju.exchange.workbook.live.values import Held, Numbers, Options, Truth
from guiju.exchange.workbook.pages import TABLE, Desk, group_name

NAME, SCORE, LEVEL, VALUE, LEAST, GREATEST = range(2, 8)
SPOKE, SPOKE_LEAST, SPOKE_GREATEST = range(8, 11)  # hidden: what the charts show, without groups that take no part
_FIRST_CHART = 12
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
    sheet = desk.sheet("result", said.RESULT, (2, 34, 18, 7, 40, 10, 10, 10, 10, 10, 3))
    desk.head(sheet, desk.say(said.RESULT), said.RESULT_ABOUT, said.RESULT_COLUMNS)
    sheet.last_column, sheet.frozen = GREATEST, f"A{TABLE + 1}"
    sheet.breaks = (_FIRST_CHART - 1,)
    sheet.hidden = (SPOKE, SPOKE_LEAST, SPOKE_GREATEST)
    row, scores = TABLE + 1, dict[tuple[str, str, str], list[tuple[int, Definition]]]()
    for definition in listed(desk.program):
        held = circuit.at(definition.id)
        left_out = seen_from(name, circuit.left_out(definition))
        _row(desk, sheet, row, _Asked(definition, held, left_out), name)
        is_charted = definition.kind == "score" and definition.group is not None
        if is_charted and isinstance(held, Numbers) and held.is_exact:
            kind = desk.program.group[definition.group or ""].kind
            scores.setdefault((definition.level or "", definition.family, kind), []).append((row, definition))
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
    sheet.row_breaks = tuple(TABLE + 1 + n * _CHART_ROWS for n in range(1, len(sheet.charts)))  # no chart on two pages
    return sheet


def listed(program: Program) -> Iterator[Definition]:
    """The outcomes, then every other score, grade and value that is shown."""
    outcomes = [program.definition[o] for o in program.outcomes]
    yield from outcomes
    kinds = ("score", "grade", "let")
    yield from (d for d in program.definitions if d.shown and d.kind in kinds and d not in outcomes)


@dataclass(frozen=True)
class _Asked:
    """What a row is about, what it can come to, and the bit that it is of a group that takes no part."""

    definition: Definition
    held: Held
    left_out: str


def _row(desk: Desk, sheet: Sheet, row: int, asked: _Asked, name: str) -> None:
    definition, held = asked.definition, asked.held
    style: Style = "result" if definition.id in desk.program.outcomes else "text"
    sheet.identify(row, f"result:{definition.id}")
    sheet.put(row, NAME, Cell(_label(desk, definition), style))
    sheet.put(row, SCORE, Cell(_score(desk, definition), "text"))
    sheet.put(row, LEVEL, Cell(definition.level or "", "text"))
    text = _unless(asked.left_out, told(desk, definition, held, name), quoted(desk.say(said.ABSENT)))
    sheet.put(row, VALUE, Cell(f"={text}", "result" if style == "result" else "figure", "formula"))
    spoke = _unless(asked.left_out, sheet.ref(row, NAME), quoted(""))
    sheet.put(row, SPOKE, Cell(f"={spoke}", "hidden", "formula"))
    if isinstance(held, Numbers) and held.is_exact and held.some != NO:
        per, missing = held.parts * _factor(definition), lacking(seen_from(name, held.some))
        aside = asked.left_out if missing == NO else some((asked.left_out, missing))
        for column, end in ((LEAST, held.low), (GREATEST, held.high)):
            figure = _over(seen_from(name, end), per)
            sheet.put(row, column, Cell(f"={_unless(aside, figure, quoted(''))}", "figure", "formula"))
            drawn = Cell(f"={_unless(aside, figure, 'NA()')}", "hidden", "formula")
            sheet.put(row, column - LEAST + SPOKE_LEAST, drawn)


def _unless(bit: str, term: str, otherwise: str) -> str:
    return term if bit == NO else f"IF({bit}=1,{otherwise},{term})"


def _label(desk: Desk, definition: Definition) -> str:
    label = desk.say(definition.label)
    group = desk.program.group.get(definition.group or "")
    if group is None:
        return label
    name = group_name(desk, group)
    return name if label == desk.say(group.label) else label if name in label else f"{name}  {label}"


def _score(desk: Desk, definition: Definition) -> str:
    """Which score of a group it is, and the unit."""
    group = desk.program.group.get(definition.group or "")
    unit = definition.type.unit if isinstance(definition.type, NumberType) else "number"
    family = "" if group is None else _family(desk, definition.family, group.kind)
    return " ".join(filter(None, (family, "" if unit == "number" else f"({unit_in(unit, desk.language)})")))


def _family(desk: Desk, family: str, kind: str) -> str:
    return family_name(desk.program, family, desk.language, kind)


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
            for option, bit in sorted(held.may.items(), key=lambda o: _order(desk.program, o[0])):
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


def _order(program: Program, option: str) -> int:
    """Levels from the lowest up, other options behind them as they are declared."""
    levels = [level.id for level in program.levels]
    return levels.index(option) if option in levels else len(levels)


def _option(desk: Desk, option: str) -> str:
    titled = next((x for x in desk.program.levels if x.id == option), None)
    if titled is None:
        return desk.say(said.NO_LEVEL) if option == "none" else option
    label = desk.say(titled.label)
    return option if label == option else f"{option} {label}"


def _charts(desk: Desk, scores: dict[tuple[str, str, str], list[tuple[int, Definition]]]) -> Iterator[Radar]:
    """A radar for each level, score and kind of group, where it has spokes enough."""
    at = TABLE + 2  # below the row that every page begins with
    for (level, family, kind), rows in scores.items():
        first, last = rows[0][0], rows[-1][0]
        if not (_FEWEST_SPOKES <= len(rows) <= _MOST_SPOKES) or last - first + 1 != len(rows):
            continue
        groups = next((desk.say(k.label) for k in desk.program.kinds if k.id == kind), kind)
        what = " ".join(filter(None, (level, _family(desk, family, kind))))
        title = desk.say(said.RADAR).format(what=what, groups=groups)
        columns = (SPOKE_LEAST, SPOKE_GREATEST)
        series = tuple((desk.say(t), c) for t, c in zip(said.LEAST_AND_GREATEST, columns, strict=True))
        yield Radar(title, (SPOKE, first, last), series, f"{letters(_FIRST_CHART)}{at}")
        at += _CHART_ROWS
