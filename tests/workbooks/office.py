"""Where LibreOffice is, and how it comes to be there: `python -m tests.workbooks.office` installs it where it is missing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

NAMES = ("soffice", "libreoffice")
PACKAGES = ("libreoffice-calc-nogui", "python3-uno")
#: the Pythons that may have the module by which LibreOffice is spoken to: the system's, or the office's own
PYTHONS = ("/usr/bin/python3", "python3", sys.executable)
SCRIPT = Path(__file__).with_name("recalculate.py")


def installed() -> str | None:
    """The office of this machine: the one named by GUIJU_OFFICE, or one of the usual names."""
    return os.environ.get("GUIJU_OFFICE") or next((path for name in NAMES if (path := shutil.which(name))), None)


@cache
def python() -> str | None:
    """A Python that can speak to it."""
    beside = Path(os.path.realpath(installed() or "")).with_name("python")
    for name in (*PYTHONS, str(beside)):
        if (
            shutil.which(name)
            and not subprocess.run([name, "-c", "import uno"], capture_output=True, check=False).returncode
        ):
            return name
    return None


def install() -> None:
    """Install it by the package manager where that may be done."""
    if not (shutil.which("apt-get") and os.geteuid() == 0):
        raise SystemExit(f"LibreOffice with its Python module `uno` is needed; Debian and Ubuntu: {' '.join(PACKAGES)}")
    for command in (["update"], ["install", "--yes", "--no-install-recommends", *PACKAGES]):
        subprocess.run(["apt-get", "-qq", *command], check=True, stdout=subprocess.DEVNULL)


def recalculated(books: list[dict[str, Any]]) -> list[list[list[str | float]]]:
    """What the formulas of some workbooks come to, for each of their fillings: see `recalculate`."""
    with tempfile.TemporaryDirectory() as folder:
        job, result = Path(folder) / "job.json", Path(folder) / "result.json"
        profile = str(Path(folder) / "profile")
        job.write_text(json.dumps({"office": installed(), "profile": profile, "books": books}), "utf-8")
        subprocess.run([str(python()), str(SCRIPT), str(job), str(result)], check=True, timeout=900)
        found: list[list[list[str | float]]] = json.loads(result.read_text("utf-8"))
        return found


if __name__ == "__main__" and (installed() is None or python() is None):
    install()
