"""The id of a definition, `score:hardware@L1` -> what an editor calls it, `score of hardware at L1`."""

from __future__ import annotations

import re

from guiju.compiler.ir import TABLE
from guiju.dsl.diagnostic import Text

_ID = re.compile(rf"(?P<gate>gate:)?(?P<name>[^:@]+)(?::(?P<group>[^@]+))?(?:@(?P<level>[^/]+))?(?:{TABLE})?")
_WORDS = {"score": Text("得分", "score"), "weight": Text("权重", "weight")}


def spoken(id_: str) -> Text:
    """A score, weight, gate or grade with its group and level; the name alone where it has neither."""
    found = _ID.fullmatch(id_)
    if found is None:
        return Text(id_, id_)
    name, group, level = found["name"], found["group"], found["level"]
    word = _WORDS.get(name, Text(name, name))
    zh = f"{group} 的{word.zh}" if group else word.zh
    zh += f"（{level}）" if level else ""
    en = f"{word.en} of {group}" if group else word.en
    en += f" at {level}" if level else ""
    return Text(f"{zh}的进入条件", f"gate of {en}") if found["gate"] else Text(zh, en)


def chain(names: list[Text]) -> Text:
    """Things one after the other."""
    return Text(" → ".join(name.zh for name in names), " → ".join(name.en for name in names))
