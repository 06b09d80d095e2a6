"""The server: tells of each keystroke at once, and has its worker answer all else."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Coroutine, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from lsprotocol import types
from pygls.exceptions import FeatureNotificationError, JsonRpcException
from pygls.lsp.server import LanguageServer

import guiju
from guiju.desk.colours import COLOURS
from guiju.dsl.diagnostic import Diagnostic, Language, Text
from guiju.lsp import shapes
from guiju.lsp.answers import ANSWERS, CHECK, Checked, Spoken
from guiju.lsp.diagnostics import by_file
from guiju.lsp.jobs import Question, Reply
from guiju.lsp.protocol import Protocol
from guiju.lsp.texts import Texts, Typed
from guiju.lsp.worker import Worker

BURST = 0.01  # seconds in which further keystrokes are taken first, so that of a burst the last text is told of
IDLE = 0.2  # seconds without a keystroke after which all is told
_REFUSED = -32803  # the protocol's "request failed": it was understood, and there is a reason
_NEVER_OPENED = Text(
    "“{uri}”没有打开过，改动没有用上；请关闭后重新打开",
    "`{uri}` was changed without having been opened, and the change went nowhere; close it and open it again",
)
_UNANSWERED = Text("没有答复，原因见日志", "there is no answer; the log says why")
_OPTIONS = {
    types.TEXT_DOCUMENT_COMPLETION: types.CompletionOptions(trigger_characters=[" ", "~", "|", ":"]),
    types.TEXT_DOCUMENT_RENAME: types.RenameOptions(prepare_provider=True),
    types.TEXT_DOCUMENT_CODE_ACTION: types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix]),
    types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL: types.SemanticTokensLegend(list(COLOURS), ["declaration"]),
}


class Server(LanguageServer):
    """A language server with the texts that are open. `spoken` is the language asked for, else the editor's counts."""

    def __init__(self, spoken: Language | None, otherwise: Language, worker: Worker) -> None:
        super().__init__("guiju", guiju.__version__, protocol_cls=Protocol)
        self.texts = Texts()
        self.worker = worker
        self._asking = ThreadPoolExecutor(1, "guiju-lsp-asking")  # one question after another, in their order
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

    def stop(self) -> None:
        """End what runs beside the server."""
        self._asking.shutdown(wait=False, cancel_futures=True)
        self.worker.stop()

    # --- what is asked -------------------------------------------------------------------------------------------

    async def ask(self, method: str, params: object) -> Any:
        """What the worker answers, and shows the user beside. Raises `JsonRpcException` with the reason for none."""
        reply = await self._reply(method, params)
        if reply is None:
            raise JsonRpcException(_UNANSWERED.in_language(self.language), _REFUSED)
        for shown in reply.shown:
            self.window_show_message(shown)
        if reply.refusal is not None:
            raise JsonRpcException(reply.refusal, _REFUSED)
        return reply.result

    async def _reply(self, method: str, params: object, is_wanted: Callable[[], bool] = lambda: True) -> Reply | None:
        """What comes of a question, or None; meanwhile the server goes on. It is put if it is wanted at its turn."""
        spoken = Spoken(self.language, self.workspace.position_encoding)
        question = Question(method, params, spoken, self.texts.snapshot())

        def turn() -> Reply | None:
            return self.worker.ask(question) if is_wanted() else None

        try:
            reply = await asyncio.get_running_loop().run_in_executor(self._asking, turn)
        finally:
            for note in self.worker.notes():
                said = note.in_language(self.language)
                self.window_log_message(types.LogMessageParams(types.MessageType.Warning, said))
        if reply is not None and reply.fault is not None:
            raise RuntimeError(reply.fault)
        return reply

    # --- what is told without being asked ------------------------------------------------------------------------

    def tell(self, opened: Typed, found: Iterable[Diagnostic]) -> None:
        """Publish diagnostics; files that nothing is told of any more are cleared, open ones tell their own."""
        told = by_file(opened, found, self.language, self.workspace.position_encoding)
        for uri in opened.told - told.keys():
            told[uri] = []
        opened.told = {uri for uri, those in told.items() if those} - {opened.uri}
        for uri, those in told.items():
            if uri != opened.uri and self.texts.get(uri) is not None:
                continue
            version = opened.version if uri == opened.uri else None
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, those, version))

    def soon(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something beside all else."""
        task = asyncio.get_running_loop().create_task(work)
        self._waiting.add(task)
        task.add_done_callback(self._over)

    def _over(self, task: asyncio.Task[None]) -> None:
        self._waiting.discard(task)
        error = None if task.cancelled() else task.exception()
        if isinstance(error, Exception):
            self.report_server_error(error, FeatureNotificationError)

    async def tell_of_the_opened(self, opened: Typed) -> None:
        """Tell all of a text that was opened; a vocabulary may say something else than its file, which others use."""
        self.tell(opened, self.texts.at_once(opened))
        checked = await self._check(opened)
        if checked is not None and checked.is_vocabulary:
            await self._check_others(checked)

    async def tell_of_the_changed(self, opened: Typed) -> None:
        """Tell what can be told at once, unless more is typed first."""
        version = opened.version
        await asyncio.sleep(BURST)
        if self._is_current(opened, version):
            self.tell(opened, self.texts.at_once(opened))
            await self.tell_all_when_idle(opened)

    async def tell_all_when_idle(self, opened: Typed) -> None:
        """Tell everything of all open texts unless something is typed first."""
        version = opened.version
        await asyncio.sleep(IDLE)
        if self._is_current(opened, version):
            checked = await self._check(opened)
            if checked is not None:
                await self._check_others(checked)

    async def _check_others(self, checked: Checked) -> None:
        for uri in checked.to_check:
            other = self.texts.get(uri)
            if other is not None:
                await self._check(other)

    async def _check(self, opened: Typed) -> Checked | None:
        """Find everything of a text and tell it; None where it was written over meanwhile, or there is no answer."""
        version = opened.version
        reply = await self._reply(CHECK, opened.uri, lambda: self._is_current(opened, version))
        checked = reply.result if reply is not None else None
        if not isinstance(checked, Checked):
            return None
        opened.known = checked
        if not self._is_current(opened, version):
            return None
        self.tell(opened, checked.diagnostics)
        return checked

    def _is_current(self, opened: Typed, version: int | None) -> bool:
        return self.texts.get(opened.uri) is opened and opened.version == version


def server(spoken: Language | None, otherwise: Language, worker: Worker) -> Server:
    """A server with all its features."""
    made = Server(spoken, otherwise, worker)
    _texts(made)
    for method in ANSWERS.keys() - {CHECK, shapes.RUN_EXAMPLE}:
        made.feature(method, _OPTIONS.get(method))(_asking(method))
    _examples(made)
    return made


def _asking(method: str) -> Callable[..., Coroutine[Any, Any, Any]]:
    async def answer(ls: Server, params: object) -> Any:
        return await ls.ask(method, params)

    return answer


def _texts(server: Server) -> None:
    @server.feature(types.INITIALIZE)
    def initialize(ls: Server, params: types.InitializeParams) -> None:
        ls.locale = params.locale

    @server.feature(types.SHUTDOWN)
    def shutdown(ls: Server, _: None) -> None:
        ls.stop()

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def did_open(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
        document = params.text_document
        ls.soon(ls.tell_of_the_opened(ls.texts.open(document.uri, document.text, document.version)))

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
        uri = params.text_document.uri
        text = ls.workspace.get_text_document(uri).source
        ls.soon(ls.tell_of_the_changed(ls.texts.change(uri, text, params.text_document.version)))

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def did_change_files(ls: Server, _: types.DidChangeWatchedFilesParams) -> None:
        ls.texts.forget_files()
        for opened in ls.texts:
            ls.soon(ls.tell_all_when_idle(opened))

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
        opened = ls.texts.close(params.text_document.uri)
        if opened is not None:
            opened.version = None
            ls.tell(opened, ())


def _examples(server: Server) -> None:
    @server.command(shapes.RUN_EXAMPLE)
    async def run_example(ls: Server, uri: str, name: str) -> str:
        said = await ls.ask(shapes.RUN_EXAMPLE, (uri, name))
        workspace = ls.client_capabilities.workspace
        if workspace and workspace.code_lens and workspace.code_lens.refresh_support:
            await ls.workspace_code_lens_refresh_async(None)
        return str(said)


def serve(spoken: Language | None, otherwise: Language, worker: Worker, port: int | None = None) -> None:
    """Answer on standard input and output, or on a port of this machine, until the editor says that it is done."""
    made = server(spoken, otherwise, worker)
    gc.freeze()  # what was loaded stays: looking through it again and again takes a tenth of a second
    try:
        if port is None:
            made.start_io()
        else:
            made.start_tcp("127.0.0.1", port)
    finally:
        made.stop()
