"""What the head says of old numbers against what stands below: one retired is used, or of one two things are said."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.compiler.checks.context import Checked
from guiju.dsl.diagnostic import Code, Diagnostic, Label, Severity, Text
from guiju.dsl.normal import clause_number
from guiju.dsl.source import Span

RETIRED_STANDS = Code(
    "retired-number-stands",
    Severity.ERROR,
    Text("停用的条款号还在用", "A retired number is in use"),
    Text("“{clause}”写明停用，这里又有这一条", "`{clause}` is retired in the head, and stands here"),
    Text(
        "删去那一行 停用；若这是另一项要求，给它另一个号",
        "take out the `retired` line; if this is another requirement, give it another number",
    ),
    Text(
        "停用的号再也不指任何要求，旧证据否则会算到这一条上",
        "a retired number means nothing any more, or else old evidence would count for this clause",
    ),
    'standard d-2 "D—2027"\n  retired "1 a)"\ngroups section\nsection 1\n  a) "x" attested',
)
TOLD_TWICE = Code(
    "old-number-told-twice",
    Severity.ERROR,
    Text("一个号说了两次去处", "Two things said of one number"),
    Text("“{clause}”的去处在第 {line} 行已经说过", "what became of `{clause}` is already said on line {line}"),
    Text("只留对的一行", "keep the line that is right"),
    Text(
        "一项旧要求只有一个去处，两项旧要求也不会成为同一条",
        "an old requirement went to one place, and no two became one clause",
    ),
    'standard d-2 "D—2027"\n  retired "1 b)"\n  renumbered "1 b)" 1 a)\ngroups section\nsection 1\n  a) "x" attested',
)


def old_numbers(checked: Checked) -> Iterator[Diagnostic]:
    """Retired numbers that a clause has, and numbers of which the head says two things, as old ones or as new ones."""
    standing = {clause_number(node.printed): node.declaration for node in checked.symbols.clauses.by_id.values()}
    first: dict[tuple[str, str], Span] = {}
    for old in checked.program.old_numbers:
        clause = standing.get(clause_number(old.printed)) if old.now is None else None
        if clause is not None:
            label = Label(old.span, Text("停用写在这里", "retired here"))
            yield Diagnostic(RETIRED_STANDS, clause.span, (("clause", old.printed),), (label,))
        for side, printed in (("old", old.printed), *((("new", old.now),) if old.now else ())):
            before = first.setdefault((side, clause_number(printed)), old.span)
            if before is not old.span:
                line = str(before.position.line)
                yield Diagnostic(TOLD_TWICE, old.span, (("clause", printed), ("line", line)))
