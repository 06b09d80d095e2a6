"""Findings that one mistake causes -> one finding, at the mistake."""

from __future__ import annotations

from collections.abc import Iterable

from guiju.compiler import codes
from guiju.compiler.symbols import Symbols
from guiju.dsl.diagnostic import Diagnostic, Label, Text
from guiju.dsl.naming import names_in

_UNREAD = (codes.UNKNOWN_VOCABULARY, codes.NOT_A_VOCABULARY)


def by_cause(symbols: Symbols, found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings without those that another one explains."""
    all_ = tuple(found)
    unknown = [d for d in all_ if d.code is codes.UNKNOWN_NAME and ("what", symbols.values.what) in d.arguments]
    if any(d.code in _UNREAD for d in all_):
        return tuple(d for d in all_ if d not in unknown)  # a vocabulary that is not there may declare them
    misspelt = {d.span.text: d.suggestion for d in unknown if d.suggestion in symbols.types}
    options = {o for name in misspelt.values() for o in _options(symbols, name or "")}
    explained = [d for d in unknown if d.span.text in options]
    kept = [d for d in all_ if d not in explained]
    for name, declared in misspelt.items():
        uses = [d for d in unknown if d.span.text == name]
        if len(uses) > 1 and declared and _is_unused(symbols, declared):
            kept = [d for d in kept if d not in uses]
            kept.append(_declared_otherwise(symbols, declared, uses))
    return tuple(kept)


def _options(symbols: Symbols, name: str) -> Iterable[str]:
    return symbols.options[name].known() if name in symbols.options else ()


def _is_unused(symbols: Symbols, name: str) -> bool:
    """Whether a name stands nowhere but where it is declared."""
    words = names_in(symbols.document.span.source.text)
    return words[name] == 1 and name not in symbols.vocabulary_of


def _declared_otherwise(symbols: Symbols, declared: str, uses: list[Diagnostic]) -> Diagnostic:
    declaration = symbols.facts.get(declared) or symbols.inputs[declared]
    arguments = (("declared", declared), ("used", uses[0].span.text), ("number", len(uses)))
    label = Label(uses[0].span, Text("首先用在这里", "first used here"))
    span = declaration.name.span
    return Diagnostic(codes.DECLARED_OTHERWISE, span, arguments, (label,), suggestion=uses[0].span.text)
