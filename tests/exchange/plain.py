"""Evidence texts as the plain data that a JSON Schema validator takes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from guiju.dsl.source import Source
from guiju.exchange.json_tree import read_json
from guiju.exchange.node import Data, Numeral, to_data
from guiju.exchange.yaml_tree import read_yaml


def plain_data(source: Source) -> Any:
    """Dictionaries, lists, texts and exact numbers."""
    root, _ = (read_json if source.name.endswith(".json") else read_yaml)(source)
    assert root is not None
    return _plain(to_data(root))


def _plain(data: Data) -> Any:
    match data:
        case dict():
            return {key: _plain(value) for key, value in data.items()}
        case list():
            return [_plain(item) for item in data]
        case Numeral():
            return Decimal(data.text)
    return data
