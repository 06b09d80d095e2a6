"""The looks of the language -> a TextMate grammar, as editors read it."""

from __future__ import annotations

import json
from typing import Any

from guiju.highlight.patterns import Look, looks


def grammar() -> dict[str, Any]:
    """The grammar as data."""
    return {
        "name": "Guiju",
        "scopeName": "source.guiju",
        "fileTypes": ["guiju"],
        "patterns": [_pattern(look) for look in looks()],
    }


def text() -> str:
    """The grammar as its file has it."""
    return json.dumps(grammar(), ensure_ascii=False, indent=2) + "\n"


def _pattern(look: Look) -> dict[str, Any]:
    scopes = [scope and f"{scope}.guiju" for scope in look.scopes]
    if len(scopes) == 1:
        return {"match": look.pattern, "name": scopes[0]}
    captures = {str(n): {"name": scope} for n, scope in enumerate(scopes, 1) if scope}
    return {"match": look.pattern, "captures": captures}
