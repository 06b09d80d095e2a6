"""DSSE envelopes (version 1.0.2 of the protocol): some bytes with their type, and signatures over both."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode, urlsafe_b64encode
from binascii import Error
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from guiju.bundle.codes import NOT_A_SIGNATURE
from guiju.dsl.diagnostic import Diagnostic, Text, has_errors
from guiju.dsl.source import Source, Span
from guiju.exchange.json_tree import read_json
from guiju.exchange.node import to_data
from guiju.exchange.text import read_text

LIMIT = 1024 * 1024  # bytes


class Signature(NamedTuple):
    """A signature. `key`: which key it names; a hint that nobody vouches for."""

    key: str
    bytes: bytes


class Envelope(NamedTuple):
    """Some bytes of a type, with the signatures over both."""

    type: str
    payload: bytes
    signatures: tuple[Signature, ...]

    @property
    def signed(self) -> bytes:
        """What a signature is over: type and bytes with their lengths, so that neither can pass for the other."""
        return encoded(self.type, self.payload)

    @property
    def text(self) -> str:
        """The envelope as a file."""
        content = {
            "payload": b64encode(self.payload).decode(),
            "payloadType": self.type,
            "signatures": [{"keyid": s.key, "sig": b64encode(s.bytes).decode()} for s in self.signatures],
        }
        return json.dumps(content, indent=1) + "\n"


def encoded(type_: str, payload: bytes) -> bytes:
    """The pre-authentication encoding.

    >>> encoded("t/x", b"hi")
    b'DSSEv1 3 t/x 2 hi'
    """
    name = type_.encode()
    return b"DSSEv1 %d %b %d %b" % (len(name), name, len(payload), payload)


class _SignatureModel(BaseModel):
    model_config = ConfigDict(strict=True)  # the protocol lets more members stand, and they mean nothing

    keyid: str | None = None
    sig: str


class _EnvelopeModel(BaseModel):
    model_config = ConfigDict(strict=True)

    payload: str
    payloadType: str  # noqa: N815 - the protocol's word
    signatures: list[_SignatureModel]


def read_envelope(path: Path) -> tuple[Envelope | None, tuple[Diagnostic, ...]]:
    """The envelope of a file. Never raises for what is in it."""
    text, found = read_text(path, LIMIT)
    if text is None:
        return None, found
    if not text.source.text.strip():
        return None, (_no_envelope(text.source, Text("文件是空的", "the file is empty")),)
    root, found = read_json(text.source)
    if root is None or has_errors(found):
        return None, found
    try:
        model = _EnvelopeModel.model_validate(to_data(root))
        signatures = tuple(Signature(s.keyid or "", _decoded(s.sig)) for s in model.signatures)
        return Envelope(model.payloadType, _decoded(model.payload), signatures), ()
    except ValidationError as error:
        place = ".".join(map(str, error.errors(include_url=False)[0]["loc"]))
        reason = Text(f"缺少或写错“{place}”", f"`{place}` is missing or wrong")
        return None, (_no_envelope(text.source, reason if place else Text("它不是 JSON 对象", "it is no JSON object")),)
    except Error:
        return None, (_no_envelope(text.source, Text("其中有的不是 base64", "something in it is no base64")),)


def _decoded(text: str) -> bytes:
    """Base64 in either alphabet; of several spellings of the same bytes only the plain one."""
    if not text.isascii():
        raise Error
    data = b64decode(text.translate(_STANDARD), validate=True)
    if text not in (b64encode(data).decode(), urlsafe_b64encode(data).decode()):
        raise Error
    return data


_STANDARD = str.maketrans("-_", "+/")


def _no_envelope(source: Source, reason: Text) -> Diagnostic:
    return Diagnostic(NOT_A_SIGNATURE, Span(source, 0, 0), (("reason", reason),))
