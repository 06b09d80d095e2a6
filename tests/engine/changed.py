"""Changes, tried one set after the other: the meaning of *What would change it* written a second time, slowly.

A world with changes stands on today's: a clause keeps the verdict it has, unsatisfied where it has none, until it is
changed itself or something that it stands on comes to another value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, product
from math import prod

from guiju.compiler import ir
from guiju.compiler.ir import UNKNOWN, Value, Verdict
from guiju.engine.bind import Bound
from guiju.engine.reasoning.planning.changes import Changes, Terms
from tests.engine.oracle import SATISFIED, UNSATISFIED, Oracle, World, facts_of, walk

MOST_SETS = 600
SAMPLES = 6
MOST_COMPLETIONS, COMPLETED_WITH = 2_000, 40  # of the facts that scores look at: in all, and values of each


class TooManyChangesError(Exception):
    """There are more changes than the oracle is willing to try."""


class Changed(World):
    """Today's world with some clauses and facts changed; `today` None: nothing is."""

    def __init__(self, oracle: Oracle, changes: Changes, today: Changed | None, *, alone: bool = False) -> None:
        facts = {a.removeprefix("fact:"): value for a, value in changes.items() if a.startswith("fact:")}
        super().__init__(oracle, {**oracle.bound.facts, **facts}, oracle.bound.inputs, {})
        self._changes, self._today, self._alone = changes, today, alone

    def _fact(self, id_: str) -> Value:
        return self.oracle.now.fact(id_) if self._today is None or self._alone else super()._fact(id_)

    def rounded(self, id_: str) -> Fraction:
        """As in the evidence; what is changed is exact."""
        return Fraction(0) if f"fact:{id_}" in self._changes else super().rounded(id_)

    def _clause(self, id_: str) -> Value:
        now = self.oracle.now.clause(id_)
        kept = now if isinstance(now, Verdict) else UNSATISFIED
        changed = f"clause:{id_}" in self._changes
        if self._today is None or self._alone:
            return SATISFIED if changed else kept
        if changed and (self.is_overridden(id_) or self.may_be(id_, SATISFIED)):
            return SATISFIED
        if not self.is_overridden(id_) and self._stands_on_changes(id_, self._today):
            by_facts = self.by_facts(id_)
            if isinstance(by_facts, Verdict):
                return by_facts
            by_people = self.oracle.decided(self, id_)
            return by_people if isinstance(by_people, Verdict) else UNSATISFIED
        return kept

    def _stands_on_changes(self, id_: str, today: Changed) -> bool:
        clause = self.oracle.program.clause[id_]
        return any(self.value(e) != today.value(e) for e in (clause.applies, clause.condition) if e is not None)

    def is_overridden(self, id_: str) -> bool:
        """Whether an override decides: one verdict, or that it is left open."""
        said = {a.verdict for a in self.oracle.bound.attestations.get(id_, ()) if a.voice == "override"}
        return len(said) == 1


class Completed(World):
    """A changed world in which facts that nobody states, and scores look at by themselves, are taken to be something."""

    def __init__(self, changed: Changed, taken: Mapping[str, Value]) -> None:
        super().__init__(changed.oracle, changed.facts, changed.inputs, {})
        self._changed, self._taken = changed, taken

    def _fact(self, id_: str) -> Value:
        known, formula = self._changed.fact(id_), self.oracle.program.fact[id_].formula
        if known is UNKNOWN and formula is not None:
            return self.value(formula)
        return self._taken.get(id_, UNKNOWN) if known is UNKNOWN else known

    def _clause(self, id_: str) -> Value:
        """What is not shown is what the facts say of it, where these decide it now; all else is as it was changed."""
        changed, now = self._changed.clause(id_), self.oracle.now
        is_shown = isinstance(now.clause(id_), Verdict) and not isinstance(now.by_facts(id_), Verdict)
        is_disputed = not isinstance(now.clause(id_), Verdict) and isinstance(now.by_facts(id_), Verdict)
        if changed is not UNSATISFIED or is_shown or is_disputed or self._changed.is_overridden(id_):
            return changed
        if not self._stands_on_taken(*_of_clause(self.oracle.program.clause[id_])):
            return changed
        by_facts = self.by_facts(id_)
        return by_facts if isinstance(by_facts, Verdict) else changed

    def _stands_on_taken(self, *expressions: ir.Expression | None) -> bool:
        """Whether expressions look at what is taken to be something, be it through clauses that nobody decides."""
        return any(self._looks_at_taken(x) for e in expressions if e is not None for x in walk(e))

    def _looks_at_taken(self, e: ir.Expression) -> bool:
        program = self.oracle.program
        match e:
            case ir.FactRef():
                return e.fact in self._taken or self._stands_on_taken(program.fact[e.fact].formula)
            case ir.Ref():
                return self._stands_on_taken(program.definition[e.name].expression)
            case ir.Tally():
                leaves = [
                    leaf for item in e.items for leaf in item if not isinstance(self.oracle.now.clause(leaf), Verdict)
                ]
                return any(self._stands_on_taken(*_of_clause(program.clause[leaf])) for leaf in leaves)
        return False


class Tried:
    """All changes of one outcome on some terms; where it `is_settled` nothing has to change, as evaluating tells."""

    def __init__(
        self,
        bound: Bound,
        readings: Mapping[str, str],
        outcome: str,
        wanted: frozenset[Value],
        *,
        is_settled: bool = False,
    ) -> None:
        self.oracle = Oracle(bound, readings)
        self._is_settled = is_settled
        self.program, self._outcome, self._wanted = bound.program, outcome, wanted
        self.today = Changed(self.oracle, {}, None)
        self.inputs: Mapping[str, Value] = {}

    def open_inputs(self) -> list[str]:
        """The inputs that nobody states and the outcome may stand on, by address."""
        facts, clauses = _below(self.program, self.program.definition[self._outcome].expression)
        stack = [self.program.definition[self._outcome].expression]
        stack += [f for id_ in facts if (f := self.program.fact[id_].formula) is not None]
        stack += [e for id_ in clauses for e in _of_clause(self.program.clause[id_]) if e is not None]
        found, seen = set[str](), set[str]()
        while stack:
            for x in walk(stack.pop()):
                if isinstance(x, ir.InputRef):
                    found.add(x.input)
                elif isinstance(x, ir.Ref) and x.name not in seen:
                    seen.add(x.name)
                    stack.append(self.program.definition[x.name].expression)
        return sorted(f"input:{id_}" for id_ in found if id_ not in self.oracle.bound.inputs)

    def chosen(self, inputs: Iterable[str]) -> Iterator[Tried]:
        """The same for everything that some inputs can be chosen to be, by address."""
        bound, names = self.oracle.bound, [address.removeprefix("input:") for address in inputs]
        types = [next(i.type for i in self.program.inputs if i.id == name) for name in names]
        options = [(True, False) if isinstance(t, ir.TruthType) else getattr(t, "options", ()) for t in types]
        if not all(options):
            raise TooManyChangesError  # a number can be anything
        for values in product(*options):
            more = dict(zip(names, values, strict=True))
            again = replace(bound, inputs={**bound.inputs, **more})
            tried = Tried(again, self.oracle.readings, self._outcome, self._wanted, is_settled=self._is_settled)
            tried.inputs = {f"input:{name}": value for name, value in more.items()}
            yield tried

    def plainly_leads(self, changes: Changes, terms: Terms) -> bool:
        """The same without a look at how what nobody states can come out."""
        outcome = Changed(self.oracle, changes, self.today).definition(self._outcome)
        return outcome in self._wanted and self.leads(changes, terms)

    def reaches(self, changes: Changes, *, alone: bool = False) -> bool:
        """Whether some changes lead to wanted values alone; `alone`: nothing follows from them but the scores."""
        if self._is_settled and not changes:
            return True
        changed = Changed(self.oracle, changes, self.today, alone=alone)
        if self.outcome(changed) in self._wanted:
            return True
        return all(self.outcome(Completed(changed, taken)) in self._wanted for taken in self.cases(changed))

    def outcome(self, world: World) -> Value:
        """What the outcome is in a world."""
        return world.definition(self._outcome)

    def cases(self, changed: Changed) -> Iterator[dict[str, Value]]:
        """Every way in which what scores look at by themselves, and nobody states, can come out."""
        outcome = self.program.definition[self._outcome].expression
        seen = sorted(_seen(self.program, outcome, lambda f: changed.fact(f) is UNKNOWN))
        open_ = [f for f in seen if self.program.fact[f].formula is None and changed.fact(f) is UNKNOWN]
        values = [self.oracle.samples(self.program.fact[f], COMPLETED_WITH) for f in open_]
        if prod(map(len, values)) > MOST_COMPLETIONS:
            raise TooManyChangesError
        for taken in product(*values):
            yield dict(zip(open_, taken, strict=True))

    def clauses_below(self) -> set[str]:
        """The clauses that the outcome stands on."""
        return _below(self.program, self.program.definition[self._outcome].expression)[1]

    def facts_seen_by(self, clause: str) -> set[str]:
        """The facts that a clause stands on, with no other clause between."""
        expressions = _of_clause(self.program.clause[clause])
        return set[str]().union(*(_seen(self.program, e) for e in expressions if e is not None))

    def options(self, pinned: frozenset[str]) -> dict[str, tuple[Value, ...]]:
        """What each clause and fact below the outcome can be changed to."""
        below = _below(self.program, self.program.definition[self._outcome].expression)
        found: dict[str, tuple[Value, ...]] = {}
        for id_ in sorted(below[1]):
            if f"clause:{id_}" not in pinned and self._is_for_people(id_):
                found[f"clause:{id_}"] = (SATISFIED,)
        for id_ in sorted(below[0]):
            fact = self.program.fact[id_]
            is_open = fact.formula is None or self.today.value(fact.formula) is UNKNOWN
            is_computed = not is_open and id_ not in self.oracle.bound.facts
            if f"fact:{id_}" not in pinned and not is_computed:
                values = self.oracle.samples(fact, SAMPLES)
                found[f"fact:{id_}"] = tuple(v for v in values if v != self.today.fact(id_))
        return found

    def _is_for_people(self, id_: str) -> bool:
        """Whether people decide a clause, or have spoken of it; whether facts leave that is seen in each world."""
        return self.program.clause[id_].condition is None or bool(self.oracle.bound.attestations.get(id_, ()))

    def sets(self, terms: Terms) -> Iterator[dict[str, Value]]:
        """Every set of changes in which all that is needed first is in place."""
        options = self.options(terms.pinned)
        if prod(len(values) + 1 for values in options.values()) > MOST_SETS:
            raise TooManyChangesError
        for taken in product(*[(None, *values) for values in options.values()]):
            changes = self._agreeing({a: v for a, v in zip(options, taken, strict=True) if v is not None})
            if all(self.is_in_place(s, changes) for later in changes for s in terms.first.get(later, ())):
                yield changes

    def leads(self, changes: Changes, terms: Terms) -> bool:
        """Whether some changes, with all that is needed first in place, lead to wanted values alone."""
        needed = (s for later in changes for s in terms.first.get(later, ()))
        return all(self.is_in_place(s, changes) for s in needed) and self.reaches(changes)

    def _agreeing(self, changes: dict[str, Value]) -> dict[str, Value]:
        """The same, and each changed fact whose formula then gives a value is that: it could be nothing else."""
        for address, planned in changes.items():
            fact = self.program.fact.get(address.removeprefix("fact:"))
            if fact is not None and fact.formula is not None:
                computed = Changed(self.oracle, changes, self.today).value(fact.formula)
                if computed not in (UNKNOWN, planned) and not isinstance(computed, ir.Undefined):
                    return self._agreeing({**changes, address: computed})
        return changes

    def is_in_place(self, address: str, changes: Changes) -> bool:
        """Whether with some changes a clause holds, or a yes-no fact is yes."""
        kind, _, id_ = address.partition(":")
        world = Changed(self.oracle, changes, self.today)
        value = world.clause(id_) if kind == "clause" else world.fact(id_)
        return value in (SATISFIED, Verdict.NOT_APPLICABLE) or value is True

    def minimal(self) -> set[frozenset[str]]:
        """Every set of unsatisfied clauses that reaches the outcome, and no part of which does."""
        below = _below(self.program, self.program.definition[self._outcome].expression)[1]
        lacking = sorted(id_ for id_ in below if self.today.clause(id_) is UNSATISFIED)
        if 2 ** len(lacking) > MOST_SETS:
            raise TooManyChangesError
        found: set[frozenset[str]] = set()
        for size in range(len(lacking) + 1):
            for clauses in map(frozenset, combinations(lacking, size)):
                changes = {f"clause:{id_}": SATISFIED for id_ in clauses}
                if not any(f < clauses for f in found) and self.reaches(changes, alone=True):
                    found.add(clauses)
        return found


def _of_clause(clause: ir.Clause) -> tuple[ir.Expression | None, ...]:
    return clause.applies, clause.condition


def _seen(program: ir.Program, e: ir.Expression, is_open: Callable[[str], bool] = lambda _: True) -> set[str]:
    """The facts that an expression looks at without a clause between them, through the formulas of `is_open` ones."""
    facts, stack, seen = set[str](), [e], set[str]()
    while stack:
        for x in walk(stack.pop()):
            if isinstance(x, ir.FactRef):
                facts.add(x.fact)
                stack += [f] if is_open(x.fact) and (f := program.fact[x.fact].formula) is not None else []
            elif isinstance(x, ir.Ref) and x.name not in seen:
                seen.add(x.name)
                stack.append(program.definition[x.name].expression)
    return facts


def _below(program: ir.Program, e: ir.Expression) -> tuple[set[str], set[str]]:
    """The facts and the clauses that an expression stands on."""
    facts, clauses, stack, seen = facts_of(program, e), set[str](), [e], set[str]()
    while stack:
        for x in walk(stack.pop()):
            names: list[tuple[str, tuple[ir.Expression | None, ...]]] = []
            if isinstance(x, ir.Ref):
                names = [(x.name, (program.definition[x.name].expression,))]
            elif isinstance(x, ir.FactRef):
                names = [(f"fact:{x.fact}", (program.fact[x.fact].formula,))]
            elif isinstance(x, ir.Tally):
                leaves = [leaf for item in x.items for leaf in item]
                clauses.update(leaves)
                names = [(f"clause:{c}", (program.clause[c].applies, program.clause[c].condition)) for c in leaves]
            for name, expressions in names:
                if name not in seen:
                    seen.add(name)
                    stack.extend(e for e in expressions if e is not None)
    return facts, clauses
