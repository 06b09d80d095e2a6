"""`guiju`: the command. Each subcommand is a module of this package, imported only when it is called."""

from __future__ import annotations

import errno
import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NoReturn

import click

from guiju import __version__
from guiju.cli.help import Command, Option, language_of, option, spoken_option
from guiju.dsl.diagnostic import Text
from guiju.processes import OBJECTS_BETWEEN_COLLECTIONS

#: name of the subcommand -> its module and what it does
COMMANDS: dict[str, tuple[str, Text]] = {
    "check": ("guiju.cli.check", Text("检查策略，一次列出全部错误。", "Check a policy: every mistake at once.")),
    "format": (
        "guiju.cli.format",
        Text("打印规范格式，或改成另一种语言。", "Print a policy in canonical form, or in the other language."),
    ),
    "evaluate": ("guiju.cli.evaluate", Text("用证据按标准评价。", "Evaluate evidence against a policy.")),
    "explain": ("guiju.cli.explain", Text("解释一个结论，直到条款。", "Explain one result down to the clauses.")),
    "voices": (
        "guiju.cli.voices",
        Text("各方说法不一之处。", "Show where vendor, assessor, override and facts differ."),
    ),
    "ask": (
        "guiju.cli.ask",
        Text("问接着该查清什么，答完即止。", "Ask what decides the outcome, and no more."),
    ),
    "simulate": (
        "guiju.cli.simulate",
        Text("设想改动，看什么随之变化；列出余量。", "Set something and see what changes; list margins."),
    ),
    "batch": (
        "guiju.cli.batch",
        Text("评价表里的每一行。", "Evaluate every row of a table."),
    ),
    "batch-schema": (
        "guiju.cli.batch_schema",
        Text("写出策略的空表。", "Write the empty table for a policy."),
    ),
    "impact": (
        "guiju.cli.impact",
        Text("规定改变之后谁的结果会变。", "Show whose outcome other rules would change."),
    ),
    "page": (
        "guiju.cli.page",
        Text("把一次评价写成一个 HTML 页面。", "Explain an assessment as one HTML page."),
    ),
    "report": (
        "guiju.cli.report",
        Text("写成可打印、可签署的报告。", "Write an assessment as a report to print and sign."),
    ),
    "fill": (
        "guiju.cli.fill",
        Text("把评价填进机构自己的表格或 Word 模板。", "Fill a body's own workbook or Word template."),
    ),
    "plan": ("guiju.cli.plan", Text("达到某一级最少要改什么。", "Find the cheapest changes that reach a level.")),
    "compare": (
        "guiju.cli.compare",
        Text("比较两次评价或两个版本的策略。", "Compare two assessments, or two editions of a policy."),
    ),
    "diff": (
        "guiju.cli.diff",
        Text("用编辑的话说明新版改了什么。", "Say in an editor's words what an edition changes."),
    ),
    "changelog": (
        "guiju.cli.changelog",
        Text("一个标准各版的改动记录。", "Write the change log of a standard over its editions."),
    ),
    "prove": (
        "guiju.cli.prove",
        Text("证明对任何对象都成立的性质，或给出见证。", "Prove what holds for every subject, or show a witness."),
    ),
    "review": (
        "guiju.cli.review",
        Text("审读标准原文。", "Show what is wrong or doubtful in the standard's own text."),
    ),
    "test": (
        "guiju.cli.test",
        Text("用示例检验策略。", "Hold the examples of a policy against it."),
    ),
    "coverage": (
        "guiju.cli.coverage",
        Text("一份证据回答了各标准的多少。", "Show what one evidence file answers of several standards."),
    ),
    "pin": (
        "guiju.cli.pin",
        Text("列出待核对的对照，写入摘要。", "Show crosswalk rows to be judged again, and write their digests."),
    ),
    "bundle": (
        "guiju.cli.bundle",
        Text("把一次评价连同其来源写成一个文件。", "Write an assessment and all it stands on into one file."),
    ),
    "export": (
        "guiju.cli.export",
        Text("写成别的工具读的格式。", "Write an assessment or a policy in a format that other tools read."),
    ),
    "replay": (
        "guiju.cli.replay",
        Text("从评价包自身的来源重算，逐字节比较。", "Derive a bundle again from its own sources and compare."),
    ),
    "reassess": (
        "guiju.cli.reassess",
        Text("与基线评价包比较：改善、不变还是退步。", "Assess again beside a baseline: better, unchanged or worse."),
    ),
    "keygen": ("guiju.cli.keygen", Text("生成一对签名用的密钥。", "Make a pair of keys for signing.")),
    "sign": ("guiju.cli.sign", Text("为重算相符的评价包签名。", "Sign that a bundle replays.")),
    "verify": ("guiju.cli.verify", Text("核对评价包的签名。", "Verify the signature of a bundle.")),
    "new": ("guiju.cli.new", Text("新建一个标准的文件夹。", "Begin a standard in a folder of its own.")),
    "import": (
        "guiju.cli.import_",
        Text("从编了号的要求写出策略骨架。", "Make the skeleton of a policy from a list of requirements."),
    ),
    "import-evidence": (
        "guiju.cli.import_evidence",
        Text("把表格或 OSCAL 结果读成证据文件。", "Read tables or OSCAL results as an evidence file."),
    ),
    "lint-text": (
        "guiju.cli.lint_text",
        Text("检查标准草案的文字。", "Check the text of a draft standard: Word, Markdown or plain text."),
    ),
    "template": ("guiju.cli.template", Text("写出空白证据文件。", "Write a blank evidence file for a policy.")),
    "migrate": (
        "guiju.cli.migrate",
        Text("把旧版本的证据文件改成最新版本。", "Write an evidence file of an older version in the newest."),
    ),
    "workbook": (
        "guiju.cli.workbook",
        Text("Excel 问卷：生成、读回、核对。", "Questionnaires in Excel: export, import, check."),
    ),
    "publish": (
        "guiju.cli.publish",
        Text("把策略排成标准的样子，供校对。", "Set a policy as the standard itself, for proof-reading."),
    ),
    "graph": (
        "guiju.cli.graph",
        Text("画出什么由什么算出。", "Draw what is computed from what."),
    ),
    "compile": (
        "guiju.cli.compile",
        Text("把策略编译成函数，可打印代码。", "Compile a policy to a function, and show its code."),
    ),
    "policies": ("guiju.cli.policies", Text("列出随附的标准。", "List the bundled policies.")),
    "lsp": (
        "guiju.cli.lsp",
        Text("语言服务器，供编辑器启动。", "The language server, which an editor starts."),
    ),
    "schema": (
        "guiju.cli.schema",
        Text("打印读写格式的 JSON Schema。", "Print a JSON Schema of what Guiju reads or writes."),
    ),
}
_CLOSED = Text("标准输出已关闭，结果无法打印", "standard output is closed: the result could not be printed")
_COMMANDS = Text("命令", "Commands")
_ABOUT = Text(
    "规矩（Guiju）：把标准写成可以计算的规则。\n\n"
    "退出码：0 完成；1 策略或证据文件有错误，或文件不是所要的格式；\n2 命令写得不对；3 结果无法打印。",
    "Guiju (规矩): rules as code for standards.\n\n"
    "Exit codes: 0 done; 1 a policy or evidence file has errors, or a file does not\n"
    "have the form asked for; 2 the command was called wrongly; 3 the result could\nnot be printed.",
)


#: what writing to standard output answers when it is closed, or its disk is full
_UNPRINTABLE = (errno.EPIPE, errno.ENOSPC, errno.EIO, errno.EBADF)


class _Lazy(Command, click.Group):
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
        _open_what_is_closed()
        before = gc.get_threshold()
        gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS, *before[1:])
        try:
            return super().main(args, *rest, **{**extra, "standalone_mode": False, "obj": given})
        except click.UsageError as error:
            from guiju.cli.usage import explain

            sys.exit(explain(error, given))
        except click.Abort:
            sys.exit(130)
        except OSError as error:  # of --help and --version, which no subcommand prints
            _end_unless_printed(error)
        finally:
            gc.set_threshold(*before)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a subcommand; end where its output can go no further."""
        try:
            return super().invoke(ctx)
        except OSError as error:
            _end_unless_printed(error)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, and what each subcommand does, without importing it."""
        super().format_options(ctx, formatter)
        language = language_of(ctx)
        with formatter.section(_COMMANDS.in_language(language)):
            formatter.write_dl([(name, about.in_language(language)) for name, (_, about) in COMMANDS.items()])


def _open_what_is_closed() -> None:
    """Give standard output that was closed from the start a file that cannot be written, so that this is noticed."""
    if sys.stdout is None:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 1)
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)


def _end_unless_printed(error: OSError) -> NoReturn:
    """End without a second error when Python flushes what could not be written. A closed pipe has its code alone."""
    from guiju.cli.edge import UNPRINTED, default_language

    if error.errno not in _UNPRINTABLE:
        raise error
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    if error.errno != errno.EPIPE:
        from guiju.system_errors import reason_of

        reason = _CLOSED if error.errno == errno.EBADF else reason_of(error)
        click.echo(f"guiju: {reason.in_language(default_language())}", err=True)
    sys.exit(UNPRINTED)


def _without_cache(ctx: click.Context, _: click.Parameter, is_asked: bool) -> None:  # noqa: ARG001 - click's signature
    """Keep nothing in this process and in those that it starts."""
    if is_asked:
        os.environ["GUIJU_NO_CACHE"] = "1"


@click.group(cls=_Lazy, about=_ABOUT, context_settings={"help_option_names": ["-h", "--help"]})
@spoken_option
@option(
    "--no-cache",
    is_flag=True,
    expose_value=False,
    callback=_without_cache,
    said=Text("不用也不写编译好的策略的缓存。", "Neither use nor write the cache of compiled policies."),
)
@click.version_option(
    __version__, prog_name="guiju", cls=Option, help="", said=Text("显示版本。", "Show the version and exit.")
)
def main() -> None:
    """Guiju: rules as code for standards."""
