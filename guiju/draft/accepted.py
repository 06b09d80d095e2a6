"""A file of accepted findings -> findings without these: each entry has a code, a quotation and the reason why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from guiju.draft.codes import ACCEPTED_FORM, ACCEPTED_NOTHING
from guiju.draft.rule import Finding, Rule
from guiju.draft.rules import DRAFT_RULE_CODES
from guiju.dsl.diagnostic import Diagnostic, Text
from guiju.dsl.near import near
from guiju.dsl.source import Span
from guiju.exchange.node import Mapping, Node, Scalar, Sequence
from guiju.exchange.text import read_text
from guiju.exchange.yaml_tree import read_yaml

VERSION = "accepted/1"
_KEYS = ("code", "quote", "why")
_ENTRIES = Text("列表，每条有 code、quote、why", "a list of entries with code, quote and why")
_TEXT = Text("不空的文字", "a text that is not empty")


@dataclass(frozen=True)
class Accepted:
    """Findings of a code are accepted where the line that they stand in holds the quotation."""

    code: str
    quote: str
    span: Span

    def covers(self, finding: Finding) -> bool:
        """Whether it is about this finding."""
        span = finding.diagnostic.span
        return finding.diagnostic.code.name == self.code and self.quote in span.source.line_text(span.position.line)


def read_accepted(path: Path) -> tuple[tuple[Accepted, ...], tuple[Diagnostic, ...]]:
    """The entries of a file; none where anything in it is wrong, with what that is."""
    text, diagnostics = read_text(path)
    if text is None:
        return (), diagnostics
    root, found = read_yaml(text.source)
    if root is None:
        return (), (*diagnostics, *found)
    wrong: list[Diagnostic] = []
    top = {e.key.text: e.value for e in root.entries} if isinstance(root, Mapping) else {}
    version, listed = top.get("guiju"), top.get("accepted")
    if not isinstance(version, Scalar) or version.text != VERSION:
        wrong.append(_wrong(version or root, "guiju", Text(VERSION, VERSION)))
    if not isinstance(listed, Sequence):
        wrong.append(_wrong(listed or root, "accepted", _ENTRIES))
        listed = None
    entries = [_entry(item, wrong) for item in listed.items] if listed else []
    told = (*diagnostics, *found, *wrong)
    return (() if wrong else tuple(e for e in entries if e is not None)), told


def _entry(node: Node, wrong: list[Diagnostic]) -> Accepted | None:
    values = {e.key.text: e.value for e in node.entries} if isinstance(node, Mapping) else {}
    if set(values) != set(_KEYS):
        wrong.append(_wrong(node, "accepted", _ENTRIES))
        return None
    texts = {key: value.text for key, value in values.items() if isinstance(value, Scalar) and value.text.strip()}
    wrong += [_wrong(values[key], key, _TEXT) for key in _KEYS if key not in texts]
    codes = tuple(code.name for code in DRAFT_RULE_CODES)
    if "code" in texts and texts["code"] not in codes:
        meant = near(texts["code"], codes) or codes[0]
        wrong.append(
            _wrong(values["code"], "code", Text(f"一条规则的名字，如 {meant}", f"the name of a rule, such as {meant}"))
        )
    return Accepted(texts["code"], texts["quote"], node.span) if len(texts) == len(_KEYS) else None


def _wrong(node: Node, key: str, expected: Text) -> Diagnostic:
    return Diagnostic(ACCEPTED_FORM, node.span, (("key", key), ("expected", expected)))


def without_accepted(
    findings: Iterable[Finding], accepted: tuple[Accepted, ...], rules: Iterable[Rule]
) -> tuple[tuple[Finding, ...], tuple[Diagnostic, ...]]:
    """The findings that nobody accepted, and a note for each entry that is about none of them.

    An entry of a rule that is not among `rules` may be right: nobody looked.
    """
    used = frozenset(rule.code.name for rule in rules)
    listed = tuple(findings)
    left = tuple(f for f in listed if not any(entry.covers(f) for entry in accepted))
    idle = (e for e in accepted if e.code in used and not any(e.covers(f) for f in listed))
    return left, tuple(Diagnostic(ACCEPTED_NOTHING, e.span, (("code", e.code), ("quote", e.quote))) for e in idle)
