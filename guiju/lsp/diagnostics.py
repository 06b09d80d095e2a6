"""Diagnostics -> those of the protocol, by the file that they are about."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from lsprotocol import types
from pygls import uris

from guiju.dsl.diagnostic import Diagnostic, Language, Severity, Text
from guiju.dsl.source import Source
from guiju.lsp.places import Places
from guiju.lsp.texts import OpenText

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.NOTE: types.DiagnosticSeverity.Information,
}
_HELP = Text("建议：{help}", "Help: {help}")
_UNUSED = ("unused-fact", "unused-input", "unused-let")


def by_file(
    opened: OpenText, found: Iterable[Diagnostic], language: Language, encoding: str | None
) -> dict[str, list[types.Diagnostic]]:
    """What is told of a text and of the files that it uses, by their addresses; the text itself is always there."""
    told: dict[str, list[types.Diagnostic]] = {opened.uri: []}
    for diagnostic in found:
        uri = address(diagnostic.span.source, opened)
        told.setdefault(uri, []).append(converted(diagnostic, opened, language, encoding))
    return told


def address(source: Source, opened: OpenText) -> str:
    """Where a text is: that of a source which is not the open one itself."""
    if source.name == opened.name:
        return opened.uri
    return uris.from_fs_path(str(Path(source.name).resolve())) or opened.uri


def converted(diagnostic: Diagnostic, opened: OpenText, language: Language, encoding: str | None) -> types.Diagnostic:
    """One diagnostic: message and remedy, and the other places that it names."""
    said = (diagnostic.message(language), _HELP.in_language(language).format(help=diagnostic.help(language)))
    related = [
        types.DiagnosticRelatedInformation(
            types.Location(address(label.span.source, opened), Places(label.span.source, encoding).range(label.span)),
            label.caption.in_language(language),
        )
        for label in diagnostic.labels
    ]
    return types.Diagnostic(
        range=Places(diagnostic.span.source, encoding).range(diagnostic.span),
        message="\n".join(said),
        severity=_SEVERITIES[diagnostic.code.severity],
        code=diagnostic.code.name,
        source="guiju",
        related_information=related or None,
        tags=[types.DiagnosticTag.Unnecessary] if diagnostic.code.name in _UNUSED else None,
    )
