"""Other documents: sources that are not listed, that lack a clause, that two terms share; designations of two forms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guiju.compiler.checks.context import Checked
from guiju.compiler.review.records import Recorded, Said, recorded
from guiju.dsl import tree
from guiju.dsl.diagnostic import Code, Diagnostic, Label, Severity, Text

SOURCE_NOT_LISTED = Code(
    "source-not-listed",
    Severity.NOTE,
    Text("来源没有列入引用文件", "Source that is not listed"),
    Text(
        "{cites} 的术语来自 {source}，引用文件中没有它",
        "terms of {cites} are taken from {source}, which is not listed",
    ),
    Text("列入引用文件或参考文献", "list it among the references or the bibliography"),
    Text(
        "没有列出的文件，读者找不到，也不知道用哪一版",
        "a document that is not listed cannot be found in the right edition",
    ),
    'record term training "训练" cites 3.1\n  source "GB/T 41867—2022" 3.1.2',
)
SOURCE_WITHOUT_CLAUSE = Code(
    "source-without-clause",
    Severity.NOTE,
    Text("来源没有条款号", "Source without a clause"),
    Text(
        "“{name}”（{cites}）只写来自 {source}，没有条款号", "`{name}` ({cites}) is taken from {source}, no clause given"
    ),
    Text("补上条款号", "give the clause"),
    Text("没有条款号就无法核对定义是否原样采用", "without a clause nobody can see whether the definition was kept"),
    'record term data "训练数据" cites 3.3\n  source "GB/T 41867—2022"',
)
SAME_SOURCE = Code(
    "same-source",
    Severity.NOTE,
    Text("两个条目注同一来源", "Two entries of one source"),
    Text("“{name}”与“{other}”都注来自 {source}", "`{name}` and `{other}` both give {source}"),
    Text("核对后改正其中一个", "correct one of them"),
    Text("一条定义只定义一个术语", "one clause defines one term"),
    'record term a "甲" cites 3.1\n  source "GB/T 1" 3.2\nrecord term b "乙" cites 3.2\n  source "GB/T 1" 3.2',
)
DASHES_VARY = Code(
    "dashes-vary",
    Severity.NOTE,
    Text("标准编号的连接号不一", "Designations with two kinds of dash"),
    Text("“{name}”用“{dash}”，“{other}”用“{otherwise}”", "`{name}` has {dash}, `{other}` has {otherwise}"),
    Text("年份之前统一用一字线“—”", "write an em dash before every year"),
    Text("编号的写法统一，检索时才不会漏", "a designation that is written in one way can be searched for"),
    'record reference a "GB/T 1-2000" cites 2\nrecord reference b "GB/T 2—2000" cites 2',
)
UNDATED = Code(
    "undated-beside-dated",
    Severity.NOTE,
    Text("注日期与不注日期并用", "Dated and undated references"),
    Text("“{name}”没有年份，“{other}”有", "`{name}` has no year, `{other}` has one"),
    Text(
        "核对是否有意引用最新版本；有意的，记一条 note",
        "check that the latest edition is meant; if so, say it in a note",
    ),
    Text("不注日期的引用会随新版本改变要求", "an undated reference changes with every new edition"),
    'record reference a "GB/T 1" cites 2\nrecord reference b "GB/T 2—2000" cites 2',
)

ONLY_IN_NOTES = Code(
    "only-in-notes",
    Severity.NOTE,
    Text("规范性引用只在注里", "Normative and used in notes only"),
    Text(
        "“{name}”列为规范性引用（{cites}），却只在注里提到：{used}",
        "`{name}` is listed as normative ({cites}) and used in notes alone: {used}",
    ),
    Text("列入参考文献，或在条文里引用", "list it in the bibliography, or refer to it in a requirement"),
    Text("注是资料性的，其中提到的文件不成为要求", "notes inform, and what they refer to is no requirement"),
    'record reference a "GB/T 1—2000" cites 2\n  used 4.3 note',
)

DOCUMENTS = ("reference", "bibliography", "external-citation", "relation")
_DESIGNATION = re.compile(r"[A-Z][A-Z/]*(?:/[A-Z]+)? ?[\d.]+")
_BODY = re.compile(r"[A-Z/ ]*")
_YEAR = re.compile(r"\d([-—–－])((?:19|20)\d\d)\b")


def source_not_listed(checked: Checked) -> Iterator[Diagnostic]:
    """Sources whose designation no listed document has; each once, with all that is taken from it."""
    listed = {_number(d.label.zh) for d in recorded(checked, *DOCUMENTS) if d.introduced}
    taken: dict[str, list[tuple[Recorded, Said]]] = {}
    for record, said in _sources(checked):
        if _number(said.text.zh) not in listed:
            taken.setdefault(_number(said.text.zh), []).append((record, said))
    for uses in taken.values():
        (_, first), *others = uses
        labels = tuple(Label(said.span, Text("还有这里", "and here")) for _, said in others)
        cites = ", ".join(record.introduced or record.label.zh for record, _ in uses)
        yield Diagnostic(SOURCE_NOT_LISTED, first.span, (("cites", cites), ("source", first.text)), labels)


def source_without_clause(checked: Checked) -> Iterator[Diagnostic]:
    """Sources without a place in them."""
    for record, said in _sources(checked):
        if not said.places:
            arguments = (("name", record.label), ("cites", record.introduced or "-"), ("source", said.text))
            yield Diagnostic(SOURCE_WITHOUT_CLAUSE, said.span, arguments)


def same_source(checked: Checked) -> Iterator[Diagnostic]:
    """Two terms with one and the same clause of one document as their source."""
    seen: dict[tuple[str, str], tuple[Recorded, Said]] = {}
    for record, said in _sources(checked):
        first, at = seen.setdefault((_number(said.text.zh), said.places), (record, said))
        if first is not record and said.places:
            source = f"{said.text.zh}, {said.places}"
            label = Label(at.span, Text("另一个条目", "the other entry"))
            arguments = (("name", first.label), ("other", record.label), ("source", source))
            yield Diagnostic(SAME_SOURCE, said.span, arguments, (label,))


def dashes_vary(checked: Checked) -> Iterator[Diagnostic]:
    """Designations whose dash before the year is another than that of the first of the same body, such as GB/T."""
    firsts: dict[str, tuple[Recorded, str]] = {}
    for record in recorded(checked, *DOCUMENTS):
        dash = _YEAR.search(record.label.zh)
        if dash is None:
            continue
        first = firsts.setdefault(_body(record.label.zh), (record, dash[1]))
        if dash[1] != first[1]:
            names = (("name", first[0].label.zh), ("dash", first[1]), ("other", record.label.zh))
            yield Diagnostic(DASHES_VARY, record.declaration.span, (*names, ("otherwise", dash[1])))


def _body(designation: str) -> str:
    found = _BODY.match(designation)
    return found[0].strip() if found else ""


def undated(checked: Checked) -> Iterator[Diagnostic]:
    """Normative references without a year beside those with one."""
    references = [r for r in recorded(checked, "reference") if r.introduced and _DESIGNATION.search(r.label.zh)]
    dated = next((r for r in references if _YEAR.search(r.label.zh)), None)
    for record in references if dated else ():
        if not _YEAR.search(record.label.zh):
            arguments = (("name", record.label.zh), ("other", dated.label.zh))  # type: ignore[union-attr]
            yield Diagnostic(UNDATED, record.declaration.span, arguments)


def only_in_notes(checked: Checked) -> Iterator[Diagnostic]:
    """References whose every use is a note."""
    for record in recorded(checked, "reference"):
        uses = [place for p in record.declaration.properties if p.key == "used" for place in _places(p)]
        if record.introduced and uses and all(place.kind == "note" for place in uses):
            used = ", ".join(said.places for said in record.said("used"))
            arguments = (("name", record.label.zh), ("cites", record.introduced), ("used", used))
            yield Diagnostic(ONLY_IN_NOTES, record.declaration.span, arguments)


def _places(line: tree.Property) -> tuple[tree.Place, ...]:
    return tuple(place for v in line.values if isinstance(v, tree.Citation) for place in v.places)


def _sources(checked: Checked) -> Iterator[tuple[Recorded, Said]]:
    for record in recorded(checked, "term", "abbreviation"):
        for said in record.said("source"):
            yield record, said


def _number(designation: str) -> str:
    """`GB/T 41867` of `GB/T 41867—2022 术语`."""
    found = _DESIGNATION.search(designation)
    return found[0] if found else designation
