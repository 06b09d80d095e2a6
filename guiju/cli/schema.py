"""`guiju schema`: the JSON Schemas of all that goes in and comes out."""

from __future__ import annotations

import json
from pkgutil import resolve_name

import click

from guiju.cli.help import Command, spoken_option
from guiju.dsl.diagnostic import Text

#: each form by the name that the command takes, with what gives its schema; none is loaded before it is asked for
SCHEMAS = {
    "evidence": "guiju.exchange.register_model:json_schema",
    "evidence-1": "guiju.exchange.evidence_model:json_schema",
    "result": "guiju.report.result_model:json_schema",
    "voices": "guiju.report.voices_model:json_schema",
    "batch": "guiju.batch.model:json_schema",
    "table": "guiju.batch.blank_told:json_schema",
    "batch-plan": "guiju.batch.plan_told:json_schema",
    "impact": "guiju.batch.impact_model:json_schema",
    "questions": "guiju.report.questions_model:json_schema",
    "simulation": "guiju.report.simulation_model:json_schema",
    "coverage": "guiju.report.coverage_model:json_schema",
    "review": "guiju.report.review_model:json_schema",
    "explanation": "guiju.report.explanation_model:explanation_schema",
    "why-not": "guiju.report.explanation_model:why_not_schema",
    "plan": "guiju.report.plan_model:plan_schema",
    "plan-certificate": "guiju.report.plan_model:certificate_schema",
    "plan-check": "guiju.report.plan_check_model:json_schema",
    "comparison": "guiju.report.comparison_model:json_schema",
    "reassessment": "guiju.report.reassessment_model:json_schema",
    "revision": "guiju.report.revision_model:revision_schema",
    "changelog": "guiju.report.revision_model:changelog_schema",
    "proofs": "guiju.report.proofs_model:json_schema",
    "import": "guiju.report.imported_model:json_schema",
    "mapping": "guiju.intake.evidence.mapping:json_schema",
    "evidence-import": "guiju.report.taken_model:json_schema",
    "diagnostics": "guiju.report.diagnostics_model:json_schema",
    "compiled": "guiju.report.compiled_model:json_schema",
    "policies": "guiju.report.policies_model:json_schema",
    "bundle": "guiju.bundle.model:json_schema",
    "replay": "guiju.report.replay_model:json_schema",
    "verification": "guiju.report.verification_model:json_schema",
    "cases": "guiju.exchange.cases_model:json_schema",
    "examples": "guiju.report.examples_model:json_schema",
    "graph": "guiju.report.graph_model:json_schema",
}


@click.command(
    "schema",
    cls=Command,
    about=Text(
        "打印一种格式的 JSON Schema（draft 2020-12）。",
        "Print the JSON Schema (draft 2020-12) of one form.",
    ),
)
@click.argument("which", type=click.Choice(list(SCHEMAS)))
@spoken_option
def command(which: str) -> None:
    """Print the JSON Schema (draft 2020-12) of WHICH form."""
    schema = resolve_name(SCHEMAS[which])
    click.echo(json.dumps(schema(), ensure_ascii=False, indent=2))
