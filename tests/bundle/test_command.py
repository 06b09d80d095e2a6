"""`guiju bundle` and `guiju replay` as a user calls them, on files."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from guiju import __version__
from guiju.bundle import model
from guiju.bundle.read import read_bundle
from guiju.cli.main import main
from guiju.report import diagnostics_model, replay_model
from tests.bundle import made
from tests.project.repository import ROOT

SCHEMAS = ROOT / "docs" / "schemas"
NOTE = "t-isc-23-drafting-note"
EXAMPLES = sorted((ROOT / "policies").glob("gbt-45288.3-2025/evidence/*.yaml"))
SEVERAL = ROOT / "policies" / "vocabulary" / "evidence" / "full-stack-provider.yaml"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("shop-1.guiju").write_text(made.POLICY, encoding="utf-8")
    Path("shared.guiju").write_text(made.VOCABULARY, encoding="utf-8")
    Path("shop.yaml").write_text(made.EVIDENCE, encoding="utf-8")
    return tmp_path


def run(*arguments: str, language: str = "en") -> Result:
    result = CliRunner().invoke(main, [*arguments, "--lang", language])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_a_bundle_is_written_and_replayed_where_nothing_else_is(folder: Path) -> None:
    written = run("bundle", "shop-1.guiju", "shop.yaml", "-o", "shop.json")
    assert written.exit_code == 0
    assert written.stdout.startswith(
        "shop.json: 3 sources, 18 derivation steps; it holds the whole evidence file\nsha256:"
    )
    for name in ("shop-1.guiju", "shared.guiju", "shop.yaml"):
        Path(name).unlink()
    replayed = run("replay", "shop.json")
    assert replayed.exit_code == 0
    assert "街角小店, SHOP 1: level is one of L1 | L2" in replayed.stdout
    assert "18 derivation steps, the same byte for byte" in replayed.stdout
    assert replayed.stdout.splitlines()[-1] == written.stdout.splitlines()[-1]
    assert "逐字节相同" in run("replay", "shop.json", language="zh").stdout


def test_it_is_the_same_whatever_the_language_and_wherever_the_files_are(folder: Path) -> None:
    here = run("bundle", "shop-1.guiju", "shop.yaml", language="en").stdout
    os.chdir("/")
    there = run("bundle", str(folder / "shop-1.guiju"), str(folder / "shop.yaml"), language="zh").stdout
    assert here == there == made.text(engine=__version__)


def test_a_reading_is_kept_with_what_follows_under_it() -> None:
    result = run("bundle", "shop-1.guiju", "shop.yaml", "--reading", "answers=wide")
    assert result.stdout == made.text(engine=__version__, reading="wide")


def test_what_several_standards_say_is_derived_again_without_any_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Crosswalks carry verdicts from four bundled standards; in the bundle these are sources like the policy itself."""
    assert run("bundle", NOTE, str(SEVERAL), "-o", "note.json").exit_code == 0
    file, _ = read_bundle(Path("note.json"))
    assert file is not None
    assert [s.role for s in file.bundle.sources] == ["policy", *["standard"] * 4, "vocabulary", "evidence"]
    assert any(step.by == "crosswalk" for step in file.bundle.derivation)
    monkeypatch.setattr("guiju.library.bundled", dict)
    assert run("replay", "note.json").exit_code == 0


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_example_assessments_replay(path: Path) -> None:
    assert run("bundle", path.parents[1].name, str(path), "-o", "example.json").exit_code == 0
    assert run("replay", "example.json").exit_code == 0


def test_two_standards_may_know_two_vocabularies_by_one_name(folder: Path) -> None:
    other = folder / "other-1"
    other.mkdir()
    policy = 'standard other-1 "OTHER 1"\nuse shared\ngroups section\nsection 1\n  a) "x" staff >= 2\n'
    (other / "other-1.guiju").write_text(policy, encoding="utf-8")
    (other / "shared.guiju").write_text('vocabulary shared "Shared"\nfact staff : count\n', encoding="utf-8")
    several = made.EVIDENCE.replace("value: 9, evidence: e1}", "value: 9, evidence: e1}\n  staff: 3")
    Path("shop.yaml").write_text(several + "standards: {shop-1: , other-1: }\n", encoding="utf-8")
    call = ("bundle", "shop-1.guiju", "shop.yaml", "--policy", str(other / "other-1.guiju"), "-o", "both.json")
    assert run(*call).exit_code == 0
    file, _ = read_bundle(Path("both.json"))
    assert file is not None
    shared = [(s.name, s.used_by) for s in file.bundle.sources if s.role == "vocabulary"]
    assert shared == [("shared.guiju", ["other-1"]), ("shared.guiju", ["shop-1"])]
    assert run("replay", "both.json").exit_code == 0


def test_evidence_with_a_byte_order_mark_and_carriage_returns_keeps_them() -> None:
    data = b"\xef\xbb\xbf" + made.EVIDENCE.replace("\n", "\r\n").encode()
    Path("shop.yaml").write_bytes(data)
    assert run("bundle", "shop-1.guiju", "shop.yaml", "-o", "shop.json").exit_code == 0
    file, _ = read_bundle(Path("shop.json"))
    assert file is not None
    evidence = file.bundle.sources[-1]
    assert evidence.byte_order_mark
    assert "\ufeff".encode() + "\n".join(evidence.lines).encode() == data
    assert run("replay", "shop.json").exit_code == 0


def test_nothing_is_written_over_or_by_halves(folder: Path) -> None:
    Path("shop.json").write_text("mine", encoding="utf-8")
    assert "[file-exists]" in run("bundle", "shop-1.guiju", "shop.yaml", "-o", "shop.json").stderr
    assert Path("shop.json").read_text("utf-8") == "mine"
    Path("shop.yaml").write_text(made.EVIDENCE.replace("hours", "days"), encoding="utf-8")
    result = run("bundle", "shop-1.guiju", "shop.yaml", "-o", "new.json")
    assert (result.exit_code, Path("new.json").exists()) == (1, False)
    assert "[unknown-fact]" in result.stderr


def test_what_nobody_could_read_back_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file has so many values at most; here it is a hundred, which the evidence keeps to and the bundle does not."""
    monkeypatch.setattr("guiju.exchange.node.MOST", 100)
    result = run("bundle", "shop-1.guiju", "shop.yaml", "-o", "shop.json")
    assert (result.exit_code, Path("shop.json").exists()) == (1, False)
    assert "[too-many-values]" in result.stderr


def test_replaying_writes_nothing(folder: Path) -> None:
    Path("shop.json").write_text(made.text(), encoding="utf-8")
    before = sorted(folder.rglob("*"))
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        assert run("replay", "shop.json").exit_code == 0
    finally:
        folder.chmod(stat.S_IRWXU)
    assert sorted(folder.rglob("*")) == before


def test_as_json_a_replay_has_a_form_of_its_own_and_so_has_what_is_wrong() -> None:
    Path("shop.json").write_text(made.text(), encoding="utf-8")
    told = json.loads(run("replay", "shop.json", "--format", "json").stdout)
    Draft202012Validator(replay_model.json_schema()).validate(told)
    assert (told["outcomes"], told["steps"]) == ({"level": ["L1", "L2"]}, 18)
    Path("shop.json").write_text(made.text().replace("街角", "街口"), encoding="utf-8")
    wrong = run("replay", "shop.json", "--format", "json")
    assert wrong.exit_code == 1
    diagnosed = json.loads(wrong.stdout)
    Draft202012Validator(diagnostics_model.json_schema()).validate(diagnosed)
    codes = [d["code"] for d in diagnosed["diagnostics"]]
    assert codes == ["bundle-changed", "bundle-changed"]  # the subject, and the line of the evidence that names it


@pytest.mark.parametrize(("name", "form"), [("bundle", model), ("replay", replay_model)])
def test_the_committed_schemas_are_those_that_are_printed(name: str, form: object) -> None:
    committed = json.loads((SCHEMAS / f"{name}-1.schema.json").read_text("utf-8"))
    assert committed == json.loads(run("schema", name).stdout) == form.json_schema()  # type: ignore[attr-defined]


def test_a_byte_that_is_no_utf_8_is_told_in_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "shop.json"
    path.write_bytes(made.text().encode().replace(b'"node": "clause:1.a"', b'"node": "cla\xffse:1.a"'))
    told = run("replay", str(path), "--format", "json", "--lang", "en").stdout_bytes.decode("utf-8", errors="strict")
    assert "`cla\ufffdse:1.a`" in json.loads(told)["diagnostics"][0]["message"]
