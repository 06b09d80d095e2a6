"""What the keys of an evidence file may hold: values, short forms, and what the JSON Schema says of them.

A wrong value raises with the `Problem` that it is; `guiju.exchange.validate` finds its place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any, ClassVar, NoReturn, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, GetJsonSchemaHandler, PlainValidator, WithJsonSchema
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from guiju.engine.evidence import Quantity, StatedValue, Voice
from guiju.engine.verdict_words import VERDICT_WORDS, AttestedVerdict
from guiju.exchange import codes
from guiju.exchange.instant import Day, is_written_as_day, read_day
from guiju.exchange.node import Numeral, clip
from guiju.exchange.number import read_quantity
from guiju.exchange.problem import Problem, problem

NEWEST = "evidence/2"
#: what a row of a table says of a piece of evidence, beside its id; the ends of its period are columns of their own
RECORD = (
    "kind",
    "title",
    "source",
    "collected",
    "received",
    "from",
    "to",
    "expires",
    "by",
    "method",
    "revision",
    "confidentiality",
    "sha256",
    "hash",
    "note",
)
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
BARE_VERDICTS = [word for word, verdict in VERDICT_WORDS.items() if verdict != "not-applicable"]


def wrong(what: Problem) -> NoReturn:
    """Say of a value that it is wrong, and how."""
    raise PydanticCustomError(PROBLEM, "see the problem", {"problem": what})


def _wrong_shape() -> NoReturn:
    raise PydanticCustomError("string_type", "not a text")


# --- values ------------------------------------------------------------------------------------------------------


def version_field(version: str) -> Callable[[object], str]:
    """What holds a file to its version; whoever gave none is told of the newest."""
    return lambda value: version if value == version else wrong(problem(codes.OTHER_VERSION, expected=NEWEST))


def as_text(value: object) -> str:
    """A text as it is written; a number outside quotation marks is none."""
    if isinstance(value, Numeral):
        wrong(problem(codes.UNQUOTED_NUMBER, number=value.text, fix=f'"{value.text}"', key=""))
    return value if isinstance(value, str) else _wrong_shape()


def _name(value: object) -> str:
    text = as_text(value)
    if not text.strip():
        raise PydanticCustomError("empty_text", "an empty text")
    return text.strip()


def read_word(value: object, words: Mapping[str, Any]) -> Any:
    """What one of some words stands for."""
    word = "true" if value is True else "false" if value is False else as_text(value).strip()
    if word not in words:
        what = problem(codes.UNKNOWN_WORD, key="", word=clip(word), known=", ".join(words))
        says_more = any(known in word for known in words)  # of `partly satisfied` nobody meant `satisfied`
        wrong(what if says_more else replace(what, meant=(word, tuple(words))))
    return words[word]


def _verdict(value: object) -> AttestedVerdict | None:
    """What is left blank says nothing; `unknown` says that somebody looked."""
    verdict: AttestedVerdict | None = None if value is None else read_word(value, VERDICT_WORDS)
    return verdict


def _voice(value: object) -> Voice:
    voice: Voice = read_word(value, VOICE_WORDS)
    return voice


def _truth(value: object) -> bool:
    return bool(read_word(value, _TRUTH_WORDS))


def _day(value: object) -> Day:
    text = value.text if isinstance(value, Numeral) else as_text(value)
    day = read_day(text)
    return day if day is not None else wrong(problem(codes.BAD_DATE, text=clip(text)))


def _instant(value: object) -> datetime:
    text = value.text if isinstance(value, Numeral) else as_text(value)
    day = read_day(text)
    if day is None and (":" in text or is_written_as_day(text)):
        wrong(problem(codes.BAD_DATE, text=clip(text)))
    if not isinstance(day, datetime) or day.tzinfo is None:
        wrong(problem(codes.NO_ZONE, text=clip(text)))
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
    return as_text(item).strip()


def _wrong_fact() -> NoReturn:
    raise PydanticCustomError("fact_value", "no value of a fact")


def _stated_text(text: str) -> Quantity | str | None:
    if text in _UNKNOWN_WORDS:
        return None
    quantity = read_quantity(text)
    if isinstance(quantity, Problem):
        wrong(quantity)
    return text if quantity is None else quantity


# --- short forms -------------------------------------------------------------------------------------------------


def spelled_fact(value: object) -> object:
    """A bare value as what it is short for."""
    return value if isinstance(value, dict) else {"value": value}


def spelled_subject(value: object) -> object:
    """A bare name as what it is short for."""
    return value if isinstance(value, dict) else {"name": value}


def listed(value: object) -> object:
    """One item as a list of one."""
    return value if isinstance(value, list) else [] if value is None else [value]


def spelled_attestation(value: object) -> object:
    """A bare verdict as what it is short for."""
    return value if isinstance(value, dict) else {"verdict": value}


def empty_if_null(value: object) -> object:
    """A section that is left blank as one without entries."""
    return {} if value is None else value


class OrShort:
    """Adds the short forms to the schema of a model."""

    def __init__(self, *forms: JsonSchemaValue) -> None:
        self.forms = forms

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"anyOf": [*self.forms, handler(core)]}


class OrOne:
    """Adds to the schema of a list that one item may stand without the list, or nothing at all."""

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        listed = handler(core)
        return {"anyOf": [listed["items"], listed, {"type": "null"}]}


_NULL: JsonSchemaValue = {"type": "null"}
_STRING: JsonSchemaValue = {"type": "string"}
_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TIME = r"[Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?"
_ZONE = " ?([Zz]|[-+][0-9]{2}:[0-9]{2})"
FACT_FORMS: JsonSchemaValue = {
    "anyOf": [
        {"type": ["string", "number", "boolean", "null"]},
        {"type": "array", "items": {"type": "string"}},
    ]
}

TextField: TypeAlias = Annotated[str, PlainValidator(as_text), WithJsonSchema(_STRING)]
NameField: TypeAlias = Annotated[str, PlainValidator(_name), WithJsonSchema({"type": "string", "minLength": 1})]
IdsField: TypeAlias = Annotated[tuple[TextField, ...], BeforeValidator(listed), OrOne()]
InstantField: TypeAlias = Annotated[
    datetime, PlainValidator(_instant), WithJsonSchema({"type": "string", "pattern": f"^{_DAY}{_TIME}{_ZONE}$"})
]
DayField: TypeAlias = Annotated[
    Day, PlainValidator(_day), WithJsonSchema({"type": "string", "pattern": f"^{_DAY}({_TIME}({_ZONE})?)?$"})
]
VerdictField: TypeAlias = Annotated[
    AttestedVerdict | None, PlainValidator(_verdict), WithJsonSchema({"enum": [*VERDICT_WORDS, None]})
]
VoiceField: TypeAlias = Annotated[Voice, PlainValidator(_voice), WithJsonSchema({"enum": [*VOICE_WORDS]})]
TruthField: TypeAlias = Annotated[bool, PlainValidator(_truth), WithJsonSchema({"enum": [True, False, *_TRUTH_WORDS]})]
ValueField: TypeAlias = Annotated[StatedValue, PlainValidator(_stated), WithJsonSchema(FACT_FORMS)]

OR_NULL = OrShort(_NULL)
ChoicesField: TypeAlias = Annotated[dict[str, TextField | None], BeforeValidator(empty_if_null), OR_NULL]


class Model(BaseModel):
    """What has no keys but its own."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", frozen=True)
