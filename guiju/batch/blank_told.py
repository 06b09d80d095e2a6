"""The empty table of a policy in words and as `table/1`: what `guiju batch-schema` prints."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pyarrow as pa
from pydantic import BaseModel, ConfigDict, Field

from guiju.compiler.ir import Program
from guiju.dsl.diagnostic import Language, Text
from guiju.report.layout import joined, table

SCHEMA_ID = "urn:guiju:schema:table-1"
_HEAD = (Text("列", "column"), Text("类型", "type"), Text("说明", "states"), Text("名称", "label"))


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ColumnModel(_Model):
    """A column of a table that `guiju batch` reads."""

    name: str
    kind: Literal["id", "input", "fact", "clause"]
    type: str = Field(description="as Arrow calls it; text is read, too, as in an evidence file")
    unit: str | None = Field(description="of its numbers")
    label: str
    description: str
    cites: str = Field(description="what of the standard it comes from; empty where it does not say")


class TableModel(_Model):
    """The columns that a table may have for a policy; those that it leaves out are unknown in every row."""

    guiju: Literal["table/1"]
    policy: str
    designation: str
    policy_digest: str
    columns: list[ColumnModel]


def json_schema() -> dict[str, object]:
    """The JSON Schema (draft 2020-12) of the columns of a table."""
    schema = TableModel.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID, **schema}


def table_of(program: Program, schema: pa.Schema, language: Language) -> TableModel:
    """The columns as they are published."""
    return TableModel(
        guiju="table/1",
        policy=program.id,
        designation=program.designation,
        policy_digest=program.digest,
        columns=[_column(field, language) for field in schema],
    )


def _column(field: pa.Field, language: Language) -> ColumnModel:
    said = {key.decode(): value.decode() for key, value in field.metadata.items()}
    return ColumnModel(
        name=field.name,
        kind=said.get("kind", "id"),
        type=str(field.type).replace("item: ", "").replace("element: ", ""),
        unit=said.get("unit"),
        label=said[f"label.{language}"],
        description=said[f"description.{language}"],
        cites=said.get("cites", ""),
    )


def text_of(model: TableModel, language: Language) -> str:
    """The columns as a table for a terminal."""
    return joined(_lines(model, language)) + "\n"


def _lines(model: TableModel, language: Language) -> Iterator[str]:
    head = tuple(text.in_language(language) for text in _HEAD)
    yield from table([head, *((c.name, c.type, c.description, c.label) for c in model.columns)])
