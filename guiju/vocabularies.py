"""The files in and beside a folder: vocabularies, in it, in `vocabulary` beside it and bundled; and policies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from guiju.dsl.diagnostic import Diagnostic
from guiju.dsl.source import Source, Span
from guiju.folders import kind, sibling

if TYPE_CHECKING:
    from guiju.dsl.tree import Document
    from guiju.exchange.text import FileText

SUFFIXES = (".guiju", ".guiju.md")  # of a policy that is looked for by its id
_HEAD = 65_536  # bytes of a file in which its first line is looked for


def files_near(folder: Path) -> tuple[Path, ...]:
    """The files that may be vocabularies of a policy in this folder; of two with one name the later counts."""
    return (*sorted(sibling(folder, "vocabulary").glob("*.guiju")), *sorted(folder.glob("*.guiju")))


def policies_in(folder: Path) -> tuple[Path, ...]:
    """The files of policies that lie in a folder itself, in the order of their names; vocabularies are none."""
    found = (path for suffix in SUFFIXES for path in folder.glob(f"*{suffix}") if kind(path) == "file")
    return tuple(sorted(path for path in found if not _is_vocabulary(path)))


class Read(NamedTuple):
    """What a file declares, nothing if it cannot be read as a text; and what is wrong with it."""

    document: Document
    mistakes: tuple[Diagnostic, ...]


class VocabularyFiles(Mapping[str, "Document"]):
    """The vocabularies that a policy may use; one is read when it is asked for. `folder`: None of a bundled policy.

    `opened` are texts of files that are being written, which count instead of what is on the disk.
    """

    def __init__(self, folder: Path | None, opened: Mapping[Path, str] = MappingProxyType({})) -> None:
        bundled = files("guiju") / "policies" / "vocabulary"
        self._bundled = _by_name(bundled.iterdir() if bundled.is_dir() else ())
        self._near = _by_name(files_near(folder) if folder is not None else ())
        self._opened = opened
        self._known: dict[str, Read] = {}

    def __getitem__(self, name: str) -> Document:
        return self.read(name).document

    def mistakes_of(self, used: Iterable[str]) -> tuple[Diagnostic, ...]:
        """What is wrong with the files of some vocabularies, as far as there are such files."""
        return tuple(mistake for name in dict.fromkeys(used) if name in self for mistake in self.read(name).mistakes)

    def read(self, name: str) -> Read:
        """A vocabulary with its mistakes; its file is read once."""
        if name not in self._known:
            self._known[name] = self._from_file(name)
        return self._known[name]

    def source_of(self, name: str) -> Source | None:
        """The text of a vocabulary; None where there is none, or it cannot be read."""
        text = self._text(name)[0] if name in self else None
        return None if text is None else text.source

    def _text(self, name: str) -> tuple[FileText | None, tuple[Diagnostic, ...]]:
        from guiju.exchange.text import decode, read_found

        # what is bundled is shown by its name alone, as bundled policies are, and not by where it is installed
        near = self._near.get(name)
        if near and (written := self._opened.get(near.resolve())) is not None:
            return decode(str(near), written.encode("utf-8", "surrogatepass"))
        if near:
            return read_found(near)
        return decode(self._bundled[name].name, self._bundled[name].read_bytes())

    def _from_file(self, name: str) -> Read:
        text, found = self._text(name)
        if text is None:
            from guiju.dsl.tree import Document

            shown = Source(str(self._near.get(name, name)), "")
            return Read(Document(standard=None, declarations=(), span=Span(shown, 0, 0)), found)
        document, mistakes = _parsed(text.source)
        return Read(document, (*found, *mistakes))

    def __contains__(self, name: object) -> bool:
        return name in self._near or name in self._bundled

    def __iter__(self) -> Iterator[str]:
        """Those that a policy may use: standards that lie beside it are none."""
        return (name for name, file in {**self._bundled, **self._near}.items() if _is_vocabulary(file))

    def __len__(self) -> int:
        return sum(1 for _ in self)


@lru_cache(maxsize=8)  # a policy that is being written is compiled again and again, and its vocabularies stay
def _parsed(source: Source) -> Read:
    from guiju.dsl.parser import parse

    return Read(*parse(source))


_F = TypeVar("_F", bound=Traversable)


def _by_name(found: Iterable[_F]) -> dict[str, _F]:
    return {f.name.removesuffix(".guiju"): f for f in found if f.name.endswith(".guiju")}


def _is_vocabulary(file: Traversable) -> bool:
    """Whether the first line of a file that says something begins with the word for it."""
    from guiju.dsl.keywords import by_terminal

    words = by_terminal()["VOCABULARY"]
    try:
        if not file.is_file():  # a pipe is not waited for
            return False
        with file.open("rb") as opened:
            head = opened.read(_HEAD).decode("utf-8", errors="ignore").removeprefix("\ufeff")
    except (OSError, RuntimeError):
        return False
    said = (line.split(maxsplit=1)[0] for line in head.splitlines() if line.strip()[:1] not in ("", "#", "＃"))
    return next(said, "") in (*words.en, *words.zh)
