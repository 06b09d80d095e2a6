"""The YAML parser in C and the one in Python give the same trees, and refuse the same texts."""

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from guiju.dsl.source import Source
from guiju.exchange.json_tree import read_json
from guiju.exchange.node import Mapping, Node, Scalar, Sequence
from guiju.exchange.yaml_tree import read_yaml

pytestmark = pytest.mark.skipif(not yaml.__with_libyaml__, reason="there is no parser in C here to compare with")

_PARTS = (
    "a",
    "b: ",
    "- ",
    ": ",
    "\n",
    "\n  ",
    " ",
    "[",
    "]",
    "{",
    "}",
    ",",
    '"q"',
    "'",
    "|\n",
    ">\n",
    "#",
    " # c",
    "1",
    "~",
)
_MORE = ("中", "😀", "\r\n", "\t", ":", "-", "é: x\n", "---", "null", "&x ", "*x", "!t ", "\\", "@", "?", "[?x")
TEXTS = st.lists(st.sampled_from(_PARTS + _MORE), max_size=10).map("".join)


def _places(node: Node) -> list[tuple[int, int]]:
    places = [(node.start, node.end)]
    match node:
        case Mapping():
            for entry in node.entries:
                places += [*_places(entry.key), *_places(entry.value)]
        case Sequence():
            for item in node.items:
                places += _places(item)
    return places


@given(TEXTS)
@example("a: |#x\n  b")
@example("%a\n---\nb")
@example("a:\tb\n")
@example("[a?b]")
@example("{a? }")
def test_both_parsers_agree(text: str):
    in_c, said_in_c = read_yaml(Source("x", text), "c")
    in_python, said_in_python = read_yaml(Source("x", text), "python")
    assert bool(said_in_c) == bool(said_in_python)
    if not said_in_c and in_c and in_python:
        assert in_c == in_python
        assert _places(in_c) == _places(in_python)


def test_places_are_the_texts_own():
    root, _ = read_yaml(Source("x", "😀: 'a b'   # c\nlist:\n  - 中文  \n  - \"d\"\n\nlast: {k: v }\n"))
    assert isinstance(root, Mapping)
    assert [entry.key.span.text for entry in root.entries] == ["😀", "list", "last"]
    quoted, listed, flow = (entry.value for entry in root.entries)
    assert (quoted.span.text, flow.span.text) == ("'a b'", "{k: v }")
    assert isinstance(listed, Sequence)
    assert [item.span.text for item in listed.items] == ["中文", '"d"']


def test_json_and_yaml_give_one_shape():
    text = '{"a": [1, -2.50, true, null, "true"], "b": {}}'
    in_json, _ = read_json(Source("x.json", text))
    in_yaml, _ = read_yaml(Source("x.yaml", text))
    assert in_json == in_yaml
    assert in_json is not None
    assert in_yaml is not None
    assert _places(in_json) == _places(in_yaml)


def test_numbers_stay_as_they_are_written():
    root, _ = read_json(Source("x.json", "[1.10, 1e999999999, 0.1]"))
    assert isinstance(root, Sequence)
    assert [item.text for item in root.items if isinstance(item, Scalar)] == ["1.10", "1e999999999", "0.1"]


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("guiju: evidence/1", "an evidence file takes no YAML tags"),
        ("guiju: cases/1", "a file of cases takes no YAML tags"),
        ("guiju: costs/1", "a file of costs takes no YAML tags"),
        ("a: 1", "this file takes no YAML tags"),
    ],
)
def test_a_message_names_the_kind_of_file_that_it_is_about(head: str, said: str) -> None:
    _, found = read_yaml(Source("x.yaml", f"{head}\nb: !!str 2\n"))
    assert [d.message("en")[: len(said)] for d in found] == [said]
