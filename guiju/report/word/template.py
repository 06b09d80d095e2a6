"""A Word file of a body's own, whose styles, page, head and foot a report takes over, and its own pages around it."""

from __future__ import annotations

from copy import deepcopy
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml.etree import LxmlError

from guiju.exchange.damage import DAMAGED

if TYPE_CHECKING:
    from docx.document import Document as WordFile

PLACE = "{{report}}"
LARGEST = 64 * 1024 * 1024  # bytes of a template, packed or not
_BROKEN: tuple[type[Exception], ...] = (*DAMAGED, OpcError, LxmlError)


class NotWordError(Exception):
    """The bytes are no Word file, or unpack to more than 64 MiB."""


def opened(data: bytes) -> WordFile:
    """The file of a template.

    Raises:
        NotWordError: there is none in the bytes.
    """
    import docx

    try:
        with ZipFile(BytesIO(data)) as archive:
            if sum(member.file_size for member in archive.infolist()) > LARGEST:
                raise NotWordError
        return docx.Document(BytesIO(data))
    except _BROKEN as error:
        raise NotWordError from error


class Place:
    """Where in a template the report stands: at the paragraph `{{report}}`, else instead of all that is there."""

    def __init__(self, file: WordFile) -> None:
        self._body: Any = file.element.body
        self._before = [child for child in self._body if child.tag != qn("w:sectPr")]
        found = (p for p in file.paragraphs if "".join(p.text.split()) == PLACE)
        self._place: Any = next((p._p for p in found), None)  # noqa: SLF001 - python-docx has no name for it

    @property
    def is_inside(self) -> bool:
        """Whether the template has pages of its own around the report."""
        return self._place is not None

    def fill(self) -> None:
        """Move what was added to the file to its place."""
        if self._place is None:
            for child in self._before:
                self._body.remove(child)
            return
        added = [c for c in self._body if c.tag != qn("w:sectPr") and not any(c is old for old in self._before)]
        for child in added:
            self._place.addprevious(child)
        self._body.remove(self._place)


def complete_styles(file: WordFile, names: tuple[str, ...]) -> None:
    """Give a file the styles that it lacks, as Word has them."""
    import docx

    missing = [name for name in names if name not in file.styles]
    if missing:
        others = docx.Document().styles
        for name in missing:
            file.styles.element.append(deepcopy(others[name].element))
