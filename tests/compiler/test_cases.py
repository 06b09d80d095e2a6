"""The Markdown cases beside this file: each policy in them gives exactly the diagnostics that stand below it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from guiju.compiler.checks import CHECK_CODES
from guiju.compiler.pipeline import compile_document
from guiju.dsl.parser import parse
from guiju.dsl.source import Source
from tests.markdown_cases import check_said, each_case, expected_in

CASES = Path(__file__).parent / "cases"
VOCABULARIES = {
    path.stem: parse(Source(path.name, path.read_text(encoding="utf-8")))[0] for path in CASES.glob("*.guiju")
}
HEAD = 'standard demo-1 "DEMO 1"\n'


def found(policy: str) -> str:
    document, mistakes = parse(Source("case", policy))
    assert not mistakes, [m.message("en") for m in mistakes]
    lines = []
    for d in compile_document(document, VOCABULARIES).diagnostics:
        line, column = d.span.position
        near = f" ({d.suggestion}?)" if d.suggestion else ""
        lines.append(f"{line}:{column} {d.code.severity.value}[{d.code.name}] {d.message('en')}{near}")
        lines.append(f"    {d.message('zh')}")
        lines += [f"    see {label.span.position.line}: {label.caption.en}" for label in d.labels]
    return "\n".join(lines) + "\n" if lines else "nothing\n"


@pytest.mark.parametrize(("path", "case"), each_case(CASES))
def test_a_policy_gives_the_diagnostics_below_it(
    path: Path, case: re.Match[str], request: pytest.FixtureRequest
) -> None:
    check_said(found(case["policy"]), path, case, request)


def test_every_code_of_the_compiler_has_a_case() -> None:
    text = expected_in(CASES)
    assert [c.name for c in CHECK_CODES if f"[{c.name}]" not in text] == ["long-chain"]


def test_a_long_chain_of_definitions_is_refused_and_a_shorter_one_compiles() -> None:
    """It would fill pages: each let stands on the one before."""

    def chain(length: int) -> str:
        lets = "".join(f"let l{i} = l{i - 1} + 1\n" for i in range(1, length))
        return f'{HEAD}groups section\nfact l0 : number\n{lets}section 1\n  a) "x" l{length - 1} >= 1\n'

    assert found(chain(60)) == "nothing\n"
    assert [line.split("]")[0] for line in found(chain(3000)).splitlines() if "[" in line] == [
        "3004:10 error[long-chain"
    ]
