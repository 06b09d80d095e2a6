"""Standards drawn by their tables: clauses by level, scores of what is satisfied, gates, a level by the scores.

Most of them come to more, the more clauses are satisfied; some rows turn that round, so that some do not.
"""

from __future__ import annotations

from random import Random

from guiju.compiler.ir import Program
from guiju.dsl.source import Source
from guiju.engine.layout import layout
from guiju.library import compile_source

MARKS = "abcdefg"
APPLIES = ("",) * 9 + (" applies when g",)


def levelled(random: Random) -> Program | None:
    """A standard; None where its text does not compile."""
    return compile_source(Source("levelled.guiju", text_of(random))).program


def text_of(random: Random) -> str:
    """The text of one."""
    levels = [f"L{n}" for n in range(1, random.randint(2, 4))]
    sections = [f"s{n}" for n in range(1, random.randint(2, 4))]
    lines = ['standard levelled-1 "Levelled"', "groups section", "levels", *(f'  {x} "{x}"' for x in levels)]
    lines.append('fact g : yes-no "Given"')
    marks = {s: MARKS[: random.randint(2, 4 if len(sections) == 3 else len(MARKS))] for s in sections}
    for section in sections:
        lines.append(f'section {section} "s"')
        lines += [f'  {mark}) "c" attested{random.choice(APPLIES)}' for mark in marks[section]]
    if len(levels) > 1:
        lines += ["membership", f"  section | {' | '.join(levels)}"]
        for section in sections:
            last = sorted(random.sample(range(len(marks[section])), min(len(levels) - 1, len(marks[section]))))
            cells = [f"a)~{marks[section][i]})" if i else "a)" for i in last]
            lines.append(f"  {section} | {' | '.join([*cells, *[section] * (len(levels) - len(last))])}")
    lines += _scores(random, levels)
    lines.append(f"score A at each level = {random.choice(('sum', 'mean', 'min', 'max'))} of score over each section")
    return "\n".join([*lines, *_grades(random, levels), ""])


def _scores(random: Random, levels: list[str]) -> list[str]:
    if random.random() < 0.2:
        return [f'score of each section at each level "Score" = {_measure(random)}']
    lines = ['score of each section "Score"']
    for number, level in enumerate(levels):
        gate = f" after every section scores {2 + number - 1} at {levels[number - 1]}" if number else ""
        lines.append(f"  at {level}{gate if random.random() < 0.7 else ''}")
        values = [2 + number, random.choice((1, 1.5)), 0, -1][: random.randint(1, 3)]
        conditions = ["all clauses satisfied", *(_condition(random) for _ in values[1:])]
        if random.random() < 0.1:
            values.reverse()
        lines += [f"    {v} when {c}" for v, c in zip(values, conditions, strict=True)]
        lines.append(f"    {random.choice((0, 0, -2, 1))} otherwise")
    return lines


def _condition(random: Random) -> str:
    number = random.randint(1, 2)
    return random.choice(
        (
            f"exactly {number} clause unsatisfied",
            f"at most {number} clause unsatisfied",
            f"at least {number} clause satisfied",
            "more than half of clauses satisfied",
            "more than half of new clauses satisfied",
            f"share of clauses satisfied >= {random.choice((25, 50, 80))}%",
            "all clauses unsatisfied",
            "s1 a) satisfied",
        )
    )


def _measure(random: Random) -> str:
    verdict = "satisfied" if random.random() < 0.7 else "unsatisfied"
    return f"{random.choice(('share', 'count'))} of clauses {verdict}"


def _grades(random: Random, levels: list[str]) -> list[str]:
    """A level by what it asks for at least, or by intervals that do not meet."""
    lines, by_interval = ['grade level by A "Grade"'], random.random() < 0.5
    for number, level in enumerate(levels):
        interval = f"{number}.5 < A <= {number}.9" if random.random() < 0.2 else f"{number}.5 < A <= {number + 1}.5"
        asked = f"A {random.choice(('>=', '>'))} {random.choice((0.5, 1, number + 1))}"
        lines.append(f"  {level} | {interval if by_interval else asked}")
    return [*lines, "  otherwise | none"]


def rows_of(program: Program, random: Random, number: int) -> list[list[object]]:
    """Rows of verdicts, many of them open, in which all facts are stated."""
    return [_row(program, random, random.choice((0.2, 0.5, 1.0)), random.choice((0.5, 0.9))) for _ in range(number)]


def _row(program: Program, random: Random, open_: float, met: float) -> list[object]:
    row: list[object] = []
    for slot in layout(program):
        is_open = slot.kind == "clause" and random.random() < open_
        row.append(None if is_open else random.random() < (met if slot.kind == "clause" else 0.5))
    return row
