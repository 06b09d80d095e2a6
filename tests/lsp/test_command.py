"""`guiju lsp` as it is called: without its extra, and on a port."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys

import pytest
from click.testing import CliRunner
from lsprotocol import types
from pygls.lsp.client import LanguageClient

from guiju.cli import extras
from guiju.cli.main import main
from tests.project.repository import ROOT


@pytest.mark.parametrize(("language", "said"), [("zh", "安装它：pip install 'guiju[lsp]'"), ("en", "install it: pip")])
def test_without_its_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, language: str, said: str):
    monkeypatch.setattr(extras, "find_spec", lambda name: None)
    result = CliRunner().invoke(main, ["lsp", "--lang", language])
    assert result.exit_code == 2
    assert "needs-extra" in result.stderr
    assert said in result.stderr


def test_on_a_port_it_answers_as_well():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "guiju", "lsp", "--tcp", str(port)]
    with subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)}) as served:
        try:
            assert asyncio.run(greeted(port)) == "guiju"
        finally:
            served.terminate()


async def greeted(port: int) -> str:
    """The name of the server that answers on a port, once it is there."""
    client = LanguageClient("tests", "1")
    async with asyncio.timeout(60):
        while True:
            try:
                await client.start_tcp("127.0.0.1", port)
                break
            except OSError:
                await asyncio.sleep(0.1)
    greeting = types.InitializeParams(capabilities=types.ClientCapabilities())
    answer = await client.initialize_async(greeting)
    await client.shutdown_async(None)
    client.exit(None)
    await client.stop()  # type: ignore[no-untyped-call] # pygls' own
    return answer.server_info.name if answer.server_info else ""
