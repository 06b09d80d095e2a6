"""Evidence files as data: most of them sound, some of them not."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from guiju.engine.verdict_words import VERDICT_WORDS
from guiju.exchange.evidence_model import VERSION
from guiju.exchange.fields import VOICE_WORDS

TEXTS = st.text(st.sampled_from("ab Z09.,:;-_#'\"?!&*%@[]{}()|>~\\/年训练算力％＃：é😀"), max_size=12)
NAMES = TEXTS.filter(lambda text: bool(text.strip()))
IDS = st.sampled_from(("e1", "e2", "报告"))
DATES = st.sampled_from(("2026-01-01", "2026-02-30", "2026-03-01T08:00", "2025-12-31T23:59:59Z", "1/2/3"))
NUMBERS = st.integers(-(10**30), 10**30)
QUANTITIES = st.sampled_from(
    ("50 PFLOPS", "83.5%", "1 000", "1/3", "５０ h", "about 5", "1e9999", "unknown", "yes", "是")
)
VALUES = st.one_of(st.none(), st.booleans(), NUMBERS, QUANTITIES, TEXTS, st.lists(TEXTS, max_size=3))
REFERENCES = st.one_of(st.none(), IDS, st.lists(IDS, max_size=3))


def _record(required: dict[str, st.SearchStrategy[Any]], **optional: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(required, optional=optional)


RECORDS = _record(
    {"kind": NAMES}, title=TEXTS, source=TEXTS, collected_on=DATES, expires=DATES, by=TEXTS, hash=TEXTS, note=st.none()
)
FACTS = st.one_of(VALUES, _record({"value": VALUES}, unit=st.sampled_from(("h", "")), evidence=REFERENCES, note=TEXTS))
VERDICTS = st.sampled_from((*VERDICT_WORDS, "fine"))
ATTESTATIONS = _record(
    {"verdict": VERDICTS}, voice=st.sampled_from(tuple(VOICE_WORDS)), evidence=REFERENCES, by=TEXTS, reason=TEXTS
)
FILES: st.SearchStrategy[dict[str, Any]] = _record(
    {"guiju": st.just(VERSION), "subject": st.one_of(NAMES, _record({"name": NAMES}, version=TEXTS))},
    fictional=st.one_of(st.booleans(), st.just("yes")),
    standard=TEXTS,
    as_of=st.sampled_from(("2026-03-31T09:00:00+08:00", "2026-03-31T09:00Z", "2026-03-31", None)),
    target=TEXTS,
    voice=st.sampled_from(tuple(VOICE_WORDS)),
    inputs=st.dictionaries(NAMES, st.one_of(TEXTS, st.none()), max_size=2),
    evidence=st.dictionaries(IDS, RECORDS, max_size=3),
    facts=st.dictionaries(NAMES, FACTS, max_size=4),
    attestations=st.dictionaries(
        NAMES, st.one_of(VERDICTS, ATTESTATIONS, st.lists(ATTESTATIONS, max_size=2)), max_size=4
    ),
)

DAYS = st.sampled_from(("2026-01-01", "2026-03-01T08:00", "2025-12-31", "1/2/3"))
_GRADES = st.sampled_from(("major", "一般不符合", "observation", "fatal"))
_RULES = st.sampled_from(("all", "at least 1", "至多 1 项不满足", "share >= 50 %", "count", "占比", "most"))
_RESULTS = st.one_of(st.none(), VERDICTS, _record({"result": VERDICTS}, evidence=REFERENCES, note=TEXTS))
REGISTERED = _record(
    {"kind": NAMES},
    collected=DAYS,
    received=DAYS,
    period=st.one_of(st.none(), _record({}, **{"from": DAYS, "to": DAYS})),
    expires=DAYS,
    method=TEXTS,
    revision=TEXTS,
    confidentiality=TEXTS,
    sha256=st.sampled_from(("0" * 64, "sha256:" + "a" * 64, "12")),
)
VOICED = _record(
    {},
    verdict=VERDICTS,
    voice=st.sampled_from((*VOICE_WORDS, "waiver", "豁免")),
    evidence=REFERENCES,
    by=NAMES,
    reason=NAMES,
    until=DAYS,
)
SAMPLES = _record(
    {"population": st.one_of(st.integers(-1, 20), TEXTS), "rule": _RULES},
    clause=NAMES,
    fact=NAMES,
    sample=st.integers(0, 5),
    results=st.dictionaries(NAMES, _RESULTS, max_size=3),
    evidence=REFERENCES,
    until=DAYS,
)
FINDINGS = _record(
    {"clause": NAMES, "grade": _GRADES, "statement": NAMES},
    owner=TEXTS,
    due=DAYS,
    raised=DAYS,
    evidence=REFERENCES,
    closure=_record({"on": DAYS, "by": NAMES}, evidence=REFERENCES),
)
#: files of the newest version
REGISTERS: st.SearchStrategy[dict[str, Any]] = _record(
    {"guiju": st.just("evidence/2"), "subject": NAMES},
    as_of=st.sampled_from(("2026-03-31T09:00:00+08:00", None)),
    evidence=st.dictionaries(IDS, REGISTERED, max_size=2),
    attestations=st.dictionaries(NAMES, st.one_of(VOICED, st.lists(VOICED, max_size=3)), max_size=3),
    samples=st.dictionaries(NAMES, SAMPLES, max_size=2),
    findings=st.dictionaries(NAMES, FINDINGS, max_size=2),
)

_KEYS = st.sampled_from(
    ("guiju", "subject", "facts", "evidence", "attestations", "inputs", "value", "unit", "e1", "kind")
)
_LEAVES = st.one_of(st.none(), st.booleans(), NUMBERS, TEXTS, st.just(VERSION))
ANYTHING: st.SearchStrategy[Any] = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_KEYS, inner, max_size=5)),
    max_leaves=20,
)
