"""Prints what Guiju costs: cold starts, compiling, one warm evaluation, and growth with the size of the standard.

    python benchmarks/run.py            # about a minute
    python benchmarks/run.py --quick    # few repetitions, small sizes: shows only that the whole benchmark can run

Garbage collection: Python's own is left on while things are timed; it is run once before each timing, so that one
measurement does not pay for the rubbish of the last. Every figure is the median of its repetitions.
"""

from __future__ import annotations

import argparse
import gc
import math
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from guiju.compiler.ir import Program
from guiju.dsl.diagnostic import Diagnostic
from guiju.dsl.layout import lay_out
from guiju.dsl.render import render
from guiju.dsl.source import Source, Span
from guiju.engine.bind import Bound, bind
from guiju.engine.derivation import derive
from guiju.engine.evaluate import Assessment, evaluate
from guiju.engine.evidence import Evidence
from guiju.engine.reasoning.relevance import unknowns
from guiju.engine.reasoning.why.why_not import why_not
from guiju.exchange.evidence import read_evidence
from guiju.library import compile_source

ROOT = Path(__file__).resolve().parents[1]
POLICY = ROOT / "policies" / "gbt-45288.3-2025" / "gbt-45288.3-2025.guiju"
EVIDENCE = POLICY.parent / "evidence" / "full-stack-provider.yaml"
MID = POLICY.parent / "evidence" / "mid-vendor-with-gaps.yaml"
SIZES, QUICK_SIZES = (1, 10, 100), (1, 3)
OPEN_SIZES, QUICK_OPEN_SIZES = (1, 4, 10), (1,)
NOTHING_KNOWN = Evidence(subject="blank", span=Span(Source("blank", ""), 0, 0))


def median(work: Callable[[], object], repetitions: int) -> float:
    """Seconds of one call, the median."""
    times = []
    for _ in range(repetitions):
        gc.collect()
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def cold(arguments: list[str], repetitions: int) -> float:
    """Seconds of a whole process, the median."""
    return median(lambda: subprocess.run(arguments, check=True, capture_output=True), repetitions)


def line(what: str, seconds: float, more: str = "") -> None:
    """One line of the table."""
    print(f"{what:<58} {seconds * 1000:>10.2f} ms  {more}".rstrip(), flush=True)


def compiled(text: str) -> Program:
    """The program of a policy's text."""
    compiled = compile_source(Source("policy", text))
    if compiled.program is None:
        refuse(compiled.diagnostics)
    return compiled.program


def refuse(diagnostics: Iterable[Diagnostic]) -> NoReturn:
    """End with what is wrong: what cannot be compiled or bound cannot be timed."""
    sys.exit("\n\n".join(render(d, "en") for d in diagnostics if d.is_error))


def bound_to(program: Program, evidence: Evidence) -> Bound:
    """Evidence bound to a program."""
    bound, diagnostics = bind(program, evidence)
    if any(d.is_error for d in diagnostics):
        refuse(diagnostics)
    return bound


# --- growth ------------------------------------------------------------------------------------------------------


def replicated(text: str, times: int) -> str:
    """The standard with its domains, facts aside, `times` over: clause 6.1.1.1 a) also stands as 6.1.1.1.x1 a)."""
    lines = text.split("\n")
    start = next(i for i, x in enumerate(lines) if x.startswith("domain "))
    stop = next(i for i, x in enumerate(lines) if x.startswith("membership"))
    block = [x for x in lines[start:stop] if not x.lstrip().startswith("#")]
    rows_start = stop + 2
    rows_stop = next(i for i in range(rows_start, len(lines)) if not lines[i].strip())
    rows = [x for x in lines[rows_start:rows_stop] if not x.lstrip().startswith("#")]
    copies = [_renamed(block, i) for i in range(1, times)]
    table = [_renamed_rows(rows, i) for i in range(1, times)]
    weights = next(i for i, x in enumerate(lines) if x.startswith("weights"))
    out = [*lines[:stop], *(x for c in copies for x in c), "", *lines[stop:rows_stop], *(x for t in table for x in t)]
    return "\n".join([*out, *lines[rows_stop:weights], *_weights(lines[weights:], times)])


def _renamed(block: list[str], copy: int) -> list[str]:
    def rename(match: re.Match[str]) -> str:
        return f"{match[1]}{match[2]}.{900 + copy}" if match[2][0].isdigit() else f"{match[1]}{match[2]}_x{copy}"

    named = (re.sub(r"^(\s*(?:domain|subdomain|section) )([\w.]+)", rename, x) for x in block)
    return [re.sub(r" alias \S+", "", re.sub(r" cites .*$", "", x)) for x in named]


def _renamed_rows(rows: list[str], copy: int) -> list[str]:
    return [re.sub(r"\b(6\.\d\.\d\.\d)\b", rf"\1.{900 + copy}", x) for x in rows]


def _weights(lines: list[str], times: int) -> list[str]:
    """One row, `full`, with every domain of every copy at an equal share; the other services lose their rows."""
    stop = next(i for i, x in enumerate(lines) if not x.strip())
    names = [
        f"{d}{'' if i == 0 else f'_x{i}'}" for i in range(times) for d in ("platform", "development", "operations")
    ]
    share = f"100% / {len(names)}"
    header = "  service | " + " | ".join(names)
    row = "  full | " + " | ".join(share for _ in names)
    rest = "\n".join(lines[stop:]).split("\n")
    return [lines[0], header, row, *_without_readings(rest)]


def _without_readings(lines: list[str]) -> list[str]:
    """Growth is measured on the default text: readings patch cells that the copies do not have."""
    kept, dropping = [], False
    for x in lines:
        if x and not x.startswith(" "):
            dropping = x.startswith("reading")
        if not dropping:
            kept.append(x)
    return kept


def replicable(text: str) -> str:
    """The standard without what cannot be copied: the misprint of its table, and all services but one."""
    return _plain_input(re.sub(r"(\| )a\)~g\)", r"\1a)~f)", text))


def read_at_largest(text: str) -> None:
    """The largest text of the whole benchmark has no more lines than the language reads; small sizes do not show it."""
    source = Source("policy", replicated(replicable(text), SIZES[-1]))
    laid_out = lay_out(source)
    if laid_out.diagnostics:
        refuse(laid_out.diagnostics)
    print(f"x{SIZES[-1]}: all {source.text.count(chr(10))} lines are read")


def growth(text: str, sizes: tuple[int, ...], repetitions: int) -> None:
    """Compile and evaluate the replicated standard; the exponent is the slope between the last two sizes."""
    base, evidence = replicable(text), read(EVIDENCE)
    points = []
    for times in sizes:
        source = replicated(base, times)
        compile_time = median(lambda source=source: compiled(source), max(1, repetitions // times))  # type: ignore[misc]
        program = compiled(source)
        copies = tuple(replace(a, clause=_copy_id(a.clause, i)) for i in range(times) for a in evidence.attestations)
        bound = bound_to(program, replace(evidence, attestations=copies))
        evaluate(bound)
        evaluate_time = median(lambda bound=bound: derive(evaluate(bound)), max(3, repetitions // times))  # type: ignore[misc]
        points.append((times, compile_time, evaluate_time))
        line(f"x{times}: compile {len(program.clauses)} clauses", compile_time)
        line(f"x{times}: evaluate with full derivation", evaluate_time)
    for what, column in (("compile", 1), ("evaluate", 2)):
        (small, *a), (large, *b) = points[-2], points[-1]
        slope = math.log(b[column - 1] / a[column - 1]) / math.log(large / small)
        print(f"growth exponent of {what} from x{small} to x{large}: {slope:.2f}")


def _plain_input(text: str) -> str:
    """The input with the one option that the replicated weights have."""
    lines = text.split("\n")
    start = next(i for i, x in enumerate(lines) if x.startswith("input service"))
    stop = next(i for i in range(start + 1, len(lines)) if not lines[i].startswith(" "))
    return "\n".join([*lines[:start], "input service : one of full", *lines[stop:]])


def _copy_id(clause: str, copy: int) -> str:
    return clause if copy == 0 else re.sub(r"^(6\.\d\.\d\.\d)", rf"\1.{900 + copy}", clause)


def read(path: Path) -> Evidence:
    """An evidence file that is known to be sound."""
    evidence, diagnostics = read_evidence(path)
    if evidence is None:
        refuse(diagnostics)
    return evidence


def blank_start(program: Program, repetitions: int) -> None:
    """What a start with nothing known costs: bounds and reachable levels, then why none of the levels is reached."""
    bound = bound_to(program, NOTHING_KNOWN)
    assessment = evaluate(bound)
    line("blank: bounds and reachable levels", median(lambda: evaluate(bound), repetitions), "(aim: 1 s)")
    for level in program.levels:
        asked = median(lambda level=level: why_not(assessment, "level", level.id), repetitions)  # type: ignore[misc]
        line(f"blank: why not {level.id}", asked, "(aim: 1 s)")


def open_growth(text: str, sizes: tuple[int, ...]) -> None:
    """Evaluate the replicated standard with every clause open; the copies share their facts, so they go together."""
    for times in sizes:
        program = compiled(replicated(replicable(text), times))
        bound = bound_to(program, NOTHING_KNOWN)
        found: list[Assessment] = []
        seconds = median(lambda bound=bound, found=found: found.append(evaluate(bound)), 1)  # type: ignore[misc]
        told = "exact" if found[0].possible("level").exact else "an enclosure"
        line(f"x{times}: evaluate with {len(program.clauses)} clauses open", seconds, told)


def attested(clauses: int) -> str:
    """An imported standard: clauses to be attested, a level for each quarter of them, all of which it asks for."""
    levels = [f"L{n}" for n in range(1, 5)]
    lines = ['standard attested "Attested"', "groups section", "levels", *(f'  {level} "{level}"' for level in levels)]
    for n in range(1, 5):
        lines += [f'section {n} "{n}"', *['  - "x" attested'] * (clauses // 4)]
    lines += ["membership", f"  section | {' | '.join(levels)}"]
    lines += [f"  {n} | {' | '.join('all' if n <= at else '' for at in range(1, 5))}" for n in range(1, 5)]
    lines += ["score reached at each level = share of clauses satisfied", "grade level by reached"]
    return "\n".join([*lines, *(f"  {level} | reached = 100%" for level in levels), "  otherwise | none", ""])


def attested_growth(sizes: tuple[int, ...], repetitions: int) -> None:
    """Evaluate imported standards with nothing known, and say of each open clause whether it matters."""
    points = []
    for times in sizes:
        clauses = 100 * times
        bound = bound_to(compiled(attested(clauses)), NOTHING_KNOWN)
        seconds = median(lambda bound=bound: unknowns(evaluate(bound)), repetitions)  # type: ignore[misc]
        points.append((clauses, seconds))
        line(f"blank: {clauses} attested clauses of four levels, each tried", seconds)
    (small, before), (large, after) = points[-2:]
    print(f"growth exponent from {small} to {large} clauses: {math.log(after / before) / math.log(large / small):.2f}")


def shares(sections: int, clauses: int) -> str:
    """Sections scored by the share of their clauses, a third of which are new at each of three levels, and the mean."""
    levels = [f"L{n}" for n in range(1, 4)]
    lines = ['standard shares "Shares"', "groups section", "levels", *(f'  {level} "{level}"' for level in levels)]
    for n in range(1, sections + 1):
        lines += [f'section {n} "{n}"', *['  - "x" attested'] * clauses]
    lines += ["membership", f"  section | {' | '.join(levels)}"]
    ends = [clauses // 3, clauses * 2 // 3, clauses]
    lines += [f"  {n} | {' | '.join(f'{n}-1~{n}-{end}' for end in ends)}" for n in range(1, sections + 1)]
    lines += ["score part of each section at each level = share of clauses satisfied"]
    lines += ["score total at each level = mean of part over each section", "grade level by total"]
    return "\n".join([*lines, *(f"  {level} | total >= 80%" for level in levels), "  otherwise | none", ""])


def shares_growth(sizes: tuple[tuple[int, int], ...]) -> None:
    """Evaluate standards of so many sections of so many clauses, with nothing known."""
    points = []
    for sections, clauses in sizes:
        bound = bound_to(compiled(shares(sections, clauses)), NOTHING_KNOWN)
        found: list[Assessment] = []
        seconds = median(lambda bound=bound, found=found: found.append(evaluate(bound)), 1)  # type: ignore[misc]
        points.append((sections * clauses, seconds))
        told = "exact" if found[0].possible("level").exact else "an enclosure"
        line(f"blank: the mean of {sections} shares of {clauses} clauses", seconds, told)
    (small, before), (large, after) = points[0], points[-1]
    print(f"growth exponent from {small} to {large} clauses: {math.log(after / before) / math.log(large / small):.2f}")


def blank(python: str, repetitions: int) -> float:
    """Seconds of assessing what `guiju template` writes: everything is open, and single readings are tried."""
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder) / "blank.yaml")
        subprocess.run([python, "-m", "guiju", "template", str(POLICY), "--out", file], check=True, capture_output=True)
        return cold([python, "-m", "guiju", "evaluate", str(POLICY), file], repetitions)


# --- all of it ---------------------------------------------------------------------------------------------------


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--quick", action="store_true", help="few repetitions, small sizes")
    quick = parser.parse_args().quick
    repetitions, sizes, open_sizes = (3, QUICK_SIZES, QUICK_OPEN_SIZES) if quick else (21, SIZES, OPEN_SIZES)
    python = sys.executable
    text = POLICY.read_text(encoding="utf-8")

    click = cold([python, "-c", "import click"], repetitions)
    version = cold([python, "-m", "guiju", "--version"], repetitions)
    whole = cold([python, "-m", "guiju", "evaluate", str(POLICY), str(EVIDENCE)], max(3, repetitions // 3))
    line("cold: python -c 'import click'", click)
    line("cold: guiju --version", version, f"{version / click:.2f} x import click (aim: 3)")
    line("cold: guiju evaluate, all readings that matter tried", whole)
    line("cold: guiju evaluate, a blank evidence file", blank(python, max(1, repetitions // 7)))

    program = compiled(text)
    line("warm: parse and compile the standard", median(lambda: compiled(text), repetitions))
    for name, path in (("full-stack-provider", EVIDENCE), ("mid-vendor-with-gaps (unknowns)", MID)):
        bound = bound_to(program, read(path))
        evaluate(bound)
        line(f"warm: evaluate {name}", median(lambda bound=bound: evaluate(bound), repetitions))  # type: ignore[misc]
        full = median(lambda bound=bound: derive(evaluate(bound)), repetitions)  # type: ignore[misc]
        line(f"warm: evaluate {name}, full derivation", full, "(aim: 20 ms)")
    blank_start(program, max(1, repetitions // 7))
    read_at_largest(text)
    open_growth(text, open_sizes)
    attested_growth(QUICK_SIZES if quick else (1, 10, 40), 3)
    shares_growth(((3, 6), (10, 10)) if quick else ((10, 10), (20, 20), (50, 20)))
    growth(text, sizes, repetitions)


if __name__ == "__main__":
    main()
