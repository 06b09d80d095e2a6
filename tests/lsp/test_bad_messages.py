"""An editor that gets the protocol wrong: every request has an answer, and the server goes on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest

from tests.project.repository import ROOT

GREETING: dict[str, Any] = {"processId": None, "rootUri": None, "capabilities": {}}
URI = "file:///nowhere/demo.guiju"
TEXT = 'standard demo-1 "DEMO 1"\ngroups part\nfact staff : count\npart 1\n  a) "x" staff > 2\n'
AT = {"textDocument": {"uri": URI}}


class Server:
    """`guiju lsp` behind its pipes, spoken to in bytes: no client of pygls would say what is said here."""

    def __init__(self, log: int | IO[bytes] = subprocess.DEVNULL) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "guiju", "lsp"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )

    def raw(self, body: bytes) -> None:
        """Send a frame with whatever in it."""
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._process.stdin.flush()

    def say(self, method: str, params: object, **more: object) -> None:
        """Send a notification, or with an id a request."""
        self.raw(json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **more}).encode())

    def heard(self) -> dict[str, Any]:
        """The next frame, whole: its header says how long it is."""
        assert self._process.stdout is not None
        length = 0
        while line := self._process.stdout.readline().strip():
            name, _, value = line.partition(b": ")
            length = int(value) if name == b"Content-Length" else length
        found = json.loads(self._process.stdout.read(length))
        assert isinstance(found, dict)
        return found

    def ask(self, method: str, params: object, id_: object = 1) -> dict[str, Any]:
        """The answer to a request; what is told meanwhile is passed over."""
        self.say(method, params, id=id_)
        return self.answer(id_)

    def answer(self, id_: object) -> dict[str, Any]:
        """The next answer to what had this id."""
        while "id" not in (found := self.heard()) or found["id"] != id_ or "method" in found:
            pass
        return found

    def end(self) -> int:
        """Say good-bye; what it ends with."""
        self.say("exit", None)
        with self._process:
            return self._process.wait(30)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """Greeted and with a text open; after all that was said to it, it ends as one that is well."""
    made = Server()
    assert made.ask("textDocument/hover", {**AT, "position": {"line": 0, "character": 0}})["error"]["code"] == -32002
    assert made.ask("initialize", {"capabilities": 7})["error"]["code"] == -32602, "a greeting that makes no sense"
    assert "capabilities" in made.ask("initialize", GREETING)["result"]
    made.say("initialized", {})
    document = {"uri": URI, "languageId": "guiju", "version": 5, "text": TEXT}
    made.say("textDocument/didOpen", {"textDocument": document})
    yield made
    assert made.ask("shutdown", None, 99)["result"] is None
    assert made.ask("textDocument/hover", {}, 100)["error"]["code"] in (-32600, -32602)
    assert made.end() == 0


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("textDocument/hover", {}),
        ("textDocument/hover", None),
        ("textDocument/hover", 7),
        ("textDocument/completion", {**AT, "position": {"line": "one", "character": 0}}),
        ("textDocument/rename", {**AT, "position": {"line": 0, "character": 0}}),
        ("textDocument/codeAction", {**AT, "range": 3, "context": {}}),
        ("workspace/executeCommand", {"arguments": []}),
    ],
)
def test_a_request_with_wrong_parameters_is_told_so(server: Server, method: str, params: object) -> None:
    assert server.ask(method, params, "a")["error"]["code"] == -32602
    assert server.ask("textDocument/foldingRange", AT, 8)["result"], "it goes on"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", -32700),
        (b"[" * 100_000, -32700),
        (b"\xff\xfe", -32700),
        (b"[1, 2]", -32600),
        (b'{"id": 3, "method": "textDocument/hover"}', -32600),
        (b'{"jsonrpc": "1.0", "id": 3, "method": "x"}', -32600),
        (b'{"jsonrpc": "2.0", "id": 3, "method": 5}', -32600),
        (b'{"jsonrpc": "2.0", "id": 3, "method": ["x"]}', -32600),
        (b'{"jsonrpc": "2.0", "id": 3, "method": null}', -32600),
    ],
)
def test_what_is_no_message_is_told_so(server: Server, body: bytes, code: int) -> None:
    server.raw(body)
    while "error" not in (found := server.heard()):
        assert found.get("method") != "window/showMessage", "the editor is answered, its user is not troubled"
    assert found["error"]["code"] == code
    assert server.ask("textDocument/foldingRange", AT, 8)["result"]


PLACES = [{"line": 900, "character": 0}, {"line": 4, "character": 9000}, {"line": 2**31 - 1, "character": 2**31 - 1}]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("method", ["hover", "completion", "definition", "documentHighlight", "prepareRename"])
def test_a_place_behind_the_end_is_the_end(server: Server, method: str, place: dict[str, int]) -> None:
    answer = server.ask(f"textDocument/{method}", {**AT, "position": place})
    assert "result" in answer or answer["error"]["code"] == -32803, answer


def test_an_address_that_no_file_can_have_does_not_stop_the_others(server: Server) -> None:
    strange = {"uri": "file:///a%00b.guiju", "languageId": "guiju", "version": 1, "text": TEXT}
    server.say("textDocument/didOpen", {"textDocument": strange})
    assert server.ask("textDocument/foldingRange", {"textDocument": {"uri": strange["uri"]}}, 8)["result"]
    place = {"line": 3, "character": 0}
    assert "result" in server.ask("textDocument/hover", {**AT, "position": place}, 9)
    server.say("textDocument/didClose", {"textDocument": {"uri": strange["uri"]}})


def test_a_text_that_was_never_opened_cannot_be_changed(server: Server) -> None:
    change = {"textDocument": {"uri": "untitled:one", "version": 2}, "contentChanges": [{"text": "x"}]}
    server.say("textDocument/didChange", change)
    while (found := server.heard()).get("method") != "window/showMessage":
        pass
    assert "was changed without having been opened" in found["params"]["message"]
    assert server.ask("textDocument/foldingRange", AT, 8)["result"]


def test_a_range_from_behind_to_before_holds_nothing_and_stops_nothing(server: Server) -> None:
    reversed_ = {"start": {"line": 4, "character": 3}, "end": {"line": 1, "character": 0}}
    assert server.ask("textDocument/inlayHint", {**AT, "range": reversed_})["result"] == []
    assert (
        server.ask("textDocument/codeAction", {**AT, "range": reversed_, "context": {"diagnostics": []}})["result"]
        == []
    )


def test_a_text_that_is_not_open_has_nothing(server: Server) -> None:
    elsewhere = {"textDocument": {"uri": "untitled:nobody"}}
    assert server.ask("textDocument/documentSymbol", elsewhere)["result"] == []
    assert server.ask("textDocument/codeLens", elsewhere)["result"] == []
    change = {"textDocument": {"uri": "untitled:nobody", "version": 1}, "contentChanges": [{"text": "x"}]}
    server.say("textDocument/didChange", change)
    assert server.ask("workspace/executeCommand", {"command": "guiju.runExample", "arguments": [URI, "gone"]})
    assert "error" in server.ask("workspace/executeCommand", {"command": "no.such", "arguments": []})


def test_a_version_that_goes_back_is_taken_as_the_text_that_it_comes_with(server: Server) -> None:
    change = {"textDocument": {"uri": URI, "version": 2}, "contentChanges": [{"text": TEXT.replace("staff", "people")}]}
    server.say("textDocument/didChange", change)
    told = server.ask("textDocument/hover", {**AT, "position": {"line": 2, "character": 6}})["result"]
    assert "`people`" in told["contents"]["value"]
    back = {"textDocument": {"uri": URI, "version": 6}, "contentChanges": [{"text": TEXT}]}
    server.say("textDocument/didChange", back)


def test_a_file_beside_it_that_is_not_utf_8_is_told_of(server: Server, tmp_path: Path) -> None:
    (tmp_path / "shop.guiju").write_bytes('vocabulary shop "店"\n'.encode("gb18030"))
    uri = (tmp_path / "demo.guiju").as_uri()
    document = {"uri": uri, "languageId": "guiju", "version": 1, "text": TEXT.replace("groups", "use shop\ngroups")}
    server.say("textDocument/didOpen", {"textDocument": document})
    assert server.ask("textDocument/foldingRange", {"textDocument": {"uri": uri}})["result"]
    server.say("textDocument/didClose", {"textDocument": {"uri": uri}})


def untroubled(server: Server, id_: object) -> dict[str, Any]:
    """The answer to a request, in front of which the user was told nothing."""
    while (found := server.heard()).get("id") != id_:
        assert found.get("method") != "window/showMessage", found
    return found


@pytest.mark.parametrize("params", [{}, {"params": None}, {"params": {}}, {"params": 7}])
@pytest.mark.parametrize("method", ["textDocument/typeDefinition", "guiju/noSuch", "$/noSuch"])
def test_an_unknown_request_is_told_so_whatever_it_comes_with(server: Server, method: str, params: dict[str, Any]):
    server.raw(json.dumps({"jsonrpc": "2.0", "method": method, "id": 20, **params}).encode())
    assert untroubled(server, 20)["error"]["code"] == -32601
    server.raw(json.dumps({"jsonrpc": "2.0", "method": method, **params}).encode())
    server.say("textDocument/hover", {}, id=21)
    assert untroubled(server, 21)["error"]["code"] == -32602, "an unknown notification is passed over"


def test_what_is_refused_is_no_fault_in_the_log(tmp_path: Path) -> None:
    with (tmp_path / "log").open("wb") as log:
        made = Server(log)
        made.ask("initialize", GREETING)
        made.say("initialized", {})
        document = {"uri": URI, "languageId": "guiju", "version": 1, "text": TEXT}
        made.say("textDocument/didOpen", {"textDocument": document})
        place = {**AT, "position": {"line": 2, "character": 6}}
        assert made.ask("textDocument/rename", {**place, "newName": "a b"})["error"]["code"] == -32803
        assert made.ask("textDocument/hover", [1], 6)["error"]["code"] == -32602
        made.raw(b'{"jsonrpc": "2.0", "method": ["x"]}')
        made.raw(b'{"jsonrpc": "2.0", "method": "textDocument/didChange", "params": [1]}')
        made.raw(b'{"jsonrpc": "2.0", "id": 5, "method": "guiju/noSuch"}')
        assert made.answer(5)["error"]["code"] == -32601
        assert made.ask("shutdown", None, 9)["result"] is None
        assert made.end() == 0
    assert "Traceback" not in (tmp_path / "log").read_text("utf-8")
