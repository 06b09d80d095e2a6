"""A sample as a file writes it -> `Sample`, or what in it does not go together."""

from __future__ import annotations

from guiju.dsl.diagnostic import Diagnostic, Text
from guiju.engine.evidence import Instance, Sample
from guiju.engine.sampling import gives_a_number
from guiju.exchange import codes
from guiju.exchange.node import Entry
from guiju.exchange.register_model import SampleModel

_POPULATION = Text("总体", "a population of")
_SAMPLE = Text("样本", "a sample of")
_RESULTS = Text("已有的结果", "results of")
_ASKED = Text("规则所要求的数目", "its rule asks for")


def sample_of(entry: Entry, model: SampleModel) -> Sample | Diagnostic:
    """The sample; or why it cannot be told what it is for, or how its numbers contradict each other."""
    id_, rule = entry.key.text, model.rule
    size = len(model.results) if model.sample is None else model.sample
    if (model.clause is None) == (model.fact is None):
        return Diagnostic(codes.SAMPLE_FOR_ONE, entry.key.span, (("id", id_),))
    if (odd := _odd_sizes(model, size)) is not None:
        return Diagnostic(codes.SAMPLE_SIZES, entry.key.span, (("id", id_), *odd))
    if model.clause is not None and gives_a_number(rule):
        return Diagnostic(codes.RULE_GIVES_A_NUMBER, entry.key.span, (("id", id_), ("rule", rule.text)))
    instances = (
        Instance(name, one.result, tuple(dict.fromkeys(one.evidence)), one.note) for name, one in model.results.items()
    )
    return Sample(
        id=id_,
        title=model.title,
        population=model.population,
        size=size,
        instances=tuple(instances),
        rule=rule,
        method=model.method,
    )


def _odd_sizes(model: SampleModel, size: int) -> tuple[tuple[str, str | Text], ...] | None:
    """The first two numbers of which the one that cannot be smaller is. Before one is drawn a rule asks nothing."""
    asked = int(model.rule.bound or 0) if model.rule.form == "at-least" and size else 0
    ordered = (
        (_POPULATION, model.population, _SAMPLE, size),
        (_SAMPLE, size, _RESULTS, len(model.results)),
        (_SAMPLE, size, _ASKED, asked),
    )
    for larger, more, smaller, less in ordered:
        if more < less:
            return ("larger", larger), ("more", str(more)), ("smaller", smaller), ("less", str(less))
    return None
