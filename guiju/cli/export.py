"""`guiju export`: an assessment, or a policy alone, in a format that other tools read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from guiju.cli.assessing import assess, reading_option
from guiju.cli.codes import OPTION_WITHOUT_EFFECT
from guiju.cli.edge import argument, fail, language_option, others_option, program_of, wrong_call
from guiju.cli.help import Command, option
from guiju.cli.writing import out_option, refuse_over_input, replace_option, write
from guiju.dsl.diagnostic import Argument, Code, Diagnostic, Language, Text

if TYPE_CHECKING:
    from guiju.compiler.ir import Program
    from guiju.engine.evaluate import Assessment

#: format -> whether it holds assessments, and whether it can be made of a policy alone
FORMS: dict[str, tuple[bool, bool]] = {
    "oscal-results": (True, False),
    "oscal-catalog": (False, True),
    "oscal-profile": (False, True),
    "cyclonedx": (True, True),
    "sarif": (True, True),
    "junit": (True, False),
    "csv": (True, True),
}
#: those that have an instant though they hold no assessment
_DATED = ("oscal-catalog", "oscal-profile", "cyclonedx")
_IN_EVIDENCE = Text("证据文件没有 as_of", "the evidence says no `as_of`")
_WRITE_IT = Text("在证据文件里写 as_of", "say `as_of` in the evidence")
_NOT_GIVEN = Text("没有给出 --as-of", "no --as-of was given")
_GIVE_IT = Text("用 --as-of 给出", "give it with --as-of")
_NO_LEVEL = Text("没有给出 --level", "no --level was given")
_NO_SUCH_LEVEL = Text("没有等级“{level}”", "there is no level `{level}`")
_NO_CLAUSE = Text("等级“{level}”没有条款", "no clause counts at the level `{level}`")
_NONE = Text("（标准没有等级）", "(the standard has none)")
_WITH_EVIDENCE = Text("与证据同用时（评价时点在证据里）", "beside evidence, which has the as-of instant itself")
_FOR_FORM = Text("用于 {form} 时", "for {form}")


@click.command(
    "export",
    cls=Command,
    about=Text(
        "把按策略（编号或路径）对证据的一次评价，或单单一个策略，写成别的工具读的格式。\n"
        "不给证据时：oscal-catalog 和 oscal-profile 写条款和等级，sarif 写策略的问题，\ncyclonedx 和 csv 写条款。",
        "Write an assessment of EVIDENCE against POLICY (an id or a path), or a policy alone,\n"
        "in a format that other tools read. Without evidence oscal-catalog and oscal-profile\n"
        "hold clauses and levels, sarif what is wrong with the policy, cyclonedx and csv the clauses.",
    ),
)
@click.argument("policy")
@click.argument("evidence", required=False, type=click.Path())
@option(
    "--to",
    "goal",
    type=click.Choice(list(FORMS)),
    required=True,
    said=Text("写成哪种格式。", "The format to write."),
)
@option(
    "--as-of",
    metavar="INSTANT",
    said=Text(
        "没有证据时文件所取的时点，须有时区；OSCAL 必须写明。",
        "Without evidence: the instant of the file, with its zone. OSCAL must have one.",
    ),
)
@option("--level", metavar="LEVEL", said=Text("oscal-profile 写的等级。", "The level of an oscal-profile."))
@option(
    "--catalog",
    metavar="HREF",
    said=Text(
        "oscal-profile 所引目录的地址；不写则为旁边的 POLICY-catalog.json。",
        "Where the catalog of an oscal-profile is; by default POLICY-catalog.json beside it.",
    ),
)
@out_option()
@replace_option
@language_option
@reading_option
@others_option
def command(
    policy: str,
    evidence: str | None,
    goal: str,
    as_of: str | None,
    level: str | None,
    catalog: str | None,
    out: Path | None,
    replace: bool,
    language: Language,
    readings: tuple[str, ...],
    others: tuple[str, ...],
) -> None:
    """Write an assessment or a policy in a format that other tools read."""
    refuse_over_input(language, out)
    _refuse_what_does_nothing(goal, evidence, {"--level": level, "--catalog": catalog}, language)
    if evidence is None:
        given = {"--reading": readings, "--policy": others, "--as-of": as_of and goal not in _DATED}
        _refuse(language, (name for name, value in given.items() if value), _FOR_FORM, goal)
        made = _of_policy(_Alone(policy, _instant(as_of, language), level, catalog, language), goal)
    else:
        _refuse(language, ("--as-of",) if as_of is not None else (), _WITH_EVIDENCE, goal)
        assessment, _ = assess(policy, evidence, readings, language, others=others)
        made = _of_assessment(assessment, goal, language)
    write(made, out, language, replace=replace)


# --- of an assessment ----------------------------------------------------------------------------------------------


def _of_assessment(assessment: Assessment, form: str, language: Language) -> str:
    from guiju import __version__
    from guiju.report.exports import cyclonedx, junit_clauses, oscal_results, sarif, verdict_table
    from guiju.report.exports.stable import json_text

    match form:
        case "oscal-results":
            as_of = assessment.bound.evidence.as_of
            if as_of is None:
                _needs_as_of(form, _IN_EVIDENCE, _WRITE_IT, language)
            return json_text(oscal_results.assessment_results(assessment, as_of, __version__, language))
        case "cyclonedx":
            return json_text(cyclonedx.attestations(assessment, __version__, language))
        case "sarif":
            return json_text(sarif.results(assessment, __version__, language))
        case "junit":
            return junit_clauses.document(assessment, language)
    return verdict_table.verdict_table(assessment, language)


# --- of a policy alone ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Alone:
    """What a policy is exported with."""

    policy: str
    moment: str | None
    level: str | None
    catalog: str | None
    language: Language


def _of_policy(given: _Alone, form: str) -> str:
    from guiju import __version__
    from guiju.report.exports import cyclonedx, sarif, verdict_table
    from guiju.report.exports.stable import json_text

    if form == "sarif":
        return json_text(sarif.findings(_findings(given), __version__, given.language))
    program = program_of(given.policy, given.language)
    if form == "cyclonedx":
        return json_text(cyclonedx.standard(program, given.moment, __version__, given.language))
    if form == "csv":
        return verdict_table.clause_table(program, given.language)
    return json_text(_oscal(given, program, form))


def _findings(given: _Alone) -> Iterable[Diagnostic]:
    """What `guiju check` and `guiju review` find, each once."""
    from guiju.case_files import beside_its_policy
    from guiju.library import load, review
    from guiju.lookup import findings

    loaded = load(given.policy)
    if loaded.document is None and not loaded.source.text:
        fail(loaded.diagnostics, given.language)
    found = list(findings(beside_its_policy(loaded), ()))
    if loaded.program is not None:
        found += [f.diagnostic for f in review(loaded)]
    return dict.fromkeys(found)


def _oscal(given: _Alone, program: Program, form: str) -> object:
    from guiju.report.exports import oscal_catalog

    language = given.language
    if given.moment is None:
        _needs_as_of(form, _NOT_GIVEN, _GIVE_IT, language)
    if form == "oscal-catalog":
        return oscal_catalog.catalog(program, given.moment, language)
    level = _level(given, program)
    href = given.catalog or f"{program.id}-catalog.json"
    return oscal_catalog.profile(program, level, href, given.moment, language)


def _level(given: _Alone, program: Program) -> str:
    """The id of the level that was asked for, at which some clause counts."""
    known = {name: level.id for level in program.levels for name in (level.id, *level.aliases)}
    counting = [x.id for x in program.levels if any(x.id in c.levels for c in program.clauses)]
    asked = "" if given.level is None else known.get(given.level, "")
    if asked not in counting:
        _no_level(given, asked, counting)
    return asked


def _no_level(given: _Alone, asked: str, counting: list[str]) -> NoReturn:
    from guiju.report.exports.codes import NEEDS_LEVEL

    missing = _NO_LEVEL if given.level is None else _NO_CLAUSE if asked else _NO_SUCH_LEVEL
    filled = Text(missing.zh.format(level=given.level), missing.en.format(level=given.level))
    arguments: dict[str, Argument] = {"missing": filled, "known": ", ".join(counting) or _NONE}
    _wrong(NEEDS_LEVEL, "--level", given.level or "", arguments, given.language)


# --- refusals ------------------------------------------------------------------------------------------------------


def _refuse_what_does_nothing(
    form: str, evidence: str | None, given: dict[str, str | None], language: Language
) -> None:
    from guiju.report.exports.codes import NEEDS_EVIDENCE, OF_POLICY_ALONE

    holds_assessments, is_alone = FORMS[form]
    if evidence is None and not is_alone:
        alone = ", ".join(name for name, (_, can) in FORMS.items() if can)
        _wrong(NEEDS_EVIDENCE, "--to", form, {"form": form, "alone": alone}, language)
    if evidence is not None and not holds_assessments:
        assessed = ", ".join(name for name, (can, _) in FORMS.items() if can)
        _wrong(OF_POLICY_ALONE, "EVIDENCE", evidence, {"form": form, "assessed": assessed}, language)
    if form != "oscal-profile":
        _refuse(language, (name for name, value in given.items() if value is not None), _FOR_FORM, form)


def _refuse(language: Language, options: Iterable[str], when: Text, form: str) -> None:
    """End where options are given that do nothing."""
    named = ", ".join(options)
    if named:
        said = Text(when.zh.format(form=form), when.en.format(form=form))
        _wrong(OPTION_WITHOUT_EFFECT, "guiju", "export", {"option": named, "when": said}, language)


def _instant(text: str | None, language: Language) -> str | None:
    """`--as-of` in the form of the exports."""
    if text is None:
        return None
    from guiju.exchange.instant import read_day
    from guiju.report.exports.codes import NOT_AN_INSTANT
    from guiju.report.exports.stable import instant

    day = read_day(text)
    if not isinstance(day, datetime) or day.tzinfo is None:
        _wrong(NOT_AN_INSTANT, "--as-of", text, {"text": text}, language)
    return instant(day)


def _needs_as_of(form: str, missing: Text, remedy: Text, language: Language) -> NoReturn:
    from guiju.report.exports.codes import NEEDS_AS_OF

    _wrong(NEEDS_AS_OF, "--to", form, {"form": form, "missing": missing, "remedy": remedy}, language)


def _wrong(code: Code, name: str, value: str, arguments: dict[str, Argument], language: Language) -> NoReturn:
    wrong_call(Diagnostic(code, argument(name, value), tuple(arguments.items())), language)
