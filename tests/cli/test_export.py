"""`guiju export` as a user calls it: formats, refusals, files, and the same bytes in every run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result

from guiju.cli.export import FORMS
from guiju.cli.main import main
from guiju.report.exports.codes import EXPORT_CODES
from guiju.report.junit import as_text
from tests.project.repository import ROOT

POLICY = "gbt-45288.3-2025"
MID = str(ROOT / "policies" / POLICY / "evidence" / "mid-vendor-with-gaps.yaml")
NIST = str(ROOT / "policies" / "examples" / "nist-sp-800-171-dod" / "nist-sp-800-171-dod.guiju")
NOON = ("--as-of", "2026-01-01T12:00:00+08:00")


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.mark.parametrize(
    ("call", "code"),
    [
        ((POLICY, "--to", "junit"), "export-needs-evidence"),
        ((POLICY, "--to", "oscal-results"), "export-needs-evidence"),
        ((POLICY, MID, "--to", "oscal-catalog"), "export-of-policy-alone"),
        ((POLICY, "--to", "oscal-catalog"), "export-needs-as-of"),
        ((POLICY, "--to", "oscal-catalog", "--as-of", "2026-01-01"), "export-not-an-instant"),
        ((POLICY, "--to", "oscal-profile", *NOON), "export-needs-level"),
        ((POLICY, "--to", "oscal-profile", "--level", "L9", *NOON), "export-needs-level"),
        (("t-taf-320-2025", "--to", "oscal-profile", "--level", "L1", *NOON), "export-needs-level"),
        ((NIST, "--to", "oscal-profile", "--level", "assessed", *NOON), "export-needs-level"),
        ((POLICY, MID, "--to", "csv", *NOON), "option-without-effect"),
        ((POLICY, "--to", "csv", "--reading", "gate-scope=own-domain"), "option-without-effect"),
        ((POLICY, "--to", "oscal-catalog", "--level", "L1", *NOON), "option-without-effect"),
        ((POLICY, "--to", "csv", *NOON), "option-without-effect"),
    ],
)
def test_a_wrong_call_is_told_in_both_languages(call: tuple[str, ...], code: str):
    for language in ("en", "zh"):
        refused = run("export", *call, "--lang", language)
        assert (refused.exit_code, refused.stdout) == (2, "")
        assert f"[{code}]" in refused.stderr
        assert ("help:" in refused.stderr) == (language == "en")


def test_the_cases_above_and_below_show_every_code():
    shown = {"export-needs-evidence", "export-of-policy-alone", "export-needs-as-of", "export-not-an-instant"}
    assert {code.name for code in EXPORT_CODES} == shown | {"export-needs-level"}


def test_oscal_needs_the_instant_of_the_evidence(tmp_path: Path):
    path = tmp_path / "e.json"
    path.write_text(json.dumps({"guiju": "evidence/1", "subject": "x"}), "utf-8")
    refused = run("export", POLICY, str(path), "--to", "oscal-results", "--lang", "en")
    assert refused.exit_code == 2
    assert "the evidence says no `as_of`" in refused.stderr
    for form in ("cyclonedx", "sarif", "junit", "csv"):
        assert run("export", POLICY, str(path), "--to", form).exit_code == 0


def calls() -> list[tuple[str, ...]]:
    """Each format, of an assessment and of a policy alone."""
    assessed = [(POLICY, MID, "--to", form) for form, (can, _) in FORMS.items() if can]
    alone = [(POLICY, "--to", form) for form, (_, can) in FORMS.items() if can]
    dated = {"oscal-catalog": NOON, "oscal-profile": (*NOON, "--level", "L2"), "cyclonedx": NOON}
    return [*assessed, *((*call, *dated.get(call[2], ())) for call in alone)]


def test_another_process_at_another_place_writes_the_same_bytes():
    script = "import sys, json; from click.testing import CliRunner; from guiju.cli.main import main\n"
    script += "for call in json.loads(sys.argv[1]): sys.stdout.write(CliRunner().invoke(main, call).stdout)\n"
    wanted = [["export", *call, "--lang", "en"] for call in calls()]
    assert len(wanted) == 10
    here = "".join(run(*call).stdout for call in wanted)
    for seed, zone, locale in (("1", "Asia/Shanghai", "C"), ("2", "America/New_York", "zh_CN.GBK")):
        env = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "PYTHONIOENCODING": "utf-8"}
        there = subprocess.run(
            [sys.executable, "-c", script, json.dumps(wanted)], cwd=ROOT, env=env, capture_output=True, check=True
        )
        assert there.stdout.decode() == here.replace("\r\n", "\n") or there.stdout.decode() == here


def test_a_file_is_written_whole_and_over_nothing_but_on_demand(tmp_path: Path):
    out = tmp_path / "x.json"
    assert run("export", POLICY, MID, "--to", "sarif", "-o", str(out)).exit_code == 0
    first = out.read_bytes()
    assert json.loads(first)["version"] == "2.1.0"
    assert run("export", POLICY, MID, "--to", "sarif", "-o", str(out)).exit_code == 1
    assert run("export", POLICY, MID, "--to", "csv", "-o", str(out), "--replace").exit_code == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbfclause,")
    assert out.read_bytes().count(b"\r\n") == 194
    evidence = tmp_path / "e.yaml"
    evidence.write_bytes(Path(MID).read_bytes())
    assert run("export", POLICY, str(evidence), "--to", "csv", "-o", str(evidence), "--replace").exit_code == 2
    assert evidence.read_bytes() == Path(MID).read_bytes()


def test_the_findings_of_a_policy_stand_where_check_and_review_have_them(tmp_path: Path):
    path = tmp_path / "p 1.guiju"
    path.write_text('standard p "P"\ngroups part\npart x "甲" / "A"\n  a) "一" / "One" sise >= 3\n', "utf-8")
    log = json.loads(run("export", str(path), "--to", "sarif", "--lang", "en").stdout)
    told = json.loads(run("check", str(path), "--format", "json", "--lang", "en").stdout)["diagnostics"]
    results = log["runs"][0]["results"]
    assert told
    assert [r["ruleId"] for r in results] == [d["code"] for d in told]
    place = results[0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"].endswith("/p%201.guiju")
    assert place["region"]["startLine"] == 4
    reviewed = json.loads(run("review", POLICY, "--format", "json").stdout)["computed"]
    found = json.loads(run("export", POLICY, "--to", "sarif").stdout)["runs"][0]["results"]
    assert {r["ruleId"] for r in found} >= {f["code"] for f in reviewed}
    missing = run("export", str(tmp_path / "nothing.guiju"), "--to", "sarif")
    assert (missing.exit_code, missing.stdout) == (1, "")


def test_a_catalog_and_its_profiles_are_read_back_with_every_clause_and_level(tmp_path: Path):
    catalog = tmp_path / "c.json"
    run("export", POLICY, "--to", "oscal-catalog", *NOON, "-o", str(catalog))
    profiles = []
    for level in ("L1", "L2", "L3"):
        path = tmp_path / f"{level}.json"
        run("export", POLICY, "--to", "oscal-profile", "--level", level, "--catalog", "c.json", *NOON, "-o", str(path))
        profiles += ["--profile", f"{level}={path}"]
    made = run("import", str(catalog), *profiles, "--format", "json", "-o", str(tmp_path / "new.guiju"))
    assert made.exit_code == 0, made.stdout[:500]
    known = json.loads(made.stdout)
    assert known["clauses"] == 193
    own = [json.loads((tmp_path / f"{x}.json").read_text("utf-8"))["profile"] for x in ("L1", "L2", "L3")]
    import guiju

    program = guiju.load(POLICY).program
    chosen = [len(p["imports"][0]["include-controls"][0]["with-ids"]) for p in own]
    assert chosen == [sum(x.id in c.levels for c in program.clauses) for x in program.levels]


def test_junit_says_its_encoding_whatever_the_locale(tmp_path: Path):
    """The standard library writes that of the machine where it is asked for text."""
    for call in (("export", POLICY, MID, "--to", "junit"), ("test", POLICY, "--junit", str(tmp_path / "j.xml"))):
        result = run(*call)
        text = result.stdout if call[0] == "export" else (tmp_path / "j.xml").read_text("utf-8")
        assert text.startswith("<?xml version='1.0' encoding='utf-8'?>")
        ET.fromstring(text.encode())


def test_junit_holds_no_character_that_xml_refuses():
    root = ET.Element("testsuites", {"name": "a\x0bb\ufffe\U0001f600"})
    ET.SubElement(root, "failure").text = "\x00 \ud800"
    again = ET.fromstring(as_text(root).encode())
    assert (again.attrib["name"], again[0].text) == ("a\\x0bb\\xfffe\U0001f600", "\\x00 \\xd800")
