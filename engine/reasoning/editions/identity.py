"""Whether a number keeps its meaning from one edition of a standard to the next.

A number that an edition retires means nothing in any later one. A number that stays means the same requirement, unless
the later edition says that the requirement was renumbered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from guiju.compiler.ir import Clause, Program
from guiju.dsl.diagnostic import Code, Diagnostic, Label, Severity, Text
from guiju.dsl.normal import clause_number
from guiju.engine.reasoning.editions.numbering import replaces
from guiju.engine.reasoning.editions.renamed import aligned
from guiju.engine.reasoning.editions.renumbering import (
    declared_renumberings,
    doubtful_clauses,
    kept_numbers,
    renumberings,
)
from guiju.engine.reasoning.editions.requirement import is_another

_YEAR = re.compile(r"[\s—–:-]+\d{4}$")

RETIRED_RETURNS = Code(
    "retired-number-returns",
    Severity.ERROR,
    Text("停用的条款号又出现", "A retired number returns"),
    Text("“{clause}”已由 {edition} 停用，这里又用它", "`{clause}` was retired in {edition} and is used here again"),
    Text(
        "给这个条款另一个号；若仍是原来的要求，在那一版删去 停用",
        "give this clause another number; if it is the old requirement, take its `retired` line out of that edition",
    ),
    Text(
        "证据、报告和别的标准仍按旧号引用它，换了含义就会引错",
        "evidence, reports and other standards still name the old requirement by it",
    ),
)
NUMBER_REUSED = Code(
    "number-reused",
    Severity.WARNING,
    Text("条款号换了要求", "A number for another requirement"),
    Text(
        "“{clause}”在 {edition} 里是“{was}”，这里是另一项要求",
        "`{clause}` is “{was}” in {edition} and another requirement here",
    ),
    Text(
        "在标准之下写明 改号 “{clause}” 和新号，或给新要求另一个号，旧号写 停用",
        "say below the standard under which number it now stands (`renumbered “{clause}”` and the number), or give the "
        "new requirement a number of its own and say `retired “{clause}”`",
    ),
    Text("旧证据会悄悄算到新要求上", "evidence for the old requirement would silently count for the new one"),
)
NO_SUCH_OLD_NUMBER = Code(
    "no-such-old-number",
    Severity.WARNING,
    Text("前一版没有这个条款号", "No such number in the edition before"),
    Text("{edition} 里没有“{clause}”", "{edition} has no `{clause}`"),
    Text("照前一版印的写旧号", "write the old number as that edition prints it"),
    Text("写错的改号什么也不说明", "a renumbering of what was not there says nothing"),
)
MOVED_AND_STANDS = Code(
    "renumbered-number-stands",
    Severity.WARNING,
    Text("改了号的条款还在原处", "A renumbered clause still stands"),
    Text(
        "写明“{clause}”改为 {new}，而 {edition} 里的那一项要求在这里仍是“{clause}”",
        "`{clause}` is said to be {new} now, and the requirement of {edition} still stands here as `{clause}`",
    ),
    Text(
        "没有改号的，删去这一行；改了号的，删去原处的那一条，或给它另一个标签和要求",
        "if it was not renumbered, take the line out; if it was, take the clause out, or say what other one it is",
    ),
    Text(
        "旧证据会算到新号上，而不算到仍在原处的那一条", "old evidence counts under the new number, not where it stands"
    ),
)
MOVED_TO_ANOTHER = Code(
    "renumbered-to-another",
    Severity.WARNING,
    Text("改号指向另一项要求", "Renumbered to another requirement"),
    Text(
        "“{clause}”（{was}）写明改为“{new}”，而那里是“{now}”",
        "`{clause}` (“{was}”) is said to be `{new}` now, which is “{now}”",
    ),
    Text(
        "改正新号；要求就是同一项的，让标签有共同的词",
        "correct the new number; if it is the same one, say so in its label",
    ),
    Text("旧证据会悄悄算到另一项要求上", "evidence for the old requirement would silently count for another one"),
)
ANOTHER_STANDARD = Code(
    "perhaps-not-editions",
    Severity.WARNING,
    Text("也许不是同一标准", "Perhaps another standard"),
    Text(
        "{before}（{was}）和 {after}（{now}）编号不同，也没有写明 代替，也许不是同一标准的两个版本",
        "{before} ({was}) and {after} ({now}) have different ids, and neither says that it replaces the other: "
        "they may not be editions of one standard",
    ),
    Text(
        "是同一标准的，在新版的标准之下写 代替 和前一版的代号", "if they are, say `replaces` and the older designation"
    ),
    Text("两个标准之间的不同不是改动", "what two standards differ in is no amendment"),
)
SWAPPED = Code(
    "editions-swapped",
    Severity.WARNING,
    Text("新旧版次序颠倒", "The later edition was given first"),
    Text(
        "{before}（{was}）写明代替 {after}（{now}），而这里把它当作旧版",
        "{before} ({was}) says that it replaces {after} ({now}), and is taken for the older one here",
    ),
    Text("先写旧版，后写新版", "give the older edition first, the later one behind it"),
    Text(
        "次序颠倒，新增读成删去，提高读成降低", "in the wrong order what came is told as gone, and what rose as fallen"
    ),
)
IDENTITY_CODES: tuple[Code, ...] = (
    ANOTHER_STANDARD,
    SWAPPED,
    RETIRED_RETURNS,
    NUMBER_REUSED,
    NO_SUCH_OLD_NUMBER,
    MOVED_AND_STANDS,
    MOVED_TO_ANOTHER,
)


def identity_findings(editions: Sequence[Program]) -> Iterator[Diagnostic]:
    """What is wrong with the numbers of some editions, the oldest first."""
    retired: dict[str, str] = {}  # the edition that retired each number
    for edition in editions:
        retired |= {clause_number(n): edition.designation for n in edition.retired}
        for clause in edition.clauses:
            if (by := retired.get(clause_number(clause.printed))) is not None:
                arguments = (("clause", clause.printed), ("edition", by))
                yield Diagnostic(RETIRED_RETURNS, clause.span, arguments)
    for earlier, after in pairwise(editions):
        before, _ = aligned(earlier, after)  # another name for a group or a fact makes no other requirement
        if replaces(before, after) and not replaces(after, before):
            yield Diagnostic(SWAPPED, before.span, named(before, after))
        elif not are_editions(before, after):
            yield Diagnostic(ANOTHER_STANDARD, after.span, named(before, after))
        yield from _reused(before, after)
        if before.designation != after.designation:  # a draft declares nothing of an earlier draft
            yield from _never_there(before, after)
            yield from _moved_and_still_there(before, after)
            yield from _moved_to_another(before, after)


def named(before: Program, after: Program) -> tuple[tuple[str, str], ...]:
    """Two policies by designation and id, as the arguments of a diagnostic."""
    return ("before", before.designation), ("was", before.id), ("after", after.designation), ("now", after.id)


def are_editions(before: Program, after: Program) -> bool:
    """Whether two policies are known to be of one standard: by id, designation without its year, or `replaces`."""
    replaced = dict(after.properties).get("replaces")
    one, other = (_YEAR.sub("", e.designation) for e in (before, after))
    return before.id == after.id or one == other or replaced == before.designation


def _reused(before: Program, after: Program) -> Iterator[Diagnostic]:
    """Numbers that stand for another requirement, though nothing says where the old one went."""
    declared = declared_renumberings(before, after)
    moved = set(renumberings(before, after).values()) - set(declared.values())
    kept, doubtful = kept_numbers(after), doubtful_clauses(before, after)
    for now in after.clauses:
        was = before.clause.get(now.id)
        if was is None or now.id in kept or now.id in declared or now.id in declared.values():
            continue
        if was.id in moved or now.id in doubtful or is_another(was, now):
            label = Label(was.span, Text("前一版的要求", "the requirement of the edition before"))
            arguments = (("clause", now.printed), ("edition", before.designation), ("was", was.label))
            yield Diagnostic(NUMBER_REUSED, now.span, arguments, (label,))


def _never_there(before: Program, after: Program) -> Iterator[Diagnostic]:
    """Old numbers of renumberings that the edition before does not have."""
    known = {clause_number(c.printed) for c in before.clauses}
    for old in after.old_numbers:
        if old.now is not None and clause_number(old.printed) not in known:
            arguments = (("clause", old.printed), ("edition", before.designation))
            yield Diagnostic(NO_SUCH_OLD_NUMBER, old.span, arguments)


def _moved_and_still_there(before: Program, after: Program) -> Iterator[Diagnostic]:
    """Numbers that are said to be another now, under which the requirement stands all the same."""
    there = {clause_number(c.printed): c for c in before.clauses}
    for old in after.old_numbers:
        was = there.get(clause_number(old.printed))
        here = after.clause.get(was.id) if was is not None else None
        if was is None or here is None or old.now is None or clause_number(old.now) == clause_number(here.printed):
            continue
        moved = next((c for c in after.clauses if clause_number(c.printed) == clause_number(old.now or "")), None)
        is_nearer = moved is not None and _shares_a_label(was, moved) and not _shares_a_label(was, here)
        if not is_another(was, here) and not is_nearer:
            label = Label(here.span, Text("仍在这里", "it still stands here"))
            arguments = (("clause", old.printed), ("new", old.now), ("edition", before.designation))
            yield Diagnostic(MOVED_AND_STANDS, old.span, arguments, (label,))


def _moved_to_another(before: Program, after: Program) -> Iterator[Diagnostic]:
    """Numbers that are said to be another now, which by its words is that of another requirement."""
    declared, doubtful = declared_renumberings(before, after), doubtful_clauses(before, after)
    for old in after.old_numbers:
        now = next((c for c in after.clauses if clause_number(c.printed) == clause_number(old.now or "")), None)
        was = before.clause.get(declared.get(now.id, "")) if now is not None else None
        there = before.clause.get(now.id) if now is not None else None
        if now is None or was is None or there is None:
            continue
        if now.id in doubtful and not is_another(there, now):
            label = Label(now.span, Text("那一条在这里", "it stands here"))
            arguments = (("clause", old.printed), ("was", was.label), ("new", now.printed), ("now", now.label))
            yield Diagnostic(MOVED_TO_ANOTHER, old.span, arguments, (label,))


def _shares_a_label(one: Clause, other: Clause) -> bool:
    return one.label.zh == other.label.zh or one.label.en == other.label.en
