"""Requirements as they are encoded: several conditions in one item, one stated twice, lists of one, idle levels."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from guiju.compiler.checks.context import Checked
from guiju.compiler.clauses import ClauseNode
from guiju.dsl import tree
from guiju.dsl.diagnostic import Code, Diagnostic, Label, Severity, Text
from guiju.dsl.keywords import spell

COMPOUND_REQUIREMENT = Code(
    "compound-requirement",
    Severity.NOTE,
    Text("一项里有几个条件", "Several conditions in one item"),
    Text(
        "{clause} 一项有 {number} 个须同时满足的条件，只满足一部分时算不满足",
        "{clause} is one item with {number} conditions that must hold together; a part of them counts as none",
    ),
    Text("拆成几项，或写明部分满足如何计", "split it, or say what a part of it counts for"),
    Text("要求应能逐项判断；并列的要求合在一项，差一点和全没有得分相同", "requirements are judged one by one"),
    'fact a : count\nfact b : count\nsection 6.1\n  a) "x" a >= 1 and b >= 1',
)
REPEATED_REQUIREMENT = Code(
    "repeated-requirement",
    Severity.NOTE,
    Text("两个条款要求同一件事", "One requirement in two clauses"),
    Text("{clause} 与 {other} 的条件相同", "{clause} and {other} have the same condition"),
    Text("删去其中一个，或写明两者的区别", "remove one, or say how they differ"),
    Text("同一要求计两次，得分就偏重它", "a requirement that counts twice weighs twice"),
    'fact a : count\nsection 6.1\n  a) "x" a >= 1\n  b) "y" a >= 1',
)
LIST_OF_ONE = Code(
    "list-of-one",
    Severity.NOTE,
    Text("列项只有一项", "List of one item"),
    Text("{place} 的列项只有 {clause} 一项", "the list of {place} has {clause} alone"),
    Text("并入上文，或补上缺少的项", "make it a sentence, or add what is missing"),
    Text("只有一项的列项，多半漏了别的项", "where a list has one item, others were probably lost"),
    'section 6.1\n  a) "x" attested',
)
LEVEL_ADDS_NOTHING = Code(
    "level-adds-nothing",
    Severity.NOTE,
    Text("升级没有新增要求", "Level that adds nothing"),
    Text("{section} 从 {lower} 到 {higher} 没有新增条款", "{section} has no new clause at {higher} over {lower}"),
    Text(
        "确认是有意如此；按新增条款计分的规则在此无从计起",
        "make sure that it is meant; rules that count new clauses have none here",
    ),
    Text("按新增条款的多少计分时，没有新增就没有可计的", "a rule on the share of new clauses has nothing to count"),
    "membership\n  section | L1 | L2\n  6.1 | a) | a)",
)
WEAKER_BELOW = Code(
    "weaker-below",
    Severity.NOTE,
    Text("下级的情态弱于上级", "Weaker than the item above"),
    Text(
        "{clause} 用“{weaker}”，它的上级 {above} 用“{stronger}”",
        "{clause} is a `{weaker}` item below {above}, which is a `{stronger}` item",
    ),
    Text("写明按哪一个", "say which of the two holds"),
    Text("上级要求包括全部下级，下级却只是建议，是否必须就有两种读法", "it can be read as required and as advised"),
    'section 5.3\n  - shall "x"\n    - shall "y" attested\n    - should "z" attested',
)
MODALITY_UNSTATED = Code(
    "modality-unstated",
    Severity.NOTE,
    Text("下级没有情态词", "Items without a modality"),
    Text(
        "{clause} 之下的 {number} 项没有情态词，别处的下级都有",
        "the {number} items below {clause} state no modality, other nested items do",
    ),
    Text("补上情态词，或写成上级的说明", "state it, or make them a part of the sentence above"),
    Text("没有情态词，是要求还是说明就看不出", "they may be requirements or explain the one above"),
    'section 5.3\n  - shall "x"\n    - shall "y" attested\n  - shall "u"\n    - "v" attested',
)

_STRENGTH = {"may": 0, "should": 1, "shall": 2}
_WORDS = {word: Text(spell(word.upper(), "zh"), word) for word in _STRENGTH}


def compound_requirement(checked: Checked) -> Iterator[Diagnostic]:
    """Leaves whose condition joins several by *and*, in the clause or in a `let`; what is one thing is one fact."""
    for node in _leaves(checked):
        condition = node.declaration.condition
        number = _joined(checked, condition) if condition else 1
        if condition and number > 1:
            arguments = (("clause", node.printed), ("number", number))
            yield Diagnostic(COMPOUND_REQUIREMENT, condition.span, arguments)


def _joined(checked: Checked, condition: tree.Node) -> int:
    """How many conditions must hold together: a name says the same as what it stands for."""
    if isinstance(condition, tree.NameRef):
        let = checked.symbols.lets.get(checked.symbols.values.find(condition.text) or "")
        return _joined(checked, let.value) if let else 1
    if isinstance(condition, tree.Logic) and condition.op == "and":
        return sum(_joined(checked, operand) for operand in condition.operands)
    return 1


def repeated_requirement(checked: Checked) -> Iterator[Diagnostic]:
    """Leaves with equal conditions, that apply alike."""
    seen: list[ClauseNode] = []
    for node in _leaves(checked):
        declared = node.declaration
        if declared.condition is None or isinstance(declared.condition, tree.Attested):
            continue
        same = (s for s in seen if s.declaration.condition == declared.condition)
        first = next((s for s in same if s.declaration.applies == declared.applies), None)
        if first is not None:
            label = Label(first.declaration.span, Text("另一个条款", "the other clause"))
            arguments = (("clause", first.printed), ("other", node.printed))
            yield Diagnostic(REPEATED_REQUIREMENT, declared.span, arguments, (label,))
        seen.append(node)


def list_of_one(checked: Checked) -> Iterator[Diagnostic]:
    """Lists with a mark for their only item; a section that is one clause has no list."""
    clauses = checked.symbols.clauses
    for group, tops in clauses.tops.items():
        yield from _only(tops, group)
    for node in clauses.by_id.values():
        yield from _only(node.children, node.printed)


def _only(beside: list[ClauseNode], place: str) -> Iterator[Diagnostic]:
    if len(beside) == 1 and beside[0].declaration.is_item:
        arguments = (("place", place), ("clause", beside[0].printed))
        yield Diagnostic(LIST_OF_ONE, beside[0].declaration.span, arguments)


def weaker_below(checked: Checked) -> Iterator[Diagnostic]:
    """Clauses that state a weaker modality than the clause above them."""
    for node in checked.symbols.clauses.by_id.values():
        stated, above = node.declaration.modality, node.parent
        if stated and above and above.modality and _STRENGTH[stated] < _STRENGTH[above.modality]:
            label = Label(above.declaration.span, Text("上级", "the item above"))
            words = (("weaker", _WORDS[stated]), ("stronger", _WORDS[above.modality]))
            arguments = (("clause", node.printed), ("above", above.printed), *words)
            yield Diagnostic(WEAKER_BELOW, node.declaration.span, arguments, (label,))


def modality_unstated(checked: Checked) -> Iterator[Diagnostic]:
    """Clauses that state a modality, above others that state none; where nested clauses elsewhere state theirs."""
    above = [n for n in checked.symbols.clauses.by_id.values() if n.children and n.declaration.modality]
    if not any(child.declaration.modality for node in above for child in node.children):
        return
    for node in above:
        unstated = [child for child in node.children if not child.declaration.modality]
        if unstated:
            arguments = (("clause", node.printed), ("number", len(unstated)))
            yield Diagnostic(MODALITY_UNSTATED, unstated[0].declaration.span, arguments)


def level_adds_nothing(checked: Checked) -> Iterator[Diagnostic]:
    """Rows of the membership table with two equal cells side by side, as they are printed."""
    table = checked.symbols.membership
    chosen = {r.id: r.default for r in checked.patches.readings}
    for row in table.rows if table else ():
        group = checked.symbols.groups.find(row.group.text)
        levels = checked.sets.levels
        for i, (lower, higher) in enumerate(pairwise(levels)):
            if group is None or i + 1 >= len(row.cells):
                continue
            before, after = (set(checked.sets.members(group, level, chosen)) for level in (lower, higher))
            if before and before == after:
                arguments = (("section", row.group.text), ("lower", lower), ("higher", higher))
                yield Diagnostic(LEVEL_ADDS_NOTHING, row.cells[i + 1].span, arguments)


def _leaves(checked: Checked) -> Iterator[ClauseNode]:
    return (node for node in checked.symbols.clauses.by_id.values() if not node.children)
