"""Fillings of a workbook, drawn by chance: answers of both voices, facts at and beside every limit, evidence of all ages."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from random import Random

from guiju.compiler.ir import Fact, Literal, NumberType, OptionType, Program, SetType, TruthType
from guiju.compiler.units import format_number, unit_named
from guiju.engine.network import network_of
from guiju.exchange.workbook.filled import Filled
from guiju.exchange.workbook.registers import sampled
from guiju.exchange.workbook.units import has_unit, units_of

AS_OF = "2026-06-30T00:00:00+08:00"
_VERDICTS = ("满足", "不满足", "满足", "满足")


def fillings(program: Program, number: int, seed: int) -> Iterator[Filled]:
    """Some fillings: nothing, then from nearly empty to complete, from nearly all met to nearly none."""
    random = Random(f"{program.id} {seed}")
    limits = _limits(program)
    yield _filled(program, random, limits, (0.0, 0.9, 0.0))
    for n in range(number - 1):
        known = (1.0, 0.97, 0.8, 0.5, 1.0, 0.9)[n % 6]
        met = (1.0, 0.97, 0.8, 0.6)[(n // 6) % 4]
        odd = (0.0, 0.0, 0.03, 0.1)[(n // 3) % 4]
        yield _filled(program, random, limits, (known, met, odd))


def _limits(program: Program) -> dict[str, list[Fraction]]:
    """Of each fact the numbers that it is compared with, in its own unit."""
    network = network_of(program)
    found: dict[str, list[Fraction]] = {}
    for node in network.nodes:
        operands = [network.nodes[o] for o in node.operands]
        facts = [o.subject for o in operands if isinstance(o.subject, Fact)]
        numbers = [
            o.subject.value
            for o in operands
            if isinstance(o.subject, Literal) and isinstance(o.subject.value, Fraction)
        ]
        for fact in facts:
            if isinstance(fact.type, NumberType):
                unit = unit_named(fact.type.unit)
                found.setdefault(fact.id, []).extend(n / (unit.factor if unit else 1) for n in numbers)
    return found


def _filled(
    program: Program, random: Random, limits: dict[str, list[Fraction]], chances: tuple[float, float, float]
) -> Filled:
    """`chances`: that something is stated, that it is met, and that it is out of the ordinary."""
    known, met, odd = chances
    filled = Filled(records=3, statements=8, findings=2, samples=3, instances=6)
    put = filled.set
    put("drawn", "subject", "name")
    put(AS_OF, "as_of")
    for n, (id_, expires) in enumerate((("EV-1", "2026-06-29"), ("EV-2", "2026-06-30"), ("EV-3", "")), 1):
        put(id_, "evidence", str(n), "id")
        put("report", "evidence", str(n), "kind")
        put("2026-05-01", "evidence", str(n), "collected")
        put(expires, "evidence", str(n), "expires")
    for i in program.inputs:
        if random.random() < max(known, 0.9 if known else 0):
            put(random.choice(i.options).called("zh"), "input", i.id)
    for fact in program.facts:
        if random.random() < known:
            _fact(fact, filled, random, limits.get(fact.id, []), met)
            if random.random() < odd:
                put(_cited(random), "fact", fact.id, "evidence")
    for clause in program.clauses:
        for voice, chance in (("vendor", known * 0.8), ("assessor", known if clause.is_attested else known * odd)):
            if random.random() >= chance:
                continue
            verdict = "满足" if random.random() < met else "不满足"
            if random.random() < odd:
                verdict = random.choice(("未知", "不适用" if clause.applies is not None else "满足", "不满足"))
            put(verdict, "clause", clause.id, voice, "verdict")
            if verdict == "不适用":
                put("理由", "clause", clause.id, voice, "reason")
            if random.random() < odd:
                put(_cited(random), "clause", clause.id, voice, "evidence")
    for n in range(1, 1 + int(8 * odd * 10)):
        clause = random.choice(program.clauses)
        put(clause.printed, "statement", str(n), "clause")
        put(random.choice(("裁定", "裁定", "评估方", "供方")), "statement", str(n), "voice")
        verdicts = ("满足", "不满足", "未知", *(("不适用",) if clause.applies is not None else ()))
        put(random.choice(verdicts), "statement", str(n), "verdict")
        put("理由", "statement", str(n), "reason")
        put(random.choice(("", "", "2026-06-29", "2026-06-30")), "statement", str(n), "until")
    _findings(program, filled, random, odd)
    _samples(program, filled, random, odd)
    return filled


def _findings(program: Program, filled: Filled, random: Random, odd: float) -> None:
    for n in range(1, 1 + int(20 * odd)):
        row = {"id": f"F-{n}", "grade": random.choice(("严重不符合", "观察项")), "statement": "=1", "due": "2026-07-01"}
        row |= {"clause": random.choice(program.clauses).printed, "owner": "甲", "evidence": _cited(random)}
        if random.random() < 0.5:
            row |= {"closed": "2026-06-01", "closed_by": "乙", "closed_evidence": _cited(random)}
        for what, text in row.items():
            filled.set(text, "finding", str(n), what)


def _samples(program: Program, filled: Filled, random: Random, odd: float) -> None:
    """Samples for clauses and for facts, beside what is said of these without a sample."""
    facts = [f for f in sampled(program) if not any(filled.get("fact", f.id, w) for w in ("value", "evidence"))]
    places = [("clause", clause.printed) for clause in random.sample(program.clauses, min(2, len(program.clauses)))]
    places += [("fact", fact.called("zh")) for fact in facts[:1] if isinstance(fact.type, TruthType)]
    for n, (what, name) in enumerate(places[: int(30 * odd)], 1):
        rule = random.choice(("全部", "至少 1 项满足", "占比 >= 60 %"))
        row = {"id": f"S-{n}", what: name, "population": "9", "sample": "2", "rule": rule, "voice": "评估方"}
        for column, text in row.items():
            filled.set(text, "sample", str(n), column)
        for m in (2 * n - 1, 2 * n):
            result = random.choice(("满足", "满足", "不满足", ""))
            for column, text in {"sample": f"S-{n}", "id": f"件 {m}", "result": result}.items():
                filled.set(text, "instance", str(m), column)


def _cited(random: Random) -> str:
    return random.choice(("EV-1", "EV-1, EV-2", "EV-2", "EV-3", "EV-1，EV-1"))


def _fact(fact: Fact, filled: Filled, random: Random, limits: list[Fraction], met: float) -> None:
    match fact.type:
        case NumberType():
            _number(fact, fact.type, filled, random, limits)
        case OptionType():
            filled.set(random.choice(fact.options).called("zh"), "fact", fact.id, "value")
        case SetType():
            for option in fact.options:
                word = "是" if random.random() < met else "否"
                filled.set(word if random.random() < 0.99 else "", "fact", fact.id, "option", option.id)
        case _:
            filled.set("是" if random.random() < met else "否", "fact", fact.id, "value")


def _number(fact: Fact, type_: NumberType, filled: Filled, random: Random, limits: list[Fraction]) -> None:
    near = random.choice(limits or [Fraction(random.choice((0, 1, 7, 40, 50, 100)))])
    step = Fraction(1) if type_.integer else Fraction(1, random.choice((1, 10, 1000, 10**9)))
    value = near + step * random.choice((-1, 0, 0, 1, 3, 20))
    if type_.unit == "%":
        value = min(max(value, Fraction(0)), Fraction(100))
    value = max(value, Fraction(0)) if type_.is_never_negative else value
    value = Fraction(int(value)) if type_.integer else value
    units = units_of(type_)
    if has_unit(type_) and random.random() < 0.3:
        names = random.choice(units)
        own, other = unit_named(type_.unit), unit_named(names[0])
        if own and other:
            converted = value * own.factor / other.factor
            if "/" not in format_number(converted):
                value = converted
                filled.set(names[-1], "fact", fact.id, "unit")
    text = format_number(value).replace(" ", "")
    if "/" in text:
        text = str(int(value))
    filled.set(text, "fact", fact.id, "value")
    if has_unit(type_) and not filled.get("fact", fact.id, "unit"):
        filled.set(units[0][-1], "fact", fact.id, "unit")
