"""More of the language than `strategies.py` draws: all that a compiler may lower wrongly though an engine would not care.

Several gated scores of one name, gates that may be undefined, grades with `none` and `undefined` among their rows in any
order, cells of every form, clauses at three depths with modalities of their own, aliases, and names that other things
have elsewhere. Drawn for the law that the compiler keeps the meaning.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from tests.engine.strategies import (
    _PATCHES,
    Case,
    Draw,
    _patch_grade,
    _patch_membership,
    _patch_otherwise,
    _Writer,
    compiled,
    evidence_for,
    written,
)

NAMES = ("fact", "clause", "gate", "input", "let", "reading", "total")
ALIASES = {
    r"\bat L(\d)": r"at 级\1",
    r"\beach subdomain\b": "each 子域",
    r"\bwithin domain\b": "within 域",
    r"\bfull \| ": "全 | ",
}


@dataclass
class _Wide(_Writer):
    """Draws what `_Writer` leaves out."""

    below: dict[str, list[tuple[str, list[str]]]] = field(default_factory=dict)  # by section: each top mark, its leaves

    def truth(self, depth: int = 1) -> str:
        """A condition, sometimes over a clause that has others below it."""
        if self.parents and self.clauses and self.chance(20):
            return f"{self.one(*self.parents)} {self.one('satisfied', 'unsatisfied')}"
        return super().truth(depth)

    # --- clauses -------------------------------------------------------------------------------------------------

    def _section(self, section: str, number: int) -> None:
        form = self.one("lettered", "lettered", "dashed", "dashed", "numbered")
        self.leaves[section], self.below[section] = [], []
        for i in range(number):
            letter = "abcdef"[i]
            mark = {"lettered": f"{letter})", "dashed": "-", "numbered": f"clause {section}.{i + 1}"}[form]
            printed = {
                "lettered": f"{section} {letter})",
                "dashed": f"{section}-{i + 1}",
                "numbered": f"{section}.{i + 1}",
            }[form]
            leaves = self._clause(mark, printed, form, 6)
            self.leaves[section].append(printed)
            self.below[section].append((printed, leaves))

    def _clause(self, mark: str, printed: str, form: str, indent: int) -> list[str]:
        """A clause with what is below it; gives its leaves as references."""
        deepest = 8 if form == "numbered" else 10
        if indent >= deepest or not self.chance(35 if indent == 6 else 60):
            self.lines.append(f"{' ' * indent}{mark}{self._modality(printed)} {self._decided()}")
            self.clauses.append(printed)
            return [printed]
        self.lines.append(f'{" " * indent}{mark}{self._modality(printed)} "p"')
        leaves = []
        for j in range(1, self.one(2, 2, 3)):
            inner, at = ("-", f"{printed}-{j}") if form == "dashed" else (f"{j})", f"{printed} {j})")
            leaves += self._clause(inner, at, "numbered" if form == "lettered" else form, indent + 2)
        self.parents.append(printed)
        return leaves

    def _modality(self, clause: str) -> str:
        return self._stated(clause, self.one("shall", "should", "may") if self.chance(45) else "")

    # --- membership ----------------------------------------------------------------------------------------------

    def membership(self) -> None:
        """Each leaf from some level on, in cells of every form; by section or, as some standards do, by what is above."""
        if not self.levels or self.chance(8):
            return
        by_subdomain = self.chance(3)
        self.lines += ["membership", f"  {'subdomain' if by_subdomain else 'section'} | " + " | ".join(self.levels)]
        for number, (section, tops) in enumerate(self.below.items(), 1):
            first = {leaf: self.one(*range(len(self.levels))) for _, leaves in tops for leaf in leaves}
            counting = [[leaf for leaf, at in first.items() if at <= i] for i in range(len(self.levels))]
            cells = [", ".join(held) if by_subdomain else self._listed(section, tops, held) for held in counting]
            self.lines.append(f"  {f'u{number}' if by_subdomain else section} | " + " | ".join(cells))
        if len(self.below) > 1 and self.chance(2):
            self._swap_last_rows()

    def _swap_last_rows(self) -> None:
        """Two rows of which each has the other's clauses, under their full names."""
        *_, (one, a), (other, b) = self.below.items()
        rows = [f"  {one} | " + " | ".join([", ".join(p for p, _ in b)] * len(self.levels))]
        rows.append(f"  {other} | " + " | ".join([", ".join(p for p, _ in a)] * len(self.levels)))
        self.lines[-2:] = rows

    def _listed(self, section: str, tops: list[tuple[str, list[str]]], counting: list[str]) -> str:
        whole = [top for top, leaves in tops if set(leaves) <= set(counting)]
        if len(whole) == len(tops):
            return self.one("all", section, self._range(section, whole))
        form = self.one("ranges", "tops", "leaves")
        parts = []
        for top, leaves in tops:
            held = [leaf for leaf in leaves if leaf in counting]
            if len(held) == len(leaves) and form != "leaves":
                parts.append(self._short(section, top))
            elif len(held) > 1 and form == "ranges" and held == leaves[: len(held)] and held[0].endswith(")"):
                parts.append(self._range(section, held))
            else:
                parts += [self._short(section, leaf) for leaf in held]
        return ", ".join(parts)

    def _short(self, section: str, printed: str) -> str:
        return printed if self.chance(30) else printed.removeprefix(f"{section} ")

    def _range(self, section: str, printed: Sequence[str]) -> str:
        if len(printed) < 2:
            return self._short(section, printed[0])
        last = printed[-1]
        return f"{self._short(section, printed[0])}~{last.split(' ')[-1] if ' ' in last else last}"

    # --- scores --------------------------------------------------------------------------------------------------

    def gate(self, i: int) -> str:
        """A gate of any form, at the lowest level too; some of them may be undefined."""
        if self.chance(25):
            modality = self.one("", "may ")
            return self.one(
                f"1 / count of {modality}clauses satisfied < 1",
                f"share of {modality}clauses satisfied > 50 %",
                f"not more than half of {modality}clauses unsatisfied",
            )
        if i > 1 and self.chance(30):
            return f"every subdomain within domain scores {self.one(1, 2)} at {self.levels[0]}, 2 at {self.levels[1]}"
        return super().gate(i)

    def _of_domains(self, each: str) -> None:
        if not self.levels or self.chance(50):
            super()._of_domains(each)
            return
        for kind in self.one(("domain",), ("domain", "section")):
            exclusive = self.chance(15)
            self.lines.append(f"score of each {kind}" + (" exactly one" if exclusive else ""))
            for i, level in enumerate(self.levels):
                self.lines.append(f"  at {level}{self._gate(i)}")
                self._rows(i, "    ", exclusive=exclusive)

    def _gate(self, i: int) -> str:
        if self.chance(15):
            return f" after {self.gate(i)}"
        return super()._gate(i)

    def _other_scores(self) -> None:
        super()._other_scores()
        each = " at each level" if self.levels else ""
        if self.chance(20):
            self.lines.append(
                f"score {self.one(*NAMES)} of each {self.one('section', 'domain')} = count of clauses satisfied"
            )
        if self.chance(25):
            self.lines.append(f"score overall{each} = {self.one('mean', 'min')} of score over each subdomain")
        if self.chance(20):
            inner = f"{self.one('max', 'sum')} of score over each subdomain"
            self.lines.append(f"score nested{each} = mean of ({inner}) over each domain")
        if self.chance(20):
            self.lines.append(
                f"score mix{each} = {self.one('2 * A - 1', 'A / 2 + count of clauses satisfied', '-A', 'A * A')}"
            )
        if len(self.levels) > 1 and self.chance(30):
            low, high = self.levels[:2]
            self.lines.append(f"score progress = A at {high} {self.one('-', '+', '/')} A at {low}")
        if len(self.levels) > 1 and self.chance(15):
            self.lines.append(f"score best of each subdomain = score at {self.levels[1]} + score at {self.levels[0]}")

    # --- grades --------------------------------------------------------------------------------------------------

    def _grades(self) -> None:
        start = len(self.lines)
        super()._grades()
        head, *rows, last = self.lines[start:]
        if self.chance(30):
            rows = self.draw(st.permutations(rows))
        for result in ("none", "undefined"):
            if self.chance(15):
                rows.insert(self.one(*range(len(rows) + 1)), f"  {result} | {self._aside()}")
        self.lines[start:] = [head, *rows, last]
        if self.chance(25):
            self.lines.append("score part of each section = share of clauses satisfied")
            self.lines += ["grade rated by part", "  well | part > 50 %"]
            self.lines += [
                *(["  none | any may clauses unsatisfied"] if self.chance(40) else []),
                "  otherwise | badly",
            ]

    def _aside(self) -> str:
        if self.levels and self.chance(50):
            return f"A at {self.levels[0]} {self.one('<', '>=')} 1"
        return self.one(self.truth(0), f"any {self.one('', 'shall ')}clauses unsatisfied")

    def patches(self) -> tuple[Callable[[Any], str | None], ...]:
        """Patches of the scores and gates that only these policies have, too."""
        named = (_patch_grade, _patch_otherwise)
        kept = [make for make in _PATCHES if make not in (_patch_membership, *named)]
        return (
            *kept,
            *(_in_the_first_grade(make) for make in named),
            _patch_other_gate,
            _patch_lowest_gate,
            _patch_membership_of_leaves,
        )


def _in_the_first_grade(make: Callable[[_Writer], str | None]) -> Callable[[_Writer], str | None]:
    """A patch of a grade, which has to be named where there are several."""

    def named(w: _Writer) -> str | None:
        patch = make(w) or ""
        return (patch if patch.startswith("grade mark ") else re.sub("^grade (level )?", "grade level ", patch)) or None

    return named


def _patch_other_gate(w: _Wide) -> str | None:
    if len(w.levels) < 2 or "score of each section" not in w.lines:
        return None
    return f"score of each section at {w.levels[1]} after {w.gate(1)}{w.one('', f' else as at {w.levels[0]}')}"


def _patch_lowest_gate(w: _Wide) -> str | None:
    return f"score of each subdomain at {w.levels[0]} after {w.gate(0)}" if w.levels else None


def _patch_membership_of_leaves(w: _Wide) -> str | None:
    if len(w.levels) < 2 or not any(line.startswith("membership") for line in w.lines):
        return None
    section = w.one(*w.below)
    leaves = [leaf for _, below in w.below[section] for leaf in below]
    return f"membership {section} {w.levels[-1]} = {', '.join(leaves)}"


def _renamed(w: _Writer, text: str) -> str:
    """Sometimes other things are called by their aliases wherever that is possible."""
    if not w.chance(25):
        return text
    text = text.replace("groups domain > subdomain >", "groups domain alias 域 > subdomain alias 子域 >")
    text = re.sub(r'^  L(\d) "', r'  L\1 alias 级\1 "', text, flags=re.MULTILINE)
    text = text.replace(
        "input service : one of full | first | other", "input service : one of full | first | other\n  full alias 全"
    )
    for pattern, alias in ALIASES.items():
        text = re.sub(pattern, alias, text) if w.chance(60) else text
    return text.replace("one of 全", "one of full")


@st.composite
def wide_policies(draw: Draw) -> str:
    """The text of a small policy of many forms."""
    w = _Wide(draw)
    return _renamed(w, written(w))


@st.composite
def wide_cases(draw: Draw) -> Case:
    """A policy of many forms that compiles, with evidence for it."""
    program = compiled(draw(wide_policies()))
    assume(program is not None)
    assert program is not None
    return Case(program, draw(evidence_for(program)))
