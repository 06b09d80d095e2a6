"""What an outcome can be while numbers that go into its score are open: against a grid of what they can be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import guiju
from guiju.compiler.ir import UNKNOWN, Value, Verdict
from guiju.engine.evaluate import Assessment
from tests.engine.test_plans_over_numbers import Drawn, assessed, drawn, grid_of, plain

FEW = settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow], deadline=None)


def completed(assessment: Assessment, facts: dict[str, Fraction], said: dict[str, str]) -> Assessment:
    """The same subject with numbers stated, and clauses attested."""
    told = {name: f"{value / 60 / 60} h" if name.startswith("h") else str(value) for name, value in facts.items()}
    evidence: dict[str, Any] = {"guiju": "evidence/1", "subject": "x", "facts": told, "attestations": said}
    return guiju.evaluate(guiju.Policy(assessment.program), evidence)


def outcomes(case: Drawn, assessment: Assessment) -> Iterator[dict[str, Value]]:
    """What is shown in every completion of a grid."""
    open_ = [f for f in assessment.program.facts if f.id not in case.facts]
    people = [c.id for c in assessment.program.clauses if c.condition is None and c.id not in case.said]
    stated = {f.id: v for f in assessment.program.facts if isinstance(v := assessment.bound.facts.get(f.id), Fraction)}
    for values in product(*(grid_of(f) for f in open_)):
        for verdicts in product(("satisfied", "unsatisfied"), repeat=len(people)):
            facts = {**stated, **dict(zip((f.id for f in open_), values, strict=True))}
            made = completed(assessment, facts, {**case.said, **dict(zip(people, verdicts, strict=True))})
            yield {name: made.value(name) for name in ("level", "total")}


@FEW
@given(drawn(), st.data())
def test_levels_over_one_open_number_are_just_those_of_its_values(case: Drawn, data: st.DataObject) -> None:
    """Exact where the number meets no other one, though it goes into the score; and a witness replays."""
    names = sorted({line.split()[1] for line in case.text.splitlines() if line.startswith("fact ")})
    name = data.draw(st.sampled_from(names))
    stated = {n: case.facts.get(n, "2 h" if n.startswith("h") else "2") for n in names if n != name}
    said = {c: v for c, v in case.said.items() if data.draw(st.booleans())}
    case = Drawn(case.text, stated, said)
    assessment = assessed(case)
    if assessment is None:
        return
    told = assessment.possible("level")
    assert told.exact or re.search(rf"/.* [<>=]+ {plain(name)}$", case.text, re.MULTILINE), "a ratio beside itself"
    found = {each["level"] for each in outcomes(case, assessment)} - {UNKNOWN}  # a clause that nothing decides
    assert found <= set(told.values)
    for value in told.values if told.exact else ():
        chosen = told.witness(value)
        facts = {a.removeprefix("fact:"): v for a, v in chosen.items() if isinstance(v, Fraction)}
        verdicts = {a.removeprefix("clause:"): v.value for a, v in chosen.items() if isinstance(v, Verdict)}
        known = {f: v for f, v in assessment.bound.facts.items() if isinstance(v, Fraction)}
        taken = {c: v for c, v in verdicts.items() if v != "not-applicable"}
        assert completed(assessment, {**known, **facts}, {**said, **taken}).value("level") == value
