"""A file of others, a mapping and a policy -> an evidence file, or all that keeps it from being one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from guiju.compiler.ir import Program
from guiju.dsl.diagnostic import Diagnostic, has_errors
from guiju.dsl.source import Source, Span
from guiju.engine.bind import Bound, bind
from guiju.engine.evaluate import evaluate
from guiju.exchange.evidence import parse_evidence
from guiju.exchange.text import read_text
from guiju.intake.evidence import codes
from guiju.intake.evidence.cells import read_tables
from guiju.intake.evidence.mapping import MappingFile, read_mapping
from guiju.intake.evidence.results import take_results
from guiju.intake.evidence.rows import head_of, take_tables
from guiju.intake.evidence.statements import Taken
from guiju.intake.evidence.written import source_of, written

TABLES = (".csv", ".xlsx", ".xlsm")


@dataclass(frozen=True)
class Made:
    """The text of the evidence file, None where something is wrong; what was taken; what to say; the same, bound."""

    text: str | None
    taken: Taken
    diagnostics: tuple[Diagnostic, ...]
    bound: Bound | None = field(default=None, repr=False)


def take(  # noqa: PLR0913, PLR0917 - what is read, how, and how it is called then
    path: Path,
    mapping: Path | None,
    program: Program,
    controls: Mapping[str, str],
    name: str,
    result: str | None = None,
) -> Made:
    """Read a file as evidence for a policy. `controls`: ids of OSCAL to clauses; `name`: of the evidence.

    `result`: which of several results of OSCAL is read.
    """
    described, found = (None, ()) if mapping is None else read_mapping(mapping)
    if mapping is not None and described is None:
        return Made(None, Taken(), found)
    taken, more = _taken(path, described, program, controls, result)
    diagnostics = (*found, *more)
    if taken is None:
        return Made(None, Taken(), diagnostics)
    diagnostics = (*diagnostics, *taken.diagnostics)
    if has_errors(diagnostics) and not taken.entries:
        return Made(None, taken, diagnostics)
    made = written(taken)
    evidence, wrong = parse_evidence(source_of(made, name))
    bound, odd = (None, ()) if evidence is None else bind(program, evidence)
    is_whole = not has_errors(diagnostics)  # else what is of no use here may be of use to a row that is not understood
    diagnostics = (*diagnostics, *(made.back(d) for d in (*wrong, *odd) if is_whole or d.is_error))
    is_sound = not has_errors(diagnostics)
    if is_sound and bound is not None:
        diagnostics = (*diagnostics, *_differing(bound, taken))
    return Made(made.text if is_sound else None, taken, diagnostics, bound if is_sound else None)


def _differing(bound: Bound, taken: Taken) -> Iterator[Diagnostic]:
    """The clauses that come to something else than the file has recorded."""
    if not taken.recorded:
        return
    options = {reading.id: [option.id for option in reading.options] for reading in bound.program.readings}
    readings = {name: option for name, option in taken.readings.items() if option in options.get(name, ())}
    verdicts = {result.clause: result.verdict.value for result in evaluate(bound, readings).items}
    told: set[tuple[str, str]] = set()
    for clause, recorded in taken.recorded:
        found = verdicts.get(clause, "-")
        if found != recorded.text and (clause, recorded.text) not in told:
            told.add((clause, recorded.text))
            arguments = (("name", clause), ("recorded", recorded.text), ("found", found))
            yield Diagnostic(codes.VERDICT_DIFFERS, recorded.span, arguments)


def _taken(
    path: Path, described: MappingFile | None, program: Program, controls: Mapping[str, str], result: str | None
) -> tuple[Taken | None, tuple[Diagnostic, ...]]:
    ending = path.suffix.lower()
    file = Span(Source(str(path), ""), 0, 0)
    if ending == ".json":
        text, found = read_text(path)
        if text is None:
            return None, found
        if described is not None and described.model.tables:
            return None, (*found, Diagnostic(codes.MAPPING_FOR_RESULTS, described.span("tables")))
        targets = {} if described is None else described.model.targets
        head = {} if described is None else head_of(described.root)
        names = {**controls, **{f"{id_}_smt": clause for id_, clause in controls.items()}, **targets}
        return take_results(text.source, program, names, head, result), found
    if ending not in TABLES:
        return None, (Diagnostic(codes.UNKNOWN_FILE, file, (("file", path.name),)),)
    if described is None:
        return None, (Diagnostic(codes.NO_MAPPING, file, (("file", path.name),)),)
    tables, found = read_tables(path)
    return (None if tables is None else take_tables(tables, described, program)), found
