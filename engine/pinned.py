"""What a crosswalk pins of a clause: all that decides it, in one spelling, whatever language the policy is typed in.

Of the clause its own wording counts as well, for where people decide there is nothing else to go by. Of the facts and
inputs it stands on only what is compared counts; how they are worded helps those who answer, and is improved often.
Relations are judged under the default readings, so other options do not count.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from guiju.compiler.ir import (
    Cases,
    Choice,
    Clause,
    Expression,
    FactRef,
    InputRef,
    Literal,
    NumberType,
    Operation,
    OptionType,
    Program,
    Ref,
    SetType,
    Special,
    Tally,
    Type,
    Undefined,
    Value,
    Verdict,
)
from guiju.dsl.diagnostic import Text


def pinned(program: Program, clause: Clause) -> str:
    """One line for the clause, then one for each name it stands on, directly or by way of another."""
    lines = [
        _line(
            clause.id,
            says=_wording(clause.label),
            guidance=_wording(clause.guidance),
            modality=clause.modality or "",
            applies=_text(program, clause.applies),
            requires=_text(program, clause.condition),
        )
    ]
    open_, seen = [*_names(program, clause.applies), *_names(program, clause.condition)], set[str]()
    while open_:
        name = open_.pop(0)
        if name not in seen:
            seen.add(name)
            line, below = _definition(program, name)
            lines.append(line)
            open_ += below
    return "\n".join(lines)


def _line(name: str, **parts: str) -> str:
    return " | ".join((name, *(f"{key}: {part}" for key, part in parts.items() if part)))


def _wording(text: Text | None) -> str:
    """The wording in each language, however its words are spaced."""
    both = () if text is None else (" ".join(part.split()) for part in (text.zh, text.en))
    return " / ".join(dict.fromkeys(both))  # once, where there is one wording for both


def _definition(program: Program, name: str) -> tuple[str, Iterator[str]]:
    """The line of a fact, an input, a definition or a clause that is counted, and the names that it uses."""
    kind, _, id_ = name.partition(" ")
    if kind == "clause":
        counted = program.clause[id_]
        applies, requires = _text(program, counted.applies), _text(program, counted.condition)
        says = "" if requires else _wording(counted.label)
        below = chain(_names(program, counted.applies), _names(program, counted.condition))
        return _line(name, says=says, applies=applies, requires=requires), below
    match kind:
        case "fact":
            fact = program.fact[id_]
            formula, type_ = fact.formula, _type(fact.type)
            validity = "" if fact.validity is None else f"{fact.validity} s"
        case "input":
            formula, type_ = None, _type(next(i for i in program.inputs if i.id == id_).type)
            validity = ""
        case _:
            formula, type_, validity = program.definition[id_].expression, "", ""
    return _line(name, type=type_, validity=validity, formula=_text(program, formula)), _names(program, formula)


def _type(type_: Type) -> str:
    match type_:
        case NumberType():
            dimension = " ".join(f"{base}^{power}" for base, power in type_.dimension)
            return " ".join(filter(None, ("count" if type_.integer else "number", dimension, type_.unit)))
        case OptionType(options):
            return f"one of {' '.join(sorted(options))}"
        case SetType(options):
            return f"set of {' '.join(sorted(options))}"
    return "yes-no"


# --- expressions -------------------------------------------------------------------------------------------------


def _text(program: Program, expression: Expression | None) -> str:
    """An expression under the default readings, in prefix form."""
    if expression is None:
        return ""
    if name := _name(expression):
        return name
    match expression:
        case Literal(value=Undefined("attested")):
            return ""  # as if nothing stood there: another option of a reading has a condition
        case Literal():
            return _value(expression.value)
        case Tally():
            items = " ".join(",".join(item) for item in expression.items)
            return f"({expression.measure} {expression.verdict} {items})"
    parts = " ".join(_text(program, operand) for operand in _operands(program, expression))
    return parts if isinstance(expression, Choice) else f"({_head(expression)} {parts})"


def _name(expression: Expression) -> str:
    match expression:
        case FactRef():
            return f"fact {expression.fact}"
        case InputRef():
            return f"input {expression.input}"
        case Ref():
            return f"let {expression.name}"
    return ""


def _head(expression: Expression) -> str:
    match expression:
        case Operation():
            return expression.operator
        case Cases():
            return expression.form + (" exactly-one" if expression.exclusive else "")
    raise AssertionError(expression)


def _operands(program: Program, expression: Expression) -> Iterator[Expression]:
    match expression:
        case Operation():
            yield from expression.operands
        case Cases():
            yield from chain.from_iterable((row.condition, row.value) for row in expression.rows)
            yield expression.otherwise
            if expression.undecided is not None:
                yield expression.undecided
        case Choice():
            default = next(r.default for r in program.readings if r.id == expression.reading)
            yield dict(expression.options)[default]


def _names(program: Program, expression: Expression | None) -> Iterator[str]:
    """The names that an expression uses, in the order of the text."""
    if expression is None:
        return
    if name := _name(expression):
        yield name
    if isinstance(expression, Tally):
        yield from (f"clause {leaf}" for leaf in chain.from_iterable(expression.items))
    for operand in _operands(program, expression):
        yield from _names(program, operand)


def _value(value: Value) -> str:
    match value:
        case frozenset():
            return "{" + " ".join(sorted(value)) + "}"
        case Verdict(value=said) | Special(value=said):
            return str(said)
        case Undefined(reason):
            return f"undefined {reason}"
        case _:
            return str(value)
