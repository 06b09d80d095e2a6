"""What is wrong with a call of the command, said in the user's language; click speaks English alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

import click

from guiju.cli.edge import WRONG_CALL, default_language
from guiju.cli.help import asked_for
from guiju.dsl.diagnostic import Text
from guiju.dsl.near import near


class NoSuchCommandError(click.UsageError):
    """There is no such subcommand."""

    def __init__(self, name: str, known: tuple[str, ...], ctx: click.Context) -> None:
        super().__init__(f"No such command '{name}'.", ctx)
        self.name, self.known = name, known


def explain(error: click.UsageError, given: Sequence[str]) -> int:
    """Print it, with the usage and where help is; gives the exit code."""
    language = asked_for(given) or default_language()
    context = error.ctx
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return WRONG_CALL
    if context is not None:
        if language == "en":
            click.echo(context.get_usage(), err=True)
        else:
            pieces = " ".join(context.command.collect_usage_pieces(context))
            click.echo(f"用法：{context.command_path} {pieces}", err=True)
        help_ = Text("试试 {path} --help。\n", "Try '{path} --help' for help.\n").in_language(language)
        click.echo(help_.format(path=context.command_path), err=True)
    head = Text("错误：", "Error: ").in_language(language)
    click.echo(head + (_chinese(error) if language == "zh" else _english(error)), err=True)
    return WRONG_CALL


def _english(error: click.UsageError) -> str:
    meant = near(error.name, error.known) if isinstance(error, NoSuchCommandError) else None
    return error.format_message() + (f" Did you mean '{meant}'?" if meant else "")


def _chinese(error: click.UsageError) -> str:
    match error:
        case NoSuchCommandError():
            meant = near(error.name, error.known)
            listed = f"是不是想写“{meant}”？" if meant else f"可用的命令：{'、'.join(error.known)}"
            return f"没有命令“{error.name}”。{listed}"
        case click.NoSuchOption():
            meant = "、".join(error.possibilities or ())
            return f"没有选项“{error.option_name}”。" + (f"是不是想写“{meant}”？" if meant else "")
        case click.MissingParameter():
            return f"缺少参数 {_named(error)}。"
        case click.BadParameter():
            choices = error.param.type.choices if error.param and isinstance(error.param.type, click.Choice) else ()
            known = f"可用的值：{'、'.join(map(str, choices))}。" if choices else ""
            return f"{_named(error)} 的值不对。{known}"
        case click.BadOptionUsage():
            return f"选项“{error.option_name}”要有一个值，或不能有值。"
    extra = re.search(r"\((.+)\)$", error.format_message())
    return f"多了参数：{extra[1]}。" if extra else f"命令写得不对（{error.format_message()}）。"


def _named(error: click.BadParameter) -> str:
    if error.param is None:
        return error.param_hint if isinstance(error.param_hint, str) else ""
    if isinstance(error.param, click.Argument):
        return error.param.make_metavar(error.ctx) if error.ctx else (error.param.name or "")
    return "/".join(error.param.opts)
