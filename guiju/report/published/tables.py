"""The tables of a standard as it prints them: membership, weights, grades, and the rules of its scores."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from guiju.dsl import tree
from guiju.dsl.diagnostic import Text
from guiju.report.document import Block, Cell, Paragraph, Row, Section, Table, text_run
from guiju.report.published.conditions import InWords
from guiju.report.published.requirements import number_of
from guiju.report.published.speech import Say, Speech
from guiju.report.words import labelled

_LEVELS, _MEMBERSHIP = Text("等级划分", "Levels"), Text("各级包括的条款", "Clauses at each level")
_LEVEL, _NAME = Text("等级", "Level"), Text("名称", "Name")
_ITEMS = Text("计数的单位", "What counts as one item")
_UNIT = {
    "leaf": Text("最末一级为一项。", "Each innermost clause is one item."),
    "lettered": Text("字母项连同其下各项为一项。", "Each lettered clause, with all below it, is one item."),
}
_SCORES, _WEIGHTS = Text("得分规则", "Scores"), Text("权重", "Weights")
_SCORE, _WHEN = Text("得分", "Score"), Text("条件", "When")
_RESULT, _OTHERWISE = Text("结果", "Result"), Text("否则", "otherwise")
_NOTHING = Text("—", "—")
_EACH = Text("各{kind}", "each {kind}")
_WHOLE = Text("全体", "the whole")
_AT_EACH = Text("，逐级", ", at each level")
_GATE = Text("须先：{gate}", "only after: {gate}")
_CARRIED = Text("否则沿用{level}的得分", "otherwise the score {level} stands")
_COMMA = Text("，", ", ")
_EXACTLY_ONE = Text("恰有一行成立。", "Exactly one row holds.")


def tables(speech: Speech) -> Iterator[Section]:
    """Levels, membership, items, scores, weights and grades, each in the order of the text."""
    kinds: tuple[tuple[Text, type[tree.Node], Callable[..., Iterator[Block]]], ...] = (
        (_LEVELS, tree.LevelsDecl, _levels),
        (_MEMBERSHIP, tree.MembershipDecl, _membership),
        (_ITEMS, tree.ItemDecl, _item),
        (_SCORES, tree.ScoreDecl, _score),
        (_WEIGHTS, tree.WeightsDecl, _weights),
    )
    for title, kind, blocks in kinds:
        found = tuple(block for node in speech.declared(kind) for block in blocks(speech, node))
        if found:
            yield Section(kind.__name__.removesuffix("Decl").lower(), speech.beside(title), found)
    for grade in speech.declared(tree.GradeDecl):
        title = Speech.label(grade.label, grade.name.text)
        yield Section(f"grade:{grade.name.text}", speech.beside(title), tuple(_grade(speech, grade)))


# --- levels and membership -----------------------------------------------------------------------------------------


def _levels(speech: Speech, node: tree.LevelsDecl) -> Iterator[Block]:
    rows = tuple(
        Row((speech.cell(Text(level.name.text, level.name.text)), speech.cell(Speech.label(level.label, ""))))
        for level in node.levels
    )
    yield Table(speech.beside(speech.places(node.cites)), (speech.beside(_LEVEL), speech.beside(_NAME)), rows)


def _membership(speech: Speech, node: tree.MembershipDecl) -> Iterator[Block]:
    groups = _groups(speech)
    first, *levels = node.header
    header = (
        speech.beside(lambda w: w.kind(first.text)),
        *(speech.beside(Speech.level(level)) for level in levels),
    )
    rows = tuple(
        Row((_group_cell(speech, groups, row.group), *(_members(speech, cell) for cell in row.cells)))
        for row in node.rows
    )
    yield Table(speech.beside(speech.places(node.cites)), header, rows)


def _members(speech: Speech, cell: tree.MembershipCell) -> Cell:
    return speech.cell(Speech.items(cell) if cell.items else _NOTHING)


def _groups(speech: Speech) -> Mapping[str, tree.GroupDecl]:
    """The groups of the standard by any of their names."""
    found: dict[str, tree.GroupDecl] = {}
    waiting = list(speech.declared(tree.GroupDecl))
    while waiting:
        group = waiting.pop()
        found |= {name.text: group for name in (group.name, *group.aliases)}
        waiting += group.groups
    return found


def _group_cell(speech: Speech, groups: Mapping[str, tree.GroupDecl], name: tree.Name) -> Cell:
    group = groups.get(name.text)
    if group is None:
        return speech.cell(Text(name.text, name.text))
    first, *others = dict.fromkeys(speech.each(Speech.label(group.label, name.text)))
    return Cell(tuple(text_run(line) for line in (f"{number_of(group)} {first}".strip(), *others)))


def _item(speech: Speech, node: tree.ItemDecl) -> Iterator[Block]:
    for line in speech.each(_UNIT[node.unit]):
        yield Paragraph(text_run(line))


# --- scores, weights, grades ---------------------------------------------------------------------------------------


def _score(speech: Speech, node: tree.ScoreDecl) -> Iterator[Block]:
    for line in speech.each(lambda w: _score_head(speech, node, w)):
        yield Paragraph(text_run(line))
    for block in node.blocks:
        rows = (Row((speech.cell(Speech.words(r.value)), _condition(speech, r.condition))) for r in block.rows)
        header = (speech.beside(_SCORE), speech.beside(_WHEN))
        yield Table(speech.beside(_block_head(speech, block)), header, tuple(rows))


def _score_head(speech: Speech, node: tree.ScoreDecl, writer: InWords) -> str:
    """What is scored, for whom, and the formula where there is one."""
    language = writer.language
    name = node.name.text if node.name else writer.word("SCORE")
    label = Speech.label(node.label, name).in_language(language)
    of = (_WHOLE if node.kind is None else _EACH).in_language(language).format(kind=writer.kind(node.kind or ""))
    at = _AT_EACH.in_language(language) if node.each_level else ""
    head = f"{label}（{of}{at}）" if language == "zh" else f"{label} ({of}{at})"
    formula = f" = {writer.said(node.formula)}" if node.formula is not None else ""
    only_one = f" {_EXACTLY_ONE.in_language(language)}" if node.exclusive else ""
    return f"{head}{formula}{_cited(speech, node.cites, writer)}{only_one}"


def _block_head(speech: Speech, block: tree.ScoreBlock) -> Say:
    """The level of some rows, and what must hold before they are tried."""

    def say(writer: InWords) -> str:
        language = writer.language
        parts = [writer.named_level(block.level) if block.level else ""]
        if block.gate is not None:
            parts.append(_GATE.in_language(language).format(gate=writer.said(block.gate)))
        if block.carried_from is not None:
            parts.append(_CARRIED.in_language(language).format(level=writer.at(block.carried_from)))
        return _COMMA.in_language(language).join(filter(None, parts)) + _cited(speech, block.cites, writer)

    return say


def _condition(speech: Speech, condition: tree.Expr | None) -> Cell:
    return speech.cell(_OTHERWISE if condition is None else Speech.words(condition))


def _weights(speech: Speech, node: tree.WeightsDecl) -> Iterator[Block]:
    groups = _groups(speech)
    first, *columns = node.header
    chosen = next((i for i in speech.program.inputs if first.text in (i.id, *i.aliases)), None)
    options = {name: o.label for o in chosen.options for name in (o.id, *o.aliases)} if chosen else {}
    header = (
        speech.beside(chosen.label) if chosen else speech.beside(lambda w: w.kind(first.text)),
        *(_one_line(speech, groups, column) if chosen else speech.beside(_WEIGHTS) for column in columns),
    )
    rows = []
    for row in node.rows:
        named = Text(row.key.text, row.key.text)
        key = speech.cell(options.get(row.key.text, named)) if chosen else _group_cell(speech, groups, row.key)
        weights = (speech.cell(_NOTHING if cell is None else Speech.words(cell)) for cell in row.cells)
        rows.append(Row((key, *weights)))
    yield Table(speech.beside(speech.places(node.cites)), header, tuple(rows))


def _one_line(speech: Speech, groups: Mapping[str, tree.GroupDecl], name: tree.Name) -> str:
    group = groups.get(name.text)
    return speech.beside(Speech.label(group.label, name.text)) if group else name.text


def _grade(speech: Speech, node: tree.GradeDecl) -> Iterator[Block]:
    levels = {name: level.label for level in speech.program.levels for name in (level.id, *level.aliases)}
    if node.exclusive:
        yield Paragraph(text_run(speech.beside(_EXACTLY_ONE)))
    rows = tuple(Row((_result(speech, levels, row.result), _condition(speech, row.condition))) for row in node.rows)
    header = (speech.beside(_RESULT), speech.beside(lambda w: w.value(node.by.text)))
    yield Table(speech.beside(speech.places(node.cites)), header, rows)


def _result(speech: Speech, levels: Mapping[str, Text], result: tree.Name) -> Cell:
    label = levels.get(result.text)
    name = {"none": Text("无等级", "no level"), "undefined": Text("未定", "undefined")}.get(result.text)
    if label is None:
        return speech.cell(name or Text(result.text, result.text))
    return speech.cell(lambda w: labelled(result.text, speech.program.levels, w.language))


def _cited(speech: Speech, citation: tree.Citation | None, writer: InWords) -> str:
    place = speech.places(citation)(writer)
    return f"  [{place}]" if place else ""
