"""Findings that one mistake causes -> one finding, at the mistake."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from guiju.compiler import codes
from guiju.compiler.absent import absent
from guiju.compiler.symbols import Symbols
from guiju.compiler.uses import once_each
from guiju.dsl.codes import FENCE_NOT_READ, MISSING_HEAD, NOT_READ_FURTHER, UNCLOSED_FENCE
from guiju.dsl.diagnostic import Diagnostic, Label, Text, has_errors
from guiju.dsl.keywords import by_terminal
from guiju.dsl.near import near
from guiju.dsl.spelling import names_in

Diagnostics: TypeAlias = tuple[Diagnostic, ...]
_GONE = (MISSING_HEAD, FENCE_NOT_READ)
_UNREAD = (codes.UNKNOWN_VOCABULARY, codes.NOT_A_VOCABULARY, codes.ANOTHER_VOCABULARY)


def folded(symbols: Symbols, found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings about a document: each mistake once, whatever follows from it and wherever it shows."""
    return once_each(symbols, _by_cause(symbols, found))


def _by_cause(symbols: Symbols, found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings without those that another one explains."""
    all_ = _without_levels(symbols, tuple(found))
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


def _without_levels(symbols: Symbols, found: Diagnostics) -> Diagnostics:
    """The findings about a policy that speaks of levels and declares none: that alone is the mistake."""
    unknown = [d for d in found if d.code is codes.UNKNOWN_NAME and ("what", symbols.levels.what) in d.arguments]
    if symbols.levels_line is not None or not unknown or any(d.suggestion for d in unknown):
        return found
    following = (codes.MISPLACED_CLAUSES, codes.FAMILY_LEVEL)
    kept = (d for d in found if d not in unknown and d.code not in following)
    return (*kept, *(absent("levels", d.span) for d in unknown))


def _options(symbols: Symbols, name: str) -> Iterable[str]:
    return symbols.options[name].known() if name in symbols.options else ()


def _is_unused(symbols: Symbols, name: str) -> bool:
    """Whether a name stands nowhere but where it is declared."""
    words = names_in(symbols.document.span.source.policy)
    return words[name] == 1 and name not in symbols.vocabulary_of


def _declared_otherwise(symbols: Symbols, declared: str, uses: list[Diagnostic]) -> Diagnostic:
    declaration = symbols.facts.get(declared) or symbols.inputs[declared]
    arguments = (("declared", declared), ("used", uses[0].span.text), ("number", len(uses)))
    label = Label(uses[0].span, Text("首先用在这里", "first used here"))
    span = declaration.name.span
    return Diagnostic(codes.DECLARED_OTHERWISE, span, arguments, (label,), suggestion=uses[0].span.text)


# --- of a text that could not be read as a whole -------------------------------------------------------------------


def told_beside(mistakes: Diagnostics, vocabularies: Diagnostics, found: Diagnostics) -> Diagnostics:
    """What is told of a text: its mistakes of syntax, those of the vocabularies that it uses, and the findings.

    Where a part of the text could not be read, no finding that this may be the reason of; where a vocabulary could
    not, no name that it may declare.
    """
    if has_errors(vocabularies):
        found = tuple(d for d in found if d.code is not codes.UNKNOWN_NAME)
    if not has_errors(mistakes):
        return (*mistakes, *vocabularies, *found)
    if all(
        m.code is UNCLOSED_FENCE or not m.is_error for m in mistakes
    ):  # what is left unread of such a fence is prose
        return tuple(sorted((*mistakes, *vocabularies, *found), key=lambda d: d.span.start))
    beside = _sure_beside(mistakes, (*vocabularies, *found))
    return tuple(sorted((*mistakes, *beside), key=lambda d: d.span.start))


def _sure_beside(mistakes: Diagnostics, found: Diagnostics) -> Iterator[Diagnostic]:
    """Of the findings about a text with syntax errors, those that no such error can be the reason of.

    A name that stands nowhere but where it is unknown: no line that could not be read declares it. Only a vocabulary
    might, so nothing is said of names where a vocabulary, or the line that names it, could not be read.
    """
    if mistakes[-1].code is NOT_READ_FURTHER:
        return
    if any(m.code in _GONE for m in mistakes):  # the lines that are gone may have declared it
        return
    source = mistakes[0].span.source
    elsewhere = any(d.code is codes.UNKNOWN_VOCABULARY or d.span.source is not source for d in found)
    if elsewhere or _unread_uses(mistakes):
        return
    told = {m.span.start for m in mistakes} | {m.suggestion for m in mistakes}
    unknown = [d for d in found if d.code is codes.UNKNOWN_NAME and not {d.span.start, d.span.text} & told]
    written = names_in(source.policy)
    uses = (span for d in unknown for span in (d.span, *(label.span for label in d.labels)))
    reported = Counter({span.start: span.text for span in uses}.values())
    yield from (d for d in unknown if 0 < written[d.span.text] <= reported[d.span.text])


def _unread_uses(mistakes: Diagnostics) -> bool:
    """Whether a line that names a vocabulary may be among those that could not be read."""
    words = by_terminal()["USE"]
    lines = (d.span.source.line_text(d.span.position.line).split() for d in mistakes)
    return any(near(said[0], (*words.en, *words.zh)) is not None for said in lines if said)
