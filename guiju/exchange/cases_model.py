"""The published form of a file of cases, `cases/1`: evidence, and what must come of it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from guiju.exchange.evidence_model import EvidenceModel
from guiju.exchange.node import Numeral

VERSION = "cases/1"
SCHEMA_ID = "urn:guiju:schema:cases-1"


def _plain(value: object) -> object:
    """A number outside quotation marks as it is written."""
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.text if isinstance(value, Numeral) else value


_Written = Annotated[str, BeforeValidator(_plain)]
_Values = Annotated[str | list[str], BeforeValidator(_plain)]


class CaseModel(EvidenceModel):
    """One case: all that an evidence file may say, its readings, and what is expected."""

    case: str = Field(description="What it is called. 名称。")
    why: str | None = Field(None, description="What it is there for. 为什么有这个情形。")
    verified: str | None = Field(None, description="What it was checked against. 依据何处核对。")
    unverified: str | None = Field(None, description="How it was worked out, where nothing is published. 如何算出。")
    proposed: bool = Field(False, description="Whether nobody has confirmed it yet. 是否待核。")
    readings: dict[str, _Written] = Field({}, description="Options of readings, by reading. 读法的选项。")
    expect: dict[str, _Values] = Field(
        {},
        description="What must come of it, by the names of `guiju explain`: a value, a list of exactly those that are"
        " possible, or a range such as `>= 1`. 期望的结果：一个值、恰好可能的几个值，或 >= 1 这样的范围。",
    )
    printed: dict[str, _Written] = Field(
        {}, description="Numbers as they were published, rounded half up. 公布的数，四舍五入。"
    )


class CasesModel(BaseModel):
    """A file of cases of one standard."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    guiju: Literal["cases/1"]
    standard: str = Field(description="The id of the standard. 标准的编号。")
    cases: list[CaseModel]


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a file of cases."""
    schema = CasesModel.model_json_schema()
    case = schema["$defs"]["CaseModel"]
    case["required"] = ["case"]  # its subject is the case, and its version that of the file
    for key in ("guiju", "subject", "standard", "standards"):
        case["properties"].pop(key, None)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID, **schema}
