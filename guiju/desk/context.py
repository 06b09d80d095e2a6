"""A place of a text -> which line of the language it is in, and what the grammar takes there."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from guiju.desk.desk import Desk
from guiju.dsl.keywords import RECORD_KEYS, STANDARD_KEYS, USE_KEYS, WORDS, by_terminal, canonical
from guiju.dsl.kinds import PROPERTIES
from guiju.dsl.layout import LONGEST
from guiju.dsl.lines import Word, terminals_after, words_of
from guiju.dsl.literate import is_markdown, woven
from guiju.dsl.normal import cells, normalise
from guiju.dsl.source import Source, Span

#: what is being typed stands in the last signs without a space: a name or a number up to the place; a whole unit
_RUN = re.compile(r"(?<![\w.+-])[\w.+-]*\Z")
_NUMBER = re.compile(r"(?<![\w.])[\w.]*\Z")
_NAME_BEGINS, _NUMBER_BEGINS = re.compile(r"[^\W\d]"), re.compile(r"\d")
_UNIT = re.compile(r"(?<=:)[^\s:\"]*\Z|(?<=\s)[^\s:\"]*\Z")
_TOP = (
    *("standard_line", "use_line", "input_line", "groups_line", "fact_line", "let_line", "levels_line"),
    *("membership_line", "item_line", "score_line", "weights_line", "grade_line", "crosswalk_line"),
    *("reading_line", "record_line", "example_line"),
)
#: what can stand below a line: rules of the grammar, and keys of properties
_BELOW: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "standard_line": ((), STANDARD_KEYS),
    "use_line": ((), USE_KEYS),
    "record_line": ((), RECORD_KEYS),
    "fact_line": ((), PROPERTIES),
    "input_line": ((), PROPERTIES),
    "levels_line": (("level_line",), ()),
    "group_line": (("clause_line",), ()),
    "clause_line": (("clause_line",), PROPERTIES),
    "score_line": (("block_line", "row_line"), ()),
    "block_line": (("row_line",), ()),
    "reading_line": (("reading_option_line",), ("why",)),
    "reading_option_line": (("patch",), ()),
    "example_line": (("given_line", "expect_line"), ()),
}
_CELLS = {
    "membership_line": ("name_cell", "clauses_cell"),
    "weights_line": ("name_cell", "weight_cell"),
    "grade_line": ("grade_key_cell", "expr_cell"),
    "crosswalk_line": ("clauses_cell", "relation_cell", "clauses_cell", "digest_cell"),
}


_OTHERWISE = by_terminal()["OTHERWISE"]
_HEADED = ("membership_line", "weights_line")  # tables whose first row names what stands below it


@dataclass(frozen=True)
class Slot:
    """A place where something can be typed.

    `typed` is the word in front of it that is not finished; `before` the words before that, taken by `rule`; `row` the
    key of a table row; `table` the line that a row stands below, `column` which of its cells it is, from 0, and
    `is_header` whether it is the first row; `openers` are names of the policy that can begin a line here, `keys` those
    of properties.
    """

    typed: str
    rule: str
    before: tuple[Word, ...]
    terminals: frozenset[str]
    keys: tuple[str, ...] = ()
    openers: tuple[str, ...] = ()
    row: str | None = None
    table: str = ""
    column: int = 0
    is_header: bool = False

    @property
    def last(self) -> str:
        """The terminal of the word before; nothing at the beginning."""
        return self.before[-1].terminal if self.before else ""

    @property
    def is_type(self) -> bool:
        """Whether the type of a value is typed; the colon of an option of a reading is another one."""
        return self.last == "COLON" and self.rule in ("fact_line", "input_line")

    @property
    def before_last(self) -> str:
        """The terminal before that."""
        return self.before[-2].terminal if len(self.before) > 1 else ""

    @property
    def reference(self) -> tuple[str, ...]:
        """The section and the letters of a clause reference that the words before end with."""
        marks: list[str] = []
        below = ""
        for word in reversed(self.before):
            if word.terminal == "BELOW":
                below = word.text
            elif word.terminal == "MARK":
                marks.insert(0, word.text.rstrip(")") + below)
                below = ""
            elif word.terminal in ("SECTION", "DECIMAL", "INT"):
                return (word.text, *marks)
            else:
                break
        return ()


def slot(desk: Desk, offset: int) -> Slot | None:
    """What can be typed at a place; None inside comments and quoted texts."""
    number = desk.source.position(offset).line
    begin = desk.source.offset(number)
    if not _is_policy(desk.source, offset) or offset - begin > LONGEST:  # a longer line is not read
        return None
    plain, comment, unclosed = normalise(desk.source.policy[begin:offset])
    if comment is not None or unclosed is not None:
        return None
    typed = typed_word(plain)
    above = _above(desk, number, len(plain) - len(plain.lstrip(" ")))
    if above in _CELLS:
        return _in_row(above, plain, typed, is_header=_is_first_below(desk, number, above))
    before = plain[: len(plain) - len(typed)].strip()
    if before:
        rule = next((r.start for r in desk.lines.get(number, ())), None) or _rule_of(before, above)
        if rule in ("fact_line", "input_line") and (unit := _UNIT.search(plain)):
            named = _slot(unit.group(), (rule,), plain[: unit.start()].strip())
            if named.is_type:
                return named
        return _slot(typed, (rule,), before) if rule else None
    rules, keys = _BELOW.get(above or "", ((), ())) if above else (_TOP, ())
    return _slot(typed, rules, "", keys=keys, openers=_openers(desk, number, above))


def typed_word(plain: str) -> str:
    """The name or the number that a line ends with, as far as it was typed."""
    run = _RUN.search(plain)
    signs = run.group() if run else ""
    number = _NUMBER.search(signs)
    begins = (
        _NAME_BEGINS.search(signs),
        _NUMBER_BEGINS.search(signs, number.start()) if number else None,
    )
    return signs[min((found.start() for found in begins if found), default=len(signs)) :]


def _is_policy(source: Source, offset: int) -> bool:
    """Whether a place is in a policy, and not in the prose around it."""
    fences = woven(source.text).fences if is_markdown(source.name) else None
    return fences is None or any(f.start <= offset < f.end for f in fences)


def _slot(
    typed: str, rules: tuple[str, ...], before: str, keys: tuple[str, ...] = (), openers: tuple[str, ...] = ()
) -> Slot:
    terminals = frozenset(t.lstrip("_") for rule in rules for t in terminals_after(rule, before))
    rule = rules[0] if rules else ""
    return Slot(typed, rule, words_of(rule, before) if before else (), terminals, keys, openers)


def _in_row(table: str, plain: str, typed: str, *, is_header: bool) -> Slot:
    """A place in a row of a table; in the first one of some, names alone."""
    rules, found = _CELLS[table], [text.strip() for _, text in cells(plain)]
    last = found[-1].removesuffix(typed).strip() if typed else found[-1]
    is_header = is_header and table in _HEADED
    rule = "name_cell" if is_header else rules[min(len(found), len(rules)) - 1]
    if table == "grade_line" and len(found) > 1 and found[0] in (*_OTHERWISE.en, *_OTHERWISE.zh):
        rule = "grade_result_cell"
    there = _slot(typed, (rule,), last)
    row = found[0] if len(found) > 1 else None
    return replace(there, row=row, table=table, column=len(found) - 1, is_header=is_header)


def _is_first_below(desk: Desk, number: int, above: str) -> bool:
    """Whether nothing but blank lines stands between a line and the one that it stands below."""
    between = (line for line in range(number - 1, 0, -1) if desk.source.line_text(line).split("#")[0].strip())
    return any(read.start == above for read in desk.lines.get(next(between, 0), ())[:1])


def _rule_of(before: str, above: str | None) -> str | None:
    """The rule that takes the beginning of a line which was not read as anything."""
    rules, keys = _BELOW.get(above, ((), ())) if above else ((*_TOP, "group_line"), ())
    if canonical(before.split(maxsplit=1)[0], WORDS) in keys:
        return "property_line"
    return next((rule for rule in rules if words_of(rule, before) and terminals_after(rule, before)), None)


def _above(desk: Desk, number: int, indent: int) -> str | None:
    """How the line was read that a line of this indentation stands below."""
    for line in range(number - 1, 0, -1):
        begin = desk.source.offset(line)
        text = desk.source.policy[begin : begin + len(desk.source.line_text(line))]
        if text.strip() and not normalise(text)[0].isspace() and len(text) - len(text.lstrip()) < indent:
            reads = desk.lines.get(line)
            return reads[0].start if reads else None
    return None


def _openers(desk: Desk, number: int, above: str | None) -> tuple[str, ...]:
    """Names that can begin a line: kinds of groups, options of the value above."""
    symbols = desk.symbols
    if symbols is None:
        return ()
    if above in (None, "group_line"):
        return tuple(kind.id for kind in symbols.kind_list)
    if above not in ("fact_line", "input_line"):
        return ()
    declared = (*symbols.facts.items(), *symbols.inputs.items())
    owner = next((name for name, d in declared if _holds(desk, d.span, number)), "")
    return tuple(symbols.options[owner].known()) if owner in symbols.options else ()


def _holds(desk: Desk, span: Span, number: int) -> bool:
    """Whether a declaration is the last one above a line."""
    if span.source is not desk.source:
        return False
    first = span.position.line
    between = (desk.source.line_text(line) for line in range(first + 1, number))
    return first < number and all(not text or text.startswith((" ", "#")) for text in between)
