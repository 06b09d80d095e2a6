"""What it costs to find something out or to change it: a YAML or JSON file of names with numbers, `costs/1`.

```yaml
guiju: costs/1
costs:
  training_compute_10b: 3   # a fact, an input or a clause; 1 where nothing is written
  6.1.1.2.b: 1/2
```
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from guiju.compiler.ir import Program
from guiju.dsl.diagnostic import Diagnostic, has_errors
from guiju.dsl.near import near
from guiju.dsl.source import Source
from guiju.engine.bind import clause_id
from guiju.engine.evidence import Quantity
from guiju.exchange import codes
from guiju.exchange.json_tree import read_json
from guiju.exchange.node import Entry, Mapping, Node, Scalar, clip
from guiju.exchange.number import read_quantity
from guiju.exchange.text import read_text
from guiju.exchange.yaml_tree import read_yaml

VERSION = "costs/1"


def read_costs(path: Path | str, program: Program) -> tuple[dict[str, Fraction], tuple[Diagnostic, ...]]:
    """The costs by id of what a standard asks for; with an error among the diagnostics there are none."""
    text, found = read_text(Path(path))
    if text is None:
        return {}, found
    costs, wrong = parse_costs(text.source, program)
    return costs, (*found, *wrong)


def parse_costs(source: Source, program: Program) -> tuple[dict[str, Fraction], tuple[Diagnostic, ...]]:
    """The same of a text: JSON if its name ends in `.json`, else YAML."""
    root, found = (read_json if source.name.lower().endswith(".json") else read_yaml)(source)
    if root is None:
        return {}, found
    wrong = (*found, *_misplaced(root))
    if has_errors(wrong) or not isinstance(root, Mapping):
        return {}, wrong
    section = root.entry("costs")
    entries = section.value.entries if section and isinstance(section.value, Mapping) else ()
    ids = _ids(program)
    costs: dict[str, Fraction] = {}
    problems: list[Diagnostic] = []
    for entry in entries:
        id_, cost = ids.get(entry.key.text) or ids.get(clause_id(entry.key.text)), _cost(entry)
        if id_ is None:
            arguments = (("name", clip(entry.key.text)),)
            meant = near(entry.key.text, ids)
            problems.append(Diagnostic(codes.UNKNOWN_COSTED, entry.key.span, arguments, suggestion=meant))
        elif cost is None:
            arguments = (("name", id_), ("found", clip(entry.value.span.text)))  # type: ignore[assignment]
            problems.append(Diagnostic(codes.BAD_COST, entry.value.span, arguments))
        else:
            costs[id_] = cost
    diagnostics = (*wrong, *problems)
    return {} if has_errors(diagnostics) else costs, diagnostics


def _misplaced(root: Node) -> Iterator[Diagnostic]:
    """What is wrong with the file as a whole."""
    version = root.entry("guiju") if isinstance(root, Mapping) else None
    if version is None or not isinstance(version.value, Scalar) or version.value.text != VERSION:
        span = root.span if version is None else version.value.span
        yield Diagnostic(codes.OTHER_VERSION, span, (("expected", VERSION),))
    for entry in root.entries if isinstance(root, Mapping) else ():
        if entry.key.text not in ("guiju", "costs"):
            arguments = (("key", clip(entry.key.text)), ("known", "guiju, costs"))
            yield Diagnostic(codes.UNKNOWN_KEY, entry.key.span, arguments)


def _ids(program: Program) -> dict[str, str]:
    """Everything that evidence may speak of, by every name that it has."""
    named = {n: t.id for t in (*program.facts, *program.inputs) for n in (t.id, *t.aliases)}
    return named | {n: c.id for c in program.clauses for n in (c.id, c.printed)}


def _cost(entry: Entry) -> Fraction | None:
    quantity = read_quantity(entry.value.text) if isinstance(entry.value, Scalar) else None
    if not isinstance(quantity, Quantity) or quantity.unit is not None or quantity.number <= 0:
        return None
    return quantity.number
