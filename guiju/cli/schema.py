"""`guiju schema`: the JSON Schemas of all that goes in and comes out."""

from __future__ import annotations

import json

import click

from guiju.cli.help import Command, spoken_option
from guiju.dsl.diagnostic import Text


@click.command(
    "schema",
    cls=Command,
    about=Text(
        "打印一种格式的 JSON Schema（draft 2020-12）。",
        "Print the JSON Schema (draft 2020-12) of one form.",
    ),
)
@click.argument(
    "which",
    type=click.Choice(
        [
            "evidence",
            "result",
            "questions",
            "simulation",
            "coverage",
            "review",
            "explanation",
            "why-not",
            "plan",
            "plan-certificate",
            "comparison",
            "diagnostics",
            "policies",
            "bundle",
            "replay",
        ]
    ),
)
@spoken_option
def command(which: str) -> None:
    """Print the JSON Schema (draft 2020-12) of WHICH form."""
    if which == "evidence":
        from guiju.exchange.evidence_model import json_schema as schema
    elif which == "coverage":
        from guiju.report.coverage_model import json_schema as schema
    elif which == "questions":
        from guiju.report.questions_model import json_schema as schema
    elif which == "simulation":
        from guiju.report.simulation_model import json_schema as schema
    elif which == "review":
        from guiju.report.review_model import json_schema as schema
    elif which == "explanation":
        from guiju.report.explanation_model import explanation_schema as schema
    elif which == "why-not":
        from guiju.report.explanation_model import why_not_schema as schema
    elif which == "plan":
        from guiju.report.plan_model import plan_schema as schema
    elif which == "plan-certificate":
        from guiju.report.plan_model import certificate_schema as schema
    elif which == "comparison":
        from guiju.report.comparison_model import json_schema as schema
    elif which == "diagnostics":
        from guiju.report.diagnostics_model import json_schema as schema
    elif which == "bundle":
        from guiju.bundle.model import json_schema as schema
    elif which == "replay":
        from guiju.report.replay_model import json_schema as schema
    elif which == "policies":
        from guiju.report.policies_model import json_schema as schema
    else:
        from guiju.report.result_model import json_schema as schema
    click.echo(json.dumps(schema(), ensure_ascii=False, indent=2))
