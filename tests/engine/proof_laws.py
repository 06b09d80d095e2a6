"""The law of proofs: what is proved or refuted of a policy is so for every subject that can be tried one by one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from guiju.compiler.ir import Program, Value, Verdict
from guiju.engine.bind import bind
from guiju.engine.evidence import Evidence
from guiju.engine.proving.claim import Claim, Ground
from guiju.engine.proving.grades import asked_by, rows_of
from guiju.engine.proving.properties import PROPERTIES
from guiju.engine.proving.properties.monotone import MONOTONE
from guiju.engine.proving.properties.one_outcome import has_no_value
from guiju.engine.proving.prover import WAYS, Prover, Way
from guiju.engine.proving.replay import ReplayError
from guiju.engine.reasoning.editions.deciding import on_nothing
from tests.engine.oracle import Oracle, TooManyCompletionsError, World, _OpenError
from tests.engine.strategies import SPAN, Case, compiled

MOST_WORLDS = 40
MOST_CLAIMS = 12  # of one policy
NOTHING = Evidence(subject="nobody in particular", span=SPAN)


def check_what_is_proved_is_so(program: Program, _: Evidence) -> None:
    """Sweep and solver agree with each other, and neither denies what some subject shows."""
    ground = Ground(on_nothing(program, {}))
    claims = [claim for property_ in PROPERTIES for claim in property_.claims(ground)]
    for claim in claims[:: 1 + len(claims) // MOST_CLAIMS]:
        answers = {way: _answer(way, claim) for way in WAYS}
        told = set(answers.values()) - {"not-proved"}
        assert len(told) <= 1, (claim.property, claim.names, answers)
        if told:
            opposite = "refuted" if claim.of_some else "proved"
            assert opposite not in told or not shown(ground, claim), (claim.property, claim.names, answers)


def _answer(way: Way, claim: Claim) -> str:
    """What comes of a claim in one way; a subject that does not show what it was found for breaks the law."""
    try:
        return Prover((way,), seconds=5, budget=2_000).prove(claim).answer
    except ReplayError as error:
        raise AssertionError(way) from error


def shown(ground: Ground, claim: Claim) -> bool:
    """Whether one of the subjects that are tried shows the claim, or what it denies, to be so."""
    match claim.property:
        case "reachable":
            return any(w.definition(claim.outcomes[0]) == claim.names[0] for w in worlds(ground))
        case "one-outcome":
            return any(has_no_value(w.definition(claim.outcomes[0])) for w in worlds(ground))
        case "never-easier":
            return any(_is_easier(ground, claim, w) for w in worlds(ground))
        case "readings":
            other = oracle(ground, {claim.names[0]: claim.names[1]})
            return any(_differ(pair, claim.outcomes) for pair in pairs(worlds(ground), other))
    without, with_ = (oracle(ground, {}) for _ in range(2))
    without.fixed[claim.names[0]], with_.fixed[claim.names[0]] = Verdict.UNSATISFIED, Verdict.SATISFIED
    both = [pair for pair in pairs(completions(without), with_) if _applies(claim.names[0], pair[0])]
    if claim.property == MONOTONE.id:
        return _moves_wrongly(ground, claim.outcomes[0], both)
    return any(_differ(pair, claim.outcomes) for pair in both)


def oracle(ground: Ground, readings: dict[str, str]) -> Oracle:
    return Oracle(bind(ground.program, NOTHING)[0], readings, most=20)


def worlds(ground: Ground) -> Iterator[World]:
    return completions(oracle(ground, {}))


def completions(tried: Oracle) -> Iterator[World]:
    """Some completions; where there are too many, those that were tried until then."""
    found = tried.completions()
    try:
        yield from islice(found, MOST_WORLDS)
    except TooManyCompletionsError:
        return


def pairs(first: Iterator[World], other: Oracle) -> Iterator[tuple[World, World]]:
    """Each completion beside the one that says the same of all else."""
    for world in first:
        yield world, World(other, world.facts, world.inputs, world.chosen)


def _value(world: World, outcome: str) -> Value | None:
    """What an outcome is; None where the other side asks people of more clauses."""
    try:
        return world.definition(outcome)
    except _OpenError:
        return None


def _differ(pair: tuple[World, World], outcomes: tuple[str, ...]) -> bool:
    seen = ([_value(world, outcome) for world in pair] for outcome in outcomes)
    return any(None not in values and values[0] != values[1] for values in seen)


def _applies(clause: str, world: World) -> bool:
    applies = world.oracle.program.clause[clause].applies
    return applies is None or world.value(applies) is True


def _moves_wrongly(ground: Ground, outcome: str, both: list[tuple[World, World]]) -> bool:
    """Whether a grade falls, or a number both falls and rises, or a value is lost: written out a second time."""
    falls = rises = False
    order = ["none", *(level.id for level in ground.program.levels)]
    for pair in both:
        before, after = (_value(world, outcome) for world in pair)
        if before is None or after is None or has_no_value(before):
            continue
        if has_no_value(after):
            return True
        if isinstance(before, str):
            falls = rises = falls or order.index(str(after)) < order.index(before)
        else:
            falls, rises = falls or after < before, rises or after > before  # type: ignore[operator]
    return falls and rises


def _is_easier(ground: Ground, claim: Claim, world: World) -> bool:
    """Whether a world meets a row of the level, and of those of the level below misses each in something."""
    rows = rows_of(ground.assessment, claim.outcomes[0])
    above, below = ([row for row in rows if row.result == name] for name in claim.names)

    def holds(index: int) -> bool:
        return world.value(ground.assessment.network.nodes[index].subject) is True  # type: ignore[arg-type]

    for row in filter(lambda row: holds(row.condition), above):
        if not any(all(map(holds, asked_by(ground.assessment, b, row))) for b in below):
            return True
    return False


PROOF_LAWS = (check_what_is_proved_is_so,)

#: the row of the second level that is easier is not its last
SEVERAL_ROWS = """standard s "S"
levels
  L1
  L2
groups part
part 1 "One"
  a) "A" attested
  b) "B" attested
  c) "C" attested
score A = count of clauses satisfied
grade level by A
  L2 | 1 c) satisfied
  L2 | A >= 3
  L1 | 1 a) satisfied
  otherwise | none
"""

#: its condition is undefined where the facts say that it applies
UNDEFINED_WHERE_IT_APPLIES = """standard s "S"
fact x : count
fact z : count
groups part
part 1 "One"
  a) "A" z / x > 1 applies when x < 4 or x > 2
score S = share of clauses satisfied
"""

#: small policies in which every form of an answer stands on something that an encoding can get wrong
POLICIES = (
    """standard s "S"
levels
  L1
  L2
fact n : number
fact d : count
fact r : number = n / d
fact media : set of phone | mail
groups part
part 1 "One"
  a) "Big" n >= 3
  b) "Ratio" r > 2 applies when d <= 1
  c) "Both" phone in media
membership
  part | L1 | L2
  1 | a), c) | all
score of each part
  at L1
    1 when all clauses satisfied
    0 otherwise
  at L2
    2 when share of clauses satisfied >= 60 % and 1 a) satisfied
    0 otherwise
score A at each level = sum of score over each part
grade level by A
  L1 | 0 < A <= 1
  L2 | 1 < A
  otherwise | none
""",
    """standard s "S"
fact x : h
fact y : h
groups part
part 1 "One"
  a) "Less" x < y
  b) "Together" x + y >= 10 h
  c) "Below" x * 2 <= y - 1 h
  d) "Said" attested
score A
  0 when x >= 1 h and 1 a) unsatisfied and 1 d) unsatisfied
  x / y when 1 d) satisfied
  1 otherwise
""",
    """standard s "S"
groups part
fact big : yes-no
part 1 "One"
  a) "A" attested
  b) "B" attested applies when big
part 2 "Two"
  a) "C" attested
score of each part = share of clauses satisfied
score worst = min of score over each part
score A
  2 when worst >= 100 % and big
  1 when worst > 0
  0 otherwise
""",
    SEVERAL_ROWS,
    UNDEFINED_WHERE_IT_APPLIES,
    """standard one-number "Only at 3"
levels
  L1
fact n : number
groups part
part 1
  a) "x" n >= 3
  b) "y" n <= 3
membership
  part | L1
  1 | all
score A at each level = count of clauses unsatisfied
grade level by A
  L1 | A = 0
  otherwise | none
""",
)


def small_cases() -> tuple[Case, ...]:
    """These policies, with nothing known of anybody."""
    programs = [compiled(text) for text in POLICIES]
    assert all(programs)
    return tuple(Case(program, NOTHING) for program in programs if program is not None)
