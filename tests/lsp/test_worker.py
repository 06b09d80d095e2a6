"""The process that checks the texts: nothing waits for it, and nothing is lost with it."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from guiju.lsp import worker as workers
from guiju.lsp.answers import CHECK, Checked, Spoken
from guiju.lsp.jobs import Question
from guiju.lsp.texts import Snapshot
from guiju.lsp.worker import Worker
from tests.lsp.editor import Editor, editor
from tests.lsp.test_bad_messages import GREETING, Server

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for processes as Linux shows them")

SHOP = 'standard demo-1 "DEMO 1"\ngroups part\nfact staff : count\npart 1\n  a) "x" staff > 2\n'
URI = "file:///nowhere/demo.guiju"
SOON = 30  # seconds, on a slow machine


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "demo.guiju").write_text(SHOP, "utf-8")
    return tmp_path / "demo.guiju"


def below(pid: int) -> dict[int, str]:
    """The processes that one started, with how they were called."""
    found: dict[int, str] = {}
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in map(int, (task / "children").read_text().split()):
            found |= {child: Path(f"/proc/{child}/cmdline").read_text().replace("\0", " "), **below(child)}
    return found


def worker_of(e: Editor) -> int:
    """The process that checks texts for the server of an editor."""
    assert e.client._server is not None
    (found,) = (pid for pid, called in below(e.client._server.pid).items() if "spawn_main" in called)
    return found


def is_there(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


async def over(pids: dict[int, str]) -> None:
    """Wait for processes to be gone."""
    async with asyncio.timeout(SOON):
        while any(is_there(pid) for pid in pids):
            await asyncio.sleep(0.05)


def codes(e: Editor) -> list[list[str]]:
    """What was told of the last version, one time after the other."""
    return [[str(d.code) for d in p.diagnostics] for p in e.published if p.version == e.version]


def test_a_keystroke_is_told_of_while_a_check_stands_still(path: Path):
    async def run() -> None:
        async with editor(path) as e:
            await e.open()
            process = worker_of(e)
            os.kill(process, signal.SIGSTOP)
            e.put("staff > 2", "people > 2")
            await e.told(1)
            await asyncio.sleep(1)  # the check has begun, and does not go on
            e.put("people > 2", "staff > > 2")
            await e.told(1)
            assert codes(e) == [["unexpected-text"]]
            os.kill(process, signal.SIGCONT)
            await e.told(2)
            assert codes(e) == [["unexpected-text"]] * 2
            versions = [p.version for p in e.published]
            assert versions == [1, 1, 2, 3, 3], "what was found of the text that was written over is not told"

    asyncio.run(run())


def test_behind_the_farewell_no_process_is_left_though_a_check_stands_still(path: Path):
    async def run() -> None:
        async with editor(path) as e:
            await e.open()
            assert e.client._server is not None
            all_ = below(e.client._server.pid)
            os.kill(worker_of(e), signal.SIGSTOP)
            e.put("staff > 2", "people > 2")
            await e.told(1)
            await asyncio.sleep(1)
        await over(all_)

    asyncio.run(run())


def test_the_process_ends_with_a_server_that_is_killed():
    server = Server()
    assert "capabilities" in server.ask("initialize", GREETING)["result"]
    all_ = below(server._process.pid)
    assert [called for called in all_.values() if "spawn_main" in called]
    server._process.kill()
    asyncio.run(over(all_))
    with server._process:
        assert server._process.wait(SOON) == -signal.SIGKILL


def test_a_process_that_ends_is_replaced_and_the_log_says_so(path: Path):
    async def run() -> None:
        async with editor(path) as e:
            await e.open()
            before = worker_of(e)
            os.kill(before, signal.SIGKILL)
            e.put("staff > 2", "people > 2")
            await e.told(2)
            assert codes(e) == [[], ["unknown-name"]]
            assert worker_of(e) != before
            assert [said for said in e.logged if "ended (exit code -9)" in said]

    asyncio.run(run())


# --- the process alone -----------------------------------------------------------------------------------------------


def question(text: str, method: str = CHECK) -> Question:
    return Question(method, URI, Spoken("en", None), Snapshot({URI: text}, 0))


def found(worker: Worker, text: str) -> list[str] | None:
    """The codes of what is found of a text; None where there is no answer."""
    reply = worker.ask(question(text))
    if reply is None:
        return None
    assert isinstance(reply.result, Checked), reply.fault
    assert reply.result.source.text == text
    return [d.code.name for d in reply.result.diagnostics]


def notes(worker: Worker) -> list[str]:
    return [note.en for note in worker.notes()]


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker()
    yield made
    made.stop()


def test_one_that_hangs_is_ended_and_the_next_text_is_checked(worker: Worker):
    assert found(worker, SHOP) == []
    assert worker.pid is not None
    os.kill(worker.pid, signal.SIGSTOP)
    worker._patience = 0.5
    assert found(worker, SHOP + "# more\n") is None
    worker._patience = SOON
    assert notes(worker) == ["a check was not done in 0.5 s and was stopped; the text is checked again once it changes"]
    assert found(worker, SHOP.replace("staff >", "staf >")) == ["unknown-name"]
    assert notes(worker) == []


def test_where_no_process_can_be_started_the_texts_are_checked_all_the_same(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
):
    def refuses(method: str) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(workers, "get_context", refuses)
    assert found(worker, SHOP) == []
    assert found(worker, SHOP.replace("staff >", "staf >")) == ["unknown-name"]
    (said,) = notes(worker)
    assert "could be started to check the texts (no more processes)" in said
    assert worker.pid is None


def test_a_process_that_cannot_begin_is_not_tried_again(worker: Worker, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(workers, "work", sys.exit)
    assert found(worker, SHOP) == []
    (said,) = notes(worker)
    assert "(exit code 1)" in said
    assert found(worker, SHOP + "# more\n") == []
    assert notes(worker) == []


def test_a_fault_is_told_and_the_process_goes_on(worker: Worker):
    reply = worker.ask(question(SHOP, "guiju/noSuch"))
    assert reply is not None
    assert reply.fault is not None
    assert reply.fault.startswith("Traceback")
    assert found(worker, SHOP) == []
    assert notes(worker) == []


def test_a_question_that_ends_the_process_each_time_has_no_answer(worker: Worker, monkeypatch: pytest.MonkeyPatch):
    assert found(worker, SHOP) == []
    exchanged = worker._exchange

    def ends_it(asked: Question) -> None:
        assert worker.pid is not None
        os.kill(worker.pid, signal.SIGKILL)
        time.sleep(0.1)
        assert exchanged(asked) is None, "it is not there to answer"

    worker.start()
    monkeypatch.setattr(worker, "_exchange", ends_it)
    assert found(worker, SHOP + "# more\n") is None
    monkeypatch.undo()
    assert found(worker, SHOP + "# more\n") == []
