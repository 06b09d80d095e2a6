"""Document and language -> how each reference is printed: by an alias of that language, by the id, or as written.

Names live apart by what they name (kinds, levels, groups, values, options of one enumeration), so an alias only ever
replaces a reference of its own sort.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from guiju.dsl import tree
from guiju.dsl.diagnostic import Language
from guiju.dsl.keywords import KEYWORDS, units_in
from guiju.dsl.spelling import has_cjk

_Names = tuple[str, ...]  # an id and its aliases


@dataclass(frozen=True)
class Naming:
    """What is printed for every way to write a name; a name that is not listed is printed as written."""

    kinds: dict[str, str]
    levels: dict[str, str]
    groups: dict[str, str]
    values: dict[str, str]
    options: dict[str, dict[str, str]]  # by any name of the input or fact that has them
    units: dict[str, str]
    weight_rows: dict[str, str]  # options or groups, whichever the weight table has a row of


def naming(document: tree.Document, language: Language | None, shared: tuple[tree.FactDecl, ...] = ()) -> Naming:
    """The printed names of a document. Without a language every name stays as it is written.

    `shared`: facts of vocabularies, whose names are turned as well.
    """
    if language is None:
        return Naming({}, {}, {}, {}, {}, {}, {})
    found = document.declarations
    kinds = [k for d in found if isinstance(d, tree.GroupsDecl) for k in d.kinds]
    levels = [x for d in found if isinstance(d, tree.LevelsDecl) for x in d.levels]
    values = [d for d in (*found, *shared) if isinstance(d, tree.InputDecl | tree.FactDecl | tree.LetDecl)]
    groups = _printed((_names(g) for g in _groups(found)), language)
    options = {name: _options(v, language) for v in values if _is_choice(v) for name in _names(v)}
    corner = next((d.header[0].text for d in found if isinstance(d, tree.WeightsDecl) and d.header), "")
    return Naming(
        kinds=_printed((_names(k) for k in kinds), language),
        levels=_printed((_names(x) for x in levels), language),
        groups=groups,
        values=_printed((_names(v) for v in values), language),
        options=options,
        units=units_in(language),
        weight_rows=options.get(corner, groups),
    )


def _is_choice(value: tree.InputDecl | tree.FactDecl | tree.LetDecl) -> bool:
    return not isinstance(value, tree.LetDecl) and isinstance(value.type, tree.ChoiceType)


def _options(value: tree.InputDecl | tree.FactDecl | tree.LetDecl, language: Language) -> dict[str, str]:
    if isinstance(value, tree.LetDecl) or not isinstance(value.type, tree.ChoiceType):
        return {}
    aliases = {o.name.text: o.aliases for o in value.options}
    ids = [o.text for o in value.type.options]
    return _printed(((i, *(a.text for a in aliases.get(i, ()))) for i in ids), language)


def _groups(found: Iterable[tree.Declaration | tree.GroupDecl]) -> Iterator[tree.GroupDecl]:
    for d in found:
        if isinstance(d, tree.GroupDecl):
            yield d
            yield from _groups(d.groups)


def _names(
    node: tree.KindDecl | tree.LevelDecl | tree.GroupDecl | tree.InputDecl | tree.FactDecl | tree.LetDecl,
) -> _Names:
    return (node.name.text, *(a.text for a in node.aliases))


def _printed(things: Iterable[_Names], language: Language) -> dict[str, str]:
    """Every name -> the one to print. An alias that two things share, or that is a keyword, is never chosen."""
    listed = list(things)
    uses = Counter(name for names in listed for name in set(names))
    printed: dict[str, str] = {}
    for names in listed:
        chosen = _chosen(names[0], [a for a in names[1:] if uses[a] == 1 and a not in keyword_words()], language)
        for name in names:
            printed.setdefault(name, chosen if uses[name] == 1 else name)
    return printed


def _chosen(id_: str, aliases: list[str], language: Language) -> str:
    if id_[0].isdigit() or has_cjk(id_) == (language == "zh"):
        return id_
    return next((a for a in aliases if (has_cjk(a) if language == "zh" else a.isascii())), id_)


@cache
def keyword_words() -> frozenset[str]:
    """The words of all keywords in both languages: what a name had better not be."""
    return frozenset(word for k in KEYWORDS for s in (*k.en, *k.zh) for word in (s, *s.split()))
