"""A request about open texts -> its answer in the shapes of the protocol, one function each; none tells an editor."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from lsprotocol import types

from guiju.desk.colours import colours
from guiju.desk.completion import completion
from guiju.desk.desk import Desk
from guiju.desk.fixes import fixes
from guiju.desk.folding import folds
from guiju.desk.hints import hints
from guiju.desk.hover import hover
from guiju.desk.lenses import lenses, run, told
from guiju.desk.navigation import definition, references
from guiju.desk.outline import outline
from guiju.desk.rename import Refusal, renamable, rename
from guiju.dsl.diagnostic import Diagnostic, Language, Text, has_errors
from guiju.dsl.literate_formatter import format_source
from guiju.dsl.parser import parse
from guiju.dsl.source import Source, Span
from guiju.lsp import shapes
from guiju.lsp.desks import Desks, Studied
from guiju.lsp.diagnostics import address, converted
from guiju.lsp.places import Places
from guiju.vocabularies import VocabularyFiles

CHECK = "guiju/check"  # no request of an editor: what the server tells without being asked
MOST_FIXED = 8  # diagnostics that fixes are looked for at once, since each fix is tried


class Spoken(NamedTuple):
    """How an editor is answered: the language of messages, and what it counts characters in."""

    language: Language
    encoding: str | None


@dataclass
class Room:
    """What an answer is made from. `shown` is what the answer tells the user beside."""

    desks: Desks
    spoken: Spoken
    shown: list[types.ShowMessageParams] = field(default_factory=list)

    def places(self, source: Source) -> Places:
        """Converts places of a text."""
        return Places(source, self.spoken.encoding)

    def text(self, text: Text) -> str:
        """A sentence as the editor's user reads it."""
        return text.in_language(self.spoken.language)

    def of(self, document: types.TextDocumentIdentifier) -> tuple[Studied, Desk]:
        """A text, and what is known of it."""
        studied = self.desks[document.uri]
        return studied, self.desks.desk(studied)

    def at(self, params: _Placed) -> tuple[Studied, Desk, int]:
        """The text of a request, what is known of it, and the place asked about."""
        studied, desk = self.of(params.text_document)
        return studied, desk, self.places(desk.source).offset(params.position)

    def show(self, said: str, kind: types.MessageType) -> None:
        """Tell the user."""
        self.shown.append(types.ShowMessageParams(kind, said))

    def locations(self, spans: Iterable[Span], studied: Studied) -> list[types.Location]:
        """Where some spans are."""
        return [types.Location(address(s.source, studied), self.places(s.source).range(s)) for s in spans]


class _Placed(Protocol):
    """A request about a place."""

    @property
    def text_document(self) -> types.TextDocumentIdentifier: ...
    @property
    def position(self) -> types.Position: ...


@dataclass(frozen=True)
class Checked:
    """All that `guiju check` finds of a text. `to_check` are the open texts of which this has to be found anew."""

    source: Source
    diagnostics: tuple[Diagnostic, ...]
    is_vocabulary: bool
    to_check: tuple[str, ...]


def _check(room: Room, uri: str) -> Checked:
    studied = room.desks[uri]
    desk = room.desks.desk(studied)
    to_check = tuple(other.uri for other in room.desks if not other.is_known)
    return Checked(desk.source, desk.diagnostics, studied.is_vocabulary, to_check)


# --- reading ---------------------------------------------------------------------------------------------------------


def _hover(room: Room, params: types.HoverParams) -> types.Hover | None:
    _, desk, offset = room.at(params)
    found = hover(desk, offset, room.spoken.language)
    if found is None:
        return None
    text, span = found
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text), room.places(desk.source).range(span))


def _definition(room: Room, params: types.DefinitionParams) -> list[types.Location]:
    studied, desk, offset = room.at(params)
    return room.locations(definition(desk, offset), studied)


def _references(room: Room, params: types.ReferenceParams) -> list[types.Location]:
    studied, desk, offset = room.at(params)
    found = references(desk, offset, with_declaration=params.context.include_declaration)
    return room.locations(found, studied)


def _highlight(room: Room, params: types.DocumentHighlightParams) -> list[types.DocumentHighlight]:
    _, desk, offset = room.at(params)
    places = room.places(desk.source)
    return [types.DocumentHighlight(places.range(span)) for span in references(desk, offset)]


# --- writing ---------------------------------------------------------------------------------------------------------


def _completion(room: Room, params: types.CompletionParams) -> types.CompletionList:
    _, desk, offset = room.at(params)
    offers = completion(desk, offset, room.spoken.language, VocabularyFiles(desk.written.folder))
    return shapes.completion_list(offers, room.places(desk.source))


def _prepare_rename(room: Room, params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | Refusal:
    _, desk, offset = room.at(params)
    found = renamable(desk, offset)
    if isinstance(found, Refusal):
        return found
    return types.PrepareRenamePlaceholder(room.places(desk.source).range(found.span), found.span.text)


def _rename(room: Room, params: types.RenameParams) -> types.WorkspaceEdit | Refusal:
    studied, desk, offset = room.at(params)
    found = rename(desk, offset, params.new_name)
    if isinstance(found, Refusal):
        return found
    for warning in found.warnings:
        room.show(room.text(warning), types.MessageType.Warning)
    texts = {studied.uri: (desk.source, found.spans)}
    texts |= {room.desks.uri_of(b.path): (b.source, b.spans) for b in found.beside}
    return types.WorkspaceEdit(
        changes={
            uri: [types.TextEdit(room.places(source).range(span), found.name) for span in spans]
            for uri, (source, spans) in texts.items()
        }
    )


def _formatting(room: Room, params: types.DocumentFormattingParams) -> list[types.TextEdit]:
    studied = room.desks[params.text_document.uri]
    source = Source(studied.name, studied.text)
    document, mistakes = parse(source)
    return [] if has_errors(mistakes) else list(shapes.changes(source.text, format_source(source, document)))


def _actions(room: Room, params: types.CodeActionParams) -> list[types.CodeAction]:
    studied, desk = room.of(params.text_document)
    places = room.places(desk.source)
    start, end = places.offset(params.range.start), places.offset(params.range.end)
    here = [d for d in desk.diagnostics if d.span.start <= end and start <= d.span.end]
    language, encoding = room.spoken
    return [
        shapes.action(fix, studied.uri, places, language, converted(d, studied, language, encoding))
        for d in here[:MOST_FIXED]
        for fix in fixes(desk, d, studied.kept)
    ]


# --- looks -----------------------------------------------------------------------------------------------------------


def _symbols(room: Room, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
    _, desk = room.of(params.text_document)
    entries = outline(desk.document, room.spoken.language) if desk.document else ()
    return [shapes.symbol(entry, room.places(desk.source)) for entry in entries]


def _tokens(room: Room, params: types.SemanticTokensParams) -> types.SemanticTokens:
    _, desk = room.of(params.text_document)
    return shapes.semantic_tokens(colours(desk), room.places(desk.source))


def _folding(room: Room, params: types.FoldingRangeParams) -> list[types.FoldingRange]:
    _, desk = room.of(params.text_document)
    return [shapes.folding_range(fold) for fold in (folds(desk.document) if desk.document else ())]


def _hints(room: Room, params: types.InlayHintParams) -> list[types.InlayHint]:
    _, desk = room.of(params.text_document)
    places = room.places(desk.source)
    start, end = places.offset(params.range.start), places.offset(params.range.end)
    return [shapes.inlay_hint(h, places) for h in hints(desk, room.spoken.language) if start <= h.offset <= end]


# --- examples --------------------------------------------------------------------------------------------------------


def _lenses(room: Room, params: types.CodeLensParams) -> list[types.CodeLens]:
    studied, desk = room.of(params.text_document)
    places, language = room.places(desk.source), room.spoken.language
    return [shapes.code_lens(lens, studied.uri, places, language) for lens in lenses(desk, studied.ran)]


def _run_example(room: Room, params: tuple[str, str]) -> str:
    uri, name = params
    studied = room.desks[uri]
    result = run(room.desks.desk(studied), name)
    if isinstance(result, Text):
        said, kind = room.text(result), types.MessageType.Warning
    else:
        studied.ran[name] = result
        said = told(result, room.spoken.language)
        kind = types.MessageType.Info if result.holds else types.MessageType.Error
    room.show(said, kind)
    return said


ANSWERS: Mapping[str, Callable[[Room, Any], object]] = {
    CHECK: _check,
    types.TEXT_DOCUMENT_HOVER: _hover,
    types.TEXT_DOCUMENT_DEFINITION: _definition,
    types.TEXT_DOCUMENT_REFERENCES: _references,
    types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT: _highlight,
    types.TEXT_DOCUMENT_COMPLETION: _completion,
    types.TEXT_DOCUMENT_PREPARE_RENAME: _prepare_rename,
    types.TEXT_DOCUMENT_RENAME: _rename,
    types.TEXT_DOCUMENT_FORMATTING: _formatting,
    types.TEXT_DOCUMENT_CODE_ACTION: _actions,
    types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: _symbols,
    types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL: _tokens,
    types.TEXT_DOCUMENT_FOLDING_RANGE: _folding,
    types.TEXT_DOCUMENT_INLAY_HINT: _hints,
    types.TEXT_DOCUMENT_CODE_LENS: _lenses,
    shapes.RUN_EXAMPLE: _run_example,
}
