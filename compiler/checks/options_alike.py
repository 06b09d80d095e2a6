"""Two options of a reading that change the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from guiju.compiler.checks.context import Checked
from guiju.dsl import tree
from guiju.dsl.diagnostic import Code, Diagnostic, Label, Severity, Text

OPTIONS_ALIKE = Code(
    "options-alike",
    Severity.WARNING,
    Text("两个选项没有区别", "Options that do not differ"),
    Text(
        "读法“{reading}”的选项“{first}”和“{second}”改的完全一样",
        "the options `{first}` and `{second}` of the reading `{reading}` change the same",
    ),
    Text("写明两种理解的区别，或删去一个选项", "say how the two differ, or remove one of them"),
    Text(
        "没有区别的选项使组合成倍增加，结论却总相同",
        "an option that makes no difference doubles the combinations, and none of them can lead elsewhere",
    ),
    'reading r "…"\n  default a : nothing changes\n  or b : nothing changes',
)


def options_alike(checked: Checked) -> Iterator[Diagnostic]:
    """The options of a reading differ in what they patch, in whatever order they do."""
    for reading in checked.symbols.readings:
        said = [option for option in reading.options if option.patches]
        for one, other in combinations(said, 2):
            if _patches(one) == _patches(other):
                names = (("reading", reading.name.text), ("first", one.name.text), ("second", other.name.text))
                label = Label(one.name.span, Text("另一个选项", "the other option"))
                yield Diagnostic(OPTIONS_ALIKE, other.name.span, names, (label,))


def _patches(option: tree.ReadingOption) -> frozenset[tree.Patch]:
    changes = (patch for patch in option.patches if not isinstance(patch, tree.NothingChanges))
    return frozenset(replace(patch, trivia=tree.NO_TRIVIA) for patch in changes)
