"""What the documentation tells a reader to type, to open and to follow exists."""

import re
import shlex
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.project.repository import MADE, ROOT, console_commands, markdown_files, without_fences

DOCUMENTS = [pytest.param(path, id=str(path.relative_to(ROOT))) for path in markdown_files()]
TOP = {path.name for path in ROOT.iterdir() if path.is_dir() and path.name not in MADE}


def test_the_readme_begins_with_the_two_commands_that_do_all_set_up():
    commands = console_commands(ROOT / "README.md")
    assert {"make demo", "make test"} <= set(commands)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_commands_in_console_blocks_exist(document: Path):
    assert not [problem for command in console_commands(document) if (problem := _problem(command))]


def _problem(command: str) -> str | None:
    """Why a command as printed would not run; None for programs that are not ours."""
    words = shlex.split(command, comments=True)
    match words:
        case ["make", *targets]:
            unknown = {target for target in targets if "=" not in target} - _make_targets()
            return f"make has no target {', '.join(sorted(unknown))}" if unknown else None
        case ["guiju", *arguments]:
            return _guiju_problem(arguments)
    return None


@cache
def _make_targets() -> frozenset[str]:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return frozenset(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))


def _guiju_problem(arguments: list[str]) -> str | None:
    subcommand = [argument for argument in arguments[:1] if not argument.startswith("-")]
    code, text = _help(*subcommand)
    if code != 0:
        return f"guiju {' '.join(subcommand)} does not exist"
    options = {argument.split("=")[0] for argument in arguments if re.match(r"--[a-z]", argument)}
    if unknown := {option for option in options if not re.search(rf"{option}\b(?!-)", text)}:
        return f"guiju {' '.join(subcommand)} has no option {', '.join(sorted(unknown))}"
    return None


@cache
def _help(*subcommand: str) -> tuple[int, str]:
    run = subprocess.run(
        [sys.executable, "-m", "guiju", *subcommand, "--help"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return run.returncode, run.stdout


@pytest.mark.parametrize("document", DOCUMENTS)
def test_paths_in_backticks_exist(document: Path):
    text = without_fences(document.read_text(encoding="utf-8"))
    named = [span for span in re.findall(r"`([^`\s]+)`", text) if _is_path_from_the_root(span)]
    assert not [name for name in named if not (ROOT / name).exists()]


def _is_path_from_the_root(span: str) -> bool:
    """Whether a code span is a path of the repository; `policies/<standard>/` is a pattern, `policies/1` a version."""
    return "/" in span and span.partition("/")[0] in TOP and not re.search(r"[<>*{}$…()|=]|/\d+$", span)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_relative_links_lead_somewhere(document: Path):
    text = without_fences(document.read_text(encoding="utf-8"))
    targets = [target.split("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text)]
    local = [target for target in targets if target and "://" not in target and not target.startswith("mailto:")]
    generated = [target for target in local if _is_generated(document, target)]
    assert not [target for target in local if target not in generated and not (document.parent / target).exists()]


def _is_generated(document: Path, target: str) -> bool:
    """Pages of diagnostics are made when the site is built, where broken links to them fail the build."""
    return (document.parent / target).is_relative_to(ROOT / "docs" / "diagnostics")
