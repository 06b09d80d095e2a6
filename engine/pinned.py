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
    first = _line(
        clause.id,
        says=_wording(clause.label),
        guidance=_wording(clause.guidance),
        modality=clause.modality or "",
        applies=_text(program, clause.applies),
        requires=_text(program, clause.condition),
    )
    return "\n".join((first, *(_definition(program, name) for name in names_below(program, clause))))


def names_below(program: Program, clause: Clause) -> tuple[str, ...]:
    """What a clause stands on, directly or by way of another, each once: `fact people`, `clause 5.1.b`."""
    open_ = [*_names(program, clause.applies), *_names(program, clause.condition)]
    seen: dict[str, None] = {}
    while open_:
        name = open_.pop(0)
        if name not in seen:
            seen[name] = None
            open_ += chain.from_iterable(_names(program, e) for e in _expressions(program, name))
    return tuple(seen)


def by_default(program: Program, expression: Expression) -> Expression:
    """What stands in a place under the default readings."""
    while isinstance(expression, Choice):
        default = next(r.default for r in program.readings if r.id == expression.reading)
        expression = dict(expression.options)[default]
    return expression


def _line(name: str, **parts: str) -> str:
    return " | ".join((name, *(f"{key}: {part}" for key, part in parts.items() if part)))


def _wording(text: Text | None) -> str:
    """The wording in each language, however its words are spaced."""
    both = () if text is None else (" ".join(part.split()) for part in (text.zh, text.en))
    return " / ".join(dict.fromkeys(both))  # once, where there is one wording for both


def _definition(program: Program, name: str) -> str:
    """The line of a fact, an input, a definition or a clause that is counted."""
    kind, _, id_ = name.partition(" ")
    texts = [_text(program, expression) for expression in _expressions(program, name)]
    match kind:
        case "clause":
            applies, requires = texts
            says = "" if requires else _wording(program.clause[id_].label)
            return _line(name, says=says, applies=applies, requires=requires)
        case "fact":
            fact = program.fact[id_]
            validity = "" if fact.validity is None else f"{fact.validity} s"
            return _line(name, type=_type(fact.type), validity=validity, formula=texts[0])
        case "input":
            return _line(name, type=_type(next(i for i in program.inputs if i.id == id_).type))
    return _line(name, formula=texts[0])


def _expressions(program: Program, name: str) -> tuple[Expression | None, ...]:
    """Those that decide what a name stands for."""
    kind, _, id_ = name.partition(" ")
    match kind:
        case "clause":
            counted = program.clause[id_]
            return counted.applies, counted.condition
        case "fact":
            return (program.fact[id_].formula,)
        case "input":
            return ()
    return (program.definition[id_].expression,)


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
    expression = by_default(program, expression)
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
    parts = " ".join(_text(program, operand) for operand in _operands(expression))
    return f"({_head(expression)} {parts})"


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


def _operands(expression: Expression) -> Iterator[Expression]:
    match expression:
        case Operation():
            yield from expression.operands
        case Cases():
            yield from chain.from_iterable((row.condition, row.value) for row in expression.rows)
            yield expression.otherwise
            if expression.undecided is not None:
                yield expression.undecided


def _names(program: Program, expression: Expression | None) -> Iterator[str]:
    """The names that an expression uses, in the order of the text."""
    if expression is None:
        return
    expression = by_default(program, expression)
    if name := _name(expression):
        yield name
    if isinstance(expression, Tally):
        yield from (f"clause {leaf}" for leaf in chain.from_iterable(expression.items))
    for operand in _operands(expression):
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
