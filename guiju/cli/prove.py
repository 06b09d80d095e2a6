"""`guiju prove`: what holds of a standard for every subject there can be, or a subject that shows the contrary."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from guiju.cli.assessing import chosen_readings, reading_option
from guiju.cli.codes import NEEDS_EXTRA
from guiju.cli.edge import argument, format_option, language_option, program_of, report
from guiju.cli.extras import require
from guiju.cli.help import Command, option
from guiju.dsl.diagnostic import Diagnostic, Language, Text

if TYPE_CHECKING:
    from guiju.compiler.ir import Program
    from guiju.engine.proving.claim import Claim, Proof, Property
    from guiju.engine.proving.prover import Way
    from guiju.report.proofs import Proofs

REFUTED = 1  # something is not so
NOT_PROVED = 4  # nothing is refuted, but something could not be told
NAMES = ("reachable", "one-outcome", "never-easier", "monotone", "matters", "readings")
_BY: dict[str, tuple[Way, ...]] = {"sweep": ("sweep",), "solver": ("solver",), "both": ("sweep", "solver")}
_NOTHING_SAVED = Text("没有见证可存，没有写“{path}”", "no witness to save: `{path}` was not written")


class _Seconds(click.FloatRange):
    """A time that ends."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The number of seconds."""
        seconds = float(super().convert(value, param, ctx))
        if not isfinite(seconds):
            self.fail(f"{value} is no number of seconds", param, ctx)
        return seconds


@click.command(
    "prove",
    cls=Command,
    about=Text(
        "证明标准对任何可能的对象都成立的性质；不成立的给出见证。\n\n"
        "退出码：0 全部已证；1 有不成立的，或文件有错误；4 没有不成立的，但有未证的。",
        "Prove what holds of a standard for every subject there can be; what does not is shown by a witness.\n\n"
        "Exit codes: 0 all proved; 1 something is refuted, or a file has errors; 4 nothing is refuted, something is "
        "not proved.",
    ),
)
@click.argument("policy")
@option(
    "--property",
    "properties",
    type=click.Choice(NAMES),
    multiple=True,
    said=Text("只证这个性质；可多次给出。", "Prove this property only; may be given several times."),
)
@option(
    "--same-as",
    "other",
    metavar="OTHER",
    said=Text("证明两个版本的结论处处相同。", "Prove that two editions have the same outcomes."),
)
@reading_option
@option(
    "--by",
    type=click.Choice(list(_BY)),
    default="both",
    said=Text("怎样证：扫描、求解器，或先后都用。", "How: by sweeping, by the solver, or by both in turn."),
)
@option(
    "--seconds",
    type=_Seconds(min=0.001),
    default=600,
    metavar="N",
    said=Text("每种证法总共至多用这么多秒。", "Take at most so many seconds in each way, for all claims."),
)
@option(
    "--save",
    type=click.Path(path_type=Path),
    metavar="FILE",
    said=Text("把不成立的见证都存为示例（cases/1）。", "Save the witnesses against something as cases (cases/1)."),
)
@language_option
@format_option
def command(
    policy: str,
    properties: tuple[str, ...],
    other: str | None,
    readings: tuple[str, ...],
    by: str,
    seconds: float,
    save: Path | None,
    language: Language,
    form: str,
) -> None:
    """Prove what holds for every subject."""
    if save is not None:
        from guiju.cli.writing import refuse_unless_a_place_of_cases

        refuse_unless_a_place_of_cases(save, language)
    if by == "solver":
        require("prove", ("z3",), "prove", language)
    proofs = _proofs(policy, other, (properties, readings), (_BY[by], seconds), language, form)
    if any(t.why == "not-installed" for _, listed in proofs.proved for p in listed for t in p.tried):
        report((Diagnostic(NEEDS_EXTRA, argument("guiju", "prove"), (("extra", "prove"),)),), language)
    if form == "json":
        from guiju.report.proofs import proofs_model

        click.echo(proofs_model(proofs, language).model_dump_json(indent=2))
    else:
        from guiju.report.proofs_text import text_of

        click.echo(text_of(proofs, language), nl=False)
    if save is not None:
        _save(proofs, save, language)
    if proofs.answer != "proved":
        sys.exit(REFUTED if proofs.answer == "refuted" else NOT_PROVED)


def _save(proofs: Proofs, path: Path, language: Language) -> None:
    """Write the witnesses against something, if there are any."""
    from guiju.cli.writing import make_folder, write
    from guiju.report.proofs import witness_cases

    if proofs.against:
        make_folder(path.parent, language)
        write(witness_cases(proofs), path, language)
    else:
        click.echo(_NOTHING_SAVED.in_language(language).format(path=path), err=True)


def _proofs(
    policy: str,
    other: str | None,
    asked: tuple[tuple[str, ...], tuple[str, ...]],
    within: tuple[tuple[Way, ...], float],
    language: Language,
    form: str,
) -> Proofs:
    """All claims of the properties asked for, or that two editions are the same, and what came of them."""
    from guiju.engine.proving.prover import Prover
    from guiju.engine.reasoning.editions.identity import identity_findings
    from guiju.report.proofs import Proofs

    properties, readings = asked
    program = program_of(policy, language, form)
    named = chosen_readings(program, readings, language)
    chosen = program.defaults | named
    edition = program_of(other, language, form) if other is not None else None
    if edition is not None:
        report(tuple(identity_findings((edition, program))), language)
    listed = _claims_of_both(edition, program, named) if edition else _claims(program, chosen, properties)
    prover = Prover(*within)
    progress = _Progress(sum(len(claims) for _, claims in listed))
    proved = []
    for property_, claims in listed:
        proved.append((property_, tuple(progress.over(map(prover.prove, claims), property_, language))))
    return Proofs(program, chosen, proved, edition)


def _claims(
    program: Program, readings: dict[str, str], names: Sequence[str]
) -> list[tuple[Property, tuple[Claim, ...]]]:
    from guiju.engine.proving.claim import Ground
    from guiju.engine.proving.properties import PROPERTIES
    from guiju.engine.reasoning.editions.deciding import on_nothing

    ground = Ground(on_nothing(program, readings))
    return [(p, p.claims(ground)) for p in PROPERTIES if not names or p.id in names]


def _claims_of_both(
    earlier: Program, later: Program, named: dict[str, str]
) -> list[tuple[Property, tuple[Claim, ...]]]:
    """That both have the same outcomes under the readings that are named, each else under its own defaults."""
    from guiju.engine.proving.properties.same import SAME, same_claims
    from guiju.engine.reasoning.editions.renumbering import called_before

    there = {r: o for r, o in named.items() if o in _options(earlier, r)}
    return [(SAME, same_claims(earlier, later, called_before(earlier, later), (there, named)))]


def _options(program: Program, reading: str) -> tuple[str, ...]:
    return tuple(o.id for r in program.readings if r.id == reading for o in r.options)


class _Progress:
    """How far the proofs have come, on one line of a terminal; nothing elsewhere."""

    def __init__(self, total: int) -> None:
        self._total, self._done = total, 0

    def over(self, proofs: Iterator[Proof], property_: Property, language: Language) -> Iterator[Proof]:
        """The same proofs, counted as they come."""
        shown = sys.stderr.isatty()
        for proof in proofs:
            self._done += 1
            if shown:
                title = property_.title.in_language(language)
                click.echo(f"\r\x1b[K{self._done}/{self._total}  {title}", nl=False, err=True)
            yield proof
        if shown:
            click.echo("\r\x1b[K", nl=False, err=True)
