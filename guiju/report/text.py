"""ResultModel -> what `guiju evaluate` prints: the grade first, then why, then what is open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from guiju.compiler.ir import Definition, Program, Value
from guiju.compiler.units import unit_behind
from guiju.dsl.diagnostic import Language
from guiju.engine.reasoning.relevance import Lack
from guiju.exchange.families import family_name
from guiju.report import result_model as model
from guiju.report.assessed import READINGS, fictional_note, input_rows, readings_text, standard_text
from guiju.report.beside import beside_lines
from guiju.report.carried import carried_text, in_part
from guiju.report.enclosures import enclosure
from guiju.report.facts import in_units_of
from guiju.report.lacking import expired_lacks_text, expired_text, lacks_text, name_in
from guiju.report.layout import WIDEST, fitted, folded, joined, list_text, listed, table
from guiju.report.register import day_of, finding_lines, reason_text, without_finding
from guiju.report.scores import score_tables
from guiju.report.settled import settled_line
from guiju.report.under_readings import bearing, reading_text, wordings
from guiju.report.values import published, set_text, value_text
from guiju.report.why_not import obstacle
from guiju.report.words import labelled, shown, word

MOST_LISTED = 12
MOST_IDLE = 3  # named of what is open and changes nothing


def text_of(result: model.ResultModel, program: Program, language: Language, colour: bool = False) -> str:
    """The whole result as text; with `colour`, what matters least is grey."""
    writer = _Writer(result, program, language, colour)
    blocks = (
        writer.head(),
        writer.outcome(),
        *writer.scores(),
        writer.why_not(),
        writer.counted(),
        writer.unknown(),
        writer.disagreements(),
        writer.contradictions(),
        writer.overrides(),
        writer.waivers(),
        writer.findings(),
        writer.crosswalks(),
        writer.vendors(),
        writer.readings(),
        writer.limits(),
    )
    return "\n\n".join(joined(block) for block in (list(b) for b in blocks) if block) + "\n"


class _Writer:
    def __init__(self, result: model.ResultModel, program: Program, language: Language, colour: bool) -> None:
        self._r, self._p, self._language, self._colour = result, program, language, colour
        self._clauses = {c.id: c for c in result.clauses}

    def _w(self, key: str, **arguments: object) -> str:
        return word(key, self._language, **arguments)

    def head(self) -> Iterator[str]:
        r = self._r
        yield standard_text(self._p, self._language)
        yield f"{self._w('subject')}: {r.subject}{fictional_note(r.fictional, self._language)}"
        yield from (f"{name}: {told}" for name, told in input_rows(self._p, r.inputs, self._language))
        if r.as_of:
            yield f"{self._w('as-of')}: {r.as_of}"
        if r.readings.chosen != self._p.defaults:
            yield f"{READINGS.in_language(self._language)}: {readings_text(self._p, r.readings.chosen, self._language)}"

    def outcome(self) -> Iterator[str]:
        if len(self._r.outcomes) == 1:
            o = self._r.outcomes[0]
            yield f"{self._w('outcome')}  {o.label}: {self._possible(o)}"
        elif all(self._definition(o).group and self._definition(o).kind == "score" for o in self._r.outcomes):
            if not self._r.outcomes:
                yield self._w("no-outcome")  # scores of groups, however, are told by their tables
        else:
            rows = [[f"  {o.label}", self._possible(o), self._name(o)] for o in self._r.outcomes]
            yield from table([[self._outcomes_heading(), self._w("value"), self._w("name")], *rows])
        yield from (f"  {line}" for line in self._under_readings())
        target = self._r.target
        if target != "best" and self._p.levels and self._r.outcomes:
            yield f"{self._w('target')} {target}: {self._w(self._target_state(target))}"

    def _under_readings(self) -> Iterator[str]:
        """Of each outcome whether it depends on the readings; those that depend on none in one sentence."""
        alike: dict[str, list[str]] = {}
        for found in self._r.readings.outcomes:
            label = self._label_of(found.outcome)
            alike.setdefault(reading_text(self._p, found, self._language, short=True), []).append(label)
        for said, labels in alike.items():
            of = f"{list_text(labels, self._language)}: " if len(self._r.outcomes) > 1 else ""
            yield from folded(f"{of}{said}", WIDEST - 2)

    def _definition(self, outcome: model.OutcomeModel) -> Definition:
        return self._p.definition[outcome.id]

    def _outcomes_heading(self) -> str:
        """Grades of groups have the names of the groups: what they are grades of stands above them."""
        families = {self._definition(o).family for o in self._r.outcomes if self._definition(o).group}
        told = (family_name(self._p, family, self._language) for family in families)
        return ": ".join([self._w("outcomes"), *told]) if len(families) == 1 else self._w("outcomes")

    def _name(self, outcome: model.OutcomeModel) -> str:
        """The short name of an outcome; in Chinese, which ids are not, the label is the name unless two share it."""
        is_label = self._language == "zh" and [o.label for o in self._r.outcomes].count(outcome.label) == 1
        return "" if is_label or outcome.id == outcome.label else outcome.id

    def _target_state(self, target: str) -> str:
        levels = [level.id for level in self._p.levels]
        family = self._definition(self._r.outcomes[0]).family  # of grades of groups: each must reach it
        asked = [o.possible.values for o in self._r.outcomes if self._definition(o).family == family]
        met = [[v in levels and levels.index(v) >= levels.index(target) for v in values] for values in asked]
        return "target-reached" if all(map(all, met)) else "target-open" if all(map(any, met)) else "target-missed"

    def _level_name(self, value: str) -> str:
        return labelled(value, self._p.levels, self._language)

    def _possible(self, outcome: model.OutcomeModel) -> str:
        text = self._set(outcome.possible.values, outcome.id, bounded=outcome.possible.low is not None)
        if not outcome.possible.exact:
            return f"{text} {enclosure(outcome.possible.why, self._language)}"
        return text if outcome.possible.decided else f"{self._w('one-of')} {text}"

    def _set(self, values: Iterable[str], id_: str, *, bounded: bool = False) -> str:
        """The values of a definition, as published, for people."""
        definition = self._p.definition[id_]
        show = partial(value_text, self._p, definition, language=self._language)
        return set_text(self._p, map(published, values), show, self._language, bounded=bounded)

    def scores(self) -> Iterator[list[str]]:
        """Each table of scores with its notes."""
        for found in score_tables(self._r, self._p, self._language):
            yield [*found.lines(), *map(self._quiet, found.notes)]

    def _quiet(self, text: str) -> str:
        return f"\x1b[2m{text}\x1b[0m" if self._colour else text

    # --- what stands in the way ----------------------------------------------------------------------------------

    def why_not(self) -> Iterator[str]:
        said: set[tuple[str, str]] = set()
        for w in self._r.why_not:
            level = self._level_name(w.value)
            state = "maybe-reached" if w.holds == "unknown" else "not-reached"
            of = f"{self._label_of(w.outcome)}: " if len(self._r.outcomes) > 1 else ""
            yield f"{of}{level} {self._w(state)}: {self._w(obstacle(w))}"
            yield from (f"  {line}" for b in w.beside for line in beside_lines(b, self._language))
            yield from (f"  {line}" for line in self._shortfalls(w, said))

    def _label_of(self, outcome: str) -> str:
        return next(o.label for o in self._r.outcomes if o.id == outcome)

    def _shortfalls(self, w: model.WhyNotModel, said: set[tuple[str, str]]) -> Iterator[str]:
        """The groups in the way; those that an outcome has named for a lower level by name only."""
        above = [s for s in w.shortfalls if (w.outcome, s.score) in said]
        new = [s for s in w.shortfalls if s not in above]
        said |= {(w.outcome, s.score) for s in new[:MOST_LISTED]}
        if above:
            yield from listed(self._w("as-above"), (self._score_name(x.score) for x in above), self._language)
        for s in new[:MOST_LISTED]:
            yield f"{self._score_name(s.score)}: {self._set(s.values, s.score)}"
            yield from self._clauses_of(s)
        hidden = max(0, len(new) - MOST_LISTED)
        hidden += sum(
            max(0, len(c) - MOST_LISTED) for s in new[:MOST_LISTED] for c in (s.failed, s.not_shown, s.failed_too)
        )
        if hidden:
            yield f"… {self._w('why-not-lists-all', number=hidden, level=w.value)}"
        if w.missing:
            yield f"{self._w('missing')}{lacks_text(self._p, map(Lack, w.missing), self._language)}"
        if w.besides:
            yield from listed(f"{self._w('besides')}: ", map(self._score_name, w.besides), self._language)

    def _score_name(self, id_: str) -> str:
        d = self._p.definition[id_]
        return f"{d.label.in_language(self._language)}" + (f" {self._w('at-level')} {d.level}" if d.level else "")

    def _clauses_of(self, s: model.ShortfallModel) -> Iterator[str]:
        for key, clauses in (("failed", s.failed), ("not-shown", s.not_shown), ("failed-too", s.failed_too)):
            for clause in clauses[:MOST_LISTED]:
                c = self._clauses[clause]
                # two columns are left for the indent of the caller
                lines = fitted(f"    {self._w(key)}  {c.cites} {c.label}", [self._lacking(c)])
                yield from (line[2:] for line in lines)

    def _lacking(self, c: model.ClauseModel) -> str:
        if c.verdict != "unknown":
            return f"({self._w('vendor-alone')})" if c.vendor_alone else ""
        lacks = (Lack(name, tuple(c.alternatives.get(name, ()))) for name in c.missing)
        until = [expired_text(e, self._r.as_of, self._language) for e in c.expired]
        until += [self._ended(a) for a in c.lapsed if a.ended and c.reason == "expired"]
        carried = f": {in_part(c.attestations, self._language)}" if c.reason == "partial" else ""
        reason = reason_text(c.reason, c.by, self._language)
        if c.reason == "expired":
            told = "".join(f"; {ended}" for ended in until)
            before = (Lack(name, tuple(c.alternatives.get(name, ()))) for name in c.given_before)
            return f"({reason}{expired_lacks_text(self._p, lacks, before, self._language, told)})"
        missing = lacks_text(self._p, lacks, self._language, c.reason)
        return f"({'; '.join([reason + carried + missing, *until])})"

    def _ended(self, a: model.AttestationModel) -> str:
        by = f" {a.by}" if a.by else ""
        return self._w("ended", who=f"{self._w(a.voice)}{by}", day=day_of(a.until, self._r.as_of) if a.until else "")

    def counted(self) -> Iterator[str]:
        """Of outcomes that count clauses: which are not counted as satisfied, each clause once."""
        alike: dict[tuple[tuple[str, ...], tuple[str, ...]], list[model.ShortfallModel]] = {}
        for s in self._r.counted:
            if s.failed or s.not_shown:
                alike.setdefault((tuple(s.failed), tuple(s.not_shown)), []).append(s)
        grades = {w.outcome for w in self._r.why_not} | {s.score for s in self._r.counted}
        others = [o for o in self._r.outcomes if o.id not in grades and self._p.definition[o.id].kind == "score"]
        if alike or others:
            yield self._w("not-satisfied")
        said: set[str] = set()
        for (failed, not_shown), outcomes in alike.items():
            names = (self._p.definition[s.score].label.in_language(self._language) for s in outcomes)
            counts = (("unsatisfied", failed), ("not-shown", not_shown))
            numbers = [self._w("counted-as", number=len(c), verdict=self._w(key)) for key, c in counts if c]
            above = [self._w("listed-above", number=n)] if (n := len(said.intersection(failed))) else []
            yield f"  {list_text(names, self._language)}: {', '.join([*numbers, *above])}"
            yield from self._failed([c for c in failed if c not in said], outcomes[0].score)
            said |= set(failed)
        for o in others:
            yield f"  {o.label}: {self._w('explain-shows', node=o.id)}"

    def _failed(self, clauses: list[str], outcome: str) -> Iterator[str]:
        for c in (self._clauses[clause] for clause in clauses[:MOST_LISTED]):
            yield from fitted(f"    {c.cites} {c.label}", [self._lacking(c)])
        if len(clauses) > MOST_LISTED:
            yield f"    … {self._w('explain-lists-all', number=len(clauses) - MOST_LISTED, node=outcome)}"

    # --- what is open --------------------------------------------------------------------------------------------

    def unknown(self) -> Iterator[str]:
        """What is open and may matter; of the rest the number and the first, groups that take no part apart."""
        taking_part = [u for u in self._r.unknown if u.takes_part]
        mattering = [u for u in taking_part if u.matters != "no"]
        number, apart = len(taking_part) + len(self._r.open_values), len(self._r.unknown) - len(taking_part)
        yield f"{self._w('unknowns')}: {number}" if number else self._w("no-unknowns")
        for v in self._r.open_values[:MOST_LISTED]:
            yield from self._open_value(v)
        for u in sorted(mattering, key=lambda u: u.matters != "alone")[:MOST_LISTED]:
            c = self._clauses[u.clause]
            yield from fitted(f"  {c.cites} {c.label}: {self._w(u.matters)}", [self._lacking(c), self._either(u)])
        more = max(0, len(mattering) - MOST_LISTED) + max(0, len(self._r.open_values) - MOST_LISTED)
        if more:
            yield f"  {self._w('and-more', number=more)}"
        yield from self._cannot_matter([self._clauses[u.clause] for u in taking_part if u.matters == "no"])
        if apart:
            yield f"  {self._w('others-take-no-part', number=apart)}"

    def _cannot_matter(self, idle: list[model.ClauseModel]) -> Iterator[str]:
        """How many clauses are open and change nothing, and which the first are."""
        if idle:
            yield f"  {self._w('others-cannot-matter', number=len(idle))}"
        for c in idle[:MOST_IDLE]:
            yield from fitted(f"    {c.cites} {c.label}", [self._lacking(c)])
        if len(idle) > MOST_IDLE:
            yield f"    {self._w('and-more', number=len(idle) - MOST_IDLE)}"

    def _open_value(self, v: model.OpenValueModel) -> Iterator[str]:
        lacks = lacks_text(self._p, (Lack(v.name, tuple(v.alternatives)),), self._language)
        alike: dict[str, list[str]] = {}
        for option, found in v.under.items():
            alike.setdefault(self._all(found, v.outcome), []).append(shown(_truth(option), self._language))
        under = "; ".join(f"{', '.join(options)} → {found}" for found, options in alike.items())
        tried = self._tried(under, v.outcome) if v.matters == "alone" else ""
        yield from fitted(f"  {v.label}: {self._w(v.matters)}", [f"({self._w('missing')}{lacks})", tried])

    def _tried(self, under: str, outcome: str) -> str:
        """What was found of an outcome, with its label where there are others; of numbers nothing is listed."""
        label = next(o.label for o in self._r.outcomes if o.id == outcome)
        told = [*([label] if len(self._r.outcomes) > 1 else []), *([under] if under else [])]
        return f"[{': '.join(told)}]" if told else ""

    def _all(self, values: list[str], outcome: str) -> str:
        # a level by its id alone: its label stands above
        if self._p.definition[outcome].kind == "grade":
            return " | ".join(shown(published(v), self._language) for v in values)
        return self._set(values, outcome)

    def _either(self, u: model.UnknownModel) -> str:
        if u.matters != "alone":
            return ""
        tried = (
            ("satisfied", u.if_satisfied),
            ("unsatisfied", u.if_unsatisfied),
            ("not-applicable", u.if_not_applicable),
        )
        under = (f"{self._w(verdict)} → {self._all(found, u.outcome)}" for verdict, found in tried if found)
        return self._tried("; ".join(under), u.outcome)

    def disagreements(self) -> Iterator[str]:
        """Where voices differ."""
        differing = [c for c in self._r.clauses if c.disagreeing]
        contradicted = [f for f in self._r.facts if f.value == "undefined:conflicting"]
        if differing or contradicted:
            yield f"{self._w('disagreements')}: {len(differing) + len(contradicted)}"
        yield from map(self._contradicted, contradicted[:MOST_LISTED])
        for c in differing[:MOST_LISTED]:
            yield from self._differing(c)
        more = max(0, len(contradicted) - MOST_LISTED) + max(0, len(differing) - MOST_LISTED)
        if more:
            yield f"  {self._w('and-more', number=more)}"

    def contradictions(self) -> Iterator[str]:
        """Attestations that cannot all be true."""
        found = self._r.contradictions
        if found:
            yield f"{self._w('contradictions')}: {len(found)}"
        for contradiction in found[:MOST_LISTED]:
            first, *others = (self._attested(self._clauses[c]) for c in contradiction.clauses)
            yield from fitted(f"  {first}", others)
        if len(found) > MOST_LISTED:
            yield f"  {self._w('and-more', number=len(found) - MOST_LISTED)}"

    def _attested(self, c: model.ClauseModel) -> str:
        return f"{c.cites} {c.label}: {self._w(c.verdict)} ({self._w(c.by or 'attestation')})"

    def overrides(self) -> Iterator[str]:
        """What an override decided."""
        overridden = [c for c in self._r.clauses if c.by == "override" and c.reason != "expired"]
        if overridden:
            yield f"{self._w('overridden')}: {len(overridden)}"
        yield from map(self._overridden, overridden[:MOST_LISTED])
        if len(overridden) > MOST_LISTED:
            yield f"  {self._w('and-more', number=len(overridden) - MOST_LISTED)}"

    def waivers(self) -> Iterator[str]:
        """What somebody allows not to be met, which decides nothing."""
        waived = [(c, w) for c in self._r.clauses for w in c.waivers]
        if waived:
            yield f"{self._w('waivers')}: {len(waived)}"
        for c, w in waived[:MOST_LISTED]:
            told = self._w(
                "waiver-ended" if w.ended else "waiver-told",
                by=w.by,
                day=day_of(w.until, self._r.as_of),
                reason=w.reason,
            )
            yield from fitted(f"  {c.cites} {c.label}: {self._w(c.verdict)}", [f"({told})"])
        if len(waived) > MOST_LISTED:
            yield f"  {self._w('and-more', number=len(waived) - MOST_LISTED)}"

    def findings(self) -> Iterator[str]:
        """What is held against the subject; which clauses that fail have no open finding."""
        found = self._r.findings
        if found:
            overdue = sum(f.state == "overdue" for f in found)
            late = f" ({self._w('overdue')}: {overdue})" if overdue else ""
            yield f"{self._w('findings')}: {len(found)}{late}"
        yield from finding_lines(found[:MOST_LISTED], self._language)
        if len(found) > MOST_LISTED:
            yield f"  {self._w('and-more', number=len(found) - MOST_LISTED)}"
        if bare := without_finding(self._r):
            more = [self._w("and-more", number=len(bare) - MOST_LISTED)] if len(bare) > MOST_LISTED else []
            yield from listed(f"  {self._w('without-finding')}: ", [*bare[:MOST_LISTED], *more], self._language)

    def crosswalks(self) -> Iterator[str]:
        """What was found satisfied or not under another standard only."""
        decided = [c for c in self._r.clauses if c.by == "crosswalk" and c.takes_part]
        if decided:
            yield f"{self._w('by-crosswalk')}: {len(decided)}"
        for c in decided[:MOST_LISTED]:
            deciding = (a for a in c.attestations if a.voice == "crosswalk" and a.verdict == c.verdict)
            said = (carried_text(a, self._language) for a in deciding)
            yield from fitted(f"  {c.cites} {c.label}: {self._w(c.verdict)}", [f"({'; '.join(said)})"])
        if len(decided) > MOST_LISTED:
            yield f"  {self._w('and-more', number=len(decided) - MOST_LISTED)}"

    def vendors(self) -> Iterator[str]:
        """What only the vendor says."""
        alone = [c for c in self._r.clauses if c.vendor_alone and c.takes_part]
        if alone:
            more = [self._w("and-more", number=len(alone) - MOST_LISTED)] if len(alone) > MOST_LISTED else []
            yield f"{self._w('vendor-only')}: {len(alone)}"
            yield from listed("  ", [*(c.cites for c in alone[:MOST_LISTED]), *more], self._language)
        yield from self._unsupported()

    def _unsupported(self) -> Iterator[str]:
        """What facts decided that nobody gave evidence for, and what people say with none."""
        taking_part = [c for c in self._r.clauses if c.takes_part]
        listings = (
            ("facts-unsupported", [c for c in taking_part if c.unsupported]),
            ("verdicts-only", [c for c in taking_part if c.verdict_only]),
        )
        for key, found in listings:
            if found:
                more = [self._w("and-more", number=len(found) - MOST_LISTED)] if len(found) > MOST_LISTED else []
                yield f"{self._w(key)}: {len(found)}"
                yield from listed("  ", [*(c.cites for c in found[:MOST_LISTED]), *more], self._language)

    def _contradicted(self, f: model.FactModel) -> str:
        computed = f.computed if f.computed is None else shown(published(f.computed), self._language)
        unit = unit_behind(f.unit, self._language)
        evidence = f" [{', '.join(f.evidence)}]" if f.evidence else ""
        stated = in_units_of(f.stated or "", self._language)
        said = f"{self._w('stated')} {stated}{evidence}, {self._w('computed')} {computed}{unit}"
        return f"  {name_in(self._p, f.id, self._language)}: {self._w('conflicting')} ({said})"

    def _differing(self, c: model.ClauseModel) -> Iterator[str]:
        said = [self._says(a) for a in c.disagreeing]
        if c.by_facts != "unknown":
            said.append(self._w("facts-say", verdict=self._w(c.by_facts)))
        by = f" {self._w('by-override')}" if c.by == "override" else ""
        why = f", {self._w('unconfirmed')}" if c.reason == "unconfirmed" else ""
        yield from fitted(f"  {c.cites} {c.label}: {self._w(c.verdict)}{by}{why}", [f"({', '.join(said)})"])

    def _says(self, a: model.AttestationModel) -> str:
        key = "voice-doubts" if a.verdict == "unknown" else "voice-says"
        row = f" {a.by} {a.note}" if a.voice == "crosswalk" else ""
        return self._w(key, voice=self._w(a.voice) + row, verdict=self._w(a.verdict))

    def _overridden(self, c: model.ClauseModel) -> str:
        deciding = [a for a in c.attestations if a.voice == "override"]
        said = "; ".join(f"{a.by}: {a.reason}" if a.by else f"{a.reason}" for a in deciding)
        return f"  {c.cites} {c.label}: {self._w(c.verdict)} ({said})"

    def readings(self) -> Iterator[str]:
        r = self._r.readings
        if not r.chosen or not self._r.outcomes:
            return
        key = "readings-change" if r.changing else "readings-same"
        said = [self._w(key, tried=r.tried)] if r.complete or r.changing else []
        if not r.complete:
            said.append(self._w("readings-incomplete", combinations=r.combinations, tried=r.tried))
        yield f"{self._w('readings')}: {said[0]}"
        yield from (f"  {more}" for more in said[1:])
        telling = telling_alternatives(self._r)
        for a in telling[:MOST_LISTED]:
            yield from self._under(a)
        if len(telling) > MOST_LISTED:
            yield f"  {self._w('and-more', number=len(telling) - MOST_LISTED)}"
        if len(r.changing) > len(telling):
            yield f"  {self._w('nothing-new', number=len(r.changing) - len(telling))}"
        named = {id_ for a in telling[:MOST_LISTED] for id_ in a.readings}
        for wording, options in wordings(self._p, named, self._language):
            yield from fitted(f"  {wording}", options)
        yield from (f"  {line}" for line in folded(bearing(self._r, self._language), WIDEST - 2) if line)

    def _under(self, a: model.AlternativeModel) -> Iterator[str]:
        """One combination and what it leads to; of several outcomes those that it changes."""
        names = ", ".join(f"{reading} = {option}" for reading, option in a.readings.items())
        if len(self._r.outcomes) == 1:
            outcomes = "; ".join(self._reached(a, o) for o in a.outcomes)
            yield f"  {self._w('under')} {names}: {outcomes}"
            return
        yield f"  {self._w('under')} {names}"
        for o in self._r.outcomes:
            if a.outcomes[o.id] != o.possible.values:
                yield f"    {o.label}: {self._reached(a, o.id)}"

    def _reached(self, a: model.AlternativeModel, outcome: str) -> str:
        text = self._set(a.outcomes[outcome], outcome)
        return f"{text} {self._w('enclosure')}" if outcome in a.enclosed else text

    def limits(self) -> Iterator[str]:
        """That there are no levels, where there are none; how much was settled, and what is not encoded.

        The latter where an outcome has no value for it.
        """
        if self._r.outcomes and not self._r.levels:
            yield self._w("no-levels")
        yield from filter(None, folded(settled_line(self._p, self._language), WIDEST))
        if self._r.not_encoded:
            yield f"{self._w('not-encoded')}: {len(self._r.not_encoded)}"
        for missing in self._r.not_encoded:
            yield f"  {missing.label} ({missing.cites})"
            yield from (f"    {line}" for line in folded(missing.why, WIDEST - 4))


def telling_alternatives(result: model.ResultModel) -> list[model.AlternativeModel]:
    """The combinations of readings that lead somewhere where no smaller combination of the same readings leads."""
    changing = result.readings.changing

    def tells(a: model.AlternativeModel) -> bool:
        smaller = [b for b in changing if b.readings.items() < a.readings.items()]
        for o in result.outcomes:
            changed = [b.outcomes[o.id] for b in smaller if b.outcomes[o.id] != o.possible.values]
            if a.outcomes[o.id] not in (changed or [o.possible.values]):
                return True
        return not smaller

    return [a for a in changing if tells(a)]


def _truth(text: str) -> Value:
    """A tried value: yes and no, or the name of an option."""
    return {"true": True, "false": False}.get(text, text)
