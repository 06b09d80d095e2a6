"""What may be asked next, for people and for programs: each question with what an answer decides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import partial

from guiju.compiler.ir import Clause, Fact, Input, NumberType, OptionType, Program, SetType, Type, Value, Verdict
from guiju.dsl.diagnostic import Diagnostic, Language, Text
from guiju.dsl.keywords import unit_in
from guiju.engine.evaluate import Assessment
from guiju.engine.possible import Possible
from guiju.engine.reasoning.asking.questions import Inquiry, Question
from guiju.engine.reasoning.relevance import Matter
from guiju.report import questions_model as model
from guiju.report.agreeing import agreeing
from guiju.report.assessed import assessed_model, standard_text
from guiju.report.diagnostics_model import diagnostic_model
from guiju.report.enclosures import marked
from guiju.report.lacking import outdated_text
from guiju.report.layout import joined, table, width
from guiju.report.result import expired_models, possible_model
from guiju.report.result_model import OutcomeModel
from guiju.report.values import set_text, value_text
from guiju.report.words import in_order, number, plain, share, shown, word

_REMOVES = Text("除去", "removes")
_HEAD = (_REMOVES, Text("至少", "at least"), Text("费用", "cost"), Text("问题", "question"), Text("", ""))
_UNCLEAR = Text("不详", "not known")
_SETTLED = Text("结论已定，不必再问", "Settled: nothing more need be asked")
_LEFT = Text(
    "还有 {number} 项未知与结论无关，不必问", "{number:more thing is|more things are} open and need not be asked"
)
_NOTHING = Text("没有可问的了，结论仍未定", "Nothing is left to ask, and the outcome is still open")
_NOT_ASKED = Text("此外（不为它提问）", "Besides, with no question asked for it")
_OVERRIDE = Text("由评定机构裁定，或更正已有的陈述", "the assessing body overrides it, or what is stated is corrected")
_YES_NO = Text("是 | 否", "yes | no")
_VERDICTS = Text("满足 | 不满足", "satisfied | unsatisfied")
_NUMBER = Text("以 {unit} 计的数", "a number in {unit}")
_COUNT = Text("数", "a number")
_SEVERAL = Text("下列各项中的几项，用逗号分开：{options}", "any of these, with commas between: {options}")
_EVIDENCE = Text("通常的证据：{text}", "typical evidence: {text}")


def subject_of(program: Program, question: Question) -> Fact | Input | Clause:
    """What a question is about."""
    kind, _, id_ = question.address.partition(":")
    if kind == "fact":
        return program.fact[id_]
    return program.clause[id_] if kind == "clause" else next(i for i in program.inputs if i.id == id_)


# --- for programs --------------------------------------------------------------------------------------------------


def questions_of(
    inquiry: Inquiry,
    assessment: Assessment,
    language: Language,
    diagnostics: Iterable[Diagnostic] = (),
    outcomes: tuple[str, ...] = (),
) -> model.QuestionsModel:
    """The questions of an assessment as data. `outcomes`: all of the standard, of which some are asked for."""
    program = inquiry.program
    listed = [(q, m) for q, m in inquiry.listed() if m != "no"]
    return model.QuestionsModel(
        guiju="questions/1",
        policy=program.id,
        designation=program.designation,
        subject=assessment.bound.evidence.subject,
        assessed=assessed_model(assessment, language),
        settled=inquiry.is_settled,
        outcomes=[_outcome(program, o, p, language) for o, p in inquiry.outlook.outcomes.items()],
        other_outcomes=[_outcome(program, o, p, language) for o, p in inquiry.possible_of(outcomes).items()],
        questions=[_question(program, q, m, language) for q, m in listed],
        need_not_be_asked=_beside(inquiry, [q for q, _ in listed]),
        diagnostics=[diagnostic_model(d, language) for d in diagnostics],
    )


def _beside(inquiry: Inquiry, asked: list[Question]) -> int:
    """The open things that are not among some questions; a fact that has a formula is none of them."""
    counted = sum(not (isinstance(s := subject_of(inquiry.program, q), Fact) and s.formula is not None) for q in asked)
    return max(0, inquiry.open_questions - counted)


def _outcome(program: Program, id_: str, possible: Possible, language: Language) -> OutcomeModel:
    label = program.definition[id_].label.in_language(language)
    return OutcomeModel(id=id_, label=label, possible=possible_model(possible))


def _question(program: Program, question: Question, matters: Matter, language: Language) -> model.QuestionModel:
    about = subject_of(program, question)
    kind = "fact" if isinstance(about, Fact) else "input" if isinstance(about, Input) else "clause"
    type_ = None if isinstance(about, Clause) else about.type
    return model.QuestionModel(
        kind=kind,  # type: ignore[arg-type]
        id=about.id,
        name=name_of(about, language),
        label=about.label.in_language(language),
        type=_type_word(type_),  # type: ignore[arg-type]
        unit=type_.unit if isinstance(type_, NumberType) else None,
        options=[] if isinstance(about, Clause) else [o.called(language) for o in about.options],
        guidance=_told(about, "guidance", language),
        evidence=_told(about, "evidence", language),
        cites=about.printed if isinstance(about, Clause) else about.cites,
        matters=matters,
        by_override=question.by_override,
        expired=expired_models(question.outdated),
        removes=None if question.removes is None else str(question.removes),
        removes_at_least=None if question.at_least is None else str(question.at_least),
        exact=question.exact,
        cost=str(question.cost),
        answers=[_answer(program, value, left) for value, left in question.answers],
    )


def _answer(program: Program, value: Value, left: tuple[frozenset[Value], ...]) -> model.AnswerModel:
    leaves = zip(program.outcomes, left, strict=True)
    said = ", ".join(sorted(value)) if isinstance(value, frozenset) else plain(value)
    return model.AnswerModel(
        value=said, leaves=[model.LeftModel(id=o, values=[plain(v) for v in in_order(values)]) for o, values in leaves]
    )


def _type_word(type_: Type | None) -> str:
    match type_:
        case None:
            return "verdict"
        case NumberType():
            return "number"
        case OptionType():
            return "option"
        case SetType():
            return "options"
    return "yes-no"


def name_of(about: Fact | Input | Clause, language: Language) -> str:
    """The name that people use: that of an evidence file, of a clause as it is printed."""
    return about.printed if isinstance(about, Clause) else about.called(language)


def _told(about: Fact | Input | Clause, what: str, language: Language) -> str | None:
    text: Text | None = getattr(about, what, None)
    return None if text is None else text.in_language(language)


# --- for people ----------------------------------------------------------------------------------------------------


def text_of(inquiry: Inquiry, language: Language, outcomes: tuple[str, ...] = ()) -> str:
    """The questions as a table. `outcomes`: all of the standard, of which some are asked for."""
    return joined([*_lines(inquiry, language, outcomes), ""])


def _lines(inquiry: Inquiry, language: Language, outcomes: tuple[str, ...]) -> Iterator[str]:
    program = inquiry.program
    yield standard_text(program, language)
    yield from outcome_lines(inquiry, language)
    yield from other_lines(inquiry, outcomes, language)
    yield ""
    listed = [(q, m) for q, m in inquiry.listed() if m != "no"]
    if listed:
        rows = [tuple(t.in_language(language) for t in _HEAD), *(_row(program, q, m, language) for q, m in listed)]
        yield from table(rows)
    else:
        yield (_SETTLED if inquiry.is_settled else _NOTHING).in_language(language)
    if number_ := _beside(inquiry, [q for q, _ in listed]):
        yield ""
        yield agreeing(_LEFT.in_language(language), number=number_)


def outcome_lines(inquiry: Inquiry, language: Language) -> Iterator[str]:
    """What each outcome can be that is asked for."""
    yield from _can_be(inquiry.program, inquiry.outlook.outcomes, language)


def other_lines(inquiry: Inquiry, outcomes: tuple[str, ...], language: Language) -> Iterator[str]:
    """What each outcome can be that is not asked for, of all of the standard."""
    others = inquiry.possible_of(outcomes)
    if others:
        yield _NOT_ASKED.in_language(language)
        yield from _can_be(inquiry.program, others, language)


def _can_be(program: Program, outcomes: Mapping[str, Possible], language: Language) -> Iterator[str]:
    for id_, possible in outcomes.items():
        label = program.definition[id_].label.in_language(language)
        yield f"  {label}: {marked(_values(program, id_, possible, language), possible, language)}"


def _values(program: Program, id_: str, possible: Possible, language: Language) -> str:
    definition = program.definition[id_]
    show = partial(value_text, program, definition, language=language)
    return set_text(program, possible.values, show, language, bounded=possible.bounded)


def _row(program: Program, question: Question, matters: Matter, language: Language) -> tuple[str, ...]:
    about = subject_of(program, question)
    removes = _UNCLEAR.in_language(language) if question.removes is None else share(question.removes)
    at_least = "" if question.at_least is None else share(question.at_least)
    said = word(matters, language) + (f"; {_OVERRIDE.in_language(language)}" if question.by_override else "")
    ended = _ended(question, language)
    said += f"; {ended}" if ended else ""
    label = about.label.in_language(language)
    return (removes, at_least, number(question.cost), f"{name_of(about, language)}  {label}", said)


def question_lines(inquiry: Inquiry, question: Question, language: Language) -> Iterator[str]:
    """A question as an interview asks it: what it is, what an answer looks like, what it decides."""
    program, about = inquiry.program, subject_of(inquiry.program, question)
    cites = "" if isinstance(about, Clause) or not about.cites else f"  [{about.cites}]"
    yield f"{name_of(about, language)}  {about.label.in_language(language)}{cites}"
    yield f"  {form_of(about, language)}"
    if not isinstance(about, Clause):
        named = [(o.called(language), o.label.in_language(language)) for o in about.options]
        yield from (f"    {name}  {label}" for name, label in named if name != label)
    if guidance := _told(about, "guidance", language):
        yield f"  {guidance}"
    if evidence := _told(about, "evidence", language):
        yield f"  {_EVIDENCE.in_language(language).format(text=evidence)}"
    if ended := _ended(question, language):
        yield f"  {ended}"
    yield f"  {_effect(question, inquiry.matters(question), language)}"
    yield from (f"    {line}" for line in _decides(program, question, language))


def _ended(question: Question, language: Language) -> str:
    """`expired evidence: EV-105 was valid until 2026-05-30`, if such evidence had answered a question; else nothing."""
    ended = "; ".join(outdated_text(o, language) for o in question.outdated)
    return f"{word('expired', language)}: {ended}" if ended else ""


def form_of(about: Fact | Input | Clause, language: Language) -> str:
    """What may be answered: `satisfied | unsatisfied`, `a number in PFLOPS`."""
    if isinstance(about, Clause):
        may_not_apply = about.applies is not None
        verdicts = _VERDICTS.in_language(language)
        return f"{verdicts} | {word('not-applicable', language)}" if may_not_apply else verdicts
    match about.type:
        case NumberType(unit=unit):
            said = _COUNT if unit in ("number", "count") else _NUMBER
            return said.in_language(language).format(unit=unit_in(unit, language))
        case OptionType():
            return " | ".join(o.called(language) for o in about.options)
        case SetType():
            return _SEVERAL.in_language(language).format(options=", ".join(o.called(language) for o in about.options))
    return _YES_NO.in_language(language)


def _effect(question: Question, matters: Matter, language: Language) -> str:
    said = word(matters, language)
    if question.removes:
        said += f"; {_REMOVES.in_language(language)} {share(question.removes)}"
    return said + (f"; {_OVERRIDE.in_language(language)}" if question.by_override else "")


_MOST_SHOWN = 4


def _decides(program: Program, question: Question, language: Language) -> Iterator[str]:
    """What some answers leave, where not all leave the same."""
    if not question.decides_alone or len(program.outcomes) != 1 or len(question.answers) > _MOST_SHOWN:
        return
    (id_,) = program.outcomes
    if any(isinstance(value, Fraction) for value, _ in question.answers):
        return  # these stand for ranges
    definition = program.definition[id_]
    told = [(_answer_text(value, language), left[0]) for value, left in question.answers]
    widest = max(width(answer) for answer, _ in told)
    for answer, left in told:
        values = set_text(program, left, lambda v: value_text(program, definition, v, language), language)
        yield f"{answer}{' ' * (widest - width(answer))} → {values}"


def _answer_text(value: Value, language: Language) -> str:
    if isinstance(value, Verdict):
        return word(value.value, language)
    if isinstance(value, frozenset):
        return f"[{', '.join(sorted(value))}]"
    return shown(value, language)
