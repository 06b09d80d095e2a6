"""A clause whose label gives a number that its condition does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from guiju.compiler.checks.context import Checked
from guiju.compiler.checks.figures import Figure, figures, listed
from guiju.compiler.checks.thresholds import amount_of, numbers_of
from guiju.compiler.clauses import ClauseNode
from guiju.compiler.lexicon import COMPARING
from guiju.compiler.names import is_chinese
from guiju.dsl import tree
from guiju.dsl.diagnostic import Code, Diagnostic, Label, Severity, Text

LABEL_DIFFERS = Code(
    "label-differs",
    Severity.WARNING,
    Text("标签与条件的数不同", "Label and condition with different numbers"),
    Text(
        "{clause} 的标签说 {said}，条件里没有这个数，有的是 {asked}",
        "the label of {clause} says {said}, which its condition does not have; it has {asked}",
    ),
    Text("核对原文，改正写错的一处", "look into the standard, and correct the one that is wrong"),
    Text(
        "读者看标签，评价看条件；两处不同，标准说的和判的就是两回事",
        "people read the label and the assessment follows the condition: what is said is not what is judged",
    ),
    'fact light : lx\nsection 4.1\n  a) "照度不低于 200 lx" / "At least 200 lx" light >= 300 lx',
)
_PRODUCT = re.compile(r"\d ?[×xX*] ?\d")


def label_differs(checked: Checked) -> Iterator[Diagnostic]:
    """Every number of a label that is compared or has a unit stands in the condition, where that has any of its kind.

    Lets and computed facts are looked into. A label with more numbers of a kind than its condition, as one that also
    says how often is measured, is told of only where none of them is there.
    """
    for node in checked.symbols.clauses.by_id.values():
        condition, label = node.declaration.condition, node.declaration.label
        if label is None or condition is None or isinstance(condition, tree.Attested):
            continue
        written = tuple(numbers_of(checked.symbols, condition))
        lacking = dict.fromkeys(f for text in label.texts for f in _lacking(_bounds(text), written))
        if lacking:
            yield _finding(node, label, condition, tuple(lacking), written)


def _bounds(text: str) -> tuple[Figure, ...]:
    """The numbers of a text that have a unit or that it compares; none of a product such as 7×24 h, or `in a week`."""
    if _PRODUCT.search(text):
        return ()
    compares = COMPARING.search(text) is not None
    found = figures(text, "zh" if is_chinese(text) else "en")
    return tuple(f for f in found if (f.sure and (f.unit or compares)) or (f.unit and compares and f.value != 1))


def _lacking(said: tuple[Figure, ...], written: tuple[tree.Number, ...]) -> Iterator[Figure]:
    """The figures that no number of their dimension is."""
    bare = {number.value for number in written}
    for dimension in dict.fromkeys(f.size[1] for f in said):
        alike = {amount for amount, of in map(amount_of, written) if of == dimension}
        same = [f for f in said if f.size[1] == dimension]
        missing = [f for f in same if f.size[0] not in alike and not bare.intersection(_counts(f))]
        if alike and (len(same) <= len(alike) or len(missing) == len(same)):
            yield from missing


def _counts(figure: Figure) -> tuple[Fraction, ...]:
    """The number as it stands, and of months, quarters and years how many of each: 3 years are 36 months."""
    months = figure.months
    return (figure.value,) if months is None else (figure.value, months, months / 3, months / 12)


def _finding(
    node: ClauseNode,
    label: tree.Label,
    condition: tree.Node,
    lacking: tuple[Figure, ...],
    written: tuple[tree.Number, ...],
) -> Diagnostic:
    asked = ", ".join(dict.fromkeys(number.span.text for number in written))
    arguments = (("clause", node.printed), ("said", listed(lacking)), ("asked", asked))
    beside = Label(condition.span, Text("条件在此", "the condition"))
    return Diagnostic(LABEL_DIFFERS, label.span, arguments, (beside,))
