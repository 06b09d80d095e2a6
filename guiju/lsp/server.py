"""The server: each request of an editor is answered from the desk of the text that it is about."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any
from typing import Protocol as Shape

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer

import guiju
from guiju.desk.colours import COLOURS, colours
from guiju.desk.completion import completion
from guiju.desk.desk import Desk
from guiju.desk.fixes import fixes
from guiju.desk.folding import folds
from guiju.desk.hints import hints
from guiju.desk.hover import hover
from guiju.desk.lenses import lenses, run, told
from guiju.desk.navigation import definition, references
from guiju.desk.outline import outline
from guiju.desk.rename import Refusal, renamable, rename
from guiju.dsl.diagnostic import Diagnostic, Language, Text, has_errors
from guiju.dsl.literate_formatter import format_source
from guiju.dsl.parser import parse
from guiju.dsl.source import Source, Span
from guiju.lsp import shapes
from guiju.lsp.diagnostics import address, by_file, converted
from guiju.lsp.places import Places
from guiju.lsp.protocol import Protocol
from guiju.lsp.texts import Opened, Texts
from guiju.vocabularies import VocabularyFiles

BURST = 0.01  # seconds in which further keystrokes are taken first, so that of a burst the last text is told of
IDLE = 0.2  # seconds without a keystroke after which all is told
MOST_FIXED = 8  # diagnostics that fixes are looked for at once, since each fix is tried
_REFUSED = -32803  # the protocol's "request failed": it was understood, and there is a reason
_NEVER_OPENED = Text(
    "“{uri}”没有打开过，改动没有用上；请关闭后重新打开",
    "`{uri}` was changed without having been opened, and the change went nowhere; close it and open it again",
)


class _Asked(Shape):
    """A request about a place."""

    @property
    def text_document(self) -> types.TextDocumentIdentifier: ...
    @property
    def position(self) -> types.Position: ...


class Server(LanguageServer):
    """A language server with the texts that are open. `spoken` is the language asked for, else the editor's counts."""

    def __init__(self, spoken: Language | None, otherwise: Language) -> None:
        super().__init__("guiju", guiju.__version__, protocol_cls=Protocol)
        self.texts = Texts()
        self._spoken, self._otherwise = spoken, otherwise
        self.locale: str | None = None  # of the editor
        self._waiting: set[asyncio.Task[None]] = set()

    @property
    def language(self) -> Language:
        """The language of messages: as asked for, else the editor's, else the system's."""
        if self._spoken or not self.locale:
            return self._spoken or self._otherwise
        return "zh" if self.locale.lower().startswith("zh") else "en"

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Tell of a mistake; what an editor sent unreadable has an answer or a line in the log, its user no message."""
        is_text = isinstance(error, ValueError | RecursionError)  # no JSON, or JSON in JSON without end
        if is_text and isinstance(self.protocol, Protocol) and source is JsonRpcException:
            self.protocol.unreadable()
        elif not isinstance(error, JsonRpcException):
            super().report_server_error(error, source)

    def never_opened(self, uri: str) -> None:
        """An editor changed a text that it never opened: there is nothing to change, and its user is told."""
        said = _NEVER_OPENED.in_language(self.language).format(uri=uri)
        self.window_show_message(types.ShowMessageParams(types.MessageType.Warning, said))

    @property
    def encoding(self) -> str | None:
        """What the client counts characters in."""
        return self.workspace.position_encoding

    def places(self, source: Source) -> Places:
        """Converts places of a text."""
        return Places(source, self.encoding)

    def at(self, params: _Asked) -> tuple[Opened, Desk, int]:
        """The text of a request, what is known of it, and the place asked about."""
        opened = self.texts[params.text_document.uri]
        desk = self.texts.desk(opened)
        return opened, desk, self.places(desk.source).offset(params.position)

    # --- what is told without being asked ------------------------------------------------------------------------

    def tell(self, opened: Opened, found: Iterable[Diagnostic]) -> None:
        """Publish diagnostics; files that nothing is told of any more are cleared, open ones tell their own."""
        told = by_file(opened, found, self.language, self.encoding)
        for uri in opened.told - told.keys():
            told[uri] = []
        opened.told = {uri for uri, those in told.items() if those} - {opened.uri}
        for uri, those in told.items():
            if uri != opened.uri and self.texts.get(uri) is not None:
                continue
            version = opened.version if uri == opened.uri else None
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, those, version))

    def tell_all_when_idle(self, opened: Opened) -> None:
        """Tell everything of all open texts unless something is typed first."""
        task = asyncio.get_running_loop().create_task(self._later(opened, opened.version))
        self._waiting.add(task)
        task.add_done_callback(self._waiting.discard)

    async def _later(self, opened: Opened, version: int | None) -> None:
        await asyncio.sleep(IDLE)
        if self.texts.get(opened.uri) is opened and opened.version == version:
            self.tell(opened, self.texts.desk(opened).diagnostics)
            for other in self.texts:
                if not other.is_known:
                    self.tell(other, self.texts.desk(other).diagnostics)

    def locations(self, spans: Iterable[Span], opened: Opened) -> list[types.Location]:
        """Where some spans are."""
        return [types.Location(address(s.source, opened), self.places(s.source).range(s)) for s in spans]


def server(spoken: Language | None, otherwise: Language) -> Server:
    """A server with all its features."""
    made = Server(spoken, otherwise)
    _texts(made)
    _reading(made)
    _writing(made)
    _looks(made)
    _examples(made)
    return made


def _texts(server: Server) -> None:
    @server.feature(types.INITIALIZE)
    def initialize(ls: Server, params: types.InitializeParams) -> None:
        ls.locale = params.locale

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    async def did_open(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
        document = params.text_document
        opened = ls.texts.open(document.uri, document.text, document.version)
        ls.tell(opened, ls.texts.desk(opened).diagnostics)
        if opened.is_vocabulary:  # it may say something else than its file
            ls.tell_all_when_idle(opened)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    async def did_change(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
        uri = params.text_document.uri
        text = ls.workspace.get_text_document(uri).source
        opened = ls.texts.change(uri, text, params.text_document.version)
        await asyncio.sleep(BURST)
        if opened.version == params.text_document.version:
            ls.tell(opened, ls.texts.at_once(opened))
            ls.tell_all_when_idle(opened)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    async def did_change_files(ls: Server, _: types.DidChangeWatchedFilesParams) -> None:
        ls.texts.forget()
        for opened in ls.texts:
            ls.tell_all_when_idle(opened)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
        opened = ls.texts.close(params.text_document.uri)
        if opened is not None:
            opened.version = None
            ls.tell(opened, ())


def _reading(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def on_hover(ls: Server, params: types.HoverParams) -> types.Hover | None:
        _, desk, offset = ls.at(params)
        found = hover(desk, offset, ls.language)
        if found is None:
            return None
        text, span = found
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text), ls.places(desk.source).range(span))

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    def on_definition(ls: Server, params: types.DefinitionParams) -> list[types.Location]:
        opened, desk, offset = ls.at(params)
        return ls.locations(definition(desk, offset), opened)

    @server.feature(types.TEXT_DOCUMENT_REFERENCES)
    def on_references(ls: Server, params: types.ReferenceParams) -> list[types.Location]:
        opened, desk, offset = ls.at(params)
        return ls.locations(references(desk, offset, with_declaration=params.context.include_declaration), opened)

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT)
    def on_highlight(ls: Server, params: types.DocumentHighlightParams) -> list[types.DocumentHighlight]:
        _, desk, offset = ls.at(params)
        places = ls.places(desk.source)
        return [types.DocumentHighlight(places.range(span)) for span in references(desk, offset)]


def _writing(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=[" ", "~", "|", ":"]))
    def on_completion(ls: Server, params: types.CompletionParams) -> types.CompletionList:
        _, desk, offset = ls.at(params)
        offers = completion(desk, offset, ls.language, VocabularyFiles(desk.written.folder))
        return shapes.completion_list(offers, ls.places(desk.source))

    @server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)
    def on_prepare(ls: Server, params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder:
        _, desk, offset = ls.at(params)
        found = renamable(desk, offset)
        if isinstance(found, Refusal):
            raise _refusal(found, ls.language)
        return types.PrepareRenamePlaceholder(ls.places(desk.source).range(found.span), found.span.text)

    @server.feature(types.TEXT_DOCUMENT_RENAME, types.RenameOptions(prepare_provider=True))
    def on_rename(ls: Server, params: types.RenameParams) -> types.WorkspaceEdit:
        opened, desk, offset = ls.at(params)
        found = rename(desk, offset, params.new_name)
        if isinstance(found, Refusal):
            raise _refusal(found, ls.language)
        for warning in found.warnings:
            said = warning.in_language(ls.language)
            ls.window_show_message(types.ShowMessageParams(types.MessageType.Warning, said))
        texts = {opened.uri: (desk.source, found.spans)}
        texts |= {ls.texts.uri_of(b.path): (b.source, b.spans) for b in found.beside}
        return types.WorkspaceEdit(
            changes={
                uri: [types.TextEdit(ls.places(source).range(span), found.name) for span in spans]
                for uri, (source, spans) in texts.items()
            }
        )

    @server.feature(types.TEXT_DOCUMENT_FORMATTING)
    def on_formatting(ls: Server, params: types.DocumentFormattingParams) -> list[types.TextEdit]:
        opened = ls.texts[params.text_document.uri]
        source = Source(opened.name, opened.text)
        document, mistakes = parse(source)
        return [] if has_errors(mistakes) else list(shapes.changes(source.text, format_source(source, document)))

    options = types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix])

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, options)
    def on_action(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
        opened = ls.texts[params.text_document.uri]
        desk = ls.texts.desk(opened)
        places = ls.places(desk.source)
        start, end = places.offset(params.range.start), places.offset(params.range.end)
        here = [d for d in desk.diagnostics if d.span.start <= end and start <= d.span.end]
        return [
            shapes.action(fix, opened.uri, places, ls.language, converted(d, opened, ls.language, ls.encoding))
            for d in here[:MOST_FIXED]
            for fix in fixes(desk, d, opened.kept)
        ]


def _looks(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def on_symbols(ls: Server, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
        desk = ls.texts.desk(ls.texts[params.text_document.uri])
        entries = outline(desk.document, ls.language) if desk.document else ()
        return [shapes.symbol(entry, ls.places(desk.source)) for entry in entries]

    legend = types.SemanticTokensLegend(list(COLOURS), ["declaration"])

    @server.feature(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, legend)
    def on_tokens(ls: Server, params: types.SemanticTokensParams) -> types.SemanticTokens:
        desk = ls.texts.desk(ls.texts[params.text_document.uri])
        return shapes.semantic_tokens(colours(desk), ls.places(desk.source))

    @server.feature(types.TEXT_DOCUMENT_FOLDING_RANGE)
    def on_folding(ls: Server, params: types.FoldingRangeParams) -> list[types.FoldingRange]:
        desk = ls.texts.desk(ls.texts[params.text_document.uri])
        return [shapes.folding_range(fold) for fold in (folds(desk.document) if desk.document else ())]

    @server.feature(types.TEXT_DOCUMENT_INLAY_HINT)
    def on_hints(ls: Server, params: types.InlayHintParams) -> list[types.InlayHint]:
        desk = ls.texts.desk(ls.texts[params.text_document.uri])
        places = ls.places(desk.source)
        start, end = places.offset(params.range.start), places.offset(params.range.end)
        return [shapes.inlay_hint(h, places) for h in hints(desk, ls.language) if start <= h.offset <= end]


def _examples(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_CODE_LENS)
    def on_lenses(ls: Server, params: types.CodeLensParams) -> list[types.CodeLens]:
        opened = ls.texts[params.text_document.uri]
        desk = ls.texts.desk(opened)
        places = ls.places(desk.source)
        return [shapes.code_lens(lens, opened.uri, places, ls.language) for lens in lenses(desk, opened.ran)]

    @server.command(shapes.RUN_EXAMPLE)
    async def run_example(ls: Server, uri: str, name: str) -> str:
        opened = ls.texts[uri]
        result = run(ls.texts.desk(opened), name)
        if isinstance(result, Text):
            said, kind = result.in_language(ls.language), types.MessageType.Warning
        else:
            opened.ran[name] = result
            said = told(result, ls.language)
            kind = types.MessageType.Info if result.holds else types.MessageType.Error
        ls.window_show_message(types.ShowMessageParams(kind, said))
        workspace = ls.client_capabilities.workspace
        if workspace and workspace.code_lens and workspace.code_lens.refresh_support:
            await ls.workspace_code_lens_refresh_async(None)
        return said


def _refusal(refusal: Refusal, language: Language) -> JsonRpcException:
    return JsonRpcException(refusal.reason.in_language(language), _REFUSED)


def serve(spoken: Language | None, otherwise: Language, port: int | None = None) -> None:
    """Answer on standard input and output, or on a port of this machine, until the editor says that it is done."""
    made = server(spoken, otherwise)
    if port is None:
        made.start_io()
    else:
        made.start_tcp("127.0.0.1", port)
