"""Every fixed text exists in both languages, with the same arguments; and every word that a value can be is there."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from guiju.report.words import WORDS, word


def arguments(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_word_that_the_code_asks_for_is_there() -> None:
    root = Path(__file__).parents[2] / "guiju"
    files = [*(root / "report").glob("*.py"), *(root / "cli").glob("*.py")]
    asked = {k for f in files for k in re.findall(r"\b(?:_w|word)\(\"([^\"]+)\"", f.read_text("utf-8"))}
    assert len(asked) >= 25
    assert asked - set(WORDS) == set()


def test_every_word_is_there_in_both_languages() -> None:
    assert len(WORDS) >= 80
    for key, text in WORDS.items():
        assert text.zh, key
        assert text.en, key
        assert arguments(text.zh) == arguments(text.en), key


@pytest.mark.parametrize("key", sorted(WORDS))
def test_the_languages_differ(key: str) -> None:
    assert WORDS[key].zh != WORDS[key].en
    assert not WORDS[key].zh.isascii()
    assert WORDS[key].en.replace("…", "").isascii()


def test_colons_and_brackets_of_a_report_are_the_same_in_both_languages() -> None:
    assert not [key for key, text in WORDS.items() if any(mark in text.zh for mark in "：（）")]


def test_words_agree_with_their_number_in_english() -> None:
    counts = {"decided": 1, "partial": 0}
    assert word("crosswalk-counts", "en", **counts) == "1 clause decided by a crosswalk, 0 answered in part"
    assert word("crosswalk-counts", "en", **counts | {"decided": 2}).startswith("2 clauses decided")
    assert word("crosswalk-counts", "zh", **counts) == "经对照决定 1 条，另有 0 条只有部分依据"
    assert (
        word("readings-change", "en", tried=1)
        == "other readings change the outcome, all else being as chosen (1 combination tried)"
    )
