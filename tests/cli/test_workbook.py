"""`guiju workbook` as a user calls it, where the machine does not give what it takes."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path


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
