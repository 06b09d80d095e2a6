"""What OSCAL requires of a catalog or a profile: fields that are not there are told, and how often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from guiju.dsl.diagnostic import Text
from guiju.exchange.node import Mapping, Node, Sequence
from guiju.intake.catalog import Unread, filled
from guiju.intake.tree import place_of

#: the key that a part stands under -> the fields that each such part has
_REQUIRED: dict[str, tuple[str, ...]] = {
    "catalog": ("uuid", "metadata"),
    "profile": ("uuid", "metadata", "imports"),
    "metadata": ("title", "last-modified", "version", "oscal-version"),
    "groups": ("title",),
    "controls": ("id", "title"),
    "parts": ("name",),
    "params": ("id",),
    "props": ("name", "value"),
    "links": ("href",),
    "imports": ("href",),
    "alters": ("control-id",),
    "set-parameters": ("param-id",),
    "resources": ("uuid",),
}
_LACKS = Text(
    "“{part}”缺少 OSCAL 要求写的字段（几处；这里是第一处）：{fields}",
    "`{part}` lacks fields that OSCAL requires (how often; this is the first place): {fields}",
)


def lacking(whole: Node, kind: str) -> tuple[Unread, ...]:
    """Each kind of part with the required fields that it lacks. `kind` of the whole is `catalog` or `profile`."""
    places: dict[str, str] = {}
    met: dict[str, Counter[str]] = {}
    for part, node in _parts(whole, kind):
        for field in _REQUIRED[part]:
            if node.entry(field) is None:
                places.setdefault(part, place_of(node))
                met.setdefault(part, Counter())[field] += 1
    return tuple(
        Unread(places[part], part, "choice", filled(_LACKS, part=part, fields=_counted(fields)))
        for part, fields in met.items()
    )


def _counted(fields: Counter[str]) -> str:
    return ", ".join(f"{field} ({n})" for field, n in fields.items())


def _parts(node: Node, key: str) -> Iterator[tuple[str, Mapping]]:
    """Each part of which something is required, from the outside in, with the key that it stands under."""
    waiting = [(node, key)]
    while waiting:
        found, under = waiting.pop()
        if isinstance(found, Sequence):
            waiting += ((item, under) for item in reversed(found.items))
        elif isinstance(found, Mapping):
            if under in _REQUIRED:
                yield under, found
            waiting += ((entry.value, entry.key.text) for entry in reversed(found.entries))
