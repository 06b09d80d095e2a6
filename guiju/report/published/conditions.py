"""Conditions and formulas in words: labels for names, words for signs, in one language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from guiju.compiler.ir import TRUTH, Fact, Input, Program
from guiju.compiler.unit_signs import printed
from guiju.dsl import tree
from guiju.dsl.diagnostic import Language, Text
from guiju.dsl.expressions import ExpressionWriter
from guiju.dsl.naming import Naming

_AND, _OR = Text("，且", ", and "), Text("，或", ", or ")
_SIGNS = {"<=": "≤", ">=": "≥", "!=": "≠", "<": "<", ">": ">", "=": "="}
_COMPARED = {
    ">=": Text("不小于", "is at least"),
    "<=": Text("不大于", "is at most"),
    ">": Text("大于", "is more than"),
    "<": Text("小于", "is less than"),
    "=": Text("为", "is"),
    "!=": Text("不为", "is not"),
}
_QUOTED = Text("“{name}”", '"{name}"')
_NOT_SO = Text("并非{said}", "{said} is not so")
_HAS = Text("{collection}包括{element}", "{collection} includes {element}")
_HAS_NOT = Text("{collection}不包括{element}", "{collection} does not include {element}")
_HAS_ALL = Text("{collection}包括{others}和{last}", "{collection} includes {others} and {last}")
_HAS_ANY = Text("{collection}包括{others}、{last}中的一项", "{collection} includes any of {others}, {last}")
_COMMA = Text("、", ", ")
_BRACKETED = Text("（{said}）", "({said})")
_QUANTIFIED = {
    "all": Text("{clauses}全部{verdict}", "all {clauses} {verdict}"),
    "any": Text("{clauses}中至少一项{verdict}", "any of the {clauses} {verdict}"),
    "none": Text("{clauses}中没有一项{verdict}", "none of the {clauses} {verdict}"),
    "exactly": Text("{clauses}中恰有 {number} 项{verdict}", "exactly {number} of the {clauses} {verdict}"),
    "at-least": Text("{clauses}中至少 {number} 项{verdict}", "at least {number} of the {clauses} {verdict}"),
    "at-most": Text("{clauses}中至多 {number} 项{verdict}", "at most {number} of the {clauses} {verdict}"),
    "more-than-half": Text("{clauses}过半{verdict}", "more than half of the {clauses} {verdict}"),
}
_MEASURED = {
    "count": Text("{clauses}中{verdict}的项数", "the number of {clauses} {verdict}"),
    "share": Text("{clauses}中{verdict}的占比", "the share of {clauses} {verdict}"),
}
_GATHERED = {
    "sum": Text("各{kind}的{body}之和", "the sum of {body} over each {kind}"),
    "mean": Text("各{kind}的{body}的平均值", "the mean of {body} over each {kind}"),
    "min": Text("各{kind}的{body}的最小值", "the least {body} of each {kind}"),
    "max": Text("各{kind}的{body}的最大值", "the greatest {body} of each {kind}"),
}
_NEW = Text("本级新增的", "new ")
_OF = Text("{places} 的", " of {places}")
_EXCEPT = Text("（除去 {places}）", " except {places}")
_AT = Text("{level}的", " at {level}")
_COUNTS = ("count", "个", "个数")
_CHINESE = "\u3400-\u9fff“”，、（）"


#: spellings that are words of one language and no signs: all that are Chinese, and these
_ENGLISH_WORDS = frozenset(
    (
        *("count", "persons", "person", "items", "times", "tokens", "token", "yuan", "week", "weeks"),
        *("second", "seconds", "minute", "minutes", "hour", "hours", "day", "days"),
    )
)


@dataclass(frozen=True)
class Called:
    """What the values of a policy are called in one language, by any of their names."""

    labels: Mapping[str, str]
    options: Mapping[str, Mapping[str, str]]  # of each input and fact that has any
    truths: frozenset[str]  # the names of what is yes or no


def called(program: Program, language: Language) -> Called:
    """What a program calls its inputs, its facts and its lets."""
    values: tuple[Input | Fact, ...] = (*program.inputs, *program.facts)
    lets = (d for d in program.definitions if d.kind == "let")
    labels = {name: v.label.in_language(language) for v in values for name in (v.id, *v.aliases)}
    named = {d.id: d.label.in_language(language) for d in lets if d.label.in_language(language) != d.id}
    options = {
        name: {n: o.label.in_language(language) for o in v.options for n in (o.id, *o.aliases)}
        for v in values
        for name in (v.id, *v.aliases)
        if v.options
    }
    truths = frozenset(name for v in values if v.type == TRUTH for name in (v.id, *v.aliases))
    return Called({**named, **labels}, options, truths)


def _collection(node: tree.Expr) -> str | None:
    """The set that an expression looks into for an option."""
    if isinstance(node, tree.Contains) and isinstance(node.collection, tree.NameRef):
        return node.collection.text
    return None


class InWords(ExpressionWriter):
    """Writes expressions for people who read no code."""

    def __init__(self, language: Language, naming: Naming, known: Called) -> None:
        super().__init__(language, naming)
        self._known = known

    def said(self, node: tree.Expr) -> str:
        """An expression in words."""
        text = self.expression(node)
        return re.sub(rf"(?<=[{_CHINESE}]) (?=[{_CHINESE}])", "", text) if self.language == "zh" else text

    def number(self, node: tree.Number) -> str:
        """A number that no line break parts, neither its digits nor its unit."""
        is_count = node.unit in _COUNTS and self.language == "en"  # which has no word for 个
        said = node.digits if is_count else super().number(node)
        return said.replace(" ", "\N{NO-BREAK SPACE}")

    def unit(self, text: str) -> str:
        """A unit; its sign stays a sign in any language, with the characters that standards print."""
        is_word = text > "\u3400" or text.partition("/")[0] in _ENGLISH_WORDS
        return printed(super().unit(text) if is_word else text)

    def value(self, text: str) -> str:
        """A value by its label, in quotation marks, for labels have commas in them; a score by its name."""
        label = self._known.labels.get(text)
        return super().value(text) if label is None else self._in(_QUOTED, name=label)

    def _in(self, text: Text, **arguments: object) -> str:
        return text.in_language(self.language).format(**arguments)

    def _expression(self, node: tree.Expr) -> tuple[str, int]:
        match node:
            case tree.Logic():
                _, binding = super()._expression(node)
                joint = (_AND if node.op == "and" else _OR).in_language(self.language)
                return joint.join(self._joined(node)), binding
            case tree.Not():
                _, binding = super()._expression(node)
                return self._negated(node.operand, binding), binding
            case tree.Measure():
                _, binding = super()._expression(node)
                return self._of_clauses(_MEASURED[node.measure], node.clauses, node.verdict), binding
            case tree.Aggregate():
                _, binding = super()._expression(node)
                body = self.expression(node.body)
                kept = f"（{body}）" if self.language == "zh" and isinstance(node.body, tree.Arithmetic) else body
                return self._in(_GATHERED[node.op], kind=self.kind(node.kind), body=kept), binding
            case tree.Arithmetic():
                text, binding = super()._expression(node)
                return text.replace(" * ", " × "), binding
        return super()._expression(node)

    def _joined(self, node: tree.Logic) -> Iterator[str]:
        """What a conjunction joins: several options of one set at once, and another conjunction in brackets."""
        for collection, run in groupby(node.operands, _collection):
            operands = tuple(run)
            if collection is not None and len(operands) > 1:
                quoted = [self._option(o.element, o.collection) for o in operands if isinstance(o, tree.Contains)]
                form = _HAS_ALL if node.op == "and" else _HAS_ANY
                *others, last = quoted
                listed = _COMMA.in_language(self.language).join(others)
                yield self._in(form, collection=self.value(collection), others=listed, last=last)
                continue
            for operand in operands:
                said = self.expression(operand)
                yield self._in(_BRACKETED, said=said) if isinstance(operand, tree.Logic) else said

    def _negated(self, node: tree.Expr, binding: int) -> str:
        if isinstance(node, tree.Contains):
            element = self._option(node.element, node.collection)
            return self._in(_HAS_NOT, element=element, collection=self.expression(node.collection))
        return self._in(_NOT_SO, said=self.expression(node, binding))

    def _test(self, node: tree.Compare | tree.Contains | tree.Quantified | tree.ClauseIs | tree.EveryScores) -> str:
        match node:
            case tree.Compare() if len(node.ops) == 1:
                return self._compared(node)
            case tree.Compare():
                first, *others = self._operands(node.operands)
                return " ".join((first, *(f"{_SIGNS[op]} {o}" for op, o in zip(node.ops, others, strict=True))))
            case tree.Contains():
                element = self._option(node.element, node.collection)
                return self._in(_HAS, element=element, collection=self.expression(node.collection))
            case tree.Quantified():
                return self._of_clauses(_QUANTIFIED[node.quantifier], node.clauses, node.verdict, node.number)
        return super()._test(node)

    def _compared(self, node: tree.Compare) -> str:
        left, right = node.operands
        if isinstance(left, tree.NameRef) and left.text in self._known.truths and isinstance(right, tree.TruthLit):
            is_so = right.value == (node.ops[0] == "=")
            return self.expression(left) if is_so else self._in(_NOT_SO, said=self.expression(left))
        sign = _COMPARED[node.ops[0]].in_language(self.language)
        first, second = self._option(left, right), self._option(right, left)
        return f"{first}{sign}{second}" if self.language == "zh" and second[0] == "“" else f"{first} {sign} {second}"

    def _option(self, node: tree.Expr, beside: tree.Expr) -> str:
        """An operand; an option of the enumeration beside it by its label."""
        if isinstance(node, tree.NameRef) and isinstance(beside, tree.NameRef):
            label = self._known.options.get(beside.text, {}).get(node.text)
            if label is not None and node.text not in self._known.options:
                return self._in(_QUOTED, name=label)
        return self.expression(node)

    def _of_clauses(
        self, form: Text, clauses: tree.ClauseSet, verdict: tree.VerdictWord, number: int | None = None
    ) -> str:
        said = "".join(self._clauses(clauses))
        return self._in(form, clauses=said, verdict=self.word(verdict.upper()), number=number)

    def _clauses(self, clauses: tree.ClauseSet) -> Iterator[str]:
        """A set of clauses, its parts in the order of the language."""
        new = self._in(_NEW) if clauses.new else ""
        of = self._in(_OF, places=self.items(clauses.of)) if clauses.of else ""
        at = self._in(_AT, level=self.named_level(clauses.level)) if clauses.level else ""
        without = self._in(_EXCEPT, places=self.items(clauses.excepted)) if clauses.excepted else ""
        modality = self.word(clauses.modality.upper()) if clauses.modality else ""
        kind = self.clause_word(one=False)
        if self.language == "zh":
            yield from (at, of, new, f"“{modality}”{kind}" if modality else kind, without)
        else:
            yield from (new, f"{modality} " if modality else "", kind, of, without, at)
