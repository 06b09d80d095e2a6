"""`guiju batch` and `guiju impact` on small tables: what they print and what they write, as people read it."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from guiju.cli.main import main
from tests.markdown_cases import check_said, each_case

HERE = Path(__file__).parent
_ARGUMENTS = re.compile(r"^(Arguments|Impact):(.*)$", re.MULTILINE)
_GIVEN = ("in.csv", "shops.guiju")


@pytest.mark.parametrize(("path", "case"), each_case(HERE / "cases", "csv"))
def test_the_table_comes_to_this(
    path: Path,
    case: re.Match[str],
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(HERE / "shops.guiju", "shops.guiju")
    Path("in.csv").write_text(case["policy"], encoding="utf-8")
    given = _ARGUMENTS.search(case["prose"])
    more = shlex.split(given[2]) if given else []
    call = ["batch", "shops.guiju", "in.csv", "out.csv", "--also", "bounds"]
    if given and given[1] == "Impact":
        call = ["impact", "shops.guiju", "in.csv"]
    result = CliRunner().invoke(main, [*call, "--lang", "en", *more])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    written = (f"{p.name}\n{p.read_text('utf-8')}" for p in sorted(tmp_path.iterdir()) if p.name not in _GIVEN)
    said = [f"exit {result.exit_code}\n", result.stderr, result.stdout, *written]
    check_said("\n".join(part for part in said if part), path, case, request, "csv")
