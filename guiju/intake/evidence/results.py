"""OSCAL assessment-results -> statements: our own with all that was stated, those of others by their findings.

Our own have what was stated in properties of the namespace `urn:guiju:oscal`; verdicts are derived anew from that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from guiju.compiler.ir import Program
from guiju.dsl.diagnostic import Argument, Code, Diagnostic, Text
from guiju.dsl.near import near
from guiju.dsl.source import Source, Span
from guiju.engine.names import leaf_named, leaves_by_name
from guiju.exchange.instant import read_day
from guiju.exchange.json_tree import read_json
from guiju.exchange.node import Node, Scalar, clip
from guiju.intake.catalog import filled
from guiju.intake.evidence import codes
from guiju.intake.evidence.statements import NAMESPACE, Accounted, Entry, Kind, Placed, Said, Taken, said_of
from guiju.intake.tree import below, each, text_of

_LONGEST_PLACE = 6  # digits of the place of a result
_SHA256 = re.compile("sha256:[0-9a-f]{64}")
_STATES = {"satisfied": "satisfied", "not-satisfied": "unsatisfied"}
_PARTS = ("risks", "attestations", "assessment-log")
_NOT_TAKEN = Text("“{name}”不是结论，没有带过来", "`{name}` holds no verdicts and was not taken over")
_EXCLUDED = Text("不在评价范围之内，没有结论", "excluded from the controls reviewed: there is no verdict on it")
_BY_CROSSWALK = Text(
    "当时由对照决定，这里记作供方所述", "decided by a crosswalk then, and stated here as the vendor's word"
)
_RECORDED = Text("由别的陈述得出，重新推导", "follows from what else is stated, and is derived anew")
_NO_EVIDENCE = Text("不是证据", "no evidence")
_OBSERVED = Text("没有结论的观察，没有带过来", "an observation without a verdict, not taken over")


def take_results(
    source: Source, program: Program, names: Mapping[str, str], head: dict[str, Said], asked: str | None = None
) -> Taken:
    """What results say. `names`: ids of controls and their parts to clauses.

    `head`: what a mapping file says of the whole, which goes before what the results say; `asked`: which of several
    results is read, by its title, its UUID or its place.
    """
    taken = Taken()
    root, found = read_json(source)
    taken.diagnostics += found
    whole = below(root, "assessment-results")
    results = each(whole, "results")
    if root is None or whole is None or not results:
        if root is not None:
            taken.diagnostics.append(Diagnostic(codes.NOT_RESULTS, Span(source, 0, min(len(source.text), 1))))
        return taken
    chosen = _chosen(results, asked)
    if len(chosen) != 1:
        titles = "; ".join(f"{n} {text_of(result, 'title') or '-'}" for n, result in enumerate(results, 1))
        arguments: tuple[tuple[str, Argument], ...] = (("n", len(results)), ("titles", clip(titles)))
        code = codes.SEVERAL_RESULTS if asked is None else codes.NO_SUCH_RESULT
        arguments = arguments if asked is None else (*arguments, ("asked", asked))
        taken.diagnostics.append(Diagnostic(code, (chosen or results)[-1].span, arguments))
        return taken
    _Reader(taken, program, names, whole, chosen[0]).read(head)
    return taken


def _chosen(results: Sequence[Node], asked: str | None) -> list[Node]:
    """The results that are meant: by UUID or title, else by their place in the file; all where none was asked for."""
    if asked is None:
        return list(results)
    named = [r for r in results if asked in (text_of(r, "uuid"), text_of(r, "title"))]
    at = int(asked) - 1 if asked.isdecimal() and len(asked) <= _LONGEST_PLACE else -1
    return named or (list(results[at : at + 1]) if at >= 0 else [])


@dataclass(frozen=True)
class _Own:
    """The properties of a part that are of our namespace."""

    props: tuple[tuple[str, Placed, str], ...] = field(default=())  # name, value, group

    def first(self, name: str, group: str = "") -> Placed | None:
        """The first of a name."""
        return next((value for n, value, g in self.props if n == name and g == group), None)

    def text(self, name: str) -> str:
        """Its text, empty where there is none."""
        found = self.first(name)
        return "" if found is None else found.text

    def every(self, name: str, group: str = "") -> list[Said]:
        """All of a name."""
        return [value for n, value, g in self.props if n == name and g == group]

    def groups(self) -> list[str]:
        """The groups, in order."""
        return [group for group in dict.fromkeys(g for _, _, g in self.props) if group]


def _own(node: Node | None) -> _Own:
    found = []
    for prop in each(node, "props"):
        if text_of(prop, "ns") != NAMESPACE:
            continue
        value = below(prop, "remarks") or below(prop, "value")
        if isinstance(value, Scalar):
            found.append((text_of(prop, "name"), Placed(value.text, value.span), text_of(prop, "group")))
    return _Own(tuple(found))


class _Reader:
    def __init__(self, taken: Taken, program: Program, names: Mapping[str, str], whole: Node, result: Node) -> None:
        self._taken, self._program, self._names = taken, program, names
        self._whole, self._result = whole, result
        self._leaves = leaves_by_name(program)
        self._resources = {text_of(r, "uuid"): r for r in each(whole, "back-matter", "resources")}
        self._observations = {text_of(o, "uuid"): o for o in each(result, "observations")}
        findings = each(result, "findings")
        self._related = {text_of(o, "observation-uuid") for f in findings for o in each(f, "related-observations")}
        self._records: dict[str, str] = {}  # href of a resource -> id of its record

    def read(self, head: dict[str, Said]) -> None:
        """Take over everything, in the order of the file."""
        own = _own(self._result)
        policy = _own(below(self._whole, "metadata")).first("policy")
        if policy is not None and policy.text != self._program.id:
            named = {"found": clip(policy.text), "expected": self._program.id}
            self._report(codes.OTHER_POLICY, policy.span, **named)
            return
        self._taken.head = {**self._head(own), **head}
        readings = (_text(value).partition("=") for value in own.every("reading"))
        self._taken.readings = {name: option for name, _, option in readings}
        self._evidence()
        is_ours = bool(own.props)
        for observation in each(self._result, "observations"):
            self._observation(observation, is_ours=is_ours)
        for finding in each(self._result, "findings"):
            self._finding(finding, is_ours=is_ours)
        for selection in each(self._result, "reviewed-controls", "control-selections"):
            for control in each(selection, "exclude-controls"):
                self._account(control, "aside", text_of(control, "control-id"), _EXCLUDED)
        for name in _PARTS:
            part = below(self._result, name)
            if part is not None:
                self._account(part, "aside", name, filled(_NOT_TAKEN, name=name))

    def _report(self, code: Code, span: Span, suggestion: str | None = None, **arguments: Argument) -> None:
        self._taken.diagnostics.append(Diagnostic(code, span, tuple(arguments.items()), suggestion=suggestion))

    def _account(self, node: Node, kind: Kind, quote: str, why: Text | None = None) -> None:
        self._taken.account.append(Accounted(_place(node.span), kind, quote, why))

    def _head(self, own: _Own) -> dict[str, Said]:
        """What the results say of the whole; of those of others when they ended, and their title for the subject."""
        title, when = below(self._result, "title"), below(self._result, "end") or below(self._result, "start")
        inputs = [_text(value).partition("=") for value in own.every("input")]
        name = own.first("subject") or _placed(title)
        details = said_of({key: own.first(f"subject-{key}") for key in ("version", "organization", "note")})
        said: dict[str, Said] = {
            "subject": {"name": name, **details} if details else name,
            "fictional": True if own.text("fictional") == "true" else None,
            "standard": self._program.id,
            "as_of": own.first("as-of") or _placed(when),
            "target": own.first("target"),
            "inputs": {name: value for name, _, value in inputs} or None,
        }
        return said_of(said)

    # --- evidence ---

    def _evidence(self) -> None:
        """Each resource that is evidence; those of others all, by the beginning of their UUID."""
        used = {
            h for o in self._observations.values() for e in each(o, "relevant-evidence") for h in [text_of(e, "href")]
        }
        for uuid, resource in self._resources.items():
            own = _own(resource)
            id_ = own.text("evidence")
            if not id_ and (own.props or f"#{uuid}" not in used):
                self._account(resource, "aside", text_of(resource, "title"), _NO_EVIDENCE)
                continue
            said: dict[str, Said] = {
                "kind": own.first("kind") or "resource",
                "title": own.first("title") or (None if id_ else _placed(below(resource, "title"))),
                "source": own.first("source") or _placed(next(iter(_links(resource)), None)),
                "collected": own.first("collected-on"),
                "received": own.first("received"),
                "period": said_of({"from": own.first("period-from"), "to": own.first("period-to")}) or None,
                "expires": own.first("expires"),
                "by": own.first("by"),
                "method": own.first("method"),
                "revision": own.first("revision"),
                "confidentiality": own.first("confidentiality"),
                "note": own.first("note"),
                **_hashed(own.first("hash")),
            }
            key = id_ or f"resource-{uuid[:8]}"
            self._records[f"#{uuid}"] = key
            self._taken.entries.append(Entry("evidence", key, said_of(said), resource.span))
            self._account(resource, "evidence", key)

    def _cited(self, observation: Node) -> Iterator[str]:
        """The records of an observation of others: its own, and those that it rests on."""
        yield _record_of(observation)
        hrefs = (text_of(evidence, "href") for evidence in each(observation, "relevant-evidence"))
        yield from (self._records[href] for href in hrefs if href in self._records)

    # --- our own observations ---

    def _observation(self, observation: Node, *, is_ours: bool) -> None:
        own = _own(observation)
        title = text_of(observation, "title")
        if sample := own.first("sample"):
            self._taken.entries.append(Entry("samples", sample.text, _sample(own), sample.span))
            self._account(observation, "sample", title)
        elif held := own.first("finding"):
            self._taken.entries.append(Entry("findings", held.text, _held(own), held.span))
            self._account(observation, "finding", title)
        elif fact := own.first("fact"):
            self._taken.entries.append(Entry("facts", fact.text, _fact(own), fact.span))
            self._account(observation, "fact", title)
        elif clause := own.first("clause"):
            self._clause(observation, own, clause, title)
        elif text_of(observation, "uuid") in self._related and not is_ours:
            self._observed(observation, title)
        else:
            self._account(observation, "aside", title, _OBSERVED)

    def _observed(self, observation: Node, title: str) -> None:
        """An observation of others that a finding rests on is evidence, with its dates."""
        methods = ", ".join(method.text for method in each(observation, "methods") if isinstance(method, Scalar))
        said: dict[str, Said] = {
            "kind": "observation",
            "title": _placed(below(observation, "title")),
            "collected": _placed(below(observation, "collected")),
            "expires": _placed(below(observation, "expires")),
            "method": methods,
            "note": _placed(below(observation, "remarks")) or _placed(below(observation, "description")),
        }
        self._taken.entries.append(Entry("evidence", _record_of(observation), said_of(said), observation.span))
        self._account(observation, "evidence", title)

    def _clause(self, observation: Node, own: _Own, clause: Placed, title: str) -> None:
        if verdict := own.first("verdict"):
            self._taken.recorded.append((clause.text, verdict))
        said = [self._attested(own, group) for group in own.groups()]
        stated = [each_ for each_ in said if each_ is not None]
        why = None if stated else _RECORDED
        if own.text("decided-by") == "crosswalk":
            stated.append({"verdict": own.text("verdict"), "voice": "vendor", "note": _BY_CROSSWALK.en})
            why = _BY_CROSSWALK
        self._taken.entries += (Entry("attestations", clause.text, each_, clause.span) for each_ in stated)
        self._account(observation, "verdict" if stated else "aside", title, why)

    @staticmethod
    def _attested(own: _Own, group: str) -> dict[str, Said] | None:
        voice = own.first("voice", group)
        if voice is None or voice.text == "crosswalk":
            return None
        names = ("by", "reason", "until", "note")
        return said_of(
            {
                "verdict": own.first("attested", group),
                "voice": voice,
                "evidence": own.every("evidence", group) or None,
                **{name: own.first(name, group) for name in names},
            }
        )

    # --- findings ---

    def _finding(self, finding: Node, *, is_ours: bool) -> None:
        """A verdict on a clause: of our own one that was derived then, of those of others what is stated."""
        target = below(finding, "target", "target-id")
        name, state = text_of(finding, "target", "target-id"), text_of(finding, "target", "status", "state")
        place = (target or finding).span
        clause = self._names.get(name) or leaf_named(name, self._leaves)
        related = [text_of(o, "observation-uuid") for o in each(finding, "related-observations")]
        observations = [self._observations[uuid] for uuid in related if uuid in self._observations]
        named: tuple[tuple[str, Argument], ...] = (("name", clip(name)),)
        title = text_of(finding, "title")
        if clause is None:
            self._wrong(Diagnostic(codes.NO_TARGET, place, named, suggestion=near(name, self._names)), title)
        elif state not in _STATES:
            self._wrong(Diagnostic(codes.ODD_FINDING, place, (*named, ("state", clip(state)))), title)
        elif not is_ours:
            self._of_others(finding, clause, Placed(_STATES[state], place), observations)
        elif clause not in (_own(observation).text("clause") for observation in observations):
            self._wrong(Diagnostic(codes.ALONE, place, named), title)
        else:
            self._taken.recorded.append((clause, Placed(_STATES[state], place)))
            self._account(finding, "aside", title, _RECORDED)

    def _wrong(self, diagnostic: Diagnostic, title: str) -> None:
        self._taken.wrong(diagnostic, _place(diagnostic.span), title)

    def _of_others(self, finding: Node, clause: str, verdict: Placed, observations: list[Node]) -> None:
        cited = [id_ for observation in observations for id_ in self._cited(observation)]
        said: dict[str, Said] = {
            "verdict": verdict,
            "voice": "assessor",
            "until": _earliest(observations),
            "evidence": [*dict.fromkeys(cited)] or None,
            "note": _placed(below(finding, "description")),
        }
        self._taken.entries.append(Entry("attestations", clause, said_of(said), verdict.span))
        self._account(finding, "verdict", text_of(finding, "title"))


def _earliest(observations: list[Node]) -> Said:
    """When the first of the observations expires that a finding rests on: then it is none any more."""
    ends = [end for observation in observations if (end := _placed(below(observation, "expires"))) is not None]
    known = [(day, end) for end in ends if isinstance(day := read_day(end.text), datetime) and day.tzinfo is not None]
    return min(known, key=lambda each_: each_[0])[1] if known else None


def _record_of(observation: Node) -> str:
    return f"observation-{text_of(observation, 'uuid')[:8]}"


def _fact(own: _Own) -> dict[str, Said]:
    value: Said = own.first("number") or own.first("truth") or own.first("option")
    if own.first("options") is not None:
        value = own.every("option")
    said: dict[str, Said] = {"evidence": own.every("evidence") or None, "note": own.first("note")}
    return {"value": value, **said_of(said)}


def _hashed(value: Placed | None) -> dict[str, Said]:
    """A digest under the key of its algorithm."""
    if value is None or not _SHA256.fullmatch(value.text):
        return {"hash": value}
    return {"sha256": Placed(value.text.removeprefix("sha256:"), value.span)}


def _sample(own: _Own) -> dict[str, Said]:
    """A sample with the results of its instances."""
    results: dict[str, Said] = {}
    for group in own.groups():
        name = own.first("instance", group)
        if name is not None:
            said = {"result": own.first("result", group), "evidence": own.every("evidence", group) or None}
            results[name.text] = said_of({**said, "note": own.first("note", group)})
    names = ("title", "clause", "fact", "population", "method", "rule", "voice", "by", "until", "note")
    said_: dict[str, Said] = {name: own.first(name) for name in names}
    said_ |= {"sample": own.first("size"), "evidence": own.every("evidence") or None, "results": results}
    return said_of(said_)


def _held(own: _Own) -> dict[str, Said]:
    """What an assessor holds against the subject, with its closure."""
    names = ("clause", "grade", "statement", "raised", "by", "owner", "due", "note")
    closure = {name: own.first(name, "closure") for name in ("on", "by", "note")}
    closed = said_of({**closure, "evidence": own.every("evidence", "closure") or None})
    said: dict[str, Said] = {name: own.first(name) for name in names}
    return said_of({**said, "evidence": own.every("evidence") or None, "closure": closed or None})


def _place(span: Span) -> str:
    return f"{Path(span.source.name).name}:{span.position.line}"


def _links(resource: Node) -> Iterator[Node]:
    for link in each(resource, "rlinks"):
        href = below(link, "href")
        if href is not None:
            yield href


def _placed(node: Node | None) -> Placed | None:
    return Placed(node.text, node.span) if isinstance(node, Scalar) and node.text.strip() else None


def _text(said: Said) -> str:
    return said.text if isinstance(said, Placed) else ""
