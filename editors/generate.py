"""Writes what editors are given of the language: `python editors/generate.py` after a change of the keywords."""

from __future__ import annotations

from pathlib import Path

from guiju.highlight.textmate import text

GRAMMAR = Path(__file__).parent / "vscode" / "syntaxes" / "guiju.tmLanguage.json"

if __name__ == "__main__":
    GRAMMAR.write_text(text(), "utf-8")
