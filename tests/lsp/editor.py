"""An editor as the tests drive it: pygls' own client, which starts `guiju lsp` and speaks with it as editors do."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from lsprotocol import types
from pygls.lsp.client import LanguageClient

from tests.project.repository import ROOT

PATIENCE = 60  # seconds for one answer, on a slow machine
ORDER = {types.DiagnosticSeverity.Error: "error", types.DiagnosticSeverity.Warning: "warning"}


class Editor:
    """One open text and the server that answers for it."""

    def __init__(self, client: LanguageClient, path: Path, text: str) -> None:
        self.client, self.uri, self.text = client, path.as_uri(), text
        self.version = 1
        self.published: list[types.PublishDiagnosticsParams] = []
        self.logged: list[str] = []
        self.capabilities: types.ServerCapabilities = types.ServerCapabilities()

    @property
    def document(self) -> types.TextDocumentIdentifier:
        """The text, as requests name it."""
        return types.TextDocumentIdentifier(self.uri)

    def at(self, words: str, behind: int = 0) -> types.Position:
        """The place so many characters behind the beginning of some words."""
        return place(self.text[: self.text.index(words) + behind])

    def words(self, range_: types.Range) -> str:
        """The text of a range on one line."""
        line = self.text.split("\n")[range_.start.line].encode("utf-16-le")
        return line[2 * range_.start.character : 2 * range_.end.character].decode("utf-16-le")

    async def open(self) -> list[types.Diagnostic]:
        """Open the text; what is told of it in the end."""
        item = types.TextDocumentItem(self.uri, "guiju", self.version, self.text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return await self.told(2)

    async def type(self, old: str, new: str) -> list[Sequence[types.Diagnostic]]:
        """Put one text in the place of another, as a keystroke would; what is told at once, and when it is idle."""
        self.put(old, new)
        await self.told(2)
        return [p.diagnostics for p in self.published if p.version == self.version][:2]

    def put(self, old: str, new: str) -> None:
        """Put one text in the place of another, and wait for nothing."""
        start = self.text.index(old)
        before, after = self.text[:start], self.text[: start + len(old)]
        change = types.TextDocumentContentChangePartial(types.Range(place(before), place(after)), new)
        self.text = self.text[:start] + new + self.text[start + len(old) :]
        self.version += 1
        versioned = types.VersionedTextDocumentIdentifier(self.version, self.uri)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(versioned, [change]))

    async def told(self, times: int) -> list[types.Diagnostic]:
        """What was told of this version, once it was told so often."""
        async with asyncio.timeout(PATIENCE):
            while len(found := [p for p in self.published if p.version == self.version]) < times:
                await asyncio.sleep(0.01)
        return list(found[-1].diagnostics)


def place(before: str) -> types.Position:
    """The end of some text, as the protocol counts: lines, and UTF-16 units of the last one."""
    return types.Position(before.count("\n"), len(before.rpartition("\n")[2].encode("utf-16-le")) // 2)


@asynccontextmanager
async def editor(path: Path, locale: str = "en", *more: str) -> AsyncIterator[Editor]:
    """An editor with a file, from the first greeting to the last."""
    client = LanguageClient("tests", "1")
    made = Editor(client, path, path.read_text("utf-8"))

    @client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)  # type: ignore[untyped-decorator] # pygls' own
    def told(params: types.PublishDiagnosticsParams) -> None:
        if params.uri == made.uri:
            made.published.append(params)

    @client.feature(types.WINDOW_LOG_MESSAGE)  # type: ignore[untyped-decorator] # pygls' own
    def logged(params: types.LogMessageParams) -> None:
        made.logged.append(params.message)

    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    await client.start_io(sys.executable, "-m", "guiju", "lsp", *more, env=environment)
    greeting = types.InitializeParams(capabilities=types.ClientCapabilities(), locale=locale, root_uri=ROOT.as_uri())
    made.capabilities = (await client.initialize_async(greeting)).capabilities
    client.initialized(types.InitializedParams())
    try:
        yield made
    finally:
        await client.shutdown_async(None)
        client.exit(None)
        await client.stop()  # type: ignore[no-untyped-call] # pygls' own
