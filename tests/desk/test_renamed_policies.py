"""A name of a bundled policy is changed with its cases and its evidence, and everything is judged as before."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from guiju.compiler.ir import Value
from guiju.desk.desk import Desk, Written, read_desk
from guiju.desk.rename import Refusal, rename
from guiju.desk.rename_beside import EVIDENCE
from guiju.desk.renamed_text import replaced
from guiju.desk.things import Occurrence
from guiju.engine.bind import Bound
from guiju.engine.evaluate import settle
from guiju.engine.network import network_of
from guiju.examples import gathered
from guiju.exchange.evidence import read_evidence
from guiju.library import load
from guiju.lookup import Given, Standards
from guiju.standards import bind_for

POLICIES = Path(__file__).parents[2] / "policies"
_BUNDLED = [path for path in sorted(POLICIES.rglob("*.guiju")) if path.parent.name not in ("cases", "vocabulary")]
NEW = "another_name"
LARGE = 20_000  # characters, beyond which a name is enough
IN_FILES = ("level", "value", "family", "group", "option", "grade", "reading")


@pytest.mark.parametrize("policy", _BUNDLED, ids=[path.stem for path in _BUNDLED])
def test_renaming_changes_no_result(policy: Path, tmp_path: Path) -> None:
    folder = tmp_path / policy.parent.name
    shutil.copytree(policy.parent, folder)
    path = folder / policy.name
    text = path.read_text("utf-8")
    desk = read_desk(Written(str(path), text, folder))
    before = None
    for here in _sample(desk):
        found = rename(desk, here.span.start, NEW)
        if isinstance(found, Refusal):
            assert _is_for_a_reason(found), found.reason.en
            continue
        before = before or tuple(_results(path))
        changed = [(path, text, found.spans), *((b.path, b.source.text, b.spans) for b in found.beside)]
        for file, whole, spans in changed:
            file.write_text(replaced(whole, tuple((span, NEW) for span in spans)), encoding="utf-8")
        old = here.span.text
        assert [_called(r, NEW, old) for r in _results(path)] == [_called(r, NEW, old) for r in before]
        for file, whole, _ in changed:
            file.write_text(whole, encoding="utf-8")
    assert before is not None


def _sample(desk: Desk) -> Iterator[Occurrence]:
    """One name of each kind that files beside a policy use, ids and aliases by turns."""
    named = [o for o in desk.occurrences if o.declares]
    here = [kind for kind in IN_FILES if any(o.thing.kind == kind for o in named)]
    for number, kind in enumerate(here[:1] if len(desk.source.text) > LARGE else here):
        listed = [o for o in named if o.thing.kind == kind]
        aliases = [o for o in listed if o.is_alias] if number % 2 else []
        yield from (aliases or [o for o in listed if not o.is_alias])[-1:]


def _is_for_a_reason(found: Refusal) -> bool:
    return any(why in found.reason.en for why in ("the number of a section", "cannot be changed by itself"))


def _results(policy: Path) -> Iterator[tuple[object, ...]]:
    """What is found wrong, and every value of every case and every evidence file, in the order of the policy."""
    loaded = load(str(policy))
    told = gathered(loaded)
    assert told.program is not None, [d.message("en") for d in told.diagnostics if d.is_error]
    yield tuple(d.code.name for d in (*loaded.diagnostics, *told.diagnostics))
    for case in told.cases:
        places = network_of(case.bound.program).at
        yield from (_values(case.bound), tuple((places[e.address], e.values) for e in case.expected))
    program = told.program
    for file in sorted((policy.parent / EVIDENCE).glob("*")):
        evidence, found = read_evidence(file)
        assert evidence is not None
        bound = bind_for(program, evidence, Standards((Given(program, policy.parent),)))
        yield (tuple(d.code.name for d in (*found, *bound.diagnostics)), *_values(bound.bound))


def _values(bound: Bound) -> tuple[Value, ...]:
    return tuple(settle(network_of(bound.program), bound, bound.program.defaults)[0])


def _called(result: tuple[object, ...], new: str, old: str) -> object:
    """The same where one option or level is called otherwise."""
    return tuple(_called(r, new, old) if isinstance(r, tuple) else _one(r, new, old) for r in result)


def _one(value: object, new: str, old: str) -> object:
    if isinstance(value, frozenset):
        return frozenset(_one(v, new, old) for v in value)
    return repr(value).replace(new, old)
