"""Bytes that are no plain UTF-8 text, and files that are no files: a clear diagnostic each, never an exception."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.dsl.diagnostic import Diagnostic
from guiju.exchange import codes
from guiju.exchange.evidence import read_evidence
from guiju.exchange.text import decode, digest, read_text

PLAIN = "guiju: evidence/1\nsubject: 示例平台\nfacts:\n  算力: 50 PFLOPS\n"


def _only(diagnostics: tuple[Diagnostic, ...]) -> Diagnostic:
    (diagnostic,) = diagnostics
    return diagnostic


def _read(tmp_path: Path, data: bytes, name: str = "evidence.yaml"):
    path = tmp_path / name
    path.write_bytes(data)
    return read_evidence(path)


def test_a_plain_file_is_read_without_a_word(tmp_path: Path):
    evidence, diagnostics = _read(tmp_path, PLAIN.encode())
    assert evidence is not None
    assert not diagnostics
    assert evidence.digest == digest(PLAIN.encode())


def test_a_byte_order_mark_is_a_warning_and_counts_for_the_digest(tmp_path: Path):
    data = b"\xef\xbb\xbf" + PLAIN.encode()
    evidence, diagnostics = _read(tmp_path, data)
    assert _only(diagnostics).code is codes.BYTE_ORDER_MARK
    assert evidence is not None
    assert evidence.digest == digest(data)
    assert evidence.facts[0].span.position == (4, 3)


def test_crlf_changes_nothing_but_the_digest(tmp_path: Path):
    unix, _ = _read(tmp_path, PLAIN.encode())
    windows, diagnostics = _read(tmp_path, PLAIN.replace("\n", "\r\n").encode())
    assert unix is not None
    assert windows is not None
    assert not diagnostics
    assert (windows.subject, windows.facts) == (unix.subject, unix.facts)
    assert windows.facts[0].span.position == unix.facts[0].span.position


@pytest.mark.parametrize("encoding", ["gb18030", "gbk"])
def test_gb18030_is_recognised_and_the_remedy_names_it(tmp_path: Path, encoding: str):
    evidence, diagnostics = _read(tmp_path, PLAIN.encode(encoding))
    found = _only(diagnostics)
    assert evidence is None
    assert found.code is codes.OTHER_ENCODING
    assert found.span.position == (2, 10)
    assert "GB18030" in found.message("zh")
    assert "iconv -f GB18030 -t UTF-8" in found.help("en")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("text", [PLAIN, "guiju: evidence/1\nsubject: demo\n"])
def test_encodings_of_two_and_four_bytes_are_recognised_with_and_without_a_mark(
    tmp_path: Path, encoding: str, text: str
):
    _, diagnostics = _read(tmp_path, text.encode(encoding))
    found = _only(diagnostics)
    assert found.code is codes.OTHER_ENCODING
    assert f"looks like {encoding[:6].upper()}" in found.message("en")


def test_other_bytes_are_named_by_their_number(tmp_path: Path):
    _, diagnostics = _read(tmp_path, b"guiju: \xff\xff\n")
    found = _only(diagnostics)
    assert found.code is codes.NOT_UTF8
    assert "number 8" in found.message("en")
    assert found.span.position == (1, 8)


@pytest.mark.parametrize("character", ["\0", "\x07", "\x1b", "\x7f", "\x85", "\u200b", "\u2028", "\u202e", "\ufeff"])
def test_characters_that_cannot_be_seen_are_refused_with_their_place(tmp_path: Path, character: str):
    _, diagnostics = _read(tmp_path, f"guiju: evidence/1\nsubject: a{character}b{character}\n".encode())
    found = _only(diagnostics)
    assert found.code is codes.CONTROL_CHARACTER
    assert found.span.position == (2, 11)
    assert f"U+{ord(character):04X}" in found.message("en")
    assert "2" in found.message("zh")


@pytest.mark.parametrize("name", ["evidence.yaml", "evidence.json"])
@pytest.mark.parametrize("data", [b"", b"\n", b" \r\n\n", b"\xef\xbb\xbf"])
def test_an_empty_file_says_so(tmp_path: Path, name: str, data: bytes):
    evidence, diagnostics = _read(tmp_path, data, name)
    assert evidence is None
    assert diagnostics[-1].code is codes.EMPTY_FILE


def test_a_file_that_is_not_there(tmp_path: Path):
    _, diagnostics = read_evidence(tmp_path / "none.yaml")
    assert _only(diagnostics).code is codes.FILE_NOT_FOUND


def test_a_folder(tmp_path: Path):
    _, diagnostics = read_evidence(tmp_path)
    assert _only(diagnostics).code is codes.FILE_IS_A_FOLDER


@pytest.mark.parametrize("name", ["a" * 5000, "a\0b"])
def test_a_name_that_the_system_refuses(name: str):
    _, diagnostics = read_evidence(name)
    assert _only(diagnostics).code is codes.FILE_NOT_READABLE


def test_a_file_beyond_the_limit(tmp_path: Path):
    path = tmp_path / "large.yaml"
    path.write_bytes(b"a" * 101)
    text, diagnostics = read_text(path, limit=100)
    assert text is None
    assert _only(diagnostics).code is codes.FILE_TOO_LARGE
    path.write_bytes(b"a" * 100)
    assert read_text(path, limit=100)[0] is not None


@given(st.binary(max_size=200))
def test_bytes_never_raise(data: bytes):
    text, diagnostics = decode("x", data)
    assert text is not None or diagnostics
    assert all(str(found.span) and found.message("zh") and found.help("en") for found in diagnostics)


@pytest.mark.parametrize(
    ("limit", "told"), [(64 * 1024, "64 KiB"), (1024 * 1024, "1 MiB"), (16 * 1024 * 1024, "16 MiB")]
)
def test_how_large_a_file_may_be_is_told_in_a_unit_that_shows_it(limit: int, told: str, tmp_path: Path):
    path = tmp_path / "large.yaml"
    path.write_bytes(b"a" * (limit + 1))
    assert dict(_only(read_text(path, limit)[1]).arguments) == {"limit": told}
