"""Numbered lines of a sheet or a text, in order -> the tree of entries that their numbers say.

`6.1.1` stands below `6.1`, `AC-2(3)` below `AC-2`, `a)` below the last number, `1)` below the last letter. What has
numbers below it that have something below them in turn is a group of groups; otherwise a group holds the clauses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from guiju.dsl.diagnostic import Text
from guiju.dsl.spelling import has_cjk
from guiju.intake.catalog import Entry, Modality, Reason, Unread, filled
from guiju.intake.labels import bare, is_group_name, short
from guiju.intake.limits import has_limits
from guiju.intake.modality import (
    is_quality,
    is_subject_alone,
    leads_on,
    modal_verbs,
    only_forbidden,
    only_verb,
    strays,
    without_verb,
)

PARAGRAPH = "¶"  # in place of a number: words that ask for something and have none, below the last number
_MARK = re.compile(r"[(（]?([a-z]|\d{1,2})[)）]|([a-z])[.．、]")
#: a number with the marks of its items behind it: `4.1 a) 1)`
_COMPOUND = re.compile(r"(\S*\w)(?:\s+|(?=[(（]?[a-z][)）]))((?:[(（]?(?:[a-z]|\d{1,2})[)）]\s*)+)")
_DASHES = frozenset(("-", "--", "—", "——", "–", "•", "·", "●"))
_CIRCLES = tuple(map(chr, range(ord("①"), ord("⑳") + 1)))
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}  # full-width forms of ASCII
_HAN = "〇一二三四五六七八九"
_CHAPTER = re.compile(r"第\s*(\d{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])\s*章")
_PARTS = re.compile(r"[^\W\d_]+|\d+")

_TWICE = Text("编号“{mark}”出现第二次，没有带过来", "`{mark}` is a number that another entry has; not carried over")
_BELOW_LEFT = Text(
    "列项“{mark}”在没有带过来的“{above}”下面，也没有带过来",
    "item `{mark}` stands below `{above}`, which was not carried over, and neither was it",
)
_OF_ITS_OWN_SORT = Text(
    "列项“{mark}”在同类的列项下面，策略没有这样的编号：写作没有编号的列项，请核对",
    "item `{mark}` stands below one of its own kind, which no policy numbers: it has no number there; to be checked",
)
_NO_NUMBER = Text("编号“{mark}”不认识，没有带过来", "`{mark}` is no number that is known; not carried over")
_NO_WORDS = Text("只有编号，没有内容，没有带过来", "a number without any words; not carried over")
_VERB_ALONE = Text(
    "只有能愿动词，没有说要求什么，没有带过来", "a modal verb alone, which asks for nothing; not carried over"
)
_IMPLIED = Text(
    "“{mark}”没有单独的一行，为它的列项立了一组", "`{mark}` has no line of its own; a group was made for its items"
)
_NO_PARENT = Text(
    "列项“{mark}”上面没有编号的条，没有带过来", "item `{mark}` has no numbered clause above it; not carried over"
)
_HANGING = Text(
    "{mark} 有下级条，又直接有列项：列项归入 {name}", "{mark} holds both items and clauses: its items stand in {name}"
)
OTHER_VERB = Text(
    "写法不是应、宜、可，是否为要求由编辑定",
    "neither shall, should nor may: whether it is a requirement is for the editor",
)
_ALSO_OTHER = Text(
    "其中一处的写法不是应、宜、可（必须、不得等），也许是另一项要求",
    "a part of it has none of shall, should, may but a word such as must; it may be a requirement of its own",
)
_BEHIND = Text(
    "列项 {mark} 后面没有编号的一句：写成单独的一条，请核对它是不是属于那一项",
    "a sentence without a number behind item {mark}: it is a clause of its own; to be checked whether it belongs there",
)
LEADS_NOWHERE = Text("引出下面各项，下面却没有列项", "it leads to items, and none stand below it")
_LEADS_NOWHERE_AND_ASKS = Text(
    "像是引出下面各项，下面却没有列项：写成了条款，请核对后面的公式或表",
    "it reads as if it led to items, and none stand below it: it is a clause, to be checked with the formula or table "
    "behind it",
)
_NOT_ASKED = Text("没有能愿动词，也没有列项，不当作要求", "no modal verb and no items: not taken for a requirement")
_LIMITS = Text(
    "没有能愿动词，也没有列项，但有数值或限值，也许是要求",
    "no modal verb and no items, but numbers or limits: it may be required",
)
_KINDS = ("chapter", "part", "subpart")
_GENERAL = Text("通则", "General")


@dataclass(frozen=True)
class Line:
    """A numbered line as it stands: the number as written, a heading, the words of the requirement, and its levels.

    `lead` is what stands above its items and asks for nothing but them: its modal verb is theirs. Of an item, `under`
    is the lead above it where that is not the first of its number, and `depth` how deep it stands, 0 where none says.
    """

    number: str
    title: str
    text: str
    place: str
    levels: frozenset[str] = frozenset()
    lead: str = ""
    under: str = ""
    depth: int = 0


@dataclass
class _Node:
    """An entry while lines are still being read. `path` is what its number consists of, empty of an item."""

    line: Line
    mark: str
    path: tuple[str, ...]
    sort: str = ""  # of the mark of an item, as it is written
    is_left: bool = False  # it is not carried over, and what stands below it is not, either
    below: list[_Node] = field(default_factory=list)

    @property
    def items(self) -> list[_Node]:
        return [node for node in self.below if not node.path]

    @property
    def numbered(self) -> list[_Node]:
        return [node for node in self.below if node.path]


def _always(_line: Line) -> bool:
    return True


def outline(
    lines: Iterable[Line], heading: str, is_asked: Callable[[Line], bool] = _always
) -> tuple[tuple[Entry, ...], tuple[Unread, ...]]:
    """The outermost groups and what was not understood. `heading` names the group of numbers that stand alone.

    `is_asked` says whether a number with nothing below it asks for something; a number that does not is left out.
    """
    grower = _Grower()
    for line in lines:
        grower.take(line)
    shaper = _Shaper(is_asked)
    entries = shaper.whole(shaper.asking(grower.roots), heading)
    return entries, (*grower.unread, *shaper.unread)


def kinds_of(entries: tuple[Entry, ...]) -> tuple[str, ...]:
    """The kinds of groups that a tree of entries needs, outermost first; the last one holds clauses."""
    above = max((_above(entry) for entry in entries), default=0)
    return (*_KINDS[:above], *(f"part-{n}" for n in range(len(_KINDS), above)), "section")


def _above(entry: Entry) -> int:
    """How many groups of groups lie on one another."""
    inner = [_above(child) for child in entry.children if child.is_group]
    return 1 + max(inner) if inner else 0


@dataclass
class _Grower:
    """Hangs each line below the one that its number says."""

    roots: list[_Node] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    _numbered: dict[tuple[str, ...], _Node] = field(default_factory=dict)
    _open: list[_Node] = field(default_factory=list)  # the last number, and the items below it that are still open

    def take(self, line: Line) -> None:
        written = _plain(line.number)
        if written == PARAGRAPH:
            if len(self._open) > 1:
                told = filled(_BEHIND, mark=self._open[-1].mark)
                self.unread.append(Unread(line.place, line.text, "choice", told))
            self._open = self._open[:1]
            self._item(line, "-", "-")
            self._open = self._open[:1]  # nothing stands below a sentence
            return
        mark = _item_mark(written)
        if mark:
            self._item(line, mark, sort_of(written))
            return
        name, path = _number(written)
        compound = _COMPOUND.fullmatch(written)
        if not is_group_name(name) and compound and is_group_name(_number(compound[1])[0]):
            self._compound(line, compound[1], tuple(m[0] for m in _MARK.finditer(compound[2])))
        elif not is_group_name(name):
            self._left(line, "unnumbered", _NO_NUMBER, mark=written)
        elif path in self._numbered:
            self._left(line, "duplicate", _TWICE, mark=written)
            self._open = [_Node(line, name, path, is_left=True)]
        else:
            self._open = [self._hung(_Node(line, name, path))]

    def _hung(self, node: _Node) -> _Node:
        """A number below the one that it belongs to."""
        parents = (node.path[:n] for n in range(len(node.path) - 1, 0, -1))
        parent = next((self._numbered[p] for p in parents if p in self._numbered), None)
        (parent.below if parent else self.roots).append(node)
        self._numbered[node.path] = node
        return node

    def _compound(self, line: Line, number: str, marks: tuple[str, ...]) -> None:
        """An item that its number names in full, below what has been read of that; what has not is made."""
        name, path = _number(number)
        if path not in self._numbered:
            self._hung(_Node(Line(name, "", "", line.place), name, path))
            self.unread.append(Unread(line.place, line.number, "choice", filled(_IMPLIED, mark=name)))
        self._open = [self._numbered[path]]
        *outer, last = (_item_mark(mark.strip()) for mark in marks)
        for mark in outer:
            above = next((node for node in self._open[-1].items if node.mark == mark), None)
            if above is None:
                self._left(line, "unclear", _NO_PARENT, mark=line.number)
                return
            self._open.append(above)
        self._item(line, last, sort_of(last))

    def _item(self, line: Line, mark: str, sort: str) -> None:
        """An item goes below the last open one of another sort, letters, numbers or dashes, or less deep."""
        self._close(sort, mark, line.depth)
        if mark != "-" and any(sort_of(node.mark) == sort_of(mark) for node in self._open if not node.path):
            self.unread.append(Unread(line.place, _quote(line), "choice", filled(_OF_ITS_OWN_SORT, mark=mark)))
            mark = "-"
        node = _Node(line, mark, (), sort)
        if not self._open:
            self._left(line, "unclear", _NO_PARENT, mark=mark)
            return
        if self._open[-1].is_left:
            self._left(line, "duplicate", _BELOW_LEFT, mark=mark, above=self._open[-1].line.number)
            node.is_left = True
        elif (mark != "-" and any(node.mark == mark for node in self._open[-1].items)) or self._is_numbered(mark):
            self._left(line, "duplicate", _TWICE, mark=mark)
            node.is_left = True
        else:
            self._open[-1].below.append(node)
        self._open.append(node)

    def _close(self, sort: str, mark: str, depth: int) -> None:
        """Close the item of the same sort that another one stands beside; a list begins anew where it is deeper.

        What is no deeper than a dash does not stand below it.
        """
        for n, node in enumerate(self._open):
            if node.sort == "-" and 0 < depth <= node.line.depth:
                del self._open[n:]
                break
        same = [n for n, node in enumerate(self._open) if node.sort == sort]
        beside = [n for n in same if self._open[n].line.depth == depth]
        begins = mark in ("-", "1)") and all(0 < self._open[n].line.depth < depth for n in same)
        if beside or (same and not begins):
            del self._open[(beside or same)[0] :]

    def _is_numbered(self, mark: str) -> bool:
        """Whether a number read before, above its parent, is what the item would be called."""
        return (*self._open[0].path, *(node.mark[:-1] for node in self._open[1:]), mark[:-1]) in self._numbered

    def _left(self, line: Line, reason: Reason, why: Text, **arguments: str) -> None:
        self.unread.append(Unread(line.place, _quote(line), reason, filled(why, **arguments)))


def _quote(line: Line) -> str:
    return " ".join(filter(None, (line.number, line.title, line.text, line.lead)))


@dataclass
class _Shaper:
    """Makes groups and clauses of the tree, so that a group holds one or the other."""

    is_asked: Callable[[Line], bool]
    unread: list[Unread] = field(default_factory=list)

    def asking(self, nodes: list[_Node]) -> list[_Node]:
        """Those that ask for something, themselves or below."""
        return [node for node in nodes if self._asks(node)]

    def _asks(self, node: _Node) -> bool:
        had = bool(node.below)
        if not had and not node.line.title and not without_verb(node.line.text or node.line.lead):
            quote = _quote(node.line)
            self.unread.append(Unread(node.line.place, quote, "unclear", _VERB_ALONE if node.line.text else _NO_WORDS))
            return False
        node.below = self.asking(node.below)
        if not node.below and node.line.lead and not is_subject_alone(node.line.lead) and modal_verbs(node.line.lead):
            self.unread.append(Unread(node.line.place, _quote(node.line), "choice", _LEADS_NOWHERE_AND_ASKS))
            node.line = replace(node.line, text=f"{node.line.text} {node.line.lead}".strip(), lead="")
        if node.below or not node.path or self.is_asked(node.line):
            return True
        quote = _quote(node.line)
        is_said = bool(node.line.text or node.line.lead) or only_forbidden(quote)
        limits = has_limits(f"{node.line.title} {node.line.text}")
        why = LEADS_NOWHERE if node.line.lead else _LIMITS if limits else OTHER_VERB if is_said else _NOT_ASKED
        self.unread.append(Unread(node.line.place, quote, "unclear" if is_said or limits else "aside", why))
        return False

    def whole(self, roots: list[_Node], heading: str) -> tuple[Entry, ...]:
        alone = [node for node in roots if not node.below and not _is_chapter(node, roots)]
        listed = {id(node) for node in alone}
        entries: list[Entry] = []
        for node in roots:
            if id(node) not in listed:
                entries.append(self._group(node))
            elif node is alone[0]:
                name = "清单" if any(has_cjk(f"{one.line.title}{one.line.text}") for one in alone) else "list"
                clauses = tuple(self._clause(one, None) for one in alone)
                entries.append(Entry(name, heading, "", node.line.place, is_group=True, children=clauses))
        return tuple(entries)

    def _group(self, node: _Node) -> Entry:
        line, lead = node.line, next(iter(modal_verbs(node.line.lead)), None)
        is_own = self.is_asked(line) and (line.text or not node.below) and not _is_heading(node)
        own = (self._sole(node),) if is_own else ()
        if line.text and not own and not _is_heading(node):
            reason: Reason = "unclear" if strays(line.text) or has_limits(line.text) else "aside"
            self.unread.append(Unread(line.place, f"{node.mark} {line.text}", reason, OTHER_VERB))
        if not any(child.below for child in node.numbered) and not _alike(node):
            children = (*own, *(self._below(child, lead) for child in node.below))
        else:
            children = (*self._hanging(node, own, lead), *(self._group(child) for child in node.numbered))
        title = line.title or short(line.text)
        said = line.lead if not title or not is_subject_alone(line.lead, title) else ""
        return Entry(node.mark, title, said, line.place, is_group=True, levels=line.levels, children=children)

    def _sole(self, node: _Node) -> Entry:
        """What a number asks for itself, where it is a group: a clause of its own, before those below it."""
        line = node.line
        modality = self._modality(line, None)
        return Entry("-", line.title, line.text, line.place, modality=modality, levels=line.levels)

    def _hanging(self, node: _Node, own: tuple[Entry, ...], lead: Modality | None) -> Iterator[Entry]:
        if not node.items and not own:
            return
        name = f"{node.mark}-0"
        told = filled(_HANGING, mark=node.mark, name=name)
        self.unread.append(Unread(node.line.place, node.line.title, "choice", told))
        clauses = (*own, *(self._below(item, lead) for item in node.items))
        title = _GENERAL.in_language("zh" if has_cjk(node.line.title) else "en")
        yield Entry(name, title, "", node.line.place, is_group=True, children=clauses)

    def _below(self, node: _Node, lead: Modality | None) -> Entry:
        """A clause of a group: its lead may be another one than the first."""
        return self._clause(node, next(iter(modal_verbs(node.line.under)), lead))

    def _clause(self, node: _Node, lead: Modality | None) -> Entry:
        line = node.line
        own = self._sole(node) if _is_own(node) else None
        text = " ".join(filter(None, (line.text, line.lead)))
        modality = own.modality if own else self._modality(replace(line, text=text), lead)
        children = (*((own,) if own else ()), *(self._clause(child, modality) for child in node.below))
        return Entry(node.mark, line.title, text, line.place, modality=modality, levels=line.levels, children=children)

    def _modality(self, line: Line, lead: Modality | None) -> Modality | None:
        said = line.text if is_quality(line.title) else f"{line.title} {line.text}".strip()
        modality, unclear = only_verb(said, line.place)
        self.unread += unclear
        if strays(said):
            self.unread.append(Unread(line.place, said, "choice", OTHER_VERB if modality is None else _ALSO_OTHER))
        return modality or lead


def _is_chapter(node: _Node, roots: list[_Node]) -> bool:
    """Whether a number that asks for something alone is a chapter with a title, as others beside it are."""
    is_titled = bool(node.line.title and node.line.text)
    return is_titled and len(node.path) == 1 and any(other.below for other in roots)


def _is_heading(node: _Node) -> bool:
    """Whether the words of a number with others below it stand for its title: they are short and ask for nothing."""
    line = node.line
    is_short = not line.title and short(line.text) == bare(line.text)
    return bool(node.below) and is_short and not modal_verbs(line.text) and not only_forbidden(line.text)


def _is_own(node: _Node) -> bool:
    """Whether an item asks for something besides what stands below it.

    What ends with a colon leads to its items; so does what has no modal verb, or the only one and has not ended.
    """
    said = node.line.text
    if not node.below or not modal_verbs(said) or leads_on(said):
        return False
    has_ended = said.rstrip().endswith(("。", ".", "！", "!"))
    return has_ended or any(modal_verbs(child.line.text) for child in node.below)


def _alike(node: _Node) -> bool:
    """Whether an item and a number would be one clause: `1)` of 4.1, and 4.1.1."""
    return not {child.path for child in node.numbered}.isdisjoint(_paths(node.path, node.items))


def _paths(above: tuple[str, ...], items: list[_Node]) -> Iterator[tuple[str, ...]]:
    """What the items below a number would be called if they were numbers."""
    for item in items:
        path = (*above, item.mark[:-1])
        yield path
        yield from _paths(path, item.items)


def _plain(number: str) -> str:
    """A number in the letters and digits of a policy.

    >>> _plain("５．１"), _plain("第六章"), _plain("第 12 章")
    ('5.1', '6', '12')
    """
    written = number.strip().translate(_NARROW)
    chapter = _CHAPTER.fullmatch(written)
    if chapter is None:
        return written
    return chapter[1] if chapter[1].isdigit() else str(_chinese(chapter[1]))


def _chinese(number: str) -> int:
    """A Chinese number up to ninety-nine."""
    tens, ten, ones = number.rpartition("十")
    return (_HAN.index(tens) if tens else 1) * 10 * bool(ten) + (_HAN.index(ones) if ones else 0)


def is_item(number: str) -> bool:
    """Whether a number is the mark of an item, which stands below a number."""
    return bool(_item_mark(_plain(number)))


def item_sort(number: str) -> str:
    """The sort of the mark of an item, empty of a number."""
    written = _plain(number)
    return sort_of(written) if _item_mark(written) else ""


def _item_mark(written: str) -> str:
    """`a)` for the mark of an item, `-` for a dash, empty for a number."""
    found = _MARK.fullmatch(written)
    if found:
        return f"{found[1] or found[2]})"
    if written in _CIRCLES:
        return f"{_CIRCLES.index(written) + 1})"
    return "-" if written in _DASHES else ""


def sort_of(mark: str) -> str:
    """The sort of a mark: no item stands below one of its own sort, but for dashes."""
    if mark in _DASHES:
        return "-"
    return "circle" if mark in _CIRCLES else "number" if mark.strip("(（")[0].isdigit() else "letter"


def _number(written: str) -> tuple[str, tuple[str, ...]]:
    """A number as policies write it, and its parts: `AC-2(3)` is `AC-2.3`, with the parts AC, 2, 3."""
    name = re.sub(r"[(（](\w+)[)）]", r".\1", written).replace(" ", "").rstrip(".．、")
    return name, tuple(_PARTS.findall(name))
