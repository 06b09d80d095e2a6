"""The law of bundles: what is in one follows from it, and nothing else passes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from zlib import crc32

from guiju.bundle.layout import written
from guiju.bundle.make import content_of
from guiju.bundle.model import BundleModel
from guiju.bundle.read import parse_bundle
from guiju.bundle.replay import replay
from guiju.compiler.ir import Program
from guiju.dsl.source import Source
from guiju.engine.bind import bind
from guiju.engine.evaluate import evaluate
from guiju.engine.evidence import Evidence
from guiju.exchange.evidence import parse_evidence
from guiju.report.words import in_order, plain
from tests.engine import bundled
from tests.engine.bundled import Forged


def check_a_bundle_replays_to_its_bytes(program: Program, evidence: Evidence) -> None:
    """From its own sources follow the very bytes, and what the engine says of them; whatever is changed is named."""
    sources, readings = bundled.sources_of(program, evidence), {r.id: r.options[-1].id for r in program.readings}
    content, errors = content_of(sources, readings, "any")
    assert content is not None, errors
    text = written(content)
    file, found = parse_bundle("drawn.json", text.encode())
    assert file is not None, found
    assert replay(file, "any") == ()
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
        deviating = found if file is None else replay(file, "any")
        assert any(d.is_error and part in d.message("en") for d in deviating), part


BUNDLE_LAWS = (check_a_bundle_replays_to_its_bytes,)
