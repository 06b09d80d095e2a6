"""The title of a standard, in both languages, whichever way it is written."""

from __future__ import annotations

import pytest

from guiju.dsl.diagnostic import Text
from guiju.dsl.source import Source
from guiju.library import compile_source


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ('  title zh "标题"\n  title en "Title"\n', Text("标题", "Title")),
        ('  title "标题" / "Title"\n', Text("标题", "Title")),
        ('  title "Title" / "标题"\n', Text("标题", "Title")),
        ('  title en "Title"\n', Text("Title", "Title")),
        ("", Text("DEMO 1", "DEMO 1")),
    ],
)
def test_a_title_has_the_texts_that_were_written(written: str, title: Text) -> None:
    program = compile_source(Source("policy.guiju", f'standard demo-1 "DEMO 1"\n{written}')).program
    assert program is not None
    assert program.title == title
