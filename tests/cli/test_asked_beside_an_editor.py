"""`guiju ask` keeps its answers in a file that others may write to while it asks: nobody's words are lost.

The somebody else of these tests writes while the interview waits for its second answer.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from guiju.cli.main import main
from tests.cli import test_ask
from tests.project.repository import ROOT

FILE = Path("shop.yaml")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "asked.guiju").write_text(test_ask.POLICY, encoding="utf-8")
    (tmp_path / FILE).write_text(test_ask.BLANK, encoding="utf-8")
    return tmp_path


class _Answers(io.BytesIO):
    """Two answers; ahead of the second one somebody else comes to the file."""

    def __init__(self, meanwhile: Callable[[], object]) -> None:
        super().__init__(b"60 PFLOPS\nsatisfied\nquit\n")
        self.meanwhile, self.lines = meanwhile, 0

    def readline(self, size: int | None = -1) -> bytes:
        self.lines += 1
        if self.lines == 2:
            self.meanwhile()
        return super().readline(size)


def ask(meanwhile: Callable[[], object], *target: str) -> Result:
    return CliRunner().invoke(main, ["--lang", "en", "ask", "asked.guiju", *target], input=_Answers(meanwhile))


def test_what_somebody_wrote_meanwhile_stays_and_the_answer_that_is_lost_is_told() -> None:
    theirs = test_ask.BLANK + "# written by somebody else\n"
    ended = ask(lambda: FILE.write_text(theirs, encoding="utf-8"), str(FILE))
    assert (ended.exit_code, FILE.read_text("utf-8")) == (1, theirs)
    assert "error[changed-meanwhile]" in ended.stderr
    assert "your last answer is not in it: 6.1.b: satisfied" in ended.stderr
    assert "--> shop.yaml" in ended.stderr


@pytest.mark.parametrize("target", [(str(FILE),), ("--out", "new.yaml")])
def test_a_file_that_was_deleted_meanwhile_is_not_made_again(target: tuple[str, ...]) -> None:
    path = Path(target[-1])
    ended = ask(path.unlink, *target)
    assert (ended.exit_code, path.exists()) == (1, False)
    assert "error[gone-meanwhile]" in ended.stderr
    assert "kept nowhere: 6.1.b: satisfied" in ended.stderr


def test_where_nobody_else_writes_both_answers_are_kept() -> None:
    assert ask(lambda: None, str(FILE)).exit_code == 0
    assert "power: 60 PFLOPS\n" in FILE.read_text("utf-8")
    assert "6.1.b: satisfied\n" in FILE.read_text("utf-8")


def in_a_shell(redirected: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    call = ["sh", "-c", f'exec "$@" {redirected}', "sh", sys.executable, "-m", "guiju", "--lang", "en", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "GUIJU_LANG": "en"}
    return subprocess.run(call, capture_output=True, text=True, env=environment, check=False)


def test_a_closed_input_ends_an_interview_like_one_that_has_ended() -> None:
    ended = in_a_shell("<&-", "ask", "asked.guiju", str(FILE))
    assert (ended.returncode, "Stopped" in ended.stdout, ended.stderr) == (0, True, "")


@pytest.mark.parametrize("call", [("evaluate", "asked.guiju", str(FILE)), ("--help",), ("--version",)])
def test_a_result_that_cannot_be_printed_since_output_is_closed_is_no_success(call: tuple[str, ...]) -> None:
    ended = in_a_shell(">&-", *call)
    assert (ended.returncode, "standard output is closed" in ended.stderr) == (3, True)
