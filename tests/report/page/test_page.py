"""The page as a file: it needs nothing else, runs nothing but its own script, and shows vendors' texts as texts."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import guiju
from guiju.cli.main import main
from guiju.report.explained.whole import explanation
from guiju.report.html.page import page
from guiju.report.result import result_of

ROOT = Path(__file__).parents[3]
POLICY = "t-taf-320-2025"
EVIDENCE = str(ROOT / "policies" / POLICY / "evidence" / "provider-self-check.yaml")
HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)>{{ 7*7 }}'


class Read(HTMLParser):
    """What a browser would make of a page: its tags with their attributes, and the ids."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag."""
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of each tag of a name."""
        return [attributes for name, attributes in self.tags if name == tag]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["page", *arguments])


@pytest.fixture(name="html", scope="module")
def _html() -> str:
    result = run(POLICY, EVIDENCE, "--lang", "en")
    assert result.exit_code == 0, result.output
    return result.stdout


def hostile_page(tmp_path: Path) -> str:
    path = tmp_path / "s.guiju"
    label = HOSTILE.replace('"', "'")
    path.write_text(
        f'standard s "S"\ngroups part\npart 4 "甲" / "{label}"\n  a) "乙" / "B" attested\n  b) "丙" / "C" attested\n'
        "score met of each part = share of clauses satisfied\nscore whole = mean of met over each part\n",
        "utf-8",
    )
    evidence = {
        "guiju": "evidence/1",
        "subject": HOSTILE,
        "evidence": {"EV 1": {"kind": HOSTILE, "source": HOSTILE}},
        "attestations": {"4.a": {"verdict": "satisfied", "by": HOSTILE, "note": HOSTILE, "evidence": ["EV 1"]}},
    }
    assessment = guiju.evaluate(path, evidence)
    return page(explanation(assessment, result_of(assessment, "en"), "en"))


def test_the_page_names_nothing_outside_of_itself(html: str) -> None:
    read = Read(html)
    assert not [t for t, _ in read.tags if t in ("link", "img", "iframe", "object", "embed", "base", "audio", "video")]
    targets = [
        value for _, attributes in read.tags for name, value in attributes.items() if name in ("href", "src", "action")
    ]
    assert targets
    assert not [t for t in targets if not (t or "").startswith("#")]
    assert "url(" not in html
    assert "@import" not in html


def test_nothing_runs_but_the_script_of_the_page(html: str) -> None:
    (policy,) = (m["content"] for m in Read(html).all("meta") if m.get("http-equiv") == "Content-Security-Policy")
    (script,) = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    digest = b64encode(sha256(script.encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert not [n for _, attributes in Read(html).tags for n in attributes if n.startswith("on")]


def test_what_a_vendor_writes_is_text(tmp_path: Path) -> None:
    html = hostile_page(tmp_path)
    read = Read(html)
    assert len(read.all("script")) == 1
    assert not read.all("img")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "{{ 7*7 }}" in html
    assert not [n for _, attributes in read.tags for n in attributes if n.startswith("on")]


def test_no_id_stands_twice_and_every_link_has_its_id(html: str, tmp_path: Path) -> None:
    for text in (html, hostile_page(tmp_path)):
        read = Read(text)
        ids = [str(a["id"]) for _, a in read.tags if "id" in a]
        assert len(ids) == len(set(ids))
        assert {str(a["href"]).removeprefix("#") for a in read.all("a")} <= set(ids)


def test_the_page_can_be_read_without_seeing_it(html: str) -> None:
    read = Read(html)
    assert read.all("html") == [{"lang": "en"}]
    assert len(read.all("h1")) == len(read.all("main")) == 1
    assert all(a.get("aria-labelledby") for a in read.all("section"))
    assert all(a.get("scope") for a in read.all("th"))
    assert html.count("<figure") == html.count('class="in-words"')


def test_the_page_is_chinese_throughout_where_that_is_asked_for() -> None:
    html = run(POLICY, EVIDENCE, "--lang", "zh").stdout
    assert '<html lang="zh-Hans">' in html
    for word in ("Conclusion", "Evidence register", "satisfied", "clause by clause"):
        assert f">{word}" not in html


def test_two_runs_make_the_same_page(html: str) -> None:
    assert run(POLICY, EVIDENCE, "--lang", "en").stdout == html


def test_a_page_is_written_and_replaced_only_where_that_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    assert run(POLICY, EVIDENCE, "-o", str(path)).exit_code == 0
    assert path.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert "exists" in run(POLICY, EVIDENCE, "-o", str(path)).stderr
    assert run(POLICY, EVIDENCE, "-o", str(path), "--replace").exit_code == 0


def test_without_its_libraries_the_command_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guiju.cli.extras.find_spec", lambda _: None)
    result = run(POLICY, EVIDENCE, "--lang", "en")
    assert result.exit_code == 2
    assert "error[needs-extra]" in result.stderr
    assert "pip install 'guiju[page]'" in result.stderr
