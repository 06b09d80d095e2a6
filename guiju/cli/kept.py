"""The file in which an interview keeps its answers, and which others may write to while it runs."""

from __future__ import annotations

import codecs
from dataclasses import dataclass, replace
from pathlib import Path

from guiju.cli.codes import CHANGED_MEANWHILE, GONE_MEANWHILE
from guiju.cli.edge import fail
from guiju.cli.writing import write
from guiju.dsl.diagnostic import Code, Diagnostic, Language
from guiju.dsl.source import Source, Span
from guiju.exchange.text import LIMIT, digest, read_bytes


@dataclass(frozen=True)
class Kept:
    """A file as it was last read or written. `digest`: of its bytes then; None where it is not there yet."""

    path: Path
    digest: str | None

    @property
    def exists(self) -> bool:
        """Whether there is anything in it to go on from."""
        return self.digest is not None

    def after(self, text: str, said: str, language: Language) -> Kept:
        """Write a text that has one answer more; the end of the command where somebody else wrote meanwhile.

        `said`: that answer, to be told where it cannot be kept.
        """
        data = None
        if self.exists or self.path.exists():
            data, _ = read_bytes(self.path, LIMIT)
            if data is None or digest(data) != self.digest:
                code = GONE_MEANWHILE if data is None else CHANGED_MEANWHILE
                fail((self._lost(code, said),), language)
        mark = codecs.BOM_UTF8 if data is not None and data.startswith(codecs.BOM_UTF8) else b""
        whole = mark.decode() + text  # a mark that the file begins with is no part of its text, and stays
        write(whole, self.path, language, replace=self.exists)
        return replace(self, digest=digest(whole.encode()))

    def _lost(self, code: Code, said: str) -> Diagnostic:
        return Diagnostic(code, Span(Source(str(self.path), ""), 0, 0), (("path", str(self.path)), ("answer", said)))
