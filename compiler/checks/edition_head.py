"""What the head says of earlier editions without saying anything: a retired number that is none, a replaced self."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.compiler.checks.context import Checked
from guiju.dsl.diagnostic import Code, Diagnostic, Severity, Text

RETIRES_NO_NUMBER = Code(
    "retires-no-number",
    Severity.WARNING,
    Text("停用的不是条款号", "Nothing is retired"),
    Text("“{clause}”里没有数字，不是条款号", "`{clause}` has no digit, so it is no number of a clause"),
    Text('照以前印的写号，如 停用 "4.1 c)"', 'write the number as it was printed, such as `retired "4.1 c)"`'),
    Text("写错的停用什么也不停用，旧号会再被用上", "such a line retires nothing, and the old number may come back"),
    'standard d-2 "D—2027"\n  retired "none"\ngroups section\nsection 1\n  a) "x" attested',
)
REPLACES_ITSELF = Code(
    "replaces-itself",
    Severity.ERROR,
    Text("代替了自己", "Standard that replaces itself"),
    Text("{designation} 写明代替 {designation} 自己", "{designation} says that it replaces {designation}, itself"),
    Text("写前一版的代号", "write the designation of the edition before"),
    Text(
        "不知道前一版是哪一版，改动和旧证据都无从对照",
        "nobody can tell from it which edition came before",
    ),
    'standard d-2 "D—2027"\n  replaces "D—2027"\ngroups section\nsection 1\n  a) "x" attested',
)


def edition_head(checked: Checked) -> Iterator[Diagnostic]:
    """Retired numbers without a digit, and a standard that replaces itself, each at its line."""
    standard, program = checked.symbols.document.standard, checked.program
    lines = standard.properties if standard is not None else ()
    for old in program.old_numbers:
        if old.now is None and not any(char.isdigit() for char in old.printed):
            yield Diagnostic(RETIRES_NO_NUMBER, old.span, (("clause", old.printed),))
    if dict(program.properties).get("replaces") == program.designation:
        for line in (line for line in lines if line.key == "replaces"):
            yield Diagnostic(REPLACES_ITSELF, line.span, (("designation", program.designation),))
