"""Program -> a blank evidence file: every input, fact and clause, commented, nothing stated."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.compiler.ir import Clause, Fact, NumberType, OptionType, Program, SetType
from guiju.dsl.diagnostic import Language, Text

_HEAD = Text(
    "空白证据文件。已知的填上，不知道的留空：留空就是未知，不会当作“否”。",
    "A blank evidence file. Fill in what is known and leave the rest: blank means unknown, it is never taken for no.",
)
_ASKS = Text("证据", "evidence")
_LEVELS = Text("计入", "counts at")
_VERDICTS = Text("满足 | 不满足", "satisfied | unsatisfied")


def template(program: Program, language: Language) -> str:
    """The text of the file, YAML."""
    return "\n".join(_lines(program, language)) + "\n"


def _lines(program: Program, language: Language) -> Iterator[str]:
    yield f"# {program.designation}  {program.title.in_language(language)}"
    yield f"# {_HEAD.in_language(language)}"
    yield "guiju: evidence/1"
    yield 'subject: ""'
    yield f"standard: {program.id}"
    yield "as_of:  # 2026-06-30T00:00:00+08:00"
    yield f"target: best  # {' | '.join(('best', *(level.id for level in program.levels)))}"
    yield "voice: vendor  # vendor | assessor"
    if program.inputs:
        yield "inputs:"
        for i in program.inputs:
            yield f"  {i.id}:  # {' | '.join(o.id for o in i.options)}  {i.label.in_language(language)}"
    yield "evidence: {}"
    yield "  # EV-001: {kind: test-report, title: …, source: …, collected_on: 2026-05-12, expires: 2027-05-12, by: …}"
    yield "facts:" if program.facts else "facts: {}"
    for fact in program.facts:
        yield from _fact(fact, language)
    yield "attestations:"
    for clause in program.clauses:
        yield from _clause(clause, language)


def _fact(fact: Fact, language: Language) -> Iterator[str]:
    yield f"  # {fact.label.in_language(language)}{_hint(fact.guidance, language)}"
    if fact.evidence:
        yield f"  #   {_ASKS.in_language(language)}: {fact.evidence.in_language(language)}"
    yield f"  {fact.id}:  # {_form(fact, language)}"


def _form(fact: Fact, language: Language) -> str:
    match fact.type:
        case NumberType():
            return fact.type.unit
        case OptionType():
            return " | ".join(fact.type.options)
        case SetType():
            return f"[{', '.join(fact.type.options)}]"
    return Text("是 | 否", "yes | no").in_language(language)


def _hint(guidance: Text | None, language: Language) -> str:
    return f" — {guidance.in_language(language)}" if guidance else ""


def _clause(clause: Clause, language: Language) -> Iterator[str]:
    levels = f"  {_LEVELS.in_language(language)} {', '.join(clause.levels)}" if clause.levels else ""
    yield f"  # {clause.printed} {clause.label.in_language(language)}{_hint(clause.guidance, language)}{levels}"
    yield f"  {clause.id}:  # {_VERDICTS.in_language(language)}"
