"""Vocabularies: facts that several standards ask for, declared once and used by each with thresholds of its own."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from guiju.compiler import codes
from guiju.compiler.names import near_miss
from guiju.compiler.units import TIME, unit_named
from guiju.dsl import tree
from guiju.dsl.diagnostic import Diagnostic, Label, Text

if TYPE_CHECKING:
    from guiju.compiler.symbols import Symbols

#: the documents of the vocabularies that there are, by id
Vocabularies: TypeAlias = Mapping[str, tree.Document]
NO_VOCABULARIES: Vocabularies = MappingProxyType({})


def used_by(document: tree.Document) -> tuple[str, ...]:
    """The vocabularies that a document uses; a vocabulary itself uses none."""
    if document.standard is not None and document.standard.is_vocabulary:
        return ()
    return tuple(d.name.text for d in document.declarations if isinstance(d, tree.UseDecl))


def facts_of(s: Symbols, use: tree.UseDecl, vocabularies: Vocabularies) -> tuple[tree.FactDecl, ...]:
    """The facts that a vocabulary declares; one that does not exist is reported and has none."""
    name = use.name.text
    if name not in vocabularies:
        arguments = (("name", name), ("known", ", ".join(sorted(vocabularies)) or "-"))
        near = near_miss(name, vocabularies)
        s.report(Diagnostic(codes.UNKNOWN_VOCABULARY, use.name.span, arguments, suggestion=near))
        return ()
    document = vocabularies[name]
    if document.standard is not None and not document.standard.is_vocabulary:
        s.report(Diagnostic(codes.NOT_A_VOCABULARY, use.name.span, (("name", name),)))
        return ()
    if document.standard is not None and document.standard.name.text != name:
        arguments = (("name", name), ("holds", document.standard.name.text))
        s.report(Diagnostic(codes.ANOTHER_VOCABULARY, use.name.span, arguments))
    for nested in (d for d in document.declarations if isinstance(d, tree.UseDecl)):
        s.report(Diagnostic(codes.VOCABULARY_IN_VOCABULARY, nested.span, (("name", nested.name.text),)))
    return tuple(d for d in document.declarations if isinstance(d, tree.FactDecl))


def validities(s: Symbols, use: tree.UseDecl) -> dict[str, Fraction]:
    """`validity linearity 180 d`: how old, in seconds, evidence for these facts may be in this standard."""
    found: dict[str, tree.Property] = {}
    for line in use.properties:
        fact = line.values[0]
        assert isinstance(fact, tree.Name)
        id_ = s.values.find(fact.text)
        if id_ is None or s.vocabulary_of.get(id_) != use.name.text:
            arguments = (("name", fact.text), ("what", Text("词汇表中的事实", "fact of the vocabulary")))
            near = near_miss(fact.text, sorted(s.values.spellings(set(s.vocabulary_of))))
            s.report(Diagnostic(codes.UNKNOWN_NAME, fact.span, arguments, suggestion=near))
        elif found.setdefault(id_, line) is not line:
            label = Label(found[id_].span, Text("先写在这里", "first written here"))
            named = (("name", id_), ("what", Text("有效期", "validity of")))
            s.report(Diagnostic(codes.DUPLICATE_NAME, line.span, named, (label,)))
    ages = {id_: _seconds(s, line) for id_, line in found.items()}
    return {id_: age for id_, age in ages.items() if age is not None}


def _seconds(s: Symbols, line: tree.Property) -> Fraction | None:
    age = line.values[1]
    assert isinstance(age, tree.Number)
    unit = unit_named(age.unit) if age.unit else None
    if unit is None or unit.dimension != TIME or age.value <= 0:
        s.report(Diagnostic(codes.NO_DURATION, age.span, (("found", age.span.text),)))
        return None
    return age.value * unit.factor
