"""`guiju policies`: what is bundled."""

from __future__ import annotations

import click

from guiju.cli.edge import format_option, language_option
from guiju.cli.help import Command
from guiju.dsl.diagnostic import Language, Text
from guiju.report.agreeing import agreeing


@click.command(
    "policies", cls=Command, about=Text("列出随附的标准及其规模。", "List the bundled policies with their sizes.")
)
@language_option
@format_option
def command(language: Language, form: str) -> None:
    """List the bundled policies with their sizes."""
    from guiju.library import bundled, load

    programs = [program for name in bundled() if (program := load(name).program) is not None]
    if form == "json":
        from guiju.report.policies_model import PoliciesModel, policy_model

        listed = [policy_model(program, language) for program in programs]
        click.echo(PoliciesModel(guiju="policies/1", policies=listed).model_dump_json(indent=2))
        return
    sizes = Text("{c} 条款，{r} 个读法", "{c:clause|clauses}, {r:reading|readings}").in_language(language)
    for p in programs:
        size = agreeing(sizes, c=len(p.items()), r=len(p.readings))
        click.echo(f"{p.id}  {p.designation}  {p.title.in_language(language)}  ({size})")
