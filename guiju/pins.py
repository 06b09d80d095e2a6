"""Rows of crosswalks, and whether their ends still are what the relation was judged on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from guiju.compiler.ir import Clause, Crosswalk, Program
from guiju.dsl.diagnostic import Code, Diagnostic, Severity, Text
from guiju.dsl.near import near
from guiju.dsl.source import Span
from guiju.engine.crosswalk import digest_of, leaves_of

CROSSWALK_STANDARD = Code(
    "crosswalk-standard",
    Severity.WARNING,
    Text("对照的标准不存在", "No such standard to cross to"),
    Text(
        "没有编号为“{standard}”的标准，与它的对照不起作用",
        "there is no standard `{standard}`, so the crosswalk to it says nothing",
    ),
    Text(
        "改正编号，或把它的策略文件放在旁边，或用 --policy 给出",
        "correct the id, put its policy beside this one, or give it with --policy",
    ),
    Text("对照引自另一标准的条款，要有它的策略才能查", "a crosswalk reads verdicts of another standard's policy"),
)
STANDARD_HAS_ERRORS = Code(
    "standard-has-errors",
    Severity.WARNING,
    Text("所引的标准有错误", "The other standard has errors"),
    Text(
        "标准“{standard}”有 {errors} 个错误，这里引它的都不起作用",
        "the standard `{standard}` has {errors} error(s), so nothing here that refers to it counts",
    ),
    Text("用 guiju check {path} 查看并改正", "see them with `guiju check {path}`, and correct them"),
    Text("有错误的策略不能评价，也就没有结论可传", "a policy with errors is not evaluated, so it has no verdicts"),
)
ANOTHER_STANDARD = Code(
    "another-standard",
    Severity.WARNING,
    Text("文件里是另一个标准", "The file holds another standard"),
    Text(
        "“{path}”里的标准是“{holds}”，不是“{standard}”，所以这里引它的都不起作用",
        "`{path}` holds the standard `{holds}` and not `{standard}`, so nothing here that refers to it counts",
    ),
    Text(
        "把文件里 standard 一行的编号和文件名改成一样",
        "make the id on the `standard` line of the file and the name of the file the same",
    ),
    Text("文件名只说明到哪里找，编号才说明是哪个标准", "a file's name says where to look, its id which standard it is"),
)
CROSSWALK_CLAUSE = Code(
    "crosswalk-clause",
    Severity.ERROR,
    Text("对方没有这一条款", "The other standard has no such clause"),
    Text("标准“{standard}”没有条款“{clause}”", "the standard `{standard}` has no clause `{clause}`"),
    Text("改正条款号", "correct the number"),
    Text("引到不存在的条款，对照就什么也说明不了", "a reference to nothing says nothing"),
)
CROSSWALK_UNPINNED = Code(
    "crosswalk-unpinned",
    Severity.WARNING,
    Text("对照没有摘要", "Crosswalk without a digest"),
    Text("这一行没有记下两端条款的摘要", "this row does not hold the digest of the clauses at its two ends"),
    Text(
        "核对两端后加上“{digest}”，或用 guiju pin --write 写入",
        'compare both ends, then add "{digest}", or let `guiju pin --write` add it',
    ),
    Text(
        "有了摘要，任何一端的条款修订之后都会提示重新核对",
        "with a digest, an amendment at either end asks for the relation to be judged again",
    ),
)
CROSSWALK_OUTDATED = Code(
    "crosswalk-outdated",
    Severity.WARNING,
    Text("对照的条款已修订", "A clause of a crosswalk has changed"),
    Text(
        "{end}的条款或其所依据的事实与核对时不同，这一行不再传递结论",
        "the clauses {end}, or facts they stand on, have changed since, so this row passes nothing on",
    ),
    Text(
        "重新核对两端（guiju pin 列出），再把摘要改成“{digest}”，或用 guiju pin --write 写入",
        "judge the relation again (`guiju pin` shows both ends), then make the digest"
        ' "{digest}", or let `guiju pin --write` write it',
    ),
    Text(
        "关系是对当时的条文判断的，条文变了，关系也可能变", "the relation was judged on a text that has changed since"
    ),
)
PIN_CODES: tuple[Code, ...] = (
    CROSSWALK_STANDARD,
    STANDARD_HAS_ERRORS,
    ANOTHER_STANDARD,
    CROSSWALK_CLAUSE,
    CROSSWALK_UNPINNED,
    CROSSWALK_OUTDATED,
)
HERE, THERE = Text("本标准", "here"), Text("对方", "of the other standard")


@dataclass(frozen=True)
class Broken:
    """A standard that cannot be used: its policy has errors, or the file of its name `holds` another one.

    `path`: what to give to `guiju check`.
    """

    path: str
    errors: int = 0
    holds: str | None = None


Programs = Callable[[str], Program | Broken | None]  # a standard by its id


def sound(program: Program | Broken | None) -> Program | None:
    """A standard that can be evaluated."""
    return program if isinstance(program, Program) else None


@dataclass(frozen=True)
class End:
    """One end of a row. `then` is its digest when the relation was judged, None of a row without one."""

    name: Text
    program: Program
    clauses: tuple[Clause, ...]
    then: str | None

    @cached_property
    def now(self) -> str:
        """The digest of its clauses as they are."""
        return digest_of(self.program, self.clauses)

    @property
    def has_changed(self) -> bool:
        """Whether it is no longer what the relation was judged on."""
        return self.then is not None and self.now != self.then


@dataclass(frozen=True)
class Row:
    """A row with both its ends. `missing` are references that lead nowhere."""

    crosswalk: Crosswalk
    here: End
    there: End
    missing: tuple[str, ...]

    @property
    def digest(self) -> str:
        """The digest that both ends have now."""
        return f"{self.here.now}/{self.there.now}"

    @property
    def changed(self) -> tuple[End, ...]:
        """The ends that have changed since the relation was judged."""
        return tuple(end for end in (self.here, self.there) if end.has_changed)


def rows(program: Program, other: Program) -> Iterator[Row]:
    """The rows of all crosswalks of one standard to another, in the order of the text."""
    for crosswalk in program.crosswalks:
        if crosswalk.standard != other.id:
            continue
        here, _, there = (None, None, None) if crosswalk.digest is None else crosswalk.digest.partition("/")
        clauses, missing = leaves_of(other, crosswalk.others)
        yield Row(
            crosswalk,
            End(HERE, program, tuple(program.clause[id_] for id_ in crosswalk.clauses), here),
            End(THERE, other, clauses, there),
            tuple(str(reference) for reference in missing),
        )


def crosswalk_findings(program: Program, programs: Programs, known: Iterable[str] = ()) -> tuple[Diagnostic, ...]:
    """Standards and clauses that do not exist, rows without a digest, rows whose clauses have changed since.

    `known`: ids of standards that may have been meant by one that does not exist.
    """
    first: dict[str, Span] = {}
    for crosswalk in program.crosswalks:
        first.setdefault(crosswalk.standard, crosswalk.span)
    meant = tuple(known)
    return tuple(d for id_, span in first.items() for d in _of_standard(program, id_, span, programs(id_), meant))


def _of_standard(
    program: Program, id_: str, first: Span, other: Program | Broken | None, known: tuple[str, ...]
) -> Iterator[Diagnostic]:
    if other is None:
        yield Diagnostic(CROSSWALK_STANDARD, first, (("standard", id_),), suggestion=near(id_, known))
    elif isinstance(other, Broken):
        yield standard_has_errors(id_, first, other)
    else:
        yield from row_findings(program, other)


def row_findings(program: Program, other: Program) -> Iterator[Diagnostic]:
    """What the rows of the crosswalks to one other standard are to be looked at for."""
    for row in rows(program, other):
        yield from _of_row(row)


def standard_has_errors(id_: str, span: Span, broken: Broken) -> Diagnostic:
    """That what refers to a standard is of no use as long as its policy has errors, or is that of another one."""
    if broken.holds is not None:
        return Diagnostic(ANOTHER_STANDARD, span, (("standard", id_), ("path", broken.path), ("holds", broken.holds)))
    return Diagnostic(STANDARD_HAS_ERRORS, span, (("standard", id_), ("errors", broken.errors), ("path", broken.path)))


def _of_row(row: Row) -> Iterator[Diagnostic]:
    span = row.crosswalk.span
    for clause in row.missing:
        yield Diagnostic(CROSSWALK_CLAUSE, span, (("standard", row.crosswalk.standard), ("clause", clause)))
    if row.missing:
        return
    if row.crosswalk.digest is None:
        yield Diagnostic(CROSSWALK_UNPINNED, span, (("digest", row.digest),))
    for end in row.changed:
        yield Diagnostic(CROSSWALK_OUTDATED, span, (("end", end.name), ("digest", row.digest)))


def with_digests(text: str, judged: tuple[Row, ...]) -> str:
    """A policy's text with the digest of today in these rows; all else stays as it is typed."""
    for row in sorted(judged, key=lambda row: row.crosswalk.span.start, reverse=True):
        cell = row.crosswalk.digest_span
        if cell is not None:
            text = f'{text[: cell.start]}"{row.digest}"{text[cell.end :]}'
        else:
            end = row.crosswalk.span.end
            text = f'{text[:end].rstrip()} | "{row.digest}"{text[end:]}'
    return text
