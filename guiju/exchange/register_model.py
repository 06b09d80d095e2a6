"""The shape of an evidence file, `evidence/2`: `evidence/1` and a register of evidence, samples, ends and waivers."""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, WithJsonSchema

from guiju.engine.evidence import Grade, Rule, Voice
from guiju.engine.verdict_words import VERDICT_WORDS, AttestedVerdict
from guiju.exchange import codes
from guiju.exchange.evidence_model import EvidenceModel, FactModel, PartModel, SubjectModel
from guiju.exchange.fields import (
    BARE_VERDICTS,
    NEWEST,
    OR_NULL,
    VOICE_WORDS,
    DayField,
    IdsField,
    Model,
    NameField,
    OrOne,
    OrShort,
    TextField,
    VerdictField,
    VoiceField,
    as_text,
    empty_if_null,
    listed,
    read_word,
    spelled_attestation,
    version_field,
    wrong,
)
from guiju.exchange.node import Numeral, clip
from guiju.exchange.problem import Problem, problem
from guiju.exchange.rules import read_rule

VERSION = NEWEST
SCHEMA_ID = "urn:guiju:schema:evidence-2"

RegisteredVoice: TypeAlias = Voice | Literal["waiver"]
_VOICES: dict[str, RegisteredVoice] = {**VOICE_WORDS, "waiver": "waiver", "豁免": "waiver"}
_GRADES: dict[str, Grade] = {
    "major": "major",
    "minor": "minor",
    "observation": "observation",
    "严重不符合": "major",
    "一般不符合": "minor",
    "观察项": "observation",
}
_DIGEST = re.compile("[0-9a-fA-F]{64}")
_WHOLE = re.compile("[0-9]{1,15}")


def _voice(value: object) -> RegisteredVoice:
    voice: RegisteredVoice = read_word(value, _VOICES)
    return voice


def _digest(value: object) -> str:
    text = (value.text if isinstance(value, Numeral) else as_text(value)).strip().removeprefix("sha256:")
    return text.lower() if _DIGEST.fullmatch(text) else wrong(problem(codes.NOT_A_DIGEST, text=clip(text)))


def _whole(value: object) -> int:
    text = (value.text if isinstance(value, Numeral) else as_text(value)).replace(" ", "")
    return int(text) if _WHOLE.fullmatch(text) else wrong(problem(codes.NOT_A_COUNT, text=clip(text)))


def _rule(value: object) -> Rule:
    rule = read_rule(as_text(value))
    return wrong(rule) if isinstance(rule, Problem) else rule


def _result(value: object) -> AttestedVerdict:
    """An instance that is listed and has no result yet is unknown."""
    result: AttestedVerdict = "unknown" if value is None else read_word(value, VERDICT_WORDS)
    return result


def _grade(value: object) -> Grade:
    grade: Grade = read_word(value, _GRADES)
    return grade


def _spelled_instance(value: object) -> object:
    return value if isinstance(value, dict) else {"result": value}


_Version: TypeAlias = Annotated[
    Literal["evidence/2"], PlainValidator(version_field(VERSION)), WithJsonSchema({"const": VERSION})
]
_VoiceField: TypeAlias = Annotated[RegisteredVoice, PlainValidator(_voice), WithJsonSchema({"enum": [*_VOICES]})]
_GradeField: TypeAlias = Annotated[Grade, PlainValidator(_grade), WithJsonSchema({"enum": [*_GRADES]})]
_DigestField: TypeAlias = Annotated[
    str, PlainValidator(_digest), WithJsonSchema({"type": "string", "pattern": "^(sha256:)?[0-9a-fA-F]{64}$"})
]
_WholeField: TypeAlias = Annotated[
    int,
    PlainValidator(_whole),
    WithJsonSchema(
        {"anyOf": [{"type": "number", "minimum": 0, "multipleOf": 1}, {"type": "string", "pattern": "^[0-9 ]+$"}]}
    ),
]
_RuleField: TypeAlias = Annotated[Rule, PlainValidator(_rule), WithJsonSchema({"type": "string", "minLength": 1})]
_ResultField: TypeAlias = Annotated[
    AttestedVerdict, PlainValidator(_result), WithJsonSchema({"enum": [*VERDICT_WORDS, None]})
]


class PeriodModel(Model):
    """The time that a piece of evidence tells of (证据所覆盖的期间)."""

    from_: DayField | None = Field(None, alias="from", description="From the start of this day. 自此日起。")
    to: DayField | None = Field(None, description="To the end of this day. 至此日止。")


class RegisteredModel(Model):
    """One piece of evidence, which facts, verdicts and samples refer to by its id (一份证据)."""

    kind: NameField = Field(description="What it is, such as test-report. 种类，例如 test-report。")
    title: TextField | None = Field(None, description="Its title. 标题。")
    source: TextField | None = Field(None, description="Where it is kept. 存放处。")
    collected: DayField | None = Field(
        None, description="Date or instant of collection; a date is the start of that day. 收集日期，从当日开始时算起。"
    )
    received: DayField | None = Field(
        None, description="When the assessor got it; says nothing of its age. 评估方收到的日期，与新旧无关。"
    )
    period: Annotated[PeriodModel, BeforeValidator(empty_if_null), OR_NULL] | None = Field(
        None, description="The time that it tells of. 所覆盖的期间。"
    )
    expires: DayField | None = Field(
        None, description="Date or instant until which it is valid; a date is the end of that day. 有效期至当日结束。"
    )
    by: TextField | None = Field(None, description="Who collected it. 收集者。")
    method: TextField | None = Field(None, description="How it was obtained. 取得的方法。")
    revision: TextField | None = Field(None, description="Which revision of the document it is. 版次。")
    confidentiality: TextField | None = Field(None, description="Who may see it, in the body's own words. 密级。")
    sha256: _DigestField | None = Field(None, description="SHA-256 digest of the original. 原件的 SHA-256 摘要值。")
    hash: TextField | None = Field(
        None, description="Digest by another algorithm, such as sm3:…. 用别的算法的摘要值，例如 sm3:…。"
    )
    note: TextField | None = Field(None, description="Remarks. 备注。")


class VoicedModel(Model):
    """What one voice says of one clause (一方对一个条款所说的)."""

    model_config = ConfigDict(
        json_schema_extra={
            "allOf": [
                {
                    "if": {
                        "anyOf": [
                            {
                                "properties": {"verdict": {"enum": ["not-applicable", "不适用"]}},
                                "required": ["verdict"],
                            },
                            {"properties": {"voice": {"enum": ["override", "裁定"]}}, "required": ["voice"]},
                        ]
                    },
                    "then": {"properties": {"reason": {"type": "string", "minLength": 1}}, "required": ["reason"]},
                },
                {
                    "if": {"properties": {"voice": {"enum": ["waiver", "豁免"]}}, "required": ["voice"]},
                    "then": {
                        "properties": {
                            "verdict": False,
                            "by": {"type": "string", "minLength": 1},
                            "reason": {"type": "string", "minLength": 1},
                            "until": {"type": "string"},
                        },
                        "required": ["by", "reason", "until"],
                    },
                    "else": {"required": ["verdict"]},
                },
            ]
        }
    )

    verdict: VerdictField = Field(
        None, description="The verdict, in English or Chinese; of a waiver none. 结论；豁免没有。"
    )
    voice: _VoiceField | None = Field(None, description="Whose it is; the file's `voice` if not given. 由谁作出。")
    evidence: IdsField = Field((), description="Ids of the evidence for it. 证据编号。")
    by: TextField | None = Field(None, description="Who gives it. 作出者。")
    reason: TextField | None = Field(
        None,
        description="Why; required for not-applicable, an override and a waiver. 理由；不适用、裁定和豁免必须写明。",
    )
    until: DayField | None = Field(
        None, description="The last day on which it counts; required for a waiver. 有效至当日结束；豁免必须写明。"
    )
    note: TextField | None = Field(None, description="Remarks. 备注。")


class InstanceModel(Model):
    """What was found of one of the things that were drawn (一个样本的结果)."""

    result: _ResultField = Field(description="What was found; unknown while nobody has looked. 结果。")
    evidence: IdsField = Field((), description="Ids of the evidence for it. 证据编号。")
    note: TextField | None = Field(None, description="Remarks. 备注。")


_Instances: TypeAlias = Annotated[
    dict[str, Annotated[InstanceModel, BeforeValidator(_spelled_instance), OrShort({"enum": [*VERDICT_WORDS, None]})]],
    BeforeValidator(empty_if_null),
    OR_NULL,
]


class SampleModel(Model):
    """What was drawn out of a population, what was found, and the rule by which that becomes one (抽样)."""

    title: TextField | None = Field(None, description="What was drawn. 抽取的是什么。")
    clause: TextField | None = Field(
        None, description="The clause that it decides; or `fact`. 用于哪个条款；或写 fact。"
    )
    fact: TextField | None = Field(
        None, description="The fact that it states; or `clause`. 给出哪个事实；或写 clause。"
    )
    population: _WholeField = Field(description="How many there are. 总体的数目。")
    sample: _WholeField | None = Field(
        None,
        description="How many are drawn; those without result are unknown. As many as have results if not given."
        " 抽取的数目；没有结果的按未知。不写则为有结果的数目。",
    )
    method: TextField | None = Field(None, description="How they were drawn. 抽取的方法。")
    rule: _RuleField = Field(
        description="How the results become one: all, at least N, at most N unsatisfied, share >= P; for a fact that"
        " is a number: count or share. 汇总规则：全部、至少 N、至多 N 不满足、占比 >= P；给出数的事实：数目或占比。"
    )
    results: _Instances = Field({}, description="What was found, by instance. 各样本的结果。")
    voice: VoiceField | None = Field(None, description="Whose it is; the file's `voice` if not given. 由谁作出。")
    by: TextField | None = Field(None, description="Who drew it. 抽样者。")
    evidence: IdsField = Field((), description="Ids of the evidence for the whole. 全部结果的证据编号。")
    until: DayField | None = Field(None, description="The last day on which it counts. 有效至当日结束。")
    note: TextField | None = Field(None, description="Remarks. 备注。")


class ClosureModel(Model):
    """That a finding was mended (关闭)."""

    on: DayField = Field(description="The day on which that was found. 关闭的日子。")
    by: NameField = Field(description="Who found it. 由谁确认。")
    evidence: IdsField = Field((), description="Ids of the evidence for it. 证据编号。")
    note: TextField | None = Field(None, description="Remarks. 备注。")


class FindingModel(Model):
    """What an assessor holds against the subject on one clause; it decides nothing (评价发现)."""

    model_config = ConfigDict(
        json_schema_extra={
            "if": {"properties": {"grade": {"enum": ["observation", "观察项"]}}},
            "else": {
                "properties": {"owner": {"type": "string", "minLength": 1}, "due": {"type": "string"}},
                "required": ["owner", "due"],
            },
        }
    )

    clause: NameField = Field(description="The clause that it is about. 所涉条款。")
    grade: _GradeField = Field(description="How grave it is. 轻重。")
    statement: NameField = Field(description="What was found. 发现了什么。")
    evidence: IdsField = Field((), description="Ids of the evidence for it. 证据编号。")
    raised: DayField | None = Field(None, description="When it was raised. 提出的日子。")
    by: TextField | None = Field(None, description="Who raised it. 提出者。")
    owner: TextField | None = Field(
        None, description="Who is to mend it; required unless it is an observation. 由谁整改；观察项可以不写。"
    )
    due: DayField | None = Field(
        None, description="The last day to mend it; required unless it is an observation. 整改期限；观察项可以不写。"
    )
    closure: ClosureModel | None = Field(None, description="That it was mended. 关闭。")
    note: TextField | None = Field(None, description="Remarks. 备注。")


_Findings: TypeAlias = Annotated[dict[str, FindingModel], BeforeValidator(empty_if_null), OR_NULL]
_FINDINGS = "What is held against the subject, by an id of your own. 评价发现，以自定的编号为键。"
_Records: TypeAlias = Annotated[dict[str, RegisteredModel], BeforeValidator(empty_if_null), OR_NULL]
_Said: TypeAlias = Annotated[VoicedModel, BeforeValidator(spelled_attestation), OrShort({"enum": [*BARE_VERDICTS]})]
_Voiced: TypeAlias = Annotated[tuple[_Said, ...], BeforeValidator(listed), OrOne()]
_Clauses: TypeAlias = Annotated[dict[str, _Voiced], BeforeValidator(empty_if_null), OR_NULL]
_Samples: TypeAlias = Annotated[dict[str, SampleModel], BeforeValidator(empty_if_null), OR_NULL]
_ATTESTATIONS = "What each voice says, by clause id, one or several. 各方所说的，以条款号为键。"
_SAMPLES = "What was drawn and found, by an id of your own. 抽样，以自定的编号为键。"


class RegisterPartModel(PartModel):
    """What is said for one of several standards alone (只属于其中一个标准的内容)."""

    attestations: _Clauses = Field({}, description=_ATTESTATIONS)  # type: ignore[assignment]
    samples: _Samples = Field({}, description=_SAMPLES)
    findings: _Findings = Field({}, description=_FINDINGS)


_Parts: TypeAlias = Annotated[
    dict[str, Annotated[RegisterPartModel, BeforeValidator(empty_if_null), OR_NULL]],
    BeforeValidator(empty_if_null),
    OR_NULL,
]


class RegisterModel(EvidenceModel):
    """Everything that one file says about one subject (一个评价对象的全部证据)."""

    version: ClassVar[str] = VERSION
    entries: ClassVar[dict[str, type[BaseModel]]] = {
        "subject": SubjectModel,
        "evidence": RegisteredModel,
        "facts": FactModel,
        "attestations": VoicedModel,
        "samples": SampleModel,
        "findings": FindingModel,
        "standards": RegisterPartModel,
    }
    inner: ClassVar[dict[str, type[BaseModel]]] = {
        "period": PeriodModel,
        "results": InstanceModel,
        "closure": ClosureModel,
    }

    guiju: _Version = Field(description="The version of this format. 格式版本。")  # type: ignore[assignment]
    evidence: _Records = Field({}, description="Pieces of evidence, by id. 证据，以编号为键。")  # type: ignore[assignment]
    attestations: _Clauses = Field({}, description=_ATTESTATIONS)  # type: ignore[assignment]
    samples: _Samples = Field({}, description=_SAMPLES)
    findings: _Findings = Field({}, description=_FINDINGS)
    standards: _Parts = Field(  # type: ignore[assignment]
        {},
        description="Where one file answers several standards: what belongs to one of them alone, by its id; facts and"
        " evidence are shared. 一份文件答几个标准时，各标准自己的部分，以标准编号为键；事实和证据共用。",
    )


def json_schema() -> dict[str, Any]:
    """The published schema of evidence files, JSON Schema draft 2020-12."""
    schema = RegisterModel.model_json_schema()
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": f"Guiju evidence file, {VERSION}",
    }
    return head | {key: value for key, value in schema.items() if key != "title"}
