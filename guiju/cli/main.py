"""`guiju`: the command. Each subcommand is a module of this package, imported only when it is called."""

from __future__ import annotations

from importlib import import_module

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
    "template": ("guiju.cli.template", "Write a blank evidence file for a policy. 空白证据文件。"),
    "policies": ("guiju.cli.policies", "List the bundled policies. 随附的标准。"),
    "schema": ("guiju.cli.schema", "Print a JSON Schema of what Guiju reads or writes. 数据格式。"),
}


class _Lazy(click.Group):
    """A group that imports a subcommand when it is called, so that `--version` pays for nothing else."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[cmd_name][0]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in COMMANDS.items()])


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="guiju")
def main() -> None:
    """Guiju (规矩): rules as code for standards.

    Exit codes: 0 done; 1 a policy or evidence file has errors, or a file does not have the form asked for;
    2 the command was called wrongly.
    """
