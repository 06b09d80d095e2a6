"""A name that is changed in a policy -> the places beside it that say the same name: its cases and its evidence.

The files of the policy's folder, of `cases` and of `evidence` below it are looked at, as they are being written or else
on the disk. What would be left behind with the old name is no renaming: then there is a reason why not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from guiju.case_files import policies_in
from guiju.compiler.ir import Program
from guiju.desk.desk import Desk, Written, read_desk
from guiju.desk.rename_listed import Change, Spoken, told_in
from guiju.desk.renamed_text import places_of, replaced, would_break
from guiju.desk.things import Thing
from guiju.dsl.diagnostic import Diagnostic, Text, has_errors
from guiju.dsl.source import Source, Span
from guiju.engine.addresses import plain_name
from guiju.engine.bind import bind
from guiju.examples import FOLDER
from guiju.exchange.cases import cases_in, cases_of
from guiju.exchange.codes import NOT_UTF8
from guiju.exchange.evidence import parse_evidence
from guiju.exchange.json_tree import read_json
from guiju.exchange.node import Mapping, Node, Scalar, Sequence
from guiju.exchange.text import decode, read_found
from guiju.exchange.yaml_tree import read_yaml
from guiju.folders import files_named, kind
from guiju.lookup import Given, Standards
from guiju.pins import Broken
from guiju.standards import fact_names

EVIDENCE = "evidence"  # where a policy's own evidence files lie
_LISTED = (".yaml", ".yml", ".json")
_UNREADABLE = Text(
    "“{file}”里有“{old}”，而它第 {line} 行有错，不知道那里说的是什么；请先改好那个文件",
    "`{file}` says `{old}` and has a mistake on line {line}, so it cannot be told what is meant there: mend it first",
)
_UNREAD = Text(
    "“{file}”读不出，里面可能有“{old}”：{reason}；请先改好那个文件",
    "`{file}` may say `{old}` and cannot be read: {reason}; mend it first",
)
_POLICY_FIRST = Text(
    "“{file}”里有“{old}”，而策略有错，不知道那里说的是什么；请先改好策略",
    "`{file}` says `{old}`, and as long as the policy has mistakes it cannot be told what is meant: mend these first",
)
_UNSAID = Text(
    "“{file}”用到“{old}”，却没有写明属于这里的哪一个标准；请先在里面写 standard: {standard}",
    "`{file}` uses `{old}` and does not say to which of the standards here it belongs: "
    "write `standard: {standard}` in it first",
)
_SHARED = Text(
    "“{file}”也用于标准“{other}”，那里也可能叫“{old}”；请先把两个标准的证据分开",
    "`{file}` is for the standard `{other}` as well, which may know `{old}`, too: part what is said of the two first",
)
_TWICE = Text(
    "这里有两个策略都编号为“{standard}”，“{file}”两个都适用；请先给其中一个另外编号",
    "two policies here have the id `{standard}`, and `{file}` is for both: give one of them another id first",
)
_UNPLACED = Text(
    "“{file}”第 {line} 行写作“{text}”，名称不能在那里单独改；请先把它改写清楚",
    "line {line} of `{file}` says `{text}`, where the name cannot be changed by itself: write it out first",
)
_OTHERWISE = Text(
    "改名后“{file}”说的就不是原来的意思了：{reason}", "with the other name `{file}` would say something else: {reason}"
)
_NOT_ITS = Text("有些内容不再对应原来的事实或条款", "some of it would be of other facts or clauses")


@dataclass(frozen=True)
class Beside:
    """Places in another file at which a name stands."""

    path: Path
    source: Source
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Other:
    """A policy with the name and with another one, and what has the name."""

    before: Desk
    after: Desk
    thing: Thing
    old: str
    new: str

    @property
    def opened(self) -> dict[Path, str]:
        """The texts that are being written, the policy among them."""
        return {**self.before.written.beside, self._own: self.before.source.text}

    @property
    def opened_after(self) -> dict[Path, str]:
        """The same with the other name in the policy."""
        return {**self.before.written.beside, self._own: self.after.source.text}

    @property
    def _own(self) -> Path:
        return Path(self.before.written.name).resolve()

    @property
    def folder(self) -> Path:
        """Where the policy lies."""
        assert self.before.written.folder is not None
        return self.before.written.folder

    @cached_property
    def neighbours(self) -> tuple[str, ...]:
        """The ids of the other policies of the folder."""
        return tuple(id_ for path, id_ in policies_in(self.folder, self.opened) if path.resolve() != self._own)

    def called(self, path: Path) -> str:
        """A file beside the policy, as messages call it."""
        return path.relative_to(self.folder).as_posix()

    @cached_property
    def change(self) -> Change:
        """The two programs."""
        assert self.before.program is not None
        assert self.after.program is not None
        return Change(Spoken(self.before.program), Spoken(self.after.program), self.old, self.new)

    @property
    def standard(self) -> str:
        """The id of the policy."""
        return self.change.before.program.id


def renamed_beside(other: Other) -> tuple[Beside, ...] | Text:
    """Where files beside a policy say a name of its own; or why one of them would be left behind."""
    folder = other.before.written.folder
    if folder is None or folder.resolve().name == FOLDER:
        return ()
    found: list[Beside | None] = []
    is_whole = other.before.program is not None and other.after.program is not None
    for path in _files(folder):
        beside = _in_file(path, other) if is_whole else _kept(path, other)
        if isinstance(beside, Text):
            return beside
        found.append(beside)
    return tuple(beside for beside in found if beside is not None and beside.spans)


def _files(folder: Path) -> Iterator[Path]:
    for below in (folder, folder / FOLDER, folder / EVIDENCE):
        yield from files_named(below, *_LISTED)
    yield from files_named(folder / FOLDER, ".guiju")


def _in_file(path: Path, other: Other) -> Beside | Text | None:
    source = _source(path, other)
    if source is None or isinstance(source, Text):
        return source
    found = (_in_examples if path.suffix.lower() == ".guiju" else _in_listed)(path, source, other)
    return found if found is None or isinstance(found, Text) else Beside(path, source, found)


def _kept(path: Path, other: Other) -> Text | None:
    """Why a file keeps the name of a policy of which nothing can be told yet."""
    source = _source(path, other)
    if isinstance(source, Text):
        return source
    says_it = source is not None and _mentions(source.text, other.old)
    return _reason(_POLICY_FIRST, file=other.called(path), old=other.old) if says_it else None


def _source(path: Path, other: Other) -> Source | Text | None:
    """The text of a file; why it cannot be told what that says; None where there is none, or none with the name."""
    written = other.opened.get(path.resolve())
    if written is None and kind(path) in (None, "folder"):
        return None
    text, found = read_found(path) if written is None else decode(str(path), written.encode("utf-8", "surrogatepass"))
    if text is not None:
        return text.source
    unread = next(d for d in found if d.is_error)
    why = Text(unread.message("zh"), unread.message("en"))
    return _reason_with(_UNREAD, path, why, other) if _may_say(path, unread, other) else None


def _may_say(path: Path, unread: Diagnostic, other: Other) -> bool:
    """Whether a file that cannot be read may hold the name: by what it looks like, else by where it lies."""
    looks = unread.span.source.text
    if looks and unread.code is not NOT_UTF8:
        return _mentions(looks, other.old)
    return path.parent != other.folder


def _mentions(text: str, name: str) -> bool:
    """Whether a text that cannot be taken apart may say a name."""
    return plain_name(name) in plain_name(text)


def _reason(template: Text, **said: object) -> Text:
    return Text(template.zh.format(**said), template.en.format(**said))


def _unreadable(path: Path, found: tuple[Diagnostic, ...], other: Other) -> Text:
    first = next((d for d in found if d.is_error), None)
    line = first.span.position.line if first else 1
    return _reason(_UNREADABLE, file=other.called(path), old=other.old, line=line)


# --- examples --------------------------------------------------------------------------------------------------------


def _in_examples(path: Path, source: Source, other: Other) -> tuple[Span, ...] | Text | None:
    """In a file of examples of this policy, as it is being written."""
    if not _mentions(source.text, other.old):
        return None
    there = read_desk(Written(str(path), source.text, path.parent, other.opened))
    head = there.document.standard if there.document else None
    if head is not None and head.name.text != other.standard:
        return None
    spans = places_of(there, other.thing, other.old)
    text = replaced(source.text, tuple((span, other.new) for span in spans))
    if there.program is None or head is None:
        return _unreadable(path, there.diagnostics, other)
    after = read_desk(Written(str(path), text, path.parent, other.opened_after))
    broken = would_break(there, after, other.old, other.new)
    return spans if broken is None else _reason_with(_OTHERWISE, path, broken, other)


def _reason_with(template: Text, path: Path, why: Text, other: Other) -> Text:
    said = {"file": other.called(path), "old": other.old}
    return Text(template.zh.format(reason=why.zh, **said), template.en.format(reason=why.en, **said))


# --- evidence and cases in YAML or JSON ------------------------------------------------------------------------------


def _in_listed(path: Path, source: Source, other: Other) -> tuple[Span, ...] | Text | None:
    """In a file that says that it is for this policy, or lies beside it and names none."""
    root, found = (read_json if path.suffix.lower() == ".json" else read_yaml)(source)
    if not isinstance(root, Mapping) or has_errors(found) or root.entry("guiju") is None:
        is_ours = path.parent != other.folder and _mentions(source.text, other.old)
        return _unreadable(path, found, other) if is_ours else None
    said = _standards(root)
    if said and other.standard not in said:
        return None
    told = [told_in(part, other.change) for part in _parts(root, other)]
    spans = tuple(sorted((span for one in told for span in one.spans), key=lambda span: span.start))
    unplaced = [scalar for one in told for scalar in one.unplaced]
    if spans or unplaced:
        obstacle = _of_others(path, said, other)
        if obstacle is not None:
            return obstacle
    for scalar in unplaced:
        line = scalar.span.position.line
        return _reason(_UNPLACED, file=other.called(path), line=line, text=scalar.text)
    text = replaced(source.text, tuple((span, other.new) for span in spans))
    are_cases = root.entry("cases") is not None
    before, wrong = _read(source, other.change.before.program, are_cases=are_cases)
    mistaken = tuple(d for d in wrong if d.is_error and _says(d, other.old) and d.span not in spans)
    if mistaken:
        return _unreadable(path, mistaken, other)
    after, _ = _read(Source(source.name, text), other.change.after.program, are_cases=are_cases)
    return spans if before == after else _reason_with(_OTHERWISE, path, _NOT_ITS, other)


def _says(found: Diagnostic, name: str) -> bool:
    """Whether a mistake is about a word that is, or holds, a name."""
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", found.span.text, re.IGNORECASE) is not None


def _standards(root: Mapping) -> tuple[str, ...]:
    """The standards that a file says it is for."""
    one, several = root.entry("standard"), root.entry("standards")
    ids = tuple(e.key.text for e in several.value.entries) if several and isinstance(several.value, Mapping) else ()
    return (*ids, one.value.text) if one and isinstance(one.value, Scalar) and one.value.text else ids


def _parts(root: Mapping, other: Other) -> Iterator[Node]:
    """What a file says of each subject, and of one subject for this standard among several."""
    cases, several = root.entry("cases"), root.entry("standards")
    yield root
    if cases is not None and isinstance(cases.value, Sequence):
        yield from cases.value.items
    if several is not None and isinstance(several.value, Mapping):
        yield from (e.value for e in several.value.entries if e.key.text == other.standard)


def _of_others(path: Path, said: tuple[str, ...], other: Other) -> Text | None:
    """Why a file that says a name cannot follow: another standard may go by it as well."""
    file, neighbours = other.called(path), other.neighbours
    if not said and neighbours:
        return _reason(_UNSAID, file=file, old=other.old, standard=other.standard)
    standards = Standards((Given(other.change.before.program, other.folder),))
    asking = (id_ for id_ in said if id_ != other.standard and _may_know(standards(id_), other.old))
    shared = next(asking, None)
    if other.standard in neighbours:
        return _reason(_TWICE, file=file, standard=other.standard)
    return None if shared is None else _reason(_SHARED, file=file, old=other.old, other=shared)


def _may_know(program: Program | Broken | None, name: str) -> bool:
    """Whether a fact of a standard, or an option of one, may have a name."""
    if not isinstance(program, Program):
        return True
    return name in fact_names(program) or any(name in (o.id, *o.aliases) for f in program.facts for o in f.options)


def _read(source: Source, program: Program, *, are_cases: bool) -> tuple[object, tuple[Diagnostic, ...]]:
    """How much of a file a program takes and what it does not, to be compared; and that with its places."""
    if are_cases:
        file, found = cases_in(source)
        cases, told = cases_of(program, file) if file else ((), ())
        bound, expected = [case.bound for case in cases], sum(len(case.expected) for case in cases)
    else:
        evidence, found = parse_evidence(source)
        one, told = bind(program, evidence.for_standard(program.id)) if evidence else (None, ())
        bound, expected = [one] if one else [], 0
    taken = [(len(b.facts), len(b.inputs), len(b.attestations)) for b in bound]
    wrong = (*found, *told)
    return (taken, expected, Counter(d.code.name for d in wrong)), wrong
