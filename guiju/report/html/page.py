"""Document -> the HTML page, through one template with escaping on. Script and style are its own, and short."""

from __future__ import annotations

from guiju.dsl.diagnostic import Text
from guiju.report import document as model
from guiju.report.document import Document, anchor
from guiju.report.html.charts import svg
from guiju.report.html.outline import views
from guiju.report.html.template import as_it_is, hash_of, own, rendered

_WORDS = {
    "contents": Text("目录", "Contents"),
    "skip": Text("跳到正文", "Skip to the content"),
    "search": Text("查找推导中的文字", "Search the derivation"),
    "fails": Text("只看不满足", "Only what fails"),
    "unknown": Text("只看未知", "Only what is unknown"),
    "depth": Text("深度", "Depth"),
    "gaps": Text("缺口", "gaps"),
    "review": Text("逐条", "clause by clause"),
    "engineer": Text("每个节点", "every node"),
    "open": Text("全部展开", "Open all"),
    "close": Text("全部收起", "Fold all"),
    "found": Text("找到 {n} 行", "Lines found: {n}"),
    "none": Text("这一深度没有这样的行", "No such line at this depth"),
    "deeper": Text("深度“{depth}”中有 {n} 行，转到该深度", "Lines found at depth “{depth}”: {n} – show that depth"),
    "filtered": Text("有 {n} 行被筛选隐去，取消筛选", "Lines found, but hidden by the filters: {n} – show them"),
    "lost": Text("此链接所指的“{id}”不在本页", "Nothing on this page is called “{id}”, to which the link leads"),
    "permalink": Text("此行的链接", "link to this line"),
    "determining": Text("决定结论", "determines the conclusion"),
    "ruling-out": Text("排除其他值", "rules another value out"),
    "above": Text("见上文", "told above"),
    "source": Text("策略原文", "Source of the policy"),
    "filters": Text("筛选推导", "Filter the derivation"),
    "made-of": Text("由何生成", "What this page was made of"),
    "scroll": Text("可左右滚动的表", "table, scrolls sideways"),
}


def page(document: Document) -> str:
    """The whole file."""
    script, style = own("page.js"), own("page.css")
    return rendered(
        "page.html.jinja",
        document=document,
        word={key: text.in_language(document.language) for key, text in _WORDS.items()},
        kind=_kind,
        svg=lambda chart: as_it_is(svg(chart)),
        views=views,
        anchor=anchor,
        script=as_it_is(script),
        style=as_it_is(style),
        script_hash=hash_of(script),
    )


def _kind(block: model.Block) -> str:
    return type(block).__name__
