"""OpenFisca: providers as an entity, a variable for each clause, one with a formula for each line of the sheet."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from benchmarks.peers.peer import Loaded, Peer, all_at_once

if TYPE_CHECKING:
    import pyarrow as pa

    from guiju.compiler.ir import Program

PERIOD = "2026-06"


def text(program: Program) -> str:
    """The names of the variables that are stated, and the formulas of those that are computed."""
    from benchmarks.peers.infix import Dialect, spoken
    from benchmarks.peers.plain import Count, plain
    from benchmarks.workload import SERVICE

    def count(counted: Count) -> str:
        verdicts = ", ".join(f"of('c{i}')" for i in counted.columns)
        return f"sum([{verdicts}])" if counted.satisfied else f"({len(counted.columns)} - sum([{verdicts}]))"

    sheet = plain(program, SERVICE)
    dialect = Dialect(
        count=count,
        pick=lambda condition, value, otherwise: f"where({condition}, {value}, {otherwise})",
        name=lambda name: f"of('{name}')",
        text=lambda text: str(float(sheet.results.index(text))),
        words={"and": "*", "or": "+", "not": "~", "=": "=="},
    )
    lines = [(name, spoken(line, dialect)) for name, line in sheet.lines]
    return json.dumps({"stated": len(sheet.columns), "computed": lines, "results": sheet.results}, indent=0)


def load(text: str) -> Loaded:
    """The system of variables, and simulations over it."""
    import numpy as np
    from openfisca_core import entities, periods, simulations, taxbenefitsystems, variables

    model = json.loads(text)
    provider = entities.Entity("provider", "providers", "", "")
    system = taxbenefitsystems.TaxBenefitSystem([provider])
    month = periods.period(PERIOD)

    def declare(name: str, type_: type, formula: Any = None) -> None:
        body = {"value_type": type_, "entity": provider, "definition_period": periods.DateUnit.MONTH, "label": name}
        system.add_variable(type(name, (variables.Variable,), body | ({"formula": formula} if formula else {})))

    for number in range(model["stated"]):
        declare(f"c{number}", bool)
    for name, expression in model["computed"]:
        declare(name, float, _formula(expression, np))
    words = np.array(model["results"])

    def many(table: pa.Table) -> Any:
        return [column.fill_null(False).to_numpy() for column in table.columns[1:]]

    def levels(columns: Any) -> Any:
        simulation = simulations.SimulationBuilder().build_default_simulation(system, count=len(columns[0]))
        for number, column in enumerate(columns):
            simulation.set_input(f"c{number}", month, column)
        return words[simulation.calculate("level", month).astype(int)]

    return all_at_once(many, levels)


def _formula(expression: str, np: Any) -> Any:
    code = compile(expression, "formula", "eval")

    def formula(population: Any, period: Any) -> Any:
        return eval(code, {"of": lambda name: population(name, period), "where": np.where, "sum": sum})

    return formula


PEER = Peer("OpenFisca", ("openfisca_core", "numpy", "pyarrow"), text, load)
