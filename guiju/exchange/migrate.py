"""An evidence file of the first version -> the same in the newest: comments, order and all else stay as they were.

What is named otherwise is put in place of its old name, character by character; a file that says the same in both
versions differs in its first line alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from guiju.dsl.diagnostic import Code, Diagnostic, Severity, Text, has_errors
from guiju.dsl.source import Source, Span
from guiju.exchange.evidence import is_newest, parse_evidence
from guiju.exchange.fields import NEWEST
from guiju.exchange.insert import Statement, with_statement
from guiju.exchange.json_tree import read_json
from guiju.exchange.node import Mapping, Node, Scalar
from guiju.exchange.yaml_tree import read_yaml

_DIGEST = re.compile("sha256:[0-9a-f]{64}")

ALREADY_NEWEST = Code(
    "already-newest",
    Severity.NOTE,
    Text("已是最新版本", "Already the newest version"),
    Text("文件已是 {version}，没有要改的", "the file is {version} already: there is nothing to change"),
    Text("照常使用即可", "use it as it is"),
    Text("再改写一次也不会有别的结果", "to migrate it again would change nothing"),
)
AS_OF_SAID = Code(
    "as-of-said",
    Severity.ERROR,
    Text("评价时点已经写明", "The as-of instant is said already"),
    Text("文件已写明 as_of，不能再给一个", "the file says `as_of` itself, so another one cannot be given"),
    Text("去掉 --as-of", "leave out --as-of"),
    Text("迁移不改变文件所说的内容", "a migration does not change what a file says"),
)
MIGRATION_CODES: tuple[Code, ...] = (ALREADY_NEWEST, AS_OF_SAID)


@dataclass(frozen=True)
class _Edit:
    """A text in place of what stands between two offsets."""

    start: int
    end: int
    text: str


def migrated(source: Source, as_of: str | None = None) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """The text in the newest version; None with the errors in the way. `as_of`: the instant, if the file gives none.

    A file in which something ends must say when it is assessed, which the first version did not ask for.
    """
    evidence, found = parse_evidence(source)
    if evidence is None:
        return None, found
    root = _tree(source)
    if as_of is not None:
        added = None if evidence.as_of else with_statement(source, Statement((), "as_of", as_of))
        if added is None:
            return None, (Diagnostic(AS_OF_SAID, evidence.span),)
        source = Source(source.name, added)
        root = _tree(source)
    if is_newest(root):
        notes = (Diagnostic(ALREADY_NEWEST, evidence.span, (("version", NEWEST),)),) if as_of is None else ()
        return source.text, notes
    text = source.text
    for edit in sorted(_edits(root), key=lambda edit: -edit.start):
        text = text[: edit.start] + edit.text + text[edit.end :]
    _, wrong = parse_evidence(Source(source.name, text))
    return (None, wrong) if has_errors(wrong) else (text, ())


def _tree(source: Source) -> Mapping:
    root, _ = (read_json if source.name.lower().endswith(".json") else read_yaml)(source)
    assert isinstance(root, Mapping)  # it was read as evidence
    return root


def _edits(root: Mapping) -> Iterator[_Edit]:
    version = root.entry("guiju")
    if version is not None and isinstance(version.value, Scalar):
        yield _instead(version.value, version.value.text, NEWEST)
    records = root.entry("evidence")
    for record in records.value.entries if records is not None and isinstance(records.value, Mapping) else ():
        yield from _renamed(record.value)


def _renamed(record: Node) -> Iterator[_Edit]:
    """The keys of a record that have another name now; a digest by another algorithm keeps its key."""
    for entry in record.entries if isinstance(record, Mapping) else ():
        if entry.key.text == "collected_on":
            yield _instead(entry.key, "collected_on", "collected")
        elif entry.key.text == "hash" and isinstance(entry.value, Scalar) and _DIGEST.fullmatch(entry.value.text):
            yield _instead(entry.key, "hash", "sha256")


def _instead(scalar: Scalar, old: str, new: str) -> _Edit:
    """Another text in the quotation marks, or without, that a scalar has."""
    span = Span(scalar.source, scalar.start, scalar.end)
    at = scalar.start + span.text.index(old)
    return _Edit(at, at + len(old), new)
