"""What a policy calls a family of scores or grades. A program keeps that of the whole subject only."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from guiju.compiler.ir import Program
from guiju.compiler.names import text_of
from guiju.compiler.symbols import SCORE
from guiju.dsl import tree
from guiju.dsl.diagnostic import Language, Text
from guiju.exchange.policy_text import as_written
from guiju.report.words import word


def family_name(program: Program, family: str, language: Language) -> str:
    """The label of a family: both, where two kinds of groups call it otherwise; else its own name."""
    labels = dict.fromkeys(text.in_language(language) for name, text in _labels(program) if name == family)
    return " / ".join(labels) or (word("score", language) if family == SCORE else family)


def family_text(program: Program, family: str) -> Text:
    """The label of a family in both languages."""
    return Text(family_name(program, family, "zh"), family_name(program, family, "en"))


@lru_cache(maxsize=8)
def _labels(program: Program) -> tuple[tuple[str, Text], ...]:
    return tuple(_written(program))


def _written(program: Program) -> Iterator[tuple[str, Text]]:
    for declaration in as_written(program.span.source).declarations:
        if isinstance(declaration, tree.ScoreDecl | tree.GradeDecl) and declaration.label:
            name = declaration.name.text if declaration.name else SCORE
            yield name, text_of(declaration.label, name)
