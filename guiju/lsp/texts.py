"""The texts that an editor has open, and what is known of each: read anew only where something changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pygls import uris

from guiju.desk.desk import Desk, Written, read_desk
from guiju.desk.first import told_at_once
from guiju.dsl.diagnostic import Diagnostic
from guiju.dsl.kept import KeptLines
from guiju.engine.examples.judging import Result
from guiju.examples import FOLDER


@dataclass
class Opened:
    """One open text. `desk` is what was last known of it, of `desk_of` the version; `told` are files told of it."""

    uri: str
    text: str
    version: int | None
    path: Path | None
    kept: KeptLines = field(default_factory=KeptLines)
    desk: Desk | None = None
    is_known: bool = False
    told: set[str] = field(default_factory=set)
    ran: dict[str, Result] = field(default_factory=dict)  # examples of the text as it is

    @property
    def name(self) -> str:
        """How messages call it."""
        return str(self.path) if self.path else self.uri

    @property
    def is_examples(self) -> bool:
        """Whether it lies where the examples of a policy do."""
        return self.path is not None and self.path.parent.name == FOLDER

    @property
    def is_vocabulary(self) -> bool:
        """Whether other texts may use it, as far as is known."""
        document = self.desk.document if self.desk else None
        return bool(document and document.standard and document.standard.is_vocabulary)


class Texts:
    """All open texts, by their addresses."""

    def __init__(self) -> None:
        self._opened: dict[str, Opened] = {}

    def __getitem__(self, uri: str) -> Opened:
        """A text; an empty one where it is not open, as when a request comes in behind its closing."""
        return self._opened.get(uri) or Opened(uri, "", None, None)

    def __iter__(self) -> Iterator[Opened]:
        return iter(tuple(self._opened.values()))

    def get(self, uri: str) -> Opened | None:
        """A text, if it is open."""
        return self._opened.get(uri)

    def uri_of(self, path: Path) -> str:
        """The address of a file: as the editor calls it, if it is open there."""
        opened = next((o.uri for o in self if o.path is not None and o.path.resolve() == path.resolve()), None)
        return opened or path.resolve().as_uri()

    def open(self, uri: str, text: str, version: int | None) -> Opened:
        """Take up a text; others may use it, so they are to be read again."""
        self._opened[uri] = Opened(uri, text, version, _path_of(uri))
        self.forget()
        return self._opened[uri]

    def change(self, uri: str, text: str, version: int | None) -> Opened:
        """Another text in its place."""
        opened = self._opened.get(uri) or self.open(uri, text, version)
        opened.text, opened.version, opened.is_known = text, version, False
        opened.ran.clear()
        if opened.is_vocabulary:
            self.forget()
        for other in self:
            if other.is_examples:  # they say something of a policy that may be this one
                other.is_known = False
        return opened

    def close(self, uri: str) -> Opened | None:
        """Put a text away."""
        found = self._opened.pop(uri, None)
        self.forget()
        return found

    def forget(self) -> None:
        """Something beside the texts changed, so each is to be read again."""
        for opened in self:
            opened.is_known = False
            opened.ran.clear()

    def desk(self, opened: Opened) -> Desk:
        """All that is known of a text as it is now."""
        if opened.desk is None or not opened.is_known:
            was_vocabulary = opened.is_vocabulary
            opened.desk = read_desk(self._written(opened), opened.kept)
            if opened.is_vocabulary != was_vocabulary:
                self.forget()
            opened.is_known = True
        return opened.desk

    def at_once(self, opened: Opened) -> tuple[Diagnostic, ...]:
        """What can be told of a text while it is being typed."""
        return told_at_once(self._written(opened), opened.kept, opened.desk)

    def _written(self, opened: Opened) -> Written:
        """A text, and the other open files beside it."""
        beside = {o.path.resolve(): o.text for o in self if o.path and o is not opened}
        return Written(opened.name, opened.text, opened.path.parent if opened.path else None, beside)


def _path_of(uri: str) -> Path | None:
    """Where a text lies; None where it is no file, or one that this system could not hold."""
    name = uris.to_fs_path(uri) if uri.startswith("file:") else None
    if not name:
        return None
    try:
        Path(name).resolve()
    except (OSError, RuntimeError, ValueError):  # a NUL, a ring of links: the other texts must not suffer from it
        return None
    return Path(name)
