"""Signed bundles, as signers and those who rely on them meet them. Needs the extra `guiju[sign]`; skipped without it."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from guiju.bundle.envelope import encoded
from guiju.cli.main import main
from guiju.report.verification_model import json_schema
from tests.bundle import made

pytest.importorskip("cryptography", reason="guiju[sign] is not installed")

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

KEY, OTHER_KEY = (Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32) for n in (1, 2))


def private_pem(key: Any, passphrase: bytes = b"") -> bytes:
    lock = BestAvailableEncryption(passphrase) if passphrase else NoEncryption()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock)  # type: ignore[no-any-return]


def public_pem(key: Any) -> bytes:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)  # type: ignore[no-any-return]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bundle, a signer's keys and a signature, in the folder at hand."""
    monkeypatch.chdir(tmp_path)
    Path("shop.json").write_text(made.text(), encoding="utf-8")
    Path("key.pem").write_bytes(private_pem(KEY))
    Path("pub.pem").write_bytes(public_pem(KEY))
    assert run("sign", "shop.json", "--key", "key.pem", "-o", "shop.sig").exit_code == 0
    return tmp_path


def run(*arguments: str, language: str = "en") -> Result:
    result = CliRunner().invoke(main, [*arguments, "--lang", language])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def verify(key: str = "pub.pem", language: str = "en") -> Result:
    return run("verify", "shop.json", "shop.sig", "--key", key, language=language)


def refused(code: str, key: str = "pub.pem") -> str:
    """What is said where a signature must not count, in English; in Chinese it is the same code."""
    chinese, english = verify(key, "zh"), verify(key, "en")
    for result in (chinese, english):
        assert (result.exit_code, result.stdout) == (1, "")
        assert f"[{code}]" in result.stderr
    return english.stderr


def rewrite(change: Callable[[dict[str, Any]], object]) -> None:
    """Change the members of the envelope."""
    envelope = json.loads(Path("shop.sig").read_text("utf-8"))
    change(envelope)
    Path("shop.sig").write_text(json.dumps(envelope), encoding="utf-8")


def state(change: Callable[[dict[str, Any]], object], *, signed: bool) -> None:
    """Change the statement; `signed`: by the signer, who signs it again."""
    envelope = json.loads(Path("shop.sig").read_text("utf-8"))
    statement = json.loads(b64decode(envelope["payload"]))
    change(statement)
    payload = json.dumps(statement).encode()
    envelope["payload"] = b64encode(payload).decode()
    if signed:
        signature = KEY.sign(encoded(envelope["payloadType"], payload))
        envelope["signatures"][0]["sig"] = b64encode(signature).decode()
    Path("shop.sig").write_text(json.dumps(envelope), encoding="utf-8")


def test_a_signature_that_counts_is_told_as_json_by_its_schema() -> None:
    told = json.loads(run("verify", "shop.json", "shop.sig", "--key", "pub.pem", "--format", "json").stdout)
    Draft202012Validator(json_schema()).validate(told)
    bundle = json.loads(Path("shop.json").read_text("utf-8"))
    assert told["policy_digest"] == bundle["policy_digest"]
    assert told["outcomes"] == {o["outcome"]: o["values"] for o in bundle["outcomes"]}
    Path("shop.sig").write_text("{}", encoding="utf-8")
    refused = run("verify", "shop.json", "shop.sig", "--key", "pub.pem", "--format", "json")
    assert (refused.exit_code, json.loads(refused.stdout)["guiju"]) == (1, "diagnostics/1")


def test_what_was_signed_is_verified_with_the_public_key() -> None:
    result = verify()
    assert result.exit_code == 0
    assert "signed this bundle" in result.stdout
    assert "签过这个评价包" in verify(language="zh").stdout


def test_the_same_bundle_signed_again_gives_the_same_bytes() -> None:
    assert run("sign", "shop.json", "--key", "key.pem").stdout == Path("shop.sig").read_text("utf-8")


def test_the_statement_names_the_bundle_and_what_follows_from_it_and_nothing_of_the_evidence() -> None:
    envelope = json.loads(Path("shop.sig").read_text("utf-8"))
    statement = json.loads(b64decode(envelope["payload"]))
    assert envelope["payloadType"] == "application/vnd.in-toto+json"
    assert statement["subject"][0]["name"] == "shop.json"
    assert statement["predicate"]["outcomes"] == {"level": ["L1", "L2"]}
    assert "街角" not in b64decode(envelope["payload"]).decode()


def test_the_encoding_that_is_signed_is_that_of_the_protocol() -> None:
    """The example of the protocol's own text."""
    expected = b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    assert encoded("http://example.com/HelloWorld", b"hello world") == expected
    assert encoded("é", "中".encode()) == b"DSSEv1 2 \xc3\xa9 3 \xe4\xb8\xad"  # lengths are in bytes


# --- signatures that must not count ----------------------------------------------------------------------------------


def test_the_key_of_somebody_else() -> None:
    Path("other.pem").write_bytes(public_pem(OTHER_KEY))
    assert "signed nothing here" in refused("wrong-key", "other.pem")


def test_a_statement_that_was_changed() -> None:
    state(lambda statement: statement["predicate"]["outcomes"].update(level=["L2"]), signed=False)
    refused("signature-does-not-fit")


def test_a_key_id_is_a_hint_and_vouches_for_nothing() -> None:
    rewrite(lambda envelope: envelope["signatures"][0].update(keyid="whoever"))
    assert verify().exit_code == 0
    Path("other.pem").write_bytes(public_pem(OTHER_KEY))
    refused("wrong-key", "other.pem")


def test_another_type_of_payload() -> None:
    rewrite(lambda envelope: envelope.update(payloadType="application/json"))
    assert "`application/json`" in refused("wrong-payload-type")


def test_no_signature() -> None:
    rewrite(lambda envelope: envelope.update(signatures=[]))
    refused("no-signature")


def test_one_of_several_signatures_is_enough() -> None:
    rewrite(lambda e: e.update(signatures=[{"sig": "AAAA"}, *e["signatures"]]))
    assert verify().exit_code == 0


def test_a_bundle_that_was_changed_is_told_with_what_was_changed_in_it() -> None:
    Path("shop.json").write_text(made.text().replace('"街角小店"', '"大店"'), encoding="utf-8")
    assert "the member `subject` was changed" in refused("not-this-bundle")


def test_another_sound_bundle() -> None:
    Path("shop.json").write_text(made.text(reading="wide"), encoding="utf-8")
    refused("not-this-bundle")


@pytest.mark.parametrize(
    ("change", "member"),
    [
        (lambda s: s["predicate"].update(outcomes={"level": ["L2"]}), "outcomes"),
        (lambda s: s.update(predicateType="https://example.org/other"), "predicateType"),
        (lambda s: s.update(_type="https://in-toto.io/Statement/v0.1"), "_type"),
        (lambda s: s.pop("predicate"), "policy"),
    ],
)
def test_a_signer_who_says_otherwise_than_the_bundle(change: Callable[[dict[str, Any]], object], member: str) -> None:
    state(change, signed=True)
    assert f"`{member}`" in refused("statement-differs")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not-a-signature"),
        (b"not json", "json-syntax"),
        (b'{"payload": "', "json-syntax"),
        (b'{"payload": "e30=", "payloadType": "x"}', "not-a-signature"),
        (b'{"payload": "e3 0=", "payloadType": "x", "signatures": []}', "not-a-signature"),
        (b'{"payload": "e31=", "payloadType": "x", "signatures": []}', "not-a-signature"),  # a second spelling of e30=
        ('{"payload": "e30＝", "payloadType": "x", "signatures": []}'.encode(), "not-a-signature"),
        (b'{"payload": "\\u00e930=", "payloadType": "x", "signatures": []}', "not-a-signature"),
        ('{"payload": "e30=", "payloadType": "x", "signatures": [{"sig": "é"}]}'.encode(), "not-a-signature"),
        (b"[" * 100_000, "nested-too-deeply"),
        (b'{"payload": 1, "payloadType": "x", "signatures": []}', "not-a-signature"),
        (b" " * (1024 * 1024 + 1), "file-too-large"),
    ],
)
def test_a_file_that_is_no_envelope(data: bytes, code: str) -> None:
    Path("shop.sig").write_bytes(data)
    refused(code)


@pytest.mark.parametrize("payload", [b"", b"[]", b'{"_type": 1', b"\xff", b"[" * 5000])
def test_a_payload_that_is_no_statement_though_it_is_signed(payload: bytes) -> None:
    type_ = "application/vnd.in-toto+json"
    signature = b64encode(KEY.sign(encoded(type_, payload))).decode()
    envelope = {"payload": b64encode(payload).decode(), "payloadType": type_, "signatures": [{"sig": signature}]}
    Path("shop.sig").write_text(json.dumps(envelope), encoding="utf-8")
    result = verify()
    assert result.exit_code == 1
    assert "error[" in result.stderr


def test_no_changed_byte_of_a_signature_makes_another_statement_count() -> None:
    whole = Path("shop.sig").read_bytes()
    for at in range(0, len(whole), 3):
        Path("shop.sig").write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        if verify().exit_code == 0:  # in a blank or a key id, which nobody vouches for
            changed = json.loads(Path("shop.sig").read_bytes())
            assert {k: changed[k] for k in ("payload", "payloadType")} == {
                k: json.loads(whole)[k] for k in ("payload", "payloadType")
            }


# --- keys ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pem", "said"),
    [
        (public_pem(KEY), "a public key, and signing takes a private one"),
        (private_pem(KEY, b"secret"), "it has a passphrase"),
        (private_pem(generate_private_key(SECP256R1())), "it is no ed25519 key"),
        (b"-----BEGIN PRIVATE KEY-----\nnonsense\n-----END PRIVATE KEY-----\n", "no PEM key in it"),
        (b"", "no PEM key in it"),
    ],
)
def test_what_cannot_sign(pem: bytes, said: str) -> None:
    Path("bad.pem").write_bytes(pem)
    result = run("sign", "shop.json", "--key", "bad.pem", "-o", "new.sig")
    assert result.exit_code == 1
    assert "[key-not-usable]" in result.stderr
    assert said in result.stderr
    assert not Path("new.sig").exists()


@pytest.mark.parametrize(
    ("pem", "said"),
    [
        (private_pem(KEY), "a private key, and verifying takes a public one"),
        (public_pem(generate_private_key(SECP256R1())), "it is no ed25519 key"),
        (b"nonsense", "no PEM key in it"),
        (public_pem(KEY) * 2, "it holds more than one key"),
    ],
)
def test_what_cannot_verify(pem: bytes, said: str) -> None:
    Path("bad.pem").write_bytes(pem)
    assert said in refused("key-not-usable", "bad.pem")


def test_what_does_not_replay_is_not_signed() -> None:
    Path("shop.json").write_text(made.text().replace('"L1", "L2"', '"L2"'), encoding="utf-8")
    result = run("sign", "shop.json", "--key", "key.pem")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "[bundle-changed]" in result.stderr


# --- new keys ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh"])
def test_new_keys_sign_and_verify_and_the_private_one_is_its_owners(language: str) -> None:
    made_keys = run("keygen", "--key", "mine.pem", "--public", "mine.pub", language=language)
    assert made_keys.exit_code == 0
    assert Path("mine.pem").stat().st_mode & 0o777 == 0o600
    signed = run("sign", "shop.json", "--key", "mine.pem", "-o", "mine.sig", language=language)
    assert signed.exit_code == 0
    verified = run("verify", "shop.json", "mine.sig", "--key", "mine.pub", language=language)
    assert verified.exit_code == 0
    key_id = verified.stdout.split("the key " if language == "en" else "密钥 ")[1].split()[0]
    assert key_id in made_keys.stdout
    assert key_id in signed.stdout


def test_new_keys_are_never_written_over_others() -> None:
    before = Path("pub.pem").read_bytes()
    refused_ = run("keygen", "--key", "fresh.pem", "--public", "pub.pem")
    assert refused_.exit_code == 1
    assert "[file-exists]" in refused_.stderr
    assert Path("pub.pem").read_bytes() == before
    assert not Path("fresh.pem").exists()
