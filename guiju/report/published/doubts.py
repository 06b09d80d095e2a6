"""What a policy says beside the requirements: how the text can be read, and what it records of the document."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from guiju.dsl import tree
from guiju.dsl.diagnostic import Text
from guiju.dsl.keywords import RECORD_KINDS, RELATIONS, WORDS, localised
from guiju.exchange.policy_text import policy_text
from guiju.report.document import Paragraph, Point, Points, Row, Run, Section, text_run
from guiju.report.published.conditions import InWords
from guiju.report.published.speech import Line, Speech

_READINGS = Text("读法", "How the text can be read")
_CROSSWALKS, _HERE = Text("对照", "Crosswalks"), Text("本标准的条款", "Clauses here")
_RELATION, _THERE = Text("所要求的与本标准相比", "What is asked there"), Text("另一标准的条款", "Clauses there")
_DEFAULT = Text("（默认）", " (by default)")
_REQUIRES = Text("{clause}：{said}", "{clause}: {said}")
_APPLIES = Text("{clause}：适用条件是{said}", "{clause}: applies when {said}")
_ATTESTED = Text("由人查验", "attested")
_NAME, _PLACE, _SAID = Text("名称", "Name"), Text("依据", "Place"), Text("说明", "Explanation")
_KINDS = {
    "reference": Text("规范性引用文件", "Normative references"),
    "bibliography": Text("参考文献", "Bibliography"),
    "term": Text("术语", "Terms"),
    "abbreviation": Text("缩略语", "Abbreviations"),
    "role": Text("角色", "Roles"),
    "table-item": Text("表项", "Items of tables"),
    "mistake": Text("标准中的错误", "Mistakes of the standard"),
    "note": Text("备注", "Notes"),
    "not-encoded": Text("没有写进策略的", "Not encoded"),
    "table": Text("表", "Tables"),
    "formula": Text("公式", "Formulas"),
    "figure": Text("图", "Figures"),
    "level": Text("等级的写法", "How levels are called"),
    "name": Text("名称的写法", "How things are called"),
    "title": Text("标题的写法", "How headings are written"),
}
FRONT = ("reference", "term", "abbreviation")  # the kinds that a standard has in front of its requirements
_SHORT = ("abbreviation", "缩略语")  # what is called by its name, and spelt out by its label
_UNSAID = ("used", "affects")  # what serves the review alone


def records(speech: Speech, *, front: bool) -> Iterator[Section]:
    """The records, a section for each kind: those that stand in front of the requirements, or the others."""
    canonical = {other: kind for kind, zh in RECORD_KINDS for other in (kind, zh)}
    found = list(speech.declared(tree.RecordDecl))
    kinds = list(dict.fromkeys(canonical.get(r.kind.text, r.kind.text) for r in found))
    for kind in [k for k in FRONT if k in kinds] if front else [k for k in kinds if k not in FRONT]:
        rows = (_record(speech, r) for r in found if canonical.get(r.kind.text, r.kind.text) == kind)
        title = _KINDS.get(kind, Text(localised(kind, RECORD_KINDS, "zh"), kind))
        yield Section(f"record:{kind}", speech.beside(title), (speech.table((_NAME, _PLACE, _SAID), rows),))


def crosswalks(speech: Speech) -> Iterator[Section]:
    """The clauses that stand beside those of another standard, with their relation."""
    rows = tuple(_crossed(speech, node, row) for node in speech.declared(tree.CrosswalkDecl) for row in node.rows)
    if rows:
        yield Section("crosswalks", speech.beside(_CROSSWALKS), (speech.table((_HERE, _RELATION, _THERE), rows),))


def _crossed(speech: Speech, node: tree.CrosswalkDecl, row: tree.CrosswalkRow) -> Row:
    standard = Speech.label(node.label, node.standard.text)
    relation = row.relation.text
    canonical = next((en for en, zh in RELATIONS if relation in {en, zh}), relation)
    return Row(
        (
            speech.cell(lambda w: w.items(row.clauses)),
            speech.cell(lambda w: localised(canonical, RELATIONS, w.language)),
            speech.cell(lambda w: f"{standard.in_language(w.language)} {w.items(row.others)}"),
        )
    )


def _record(speech: Speech, record: tree.RecordDecl) -> Row:
    short = [Text(record.name.text, record.name.text)] if record.kind.text in _SHORT else []
    lines = [_property(p) for p in record.properties if p.key not in _UNSAID]
    return Row(
        (
            speech.cell(*short, Speech.label(record.label, record.name.text)),
            speech.cell(speech.places(record.cites)),
            speech.cell(*lines),
        )
    )


def _property(node: tree.Property) -> Callable[[InWords], str]:
    def say(writer: InWords) -> str:
        parts = [_value(value, writer) for value in node.values]
        key = "" if node.key in ("means", "why") else f"{localised(node.key, WORDS, writer.language)} "
        return key + " ".join(filter(None, parts))

    return say


def _value(value: tree.PropertyValue, writer: InWords) -> str:
    match value:
        case tree.Label():
            return Speech.label(value).in_language(writer.language)
        case tree.Citation():
            document = f"{value.document} " if value.document else ""
            return f"[{document}{writer.places(value)}]" if value.places or document else ""
        case tree.CellRef():
            column = writer.level(value.column) if value.column else ""
            return " ".join(filter(None, (writer.word(value.table.upper()), writer.group(value.row), column)))
        case tree.Number():
            return writer.number(value)
    return value.text


def readings(speech: Speech) -> Iterator[Section]:
    """Each reading with its options, and what each of them changes."""
    found = list(speech.declared(tree.ReadingDecl))
    if found:
        yield Section("readings", speech.beside(_READINGS), ())
    for reading in found:
        cited = speech.beside(speech.places(reading.cites))
        title = speech.beside(Speech.label(reading.label, reading.name.text))
        why = speech.property_of(reading, "why")
        points = [_why(speech, why)] if why is not None else []
        points += [_option(speech, option) for option in reading.options]
        place = (Paragraph(text_run(f"[{cited}]"), "quiet"),) if cited else ()
        yield Section(f"reading:{reading.name.text}", title, (*place, Points(tuple(points))), 1)


def _why(speech: Speech, why: Text) -> Point:
    return speech.point("", lambda w: [(Run(why.in_language(w.language), style="quiet"),)])


def _option(speech: Speech, option: tree.ReadingOption) -> Point:
    def say(writer: InWords) -> Iterator[Line]:
        label = Speech.label(option.label, option.name.text).in_language(writer.language)
        default = _DEFAULT.in_language(writer.language) if option.default else ""
        yield (Run(label, style="strong"), Run(default, style="quiet"))
        for patch in option.patches:
            if not isinstance(patch, tree.NothingChanges):
                is_said = isinstance(patch, tree.PatchRequires | tree.PatchApplies)
                yield (Run(_patch(speech, patch, writer), style="quiet" if is_said else "code"),)

    return speech.point("•", say)


def _patch(speech: Speech, patch: tree.Patch, writer: InWords) -> str:
    """What an option changes: conditions in words, all else as the policy has it."""
    if isinstance(patch, tree.PatchApplies):
        return _APPLIES.in_language(writer.language).format(
            clause=writer.clause(patch.clause), said=writer.said(patch.condition)
        )
    if not isinstance(patch, tree.PatchRequires):
        return policy_text(speech.program, writer.language).at(patch.span)
    condition = patch.condition
    said = _ATTESTED.in_language(writer.language) if isinstance(condition, tree.Attested) else writer.said(condition)
    return _REQUIRES.in_language(writer.language).format(clause=writer.clause(patch.clause), said=said)
