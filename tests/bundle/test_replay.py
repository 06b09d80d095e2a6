"""A bundle is derived again from what is in it and from nothing else; who changes it and mends the checksums is found."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from guiju.bundle import sources
from guiju.bundle.layout import body, closed, written
from guiju.bundle.model import BundleModel, json_schema
from guiju.bundle.read import BundleFile, parse_bundle
from guiju.bundle.replay import replay
from guiju.dsl.diagnostic import Diagnostic
from guiju.exchange.text import digest
from tests.bundle import made
from tests.project.repository import ROOT


def bundle_of(text: str) -> BundleFile:
    file, found = parse_bundle("bundle.json", text.encode())
    assert file is not None, [d.message("en") for d in found]
    return file


def told(text: str) -> list[str]:
    return [d.message("en") for d in replay(bundle_of(text), made.ENGINE)]


def forged(**members: Any) -> str:
    """The bundle with other members, and checksums that agree with them."""
    return written({**made.content(), **members})


def with_line(part: str, number: int, old: str, new: str) -> str:
    """The bundle with another text on a line of a part, and checksums that agree with it."""
    lines = list(body(made.content()))
    place = next(i for i, line in enumerate(lines) if (line.part, line.number) == (part, number))
    assert old in lines[place].text
    lines[place] = lines[place]._replace(text=lines[place].text.replace(old, new))
    return closed(lines)


# --- the same ------------------------------------------------------------------------------------------------------


def test_a_bundle_replays_and_is_written_again_to_the_byte() -> None:
    file = bundle_of(made.text())
    assert replay(file, made.ENGINE) == ()
    assert written(file.bundle.model_dump(exclude_defaults=True)) == made.text()


def test_what_is_installed_and_what_lies_about_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    file = bundle_of(made.text())

    def nothing(*_: object, **__: object) -> Any:
        raise AssertionError("a file was looked for")

    for name in ("open", "read_bytes", "read_text", "iterdir", "is_file", "is_dir", "stat", "glob"):
        monkeypatch.setattr(Path, name, nothing)
    monkeypatch.setattr("builtins.open", nothing)
    monkeypatch.setattr("guiju.library.load", nothing)
    monkeypatch.setattr("guiju.library.files", nothing)
    sources.standards_in.cache_clear()
    assert replay(file, made.ENGINE) == ()


def test_the_reading_that_was_chosen_is_replayed() -> None:
    text = made.text(reading="wide")
    assert '"values": ["L2", "none"]' in text
    assert told(text) == []


def test_another_version_is_told_and_everything_is_compared_all_the_same() -> None:
    (warning,) = replay(bundle_of(made.text()), "10.0.0")
    assert warning.message("en") == "the bundle was written by Guiju 9.8.7, and this is 10.0.0"
    assert not warning.is_error
    other = replay(bundle_of(forged(subject="another shop")), "10.0.0")
    assert [d.is_error for d in other] == [False, True]


@pytest.mark.parametrize("seed", ["0", "1"])
def test_the_bytes_do_not_depend_on_the_order_of_hashes(seed: str) -> None:
    program = "import sys; from tests.bundle import made; sys.stdout.buffer.write(made.text().encode())"
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, env=environment, cwd=ROOT)
    assert run.stdout == made.text().encode()


# --- forged: the checksums agree, and only deriving again can tell ------------------------------------------------------


def test_an_outcome_that_does_not_follow_is_told_with_what_does() -> None:
    assert told(with_line("outcomes", 1, '"L1", "L2"', '"L2"')) == [
        'the outcome `level`, `values`: the bundle says `["L2"]`, and from its sources follows `["L1", "L2"]`'
    ]


def test_a_step_that_does_not_follow_is_told_by_its_node() -> None:
    assert told(with_line("derivation", 5, "unknown", "satisfied")) == [
        "the derivation step `clause:1.b`, `value`: the bundle says `satisfied`, and from its sources follows `unknown`"
    ]


def test_a_changed_line_of_the_policy_is_told_by_the_digest_of_that_source_first() -> None:
    (said,) = told(with_line("policy shop-1.guiju", 8, ">= 8", ">= 9"))
    assert said.startswith("the head of the policy shop-1.guiju: the bundle says")


def test_where_the_digest_is_mended_too_each_step_that_follows_otherwise_is_told() -> None:
    content = made.content()
    policy = {**content["sources"][0], "lines": [x.replace(">= 8", ">= 10") for x in content["sources"][0]["lines"]]}
    policy["digest"] = sources.source_of(
        bundle_of(made.text()).bundle.sources[0].model_copy(update=policy)
    ).model.digest
    said = told(forged(sources=[policy, *content["sources"][1:]]))
    assert said[0].startswith("the member `policy_digest`")
    assert any(x.startswith("the derivation step `clause:1.a`, `value`: the bundle says `satisfied`") for x in said)
    assert any(x.startswith("the outcome `level`, `values`") for x in said)


def test_a_reading_that_there_is_none_of_is_told() -> None:
    (said,) = told(with_line("readings", 1, "strict", "lax"))
    assert said.startswith(
        "the reading `answers`, `option`: the bundle says `lax`, and from its sources follows `strict`"
    )


@pytest.mark.parametrize("role", ["policy", "evidence"])
def test_without_a_policy_or_evidence_there_is_no_assessment(role: str) -> None:
    rest = [source for source in made.content()["sources"] if source["role"] != role]
    assert "there is no policy, or no evidence, among them" in told(forged(sources=rest))[0]


def test_sources_with_errors_are_told_with_their_errors() -> None:
    said = told(with_line("policy shop-1.guiju", 8, "hours", "days"))
    assert said[0] == "no assessment follows from the sources in the bundle: they have 1 error(s), listed below"
    assert "`days`" in said[1]
    assert "no assessment follows" in told(with_line("evidence shop.yaml", 7, "hours", "days"))[0]


def test_a_text_that_nothing_asks_for_is_no_source() -> None:
    more = made.content()["sources"]
    idle = {**more[1], "name": "idle.guiju"}
    (said,) = told(forged(sources=[more[0], idle, *more[1:]]))
    assert "idle.guiju" in said


@pytest.mark.parametrize("number", [0, -1])
def test_only_a_vocabulary_is_used_by_standards(number: int) -> None:
    """The policy, or the evidence, is passed off as a vocabulary besides."""
    content = made.content()["sources"]
    content[number]["used_by"] = ["shop-1"]
    (said,) = told(forged(sources=content))
    assert "shop" in said


def test_a_vocabulary_that_another_of_its_name_stands_in_for_is_no_source() -> None:
    """Who looks at the file must not be shown a text beside the one that was used."""
    policy, vocabulary, evidence = made.content()["sources"]
    lines = ['vocabulary shared "Shared facts"', "fact hours : h", ""]
    idle = {**vocabulary, "lines": lines, "digest": digest("\n".join(lines).encode())}
    (said,) = told(forged(sources=[policy, idle, vocabulary, evidence]))
    assert "the head of the vocabulary shared.guiju" in said


@pytest.mark.parametrize("number", [0, 1, 2])
def test_two_lines_of_a_source_that_are_written_as_one_are_told(number: int) -> None:
    """The text is the same then, and so is its digest."""
    sources = made.content()["sources"]
    first, second, *rest = sources[number]["lines"]
    sources[number]["lines"] = [f"{first}\n{second}", *rest]
    (said,) = told(forged(sources=sources))
    assert f'says `{{"lines": {len(rest) + 1}}}`, and from its sources follows `{{"lines": {len(rest) + 2}}}`' in said


def test_a_source_without_a_line_is_no_bundle() -> None:
    lines = [line for line in body(made.content()) if line.part != "vocabulary shared.guiju" or line.number == 0]
    place = next(i for i, line in enumerate(lines) if line.part == "vocabulary shared.guiju")
    lines[place] = lines[place]._replace(text=lines[place].text + "]},")
    file, found = parse_bundle("bundle.json", closed(lines).encode())
    assert (file, _said(found)) == (
        None,
        ["this is not a bundle: `sources.1.lines` does not have the form that it should have"],
    )


def test_the_version_that_wrote_it_is_a_version_and_says_nothing_else() -> None:
    file, found = parse_bundle("bundle.json", forged(engine="9.8.7, approved by everybody").encode())
    assert (file, _said(found)) == (
        None,
        ["this is not a bundle: `engine` does not have the form that it should have"],
    )


# --- what is in a bundle is only looked at ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["../../outside.guiju", "/outside.guiju", "https://outside/x.guiju"])
def test_the_name_of_a_source_leads_nowhere(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    content = made.content()
    content["sources"][0]["name"] = name
    content["derivation"] = [{**step, "at": step["at"].replace("shop-1.guiju", name)} for step in content["derivation"]]
    assert told(written(content)) == []
    assert list(tmp_path.rglob("*")) == []


@pytest.mark.parametrize(
    ("inside", "code"),
    [("[" * 5000, "nested-too-deeply"), ("1" * 5000, "not-a-bundle"), ('"\\u0000"', "control-character")],
)
def test_json_that_is_a_trap_is_diagnosed(inside: str, code: str) -> None:
    text = with_line("as_of", 0, '"2026-06-30T00:00:00+08:00"', inside)
    file, found = parse_bundle("bundle.json", text.encode())
    assert file is None
    assert code in [d.code.name for d in found]


def test_another_way_to_write_the_same_is_no_bundle() -> None:
    file, found = parse_bundle("bundle.json", with_line("subject", 0, "街", "\\u8857").encode())
    assert (file, _said(found)) == (None, ["this is not a bundle: line 6 is not written as Guiju writes it"])


def _said(found: tuple[Diagnostic, ...]) -> list[str]:
    return [d.message("en") for d in found]


# --- the published form ----------------------------------------------------------------------------------------------


def test_a_bundle_suits_its_schema_and_holds_no_number() -> None:
    from jsonschema import Draft202012Validator

    def number(text: str) -> Any:
        raise AssertionError(f"{text} is a number")

    read = json.loads(made.text(), parse_int=number, parse_float=number)
    Draft202012Validator(json_schema()).validate(read)
    assert list(read) == list(BundleModel.model_fields)


def test_a_piece_of_evidence_that_lies_elsewhere_is_there_by_its_stated_hash_alone() -> None:
    assert made.content()["originals"] == [{"evidence": "e1", "hash": "sha256:12ab"}]


def test_a_byte_order_mark_is_kept() -> None:
    marked = sources.SourceText("evidence", "e.yaml", made.EVIDENCE, byte_order_mark=True)
    assert marked.data.startswith(b"\xef\xbb\xbfguiju")
    assert sources.source_of(marked.model) == marked
