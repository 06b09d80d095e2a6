"""`guiju compile`: the function of rows that a policy is compiled to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from guiju.cli.assessing import chosen_readings, reading_option
from guiju.cli.edge import argument, format_option, language_option, not_a_setting, program_of, wrong_call
from guiju.cli.help import Command, option
from guiju.dsl.diagnostic import Diagnostic, Language, Text

if TYPE_CHECKING:
    from guiju.compiler.ir import Program
    from guiju.engine.compiled.compiled import Compiled

_SIZE = Text(
    "每行 {columns} 列：{inputs} 个输入，{facts} 个事实，{clauses} 个条款",
    "{columns} columns a row: {inputs} input(s), {facts} fact(s), {clauses} clause(s)",
)
_LINES = Text("{n} 行 Python；--show 打印出来", "{n} lines of Python; --show prints them")
_REFERENCE = Text(
    "这样的行总有未定之处，由参考实现逐行评价，没有代码",
    "something is open in every such row, so the reference evaluates them and there is no code",
)


@click.command(
    "compile",
    cls=Command,
    about=Text(
        "把策略编译成对一行数据作答的函数；代码里写明条款号。",
        "Compile POLICY to a function of rows; its code names the clauses.",
    ),
)
@click.argument("policy")
@option("--show", is_flag=True, said=Text("打印代码（Python）。", "Print the code (Python)."))
@option(
    "--input",
    "inputs",
    multiple=True,
    metavar="NAME=OPTION",
    said=Text("输入项取此值的行；不写取第一个选项。", "For rows with this input; by default its first option."),
)
@option("--verdicts", is_flag=True, said=Text("只有条款结论、没有事实的行。", "For rows of verdicts, without facts."))
@reading_option
@format_option
@language_option
def command(
    policy: str,
    show: bool,
    inputs: tuple[str, ...],
    verdicts: bool,
    readings: tuple[str, ...],
    form: str,
    language: Language,
) -> None:
    """Compile POLICY to a function of rows."""
    from guiju.engine.compiled.compiled import compiled
    from guiju.engine.layout import layout

    program = program_of(policy, language, form)
    chosen = {i.id: i.options[0].id for i in program.inputs} | _inputs(program, inputs, language)
    columns = [i for i, slot in enumerate(layout(program)) if not verdicts or slot.kind != "fact"]
    function = compiled(program, chosen_readings(program, readings, language), columns)
    source = function.source(chosen)
    if form == "json":
        click.echo(_model(function, chosen, source))
    elif show and source is not None:
        click.echo(source, nl=False)
    else:
        _told(function, chosen, source, language)


def _inputs(program: Program, stated: tuple[str, ...], language: Language) -> dict[str, str]:
    """`NAME=OPTION` as a mapping of ids; what is none is a wrong call."""
    from guiju.dsl.near import near
    from guiju.engine.codes import NO_INPUTS, UNKNOWN_INPUT, UNKNOWN_OPTION
    from guiju.engine.names import ids_by_name

    known = ids_by_name(program.inputs)
    chosen: dict[str, str] = {}
    for text in stated:
        name, equals, value = (part.strip() for part in text.partition("="))
        place = argument("--input", text)
        if not (name and equals and value):
            not_a_setting("--input", text, language)
        if name not in known:
            arguments = (("name", name), ("known", ", ".join(i.id for i in program.inputs) or NO_INPUTS))
            wrong_call(Diagnostic(UNKNOWN_INPUT, place, arguments, suggestion=near(name, known)), language)
        declared = next(i for i in program.inputs if i.id == known[name])
        options = ids_by_name(declared.options)
        if value not in options:
            listed = (("name", name), ("value", value), ("known", ", ".join(o.id for o in declared.options)))
            wrong_call(Diagnostic(UNKNOWN_OPTION, place, listed, suggestion=near(value, options)), language)
        chosen[declared.id] = options[value]
    return chosen


def _model(function: Compiled, inputs: dict[str, str], source: str | None) -> str:
    from guiju.report.compiled_model import ColumnModel, CompiledModel

    columns = [ColumnModel(name=slot.name, kind=slot.kind, unit=slot.unit) for slot in function.slots]
    return CompiledModel(
        guiju="compiled/1",
        policy=function.program.id,
        digest=function.program.digest,
        readings=function.readings,
        inputs=inputs,
        targets=list(function.targets),
        columns=columns,
        source=source,
    ).model_dump_json(indent=2)


def _told(function: Compiled, inputs: dict[str, str], source: str | None, language: Language) -> None:
    program, kinds = function.program, [slot.kind for slot in function.slots]
    stated = ", ".join(f"{name} = {option}" for name, option in inputs.items())
    click.echo(f"{program.designation}: {', '.join(function.targets)}" + (f"  ({stated})" if stated else ""))
    size = _SIZE.in_language(language)
    counts = {f"{kind}s": kinds.count(kind) for kind in ("input", "fact", "clause")}
    click.echo(size.format(columns=len(kinds), **counts))
    lines = (_REFERENCE if source is None else _LINES).in_language(language)
    click.echo(lines.format(n=0 if source is None else source.count("\n")))
