"""A path -> the catalog that the file holds: the end of its name says which reader it is for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from guiju.dsl.diagnostic import Diagnostic, Text
from guiju.dsl.source import Source, Span
from guiju.exchange.text import read_text
from guiju.intake.catalog import Catalog, Level, Unread, filled
from guiju.intake.codes import UNKNOWN_DOCUMENT
from guiju.intake.membership import counted
from guiju.intake.order import refused
from guiju.intake.profile import with_levels
from guiju.intake.profile_files import read_profiles
from guiju.intake.writable import writable

_Read: TypeAlias = tuple[Catalog | None, tuple[Diagnostic, ...]]

_EMPTY = Text("等级“{level}”没有任何条款计入", "no clause counts at the level `{level}`")

KNOWN = ".json (OSCAL), .xlsx, .docx, .md, .txt"


def read(path: Path, profiles: tuple[tuple[str, Path], ...] = (), order: tuple[str, ...] = ()) -> _Read:
    """The catalog of a file, at the levels of the profiles: the id of each level with the file of its profile.

    `order`: the levels by their names, lowest first, where the document does not say which that is.
    """
    catalog, found = _reader(path)(path, order)
    if catalog is None:
        return None, found
    given = tuple(Level(level, (level,)) for level, _ in profiles) or catalog.levels
    wrong = refused(given, order, Span(Source(str(path), ""), 0, 0))
    if wrong:
        return None, (*found, *wrong)
    if order and profiles:
        profiles = tuple(sorted(profiles, key=lambda profile: order.index(profile[0])))
    levels, unclear = read_profiles(profiles, path.name)
    if levels is None:
        return None, (*found, *unclear)
    return writable(_with_empty_levels_told(with_levels(catalog, levels, path.name))), (*found, *unclear)


def _with_empty_levels_told(catalog: Catalog) -> Catalog:
    empty = (level for level in catalog.levels if not counted(catalog, level.id))
    told = (Unread(catalog.source, level.id, "choice", filled(_EMPTY, level=level.id)) for level in empty)
    return replace(catalog, unread=(*catalog.unread, *told))


def named(catalog: Catalog, name: str | None) -> Catalog:
    """The catalog under the id that was asked for."""
    return replace(catalog, id=name) if name else catalog


def _reader(path: Path) -> Callable[[Path, tuple[str, ...]], _Read]:
    match path.suffix.lower():
        case ".json":
            return _oscal
        case ".xlsx" | ".xlsm":
            from guiju.intake.sheet import read_workbook

            return read_workbook
        case ".docx" | ".md" | ".markdown" | ".txt":
            from guiju.intake.written import read_document

            return read_document
    return _unknown


def _oscal(path: Path, _order: tuple[str, ...]) -> _Read:
    from guiju.intake.oscal import read_catalog

    text, found = read_text(path)
    return read_catalog(text.source) if text else (None, found)


def _unknown(path: Path, _order: tuple[str, ...]) -> _Read:
    arguments = (("name", path.name), ("known", KNOWN))
    return None, (Diagnostic(UNKNOWN_DOCUMENT, Span(Source(str(path), ""), 0, 0), arguments),)
