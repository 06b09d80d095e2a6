"""The shape of an evidence file, `evidence/1`: pydantic models, and the JSON Schema that is published from them.

What the newest version, `evidence/2`, has beyond it is in `guiju.exchange.register_model`. Files of both are read.
Short forms (`compute: 50 PFLOPS`, `6.1.1.1.a: satisfied`, `evidence: e1`) are spelled out before validation, so that
each model has one form.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, WithJsonSchema

from guiju.exchange.fields import (
    BARE_VERDICTS,
    FACT_FORMS,
    OR_NULL,
    ChoicesField,
    DayField,
    IdsField,
    InstantField,
    Model,
    NameField,
    OrOne,
    OrShort,
    TextField,
    TruthField,
    ValueField,
    VerdictField,
    VoiceField,
    empty_if_null,
    listed,
    spelled_attestation,
    spelled_fact,
    spelled_subject,
    version_field,
)

VERSION = "evidence/1"
SCHEMA_ID = "urn:guiju:schema:evidence-1"


class SubjectModel(Model):
    """What is assessed (评价对象)."""

    name: NameField = Field(description="Its name. 名称。")
    version: TextField | None = Field(None, description="Which version or release. 版本。")
    organization: TextField | None = Field(None, description="Who provides it. 提供者。")
    note: TextField | None = Field(None, description="Remarks. 备注。")


class RecordModel(Model):
    """One piece of evidence, which facts and attestations refer to by its id (一份证据)."""

    kind: NameField = Field(description="What it is, such as test-report. 种类，例如 test-report。")
    title: TextField | None = Field(None, description="Its title. 标题。")
    source: TextField | None = Field(None, description="Where it is kept. 存放处。")
    collected_on: DayField | None = Field(
        None, description="Date or instant of collection; a date is the start of that day. 收集日期，从当日开始时算起。"
    )
    expires: DayField | None = Field(
        None, description="Date or instant until which it is valid; a date is the end of that day. 有效期至当日结束。"
    )
    by: TextField | None = Field(None, description="Who collected it. 收集者。")
    hash: TextField | None = Field(None, description="Digest of the original, such as sha256:…. 原件的摘要值。")
    note: TextField | None = Field(None, description="Remarks. 备注。")


class FactModel(Model):
    """What is known of one fact, with where it is known from (一个事实的值及其依据)."""

    value: ValueField = Field(
        description="A number with or without unit, yes or no, an option, a list of options; null or unknown where"
        " it is not known. 数（可带单位）、是或否、选项、选项的列表；未知写 null。"
    )
    unit: TextField | None = Field(None, description="Unit of the number, where `value` does not give it. 单位。")
    evidence: IdsField = Field((), description="Ids of the evidence for it. 证据编号。")
    note: TextField | None = Field(None, description="Remarks. 备注。")


class AttestationModel(Model):
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

    verdict: VerdictField = Field(description="The verdict, in English or Chinese. 结论。")
    voice: VoiceField | None = Field(
        None, description="Whose verdict it is; the file's `voice` if not given. 由谁作出。"
    )
    evidence: IdsField = Field((), description="Ids of the evidence for it. 证据编号。")
    by: TextField | None = Field(None, description="Who gives it. 作出者。")
    reason: TextField | None = Field(
        None, description="Why; required for not-applicable and for an override. 理由；不适用和裁定必须写明。"
    )
    note: TextField | None = Field(None, description="Remarks. 备注。")


_Subject: TypeAlias = Annotated[
    SubjectModel, BeforeValidator(spelled_subject), OrShort({"type": "string", "minLength": 1})
]
_Fact: TypeAlias = Annotated[FactModel, BeforeValidator(spelled_fact), OrShort(FACT_FORMS)]
_Attestation: TypeAlias = Annotated[
    AttestationModel, BeforeValidator(spelled_attestation), OrShort({"enum": [*BARE_VERDICTS]})
]
_Attestations: TypeAlias = Annotated[tuple[_Attestation, ...], BeforeValidator(listed), OrOne()]
_Records: TypeAlias = Annotated[dict[str, RecordModel], BeforeValidator(empty_if_null), OR_NULL]
_Facts: TypeAlias = Annotated[dict[str, _Fact], BeforeValidator(empty_if_null), OR_NULL]
_Clauses: TypeAlias = Annotated[dict[str, _Attestations], BeforeValidator(empty_if_null), OR_NULL]


class PartModel(Model):
    """What is said for one of several standards alone (只属于其中一个标准的内容)."""

    target: TextField | None = Field(None, description="The level to reach, or best. 目标等级，或 best。")
    inputs: ChoicesField = Field({}, description="Values of the standard's inputs, by name. 标准的输入项。")
    attestations: _Clauses = Field({}, description="Verdicts, by clause id, one or several. 结论，以条款号为键。")


_Parts: TypeAlias = Annotated[
    dict[str, Annotated[PartModel, BeforeValidator(empty_if_null), OR_NULL]],
    BeforeValidator(empty_if_null),
    OR_NULL,
]


class EvidenceModel(Model):
    """Everything that one file says about one subject (一个评价对象的全部证据)."""

    version: ClassVar[str] = VERSION
    #: the models of the entries of each section, for the keys that they know
    entries: ClassVar[dict[str, type[BaseModel]]] = {
        "subject": SubjectModel,
        "evidence": RecordModel,
        "facts": FactModel,
        "attestations": AttestationModel,
        "standards": PartModel,
    }
    #: the models that some keys of these entries have
    inner: ClassVar[dict[str, type[BaseModel]]] = {}

    guiju: Annotated[
        Literal["evidence/1"], PlainValidator(version_field(VERSION)), WithJsonSchema({"const": VERSION})
    ] = Field(description="The version of this format. 格式版本。")
    subject: _Subject = Field(description="What is assessed: a name, or a name and more. 评价对象。")
    fictional: TruthField | None = Field(
        None, description="Whether the subject is invented, as in examples. 是否虚构。"
    )
    standard: TextField | None = Field(
        None, description="The id of the standard that the names belong to. 标准的编号。"
    )
    as_of: InstantField | None = Field(
        None, description="The instant of the assessment, with its zone. 评价时点，须有时区。"
    )
    target: TextField | None = Field(None, description="The level to reach, or best. 目标等级，或 best。")
    inputs: ChoicesField = Field({}, description="Values of the standard's inputs, by name. 标准的输入项。")
    voice: VoiceField | None = Field(
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
