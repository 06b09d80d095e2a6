"""The tables of `docs/proofs.md` and its Chinese twin: what `guiju prove` says of each bundled standard and example.

`python -m tests.docs.proofs FOLDER` writes them from what the command printed with `--format json`, a file for each
standard in FOLDER; `test_proofs_page.py` holds them against the command.
"""

from __future__ import annotations

import json
import re
import sys
from itertools import groupby
from pathlib import Path
from typing import Any

from guiju.engine.proving.claim import Property
from guiju.engine.proving.properties import PROPERTIES
from tests.project.repository import ROOT

PAGES = {"en": ROOT / "docs" / "proofs.md", "zh": ROOT / "docs" / "proofs.zh.md"}
STANDARDS = (
    *("gbt-45288.3-2025", "t-isc-full-stack-2025-12", "t-taf-320-2025", "caict-fangsheng", "t-isc-23-drafting-note"),
    *("c2m2", "iso-iec-33020", "openssf-scorecard", "owasp-samm"),
)
MOST_NAMED = 6
_ANSWERS = {"refuted": {"en": "refuted", "zh": "不成立"}, "not-proved": {"en": "not proved", "zh": "未证"}}
_ALL = {"en": "all {}", "zh": "全部 {}"}
_OF = {"en": "{} of {}", "zh": "{}/{}"}


def path_of(standard: str) -> str:
    """How the command is told of a standard."""
    example = ROOT / "policies" / "examples" / standard / f"{standard}.guiju"
    return str(example.relative_to(ROOT)) if example.exists() else standard


def totals(standard: str, proofs: dict[str, Any], language: str) -> list[str]:
    """The row of a standard: of each property how many of its claims are proved."""
    return [f"`{standard}`", *(_cell(p["claims"], language) for p in proofs["properties"])]


def _cell(claims: list[dict[str, Any]], language: str) -> str:
    proved = sum(claim["answer"] == "proved" for claim in claims)
    if not claims:
        return "–"
    return _ALL[language].format(proved) if proved == len(claims) else _OF[language].format(proved, len(claims))


def findings(standard: str, proofs: dict[str, Any], language: str) -> list[list[str]]:
    """A row for each property of a standard that is not proved of everything, with what it is not proved of."""
    rows = []
    titles = {p.id: p for p in PROPERTIES}
    for found in proofs["properties"]:
        others = sorted((c for c in found["claims"] if c["answer"] != "proved"), key=lambda c: str(c["answer"]))
        for answer, claims in groupby(others, key=lambda c: str(c["answer"])):
            names = list(dict.fromkeys(" = ".join(claim["names"]) for claim in claims))
            more = [f"… +{len(names) - MOST_NAMED}"] if len(names) > MOST_NAMED else []
            named = ", ".join([*(f"`{name}`" for name in names[:MOST_NAMED]), *more])
            rows.append([f"`{standard}`", _said(titles[found["property"]], answer, language), named])
    return rows


def _said(property_: Property, answer: str, language: str) -> str:
    if answer == "refuted":
        return property_.refuted.zh if language == "zh" else property_.refuted.en
    title = property_.title.zh if language == "zh" else property_.title.en
    return f"{title}: {_ANSWERS[answer][language]}"


def properties(language: str) -> list[list[str]]:
    """The properties themselves: the name to ask for one, and what it says."""
    return [
        [f"`{p.id}`", p.title.zh if language == "zh" else p.title.en, p.says.zh if language == "zh" else p.says.en]
        for p in PROPERTIES
    ]


def _write(results: dict[str, dict[str, Any]]) -> None:
    for language, page in PAGES.items():
        text = page.read_text(encoding="utf-8")
        text = _filled(text, "properties", properties(language))
        text = _filled(text, "totals", [totals(s, r, language) for s, r in results.items()])
        text = _filled(text, "findings", [row for s, r in results.items() for row in findings(s, r, language)])
        page.write_text(text, encoding="utf-8")


def _filled(text: str, marker: str, rows: list[list[str]]) -> str:
    """The page with the rows of a table below its head."""
    body = "".join(f"| {' | '.join(row)} |\n" for row in rows)
    pattern = rf"(<!-- {marker} -->\n\|.*\n\|.*\n)(?:\|.*\n)*(<!-- /{marker} -->)"
    return re.sub(pattern, lambda m: m[1] + body + m[2], text)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    _write({s: json.loads((folder / f"{s}.json").read_text(encoding="utf-8")) for s in STANDARDS})
