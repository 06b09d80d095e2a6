"""The repository as the tests about it see it: its files and its Markdown, from the working tree."""

from __future__ import annotations

import pkgutil
import re
import subprocess
from functools import cache
from pathlib import Path

import guiju

ROOT = Path(__file__).resolve().parents[2]
MODULES = ("guiju", *(m.name for m in pkgutil.walk_packages(guiju.__path__, "guiju.") if m.name != "guiju.__main__"))
MADE = {".git", ".venv", "build", "dist", "site", "__pycache__"}


@cache
def tracked_files() -> tuple[Path, ...]:
    """The files of the repository, new ones included, ignored ones not; without git, everything that no tool made."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listing.returncode == 0:
        found = [ROOT / name for name in listing.stdout.decode().split("\0") if name]
    else:
        found = [path for path in ROOT.rglob("*") if not any(_is_made(part) for part in path.relative_to(ROOT).parts)]
    return tuple(sorted(path for path in found if path.is_file() and not path.is_symlink()))


def _is_made(part: str) -> bool:
    return part in MADE or part.endswith("_cache") or part.startswith((".venv", ".coverage", ".hypothesis"))


def texts() -> tuple[tuple[Path, str], ...]:
    """Every tracked file that is UTF-8 text, by its path from the root."""
    return tuple((path.relative_to(ROOT), text) for path in tracked_files() if (text := _text(path)) is not None)


def _text(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return None


def markdown_files() -> tuple[Path, ...]:
    """The documentation: every Markdown file outside the tests (there they are cases, not prose)."""
    return tuple(path for path in tracked_files() if path.suffix == ".md" and ROOT / "tests" not in path.parents)


def console_commands(path: Path) -> tuple[str, ...]:
    """What a reader is told to type: the lines behind `$ ` in the fenced `console` blocks of a Markdown file."""
    blocks = re.findall(r"^ *```console\n(.*?)^ *```", path.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    lines = (line.strip() for block in blocks for line in block.replace("\\\n", " ").splitlines())
    return tuple(line.removeprefix("$ ") for line in lines if line.startswith("$ "))


def without_fences(text: str) -> str:
    """Markdown without its fenced blocks."""
    return re.sub(r"^( *)(`{3,}).*?^ *\2", "", text, flags=re.DOTALL | re.MULTILINE)
