"""The repository names no machine, is pinned where it says so, and keeps its own rules of layout."""

import ast
import importlib
import re
import tomllib
from itertools import chain
from pathlib import Path
from typing import TypeGuard

import pytest

import guiju
from tests.project.repository import MODULES, ROOT, texts, tracked_files

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PINS = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()

ABSOLUTE_PATH = re.compile(
    r"(?<![\w.~/:\-}])/(?:home|Users|root|work|workspace|mnt|srv|opt|builds|private|var/folders|tmp)/[\w.]"
    r"|\b[A-Za-z]:\\{1,2}(?:Users|Documents|work)\b"
)
MACHINE = re.compile(
    r"://[^/\s\"'<>]*@"  # credentials in an address
    r"|://\d+\.\d+\.\d+\.\d+\b"
    r"|://[\w.\-]+\.(?:internal|intranet|local|lan|corp|home)\b"
    r"|://[^/\s\"'<>]*(?:mirror|registry|proxy|artifact|nexus)"
    r"|://[^\s\"'<>]*/simple\b"  # a package index
)
PACKAGE_SOURCE = re.compile(r"://|--(?:extra-)?index-url|--find-links|--trusted-host| @ |^-f |^-i ", re.MULTILINE)


def test_no_tracked_file_holds_an_absolute_path_of_a_machine():
    assert not [f"{path}: {found.group()}" for path, text in texts() if (found := ABSOLUTE_PATH.search(text))]


def test_no_tracked_file_names_a_machine_or_a_package_registry():
    assert not [f"{path}: {found.group()}" for path, text in texts() if (found := MACHINE.search(text))]


@pytest.mark.parametrize("name", ["constraints.txt", "pyproject.toml", "Makefile", ".ci/run"])
def test_packages_come_from_wherever_pip_is_told_to_look(name: str):
    assert not PACKAGE_SOURCE.search((ROOT / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (ABSOLUTE_PATH, "see /{}/someone/x"),
        (ABSOLUTE_PATH, "C:{}\\Users\\someone"),
        (MACHINE, "https:{}//build.internal/x"),
        (MACHINE, "http:{}//10.0.0.1/x"),
        (MACHINE, "https:{}//host/simple/"),
        (PACKAGE_SOURCE, "--index-url x"),
    ],
)
def test_the_patterns_find_what_they_are_for(pattern: re.Pattern[str], text: str):
    """The samples have a gap, or this very file would be found."""
    assert pattern.search(text.format("home" if "/{}/" in text else ""))


def test_constraints_are_exact_versions_and_nothing_else():
    assert not [line for line in PINS if not re.fullmatch(r"#.*|[\w.\-]+==[\w.]+", line)]


def test_every_dependency_is_pinned():
    project = PYPROJECT["project"]
    wanted = list(chain(project["dependencies"], *project["optional-dependencies"].values()))
    names = {_normal(re.split(r"[<>=\[]", item)[0]) for item in wanted} - {"guiju"}
    assert names <= {_normal(line.split("==")[0]) for line in PINS}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_build_is_pinned_to_the_same_versions():
    required = PYPROJECT["build-system"]["requires"]
    assert required
    assert set(required) <= set(PINS)


def test_the_changelog_knows_the_version():
    assert f"\n## {guiju.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["compiler", "dsl", "engine", "policies"])
def test_the_folders_at_the_top_are_the_rooms_of_the_package(name: str):
    room = ROOT / "guiju" / name
    assert (ROOT / name).is_dir()
    assert room.is_symlink()
    assert room.readlink() == Path("..", name)


@pytest.mark.parametrize("name", MODULES)
def test_every_module_imports_and_says_what_it_takes_and_gives(name: str):
    assert importlib.import_module(name).__doc__


def test_every_folder_of_python_files_is_a_package():
    """Without `__init__.py` import-linter, coverage and the walk above would leave a folder out, in silence."""
    folders = {path.parent for path in tracked_files() if path.suffix == ".py" and path.parts[len(ROOT.parts)] in ROOMS}
    assert not [str(folder.relative_to(ROOT)) for folder in folders if not (folder / "__init__.py").exists()]


ROOMS = {"compiler", "dsl", "engine", "guiju"}


@pytest.mark.parametrize("room", ["compiler", "dsl", "engine"])
def test_no_binary_floating_point_decides_anything(room: str):
    for path in sorted((ROOT / room).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert not [f"{path.relative_to(ROOT)}:{line}" for line in sorted(_float_lines(tree))]


def _float_lines(tree: ast.AST) -> set[int]:
    """Lines with a float. The likeness of spellings behind "did you mean" (difflib's `cutoff`) decides no verdict."""
    spelling = {node.value for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg == "cutoff"}
    floats = (node for node in ast.walk(tree) if _is_float(node) and node not in spelling)
    return {node.lineno for node in floats}


def _is_float(node: ast.AST) -> TypeGuard[ast.expr]:
    match node:
        case ast.Constant(value=float()) | ast.Call(func=ast.Name(id="float")):
            return True
    return False
