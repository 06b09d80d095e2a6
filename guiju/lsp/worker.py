"""The process that knows the texts, so that nothing it is asked holds up what is told of a keystroke.

It is given one job at a time and is ended at any moment without harm: what it knows is made again from the texts. Where
no process can be started, the jobs are done in this one. Nothing heavy is imported here, so that the process is started
first, and both load what they need side by side.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing import get_context
from threading import Lock
from typing import TYPE_CHECKING

from guiju.dsl.diagnostic import Text
from guiju.processes import end_with_the_starter

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

    from guiju.lsp.desks import Desks
    from guiju.lsp.jobs import Question, Reply
    from guiju.lsp.texts import Snapshot

PATIENCE = 120.0  # seconds after which a job is given up
_READY = "ready"
_BEHIND = 5  # how far the process stands behind the server where both want the same core
_ENDED = Text(
    "检查文本的进程意外结束（退出码 {code}），已另起一个",
    "the process that checks the texts ended (exit code {code}); another one takes its place",
)
_GIVEN_UP = Text(
    "检查 {seconds:g} 秒没有完成，已停止；文本改动后再检查",
    "a check was not done in {seconds:g} s and was stopped; the text is checked again once it changes",
)
_HERE = Text(
    "另起进程检查文本不成（{reason}），检查在服务器自己的进程里做，打字时可能要等",
    "no process could be started to check the texts ({reason}); the server checks them itself, and typing may wait",
)


class Worker:
    """The server's hold of the process. `ask` is called by one thread, one question after another; `stop` by any."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._process: SpawnProcess | None = None
        self._connection: Connection | None = None
        self._is_ready = False
        self._sent: Snapshot | None = None
        self._here: Desks | None = None
        self._is_stopped = False
        self._guard = Lock()  # the process is not started behind its end
        self._notes: deque[Text] = deque()

    @property
    def pid(self) -> int | None:
        """The process, where there is one."""
        return self._process.pid if self._process else None

    def notes(self) -> Iterator[Text]:
        """What happened to the process, for the log; each is told once."""
        while self._notes:
            yield self._notes.popleft()

    def start(self) -> None:
        """Start the process unless there is one; it makes itself ready while others go on."""
        with self._guard:
            if self._process or self._here is not None or self._is_stopped:
                return
            try:
                self._begin()
            except (ImportError, OSError, RuntimeError, ValueError) as error:  # a system without processes or pipes
                self._stay_here(str(error))

    def ask(self, question: Question) -> Reply | None:
        """The reply, waited for; None where that takes too long or ends the process each time, and behind `stop`."""
        from guiju.lsp.jobs import done, job_of

        for _ in range(2):  # what ended the process may not do so again
            self.start()
            if self._here is not None:
                return done(self._here, job_of(question, None))
            try:
                return self._exchange(question)
            except (EOFError, OSError):
                self._bury()
        return None

    def stop(self) -> None:
        """End the process, whatever it is at. Nothing is answered from then on."""
        with self._guard:
            self._is_stopped = True
            self._kill()

    def _begin(self) -> None:
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=work, args=(theirs,), name="guiju-lsp-worker", daemon=True)
        process.start()
        theirs.close()  # so that its end is heard as the end of what it says
        self._process, self._connection = process, ours
        self._is_ready, self._sent = False, None

    def _exchange(self, question: Question) -> Reply | None:
        from guiju.lsp.jobs import job_of

        connection = self._connection
        if connection is None or self._is_stopped:
            return None
        if not self._is_ready:
            if not connection.poll(self._patience):
                raise EOFError
            self._is_ready = connection.recv() == _READY
        connection.send(job_of(question, self._sent))
        self._sent = question.texts
        if connection.poll(self._patience):
            reply: Reply = connection.recv()
            return reply
        with self._guard:
            self._kill()
            self._note(_GIVEN_UP, seconds=self._patience)
        return None

    def _bury(self) -> None:
        """The process ended by itself; one that was never ready would not be the next time."""
        with self._guard:
            process = self._process
            if process is None or self._is_stopped:
                return
            process.join(1)  # its own end says more than ours
            self._kill()
            if self._is_ready:
                self._note(_ENDED, code=process.exitcode)
            else:
                self._stay_here(f"exit code {process.exitcode}")

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
        self._process = None

    def _stay_here(self, reason: str) -> None:
        from guiju.lsp.desks import Desks

        self._here = Desks()
        self._note(_HERE, reason=reason)

    def _note(self, text: Text, **arguments: object) -> None:
        self._notes.append(Text(text.zh.format(**arguments), text.en.format(**arguments)))


def work(connection: Connection) -> None:
    """What the process does: one job after another, until there is nobody to give any."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # meant for the server, which ends this one
    end_with_the_starter()
    with suppress(OSError):
        os.dup2(2, 1)  # standard output is where the server speaks with the editor
    sys.stdout = sys.stderr
    if hasattr(os, "nice"):
        os.nice(_BEHIND)
    from guiju.lsp.desks import Desks
    from guiju.lsp.jobs import Job, done

    desks = Desks()
    gc.freeze()  # what was loaded stays: looking through it again and again takes a tenth of a second
    with suppress(EOFError, OSError):
        connection.send(_READY)
        while True:
            job = connection.recv()
            assert isinstance(job, Job)
            connection.send(done(desks, job))
