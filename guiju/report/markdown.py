"""Document -> Markdown: headings, lists with the marks of the printed text, tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from guiju.report.document import Document, Listing, Paragraph, Point, Points, Run, Section, Table

_MEANT = re.compile(r"([\\`*_<|~]|\](?=[(\[])|!(?=\[))|(?m:^(\s*)([-+]|\d+[.)])(?=\s))")
_BREAK = "<br>"


def markdown(document: Document) -> str:
    """The whole file. Blocks that a publication has none of, such as charts, are left out."""
    parts = [f"# {_plain(document.title)}", _plain(document.subtitle), f"*{_plain(document.notice)}*"]
    parts += [part for section in document.sections for part in _section(section)]
    parts += ["---", *(_plain(line) for line in document.footer)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _section(section: Section) -> Iterator[str]:
    yield f"{'#' * min(section.depth + 2, 6)} {_plain(section.title)}"
    for block in section.blocks:
        match block:
            case Paragraph():
                yield _runs(block.runs)
            case Listing():
                yield "\n".join(f"- {_lines(lines)}" for lines in block.lines)
            case Points():
                yield _beside(block.points) if len(block.points[0].said) > 1 else _listed(block.points)
            case Table():
                yield _table(block)


def _listed(points: Iterable[Point]) -> str:
    """Points of one language: a list, further lines of a point below it."""
    return "\n".join(line for point in points for line in _point(point))


def _point(point: Point) -> Iterator[str]:
    indent = "  " * point.depth
    first, *others = point.said[0]
    mark = f"{_plain(point.mark)} " if point.mark not in ("", "•", "—") else ""
    yield f"{indent}- {mark}{_runs(first)}"
    yield from (f"{indent}  {_BREAK}{_runs(line)}" for line in others)


def _beside(points: Iterable[Point]) -> str:
    """Points of two languages: a table with the mark before them."""
    rows = [["&nbsp;" * 4 * p.depth + _plain(p.mark), *(_lines(said) for said in p.said)] for p in points]
    return _rows(["", "中文", "English"], rows)


def _table(table: Table) -> str:
    rows = [[_lines(cell.lines) for cell in row.cells] for row in table.rows]
    header = [_plain(name) for name in table.header] or [""] * len(rows[0])
    caption = f"**{_plain(table.caption)}**\n\n" if table.caption else ""
    return caption + _rows(header, rows)


def _rows(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    rule = ["---"] * len(header)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (header, rule, *rows))


def _lines(lines: Iterable[Sequence[Run]]) -> str:
    return _BREAK.join(map(_runs, lines))


def _runs(runs: Iterable[Run]) -> str:
    return "".join(map(_run, runs)).strip()


def _run(run: Run) -> str:
    return f"**{_plain(run.text.strip())}** " if run.style == "strong" else _plain(run.text)


def _plain(text: str) -> str:
    """A text in which nothing is meant as a sign of Markdown, on one line."""
    return _MEANT.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}{m[3][:-1]}\\{m[3][-1]}", " ".join(text.split("\n")))
