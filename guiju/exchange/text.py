"""Takes the bytes of a file, gives a `Source` of plain UTF-8 text, or diagnostics that say how to save it properly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from guiju.dsl.diagnostic import Argument, Code, Diagnostic
from guiju.dsl.source import Source, Span
from guiju.exchange import codes
from guiju.folders import kind
from guiju.system_errors import NO_FILE, reason_of

LIMIT = 16 * 1024 * 1024  # bytes
_BOM = "\ufeff"

# What YAML calls printable, without what cannot be seen but still counts: other line ends, zero width, soft hyphens,
# direction marks, fillers, tags.
UNSEEN = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
    "|[\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\u3164\ufeff\uffa0\U000e0000-\U000e007f]"
)
_CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”‘’—…·]")


@dataclass(frozen=True)
class FileText:
    """A text as it was found: `digest` is over the bytes of the file, a byte order mark included."""

    source: Source
    digest: str


def digest(data: bytes) -> str:
    """The name of these very bytes, `sha256:…`."""
    return f"sha256:{sha256(data).hexdigest()}"


def read_text(path: Path, limit: int = LIMIT) -> tuple[FileText | None, tuple[Diagnostic, ...]]:
    """Read a file. Never raises for what the file system answers."""
    data, found = read_bytes(path, limit)
    return (None, found) if data is None else decode(str(path), data)


def read_bytes(path: Path, limit: int) -> tuple[bytes | None, tuple[Diagnostic, ...]]:
    """The bytes of a file. Never raises for what the file system answers."""
    nowhere = Source(str(path), "")
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except FileNotFoundError:
        return None, (_about(codes.FILE_NOT_FOUND, nowhere, path=str(path)),)
    except IsADirectoryError:
        return None, (_about(codes.FILE_IS_A_FOLDER, nowhere, path=str(path)),)
    except (OSError, ValueError) as error:
        return None, (_about(codes.FILE_NOT_READABLE, nowhere, path=str(path), reason=reason_of(error)),)
    if len(data) > limit:
        return None, (_about(codes.FILE_TOO_LARGE, nowhere, limit=_size(limit)),)
    return data, ()


def read_found(path: Path) -> tuple[FileText | None, tuple[Diagnostic, ...]]:
    """Read a file that lies in a folder and that nobody named: a pipe is not waited for there."""
    if kind(path) == "other":
        return None, (_about(codes.FILE_NOT_READABLE, Source(str(path), ""), path=str(path), reason=NO_FILE),)
    return read_text(path)


def _size(limit: int) -> str:
    mebi, rest = divmod(limit, 1024 * 1024)
    return f"{limit // 1024} KiB" if rest else f"{mebi} MiB"


def byte_order_mark(path: Path) -> str:
    """The mark that a file begins with, or nothing."""
    with path.open(encoding="utf-8") as file:
        return _BOM if file.read(1) == _BOM else ""


def decode(name: str, data: bytes) -> tuple[FileText | None, tuple[Diagnostic, ...]]:
    """The text of some bytes; a byte order mark is dropped with a warning."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, (_other_encoding(name, data, error),)
    source = Source(name, text.removeprefix(_BOM))
    warnings = (_about(codes.BYTE_ORDER_MARK, source),) if text.startswith(_BOM) else ()
    unseen = unseen_characters(source)
    if unseen is not None:
        return None, ((_wide_encoding(name, data),) if "\0" in text and _wide(data) else (*warnings, unseen))
    return FileText(source, digest(data)), warnings


def unseen_characters(source: Source) -> Diagnostic | None:
    """The first character that a text must not hold, and how many there are."""
    first = UNSEEN.search(source.text)
    if first is None:
        return None
    count = sum(1 for _ in UNSEEN.finditer(source.text))
    arguments = (("character", code_point(first[0])), ("count", count))
    return Diagnostic(codes.CONTROL_CHARACTER, Span(source, *first.span()), arguments)


def code_point(character: str) -> str:
    """`U+0000`: how to name a character that cannot be shown."""
    return f"U+{ord(character):04X}"


def _about(code: Code, source: Source, **arguments: Argument) -> Diagnostic:
    return Diagnostic(code, Span(source, 0, 0), tuple(arguments.items()))


def _other_encoding(name: str, data: bytes, error: UnicodeDecodeError) -> Diagnostic:
    if _wide(data):
        return _wide_encoding(name, data)
    text = _gb18030(data)
    if text is not None:
        return _in_encoding(name, text, "GB18030")
    at = len(data[: error.start].decode("utf-8"))
    source = Source(name, data.decode("utf-8", errors="replace"))
    return Diagnostic(codes.NOT_UTF8, Span(source, at, at + 1), (("offset", error.start + 1),))


def _in_encoding(name: str, text: str, encoding: str) -> Diagnostic:
    at = next((i for i, char in enumerate(text) if ord(char) > 127), 0)
    return Diagnostic(codes.OTHER_ENCODING, Span(Source(name, text), at, at + 1), (("encoding", encoding),))


def _wide_encoding(name: str, data: bytes) -> Diagnostic:
    encoding, text = _wide(data) or ("UTF-16", "")
    return _in_encoding(name, text, encoding)


def _wide(data: bytes) -> tuple[str, str] | None:
    """The encoding of two or four bytes a character that some bytes are text in, with that text, marked or not."""
    for codec in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"):
        try:
            marked = data.decode(codec)
        except UnicodeDecodeError:
            continue
        text = marked.removeprefix(_BOM)
        plain = sum(1 for char in text if char in "\t\n\r" or " " <= char <= "~") + len(_CHINESE.findall(text))
        # Text has spaces or line ends; what is decoded in the wrong order of bytes has characters of all scripts.
        is_text = marked != text or ({" ", "\n"} & {*text} and plain * 10 >= len(text) * 9)
        if is_text and UNSEEN.search(text) is None:
            return codec[:6].upper() + ("" if marked != text else codec[-2:].upper()), text
    return None


def _gb18030(data: bytes) -> str | None:
    """The text in that encoding, if what is not ASCII in it is Chinese for the greater part."""
    try:
        text = data.decode("GB18030")
    except UnicodeDecodeError:
        return None
    wide = sum(1 for char in text if ord(char) > 127)
    is_text = len(_CHINESE.findall(text)) * 4 >= wide * 3
    return text if is_text and UNSEEN.search(text) is None else None
