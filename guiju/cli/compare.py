"""`guiju compare`: what is otherwise between two assessments, or two editions of a policy, and by which cause."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import click

from guiju.cli.assessing import chosen_readings, reading_option
from guiju.cli.codes import NOTHING_TO_COMPARE, OPTION_OF_A_BUNDLE, TWO_STANDARDS, WITNESS_OF_EVIDENCE
from guiju.cli.edge import (
    argument,
    fail,
    format_option,
    language_option,
    others_option,
    program_of,
    report,
    standards_of,
    wrong_call,
)
from guiju.cli.help import Command, option
from guiju.cli.writing import refuse_unless_writable, write
from guiju.dsl.diagnostic import Diagnostic, Language, Text, has_errors

if TYPE_CHECKING:
    from guiju.compiler.ir import Program
    from guiju.engine.evaluate import Assessment
    from guiju.engine.evidence import Evidence
    from guiju.engine.reasoning.comparing.recorded import Recorded
    from guiju.engine.reasoning.editions.amendment import Amendment
    from guiju.report.comparison import Comparison

#: of one side, those of `--reading` and of `--other-reading`
_Readings: TypeAlias = tuple[tuple[str, ...], tuple[str, ...]]
DIFFERENT = 4  # with --exit-code: something that follows is otherwise

_TWO_FILES = Text(
    "两个版本的编号都是“{id}”，一个文件说不清条款号指哪一版：{there} 按 {before} 写，{here} 按 {after} 写",
    "both editions have the id `{id}`, so no file could say which one its numbers are of: {there} goes by those of "
    "{before}, {here} by those of {after}",
)
_SAVED = Text("见证已存入 {path}", "the witness is kept in {path}")
_NO_WITNESS = Text(
    "没有可存的见证，{path} 没有写出：没有找到在两个版本下结果不同的对象",
    "there is no witness to save, so {path} was not written: no subject was found that the editions treat otherwise",
)


@click.command(
    "compare",
    cls=Command,
    about=Text(
        "比较两份证据（策略相同）、两种读法、两个评价包，或两个版本的策略，说明不同之处及其原因。\n\n"
        "guiju compare POLICY EVIDENCE [EVIDENCE]\nguiju compare BUNDLE BUNDLE\n"
        "guiju compare BUNDLE POLICY EVIDENCE\nguiju compare --policies OLD NEW [EVIDENCE [EVIDENCE]]",
        "Compare two evidence files under one policy, two readings, two bundles, or two editions of a policy: what "
        "differs, and by which cause.\n\nguiju compare POLICY EVIDENCE [EVIDENCE]\nguiju compare BUNDLE BUNDLE\n"
        "guiju compare BUNDLE POLICY EVIDENCE\nguiju compare --policies OLD NEW [EVIDENCE [EVIDENCE]]",
    ),
)
@click.argument("files", nargs=-1, type=click.Path(), metavar="[BUNDLE] [POLICY] [EVIDENCE]...")
@option(
    "--policies",
    nargs=2,
    metavar="OLD NEW",
    said=Text("比较这两个版本的策略。", "Compare these two editions of a policy."),
)
@option(
    "--witness",
    type=click.Path(path_type=Path),
    metavar="FILE",
    said=Text("把结果不同的对象存为证据文件。", "Save a subject whose outcome differs as an evidence file."),
)
@language_option
@format_option
@reading_option
@option(
    "--other-reading",
    "other_readings",
    multiple=True,
    metavar="NAME=OPTION",
    said=Text("仅后一方采用此读法。", "Evaluate the second side alone under this reading."),
)
@others_option
@option(
    "--all",
    "every",
    is_flag=True,
    said=Text("原因和后果全部列出。", "List every cause and effect."),
)
@option("--exit-code", is_flag=True, said=Text("结果有不同则以 4 结束。", "End with 4 where a result differs."))
def command(
    files: tuple[str, ...],
    policies: tuple[str, str] | None,
    witness: Path | None,
    language: Language,
    form: str,
    readings: tuple[str, ...],
    other_readings: tuple[str, ...],
    others: tuple[str, ...],
    every: bool,
    exit_code: bool,
) -> None:
    """Compare two evidence files, two readings, or two editions of a policy."""
    from guiju.report.comparison import comparison_model

    given, evidence = (policies, files) if policies else (files[:1] * 2, files[1:])
    recorded = () if policies else _bundles(files)
    enough = 0 if policies else 1 if other_readings or recorded else 2
    if not given or not enough <= len(evidence) <= 2:
        wrong_call(Diagnostic(NOTHING_TO_COMPARE, argument("compare", " ".join(files))), language)
    if witness is not None and evidence:
        wrong_call(Diagnostic(WITNESS_OF_EVIDENCE, argument("--witness", str(witness))), language)
    if witness is not None:
        refuse_unless_writable(witness, language)
    alike = _not_told_otherwise(readings, other_readings)
    asked: tuple[_Readings, _Readings] = ((readings, ()), (alike, other_readings))
    if recorded:
        _refuse_options(recorded, (readings, other_readings, others), language)
        comparison, diagnostics = _records(recorded, evidence, (readings, others), language, form)
    elif evidence:
        comparison, diagnostics = _assessments(given, (evidence[0], evidence[-1]), asked, others, language, form)
    else:
        comparison, diagnostics = _editions(given, asked, language, form), ()
        if witness is not None:
            editions = tuple(program_of(policy, language, form) for policy in given)
            _save(comparison, (editions[0], editions[1]), witness, language)
    found = comparison_model(comparison, language, diagnostics)
    if form == "json":
        click.echo(found.model_dump_json(indent=2))
    else:
        from guiju.report.comparison_text import text_of

        click.echo(text_of(comparison, found, language, every=every, saved=witness is not None), nl=False)
    if exit_code and not comparison.is_none:
        sys.exit(DIFFERENT)


def _not_told_otherwise(readings: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    """The readings of both sides that the later one is not told another option of."""
    instead = {text.partition("=")[0].strip() for text in others}
    return tuple(text for text in readings if text.partition("=")[0].strip() not in instead)


def _editions(
    policies: tuple[str, ...], readings: tuple[_Readings, _Readings], language: Language, form: str
) -> Comparison:
    """Two editions of a policy, for every subject there can be."""
    from guiju.engine.proving.editions import reread_by_solver, settled_by_solver
    from guiju.engine.reasoning.comparing.because import because_of_witness
    from guiju.engine.reasoning.comparing.difference import Difference
    from guiju.engine.reasoning.editions.amendments import amendments
    from guiju.engine.reasoning.editions.deciding import agreements
    from guiju.engine.reasoning.editions.renamed import aligned
    from guiju.engine.reasoning.editions.renumbering import called_before
    from guiju.engine.reasoning.editions.rereading import rereadings
    from guiju.report.comparison import Comparison

    before, after = (program_of(policy, language, form) for policy in policies)
    before, renamed = aligned(before, after)
    (first, _), (alike, others) = readings
    chosen = (
        chosen_readings(before, _by_later_names(first, renamed), language),
        chosen_readings(after, _not_told_otherwise(_by_later_names(alike, renamed), others), language, others),
    )
    renumbered = called_before(before, after)
    beside = (before, after), renumbered, chosen
    agreed = settled_by_solver(agreements(before, after, renumbered, chosen), *beside)
    sides = (before, chosen[0]), (after, chosen[1])
    shown = [because_of_witness(a.witness.evidence, a.outcome, sides) for a in agreed if a.witness is not None]
    return Comparison(
        (before, after),
        (*renamed, *amendments(before, after)),
        agreed,
        difference=Difference(shown[0][0] if shown else (), ()),
        because=tuple(because for _, because in shown),
        rereadings=reread_by_solver(rereadings((before, after), chosen, agreed), *beside),
    )


def _by_later_names(readings: Iterable[str], renamed: tuple[Amendment, ...]) -> tuple[str, ...]:
    """Readings of the earlier edition, as `reading=option`, by what the later one calls them."""
    found = {(a.about.partition(":")[0], a.about.rpartition("/")[0], a.was): a.now for a in renamed}
    pairs = (tuple(part.strip() for part in text.partition("=")) for text in readings)
    later = ((found.get(("reading", "", reading), reading), sign, option) for reading, sign, option in pairs)
    return tuple(f"{r}{sign}{found.get(('option', f'option:{r}', option), option)}" for r, sign, option in later)


def _assessments(
    policies: tuple[str, ...],
    evidence: tuple[str, ...],
    readings: tuple[_Readings, _Readings],
    others: tuple[str, ...],
    language: Language,
    form: str,
) -> tuple[Comparison, tuple[Diagnostic, ...]]:
    """Two assessments, of one subject or of two."""
    from guiju.engine.reasoning.comparing.because import because
    from guiju.engine.reasoning.comparing.difference import difference_between
    from guiju.engine.reasoning.editions.amendments import amendments
    from guiju.report.comparison import Comparison

    programs = tuple(program_of(policy, language, form) for policy in policies)
    sides = tuple(
        assessed_beside(policies[i], evidence[i], readings[i], (programs[1 - i], others), (language, form))
        for i in (0, 1)
    )
    (before, found), (after, more) = sides
    difference = difference_between(before, after)
    comparison = Comparison(
        (before.program, after.program),
        amendments(before.program, after.program),
        sides=(before, after),
        difference=difference,
        because=because(before, after, difference),
    )
    return comparison, tuple(dict.fromkeys((*found, *more)))


def _bundles(files: tuple[str, ...]) -> tuple[Path, ...]:
    """The files that are recorded assessments: both of two, or the one ahead of a policy and evidence."""
    from guiju.bundle.read import is_like_a_bundle

    paths = tuple(map(Path, files))
    if len(paths) == 2 and any(map(is_like_a_bundle, paths)):
        return paths
    return paths[:1] if len(paths) == 3 and is_like_a_bundle(paths[0]) else ()


def _refuse_options(bundles: tuple[Path, ...], given: tuple[tuple[str, ...], ...], language: Language) -> None:
    """What is asked of an evaluation cannot be asked of a bundle."""
    for name, values in zip(("--reading", "--other-reading", "--policy"), given, strict=True):
        if values and (len(bundles) == 2 or name == "--other-reading"):
            wrong_call(Diagnostic(OPTION_OF_A_BUNDLE, argument(name, values[0]), (("name", name),)), language)


def _records(
    bundles: tuple[Path, ...],
    evaluated: tuple[str, ...],
    asked: tuple[tuple[str, ...], tuple[str, ...]],
    language: Language,
    form: str,
) -> tuple[Comparison, tuple[Diagnostic, ...]]:
    """Two recorded assessments, or one beside what is evaluated now."""
    from guiju import __version__
    from guiju.engine.reasoning.comparing.recorded import as_derived

    before, found = recorded_in(bundles[0], language, form)
    if bundles[1:]:
        after, more = recorded_in(bundles[1], language, form)
    else:
        (policy, evidence), (readings, others) = evaluated, asked
        earlier = before.derived.program
        assessment, more = assessed_beside(policy, evidence, (readings, ()), (earlier, others), (language, form))
        after = as_derived(assessment, __version__)
    return between_records(before, after, bundles, (language, form)), tuple(dict.fromkeys((*found, *more)))


def between_records(
    before: Recorded, after: Recorded, bundles: tuple[Path, ...], spoken: tuple[Language, str]
) -> Comparison:
    """What is otherwise between two recorded assessments; or the end of the command where they are of two standards."""
    from guiju.engine.reasoning.comparing.recorded import because_of, difference_of
    from guiju.engine.reasoning.editions.amendments import amendments
    from guiju.report.comparison import Comparison

    _refuse_two_standards(before.derived.program, after.derived.program, bundles, spoken)
    difference = difference_of(before, after)
    if difference.effects and not difference.causes:  # one engine came to two things on the same
        deviating = _deviating(bundles)
        if has_errors(deviating):
            fail(deviating, *spoken)
    programs = before.derived.program, after.derived.program
    return Comparison(
        programs,
        amendments(*programs),
        sides=(before.derived, after.derived),
        difference=difference,
        because=because_of(before, after, difference),
        engines=(before.engine, after.engine),
    )


def _refuse_two_standards(
    before: Program, after: Program, bundles: tuple[Path, ...], spoken: tuple[Language, str]
) -> None:
    """Of two standards nothing answers to anything; policies that the user calls editions are compared all the same."""
    from guiju.engine.reasoning.editions.identity import are_editions, named

    if not (are_editions(before, after) or are_editions(after, before)):
        span = argument("BUNDLE", str(bundles[-1]))
        fail((Diagnostic(TWO_STANDARDS, span, named(before, after)),), *spoken)


def recorded_in(path: Path, language: Language, form: str) -> tuple[Recorded, tuple[Diagnostic, ...]]:
    """What a bundle records, or the end of the command where it is damaged."""
    from guiju import __version__
    from guiju.bundle.read import read_bundle
    from guiju.bundle.recorded import recorded

    file, found = read_bundle(path)
    record, found = (None, found) if file is None else recorded(file, __version__)
    if record is None:
        fail(found, language, form)
    if form == "text":
        report(found, language)
    return record, found


def _deviating(bundles: tuple[Path, ...]) -> tuple[Diagnostic, ...]:
    """What of some bundles does not follow from their sources."""
    from guiju import __version__
    from guiju.bundle.read import read_bundle
    from guiju.bundle.replay import replay

    files = (read_bundle(path)[0] for path in bundles)
    return tuple(d for file in files if file is not None for d in replay(file, __version__))


def assessed_beside(
    policy: str,
    evidence: str,
    readings: _Readings,
    beside: tuple[Program, tuple[str, ...]],
    spoken: tuple[Language, str],
) -> tuple[Assessment, tuple[Diagnostic, ...]]:
    """One side, beside another edition or the same one."""
    from guiju.editions import bind_edition
    from guiju.engine.evaluate import evaluate
    from guiju.exchange.evidence import read_evidence

    (other, others), (language, form) = beside, spoken
    standards = standards_of((policy, *others), language, form)
    program = standards.given[0].program
    stated, found = read_evidence(evidence)
    if stated is None:
        fail(found, language, form)
    bindings = bind_edition(program, stated, standards, other)
    diagnostics = (*found, *bindings.diagnostics)
    if has_errors(diagnostics):
        fail(diagnostics, language, form)
    if form == "text":
        report(diagnostics, language)
    alike, own = readings
    return evaluate(bindings.bound, chosen_readings(program, alike, language, own)), diagnostics


def _save(comparison: Comparison, editions: tuple[Program, Program], path: Path, language: Language) -> None:
    """Write the first witness, if there is one; by the numbers of each edition where one file cannot speak to both."""
    from guiju.exchange.evidence_text import texts_for_editions

    witness = next((a.witness for a in comparison.agreements if a.witness is not None), None)
    if witness is None:
        click.echo(_NO_WITNESS.in_language(language).format(path=path), err=True)
        return
    before, after = editions
    evidence = _by_either_name(witness.evidence, comparison.amendments)
    *earlier, later = texts_for_editions(evidence, before, after)
    for text in earlier:
        there = path.with_name(f"{path.stem}-before{path.suffix}")
        write(text, there, language)
        is_told = before.designation != after.designation
        old, new = (e.designation if is_told else e.span.source.name for e in (before, after))
        names = {"id": before.id, "before": old, "after": new}
        click.echo(_TWO_FILES.in_language(language).format(there=there, here=path, **names), err=True)
    write(later, path, language)
    click.echo(_SAVED.in_language(language).format(path=path), err=True)


def _by_either_name(evidence: Evidence, amendments: Iterable[Amendment]) -> Evidence:
    """Evidence that states what was renamed by the earlier name as well, so that it speaks to both editions."""
    was = {a.about: a.was for a in amendments if a.what == "renamed"}
    facts = (replace(f, name=was[f"fact:{f.name}"]) for f in evidence.facts if f"fact:{f.name}" in was)
    inputs = (replace(i, name=was[f"input:{i.name}"]) for i in evidence.inputs if f"input:{i.name}" in was)
    return replace(evidence, facts=(*evidence.facts, *facts), inputs=(*evidence.inputs, *inputs))
