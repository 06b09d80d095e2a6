"""A catalog and the policy made of it -> ImportModel, and what the command says of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from guiju.dsl.diagnostic import Diagnostic, Language, Text
from guiju.intake.catalog import Catalog, Reason
from guiju.intake.membership import clause_groups, counted
from guiju.report.diagnostics_model import diagnostic_model
from guiju.report.imported_model import ImportedLevelModel, ImportModel, UnreadModel
from guiju.report.layout import joined

SHOWN = 20  # of each reason
_MADE = Text(
    "{document} → 标准 {id}：{groups} 组，{clauses} 条",
    "{document} -> standard {id}: {groups} groups, {clauses} clauses",
)
_LEVELS = Text("等级（计入的条款数）：", "Levels (clauses that count): ")
_MODALITIES = Text("能愿动词：", "Modal verbs: ")
_VERBS = {
    "shall": Text("应", "shall"),
    "should": Text("宜", "should"),
    "may": Text("可", "may"),
    "none": Text("没有", "none"),
}
_MORE = Text("…… 另有 {n} 处（--format json 全部列出）", "… {n} more (--format json lists them all)")
_COUNTED = Text("{heading}：{n}", "{heading}: {n}")
_NOTHING = Text("没有不明白的地方", "nothing was left out or unclear")
_REASONS: dict[Reason, Text] = {
    "unclear": Text("没有看懂，记为 not-encoded", "Not understood, kept as records not-encoded"),
    "unnumbered": Text("没有编号，记为 not-encoded", "Without a number, kept as records not-encoded"),
    "duplicate": Text("编号重复，记为 not-encoded", "Numbered twice, kept as records not-encoded"),
    "unknown-name": Text("引用了没有的编号，记为 not-encoded", "Names that do not exist, kept as records not-encoded"),
    "no-level": Text("每一级都不计，记为 not-encoded", "Counted at no level, kept as records not-encoded"),
    "choice": Text("带过来了，但请核对", "Carried over, to be looked at"),
    "withdrawn": Text("已撤销，记为 withdrawn", "Withdrawn, kept as records withdrawn"),
    "aside": Text("不是要求，没有带过来", "No requirements, not carried over"),
}


def import_of(
    document: str, catalog: Catalog, text: str, diagnostics: Iterable[Diagnostic], language: Language
) -> ImportModel:
    """What became of a document. `text` is the policy, `diagnostics` what the compiler says of it."""
    leaves = tuple(catalog.leaves())
    return ImportModel(
        guiju="import/1",
        document=document,
        policy=catalog.id,
        text=text,
        groups=sum(1 for _ in clause_groups(catalog.entries)),
        clauses=len(leaves),
        modalities=dict(Counter(leaf.modality or "none" for leaf in leaves)),
        levels=[ImportedLevelModel(id=level.id, clauses=counted(catalog, level.id)) for level in catalog.levels],
        unread=[
            UnreadModel(place=u.place, quote=u.quote, reason=u.reason, why=u.why.in_language(language))
            for u in catalog.unread
        ],
        diagnostics=[diagnostic_model(d, language) for d in diagnostics],
    )


def text_of(made: ImportModel, language: Language) -> str:
    """What a person reads: how much was made, and every kind of thing that was not."""
    return joined(_lines(made, language)) + "\n"


def _lines(made: ImportModel, language: Language) -> Iterator[str]:
    yield _MADE.in_language(language).format(
        document=made.document, id=made.policy, groups=made.groups, clauses=made.clauses
    )
    if made.levels:
        yield _LEVELS.in_language(language) + ", ".join(f"{level.id} {level.clauses}" for level in made.levels)
    verbs = (f"{_VERBS[verb].in_language(language)} {n}" for verb, n in made.modalities.items())
    yield _MODALITIES.in_language(language) + ", ".join(verbs)
    yield ""
    if not made.unread:
        yield _NOTHING.in_language(language)
    for reason, heading in _REASONS.items():
        found = [unread for unread in made.unread if unread.reason == reason]
        if found:
            yield _COUNTED.in_language(language).format(heading=heading.in_language(language), n=len(found))
            yield from (f"  {' — '.join(filter(None, (u.place, _clipped(u.quote), u.why)))}" for u in found[:SHOWN])
            if len(found) > SHOWN:
                yield f"  {_MORE.in_language(language).format(n=len(found) - SHOWN)}"


def _clipped(quote: str) -> str:
    return quote if len(quote) <= 60 else f"{quote[:59]}…"
