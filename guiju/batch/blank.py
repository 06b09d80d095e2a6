"""Program -> the empty table for it: a column for all that a row may state, described where the form has room."""

from __future__ import annotations

import pyarrow as pa

from guiju.compiler.ir import Clause, NumberType, OptionType, Program, SetType, TruthType
from guiju.dsl.diagnostic import LANGUAGES, Language, Text
from guiju.dsl.keywords import unit_in
from guiju.engine.layout import Slot, layout

ID = "id"
_PLACES = 6  # behind the point of a number that may be no whole one
_VERDICT = Text("真为满足，假为不满足，空为未知", "true is satisfied, false unsatisfied, null unknown")
_TRUTH = Text("空为未知", "null is unknown")
_COUNT, _NUMBER = Text("不小于 0 的整数", "a whole number, zero or more"), Text("数", "a number")
_ONE_OF = Text("选项之一：{options}", "one of: {options}")
_SOME_OF = Text(
    "选项的列表：{options}；空列表为一个都没有", "a list of: {options}; an empty one states that there is none"
)
_ROW = Text("行的编号，照抄进结果", "the id of the row, which is copied to the result")


def blank_schema(program: Program, *, every: bool = False) -> pa.Schema:
    """The columns: what has to be stated for all to be known, or with `every` all that may be stated.

    Each field tells its kind, label, unit and options as metadata, in both languages.
    """
    slots = [slot for slot in layout(program) if slot.is_asked or every]
    id_ = pa.field(ID, pa.string(), metadata=_metadata(Text("编号", "id"), _ROW))
    policy = {"guiju": "table/1", "policy": program.id, "designation": program.designation, "digest": program.digest}
    return pa.schema([id_, *map(_field, slots)], metadata=policy)


def _field(slot: Slot) -> pa.Field:
    name = slot.name
    declared = slot.declaration
    label = Text(*(_labelled(slot, language) for language in LANGUAGES))
    more = {"kind": slot.kind} | ({"unit": slot.unit} if slot.unit else {})
    if not isinstance(declared, Clause) and declared.cites:
        more["cites"] = declared.cites
    return pa.field(name, _type(slot), metadata=_metadata(label, _meaning(slot)) | more)


def _labelled(slot: Slot, language: Language) -> str:
    printed = f"{slot.declaration.printed} " if isinstance(slot.declaration, Clause) else ""
    return printed + slot.declaration.label.in_language(language)


def _type(slot: Slot) -> pa.DataType:
    match slot.type:
        case NumberType(integer=True):
            return pa.int64()
        case NumberType():
            return pa.decimal128(38, _PLACES)
        case OptionType():
            return pa.string()
        case SetType():
            return pa.list_(pa.string())
    return pa.bool_()


def _meaning(slot: Slot) -> Text:
    match slot.type:
        case None:
            return _VERDICT
        case TruthType():
            return _TRUTH
        case NumberType(integer=True):
            return _COUNT
        case NumberType(unit="number"):
            return _NUMBER
        case NumberType(unit=unit):
            return Text(f"以{unit_in(unit, 'zh')}计的数", f"a number in {unit}")
    kind = _SOME_OF if isinstance(slot.type, SetType) else _ONE_OF
    options = slot.declaration.options  # type: ignore[union-attr]
    named = {language: " | ".join(o.called(language) for o in options) for language in LANGUAGES}
    return Text(kind.zh.format(options=named["zh"]), kind.en.format(options=named["en"]))


def _metadata(label: Text, meaning: Text) -> dict[str, str]:
    return {
        "label.zh": label.zh,
        "label.en": label.en,
        "description.zh": meaning.zh,
        "description.en": meaning.en,
    }
