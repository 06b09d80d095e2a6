"""The bytes of a file -> a bundle, whole and written as Guiju writes it, or what is wrong with it and where."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from guiju.bundle import codes
from guiju.bundle.damage import DIGEST, TAIL, damage, is_cut_off
from guiju.bundle.layout import written
from guiju.bundle.model import VERSION, BundleModel
from guiju.bundle.parts import last_named, member
from guiju.dsl.diagnostic import Argument, Code, Diagnostic, Text, has_errors
from guiju.dsl.source import Source, Span
from guiju.exchange.codes import OTHER_ENCODING
from guiju.exchange.json_tree import read_json
from guiju.exchange.node import to_data
from guiju.exchange.text import decode, digest, read_bytes, unseen_characters

LIMIT = 64 * 1024 * 1024  # bytes: a policy and evidence of 16 MiB each, and a derivation
_BEGINS = '{"guiju": "'


class BundleFile(NamedTuple):
    """A bundle as it was found. `digest`: of the bytes of the file."""

    bundle: BundleModel
    source: Source
    digest: str


def read_bundle(path: Path) -> tuple[BundleFile | None, tuple[Diagnostic, ...]]:
    """Read a file. Never raises for what is in it, and does nothing with that but look at it."""
    data, found = read_bytes(path, LIMIT)
    return (None, found) if data is None else parse_bundle(str(path), data)


def is_like_a_bundle(path: Path) -> bool:
    """Whether a file begins or ends as a bundle does, be it whole or not."""
    data, _ = read_bytes(path, LIMIT)
    return data is not None and _is_bundle(data.decode("utf-8", errors="surrogateescape"))


def parse_bundle(name: str, data: bytes) -> tuple[BundleFile | None, tuple[Diagnostic, ...]]:
    """A bundle from the bytes of a file. What was changed is named by the lines that are not what was written."""
    text = data.decode("utf-8", errors="surrogateescape")
    source = Source(name, text.encode("utf-8", errors="surrogateescape").decode("utf-8", errors="replace"))
    changed = damage(text)
    if changed and "\r\n" in text and not damage(text.replace("\r\n", "\n")):
        return None, (_at(codes.BUNDLE_LINE_ENDS, source, 1),)
    if changed and (reason := _only_around(text)) is not None:
        return None, (_no_bundle(source, reason, source.text.count("\n") if text.startswith("{") else 1),)
    if changed and not text.endswith("\n") and not damage(f"{text}\n"):
        part = Text("末尾的换行（只缺它）", "the line feed at its end, which alone is missing")
        return None, (_at(codes.BUNDLE_BREAKS_OFF, source, text.count("\n") + 1, part=part),)
    if changed and not _is_bundle(text):
        _, encoded = decode(name, data)
        if any(d.code is OTHER_ENCODING for d in encoded):
            return None, encoded
        return None, (_no_bundle(source, _what_else(text)),)
    if changed and is_cut_off(text):
        lines = text.removesuffix("\n").split("\n")
        return None, (_at(codes.BUNDLE_BREAKS_OFF, source, len(lines), part=last_named(lines)),)
    if changed:
        return None, tuple(_at(codes.BUNDLE_CHANGED, source, line, part=part) for line, part in changed)
    bundle, wrong = _model(source)
    if bundle is not None:
        return BundleFile(bundle, source, digest(data)), ()
    checksums = source.text.count("\n") - 1
    if any(d.span.position.line == checksums for d in wrong):
        return None, (_at(codes.BUNDLE_CHANGED, source, checksums, part=member("checksums")),)
    return None, wrong


def _only_around(text: str) -> Text | None:
    """What stands before or behind a text that is otherwise a bundle as it was written."""
    end = text.find('"}\n', text.rfind(f"\n{DIGEST}")) + len('"}\n')
    marked = text.startswith("\ufeff")
    if (end == len(text) and not marked) or damage(text[marked:end]):
        return None
    if marked:
        return Text("它以字节顺序标记（BOM）开头，其余如初", "it begins with a byte order mark; the rest is as it was")
    behind = len(text) - end
    return Text(
        f"末尾之后多了 {behind} 个字符，其余如初", f"{behind} character(s) stand behind its end; the rest is as it was"
    )


def _is_bundle(text: str) -> bool:
    """Whether a text that is not whole may be a bundle: it begins or ends like one."""
    return text.startswith(f'{_BEGINS}{VERSION}",\n') or f'{TAIL}{{"part": "guiju", ' in text


def _what_else(text: str) -> Text:
    if text.startswith(f"{_BEGINS}bundle/"):
        return Text(f"它的版本不是 {VERSION}", f"its version is not {VERSION}")
    if '"payloadType"' in text[:10_000]:
        return Text("它是签名，用 guiju verify 核对", "it is a signature; `guiju verify` checks one")
    return Text("它不像评价包那样开头", "it does not begin like one")


def _model(source: Source) -> tuple[BundleModel | None, tuple[Diagnostic, ...]]:
    """What a text says whose checksums agree with it: somebody may have made them agree."""
    if not source.text.startswith(f'{_BEGINS}{VERSION}"'):
        return None, (_no_bundle(source, _what_else(source.text)),)
    if unseen := unseen_characters(source):
        return None, (unseen,)
    root, found = read_json(source)
    if root is None or has_errors(found):
        return None, found
    try:
        bundle = BundleModel.model_validate(to_data(root))
    except ValidationError as error:
        place = ".".join(map(str, error.errors(include_url=False)[0]["loc"]))
        reason = Text(f"“{place}”不是应有的形式", f"`{place}` does not have the form that it should have")
        return None, (_no_bundle(source, reason),)
    own = written(bundle.model_dump(exclude_defaults=True))
    if own != source.text:
        pairs = zip(own.split("\n"), source.text.split("\n"), strict=False)
        line = next((number for number, (a, b) in enumerate(pairs, 1) if a != b), 1)
        reason = Text(f"第 {line} 行不是规矩的写法", f"line {line} is not written as Guiju writes it")
        return None, (_no_bundle(source, reason, line),)
    return bundle, ()


def _no_bundle(source: Source, reason: Text, line: int = 1) -> Diagnostic:
    return _at(codes.NOT_A_BUNDLE, source, line, reason=reason)


def _at(code: Code, source: Source, line: int, **arguments: Argument) -> Diagnostic:
    return Diagnostic(code, line_span(source, line), tuple(arguments.items()))


def line_span(source: Source, line: int) -> Span:
    """A line of a text, counted from 1; the last one if there are not so many."""
    number = max(1, min(line, source.position(len(source.text)).line))
    start = source.offset(number)
    return Span(source, start, start + len(source.line_text(number)))
