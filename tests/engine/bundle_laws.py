"""The laws of bundles: what is in one follows from it, nothing else passes, and what another engine made is told so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random
from zlib import crc32

from guiju.bundle.layout import written
from guiju.bundle.make import content_of
from guiju.bundle.model import BundleModel
from guiju.bundle.read import parse_bundle
from guiju.bundle.recorded import recorded
from guiju.bundle.replay import replay
from guiju.compiler.ir import Program
from guiju.dsl.source import Source
from guiju.engine.bind import bind
from guiju.engine.evaluate import evaluate
from guiju.engine.evidence import Evidence
from guiju.engine.reasoning.comparing.because import Because, because
from guiju.engine.reasoning.comparing.difference import difference_between
from guiju.engine.reasoning.comparing.recorded import Recorded, because_of, difference_of
from guiju.exchange.evidence import parse_evidence
from guiju.report.words import in_order, plain
from tests.engine import bundled
from tests.engine.bundled import Forged
from tests.engine.comparisons import otherwise


def check_a_bundle_replays_to_its_bytes(program: Program, evidence: Evidence) -> None:
    """From its own sources follow the very bytes, and what the engine says of them; whatever is changed is named."""
    sources, readings = bundled.sources_of(program, evidence), {r.id: r.options[-1].id for r in program.readings}
    content, errors = content_of(sources, readings, "1")
    assert content is not None, errors
    text = written(content)
    file, found = parse_bundle("drawn.json", text.encode())
    assert file is not None, found
    assert replay(file, "1") == ()
    assert written(file.bundle.model_dump(exclude_defaults=True)) == text
    _check_what_a_bundle_says(program, file.bundle, readings)
    _check_changes_are_named(bundled.changed_lines(content))
    _check_changes_are_named(bundled.forged(content, 6, crc32(text.encode())))


def _check_what_a_bundle_says(program: Program, bundle: BundleModel, readings: Mapping[str, str]) -> None:
    """It is what the engine makes of the evidence without any bundle."""
    stated, _ = parse_evidence(Source("made.json", "\n".join(bundle.sources[-1].lines)))
    assert stated is not None
    assessment = evaluate(bind(program, stated)[0], readings)
    for outcome in bundle.outcomes:
        possible = assessment.possible(outcome.outcome)
        assert outcome.values == [plain(v) for v in in_order(possible.values)]
        assert outcome.exact == possible.exact
    assert [s.value for s in bundle.derivation] == [plain(v) for v in assessment.values]
    assert {c.reading: c.option for c in bundle.readings} == assessment.readings


def _check_changes_are_named(changed: Iterator[Forged]) -> None:
    for text, part in changed:
        file, found = parse_bundle("changed.json", text.encode())
        deviating = found if file is None else replay(file, "1")
        assert any(d.is_error and part in d.message("en") for d in deviating), part


def check_the_engine_is_named_where_it_derives_otherwise(program: Program, evidence: Evidence) -> None:
    """It is a cause of what was recorded and is not derived here, and all else is put down to what it is without it."""
    draw = Random(crc32(program.span.source.text.encode()))
    both = tuple(_content(program, e) for e in (evidence, otherwise(program, evidence, draw, changes=2)))
    altered, nodes = bundled.made_by_another_engine(both[0], draw, program)
    before, after = (_record(content) for content in (altered, both[1]))
    difference = difference_of(before, after)
    derived = difference_between(before.derived, after.derived)
    told = {b.effect.address: _sets(b) for b in because(before.derived, after.derived, derived)}
    found = {b.effect.address: _sets(b) for b in because_of(before, after, difference)}
    assert found.keys() - nodes == told.keys() - nodes
    assert {node for node in nodes if _said(altered, node) != _said(both[1], node)} == found.keys() & nodes
    for address, sets in found.items():
        engine = {("engine", "guiju")} if address in nodes else set()
        assert sets == [engine | chosen for chosen in told.get(address, [set()])], address


def _content(program: Program, evidence: Evidence) -> bundled.Content:
    content, errors = content_of(bundled.sources_of(program, evidence), {}, "2")
    assert content is not None, errors
    return content


def _record(content: bundled.Content) -> Recorded:
    file, found = parse_bundle("drawn.json", written(content).encode())
    assert file is not None, found
    record, found = recorded(file, "2")
    assert record is not None, found
    return record


def _sets(told: Because) -> list[set[tuple[str, str]]]:
    return [{(cause.what, cause.about) for cause in causes} for causes in told.sufficing]


def _said(content: bundled.Content, node: str) -> object:
    step = next(s for s in content["derivation"] if s["node"] == node)
    is_clause = step["rule"] == "clause"
    return step["value"] if is_clause else (step.get("reachable") or [step["value"]], step.get("exact", True))


BUNDLE_LAWS = (check_a_bundle_replays_to_its_bytes, check_the_engine_is_named_where_it_derives_otherwise)
