"""The package that VS Code installs: the same each time, with all that its manifest names."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

import guiju
from tests.project.repository import ROOT

BUNDLE = ROOT / "build" / "vscode" / "extension.js"


@pytest.fixture(scope="module")
def package() -> Path:
    """The package, made from the bundle that the gate leaves."""
    if not BUNDLE.is_file():
        pytest.skip("the extension is not built here: `make vsix` builds it, with npm")
    subprocess.run([sys.executable, str(ROOT / "editors" / "vscode" / "pack.py")], check=True, capture_output=True)
    return ROOT / "dist" / f"guiju-{guiju.__version__}.vsix"


def test_the_package_holds_what_its_manifest_names(package: Path):
    with ZipFile(package) as held:
        names = set(held.namelist())
        manifest = json.loads(held.read("extension/package.json"))
        assert f"extension/{manifest['main'].removeprefix('./')}" in names
        contributes = manifest["contributes"]
        for file in (contributes["languages"][0]["configuration"], *(g["path"] for g in contributes["grammars"])):
            assert f"extension/{file.removeprefix('./')}" in names
        assert held.read(f"extension/{manifest['icon']}").startswith(b"\x89PNG")
        assert {"extension/README.md", "extension/LICENSE.txt"} <= names
        assert manifest["activationEvents"] == ["workspaceContains:**/*.guiju.md"], "VS Code adds those of languages"
        assert "devDependencies" not in manifest
        assert b"LanguageClient" in held.read("extension/extension.js")


def test_the_parenthesis_of_a_mark_is_no_bracket_without_its_other_half():
    """VS Code shows such brackets in red, and there is one in each line of a standard."""
    extension = ROOT / "editors" / "vscode"
    grammars = json.loads((extension / "package.json").read_text("utf-8"))["contributes"]["grammars"]
    grammar = json.loads((extension / "syntaxes" / "guiju.tmLanguage.json").read_text("utf-8"))
    scopes = {
        scope
        for rule in grammar["patterns"]
        for name in (rule, *rule.get("captures", {}).values())
        if (scope := name.get("name")) and "mark" in scope
    }
    assert scopes
    assert [set(g["unbalancedBracketScopes"]) for g in grammars] == [scopes, scopes]


def test_the_same_sources_give_the_same_package(package: Path):
    before = package.read_bytes()
    subprocess.run([sys.executable, str(ROOT / "editors" / "vscode" / "pack.py")], check=True, capture_output=True)
    assert package.read_bytes() == before
