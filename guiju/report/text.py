"""ResultModel -> what `guiju evaluate` prints: the grade first, then why, then what is open."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from wcwidth import wcswidth

from guiju.compiler.ir import Program, Special, Undefined, Value
from guiju.dsl.diagnostic import Language
from guiju.engine.relevance import Lack
from guiju.report import result_model as model
from guiju.report.lacking import lacks_text, name_in
from guiju.report.words import quantity, shown, word

MOST_LISTED = 12


def text_of(result: model.ResultModel, program: Program, language: Language) -> str:
    """The whole result as text."""
    writer = _Writer(result, program, language)
    blocks = (
        writer.head(),
        writer.outcome(),
        writer.scores(),
        writer.why_not(),
        writer.unknown(),
        writer.voices(),
        writer.readings(),
    )
    return "\n\n".join("\n".join(block) for block in (list(b) for b in blocks) if block) + "\n"


class _Writer:
    def __init__(self, result: model.ResultModel, program: Program, language: Language) -> None:
        self._r, self._p, self._language = result, program, language
        self._clauses = {c.id: c for c in result.clauses}

    def _w(self, key: str, **arguments: object) -> str:
        return word(key, self._language, **arguments)

    def head(self) -> Iterator[str]:
        r = self._r
        note = f"  ({self._w('fictional')})" if r.fictional else ""
        yield f"{self._p.designation}  {self._p.title.in_language(self._language)}"
        yield f"{self._w('subject')}: {r.subject}{note}"
        for id_, value in r.inputs.items():
            input_ = next(i for i in self._p.inputs if i.id == id_)
            option = next((o.label.in_language(self._language) for o in input_.options if o.id == value), "")
            chosen = value if option else shown(_value(value), self._language)
            yield f"{input_.label.in_language(self._language)}: {chosen}  {option}".rstrip()
        if r.as_of:
            yield f"{self._w('as-of')}: {r.as_of}"

    def outcome(self) -> Iterator[str]:
        for o in self._r.outcomes:
            yield f"{self._w('outcome')}  {o.label}: {self._possible(o.possible, self._level_name)}"
        target = self._r.target
        if target != "best" and self._p.levels and self._r.outcomes:
            yield f"{self._w('target')} {target}: {self._w(self._target_state(target))}"

    def _target_state(self, target: str) -> str:
        levels = [level.id for level in self._p.levels]
        values = self._r.outcomes[0].possible.values
        met = [v in levels and levels.index(v) >= levels.index(target) for v in values]
        return "target-reached" if all(met) else "target-open" if any(met) else "target-missed"

    def _level_name(self, value: str) -> str:
        level = next((x for x in self._p.levels if x.id == value), None)
        return f"{value} {level.label.in_language(self._language)}" if level else shown(_value(value), self._language)

    def _possible(self, possible: model.PossibleModel, name: object = None) -> str:
        show = name if callable(name) else lambda v: shown(_value(v), self._language)
        numbers = [v for v in possible.values if _is_number(v)]
        if len(numbers) > 2:
            ends = f"{show(numbers[0])} … {show(numbers[-1])}"
            rest = [show(v) for v in possible.values if v not in numbers]
            text = " | ".join([ends, *rest])
        else:
            text = " | ".join(show(v) for v in possible.values)
        if not possible.exact:
            return f"{text} {self._w('enclosure')}"
        return text if possible.decided or callable(name) is False else f"{self._w('one-of')} {text}"

    # --- scores --------------------------------------------------------------------------------------------------

    def scores(self) -> Iterator[str]:
        """One column a level, one row a group, the totals last."""
        levels: list[str | None] = [level.id for level in self._p.levels]
        if not any(s.level for s in self._r.scores):
            levels = [None]
        shown_groups = [g for g in self._r.groups if g.takes_part and any(s.group == g.id for s in self._r.scores)]
        header = [self._w("scores"), self._w("weight"), *(level or "" for level in levels)]
        rows = [header]
        families = list(dict.fromkeys((s.family, s.group is None) for s in self._r.scores))
        for family in dict.fromkeys(f for f, total in families if not total):
            rows += [r for g in shown_groups if (r := self._score_row(family, g, levels))]
        for family in dict.fromkeys(f for f, total in families if total):
            rows.append(self._total_row(family, levels))
        yield from _table(rows)

    def _score_row(self, family: str, group: model.GroupModel, levels: list[str | None]) -> list[str] | None:
        cells = [self._score(family, group.id, level) for level in levels]
        if not any(cells):
            return None
        weight = self._percent(group.weight) if group.weight else ""
        return [f"{'  ' * group.depth}{group.label}", weight, *cells]

    def _total_row(self, family: str, levels: list[str | None]) -> list[str]:
        score = next(s for s in self._r.scores if s.family == family and s.group is None)
        cells = [self._score(family, None, level) for level in levels]
        if not any(cells):
            cells = [self._score(family, None, None)]
        return [score.label if score.label == family else f"{family} {score.label}", "", *cells]

    def _score(self, family: str, group: str | None, level: str | None) -> str:
        found = next((s for s in self._r.scores if s.family == family and s.group == group and s.level == level), None)
        return self._possible(found.possible) if found else ""

    def _percent(self, possible: model.PossibleModel) -> str:
        if not possible.decided:
            return self._w("unknown")
        values = [_value(v) for v in possible.values]
        texts = [quantity(v, "%") if isinstance(v, Fraction) else shown(v, self._language) for v in values]
        return " | ".join(texts)

    # --- what stands in the way ----------------------------------------------------------------------------------

    def why_not(self) -> Iterator[str]:
        for w in self._r.why_not:
            level = self._level_name(w.value)
            state = "maybe-reached" if w.holds == "unknown" else "not-reached"
            yield f"{level} {self._w(state)}: {self._w(self._obstacle(w))}"
            yield from (f"  {line}" for line in self._shortfalls(w))

    def _obstacle(self, w: model.WhyNotModel) -> str:
        if all(v.startswith("undefined:") for v in w.score) and w.score:
            return w.score[0].partition(":")[2]
        if w.entered == "true" and w.holds == "unknown":
            return "score-open"
        return {"false": "gate-shut", "unknown": "gate-open-unknown", "true": "too-low"}[w.entered]

    def _shortfalls(self, w: model.WhyNotModel) -> Iterator[str]:
        for s in w.shortfalls[:MOST_LISTED]:
            group = next((g.label for g in self._r.groups if g.id == s.group), "")
            values = " | ".join(shown(_value(v), self._language) for v in s.values)
            at = f" {self._w('at-level')} {s.level}" if s.level else ""
            yield f"{group}{at}: {values}"
            for key, clauses in (("failed", s.failed), ("not-shown", s.not_shown)):
                for clause in clauses[:MOST_LISTED]:
                    c = self._clauses[clause]
                    yield f"  {self._w(key)}  {c.cites} {c.label}{self._lacking(c)}"
                if len(clauses) > MOST_LISTED:
                    yield f"  … +{len(clauses) - MOST_LISTED}"
        if len(w.shortfalls) > MOST_LISTED:
            yield f"… +{len(w.shortfalls) - MOST_LISTED}"
        if w.missing:
            yield f"{self._w('missing')}{lacks_text(self._p, map(Lack, w.missing), self._language)}"
        if w.besides:
            yield f"{self._w('besides')}: {', '.join(map(self._score_name, w.besides[:MOST_LISTED]))}"

    def _score_name(self, id_: str) -> str:
        d = self._p.definition[id_]
        return f"{d.label.in_language(self._language)}" + (f" {self._w('at-level')} {d.level}" if d.level else "")

    def _lacking(self, c: model.ClauseModel) -> str:
        if c.verdict != "unknown":
            return f"  ({self._w('vendor-alone')})" if c.by == "vendor" else ""
        lacks = (Lack(name, tuple(c.alternatives.get(name, ()))) for name in c.missing)
        until = [self._w("expired-on", id=e.evidence, day=e.expires[:10]) for e in c.expired]
        missing = lacks_text(self._p, lacks, self._language)
        return f"  ({'; '.join([self._w(c.reason or 'missing') + missing, *until])})"

    # --- what is open --------------------------------------------------------------------------------------------

    def unknown(self) -> Iterator[str]:
        """What is open and may matter; of the rest the number, those of groups that take no part apart."""
        taking_part = [u for u in self._r.unknown if u.takes_part]
        mattering = [u for u in taking_part if u.matters != "no"]
        number, apart = len(taking_part) + len(self._r.open_values), len(self._r.unknown) - len(taking_part)
        yield f"{self._w('unknowns')}: {number}" if number else self._w("no-unknowns")
        yield from map(self._open_value, self._r.open_values[:MOST_LISTED])
        for u in sorted(mattering, key=lambda u: u.matters != "alone")[:MOST_LISTED]:
            c = self._clauses[u.clause]
            yield f"  {c.cites} {c.label}: {self._w(u.matters)}{self._lacking(c)}{self._either(u)}"
        more = max(0, len(mattering) - MOST_LISTED) + max(0, len(self._r.open_values) - MOST_LISTED)
        if more:
            yield f"  … +{more}"
        if len(taking_part) > len(mattering):
            yield f"  {self._w('others-cannot-matter', number=len(taking_part) - len(mattering))}"
        if apart:
            yield f"  {self._w('others-take-no-part', number=apart)}"

    def _open_value(self, v: model.OpenValueModel) -> str:
        lacks = lacks_text(self._p, (Lack(v.name, tuple(v.alternatives)),), self._language)
        alike: dict[str, list[str]] = {}
        for option, found in v.under.items():
            alike.setdefault(self._all(found), []).append(shown(_truth(option), self._language))
        under = "; ".join(f"{', '.join(options)} → {found}" for found, options in alike.items())
        tried = f"  [{under}]" if v.matters == "alone" else ""
        return f"  {v.label}: {self._w(v.matters)}  ({self._w('missing')}{lacks}){tried}"

    def _all(self, values: list[str]) -> str:
        return " | ".join(shown(_value(v), self._language) for v in values)

    def _either(self, u: model.UnknownModel) -> str:
        if u.matters != "alone":
            return ""
        tried = (
            ("satisfied", u.if_satisfied),
            ("unsatisfied", u.if_unsatisfied),
            ("not-applicable", u.if_not_applicable),
        )
        return f"  [{'; '.join(f'{self._w(verdict)} → {self._all(found)}' for verdict, found in tried if found)}]"

    def voices(self) -> Iterator[str]:
        """Where voices differ, what an override decided, and what only the vendor says."""
        differing = [c for c in self._r.clauses if c.disagreeing]
        contradicted = [f for f in self._r.facts if f.value == "undefined:conflicting"]
        if differing or contradicted:
            yield f"{self._w('disagreements')}: {len(differing) + len(contradicted)}"
        yield from map(self._contradicted, contradicted[:MOST_LISTED])
        yield from map(self._differing, differing[:MOST_LISTED])
        overridden = [c for c in self._r.clauses if c.by == "override"]
        if overridden:
            yield f"{self._w('overridden')}: {len(overridden)}"
        yield from map(self._overridden, overridden[:MOST_LISTED])
        vendors = [c for c in self._r.clauses if c.by == "vendor" and c.takes_part]
        if vendors:
            more = f", … +{len(vendors) - MOST_LISTED}" if len(vendors) > MOST_LISTED else ""
            yield f"{self._w('vendor-only')}: {len(vendors)}"
            yield f"  {', '.join(c.cites for c in vendors[:MOST_LISTED])}{more}"

    def _contradicted(self, f: model.FactModel) -> str:
        computed = f.computed if f.computed is None else shown(_value(f.computed), self._language)
        unit = f" {f.unit}" if f.unit not in (None, "number", "count") else ""
        evidence = f" [{', '.join(f.evidence)}]" if f.evidence else ""
        said = f"{self._w('stated')} {f.stated}{evidence}, {self._w('computed')} {computed}{unit}"
        return f"  {name_in(self._p, f.id, self._language)}: {self._w('conflicting')} ({said})"

    def _differing(self, c: model.ClauseModel) -> str:
        said = ", ".join(f"{self._w(a.voice)} {self._w('says')} {self._w(a.verdict)}" for a in c.disagreeing)
        facts = f", {self._w('facts')} {self._w('says')} {self._w(c.by_facts)}" if c.by_facts != "unknown" else ""
        by = f" {self._w('by-override')}" if c.by == "override" else ""
        return f"  {c.cites}: {self._w(c.verdict)}{by} ({said}{facts})"

    def _overridden(self, c: model.ClauseModel) -> str:
        deciding = [a for a in c.attestations if a.voice == "override"]
        said = "; ".join(f"{a.by}: {a.reason}" if a.by else f"{a.reason}" for a in deciding)
        return f"  {c.cites} {c.label}: {self._w(c.verdict)} ({said})"

    def readings(self) -> Iterator[str]:
        r = self._r.readings
        if not r.chosen:
            return
        key = "readings-change" if r.changing else "readings-same"
        said = [self._w(key, tried=r.tried)] if r.complete or r.changing else []
        if not r.complete:
            said.append(self._w("readings-incomplete", combinations=r.combinations, tried=r.tried))
        yield f"{self._w('readings')}: {said[0]}"
        yield from (f"  {more}" for more in said[1:])
        for a in r.changing[:MOST_LISTED]:
            names = ", ".join(f"{reading} = {option}" for reading, option in a.readings.items())
            outcomes = "; ".join(" | ".join(self._level_name(v) for v in values) for values in a.outcomes.values())
            yield f"  {self._w('under')} {names}: {outcomes}"
        if len(r.changing) > MOST_LISTED:
            yield f"  … +{len(r.changing) - MOST_LISTED}"


def _truth(text: str) -> Value:
    """A tried value: yes and no, or the name of an option."""
    return {"true": True, "false": False}.get(text, text)


def _is_number(text: str) -> bool:
    return isinstance(_value(text), Fraction)


def _value(text: str) -> Value:
    """The value that a text of the published form stands for."""
    if text.startswith("undefined:"):
        return Undefined(text.partition(":")[2])
    if text in ("not-entered", "absent", "unknown"):
        return Special(text)
    head, _, tail = text.partition("/")
    if head.lstrip("-").isdecimal() and (not tail or tail.isdecimal()):
        return Fraction(text)
    return text


def _table(rows: list[list[str]]) -> Iterator[str]:
    """Columns aligned by what they measure on a terminal: a Chinese character is two wide."""
    columns = max(len(row) for row in rows)
    widths = [max((_width(row[i]) for row in rows if i < len(row)), default=0) for i in range(columns)]
    for row in rows:
        yield "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=False)).rstrip()


def _width(text: str) -> int:
    return max(wcswidth(text), 0)
