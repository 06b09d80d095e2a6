"""`guiju sign`: the statement that a bundle replays, signed with an ed25519 key."""

from __future__ import annotations

from pathlib import Path

import click

from guiju.cli.edge import fail, language_option
from guiju.cli.help import Command, option
from guiju.cli.replay import replayed
from guiju.cli.writing import out_option, write
from guiju.dsl.diagnostic import Language, Text

_WRITTEN = Text("{path}：已用密钥 {key} 签名", "{path}: signed with the key {key}")


@click.command(
    "sign",
    cls=Command,
    about=Text(
        "重算评价包，与其来源相符才签名：in-toto 声明，DSSE 信封，ed25519。\n需要 guiju[sign]。",
        "Replay BUNDLE and, if it follows from its sources, sign that it does:\n"
        "an in-toto statement in a DSSE envelope, ed25519. Needs guiju[sign].",
    ),
)
@click.argument("bundle", type=click.Path(path_type=Path))
@option(
    "--key",
    required=True,
    type=click.Path(path_type=Path),
    said=Text("私钥，PEM 文件。", "The private key, a PEM file."),
)
@out_option()
@language_option
def command(bundle: Path, key: Path, out: Path | None, language: Language) -> None:
    """Replay BUNDLE and sign that it follows from its sources."""
    from guiju import __version__
    from guiju.bundle.keys import read_signer
    from guiju.bundle.statement import signed

    signer, found = read_signer(key)
    if signer is None:
        fail(found, language)
    file = replayed(bundle, language)
    write(signed(file, __version__, signer).text, out, language)
    if out is not None:
        click.echo(_WRITTEN.in_language(language).format(path=out, key=signer.id))
