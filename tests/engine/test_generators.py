"""The laws are worth what the generators reach: every node of the core, every operator, every gate, every patch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings

from guiju.compiler import ir
from guiju.compiler.ir import ABSENT, UNKNOWN, Undefined
from guiju.compiler.operators import OPERATORS
from guiju.engine.evaluate import Assessment, evaluate
from guiju.engine.network import open_below
from guiju.engine.verdicts import ClauseResult
from tests.engine.laws import bound_to, shown
from tests.engine.oracle import walk
from tests.engine.strategies import Case, cases, compiled, policies

pytestmark = pytest.mark.slow  # what the generators reach, the laws reach

EXAMPLES = settings(
    max_examples=1200,  # the rarest, a fact against its formula, comes about once in 300
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def test_most_drawn_policies_compile() -> None:
    seen: Counter[bool] = Counter()

    @settings(EXAMPLES, max_examples=400)  # near ones resemble each other
    @given(policies())
    def draw(text: str) -> None:
        seen[compiled(text) is not None] += 1

    draw()
    assert seen[True] > 0.6 * seen.total()


@cache
def survey() -> Counter[str]:
    """How many of many drawn cases have each thing that a law should meet."""
    seen: Counter[str] = Counter()

    @EXAMPLES
    @given(cases())
    def draw(case: Case) -> None:
        text = case.program.span.source.text
        found = {f"text {word}" for word in WORDS if word in text}
        seen.update(found | forms(case.program) | states(evaluate(bound_to(*case))))

    draw()
    return seen


def unseen(expected: Iterable[str]) -> list[str]:
    """What of the expected no case had."""
    return [x for x in expected if not survey()[x]]


def expressions(program: ir.Program) -> list[ir.Expression]:
    roots = [d.expression for d in program.definitions]
    roots += [e for c in program.clauses for e in (c.condition, c.applies) if e is not None]
    roots += [f.formula for f in program.facts if f.formula is not None]
    return [x for root in roots for x in walk(root)]


def forms(program: ir.Program) -> set[str]:
    """What of the core occurs in a program, in words."""
    found = {f"definition {d.kind}" for d in program.definitions}
    found |= {f"fact {type(f.type).__name__}" for f in program.facts} | {f"levels {len(program.levels)}"}
    found |= {"fact with formula" for f in program.facts if f.formula is not None}
    found |= {f"modality {c.modality}" for c in program.clauses}
    found |= {"clause attested" if c.condition is None else "clause with condition" for c in program.clauses}
    found |= {"clause with applicability" for c in program.clauses if c.applies is not None}
    for e in expressions(program):
        found.add(type(e).__name__)
        match e:
            case ir.Operation():
                found.add(f"operator {e.operator}")
            case ir.Tally():
                found |= {f"tally {e.measure} {e.verdict}", "tally capped" if e.cap is not None else "tally uncapped"}
                found.add("item of several leaves" if any(len(i) > 1 for i in e.items) else "item of one leaf")
            case ir.Cases():
                found |= {f"cases {e.form}", "cases exclusive" if e.exclusive else "cases in order"}
            case ir.Literal():
                found.add(f"literal {type(e.value).__name__}")
    return found


EXPRESSIONS = ("Ref", "Literal", "FactRef", "InputRef", "Tally", "Operation", "Cases", "Choice")
EXPECTED = {
    *EXPRESSIONS,
    *(f"operator {o.symbol}" for o in OPERATORS),
    *(f"definition {kind}" for kind in ("let", "weight", "gate", "score", "grade")),
    *(f"cases {form}" for form in ("table", "gate", "grade", "weights")),
    *(f"fact {type_.__name__}" for type_ in (ir.NumberType, ir.TruthType, ir.OptionType, ir.SetType)),
    *(f"tally {m} {v}" for m in ("count", "share") for v in ("satisfied", "unsatisfied")),
    *(f"levels {n}" for n in range(4)),
    *(f"modality {m}" for m in ("shall", "should", "may", None)),
    *("cases exclusive", "cases in order", "tally capped", "tally uncapped", "item of several leaves"),
    *("clause attested", "clause with condition", "clause with applicability", "fact with formula"),
    *("literal Special", "literal Undefined", "literal str", "literal bool", "literal Fraction"),
}


def test_drawn_policies_reach_every_node_of_the_core_and_every_operator() -> None:
    assert {subclass.__name__ for subclass in ir.Expression.__subclasses__()} <= EXPECTED
    assert unseen(sorted(EXPECTED)) == []


PATCHES = (
    "nothing changes",
    "membership 6.1 L1 = ",
    " requires ",
    " applies when ",
    "weights full = ",
    "grade L1 = ",
    "grade level L1 = ",
    "grade mark L1 = ",
    "grade otherwise = ",
    "score of each subdomain at ",
    "item lettered",
    "item 6.1 a)",
    "clause 6.1 a) should",
    "clause 6.1 a) requires ",
)


WORDS = (
    *PATCHES,
    "within domain",
    "else as at",
    " except ",
    "clauses of ",
    "new clauses",
    "new shall",
    " at L1 s",
    "validity",
)


def test_drawn_policies_reach_every_patch_and_every_set_of_clauses() -> None:
    assert unseen(f"text {word}" for word in WORDS) == []


def states(assessment: Assessment) -> set[str]:
    """What of an assessment's ways there are occurs in one, in words."""
    found = {f"verdict {r.verdict.name} {r.by} {r.reason}" for r in assessment.clauses.values()}
    at, values, bound = assessment.network.at, assessment.values, assessment.bound
    facts = [values[at[a]] for f in assessment.program.facts if (a := f"fact:{f.id}") in at]
    found |= {"fact unknown"} if UNKNOWN in facts else set()
    found |= {"fact conflicting"} if Undefined("conflicting") in facts else set()
    found |= {word for f in assessment.program.facts for word in computed(assessment, f)}
    found |= {word for r in assessment.clauses.values() for word in attested(assessment, r)}
    found |= {"input known" if i.id in bound.inputs else "input unknown" for i in assessment.program.inputs}
    found |= {
        "aggregate without a group that is left out"
        for d in assessment.program.definitions
        if leaves_out(assessment, d)
    }
    for id_ in shown(assessment.program):
        value = values[at[id_]]
        kind = assessment.program.definition[id_].kind
        if kind == "gate":
            found.add(f"gate {'unknown' if value is UNKNOWN else value if isinstance(value, bool) else 'undefined'}")
        possible = assessment.possible(id_)
        if len(possible.values) > 1:
            found.add("open, exact" if possible.exact else "open, enclosed")
        found |= {f"undefined {v.reason}" for v in possible.values if isinstance(v, Undefined)}
    return found


def leaves_out(assessment: Assessment, definition: ir.Definition) -> bool:
    """Whether a score that weights are no part of leaves out a group that they leave out."""
    expression = definition.expression
    if definition.family != "unweighed" or not isinstance(expression, ir.Operation):
        return False
    absent = [
        ABSENT
        in {assessment.values[i] for i in assessment.network.nodes[assessment.network.at[definition.id]].operands}
    ]
    return any(absent)


def computed(assessment: Assessment, fact: ir.Fact) -> set[str]:
    """What becomes of a fact with a formula, and of one whose evidence is too old, in words."""
    at, values, bound = assessment.network.at, assessment.values, assessment.bound
    found = {"fact too old"} if fact.validity is not None and fact.id in bound.expired else set()
    found |= {"fact expired"} if fact.validity is None and fact.id in bound.expired else set()
    if fact.formula is None or f"fact:{fact.id}" not in at:
        return found
    value = values[at[f"fact:{fact.id}"]]
    if value == Undefined("below-zero"):
        found.add("computed below zero")
    if value == Undefined("not-whole"):
        found.add("computed count with a fraction")
    stated = bound.facts.get(fact.id)
    if isinstance(stated, Fraction) and isinstance(value, Fraction) and stated != value:
        found.add("stated rounded, computed counts")
    return found


def attested(assessment: Assessment, result: ClauseResult) -> set[str]:
    """What becomes of attestations where facts have a say too, in words."""
    network, values = assessment.network, assessment.values
    clause, operands = assessment.program.clause[result.clause], network.node(f"clause:{result.clause}").operands
    found = set()
    if clause.applies is not None and values[operands[0]] is True:
        denied = {a.voice for a in result.attestations if a.verdict == "not-applicable"}
        found |= {f"applies, and {voice} denies it" for voice in denied}
        found |= (
            {"applies, vendor denies it, nobody else says more"} if denied == {"vendor"} and not result.by else set()
        )
    doubting = {a.voice for a in result.attestations if a.verdict == "unknown"} & {"assessor", "override"}
    found |= {f"{voice} in doubt, {result.by} {result.reason}" for voice in doubting}
    if result.by in ("assessor", "vendor", "crosswalk"):
        below = open_below(network, values, operands)
        others = [c for c in assessment.undecided if c.clause != result.clause]
        shared = any(below & open_below(network, values, network.node(f"clause:{o.clause}").operands) for o in others)
        found |= {f"by {result.by} over a fact that another clause looks at"} if shared else set()
    return found


DECIDED = (
    *(f"verdict {v} {by} None" for v in ("SATISFIED", "UNSATISFIED") for by in ("facts", "vendor", "assessor")),
    *(f"verdict {v} override None" for v in ("SATISFIED", "UNSATISFIED", "NOT_APPLICABLE")),
    *("verdict NOT_APPLICABLE facts None", "verdict NOT_APPLICABLE assessor None"),
    *(f"verdict {v} crosswalk None" for v in ("SATISFIED", "UNSATISFIED")),
    *(f"verdict UNKNOWN None {reason}" for reason in ("missing", "conflicting", "undefined", "partial", "expired")),
    "verdict UNKNOWN None unconfirmed",
    "verdict UNKNOWN override left-open",
)
REACHED = (
    *DECIDED,
    *("fact unknown", "fact conflicting", "input known", "input unknown"),
    *("fact too old", "fact expired", "stated rounded, computed counts"),
    *("computed below zero", "computed count with a fraction"),
    *(f"applies, and {voice} denies it" for voice in ("vendor", "assessor", "override")),
    "applies, vendor denies it, nobody else says more",
    *(f"by {v} over a fact that another clause looks at" for v in ("vendor", "assessor", "crosswalk")),
    *(f"assessor in doubt, {by} None" for by in ("facts", "assessor", "override")),
    "override in doubt, None conflicting",
    "aggregate without a group that is left out",
    *("gate True", "gate False", "gate unknown", "open, exact", "open, enclosed"),
    *(f"undefined {r}" for r in ("division-by-zero", "share-of-nothing", "overlapping-rows", "undefined-grade")),
)


def test_drawn_evidence_reaches_every_verdict_and_open_shut_and_unknown_gates() -> None:
    assert unseen(REACHED) == []
