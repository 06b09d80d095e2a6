"""Fillings of a workbook, drawn by chance: answers of both voices, facts at and beside every limit, evidence of all ages.

The words are those of either language; evidence has numbers that differ in a blank, in case or in a sign alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from random import Random

from guiju.compiler.ir import Clause, Fact, Literal, NumberType, OptionType, Program, SetType, TruthType
from guiju.compiler.units import format_number, unit_named
from guiju.dsl.diagnostic import Language, Text
from guiju.engine.network import network_of
from guiju.exchange.workbook import phrases as said
from guiju.exchange.workbook.filled import Filled
from guiju.exchange.workbook.registers import sampled
from guiju.exchange.workbook.units import has_unit, units_of

#: days in the zone of the instant: 29 June is over in each of them, 30 June in none
AS_OF = (
    "2026-06-30T00:00:00+08:00",
    "2026-06-30T09:00:00+08:00",
    "2026-06-30T23:59:59-05:00",
    "2026-06-30T00:00:00+00:00",
    "2026-06-30T12:30:00Z",
    "2026-06-30T05:45:00+05:45",
)
_EXPIRES = ("2026-06-29", "2026-06-30", "")
#: three evidence numbers each, of which one may be taken for another
_NUMBERS = (
    ("EV-1", "EV-2", "EV-3"),
    ("EV1", "EV 1", "ev1"),
    ("EV 1", "EV1", "EV  1"),
    ("a", "A", "a a"),
    ("1", "11", "1 1"),
    ("E*", "E?", "E~"),
    ("E.1", "E-1", "E"),
    ("甲 1", "甲1", "甲"),
)
_BETWEEN = (", ", ",", "，", "；", "; ", "、", " , ", "\n")


def fillings(program: Program, number: int, seed: int, language: Language = "zh") -> Iterator[Filled]:
    """Some fillings: nothing, then from nearly empty to complete, from nearly all met to nearly none."""
    random = Random(f"{program.id} {seed}")
    limits = _limits(program)
    yield _Drawn(program, random, limits, language, (0.0, 0.9, 0.0)).filled()
    for n in range(number - 1):
        known = (1.0, 0.97, 0.8, 0.5, 1.0, 0.9)[n % 6]
        met = (1.0, 0.97, 0.8, 0.6)[(n // 6) % 4]
        odd = (0.0, 0.0, 0.03, 0.1)[(n // 3) % 4]
        yield _Drawn(program, random, limits, language, (known, met, odd)).filled()


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


class _Drawn:
    """One filling; `chances`: that something is stated, that it is met, and that it is out of the ordinary."""

    def __init__(
        self,
        program: Program,
        random: Random,
        limits: dict[str, list[Fraction]],
        language: Language,
        chances: tuple[float, float, float],
    ) -> None:
        self._program, self._random, self._limits, self._language = program, random, limits, language
        self._known, self._met, self._odd = chances
        self._into = Filled(records=3, statements=8, findings=2, samples=3, instances=6)
        self._numbers = _NUMBERS[0] if random.random() < 0.3 else random.choice(_NUMBERS)

    def filled(self) -> Filled:
        """All of it."""
        self._head()
        self._facts()
        self._answers()
        self._statements()
        self._findings()
        self._samples()
        return self._into

    def _say(self, text: Text) -> str:
        return text.in_language(self._language)

    def _word(self, *texts: Text) -> str:
        return self._say(self._random.choice(texts))

    def _row(self, list_: str, n: int, row: dict[str, str]) -> None:
        for what, text in row.items():
            self._into.set(text, list_, str(n), what)

    def _cited(self) -> str:
        """One of the three, or two of them, between any of the signs that may stand there."""
        random, (first, second, third) = self._random, self._numbers
        one = random.choice(((first,), (first, second), (second,), (third,), (third, first), (first, first)))
        return random.choice(_BETWEEN).join(one)

    def _head(self) -> None:
        random, put = self._random, self._into.set
        put("drawn", "subject", "name")
        put(random.choice(AS_OF), "as_of")
        for n, (id_, expires) in enumerate(zip(self._numbers, _EXPIRES, strict=True), 1):
            collected = (
                "2026-05-01" if random.random() >= self._odd else random.choice(("", "2026-06-29", "2024-06-29"))
            )
            self._row("evidence", n, {"id": id_, "kind": "report", "collected": collected, "expires": expires})
        for i in self._program.inputs:
            if random.random() < max(self._known, 0.9 if self._known else 0):
                put(random.choice(i.options).called(self._language), "input", i.id)

    # --- facts -------------------------------------------------------------------------------------------------------

    def _facts(self) -> None:
        for fact in self._program.facts:
            if self._random.random() < self._known:
                self._fact(fact)
                if self._random.random() < self._odd:
                    self._into.set(self._cited(), "fact", fact.id, "evidence")

    def _fact(self, fact: Fact) -> None:
        random, put, (yes, no) = self._random, self._into.set, said.TRUTHS
        match fact.type:
            case NumberType():
                self._number(fact, fact.type)
            case OptionType():
                put(random.choice(fact.options).called(self._language), "fact", fact.id, "value")
            case SetType():
                for option in fact.options:
                    word = self._say(yes if random.random() < self._met else no)
                    put(word if random.random() < 0.99 else "", "fact", fact.id, "option", option.id)
            case _:
                put(self._say(yes if random.random() < self._met else no), "fact", fact.id, "value")

    def _number(self, fact: Fact, type_: NumberType) -> None:
        random, put = self._random, self._into.set
        near = random.choice(self._limits.get(fact.id) or [Fraction(random.choice((0, 1, 7, 40, 50, 100)))])
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
                    put(names[-1], "fact", fact.id, "unit")
        text = format_number(value).replace(" ", "")
        if "/" in text:
            text = str(int(value))
        put(text, "fact", fact.id, "value")
        if has_unit(type_) and not self._into.get("fact", fact.id, "unit"):
            put(units[0][-1], "fact", fact.id, "unit")

    # --- what people say ---------------------------------------------------------------------------------------------

    def _verdict(self, clause: Clause, *others: Text) -> str:
        aside = (said.ASIDE,) if clause.applies is not None else ()
        return self._word(said.UNSATISFIED, said.UNKNOWN, *others, *aside)

    def _answers(self) -> None:
        random, put, odd = self._random, self._into.set, self._odd
        for clause in self._program.clauses:
            by_assessor = self._known if clause.is_attested else self._known * odd
            for voice, chance in (("vendor", self._known * 0.8), ("assessor", by_assessor)):
                if random.random() >= chance:
                    self._noted("clause", clause.id, voice)
                    continue
                verdict = self._say(said.SATISFIED if random.random() < self._met else said.UNSATISFIED)
                if random.random() < odd:
                    verdict = self._verdict(clause)
                put(verdict, "clause", clause.id, voice, "verdict")
                if verdict == self._say(said.ASIDE):
                    put("理由", "clause", clause.id, voice, "reason")
                if random.random() < odd:
                    put(self._cited(), "clause", clause.id, voice, "evidence")

    def _statements(self) -> None:
        override, assessor, vendor = said.VOICES
        for n in range(1, 1 + int(80 * self._odd)):
            clause = self._random.choice(self._program.clauses)
            row = {"clause": clause.printed, "voice": self._word(override, override, assessor, vendor)}
            row |= {"verdict": self._verdict(clause, said.SATISFIED), "reason": "理由"}
            row |= {"until": self._random.choice(("", "", "2026-06-29", "2026-06-30"))}
            row |= {"evidence": self._cited() if self._random.random() < self._odd else ""}
            if self._random.random() < 0.2:
                row |= {"verdict": "", "evidence": self._cited(), "note": "约好再看"}
            self._row("statement", n, row)

    def _noted(self, *at: str) -> None:
        """What is written where nobody has given a verdict yet."""
        if self._random.random() < self._odd:
            self._into.set(self._cited(), *at, "evidence")
        if self._random.random() < self._odd:
            self._into.set("约好再看", *at, "note")
            self._into.set("李四", *at, "by")

    def _findings(self) -> None:
        major, _, observation = said.GRADES
        for n in range(1, 1 + int(20 * self._odd)):
            row = {"id": f"F-{n}", "grade": self._word(major, observation), "statement": "=1", "due": "2026-07-01"}
            row |= {"clause": self._random.choice(self._program.clauses).printed, "owner": "甲"}
            row |= {"evidence": self._cited()}
            if self._random.random() < 0.5:
                row |= {"closed": "2026-06-01", "closed_by": "乙", "closed_evidence": self._cited()}
            self._row("finding", n, row)

    def _samples(self) -> None:
        """Samples for clauses and for facts, beside what is said of these without a sample."""
        program, random, get = self._program, self._random, self._into.get
        facts = [f for f in sampled(program) if not any(get("fact", f.id, w) for w in ("value", "evidence"))]
        places = [("clause", c.printed) for c in random.sample(program.clauses, min(2, len(program.clauses)))]
        places += [("fact", f.called(self._language)) for f in facts[:1] if isinstance(f.type, TruthType)]
        for n, (what, name) in enumerate(places[: int(30 * self._odd)], 1):
            rule = random.choice(("全部", "至少 1 项满足", "占比 >= 60 %"))
            row = {"id": f"S-{n}", what: name, "population": "9", "sample": "2", "rule": rule}
            self._row("sample", n, row | {"voice": self._say(said.VOICES[1])})
            for m in (2 * n - 1, 2 * n):
                result = random.choice((*[self._word(said.SATISFIED, said.SATISFIED, said.UNSATISFIED)] * 3, ""))
                self._row("instance", m, {"sample": f"S-{n}", "id": f"件 {m}", "result": result})
