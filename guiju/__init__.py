"""Guiju, rules as code for standards: takes a policy and evidence, gives a graded, explained result.

Seven names are public, with what they return:

>>> import guiju
>>> policy = guiju.load("gbt-45288.3-2025")
>>> len(policy.program.clauses)
193
>>> assessment = guiju.evaluate(policy, {"guiju": "evidence/1", "subject": "nobody", "inputs": {"service": "platform"}})
>>> sorted(map(str, assessment.possible("level").values))
['L1', 'L2', 'L3', 'none']
>>> print(guiju.explain(assessment, "6.1.1.1.e", language="en").splitlines()[0].partition("  [")[0])
◆ 6.1.1.1 e) Training compute, 10-billion class: unknown

A value has the names that `explain` takes: those of the policy, of the standard and of its labels, in either language.

>>> facts = {"training_compute_10b": {"value": "60 PFLOPS"}}
>>> told = guiju.evaluate(policy, {"guiju": "evidence/1", "subject": "nobody", "voice": "assessor", "facts": facts})
>>> told.value("training_compute_10b") == told.value("百亿级训练算力") == 60 * 10**15
True
>>> told.value("6.1.1.1.e") is told.value("6.1.1.1 e)")
True
>>> told.value("6.1.1.1.e").value
'satisfied'
>>> told.possible("hardware@L1") == told.possible("硬件@L1")
True
>>> told.value("nothing")  # doctest: +ELLIPSIS
Traceback (most recent call last):
    ...
guiju.engine.addresses.NoSuchNodeError: there is nothing named `nothing`; names look like hardware@L1, 6.1.1.1.a, ...

Everything is imported when it is first used, so `import guiju` costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from guiju.compiled_function import CompiledFunction
    from guiju.compiler.graph import DependencyGraph
    from guiju.compiler.ir import Program
    from guiju.dsl.diagnostic import Diagnostic, Language
    from guiju.engine.evaluate import Assessment
    from guiju.engine.evidence import Evidence
    from guiju.engine.reasoning.comparing.difference import Difference
    from guiju.engine.reasoning.comparing.recorded import Recorded
    from guiju.report.branch import Depth

__version__ = "0.1.0"
__all__ = ["GuijuError", "Policy", "__version__", "compare", "compiled", "evaluate", "explain", "load"]


class GuijuError(Exception):
    """A policy or evidence that cannot be used. `diagnostics` say where and why, all at once."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        self.diagnostics = diagnostics
        first = next((d for d in diagnostics if d.is_error), None)
        super().__init__(f"{first.span}: {first.message('en')}" if first else "")


@dataclass(frozen=True)
class Policy:
    """A compiled policy and what was found while compiling it. `folder` is where it lies, None of a bundled one."""

    program: Program
    diagnostics: tuple[Diagnostic, ...] = ()
    folder: Path | None = None

    @cached_property
    def graph(self) -> DependencyGraph:
        """What depends on what, under some reading, with the places in the policy that say so.

        >>> graph = load("gbt-45288.3-2025").graph
        >>> "level" in graph.depending_on("fact:offered_models")
        True
        >>> [place.text for place in graph.reasons("fact:linearity_10b", "clause:6.1.1.1.f")]
        ['linearity_10b']
        """
        from guiju.compiler.graph import DependencyGraph

        return DependencyGraph(self.program)


def load(name: str | Path) -> Policy:
    """A bundled policy by id, or a policy file by path.

    Raises GuijuError if it has errors.
    """
    from guiju.library import load as load_file

    loaded = load_file(str(name))
    if loaded.program is None:
        raise GuijuError(loaded.diagnostics)
    return Policy(loaded.program, loaded.diagnostics, loaded.folder and loaded.folder.absolute())


def evaluate(
    policy: Policy | str | Path,
    evidence: Evidence | Mapping[str, Any] | str | Path,
    readings: Mapping[str, str] | None = None,
    others: Iterable[Policy | str | Path] = (),
) -> Assessment:
    """Evaluate evidence (a file, the same as a mapping, or `Evidence`) under some readings, the others at default.

    `others` are policies of other standards that the evidence names, where they are neither bundled nor lie beside.
    Raises GuijuError if the policy or the evidence has errors; nothing is evaluated then.
    """
    from guiju.dsl.diagnostic import has_errors
    from guiju.editions import bind_edition
    from guiju.engine.evaluate import evaluate as assess
    from guiju.lookup import Given, Standards

    given = (p if isinstance(p, Policy) else load(p) for p in (policy, *others))
    standards = Standards(tuple(Given(p.program, p.folder) for p in given))
    if clashes := tuple(standards.clashes()):
        raise GuijuError(clashes)
    program = standards.given[0].program
    stated, found = _evidence(evidence)
    if stated is None:
        raise GuijuError(found)
    bindings = bind_edition(program, stated, standards)
    matched = bindings.diagnostics
    unknown = unknown_readings(program, readings or {})
    if has_errors((*found, *matched, *unknown)):
        raise GuijuError((*found, *matched, *unknown))
    return assess(bindings.bound, readings)


def compiled(policy: Policy | str | Path, readings: Mapping[str, str] | None = None) -> CompiledFunction:
    """A policy as a function of what is stated of a subject, for what asks often, such as a screen that asks *what if*.

    >>> function = compiled("gbt-45288.3-2025")
    >>> met = {clause.id: True for clause in function.program.clauses if clause.is_attested}
    >>> provider = function.simulation({"service": "full", **met, "training_compute_10b": 60})
    >>> provider.answer["level"].reachable
    ('none', 'L1', 'L2', 'L3')
    >>> provider.set({"6.1.1.1 a)": False, "6.1.1.1 b)": False, "百亿级训练算力": 40})["level"].reachable
    ('none', 'L1')
    >>> provider.undo()["level"].reachable
    ('none', 'L1', 'L2', 'L3')

    Readings that are not named take their default. Raises GuijuError as `evaluate` does.
    """
    from guiju.compiled_function import CompiledFunction

    program = (policy if isinstance(policy, Policy) else load(policy)).program
    if unknown := unknown_readings(program, readings or {}):
        raise GuijuError(unknown)
    return CompiledFunction(program, dict(readings or {}))


def explain(assessment: Assessment, node: str, *, language: Language = "zh", depth: Depth = "gaps") -> str:
    """The derivation of one node (`level`, `A@L2`, `hardware@L1`, a clause id, a fact) as a tree of text.

    `depth` is `summary` (five lines), `gaps`, `review` (clause by clause) or `engineer` (every node).
    `Assessment.value` takes the same names. Raises KeyError if there is no such node.
    """
    from guiju.report.addresses import the_address_of
    from guiju.report.branch import lines
    from guiju.report.depth import at_depth
    from guiju.report.explain import explain as tell
    from guiju.report.under_readings import readings_of, with_readings

    address = the_address_of(assessment, node)
    tree, found = tell(assessment, address, language), readings_of(assessment, address)
    whole = with_readings(assessment.program, tree, found, language) if found else tree
    return "\n".join(lines(at_depth(whole, depth), marked=True))


def compare(before: Assessment | str | Path, after: Assessment | str | Path) -> Difference:
    """What is otherwise between two assessments, each as `evaluate` returns it or a bundle, by its path.

    >>> nobody = {"guiju": "evidence/1", "subject": "nobody", "inputs": {"service": "platform"}}
    >>> usual, lenient = (evaluate("gbt-45288.3-2025", nobody, {"table-3-6.1.2.4": f"through-{x}"}) for x in "fe")
    >>> difference = compare(usual, lenient)
    >>> [(cause.what, cause.about) for cause in difference.causes]
    [('reading', 'table-3-6.1.2.4')]
    >>> difference.outcomes
    ()

    Raises GuijuError if a bundle is damaged, or is none that any version can have written.
    """
    from guiju.engine.reasoning.comparing.recorded import difference_of

    return difference_of(_record(before), _record(after))


def _record(side: Assessment | str | Path) -> Recorded:
    from guiju.bundle.read import read_bundle
    from guiju.bundle.recorded import recorded
    from guiju.engine.reasoning.comparing.recorded import as_derived

    if not isinstance(side, str | Path):
        return as_derived(side, __version__)
    file, found = read_bundle(Path(side))
    record, found = (None, found) if file is None else recorded(file, __version__)
    if record is None:
        raise GuijuError(found)
    return record


def _evidence(evidence: Evidence | Mapping[str, Any] | str | Path) -> tuple[Evidence | None, tuple[Diagnostic, ...]]:
    from guiju.exchange.evidence import parse_evidence, read_evidence

    if isinstance(evidence, str | Path):
        return read_evidence(evidence)
    if isinstance(evidence, Mapping):
        import json

        from guiju.dsl.source import Source

        return parse_evidence(Source("evidence.json", json.dumps(evidence, ensure_ascii=False, default=str)))
    return evidence, ()


def unknown_readings(program: Program, readings: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    from guiju.dsl.diagnostic import Diagnostic
    from guiju.engine.codes import UNKNOWN_READING

    known = {r.id: {o.id for o in r.options} for r in program.readings}
    wrong = [f"{name}={option}" for name, option in readings.items() if option not in known.get(name, set())]
    listed = ", ".join(f"{r}={'|'.join(sorted(options))}" for r, options in known.items())
    return tuple(Diagnostic(UNKNOWN_READING, program.span, (("name", name), ("known", listed))) for name in wrong)
