"""Assessments of a small policy on evidence of the newest version, as of one instant."""

from __future__ import annotations

from guiju.compiler.pipeline import compile_document
from guiju.dsl.parser import parse
from guiju.dsl.source import Source
from guiju.engine.bind import bind
from guiju.engine.evaluate import Assessment, evaluate
from guiju.exchange.evidence import parse_evidence

AS_OF = "2026-03-31T09:00:00+08:00"


def assess(policy: str, evidence: str, as_of: str = AS_OF) -> Assessment:
    """The assessment of a policy without its head on evidence without its head."""
    document, mistakes = parse(Source("policy", f'standard t-1 "T"\n{policy}'))
    assert mistakes == (), [d.message("en") for d in mistakes]
    compiled = compile_document(document)
    assert compiled.program is not None, [d.message("en") for d in compiled.diagnostics]
    head = f"guiju: evidence/2\nsubject: x\nas_of: {as_of}\n"
    stated, found = parse_evidence(Source("evidence.yaml", head + evidence))
    assert stated is not None, [d.message("en") for d in found]
    bound, matched = bind(compiled.program, stated)
    assert not [d for d in matched if d.is_error], [d.message("en") for d in matched]
    return evaluate(bound)
