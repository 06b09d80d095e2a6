"""What highlighters colour: the keywords of both languages, in every bundled policy, by one table of patterns."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from pygments.token import Comment, Error, Keyword, Operator, String, is_token_subtype

import guiju
from guiju.dsl.keywords import KEYWORDS
from guiju.highlight.lexer import GuijuLexer
from guiju.highlight.textmate import text
from tests.project.repository import ROOT

EXTENSION = ROOT / "editors" / "vscode"
POLICIES = sorted((ROOT / "policies").rglob("*.guiju"))


def test_the_grammar_of_the_extension_is_that_of_the_keywords():
    """After a change of the keywords: `python editors/generate.py`."""
    assert (EXTENSION / "syntaxes" / "guiju.tmLanguage.json").read_text("utf-8") == text()


@pytest.mark.parametrize("path", POLICIES, ids=[path.stem for path in POLICIES])
def test_a_policy_is_coloured_from_end_to_end(path: Path):
    policy = path.read_text("utf-8")
    tokens = list(GuijuLexer(stripnl=False).get_tokens(policy))
    assert "".join(value for _, value in tokens) == policy
    assert not [value for token, value in tokens if is_token_subtype(token, Error)]
    comments = "".join(value for token, value in tokens if is_token_subtype(token, Comment))
    labels = [value for token, value in tokens if is_token_subtype(token, String)]
    assert comments.count("#") >= sum(line.startswith("#") for line in policy.splitlines())
    assert all(label[0] + label[-1] in ('""', "“”", '“"') for label in labels)


def test_every_spelling_of_every_keyword_is_coloured_as_one():
    plain = []
    for spelling in (s for k in KEYWORDS for s in (*k.en, *k.zh)):
        tokens = [(t, v) for t, v in GuijuLexer().get_tokens(f"x x {spelling} 1") if v == spelling]
        plain += (
            [] if tokens and any(is_token_subtype(tokens[0][0], kind) for kind in (Keyword, Operator)) else [spelling]
        )
    assert plain == []


def test_a_name_that_runs_on_from_a_keyword_is_one_name():
    words = {
        value
        for token, value in GuijuLexer().get_tokens("and x at-least or_so 应答数 不满足项 atlas")
        if is_token_subtype(token, Keyword)
    }
    assert words == set()


def test_the_extension_is_of_this_version_and_names_no_place_to_fetch_from():
    package = json.loads((EXTENSION / "package.json").read_text("utf-8"))
    assert package["version"] == guiju.__version__
    lock = (EXTENSION / "package-lock.json").read_text("utf-8")
    assert json.loads(lock)["packages"][""]["version"] == guiju.__version__
    assert '"resolved"' not in lock
    assert not re.findall(r"https?://(?!github\.com/sponsors/)", lock)


def test_what_the_manifest_of_the_extension_says_is_there_in_both_languages():
    package = (EXTENSION / "package.json").read_text("utf-8")
    wanted = set(re.findall(r'"%(\w+)%"', package))
    for name in ("package.nls.json", "package.nls.zh-cn.json"):
        assert set(json.loads((EXTENSION / name).read_text("utf-8"))) == wanted
    contributes = json.loads(package)["contributes"]
    files = [contributes["languages"][0]["configuration"], *(g["path"] for g in contributes["grammars"])]
    assert all((EXTENSION / file).is_file() for file in files)
