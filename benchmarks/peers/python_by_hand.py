"""Python by hand: the function that a programmer writes who has read chapter 8 of the standard."""

from __future__ import annotations

import json
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING

from benchmarks.peers.peer import Loaded, Peer, no_for_unknown, one_by_one

if TYPE_CHECKING:
    from guiju.compiler.ir import Program


def text(program: Program) -> str:
    """Which clauses count where: by domain and subdomain, at each level and newly at each level."""
    levels = [level.id for level in program.levels]
    column = {clause.id: i for i, clause in enumerate(program.clauses)}
    tables = []
    for domain in program.groups_of("domain"):
        subdomains = [g.id for g in program.groups_of("subdomain") if g.parent == domain.id]
        tables.append([_columns(program, column, levels, s) for s in subdomains])
    return json.dumps(tables)


def _columns(program: Program, column: dict[str, int], levels: list[str], subdomain: str) -> dict[str, list[int]]:
    clauses = [c for c in program.clauses if subdomain in program.ancestors(c.group)]
    found = {level: [column[c.id] for c in clauses if level in c.levels] for level in levels}
    for below, level in pairwise(levels):
        found[f"new {level}"] = [i for i in found[level] if i not in set(found[below])]
    return found


def load(text: str) -> Loaded:
    """The function over these tables."""
    domains = json.loads(text)
    subdomains = [s for domain in domains for s in domain]
    sizes = [len(domain) for domain in domains]

    def getters(name: str) -> list[itemgetter[bool]]:
        # the clause is taken twice where it is the only one: an itemgetter of one name gives no tuple
        return [itemgetter(*s[name]) if len(s[name]) > 1 else itemgetter(*s[name] * 2) for s in subdomains]

    l1, l2, l3 = getters("L1"), getters("L2"), getters("L3")
    new2 = list(zip(l2, getters("new L2"), strict=True))
    new3 = list(zip(l3, getters("new L3"), strict=True))

    def overall(scores: list[float]) -> float:
        total, start = 0.0, 0
        for size in sizes:
            total += sum(scores[start : start + size]) / size
            start += size
        return total / len(sizes)

    def level(verdicts: list[bool]) -> str:
        failed = [clauses(verdicts).count(False) for clauses in l1]
        if any(failed):
            score = overall([2 if n == 0 else 1 if n == 1 else 0 for n in failed])
            return "L1" if 1 <= score <= 2 else "none"
        scores2 = [_score(verdicts, clauses, new, (3, 2.5, 2)) for clauses, new in new2]
        if min(scores2) == 3:
            scores3 = [_score(verdicts, clauses, new, (5, 4, 3)) for clauses, new in new3]
            if overall(scores3) > 3:
                return "L3"
        return "L2" if 2 < overall(scores2) <= 3 else "L1"

    return one_by_one(no_for_unknown, level)


def _score(
    verdicts: list[bool], clauses: itemgetter[bool], new: itemgetter[bool], scores: tuple[float, float, float]
) -> float:
    if all(clauses(verdicts)):
        return scores[0]
    added = new(verdicts)
    return scores[1] if added.count(True) * 2 > len(added) else scores[2]


PEER = Peer("Python by hand", (), text, load, most=10**5)
