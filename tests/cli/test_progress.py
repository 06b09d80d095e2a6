"""What a terminal is told while something goes on: after a while that it does, and nothing of it stays."""

from __future__ import annotations

import io
import sys
import time

import pytest

from guiju.cli import progress
from guiju.cli.progress import working
from guiju.dsl.diagnostic import Language


class Terminal(io.StringIO):
    """Somebody watches."""

    def isatty(self) -> bool:
        """Yes."""
        return True


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_PATIENCE", 0.02)


@pytest.mark.parametrize(("language", "said"), [("zh", "正在计算……0:00"), ("en", "Working …  0:00")])
def test_a_terminal_is_told_that_something_goes_on_and_the_line_is_taken_away(
    monkeypatch: pytest.MonkeyPatch, language: Language, said: str
) -> None:
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    with working(language):
        while said not in terminal.getvalue():
            time.sleep(0.01)
    assert terminal.getvalue().endswith(f"\r{said}\x1b[K\r\x1b[K")


def test_what_is_soon_done_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_PATIENCE", 60)
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    with working("en"):
        pass
    assert not terminal.getvalue()


def test_nothing_is_told_where_nobody_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", file := io.StringIO())
    with working("en"):
        time.sleep(0.1)
    assert not file.getvalue()
