"""`guiju lsp`: the language server, which an editor starts and talks to."""

from __future__ import annotations

import click

from guiju.cli.edge import default_language
from guiju.cli.extras import require
from guiju.cli.help import Command, option
from guiju.dsl.diagnostic import Language, Text


@click.command(
    "lsp",
    cls=Command,
    about=Text(
        "语言服务器：编辑器启动它，通过标准输入输出按语言服务器协议对话。",
        "The language server: an editor starts it and speaks the language server protocol with it.",
    ),
)
@option(
    "--tcp",
    "port",
    type=click.IntRange(1, 65535),
    metavar="PORT",
    said=Text("改在本机的这个端口上等一个编辑器。", "Wait for one editor on this port of this machine."),
)
@option(
    "--lang",
    "language",
    type=click.Choice(["zh", "en"]),
    said=Text("消息的语言；不写则随编辑器。", "Language of messages; by default the editor's."),
)
def command(port: int | None, language: Language | None) -> None:
    """Speak the language server protocol."""
    require("lsp", ("pygls",), "lsp", language or default_language())
    from guiju.lsp.worker import Worker

    worker = Worker()
    worker.start()  # before the server is loaded, so that both load what they need side by side
    from guiju.lsp.server import serve

    serve(language, default_language(), worker, port)
