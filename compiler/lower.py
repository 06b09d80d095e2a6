"""Symbols -> Program: clauses with their conditions, every family made, definitions in dependency order."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Set
from dataclasses import dataclass, replace
from fractions import Fraction

from guiju.compiler import codes
from guiju.compiler.clauses import ClauseNode
from guiju.compiler.crosswalks import crosswalks
from guiju.compiler.examples import examples_of
from guiju.compiler.expressions import Context, type_name
from guiju.compiler.families import Families
from guiju.compiler.graph import dependencies
from guiju.compiler.ir import (
    Case,
    Cases,
    Choice,
    Clause,
    Expression,
    Fact,
    FactRef,
    Input,
    Literal,
    NumberType,
    OldNumber,
    Operation,
    Program,
    Record,
    Tally,
    Titled,
    Type,
    Undefined,
)
from guiju.compiler.names import text_of
from guiju.compiler.readings import Patches, collect_patches, property_text
from guiju.compiler.sets import ClauseSets
from guiju.compiler.symbols import Symbols, cite
from guiju.compiler.walk import nodes
from guiju.dsl import tree
from guiju.dsl.diagnostic import Diagnostic, Text, has_errors
from guiju.dsl.keywords import RECORD_KINDS, canonical

ATTESTED = Undefined("attested")


@dataclass(frozen=True)
class Lowered:
    """A program, with the sets and patches that it was made from. It is whole only if no error was reported."""

    program: Program
    patches: Patches
    sets: ClauseSets


def lower(symbols: Symbols) -> Lowered | None:
    """The program of a document whose names are collected, as far as it could be made; None without a head."""
    patches = collect_patches(symbols)
    sets = ClauseSets(symbols, patches)
    families = Families(symbols, patches, sets)
    facts = tuple(_fact(symbols, families, d) for d in symbols.facts.values())
    clauses = _clauses(symbols, families, patches, sets)
    families.everything()
    examples = examples_of(symbols, families, clauses)
    families.patches_without_place()
    families.combinations_lacking()
    _nothing_lost(symbols, families)
    standard = symbols.document.standard
    if standard is None:
        return None
    program = Program(
        id=standard.name.text,
        designation=standard.label.texts[0],
        title=_title(standard),
        properties=tuple((p.key, _plain(p)) for p in standard.properties if p.key not in _TOLD_APART),
        old_numbers=tuple(old for p in standard.properties for old in _old_numbers(p)),
        inputs=tuple(_input(symbols, d) for d in symbols.inputs.values()),
        kinds=tuple(symbols.kind_list),
        levels=tuple(symbols.level_list),
        groups=symbols.group_list,
        facts=facts,
        clauses=clauses,
        readings=patches.readings,
        records=tuple(_record(r) for r in symbols.records),
        crosswalks=crosswalks(symbols, sets),
        definitions=tuple(families.made.values()),
        outcomes=_outcomes(symbols, families),
        examples=examples,
        digest=_digest(symbols, standard),
        span=standard.span,
    )
    return Lowered(_without_what_nothing_asks(program), patches, sets)


def _without_what_nothing_asks(program: Program) -> Program:
    """A vocabulary has facts for every standard; those that this one does not ask for are left out."""
    found = tuple(dependencies(program))
    facts = program.facts
    while True:
        used = {d.used for d in found}
        kept = tuple(f for f in facts if f.vocabulary is None or f"fact:{f.id}" in used)
        if len(kept) == len(facts):
            return replace(program, facts=facts)
        users = {f"fact:{f.id}" for f in facts} - {f"fact:{f.id}" for f in kept}
        found = tuple(d for d in found if d.user not in users)
        facts = kept


def _digest(symbols: Symbols, standard: tree.StandardDecl) -> str:
    """Of the policy's text, and of the vocabularies that it uses."""
    sources = (standard.span.source, *(symbols.facts[fact].span.source for fact in symbols.vocabulary_of))
    texts = dict.fromkeys(source.text for source in sources)
    return "sha256:" + hashlib.sha256("\0".join(texts).encode()).hexdigest()


def _nothing_lost(symbols: Symbols, families: Families) -> None:
    """A definition that could not be made has been reported; should one not have been, it is now."""
    if not has_errors(tuple(symbols.diagnostics)):
        for id_, span in families.failed.items():
            symbols.report(
                Diagnostic(codes.MISSING_PART, span, (("what", Text(f"“{id_}”的一部分", f"a part of `{id_}`")),))
            )


def _outcomes(symbols: Symbols, families: Families) -> tuple[str, ...]:
    """The grades of the whole subject, or its scores; without these, those of the widest groups."""
    shown = [d for d in families.made.values() if d.shown]
    order = {None: 0} | {kind.id: n for n, kind in enumerate(symbols.kind_list, 1)}
    widest: dict[tuple[bool, str], dict[str | None, list[str]]] = {}
    for d in shown:
        kind = symbols.group[d.group].kind if d.group else None
        widest.setdefault((d.group is not None, d.kind), {}).setdefault(kind, []).append(d.id)
    for asked in ((False, "grade"), (False, "score"), (True, "grade"), (True, "score")):
        if found := widest.get(asked):
            # a text with mistakes may have kinds that no line declares
            return tuple(found[min(found, key=lambda kind: order.get(kind, len(order)))])
    return ()


def _title(standard: tree.StandardDecl) -> Text:
    """`title zh …` and `title en …`, or both texts of one `title`."""
    found: dict[str, str] = {}
    for p in (p for p in standard.properties if p.key == "title"):
        language = next((v.text for v in p.values if isinstance(v, tree.Name)), None)
        label = next((v for v in p.values if isinstance(v, tree.Label)), None)
        if label and language is None and len(label.texts) > 1:
            return text_of(label, "")
        if label:
            found[language or "zh"] = label.texts[0]
    fallback = next(iter(found.values()), standard.label.texts[0])
    return Text(found.get("zh", fallback), found.get("en", fallback))


#: of the head, what is no line of text
_TOLD_APART = ("title", "renumbered", "retired")


def _old_numbers(property_: tree.Property) -> Iterator[OldNumber]:
    """What a line of the head says of a number of an earlier edition."""
    if property_.key == "retired":
        yield OldNumber(_plain(property_), None, property_.span)
    elif property_.key == "renumbered":
        found = (v for v in property_.values if isinstance(v, tree.Citation))
        yield from (OldNumber(_plain(property_), cite(v), property_.span) for v in found)


def _plain(property_: tree.Property) -> str:
    texts = (
        v.text if isinstance(v, tree.Name) else v.texts[0] if isinstance(v, tree.Label) else v.digits
        for v in property_.values
        if isinstance(v, tree.Name | tree.Label | tree.Number)
    )
    return " ".join(texts)


def _options(d: tree.FactDecl | tree.InputDecl) -> tuple[Titled, ...]:
    if not isinstance(d.type, tree.ChoiceType):
        return ()
    described = {o.name.text: o for o in d.options}
    return tuple(_option(name.text, described.get(name.text)) for name in d.type.options)


def _option(name: str, described: tree.OptionDecl | None) -> Titled:
    if described is None:
        return Titled(name, Text(name, name))
    aliases = tuple(a.text for a in described.aliases)
    return Titled(name, text_of(described.label, next(iter(aliases), name)), aliases)


def _input(symbols: Symbols, d: tree.InputDecl) -> Input:
    name = d.name.text
    aliases = tuple(a.text for a in d.aliases)
    return Input(name, text_of(d.label, name), aliases, symbols.types[name], _options(d), cite(d.cites), span=d.span)


def _fact(symbols: Symbols, families: Families, d: tree.FactDecl) -> Fact:
    name = d.name.text
    formula = families.elaborator.elaborate(d.formula, Context()) if d.formula else None
    if d.formula and _is_a_quotient(d.formula, symbols.types[name]):
        texts = (
            ("expected", Text("个数", "a count")),
            ("found", Text("商，未必是整数", "a quotient, which need not be whole")),
        )
        symbols.report(Diagnostic(codes.TYPE_MISMATCH, d.formula.span, texts))
    elif d.formula and formula and name not in symbols.unsound and not _fits(formula[1], symbols.types[name]):
        arguments = (("expected", type_name(symbols.types[name])), ("found", type_name(formula[1])))
        symbols.report(Diagnostic(codes.TYPE_MISMATCH, d.formula.span, arguments))
    return Fact(
        name,
        text_of(d.label, next((a.text for a in d.aliases), name)),
        tuple(a.text for a in d.aliases),
        symbols.types[name],
        _options(d),
        _within(formula[0], symbols.types[name], _counts(symbols)) if formula else None,
        cite(d.cites),
        _property(d.properties, "guidance"),
        _property(d.properties, "evidence"),
        symbols.vocabulary_of.get(name),
        symbols.validity_of.get(name),
        span=d.span,
    )


def _counts(symbols: Symbols) -> Set[str]:
    return {fact for fact, type_ in symbols.types.items() if isinstance(type_, NumberType) and type_.integer}


def _within(formula: Expression, declared: Type, counts: Set[str]) -> Expression:
    """The value of a formula, undefined where the fact cannot be that: below zero, or a broken count.

    Counts and quantities start at zero. `counts` are the facts that are whole numbers.
    """
    if not isinstance(declared, NumberType) or not declared.is_never_negative:
        return formula
    span = formula.span
    zero = Literal(value=Fraction(0), span=span)
    value: Expression = formula
    if declared.integer and not _is_whole(formula, counts):
        is_whole = Case(condition=Operation(operator="whole", operands=(formula,), span=span), value=formula, span=span)
        broken = Literal(value=Undefined("not-whole"), span=span)
        value = Cases(form="table", rows=(is_whole,), otherwise=broken, span=span)
    row = Case(condition=Operation(operator=">=", operands=(formula, zero), span=span), value=value, span=span)
    below = Literal(value=Undefined("below-zero"), span=span)
    return Cases(form="table", rows=(row,), otherwise=below, span=span)


def _is_whole(formula: Expression, counts: Set[str]) -> bool:
    """Whether a formula gives whole numbers whatever its parts are: counts added, subtracted and multiplied."""
    match formula:
        case Literal(value=Fraction(denominator=1)) | Tally(measure="count"):
            return True
        case FactRef():
            return formula.fact in counts
        case Operation(operator="+" | "-" | "*" | "sum" | "min" | "max"):
            return all(_is_whole(operand, counts) for operand in formula.operands)
    return False


def _fits(formula: Type, declared: Type) -> bool:
    """Whether a formula gives what its fact is declared to be."""
    if isinstance(formula, NumberType) and isinstance(declared, NumberType):
        return formula.dimension == declared.dimension
    return formula == declared


def _is_a_quotient(written: tree.Expr, declared: Type) -> bool:
    """Whether what is declared as a count is written as a quotient, which is none, whatever it comes to."""
    if not isinstance(declared, NumberType) or not declared.integer:
        return False
    return any(isinstance(node, tree.Arithmetic) and node.op == "/" for node in nodes(written))


def _property(properties: tuple[tree.Property, ...], key: str) -> Text | None:
    found = next((p for p in properties if p.key == key), None)
    return property_text(found) if found else None


def _clauses(symbols: Symbols, families: Families, patches: Patches, sets: ClauseSets) -> tuple[Clause, ...]:
    made = []
    chosen = {r.id: r.default for r in patches.readings}
    for node in symbols.clauses.by_id.values():
        decl = node.declaration
        own = decl.condition is not None or (decl.applies is not None and not sets.is_lead(node))
        if node.children and own:
            symbols.report(Diagnostic(codes.PARENT_CONDITION, decl.span, (("clause", node.printed),)))
            continue
        if decl.condition is None and not node.children:
            symbols.report(Diagnostic(codes.EMPTY_CLAUSE, decl.span, (("clause", node.printed),)))
            continue
        if not node.children or sets.is_lead(node):
            counting = sets.levels if sets.is_item(node.id, chosen) else ()
            levels = tuple(level for level in counting if sets.counts(node.id, level, chosen))
            clause = _clause(node, levels, _condition(node, families, patches), _applies(node, families, patches))
            made.append(replace(clause, modality=sets.modality(node, chosen), understood=sets.understood(node)))
    return tuple(made)


def _clause(
    node: ClauseNode, levels: tuple[str, ...], condition: Expression | None, applies: Expression | None
) -> Clause:
    d = node.declaration
    return Clause(
        node.id,
        text_of(d.label, node.printed),
        (),
        node.printed,
        node.group,
        node.modality,
        condition,
        applies,
        cite(d.cites),
        _property(d.properties, "guidance"),
        _property(d.properties, "evidence"),
        levels,
        span=d.span,
    )


def _condition(node: ClauseNode, families: Families, patches: Patches) -> Expression | None:
    decl = node.declaration

    def written() -> Expression | None:
        if decl.condition is None or isinstance(decl.condition, tree.Attested):
            return None
        return families.elaborator.truth(decl.condition, Context(node.group))

    cell = ("requires", node.id)
    if cell not in patches.cells:
        return written()
    base = written()

    def patched(patch: tree.Patch) -> Expression:
        assert isinstance(patch, tree.PatchRequires)
        if isinstance(patch.condition, tree.Attested):
            return _attested(patch)
        return families.elaborator.truth(patch.condition, Context(node.group)) or _attested(patch)

    chosen = patches.choose(cell, decl.span, lambda: base or _attested(decl), patched)
    options = chosen.options if isinstance(chosen, Choice) else ()
    is_left_to_people = all(isinstance(option, Literal) and option.value == ATTESTED for _, option in options)
    return None if is_left_to_people else chosen


def _applies(node: ClauseNode, families: Families, patches: Patches) -> Expression | None:
    """When a clause applies; of a lead only where it is an item, for elsewhere what is said of it decides nothing."""
    cell = ("requires", node.id)
    whenever = _applies_as_item(node, families, patches)
    if whenever is None or not node.children or cell not in patches.cells:
        return whenever
    return patches.choose(cell, node.declaration.span, lambda: _always(node.declaration), lambda _: whenever)


def _applies_as_item(node: ClauseNode, families: Families, patches: Patches) -> Expression | None:
    decl = node.declaration
    base = families.elaborator.truth(decl.applies, Context(node.group)) if decl.applies else None
    cell = ("applies", node.id)
    if cell not in patches.cells:
        return base

    def patched(patch: tree.Patch) -> Expression:
        assert isinstance(patch, tree.PatchApplies)
        return families.elaborator.truth(patch.condition, Context(node.group)) or _always(patch)

    return patches.choose(cell, decl.span, lambda: base or _always(decl), patched)


def _always(at: tree.Node) -> Expression:

    return Literal(value=True, span=at.span)


def _attested(at: tree.Node) -> Expression:
    """No condition under this reading: facts leave it undefined, so only an attestation decides."""
    return Literal(value=ATTESTED, span=at.span)


def _record(d: tree.RecordDecl) -> Record:
    texts = tuple((p.key, property_text(p)) for p in d.properties if any(isinstance(v, tree.Label) for v in p.values))
    kind = canonical(d.kind.text, RECORD_KINDS)
    affected = (v for p in d.properties if p.key == "affects" for v in p.values if isinstance(v, tree.Citation))
    affects = ", ".join(cite(citation) for citation in affected)
    return Record(d.name.text, text_of(d.label, d.name.text), (), kind, cite(d.cites), texts, affects, span=d.span)
