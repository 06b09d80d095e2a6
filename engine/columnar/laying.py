"""Targets -> what is laid down for tables of one shape: their diagrams as one circuit, and the kernel that it makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guiju.engine.columnar.answers import Gates, gates_of, needed
from guiju.engine.columnar.circuit import Circuit, kernel_of
from guiju.engine.columnar.laid import VERDICT, Laid, Order
from guiju.engine.columnar.letters import Letters
from guiju.engine.columnar.settled import Settled, Settling
from guiju.engine.columnar.target import Target, ends_of

if TYPE_CHECKING:
    from guiju.engine.columnar.plan import Plan


def lay(plan: Plan, order: Order) -> Laid:
    """Lay down what an order asks for, as far as planes tell it; what is beside it only where no column is in doubt."""
    present, asked, targets = order.shape.present, dict(order.wanted), dict[str, Target | Settled]()
    circuit = Circuit()
    letters, settling = Letters(circuit, order.shape), Settling(plan.ground, circuit, order.shape)
    gates, stated = dict[str, Gates](), set[str]()
    for address in dict.fromkeys((*asked, *dict(order.beside))):
        if address.startswith(VERDICT):
            settled = settling.clause(address.removeprefix(VERDICT))
            if address not in asked and settled.is_as_stated:
                stated.add(address)
            elif address in asked or settled.is_free:
                targets[address] = settled
                gates[address] = gates_of(plan.program, settled.may_be, settled.told, circuit)
            continue
        target = plan.target(address, present)
        if isinstance(target, Target) and (address in asked or present.isdisjoint(target.doubtful)):
            targets[address] = target
            ends, told = ends_of(target, plan.ground.network, present, circuit, letters)
            gates[address] = gates_of(plan.program, ends, told, circuit)
    parts = dict(order.beside) | asked
    wanted = tuple(dict.fromkeys(g for address in targets for g in needed(gates[address], parts[address])))
    return Laid(kernel_of(circuit, wanted), gates, wanted, {a: t.aside for a, t in targets.items()}, frozenset(stated))
