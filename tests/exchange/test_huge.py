"""Inputs that are made to hurt: one clear diagnostic, at once."""

import pytest

from guiju.dsl.source import Source
from guiju.exchange import codes
from guiju.exchange.evidence import parse_evidence
from guiju.exchange.node import MOST as MOST_VALUES
from guiju.exchange.validate import MOST as MOST_PROBLEMS
from guiju.exchange.yaml_tree import Parser, read_yaml
from tests.patience import no_blow_up

SIZE = 10_000_000
NESTED = {"lists": "[", "mappings": '{"a":', "both": '[{"a":'}


@pytest.mark.parametrize("name", ["huge.yaml", "huge.json"])
@pytest.mark.parametrize("unit", NESTED.values(), ids=NESTED)
def test_ten_megabytes_of_nesting_give_one_diagnostic_at_once(name: str, unit: str):
    source = Source(name, unit * (SIZE // len(unit)))
    with no_blow_up():
        evidence, (found,) = parse_evidence(source)
    assert evidence is None
    assert found.code is codes.TOO_DEEP
    assert found.span.start < 200


@pytest.mark.parametrize("parser", ["c", "python"])
@pytest.mark.parametrize("unit", [*NESTED.values(), "- ", "? "])
def test_either_parser_stops_at_the_same_depth(parser: Parser, unit: str):
    root, diagnostics = read_yaml(Source("x", unit * 100_000), parser)
    assert root is None
    assert diagnostics[-1].code is codes.TOO_DEEP


def test_an_alias_bomb_is_refused_by_the_names_of_its_anchors():
    levels = "\n".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 9))
    evidence, diagnostics = parse_evidence(Source("bomb.yaml", f"a0: &a0 [x]\n{levels}\n"))
    assert evidence is None
    assert [d.span.position.line for d in diagnostics if d.code is codes.ANCHOR] == list(range(1, 10))


def test_more_values_than_anybody_writes_are_refused():
    evidence, (found,) = parse_evidence(Source("x.json", "[" + "1," * MOST_VALUES + "1]"))
    assert evidence is None
    assert found.code is codes.TOO_MANY_VALUES


def test_more_problems_than_anybody_reads_are_counted_out():
    facts = "\n".join(f"  f{i}: {{value: about {i}, evidence: e{i}}}" for i in range(3000))
    with no_blow_up():
        evidence, diagnostics = parse_evidence(Source("x.yaml", f"guiju: evidence/1\nsubject: x\nfacts:\n{facts}\n"))
    assert evidence is None
    assert len(diagnostics) == MOST_PROBLEMS + 1
    assert diagnostics[-1].code is codes.MORE_PROBLEMS


def test_a_key_of_megabytes_is_clipped_in_its_message():
    _, diagnostics = parse_evidence(
        Source("x.json", '{"guiju": "evidence/1", "subject": "x", "%s": 1}' % ("a" * 10**6))
    )
    assert len(diagnostics[0].message("en")) < 200
