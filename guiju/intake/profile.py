"""OSCAL profiles in JSON: which controls of a catalog a baseline chooses; each baseline is a level."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path

from guiju.dsl.diagnostic import Diagnostic, Text
from guiju.dsl.source import Source, Span
from guiju.exchange.json_tree import read_json
from guiju.exchange.node import Mapping, Node, Scalar, Sequence
from guiju.intake.catalog import Catalog, Entry, Level, Unread, filled
from guiju.intake.codes import NOT_A_PROFILE
from guiju.intake.membership import not_cumulative
from guiju.intake.required import lacking
from guiju.intake.shape import misshapen
from guiju.intake.tree import below, each, place_of, text_of

REST = "whole"

_NO_CONTROL = Text("目录里没有“{id}”", "the catalog has no `{id}`")
_MARKS = Text(
    "{n} 处改动（modify）只加了属性，没有带过来",
    "{n} changes (modify) add properties alone, and were not carried over",
)
_SETS = Text(
    "等级“{level}”给参数“{id}”定了值，没有带过来：条款里仍是目录的写法",
    "at the level `{level}` the parameter `{id}` is set; not carried over: the clauses say it as the catalog does",
)
_ALTERS = Text(
    "等级“{level}”改动了控制项“{id}”，没有带过来：条款里仍是目录的写法",
    "at the level `{level}` the control `{id}` is changed; not carried over: the clauses say it as the catalog does",
)
_TAKEN_FOR_CATALOG = Text(
    "引用的是什么，文件里没有写，当作目录", "what it imports is not said in the file; it is taken for the catalog"
)
_NEITHER = Text(
    "引用的“{name}”不是所给的目录，也不是所给的或旁边的基线，当作目录，请核对",
    "it imports `{name}`, which is neither the catalog given nor a profile given or beside it; taken for the catalog, "
    "to be checked",
)
_ALL_ASSUMED = Text(
    "没有写 include-all 或 include-controls，按 OSCAL 的解析规则当作全部引入，请核对",
    "it names neither include-all nor include-controls: taken for all, as OSCAL resolves it; to be checked",
)
_LACKS = Text("{low} 里有 {up} 没有的条款，照录", "{up} lacks some of {low}; kept as it is")
_REST = Level(REST, ("全部", "Whole catalog"))


@dataclass(frozen=True)
class Selection:
    """One import of a profile: the name of the file that it imports, what it takes of that, and what it leaves out."""

    source: str
    chosen: tuple[str, ...]
    excluded: tuple[str, ...]
    takes_all: bool
    says_nothing: bool  # of what it includes: then it is all
    with_children: bool
    span: Span  # of the link


@dataclass(frozen=True)
class Profile:
    """A baseline: its name as a level, that of its file, what it imports, and what was not understood.

    One that was not given, and on which one that was stands, is no level.
    """

    level: Level
    file: str
    place: str
    selections: tuple[Selection, ...]
    unread: tuple[Unread, ...]
    is_level: bool


def read_profile(level: str, source: Source, *, is_level: bool = True) -> tuple[Profile | None, tuple[Diagnostic, ...]]:
    """The profile of a JSON text, as a level of that id unless it only serves those that are."""
    root, found = read_json(source)
    profile = below(root, "profile")
    if not isinstance(profile, Mapping):
        whole = Span(source, 0, min(len(source.text), 1))
        return None, found if root is None else (*found, Diagnostic(NOT_A_PROFILE, whole))
    wrong = misshapen(profile)
    if wrong:
        return None, (*found, *wrong)
    place = place_of(profile)
    selections = tuple(_selection(profile, one) for one in each(profile, "imports"))
    title = text_of(profile, "metadata", "title") or level
    told = (*lacking(profile, "profile"), *_changes(profile, level, place))
    return Profile(Level(level, (title,)), Path(source.name).name, place, selections, told, is_level), found


def _changes(profile: Node, level: str, place: str) -> Iterator[Unread]:
    """What a profile changes of the controls that it takes, each with its words."""
    for node in each(profile, "modify", "set-parameters"):
        id_ = text_of(node, "param-id")
        quote = f"{id_}: {' '.join(_words(node))}"
        yield Unread(place_of(node), quote, "unclear", filled(_SETS, level=level, id=id_))
    marks = 0
    for node in each(profile, "modify", "alters"):
        id_, words = text_of(node, "control-id"), " ".join(_words(node))
        if words or each(node, "removes"):
            removed = " ".join(w for part in each(node, "removes") for w in _words(part, every=True))
            quote = " ".join(filter(None, (f"{id_}:", words, f"- {removed}" if removed else "")))
            yield Unread(place_of(node), quote, "unclear", filled(_ALTERS, level=level, id=id_))
        else:
            marks += 1
    if marks:
        yield Unread(place, level, "aside", filled(_MARKS, n=marks))


#: where the words of a change stand
_SAID = frozenset(("title", "prose", "label", "description", "usage", "values", "choice"))


def _words(node: Node, under: str = "", *, every: bool = False) -> Iterator[str]:
    """The words below a node, in order; `every`: whatever key they stand under."""
    if isinstance(node, Mapping):
        yield from (
            w for e in node.entries if e.key.text != "removes" for w in _words(e.value, e.key.text, every=every)
        )
    elif isinstance(node, Sequence):
        yield from (word for item in node.items for word in _words(item, under, every=every))
    elif every or under in _SAID:
        yield " ".join(node.text.split())


def _selection(profile: Node, imported: Node) -> Selection:
    is_all = below(imported, "include-all") is not None
    says_nothing = not is_all and below(imported, "include-controls") is None
    included, excluded = each(imported, "include-controls"), each(imported, "exclude-controls")
    return Selection(
        _imported(profile, text_of(imported, "href")),
        tuple(_ids(included)),
        tuple(_ids(excluded)),
        is_all or says_nothing,
        says_nothing,
        any(text_of(part, "with-child-controls") == "yes" for part in included),
        (below(imported, "href") or imported).span,
    )


def _imported(profile: Node, href: str) -> str:
    """The name of the file behind a link; one to a resource of the profile leads on to that resource's own."""
    if not href.startswith("#"):
        return Path(href).name
    resources = each(profile, "back-matter", "resources")
    found = [r for r in resources if href[1:] in (text_of(r, "uuid"), text_of(r, "id"))]
    links = [text_of(link, "href") for resource in found for link in each(resource, "rlinks")]
    return Path(links[0]).name if links else href


def _ids(selections: Iterable[Node]) -> Iterator[str]:
    """The ids and patterns of ids that selections name."""
    for selection in selections:
        yield from (node.text for node in each(selection, "with-ids") if isinstance(node, Scalar))
        yield from (text_of(matching, "pattern") for matching in each(selection, "matching"))


def with_levels(catalog: Catalog, profiles: tuple[Profile, ...], file: str) -> Catalog:
    """The catalog of a file with each requirement at the levels of the profiles that choose it.

    What no profile chooses stands at one level more, above the others.
    """
    if not profiles:
        return catalog
    ids = frozenset(_ids_below(catalog.entries))
    given = tuple(profile for profile in profiles if profile.is_level)
    resolved = _resolved(given, profiles, ids)
    known = frozenset((file, *(profile.file for profile in profiles)))
    unread = (told for profile in profiles for told in (*profile.unread, *_unknown(profile, ids, known)))
    chosen = {id_: frozenset(level for level, found in resolved.items() if id_ in found) for id_ in ids}
    entries = tuple(_placed(entry, frozenset(), chosen) for entry in catalog.entries)
    levels = tuple(profile.level for profile in given)
    is_whole = all(leaf.levels for entry in entries for leaf in entry.leaves())
    levels = levels if is_whole else (*levels, _REST)
    made = replace(catalog, entries=entries, levels=levels, unread=(*catalog.unread, *unread))
    places = {profile.level.id: profile.place for profile in given}
    breaks = (Unread(places[up], g, "choice", filled(_LACKS, up=up, low=low)) for g, up, low in not_cumulative(made))
    return replace(made, unread=(*made.unread, *breaks))


def _ids_below(entries: tuple[Entry, ...]) -> Iterator[str]:
    """The ids of the controls, for an item of a statement goes with its control."""
    for entry in entries:
        if _is_control(entry):
            yield entry.id
        yield from _ids_below(entry.children)


def _is_control(entry: Entry) -> bool:
    return bool(entry.id) and entry.mark != "-" and not entry.mark.endswith(")")


def _resolved(
    given: tuple[Profile, ...], profiles: tuple[Profile, ...], ids: frozenset[str]
) -> dict[str, frozenset[str]]:
    """The controls that each level's profile takes, by the id of the level.

    What imports another of the profiles, which are without a ring, takes of that one's controls; anything else is the
    catalog. Each is resolved once, after those that it imports, however long the chain of them is.
    """
    by_file = {profile.file: profile for profile in reversed(profiles)}
    done: dict[str, frozenset[str]] = {}
    waiting = list(by_file.values())
    while waiting:
        profile = waiting[-1]
        first = [s.source for s in profile.selections if s.source in by_file and s.source not in done]
        if first and profile.file not in done:
            waiting += (by_file[file] for file in dict.fromkeys(first))
            continue
        waiting.pop()
        if profile.file not in done:
            done[profile.file] = _taken(profile, done, ids)
    return {profile.level.id: _taken(profile, done, ids) for profile in given}


def _taken(profile: Profile, done: dict[str, frozenset[str]], ids: frozenset[str]) -> frozenset[str]:
    """The controls that a profile takes: of what each import leads to, those that it includes and does not exclude."""
    return frozenset(
        id_ for selection in profile.selections for id_ in done.get(selection.source, ids) if _chooses(selection, id_)
    )


def _chooses(selection: Selection, id_: str) -> bool:
    if any(fnmatchcase(id_, pattern) for pattern in selection.excluded):
        return False
    parents = (id_, *(id_[:at] for at, char in enumerate(id_) if char == "." and selection.with_children))
    return selection.takes_all or any(fnmatchcase(p, pattern) for p in parents for pattern in selection.chosen)


def _unknown(profile: Profile, ids: frozenset[str], known: frozenset[str]) -> Iterator[Unread]:
    """Names of controls that do not exist, and imports of what cannot be told to be the catalog."""
    for selection in profile.selections:
        for wanted in (*selection.chosen, *selection.excluded):
            if not any(fnmatchcase(id_, wanted) for id_ in ids):
                yield Unread(profile.place, wanted, "unknown-name", filled(_NO_CONTROL, id=wanted))
        if selection.says_nothing:
            yield Unread(profile.place, selection.source, "choice", _ALL_ASSUMED)
        if selection.source.startswith("#"):
            yield Unread(profile.place, selection.source, "choice", _TAKEN_FOR_CATALOG)
        elif selection.source not in known:
            yield Unread(profile.place, selection.source, "choice", filled(_NEITHER, name=selection.source))


def _placed(entry: Entry, levels: frozenset[str], chosen: dict[str, frozenset[str]]) -> Entry:
    """An entry at the levels that choose it; an item stands where its control does."""
    own = chosen[entry.id] if _is_control(entry) else levels
    return replace(entry, levels=own, children=tuple(_placed(child, own, chosen) for child in entry.children))
