"""Examples at the boundaries of each clause: its thresholds, and for each part of its condition a pair that it decides.

Such a pair differs in one part alone and comes to two verdicts: MC/DC, modified condition and decision coverage.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice, product
from typing import TypeAlias

from guiju.compiler.ir import (
    UNKNOWN,
    Choice,
    Clause,
    Example,
    Fact,
    Input,
    Literal,
    NumberType,
    Operation,
    OptionType,
    Program,
    Reading,
    SetType,
    TruthType,
    Value,
    Verdict,
)
from guiju.compiler.operators import COMPARISONS
from guiju.compiler.units import format_quantity
from guiju.dsl.diagnostic import Language, Text
from guiju.engine.evidence import Choice as Chosen
from guiju.engine.evidence import Evidence, StatedFact
from guiju.engine.examples.case import stated
from guiju.engine.examples.mutants import step_of
from guiju.engine.examples.proposing import proposed
from guiju.engine.kleene import lifted
from guiju.engine.network import Network, Node, live_operands, network_of
from guiju.engine.shares import is_beyond_a_share
from guiju.engine.verdicts import facts_verdict

MOST_TRIED = 4_096  # combinations of the values of the facts of one clause

_LANGUAGES: tuple[Language, Language] = ("zh", "en")
_Told: TypeAlias = tuple[Value, ...]  # what each fact and input below a clause is, in their order


@dataclass(frozen=True)
class _Looked:
    """One clause, with the nodes below it in order: facts and inputs are leaves, comparisons its atoms."""

    clause: Clause
    node: Node
    below: tuple[Node, ...]
    leaves: tuple[Node, ...]
    atoms: tuple[Node, ...]


@dataclass(frozen=True)
class _Outcome:
    """What the atoms and the clause come to."""

    told: _Told
    atoms: tuple[Value, ...]
    verdict: Value


def at_boundaries(program: Program) -> Iterator[Example]:
    """The examples of every clause that facts can decide, clause by clause."""
    network = network_of(program)
    for clause in program.items():
        looked = _looked(network, clause)
        if looked is not None:
            for told in dict.fromkeys(_telling(network, looked)):
                yield _example(program, looked, told)


def _looked(network: Network, clause: Clause) -> _Looked | None:
    """What is below a clause; None where something else than facts and inputs decides it."""
    values: list[Value] = [UNKNOWN] * len(network.nodes)
    for node in network.nodes:
        if isinstance(node.subject, Reading):
            values[node.index] = node.subject.default
    top = network.node(f"clause:{clause.id}")
    found: dict[int, Node] = {}
    stack = list(live_operands(top, values))
    while stack:
        node = network.nodes[stack.pop()]
        if node.index in found:
            continue
        if not isinstance(node.subject, Operation | Literal | Choice | Fact | Input):
            return None
        found[node.index] = node
        if not isinstance(node.subject, Fact):
            stack.extend(live_operands(node, values))
    below = tuple(found[i] for i in sorted(found))
    leaves = tuple(n for n in below if isinstance(n.subject, Fact | Input))
    compared = {o for n in below if _is_comparison(n) for o in n.operands}
    atoms = tuple(n for n in below if _is_comparison(n) or (_is_truth(n) and n.index not in compared))
    return _Looked(clause, top, below, leaves, atoms) if leaves else None


def _is_truth(node: Node) -> bool:
    """Whether a node is a fact that is a condition by itself."""
    return isinstance(node.subject, Fact) and isinstance(node.subject.type, TruthType)


def _is_comparison(node: Node) -> bool:
    return isinstance(node.subject, Operation) and node.subject.operator in (*COMPARISONS, "in")


# --- which values tell -------------------------------------------------------------------------------------------


def _telling(network: Network, looked: _Looked) -> Iterator[_Told]:
    """A pair for each atom, and where the atom compares a number the threshold with the values beside it."""
    domains = [_values(network, leaf, looked) for leaf in looked.leaves]
    tried = [_outcome(network, looked, told) for told in islice(product(*domains), MOST_TRIED)]
    for i, atom in enumerate(looked.atoms):
        pair = _pair(tried, i)
        if pair is None:
            continue
        number = _threshold(network, atom)
        if number is None:
            yield from (one.told for one in pair)
            continue
        leaf, literal = number
        place = looked.leaves.index(leaf)
        for value in _worth_proposing(network, leaf, looked, _around(literal)):
            yield (*pair[0].told[:place], value, *pair[0].told[place + 1 :])


def _pair(tried: Sequence[_Outcome], place: int) -> tuple[_Outcome, _Outcome] | None:
    """Two outcomes with other verdicts whose atoms differ in one place alone."""
    seen: dict[tuple[Value, ...], list[_Outcome]] = {}
    for one in tried:
        if not isinstance(one.verdict, Verdict):
            continue
        beside = (*one.atoms[:place], *one.atoms[place + 1 :])
        for other in seen.setdefault(beside, []):
            if other.verdict != one.verdict and other.atoms[place] != one.atoms[place]:
                return other, one
        seen[beside].append(one)
    return None


def _outcome(network: Network, looked: _Looked, told: _Told) -> _Outcome:
    """What a clause comes to when its facts and inputs are told."""
    given = {leaf.index: value for leaf, value in zip(looked.leaves, told, strict=True)}
    values: dict[int, Value] = {}
    for node in looked.below:
        match node.subject:
            case Literal():
                values[node.index] = node.subject.value
            case Choice():
                values[node.index] = values[_by_default(network, node, node.subject)]
            case _:
                operands = tuple(values.get(o, UNKNOWN) for o in node.operands)
                values[node.index] = given[node.index] if node.index in given else lifted(node, operands)
    top = [values.get(o, UNKNOWN) for o in looked.node.operands]
    applies = top[0] if looked.clause.applies is not None else True
    condition = top[-1] if looked.clause.condition is not None else UNKNOWN
    verdict = facts_verdict(applies, condition)
    return _Outcome(told, tuple(values[a.index] for a in looked.atoms), verdict)


def _by_default(network: Network, node: Node, choice: Choice) -> int:
    """The operand of a choice that its reading takes by default."""
    reading = network.nodes[node.operands[0]].subject
    assert isinstance(reading, Reading)
    return node.operands[1 + [name for name, _ in choice.options].index(reading.default)]


def _values(network: Network, leaf: Node, looked: _Looked) -> list[Value]:
    """The values of a fact or an input that are worth trying: options, and thresholds with those beside them."""
    assert isinstance(leaf.subject, Fact | Input)
    match leaf.subject.type:
        case NumberType():
            around = {v for n in _compared(network, leaf, looked) for v in _around(n)}
            return [*(sorted(_worth_proposing(network, leaf, looked, around)) or (Fraction(0), Fraction(1)))]
        case OptionType(options=options):
            return list(options)
        case SetType(options=options):
            return [frozenset(), *(frozenset((o,)) for o in options), frozenset(options)]
    return [True, False]


def _around(number: Literal) -> tuple[Fraction, Fraction, Fraction]:
    assert isinstance(number.value, Fraction)
    return number.value - step_of(number), number.value, number.value + step_of(number)


def _compared(network: Network, leaf: Node, looked: _Looked) -> list[Literal]:
    """The numbers that a fact is compared with."""
    return [t[1] for a in looked.atoms if (t := _threshold(network, a)) and t[0] is leaf]


def _worth_proposing(network: Network, leaf: Node, looked: _Looked, values: Iterable[Fraction]) -> Iterator[Fraction]:
    """The values that somebody may well state: none below zero or above the whole of what is no more than a share."""
    may_be_negative = _may_be_negative(leaf, _compared(network, leaf, looked))
    fact = leaf.subject.id if isinstance(leaf.subject, Fact) else None
    for value in values:
        is_beyond = fact is not None and is_beyond_a_share(network.program, fact, value)
        if (value >= 0 or may_be_negative) and not is_beyond:
            yield value


def _may_be_negative(leaf: Node, compared: Sequence[Literal]) -> bool:
    """Whether a value below zero is worth proposing. Most pure numbers are shares: of one, if such is asked for."""
    assert isinstance(leaf.subject, Fact | Input)
    type_ = leaf.subject.type
    if not isinstance(type_, NumberType) or type_.is_never_negative:
        return False
    return bool(type_.dimension) or any(isinstance(n.value, Fraction) and n.value < 0 for n in compared)


def _threshold(network: Network, atom: Node) -> tuple[Node, Literal] | None:
    """The fact and the number that a comparison compares."""
    sides = [network.nodes[o] for o in atom.operands]
    for one, other in (sides, sides[::-1]) if len(sides) == 2 else ():
        is_number = isinstance(other.subject, Literal) and isinstance(other.subject.value, Fraction)
        if isinstance(one.subject, Fact) and is_number and isinstance(other.subject, Literal):
            return one, other.subject
    return None


# --- the example -------------------------------------------------------------------------------------------------


def _example(program: Program, looked: _Looked, told: _Told) -> Example:
    span = program.span
    named = list(zip(looked.leaves, told, strict=True))
    facts = [(n.subject.id, v) for n, v in named if isinstance(n.subject, Fact)]
    inputs = [(n.subject.id, str(v)) for n, v in named if isinstance(n.subject, Input)]
    evidence = Evidence(
        subject=looked.clause.printed,
        facts=tuple(StatedFact(name=f, value=stated(program, f, v), span=span) for f, v in facts),
        inputs=tuple(Chosen(name=i, value=v, span=span) for i, v in inputs),
        span=span,
    )
    zh, en = (_label(program, looked.clause, facts, inputs, language) for language in _LANGUAGES)
    label = Text(zh, en)
    return proposed(program, label, evidence, (f"clause:{looked.clause.id}",))


def _label(
    program: Program, clause: Clause, facts: list[tuple[str, Value]], inputs: list[tuple[str, str]], language: Language
) -> str:
    """`6.1.1.1 e): training_compute_10b = 50 PFLOPS`."""
    zh = language == "zh"
    said = [f"{program.fact[f].called(language)} = {_shown(program, f, v, language)}" for f, v in facts]
    said += [f"{name} = {value}" for name, value in inputs]
    return f"{clause.printed}：{'，'.join(said)}" if zh else f"{clause.printed}: {', '.join(said)}"


def _shown(program: Program, fact: str, value: Value, language: Language) -> str:
    type_ = program.fact[fact].type
    if isinstance(value, Fraction) and isinstance(type_, NumberType):
        return format_quantity(value, type_.unit, language)
    if isinstance(value, frozenset):
        return " + ".join(sorted(value)) or "∅"
    return {True: "+", False: "-"}[value] if isinstance(value, bool) else str(value)
