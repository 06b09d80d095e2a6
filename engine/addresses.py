"""Names as people type and reports print them -> addresses: `硬件@L1`, `A@基础应用级`, `6.1.1.1 e)`, a label."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from guiju.compiler.ir import Definition, Program, Titled
from guiju.engine.bind import clause_id
from guiju.engine.network import Network


def address_of(network: Network, name: str) -> str | None:
    """The address that a name stands for, if any."""
    known = _known(network)
    return known.get(_plain(name)) or known.get(_plain(clause_id(name)))


class NoSuchNodeError(KeyError):
    """A name that no node has. It says what is like it, or what names look like."""

    def __str__(self) -> str:
        return str(self.args[0])


def index_of(network: Network, name: str) -> int:
    """Where the node of an address, or of any other name, stands; raises NoSuchNodeError."""
    address = name if name in network.at else address_of(network, name)
    if address is None:
        close, others = near(network, name), ", ".join(examples(network))
        hint = f"did you mean {' or '.join(close)}?" if close else f"names look like {others}"
        raise NoSuchNodeError(f"there is nothing named `{name}`; {hint}")
    return network.at[address]


def near(network: Network, name: str) -> tuple[str, ...]:
    """Names that are like one that is not known, as an address would be typed."""
    known = _known(network)
    close = get_close_matches(_plain(name), known, n=9, cutoff=0.6)
    return tuple(dict.fromkeys(_short(known[c]) for c in close))[:3]


def examples(network: Network) -> tuple[str, ...]:
    """One name of each kind of node that the program has."""
    program = network.program
    first: tuple[tuple[str, ...], ...] = (
        tuple(d.id for d in program.definitions if d.kind == "score" and d.shown),
        tuple(c.id for c in program.clauses),
        tuple(f.id for f in program.facts),
        tuple(i.id for i in program.inputs),
    )
    return tuple(names[0].removeprefix("score:") for names in first if names)


def _short(address: str) -> str:
    return address.partition(":")[2] if address.startswith(("clause:", "fact:", "score:", "input:")) else address


def _plain(name: str) -> str:
    return "".join(name.replace("＠", "@").split()).casefold()


def _known(network: Network) -> dict[str, str]:
    """Every name of every node that has one; where two nodes share a name, the first has it."""
    found: dict[str, str] = {}
    for name, address in _names(network.program):
        if address in network.at:
            found.setdefault(_plain(name), address)
    for address in network.at:
        found.setdefault(_plain(address), address)
    return found


def _names(program: Program) -> Iterator[tuple[str, str]]:
    for d in program.definitions:
        yield d.id, d.id
        yield d.id.removeprefix("score:"), d.id
    for things, kind in ((program.facts, "fact"), (program.inputs, "input"), (program.readings, "reading")):
        for thing in things:
            yield from ((name, f"{kind}:{thing.id}") for name in (thing.id, *thing.aliases))
    for clause in program.clauses:
        yield from ((name, f"clause:{clause.id}") for name in (clause.id, clause.printed, *clause.aliases))
    for d in program.definitions:
        if d.shown:
            yield from ((name, d.id) for name in _names_of(program, d))
    for kind, labelled in (("fact", program.facts), ("input", program.inputs)):
        for thing in labelled:
            yield from ((label, f"{kind}:{thing.id}") for label in (thing.label.zh, thing.label.en))


def _names_of(program: Program, d: Definition) -> Iterator[str]:
    """A definition by each name of its group, or else of itself, at each name of its level."""
    level = next((x for x in program.levels if x.id == d.level), None)
    levels = [f"@{name}" for name in _all(level)] if level else [""]
    if d.group is None:
        names: Iterable[str] = (d.family, d.label.zh, d.label.en)
    elif d.kind == "score" and d.family == "score":
        names = _all(program.group[d.group])
    else:
        names = [f"{d.family}:{name}" for name in _all(program.group[d.group])]
    yield from (f"{name}{at}" for name in names for at in levels if d.kind != "gate")


def _all(thing: Titled) -> tuple[str, ...]:
    return (thing.id, *thing.aliases, thing.label.zh, thing.label.en)
