"""A draft and the rules asked for -> findings in the order of the text; findings with edits -> the mended text."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from guiju.draft.model import Draft
from guiju.draft.read import draft_of_text
from guiju.draft.rule import Finding, Rule
from guiju.draft.rules import BY_DEFAULT, RULES

_MOST_ROUNDS = 10  # what was mended may show what else there is: ３～５ｍ, then 3～5m


def chosen(select: Iterable[str] = (), ignore: Iterable[str] = (), *, every: bool = False) -> tuple[Rule, ...]:
    """The rules of a call: those on by default or `every` one, with `select` and without `ignore`."""
    asked, refused = BY_DEFAULT.union(select), frozenset(ignore)
    return tuple(rule for rule in RULES if rule.code.name not in refused and (every or rule.code.name in asked))


def lint(draft: Draft, rules: Iterable[Rule]) -> tuple[Finding, ...]:
    """What the rules find, by place."""
    findings = [finding for rule in rules for finding in rule.find(draft)]
    return tuple(sorted(findings, key=lambda f: (f.diagnostic.span.start, f.diagnostic.code.name)))


def mended(draft: Draft, findings: Iterable[Finding]) -> tuple[str, int]:
    """The text with the edits of the findings made, and how many findings were mended.

    Of edits that overlap the first is made; nothing outside the places of edits changes.
    """
    edits = sorted(
        ((edit.span.start, edit.span.end, edit.text, at) for at, f in enumerate(findings) for edit in f.edits),
    )
    parts, done, behind = [], set[int](), 0
    for start, end, text, at in edits:
        if start < behind:
            continue
        parts += [draft.source.text[behind:start], text]
        behind = end
        done.add(at)
    parts.append(draft.source.text[behind:])
    return "".join(parts), len(done)


def mended_throughout(draft: Draft, look: Callable[[Draft], Iterable[Finding]]) -> tuple[Draft, int]:
    """A draft without anything that what is looked for has edits for, and how many findings were mended."""
    done = 0
    for _ in range(_MOST_ROUNDS):
        text, mended_now = mended(draft, look(draft))
        if not mended_now:
            break
        draft, done = draft_of_text(draft.source.name, text), done + mended_now
    return draft, done
