"""Takes the text of an aggregation rule, gives the rule: `all`, `at least 18`, `share >= 95 %`, in both languages."""

from __future__ import annotations

import re
from fractions import Fraction

from guiju.engine.evidence import Quantity, Rule, RuleForm
from guiju.exchange import codes
from guiju.exchange.node import clip
from guiju.exchange.number import read_quantity
from guiju.exchange.problem import Problem, problem

_WORDS: dict[str, RuleForm] = {
    "all": "all",
    "全部": "all",
    "count": "count",
    "数目": "count",
    "share": "share",
    "占比": "share",
}
_AT_LEAST = re.compile(r"(?:at least|至少)\s*([0-9]{1,15})(?:\s*(?:satisfied|项?满足))?")
_AT_MOST = re.compile(r"(?:at most|至多)\s*([0-9]{1,15})\s*(?:unsatisfied|项?不满足)")
_SHARE = re.compile(r"(?:share|占比)\s*(>=|≥|>)\s*(\S.*)")


def read_rule(text: str) -> Rule | Problem:
    """The rule that a text states, or what is wrong with it."""
    plain = " ".join(text.split()).replace("＞", ">").replace("＝", "=")
    if plain in _WORDS:
        return Rule(_WORDS[plain], text=plain)
    if found := _AT_LEAST.fullmatch(plain):
        return Rule("at-least", Fraction(found[1]), text=plain)
    if found := _AT_MOST.fullmatch(plain):
        return Rule("at-most-unsatisfied", Fraction(found[1]), text=plain)
    if found := _SHARE.fullmatch(plain):
        share = _share(found[2])
        if isinstance(share, Fraction):
            return Rule("share-at-least", share, over=found[1] == ">", text=plain)
        return share
    return problem(codes.UNKNOWN_RULE, text=clip(text))


def _share(text: str) -> Fraction | Problem:
    """A share of a whole, exact: `95 %`, `0.95`, `19/20`."""
    quantity = read_quantity(text)
    if isinstance(quantity, Problem):
        return quantity
    if not isinstance(quantity, Quantity) or quantity.unit not in (None, "%"):
        return problem(codes.UNKNOWN_RULE, text=clip(f"share >= {text}"))
    share = quantity.number / (100 if quantity.unit else 1)
    return share if 0 <= share <= 1 else problem(codes.UNKNOWN_RULE, text=clip(f"share >= {text}"))
