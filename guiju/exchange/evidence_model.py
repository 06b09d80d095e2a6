"""The shape of an evidence file, `evidence/1`: pydantic models, and the JSON Schema that is published from them.

Short forms (`compute: 50 PFLOPS`, `6.1.1.1.a: satisfied`, `evidence: e1`) are spelled out before validation, so that
each model has one form. A wrong value raises with the `Problem` that it is; `guiju.exchange.validate` finds its place.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal, NoReturn, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, GetJsonSchemaHandler, PlainValidator, WithJsonSchema
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from guiju.engine.evidence import VERDICT_WORDS, AttestedVerdict, Quantity, StatedValue, Voice
from guiju.exchange import codes
from guiju.exchange.instant import Day, is_written_as_day, read_day
from guiju.exchange.node import Numeral, clip
from guiju.exchange.number import read_quantity
from guiju.exchange.problem import Problem, problem

VERSION = "evidence/1"
SCHEMA_ID = "urn:guiju:schema:evidence-1"
PROBLEM = "guiju"  # the type of the errors that carry a `Problem`

VOICE_WORDS: dict[str, Voice] = {
    "vendor": "vendor",
    "assessor": "assessor",
    "override": "override",
    "供方": "vendor",
    "评估方": "assessor",
    "裁定": "override",
}
_TRUTH_WORDS = {"yes": True, "no": False, "是": True, "否": False, "true": True, "false": False}
_UNKNOWN_WORDS = frozenset({"unknown", "未知"})
_BARE_VERDICTS = [word for word, verdict in VERDICT_WORDS.items() if verdict != "not-applicable"]


def _wrong(what: Problem) -> NoReturn:
    raise PydanticCustomError(PROBLEM, "see the problem", {"problem": what})


def _wrong_shape() -> NoReturn:
    raise PydanticCustomError("string_type", "not a text")


# --- values ------------------------------------------------------------------------------------------------------


def _version(value: object) -> str:
    return VERSION if value == VERSION else _wrong(problem(codes.OTHER_VERSION, expected=VERSION))


def _text(value: object) -> str:
    if isinstance(value, Numeral):
        _wrong(problem(codes.UNQUOTED_NUMBER, number=value.text, fix=f'"{value.text}"', key=""))
    return value if isinstance(value, str) else _wrong_shape()


def _name(value: object) -> str:
    text = _text(value)
    if not text.strip():
        raise PydanticCustomError("empty_text", "an empty text")
    return text.strip()


def _word(value: object, words: dict[str, Any]) -> Any:
    word = "true" if value is True else "false" if value is False else _text(value).strip()
    if word not in words:
        what = problem(codes.UNKNOWN_WORD, key="", word=clip(word), known=", ".join(words))
        says_more = any(known in word for known in words)  # of `partly satisfied` nobody meant `satisfied`
        _wrong(what if says_more else replace(what, meant=(word, tuple(words))))
    return words[word]


def _verdict(value: object) -> AttestedVerdict | None:
    """What is left blank says nothing; `unknown` says that somebody looked."""
    verdict: AttestedVerdict | None = None if value is None else _word(value, VERDICT_WORDS)
    return verdict


def _voice(value: object) -> Voice:
    voice: Voice = _word(value, VOICE_WORDS)
    return voice


def _truth(value: object) -> bool:
    return bool(_word(value, _TRUTH_WORDS))


def _day(value: object) -> Day:
    text = value.text if isinstance(value, Numeral) else _text(value)
    day = read_day(text)
    return day if day is not None else _wrong(problem(codes.BAD_DATE, text=clip(text)))


def _instant(value: object) -> datetime:
    text = value.text if isinstance(value, Numeral) else _text(value)
    day = read_day(text)
    if day is None and (":" in text or is_written_as_day(text)):
        _wrong(problem(codes.BAD_DATE, text=clip(text)))
    if not isinstance(day, datetime) or day.tzinfo is None:
        _wrong(problem(codes.NO_ZONE, text=clip(text)))
    return day


def _stated(value: object) -> StatedValue:
    if isinstance(value, Numeral | str):
        return _stated_text(value.text if isinstance(value, Numeral) else value.strip())
    if isinstance(value, list):
        return tuple(_option(item) for item in value)
    return value if value is None or isinstance(value, bool) else _wrong_fact()


def _option(item: object) -> str:
    if not isinstance(item, str | Numeral):
        raise PydanticCustomError("option_list", "not a list of texts")
    return _text(item).strip()


def _wrong_fact() -> NoReturn:
    raise PydanticCustomError("fact_value", "no value of a fact")


def _stated_text(text: str) -> Quantity | str | None:
    if text in _UNKNOWN_WORDS:
        return None
    quantity = read_quantity(text)
    if isinstance(quantity, Problem):
        _wrong(quantity)
    return text if quantity is None else quantity


# --- short forms -------------------------------------------------------------------------------------------------


def _spelled_fact(value: object) -> object:
    return value if isinstance(value, dict) else {"value": value}


def _spelled_subject(value: object) -> object:
    return value if isinstance(value, dict) else {"name": value}


def _listed(value: object) -> object:
    return value if isinstance(value, list) else [] if value is None else [value]


def _spelled_attestation(value: object) -> object:
    return value if isinstance(value, dict) else {"verdict": value}


def _empty_if_null(value: object) -> object:
    return {} if value is None else value


class _OrShort:
    """Adds the short forms to the schema of a model."""

    def __init__(self, *forms: JsonSchemaValue) -> None:
        self.forms = forms

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"anyOf": [*self.forms, handler(core)]}


class _OrOne:
    """Adds to the schema of a list that one item may stand without the list, or nothing at all."""

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        listed = handler(core)
        return {"anyOf": [listed["items"], listed, {"type": "null"}]}


_NULL: JsonSchemaValue = {"type": "null"}
_STRING: JsonSchemaValue = {"type": "string"}
_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TIME = r"[Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?"
_ZONE = " ?([Zz]|[-+][0-9]{2}:[0-9]{2})"
_FACT_FORMS: JsonSchemaValue = {
    "anyOf": [
        {"type": ["string", "number", "boolean", "null"]},
        {"type": "array", "items": {"type": "string"}},
    ]
}

_Text: TypeAlias = Annotated[str, PlainValidator(_text), WithJsonSchema(_STRING)]
_Name: TypeAlias = Annotated[str, PlainValidator(_name), WithJsonSchema({"type": "string", "minLength": 1})]
_Ids: TypeAlias = Annotated[tuple[_Text, ...], BeforeValidator(_listed), _OrOne()]
_Instant: TypeAlias = Annotated[
    datetime, PlainValidator(_instant), WithJsonSchema({"type": "string", "pattern": f"^{_DAY}{_TIME}{_ZONE}$"})
]
_Day: TypeAlias = Annotated[
    Day, PlainValidator(_day), WithJsonSchema({"type": "string", "pattern": f"^{_DAY}({_TIME}({_ZONE})?)?$"})
]
_Verdict: TypeAlias = Annotated[
    AttestedVerdict | None, PlainValidator(_verdict), WithJsonSchema({"enum": [*VERDICT_WORDS, None]})
]
_Voice: TypeAlias = Annotated[Voice, PlainValidator(_voice), WithJsonSchema({"enum": [*VOICE_WORDS]})]
_Truth: TypeAlias = Annotated[bool, PlainValidator(_truth), WithJsonSchema({"enum": [True, False, *_TRUTH_WORDS]})]
_Value: TypeAlias = Annotated[StatedValue, PlainValidator(_stated), WithJsonSchema(_FACT_FORMS)]


# --- the file ----------------------------------------------------------------------------------------------------


class _Model(BaseModel):
    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", frozen=True)


class SubjectModel(_Model):
    """What is assessed (评价对象)."""

    name: _Name = Field(description="Its name. 名称。")
    version: _Text | None = Field(None, description="Which version or release. 版本。")
    organization: _Text | None = Field(None, description="Who provides it. 提供者。")
    note: _Text | None = Field(None, description="Remarks. 备注。")


class RecordModel(_Model):
    """One piece of evidence, which facts and attestations refer to by its id (一份证据)."""

    kind: _Name = Field(description="What it is, such as test-report. 种类，例如 test-report。")
    title: _Text | None = Field(None, description="Its title. 标题。")
    source: _Text | None = Field(None, description="Where it is kept. 存放处。")
    collected_on: _Day | None = Field(
        None, description="Date or instant of collection; a date is the start of that day. 收集日期，从当日开始时算起。"
    )
    expires: _Day | None = Field(
        None, description="Date or instant until which it is valid; a date is the end of that day. 有效期至当日结束。"
    )
    by: _Text | None = Field(None, description="Who collected it. 收集者。")
    hash: _Text | None = Field(None, description="Digest of the original, such as sha256:…. 原件的摘要值。")
    note: _Text | None = Field(None, description="Remarks. 备注。")


class FactModel(_Model):
    """What is known of one fact, with where it is known from (一个事实的值及其依据)."""

    value: _Value = Field(
        description="A number with or without unit, yes or no, an option, a list of options; null or unknown where"
        " it is not known. 数（可带单位）、是或否、选项、选项的列表；未知写 null。"
    )
    unit: _Text | None = Field(None, description="Unit of the number, where `value` does not give it. 单位。")
    evidence: _Ids = Field((), description="Ids of the evidence for it. 证据编号。")
    note: _Text | None = Field(None, description="Remarks. 备注。")


class AttestationModel(_Model):
    """One voice's verdict on one clause (一方对一个条款的结论)."""

    model_config = ConfigDict(
        json_schema_extra={
            "if": {
                "anyOf": [
                    {"properties": {"verdict": {"enum": ["not-applicable", "不适用"]}}, "required": ["verdict"]},
                    {"properties": {"voice": {"enum": ["override", "裁定"]}}, "required": ["voice"]},
                ]
            },
            "then": {"properties": {"reason": {"type": "string", "minLength": 1}}, "required": ["reason"]},
        }
    )

    verdict: _Verdict = Field(description="The verdict, in English or Chinese. 结论。")
    voice: _Voice | None = Field(None, description="Whose verdict it is; the file's `voice` if not given. 由谁作出。")
    evidence: _Ids = Field((), description="Ids of the evidence for it. 证据编号。")
    by: _Text | None = Field(None, description="Who gives it. 作出者。")
    reason: _Text | None = Field(
        None, description="Why; required for not-applicable and for an override. 理由；不适用和裁定必须写明。"
    )
    note: _Text | None = Field(None, description="Remarks. 备注。")


_Subject: TypeAlias = Annotated[
    SubjectModel, BeforeValidator(_spelled_subject), _OrShort({"type": "string", "minLength": 1})
]
_Fact: TypeAlias = Annotated[FactModel, BeforeValidator(_spelled_fact), _OrShort(_FACT_FORMS)]
_Attestation: TypeAlias = Annotated[
    AttestationModel, BeforeValidator(_spelled_attestation), _OrShort({"enum": [*_BARE_VERDICTS]})
]
_Attestations: TypeAlias = Annotated[tuple[_Attestation, ...], BeforeValidator(_listed), _OrOne()]
_OrNull = _OrShort(_NULL)
_Choices: TypeAlias = Annotated[dict[str, _Text | None], BeforeValidator(_empty_if_null), _OrNull]
_Records: TypeAlias = Annotated[dict[str, RecordModel], BeforeValidator(_empty_if_null), _OrNull]
_Facts: TypeAlias = Annotated[dict[str, _Fact], BeforeValidator(_empty_if_null), _OrNull]
_Clauses: TypeAlias = Annotated[dict[str, _Attestations], BeforeValidator(_empty_if_null), _OrNull]


class PartModel(_Model):
    """What is said for one of several standards alone (只属于其中一个标准的内容)."""

    target: _Text | None = Field(None, description="The level to reach, or best. 目标等级，或 best。")
    inputs: _Choices = Field({}, description="Values of the standard's inputs, by name. 标准的输入项。")
    attestations: _Clauses = Field({}, description="Verdicts, by clause id, one or several. 结论，以条款号为键。")


_Parts: TypeAlias = Annotated[
    dict[str, Annotated[PartModel, BeforeValidator(_empty_if_null), _OrNull]],
    BeforeValidator(_empty_if_null),
    _OrNull,
]


class EvidenceModel(_Model):
    """Everything that one file says about one subject (一个评价对象的全部证据)."""

    guiju: Annotated[Literal["evidence/1"], PlainValidator(_version), WithJsonSchema({"const": VERSION})] = Field(
        description="The version of this format. 格式版本。"
    )
    subject: _Subject = Field(description="What is assessed: a name, or a name and more. 评价对象。")
    fictional: _Truth | None = Field(None, description="Whether the subject is invented, as in examples. 是否虚构。")
    standard: _Text | None = Field(None, description="The id of the standard that the names belong to. 标准的编号。")
    as_of: _Instant | None = Field(
        None, description="The instant of the assessment, with its zone. 评价时点，须有时区。"
    )
    target: _Text | None = Field(None, description="The level to reach, or best. 目标等级，或 best。")
    inputs: _Choices = Field({}, description="Values of the standard's inputs, by name. 标准的输入项。")
    voice: _Voice | None = Field(
        None, description="Whose verdicts these are where none is given; vendor. 默认由谁作出。"
    )
    evidence: _Records = Field({}, description="Pieces of evidence, by id. 证据，以编号为键。")
    facts: _Facts = Field({}, description="Facts, by name or alias. 事实，以名称或别名为键。")
    attestations: _Clauses = Field({}, description="Verdicts, by clause id, one or several. 结论，以条款号为键。")
    standards: _Parts = Field(
        {},
        description="Where one file answers several standards: what belongs to one of them alone, by its id; facts and"
        " evidence are shared. 一份文件答几个标准时，各标准自己的部分，以标准编号为键；事实和证据共用。",
    )


def json_schema() -> dict[str, Any]:
    """The published schema of evidence files, JSON Schema draft 2020-12."""
    schema = EvidenceModel.model_json_schema()
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": f"Guiju evidence file, {VERSION}",
    }
    return head | {key: value for key, value in schema.items() if key != "title"}
