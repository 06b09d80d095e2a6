"""The files of profiles: those given as levels, those that they stand on, and rings among them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from guiju.dsl.diagnostic import Diagnostic
from guiju.exchange.json_tree import read_json
from guiju.exchange.text import read_text
from guiju.intake.codes import PROFILE_RING
from guiju.intake.profile import Profile, read_profile
from guiju.intake.tree import below


def read_profiles(
    given: tuple[tuple[str, Path], ...], catalog: str
) -> tuple[tuple[Profile, ...] | None, tuple[Diagnostic, ...]]:
    """The profiles of the levels, in their order, then those that they import from beside them, which are no levels.

    `catalog` is the name of the catalog's file. None where one of them cannot be read, or imports itself by way of
    others.
    """
    read: list[Profile] = []
    found: list[Diagnostic] = []
    waiting = [(level, path, True) for level, path in given]
    while waiting:
        level, path, is_level = waiting.pop(0)
        text, wrong = read_text(path)
        profile, unclear = read_profile(level, text.source, is_level=is_level) if text else (None, ())
        found += (*wrong, *unclear)
        if profile is None:
            return None, tuple(found)
        read.append(profile)
        taken = {catalog, *(p.file for p in read), *(p.name for _, p, _ in waiting)}
        waiting += ((beside.name, beside, False) for beside in _beside(profile, path, taken))
    rings = tuple(_rings(tuple(read)))
    return (None if rings else tuple(read)), (*found, *rings)


def _beside(profile: Profile, path: Path, taken: set[str]) -> Iterator[Path]:
    """The files in the folder of a profile that it imports and that are profiles, too, but for those taken up."""
    for name in dict.fromkeys(selection.source for selection in profile.selections):
        beside = path.parent / name
        if name and name not in taken and not _is_catalog(beside):
            yield beside


def _is_catalog(path: Path) -> bool:
    """Whether a file is no profile: what cannot be read is for the catalog that was given to stand in for."""
    text, _ = read_text(path)
    return text is None or below(read_json(text.source)[0], "profile") is None


def _rings(profiles: tuple[Profile, ...]) -> Iterator[Diagnostic]:
    """Profiles that lead back to themselves, each ring once, at the import that closes it."""
    by_file = {profile.file: profile for profile in profiles}
    told: set[frozenset[str]] = set()
    for start in profiles:
        paths: list[tuple[str, ...]] = [(start.file,)]
        seen = {start.file}
        while paths:
            path = paths.pop()
            for selection in by_file[path[-1]].selections:
                if selection.source == start.file and frozenset(path) not in told:
                    told.add(frozenset(path))
                    yield Diagnostic(PROFILE_RING, selection.span, (("ring", " → ".join((*path, start.file))),))
                elif selection.source in by_file and selection.source not in seen:
                    seen.add(selection.source)
                    paths.append((*path, selection.source))
