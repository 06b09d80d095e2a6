"""A bundle -> what of it does not follow from its own sources, member by member and step by step."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from typing import Any

from guiju.bundle import codes, parts
from guiju.bundle.layout import body
from guiju.bundle.make import content_of
from guiju.bundle.model import BundleModel
from guiju.bundle.read import BundleFile, line_span
from guiju.bundle.sources import source_of
from guiju.dsl.diagnostic import Diagnostic, Text
from guiju.dsl.source import Source, Span

_NOTHING = Text("（没有）", "nothing")


def replay(file: BundleFile, here: str) -> tuple[Diagnostic, ...]:
    """Derive everything again from the sources in a bundle, and compare. `here`: the version that does so.

    Nothing but the bundle is looked at: no policy that is installed, no file that lies about.
    """
    bundle, source, other = file.bundle, file.source, other_engine(file, here)
    content, errors = rederived(bundle)
    if content is None:
        return (*other, _no_assessment(source, errors), *errors)
    stated = bundle.model_dump(exclude_defaults=True)
    return (*other, *_Comparison(source, stated).with_(content))


def rederived(bundle: BundleModel) -> tuple[dict[str, Any] | None, tuple[Diagnostic, ...]]:
    """The members of a bundle as they follow from its sources and readings."""
    sources = tuple(source_of(model) for model in bundle.sources)
    return content_of(sources, {chosen.reading: chosen.option for chosen in bundle.readings}, bundle.engine)


def other_engine(file: BundleFile, here: str) -> tuple[Diagnostic, ...]:
    """That a bundle was written by another version, if it was."""
    if file.bundle.engine == here:
        return ()
    arguments = (("made", file.bundle.engine), ("here", here))
    return (Diagnostic(codes.OTHER_ENGINE, line_span(file.source, 2), arguments),)


def _no_assessment(source: Source, errors: tuple[Diagnostic, ...]) -> Diagnostic:
    reason = (
        Text(f"其中有 {len(errors)} 个错误，列在下面", f"they have {len(errors)} error(s), listed below")
        if errors
        else Text("没有策略或没有证据", "there is no policy, or no evidence, among them")
    )
    return Diagnostic(codes.BUNDLE_SOURCE, Span(source, 0, 0), (("reason", reason),))


@dataclass(frozen=True)
class _Comparison:
    """What a bundle says, and the text that says so."""

    source: Source
    stated: Mapping[str, Any]

    def with_(self, found: Mapping[str, Any]) -> Iterator[Diagnostic]:
        """Each member, or item of one, that is not what was found; what rests on other inputs is not looked at."""
        inputs = ("readings", "sources")
        wrong = [key for key in inputs if self.stated[key] != found[key]]
        for key in wrong or found:
            if self.stated[key] == found[key]:
                continue
            if key in parts.ITEMS:
                yield from self._items(key, found[key])
            elif key == "sources":
                yield self._sources(found[key])
            else:
                yield self._deviates(parts.member(key), key, 0, self.stated[key], found[key])

    def _sources(self, found: list[dict[str, Any]]) -> Diagnostic:
        """The first source whose head is not that of its text, that nothing asks for, or that has other lines."""
        stated, wanted = next(pair for pair in zip_longest(self.stated["sources"], found) if pair[0] != pair[1])
        told = stated or wanted
        if stated and wanted and _head(stated) == _head(wanted):  # one text, but not line by line
            stated, wanted = ({"lines": len(side["lines"])} for side in (stated, wanted))
        else:
            stated, wanted = (side and _head(side) for side in (stated, wanted))
        key = f"{told['role']} {told['name']}"
        return self._deviates(parts.source_line(told["role"], told["name"], 0), key, 0, stated, wanted)

    def _items(self, key: str, found: list[dict[str, Any]]) -> Iterator[Diagnostic]:
        """Item by item under the names that they have; if these are alike, in the order that they have."""
        _, name = parts.ITEMS[key]
        stated = self.stated[key]
        here, there = ({item[name]: item for item in items} for items in (stated, found))
        places = {item[name]: index for index, item in enumerate(stated, 1)}
        names = [*here, *(n for n in there if n not in here)]
        deviating = [n for n in names if here.get(n) != there.get(n)]
        for n in deviating:
            yield from self._item(key, n, places.get(n, 0), here.get(n), there.get(n))
        if not deviating:
            order = Text("各项的次序或数目", "the order or number of its items")
            part = Text(f"{parts.member(key).zh}{order.zh}", f"{parts.member(key).en}, {order.en}")
            yield self._deviates(part, key, 0, len(stated), len(found))

    def _item(
        self, key: str, name: str, index: int, stated: dict[str, Any] | None, found: dict[str, Any] | None
    ) -> Iterator[Diagnostic]:
        part = parts.item(key, name)
        if stated is None or found is None:
            yield self._deviates(part, key, index, stated, found)
            return
        for member in dict.fromkeys((*stated, *found)):
            if stated.get(member) != found.get(member):
                of = Text(f"{part.zh}的“{member}”", f"{part.en}, `{member}`")
                yield self._deviates(of, key, index, stated.get(member), found.get(member))

    def _deviates(self, part: Text, key: str, index: int, stated: object, found: object) -> Diagnostic:
        arguments = (("part", part), ("stated", _told(stated)), ("found", _told(found)))

        line = self._lines.get((key, index), 1)
        return Diagnostic(codes.BUNDLE_DEVIATES, line_span(self.source, line), arguments)

    @cached_property
    def _lines(self) -> dict[tuple[str, int], int]:
        """Where each item stands in the text of the bundle."""
        return {(line.part, line.number): number for number, line in enumerate(body(self.stated), 1)}


def _head(source: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in source.items() if key != "lines"}


def _told(value: object) -> str | Text:
    if value is None:
        return _NOTHING
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
