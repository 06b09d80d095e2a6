"""A list inside one cell of a sheet: what stands above it, and each item behind its mark on a line of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ITEM = re.compile(
    r"(?:(?P<closed>[(（]?(?:[a-z]|\d{1,2})[)）])|(?P<dotted>[a-z]|\d{1,2})[.．、](?!\d)|(?P<sign>[①-⑳]|[-—–•·]))"
    r"[ \t\u3000]*(?P<text>\S.*)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class CellList:
    """The words of a cell above its list, and the items: each a mark as it is written, and its words."""

    above: str
    items: tuple[tuple[str, str], ...]


def cell_list(text: str) -> CellList | None:
    r"""The list that a cell of several lines holds; None where none but the first of them begins with a mark.

    A line without a mark goes on with what stands above it.

    >>> cell_list("The room shall have:\n1) a door;\n2. a window\nof glass.").items
    (('1)', 'a door;'), ('2)', 'a window of glass.'))
    >>> cell_list("4.1\n4.2"), cell_list("a) one item"), cell_list("")
    (None, None, None)
    """
    lines = [line.strip() for line in text.splitlines()]
    if not any(map(_ITEM.fullmatch, lines[1:])):
        return None
    above: list[str] = []
    items: list[tuple[str, list[str]]] = []
    for line in lines:
        found = _ITEM.fullmatch(line)
        if found:
            items.append((found["closed"] or found["sign"] or f"{found['dotted']})", [found["text"]]))
        else:
            (items[-1][1] if items else above).append(line)
    return CellList(" ".join(above), tuple((mark, " ".join(said)) for mark, said in items))
