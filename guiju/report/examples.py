"""What became of the examples of a policy: for people and for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from guiju.compiler.ir import UNKNOWN, Clause, Expected, Fact, Input, NumberType, Program, Value
from guiju.dsl.diagnostic import Language, Text
from guiju.engine.addresses import node_name
from guiju.engine.examples.coverage import ClauseSeen, Coverage, Point, PointKind
from guiju.engine.examples.judging import Judged, Result
from guiju.engine.examples.killing import Tried
from guiju.engine.examples.proposing import proposed
from guiju.engine.reasoning.why.determining import determining
from guiju.exchange.example_text import example_text
from guiju.report import examples_model as model
from guiju.report.agreeing import agreeing
from guiju.report.layout import joined, table
from guiju.report.values import set_text, value_text
from guiju.report.words import quantity, shown

MOST_THROUGH = 5  # lines that say what determines something

_HOLDS = Text("相符", "ok")
_FAILED = Text("不符", "FAILED")
_PROPOSED = Text("待核", "proposed")
_EXPECTED = Text("期望", "expected")
_WAS = Text("得出", "was")
_THROUGH = Text("由于", "through")
_MORE = Text("另有 {n} 项", "{n} more")
_ENCLOSURE = Text("（其中有的未必能达到）", " (some of these may not be reachable)")
_NOTHING = Text("没有示例", "no examples")
_COUNTED = Text(
    "{all} 个示例：{held} 个相符，{failed} 个不符；待核 {proposed} 个",
    "{all:example|examples}: {held:holds|hold}, {failed:fails|fail}; {proposed} proposed",
)


@dataclass(frozen=True, eq=False)
class Tested:
    """A policy with the results of its examples, and with what was asked for besides."""

    program: Program
    results: tuple[Result, ...]
    coverage: Coverage | None = None
    tried: tuple[Tried, ...] | None = None
    mutants: int = 0

    @property
    def holds(self) -> bool:
        """Whether every confirmed example holds."""
        return all(result.holds for result in self.results if result.case.confirmed)


# --- values ------------------------------------------------------------------------------------------------------


def about(program: Program, address: str, language: Language) -> str:
    """The name of what is expected, as `explain` takes it."""
    kind, _, name = address.partition(":")
    if kind == "clause" and name in program.clause:
        return program.clause[name].printed
    definition = program.definition.get(address)
    return node_name(program, definition, language) if definition else name


def _text(program: Program, address: str, value: Value, language: Language) -> str:
    definition = program.definition.get(address)
    if definition is not None and value is not UNKNOWN:
        return value_text(program, definition, value, language)
    fact = program.fact.get(address.partition(":")[2])
    if fact is not None and isinstance(fact.type, NumberType) and not isinstance(value, str | bool):
        return quantity(value, fact.type.unit, language) if hasattr(value, "numerator") else shown(value, language)  # type: ignore[arg-type]
    return shown(value, language)


def expected_text(program: Program, expected: Expected, language: Language) -> str:
    """What is expected: a value, those that are possible, or limits."""
    if expected.bounds:
        return ", ".join(f"{op} {_text(program, expected.address, v, language)}" for op, v in expected.bounds)
    return set_text(program, expected.values, lambda v: _text(program, expected.address, v, language), language)


def _was(program: Program, judged: Judged, language: Language) -> str:
    text = set_text(program, judged.possible, lambda v: _text(program, judged.expected.address, v, language), language)
    return text if judged.exact else text + _ENCLOSURE.in_language(language)


def through(result: Result, address: str, language: Language) -> Iterator[str]:
    """The clauses, facts and inputs that determine a node, those that fail or are unknown first."""
    assessment, program = result.assessment, result.assessment.program
    nodes = [assessment.network.nodes[i] for i in determining(assessment, address)]
    told = [n for n in nodes if isinstance(n.subject, Clause | Fact | Input) and n.address != address]
    clauses = [n for n in told if isinstance(n.subject, Clause)]
    for node in sorted(
        clauses or told, key=lambda n: (shown(assessment.values[n.index], "en") == "satisfied", n.index)
    ):
        subject = node.subject
        assert isinstance(subject, Clause | Fact | Input)
        value = _text(program, node.address, assessment.values[node.index], language)
        yield f"{about(program, node.address, language)} {subject.label.in_language(language)}: {value}"


# --- for people --------------------------------------------------------------------------------------------------


def text_of(tested: Tested, language: Language) -> str:
    """The report of one policy."""
    return joined(_lines(tested, language)) + "\n"


def _lines(tested: Tested, language: Language) -> Iterator[str]:
    yield f"{tested.program.designation}  {tested.program.id}"
    for result in tested.results:
        yield from example_lines(result, language)
    yield _counted(tested.results, language)
    if tested.coverage is not None:
        yield ""
        yield from _coverage(tested.coverage, language)
    if tested.tried is not None:
        yield ""
        yield from _mutation(tested, language)


def example_lines(result: Result, language: Language) -> Iterator[str]:
    """What became of one example: whether it holds; where it does not, what was expected, what was, and why."""
    program = result.assessment.program
    state = _PROPOSED if not result.case.confirmed else _HOLDS if result.holds else _FAILED
    yield f"  {state.in_language(language)}  {result.case.name.in_language(language)}"
    for judged in result.failures:
        name = about(program, judged.expected.address, language)
        yield f"      {_EXPECTED.in_language(language)}  {name}: {expected_text(program, judged.expected, language)}"
        yield f"      {_WAS.in_language(language)}  {_was(program, judged, language)}"
        lines = list(through(result, judged.expected.address, language))
        for line in lines[:MOST_THROUGH]:
            yield f"      {_THROUGH.in_language(language)}  {line}"
        if len(lines) > MOST_THROUGH:
            yield f"        {_MORE.in_language(language).format(n=len(lines) - MOST_THROUGH)}"
        yield f"      {judged.expected.span}"


def _counted(results: Sequence[Result], language: Language) -> str:
    confirmed = [r for r in results if r.case.confirmed]
    if not results:
        return f"  {_NOTHING.in_language(language)}"
    held = sum(r.holds for r in confirmed)
    numbers = {"held": held, "failed": len(confirmed) - held, "proposed": len(results) - len(confirmed)}
    return agreeing(_COUNTED.in_language(language), all=len(results), **numbers)


_KINDS: dict[PointKind, Text] = {
    "row": Text("表的行", "rows of tables"),
    "gate": Text("进入条件", "gates"),
    "condition": Text("条件", "conditions"),
    "option": Text("读法的选项", "options of readings"),
}
_COVERAGE = Text("已核示例走到的", "What the confirmed examples go through")
_CLAUSES_SEEN = Text(
    "条款  {seen}/{all} 满足和不满足都见过，且影响过结论",
    "clauses  {seen}/{all} seen satisfied and unsatisfied, and in what determines an outcome",
)
_HEADING = (
    Text("条款", "clause"),
    Text("满足", "satisfied"),
    Text("不满足", "unsatisfied"),
    Text("不适用", "not applicable"),
    Text("影响结论", "mattered"),
)
_MISSING = Text("没有走到", "not gone through")
_UNREACHABLE = Text("任何对象都走不到（默认读法）", "no subject can go through, under the default readings")
_WAYS = {
    "true": Text("成立", "true"),
    "false": Text("不成立", "false"),
    "open": Text("进入", "open"),
    "shut": Text("不得进入", "shut"),
    "taken": Text("取这一行", "taken"),
    "chosen": Text("选这一项", "chosen"),
}


def _coverage(coverage: Coverage, language: Language) -> Iterator[str]:
    yield _COVERAGE.in_language(language)
    seen = sum(clause.is_covered for clause in coverage.clauses)
    yield f"  {_CLAUSES_SEEN.in_language(language).format(seen=seen, all=len(coverage.clauses))}"
    for kind, name in _KINDS.items():
        gone, ways = coverage.counted(kind)
        if ways:
            yield f"  {name.in_language(language)}  {gone}/{ways}"
    for heading, lines in (
        (_MISSING, [_point(p, p.missing, language) for p in coverage.points if p.missing]),
        (_UNREACHABLE, [_point(p, sorted(p.unreachable), language) for p in coverage.points if p.unreachable]),
    ):
        if lines:
            yield heading.in_language(language)
            yield from (f"  {line}" for line in table(lines))
    yield ""
    yield from table([[t.in_language(language) for t in _HEADING], *(_row(c) for c in coverage.clauses)])


def _row(seen: ClauseSeen) -> list[str]:
    numbers = (seen.satisfied, seen.unsatisfied, seen.not_applicable, seen.mattered)
    return [seen.clause.printed, *(str(n) if n else "-" for n in numbers)]


def _point(point: Point, ways: Iterable[str], language: Language) -> list[str]:
    said = ", ".join(_WAYS[way].in_language(language) for way in ways)
    return [str(point.span), said, _clipped(point.about or point.span.text)]


def _clipped(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:59] + "…"


_MUTATION = Text(
    "改错一处：{n} 处中试了 {tried} 处，示例发现 {killed} 处；{alike} 处不影响任何结论",
    "Slips: {tried} of {n} tried, {killed} noticed by the examples, {alike} that change no outcome",
)
_SURVIVORS = Text("没有发现的", "Not noticed")
_WOULD_TELL = Text("这个示例会发现它：", "this example would notice it:")


def _mutation(tested: Tested, language: Language) -> Iterator[str]:
    tried = tested.tried or ()
    fates = [t.fate for t in tried]
    numbers = {"killed": fates.count("killed"), "alike": fates.count("alike")}
    yield _MUTATION.in_language(language).format(n=tested.mutants, tried=len(tried), **numbers)
    survivors = [t for t in tried if t.fate == "survived"]
    if survivors:
        yield _SURVIVORS.in_language(language)
    for each in survivors:
        m = each.mutant
        yield f"  {m.span}  {_clipped(m.was.in_language(language))} → {m.becomes.in_language(language)}"
        example = telling(tested.program, each, language)
        if example is not None:
            yield f"    {_WOULD_TELL.in_language(language)}"
            yield from (f"      {line}" for line in example.splitlines())


def telling(program: Program, tried: Tried, language: Language) -> str | None:
    """An example that would notice a slip, as the language writes it."""
    if tried.subject is None:
        return None
    m = tried.mutant
    label = Text(f"{_clipped(m.was.zh)} → {m.becomes.zh}", f"{_clipped(m.was.en)} → {m.becomes.en}")
    subject = tried.subject
    example = proposed(program, label, subject.evidence, (subject.outcome,), subject.readings)
    return example_text(program, example, language)


# --- for programs ------------------------------------------------------------------------------------------------


def model_of(tested: Tested, language: Language) -> model.PolicyExamplesModel:
    """The published form of the results of one policy."""
    return model.PolicyExamplesModel(
        policy=tested.program.id,
        designation=tested.program.designation,
        examples=[_example_model(result, language) for result in tested.results],
        coverage=None if tested.coverage is None else _coverage_model(tested.coverage, language),
        mutation=None if tested.tried is None else _mutation_model(tested, tested.tried, language),
    )


def _example_model(result: Result, language: Language) -> model.ExampleModel:
    span = result.case.span
    return model.ExampleModel(
        name=result.case.name.in_language(language),
        file=span.source.name,
        line=span.position.line,
        proposed=not result.case.confirmed,
        holds=result.holds,
        expectations=[_expectation_model(result, judged, language) for judged in result.judged],
    )


def _expectation_model(result: Result, judged: Judged, language: Language) -> model.ExpectationModel:
    program, address = result.assessment.program, judged.expected.address
    return model.ExpectationModel(
        about=about(program, address, language),
        address=address,
        expected=expected_text(program, judged.expected, language),
        was=_was(program, judged, language),
        exact=judged.exact,
        met=judged.met,
        through=[] if judged.met else list(through(result, address, language)),
    )


def _coverage_model(coverage: Coverage, language: Language) -> model.CoverageModel:
    clauses = [
        model.ClauseCoverageModel(
            clause=seen.clause.id,
            label=seen.clause.label.in_language(language),
            satisfied=seen.satisfied,
            unsatisfied=seen.unsatisfied,
            not_applicable=seen.not_applicable,
            mattered=seen.mattered,
        )
        for seen in coverage.clauses
    ]
    points = [
        model.PointModel(
            kind=point.kind,
            file=point.span.source.name,
            line=point.span.position.line,
            text=point.about or point.span.text,
            ways=list(point.ways),
            missing=list(point.missing),
            unreachable=sorted(point.unreachable),
        )
        for point in coverage.points
    ]
    return model.CoverageModel(clauses=clauses, points=points)


def _mutation_model(tested: Tested, tried: tuple[Tried, ...], language: Language) -> model.MutationModel:
    mutants = [
        model.MutantModel(
            kind=each.mutant.kind,
            file=each.mutant.span.source.name,
            line=each.mutant.span.position.line,
            was=each.mutant.was.in_language(language),
            becomes=each.mutant.becomes.in_language(language),
            fate=each.fate,
            by=each.by.name.in_language(language) if each.by else None,
            example=telling(tested.program, each, language),
        )
        for each in tried
    ]
    return model.MutationModel(number=tested.mutants, tried=mutants)
