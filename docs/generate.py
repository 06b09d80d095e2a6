"""MkDocs hook: takes the tuples of diagnostic codes, gives a page for each code and an index of them.

The pages exist only in the built site. Their words are those of the codes, so that no message can differ from its page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from guiju.dsl.diagnostic import Code, Severity, Text

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page


@dataclass(frozen=True)
class Family:
    """The codes of one stage: where their tuple is, and what the index calls them."""

    module: str
    table: str
    title: Text

    def codes(self) -> tuple[Code, ...]:
        """The codes, in the order of their tuple."""
        codes: tuple[Code, ...] = getattr(import_module(self.module), self.table)
        return codes


FAMILIES = (
    Family("guiju.dsl.codes", "SYNTAX_CODES", Text("文字", "Text")),
    Family("guiju.compiler.checks", "CHECK_CODES", Text("含义", "Meaning")),
    Family("guiju.exchange.codes", "FILE_CODES", Text("文件", "Files")),
    Family("guiju.exchange.codes", "EVIDENCE_CODES", Text("证据文件", "Evidence files")),
    Family("guiju.exchange.migrate", "MIGRATION_CODES", Text("证据文件的迁移", "Migrating evidence files")),
    Family("guiju.engine.codes", "BIND_CODES", Text("证据与标准", "Evidence against a policy")),
    Family("guiju.compiler.review", "REVIEW_CODES", Text("标准原文", "The standard's own text")),
    Family("guiju.standards", "STANDARDS_CODES", Text("几个标准", "Several standards")),
    Family("guiju.case_files", "CASE_FILE_CODES", Text("单独的示例文件", "Files of examples by themselves")),
    Family("guiju.editions", "EDITION_CODES", Text("证据与版本", "Evidence and editions")),
    Family("guiju.lookup", "LOOKUP_CODES", Text("给出的标准", "Standards given")),
    Family("guiju.exchange.case_codes", "CASE_CODES", Text("示例文件", "Files of cases")),
    Family("guiju.examples", "EXAMPLE_FILE_CODES", Text("策略旁的示例", "Examples beside a policy")),
    Family("guiju.library", "LIBRARY_CODES", Text("策略文件", "Policy files")),
    Family("guiju.engine.reasoning.editions.identity", "IDENTITY_CODES", Text("版本之间", "Between editions")),
    Family("guiju.bundle.codes", "BUNDLE_CODES", Text("评价包", "Bundles")),
    Family("guiju.exchange.workbook.codes", "WORKBOOK_CODES", Text("工作簿", "Workbooks")),
    Family("guiju.intake.codes", "INTAKE_CODES", Text("导入", "Imports")),
    Family("guiju.intake.evidence.codes", "EVIDENCE_INTAKE_CODES", Text("读进来的证据", "Evidence from others")),
    Family("guiju.report.exports.codes", "EXPORT_CODES", Text("导出", "Exports")),
    Family("guiju.report.codes", "REPORT_CODES", Text("报告", "Reports")),
    Family("guiju.report.fill.codes", "FILL_CODES", Text("机构自己的模板", "A body's own templates")),
    Family("guiju.draft.rules", "DRAFT_RULE_CODES", Text("草案的文字", "The text of a draft")),
    Family("guiju.draft.codes", "DRAFT_CODES", Text("草案文件", "Files of drafts")),
    Family("guiju.stating", "STATING_CODES", Text("在 Python 中按名称陈述", "Stated by name, from Python")),
    Family("guiju.batch.codes", "BATCH_CODES", Text("表", "Tables of rows")),
    Family("guiju.cli.codes", "CLI_CODES", Text("命令", "The command")),
)

SEVERITIES = {
    Severity.ERROR: Text("错误", "error"),
    Severity.WARNING: Text("警告", "warning"),
    Severity.NOTE: Text("提示", "note"),
}

INDEX = "diagnostics/index.md"


def pages() -> Iterator[tuple[str, str]]:
    """Every generated page: its path below docs/, and its Markdown."""
    yield INDEX, index()
    for family in FAMILIES:
        for code in family.codes():
            yield path(code), page(code)


def path(code: Code) -> str:
    """Where the page of a code is, below docs/."""
    return f"diagnostics/{code.name}.md"


def index() -> str:
    """The list of all codes, stage by stage."""
    parts = [
        "# Diagnostics · 诊断",
        "All that Guiju can say about a file: what was found, why it matters, what to write instead.",
        "规矩对一个文件可能说的全部内容：发现了什么，为什么重要，应当怎样写。",
    ]
    for family in FAMILIES:
        parts += [f"## {family.title.en} · {family.title.zh}", "\n".join(_index_line(code) for code in family.codes())]
    return "\n\n".join(parts) + "\n"


def page(code: Code) -> str:
    """The page of one code."""
    severity = SEVERITIES[code.severity]
    parts = [
        f"# {code.name}",
        f"**{_prose(code.title.en)}** · {severity.en}<br>**{_prose(code.title.zh)}** · {severity.zh}",
        *_section("What it says · 诊断的内容", code.message),
        *_section("Why it matters · 为什么重要", code.why),
        *_section("What to write instead · 应当怎样写", code.help),
    ]
    if code.example:
        parts += ["## Example · 示例", "A text that provokes it · 会引起这条诊断的写法：", _fenced(code.example)]
    return "\n\n".join(parts) + "\n"


def _index_line(code: Code) -> str:
    return f"- [{code.name}]({code.name}.md): {_prose(code.title.en)} · {_prose(code.title.zh)}"


def _section(heading: str, text: Text) -> list[str]:
    return [f"## {heading}", _prose(text.en), _prose(text.zh)]


def _prose(text: str) -> str:
    """A template as Markdown: `{name}` becomes ‹name›, and HTML is escaped outside code spans."""
    named = re.sub(r"\{(\w+)\}", r"‹\1›", text).replace("{{", "{").replace("}}", "}")
    spans = re.split(r"(`[^`]*`)", named)
    return "".join(part if part.startswith("`") else _escaped(part) for part in spans)


def _escaped(text: str) -> str:
    return re.sub(r"([*_\[\]])", r"\\\1", escape(text, quote=False))


def _fenced(text: str) -> str:
    return f"````text\n{text.rstrip()}\n````"


def joined(markdown: str) -> str:
    """Markdown whose lines of Chinese run on where a paragraph does; fenced blocks stay as they are."""
    parts = re.split(r"(^````.*?^````$|^```.*?^```$)", markdown, flags=re.MULTILINE | re.DOTALL)
    return "".join(part if part.startswith("```") else _LINE_END_IN_CHINESE.sub("", part) for part in parts)


_CHINESE = "\u3001-\u303f\u4e00-\u9fff\uff01-\uff5e“”…"
_LINE_END_IN_CHINESE = re.compile(rf"(?<=[{_CHINESE}])\n *(?=[{_CHINESE}])|(?<=[。，；：、）])\n *(?=[`\[\w])")


# ---- the hook ----


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put the pages of every stage below the entry of their index."""
    stages = [
        {f"{family.title.en} · {family.title.zh}": [path(code) for code in family.codes()]} for family in FAMILIES
    ]
    entry = next(entry for entry in config.nav or [] if INDEX in entry.values())
    entry.update({title: [INDEX, *stages] for title in entry})
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages to those of the folder."""
    from mkdocs.structure.files import File

    for name, text in pages():
        files.append(File.generated(config, name, content=text))
    return files


def on_page_markdown(markdown: str, **_: object) -> str:
    """Chinese is written without spaces: the end of a line inside a paragraph must not become one."""
    return joined(markdown)


def on_post_page(output: str, page: Page, **_: object) -> str:
    """Say of a Chinese page that it is one, so that browsers choose Chinese forms of the characters."""
    is_chinese = page.file.src_uri.endswith(".zh.md")
    return output.replace('<html lang="en"', '<html lang="zh-CN"', 1) if is_chinese else output


def on_post_build(config: MkDocsConfig) -> None:
    """Refuse a site that loads anything from another host: it must work without the network."""
    from mkdocs.exceptions import PluginError

    for file in sorted(Path(config.site_dir).rglob("*.html")):
        if foreign := FOREIGN_RESOURCE.search(file.read_text(encoding="utf-8")):
            raise PluginError(f"{file.name} loads from another host: {foreign.group()}")


FOREIGN_RESOURCE = re.compile(r"<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)=[\"']?(?:https?:)?//[^>]*>")
