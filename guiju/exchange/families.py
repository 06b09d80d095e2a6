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

_SCORE = Text("得分", "Score")  # where a family has neither a label nor a name of its own


def family_name(program: Program, family: str, language: Language, kind: str | None = None) -> str:
    """The label of a family: both, where two kinds of groups call it otherwise; else its own name.

    `kind`: the label that groups of this kind have for it, where they have one.
    """
    found = [(of, text.in_language(language)) for name, of, text in _labels(program) if name == family]
    labels = dict.fromkeys([text for of, text in found if of == kind and kind] or [text for _, text in found])
    return " / ".join(labels) or (_SCORE.in_language(language) if family == SCORE else family)


def family_text(program: Program, family: str) -> Text:
    """The label of a family in both languages."""
    return Text(family_name(program, family, "zh"), family_name(program, family, "en"))


@lru_cache(maxsize=8)
def _labels(program: Program) -> tuple[tuple[str, str | None, Text], ...]:
    return tuple(_written(program))


def _written(program: Program) -> Iterator[tuple[str, str | None, Text]]:
    for declaration in as_written(program.span.source).declarations:
        if isinstance(declaration, tree.ScoreDecl | tree.GradeDecl) and declaration.label:
            name = declaration.name.text if declaration.name else SCORE
            kind = declaration.kind if isinstance(declaration, tree.ScoreDecl) else None
            yield name, kind, text_of(declaration.label, name)
