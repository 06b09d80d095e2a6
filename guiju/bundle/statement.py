"""What is signed of a bundle: an in-toto statement that names its digest and what follows from it; and its checking."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Any

from guiju.bundle import codes
from guiju.bundle.envelope import Envelope, Signature, encoded
from guiju.bundle.keys import Signer, Verifier
from guiju.bundle.model import BundleModel
from guiju.bundle.read import BundleFile
from guiju.dsl.diagnostic import Argument, Code, Diagnostic, has_errors
from guiju.dsl.source import Source, Span
from guiju.exchange.json_tree import read_json
from guiju.exchange.node import Data, to_data
from guiju.exchange.text import decode

PAYLOAD_TYPE = "application/vnd.in-toto+json"
STATEMENT = "https://in-toto.io/Statement/v1"
PREDICATE = "urn:guiju:predicate:replayed-1"


def signed(file: BundleFile, replayed_by: str, signer: Signer) -> Envelope:
    """The statement that a bundle replays, signed. The same bundle, version and key give the same bytes."""
    payload = json.dumps(_statement(file, replayed_by), ensure_ascii=False, separators=(",", ":")).encode()
    signature = signer.sign(encoded(PAYLOAD_TYPE, payload))
    return Envelope(PAYLOAD_TYPE, payload, (Signature(signer.id, signature),))


def _statement(file: BundleFile, replayed_by: str) -> dict[str, Any]:
    digest = {"sha256": file.digest.removeprefix("sha256:")}
    return {
        "_type": STATEMENT,
        "subject": [{"name": PurePath(file.source.name).name, "digest": digest}],
        "predicateType": PREDICATE,
        "predicate": {**_says(file.bundle), "replayed_by": replayed_by},
    }


def _says(bundle: BundleModel) -> dict[str, Any]:
    """What follows from a bundle, without anything of its evidence but the digest."""
    return {
        "policy": bundle.policy,
        "policy_digest": bundle.policy_digest,
        "evidence_digest": bundle.evidence_digest,
        "as_of": bundle.as_of,
        "readings": {chosen.reading: chosen.option for chosen in bundle.readings},
        "outcomes": {outcome.outcome: outcome.values for outcome in bundle.outcomes},
        "engine": bundle.engine,
    }


# --- verified ------------------------------------------------------------------------------------------------------


def unsigned(envelope: Envelope, name: str, verifier: Verifier) -> Diagnostic | None:
    """Why an envelope says nothing in the name of a key; None where it does."""
    place = Span(Source(name, ""), 0, 0)
    if envelope.type != PAYLOAD_TYPE:
        return Diagnostic(codes.WRONG_PAYLOAD_TYPE, place, (("found", envelope.type),))
    if not envelope.signatures:
        return Diagnostic(codes.NO_SIGNATURE, place)
    if any(verifier.verifies(s.bytes, envelope.signed) for s in envelope.signatures):
        return None
    named = [s.key or "–" for s in envelope.signatures]
    if verifier.id in named:
        return Diagnostic(codes.SIGNATURE_DOES_NOT_FIT, place)
    return Diagnostic(codes.WRONG_KEY, place, (("key", verifier.id), ("found", ", ".join(named))))


def statement_in(envelope: Envelope, name: str) -> tuple[Mapping[str, Data] | None, tuple[Diagnostic, ...]]:
    """The statement that was signed, read as carefully as any file."""
    text, found = decode(name, envelope.payload)
    if text is None:
        return None, found
    root, found = read_json(text.source)
    data = None if root is None or has_errors(found) else to_data(root)
    if not isinstance(data, dict):
        return None, found or (_differs(name, "_type"),)
    return data, ()


def signed_digest(statement: Mapping[str, Data]) -> str | None:
    """The digest of the one thing that a statement is about."""
    match statement:
        case {"subject": [{"digest": {"sha256": str(digest)}}]}:
            return f"sha256:{digest}"
    return None


def differences(statement: Mapping[str, Data], file: BundleFile, name: str) -> Iterator[Diagnostic]:
    """What a statement says otherwise than the bundle that it is about."""
    wanted = {"_type": STATEMENT, "predicateType": PREDICATE}
    yield from (_differs(name, key) for key, value in wanted.items() if statement.get(key) != value)
    predicate = statement.get("predicate")
    said = predicate if isinstance(predicate, dict) else {}
    yield from (_differs(name, key) for key, value in _says(file.bundle).items() if said.get(key) != value)


def another_bundle(name: str, stated: str | None, found: str) -> Diagnostic:
    """That a statement is about other bytes."""
    return _about(codes.NOT_THIS_BUNDLE, name, signed=stated or "–", found=found)


def _differs(name: str, member: str) -> Diagnostic:
    return _about(codes.STATEMENT_DIFFERS, name, member=member)


def _about(code: Code, name: str, **arguments: Argument) -> Diagnostic:
    return Diagnostic(code, Span(Source(name, ""), 0, 0), tuple(arguments.items()))
