"""The examples of a text -> a lens above each: what it would be to run it, and what came of that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from guiju.desk.desk import Desk
from guiju.dsl import tree
from guiju.dsl.diagnostic import Language, Text
from guiju.dsl.source import Span
from guiju.engine.examples.case import case_of
from guiju.engine.examples.judging import Result, judge
from guiju.report.examples import example_lines

_RUN = Text("运行示例", "Run example")
_HELD, _FAILED = Text("相符", "ok"), Text("不符", "FAILED")
_AGAIN = Text("{state} · 再运行", "{state} · run again")
_MISTAKES = Text("策略有错误，先改正才能运行示例", "the policy has mistakes; examples are run once these are mended")
_GONE = Text("没有示例“{name}”", "there is no example `{name}`")


@dataclass(frozen=True)
class Lens:
    """A line of an example, its name, and what stands above it."""

    span: Span
    name: str
    title: Text


def lenses(desk: Desk, results: Mapping[str, Result]) -> tuple[Lens, ...]:
    """One for each example; `results` are those of examples that were run of this very text, by their names."""
    declarations = desk.document.declarations if desk.document else ()
    examples = (d for d in declarations if isinstance(d, tree.ExampleDecl))
    return tuple(Lens(e.span, e.name, _title(results.get(e.name))) for e in examples)


def _title(result: Result | None) -> Text:
    if result is None:
        return _RUN
    state = _HELD if result.holds else _FAILED
    return Text(_AGAIN.zh.format(state=state.zh), _AGAIN.en.format(state=state.en))


def run(desk: Desk, name: str) -> Result | Text:
    """What comes of an example, as `guiju test` finds it; or why it cannot be run."""
    program = desk.loaded.program
    if program is None:
        return _MISTAKES
    example = next((e for e in program.examples if name in (e.label.zh, e.label.en)), None)
    if example is None:
        return Text(_GONE.zh.format(name=name), _GONE.en.format(name=name))
    return judge(case_of(program, example))


def told(result: Result, language: Language) -> str:
    """What came of an example, in words."""
    return "\n".join(line.strip() for line in example_lines(result, language))
