"""The laws are worth what the generators reach: every node of the core, every operator, every gate, every patch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache

from hypothesis import HealthCheck, given, settings

from guiju.compiler import ir
from guiju.compiler.ir import UNKNOWN, Undefined
from guiju.compiler.operators import OPERATORS
from guiju.engine.evaluate import Assessment, evaluate
from tests.engine.laws import bound_to, shown
from tests.engine.oracle import walk
from tests.engine.strategies import Case, cases, compiled, policies

EXAMPLES = settings(
    max_examples=1200,  # the rarest, a fact against its formula, comes about once in 300
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def test_most_drawn_policies_compile() -> None:
    seen: Counter[bool] = Counter()

    @settings(EXAMPLES, max_examples=100)
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
    "grade otherwise = ",
    "score of each subdomain at ",
    "item lettered",
)


WORDS = (*PATCHES, "within domain", "else as at", " except ", "clauses of ", "new clauses", "new shall", " at L1 s")


def test_drawn_policies_reach_every_patch_and_every_set_of_clauses() -> None:
    assert unseen(f"text {word}" for word in WORDS) == []


def states(assessment: Assessment) -> set[str]:
    """What of an assessment's ways there are occurs in one, in words."""
    found = {f"verdict {r.verdict.name} {r.by} {r.reason}" for r in assessment.clauses.values()}
    at, values, bound = assessment.network.at, assessment.values, assessment.bound
    facts = [values[at[a]] for f in assessment.program.facts if (a := f"fact:{f.id}") in at]
    found |= {"fact unknown"} if UNKNOWN in facts else set()
    found |= {"fact conflicting"} if Undefined("conflicting") in facts else set()
    found |= {"input known" if i.id in bound.inputs else "input unknown" for i in assessment.program.inputs}
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


DECIDED = (
    *(f"verdict {v} {by} None" for v in ("SATISFIED", "UNSATISFIED") for by in ("facts", "vendor", "assessor")),
    *(f"verdict {v} override None" for v in ("SATISFIED", "UNSATISFIED", "NOT_APPLICABLE")),
    *("verdict NOT_APPLICABLE facts None", "verdict NOT_APPLICABLE assessor None"),
    *(f"verdict UNKNOWN None {reason}" for reason in ("missing", "conflicting", "undefined")),
)
REACHED = (
    *DECIDED,
    *("fact unknown", "fact conflicting", "input known", "input unknown"),
    *("gate True", "gate False", "gate unknown", "open, exact", "open, enclosed"),
    *(f"undefined {r}" for r in ("division-by-zero", "share-of-nothing", "overlapping-rows", "undefined-grade")),
)


def test_drawn_evidence_reaches_every_verdict_and_open_shut_and_unknown_gates() -> None:
    assert unseen(REACHED) == []
