"""Expression, reference or citation -> canonical text; brackets only where precedence needs them."""

from __future__ import annotations

from typing import assert_never

from guiju.dsl import tree
from guiju.dsl.diagnostic import Language
from guiju.dsl.keywords import spell
from guiju.dsl.naming import Naming

# how tightly an expression binds; a looser one inside a tighter one needs brackets
_OR, _AND, _NOT, _TEST, _SUM, _PRODUCT, _UNARY, _ATOM = range(1, 9)


class ExpressionWriter:
    """Writes what stands inside a line, in one language."""

    def __init__(self, language: Language, naming: Naming) -> None:
        self.language, self.naming = language, naming

    def word(self, terminal: str) -> str:
        """A keyword."""
        return spell(terminal, self.language)

    def clause_word(self, *, one: bool) -> str:
        """`clause` or `clauses`."""
        return "clause" if one and self.language == "en" else self.word("CLAUSES")

    def level(self, text: str) -> str:
        """A reference to a level."""
        return self.naming.levels.get(text, text)

    def kind(self, text: str) -> str:
        """A reference to a kind of group."""
        return self.naming.kinds.get(text, text)

    def group(self, text: str) -> str:
        """A reference to a group."""
        return self.naming.groups.get(text, text)

    def value(self, text: str) -> str:
        """A reference to an input, a fact, a let or a score; `score` and `weight` are keywords."""
        if text in ("score", "weight"):
            return self.word(text.upper())
        return self.naming.values.get(text, text)

    def unit(self, text: str) -> str:
        """A unit behind a number or as a type."""
        return self.naming.units.get(text, text)

    def at(self, level: str) -> str:
        """`at L1`, `在 L1 级`."""
        return f"{self.word('AT')} {self.named_level(level)}"

    def named_level(self, level: str) -> str:
        """`L1`, `L1 级`, `二级`."""
        name, word = self.level(level), self.word("LEVEL")
        return f"{name} {word}" if self.language == "zh" and not name.endswith(word) else name

    # --- expressions ---------------------------------------------------------------------------------------------

    def expression(self, node: tree.Expr, least: int = _OR) -> str:
        """The text of an expression, in brackets where it binds less tightly than `least`."""
        text, binding = self._expression(node)
        return text if binding >= least else f"({text})"

    def _expression(self, node: tree.Expr) -> tuple[str, int]:
        match node:
            case tree.Number():
                return self.number(node), _ATOM
            case tree.NameRef():
                return self.value(node.text), _ATOM
            case tree.TruthLit():
                return self.word("YES" if node.value else "NO"), _ATOM
            case tree.AtLevel():
                return f"{self.value(node.name)} {self.at(node.level)}", _ATOM
            case tree.Arithmetic():
                return self._arithmetic(node)
            case tree.Negate():
                return f"-{self.expression(node.operand, _UNARY)}", _UNARY
            case tree.Logic():
                inner = _AND if node.op == "or" else _NOT
                joint = f" {self.word(node.op.upper())} "
                return joint.join(self.expression(o, inner) for o in node.operands), inner - 1
            case tree.Not():
                return f"{self.word('NOT')} {self.expression(node.operand, _NOT)}", _NOT
            case tree.Measure():
                return f"{self.word(node.measure.upper())} {self._verdict(node.clauses, node.verdict)}", _ATOM
            case tree.Aggregate():
                over = f"{self.word('OVER')} {self.word('EACH')} {self.kind(node.kind)}"
                return f"{self.word(node.op.upper())} {self.expression(node.body, _SUM)} {over}", _ATOM
            case tree.Compare() | tree.Contains() | tree.Quantified() | tree.ClauseIs() | tree.EveryScores():
                return self._test(node), _TEST
            case _:
                assert_never(node)

    def _arithmetic(self, node: tree.Arithmetic) -> tuple[str, int]:
        binding = _SUM if node.op in "+-" else _PRODUCT
        left, right = self.expression(node.left, binding), self.expression(node.right, binding + 1)
        return f"{left} {node.op} {right}", binding

    def _test(self, node: tree.Compare | tree.Contains | tree.Quantified | tree.ClauseIs | tree.EveryScores) -> str:
        match node:
            case tree.Compare():
                first, *others = self._operands(node.operands)
                return " ".join((first, *(f"{op} {o}" for op, o in zip(node.ops, others, strict=True))))
            case tree.Contains():
                element, collection = self._operands((node.element, node.collection))
                return f"{element} {self.word('IN')} {collection}"
            case tree.Quantified():
                one = node.number == 1 or node.quantifier == "any"
                number = "" if node.number is None else f"{node.number} "
                quantifier = self.word(node.quantifier.upper().replace("-", "_"))
                return f"{quantifier} {number}{self._verdict(node.clauses, node.verdict, one=one)}"
            case tree.ClauseIs():
                return f"{self.clause(node.clause)} {self.word(node.verdict.upper())}"
            case tree.EveryScores():
                return self._every(node)
            case _:
                assert_never(node)

    def _operands(self, operands: tuple[tree.Expr, ...]) -> list[str]:
        """Operands side by side; an option is named by the enumeration that it is compared with."""
        options = next(
            (self.naming.options[o.text] for o in operands if isinstance(o, tree.NameRef) and self._has_options(o)), {}
        )
        return [
            options[o.text]
            if isinstance(o, tree.NameRef) and o.text in options and not self._has_options(o)
            else self.expression(o, _SUM)
            for o in operands
        ]

    def _has_options(self, reference: tree.NameRef) -> bool:
        return reference.text in self.naming.options

    def _verdict(self, clauses: tree.ClauseSet, verdict: tree.VerdictWord, *, one: bool = False) -> str:
        return self.clauses(clauses, self.word(verdict.upper()), one=one)

    def clauses(self, clauses: tree.ClauseSet, verdict: str, *, one: bool = False) -> str:
        """A set of clauses and the word for their verdict: `new clauses of 6.1 satisfied`."""
        parts = [
            self.word("NEW") if clauses.new else "",
            self.word(clauses.modality.upper()) if clauses.modality else "",
            self.clause_word(one=one),
            f"{self.word('OF')} {self.items(clauses.of)}" if clauses.of else "",
            f"{self.word('EXCEPT')} {self.items(clauses.excepted)}" if clauses.excepted else "",
            self.at(clauses.level) if clauses.level else "",
            verdict,
        ]
        return " ".join(p for p in parts if p)

    def _every(self, node: tree.EveryScores) -> str:
        within = f" {self.word('WITHIN')} {self.kind(node.within)}" if node.within else ""
        head, scores = f"{self.word('EVERY')} {self.kind(node.kind)}{within}", self.word("SCORES")
        if self.language == "zh":
            return f"{head} " + ", ".join(f"{self.at(lv)} {scores} {self.number(n)}" for n, lv in node.values)
        return f"{head} {scores} " + ", ".join(f"{self.number(n)} {self.at(lv)}" for n, lv in node.values)

    def number(self, node: tree.Number) -> str:
        """`80%`, `50 PFLOPS`."""
        return node.digits + ("" if not node.unit else node.unit if node.unit == "%" else f" {self.unit(node.unit)}")

    # --- references and citations --------------------------------------------------------------------------------

    def items(self, items: tuple[tree.ClauseItem, ...]) -> str:
        """References of clauses, in one cell or after `of`."""
        return ", ".join(self._item(i) for i in items)

    def _item(self, item: tree.ClauseItem) -> str:
        match item:
            case tree.AllClauses():
                return self.word("ALL")
            case tree.ClauseRange():
                return self._range(item)
            case tree.ClauseRef():
                return self.clause(item)
            case _:
                assert_never(item)

    def _range(self, item: tree.ClauseRange) -> str:
        return f"{self.clause(item.first)}~{self.clause(item.last)}"

    def clause(self, clause: tree.ClauseRef) -> str:
        """`6.1.1.1 b) 1)`; a group with marks behind it is part of the id of a clause, which has no alias."""
        name = clause.section
        section = () if name is None else (name if clause.marks else self.group(name),)
        return " ".join((*section, *clause.printed_marks))

    def cites(self, citation: tree.Citation | None) -> str:
        """`cites "GB/T 1" 6.1 a), table 2`, or nothing."""
        if citation is None:
            return ""
        document = f'"{citation.document}"' if citation.document is not None else ""
        return " ".join(p for p in (self.word("CITES"), document, self.places(citation)) if p)

    def places(self, citation: tree.Citation) -> str:
        """`6.1 a), table 2`."""
        return ", ".join(self._place(p) for p in citation.places)

    def _place(self, place: tree.Place) -> str:
        match place.clause:
            case None:
                clause = ""
            case tree.ClauseRef():
                clause = self.clause(place.clause)
            case _:
                clause = self._range(place.clause)
        kind = self.word(place.kind.upper()) if place.kind else ""
        return " ".join(p for p in (clause, kind, place.number or "") if p)
