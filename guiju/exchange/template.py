"""Program -> a blank evidence file: every input, fact and clause, commented, nothing stated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guiju.compiler.graph import parts
from guiju.compiler.ir import (
    Choice,
    Clause,
    Expression,
    Fact,
    FactRef,
    NumberType,
    OptionType,
    Program,
    Ref,
    SetType,
    Titled,
)
from guiju.dsl.diagnostic import Language, Text
from guiju.dsl.keywords import unit_in
from guiju.exchange.policy_text import policy_text

_HEAD = Text(
    "空白证据文件。已知的填上，不知道的留空：留空就是未知，不会当作“否”。",
    "A blank evidence file. Fill in what is known and leave the rest: blank means unknown, it is never taken for no.",
)
_APPLIES = Text("适用 当", "applies when")
_UNNAMED = Text("（填写名称）", "(name it)")
_BY_FACTS = Text("由事实判定，不必另写结论", "follows from the facts, no verdict is needed")
_READING = Text("按读法", "under the reading")
_OPTIONS = Text("取值", "options")
_ASKS = Text("证据", "evidence")
_LEVELS = Text("计入", "counts at")
_VERDICTS = Text("满足 | 不满足", "satisfied | unsatisfied")


def template(program: Program, language: Language) -> str:
    """The text of the file, YAML."""
    return "\n".join(_lines(program, language)) + "\n"


def _lines(program: Program, language: Language) -> Iterator[str]:
    yield f"# {program.designation}  {program.title.in_language(language)}"
    yield f"# {_HEAD.in_language(language)}"
    yield "guiju: evidence/2"
    yield f"subject: {_UNNAMED.in_language(language)}"
    yield f"standard: {program.id}"
    yield "as_of:  # 2026-06-30T00:00:00+08:00"
    best = Text("best (最高)", "best").in_language(language)
    if program.levels:
        yield f"target: best  # {' | '.join((best, *(level.id for level in program.levels)))}"
    yield Text("voice: 供方  # 供方 | 评估方", "voice: vendor  # vendor | assessor").in_language(language)
    if program.inputs:
        yield "inputs:"
        for i in program.inputs:
            yield from _labels(i.options, language)
            yield f"  {i.called(language)}:  # {_names(i.options, ' | ', language)}  {i.label.in_language(language)}"
    yield "evidence:"
    yield "  # EV-001: {kind: test-report, title: …, source: …, collected: 2026-05-12, expires: 2027-05-12, by: …}"
    uses = tuple(use for clause in program.clauses for use in _uses(program, clause))
    yield "facts:" if program.facts else "facts: {}"
    for fact in program.facts:
        yield from _fact(fact, language)
        used = (use for use in uses if fact.id in use.facts)
        yield from dict.fromkeys(f"  #   {_use(program, use, language)}" for use in used)
        yield f"  {fact.called(language)}:  # {_form(fact, language)}"
    yield "attestations:"
    for clause in program.clauses:
        yield from _clause(program, clause, language, [u for u in uses if u.clause is clause])


@dataclass(frozen=True)
class _Use:
    """A condition of a clause and the facts in it; `reading` is empty where it holds unless another is asked for."""

    clause: Clause
    condition: Expression
    facts: tuple[str, ...]
    decides: bool
    reading: str


def _uses(program: Program, clause: Clause) -> Iterator[_Use]:
    for expression, decides in ((clause.condition, True), (clause.applies, False)):
        if expression is not None:
            for condition, reading in _options(expression, ""):
                facts = tuple(_facts_in(program, condition))
                yield _Use(clause, condition, facts, decides, reading)


def facts_of_clause(program: Program, clause: Clause) -> tuple[str, ...]:
    """The facts that bear on a clause, each once, whatever its readings."""
    return tuple(dict.fromkeys(fact for use in _uses(program, clause) for fact in use.facts))


def _options(expression: Expression, reading: str) -> Iterator[tuple[Expression, str]]:
    """The default of each reading, then the options that say something else."""
    if not isinstance(expression, Choice):
        yield expression, reading
        return
    seen: set[str] = set()
    for i, (option, inner) in enumerate(expression.options):
        if inner.span.text not in seen:
            seen.add(inner.span.text)
            yield from _options(inner, f"{expression.reading} = {option}" if i else reading)


def _facts_in(program: Program, expression: Expression) -> Iterator[str]:
    """The facts that an expression stands on, each once, those of formulas and lets behind them."""
    seen, stack = set(), [expression]
    while stack:
        match top := stack.pop():
            case FactRef(fact=name) if name not in seen:
                seen.add(name)
                yield name
                formula = program.fact[name].formula
                stack += [formula] if formula else []
            case Ref(name=name) if name not in seen:
                seen.add(name)
                stack.append(program.definition[name].expression)
            case _:
                stack += reversed(parts(top))


def _use(program: Program, use: _Use, language: Language) -> str:
    """`6.1.1.1 e): training_compute_10b >= 50 PFLOPS`."""
    condition = policy_text(program, language).at(use.condition.span)
    applies = "" if use.decides else f"{_APPLIES.in_language(language)} "
    under = f"  ({_READING.in_language(language)} {use.reading})" if use.reading else ""
    return f"{use.clause.printed}: {applies}{condition}{under}"


def _fact(fact: Fact, language: Language) -> Iterator[str]:
    yield f"  # {fact.label.in_language(language)}{_hint(fact.guidance, language)}"
    if fact.evidence:
        yield f"  #   {_ASKS.in_language(language)}: {fact.evidence.in_language(language)}"
    yield from _labels(fact.options, language)


def _labels(options: tuple[Titled, ...], language: Language) -> Iterator[str]:
    """What the options mean, where a label says more than the name."""
    told = [(o.called(language), o.label.in_language(language)) for o in options]
    if any(name != label for name, label in told):
        yield f"  #   {_OPTIONS.in_language(language)}: {'; '.join(' '.join(dict.fromkeys(o)) for o in told)}"


def _names(options: tuple[Titled, ...], between: str, language: Language) -> str:
    return between.join(option.called(language) for option in options)


def _form(fact: Fact, language: Language) -> str:
    match fact.type:
        case NumberType():
            return unit_in(fact.type.unit, language)
        case OptionType():
            return _names(fact.options, " | ", language)
        case SetType():
            return f"[{_names(fact.options, ', ', language)}]"
    return Text("是 | 否", "yes | no").in_language(language)


def _hint(guidance: Text | None, language: Language) -> str:
    return f" — {guidance.in_language(language)}" if guidance else ""


def _clause(program: Program, clause: Clause, language: Language, uses: list[_Use]) -> Iterator[str]:
    levels = f"  {_LEVELS.in_language(language)} {', '.join(clause.levels)}" if clause.levels else ""
    yield f"  # {clause.printed} {clause.label.in_language(language)}{_hint(clause.guidance, language)}{levels}"
    only = _only_under(program, clause, language)
    facts = dict.fromkeys(f for use in uses if use.decides and bool(use.reading) is bool(only) for f in use.facts)
    if facts and not (only and clause.is_attested):
        named = ", ".join(program.fact[f].called(language) for f in facts)
        yield f"  #   {_BY_FACTS.in_language(language)}: {named}{only}"
    else:
        yield f"  {clause.id}:  # {_VERDICTS.in_language(language)}{only}"


def _only_under(program: Program, clause: Clause, language: Language) -> str:
    """The options that make a clause an item, where it is none by default."""
    if clause.under(program.defaults).is_item:
        return ""
    options = (f"{reading} = {option}" for reading, option in clause.item_under)
    return f"  ({_READING.in_language(language)} {', '.join(options)})"
