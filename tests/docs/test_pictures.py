"""The pictures of the documentation are those that the commands draw today; `python -m tests.docs.sessions` draws them."""

import pytest

from tests.docs.sessions import PICTURES, drawn
from tests.project.repository import ROOT


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_the_one_that_is_drawn(name: str) -> None:
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == drawn(name)
