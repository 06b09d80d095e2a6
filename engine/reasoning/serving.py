"""What a change is for: the clauses that come to something else by it where what the goal looks at does, too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import heapify, heappop, heappush

from guiju.compiler.ir import Choice, Clause, Value, Verdict
from guiju.engine.network import Item, Node, met_above, users_of
from guiju.engine.reasoning.changes import Aim, Changes, Terms, below
from guiju.engine.reasoning.unstated import is_taken

_SERVED = (Verdict.SATISFIED, Verdict.NOT_APPLICABLE)


def served(aim: Aim, terms: Terms, final: Sequence[Value], changes: Changes, address: str) -> tuple[str, ...]:
    """Of a fact among some changes the clauses that it is for, by address; `final` is what follows from all of them.

    These are otherwise without this one change, and would be missed; or they need it first, or what stands on it.
    """
    if not address.startswith("fact:"):
        return ()
    nodes, node = aim.network.nodes, aim.network.at[address]
    without = aim.after(final, {a: v for a, v in changes.items() if a != address}, (address,))
    standing, sought = _standing_on(aim, node), below(aim, (aim.goal,))
    otherwise = (i for i in standing & sought if final[i] in _SERVED and without[i] != final[i])
    found = {i for i in otherwise if _is_missed(aim, sought, final, changes, (i, without[i]))}
    found.update(i for i in _waiting(aim, terms, changes, node) if isinstance(nodes[i].subject, Clause))
    return tuple(nodes[i].address for i in sorted(found))


def _standing_on(aim: Aim, fact: int) -> set[int]:
    """The clauses that stand on a fact, itself or what is computed from it, and on no other clause."""
    nodes = aim.network.nodes
    met = met_above(users_of(aim.network), fact, lambda i: not isinstance(nodes[i].subject, Clause))
    return {i for i in met if isinstance(nodes[i].subject, Clause) and not is_taken(nodes[i])}


def _is_missed(
    aim: Aim, sought: set[int], final: Sequence[Value], changes: Changes, instead: tuple[int, Value]
) -> bool:
    """Whether something that counts or compares comes to something else where one clause alone is otherwise."""
    nodes, users, again = aim.network.nodes, users_of(aim.network), list(final)
    clause, again[clause] = instead
    waiting = [u for u in users.get(clause, ()) if u in sought]
    heapify(waiting)
    while waiting:
        index = heappop(waiting)
        again[index] = aim.value_of(nodes[index], again, changes)
        if again[index] == final[index]:
            continue
        if not _hands_on(nodes[index]):
            return True
        for user in users.get(index, ()):
            if user in sought and user not in waiting:
                heappush(waiting, user)
    return False


def _hands_on(node: Node) -> bool:
    """Whether a node says nothing by itself: a clause or an item of several, in one case, under one reading."""
    return is_taken(node) or isinstance(node.subject, Clause | Item | Choice)


def _waiting(aim: Aim, terms: Terms, changes: Changes, node: int) -> Iterator[int]:
    """What is changed and needs a thing first."""
    at = aim.network.at
    for later in changes:
        if node in below(aim, (at[a] for a in terms.first.get(later, ()) if a in at)):
            yield at[later]
