"""A policy in Markdown, from the command: graded, explained, formatted, bundled and compared as any other."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.test_commands import evidence, run

POLICY = """standard demo-1 "DEMO 1"
groups section

fact staff : count

levels
  L1 "Basic"

section 4.1
  a) "Staff" staff >= 3

score number = count of clauses satisfied

grade level by number
  L1 | number >= 1
  otherwise | none
"""
STATED = "guiju: evidence/1\nsubject: Shop\nas_of: 2026-01-01T00:00:00+08:00\nfacts: {staff: 5}\n"


@pytest.fixture
def markdown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The policy with a fence for each of its parts, and its evidence beside it."""
    monkeypatch.chdir(tmp_path)
    parts = POLICY.split("\n\n")
    text = "# Shops\n\n" + "\n".join(f"Part {n}:\n\n```guiju\n{part.rstrip()}\n```\n" for n, part in enumerate(parts))
    (tmp_path / "plain.guiju").write_text(POLICY, encoding="utf-8")
    evidence(tmp_path, STATED)
    path = tmp_path / "demo-1.guiju.md"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_explanation_gives_the_line_of_the_markdown(markdown: Path) -> None:
    told = run("explain", markdown.name, "evidence.yaml", "4.1 a)", "--lang", "en").stdout
    line = re.search(r"demo-1\.guiju\.md:(\d+)", told)
    assert line is not None
    assert markdown.read_text("utf-8").splitlines()[int(line[1]) - 1] == '  a) "Staff" staff >= 3'


def test_it_is_formatted_in_place_and_its_prose_is_kept(markdown: Path) -> None:
    canonical = markdown.read_text("utf-8").replace(
        "  L1 | number >= 1\n  otherwise | none", "  L1        | number >= 1\n  otherwise | none"
    )
    assert run("format", markdown.name, "--check").exit_code == 1
    assert run("format", markdown.name, "--write").exit_code == 0
    assert markdown.read_text("utf-8") == canonical
    assert run("format", markdown.name, "--check").exit_code == 0


def test_it_says_the_same_as_the_plain_text(markdown: Path) -> None:
    told = run("compare", "--policies", "plain.guiju", markdown.name, "--lang", "en", "--exit-code")
    assert told.exit_code == 0, told.output


def test_its_bundle_replays(markdown: Path) -> None:
    assert run("bundle", markdown.name, "evidence.yaml", "-o", "bundle.json").exit_code == 0
    assert run("replay", "bundle.json").exit_code == 0


def test_a_mistake_is_told_once_where_it_stands(markdown: Path) -> None:
    text = markdown.read_text("utf-8")
    markdown.write_text(text.replace("staff >= 3", "staf >= 3"), encoding="utf-8")
    told = run("check", markdown.name, "--lang", "en")
    assert told.exit_code == 1
    assert f"demo-1.guiju.md:{text[: text.index('staff >= 3')].count(chr(10)) + 1}:" in told.stderr
    assert told.stderr.count("error[") == 1


BROKEN = """\
# Our shops

```guiju
standard demo-1 "DEMO 1"
groups section
fact staff : count
fact light : lumens

The shops are in town, and each is lit.

## Clauses

```guiju
section 4.1
  a) "x" staff >= 3 h

  b) "y" unheard_of >= 3
```

More of it:

```guiju
section 4.2
  a) "z"
"""


@pytest.mark.parametrize("ending", ["", "```\n", "\nThat is all.\n"])
def test_a_fence_without_its_end_hides_no_other_mistake(tmp_path: Path, ending: str) -> None:
    policy = tmp_path / "shops.md"
    policy.write_text(BROKEN + ending, encoding="utf-8")
    told = json.loads(run("check", str(policy), "--format", "json").stdout)
    found = [(d["code"], d["line"]) for d in told["diagnostics"]]
    last = [] if ending == "```\n" else [("unclosed-fence", 22)]
    assert found == [
        ("unclosed-fence", 3),
        ("unknown-unit", 7),
        ("unit-mismatch", 15),
        ("unknown-name", 17),
        *last,
        ("clause-without-condition", 24),
    ]
