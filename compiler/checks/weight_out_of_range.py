"""A weight that is none: negative, more than all, or a division by zero."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from guiju.compiler.checks.context import Checked
from guiju.compiler.checks.weights import Weight, is_share, weights
from guiju.compiler.ir import Undefined
from guiju.compiler.units import format_quantity
from guiju.dsl.diagnostic import Code, Diagnostic, Severity, Text

WEIGHT_OUT_OF_RANGE = Code(
    "weight-out-of-range",
    Severity.ERROR,
    Text("权重超出范围", "Weight out of range"),
    Text("组“{group}”的权重{what}", "the weight of the group `{group}` is {what}"),
    Text(
        "改为 0 到 100 % 之间的数；没有权重的组留空",
        "write a number from 0 to 100 %; leave the cell of a group without weight empty",
    ),
    Text(
        "权重是所占的份额，不会是负数，也不会多于全部",
        "a weight is a share: it is never negative and never more than the whole",
    ),
    "weights\n  section | weight\n  6.1 | -10%\n  6.2 | 110%",
)


def weight_out_of_range(checked: Checked) -> Iterator[Diagnostic]:
    """No cell of the table, printed or patched, is negative; where weights are shares, none exceeds 100 %."""
    for weight in weights(checked):
        what = wrong(checked, weight)
        if what:
            yield Diagnostic(WEIGHT_OUT_OF_RANGE, weight.span, (("group", weight.group), ("what", what)))


def wrong(checked: Checked, weight: Weight) -> Text | None:
    """What is wrong with one cell."""
    if weight.value == Undefined("division-by-zero"):
        return Text("除以零", "a division by zero")
    if not isinstance(weight.value, Fraction):
        return None
    share = is_share(checked, weight)
    shown = format_quantity(weight.value, "%" if share else "number")
    if weight.value < 0:
        return Text(f"是负数（{shown}）", f"negative ({shown})")
    if weight.value > 1 and share:
        return Text(f"多于 100 %（{shown}）", f"more than 100 % ({shown})")
    return None
