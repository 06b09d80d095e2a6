"""What python-docx has no words for: fields, bookmarks, links inside a file, heads of tables, colours of cells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

FIRST_OF_OURS = 10_000  #: numbers of bookmarks and drawings, beyond those that a template may have
_OURS = "_guiju"
#: what may stand behind `updateFields` in the settings of a file
_AFTER_UPDATE = (
    *("hdrShapeDefaults", "footnotePr", "endnotePr", "compat", "docVars", "rsids", "attachedSchema", "themeFontLang"),
    *("clrSchemeMapping", "doNotIncludeSubdocsInStats", "captions", "readModeInkLockDown", "shapeDefaults"),
    *("decimalSymbol", "listSeparator"),
)


def element(tag: str, **attributes: str) -> Any:
    """An element of WordprocessingML with attributes of its own name space."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def before(parent: Any, child: Any, names: tuple[str, ...]) -> None:
    """Put an element where the schema has it: before the first of those that come after it."""
    tags = {qn(f"w:{name}") for name in names}
    first = next((other for other in parent if other.tag in tags), None)
    if first is None:
        parent.append(child)
    else:
        first.addprevious(child)


def updated(settings: Any) -> None:
    """Have Word compute the fields of a file when it is opened."""
    if settings.find(qn("w:updateFields")) is None:
        before(settings, element("updateFields", val="true"), _AFTER_UPDATE)


def text_run(text: str) -> Any:
    """A run of plain text."""
    run, said = element("r"), element("t")
    said.text = text
    said.set(qn("xml:space"), "preserve")
    run.append(said)
    return run


def field(instruction: str, shown: str) -> Iterator[Any]:
    """The runs of a field; `shown` stands there until it is computed."""
    yield from (_edge("begin"), _instruction(instruction), _edge("separate"), text_run(shown), _edge("end"))


def _instruction(text: str) -> Any:
    run, said = element("r"), element("instrText")
    said.text = f" {text} "
    said.set(qn("xml:space"), "preserve")
    run.append(said)
    return run


def _edge(kind: str) -> Any:
    run = element("r")
    run.append(element("fldChar", fldCharType=kind))
    return run


class Bookmarks:
    """Names of places, as Word allows them: one for each anchor of the document."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def name(self, anchor: str) -> str:
        """The name of the bookmark of an anchor."""
        return self._names.setdefault(anchor, f"{_OURS}{FIRST_OF_OURS + len(self._names)}")

    def around(self, paragraph: Any, anchor: str) -> None:
        """Put the bookmark of an anchor around what a paragraph says."""
        name = self.name(anchor)
        number = name.removeprefix(_OURS)
        place = paragraph._p  # noqa: SLF001 - python-docx has no name for it
        first = next((i for i, child in enumerate(place) if child.tag != qn("w:pPr")), len(place))
        place.insert(first, element("bookmarkStart", id=number, name=name))
        place.append(element("bookmarkEnd", id=number))


def link(name: str, runs: Iterator[Any]) -> Any:
    """Runs that lead to a bookmark."""
    made = element("hyperlink", anchor=name, history="1")
    made.extend(runs)
    return made


def shaded(cell: Any, colour: str) -> None:
    """Give a cell a ground."""
    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001
    properties.append(element("shd", val="clear", color="auto", fill=colour))


def repeated(row: Any) -> None:
    """Print a row again at the top of each page."""
    row._tr.get_or_add_trPr().append(element("tblHeader"))  # noqa: SLF001


def unbroken(row: Any) -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().append(element("cantSplit"))  # noqa: SLF001


def at_least(row: Any, height: int) -> None:
    """Give a row room; `height` in twentieths of a point."""
    row._tr.get_or_add_trPr().append(element("trHeight", val=str(height), hRule="atLeast"))  # noqa: SLF001


def padded(table: Any) -> None:
    """Some room above and below what stands in the cells."""
    margins = element("tblCellMar")
    for side in ("top", "bottom"):
        margins.append(element(side, w="35", type="dxa"))  # twentieths of a point
    before(table._tbl.tblPr, margins, ("tblLook",))  # noqa: SLF001
