"""Answering by a solver: the question as a formula, and a subject from what satisfies it."""

from __future__ import annotations

from guiju.engine.proving.question import Answer, Found, Gave, Never, Question, Unanswered
from guiju.engine.proving.solver import NoFractionError, OutOfTimeError, is_installed


def solved(question: Question, seconds: float) -> Answer:
    """The answer, or what kept the solver from one: it is not there, a form is beyond it, or the time ran out."""
    if not is_installed():
        return _none("not-installed")
    from guiju.engine.proving.encode import Encoded, NotEncodedError

    try:
        encoded = Encoded(question)
        choice = encoded.choices.find(seconds)
        return Never() if choice is None else Found(encoded.subject(choice))
    except NotEncodedError as error:
        return _none(error.why, error.address)
    except OutOfTimeError:
        return _none("time", f"{seconds:.0f}")
    except NoFractionError:
        return _none("no-fraction")


def _none(why: str, detail: str = "") -> Unanswered:
    return Unanswered((Gave("solver", why, detail),))
