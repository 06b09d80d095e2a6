"""The parts of an office file as trees of XML, and the file with those that were changed: the one door to lxml here."""

from __future__ import annotations

import posixpath
import re
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from guiju.dsl.diagnostic import Text
from guiju.exchange.workbook.package import read_parts

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class Parts:
    """An office file: its parts by name. Those asked for as trees are written anew, the others as they were."""

    def __init__(self, parts: dict[str, bytes]) -> None:
        self._parts = parts
        self._trees: dict[str, Any] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def names(self, start: str) -> list[str]:
        """The XML parts below a folder."""
        return [name for name in self._parts if name.startswith(start) and name.endswith(".xml")]

    def tree(self, name: str) -> Any:
        """The root of a part, which is written anew."""
        from lxml import etree

        if name not in self._trees:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
            self._trees[name] = etree.fromstring(self._parts[name], parser)
        return self._trees[name]

    def drop(self, name: str) -> None:
        """Leave out a part."""
        self._parts.pop(name, None)
        self._trees.pop(name, None)

    def targets(self, name: str) -> dict[str, str]:
        """The parts that a part refers to, by the ids of these relations; what lies outside of the file is left out."""
        folder, _, own = name.rpartition("/")
        relations = f"{folder}/_rels/{own}.rels"
        if relations not in self._parts:
            return {}
        found = {}
        for relation in self.tree(relations):
            if relation.get("TargetMode") != "External":
                target = relation.get("Target", "")
                at = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
                found[relation.get("Id", "")] = at
        return found

    def data(self) -> bytes:
        """The file, the same bytes for the same parts."""
        from lxml import etree

        out = BytesIO()
        with ZipFile(out, "w", ZIP_DEFLATED) as archive:
            for name, kept in self._parts.items():
                part = kept
                if name in self._trees:
                    tree: Any = self._trees[name]
                    part = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
                info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                info.compress_type, info.external_attr = ZIP_DEFLATED, 0o644 << 16
                archive.writestr(info, part)
        return out.getvalue()


def opened(path: Path) -> Parts | Text:
    """The parts of a file, or why it is not read."""
    parts = read_parts(path)
    return parts if isinstance(parts, Text) else Parts(parts)


def relation_id(element: Any) -> str:
    """The id of the relation that an element names."""
    return str(element.get(f"{{{_RELATIONS}}}id") or "")


def clean(text: str) -> str:
    """A text as XML holds it; what it does not hold is shown as such."""
    return _NOT_IN_XML.sub("\ufffd", text)
