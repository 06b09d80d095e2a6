"""The parts of a bundle as people call them: a line of a source, a reading, an outcome, a step of the derivation."""

from __future__ import annotations

import re

from guiju.dsl.diagnostic import Text

ROLES = {
    "policy": Text("策略", "the policy"),
    "standard": Text("另一标准", "the other standard"),
    "vocabulary": Text("词汇表", "the vocabulary"),
    "evidence": Text("证据", "the evidence"),
}
#: lists: what an item is called, and the member that names it
ITEMS = {
    "readings": (Text("读法", "the reading"), "reading"),
    "originals": (Text("证据原件", "the original of"), "evidence"),
    "outcomes": (Text("结果", "the outcome"), "outcome"),
    "derivation": (Text("推导步骤", "the derivation step"), "node"),
}
#: the beginnings of lines that say what follows, in a file that breaks off
_HEADS = re.compile(r'[ {]"(?P<member>\w+)": |  \{"role": "(?P<role>\w+)", "name": "(?P<name>[^"]*)"')


def named(part: str, index: int, line: str) -> Text:
    """What the line of a part is, counted from 0: the first one of a list or a source is its head."""
    role, _, name = part.partition(" ")
    if name:
        return source_line(role, name, index)
    if part not in ITEMS or index == 0:
        return member(part)
    found = re.search(rf'"{ITEMS[part][1]}": "([^"]*)"', line)
    numbered = Text(f"“{part}”第 {index} 项", f"item {index} of `{part}`")
    if found is None:
        return numbered
    known = item(part, found[1])
    return Text(f"{known.zh}（{numbered.zh}）", f"{known.en} ({numbered.en})")


def member(key: str) -> Text:
    """A member of the file."""
    return Text(f"“{key}”一项", f"the member `{key}`")


def item(part: str, name: str) -> Text:
    """An item of a list by its name."""
    kind, _ = ITEMS[part]
    return Text(f"{kind.zh}“{name}”", f"{kind.en} `{name}`")


def source_line(role: str, name: str, line: int) -> Text:
    """A line of a source, or its head."""
    kind = ROLES.get(role, Text(role, role))
    zh = f"第 {line} 行" if line else "的开头"
    en = f"line {line}" if line else "the head"
    return Text(f"{kind.zh} {name} {zh}", f"{en} of {kind.en} {name}")


def last_named(lines: list[str]) -> Text:
    """What the last of some lines is: of a file that was only cut off."""
    part, first = "guiju", 0
    for number, line in enumerate(lines):
        if found := _HEADS.match(line):
            part, first = found["member"] or f"{found['role']} {found['name']}", number
    return named(part, len(lines) - 1 - first, lines[-1])
