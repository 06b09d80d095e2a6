"""Assessment -> what determines a value: the nodes below it that suffice for what it comes to, all else unknown.

At each node the operands are left out, those of one value together, as long as the rest settles it. So of a count that
failed the clauses that failed remain, and of clauses that fail alike all: none of them is more to blame than another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from functools import lru_cache

from guiju.compiler.ir import UNKNOWN, Cases, Clause, Fact, Input, Literal, Reading, Undefined, Value, Verdict
from guiju.engine.evaluate import Assessment
from guiju.engine.fixed import Fixed, fixed_by
from guiju.engine.kinds import EITHER, Kinds
from guiju.engine.kleene import lifted
from guiju.engine.network import Network, Node, live_operands, open_below, standing_below
from guiju.engine.reasoning.relevance import idle
from guiju.engine.reasoning.twins import is_given
from guiju.engine.verdicts import ClauseResult, facts_on

_LET_GO_FIRST: tuple[Value, ...] = (UNKNOWN, Verdict.NOT_APPLICABLE, Verdict.SATISFIED, True)


@lru_cache(maxsize=4)
def determining(assessment: Assessment, address: str) -> frozenset[int]:
    """The nodes that determine the one at an address, itself included; of an open one those that leave it open.

    Of an open outcome or score, or another definition, nothing is among them that is proved to make no difference; of
    what is settled nothing that nobody speaks of.
    """
    top = assessment.network.node(address)
    found = sufficing(assessment, (top.index,))
    if settled_at(assessment, top.index) is not UNKNOWN:
        return frozenset({top.index}) | spoken_of(assessment, found)
    return frozenset({top.index}) | _leaving_open(assessment, top.index, found) if top.definition is not None else found


def _leaving_open(assessment: Assessment, top: int, found: Set[int]) -> set[int]:
    """Those of some nodes below an open one that lead to a clause, a fact or an input which can make a difference."""
    evident = {i for i in found if assessment.values[i] is UNKNOWN and _is_evident(assessment.network.nodes[i])}
    gone = idle(assessment, top, evident)
    return _leading_to(assessment, found - gone, lambda i: assessment.values[i] is not UNKNOWN or i in evident)


def spoken_of(assessment: Assessment, found: Set[int]) -> set[int]:
    """Those of some nodes that lead to what evidence says: to no clause, fact or input that may come to anything."""
    nodes, values = assessment.network.nodes, assessment.values
    attested = [i for i in found if _is_attested(assessment, nodes[i])]
    bound = open_below(assessment.network, values, (o for i in attested for o in nodes[i].operands))

    def says(index: int) -> bool:
        return settled_at(assessment, index) is not UNKNOWN or index in attested or index in bound

    return _leading_to(assessment, found, says)


def _leading_to(assessment: Assessment, found: Set[int], is_wanted: Callable[[int], bool]) -> set[int]:
    """Those of some nodes that are wanted, or lead to one that is more than a number in the policy."""
    nodes, kept, leading = assessment.network.nodes, set[int](), set[int]()
    for index in sorted(found):
        if is_wanted(index) or not leading.isdisjoint(live_operands(nodes[index], assessment.values)):
            kept.add(index)
            leading.update(() if isinstance(nodes[index].subject, Literal | Reading) else (index,))
    return kept


def _is_evident(node: Node) -> bool:
    return isinstance(node.subject, Clause) or is_given(node)


def _is_attested(assessment: Assessment, node: Node) -> bool:
    return isinstance(node.subject, Clause) and bool(assessment.clauses[node.subject.id].attestations)


def sufficing(assessment: Assessment, indices: Iterable[int], *, together: bool = False) -> frozenset[int]:
    """The nodes that determine some, these included; `together`: those on which no more goes together than now."""
    found: dict[int, bool] = {}  # by index, whether all completions were looked at for it
    tied: set[int] = set()
    stack = [(index, together) for index in indices]
    while stack or (more := [*_tied(assessment, found, tied)]):
        if not stack:
            tied.update(more)
            stack = [(o, True) for i in more for o in live_operands(assessment.network.nodes[i], assessment.values)]
            found.update(dict.fromkeys(more, True))
            continue
        index, is_swept = stack.pop()
        if not found.get(index, index in found and not is_swept):
            node = assessment.network.nodes[index]
            settling = _settling(assessment, node)
            found[index] = is_swept = settling is None and (is_swept or _is_settled_by_sweep(assessment, index))
            operands = _sufficing(assessment, node, is_swept) if settling is None else settling
            stack.extend((o, is_swept) for o in operands)
    return frozenset(found)


def settled_at(assessment: Assessment, index: int) -> Value:
    """What a node comes to in every completion, UNKNOWN where that is not one value or not known to be."""
    is_swept = _is_settled_by_sweep(assessment, index)
    return assessment.open[index].values[0] if is_swept else assessment.values[index]


def _is_settled_by_sweep(assessment: Assessment, index: int) -> bool:
    """Whether a node that nothing decides comes to the same in every completion."""
    possible = assessment.open.get(index)
    is_one = possible is not None and possible.exact and len(possible.values) == 1
    return assessment.values[index] is UNKNOWN and is_one


def _settling(assessment: Assessment, node: Node) -> tuple[int, ...] | None:
    """The nodes below one that only completions settle that suffice for it, each settled by itself; None: not so."""
    if node.form is None or not _is_settled_by_sweep(assessment, node.index):
        return None
    operands, value = tuple(settled_at(assessment, o) for o in node.operands), settled_at(assessment, node.index)
    if lifted(node, operands) == value:
        return _least(node, operands, value)
    return _agreeing_rows(assessment, node, node.subject) if isinstance(node.subject, Cases) else None


def _agreeing_rows(assessment: Assessment, node: Node, cases: Cases) -> tuple[int, ...] | None:
    """What suffices for a table where every row that may hold gives the same value, whichever it is.

    A condition that is open must have nothing undefined about it, under the inputs as they are chosen.
    """
    if cases.exclusive:
        return None
    end = 2 * len(cases.rows)  # there stands what no row gives, and behind it what a gate says that is neither
    found: list[int] = []
    for condition, value in zip(node.operands[:end:2], node.operands[1:end:2], strict=True):
        comes_to = settled_at(assessment, condition)
        if comes_to is UNKNOWN and not _at_most(assessment).of(condition) <= EITHER:
            return None
        found += [condition] if comes_to is not UNKNOWN else _inputs_below(assessment, condition)
        found += [value] if comes_to is not False else []
        if comes_to is True:
            break
    else:
        found.append(node.operands[end])
    return tuple(found) if all(settled_at(assessment, i) is not UNKNOWN for i in found) else None


def _inputs_below(assessment: Assessment, index: int) -> list[int]:
    nodes = assessment.network.nodes
    return [i for i in standing_below(nodes, assessment.values, (index,)) if isinstance(nodes[i].subject, Input)]


def _at_most(assessment: Assessment) -> Kinds:
    """What nodes can come to whatever evidence says, under the readings and inputs that are chosen."""
    return _kinds(assessment.network, fixed_by(assessment.network, assessment.readings, assessment.bound.inputs))


@lru_cache(maxsize=4)
def _kinds(network: Network, fixed: Fixed) -> Kinds:
    return Kinds(network, fixed.values)


def _tied(assessment: Assessment, found: Mapping[int, bool], tied: Set[int]) -> Iterator[int]:
    """Clauses with an attestation that rules out completions of open facts, as far as these were looked at."""
    open_ = {i for i, is_swept in found.items() if is_swept and assessment.values[i] is UNKNOWN}
    for id_, result in assessment.clauses.items() if open_ else ():
        clause = assessment.network.at[f"clause:{id_}"]
        if (
            clause not in tied
            and result.attestations
            and open_ & standing_below(assessment.network.nodes, assessment.values, (clause,))
        ):
            yield clause


def _sufficing(assessment: Assessment, node: Node, is_swept: bool) -> tuple[int, ...]:
    """The operands that suffice for what a node comes to; where completions were looked at, all that they vary.

    What people decided they do not vary, and what its facts would say is open for nobody but a tie.
    """
    values = assessment.values
    live = live_operands(node, values)
    if is_swept and values[node.index] is UNKNOWN:
        return live
    if values[node.index] is UNKNOWN:
        open_ = tuple(o for o in live if values[o] is UNKNOWN and not _is_settled_by_sweep(assessment, o))
        return open_ + (_in_conflict(assessment, node, node.subject) if isinstance(node.subject, Clause) else ())
    match node.subject:
        case Clause():
            return _of_clause(assessment, node, node.subject)
        case Fact():
            return _of_fact(assessment, node, node.subject)
    return _least(node, tuple(values[o] for o in node.operands), values[node.index]) if node.form is not None else ()


def _of_clause(assessment: Assessment, node: Node, clause: Clause) -> tuple[int, ...]:
    """What decides a clause: people alone, its applicability alone, or its facts."""
    result = assessment.clauses[clause.id]
    if result.by != "facts":
        return _against_others(assessment, node, clause, result)
    if clause.applies is not None and assessment.values[node.operands[0]] is False:
        return node.operands[:1]
    return node.operands


def _against_others(assessment: Assessment, node: Node, clause: Clause, result: ClauseResult) -> tuple[int, ...]:
    """What facts say where they are why one who says otherwise of a clause is not heard."""
    said = {Verdict(a.verdict) for a in result.attestations if a.verdict != "unknown"}
    operands = [assessment.values[o] for o in node.operands]
    if len(said) < 2 or said <= facts_on(clause, operands).leave:
        return ()
    return tuple(o for o, value in zip(node.operands, operands, strict=True) if value is not UNKNOWN)


def _in_conflict(assessment: Assessment, node: Node, clause: Clause) -> tuple[int, ...]:
    """What facts say of a clause on which people say something else."""
    result = assessment.clauses[clause.id]
    if result.reason != "conflicting":
        return ()
    operands = [assessment.values[o] for o in node.operands]
    leave = facts_on(clause, operands).leave
    if all(a.verdict == "unknown" or Verdict(a.verdict) in leave for a in result.disagreeing):
        return ()
    if clause.applies is not None and operands[0] is False:
        return node.operands[:1]
    return tuple(o for o, value in zip(node.operands, operands, strict=True) if value is not UNKNOWN)


def _of_fact(assessment: Assessment, node: Node, fact: Fact) -> tuple[int, ...]:
    """A fact as it is stated stands alone, unless its formula has a word in it."""
    stated = assessment.bound.facts.get(fact.id)
    computed = assessment.values[node.operands[0]] if node.operands else UNKNOWN
    settled = computed is not UNKNOWN and not isinstance(computed, Undefined) and computed != stated
    return node.operands if stated is None or settled else ()


def _least(node: Node, operands: tuple[Value, ...], value: Value) -> tuple[int, ...]:
    """The operands that remain once each set of them that its value does not need was left out."""
    left_out: set[int] = set()
    for places in _alike(node, operands):
        fewer = left_out.union(places)
        if lifted(node, tuple(UNKNOWN if i in fewer else o for i, o in enumerate(operands))) == value:
            left_out = fewer
    return tuple(o for i, o in enumerate(node.operands) if i not in left_out)


def _alike(node: Node, operands: tuple[Value, ...]) -> list[tuple[int, ...]]:
    """The places of operands that are left out together: of a table each by itself, the last row first."""
    if isinstance(node.subject, Cases):
        return [(i,) for i in reversed(range(len(operands)))]
    places: dict[Value, list[int]] = {}
    for i, operand in enumerate(operands):
        places.setdefault(operand, []).append(i)
    return [tuple(places[value]) for value in sorted(places, key=let_go)]


def let_go(value: Value) -> int:
    """When what has a value is tried to be left out: what is not known first, what fails last."""
    return _LET_GO_FIRST.index(value) if value in _LET_GO_FIRST else len(_LET_GO_FIRST)
