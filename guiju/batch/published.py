"""A run over tables -> BatchModel, as the command prints it for other programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from guiju import __version__
from guiju.batch.answers import Tally
from guiju.batch.draws import DrawnTally, Draws
from guiju.batch.model import (
    BatchModel,
    ClauseModel,
    DrawnModel,
    DrawsModel,
    FrequencyModel,
    OutcomeModel,
    ValueModel,
)
from guiju.batch.summary import Summary, clauses_of, counts_of, frequencies_of, uncounted_in
from guiju.compiler.ir import Program
from guiju.dsl.diagnostic import Diagnostic, Language
from guiju.report.diagnostics_model import diagnostic_model


def model_of(
    summary: Summary, readings: Mapping[str, str], diagnostics: Iterable[Diagnostic], language: Language
) -> BatchModel:
    """The run as it is published."""
    program, job, done, tally = summary.program, summary.job, summary.done, summary.tally
    return BatchModel(
        guiju="batch/1",
        policy=program.id,
        designation=program.designation,
        policy_digest=program.digest,
        engine=__version__,
        readings=program.defaults | dict(readings),
        tables=[t.shown for t, _ in job.tables],
        out=str(job.place.out),
        rejects=str(job.place.rejects) if done.rejected else None,
        read=done.read,
        answered=tally.rows,
        rejected=done.rejected,
        outcomes=[outcome_model(program, o, tally, language) for o in program.outcomes],
        clauses=[ClauseModel(**c._asdict()) for c in clauses_of(program, tally, language)],
        uncounted=uncounted_in(program, tally),
        draws=_draws(program, *summary.draws, language) if summary.draws is not None else None,
        ids_twice=dict(done.twice),
        diagnostics=[diagnostic_model(d, language) for d in diagnostics],
    )


def outcome_model(program: Program, outcome: str, tally: Tally, language: Language) -> OutcomeModel:
    """An outcome over all rows, its values in order."""
    values = [ValueModel(**c._asdict()) for c in counts_of(program, outcome, tally, language)]
    return OutcomeModel(id=outcome, label=program.definition[outcome].label.in_language(language), values=values)


def _draws(program: Program, draws: Draws, tally: DrawnTally, language: Language) -> DrawsModel:
    return DrawsModel(
        number=draws.number,
        seed=draws.seed,
        within=str(draws.within_a_row),
        within_all=str(draws.within_all(tally.rows)),
        without_chances=draws.without_chances(program),
        outcomes=[_drawn(program, o, tally.drawn.get(o, Counter()), language) for o in program.outcomes],
    )


def _drawn(program: Program, outcome: str, counts: Counter[str | None], language: Language) -> DrawnModel:
    values = [
        FrequencyModel(value=f.value, label=f.label, frequency=str(f.part))
        for f in frequencies_of(program, outcome, counts, language)
    ]
    return DrawnModel(id=outcome, label=program.definition[outcome].label.in_language(language), values=values)
