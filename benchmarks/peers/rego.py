"""Rego: one rule for each line of the sheet, compiled for the virtual machine of regorus."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from benchmarks.peers.peer import Loaded, Peer, Verdicts, no_for_unknown, one_by_one

if TYPE_CHECKING:
    from benchmarks.peers.infix import Dialect
    from benchmarks.peers.plain import Plain
    from guiju.compiler.ir import Program


def text(program: Program) -> str:
    """One module; a table becomes a chain of `else`, a condition a rule that is true or false."""
    from benchmarks.peers.infix import Dialect
    from benchmarks.peers.plain import Count, plain
    from benchmarks.workload import SERVICE

    def count(counted: Count) -> str:
        verdicts = ", ".join(f"v[{i}]" for i in counted.columns)
        return f"count([1 | some x in [{verdicts}]; x == {str(counted.satisfied).lower()}])"

    dialect = Dialect(count, lambda *_: "", words={"=": "=="})
    lines = plain(program, SERVICE).lines
    return "\n".join(
        ["package standard", "v := input.v", *(rule for n, line in lines for rule in _rule(n, line, dialect))]
    )


def _rule(name: str, line: Plain, dialect: Dialect) -> list[str]:
    from benchmarks.peers.infix import spoken
    from benchmarks.peers.plain import Apply, Pick

    match line:
        case Pick():
            rows = [f":= {spoken(value, dialect)} if {{ {_body(c, dialect)} }}" for c, value in line.rows]
            return [f"{name} {' else '.join([*rows, f':= {spoken(line.otherwise, dialect)}'])}"]
        case Apply(operator="and" | "or" | "not"):
            return [f"default {name} := false", f"{name} := true if {{ {_body(line, dialect)} }}"]
    return [f"{name} := {spoken(line, dialect)}"]


def _body(condition: Plain, dialect: Dialect) -> str:
    from benchmarks.peers.infix import spoken
    from benchmarks.peers.plain import Apply

    if isinstance(condition, Apply) and condition.operator == "and":
        return "; ".join(_body(o, dialect) for o in condition.operands)
    return spoken(condition, dialect)


def load(text: str) -> Loaded:
    """Compile the module."""
    import regorus

    program = regorus.Program.compile_from_modules("{}", [("standard.rego", text)], ["data.standard.level"])
    machine = regorus.Rvm()
    machine.load_program(program)

    def one(row: Verdicts) -> str:
        return json.dumps({"v": no_for_unknown(row)})

    def level(row: str) -> str:
        machine.set_input_json(row)
        return str(machine.execute()).strip('"')

    return one_by_one(one, level)


PEER = Peer("Rego (regorus, its virtual machine)", ("regorus",), text, load, most=10**4)
