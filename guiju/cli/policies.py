"""`guiju policies`: what is bundled."""

from __future__ import annotations

import json

import click

from guiju.cli.edge import format_option, language_option
from guiju.cli.help import Command
from guiju.dsl.diagnostic import Language, Text


@click.command(
    "policies", cls=Command, about=Text("列出随附的标准及其规模。", "List the bundled policies with their sizes.")
)
@language_option
@format_option
def command(language: Language, form: str) -> None:
    """List the bundled policies with their sizes."""
    from guiju.library import bundled, load

    listed = []
    for name in bundled():
        program = load(name).program
        if program is not None:
            listed.append(
                {
                    "id": name,
                    "designation": program.designation,
                    "title": program.title.in_language(language),
                    "clauses": len(program.clauses),
                    "levels": [level.id for level in program.levels],
                    "readings": len(program.readings),
                    "digest": program.digest,
                }
            )
    if form == "json":
        click.echo(json.dumps({"policies": listed}, ensure_ascii=False, indent=2))
        return
    for p in listed:
        sizes = Text("{c} 条款，{r} 个读法", "{c} clauses, {r} readings").in_language(language)
        click.echo(f"{p['id']}  {p['designation']}  {p['title']}  ({sizes.format(c=p['clauses'], r=p['readings'])})")
