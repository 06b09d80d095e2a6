"""Which clause of a later edition is which of the earlier one, under whatever numbers.

A number that stands for another requirement now is of a clause that went and of one that came.
"""

from __future__ import annotations

from guiju.compiler.ir import Expression, Program
from guiju.dsl.normal import clause_number
from guiju.engine.reasoning.editions.requirement import is_another, perhaps_others


def renumberings(before: Program, after: Program) -> dict[str, str]:
    """The later clauses that have another number, by what it was: as the later edition declares it.

    Beyond that those of one label and one content, and only once there.
    """
    declared = declared_renumberings(before, after)
    found = _alike_elsewhere(before, after)
    gone = set(declared.values())
    return declared | {new: old for new, old in found.items() if new not in declared and old not in gone}


def declared_renumberings(before: Program, after: Program) -> dict[str, str]:
    """What the later edition itself declares, of clauses that are there; nothing of an earlier draft of its own."""
    if before.designation == after.designation:
        return {}
    one, other = ({clause_number(c.printed): c.id for c in p.clauses} for p in (before, after))
    pairs = ((other.get(clause_number(new)), one.get(clause_number(old))) for old, new in after.renumbered)
    return {new: old for new, old in pairs if new is not None and old is not None and new != old}


def _alike_elsewhere(before: Program, after: Program) -> dict[str, str]:
    """The later clauses that say under another number what an earlier one said, and only that one."""
    one, other = _by_content(before), _by_content(after)
    pairs = ((there, one[content]) for content, there in other.items() if content in one)
    moved = {new: old for new, old in pairs if new is not None and old is not None and new != old}
    return {new: old for new, old in moved.items() if not any(_is_the_same(before, after, id_) for id_ in (new, old))}


def _by_content(program: Program) -> dict[tuple[object, ...], str | None]:
    """Clauses by what they say; None where several say the same."""
    found: dict[tuple[object, ...], str | None] = {}
    for clause in program.clauses:
        content = (clause.label, clause.group, text_of(clause.condition), text_of(clause.applies))
        found[content] = None if content in found else clause.id
    return found


def _is_the_same(before: Program, after: Program, id_: str) -> bool:
    """Whether a clause is in both editions under one number, with one label."""
    return id_ in before.clause and id_ in after.clause and before.clause[id_].label == after.clause[id_].label


def text_of(expression: Expression | None) -> str:
    """An expression as its policy writes it; "" where there is none."""
    return "" if expression is None else expression.span.text


def kept_numbers(after: Program) -> frozenset[str]:
    """The clauses that an edition declares to have their old number still, however their words were changed."""
    kept = {clause_number(old) for old, new in after.renumbered if clause_number(old) == clause_number(new)}
    return frozenset(c.id for c in after.clauses if clause_number(c.printed) in kept)


def earlier_clauses(before: Program, after: Program) -> dict[str, str]:
    """The clauses that both editions have: what each of the later one was called.

    A number that stands for another requirement now is of a clause that went and of one that came. Two drafts of one
    edition have the same requirements, however their words were changed.
    """
    renumbered, kept = renumberings(before, after), kept_numbers(after)
    are_drafts = before.designation == after.designation
    moved = set(renumbered.values())
    found = dict(renumbered)
    for clause in after.clauses:
        was = before.clause.get(clause.id)
        if was is None or clause.id in renumbered or clause.id in moved:
            continue
        if are_drafts or clause.id in kept or not is_another(was, clause):
            found[clause.id] = clause.id
    return {c.id: found[c.id] for c in after.clauses if c.id in found}


def called_before(before: Program, after: Program) -> dict[str, str]:
    """The later clauses that the earlier edition called otherwise, by that; a new one under an old number by a mark."""
    earlier = earlier_clauses(before, after)
    taken = {c.id: f"+{c.id}" for c in after.clauses if c.id in before.clause}
    return {now: was for now, was in (taken | earlier).items() if now != was}


def called_now(before: Program, after: Program) -> dict[str, str]:
    """What the later edition calls each earlier clause: by its id, or by a mark and the id it had if it is gone."""
    now = {was: id_ for id_, was in earlier_clauses(before, after).items()}
    return {c.id: now.get(c.id, f"-{c.id}") for c in before.clauses}


def doubtful_clauses(before: Program, after: Program) -> frozenset[str]:
    """The later clauses that are taken for an earlier one, and by their words are none of it."""
    earlier = earlier_clauses(before, after)
    pairs = [(before.clause[was], after.clause[now]) for now, was in earlier.items()]
    gone = [clause for clause in before.clauses if clause.id not in earlier.values()]
    return perhaps_others(pairs, gone, lambda was, now: not is_another(was, now))
