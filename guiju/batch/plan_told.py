"""How a table would be answered, in words and as `batch-plan/1`: what `guiju batch --plan` prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import pyarrow as pa
from pydantic import BaseModel, ConfigDict, Field

from guiju.batch.answers import Columnar
from guiju.batch.heading import Heading
from guiju.batch.tables import Table, is_text
from guiju.compiler.ir import Program
from guiju.dsl.diagnostic import Language, Text
from guiju.engine.columnar.comparison import Comparison
from guiju.engine.columnar.laid import VERDICT, Aside
from guiju.engine.columnar.target import Target
from guiju.engine.layout import Slot, layout
from guiju.report.layout import joined, listed, table

SCHEMA_ID = "urn:guiju:schema:batch-plan-1"
Reading = Literal["bits", "numbers", "words", "lists", "text", "floats", "nothing"]

_READ: dict[Reading, Text] = {
    "bits": Text("按位，原样读", "bits, read as they lie"),
    "numbers": Text("整数或十进制数", "integers or decimals"),
    "words": Text("文字，每个不同的词读一次", "words, each different one is read once"),
    "lists": Text("列表，每个选项一个位平面", "lists, a plane for each option"),
    "text": Text("写成文字的数或列表，每个不同的读一次", "numbers or lists as text, each different one is read once"),
    "floats": Text("二进制浮点数，按最短小数读", "binary floats, read as the shortest decimals"),
    "nothing": Text("全为空", "nothing in them"),
}
_WHY = {
    "number": Text("问的是数本身，而不只是与阈值比较", "numbers are asked for themselves, and not only compared"),
    "set": Text("集合的组合太多", "a set has too many combinations"),
    "large": Text("组合太多", "there are too many combinations"),
    "enclosed": Text("可达的值求不精确", "what is reachable is not known exactly"),
}
_OTHER = Text("所依据的互相牵连，列里看不出来", "what it stands on goes together as no column tells")
_COLUMNS, _COUNT = Text("列", "Columns"), Text("个数", "number")
_PLANES = Text(
    "{id}：用位平面，64 行一次；依据 {number} 列", "{id}: in planes, 64 rows at a time; stands on {number} columns"
)
_ALONE = Text("{id}：逐行，因为{why}（{address}）", "{id}: row by row, because {why} ({address})")
_DOUBTFUL = Text("  这些列有值的行可能单独评价：", "  a row that states one of these may be evaluated by itself: ")
_TOGETHER = Text(
    "  这些列没有全部写出的行单独评价：", "  a row that does not state all of these is evaluated by itself: "
)
_BESIDE = Text(
    "  {formula} 与这些列之一同时写出的行单独评价：",
    "  a row that states {formula} beside one of these is evaluated by itself: ",
)
_JOBS = Text(
    "评价比把行和结果交给别的进程更费时时，{jobs} 个进程一起工作",
    "{jobs} processes share the work where answering takes longer than handing rows and answers over",
)


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PlannedModel(_Model):
    """How one thing that is asked for is answered."""

    id: str
    in_planes: bool
    columns: int = Field(description="of the table, that it stands on")
    why: str | None = Field(description="why it is answered row by row")
    place: str | None = Field(description="the node because of which that is so")
    alone: list[str] = Field(description="columns that may leave a row to the evaluator where they state something")
    together: list[list[str]] = Field(
        description="columns of numbers that leave a row to the evaluator unless all of them state something"
    )
    formulas: dict[str, list[str]] = Field(
        description="columns that a formula gives, with what it is made of: a row that states one beside any of these"
        " is left to the evaluator"
    )


class PlanModel(_Model):
    """How a table would be answered."""

    guiju: Literal["batch-plan/1"]
    policy: str
    table: str
    columns: dict[str, int] = Field(description="how many are read in which way")
    answers: list[PlannedModel]
    jobs: int


def json_schema() -> dict[str, object]:
    """The JSON Schema (draft 2020-12) of such a plan."""
    schema = PlanModel.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID, **schema}


def planned(engine: Columnar, source: Table, heading: Heading, jobs: int, language: Language) -> PlanModel:
    """The plan for one table."""
    ways: dict[str, int] = {}
    for name, _ in heading.slots:
        way = _reading(source.schema.field(name).type)
        ways[way] = ways.get(way, 0) + 1
    present = frozenset(index for _, index in heading.slots)
    asked = dict.fromkeys((*engine.program.outcomes, *(address for address, _ in engine.asked)))
    answers = [_answer(engine, address, present, language) for address in asked]
    return PlanModel(
        guiju="batch-plan/1", policy=engine.program.id, table=source.shown, columns=ways, answers=answers, jobs=jobs
    )


def _reading(type_: pa.DataType) -> Reading:
    if pa.types.is_dictionary(type_):
        return "words" if is_text(type_.value_type) else _reading(type_.value_type)
    if pa.types.is_boolean(type_):
        return "bits"
    if pa.types.is_integer(type_) or pa.types.is_decimal(type_):
        return "numbers"
    if pa.types.is_floating(type_):
        return "floats"
    if pa.types.is_null(type_):
        return "nothing"
    return "words" if is_text(type_) else "lists"


def _answer(engine: Columnar, address: str, present: frozenset[int], language: Language) -> PlannedModel:
    slots = layout(engine.program)
    if address.startswith(VERDICT):
        return _verdict(engine, address.removeprefix(VERDICT), present)
    target = engine.plan.target(address, present)
    if isinstance(target, Target):
        compared = _comparisons(engine, address, target.aside)
        needed = dict.fromkeys(one.needed for one in compared if one.needed)
        return PlannedModel(
            id=address,
            in_planes=True,
            columns=len(target.slots & present),
            why=None,
            place=None,
            alone=_names(slots, present.intersection(target.doubtful)),
            together=[_names(slots, all_) for all_ in needed if not any(all_ < more for more in needed)],
            formulas=_formulas(slots, compared, present),
        )
    return PlannedModel(
        id=address,
        in_planes=False,
        columns=0,
        why=_WHY.get(target.why, _OTHER).in_language(language),
        place=target.address,
        alone=[],
        together=[],
        formulas={},
    )


def _verdict(engine: Columnar, clause: str, present: frozenset[int]) -> PlannedModel:
    """The verdict of a clause: in planes, and by itself where it stands on numbers or sets that planes do not tell."""
    settled, slots = engine.plan.settled(clause, present), layout(engine.program)
    return PlannedModel(
        id=f"clause:{clause}",
        in_planes=True,
        columns=len(settled.slots),
        why=None,
        place=None,
        alone=[] if settled.is_told else _names(slots, settled.slots),
        together=[],
        formulas=_formulas(slots, _comparisons(engine, f"{VERDICT}{clause}", settled.aside), present),
    )


def _formulas(slots: Sequence[Slot], compared: Iterable[Comparison], present: frozenset[int]) -> dict[str, list[str]]:
    made_of = {f: below & present for one in compared for f, below in one.formulas.items() if f in present}
    return {slots[f].name: _names(slots, below) for f, below in made_of.items() if below}


def _comparisons(engine: Columnar, address: str, aside: Aside) -> list[Comparison]:
    """The comparisons of several numbers that a target stands on, each once."""
    ground = engine.plan.ground
    first = {leaf: case for case, leaf in reversed(aside.compared)}
    return [Comparison(leaf, ground.network, ground.values(address, case)) for leaf, case in first.items()]


def _names(slots: Sequence[Slot], places: Iterable[int]) -> list[str]:
    return [slots[place].name for place in sorted(places)]


def text_of(model: PlanModel, program: Program, language: Language) -> str:
    """The plan for people."""
    return joined(_lines(model, program, language)) + "\n"


def _lines(model: PlanModel, program: Program, language: Language) -> Iterator[str]:
    yield f"{program.designation}  {model.table}"
    yield ""
    rows: list[Sequence[str]] = [(_COLUMNS.in_language(language), _COUNT.in_language(language))]
    rows += [(f"  {_READ[way].in_language(language)}", str(n)) for way, n in model.columns.items()]  # type: ignore[index]
    yield from table(rows)
    yield ""
    for answer in model.answers:
        if not answer.in_planes:
            yield _ALONE.in_language(language).format(id=answer.id, why=answer.why, address=answer.place)
            continue
        yield _PLANES.in_language(language).format(id=answer.id, number=answer.columns)
        if answer.alone:
            yield from listed(_DOUBTFUL.in_language(language), answer.alone, language)
        for names in answer.together:
            yield from listed(_TOGETHER.in_language(language), names, language)
        for formula, names in answer.formulas.items():
            yield from listed(_BESIDE.in_language(language).format(formula=formula), names, language)
    yield _JOBS.in_language(language).format(jobs=model.jobs)
