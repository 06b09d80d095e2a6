"""`guiju graph`: what is computed from what in a policy, drawn, or for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from guiju.cli.codes import UNKNOWN_FORM, UNKNOWN_NODE
from guiju.cli.edge import argument, language_option, program_of, wrong_call
from guiju.cli.extras import require
from guiju.cli.help import Command, option
from guiju.cli.writing import out_option, refuse_over_input, replace_option, write
from guiju.dsl.diagnostic import Diagnostic, Language, Text

if TYPE_CHECKING:
    from guiju.compiler.ir import Program
    from guiju.report.graph_model import GraphModel

_FORMS = (".svg", ".html", ".json", ".dot")


@click.command(
    "graph",
    cls=Command,
    about=Text(
        "画出策略（编号或路径）里什么由什么算出。文件扩展名决定形式：.svg 用于打印，.html 可展开、查找、筛选，"
        ".json 和 .dot 给其他程序；不写文件则打印 JSON。",
        "Draw what is computed from what in POLICY (an id or a path). The ending of the file says in which form: .svg "
        "to print, .html to unfold, search and filter, .json and .dot for other programs; without a file it is JSON.",
    ),
)
@click.argument("policy")
@out_option()
@replace_option
@option("--focus", metavar="NODE", said=Text("只看这个节点的上下游。", "Only what leads to this node and from it."))
@option(
    "--depth",
    type=click.IntRange(min=1),
    said=Text("上下游各几步；不写为全部。", "How many steps to either side; by default all."),
)
@language_option
def command(
    policy: str, out: Path | None, replace: bool, focus: str | None, depth: int | None, language: Language
) -> None:
    """Draw what is computed from what in POLICY."""
    form = out.suffix.lower() if out is not None else ".json"
    if form not in _FORMS:
        arguments = (("file", str(out)), ("known", ", ".join(_FORMS)))
        wrong_call(Diagnostic(UNKNOWN_FORM, argument("--out", str(out)), arguments), language)
    refuse_over_input(language, out)
    if form == ".html":
        require("page", ("jinja2",), "graph", language)
    from guiju.report.graph.focused import focused
    from guiju.report.graph.whole import graph_of

    program = program_of(policy, language)
    graph = graph_of(program, language)
    if focus is not None:
        graph = focused(graph, _address(program, focus, language), depth)
    write(_rendered(graph, form, language), out, language, replace=replace)


def _address(program: Program, name: str, language: Language) -> str:
    """The node of a name, or the end of the command."""
    from guiju.engine.addresses import examples, found_in, names_in, near_in

    known = names_in(program)
    address = found_in(known, name)
    if address is None:
        close = near_in(known, name)
        listed = ", ".join(close[1:] or examples(program))
        arguments = (("name", name), ("outcomes", ", ".join(program.outcomes)), ("known", listed))
        suggestion = close[0] if close else None
        wrong_call(Diagnostic(UNKNOWN_NODE, argument("--focus", name), arguments, suggestion=suggestion), language)
    definition = program.definition.get(address)
    return definition.whole if definition else address


def _rendered(graph: GraphModel, form: str, language: Language) -> str:
    if form == ".html":
        from guiju.report.html.graph import graph_page

        return graph_page(graph, language)
    if form == ".dot":
        from guiju.report.graph.dot import dot

        return dot(graph)
    if form == ".json":
        return graph.model_dump_json(indent=2) + "\n"
    from guiju.report.graph.columns import drawn_overview
    from guiju.report.graph.layered import drawn_layers
    from guiju.report.graph.overview import overview
    from guiju.report.graph.svg import svg

    if graph.focus is not None:
        return svg(drawn_layers(graph))
    return svg(drawn_overview(graph, overview(graph, language), language))
