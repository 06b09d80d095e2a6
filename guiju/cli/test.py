"""`guiju test`: hold the examples of policies against them; what they go through, what they miss, and further ones."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guiju.cli.codes import NEEDS_EXTRA, NO_EXAMPLE_OF_THAT_NAME, OPTION_WITHOUT_EFFECT
from guiju.cli.edge import FAILED, argument, format_option, language_option, report, wrong_call
from guiju.cli.help import Command, option
from guiju.cli.writing import make_folder, out_option, refuse_unless_writable, write
from guiju.dsl.diagnostic import Diagnostic, Language, Text, has_errors

if TYPE_CHECKING:
    from guiju.compiler.ir import Example
    from guiju.engine.examples.judging import Result
    from guiju.examples import Gathered
    from guiju.report.examples import Tested

MOST_MUTANTS = 1000
LOOKED_FOR = 5  # survivors for which a subject is looked for that tells them
_PROGRESS_EVERY = 20
_LOOK = 1000  # milliseconds after which files that are watched are looked at, told of a change or not
_WRITTEN = Text("{path}：{n} 个待核的示例", "{path}: {n} proposed examples")
_NOTHING_NEW = Text("没有新的示例可提", "no further examples to propose")
_WITH_GENERATE = Text("与 --generate 同用时", "beside --generate")
_WITHOUT_GENERATE = Text("没有 --generate 时", "without --generate")
_SEVERAL = Text("对几个策略", "for several policies")
_WATCHING = Text("等待文件改动，Ctrl-C 结束", "waiting for a file to change; Ctrl-C ends")
_TRYING = Text("已试 {n}/{all}", "{n}/{all} tried")


@click.command(
    "test",
    cls=Command,
    about=Text(
        "用示例检验策略（编号或路径；不写则检验当前文件夹里的各策略，没有则检验随附的）。\n"
        "退出码：0 已核的示例都相符；1 有的不符，或文件有错误。",
        "Hold the examples of POLICIES against them: ids or paths; without any, the policies\n"
        "of the current folder, or else the bundled ones. Exit code 0 if every confirmed\n"
        "example holds, 1 if one does not or a file has an error.",
    ),
)
@click.argument("policies", nargs=-1)
@option(
    "--only", metavar="TEXT", said=Text("只用名称里有此文字的示例。", "Only examples with this text in their name.")
)
@option(
    "--coverage",
    "with_coverage",
    is_flag=True,
    said=Text("列出已核的示例走到了策略的哪些地方。", "Show what the confirmed examples go through."),
)
@option(
    "--mutate",
    "with_mutants",
    is_flag=True,
    said=Text("逐处改错策略，看示例能否发现。", "Make slips in the policy, one by one, and see which are noticed."),
)
@option(
    "--most",
    type=click.IntRange(min=1),
    default=MOST_MUTANTS,
    show_default=True,
    metavar="N",
    said=Text("最多试多少处改错。", "How many slips to try."),
)
@option(
    "--witnesses",
    type=click.IntRange(min=0),
    default=LOOKED_FOR,
    show_default=True,
    metavar="N",
    said=Text("为多少处没有发现的改错找示例。", "For how many slips that are not noticed to look for an example."),
)
@option(
    "--generate",
    is_flag=True,
    said=Text(
        "写出边界处的待核示例，放进策略旁边的 cases 文件夹；不改已有的文件。",
        "Write proposed examples at the boundaries into the `cases` folder beside the policy, over no file of yours.",
    ),
)
@out_option(Text("--generate 写入此文件。", "With --generate: write to this file."))
@option(
    "--junit", type=click.Path(path_type=Path), metavar="FILE", said=Text("另写 JUnit XML。", "Write JUnit XML, too.")
)
@option(
    "--watch",
    is_flag=True,
    said=Text("文件一改就再检验。需要 guiju[watch]。", "Again at each change. Needs guiju[watch]."),
)
@language_option
@format_option
def command(
    policies: tuple[str, ...],
    only: str | None,
    with_coverage: bool,
    with_mutants: bool,
    most: int,
    witnesses: int,
    generate: bool,
    out: Path | None,
    junit: Path | None,
    watch: bool,
    language: Language,
    form: str,
) -> None:
    """Hold the examples of POLICIES against them."""
    names = policies or _found_here()
    of_examples = {
        "--only": only is not None,
        "--coverage": with_coverage,
        "--mutate": with_mutants,
        "--junit": junit is not None,
        "--watch": watch,
        "--format json": form == "json",
    }
    given = [name for name, is_given in of_examples.items() if is_given] if generate else ["--out"] if out else []
    if given:
        when = _WITH_GENERATE if generate else _WITHOUT_GENERATE
        arguments = (("option", ", ".join(given)), ("when", when))
        wrong_call(Diagnostic(OPTION_WITHOUT_EFFECT, argument("guiju", "test"), arguments), language)
    if generate:
        _generate(names, out, language)
        return
    asked = _Asked(only, with_coverage, (most if with_mutants else 0, witnesses), language, form, junit)
    holds = asked.run(names)
    if watch:
        _watch(names, asked, language)
    if not holds:
        sys.exit(FAILED)


def _found_here() -> tuple[str, ...]:
    """The policies of the current folder; the bundled ones where there is none."""
    from guiju.library import bundled
    from guiju.vocabularies import policies_in

    return tuple(map(str, policies_in(Path()))) or tuple(bundled())


# --- running -----------------------------------------------------------------------------------------------------


class _Asked:
    """What one call asks for."""

    def __init__(
        self,
        only: str | None,
        with_coverage: bool,
        bounds: tuple[int, int],
        language: Language,
        form: str,
        junit: Path | None,
    ) -> None:
        self._only, self._with_coverage = only, with_coverage
        self._most, self._witnesses = bounds
        self._language, self._form, self._junit = language, form, junit

    def run(self, names: Iterable[str]) -> bool:
        """Test some policies and print what became of it; whether all is well."""
        from guiju.examples import gathered
        from guiju.library import load

        found = [gathered(load(name)) for name in names]
        diagnostics = tuple(d for g in found for d in g.diagnostics)
        tested = [t for g in found if (t := self._tested(g)) is not None]
        if self._only and not any(t.results for t in tested) and not diagnostics:
            wrong_call(
                Diagnostic(NO_EXAMPLE_OF_THAT_NAME, argument("--only", self._only), (("text", self._only),)),
                self._language,
            )
        holds = not has_errors(diagnostics) and all(t.holds for t in tested)
        self._print(tested, diagnostics, holds=holds)
        return holds

    def may_read(self, path: str, names: Iterable[str]) -> bool:
        """Whether a run can turn on this file: what a run writes, a report or its output, begins no further one."""
        from guiju.examples import LISTED
        from guiju.vocabularies import SUFFIXES

        real = os.path.realpath(path)
        if self._junit is not None and os.path.realpath(self._junit) == real:
            return False
        return path.lower().endswith((*SUFFIXES, *LISTED)) or real in map(os.path.realpath, names)

    def _tested(self, found: Gathered) -> Tested | None:
        from guiju.engine.examples.coverage import coverage
        from guiju.engine.examples.judging import judge
        from guiju.report.examples import Tested

        if found.program is None:
            return None
        cases = [c for c in found.cases if not self._only or self._only in c.name.zh or self._only in c.name.en]
        tested = Tested(found.program, tuple(judge(case) for case in cases))
        confirmed = [r for r in tested.results if r.case.confirmed]
        if self._with_coverage:
            tested = replace(tested, coverage=coverage(found.program, confirmed))
        return self._mutated(tested, confirmed) if self._most else tested

    def _mutated(self, tested: Tested, confirmed: list[Result]) -> Tested:
        from guiju.engine.examples.killing import tried
        from guiju.engine.examples.mutants import mutants
        from guiju.engine.examples.rewriting import options_of

        held = [r for r in confirmed if r.holds]
        every = list(mutants(tested.program, options_of(tested.program, (r.case.readings for r in held))))
        chosen = every[: self._most]
        found = []
        for each in tried(tested.program, held, chosen, self._witnesses):
            found.append(each)
            self._say_how_far(len(found), len(chosen))
        return replace(tested, tried=tuple(found), mutants=len(every))

    def _say_how_far(self, number: int, of: int) -> None:
        """On a terminal, how many slips were tried."""
        if sys.stderr.isatty() and (number % _PROGRESS_EVERY == 0 or number == of):
            text = _TRYING.in_language(self._language).format(n=number, all=of)
            click.echo(f"\r{text}" + ("\n" if number == of else ""), err=True, nl=False)

    def _print(self, tested: list[Tested], diagnostics: tuple[Diagnostic, ...], *, holds: bool) -> None:
        from guiju.report.diagnostics_model import diagnostic_model
        from guiju.report.examples import model_of, text_of
        from guiju.report.examples_model import ExamplesModel
        from guiju.report.junit import is_junit, junit

        models = [model_of(t, self._language) for t in tested] if self._junit or self._form == "json" else []
        if self._junit:
            document = junit(zip(tested, models, strict=True), (d for d in diagnostics if d.is_error), self._language)
            write(document, self._junit, self._language, replace=is_junit(self._junit))
        if self._form == "json":
            told = [diagnostic_model(d, self._language) for d in diagnostics]
            run = ExamplesModel(guiju="examples/1", holds=holds, policies=models, diagnostics=told)
            click.echo(run.model_dump_json(indent=2))
            return
        report(diagnostics, self._language)
        click.echo("\n".join(text_of(t, self._language) for t in tested), nl=False)


def _watch(names: tuple[str, ...], asked: _Asked, language: Language) -> None:
    """Test again whenever a file changes that the policies or their examples may be read from."""
    try:
        from watchfiles import watch
    except ImportError:
        wrong_call(Diagnostic(NEEDS_EXTRA, argument("guiju", "test"), (("extra", "watch"),)), language)
    from guiju.examples import FOLDER
    from guiju.folders import files_named, kind, sibling, version

    there = ((Path(name), kind(Path(name))) for name in names)
    folders = {path if found == "folder" else path.parent for path, found in there if found} or {Path()}
    folders |= {sibling(path, "vocabulary") for path in folders}
    below = {*folders, *(folder / FOLDER for folder in folders)}

    def begins(_: object, path: str) -> bool:
        return asked.may_read(path, names)

    def state() -> dict[Path, tuple[int, ...]]:
        return {p: version(p) for folder in below for p in files_named(folder, "") if asked.may_read(str(p), names)}

    known = state()
    click.echo(_WATCHING.in_language(language), err=True)
    for _ in _moments(folders, partial(watch, watch_filter=begins)):
        now = state()
        if now != known:
            known = now
            asked.run(names)
            click.echo(_WATCHING.in_language(language), err=True)


def _moments(folders: set[Path], watch: Callable[..., Iterable[object]]) -> Iterator[None]:
    """Whenever something may have changed, until Ctrl-C; a folder that is made again is watched again."""
    from guiju.folders import version

    while True:
        there = {folder: which for folder in folders if (which := version(folder)[:2])}
        wait = partial(watch, raise_interrupt=False, yield_on_timeout=True, rust_timeout=_LOOK) if there else _pauses
        for _ in wait(*sorted(map(str, there))):
            yield
            if there != {folder: which for folder in folders if (which := version(folder)[:2])}:
                break
        else:
            return


def _pauses() -> Iterator[None]:
    """One after the other, until Ctrl-C."""
    with suppress(KeyboardInterrupt):
        while True:
            time.sleep(_LOOK / 1000)
            yield


# --- generating --------------------------------------------------------------------------------------------------


def _generate(names: tuple[str, ...], out: Path | None, language: Language) -> None:
    """Write the proposals of each policy into a file of its own; of a bundled one print them."""
    from guiju.cli.edge import fail
    from guiju.examples import gathered
    from guiju.exchange.example_text import examples_file
    from guiju.library import load

    if out is not None and len(names) > 1:
        arguments = (("option", "--out"), ("when", _SEVERAL))
        wrong_call(Diagnostic(OPTION_WITHOUT_EFFECT, argument("--out", str(out)), arguments), language)
    if out is not None:
        refuse_unless_writable(out, language)
    for name in names:
        loaded = load(name)
        found = gathered(loaded)
        if found.program is None:
            fail(found.diagnostics, language)
        examples = list(_new(found))
        if not examples:
            click.echo(_NOTHING_NEW.in_language(language), err=True)
            continue
        text = examples_file(found.program, examples, language)
        path = out or (
            None if loaded.folder is None else loaded.folder / "cases" / f"proposed-{found.program.id}.guiju"
        )
        if path is not None and out is None:
            make_folder(path.parent, language)
        write(text, path, language)
        if path is not None:
            click.echo(_WRITTEN.in_language(language).format(path=path, n=len(examples)))


def _new(found: Gathered) -> Iterator[Example]:
    """The proposals that say something which no example of the policy says."""
    from guiju.engine.examples.boundaries import at_boundaries
    from guiju.engine.examples.turns import at_turns

    assert found.program is not None
    said = {(e.inputs, e.facts, e.verdicts, e.readings) for e in found.program.examples}
    names = {e.label.zh for e in found.program.examples}
    for example in (*at_turns(found.program), *at_boundaries(found.program)):
        key = example.inputs, example.facts, example.verdicts, example.readings
        if key not in said and example.label.zh not in names:
            names.add(example.label.zh)
            yield example
