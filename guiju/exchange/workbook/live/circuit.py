"""Program -> for each of its nodes what it can come to, in formulas: the network goes once into the pad."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from guiju.compiler.ir import (
    ABSENT,
    UNKNOWN,
    Cases,
    Clause,
    Definition,
    Fact,
    Input,
    NumberType,
    OptionType,
    Program,
    SetType,
    Tally,
    TruthType,
    Undefined,
    Value,
    Verdict,
)
from guiju.compiler.operators import COMPARISONS
from guiju.engine.compiled.folding import Folded, folded
from guiju.engine.layout import layout
from guiju.engine.network import Item, Node
from guiju.exchange.workbook.live import logic
from guiju.exchange.workbook.live.arithmetic import Pen, combined, gathered, plain
from guiju.exchange.workbook.live.clauses import ALWAYS, VOICES, Bits, Settled, Statements, judged
from guiju.exchange.workbook.live.comparing import compared, member
from guiju.exchange.workbook.live.outdated import Register
from guiju.exchange.workbook.live.places import FactPlace, Places
from guiju.exchange.workbook.live.samples import Samples
from guiju.exchange.workbook.live.terms import NO, YES, Pad, every, lacking, quoted, some, where
from guiju.exchange.workbook.live.values import (
    EITHER,
    Anything,
    Held,
    Members,
    NotLiveError,
    Numbers,
    Options,
    Stated,
    Truth,
    constant,
)
from guiju.exchange.workbook.units import factor, units_of

TRUTHS = (("是", "yes", "true"), ("否", "no", "false"))
_LARGEST_STATED = "1E+50"
_SHARE = "%"
_EMPTY = "$D$1"  # of the calculation


@dataclass(frozen=True)
class NotLive:
    """A node that formulas cannot say anything of, and why."""

    address: str
    construct: str


class Circuit:
    """The formulas of a program over the cells of a workbook, under some readings."""

    def __init__(self, program: Program, readings: Mapping[str, str], places: Places) -> None:
        given = {slot.address for slot in layout(program)}
        self.pad = Pad()
        self.not_live: list[NotLive] = []
        self._folded: Folded = folded(program, readings, given, {})
        self._under = {
            i.id: {o.id: folded(program, readings, given - {f"input:{i.id}"}, {i.id: o.id}) for o in i.options}
            for i in program.inputs
        }
        self._places = places
        self._register = Register(self.pad, places.register, places.as_of)
        pen = Pen(self.pad, "statements")
        self._statements = Statements(pen, places.statements, self._register)
        self._samples = Samples(pen, places)
        self._held: dict[int, Held] = {}
        self._verdicts: dict[int, Bits] = {}
        self._settled: dict[int, Settled] = {}
        self._unread: dict[str, str] = {}  # of each fact the bit that it is stated in a way that no formula reads

    @property
    def network(self) -> Mapping[str, int]:
        """Where each address stands."""
        return self._folded.network.at

    @property
    def statements_unread(self) -> str:
        """The bit that a row of the further statements, or of the samples, cannot be read."""
        return Pen(self.pad, "statements").put("unread", some((self._statements.unread, self._samples.unread)))

    def at(self, address: str) -> Held:
        """What an address can come to."""
        return self.of(self._folded.at(self.network[address]))

    def verdicts(self, clause: str) -> Bits:
        """What a clause can come to."""
        return self._verdict(self._folded.network.node(f"clause:{clause}"))

    def left_out(self, definition: Definition) -> str:
        """The bit that a score or a grade is of a group that the weights leave out, its own or that of one above it."""
        if definition.group is None or definition.kind not in ("score", "grade"):
            return NO
        program = self._folded.program
        weights = (f"weight:{g}" for g in program.ancestors(definition.group))
        held = (self.at(weight) for weight in weights if weight in program.definition)
        outs = (every((w.absent, *map(lacking, (w.some, w.not_entered, w.undefined)))) for w in held
                if isinstance(w, Numbers))  # fmt: skip
        return Pen(self.pad, definition.group).put("takes no part", some(outs))

    def of(self, node: Node) -> Held:
        """What a node can come to; operands first, without recursion into long chains of definitions."""
        if node.index not in self._held:
            for inner in (*self._folded.live([node.index]), node):
                if inner.index not in self._held:
                    self._held[inner.index] = self._tried(inner)
        return self._held[node.index]

    def _tried(self, node: Node) -> Held:
        if node.index in self._folded.constant:
            return constant(self._folded.constant[node.index])
        try:
            return self._of(node, Pen(self.pad, node.address))
        except NotLiveError as error:
            self.not_live.append(NotLive(node.address, str(error)))
            return Anything(why=str(error))

    def _of(self, node: Node, pen: Pen) -> Held:
        match node.subject:
            case Clause() | Item():
                self._verdict(node)
                return EITHER
            case Fact():
                return self._fact(node, node.subject, pen)
            case Input():
                return _option(pen, self._places.inputs[node.subject.id], node.subject, NO)
            case Tally():
                return logic.tallied(pen, node.subject, [self._verdict(o) for o in self._folded.operands(node)])
        symbol = node.form.symbol if node.form else ""
        if symbol in ("sum", "mean", "min", "max") and (chosen := self._weighting(node)) is not None:
            return self._by_option(pen, node, chosen)
        operands = [self.of(o) for o in self._folded.operands(node)]
        if isinstance(node.subject, Cases):
            return _cases(pen, node.subject, operands)
        return _operation(pen, symbol, operands)

    # --- weights that an input chooses -------------------------------------------------------------------------------

    def _weighting(self, node: Node) -> Input | None:
        """The input that settles weights among what a node gathers."""
        parts = self._folded.operands(node)
        within = [o for part in (node, *parts) for o in self._folded.operands(part)]
        for i in self._folded.program.inputs:
            if any(self._is_settled(o, under) for under in self._under[i.id].values() for o in within):
                return i
        return None

    def _is_settled(self, node: Node, under: Folded) -> bool:
        """Whether an option settles a node that is open without it."""
        return node.index in under.constant and node.index not in self._folded.constant

    def _by_option(self, pen: Pen, node: Node, chosen: Input) -> Held:
        """What a node comes to under each option that an input may have: weights of two never stand side by side."""
        held = self.of(self._folded.network.node(f"input:{chosen.id}"))
        assert isinstance(held, Options)
        each = ((held.may[o], self._given(Pen(self.pad, f"{pen.address} ({o})"), node, under))
                for o, under in self._under[chosen.id].items())  # fmt: skip
        return logic.together(pen, list(each), NO)

    def _given(self, pen: Pen, node: Node, under: Folded) -> Held:
        """What a node comes to where an option settles weights in it; what else the option settles may stay open."""
        if node.index in under.constant:
            return constant(under.constant[node.index])
        symbol, operands = node.form.symbol if node.form else "", under.operands(node)
        if symbol in ("sum", "mean", "min", "max", "*") and not self._is_alike(node, under):
            return _operation(pen, symbol, [self._given(pen, o, under) for o in operands])
        return self.of(self._folded.at(node.index))

    def _is_alike(self, node: Node, under: Folded) -> bool:
        """Whether an option settles nothing of what a node gathers or multiplies."""
        operands = under.operands(node)
        within = (*operands, *(o for part in operands for o in under.operands(part)))
        return not any(self._is_settled(o, under) for o in within)

    # --- facts -------------------------------------------------------------------------------------------------------

    def _fact(self, node: Node, fact: Fact, pen: Pen) -> Held:
        place = self._places.facts[fact.id]
        state = self._register.state(pen, place.evidence, fact.validity)
        sampled = self._samples.states(pen, place)
        counts = pen.put("counts", every((where(f"{state}=0"), lacking(sampled))))
        self._unread[fact.id] = pen.put("unread", some((where(f"{state}=0.5"), sampled)))
        formula = self._formula(node)
        match fact.type:
            case NumberType():
                computed = NO if formula is None else self._known(self._folded.at(node.operands[0]))
                stated = self._number(pen, fact.type, place, counts)
                self._note_unread(pen, fact, place.value, (stated.known,), state)
                return replace(stated, by_formula=formula, computed=computed)
            case _ if formula is not None:
                raise NotLiveError("formula")
            case TruthType():
                yes, no = (
                    pen.put(w[1], where(f"OR({place.value}={quoted(w[0])},{place.value}={quoted(w[1])})"))
                    for w in TRUTHS
                )
                yes, no = (pen.put("said", every((bit, counts))) for bit in (yes, no))
                self._note_unread(pen, fact, place.value, (yes, no), state)
                return Truth(true=pen.put("may be true", lacking(no)), false=pen.put("may be false", lacking(yes)))
            case OptionType():
                option = _option(pen, place.value, fact, lacking(counts))
                self._note_unread(pen, fact, place.value, (lacking(every(option.may.values())),), state)
                return option
            case SetType():
                return _members(pen, place, counts)
        raise NotLiveError("fact")

    def _note_unread(self, pen: Pen, fact: Fact, cell: str, read: tuple[str, ...], state: str) -> None:
        """A fact may be stated so that it is read from the file and by no formula: by a number as text, by an alias."""
        unread = f'IF(AND({cell}<>"",{some(read)}=0,{state}<1),1,0)'
        self._unread[fact.id] = pen.put(
            "unread", some((unread, self._samples.states(pen, self._places.facts[fact.id])))
        )

    def _unread_below(self, node: Node) -> str:
        """Whether a value below a clause stands on a fact that no formula reads."""
        if node.index in self._folded.constant or isinstance(node.subject, Input):
            return NO
        below = some(self._unread_below(o) for o in self._folded.operands(node))
        if not isinstance(node.subject, Fact):
            return below
        self.of(node)
        return some((self._unread.get(node.subject.id, NO), below))

    def _formula(self, node: Node) -> Numbers | None:
        if not node.operands:
            return None
        below = self._folded.at(node.operands[0])
        if self._folded.constant.get(below.index) is UNKNOWN:
            return None
        return plain(Pen(self.pad, node.address), self.of(below))

    def _number(self, pen: Pen, type_: NumberType, place: FactPlace, counts: str) -> Stated:
        cell = place.value
        unit, factors = self._unit(pen, type_, place)
        sound = [f"ISNUMBER({cell})", f"{unit}>0", f"ABS(N({cell}))<{_LARGEST_STATED}"]
        sound += [f"INT(N({cell}))=N({cell})"] if type_.integer else []
        sound += [f"N({cell})>=0"] if type_.is_never_negative else []
        known = pen.put("stated", f"IF(AND({','.join(sound)}),{counts},0)")
        never = type_.is_never_negative
        stated = Stated(cell=cell, known=known, unit=unit, factors=factors, is_never_negative=never)
        return replace(stated, is_whole=type_.integer)

    @staticmethod
    def _unit(pen: Pen, type_: NumberType, place: FactPlace) -> tuple[str, tuple[Fraction, ...]]:
        """Which of its units a number has, from 1, or 0; and their factors.

        The cell itself may have one: a percentage is a number of hundredths, a day is no number at all.
        """
        units = units_of(type_)
        factors = tuple(factor(names[0]) for names in units)
        unit = as_share = YES
        if place.unit:
            unit = as_share = NO
            for n, names in reversed(list(enumerate(units, 1))):
                listed = ",".join(f"EXACT({place.unit},{quoted(name)})" for name in names)
                unit = f"IF(OR({listed}),{n},{unit})"
        if any(_SHARE in names for names in units):
            factors = (*factors, Fraction(1))
            as_share = f"IF(EXACT({place.unit},{quoted(_SHARE)}),{len(factors)},0)"
        shown, plain = pen.put("shown as", _shown(place.value)), pen.put("shown as nothing else", _shown(_EMPTY))
        is_day = f'OR({shown}="D",AND({shown}="G",{plain}<>"G"))'
        return pen.put("unit", f'IF({shown}="P",{as_share},IF({is_day},0,{unit}))'), factors

    # --- clauses -----------------------------------------------------------------------------------------------------

    def _verdict(self, node: Node) -> Bits:
        if node.index not in self._verdicts:
            value = self._folded.constant.get(node.index)
            pen = Pen(self.pad, node.address)
            if isinstance(node.subject, Item):
                found = logic.item_of(pen, [self._verdict(o) for o in self._folded.operands(node)])
            elif value is not None and value is not UNKNOWN:
                found = Bits(
                    satisfied=YES if value is Verdict.SATISFIED else NO,
                    unsatisfied=YES if value is Verdict.UNSATISFIED else NO,
                    aside=YES if value is Verdict.NOT_APPLICABLE else NO,
                )
            else:
                found = self._clause(node, pen)
            self._verdicts[node.index] = found
        return self._verdicts[node.index]

    def _clause(self, node: Node, pen: Pen) -> Bits:
        clause = node.subject
        assert isinstance(clause, Clause)
        try:
            applies = self.settled(node.operands[0]) if clause.applies is not None else ALWAYS
            condition = self.settled(node.operands[-1]) if clause.condition is not None else Settled()
        except NotLiveError as error:
            self.not_live.append(NotLive(node.address, str(error)))
            aside = YES if clause.applies is not None else NO
            return Bits(satisfied=YES, unsatisfied=YES, aside=aside, left_open=YES)
        place = self._places.clauses[clause.id]

        voices = [self._statements.of(pen, place, voice, clause) for voice in VOICES]
        unread = some((self.statements_unread, self._samples.decide(pen, place)))
        return judged(pen, clause, voices, (applies, condition), unread)

    def settled(self, index: int) -> Settled:
        """A truth value below a clause as far as it is settled, which is when facts decide the clause."""
        node = self._folded.at(index)
        if node.index not in self._settled:
            self._settled[node.index] = self._settle(node)
        return self._settled[node.index]

    def _settle(self, node: Node) -> Settled:
        value = self._folded.constant.get(node.index)
        if node.index in self._folded.constant:
            return _settled_constant(value)
        pen, symbol = Pen(self.pad, f"{node.address} (settled)"), node.form.symbol if node.form else ""
        operands = self._folded.operands(node)
        if symbol in ("and", "or"):
            return _settled_by(pen, symbol, [self.settled(o.index) for o in operands])
        if symbol == "not":
            inner = self.settled(operands[0].index)
            return replace(inner, true=inner.false, false=inner.true)
        if symbol in COMPARISONS or symbol == "in":
            known, unread = every(self._known(o) for o in operands), some(self._unread_below(o) for o in operands)
        elif isinstance(node.subject, Fact):
            known, unread = self._known(node), self._unread_below(node)
        else:
            raise NotLiveError(symbol or type(node.subject).__name__.lower())
        return _seen(pen, logic.truth(self.of(node)), known, unread)

    def _known(self, node: Node) -> str:
        """Whether a value below a clause is settled."""
        if node.index in self._folded.constant:
            return NO if self._folded.constant[node.index] is UNKNOWN else YES
        symbol = node.form.symbol if node.form else ""
        if symbol in ("+", "-", "*", "/", "sum", "mean", "min", "max"):
            if any(self._folded.constant.get(o.index) is ABSENT for o in self._folded.operands(node)):
                raise NotLiveError(symbol)
            return every(self._known(o) for o in self._folded.operands(node))
        if isinstance(node.subject, Input):
            held = self.of(node)
            assert isinstance(held, Options)
            return lacking(every(held.may.values())) if len(held.may) > 1 else YES
        if not isinstance(node.subject, Fact):
            raise NotLiveError(symbol or type(node.subject).__name__.lower())
        held = self.of(node)
        match held:
            case Stated():
                return some((held.known, held.computed))
            case Truth():
                return lacking(every((held.true, held.false)))
            case Members():
                return held.known
            case Options():
                return lacking(every(held.may.values())) if len(held.may) > 1 else YES
        raise NotLiveError(getattr(held, "why", ""))


def _shown(cell: str) -> str:
    """The letter of a cell's format: P of a percentage, D of a day, G of none; in LibreOffice G is that of odd ones."""
    return f'IFERROR(LEFT(CELL("format",{cell}),1),"")'


def _settled_constant(value: Value | None) -> Settled:
    if isinstance(value, Undefined):
        return Settled(undefined=YES)
    return Settled(true=YES) if value is True else Settled(false=YES) if value is False else Settled()


def _seen(pen: Pen, value: Truth, known: str, unread: str) -> Settled:
    """What a value is once it is settled; that rounding leaves several, or what is stated is not read, is told."""
    bits = (value.true, value.false, value.undefined)
    alone = [every((known, b, *(lacking(o) for o in bits if o is not b))) for b in bits]
    true, false, undefined = (pen.put(w, b) for w, b in zip(("true", "false", "undefined"), alone, strict=True))
    none = every((known, *(lacking(bit) for bit in (true, false, undefined))))
    return Settled(true, false, undefined, pen.put("blurred", some((none, unread))))


def _settled_by(pen: Pen, symbol: str, parts: list[Settled]) -> Settled:
    decisive = [p.false if symbol == "and" else p.true for p in parts]
    other = [p.true if symbol == "and" else p.false for p in parts]
    decides = pen.put("decisive", some(decisive))
    blurred = pen.put("blurred", every((lacking(decides), some(p.blurred for p in parts))))
    all_other = pen.put("all others", every(other))
    defined = every(some((o, p.undefined)) for o, p in zip(other, parts, strict=True))
    undefined = pen.put("undefined", every((defined, some(p.undefined for p in parts))))
    if symbol == "and":
        return Settled(all_other, decides, undefined, blurred)
    return Settled(decides, all_other, undefined, blurred)


def _option(pen: Pen, cell: str, declared: Input | Fact, not_counted: str) -> Options:
    """Each option is possible where the cell names it, and all are where it names none."""
    names = {o.id: dict.fromkeys((o.id, *o.aliases)) for o in declared.options}
    named = {
        o: pen.put(o, where(f"OR({','.join(f'{cell}={quoted(n)}' for n in called)})")) for o, called in names.items()
    }
    none = some((where(f"{'+'.join(named.values())}<>1"), not_counted))
    none = pen.put("open", none)
    return Options(may={o: pen.put(f"may be {o}", some((bit, none))) for o, bit in named.items()})


def _members(pen: Pen, place: FactPlace, counts: str) -> Members:
    """A set is known where every option of it is answered."""
    yes, no = ({o: pen.put(f"{o}: {w[1]}", where(f"OR({cell}={quoted(w[0])},{cell}={quoted(w[1])})"))
                for o, cell in place.options.items()} for w in TRUTHS)  # fmt: skip
    known = pen.put("known", every((*(some((yes[o], no[o])) for o in yes), counts)))
    return Members(
        known=known,
        inside={o: pen.put(f"{o} may be in", some((yes[o], lacking(known)))) for o in yes},
        outside={o: pen.put(f"{o} may be out", some((no[o], lacking(known)))) for o in yes},
    )


def _cases(pen: Pen, cases: Cases, operands: list[Held]) -> Held:
    if cases.undecided is not None:
        gate, behind, otherwise, undecided = operands
        return logic.behind_a_gate(pen, gate, behind, otherwise, undecided)
    rows = list(zip(operands[:-1:2], operands[1::2], strict=True))
    form = logic.only_one_that_holds if cases.exclusive else logic.first_that_holds
    return form(pen, rows, operands[-1])


def _operation(pen: Pen, symbol: str, operands: list[Held]) -> Held:
    if symbol in ("and", "or"):
        return logic.connected(pen, symbol, operands)
    if symbol == "not":
        return logic.negated(operands[0])
    if symbol == "present":
        return logic.present(pen, operands[0])
    if symbol in COMPARISONS:
        return compared(pen, symbol, operands[0], operands[1])
    if symbol == "in":
        return member(pen, operands[0], operands[1])
    if symbol in ("+", "-", "*", "/"):
        return combined(pen, symbol, operands[0], operands[1])
    if symbol in ("sum", "mean", "min", "max"):
        return gathered(pen, symbol, operands)
    if symbol == "reference":
        return operands[0]
    raise NotLiveError(symbol)
