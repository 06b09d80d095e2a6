"""Drawn maturity models: domains of subdomains, a score at each level behind gates, weights, and a grade by the total.

Nearly all of them only rise with the clauses, as such standards do; some have a row, a gate or a formula that falls.
"""

from __future__ import annotations

from random import Random

LEVELS = ("L1", "L2", "L3")
CONDITIONS = (
    "all clauses satisfied",
    "all clauses satisfied",
    "exactly 1 clause unsatisfied",
    "at most 1 clauses unsatisfied",
    "more than half of clauses satisfied",
    "at least 2 clauses satisfied",
    "share of clauses satisfied >= 50 %",
)
TOTALS = (
    "mean of score over each domain",
    "mean of score over each domain",
    "sum of score over each domain",
    "min of score over each domain",
    "(sum of score over each domain) / 3 - 1",
    "4 - (mean of score over each domain)",
)


def maturity_model(random: Random) -> str:
    """The text of a standard; now and then the compiler refuses one."""
    levels = LEVELS[: random.choice((2, 3, 3))]
    subdomains = [f"u{d}{u}" for d in range(random.choice((2, 2, 3))) for u in range(random.randint(1, 2))]
    clauses = {name: random.randint(2, 4) for name in subdomains}
    is_weighted = random.random() < 0.4
    return "\n".join(
        (
            'standard drawn "Drawn"',
            *(("input service : one of full | first",) if is_weighted else ()),
            "groups domain > subdomain > section",
            *(f"fact n{d} : number" for d in (0, 1, 2)),
            "levels",
            *(f'  {level} "{level}"' for level in levels),
            *_domains(random, clauses),
            "membership",
            "  section | " + " | ".join(levels),
            *(_membership(random, name, number, len(levels)) for name, number in clauses.items()),
            "score of each subdomain",
            *(line for i in range(len(levels)) for line in _scores(random, levels, i)),
            *_total(random, sorted({name[1] for name in subdomains}), is_weighted=is_weighted),
            *_grades(random, levels),
            "",
        )
    )


def _domains(random: Random, clauses: dict[str, int]) -> list[str]:
    lines: list[str] = []
    for name, number in clauses.items():
        domain = f'domain d{name[1]} "d"'
        lines += [] if domain in lines else [domain]
        lines += [f'  subdomain {name} "u"', f'    section 6.{name[1:]} "s"']
        lines += [f'      {mark}) "c" {_decided(random, name[1])}' for mark in "abcd"[:number]]
    return lines


def _decided(random: Random, domain: str) -> str:
    condition = random.choice(("attested", "attested", "attested", f"n{domain} >= {random.randint(1, 3)}"))
    return condition + (f" applies when n{domain} > 1" if random.random() < 0.05 else "")


def _membership(random: Random, name: str, number: int, levels: int) -> str:
    cuts = sorted(random.randint(0, number) for _ in range(levels - 1))
    cells = ["abcd"[:cut] for cut in cuts]
    return f"  6.{name[1:]} | " + " | ".join([*(", ".join(f"{mark})" for mark in cell) for cell in cells), "all"])


def _scores(random: Random, levels: tuple[str, ...], at: int) -> list[str]:
    gate = ""
    if at and random.random() < 0.7:
        gate = random.choice(
            (
                f" after every subdomain scores {at + 1} at {levels[at - 1]}",
                f" after every subdomain within domain scores {at + 1} at {levels[at - 1]}",
                f" after A at {levels[at - 1]} >= {at + 1}",
                f" after A at {levels[at - 1]} < {at + 1}",
            )[: 4 if random.random() < 0.1 else 3]
        )
    values = [f"{at + 2}", f"{at + 1}.5"][: random.randint(1, 2)]
    values = values[::-1] if random.random() < 0.05 else values
    rows = [f"    {value} when {random.choice(CONDITIONS)}" for value in values]
    return [f"  at {levels[at]}{gate}", *rows, f"    {at} otherwise"]


def _total(random: Random, domains: list[str], *, is_weighted: bool) -> list[str]:
    lines = ["score of each domain at each level = mean of score over each subdomain"]
    if not is_weighted:
        return [*lines, f"score A at each level = {random.choice(TOTALS[: 6 if random.random() < 0.2 else 4])}"]
    weights = ["50%", "50%"] if len(domains) == 2 else ["20%", "30%", "50%"]
    first = ["100%", *[""] * (len(domains) - 1)]
    return [
        "weights",
        "  service | " + " | ".join(f"d{d}" for d in domains),
        "  full | " + " | ".join(weights),
        "  first | " + " | ".join(first),
        *lines,
        "score A at each level = sum of weight * score over each domain",
    ]


def _grades(random: Random, levels: tuple[str, ...]) -> list[str]:
    score, before = "A", list[str]()
    if random.random() < 0.4:
        score, before = "band", _band(random)
    rows = [f"  {level} | {i + 1} <= {score}" for i, level in enumerate(levels)]
    if random.random() < 0.5:
        rows = [f"  {level} | {i + 1} < {score} <= {i + 2}" for i, level in enumerate(levels)]
    return [*before, f"grade level by {score}", *(rows[::-1] if random.random() < 0.9 else rows), "  otherwise | none"]


def _band(random: Random) -> list[str]:
    """A number by what the totals come to: from high to low, from low to high, or neither."""
    values = random.choice((("3", "2", "1"), ("1", "2", "3"), ("0", "1.5", "2.5"), ("1", "3", "2")))
    conditions = random.choice(
        (
            ("A at L1 >= 1.5", "A at L1 > 0.5"),
            ("A at L1 < 0.5", "A at L1 <= 1.5"),
            ("A at L2 >= A at L1", "A at L2 >= 1"),
            ("A at L2 < A at L1 + 0.5", "A at L1 = 2"),
        )
    )
    rows = [f"  {value} when {condition}" for value, condition in zip(values, conditions, strict=False)]
    return ["score band", *rows, f"  {values[2]} otherwise"]
