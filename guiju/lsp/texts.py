"""The texts that an editor has open, as they were typed last, and what can be told of each at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pygls import uris

from guiju.desk.desk import Written
from guiju.desk.first import Known, told_at_once
from guiju.dsl.diagnostic import Diagnostic
from guiju.dsl.kept import KeptLines


@dataclass
class OpenText:
    """One open text; `kept` are its lines as they were read last."""

    uri: str
    text: str
    path: Path | None
    kept: KeptLines = field(default_factory=KeptLines)

    @property
    def name(self) -> str:
        """How messages call it."""
        return str(self.path) if self.path else self.uri

    def written(self, all_: Iterable[OpenText]) -> Written:
        """The text, and the other open files beside it."""
        beside = {o.path.resolve(): o.text for o in all_ if o.path and o is not self}
        return Written(self.name, self.text, self.path.parent if self.path else None, beside)


@dataclass
class Typed(OpenText):
    """A text as it is being typed. `known` is what was found of it last, `told` are other files told of it."""

    version: int | None = None
    known: Known | None = None
    told: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Snapshot:
    """The open texts by their addresses at one moment; `beside` counts what changed in files that are not open."""

    texts: Mapping[str, str]
    beside: int


class Texts:
    """All open texts, by their addresses."""

    def __init__(self) -> None:
        self._opened: dict[str, Typed] = {}
        self._beside = 0

    def __iter__(self) -> Iterator[Typed]:
        return iter(tuple(self._opened.values()))

    def get(self, uri: str) -> Typed | None:
        """A text, if it is open."""
        return self._opened.get(uri)

    def open(self, uri: str, text: str, version: int | None) -> Typed:
        """Take up a text."""
        self._opened[uri] = opened = Typed(uri, text, path_of(uri), version=version)
        return opened

    def change(self, uri: str, text: str, version: int | None) -> Typed:
        """Another text in its place."""
        opened = self._opened.get(uri) or self.open(uri, text, version)
        opened.text, opened.version = text, version
        return opened

    def close(self, uri: str) -> Typed | None:
        """Put a text away."""
        return self._opened.pop(uri, None)

    def forget_files(self) -> None:
        """Something beside the texts changed."""
        self._beside += 1

    def snapshot(self) -> Snapshot:
        """The texts as they are now."""
        return Snapshot({opened.uri: opened.text for opened in self}, self._beside)

    def at_once(self, opened: Typed) -> tuple[Diagnostic, ...]:
        """What can be told of a text while it is being typed."""
        return told_at_once(opened.written(self), opened.kept, opened.known)


def path_of(uri: str) -> Path | None:
    """Where a text lies; None where it is no file, or one that this system could not hold."""
    name = uris.to_fs_path(uri) if uri.startswith("file:") else None
    if not name:
        return None
    try:
        Path(name).resolve()
    except (OSError, RuntimeError, ValueError):  # a NUL, a ring of links: the other texts must not suffer from it
        return None
    return Path(name)
