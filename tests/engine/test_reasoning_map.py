"""The map of the reasoning room: a reader finds each package and module once on the map of where it lies, and no other."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from guiju.engine import reasoning

_ROOM = Path(reasoning.__file__).parent
_MAPS = [_ROOM, *sorted(path.parent for path in _ROOM.glob("*/__init__.py"))]


@pytest.mark.parametrize("folder", _MAPS, ids=lambda path: path.name)
def test_each_module_stands_on_the_map_once(folder: Path) -> None:
    told = (folder / "__init__.py").read_text(encoding="utf-8")
    named = Counter(re.findall(r"^(?: {4})?(\w+) {2,}\S", told, re.MULTILINE))
    modules = {path.stem for path in folder.glob("*.py")} | {path.parent.name for path in folder.glob("*/__init__.py")}
    assert named == Counter(modules - {"__init__", folder.name})
