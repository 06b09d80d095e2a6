"""Sample -> what it comes to under its rule: a verdict or a number, exact, and unknown where that is open.

An instance that is not applicable leaves both sides of every count, as a clause does. One without a result, or whose
result is unknown, may still come to anything: what is decided is so whatever it comes to.

>>> from guiju.engine.evidence import Instance
>>> drawn = tuple(Instance(str(n), "satisfied" if n < 19 else "unsatisfied") for n in range(20))
>>> def verdict(size, rule):
...     return verdict_of(Sample(id="s", population=400, size=size, instances=drawn, rule=rule))
>>> verdict(20, Rule("share-at-least", Fraction(95, 100))), verdict(20, Rule("all"))
('satisfied', 'unsatisfied')
>>> verdict(25, Rule("share-at-least", Fraction(95, 100))), verdict(25, Rule("at-least", Fraction(19)))
('unknown', 'satisfied')
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from guiju.engine.evidence import Quantity, Rule, Sample, StatedValue
from guiju.engine.verdict_words import AttestedVerdict

_VALUES = ("count", "share")


def gives_a_number(rule: Rule) -> bool:
    """Whether a rule gives a number and no verdict."""
    return rule.form in _VALUES


def counts(sample: Sample) -> dict[AttestedVerdict, int]:
    """How many of the sample came to what; those that have no result yet are unknown."""
    found = Counter(i.result for i in sample.instances)
    found["unknown"] += max(0, sample.size - len(sample.instances))
    return dict(found)


def verdict_of(sample: Sample) -> AttestedVerdict:
    """What a sample says of a clause. Of nothing that applies it says nothing."""
    holds = _holds(sample)
    return "unknown" if holds is None else "satisfied" if holds else "unsatisfied"


def value_of(sample: Sample) -> StatedValue:
    """What a sample says of a fact: yes or no, the number of satisfied instances, or their share in per cent."""
    if not gives_a_number(sample.rule):
        return _holds(sample)
    satisfied, unsatisfied, open_ = _sides(sample)
    if open_ or not satisfied + unsatisfied:
        return None
    if sample.rule.form == "count":
        return Quantity(number=Fraction(satisfied))
    return Quantity(number=Fraction(100 * satisfied, satisfied + unsatisfied), unit="%")


def _holds(sample: Sample) -> bool | None:
    """Whether the rule holds, whatever the open instances come to; None where that depends on them."""
    satisfied, unsatisfied, open_ = _sides(sample)
    if not satisfied + unsatisfied:
        return None
    rule, bound = sample.rule, sample.rule.bound or Fraction(0)
    match rule.form:
        case "all":
            return _decided(sure=not unsatisfied and not open_, possible=not unsatisfied)
        case "at-least":
            return _decided(sure=satisfied >= bound, possible=satisfied + open_ >= bound)
        case "at-most-unsatisfied":
            return _decided(sure=unsatisfied + open_ <= bound, possible=unsatisfied <= bound)
    drawn = satisfied + unsatisfied + open_
    least, most = Fraction(satisfied, drawn), Fraction(satisfied + open_, drawn)
    if rule.over:
        return _decided(sure=least > bound, possible=most > bound)
    return _decided(sure=least >= bound, possible=most >= bound)


def _decided(*, sure: bool, possible: bool) -> bool | None:
    return True if sure else None if possible else False


def _sides(sample: Sample) -> tuple[int, int, int]:
    """How many are satisfied, unsatisfied and open."""
    found = counts(sample)
    return found.get("satisfied", 0), found.get("unsatisfied", 0), found["unknown"]
