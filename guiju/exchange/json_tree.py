"""Takes JSON text, gives a tree of placed nodes: RFC 8259, without recursion, numbers as they are written."""

from __future__ import annotations

import json
import re
from typing import Literal, TypeAlias

from guiju.dsl.diagnostic import Diagnostic, Text
from guiju.dsl.source import Source
from guiju.exchange import codes
from guiju.exchange.node import Node, TreeBuilder

_BLANK = re.compile(r"[ \t\r\n]*")
_STRING = re.compile(r'"[^"\\\x00-\x1f]*+(?:\\[^\x00-\x1f][^"\\\x00-\x1f]*+)*+"')
_PLAIN = re.compile(r"(?:true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)(?![\w.+-])")

#: what may come next
_Next: TypeAlias = Literal["value", "value or ]", "key", "key or }", ":", ", or ]", ", or }", "end"]

_SEPARATORS: dict[tuple[_Next, str], _Next] = {
    (":", ":"): "value",
    (", or ]", ","): "value",
    (", or }", ","): "key",
}
_CLOSERS = frozenset({("value or ]", "]"), (", or ]", "]"), ("key or }", "}"), (", or }", "}")})

_Finding: TypeAlias = tuple[Text, Text]
_ENDED: _Finding = (
    Text("文件在中途结束", "the file ends in the middle"),
    Text("补上缺少的括号", "add the missing brackets"),
)
_TRAILING: _Finding = (
    Text("最后一项后面多了逗号", "a comma behind the last entry"),
    Text("删去逗号", "delete the comma"),
)
_COMMENT: _Finding = (
    Text("JSON 没有注释", "JSON has no comments"),
    Text("删去注释，或改用 YAML（文件名以 .yaml 结尾）", "delete it, or use YAML (a name that ends in .yaml)"),
)
_OPEN_STRING: _Finding = (
    Text(
        "文字没有右引号，或引号里有换行、制表符", "a text without its closing quote, or with a line end or tab inside"
    ),
    Text("补上右引号，换行写成 \\n", "add the closing quote; write a line end as \\n"),
)
_BAD_ESCAPE: _Finding = (
    Text("反斜杠的写法不认识", "a backslash that means nothing here"),
    Text("反斜杠本身写成 \\\\", "write \\\\ for a backslash"),
)
_NUMBER: _Finding = (
    Text("JSON 里不能这样写数", "JSON does not write numbers like this"),
    Text("写成 12、0.5、-3、1e6；带单位的加引号", 'write 12, 0.5, -3, 1e6, and quote what has a unit: "50 PFLOPS"'),
)
_WANTED: dict[_Next, _Finding] = {
    "value": (
        Text("这里缺少一个值", "a value is missing here"),
        Text("写出值，文字加双引号", "give the value; texts stand in double quotes"),
    ),
    "value or ]": (
        Text("这里缺少一个值或 ]", "a value or `]` is missing here"),
        Text("文字加双引号", "texts stand in double quotes"),
    ),
    "key": (
        Text("这里缺少一个键", "a key is missing here"),
        Text('键加双引号，例如 "facts"', 'keys stand in double quotes, as in "facts"'),
    ),
    "key or }": (
        Text("这里缺少一个键或 }", "a key or `}` is missing here"),
        Text('键加双引号，例如 "facts"', 'keys stand in double quotes, as in "facts"'),
    ),
    ":": (Text("键的后面没有冒号", "a key without its colon"), Text("在键后面写冒号", "put a colon behind the key")),
    ", or ]": (
        Text("缺少逗号或 ]", "a comma or `]` is missing"),
        Text("补上逗号或右括号", "add the comma or the closing bracket"),
    ),
    ", or }": (
        Text("缺少逗号或 }", "a comma or `}` is missing"),
        Text("补上逗号或右括号", "add the comma or the closing bracket"),
    ),
    "end": (
        Text("内容已经结束，后面还有文字", "there is more behind the end"),
        Text("删去多余的文字", "delete what is too much"),
    ),
}


class _Reader:
    """One pass over the text. `open` holds the closing brackets that are due."""

    def __init__(self, source: Source) -> None:
        self.builder = TreeBuilder(source)
        self.text = source.text
        self.at = 0
        self.next: _Next = "value"
        self.open: list[Literal["]", "}"]] = []
        self.after_comma = False

    def run(self) -> bool:
        """Whether the text was read to its end."""
        while self._skip_blanks():
            if not self._step(self.text[self.at]) or self.builder.stopped:
                return False
        return self.next == "end" or self._fail(_ENDED)

    def _skip_blanks(self) -> bool:
        blank = _BLANK.match(self.text, self.at)
        self.at = blank.end() if blank else self.at
        return self.at < len(self.text)

    def _step(self, char: str) -> bool:
        if (self.next, char) in _CLOSERS:
            return self._close()
        if (self.next, char) in _SEPARATORS:
            self.next, self.at, self.after_comma = _SEPARATORS[self.next, char], self.at + 1, char == ","
            return True
        if self.next in ("key", "key or }") and char == '"':
            return self._string()
        if self.next in ("value", "value or ]"):
            return self._value(char)
        return self._fail(self._finding(char))

    def _value(self, char: str) -> bool:
        if char in "[{":
            self.builder.open("sequence" if char == "[" else "mapping", self.at)
            self.open.append("]" if char == "[" else "}")
            self.next, self.at = ("value or ]" if char == "[" else "key or }"), self.at + 1
            return True
        if char == '"':
            return self._string()
        plain = _PLAIN.match(self.text, self.at)
        if plain is None:
            return self._fail(self._finding(char))
        self.builder.scalar(plain[0], False, *plain.span())
        return self._go_on(plain.end())

    def _string(self) -> bool:
        token = _STRING.match(self.text, self.at)
        if token is None:
            return self._fail(_OPEN_STRING)
        try:
            text: str = json.loads(token[0])
        except ValueError:
            return self._fail(_BAD_ESCAPE)
        is_key = self.next in ("key", "key or }")
        self.builder.scalar(text, True, *token.span())
        if is_key:
            self.next, self.at = ":", token.end()
            return True
        return self._go_on(token.end())

    def _close(self) -> bool:
        self.open.pop()
        self.builder.close(self.at + 1)
        return self._go_on(self.at + 1)

    def _go_on(self, at: int) -> bool:
        """A value ended at this offset."""
        self.at, self.after_comma = at, False
        self.next = "end" if not self.open else ", or ]" if self.open[-1] == "]" else ", or }"
        return True

    def _finding(self, char: str) -> _Finding:
        if char in "]}" and self.after_comma:
            return _TRAILING
        if char in "/#":
            return _COMMENT
        if self.next in ("value", "value or ]") and re.match(
            r"[-+.]?[0-9]|[-+]?(?:NaN|Inf)", self.text[self.at : self.at + 4]
        ):
            return _NUMBER
        return _WANTED[self.next]

    def _fail(self, finding: _Finding) -> bool:
        problem, remedy = finding
        end = min(self.at + 1, len(self.text))
        self.builder.report(codes.JSON_SYNTAX, self.at, end, problem=problem, remedy=remedy)
        return False


def read_json(source: Source) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """The tree of a JSON text. None where there is none to go on with."""
    reader = _Reader(source)
    if not source.text.strip():
        reader.builder.report(codes.EMPTY_FILE, 0, 0)
        return None, tuple(reader.builder.diagnostics)
    whole = reader.run()
    return reader.builder.root if whole else None, tuple(reader.builder.diagnostics)
