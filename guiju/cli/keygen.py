"""`guiju keygen`: a new pair of ed25519 keys, as PEM files, for those who have no other tool that makes them."""

from __future__ import annotations

from pathlib import Path

import click

from guiju.cli.edge import fail, language_option
from guiju.cli.help import Command, option
from guiju.cli.writing import file_exists, refuse_unless_writable, write
from guiju.dsl.diagnostic import Language, Text

_WRITTEN = Text(
    "{key}：私钥，只有你能读，不要交给别人\n{public}：公钥 {id}，交给核对签名的人",
    "{key}: the private key, which you alone can read; hand it to nobody\n"
    "{public}: the public key {id}, for those who verify",
)


@click.command(
    "keygen",
    cls=Command,
    about=Text(
        "生成一对新的 ed25519 密钥，没有口令。规矩不保管密钥。\n需要 guiju[sign]。",
        "Make a new pair of ed25519 keys, without a passphrase. Guiju keeps none.\nNeeds guiju[sign].",
    ),
)
@option(
    "--key",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    said=Text("私钥写入此文件。", "Write the private key to this file."),
)
@option(
    "--public",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    said=Text("公钥写入此文件。", "Write the public key to this file."),
)
@language_option
def command(key: Path, public: Path, language: Language) -> None:
    """Make a new pair of keys."""
    from guiju.bundle.keys import new_pair

    pair, found = new_pair()
    if pair is None:
        fail(found, language)
    targets = [refuse_unless_writable(path, language) for path in (key, public)]  # both or neither
    if targets[0] == targets[1]:
        fail((file_exists(public),), language)
    write(pair.private, key, language, private=True)
    write(pair.public, public, language)
    click.echo(_WRITTEN.in_language(language).format(key=key, public=public, id=pair.id))
