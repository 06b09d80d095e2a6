"""A body's Word template -> the same document with the values of an assessment in it: the one door to docxtpl.

What a template may say is looked at before anything of it is run: placeholders, loops over the tables that there are,
and `if`. No attribute is walked, nothing is called, and how often a loop runs is known beforehand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from html import unescape
from io import BytesIO
from pathlib import Path
from traceback import walk_tb
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from guiju.dsl.diagnostic import Diagnostic, Text
from guiju.exchange.node import clip
from guiju.report.fill import codes
from guiju.report.fill.names import Place, Told, in_no_row, in_row
from guiju.report.fill.parts import Parts, clean
from guiju.report.fill.values import FIELDS, TABLES, Answer, Value, Values, text_of

if TYPE_CHECKING:
    from jinja2 import Environment, TemplateSyntaxError, nodes

MOST_ROUNDS = 200_000  # of all loops together
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TAGS = re.compile(r"\{[{%].*?[}%]\}")
#: what docxtpl takes for more than a value: raw XML in place of a text, and cells that are joined or coloured
_SPECIAL = re.compile(r"\{\{\s*(?:r|p|tr|tc)\s+\S|\{%\s*(?:colspan|cellbg|hm|vm)\b")
#: what else Jinja has -> how it is called, and a sign by which its place is found
_CALLED: Mapping[str, tuple[Text, str]] = {
    "Getattr": (Text("行以外的属性", "an attribute of anything but a row"), "."),
    "Call": (Text("函数调用", "a call"), "("),
    "Filter": (Text("过滤器", "a filter"), "|"),
    "Getitem": (Text("下标", "an index"), "["),
    "Include": (Text("引用别的文件", "another file"), "include"),
    "Import": (Text("引用别的文件", "another file"), "import"),
    "FromImport": (Text("引用别的文件", "another file"), "import"),
    "Extends": (Text("引用别的文件", "another file"), "extends"),
    "Macro": (Text("宏", "a macro"), "macro"),
    "Assign": (Text("赋值", "an assignment"), "set"),
}
_TAKEN = ("Template", "Output", "TemplateData", "If", "CondExpr", "Compare", "Operand", "And", "Or", "Not", "Const")
#: where docxtpl fills in something, and the properties of a document
_FILLED = ("document", "header", "footer", "footnotes")
_PROPERTIES = ("author", "comments", "identifier", "language", "subject", "title")
_PARAGRAPH, _XML_TAGS = re.compile(r"<w:p[ >]"), re.compile(r"<[^>]+>")
_COMPARED = re.compile(r"[<>]|\bin\b")
_OF_JINJA = "<template>"  # how it calls the file of a text that comes from none
MOST_NESTED = 60  # within each other: Python, into which Jinja translates that, has bounds of its own
_LOOP = 5  # what a loop counts there
_DEEP = Text("嵌套这么深的写法", "anything nested as deep as this")
_NO_CONDITION = Text("拿文字和数相比的条件 {mark}", "a condition that compares a text with a number, {mark}")
_LARGE = Text("循环的次数太多", "loops that run too often")
_SYNTAX = Text("写错的标记：{message}", "a mark that is written wrongly: {message}")
_SPECIAL_MARK = Text("特殊的标记 {mark}", "the special mark {mark}")


def fill_document(path: Path, parts: Parts, values: Values) -> tuple[bytes | None, tuple[Diagnostic, ...]]:
    """The bytes of the document, filled; or what is wrong with it, all at once."""
    from docxtpl import DocxTemplate
    from jinja2 import TemplateError

    told = Told(path)
    places = list(_places(path, parts))
    _unfilled(places, told)
    environment = _environment(look := _Look(values, places, told))
    template = DocxTemplate(BytesIO(parts.data()))
    template.init_docx()
    sources = list(_sources(template))
    for source in sources:
        with suppress(TemplateError):  # which is told by then
            environment.parse(source)
    if not look.asked and not told.found:
        told.file(codes.NOTHING_TO_FILL, name=path.name)
    if told.found:
        return None, tuple(told.found)
    properties = template.docx.core_properties
    told_before = {name: getattr(properties, name) for name in _PROPERTIES}
    try:
        template.render(_context(values), jinja_env=environment, autoescape=True)
    except TypeError:
        for source in sources:
            _find_condition(environment, source, values, look)
            if told.found:
                return None, tuple(told.found)
        raise
    for name, text in told_before.items():  # which are no XML, and need no escaping
        setattr(properties, name, unescape(getattr(properties, name)) if "{{" in text else text)
    out = BytesIO()
    template.save(out)
    return _timeless(out.getvalue()), ()


def _environment(look: _Look) -> Environment:
    """Jinja's sandbox, in which nothing is run that was not looked at."""
    from jinja2 import TemplateSyntaxError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Checked(ImmutableSandboxedEnvironment):
        def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
            try:
                tree = super()._parse(source, name, filename)
            except TemplateSyntaxError as error:
                look.wrong_mark(error)
                raise
            except RecursionError:
                look.too_deep()
                raise TemplateSyntaxError("", 1) from None
            look.at(tree, {}, 1)
            if look.told.found:
                raise TemplateSyntaxError("", 1)
            return tree

    return Checked(autoescape=True)


def _find_condition(environment: Environment, source: str, values: Values, look: _Look) -> None:
    """Tell the condition that comes to nothing in a text that docxtpl gives to Jinja: it is that of a paragraph."""
    text = _PARAGRAPH.sub(r"\n\g<0>", source)
    try:
        environment.from_string(text).render(_context(values))
    except TypeError as error:
        lines = [number for frame, number in walk_tb(error.__traceback__) if frame.f_code.co_filename == _OF_JINJA]
        line = text.splitlines()[lines[-1] - 1] if lines else ""
        marks = _TAGS.findall(unescape(_XML_TAGS.sub("", line)))
        look.no_condition(next((mark for mark in marks if _COMPARED.search(mark)), ""))


def _context(values: Values) -> dict[str, Any]:
    """Everything as Jinja shows and compares it: texts, whole numbers, and words for yes and no."""
    rows = {
        name: [{key: _shown(value) for key, value in row.items()} for row in table]
        for name, table in values.tables.items()
    }
    return {name: _shown(value) for name, value in values.values.items()} | rows


def _shown(value: Value) -> str | int:
    if isinstance(value, Answer):
        return value
    if isinstance(value, Fraction) and value.denominator == 1:
        return value.numerator
    return clean(text_of(value))


def _sources(template: Any) -> Iterator[str]:
    """The body, headers, footers, footnotes and properties as docxtpl gives them to Jinja."""
    yield template.patch_xml(template.get_xml())
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        for _, part in template.get_headers_footers(uri):
            yield template.patch_xml(template.get_part_xml(part))
    for part in template.docx.part.package.iter_parts():
        if part.content_type.endswith(".footnotes+xml"):
            yield template.patch_xml(part.blob.decode("utf-8"))
    yield from (getattr(template.docx.core_properties, name) for name in _PROPERTIES)


def _timeless(data: bytes) -> bytes:
    """The same archive without the time at which it was written."""
    with ZipFile(BytesIO(data)) as archive:
        return Parts({name: archive.read(name) for name in archive.namelist()}).data()


# --- what a template says ------------------------------------------------------------------------------------------


@dataclass
class _Look:
    """Goes through what Jinja would run, and tells what is not offered."""

    values: Values
    places: list[Place]
    told: Told
    asked: int = 0
    rounds: int = 0

    def at(self, node: nodes.Node, scope: Mapping[str, str], times: int, depth: int = 0) -> None:
        """`scope`: of each name of a loop its table; `times`: how often this is run; `depth`: in how much it stands."""
        from jinja2 import nodes

        if depth > MOST_NESTED:
            self.too_deep()
            return
        match node:
            case nodes.For():
                self._loop(node, scope, times, depth)
            case nodes.Getattr(node=nodes.Name(name=name), attr=field) if name in scope:
                self.asked += 1
                if field not in FIELDS[scope[name]]:
                    table = scope[name]
                    known = tuple(f"{name}.{f}" for f in FIELDS[table])
                    self.told.unknown(f"{name}.{field}", self._place(f"{name}.{field}"), known, in_row(table))
            case nodes.Getattr(node=nodes.Name(name=name), attr=field):
                self.told.unknown(f"{name}.{field}", self._place(f"{name}.{field}"), (), in_no_row(name))
            case nodes.Name(name=name):
                self.asked += 1
                if name not in self.values.values:
                    known = () if name in TABLES else tuple(self.values.values)
                    self.told.unknown(name, self._place(name), known, in_no_row(name))
            case _ if type(node).__name__ in _TAKEN:
                for inner in node.iter_child_nodes():
                    self.at(inner, scope, times, depth + 1)
            case _:
                kind = type(node).__name__
                called, sign = _CALLED.get(kind, (Text(f"“{kind}”这种写法", f"the construct {kind}"), ""))
                self.told.at(codes.TEMPLATE_CONSTRUCT, self._place(sign), what=called)

    def _loop(self, node: nodes.For, scope: Mapping[str, str], times: int, depth: int) -> None:
        from jinja2 import nodes

        self.asked += 1
        target, table = node.target, node.iter
        if not isinstance(target, nodes.Name) or not isinstance(table, nodes.Name) or node.recursive:
            what = Text("对表以外的循环", "a loop over anything but a table")
            self.told.at(codes.TEMPLATE_CONSTRUCT, self._place("for"), what=what)
            return
        if table.name not in TABLES:
            self.told.unknown(table.name, self._place(table.name), tuple(TABLES))
            return
        times *= len(self.values.tables[table.name])
        self.rounds += times
        if self.rounds > MOST_ROUNDS:
            self.told.at(codes.TEMPLATE_CONSTRUCT, self._place(table.name), what=_LARGE)
            return
        inside = {**scope, target.name: table.name}
        for inner in (*node.body, *node.else_, *([node.test] if node.test else [])):
            self.at(inner, inside, times, depth + _LOOP)

    def wrong_mark(self, error: TemplateSyntaxError) -> None:
        """Tell what Jinja could not read, at the first paragraph with such a mark."""
        message = error.message or ""
        what = Text(_SYNTAX.zh.format(message=message), _SYNTAX.en.format(message=message))
        marked = (p for p in self.places if "{%" in p.text or p.text.count("{{") != p.text.count("}}"))
        self.told.at(codes.TEMPLATE_CONSTRUCT, next(marked, self._place("")), what=what)

    def too_deep(self) -> None:
        """Tell what stands in too many others, at the paragraph with the longest mark."""
        longest = max((mark for p in self.places for mark in _TAGS.findall(p.text)), key=len, default="")
        self.told.at(codes.TEMPLATE_CONSTRUCT, self._place(longest), what=_DEEP)

    def no_condition(self, mark: str) -> None:
        """Tell a condition that comes to nothing, at its paragraph; a mark of a row begins otherwise there."""
        inner = mark.strip("{}% ")
        place = self._place(inner)
        whole = next((m for m in _TAGS.findall(place.text) if inner in m), mark)
        what = Text(_NO_CONDITION.zh.format(mark=clip(whole)), _NO_CONDITION.en.format(mark=clip(whole)))
        self.told.at(codes.TEMPLATE_CONSTRUCT, place, whole, what=what)

    def _place(self, part: str) -> Place:
        """The first paragraph with a mark that has a text in it."""
        marked = (p for p in self.places if any(part in mark for mark in _TAGS.findall(p.text)))
        return next(marked, Place(str(self.told.path), ""))


def _places(path: Path, parts: Parts) -> Iterator[Place]:
    """The paragraphs with marks in them: `report.docx!document ¶12`."""
    for part in parts.names("word/"):
        for number, paragraph in enumerate(parts.tree(part).iter(f"{_W}p"), 1):
            text = "".join(t.text or "" for t in paragraph.iter(f"{_W}t"))
            if "{{" in text or "{%" in text:
                yield Place(f"{path}!{part.rpartition('/')[2].removesuffix('.xml')} ¶{number}", text)


def _unfilled(places: list[Place], told: Told) -> None:
    """Marks that docxtpl takes for more than a value, and those in parts where it fills in nothing."""
    for place in places:
        part = place.name.rpartition("!")[2].partition(" ")[0]
        if not part.startswith(_FILLED):
            told.at(codes.TEMPLATE_CONSTRUCT, place, what=Text(f"{part} 里的占位符", f"a placeholder in its {part}"))
        for found in _SPECIAL.finditer(place.text):
            mark = next(m for m in (*_TAGS.findall(place.text), found[0]) if found[0] in m or m in found[0])
            what = Text(_SPECIAL_MARK.zh.format(mark=mark), _SPECIAL_MARK.en.format(mark=mark))
            told.at(codes.TEMPLATE_CONSTRUCT, place, mark, what=what)
