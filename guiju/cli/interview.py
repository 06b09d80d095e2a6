"""The interview of `guiju ask`: asks, checks each answer as evidence, and keeps it before it asks the next question."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guiju.cli.edge import report, report_in_words
from guiju.cli.kept import Kept
from guiju.compiler.ir import UNKNOWN, Clause, Fact, Program, SetType
from guiju.dsl.diagnostic import Diagnostic, Language, Text, has_errors
from guiju.dsl.render import visible
from guiju.dsl.source import Source
from guiju.engine.ages import Outdated, outdated
from guiju.engine.bind import Bound
from guiju.engine.evaluate import Assessment, evaluate
from guiju.engine.evidence import Voice
from guiju.engine.names import clause_id
from guiju.engine.reasoning.asking.outlook import Looking
from guiju.engine.reasoning.asking.questions import Inquiry, Question, inquire
from guiju.engine.reasoning.planning.changes import Terms
from guiju.engine.verdict_words import VERDICT_WORDS
from guiju.exchange.evidence import parse_evidence
from guiju.exchange.insert import Said, Statement, options_in, voice_of, with_evidence, with_statement
from guiju.report.assessed import assessed_lines
from guiju.report.lacking import outdated_text
from guiju.report.questions import form_of, other_lines, outcome_lines, question_lines, subject_of
from guiju.report.under_readings import reading_text, readings_of
from guiju.report.words import word
from guiju.standards import bind_for

if TYPE_CHECKING:
    from guiju.lookup import Standards

_ABOUT = Text(
    "照证据文件的写法回答，证据编号写在后面的方括号里：满足 [EV-1]。\n"
    "? 不知道 · skip 跳过，以后再问 · back 返回上一题 · quit 停下",
    "Answer as an evidence file would, with ids of evidence in brackets behind it: satisfied [EV-1].\n"
    "? do not know · skip ask later · back to the one before · quit",
)
_NEW_FILE = Text("第一个回答起存入新文件 {path}", "From the first answer on, answers are kept in the new file {path}")
_SAME_FILE = Text(
    "回答加入 {path}，其中已有的和注释都不动", "Answers join {path}; what stands there stays, comments too"
)
_REASON = Text("理由：", "Reason: ")
_NO_REASON = Text("要写明理由", "A reason is needed")
_BY = Text("裁定人：", "Overridden by: ")
_NO_NAME = Text("要写明由谁裁定", "Who overrides it is needed")
_FOR_THE_BODY = Text(
    "各方说法相左，或事实求不出值，不由厂商回答，由评定机构裁定：{clauses}",
    "Not for a vendor to answer: in dispute or without a value, for the assessing body to decide: {clauses}",
)
_FIRST = Text("这是第一题", "This is the first question")
_NOT_PLACED = Text(
    "这一项在文件里的写法不能自动补充，请直接改文件；先放下",
    "Its entry cannot be added to here: edit the file. Put aside",
)
_NOT_BESIDE = Text(
    "文件里已写有这一项的依据，证据编号请直接加到文件里；这里只回答值",
    "The file has an entry for it with evidence of its own: add the ids there, and answer the value alone",
)
_OUTDATED = Text(
    "{ended}：凭它回答不算数，没有记下。换上仍有效的证据编号{valid}，或不写证据，再答一次",
    "{ended}: an answer that rests on it does not count, and was not kept. "
    "Answer again with evidence that still counts{valid}, or with none",
)
_OUTDATED_ENTRY = Text(
    "文件里这一项写明的依据是 {ids}，而 {ended}：写在那里不算数，没有记下；请先在文件里换掉这一依据",
    "The file has an entry for it that rests on {ids}, and {ended}: "
    "an answer there does not count, and was not kept. Replace that evidence in the file first",
)
_STILL_VALID = Text("（{ids}）", " ({ids})")
_NO_VERDICT = Text("“{said}”不是结论，没有记下", "`{said}` is no verdict, and was not kept")
_MAY_BE_ANSWERED = Text("可以回答：{form}", "What may be answered: {form}")
_NOT_DECIDED = Text("已记下，但还不能定；先放下", "Kept, but it does not decide this. Put aside")
_SETTLED = Text("结论已定", "Settled")
_NOTHING = Text("没有可问的了，结论仍未定", "Nothing is left to ask, and the outcome is still open")
_STOPPED = Text("停下了，结论仍未定", "Stopped; the outcome is still open")
_COUNTED = Text("答了 {answered} 问，{beside} 项不必问", "{answered} answered, {beside} not needed")
_GO_ON = Text("接着答：{command}", "To go on: {command}")

_NO_TEXT = Text(
    "这一行不是 {encoding} 文字，没有记下；检查终端的编码后再答",
    "That line is no text in {encoding}, and was not kept: look at the encoding of the terminal, and answer again",
)

_MOST_LISTED = 8  # ids of evidence that still counts

_WORDS = {
    "?": "unknown", "？": "unknown", "unknown": "unknown", "未知": "unknown", "不知道": "unknown", "null": "unknown",
    "skip": "skip", "跳过": "skip", "back": "back", "返回": "back", "quit": "quit", "退出": "quit",
}  # fmt: skip


#: what people answer who are asked whether a clause is met
_AS_VERDICTS = {"yes": "satisfied", "no": "unsatisfied", "是": "满足", "否": "不满足"}


@dataclass(frozen=True)
class File:
    """The text of an evidence file, and what it is held against."""

    source: Source
    standards: Standards
    program: Program

    @property
    def voice(self) -> Voice:
        """Whose verdicts those of the file are."""
        return voice_of(self.source)

    def bound(self) -> tuple[Bound | None, tuple[Diagnostic, ...]]:
        """The evidence bound to the standard; None with an error."""
        stated, found = parse_evidence(self.source)
        if stated is None:
            return None, found
        bindings = bind_for(self.program, stated, self.standards)
        diagnostics = (*found, *bindings.diagnostics)
        return None if has_errors(diagnostics) else bindings.bound, diagnostics

    def saying(self, text: str) -> File:
        """The same file with another text."""
        return replace(self, source=Source(self.source.name, text))


@dataclass(frozen=True)
class _Point:
    """Where an interview stands, to come back to."""

    file: File
    aside: frozenset[str]
    later: frozenset[str]
    answered: int = 0
    idle: frozenset[str] = frozenset()


def _line() -> str | None:
    """A line of what is answered, "" at its end; None of one that is no text in the encoding of the terminal.

    Lines are decoded one by one: of a reader of texts the lines before it went with one that cannot be read.
    """
    if sys.stdin is None:  # closed before the start
        return ""
    try:
        return sys.stdin.buffer.readline().decode(sys.stdin.encoding)
    except UnicodeDecodeError:
        return None


def _evidence_of(statement: Statement) -> tuple[str, ...]:
    """The ids of the evidence that an answer names."""
    return tuple(statement.value.get("evidence", ())) if isinstance(statement.value, dict) else ()


class _Ended(Exception):  # noqa: N818 - no error: the input is closed, or it is enough
    """The interviewee has stopped."""


class Interview:
    """One interview, from the evidence at hand to a settled outcome, or as far as it gets."""

    def __init__(
        self,
        policy: str,
        file: File,
        path: Path,
        readings: Mapping[str, str],
        terms: Terms,
        voice: str,
        language: Language,
        *,
        digest: str | None,
        by: str | None = None,
        outcomes: tuple[str, ...] = (),
        options: tuple[str, ...] = (),
    ) -> None:
        """`digest`: of the bytes that the answers join; None where they are kept in a new file. `by`: who answers.

        `options`: those of the command, to go on with.

        `outcomes`: all of the standard, of which the program asks for some.
        """
        self._all, self._by, self._options = outcomes, by, options
        self._readings, self._terms, self._voice, self._language = readings, terms, voice, language
        self._policy, self._kept = policy, Kept(path, digest)
        self._looking = Looking(file.program)
        self._now = _Point(file, frozenset(), frozenset())
        self._before: list[_Point] = []
        self._told: tuple[str, ...] = ()

    def run(self) -> None:
        """Ask until nothing can change an outcome, nothing is left to ask, or the interviewee stops."""
        program, ended = self._now.file.program, _STOPPED
        self._say(f"{program.designation}  {program.title.in_language(self._language)}")
        self._tell((_SAME_FILE if self._kept.exists else _NEW_FILE), path=self._kept.path)
        self._tell(_ABOUT)
        inquiry = self._inquire()
        try:
            while (question := self._next(inquiry)) is not None:
                self._show(inquiry, question)
                inquiry = self._put(question)
            ended = _SETTLED if inquiry.is_settled else _NOTHING
        except _Ended:
            pass
        except KeyboardInterrupt:
            self._conclude(self._inquire(), ended)
            sys.exit(130)
        self._conclude(self._inquire(), ended)

    # --- asking ------------------------------------------------------------------------------------------------------

    def _inquire(self) -> Inquiry:
        bound, found = self._now.file.bound()
        assert bound is not None, found
        return inquire(bound, self._readings, self._terms, self._now.aside, self._looking, self._now.idle)

    def _next(self, inquiry: Inquiry) -> Question | None:
        """The next question; where none is left, what was skipped comes up again."""
        for_the_body = frozenset(q.address for q in self._for_the_body(inquiry))
        question = inquiry.first(self._now.later | for_the_body)
        self._now = replace(self._now, idle=inquiry.idle)
        if question is None and self._now.later:
            self._now = replace(self._now, later=frozenset())
            return inquiry.first(for_the_body)
        return question

    def _for_the_body(self, inquiry: Inquiry) -> tuple[Question, ...]:
        """What takes an override, an act of the body that assesses: no vendor is asked for one."""
        return tuple(q for q in inquiry.questions if q.by_override) if self._voice == "vendor" else ()

    def _show(self, inquiry: Inquiry, question: Question) -> None:
        lines = tuple(outcome_lines(inquiry, self._language))
        if lines != self._told:
            self._say("", *lines)
            self._told = lines
        number = f"[{self._now.answered + 1}] "
        first, *rest = question_lines(inquiry, question, self._language)
        self._say("", number + first, *(" " * len(number) + line for line in rest))

    def _put(self, question: Question) -> Inquiry:
        """Ask until there is an answer that can be taken; where the inquiry then stands."""
        while True:
            said = self._read("> ")
            command = _WORDS.get(said.casefold()) if said not in self._names_of_options(question) else None
            if command == "quit":
                raise _Ended
            if command == "back":
                if self._before:
                    self._now = self._before.pop()
                    self._save(said)
                    return self._inquire()
                self._tell(_FIRST)
            elif command is not None:
                field = "later" if command == "skip" else "aside"
                self._go_on(replace(self._now, **{field: getattr(self._now, field) | {question.address}}))
                return self._inquire()
            elif said and self._take(question, said):
                after = self._inquire()
                return after if self._is_decided(after, question) else self._still_open(question)

    def _names_of_options(self, question: Question) -> set[str]:
        """The names that an answer may have, should one of them be a word of the interview."""
        options = getattr(subject_of(self._now.file.program, question), "options", ())
        return {name for o in options for name in (o.id, *o.aliases)}

    def _take(self, question: Question, said: str) -> bool:
        """Put an answer into the file, if it is one; else say what is wrong with it."""
        statement = self._statement(question, said)
        if statement is None:
            return False
        text = with_statement(self._now.file.source, statement)
        if text is None and isinstance(statement.value, dict) and "value" in statement.value:
            self._tell(_NOT_BESIDE)
            return False
        if text is None:
            self._tell(_NOT_PLACED)
            self._go_on(replace(self._now, aside=self._now.aside | {question.address}))
            return True
        file = self._now.file.saying(text)
        before, (bound, found) = self._now.file.bound()[1], file.bound()
        known = {(d.code.name, d.arguments) for d in before}
        if bound is None:
            self._explain(question, (d for d in found if d.is_error))
            return False
        if ended := self._outdated(bound, question, statement):
            self._tell_outdated(bound, question, statement, ended)
            return False
        report((d for d in found if (d.code.name, d.arguments) not in known), self._language, notes=False)
        self._go_on(replace(self._now, file=file, answered=self._now.answered + 1))
        self._save(f"{statement.name}: {said}")
        return True

    def _explain(self, question: Question, errors: Iterable[Diagnostic]) -> None:
        """What is wrong with an answer, without the line of a file that it never came to, and what may be answered."""
        report_in_words(errors, self._language)
        self._tell_form(question)

    def _tell_form(self, question: Question) -> None:
        form = form_of(subject_of(self._now.file.program, question), self._language)
        self._tell(_MAY_BE_ANSWERED, form=form)

    def _outdated(self, bound: Bound, question: Question, statement: Statement) -> tuple[Outdated, ...]:
        """The evidence of an answer, if none of it counts."""
        if isinstance(subject_of(bound.program, question), Clause):
            return outdated(bound.evidence, _evidence_of(statement))
        return bound.outdated.get(question.name, ())

    def _tell_outdated(
        self, bound: Bound, question: Question, statement: Statement, ended: tuple[Outdated, ...]
    ) -> None:
        """Why an answer would not count, and what would."""
        until = "; ".join(outdated_text(o, self._language) for o in ended)
        if not _evidence_of(statement):
            self._tell(_OUTDATED_ENTRY, ids=", ".join(o.record.id for o in ended), ended=until)
            return
        validity = getattr(subject_of(bound.program, question), "validity", None)
        ids = [r.id for r in bound.evidence.records if not outdated(bound.evidence, (r.id,), validity)]
        listed = ", ".join(ids[:_MOST_LISTED]) + (", …" if len(ids) > _MOST_LISTED else "")
        valid = _STILL_VALID.in_language(self._language).format(ids=listed) if ids else ""
        self._tell(_OUTDATED, ended=until, valid=valid)

    def _is_decided(self, inquiry: Inquiry, question: Question) -> bool:
        network = inquiry.known.network
        is_open = inquiry.known.values[network.at[question.address]] is UNKNOWN
        return not is_open or question.address in inquiry.put_aside

    def _still_open(self, question: Question) -> Inquiry:
        self._tell(_NOT_DECIDED)
        self._now = replace(self._now, aside=self._now.aside | {question.address})
        return self._inquire()

    def _go_on(self, point: _Point) -> None:
        self._before.append(self._now)
        self._now = point

    # --- what is said in the file ------------------------------------------------------------------------------------

    def _statement(self, question: Question, said: str) -> Statement | None:
        """An answer as the file has it; None where it is no verdict or lacks a reason."""
        about, bound = subject_of(self._now.file.program, question), self._now.file.bound()[0]
        assert bound is not None
        own = bound.evidence.for_standard(self._now.file.program.id)
        part = () if not bound.evidence.parts else ("standards", self._now.file.program.id)
        if isinstance(about, Clause):
            names = (a.clause for a in own.attestations if clause_id(a.clause) == about.id)
            verdict = self._verdict(question, about, *with_evidence(said))
            path = (*part, "attestations")
            return None if verdict is None else Statement(path, next(names, about.id), verdict, beside=True)
        known = (about.id, *about.aliases)
        if isinstance(about, Fact):
            stated = (f.name for f in bound.evidence.facts if f.name in known)
            plain, evidence = with_evidence(said)
            value: Said = options_in(plain) if isinstance(about.type, SetType) else plain
            name = next(stated, about.called(self._language))
            entry = {"value": value, "evidence": evidence} if evidence else value
            return Statement(("facts",), name, entry, renewed=bool(question.outdated))
        chosen = (i.name for i in own.inputs if i.name in known)
        return Statement((*part, "inputs"), next(chosen, about.called(self._language)), said)

    def _verdict(
        self, question: Question, clause: Clause, said: str, evidence: tuple[str, ...]
    ) -> str | dict[str, Said] | None:
        """A verdict with all that it takes; one that the clause cannot have is refused before it is asked why."""
        said = _AS_VERDICTS.get(said.casefold(), said)
        joined = "-".join(said.split())  # as it is offered, `not applicable`
        said = joined if joined in VERDICT_WORDS else said
        verdict = VERDICT_WORDS.get(said)
        if verdict is None:
            self._tell(_NO_VERDICT, said=visible(said))
            self._tell_form(question)
            return None
        voice = "override" if question.by_override else self._voice
        more: dict[str, Said] = {} if voice == self._now.file.voice else {"voice": voice}
        if verdict == "not-applicable" and clause.applies is None:
            more["reason"] = "…"
        elif question.by_override or verdict == "not-applicable":
            if (reason := self._told_on_demand(_REASON, _NO_REASON)) is None:
                return None
            more["reason"] = reason
        if self._by or question.by_override:
            if (by := self._by or self._told_on_demand(_BY, _NO_NAME)) is None:
                return None
            more["by"] = by
        if evidence:
            more["evidence"] = evidence
        return {"verdict": said, **more} if more else said

    def _told_on_demand(self, prompt: Text, lacking: Text) -> str | None:
        """What an answer takes besides; None where nothing is said, or a word of the interview."""
        said = self._read(prompt.in_language(self._language))
        command = _WORDS.get(said.casefold())
        if command == "quit":
            raise _Ended
        if not said:
            self._tell(lacking)
        return said if said and command is None else None

    # --- the terminal and the file -----------------------------------------------------------------------------------

    def _read(self, prompt: str) -> str:
        while True:
            click.echo(prompt, nl=False)
            line = _line()
            if line == "":
                click.echo("")
                raise _Ended
            if line is not None:
                return line.strip()
            self._tell(_NO_TEXT, encoding=sys.stdin.encoding)

    def _save(self, said: str) -> None:
        self._kept = self._kept.after(self._now.file.source.text, said, self._language)

    def _conclude(self, inquiry: Inquiry, ended: Text) -> None:
        self._say("")
        self._tell(ended)
        self._say(*outcome_lines(inquiry, self._language))
        if inquiry.is_settled:
            self._say(*self._under_readings())
        if disputed := self._for_the_body(inquiry):
            program = inquiry.program
            self._tell(_FOR_THE_BODY, clauses=", ".join(program.clause[q.name].printed for q in disputed))
        self._say(*other_lines(inquiry, self._all, self._language))
        if inquiry.is_settled:
            self._tell(_COUNTED, answered=self._now.answered, beside=inquiry.open_questions)
        if self._kept.exists and not inquiry.is_settled:
            again = ("guiju", "ask", self._policy, str(self._kept.path), *self._options)
            self._tell(_GO_ON, command=" ".join(map(shlex.quote, again)))
        self._say("", *assessed_lines(self._assessment(), self._language))

    def _assessment(self) -> Assessment:
        bound, found = self._now.file.bound()
        assert bound is not None, found
        return evaluate(bound, self._readings)

    def _under_readings(self) -> Iterator[str]:
        """What outcomes that are settled as read here can be under other readings."""
        assessment, program = self._assessment(), self._now.file.program
        for outcome in program.outcomes:
            read = readings_of(assessment, outcome)
            if read is not None and read.says == "depends":
                of = f"{program.definition[outcome].label.in_language(self._language)}: "
                text = reading_text(program, read, self._language)
                yield f"{word('readings', self._language)}: {of if len(program.outcomes) > 1 else ''}{text}"

    def _tell(self, text: Text, **arguments: object) -> None:
        self._say(text.in_language(self._language).format(**arguments))

    def _say(self, *lines: str) -> None:
        for line in lines:
            click.echo(line)
