"""OSCAL catalogs in JSON: groups, controls and the items of their statements (NIST, OSCAL 1.0 and later).

A control of a group becomes a group, the items of its statement its clauses; a control inside a control becomes one
clause more beside them, with its own items below it. `AC-2(3)` is written `AC-2.3`, `(a)` and `a.` are written `a)`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from guiju.dsl.diagnostic import Diagnostic, Text
from guiju.dsl.source import Source, Span
from guiju.exchange.json_tree import read_json
from guiju.exchange.node import Mapping, Node
from guiju.intake.catalog import Catalog, Entry, Modality, Unread, filled
from guiju.intake.codes import NO_REQUIREMENTS, NOT_A_CATALOG
from guiju.intake.labels import as_name, is_group_name
from guiju.intake.left import why_left
from guiju.intake.modality import is_subject_alone, leads_on, modal_verbs, only_verb
from guiju.intake.outline import sort_of
from guiju.intake.parameters import Parameter, inserted, parameters
from guiju.intake.required import lacking
from guiju.intake.shape import misshapen
from guiju.intake.tree import below, each, place_of, text_of

_ENHANCEMENT = re.compile(r"\((\w+)\)")
_ITEM = re.compile(r"\(?([a-z]|\d{1,2})[.)]")
_CONTROL = "control"

_WITHDRAWN = Text("已撤销，见 {to}", "withdrawn, see {to}")
_WITHDRAWN_ALONE = Text("已撤销", "withdrawn")
_ASIDE = Text("{n} 处“{name}”不是要求，没有带过来", "{n} parts `{name}` are no requirements and were not carried over")
_NO_ITEM = Text("要求里有不认识的部分“{name}”", "the statement has a part `{name}` that is not known")
_LEADS = Text(
    "{n} 处引导语只说谁来做，能愿动词给了下面各项，本身没有带过来",
    "{n} leads name no more than who acts: their items have their modal verb, and they were not carried over",
)
_NO_LABEL = Text(
    "编号“{mark}”在这里不能用（与旁边的或上面的相同，或者不认识）：这一项没有编号",
    "`{mark}` cannot number the item here (it is that of one beside it, the sort above it, or not known): it has none",
)
_TWICE = Text("编号“{mark}”出现第二次", "`{mark}` is the number of another entry, too")
_ID_TWICE = Text(
    "id“{id}”还有别的控制项用：这一个写作 {mark}；基线写这个 id 时两个都选",
    "the id `{id}` is that of another control, too: this one is called {mark}; a profile with that id chooses both",
)
_GROUP_TWICE = Text("id“{id}”用了两次：这一个写作 {mark}", "the id `{id}` is used twice: this one is called {mark}")
_PART = Text("部分“{name}”", "a part `{name}`")
#: parts that ask for nothing by what OSCAL calls them: what explains a requirement, and how it is assessed
_EXPLAINING = frozenset(
    (
        *("guidance", "example", "overview", "instruction", "objective", "objects", "assessment"),
        *("assessment-objective", "assessment-objects", "assessment-method"),
    )
)


def read_catalog(source: Source) -> tuple[Catalog | None, tuple[Diagnostic, ...]]:
    """The catalog of a JSON text, without levels: those are for profiles to give."""
    root, found = read_json(source)
    catalog = below(root, "catalog")
    whole = Span(source, 0, min(len(source.text), 1))
    if not isinstance(catalog, Mapping):
        return None, found if root is None else (*found, Diagnostic(NOT_A_CATALOG, whole))
    wrong = misshapen(catalog)
    if wrong:
        return None, (*found, *wrong)
    reader = _Reader(parameters(catalog))
    entries = (*reader.groups(catalog, 0), *reader.controls(catalog))
    if not any(True for entry in entries for _ in entry.leaves()):
        return None, (*found, Diagnostic(NO_REQUIREMENTS, whole))
    title = text_of(catalog, "metadata", "title") or source.name
    designation = title.partition(":")[0]
    read = Catalog(
        id=as_name(designation) or "catalog",
        designation=designation,
        title=title,
        source=" ".join(filter(None, (title, text_of(catalog, "metadata", "version")))),
        kinds=(*reader.kinds, _CONTROL),
        entries=entries,
        unread=(*lacking(catalog, "catalog"), *reader.unread, *reader.asides(place_of(catalog))),
    )
    return read, found


@dataclass
class _Reader:
    """Goes through a catalog once; what is not understood gathers on the way."""

    parameters: dict[str, Parameter]
    kinds: list[str] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    left: Counter[str] = field(default_factory=Counter)
    ids: set[str] = field(default_factory=set)
    leads: int = 0  # that say no more than who acts

    def groups(self, node: Node, depth: int) -> tuple[Entry, ...]:
        return tuple(self._group(group, depth) for group in each(node, "groups"))

    def _group(self, node: Node, depth: int) -> Entry:
        if depth == len(self.kinds):
            self.kinds.append(self._kind(text_of(node, "class"), depth))
        mark = self._mark(node)
        self._leave_out(each(node, "parts"))
        children = (*self.groups(node, depth + 1), *self.controls(node))
        return Entry(mark, text_of(node, "title"), "", place_of(node), is_group=True, children=children)

    def _kind(self, given: str, depth: int) -> str:
        name = as_name(given)
        return name if name and name not in (*self.kinds, _CONTROL) else "family" if depth == 0 else f"family-{depth}"

    def controls(self, node: Node) -> tuple[Entry, ...]:
        return tuple(found for control in each(node, "controls") for found in self._control(control))

    def _control(self, node: Node) -> Iterator[Entry]:
        """A control as a group of clauses; its enhancements are clauses of their own."""
        more = tuple(entry for inner in each(node, "controls") for entry in self._enhancement(inner))
        if self._is_withdrawn(node):
            if more:
                yield Entry(self._mark(node), text_of(node, "title"), "", place_of(node), is_group=True, children=more)
            return
        mark = self._mark(node)
        text, items = self._statement(node)
        title = self._said_in(node, "title")
        own = items or (self._clause("-", title, text, node),)
        lead = text if items else ""
        yield Entry(mark, title, lead, place_of(node), text_of(node, "id"), is_group=True, children=(*own, *more))

    def _enhancement(self, node: Node) -> Iterator[Entry]:
        if not self._is_withdrawn(node):
            text, items = self._statement(node)
            yield self._clause(self._mark(node), self._said_in(node, "title"), text, node, items)
        for inner in each(node, "controls"):
            yield from self._enhancement(inner)

    def _clause(self, mark: str, title: str, text: str, node: Node, items: tuple[Entry, ...] = ()) -> Entry:
        modality, unclear = only_verb(text, place_of(node))
        self.unread += unclear
        return Entry(mark, title, text, place_of(node), text_of(node, "id"), modality=modality, children=items)

    def _statement(self, node: Node) -> tuple[str, tuple[Entry, ...]]:
        """What a control asks for: a text alone, or what leads to the items of its statements, and these.

        A lead gives its items its modal verb, and stays where it says more than who acts.
        """
        parts = [part for part in each(node, "parts") if text_of(part, "name") == "statement"]
        self._leave_out(part for part in each(node, "parts") if part not in parts)
        if len(parts) == 1 and not each(parts[0], "parts"):
            return self._said_in(parts[0]), ()
        leads: list[str] = []
        items = tuple(entry for part in parts for entry in self._said(part, leads))
        return " ".join(leads), items

    def _said(self, part: Node, leads: list[str]) -> Iterator[Entry]:
        """A statement with items, or one of several: what it says of itself, and its items; `leads` gathers leads."""
        prose = self._said_in(part)
        is_lead = bool(each(part, "parts")) and leads_on(prose)
        if prose and not is_lead:
            yield self._clause("-", "", prose, part)
        elif is_lead and is_subject_alone(prose):
            self.leads += 1
        elif is_lead:
            leads.append(prose)
        lead = next(iter(modal_verbs(prose)), None) if is_lead else None
        yield from (_inheriting(item, lead) for item in self._items(part))

    def _items(self, node: Node, above: str = "-") -> Iterator[Entry]:
        """The items of a statement, or of an item with the mark `above`."""
        seen: set[str] = set()
        for part in each(node, "parts"):
            text, name = self._said_in(part), text_of(part, "name")
            if name != "item":
                self._unclear(part, self._whole(part), filled(_NO_ITEM, name=name))
                continue
            label = _ITEM.fullmatch(_label(part))
            mark = f"{label[1]})" if label else "-"
            if mark in seen or (mark != "-" and sort_of(mark) == sort_of(above)):
                mark = "-"
            if mark == "-" and _label(part):
                told = filled(_NO_LABEL, mark=_label(part))
                self.unread.append(Unread(place_of(part), text, "choice", told))
            seen.add(mark)
            yield self._clause(mark, self._said_in(part, "title"), text, part, tuple(self._items(part, mark)))

    def _said_in(self, node: Node, field: str = "prose") -> str:
        """A text of a node with its parameters."""
        said = text_of(node, field)
        problems: dict[str, Text] = {}
        text = inserted(said, self.parameters, problems)
        for name, why in problems.items():
            self._unclear(node, said, filled(why, name=name))
        return text

    def _whole(self, node: Node) -> str:
        """All words of a part and of those below it."""
        inner = (self._whole(part) for part in each(node, "parts"))
        own = (_label(node), self._said_in(node, "title"), self._said_in(node))
        return " ".join(filter(None, (*own, *inner)))

    def _mark(self, node: Node) -> str:
        """The name of a group or control: its label where a policy can write it, otherwise its id."""
        label = _ENHANCEMENT.sub(r".\1", _label(node)).replace(" ", "")
        id_ = text_of(node, "id")
        wanted = (label, id_, id_.upper(), as_name(f"{label} {text_of(node, 'title')}"))
        free = [name for name in wanted if is_group_name(name) and name not in self.taken]
        mark = free[0] if free else f"entry-{len(self.taken) + 1}"
        if label in self.taken:
            self._unclear(node, text_of(node, "title"), filled(_TWICE, mark=label))
        elif id_ and id_ in self.ids:
            is_group = each(node, "groups") or each(node, "controls")
            told = filled(_GROUP_TWICE if is_group else _ID_TWICE, id=id_, mark=mark)
            self.unread.append(Unread(place_of(node), text_of(node, "title"), "choice", told))
        self.taken.add(mark)
        self.ids.add(id_)
        return mark

    def _is_withdrawn(self, node: Node) -> bool:
        status = [p for p in each(node, "props") if text_of(p, "name") == "status"]
        if not any(text_of(p, "value").lower() == "withdrawn" for p in status):
            return False
        to = ", ".join(
            text_of(link, "href").removeprefix("#")
            for link in each(node, "links")
            if text_of(link, "rel") in ("incorporated-into", "moved-to")
        )
        why = filled(_WITHDRAWN, to=to) if to else _WITHDRAWN_ALONE
        quote = " ".join(filter(None, (_label(node) or text_of(node, "id"), text_of(node, "title"))))
        self.unread.append(Unread(place_of(node), quote, "withdrawn", why))
        return True

    def _unclear(self, node: Node, quote: str, why: Text) -> None:
        self.unread.append(Unread(place_of(node), quote, "unclear", why))

    def _leave_out(self, parts: Iterable[Node]) -> None:
        """What explains is counted; a part of a name that is not known is told with its words."""
        for part in parts:
            name, said = text_of(part, "name"), self._whole(part)
            if name in _EXPLAINING or not said:
                self.left[name] += 1
            else:
                reason, why = why_left(said, filled(_PART, name=name))
                self.unread.append(Unread(place_of(part), said, reason, why))

    def asides(self, place: str) -> tuple[Unread, ...]:
        """The kinds of parts that are no requirements, each once with its number, and the leads left out."""
        leads = (Unread(place, "", "aside", filled(_LEADS, n=self.leads)),) if self.leads else ()
        parts = (Unread(place, name, "aside", filled(_ASIDE, n=n, name=name)) for name, n in sorted(self.left.items()))
        return (*parts, *leads)


def _inheriting(entry: Entry, lead: Modality | None) -> Entry:
    """An item with the modal verb of its lead, where it has none of its own."""
    own = entry.modality or lead
    return replace(entry, modality=own, children=tuple(_inheriting(child, own) for child in entry.children))


def _label(node: Node) -> str:
    """What the document prints for a control or an item."""
    labels = [p for p in each(node, "props") if text_of(p, "name") == "label"]
    printed = [p for p in labels if not text_of(p, "class")] or labels
    return text_of(printed[0], "value") if printed else ""
