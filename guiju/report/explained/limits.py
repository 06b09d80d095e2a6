"""The page of limits: what a machine, a person and nothing decided, and how the text was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from guiju.compiler.ir import ReadingOption, Record
from guiju.dsl.diagnostic import Text
from guiju.report import result_model as model
from guiju.report.document import Block, Cell, Listing, Paragraph, Row, Run, Section, Table, cell, text_run
from guiju.report.explained.standing import decided_by
from guiju.report.explained.subject import Explained
from guiju.report.layout import list_text
from guiju.report.own_text import failed_in_part, unlisted
from guiju.report.register import told_in_one
from guiju.report.settled import settled, title_of, why
from guiju.report.text import telling_alternatives
from guiju.report.under_readings import bearing

_TITLE = Text("局限", "Limits")
_WHO = Text("谁决定了条款", "Who decided the clauses")
_WHO_HEADER = (Text("由谁", "By"), Text("条数", "Clauses"), Text("含义", "What that means"))
_MEANS = {
    "facts": Text("机器由给出的事实按条件算出", "computed by the machine from facts and the condition of the clause"),
    "assessor": Text("评估方的人查验后认定", "a person of the assessor looked and attested it"),
    "vendor": Text("只有供方自述，无人查验", "the vendor's word alone, looked at by nobody"),
    "override": Text("由人裁定，盖过其他说法", "a person overrode whatever else was said"),
    "crosswalk": Text("由另一标准的结论对照而来", "carried over from what another standard found"),
    "conflicting": Text("有事实或说法，但彼此相左", "facts or people spoke, and do not agree"),
    "expired": Text("说过，但所凭证据已不算数", "something was said, on evidence that counts no longer"),
    "not-shown": Text("没有事实、查验结论足以决定", "neither facts nor people decide it"),
    "not-asked": Text("所在的组不参与评价，不必回答", "its group takes no part, so nobody had to answer it"),
}
_OVERRIDDEN = Text("裁定", "Overrides")
_DIFFER = Text("说法不一", "Where the voices differ")
_READINGS = Text("条文的读法", "How the text was read")
_READING_HEADER = (
    Text("读法", "Reading"),
    Text("采用", "Taken"),
    Text("其他选项", "Other options"),
    Text("为何须选", "Why there is a choice"),
)
_TRIED = Text(
    "共 {combinations} 种组合，试了 {tried} 种。", "{combinations:combination|combinations}, {tried} of them tried."
)
_SAME = Text("换用其他读法，结论不变。", "Other readings lead to the same outcome.")
_CHANGED = Text("换用下列读法、其余照所选，结论会变。", "Those below change the outcome, all else being as chosen.")
_NO_READINGS = Text("策略没有记录有歧义之处。", "The policy records no ambiguity.")
_UNDER = Text("按 {names}：{outcomes}", "under {names}: {outcomes}")
_NOT_ENCODED = Text("标准有、而策略没有编码的内容", "What the standard says and the policy does not encode")
_ALL_ENCODED = Text("策略没有记录未编码的内容。", "The policy records nothing as not encoded.")
_SETTLED = Text(
    "标准没有写明、由策略定下的，换一种定法可能改变结果",
    "What the standard leaves open and the policy settled: settled otherwise, these can change a result",
)
_MISTAKES = Text("标准原文的疏误，已另作处理", "Mistakes that the standard prints, and how they were settled")
_NOTES = Text("策略另记的，不改变结果", "What the policy notes besides: no result changes with it")
_OWN_TEXT = Text(
    "原文自身的疑点，本次评价遇到的（`guiju review {policy}` 列出原文的全部疑点）",
    "Doubts in the standard's own text that this assessment meets (`guiju review {policy}` lists all there are)",
)
_IN_PART = Text(
    "一项里有几个须同时满足的条件，满足了一部分，仍算不满足: {clauses}",
    "several conditions in one item, some of which hold; a part of them counts as none: {clauses}",
)
_UNLISTED = Text("{cites} 没有列出所选的“{option}”", "{cites} has no row for `{option}`, which was chosen")
_BEARS_ON = Text("涉及 {places}", "bears on {places}")
_ENCLOSED = Text(
    "有的值只求出外包：其中有的未必能达到。各处已标明。",
    "Some values are enclosures: some of what they show may not be reachable. Each is marked where it stands.",
)
_EXACT = Text(
    "所示的可能值都是精确的：不多不少。", "All values shown as possible are exact: none is missing and none too much."
)
_BELIEF = Text(
    "本页不判断证据是否属实，只说明：按所给证据和所列读法，标准的条文得出什么。",
    "This page does not judge whether evidence is true. It says what the standard makes of the evidence given, read as "
    "said here.",
)


def limits(explained: Explained, *, with_findings: bool = True) -> Section:
    """All that a reader should know before relying on the page; the findings, unless they stand elsewhere."""
    blocks = (
        Paragraph(text_run(explained.said(_BELIEF))),
        _who(explained),
        *_verdicts_only(explained),
        *_differing(explained),
        *_overrides(explained),
        *_waivers(explained),
        *(_findings(explained) if with_findings else ()),
        *_readings(explained),
        *_records(explained),
        *_own_text(explained),
        Paragraph(text_run(explained.said(_EXACT if _is_exact(explained.result) else _ENCLOSED)), "quiet"),
    )
    return Section("limits", explained.said(_TITLE), blocks)


def _is_exact(result: model.ResultModel) -> bool:
    return all(o.possible.exact for o in result.outcomes) and all(s.possible.exact for s in result.scores)


def _who(explained: Explained) -> Table:
    numbers = Counter(map(decided_by, explained.result.clauses))
    rows = tuple(
        Row((cell(explained.word(key)), cell(str(numbers[key])), cell(*_meaning(explained, key, means))))
        for key, means in _MEANS.items()
        if numbers[key]
    )
    return Table(explained.said(_WHO), tuple(map(explained.said, _WHO_HEADER)), rows)


def _meaning(explained: Explained, key: str, means: Text) -> Iterator[str]:
    yield explained.said(means)
    found = [c.cites for c in explained.result.clauses if c.unsupported and c.takes_part] if key == "facts" else []
    if found:
        yield f"{explained.word('facts-unsupported')}: {len(found)} ({', '.join(found)})"


def _verdicts_only(explained: Explained) -> Iterator[Block]:
    """The clauses on which somebody's verdict is all there is to look at."""
    found = [c for c in explained.result.clauses if c.verdict_only and c.takes_part]
    if found:
        yield Paragraph((Run(f"{explained.word('verdicts-only')}: {len(found)}", style="strong"),))
        yield Paragraph(text_run(list_text((c.cites for c in found), explained.language)))


def _clause_listing(explained: Explained, found: list[model.ClauseModel]) -> Listing:
    return Listing(tuple(_clause_line(explained, c) for c in found))


def _clause_line(explained: Explained, clause: model.ClauseModel) -> tuple[Run, ...]:
    told = "; ".join(explained.said_of(clause, alone=True))
    number = Run(clause.cites, explained.link(f"clause:{clause.id}"), "strong")
    return (number, Run(f" {clause.label}: {explained.word(clause.verdict)} — {told}"))


def _differing(explained: Explained) -> Iterator[Block]:
    found = [c for c in explained.result.clauses if c.disagreeing]
    if found:
        yield Paragraph((Run(f"{explained.said(_DIFFER)}: {len(found)}", style="strong"),))
        yield _clause_listing(explained, found)


def _overrides(explained: Explained) -> Iterator[Block]:
    found = [c for c in explained.result.clauses if c.by == "override" and c.reason != "expired"]
    if found:
        yield Paragraph((Run(f"{explained.said(_OVERRIDDEN)}: {len(found)}", style="strong"),))
        yield _clause_listing(explained, found)


def _waivers(explained: Explained) -> Iterator[Block]:
    """Told with who gave them, why and until when, as every line of a clause tells them."""
    found = [c for c in explained.result.clauses if c.waivers]
    if found:
        number = sum(len(c.waivers) for c in found)
        yield Paragraph((Run(f"{explained.word('waivers')}: {number}", style="strong"),))
        yield _clause_listing(explained, found)


def _findings(explained: Explained) -> Iterator[Block]:
    """What is held against the subject: it decides nothing, and a reader must not look for it in the outcome."""
    found = explained.result.findings
    if found:
        yield Paragraph((Run(f"{explained.word('findings')}: {len(found)}", style="strong"),))
        yield Listing(tuple(text_run(told_in_one(f, explained.language)) for f in found))


def _readings(explained: Explained) -> Iterator[Block]:
    program, r = explained.program, explained.result.readings
    if not program.readings:
        yield Paragraph(text_run(explained.said(_NO_READINGS)), "quiet")
        return
    rows = tuple(_reading(explained, reading.id) for reading in program.readings)
    yield Table(explained.said(_READINGS), tuple(map(explained.said, _READING_HEADER)), rows)
    tried = explained.said(_TRIED, combinations=r.combinations, tried=r.tried)
    yield Paragraph(text_run(f"{tried} {explained.said(_CHANGED if r.changing else _SAME)}"))
    if said := bearing(explained.result, explained.language):
        yield Paragraph(text_run(said))
    told = telling_alternatives(explained.result)
    if told:
        yield Listing(tuple(text_run(_alternative(explained, a)) for a in told))


def _reading(explained: Explained, id_: str) -> Row:
    reading = next(r for r in explained.program.readings if r.id == id_)
    chosen, language = explained.result.readings.chosen[id_], explained.language
    title = Cell(
        (
            (Run(reading.label.in_language(language), style="strong"),),
            (Run(id_, style="code"),),
            text_run(explained.cited(reading.cites)),
        )
    )
    taken = Cell(tuple(_option(explained, o) for o in reading.options if o.id == chosen))
    others = Cell(tuple(_option(explained, o) for o in reading.options if o.id != chosen))
    why = reading.why.in_language(language) if reading.why else ""
    return Row((title, taken, others, cell(why)))


def _option(explained: Explained, option: ReadingOption) -> tuple[Run, ...]:
    """An option by its id, as results name it, and its wording."""
    label = option.label.in_language(explained.language)
    return (Run(option.id, style="code"), Run(f" {label}"))


def _alternative(explained: Explained, a: model.AlternativeModel) -> str:
    readings = {r.id: r for r in explained.program.readings}
    labels = (
        next(o.label.in_language(explained.language) for o in readings[name].options if o.id == option)
        for name, option in a.readings.items()
    )
    taken = ", ".join(f"{reading} = {option}" for reading, option in a.readings.items())
    names = f"{list_text(labels, explained.language)} ({taken})"
    changed = [o for o in explained.result.outcomes if a.outcomes[o.id] != o.possible.values]
    outcomes = "; ".join(f"{o.label} = {explained.values(a.outcomes[o.id], o.id)}" for o in changed)
    return explained.said(_UNDER, names=names, outcomes=outcomes)


def _records(explained: Explained) -> Iterator[Block]:
    """What was left out, what was settled, and what the standard misprints; what can change a result stands apart."""
    records = explained.program.records
    left_out = [r for r in records if r.kind == "not-encoded"]
    if not left_out:
        yield Paragraph(text_run(explained.said(_ALL_ENCODED)), "quiet")
    harmless = [r for r in records if not r.affects]
    yield from _listed(explained, _NOT_ENCODED, left_out)
    yield from _listed(explained, _SETTLED, settled(explained.program))
    yield from _listed(explained, _MISTAKES, [r for r in harmless if r.kind == "mistake"])
    yield from _listed(explained, _NOTES, [r for r in harmless if r.kind == "note"])


def _own_text(explained: Explained) -> Iterator[Block]:
    """What is computed about the text itself, where this assessment meets it: what failed in part, what has no row."""
    said, language = [], explained.language
    if found := failed_in_part(explained.assessment):
        clauses = list_text((c.printed for c in found), language)
        said.append(explained.said(_IN_PART, clauses=clauses))
    if (missing := unlisted(explained.assessment)) is not None:
        option = missing.option.label.in_language(language)
        said.append(explained.said(_UNLISTED, cites=explained.cited(missing.cites), option=option))
    if said:
        title = explained.said(_OWN_TEXT, policy=explained.program.id)
        yield Paragraph((Run(f"{title}: {len(said)}", style="strong"),))
        yield Listing(tuple(map(text_run, said)))


def _listed(explained: Explained, title: Text, found: Sequence[Record]) -> Iterator[Block]:
    if found:
        yield Paragraph((Run(f"{explained.said(title)}: {len(found)}", style="strong"),))
        yield Listing(tuple(_record(explained, r) for r in found))


def _record(explained: Explained, record: Record) -> tuple[Run, ...]:
    language = explained.language
    where = [explained.cited(record.cites)] if record.cites else []
    if set(filter(None, record.affects.split(", "))) - set(record.cites.split(", ")):
        where.append(explained.said(_BEARS_ON, places=explained.cited(record.affects)))
    separator = "；" if language == "zh" else "; "
    place = f" ({separator.join(where)})" if where else ""
    return (Run(title_of(record).in_language(language), style="strong"), Run(f"{place}  {why(record, language)}"))
