"""Assessments that were recorded, by this engine or another: what is otherwise between two, and by which cause.

Another engine cannot be asked what it would have come to on other evidence. But this one can derive again what each
side stands on. Where it comes to what was recorded on both sides, its own mixtures of the two show the causes.
Elsewhere the effect has two parts: what was recorded and is not derived here, which is the engine's, and what is
derived otherwise of the two, which has the causes that there are.
"""

from __future__ import annotations

from dataclasses import dataclass

from guiju.engine.evaluate import Assessment
from guiju.engine.reasoning.comparing.because import Because, because
from guiju.engine.reasoning.comparing.difference import (
    Cause,
    Difference,
    Effect,
    Nodes,
    Seen,
    causes_between,
    effects_between,
    effects_of,
    named_later,
    seen_in,
)


@dataclass(frozen=True)
class Recorded:
    """What an engine came to, and what this one derives from the same sources under the same readings."""

    engine: str  # its version
    seen: Nodes
    derived: Assessment


def as_derived(assessment: Assessment, engine: str) -> Recorded:
    """An assessment that was made just now, beside recorded ones."""
    return Recorded(engine, seen_in(assessment), assessment)


def difference_of(before: Recorded, after: Recorded) -> Difference:
    """What is otherwise between two recorded assessments."""
    engine = () if before.engine == after.engine else (Cause("engine", "guiju", before.engine, after.engine),)
    causes = (*engine, *causes_between(before.derived, after.derived))
    seen = named_later(before.seen, before.derived.program, after.derived.program)
    return Difference(causes, effects_of(seen, after.seen))


def because_of(before: Recorded, after: Recorded, difference: Difference) -> tuple[Because, ...]:
    """Why each effect between two recorded assessments came about."""
    engine = tuple(c for c in difference.causes if c.what == "engine")
    others = tuple(c for c in difference.causes if c.what != "engine")
    derived = Difference(others, effects_between(before.derived, after.derived))
    told = {(b.effect.what, b.effect.address): b for b in because(before.derived, after.derived, derived)}
    programs = before.derived.program, after.derived.program
    here = named_later(seen_in(before.derived), *programs), seen_in(after.derived)
    answers = []
    for effect in difference.effects:
        node = effect.what, effect.address
        seen = here[0].get(node), here[1].get(node)
        if seen == (effect.before, effect.after):
            answers.append(told[node])
        elif not engine:  # all else that is otherwise, and so it suffices
            answers.append(Because(effect, (others,), "suffices", None, seen))
        elif not others:
            answers.append(Because(effect, (engine,), "smallest", engine, seen))
        else:
            answers.append(_in_parts(effect, engine, told.get(node), seen))
    return tuple(answers)


def _in_parts(
    effect: Effect, engine: tuple[Cause, ...], derived: Because | None, seen: tuple[Seen | None, Seen | None]
) -> Because:
    """The engine, and with it what gives the part that is derived here, if there is one."""
    if derived is None:
        return Because(effect, (engine,), "parts", None, seen)
    sets = tuple((*engine, *causes) for causes in derived.sufficing)
    return Because(effect, sets, "parts" if derived.found == "smallest" else "suffices", None, seen)
