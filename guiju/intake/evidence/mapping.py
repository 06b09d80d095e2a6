"""The shape of a mapping file, `mapping/1`: what the tables of others mean, and what they do not say themselves."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from guiju.dsl.diagnostic import Diagnostic, Text
from guiju.dsl.source import Span
from guiju.exchange.fields import RECORD
from guiju.exchange.node import Mapping, Node, Numeral, Sequence, to_data
from guiju.exchange.text import read_text
from guiju.exchange.yaml_tree import read_yaml
from guiju.intake.evidence.codes import MAPPING_FORM

VERSION = "mapping/1"
SCHEMA_ID = "urn:guiju:schema:mapping-1"

Holds: TypeAlias = Literal["verdicts", "facts", "evidence"]
#: what the columns of a table may say, the first of them what a row is about
COLUMNS: dict[Holds, tuple[str, ...]] = {
    "verdicts": ("clause", "verdict", "voice", "by", "reason", "until", "evidence", "note"),
    "facts": ("fact", "value", "unit", "evidence", "note"),
    "evidence": ("id", *RECORD),
}
#: the keys that stand as they are in the evidence file
OF_EVIDENCE = ("subject", "fictional", "standard", "as_of", "target", "inputs", "voice")
_TABLE = (
    "sheet",
    "holds",
    "heading",
    "columns",
    "fixed",
    "ignore",
    "skip",
    "words",
    "between",
)


def _plain(value: object) -> object:
    """A number outside quotation marks as it is written: a heading may be one."""
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.text if isinstance(value, Numeral) else value


def _number(value: object) -> object:
    return int(value.text) if isinstance(value, Numeral) and value.text.isdigit() else value


_Texts: TypeAlias = Annotated[list[str], BeforeValidator(_plain)]
_Words: TypeAlias = Annotated[dict[str, str], BeforeValidator(_plain)]


class _Model(BaseModel):
    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", frozen=True)


class TableModel(_Model):
    """A sheet, or the whole of a CSV file: what its rows are and what its columns say (一个表)."""

    sheet: Annotated[str | None, BeforeValidator(_plain)] = Field(
        None, description="Name of the sheet; none in a CSV file. 工作表的名称；CSV 不写。"
    )
    holds: Holds = Field(
        description="What each row is: a verdict on a clause, a fact, a piece of evidence. 每行是什么。"
    )
    heading: Annotated[int, BeforeValidator(_number)] = Field(
        1, ge=1, description="The row with the headings; those above it are not read. 标题在第几行，其上不读。"
    )
    columns: _Words = Field(description="What is said in which column: `clause: 条款号`. 哪一列说什么。")
    fixed: _Words = Field({}, description="What is said of every row and stands in no column. 各行相同、表里没有的。")
    ignore: _Texts = Field([], description="Headings of columns that are not taken over. 不读的列。")
    skip: _Texts = Field([], description="Rows whose first filled cell says this are not taken over. 不读的行。")
    words: _Words = Field(
        {},
        description="Words of the table and what they mean; an empty text: nothing. 表中用词的意思，空文字表示没有说。",
    )
    between: _Texts = Field(
        [",", ";", "，", "；", "、"],
        description="What stands between several ids or options in a cell. 一格中几项之间的符号。",
    )


class MappingModel(_Model):
    """How the tables of one file become evidence (几个表怎样成为证据)."""

    guiju: Literal["mapping/1"] = Field(description="The version of this format. 格式版本。")
    tables: list[TableModel] = Field([], description="The tables that are read. 要读的表。")
    ignore_sheets: _Texts = Field([], description="Sheets that are not taken over. 不读的工作表。")
    targets: _Words = Field({}, description="Of OSCAL results: target-id and its clause. OSCAL 的 target-id 及其条款。")
    subject: Any = Field(None, description="As in an evidence file. 同证据文件。")
    fictional: Any = Field(None, description="As in an evidence file. 同证据文件。")
    standard: Any = Field(None, description="As in an evidence file. 同证据文件。")
    as_of: Any = Field(None, description="As in an evidence file. 同证据文件。")
    target: Any = Field(None, description="As in an evidence file. 同证据文件。")
    inputs: Any = Field(None, description="As in an evidence file. 同证据文件。")
    voice: Any = Field(None, description="As in an evidence file. 同证据文件。")


@dataclass(frozen=True)
class MappingFile:
    """A mapping with the tree that it was read from, where its places are."""

    model: MappingModel
    root: Mapping

    def node(self, *path: str | int) -> Node:
        """What stands at a path of keys and positions, or as far as that leads."""
        return node_at(self.root, path)

    def span(self, *path: str | int) -> Span:
        """The place of that."""
        return self.node(*path).span


def read_mapping(path: Path) -> tuple[MappingFile | None, tuple[Diagnostic, ...]]:
    """Read a mapping file. None where anything in it is wrong."""
    text, found = read_text(path)
    if text is None:
        return None, found
    root, wrong = read_yaml(text.source)
    if not isinstance(root, Mapping):
        return None, (*found, *(wrong or (_wrong(root, text.source.name, _A_MAPPING),) if root else wrong))
    try:
        model = MappingModel.model_validate(to_data(root))
    except ValidationError as error:
        errors = (_told(root, e["loc"], e["type"]) for e in error.errors(include_url=False, include_input=False))
        return None, (*found, *wrong, *errors)
    odd = tuple(_columns(root, model))
    return (None if odd or wrong else MappingFile(model=model, root=root)), (*found, *wrong, *odd)


def node_at(root: Node, path: tuple[str | int, ...]) -> Node:
    """What stands at a path, or as far as it leads."""
    for part in path:
        match root, part:
            case Mapping(), str() if (entry := root.entry(part)) is not None:
                root = entry.value
            case Sequence(), int() if part < len(root.items):
                root = root.items[part]
    return root


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a mapping file."""
    schema = MappingModel.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID, **schema}


# --- what is wrong -------------------------------------------------------------------------------------------------

_A_MAPPING = Text("若干“键: 值”", "a mapping of `key: value`")
_KNOWN_KEY = Text("认识的键", "a key that is known")
_THERE = Text("写出来的", "given")
_EXPECTED = {
    "missing": _THERE,
    "extra_forbidden": _KNOWN_KEY,
    "literal_error": Text("所列词之一", "one of the words for it"),
    "dict_type": _A_MAPPING,
    "model_type": _A_MAPPING,
    "model_attributes_type": _A_MAPPING,
    "list_type": Text("列表", "a list"),
}
_A_TEXT, _A_ROW = Text("文字", "a text"), Text("正整数", "a whole number from 1 on")


def _told(root: Node, path: tuple[str | int, ...], kind: str) -> Diagnostic:
    expected = _EXPECTED.get(kind, _A_ROW if path[-1:] == ("heading",) else _A_TEXT)
    known = _TABLE if path[0] == "tables" and len(path) > 1 else tuple(MappingModel.model_fields)
    if path[-1:] == ("holds",):
        known = tuple(COLUMNS)
    return _wrong(node_at(root, path), str(path[-1]), expected, known)


def _wrong(
    node: Node, key: str, expected: Text, known: tuple[str, ...] = tuple(MappingModel.model_fields)
) -> Diagnostic:
    place = node.entries[0].key.span if isinstance(node, Mapping) and node.entries else node.span
    return Diagnostic(MAPPING_FORM, place, (("key", key), ("expected", expected), ("known", ", ".join(known))))


def _columns(root: Node, model: MappingModel) -> list[Diagnostic]:
    """The names of columns that a table of its kind does not have, and the one that it must have."""
    found: list[Diagnostic] = []
    for n, table in enumerate(model.tables):
        known = COLUMNS[table.holds]
        for section, names in (("columns", table.columns), ("fixed", table.fixed)):
            odd = (name for name in names if name not in known)
            found += (_wrong(node_at(root, ("tables", n, section, name)), name, _KNOWN_KEY, known) for name in odd)
        if known[0] not in table.columns:
            found.append(_wrong(node_at(root, ("tables", n, "columns")), known[0], _THERE, known))
    return found
