"""A name and another one -> the text with the other one everywhere, or the reason why not.

Only the spelling that is pointed at is changed: an id, or one alias of it. Before anything is given out, the changed
text is compiled: a renaming that would lead to a mistake, or to another program, is refused.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from guiju.desk.desk import Desk, read_desk
from guiju.desk.rename_beside import Beside, Other, renamed_beside
from guiju.desk.renamed_text import places_of, replaced, would_break
from guiju.desk.tables import tables_with
from guiju.desk.things import Occurrence, Thing
from guiju.dsl.diagnostic import Text
from guiju.dsl.keywords import KEYWORDS, taken_in_expressions, taken_in_results
from guiju.dsl.parser import parse
from guiju.dsl.source import Span
from guiju.dsl.spelling import is_name
from guiju.examples import FOLDER

_NAMED = ("value", "option", "kind", "level", "group", "family", "grade", "reading", "choice", "record")
_NOTHING = Text("这里没有可以改名的名称", "there is no name here that could be changed")
_CLAUSE = Text("条款的标号是标准的，不在这里改", "the mark of a clause is the standard's own, and is not changed here")
_NUMBERED = Text(
    "节的编号是标准的，不在这里改", "the number of a section is the standard's own, and is not changed here"
)
_SHARED = Text(
    "它由词汇表“{vocabulary}”声明，其他标准也在用；请在词汇表里改",
    "the vocabulary `{vocabulary}` declares it for other standards as well; change it there",
)
_IN_VOCABULARY = Text(
    "词汇表里的名称别的标准也在用，不能只在这里改；可以加一个别名",
    "other standards use the names of a vocabulary, so it cannot be changed here alone; give it an alias instead",
)
_IN_EXAMPLES = Text(
    "名称是策略的，请在策略里改，示例会跟着改", "the name is the policy's: change it there, and the examples follow"
)
_NO_NAME = Text(
    "“{name}”不能作名称：名称以字母或汉字开头，由字母、数字、_ 组成，各段以 -、+ 或 . 相连",
    "`{name}` is no name: names begin with a letter and have letters, digits and _, their parts joined by -, + or .",
)
_RESERVED = Text("“{name}”是语言的词，不能作名称", "`{name}` is a word of the language and cannot be a name")
_PUBLISHED = ("in-force", "withdrawn")
_IN_FORCE = Text(
    "标准已经发布，别处的证据可能用着原来的名称“{old}”；改名后那些证据要跟着改，或为它加上别名“{old}”",
    "the standard is published, and evidence elsewhere may use the name `{old}`: it has to follow, "
    "or give the thing the alias `{old}`",
)
_MOST_NAMED = 5
_IN_TABLES = Text(
    "这些表的列或值里仍写着“{old}”，不会跟着改：{files}；请在表里改，或为它加上别名“{old}”",
    "these tables have `{old}` for a column or in one, and do not follow: {files}; change it there, or give the thing "
    "the alias `{old}`",
)
_WOULD_BREAK = Text("改成“{name}”会出错：{reason}", "with the name `{name}` there would be a mistake: {reason}")


@dataclass(frozen=True)
class Refusal:
    """Why a name stays as it is."""

    reason: Text


@dataclass(frozen=True)
class Renaming:
    """The places where a name stands, and what takes its place there; `beside` are those of other files.

    `is_published`: the standard is in force, so that evidence in other hands may go by the name. `tables` beside the
    policy have a column of that name, or one that may hold it.
    """

    spans: tuple[Span, ...]
    name: str
    beside: tuple[Beside, ...] = ()
    is_published: bool = False
    tables: tuple[str, ...] = ()

    @property
    def warnings(self) -> tuple[Text, ...]:
        """What does not follow by itself."""
        more = ("…",) if self.tables[_MOST_NAMED:] else ()
        said = {"old": self.spans[0].text, "files": ", ".join((*self.tables[:_MOST_NAMED], *more))}
        told = ((self.is_published, _IN_FORCE), (bool(self.tables), _IN_TABLES))
        return tuple(Text(text.zh.format(**said), text.en.format(**said)) for applies, text in told if applies)


def renamable(desk: Desk, offset: int) -> Occurrence | Refusal:
    """The name at a place that can be given another one."""
    found = [o for o in desk.at(offset) if not o.is_indirect]
    here = next((o for o in found if o.thing.kind in _NAMED), None)
    if here is None:
        return Refusal(_CLAUSE if any(o.thing.kind == "clause" for o in found) else _NOTHING)
    if not is_name(here.span.text):
        return Refusal(_NUMBERED if here.thing.kind == "group" else _NOTHING)
    return _refused(desk, here.thing) or here


def _refused(desk: Desk, thing: Thing) -> Refusal | None:
    if desk.written.folder is not None and desk.written.folder.resolve().name == FOLDER:
        return Refusal(_IN_EXAMPLES)
    symbols = desk.symbols
    assert symbols is not None  # something was found by them
    vocabulary = symbols.vocabulary_of.get(thing.of or thing.id) if thing.kind in ("value", "option") else None
    if vocabulary is not None:
        return Refusal(Text(_SHARED.zh.format(vocabulary=vocabulary), _SHARED.en.format(vocabulary=vocabulary)))
    standard = symbols.document.standard
    return Refusal(_IN_VOCABULARY) if standard is not None and standard.is_vocabulary else None


def rename(desk: Desk, offset: int, name: str) -> Renaming | Refusal:
    """Another name for what stands at a place, everywhere in the text."""
    here = renamable(desk, offset)
    if isinstance(here, Refusal):
        return here
    if not is_name(name):
        return Refusal(_with(_NO_NAME, name))
    reserved = taken_in_results() if here.thing.kind == "level" else taken_in_expressions()
    if name in reserved and here.thing.kind in ("value", "option", "level", "family", "grade"):
        return Refusal(_with(_RESERVED, name))
    old = here.span.text
    spans = places_of(desk, here.thing, old)
    changed = replaced(desk.source.text, tuple((span, name) for span in spans))
    after = read_desk(replace(desk.written, text=changed))
    broken = would_break(desk, after, old, name)
    if broken is not None:
        return Refusal(_with(_RESERVED, name) if _is_misread(desk, after, name) else _with(_WOULD_BREAK, name, broken))
    beside = renamed_beside(Other(desk, after, here.thing, old, name))
    if isinstance(beside, Text):
        return Refusal(beside)
    published = desk.program is not None and dict(desk.program.properties).get("status") in _PUBLISHED
    return Renaming(spans, name, beside, published, _tables(desk, here.thing, old))


def _is_misread(before: Desk, after: Desk, name: str) -> bool:
    """Whether a name is a word of the language that is taken for that word in some place, and not for a name."""
    if not any(name in (*keyword.en, *keyword.zh) for keyword in KEYWORDS):
        return False
    wrong = (sum(d.is_error for d in parse(desk.source)[1]) for desk in (before, after))
    return next(wrong) < next(wrong)


def _tables(desk: Desk, thing: Thing, old: str) -> tuple[str, ...]:
    """The tables beside the policy that speak of a value by this name, or that have a column of what it is one of."""
    if desk.written.folder is None or thing.kind not in ("value", "option") or desk.program is None:
        return ()
    owners = [v for v in (*desk.program.facts, *desk.program.inputs) if v.id == thing.of]
    names = [old] if thing.kind == "value" else [name for v in owners for name in (v.id, *v.aliases)]
    return tables_with(desk.written.folder, names)


def _with(template: Text, name: str, reason: Text | None = None) -> Text:
    zh, en = (reason.zh, reason.en) if reason else ("", "")
    return Text(template.zh.format(name=name, reason=zh), template.en.format(name=name, reason=en))
