"""Takes a tree of nodes, gives the pydantic model of it with every problem at its place, all at once.

What is wrong is taken out and the rest validated again, so that the checks that follow see all that is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from guiju.dsl.diagnostic import Argument, Diagnostic, Text
from guiju.dsl.near import near
from guiju.dsl.source import Span
from guiju.exchange import codes
from guiju.exchange.chinese_keys import key_meant
from guiju.exchange.evidence_model import EvidenceModel
from guiju.exchange.fields import NEWEST, PROBLEM
from guiju.exchange.node import Data, Mapping, Node, Numeral, Scalar, Sequence, clip, to_data
from guiju.exchange.problem import Problem
from guiju.exchange.wide_colon import wide_colon

_THOUSANDS = re.compile(r"[0-9]{3}(?![0-9])")  # a key that is the rest of a number
_M = TypeVar("_M", bound=EvidenceModel)
_Location: TypeAlias = tuple[int | str, ...]

#: of a section whose entries have keys with models of their own: that key
_INNER = {"evidence": "period", "samples": "results", "findings": "closure"}
MOST = 1000  # problems that are told one by one
_ROUNDS = 4  # a value taken out may leave its parent incomplete, and that its own parent

_A_TEXT = Text("文字", "a text")
_A_MAPPING = Text("若干“键: 值”", "a mapping of `key: value`")
_A_LIST = Text("列表", "a list")
_EXPECTED: dict[str, Text] = {
    "string_type": _A_TEXT,
    "dict_type": _A_MAPPING,
    "model_type": _A_MAPPING,
    "model_attributes_type": _A_MAPPING,
    "tuple_type": _A_LIST,
    "list_type": _A_LIST,
    "empty_text": Text("不空的文字", "a text that is not empty"),
    "option_list": Text("文字的列表", "a list of texts"),
    "fact_value": Text("数、是或否、选项或选项的列表", "a number, yes or no, an option or a list of options"),
}
_OTHER_LIST = Text("含有别的内容的列表", "a list with something else in it")
_THE_FILE = Text("整个文件", "the whole file")
_SOMETHING = Text("另一种形式", "of another shape")


def validate(root: Node, form: type[_M]) -> tuple[_M | None, tuple[Diagnostic, ...]]:
    """The model of what is right, and the diagnostics of what is not. `form`: evidence, or evidence and more."""
    data = to_data(root)
    found: tuple[Diagnostic, ...] = ()
    for turn in range(_ROUNDS):
        try:
            return form.model_validate(data), found
        except ValidationError as error:
            errors = error.errors(include_url=False, include_input=False)
        if turn == 0:
            found = tuple(_told(root, errors[: MOST + 1], form))
            if _is_other_version(root, form):
                return None, tuple(d for d in found if d.code is codes.OTHER_VERSION)
        if not isinstance(data, dict):
            return None, found
        for details in errors:
            _take_out(data, details["loc"], {"guiju": form.version, "subject": "?"})
    return None, found


def _told(root: Node, errors: list[ErrorDetails], form: type[EvidenceModel]) -> Iterator[Diagnostic]:
    """The diagnostics of the errors; a key that is there in another spelling is not missing as well."""
    found = [(details, _diagnostic(root, details, form)) for details in errors]
    meant = {(*e["loc"][:-1], d.suggestion) for e, d in found if d.code is codes.UNKNOWN_KEY}
    yield from (d for e, d in found if e["type"] != "missing" or e["loc"] not in meant)


def _is_other_version(root: Node, form: type[EvidenceModel]) -> bool:
    """Whether the file says of itself that it is of another format: then its keys cannot be judged."""
    entry = root.entry("guiju") if isinstance(root, Mapping) else None
    return entry is not None and isinstance(entry.value, Scalar) and entry.value.text not in ("", form.version)


# --- places ------------------------------------------------------------------------------------------------------


def _diagnostic(root: Node, details: ErrorDetails, form: type[EvidenceModel]) -> Diagnostic:
    location = details["loc"]
    node, key, name = _find(root, location)
    match details["type"]:
        case "missing" if location == ("guiju",):
            return Diagnostic(codes.OTHER_VERSION, first_place(node), (("expected", NEWEST),))
        case "missing":
            return Diagnostic(codes.MISSING_KEY, _at(node, key), (("key", str(location[-1])),))
        case "extra_forbidden" if location[0] == "facts" and _THOUSANDS.match(name):
            return _comma(root, location, name, _at(node, key))
        case "extra_forbidden":
            known = _known_keys(location, form)
            arguments = (("key", clip(name)), ("known", ", ".join(known)))
            meant = near(name, known) or key_meant(name, known)
            return Diagnostic(codes.UNKNOWN_KEY, _at(node, key), arguments, suggestion=meant)
        case kind if kind == PROBLEM:
            return _of_problem(details.get("ctx", {})["problem"], node.span, name)
        case kind:
            return _wrong_shape(node, kind, clip(name) if location else _THE_FILE)


def _comma(root: Node, location: _Location, rest: str, span: Span) -> Diagnostic:
    """`{value: 1,000}`: in braces the comma ends the value, and what stands behind it looks like a key."""
    fact, _, _ = _find(root, location[:-1])
    value = fact.entry("value") if isinstance(fact, Mapping) else None
    first = value.value.text if value and isinstance(value.value, Scalar) else ""
    arguments = (("text", clip(f"{first},{rest}")), ("example", clip(f"{first} {rest}")))
    return Diagnostic(codes.THOUSANDS_COMMA, span, arguments)


def _at(node: Node, key: Scalar | None) -> Span:
    return first_place(node) if key is None else key.span


def _of_problem(problem: Problem, span: Span, name: str) -> Diagnostic:
    values: dict[str, Argument] = dict(problem.arguments)
    if values.get("key") == "":
        values["key"] = clip(name)
    return Diagnostic(
        problem.code,
        span,
        tuple(values.items()),
        suggestion=near(*problem.meant) if problem.meant else None,
        fix=problem.fix,
    )


def _wrong_shape(node: Node, kind: str, name: str | Text) -> Diagnostic:
    wide = wide_colon(node.source, node.start, node.end) if isinstance(node, Scalar) else None
    if wide is not None:
        return wide
    found = _OTHER_LIST if kind == "option_list" else _shape(node)
    expected = _EXPECTED.get(kind, _SOMETHING)
    arguments: tuple[tuple[str, Argument], ...] = (("key", name), ("expected", expected), ("found", found))
    return Diagnostic(codes.WRONG_SHAPE, first_place(node), arguments)


def _shape(node: Node) -> Text:
    match node:
        case Mapping():
            return _A_MAPPING
        case Sequence():
            return _A_LIST
    match to_data(node):
        case None | "":
            return Text("空", "empty")
        case bool():
            return Text("是或否", "yes or no")
        case Numeral():
            return Text("数", "a number")
    return _A_TEXT


def _find(root: Node, location: _Location) -> tuple[Node, Scalar | None, str]:
    """The node at a location, the key right before it, and the last key on the way.

    Where short forms were spelled out, the location leads further than the tree does.
    """
    node, key, name = root, None, ""
    for part in location:
        match node, part:
            case Mapping(), str() if (entry := node.entry(part)) is not None:
                node, key, name = entry.value, entry.key, part
            case Sequence(), int() if part < len(node.items):
                node, key = node.items[part], None
    return node, key, name


def _known_keys(location: _Location, form: type[EvidenceModel]) -> tuple[str, ...]:
    model: type[BaseModel] = form
    if location[0] == "standards" and len(location) > 2:
        location, model = location[2:], form.entries["standards"]
    if len(location) > 1:
        model = form.entries.get(str(location[0]), model)
    if (inner := _INNER.get(str(location[0]), "")) in location[2:-1]:
        model = form.inner[inner]
    return tuple(field.alias or name for name, field in model.model_fields.items())


def first_place(node: Node) -> Span:
    """A place to point at that is not the whole of a long node: its first key, its first character, or the scalar."""
    match node:
        case Mapping(entries=(first, *_)):
            return first.key.span
        case Scalar():
            return node.span
    return Span(node.source, node.start, min(node.start + 1, node.end))


# --- taking out --------------------------------------------------------------------------------------------------


def _take_out(data: dict[str, Data], location: _Location, stand_ins: dict[str, Data]) -> None:
    """Remove what stands at a location, up to the first list; of the file itself, put something in its place."""
    parent, last = data, str(location[0])
    for depth, part in enumerate(location[1:], start=2):
        below = parent.get(last)
        if not (isinstance(part, str) and isinstance(below, dict) and part in below):
            if depth < len(location) and isinstance(part, str) and isinstance(below, dict):
                return  # what it is in was taken out already; the rest of the section stays
            break
        parent, last = below, part
    if parent is data and last in stand_ins:
        data[last] = stand_ins[last]
    else:
        parent.pop(last, None)
