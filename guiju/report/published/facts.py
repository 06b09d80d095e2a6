"""What is chosen first and what evidence may state: each with its type or unit, and where the standard asks for it."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.dsl import tree
from guiju.dsl.diagnostic import Text
from guiju.dsl.keywords import UNIT_WORDS, localised
from guiju.exchange.policy_text import shared_facts
from guiju.report.document import Row, Section
from guiju.report.published.conditions import InWords
from guiju.report.published.speech import Speech

_INPUTS = Text("评价前选定的内容", "What is chosen first")
_FACTS = Text("证据可以陈述的事实", "Facts that evidence may state")
_NAME, _TYPE = Text("名称", "Name"), Text("类型", "Type")
_WHERE, _SAID = Text("依据", "Place"), Text("说明", "Explanation")
_EVIDENCE = Text("证据：", "Evidence: ")
_LETS, _MEANT = Text("算式的名字", "Names of expressions"), Text("所指", "What it stands for")
_COMPUTED = Text("算式：", "computed as ")
_YES_NO, _ONE_OF, _SET_OF = Text("是否", "yes or no"), Text("取其一：", "one of "), Text("可取几个：", "any of ")
_COMMA = Text("、", ", ")


def facts(speech: Speech) -> Iterator[Section]:
    """The inputs, the facts of the policy with those that it takes from vocabularies, and what lets stand for."""
    inputs, stated = tuple(speech.declared(tree.InputDecl)), tuple(speech.declared(tree.FactDecl))
    for id_, title, nodes in (("inputs", _INPUTS, inputs), ("facts", _FACTS, (*stated, *shared_facts(speech.program)))):
        if nodes:
            rows = (_value(speech, node) for node in nodes)
            yield Section(id_, speech.beside(title), (speech.table((_NAME, _TYPE, _WHERE, _SAID), rows),))
    if lets := tuple(speech.declared(tree.LetDecl)):
        table = speech.table((_NAME, _WHERE, _MEANT), (_let(speech, node) for node in lets))
        yield Section("lets", speech.beside(_LETS), (table,))


def _let(speech: Speech, node: tree.LetDecl) -> Row:
    name = speech.cell(Speech.label(node.label, node.name.text))
    return Row((name, speech.cell(speech.places(node.cites)), speech.cell(Speech.words(node.value))))


def _value(speech: Speech, node: tree.Node) -> Row:
    assert isinstance(node, tree.InputDecl | tree.FactDecl)
    formula = node.formula if isinstance(node, tree.FactDecl) else None
    said = [
        Text(head.zh + text.zh, head.en + text.en)
        for key, head in (("guidance", Text("", "")), ("evidence", _EVIDENCE))
        if (text := speech.property_of(node, key)) is not None
    ]
    computed = [] if formula is None else [lambda w: _COMPUTED.in_language(w.language) + w.said(formula)]
    return Row(
        (
            speech.cell(Speech.label(node.label, node.name.text)),
            speech.cell(lambda w: _type(node, w)),
            speech.cell(speech.places(node.cites)),
            speech.cell(*computed, *said),
        )
    )


def _type(node: tree.InputDecl | tree.FactDecl, writer: InWords) -> str:
    """A unit, yes or no, or the options by their labels."""
    language = writer.language
    match node.type:
        case tree.UnitType():
            pure = node.type.unit in dict(UNIT_WORDS)
            return localised(node.type.unit, UNIT_WORDS, language) if pure else writer.unit(node.type.unit)
        case tree.TruthType():
            return _YES_NO.in_language(language)
    labels = {o.name.text: Speech.label(o.label, o.name.text) for o in node.options}
    options = (labels.get(o.text, Text(o.text, o.text)).in_language(language) for o in node.type.options)
    head = (_SET_OF if node.type.many else _ONE_OF).in_language(language)
    return head + _COMMA.in_language(language).join(options)
