"""An option that does not say what it changes: nothing is written, or `nothing changes` beside a patch."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.compiler.checks.context import Checked
from guiju.dsl import tree
from guiju.dsl.diagnostic import Code, Diagnostic, Severity, Text

UNCLEAR_OPTION = Code(
    "unclear-option",
    Severity.ERROR,
    Text("选项没有说清改什么", "Option that does not say what it changes"),
    Text("选项“{option}”{reason}", "the option `{option}` {reason}"),
    Text("写明修改；什么也不改，就只写 `不变`", "write what it patches; if that is nothing, `nothing changes` alone"),
    Text(
        "空着的选项可能是漏写；又说不变又有修改，不知哪一句算数",
        "an empty option may have been left unfinished, and beside a patch `nothing changes` is not true",
    ),
    'section 6.1\n  a) "x" attested\nreading r "…"\n  default a : nothing changes\n  or b :',
)


def unclear_option(checked: Checked) -> Iterator[Diagnostic]:
    """Each option patches something or says that nothing changes, and never both."""
    for option in (option for reading in checked.symbols.readings for option in reading.options):
        reason = _reason(option)
        if reason is not None:
            arguments = (("option", option.name.text), ("reason", reason))
            yield Diagnostic(UNCLEAR_OPTION, option.name.span, arguments)


def _reason(option: tree.ReadingOption) -> Text | None:
    if not option.patches:
        return Text("没有写改什么", "patches nothing, and does not say so")
    if len(option.patches) > 1 and any(isinstance(patch, tree.NothingChanges) for patch in option.patches):
        return Text("说“不变”，又有修改", "says `nothing changes` beside a patch")
    return None
