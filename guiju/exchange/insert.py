"""An evidence file with one statement more: put into its text where it belongs, so that all else stays as it was.

Takes the text of a file, gives the new text; None where the place is written in a way that one line cannot be added to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from guiju.dsl.source import Source
from guiju.engine.evidence import Evidence, Part, Voice
from guiju.exchange.evidence import parse_evidence
from guiju.exchange.fields import VOICE_WORDS
from guiju.exchange.json_tree import read_json
from guiju.exchange.node import NUMERAL, Entry, Mapping, Node, Scalar, to_data
from guiju.exchange.node import Sequence as Listed
from guiju.exchange.text import UNSEEN
from guiju.exchange.yaml_text import quoted
from guiju.exchange.yaml_tree import read_yaml

Said: TypeAlias = str | Sequence[str]

_PLAIN = re.compile(r"\w[\w.%/+-]*(?: [\w.%/+-]+)*")  # what YAML takes for a text without quotes
_TAKEN = re.compile("null|true|false|Null|True|False|NULL|TRUE|FALSE")  # but these are no texts
_WITH_EVIDENCE = re.compile(r"(.*\S)\s*[\[［【]([^\[\]［］【】]+)[\]］】]", re.DOTALL)
_STEP = 2  # columns that a level is set in


@dataclass(frozen=True)
class Statement:
    """What is to be said: under which keys, by which name, and what. `beside`: it joins what others say there.

    `renewed`: it takes the place of what is said there, whose evidence does not count any more.
    """

    path: tuple[str, ...]
    name: str
    value: Said | dict[str, Said]
    beside: bool = False
    renewed: bool = False


def with_statement(source: Source, statement: Statement) -> str | None:
    """The text with the statement in it, and nothing else changed."""
    root, _ = (read_json if source.name.lower().endswith(".json") else read_yaml)(source)
    if not isinstance(root, Mapping):
        return None
    text = _inserted(source.text, root, statement)
    return text if text is not None and _says_all_that_it_said(source, text, statement) else None


def _inserted(text: str, root: Mapping, statement: Statement) -> str | None:
    parent, path = root, statement.path
    while path and (entry := parent.entry(path[0])) is not None and to_data(entry.value) is not None:
        if not isinstance(entry.value, Mapping):
            return None
        parent, path = entry.value, path[1:]
    entry = parent.entry(path[0] if path else statement.name)
    flow = text[parent.start] == "{"
    if entry is None:
        return _appended(text, parent, (*path, statement.name), statement, flow=flow)
    if path:
        return _filled(text, entry, (*path[1:], statement.name), statement, flow=flow)
    if statement.renewed:
        return _renewed(text, entry, statement, flow=flow)
    return _said_again(text, entry, statement, flow=flow)


def _appended(text: str, parent: Mapping, keys: tuple[str, ...], statement: Statement, *, flow: bool) -> str:
    """A new entry behind the last one."""
    if flow:
        at = _end(parent.entries[-1].value) if parent.entries else parent.start + 1
        comma = ", " if parent.entries else ""
        return f"{text[:at]}{comma}{_in_brackets(keys, statement)}{text[at:]}"
    at = _line_end(text, max(_end(parent.entries[-1].value), parent.entries[-1].key.end))
    return _with_lines(text, at, _lines(keys, statement, _column(text, parent.entries[-1])))


def _filled(text: str, entry: Entry, keys: tuple[str, ...], statement: Statement, *, flow: bool) -> str:
    """The first entry of a section that is there and empty."""
    if flow or entry.value.end > entry.value.start:
        return f"{text[: entry.value.start]}{{{_in_brackets(keys, statement)}}}{text[entry.value.end :]}"
    return _with_lines(text, _line_end(text, entry.key.end), _lines(keys, statement, _column(text, entry) + _STEP))


def _column(text: str, entry: Entry) -> int:
    """Where an entry begins in its line: with its key, or with the mark before it (`? key`)."""
    before = text[text.rfind("\n", 0, entry.key.start) + 1 : entry.key.start]
    return before.index("?") if before.strip() == "?" else len(before)


def _renewed(text: str, entry: Entry, statement: Statement, *, flow: bool) -> str | None:
    """The value alone, in place of all that the entry had; None where a comment would be lost."""
    at, end = text.index(":", entry.key.end) + 1, _end(entry.value)
    return None if "#" in text[at:end] else f"{text[:at]} {_spelled(statement.value, flow=flow)}{text[end:]}"


def _said_again(text: str, entry: Entry, statement: Statement, *, flow: bool) -> str | None:
    """A name that is there: blank or openly unknown it gets its value, else others say something there already."""
    value = entry.value
    inner = value.entry("value") if isinstance(value, Mapping) else None
    if inner is not None and not statement.beside:
        # an entry that is spelled out keeps its own evidence and notes: a value joins it, and nothing more
        return None if isinstance(statement.value, dict) else _said_again(text, inner, statement, flow=True)
    if isinstance(value, Scalar) and (to_data(value) is None or value.text in ("unknown", "未知")):
        said = _spelled(statement.value, flow=flow)
        if value.end > value.start:
            return f"{text[: value.start]}{said}{text[value.end :]}"
        at = text.index(":", entry.key.end) + 1
        return f"{text[:at]} {said}{text[at:]}"
    if not statement.beside or "\n" in text[value.start : value.end]:
        return None
    said = _spelled(statement.value, flow=True)
    if isinstance(value, Listed):
        return f"{text[: value.end - 1]}, {said}{text[value.end - 1 :]}"
    return f"{text[: value.start]}[{text[value.start : value.end]}, {said}]{text[value.end :]}"


def _lines(keys: tuple[str, ...], statement: Statement, column: int) -> str:
    """A block of keys below each other, and the value."""
    lines = [f"{' ' * (column + _STEP * i)}{_scalar(key)}:" for i, key in enumerate(keys)]
    return "\n".join(lines) + f" {_spelled(statement.value, flow=False)}\n"


def _in_brackets(keys: tuple[str, ...], statement: Statement) -> str:
    said = _spelled(statement.value, flow=True)
    for key in reversed(keys[1:]):
        said = f"{{{quoted(key)}: {said}}}"
    return f"{quoted(keys[0])}: {said}"


def _spelled(value: Said | dict[str, Said], *, flow: bool) -> str:
    """A value in the spelling of YAML; inside brackets in that of JSON, which is one of YAML's."""
    if isinstance(value, str):
        return quoted(value) if flow else _scalar(value)
    text = quoted if flow else _text
    if isinstance(value, dict):
        said = ((k, text(v) if isinstance(v, str) else _spelled(v, flow=flow)) for k, v in value.items())
        return "{" + ", ".join(f"{text(k)}: {v}" for k, v in said) + "}"
    return "[" + ", ".join(map(text, value)) + "]"


def _scalar(text: str) -> str:
    """A text that may be a number: the value of a fact, a key."""
    is_plain = _PLAIN.fullmatch(text) and not _TAKEN.fullmatch(text) and not UNSEEN.search(text)
    return text if is_plain else quoted(text)


def _text(text: str) -> str:
    """A text that is none, be it made of digits: who says something, the number of a piece of evidence."""
    return quoted(text) if NUMERAL.fullmatch(text) else _scalar(text)


def _with_lines(text: str, at: int, lines: str) -> str:
    """Lines put in between, which end as the first line of the text does."""
    end = "\r\n" if re.search("\r?\n|$", text)[0] == "\r\n" else "\n"  # type: ignore[index]  # it always matches
    before = text[:at] if text[:at].endswith("\n") else text[:at] + end
    return before + lines.replace("\n", end) + text[at:]


def _end(node: Node) -> int:
    """Where the last thing in a node ends: a parser puts the end of a block behind the comments that follow it."""
    children: Sequence[Node] = ()
    if isinstance(node, Mapping):
        children = [entry.value for entry in node.entries]
    elif isinstance(node, Listed):
        children = node.items
    is_block = bool(children) and node.span.text[:1] not in "[{"
    return max(_end(children[-1]), node.start) if is_block else node.end


def _line_end(text: str, at: int) -> int:
    """The beginning of the line after a place."""
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1


def _says_all_that_it_said(source: Source, text: str, statement: Statement) -> bool:
    """Whether what was there is there still; what is wrong with a new value is for its diagnostics to say."""
    before, _ = parse_evidence(source)
    after, found = parse_evidence(Source(source.name, text))
    if before is None or after is None:
        return bool(found)
    renewed = ("fact", statement.name) if statement.renewed else None
    return {said for said in _said(before) if said[:2] != renewed} <= _said(after)


def _said(evidence: Evidence) -> set[tuple[object, ...]]:
    """All that evidence says, but for what is blank or openly unknown."""
    said: set[tuple[object, ...]] = {(r.id,) for r in evidence.records}
    said |= {("fact", f.name, f.value) for f in evidence.facts if f.value is not None}
    parts: tuple[Evidence | Part, ...] = (evidence, *evidence.parts)
    for part in parts:
        said |= {(part.standard, i.name, i.value) for i in part.inputs if i.value is not None}
        said |= {(part.standard, a.clause, a.voice, a.verdict) for a in part.attestations if a.verdict != "unknown"}
    return said


def with_evidence(said: str) -> tuple[str, tuple[str, ...]]:
    """An answer and the ids of the evidence behind it in brackets, `satisfied [EV-1, EV-2]`; a list alone is no id."""
    found = _WITH_EVIDENCE.fullmatch(said.strip())
    return (found[1], options_in(found[2])) if found else (said, ())


def options_in(said: str) -> tuple[str, ...]:
    """Options with commas between them, in brackets or not; half of the brackets stays, and makes no option of it."""
    inner = said.strip()
    if inner.startswith("[") and inner.endswith("]"):
        inner = inner[1:-1].strip()
    return tuple(part.strip() for part in re.split("[,，、]", inner)) if inner else ()


def voice_of(source: Source) -> Voice:
    """Whose verdicts those of a file are where none is named."""
    root, _ = (read_json if source.name.lower().endswith(".json") else read_yaml)(source)
    entry = root.entry("voice") if isinstance(root, Mapping) else None
    said = entry.value.text.strip() if entry is not None and isinstance(entry.value, Scalar) else ""
    return VOICE_WORDS.get(said, "vendor")
