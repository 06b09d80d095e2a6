"""Takes openings, scalars and closings in order, gives a tree of placed nodes: one shape for YAML and JSON.

Plain scalars stay text: what is a number, a date or yes is for those to say who know what is asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from guiju.dsl.diagnostic import Argument, Code, Diagnostic, Label, Text
from guiju.dsl.source import Source, Span
from guiju.exchange import codes
from guiju.exchange.text import UNSEEN, code_point

DEEPEST = 32  # collections inside collections
MOST = 500_000  # values in a file
# With leading zeros it is an octal number to some and a decimal one to others: then it is a text.
NUMERAL = re.compile(r"[-+]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_PLAIN_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}


_FORM = re.compile(r"guiju\W{1,8}(evidence|cases|costs)/")
_KINDS = {
    "evidence": Text("证据文件", "an evidence file"),
    "cases": Text("示例文件", "a file of cases"),
    "costs": Text("费用文件", "a file of costs"),
}
_HEAD = 4096  # characters in which a file says what it is


def _kind_of(source: Source) -> Text:
    """What a file says that it is, in the words of a message."""
    found = _FORM.search(source.text, 0, _HEAD)
    return _KINDS[found[1]] if found else Text("这个文件", "this file")


@dataclass(frozen=True, slots=True)
class Placed:
    """Anything with a place in the file. Places take no part in equality."""

    source: Source = field(compare=False, repr=False)
    start: int = field(compare=False)
    end: int = field(compare=False)

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.source, self.start, self.end)


@dataclass(frozen=True, slots=True)
class Scalar(Placed):
    """A text, and whether it stands in quotes (or in a block of text)."""

    text: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class Sequence(Placed):
    """Values in order."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One key with its value."""

    key: Scalar
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping(Placed):
    """Keys with values, in the order of the file, no key twice."""

    entries: tuple[Entry, ...]
    _by_key: dict[str, Entry] = field(compare=False, repr=False)

    def entry(self, key: str) -> Entry | None:
        """The entry of a key."""
        return self._by_key.get(key)


Node: TypeAlias = Scalar | Sequence | Mapping


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as the file writes it, outside quotes."""

    text: str


#: a tree without places, as a validator takes it
Data: TypeAlias = "str | Numeral | bool | list[Data] | dict[str, Data] | None"


def to_data(node: Node) -> Data:
    """The tree without places. A tree is at most `DEEPEST` deep, so this may call itself."""
    match node:
        case Mapping():
            return {entry.key.text: to_data(entry.value) for entry in node.entries}
        case Sequence():
            return [to_data(item) for item in node.items]
        case Scalar():
            return _scalar_data(node)


def _scalar_data(node: Scalar) -> Data:
    if node.quoted:
        return node.text
    if node.text in _PLAIN_WORDS:
        return _PLAIN_WORDS[node.text]
    return Numeral(node.text) if NUMERAL.fullmatch(node.text) else node.text


@dataclass
class _Open:
    kind: Literal["mapping", "sequence"]
    start: int
    items: list[Node] = field(default_factory=list)
    keys: dict[str, Scalar] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    key: Scalar | None = None  # of the value to come
    dropped: bool = False  # the value to come belongs to a key that was refused


@dataclass
class TreeBuilder:
    """Grows one tree. `stopped`: there is no sense in reading on."""

    source: Source
    root: Node | None = None
    stopped: bool = False
    diagnostics: list[Diagnostic] = field(default_factory=list)
    _stack: list[_Open] = field(default_factory=list)
    _count: int = 0

    @property
    def nested(self) -> bool:
        """Whether a mapping or sequence is open."""
        return bool(self._stack)

    @property
    def in_brackets(self) -> bool:
        """Whether the innermost mapping or sequence is written in brackets."""
        return self.nested and self.source.text[self._stack[-1].start] in "[{"

    def open(self, kind: Literal["mapping", "sequence"], start: int) -> None:
        """A mapping or sequence begins."""
        self._stack.append(_Open(kind, start))
        if len(self._stack) > DEEPEST:
            self.report(codes.TOO_DEEP, start, start + 1, limit=DEEPEST)
            self.stopped = True

    def close(self, end: int) -> None:
        """The innermost mapping or sequence ends."""
        top = self._stack.pop()
        if top.kind == "mapping":
            by_key = {entry.key.text: entry for entry in top.entries}
            self._attach(Mapping(self.source, top.start, end, tuple(top.entries), by_key))
        else:
            self._attach(Sequence(self.source, top.start, end, tuple(top.items)))

    def scalar(self, text: str, quoted: bool, start: int, end: int) -> None:
        """A text: a key where a mapping expects one, else a value."""
        unseen = UNSEEN.search(text)
        if unseen is not None:  # only an escape can have brought it in
            self.report(codes.CONTROL_CHARACTER, start, end, character=code_point(unseen[0]), count=1)
            text = UNSEEN.sub("\ufffd", text)
        self._attach(Scalar(self.source, start, end, text, quoted))

    def report(self, code: Code, start: int, end: int, labels: tuple[Label, ...] = (), **arguments: Argument) -> None:
        """Say what is wrong between two offsets."""
        if "{file}" in code.message.en:
            arguments["file"] = _kind_of(self.source)
        self.diagnostics.append(Diagnostic(code, Span(self.source, start, end), tuple(arguments.items()), labels))

    def _attach(self, node: Node) -> None:
        self._count += 1
        if self._count > MOST:
            self.report(codes.TOO_MANY_VALUES, node.start, node.start + 1, limit=MOST)
            self.stopped = True
        if not self._stack:
            self.root = node
            return
        parent = self._stack[-1]
        if parent.kind == "sequence":
            parent.items.append(node)
        elif parent.key is None and not parent.dropped:
            self._take_key(parent, node)
        else:
            self._take_value(parent, node)

    def _take_key(self, parent: _Open, node: Node) -> None:
        if not isinstance(node, Scalar) or not node.text.strip():
            self.report(codes.KEY_NOT_TEXT, node.start, node.end)
            parent.dropped = True
        elif (first := parent.keys.get(node.text)) is not None:
            label = Label(first.span, Text("第一次写在这里", "first given here"))
            self.report(codes.DUPLICATE_KEY, node.start, node.end, (label,), key=clip(node.text))
            parent.dropped = True
        else:
            parent.keys[node.text] = parent.key = node

    @staticmethod
    def _take_value(parent: _Open, node: Node) -> None:
        if parent.key is not None:
            parent.entries.append(Entry(parent.key, node))
        parent.key, parent.dropped = None, False


def clip(text: str) -> str:
    """A text short enough for a sentence, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"
