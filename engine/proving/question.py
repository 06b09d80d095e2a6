"""A question to a policy: is there a subject in which something is so? And the three answers to it.

A subject is a completion of no evidence: a value for each fact and input, a verdict for each clause that no fact
decides. What is asked is one node of a network, which is the policy's own with judgements put above it, or a network
of two policies, or of one policy twice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from guiju.compiler.ir import Value
from guiju.compiler.operators import Function
from guiju.engine.domains import ANY
from guiju.engine.kleene import lifted
from guiju.engine.network import Item, Network, Node
from guiju.engine.possible import Known


@dataclass(frozen=True)
class Question:
    """Whether a node is true in some completion of what is known."""

    known: Known
    index: int


@dataclass(frozen=True)
class Found:
    """There is one: what each open fact, input and clause is in it, by address. What it leaves out may be anything."""

    subject: Mapping[str, Value]


@dataclass(frozen=True)
class Never:
    """There is none, and that is proved."""


@dataclass(frozen=True)
class Gave:
    """Nobody knows: what kept a way of answering from an answer. `way`: `sweep` or `solver`; `why`: a word for it."""

    way: str
    why: str
    detail: str = ""


@dataclass(frozen=True)
class Unanswered:
    """No way of answering led to an answer; each says why."""

    tried: tuple[Gave, ...]


Answer: TypeAlias = Found | Never | Unanswered


@dataclass(frozen=True)
class Judge(Function):
    """A judgement on the values of some nodes. `between`: the comparison that it makes of the last two, if numbers.

    Two numbers are judged by that comparison alone, provided the values before them are all true.
    """

    between: str = ""


def judge(judgement: Callable[..., bool], between: str = "") -> Judge:
    """A judgement. Of any number at all it may hold or not, which a sweep takes as both."""

    def apply(*values: Any) -> Any:
        return [True, False] if ANY in values else judgement(*values)

    return Judge("judge", lambda _: None, apply, between)


def judged(known: Known, address: str, operands: Sequence[int], judgement: Judge) -> Question:
    """The question whether a judgement holds: what is known, with one node more on top."""
    network, index = known.network, len(known.network.nodes)
    node = Node(index, address, Item(()), tuple(operands), judgement, None, None)
    more = Network(network.program, (*network.nodes, node), {**network.at, address: index}, network.clause_position)
    value = lifted(node, tuple(known.values[o] for o in operands))
    return Question(replace(known, network=more, values=(*known.values, value)), index)
