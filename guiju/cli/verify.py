"""`guiju verify`: whether a key signed a bundle, these very bytes, and that it replays."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from guiju.cli.edge import fail, format_option, language_option
from guiju.cli.help import Command, option
from guiju.dsl.diagnostic import Diagnostic, Language, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guiju.bundle.read import BundleFile
    from guiju.exchange.node import Data
    from guiju.report.verification_model import VerificationModel

_SIGNED = Text(
    "密钥 {key} 签过这个评价包：规矩 {by} 重算与其来源相符\n{digest}",
    "the key {key} signed this bundle: Guiju {by} replayed it\n{digest}",
)


@click.command(
    "verify",
    cls=Command,
    about=Text(
        "核对评价包的签名：是不是这把密钥签的，签的是不是这些字节。\n不重算，重算用 guiju replay。需要 guiju[sign]。",
        "Verify the SIGNATURE of BUNDLE: whether this key signed it, and these very bytes.\n"
        "It derives nothing; `guiju replay` does. Needs guiju[sign].",
    ),
)
@click.argument("bundle", type=click.Path(path_type=Path))
@click.argument("signature", type=click.Path(path_type=Path))
@option(
    "--key",
    required=True,
    type=click.Path(path_type=Path),
    said=Text("签名者的公钥，PEM 文件。", "The signer's public key, a PEM file."),
)
@language_option
@format_option
def command(bundle: Path, signature: Path, key: Path, language: Language, form: str) -> None:
    """Verify the SIGNATURE of BUNDLE."""
    from guiju.bundle.envelope import read_envelope
    from guiju.bundle.keys import read_verifier
    from guiju.bundle.statement import statement_in, unsigned

    verifier, wrong_key = read_verifier(key)
    if verifier is None:
        fail(wrong_key, language, form)
    envelope, wrong = read_envelope(signature)
    if envelope is None:
        fail(wrong, language, form)
    if (reason := unsigned(envelope, str(signature), verifier)) is not None:
        fail((reason,), language, form)
    statement, wrong = statement_in(envelope, str(signature))
    if statement is None:
        fail(wrong, language, form)
    file = _signed(bundle, statement, str(signature), language, form)
    predicate = statement["predicate"]
    by = predicate.get("replayed_by") if isinstance(predicate, dict) else None
    replayed_by = str(by) if by else None
    if form == "json":
        click.echo(_model(file, verifier.id, replayed_by).model_dump_json(indent=2))
        return
    click.echo(_SIGNED.in_language(language).format(key=verifier.id, by=replayed_by or "–", digest=file.digest))


def _model(file: BundleFile, key: str, replayed_by: str | None) -> VerificationModel:
    from guiju.report.verification_model import VerificationModel

    bundle = file.bundle
    return VerificationModel(
        guiju="verification/1",
        bundle=file.digest,
        key=key,
        replayed_by=replayed_by,
        policy=bundle.policy,
        policy_digest=bundle.policy_digest,
        evidence_digest=bundle.evidence_digest,
        outcomes={o.outcome: o.values for o in bundle.outcomes},
    )


def _signed(bundle: Path, statement: Mapping[str, Data], signature: str, language: Language, form: str) -> BundleFile:
    """The bundle that a statement is about; or the end of the command, with what was changed in it if that shows."""
    from guiju.bundle.read import LIMIT, parse_bundle
    from guiju.bundle.statement import another_bundle, differences, signed_digest
    from guiju.exchange.text import digest, read_bytes

    data, found = read_bytes(bundle, LIMIT)
    if data is None:
        fail(found, language, form)
    file, changed = parse_bundle(str(bundle), data)
    other: tuple[Diagnostic, ...] = ()
    if (stated := signed_digest(statement)) != digest(data):
        other = (another_bundle(signature, stated, digest(data)),)
    if file is None or other:
        fail((*other, *changed), language, form)
    if differing := tuple(differences(statement, file, signature)):
        fail(differing, language, form)
    return file
