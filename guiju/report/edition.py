"""What a policy says of the edition of its standard: whether it is in force, when it was issued, and its source."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.compiler.ir import Program
from guiju.dsl.diagnostic import Text
from guiju.dsl.keywords import VALUES, localised

_TITLES = {
    "status": Text("状态", "Status"),
    "issued": Text("发布", "Issued"),
    "effective": Text("实施", "Effective"),
    "source": Text("来源", "Source"),
}


def edition(program: Program) -> Iterator[tuple[Text, Text]]:
    """The titles with what is said, in the order in which they are read."""
    said = dict(program.properties)
    for key, title in _TITLES.items():
        if key in said:
            yield title, Text(localised(said[key], VALUES, "zh"), said[key])
