"""Bundles that were changed at random: reading and replaying them never raises, and never lets a change pass."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.bundle.damage import damage
from guiju.bundle.layout import body, closed
from guiju.bundle.read import parse_bundle
from guiju.bundle.replay import replay
from tests.bundle import made

WHOLE = made.text().encode()
LINES = tuple(body(made.content()))
PIECES = st.sampled_from(
    (
        "",
        '"',
        "\\",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\n",
        " ",
        "1",
        "null",
        "\\u0000",
        "\x00",
        "中",
        '"x": 1, ',
        "clause:1.a",
    )
)


@given(st.lists(st.tuples(st.integers(0, len(WHOLE)), st.integers(0, 40), PIECES), min_size=1, max_size=4))
def test_whatever_is_done_to_the_bytes_is_found(edits: list[tuple[int, int, str]]) -> None:
    data = WHOLE
    for at, lost, piece in edits:
        data = data[:at] + piece.encode() + data[at + lost :]
    file, found = parse_bundle("drawn.json", data)
    assert (file is None) == (data != WHOLE)
    assert all(d.is_error and d.message("zh") and d.span.position.line >= 1 for d in found)


@given(st.binary(max_size=200))
def test_what_is_no_bundle_at_all_never_raises(data: bytes) -> None:
    file, found = parse_bundle("drawn.json", data)
    assert file is None
    assert found


@settings(max_examples=60)
@given(st.integers(2, len(LINES) - 1), st.integers(0, 200), st.integers(0, 6), PIECES)
def test_whatever_a_forger_writes_with_checksums_that_agree_is_found(
    number: int, at: int, lost: int, piece: str
) -> None:
    """Any line but the first, which says what it is, and the second, which version wrote it."""
    lines = list(LINES)
    old = lines[number].text
    new = (old[:at] + piece + old[at + lost :]).replace("\n", "")
    lines[number] = lines[number]._replace(text=new)
    text = closed(lines)
    assert damage(text) == ()
    file, found = parse_bundle("forged.json", text.encode())
    deviating = found if file is None else replay(file, made.ENGINE)
    assert any(d.is_error for d in deviating) == (new != old)
