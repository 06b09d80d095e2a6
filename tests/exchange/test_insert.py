"""One statement more in an evidence file: it stands where it belongs, and every other character is as it was."""

from __future__ import annotations

from typing import Any

import pytest

from guiju.dsl.source import Source
from guiju.exchange.insert import Statement, options_in, voice_of, with_evidence, with_statement
from guiju.exchange.node import to_data
from guiju.exchange.yaml_tree import read_yaml

FILE = """# mine
guiju: evidence/1
subject: somebody
voice: 评估方
facts:
  n: 5 # looked up
  p:  # to be found out
  q: {value: null, note: "later"}
  # the rest is not known
attestations:
  1.a: satisfied  # seen
  1.b: {verdict: unsatisfied, voice: vendor}
  1.c:
    verdict: satisfied
inputs: {}
"""


def added(statement: Statement, text: str = FILE, name: str = "e.yaml") -> tuple[str, str] | None:
    """The line that is otherwise, before and after; "" where there was none."""
    new = with_statement(Source(name, text), statement)
    if new is None:
        return None
    old_lines, new_lines = text.splitlines(), new.splitlines()
    gone = [line for line in old_lines if line not in new_lines]
    come = [line for line in new_lines if line not in old_lines]
    assert [x for x in new_lines if x not in come] == [x for x in old_lines if x not in gone]
    return "\n".join(gone), "\n".join(come)


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (Statement(("facts",), "p", "50 PFLOPS"), ("  p:  # to be found out", "  p: 50 PFLOPS  # to be found out")),
        (Statement(("facts",), "new", "1/3"), ("", "  new: 1/3")),
        (Statement(("facts",), "new", "a: b # c"), ("", '  new: "a: b # c"')),
        (Statement(("facts",), "new", ("red", "blue")), ("", "  new: [red, blue]")),
        (
            Statement(("facts",), "q", "yes"),
            ('  q: {value: null, note: "later"}', '  q: {value: "yes", note: "later"}'),
        ),
        (Statement(("inputs",), "use", "near"), ("inputs: {}", 'inputs: {"use": "near"}')),
        (
            Statement(("attestations",), "1.a", {"verdict": "unsatisfied", "voice": "vendor"}, beside=True),
            ("  1.a: satisfied  # seen", '  1.a: [satisfied, {"verdict": "unsatisfied", "voice": "vendor"}]  # seen'),
        ),
    ],
    ids=str,
)
def test_a_statement_takes_the_place_that_is_its_own(statement: Statement, expected: tuple[str, str]) -> None:
    assert added(statement) == expected


def test_what_stands_there_is_never_written_over() -> None:
    assert added(Statement(("facts",), "n", "6")) is None
    assert added(Statement(("attestations",), "1.c", "unsatisfied", beside=True)) is None, "it takes several lines"


def test_a_section_that_is_not_there_is_made() -> None:
    blank = "guiju: evidence/1\nsubject: x"
    assert added(Statement(("facts",), "p", "3"), blank) == ("", "facts:\n  p: 3")
    several = "guiju: evidence/1\nsubject: x\nstandards:\n  S1: {}\n  S2:\n    inputs: {k: v}\n"
    part = Statement(("standards", "S2", "attestations"), "1.a", "satisfied", beside=True)
    assert added(part, several) == ("", "    attestations:\n      1.a: satisfied")


def test_a_json_file_stays_one() -> None:
    text = '{"guiju": "evidence/1", "subject": "x", "facts": {"n": "5"}}'
    new = with_statement(Source("e.json", text), Statement(("facts",), "p", "50 PFLOPS"))
    assert new == '{"guiju": "evidence/1", "subject": "x", "facts": {"n": "5", "p": "50 PFLOPS"}}'


def test_the_voice_of_a_file_is_read_from_it() -> None:
    assert voice_of(Source("e.yaml", FILE)) == "assessor"
    assert voice_of(Source("e.yaml", "guiju: evidence/1\n")) == "vendor"


@pytest.mark.parametrize("statement", [Statement(("facts",), "new", "1/3"), Statement(("inputs",), "use", "near")])
def test_lines_that_join_a_file_end_as_its_own_do(statement: Statement) -> None:
    text = FILE.replace("inputs: {}\n", "").rstrip("\n").replace("\n", "\r\n")
    new = with_statement(Source("e.yaml", text), statement)
    assert new is not None
    assert len(new) > len(text)
    assert new.count("\n") == new.count("\r\n")


@pytest.mark.parametrize("said", ["red, blue", "[red, blue]", " [ red，blue ] ", "red、blue"])
def test_options_stand_between_commas_in_brackets_or_not(said: str) -> None:
    assert options_in(said) == ("red", "blue")


@pytest.mark.parametrize(("said", "options"), [("[red", ("[red",)), ("red]", ("red]",)), ("[]", ()), ("", ())])
def test_half_of_the_brackets_makes_no_list(said: str, options: tuple[str, ...]) -> None:
    assert options_in(said) == options


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("satisfied [EV-1, EV-2]", ("satisfied", ("EV-1", "EV-2"))),
        ("满足【EV-1】", ("满足", ("EV-1",))),
        ("[red, blue] [EV-1]", ("[red, blue]", ("EV-1",))),
        ("[red, blue]", ("[red, blue]", ())),
        ("satisfied []", ("satisfied []", ())),
        ("50 PFLOPS", ("50 PFLOPS", ())),
    ],
)
def test_evidence_stands_in_brackets_behind_an_answer(said: str, expected: tuple[str, tuple[str, ...]]) -> None:
    assert with_evidence(said) == expected


@pytest.mark.parametrize(
    ("text", "read"),
    [("12", "12"), ("1e3", "1e3"), ("null", "null"), ("Ann", "Ann"), ("a\u3164b", None), ("a\u2028b", None)],
)
def test_who_says_something_is_a_text_whatever_it_looks_like(text: str, read: str | None) -> None:
    said: dict[str, Any] = {"verdict": "satisfied", "by": text, "evidence": [text]}
    new = with_statement(Source("e.yaml", FILE), Statement(("attestations",), "2.a", said))
    assert new is not None
    root, found = read_yaml(Source("e.yaml", new))
    assert [d.code.name for d in found] == ([] if read else ["control-character"] * 2)
    if read is not None and root is not None:
        data: Any = to_data(root)
        assert data["attestations"]["2.a"] == said


MARKED = """guiju: evidence/1
subject: somebody
? attestations
:
  ? 1.a
  : satisfied
facts:
  ? n
  : 5
"""


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (Statement(("attestations",), "1.b", "satisfied"), "  1.b: satisfied"),
        (Statement(("facts",), "p", "50 PFLOPS"), "  p: 50 PFLOPS"),
    ],
)
def test_it_stands_beside_keys_with_a_mark_of_their_own(statement: Statement, line: str) -> None:
    assert added(statement, MARKED) == ("", line)
    root, found = read_yaml(Source("e.yaml", with_statement(Source("e.yaml", MARKED), statement) or ""))
    assert root is not None
    assert not found
    data: Any = to_data(root)
    assert data[statement.path[0]][statement.name] == statement.value


def test_a_section_stands_beside_one_whose_key_has_a_mark() -> None:
    text = "guiju: evidence/1\nsubject: somebody\n? attestations\n: {1.a: satisfied}\n"
    assert added(Statement(("facts",), "n", "5"), text) == ("", "facts:\n  n: 5")
