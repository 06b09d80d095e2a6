"""`guiju replay`: everything in a bundle derived again from its own sources, and compared byte for byte."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from guiju.cli.edge import fail, format_option, language_option, report
from guiju.cli.help import Command
from guiju.dsl.diagnostic import Language, Text, has_errors
from guiju.report.agreeing import agreeing

if TYPE_CHECKING:
    from guiju.bundle.read import BundleFile

_SAME = Text(
    "{subject}，{designation}：{outcomes}\n"
    "由规矩 {engine} 写出，规矩 {here} 重算：{steps} 步推导，逐字节相同\n{digest}",
    "{subject}, {designation}: {outcomes}\n"
    "written by Guiju {engine}, replayed by Guiju {here}:"
    " {steps:derivation step|derivation steps}, the same byte for byte\n{digest}",
)
_ONE_OF = Text("{outcome} 可能是 {values}", "{outcome} is one of {values}")


@click.command(
    "replay",
    cls=Command,
    about=Text(
        "只用评价包里的来源重算一切，逐字节比较；\n不看安装了什么，也不看周围的文件。有不符之处时退出码为 1。",
        "Derive everything in BUNDLE again from the sources in it alone, whatever is installed\n"
        "or lies about, and compare byte for byte. Exit code 1 if anything differs.",
    ),
)
@click.argument("bundle", type=click.Path(path_type=Path))
@language_option
@format_option
def command(bundle: Path, language: Language, form: str) -> None:
    """Derive everything in BUNDLE again from the sources in it alone, and compare byte for byte."""
    from guiju import __version__

    file = replayed(bundle, language, form)
    model = file.bundle
    if form == "json":
        from guiju.report.replay_model import ReplayModel

        told = ReplayModel(
            guiju="replay/1",
            bundle=file.digest,
            engine=model.engine,
            replayed_by=__version__,
            policy=model.policy,
            policy_digest=model.policy_digest,
            evidence_digest=model.evidence_digest,
            outcomes={o.outcome: o.values for o in model.outcomes},
            steps=len(model.derivation),
        )
        click.echo(told.model_dump_json(indent=2))
        return
    said = agreeing(
        _SAME.in_language(language),
        subject=model.subject,
        designation=model.designation,
        outcomes=", ".join(_outcome(o.outcome, o.values, language) for o in model.outcomes),
        engine=model.engine,
        here=__version__,
        steps=len(model.derivation),
        digest=file.digest,
    )
    click.echo(said)


def replayed(path: Path, language: Language, form: str = "text") -> BundleFile:
    """A bundle that follows from its own sources; or the end of the command, with all that does not."""
    from guiju import __version__
    from guiju.bundle.read import read_bundle
    from guiju.bundle.replay import replay

    file, found = read_bundle(path)
    if file is None:
        fail(found, language, form)
    deviating = replay(file, __version__)
    if has_errors(deviating):
        fail(deviating, language, form)
    if form == "text":
        report(deviating, language)
    return file


def _outcome(name: str, values: list[str], language: Language) -> str:
    if len(values) == 1:
        return f"{name} {values[0]}"
    return _ONE_OF.in_language(language).format(outcome=name, values=" | ".join(values))
