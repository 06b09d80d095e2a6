"""Whether the sets that a plan lists are all of their cost, though of others it is not settled whether they do it.

What leads to the goal whatever an open fact comes to leads there in each completion, too. So a completion in which
nothing cheaper does and no more sets do is enough: there is no other set of that cost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice, product

from guiju.compiler.ir import Clause, Value
from guiju.engine.network import met_above, users_of
from guiju.engine.reasoning.planning.changes import Aim
from guiju.engine.reasoning.planning.means import Means
from guiju.engine.reasoning.planning.shortfall import completed, open_to_scores

MOST_COMPLETIONS = 12  # of open facts, of which each is a search of its own


def is_exhausted(means: Means, found: Callable[[Aim], bool]) -> bool:
    """Whether in some completion there is `found` to be nothing but what is listed."""
    return any(found(aim) for aim in islice(_missed(means), MOST_COMPLETIONS))


def _missed(means: Means) -> Iterator[Aim]:
    """The completions of the facts that scores alone look at in which the goal is missed with nothing changed.

    A clause on such a fact may be changed as long as nobody states the fact, and not in every completion.
    """
    aim = means.aim
    open_ = sorted(open_to_scores(aim))
    if not open_ or any(_is_seen_by_clauses(aim, address) or address not in means.tried for address in open_):
        return
    for values in product(*(means.tried[address] for address in open_)):
        taken: Mapping[str, Value] = dict(zip(open_, values, strict=True))
        found = completed(aim, taken)
        if found is not None and found.today[found.goal] is False:
            yield found


def _is_seen_by_clauses(aim: Aim, address: str) -> bool:
    nodes = aim.network.nodes
    return any(isinstance(nodes[i].subject, Clause) for i in met_above(users_of(aim.network), aim.network.at[address]))
