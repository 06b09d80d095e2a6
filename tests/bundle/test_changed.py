"""Whatever byte of a bundle is changed, lost or added: it is found, and the part that it belongs to is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from guiju.bundle.codes import BUNDLE_BREAKS_OFF, BUNDLE_CHANGED, BUNDLE_LINE_ENDS, NOT_A_BUNDLE
from guiju.bundle.layout import body, written
from guiju.bundle.make import content_of
from guiju.bundle.parts import named
from guiju.bundle.read import LIMIT, parse_bundle, read_bundle
from guiju.bundle.sources import collected
from guiju.dsl.diagnostic import LANGUAGES, Diagnostic
from guiju.exchange.text import read_text
from guiju.library import load
from tests.bundle import made
from tests.project.repository import ROOT

WHOLE = made.text().encode()
LINES = WHOLE.split(b"\n")


def found(data: bytes) -> tuple[Diagnostic, ...]:
    bundle, diagnostics = parse_bundle("bundle.json", data)
    assert bundle is None
    return diagnostics


def parts_of(content: dict[str, object]) -> list[str]:
    """What each line of a bundle must be called."""
    lines = list(body(content))
    return [
        *(named(line.part, line.number, line.text).en for line in lines),
        "the member `checksums`",
        "the member `digest`",
    ]


def assert_named(data: bytes, *parts: str) -> None:
    """The change is told of one of these parts; an item may be called by its number alone."""
    told = " ".join(d.message("en") for d in found(data))
    assert any(_item(part) in told for part in parts), (parts, told)


def _item(part: str) -> str:
    return part[part.rindex("(item ") + 1 : -1] if "(item " in part else part


@pytest.mark.parametrize("flip", [0x01, 0x20, 0x80])
def test_every_byte_of_a_bundle_is_looked_at_and_a_changed_one_named(flip: int) -> None:
    """The lowest bit makes another character, the next one another case, the highest no UTF-8 at all."""
    parts, number = parts_of(made.content()), 0
    for at, byte in enumerate(WHOLE):
        assert_named(WHOLE[:at] + bytes([byte ^ flip]) + WHOLE[at + 1 :], parts[number])
        number += byte == ord("\n")


def test_other_line_ends_are_told_to_be_that_and_nothing_else() -> None:
    (told,) = found(WHOLE.replace(b"\n", b"\r\n"))
    assert told.code is BUNDLE_LINE_ENDS
    changed = found(WHOLE.replace(b"\n", b"\r\n").replace(b'"subject": "', b'"subject": "x', 1))
    assert BUNDLE_LINE_ENDS not in [d.code for d in changed]


def test_every_byte_that_is_lost_or_doubled_is_named() -> None:
    """A line feed stands between two parts, and either may be told."""
    parts, number = [*parts_of(made.content()), ""], 0
    for at, byte in enumerate(WHOLE[:-1]):
        beside = parts[number : number + 2] if byte == ord("\n") else parts[number : number + 1]
        assert_named(WHOLE[:at] + WHOLE[at : at + 1] + WHOLE[at:], *beside)
        assert_named(WHOLE[:at] + WHOLE[at + 1 :], *beside)
        number += byte == ord("\n")


def test_a_line_that_is_lost_doubled_or_exchanged_is_found_where_it_is() -> None:
    parts = parts_of(made.content())
    for number in range(len(parts) - 2):
        before, behind = LINES[:number], LINES[number + 1 :]
        for lines in (behind, [*LINES[number : number + 1] * 2, *behind], [behind[0], LINES[number], *behind[1:]]):
            assert_named(b"\n".join([*before, *lines]), parts[number], parts[number + 1])


def test_wherever_a_bundle_breaks_off_it_says_so_and_where() -> None:
    for end in range(len(WHOLE)):
        (told,) = found(WHOLE[:end])
        assert told.code in (BUNDLE_BREAKS_OFF, BUNDLE_CHANGED, NOT_A_BUNDLE)
        assert told.code is not NOT_A_BUNDLE or end <= len(LINES[0])
        assert all(told.message(language) for language in LANGUAGES)
    (told,) = found(WHOLE.removesuffix(b"\n"))
    assert (told.code, told.span.position.line) == (BUNDLE_BREAKS_OFF, len(LINES) - 1)
    assert "the line feed at its end, which alone is missing" in told.message("en")
    assert "line 8 of the policy shop-1.guiju" in found(WHOLE[: WHOLE.index(b"hours >= 8")])[0].message("en")


def test_a_changed_byte_of_a_whole_standard_is_named_in_each_part() -> None:
    """GB/T 45288.3—2025 and its example: a byte of some lines of each part."""
    policy = load("gbt-45288.3-2025")
    evidence, _ = read_text(ROOT / "policies" / "gbt-45288.3-2025" / "evidence" / "mid-vendor-with-gaps.yaml")
    assert evidence is not None
    content, _ = content_of(collected(policy, (), evidence), {}, "1")
    assert content is not None
    parts, lines = parts_of(content), written(content).encode().split(b"\n")
    numbers = {part.partition(" of ")[2] or part: n for n, part in enumerate(parts)}
    for number in {*numbers.values(), *range(0, len(parts), len(parts) // 40)}:
        middle = len(lines[number]) // 2
        changed = lines[number][:middle] + bytes([lines[number][middle] ^ 1]) + lines[number][middle + 1 :]
        assert_named(b"\n".join([*lines[:number], changed, *lines[number + 1 :]]), parts[number])


# --- what is no bundle ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "does not begin like one"),
        (b"guiju: evidence/1\nsubject: x\n", "does not begin like one"),
        (b'{"guiju": "bundle/2",\n "engine": "3"}\n', "its version is not bundle/1"),
        (b'{"payload": "", "payloadType": "application/vnd.in-toto+json", "signatures": []}\n', "it is a signature"),
        (b"\xff\xfe\x00", "does not begin like one"),
        (b"PK\x03\x04", "does not begin like one"),
    ],
)
def test_another_file_is_no_bundle_and_is_told_what_it_may_be(data: bytes, said: str) -> None:
    (told,) = found(data)
    assert told.code is NOT_A_BUNDLE
    assert said in told.message("en")


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.json"
    with path.open("wb") as file:
        file.truncate(LIMIT + 1)
    bundle, (told,) = read_bundle(path)
    assert (bundle, told.code.name) == (None, "file-too-large")


def test_what_was_only_put_around_a_bundle_is_told_as_that() -> None:
    around = {b"\xef\xbb\xbf" + WHOLE: "byte order mark", WHOLE + b"\n": "1 character(s) stand behind its end"}
    for data, said in around.items():
        (one,) = found(data)
        assert (one.code, said in one.message("en")) == (NOT_A_BUNDLE, True)
    (one,) = found(WHOLE.decode().encode("utf-16"))
    assert "UTF-16" in one.message("en")
