"""What the desk says -> the shapes of the protocol, one function each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import takewhile

from lsprotocol import types

from guiju.desk.colours import COLOURS, Colour
from guiju.desk.completion import Offer, Offers
from guiju.desk.fixes import Fix
from guiju.desk.folding import Fold
from guiju.desk.hints import Hint
from guiju.desk.lenses import Lens
from guiju.desk.outline import Entry
from guiju.dsl.diagnostic import Language
from guiju.lsp.places import Places

RUN_EXAMPLE = "guiju.runExample"
_OFFERS = {
    "keyword": types.CompletionItemKind.Keyword,
    "value": types.CompletionItemKind.Variable,
    "option": types.CompletionItemKind.EnumMember,
    "name": types.CompletionItemKind.Class,
    "clause": types.CompletionItemKind.Reference,
    "unit": types.CompletionItemKind.Unit,
    "property": types.CompletionItemKind.Property,
}
_ENTRIES = {
    "standard": types.SymbolKind.Package,
    "fact": types.SymbolKind.Variable,
    "input": types.SymbolKind.Enum,
    "let": types.SymbolKind.Function,
    "kinds": types.SymbolKind.Namespace,
    "example": types.SymbolKind.Event,
    "levels": types.SymbolKind.EnumMember,
    "group": types.SymbolKind.Class,
    "clause": types.SymbolKind.Field,
    "table": types.SymbolKind.Array,
    "score": types.SymbolKind.Number,
    "reading": types.SymbolKind.Event,
    "record": types.SymbolKind.Key,
}


def completion_list(offers: Offers, places: Places) -> types.CompletionList:
    """What can be typed, each in the place of the word that is not finished."""
    where = places.range(offers.span)
    return types.CompletionList(
        is_incomplete=not offers.is_whole, items=[_item(offer, where) for offer in offers.offers]
    )


def _item(offer: Offer, where: types.Range) -> types.CompletionItem:
    return types.CompletionItem(
        label=offer.text,
        kind=_OFFERS[offer.kind],
        detail=offer.detail or None,
        sort_text=f"{offer.rank}{offer.place:04}{offer.text}",
        filter_text=offer.sought or None,
        text_edit=types.TextEdit(where, offer.text),
    )


def symbol(entry: Entry, places: Places) -> types.DocumentSymbol:
    """A line of the outline with those below it."""
    return types.DocumentSymbol(
        name=entry.name or "-",
        detail=entry.label or None,
        kind=_ENTRIES[entry.kind],
        range=places.range(entry.span),
        selection_range=places.range(entry.head),
        children=[symbol(below, places) for below in entry.below],
    )


def semantic_tokens(colours: Iterable[Colour], places: Places) -> types.SemanticTokens:
    """Coloured words, each counted from the one before."""
    data: list[int] = []
    line = character = 0
    for colour in colours:
        start, end = places.position(colour.start), places.position(colour.end)
        behind = start.character - character if start.line == line else start.character
        kind = COLOURS.index(colour.kind)
        data += (start.line - line, behind, end.character - start.character, kind, int(colour.declares))
        line, character = start.line, start.character
    return types.SemanticTokens(data)


def folding_range(fold: Fold) -> types.FoldingRange:
    """Lines that can be folded."""
    kind = types.FoldingRangeKind.Comment if fold.is_comment else None
    return types.FoldingRange(start_line=fold.first - 1, end_line=fold.last - 1, kind=kind)


def inlay_hint(hint: Hint, places: Places) -> types.InlayHint:
    """A hint behind a line."""
    return types.InlayHint(places.position(hint.offset), hint.text, padding_left=True)


def code_lens(lens: Lens, uri: str, places: Places, language: Language) -> types.CodeLens:
    """A lens above an example, which runs it."""
    command = types.Command(lens.title.in_language(language), RUN_EXAMPLE, arguments=[uri, lens.name])
    return types.CodeLens(places.range(lens.span), command)


def action(fix: Fix, uri: str, places: Places, language: Language, mends: types.Diagnostic) -> types.CodeAction:
    """A fix that an editor offers. It is nobody's favourite, for only the writer knows what was meant."""
    edit = types.TextEdit(places.range(fix.span), fix.text)
    return types.CodeAction(
        title=fix.title.in_language(language),
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[mends],
        edit=types.WorkspaceEdit(changes={uri: [edit]}),
    )


def changes(before: str, after: str) -> Iterator[types.TextEdit]:
    """The one run of lines that differs, so that an editor keeps its place in all others."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    if old == new:
        return
    above = _alike(old, new)
    below = _alike(old[above:][::-1], new[above:][::-1])
    first, last = types.Position(above, 0), types.Position(len(old) - below, 0)
    yield types.TextEdit(types.Range(first, last), "".join(new[above : len(new) - below]))


def _alike(one: list[str], other: list[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
