"""A clause whose label is a modal verb and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.compiler.checks.context import Checked
from guiju.compiler.modals import is_bare
from guiju.dsl.diagnostic import Code, Diagnostic, Severity, Text

LABEL_IS_MODAL = Code(
    "label-is-modal",
    Severity.WARNING,
    Text("标签只有能愿动词", "Label that is a modal verb alone"),
    Text(
        "{clause} 的标签只有“{said}”，没有说要求什么",
        "the label of {clause} is `{said}` alone, and says nothing of what is asked for",
    ),
    Text(
        '写条款要求什么；能愿动词写在标签之前，如 a) shall "…"',
        'say what the clause asks for; the modal verb stands before the label, as in a) shall "…"',
    ),
    Text(
        "结果、报告和问卷都用标签称呼条款，只有“应”，读的人不知道在问什么",
        "results, reports and questions call a clause by its label, and `shall` tells nobody what is asked",
    ),
    'section 4.1\n  a) "应" / "shall" attested\n  b) "有出口标志" / "Exit signs" attested',
)


def label_is_modal(checked: Checked) -> Iterator[Diagnostic]:
    """Each clause without others below it, once."""
    for node in checked.symbols.clauses.by_id.values():
        label = node.declaration.label
        bare = [text.strip() for text in label.texts if is_bare(text)] if label else []
        if label is not None and bare and not node.declaration.children:
            yield Diagnostic(LABEL_IS_MODAL, label.span, (("clause", node.printed), ("said", bare[0])))
