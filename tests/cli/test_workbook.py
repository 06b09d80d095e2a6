"""`guiju workbook` as a user calls it, where the machine does not give what it takes."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from guiju.cli.main import main
from guiju.dsl.diagnostic import LANGUAGES, Language


def _no_room() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024))


def test_an_export_takes_no_temporary_files(tmp_path: Path) -> None:
    out = tmp_path / "answers.xlsx"
    call = ("--no-cache", "workbook", "export", "t-taf-320-2025", "-o", str(out))
    command = [sys.executable, "-m", "guiju", *call]
    ran = subprocess.run(command, check=False, capture_output=True, text=True, preexec_fn=_no_room)
    assert ran.returncode == 1
    assert "file-not-writable" in ran.stderr
    assert str(out) in ran.stderr
    assert "Traceback" not in ran.stderr
    assert not out.exists()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["answers.pdf", "answers", "answers.xlsm"])
def test_an_export_is_called_what_it_is(name: str, language: Language, tmp_path: Path) -> None:
    call = ["workbook", "export", "t-taf-320-2025", "-o", str(tmp_path / name), "--lang", language]
    result = CliRunner().invoke(main, call)
    assert result.exit_code == 2
    assert "unknown-form" in result.stderr
    assert ".xlsx" in result.stderr
    assert not list(tmp_path.iterdir())
