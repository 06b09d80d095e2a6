"""What the server asks its worker, and the replies: values that go from one process to the other."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lsprotocol import types

from guiju.desk.rename import Refusal
from guiju.lsp.answers import ANSWERS, Room, Spoken
from guiju.lsp.desks import Desks
from guiju.lsp.texts import Snapshot


@dataclass(frozen=True)
class Question:
    """Something of `ANSWERS`, asked of the texts as they were at that moment."""

    method: str
    params: Any
    spoken: Spoken
    texts: Snapshot


@dataclass(frozen=True)
class Job:
    """A question as it is sent: None stands for a text that is as it was at the job before."""

    method: str
    params: Any
    spoken: Spoken
    texts: Mapping[str, str | None]
    beside: int


@dataclass(frozen=True)
class Reply:
    """The answer, or why there is none: a refusal in the editor's language, or a fault of ours as a traceback."""

    result: Any = None
    shown: tuple[types.ShowMessageParams, ...] = ()
    refusal: str | None = None
    fault: str | None = None


def job_of(question: Question, before: Snapshot | None) -> Job:
    """What has to be sent to somebody who knows the texts as they were before."""
    now, known = question.texts, before.texts if before is not None else {}
    texts = {uri: None if known.get(uri) == text else text for uri, text in now.texts.items()}
    return Job(question.method, question.params, question.spoken, texts, now.beside)


def done(desks: Desks, job: Job) -> Reply:
    """The reply to a job."""
    try:
        desks.take(
            Snapshot({uri: desks[uri].text if text is None else text for uri, text in job.texts.items()}, job.beside)
        )
        room = Room(desks, job.spoken)
        found = ANSWERS[job.method](room, job.params)
    except Exception:  # noqa: BLE001 - whatever it is, the server has to tell it, and the other texts go on
        return Reply(fault=traceback.format_exc())
    return Reply(refusal=room.text(found.reason)) if isinstance(found, Refusal) else Reply(found, tuple(room.shown))
