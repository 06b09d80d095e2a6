"""Everything that the bundled policies name has a label in both languages."""

from __future__ import annotations

import re

import pytest

from guiju.compiler.ir import Titled
from guiju.library import bundled, load


def titled(name: str) -> list[Titled]:
    program = load(name).program
    assert program is not None
    options = [o for things in (program.inputs, program.facts, program.readings) for t in things for o in t.options]
    named = [*program.clauses, *program.groups, *program.levels, *program.facts, *program.inputs, *program.readings]
    return [*named, *(o for o in options if o.label.zh != o.id)]


@pytest.mark.parametrize("name", bundled())
def test_labels_exist_in_both_languages(name: str) -> None:
    things = titled(name)
    assert len(things) > 25  # the smallest policy has 33
    figures = re.compile(r"[0-9][0-9 A-Z]*")  # `200 GE` is written the same in both
    worded = [t for t in things if not figures.fullmatch(t.label.zh)]
    assert [t.id for t in worded if t.label.zh == t.label.en] == []
    assert [t.id for t in worded if not any("\u4e00" <= c <= "\u9fff" for c in t.label.zh)] == []
    assert [t.id for t in worded if not t.label.en.isascii() and "以上" not in t.label.en] == []
