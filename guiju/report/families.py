"""What a policy calls a family of scores or grades. A program keeps that of the whole subject only."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from guiju.compiler.ir import Program
from guiju.compiler.names import text_of
from guiju.compiler.symbols import collect
from guiju.dsl import tree
from guiju.dsl.diagnostic import Language, Text
from guiju.dsl.parser import parse
from guiju.report.words import word


def family_name(program: Program, family: str, language: Language) -> str:
    """The label of a family: both, where two kinds of groups call it otherwise; else its own name."""
    labels = dict.fromkeys(text.in_language(language) for name, text in _labels(program) if name == family)
    return " / ".join(labels) or (word("score", language) if family == "score" else family)


def family_text(program: Program, family: str) -> Text:
    """The label of a family in both languages."""
    return Text(family_name(program, family, "zh"), family_name(program, family, "en"))


@lru_cache(maxsize=8)
def _labels(program: Program) -> tuple[tuple[str, Text], ...]:
    return tuple(_written(program))


def _written(program: Program) -> Iterator[tuple[str, Text]]:
    document, _ = parse(program.span.source)
    symbols = collect(document)
    declared: list[tuple[str, tree.ScoreDecl | tree.GradeDecl]] = [
        *((name, score) for (name, _), score in symbols.families.items()),
        *symbols.grades.items(),
    ]
    yield from ((name, text_of(d.label, name)) for name, d in declared if d.label)
