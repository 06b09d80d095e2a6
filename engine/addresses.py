"""Names as people type and reports print them -> addresses: `硬件@L1`, `A@基础应用级`, `6.1.1.1 e)`, a label."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from unicodedata import normalize

from guiju.compiler.ir import Definition, Group, Program, Titled
from guiju.dsl.diagnostic import Language
from guiju.dsl.near import nearest
from guiju.engine.names import clause_id
from guiju.engine.network import Network


class NoSuchNodeError(KeyError):
    """A name that no node has. It says what is like it, or what names look like."""

    def __str__(self) -> str:
        return str(self.args[0])


def index_of(network: Network, name: str) -> int:
    """Where the node of an address, or of any other name, stands; raises NoSuchNodeError."""
    if name in network.at:
        return network.at[name]
    known = names_of(network)
    address = found_in(known, name)
    if address is None:
        raise no_such_node(network, known, name)
    return network.at[address]


def no_such_node(network: Network, known: Mapping[str, str], name: str) -> NoSuchNodeError:
    """What there is to say about a name that is not known."""
    close = near_in(known, name)
    hint = f"did you mean {' or '.join(close)}?" if close else f"names look like {', '.join(examples(network.program))}"
    return NoSuchNodeError(f"there is nothing named `{name}`; {hint}")


def names_of(network: Network) -> dict[str, str]:
    """Every name of every node that has one; where two nodes share a name, the first has it."""
    found: dict[str, str] = {}
    for name, address in _names(network.program):
        if address in network.at:
            found.setdefault(plain_name(name), address)
    for address in network.at:
        found.setdefault(plain_name(address), address)
    return found


def names_in(program: Program) -> dict[str, str]:
    """The address of everything that a program gives a name, by each of its names; the first one has a shared name."""
    found: dict[str, str] = {}
    for name, address in _names(program):
        found.setdefault(plain_name(name), address)
    return found


def found_in(known: Mapping[str, str], name: str) -> str | None:
    """The address that a name stands for, if any; `得分:硬件@一级` is the score that `硬件@一级` is."""
    plain = plain_name(name)
    prefix = next((p for p in _SCORES if plain.startswith(p)), "")
    score = known.get(plain.removeprefix(prefix), "") if prefix else ""
    is_score = score.startswith("score:")
    return known.get(plain) or known.get(plain_name(clause_id(name))) or (score if is_score else None)


def near_in(known: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Names that are like one that is not known, as an address would be typed."""
    told = [n for n, address in known.items() if "/" not in address]  # and not what is inside of something
    close = nearest(plain_name(name), told, _CLOSE * len(_LANGUAGES))
    return tuple(dict.fromkeys(_short(known[c]) for c in close))[:_CLOSE]


def examples(program: Program) -> tuple[str, ...]:
    """One name of each kind of node that the program has."""
    first: tuple[tuple[str, ...], ...] = (
        tuple(d.id for d in program.definitions if d.kind == "score" and d.shown),
        tuple(c.id for c in program.clauses),
        tuple(f.id for f in program.facts),
        tuple(i.id for i in program.inputs),
    )
    return tuple(names[0].removeprefix("score:") for names in first if names)


_SCORES = ("score:", "得分:")  # what the score of a group may be called by
_CLOSE = 3  # names that are offered for one that is not known
_LANGUAGES: tuple[Language, ...] = ("zh", "en")
_KINDS = ("clause:", "clauses:", "fact:", "score:", "input:", "group:", "family:", "level:")


def _short(address: str) -> str:
    return address.partition(":")[2] if address.startswith(_KINDS) else address


def plain_name(name: str) -> str:
    """A name without what differs between ways to type it."""
    return "".join(normalize("NFKC", name).split()).casefold()


def _names(program: Program) -> Iterator[tuple[str, str]]:
    for d in program.definitions:
        yield d.id, d.id
        if d.id == d.whole:
            yield from ((node_name(program, d, language), d.id) for language in _LANGUAGES)
    for things, kind in ((program.facts, "fact"), (program.inputs, "input"), (program.readings, "reading")):
        for thing in things:
            yield from ((name, f"{kind}:{thing.id}") for name in (thing.id, *thing.aliases))
    for clause in program.items():  # a lead is `clause:5.3-4`; by its number alone the clauses below it are meant
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
    families: tuple[str, ...]
    if d.group is None:
        families = ("score", "得分") if d.family == "score" else (d.family,)
        names: Iterable[str] = (*families, d.label.zh, d.label.en)
    elif d.kind == "score" and d.family == "score":
        names = _all(program.group[d.group])
    else:
        families = (d.family, "权重") if d.kind == "weight" else (d.family,)
        names = [f"{family}:{name}" for family in families for name in _all(program.group[d.group])]
    yield from (f"{name}{at}" for name in names for at in levels if d.kind != "gate")


def _all(thing: Titled) -> tuple[str, ...]:
    return (thing.id, *thing.aliases, thing.label.zh, thing.label.en)


_PREFIXES = (("weight:", "权重:"), ("gate:score:", "进入条件:"), ("gate:", "进入条件:"), ("score:", ""))


def node_name(program: Program, d: Definition, language: Language) -> str:
    """What a definition is called: `A@L2`, `weight:hardware`, `gate:subdomain@L2`, `进入条件:能力子域@L2`."""
    name = d.whole.replace("gate:score:", "gate:", 1).removeprefix("score:")
    if language == "en":
        return name
    chinese, rest = next(((zh, d.whole.removeprefix(en)) for en, zh in _PREFIXES if d.whole.startswith(en)), ("", name))
    whose, at, level = rest.partition("@")
    return f"{chinese}{':'.join(_in_chinese(program, part) for part in whose.split(':'))}{at}{level}"


def _in_chinese(program: Program, id_: str) -> str:
    """What a group or a kind of groups is called in Chinese, unless it is a number or shares its label."""
    named = next((x for x in (*program.kinds, *program.groups) if x.id == id_), None)
    if named is None or not any(c.isalpha() for c in id_):
        return id_
    label = named.label.zh
    is_its_own = [g.label.zh for g in program.groups].count(label) == 1 and " " not in label
    return label if isinstance(named, Group) and is_its_own else named.called("zh")
