"""What a crosswalk pins of clauses, as an editor reads it: in the words of the policy, one language throughout."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from guiju.compiler.ir import (
    Clause,
    Expression,
    Fact,
    Input,
    Literal,
    NumberType,
    OptionType,
    Program,
    TruthType,
    Undefined,
)
from guiju.compiler.units import format_quantity
from guiju.dsl.diagnostic import Language, Text
from guiju.dsl.keywords import WORDS, localised, spell, unit_in
from guiju.engine.addresses import node_name
from guiju.engine.pinned import by_default, names_below
from guiju.exchange.policy_text import PolicyText, policy_text


def pinned_lines(program: Program, clauses: Iterable[Clause], language: Language) -> Iterator[str]:
    """Each clause as the formatter prints it, under the default readings, and below it what it stands on."""
    shown = _Shown(program, policy_text(program, language), language)
    for clause in clauses:
        yield shown.clause(clause)
        if clause.guidance is not None:
            yield f"  {shown.key('guidance')} {_quoted(clause.guidance)}"
        yield from (f"  {shown.name(name)}" for name in names_below(program, clause))


def _quoted(text: Text) -> str:
    return " / ".join(f'"{wording}"' for wording in dict.fromkeys((text.zh, text.en)))


@dataclass(frozen=True)
class _Shown:
    """The parts of a policy as they are printed."""

    program: Program
    policy: PolicyText
    language: Language

    def key(self, word: str) -> str:
        """The key of a property."""
        return localised(word, WORDS, self.language)

    def clause(self, clause: Clause) -> str:
        """`6.1 a) shall "shifts" people >= 2 applies when staffed`."""
        modality = spell(clause.modality.upper(), self.language) if clause.modality else ""
        return " ".join(filter(None, (clause.printed, modality, _quoted(clause.label), self._decided_by(clause))))

    def _decided_by(self, clause: Clause) -> str:
        condition = self._expression(clause.condition) or spell("ATTESTED", self.language)
        applies = self._expression(clause.applies)
        return f"{condition} {spell('APPLIES', self.language)} {applies}" if applies else condition

    def _expression(self, expression: Expression | None) -> str:
        if expression is None:
            return ""
        match by_default(self.program, expression):
            case Literal(value=Undefined("attested")):
                return ""
            case Literal(value=bool(always)):  # where only another option of a reading has a condition
                return spell("YES" if always else "NO", self.language)
            case chosen:
                return self.policy.at(chosen.span)

    def name(self, name: str) -> str:
        """What a clause stands on: a fact, an input, a definition or a clause that it counts."""
        kind, _, id_ = name.partition(" ")
        match kind:
            case "clause":
                return self._counted(self.program.clause[id_])
            case "fact":
                return f"{spell('FACT', self.language)} {self._fact(self.program.fact[id_])}"
            case "input":
                asked = next(i for i in self.program.inputs if i.id == id_)
                return f"{spell('INPUT', self.language)} {self._typed(asked)}"
        definition = self.program.definition[id_]
        if definition.kind == "let":
            return self.policy.at(definition.span)
        return f"{node_name(self.program, definition, self.language)} = {self._expression(definition.expression)}"

    def _counted(self, clause: Clause) -> str:
        """A clause that is counted: its wording counts only where people decide it."""
        word = spell("CLAUSES", "zh") if self.language == "zh" else "clause"
        says = spell("REQUIRES", self.language) if self._expression(clause.condition) else _quoted(clause.label)
        return f"{word} {clause.printed} {says} {self._decided_by(clause)}"

    def _fact(self, fact: Fact) -> str:
        formula = self._expression(fact.formula)
        computed = f" = {formula}" if formula else ""
        return f"{self._typed(fact)}{computed}{self._validity(fact)}"

    def _validity(self, fact: Fact) -> str:
        if fact.validity is None:
            return ""
        return f" {self.key('validity')} {format_quantity(fact.validity, 'd', self.language)}"

    def _typed(self, value: Fact | Input) -> str:
        """`people : count`."""
        return f"{value.called(self.language)} : {self._type(value)}"

    def _type(self, value: Fact | Input) -> str:
        match value.type:
            case NumberType(unit=unit):
                return unit_in(unit, self.language)
            case TruthType():
                return spell("YES_NO", self.language)
        word = "ONE_OF" if isinstance(value.type, OptionType) else "SET_OF"
        return f"{spell(word, self.language)} {' | '.join(o.called(self.language) for o in value.options)}"
