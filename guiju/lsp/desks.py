"""What is known of each open text: read anew only where something changed. All of it is in the worker's process."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from guiju.desk.desk import Desk, read_desk
from guiju.engine.examples.judging import Result
from guiju.examples import FOLDER
from guiju.lsp.texts import OpenText, Snapshot, path_of


@dataclass
class Studied(OpenText):
    """A text and what was last known of it; `is_known` while nothing changed since."""

    desk: Desk | None = None
    is_known: bool = False
    ran: dict[str, Result] = field(default_factory=dict)  # examples of the text as it is

    @property
    def is_examples(self) -> bool:
        """Whether it lies where the examples of a policy do."""
        return self.path is not None and self.path.parent.name == FOLDER

    @property
    def is_vocabulary(self) -> bool:
        """Whether other texts may use it, as far as is known."""
        document = self.desk.document if self.desk else None
        return bool(document and document.standard and document.standard.is_vocabulary)


class Desks:
    """The desks of all open texts, by their addresses."""

    def __init__(self) -> None:
        self._studied: dict[str, Studied] = {}
        self._beside = 0

    def __getitem__(self, uri: str) -> Studied:
        """A text; an empty one where it is not open, as when a request comes in behind its closing."""
        return self._studied.get(uri) or Studied(uri, "", None)

    def __iter__(self) -> Iterator[Studied]:
        return iter(tuple(self._studied.values()))

    def take(self, now: Snapshot) -> None:
        """Take the texts as they are now; what stands on one that changed is to be read again."""
        of_others = now.beside != self._beside or now.texts.keys() != self._studied.keys()
        self._beside = now.beside
        for uri in self._studied.keys() - now.texts.keys():
            del self._studied[uri]
        for uri, text in now.texts.items():
            studied = self._studied.get(uri)
            if studied is None:
                self._studied[uri] = Studied(uri, text, path_of(uri))
            elif studied.text != text:
                self._change(studied, text)
        if of_others:
            self._forget()

    def _change(self, studied: Studied, text: str) -> None:
        studied.text, studied.is_known = text, False
        studied.ran.clear()
        if studied.is_vocabulary:
            self._forget()
        for other in self:
            if other.is_examples:  # they say something of a policy that may be this one
                other.is_known = False

    def _forget(self) -> None:
        for studied in self:
            studied.is_known = False
            studied.ran.clear()

    def uri_of(self, path: Path) -> str:
        """The address of a file: as the editor calls it, if it is open there."""
        opened = next((o.uri for o in self if o.path is not None and o.path.resolve() == path.resolve()), None)
        return opened or path.resolve().as_uri()

    def desk(self, studied: Studied) -> Desk:
        """All that is known of a text as it is now."""
        if studied.desk is None or not studied.is_known:
            was_vocabulary = studied.is_vocabulary
            studied.desk = read_desk(studied.written(self), studied.kept)
            if studied.is_vocabulary != was_vocabulary:
                self._forget()
            studied.is_known = True
        return studied.desk
