"""Evidence read from others -> TakenModel, and what the command says of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from guiju.compiler.ir import Program
from guiju.dsl.diagnostic import Language, Text
from guiju.intake.evidence.statements import Kind
from guiju.intake.evidence.take import Made
from guiju.report.diagnostics_model import diagnostic_model
from guiju.report.layout import joined
from guiju.report.taken_model import AccountedModel, TakenModel

SHOWN = 20  # of each kind
_MADE = Text("{document} → {policy} 的证据，共 {n} 行", "{document} -> evidence for {policy}, rows: {n}")
_KINDS: dict[Kind, Text] = {
    "verdict": Text("结论", "verdicts"),
    "waiver": Text("豁免", "waivers"),
    "fact": Text("事实", "facts"),
    "sample": Text("抽样", "samples"),
    "finding": Text("评价发现", "findings"),
    "evidence": Text("证据条目", "evidence records"),
    "unanswered": Text("没有回答", "not answered"),
    "heading": Text("组的标题", "headings of groups"),
    "skipped": Text("映射说不读", "left out by the mapping"),
    "aside": Text("不是陈述", "no statements"),
    "blank": Text("空行", "blank"),
    "wrong": Text("没有看懂", "not understood"),
}
_LISTED: tuple[Kind, ...] = ("wrong", "unanswered")
_SUMMED: tuple[Kind, ...] = ("skipped", "aside")
_MORE = Text("…… 另有 {n} 行（--format json 全部列出）", "… {n} more (--format json lists them all)")
_READINGS = Text("当时的读法：{readings}", "its readings: {readings}")


def taken_of(document: str, made: Made, program: Program, language: Language) -> TakenModel:
    """What became of a file."""
    rows = made.taken.account
    return TakenModel(
        guiju="evidence-import/1",
        document=document,
        policy=program.id,
        text=made.text,
        counts=dict(Counter(row.kind for row in rows)),
        readings=made.taken.readings,
        rows=[
            AccountedModel(
                place=row.place, kind=row.kind, quote=row.quote, why=row.why.in_language(language) if row.why else ""
            )
            for row in rows
        ],
        diagnostics=[diagnostic_model(d, language) for d in made.diagnostics],
    )


def text_of(taken: TakenModel, program: Program, language: Language) -> str:
    """What a person reads: how many rows of each kind, and those that were not taken over, one by one."""
    return joined(_lines(taken, program, language)) + "\n"


def _lines(taken: TakenModel, program: Program, language: Language) -> Iterator[str]:
    yield _MADE.in_language(language).format(document=taken.document, policy=taken.policy, n=len(taken.rows))
    counted = (f"{text.in_language(language)} {n}" for kind, text in _KINDS.items() if (n := taken.counts.get(kind)))
    yield "  " + ", ".join(counted)
    usual = program.defaults
    other = {name: option for name, option in taken.readings.items() if usual.get(name) != option}
    if other:
        named = ", ".join(f"--reading {name}={option}" for name, option in other.items())
        yield _READINGS.in_language(language).format(readings=named)
    for kind in _LISTED:
        found = [row for row in taken.rows if row.kind == kind]
        if found:
            yield f"{_KINDS[kind].in_language(language)}:"
            yield from (f"  {' — '.join(filter(None, (r.place, _clipped(r.quote), r.why)))}" for r in found[:SHOWN])
            if len(found) > SHOWN:
                yield f"  {_MORE.in_language(language).format(n=len(found) - SHOWN)}"
    for kind in _SUMMED:
        reasons = Counter(row.why for row in taken.rows if row.kind == kind)
        if reasons:
            yield f"{_KINDS[kind].in_language(language)}:"
            yield from (f"  {n} — {why}" for why, n in reasons.items())


def _clipped(quote: str) -> str:
    return quote if len(quote) <= 60 else f"{quote[:59]}…"
