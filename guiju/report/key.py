"""The marks of a tree that is printed, explained in one line at its foot: those that occur in it, and no others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from guiju.dsl.diagnostic import Language, Text
from guiju.report.branch import ABOVE, DETERMINING, RULING_OUT, Branch
from guiju.report.layout import WIDEST, folded

_SUFFICES = Text("足以得出所示的值", "suffices for the values shown")
_LEAVES_OPEN = Text("使所问未定", "leaves open what is asked")
_RULES_OUT = Text("排除了其余的值", "rules the other values out")
_TOLD_ABOVE = Text("上面已经说过", "told further up")
_BETWEEN = Text("；", "; ")


def key_lines(tree: Branch, language: Language) -> Iterator[str]:
    """What the marks of a tree stand for; nothing where it has none."""
    lines = tuple(tree.walk())
    is_open = tree.state == "unknown"
    marks = (
        (DETERMINING, _LEAVES_OPEN if is_open else _SUFFICES, any(line.determining for line in lines)),
        (RULING_OUT, _RULES_OUT, any(line.ruling_out for line in lines)),
        (ABOVE, _TOLD_ABOVE, any(line.above for line in lines)),
    )
    told = (f"{mark} {text.in_language(language)}" for mark, text, occurs in marks if occurs)
    yield from folded(_BETWEEN.in_language(language).join(told), WIDEST) if any(m[2] for m in marks) else ()


def key_below(lines: Iterable[str], language: Language) -> Iterator[str]:
    """The same below lines without marks before them, of which some may be told above."""
    if any(line.endswith(ABOVE) for line in lines):
        yield f"{ABOVE} {_TOLD_ABOVE.in_language(language)}"
