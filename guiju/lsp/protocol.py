"""JSON-RPC as an editor may get it wrong: every request has an answer, and what is no message stops nothing."""

from __future__ import annotations

import logging
from concurrent.futures import Future
from typing import Any
from urllib.parse import unquote

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.protocol import LanguageServerProtocol

_PARSE, _INVALID, _PARAMS, _EARLY = -32700, -32600, -32602, -32002  # as JSON-RPC and the protocol number them
_ANSWERED = object()  # stands for a message that has had its answer
_LOG = logging.getLogger(__name__)
# pygls logs the traceback of every message that it cannot read, and an editor shows its users the log
logging.getLogger("pygls.protocol.json_rpc").addFilter(lambda r: not r.getMessage().startswith("Unable to deserialize"))


class Protocol(LanguageServerProtocol):
    """The protocol of pygls, which leaves requests that it cannot read without an answer."""

    def get_message_type(self, method: str) -> type[Any] | None:  # type: ignore[override] # it keeps its answers
        """How a message is read. What nothing here answers is read as any message, so that it is told to be unknown."""
        is_known = method in self.fm.builtin_features or method in self.fm.features or method == types.CANCEL_REQUEST
        return super().get_message_type(method) if is_known else None

    def structure_message(self, data: dict[str, Any]) -> Any:
        """A message as its type; a request with wrong parameters is answered here, and nothing handles it."""
        asks = "jsonrpc" in data and "method" in data
        if asks and not isinstance(data["method"], str):
            return self._unread(data, _INVALID)
        whole = {"params": None, **data} if asks and self.get_message_type(data["method"]) is None else data
        try:
            return super().structure_message(whole)
        except JsonRpcException:
            if not asks:
                raise
            return self._unread(data, _PARAMS if data["jsonrpc"] == self.VERSION else _INVALID)

    def _unread(self, data: dict[str, Any], code: int) -> object:
        """Answer a request that cannot be read; of a notification the log has a line."""
        said = f"cannot be read: {data['method']}"
        if "id" in data:
            self._refuse(data["id"], code, said)
        else:
            _LOG.warning(said)
        return _ANSWERED

    def handle_message(self, message: Any) -> None:
        """Hand a message on, or say why not: it is none, or comes before the greeting or behind the farewell."""
        if message is _ANSWERED:
            return
        version = getattr(message, "jsonrpc", None)
        given = message.get("id") if isinstance(message, dict) else getattr(message, "id", None)
        asks = isinstance(message, dict) or hasattr(message, "method")
        if version != self.VERSION:
            self._refuse(given, _INVALID, "not a message of JSON-RPC 2.0")
        elif self._shutdown and asks and given is not None:
            self._refuse(given, _INVALID, "the server is shutting down")
        elif self._workspace is None and asks and given is not None and message.method != types.INITIALIZE:
            self._refuse(given, _EARLY, "the server is not initialized")
        elif isinstance(message, types.DidChangeTextDocumentNotification) and not self._is_open(message.params):
            self._server.never_opened(message.params.text_document.uri)  # type: ignore[attr-defined]
        else:
            super().handle_message(message)

    def _is_open(self, params: types.DidChangeTextDocumentParams) -> bool:
        return self._workspace is not None and unquote(params.text_document.uri) in self._workspace.text_documents

    def _send_handler_result(self, future: Future[Any], *, msg_id: int | str) -> None:
        """Answer a request; a refusal is an answer with a reason, so that nothing is logged as gone wrong."""
        error = None if future.cancelled() else future.exception()
        if isinstance(error, JsonRpcException):
            self._request_futures.pop(msg_id, None)
            self._send_response(msg_id, error=error.to_response_error())
        else:
            super()._send_handler_result(future, msg_id=msg_id)

    def unreadable(self) -> None:
        """Answer what is no JSON at all."""
        self._refuse(None, _PARSE, "not JSON in UTF-8")

    def _refuse(self, given: object, code: int, message: str) -> None:
        id_ = given if isinstance(given, int | str) and not isinstance(given, bool) else None
        self._send_data({"jsonrpc": self.VERSION, "id": id_, "error": {"code": code, "message": message}})
