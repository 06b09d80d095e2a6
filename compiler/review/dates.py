"""When a standard was issued and takes effect."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.compiler.checks.context import Checked
from guiju.dsl.diagnostic import Code, Diagnostic, Label, Severity, Text

NO_TRANSITION = Code(
    "no-transition",
    Severity.NOTE,
    Text("发布当日即实施", "In effect on the day of issue"),
    Text("发布与实施都是 {day}，没有过渡期", "issued and in effect on {day}, without a transition"),
    Text("确认是有意如此；评价引用的日期因此没有余地", "make sure that it is meant"),
    Text("使用者来不及按新要求调整", "nobody has time to adapt to what is new"),
    'standard s "S"\n  issued 2026-01-05\n  effective 2026-01-05',
)


def no_transition(checked: Checked) -> Iterator[Diagnostic]:
    """The head with one day for both."""
    head = checked.symbols.document.standard
    lines = {p.key: p for p in head.properties} if head else {}
    issued, effective = lines.get("issued"), lines.get("effective")
    if issued and effective and issued.values == effective.values:
        label = Label(issued.span, Text("发布日期", "the day of issue"))
        day = issued.span.text.split()[-1]
        yield Diagnostic(NO_TRANSITION, effective.span, (("day", day),), (label,))
