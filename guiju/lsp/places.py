"""Offsets of a text <-> the lines and characters of the protocol, which counts in the units that the client chose."""

from __future__ import annotations

from lsprotocol import types

from guiju.dsl.source import Source, Span

_BYTES = {types.PositionEncodingKind.Utf8: ("utf-8", 1), types.PositionEncodingKind.Utf16: ("utf-16-le", 2)}


class Places:
    """Converts places of one text. `encoding` is what one character of the client is."""

    def __init__(self, source: Source, encoding: str | None) -> None:
        self._source = source
        self._bytes = _BYTES.get(types.PositionEncodingKind(encoding or "utf-16"))
        self._lines = source.text.count("\n") + 1

    def position(self, offset: int) -> types.Position:
        """The place in front of a character."""
        place = self._source.position(offset)
        start = self._source.offset(place.line)
        return types.Position(place.line - 1, self.length(self._source.text[start:offset]))

    def length(self, text: str) -> int:
        """How long the client takes a text to be."""
        if self._bytes is None:
            return len(text)
        encoding, size = self._bytes
        return len(text.encode(encoding, "surrogatepass")) // size

    def range(self, span: Span) -> types.Range:
        """The characters of a span."""
        return types.Range(self.position(span.start), self.position(span.end))

    def offset(self, position: types.Position) -> int:
        """The character behind a place; the end of the line where it is behind that."""
        if position.line >= self._lines:
            return len(self._source.text)
        line = self._source.line_text(position.line + 1)
        start = self._source.offset(position.line + 1)
        if self._bytes is None:
            return start + min(position.character, len(line))
        encoding, size = self._bytes
        encoded = line.encode(encoding, "surrogatepass")[: position.character * size]
        return start + len(encoded.decode(encoding, "ignore"))
