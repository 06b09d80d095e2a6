"""PEM files -> ed25519 keys. The one door to `cryptography`, which is there only with the extra `guiju[sign]`."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from guiju.bundle.codes import KEY_NOT_USABLE, SIGNING_NOT_INSTALLED
from guiju.dsl.diagnostic import Diagnostic, Text
from guiju.dsl.source import Source, Span
from guiju.exchange.text import read_bytes

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

LIMIT = 64 * 1024  # bytes; a key has some hundred

_Found = tuple[Diagnostic, ...]


class Signer(NamedTuple):
    """Who can sign: a private key with its id."""

    key: Ed25519PrivateKey
    id: str

    def sign(self, data: bytes) -> bytes:
        """The signature of some bytes; the same each time."""
        return self.key.sign(data)


class Verifier(NamedTuple):
    """Whose signatures can be told: a public key with its id."""

    key: Ed25519PublicKey
    id: str

    def verifies(self, signature: bytes, data: bytes) -> bool:
        """Whether a signature is that of this key over some bytes."""
        from cryptography.exceptions import InvalidSignature

        try:
            self.key.verify(signature, data)
        except InvalidSignature:
            return False
        return True


class Pair(NamedTuple):
    """A new private key and its public one, as PEM, and the id of both."""

    private: bytes
    public: bytes
    id: str


def new_pair() -> tuple[Pair | None, _Found]:
    """A pair of keys from the system's source of chance; or that nothing here makes any."""
    if (missing := _missing("")) is not None:
        return None, (missing,)
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

    key = Ed25519PrivateKey.generate()
    public = key.public_key()
    return Pair(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
        _id(public),
    ), ()


def read_signer(path: Path) -> tuple[Signer | None, _Found]:
    """The private key of a file. Never raises for what is in it."""
    data, found = _data(path)
    if data is None:
        return None, found
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    if b"PUBLIC KEY-----" in data:
        return None, (
            _unusable(path, Text("这是公钥，签名要用私钥", "it is a public key, and signing takes a private one")),
        )
    try:
        key = load_pem_private_key(data, password=None)
    except TypeError:
        return None, (_unusable(path, _ENCRYPTED),)
    except (ValueError, UnsupportedAlgorithm):
        return None, (_unusable(path, _NO_PEM),)
    if not isinstance(key, Ed25519PrivateKey):
        return None, (_unusable(path, _OTHER),)
    return Signer(key, _id(key.public_key())), ()


def read_verifier(path: Path) -> tuple[Verifier | None, _Found]:
    """The public key of a file. Never raises for what is in it; a private key is refused, it is not to be handed on."""
    data, found = _data(path)
    if data is None:
        return None, found
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    if b"PRIVATE KEY-----" in data:
        reason = Text("这是私钥，核对要用公钥", "it is a private key, and verifying takes a public one")
        return None, (_unusable(path, reason),)
    if data.count(b"-----BEGIN") > 1:
        return None, (_unusable(path, _SEVERAL),)
    try:
        key = load_pem_public_key(data)
    except (ValueError, UnsupportedAlgorithm):
        return None, (_unusable(path, _NO_PEM),)
    if not isinstance(key, Ed25519PublicKey):
        return None, (_unusable(path, _OTHER),)
    return Verifier(key, _id(key)), ()


_NO_PEM = Text("里面没有读得出的 PEM 密钥", "there is no PEM key in it that can be read")
_SEVERAL = Text("里面不止一把密钥，一个文件放一把", "it holds more than one key; let a file hold one")
_OTHER = Text("它不是 ed25519 密钥", "it is no ed25519 key")
_ENCRYPTED = Text("它有口令保护，先用 openssl pkey 解开", "it has a passphrase; `openssl pkey` takes that off")


def _id(key: Ed25519PublicKey) -> str:
    """What names a key: the SHA-256 of its public half, as DER."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


def _data(path: Path) -> tuple[bytes | None, _Found]:
    missing = _missing(str(path))
    return read_bytes(path, LIMIT) if missing is None else (None, (missing,))


def _missing(name: str) -> Diagnostic | None:
    """That the extra is not installed, if it is not."""
    try:
        import cryptography  # noqa: F401 - whether it is there
    except ImportError:
        return Diagnostic(SIGNING_NOT_INSTALLED, Span(Source(name, ""), 0, 0))
    return None


def _unusable(path: Path, reason: Text) -> Diagnostic:
    """What is wrong with a key; nothing of the file is shown."""
    return Diagnostic(KEY_NOT_USABLE, Span(Source(str(path), ""), 0, 0), (("path", str(path)), ("reason", reason)))
