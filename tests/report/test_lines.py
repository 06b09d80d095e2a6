"""Lines of reports that few assessments have, each with the smallest one that has it: `cases/lines.md`."""

from __future__ import annotations

import re
from contextlib import chdir
from pathlib import Path

import pytest
from click.testing import CliRunner

from guiju.cli.main import main
from tests.feet import above_the_foot
from tests.markdown_cases import check_said, each_case

_GIVEN = re.compile(r"```yaml\n(.*?)```\n\nAsked: `(\w+)(.*?)`", re.DOTALL)


@pytest.mark.parametrize(("path", "case"), each_case(Path(__file__).parent / "cases"))
def test_each_line_is_read_as_its_case_says(
    path: Path, case: re.Match[str], request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    given = _GIVEN.search(case["prose"])
    assert given is not None, case["name"]
    evidence, command, rest = given.groups()
    (tmp_path / "t-1.guiju").write_text(case["policy"], "utf-8")
    (tmp_path / "e.yaml").write_text(f"guiju: evidence/1\nsubject: x\n{evidence}", "utf-8")
    call = [command, "t-1.guiju", "e.yaml", *rest.split()]
    with chdir(tmp_path):
        said = [CliRunner().invoke(main, [*call, "--lang", language]).stdout for language in ("en", "zh")]
    told = said if command == "evaluate" else map(above_the_foot, said)
    check_said("\n".join(told), path, case, request)
