"""Options that only one of two editions has -> their published form, and lines for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pydantic import BaseModel, ConfigDict

from guiju.compiler.ir import Program
from guiju.dsl.diagnostic import Language, Text
from guiju.engine.reasoning.editions.rereading import left_out

_SAYS = Text(
    "未比较，因只有 {designation} 有：读法 {reading} = {options}",
    "not compared, as {designation} alone has it: reading {reading} = {options}",
)


class LeftOutModel(BaseModel):
    """Options of a reading that one edition alone has, under which nothing was compared."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    policy: str
    designation: str
    reading: str
    options: list[str]


def left_out_models(before: Program, after: Program) -> list[LeftOutModel]:
    """All of them, the earlier edition's first."""
    return [
        LeftOutModel(
            policy=one.edition.id,
            designation=one.edition.designation,
            reading=one.reading,
            options=list(one.options),
        )
        for one in left_out(before, after)
    ]


def left_out_lines(found: Iterable[LeftOutModel], language: Language) -> Iterator[str]:
    """A line for each reading."""
    for one in found:
        options = " | ".join(one.options)
        yield _SAYS.in_language(language).format(designation=one.designation, reading=one.reading, options=options)
