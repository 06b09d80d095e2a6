"""`guiju`: the command. Each subcommand is a module of this package, imported only when it is called."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NoReturn

import click

from guiju import __version__

#: name of the subcommand -> its module and what it does, in both languages
COMMANDS: dict[str, tuple[str, str]] = {
    "check": ("guiju.cli.check", "Check a policy: every mistake at once. 检查策略。"),
    "format": ("guiju.cli.format", "Print a policy in canonical form, or in the other language. 规范格式。"),
    "evaluate": ("guiju.cli.evaluate", "Evaluate evidence against a policy. 按标准评价。"),
    "explain": ("guiju.cli.explain", "Explain one result down to the clauses. 解释结论。"),
    "review": ("guiju.cli.review", "Show what is wrong or doubtful in the standard's own text. 审读标准原文。"),
    "coverage": ("guiju.cli.coverage", "Show what one evidence file answers of several standards. 证据覆盖。"),
    "pin": ("guiju.cli.pin", "Show crosswalk rows to be judged again; write their digests. 对照的核对与摘要。"),
    "template": ("guiju.cli.template", "Write a blank evidence file for a policy. 空白证据文件。"),
    "policies": ("guiju.cli.policies", "List the bundled policies. 随附的标准。"),
    "schema": ("guiju.cli.schema", "Print a JSON Schema of what Guiju reads or writes. 数据格式。"),
}


#: what writing to standard output answers when it is closed, or its disk is full
_UNPRINTABLE = (errno.EPIPE, errno.ENOSPC, errno.EIO)


class _Lazy(click.Group):
    """A group that imports a subcommand when it is called, so that `--version` pays for nothing else."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[cmd_name][0]).command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from guiju.cli.usage import NoSuchCommandError

            raise NoSuchCommandError(args[0], tuple(COMMANDS), ctx)
        return super().resolve_command(ctx, args)

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> Any:
        """Run the command; say in the user's language what is wrong with the call, and what could not be printed."""
        given = sys.argv[1:] if args is None else list(args)
        try:
            return super().main(args, *rest, **{**extra, "standalone_mode": False})
        except click.UsageError as error:
            from guiju.cli.usage import explain

            sys.exit(explain(error, given))
        except click.Abort:
            sys.exit(130)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a subcommand; end where its output can go no further."""
        try:
            return super().invoke(ctx)
        except OSError as error:
            if error.errno not in _UNPRINTABLE:
                raise
            _no_more_output(error)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in COMMANDS.items()])


def _no_more_output(error: OSError) -> NoReturn:
    """End without a second error when Python flushes what could not be written. A closed pipe has its code alone."""
    from guiju.cli.edge import UNPRINTED

    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    if error.errno != errno.EPIPE:
        click.echo(f"guiju: {error.strerror}", err=True)
    sys.exit(UNPRINTED)


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="guiju")
def main() -> None:
    """Guiju (规矩): rules as code for standards.

    Exit codes: 0 done; 1 a policy or evidence file has errors, or a file does not have the form asked for;
    2 the command was called wrongly; 3 the result could not be printed.
    """
