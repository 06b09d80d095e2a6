"""The map of the reasoning room: a reader finds each module under the question that it answers, and no other name."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from guiju.engine import reasoning


def test_each_module_stands_on_the_map_once() -> None:
    assert reasoning.__doc__ is not None
    named = Counter(re.findall(r"^    (\w+) {2,}\S", reasoning.__doc__, re.MULTILINE))
    modules = {path.stem for path in Path(reasoning.__file__).parent.glob("*.py")} - {"__init__"}
    assert named == Counter(modules)
