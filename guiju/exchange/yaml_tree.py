"""Takes YAML text, gives a tree of placed nodes, from the parser's events: no recursion, no resolving, no floats.

The parser in C is used where it is there; the one in Python gives the same trees.
"""

from __future__ import annotations

import re
from typing import Literal

import yaml

from guiju.dsl.diagnostic import Diagnostic, Label, Text
from guiju.dsl.source import Source, Span
from guiju.exchange import codes
from guiju.exchange.node import Node, TreeBuilder, clip
from guiju.exchange.wide_colon import wide_colon
from guiju.exchange.wide_comma import wide_comma

Parser = Literal["c", "python"]
DEFAULT_PARSER: Parser = "c" if yaml.__with_libyaml__ else "python"
_TAB = re.compile(r"^ *\t[ \t]*(?=[^ \t\r\n#])", re.MULTILINE)
_DIRECTIVE = re.compile(r"^%", re.MULTILINE)
_BLOCK_HEADER = re.compile(r"[|>][-+0-9]*(?:[ \t]+#|[ \t]*(?:[\r\n]|$))")
_KINDS: dict[type[yaml.Event], Literal["mapping", "sequence"]] = {
    yaml.MappingStartEvent: "mapping",
    yaml.SequenceStartEvent: "sequence",
}

_INDENT = Text("检查缩进：同一层的行从同一列开始", "check the indentation: lines of one level begin in one column")
_QUOTE = Text("给这段文字加引号", "put quotes around the text")
_BRACKETS = Text("补上逗号或右括号", "add the comma or the closing bracket")
_QUESTION = (
    Text("括号里没有引号的文字不能有问号", "a text in brackets and without quotes holds a question mark"),
    Text("给它加引号；未知的值写 null", "put quotes around it, or write null for a value that is not known"),
)
_NO_DIRECTIVES = (
    Text(
        "行首的 % 是 YAML 指令，这里不用指令",
        "a `%` that begins a line is a YAML directive, which has no place here",
    ),
    Text(
        "删去这一行；若是文字的一部分，不要放在行首",
        "delete the line; if it is part of a text, do not begin a line with it",
    ),
)
_FALLBACK = (
    Text("这一行读不懂", "this line cannot be read"),
    Text("检查这一行的冒号、引号、括号和缩进", "check the colons, quotes, brackets and indentation of the line"),
)

#: what the parsers say (a part of it), what it means, and what to do
_PROBLEMS: tuple[tuple[str, Text, Text], ...] = (
    (
        "mapping values are not allowed",
        Text("这里不能再有“键: 值”", "there can be no further `key: value` here"),
        Text("文字里有“: ”就加引号；否则检查缩进", "quote a text that contains `: `, or else check the indentation"),
    ),
    (
        "could not find expected ':'",
        Text("键的后面没有冒号", "a key without its colon"),
        Text("写成 `键: 值`，冒号后面空一格", "write `key: value`, with a space behind the colon"),
    ),
    ("cannot start any token", Text("这个字符不能开头", "nothing can begin with this character"), _QUOTE),
    (
        "unexpected end of stream",
        Text("引号没有配对，直到文件结束", "a quote is opened and never closed"),
        Text("补上右引号", "add the closing quote"),
    ),
    (
        "escape",
        Text("双引号里的反斜杠写法不认识", "a backslash that means nothing inside double quotes"),
        Text("改用单引号，或写成 \\\\", "use single quotes, or write \\\\"),
    ),
    ("',' or ']'", Text("方括号里缺少逗号，或没有右括号", "a comma or `]` is missing"), _BRACKETS),
    ("',' or '}'", Text("花括号里缺少逗号，或没有右括号", "a comma or `}` is missing"), _BRACKETS),
    ("<block end>", Text("这一行不属于上面的任何一层", "this line belongs to no level above it"), _INDENT),
    (
        "did not find expected key",
        Text("这一行不属于上面的任何一层", "this line belongs to no level above it"),
        _INDENT,
    ),
    ("expected '-' indicator", Text("这一行不属于上面的任何一层", "this line belongs to no level above it"), _INDENT),
    (
        "sequence entries are not allowed",
        Text("列表不能从这里开始", "a list cannot begin here"),
        Text("把 `- ` 另起一行写", "put `- ` on a line of its own"),
    ),
    (
        "node content",
        Text("这里缺少一个值", "a value is missing here"),
        Text("写出值，未知写 null", "give the value, or null"),
    ),
)


def read_yaml(source: Source, parser: Parser = DEFAULT_PARSER) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """The tree of a YAML text. None where there is none to go on with."""
    builder = TreeBuilder(source)
    tab = _TAB.search(source.text)
    if tab is not None:
        builder.report(codes.TAB_INDENTATION, *tab.span())
        return None, tuple(builder.diagnostics)
    directive = _DIRECTIVE.search(source.text)
    if directive is not None:
        _report(builder, directive.start(), _NO_DIRECTIVES)
        return None, tuple(builder.diagnostics)
    try:
        whole = _read_events(builder, parser)
    except yaml.YAMLError as error:
        problem = _syntax_error(source, error)
        line = problem.span.position.line
        if not any(d.code is codes.ANCHOR and d.span.position.line == line for d in builder.diagnostics):
            builder.diagnostics.append(problem)  # `note: *see page 3` is one mistake
        whole = False
    if any(d.code is codes.MERGE_KEY for d in builder.diagnostics):
        return None, tuple(builder.diagnostics)  # what it brings in is not known, nor what is lacking without it
    if whole and builder.root is None:
        builder.report(codes.EMPTY_FILE, 0, 0)
    return builder.root if whole else None, tuple(builder.diagnostics)


def _read_events(builder: TreeBuilder, parser: Parser) -> bool:
    """Whether the text was read to its end."""
    loader = yaml.CSafeLoader if parser == "c" else yaml.SafeLoader
    anchors: set[str] = set()
    documents = 0
    # One parser takes tabs between words for blanks, the other refuses them: here they are blanks.
    for event in yaml.parse(builder.source.text.replace("\t", " "), Loader=loader):
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                builder.report(codes.SEVERAL_DOCUMENTS, *_extent(event))
                return False
        elif isinstance(event, yaml.NodeEvent):
            _refuse_marks(builder, event, anchors)
            _take_node(builder, event)
        elif isinstance(event, yaml.CollectionEndEvent):
            builder.close(_end(builder.source, event))
        if builder.stopped:
            return False
    return True


def _take_node(builder: TreeBuilder, event: yaml.NodeEvent) -> None:
    start, end = _extent(event)
    match event:
        case yaml.ScalarEvent():
            if event.value == "<<" and not event.style:
                builder.report(codes.MERGE_KEY, start, end)
            if event.style in ("|", ">"):
                _check_header(builder, event)
            if builder.in_brackets and not event.style and "?" in event.value:
                _report(builder, start, _QUESTION)  # one parser takes it, the other does not
            if event.value or event.style or builder.nested:
                builder.scalar(event.value, bool(event.style), start, max(start, _end(builder.source, event)))
        case yaml.AliasEvent():
            builder.scalar("", False, start, end)
        case _:
            builder.open(_KINDS[type(event)], start)


def _check_header(builder: TreeBuilder, event: yaml.ScalarEvent) -> None:
    """One parser takes anything for a comment behind `|`, the other refuses it: here it is refused."""
    start = re.compile(r"[|>]").search(builder.source.text, event.start_mark.index if event.start_mark else 0)
    if start is not None and not _BLOCK_HEADER.match(builder.source.text, start.start()):
        _report(builder, start.start() + 1, _FALLBACK)


def _report(builder: TreeBuilder, at: int, finding: tuple[Text, Text]) -> None:
    builder.report(codes.YAML_SYNTAX, at, at + 1, problem=finding[0], remedy=finding[1])


def _refuse_marks(builder: TreeBuilder, event: yaml.NodeEvent, anchors: set[str]) -> None:
    """Anchors, each name once, and tags."""
    start, _ = _extent(event)
    if event.anchor is not None and event.anchor not in anchors:
        anchors.add(event.anchor)
        sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
        mark = f"{sign}{event.anchor}"
        builder.report(codes.ANCHOR, start, start + len(mark), mark=clip(mark))
    tag = getattr(event, "tag", None)
    if tag is not None:
        builder.report(codes.EXPLICIT_TAG, start, start + 1, tag=clip(tag.replace("tag:yaml.org,2002:", "!!")))


def _extent(event: yaml.Event) -> tuple[int, int]:
    """The offsets between which an event stands."""
    start, end = event.start_mark, event.end_mark
    return (start.index if start else 0), (end.index if end else 0)


def _end(source: Source, event: yaml.Event) -> int:
    """Where an event ends, without the blanks and line ends that a parser may add."""
    start, end = _extent(event)
    while end > start and source.text[end - 1] in " \t\r\n":
        end -= 1
    return end


def _syntax_error(source: Source, error: yaml.YAMLError) -> Diagnostic:
    said = getattr(error, "problem", None) or str(error)
    problem, remedy = next(((p, r) for part, p, r in _PROBLEMS if part in said), _FALLBACK)
    context, mark = (_index(error, name) for name in ("context_mark", "problem_mark"))
    if "unexpected end of stream" in said:
        mark = context  # where the quote was opened says more than where the file ends
    at = mark if mark is not None else context or 0
    wide = wide_colon(source, source.text.rfind("\n", 0, at), at)
    if wide is not None:
        return wide
    comma = wide_comma(source.text, context, at) if context is not None else None
    if comma is not None:
        inside = source.text[context:at].strip().lstrip("[{")
        return Diagnostic(codes.FULL_WIDTH_COMMA, Span(source, *comma), (("text", clip(inside)),))
    labels: tuple[Label, ...] = ()
    if context is not None and context != at:
        labels = (Label(Span(source, context, context + 1), Text("从这里开始", "it begins here")),)
    arguments = (("problem", problem), ("remedy", remedy))
    return Diagnostic(codes.YAML_SYNTAX, Span(source, at, min(at + 1, len(source.text))), arguments, labels)


def _index(error: yaml.YAMLError, name: str) -> int | None:
    mark = getattr(error, name, None)
    return None if mark is None else int(mark.index)
