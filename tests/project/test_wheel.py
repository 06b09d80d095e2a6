"""What is published works away from the checkout: the wheel, and the wheel that is built from the source archive."""

import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

import guiju
from tests.project.repository import ROOT, tracked_files

pytestmark = pytest.mark.wheel

POLICY = "gbt-45288.3-2025"
EVIDENCE = ROOT / "policies" / POLICY / "evidence" / "full-stack-provider.yaml"
ROOMS = ("compiler", "dsl", "engine", "policies")
OF_THIS_ENVIRONMENT = ("PYTHON", "COVERAGE", "VIRTUAL_ENV")


def _run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    away = {key: value for key, value in os.environ.items() if not key.startswith(OF_THIS_ENVIRONMENT)}
    return subprocess.run(
        [str(word) for word in command], cwd=cwd, env=away, capture_output=True, encoding="utf-8", check=False
    )


def _must_run(*command: str | Path, cwd: Path) -> str:
    run = _run(*command, cwd=cwd)
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def _build_wheel(source: Path, into: Path) -> Path:
    _must_run(
        *(sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check"),
        *("--no-build-isolation", "--no-deps", "--wheel-dir", into, source),
        cwd=into,
    )
    return next(into.glob("guiju-*.whl"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _build_wheel(ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def command(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command `guiju`, installed from the wheel with its pinned dependencies into an environment of its own."""
    environment = tmp_path_factory.mktemp("away") / "environment"
    venv.create(environment, with_pip=True)
    scripts = environment / ("Scripts" if os.name == "nt" else "bin")
    _must_run(
        *(scripts / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
        *("--constraint", ROOT / "constraints.txt", wheel),
        cwd=environment,
    )
    return scripts / "guiju"


def _contents(wheel: Path) -> set[str]:
    return {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("guiju/")}


def test_the_wheel_holds_every_file_of_every_room(wheel: Path):
    tracked = [path.relative_to(ROOT) for path in tracked_files()]
    expected = {f"guiju/{path.as_posix()}" for path in tracked if path.parts[0] in ROOMS}
    expected |= {path.as_posix() for path in tracked if path.parts[0] == "guiju"}
    assert _contents(wheel) == expected


def test_the_source_archive_builds_the_same_wheel(wheel: Path, tmp_path: Path):
    _must_run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", tmp_path, cwd=ROOT)
    archive = next(tmp_path.glob("guiju-*.tar.gz"))
    assert _contents(_build_wheel(archive, tmp_path)) == _contents(wheel)


def test_the_installed_command_knows_its_version(command: Path, tmp_path: Path):
    assert guiju.__version__ in _must_run(command, "--version", cwd=tmp_path)


def test_a_bundled_policy_is_evaluated_outside_the_checkout(command: Path, tmp_path: Path):
    evidence = shutil.copy(EVIDENCE, tmp_path / "evidence.yaml")
    here = _run(sys.executable, "-m", "guiju", "evaluate", POLICY, evidence, cwd=ROOT)
    away = _run(command, "evaluate", POLICY, evidence, cwd=tmp_path)
    assert (away.returncode, away.stdout, away.stderr) == (here.returncode, here.stdout, here.stderr)
    assert "A" in away.stdout
