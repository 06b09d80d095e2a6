"""What was laid for tables, in the user's cache folder: the same answers again, and never from what is damaged."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import feather

from guiju.batch.answers import PARTS, Columnar, Tally, columns_of
from guiju.batch.clean import clean
from guiju.batch.heading import Heading
from guiju.compiler.ir import Program
from guiju.engine.columnar import laying
from guiju.engine.columnar.circuit import Kernel
from guiju.engine.columnar.laid import Order
from guiju.engine.columnar.letters import Shape
from guiju.engine.columnar.plan import plan
from guiju.engine.layout import slots_by_name
from guiju.kept import files, kernels, programs
from tests.batch.population import population
from tests.engine.strategies import programs as drawn_programs
from tests.engine.tables import random_rows, table_of

SHOPS = Path(__file__).parents[1] / "batch" / "shops.guiju"


@pytest.fixture
def policy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(files, "folder", lambda: tmp_path / "cache")
    monkeypatch.delenv(files.NO_CACHE, raising=False)
    path = tmp_path / "shops.guiju"
    path.write_bytes(SHOPS.read_bytes())
    return path


def program_of(policy: Path) -> Program:
    """The program in what is a new process as far as memory goes."""
    programs._program.cache_clear()
    found = programs.program_of(str(policy))
    assert found is not None
    return found.program


def answered(program: Program, monkeypatch: pytest.MonkeyPatch, *, lays: bool) -> tuple[pa.RecordBatch, Tally]:
    """The answers to some rows, all that can be asked for; operations are laid for them, or found."""
    laid: list[Order] = []
    lay = laying.lay

    def counting(plan_: Any, order: Order) -> Any:
        laid.append(order)
        return lay(plan_, order)

    monkeypatch.setattr(laying, "lay", counting)
    table = population(program, 400)
    columns = tuple((name, slots_by_name(program)[name]) for name in table.schema.names if name != "id")
    engine = Columnar(program, program.defaults, columns_of(program, program.defaults, PARTS))
    found = engine.answer(clean(program, Heading(columns, None, ()), table.combine_chunks().to_batches()[0]))
    monkeypatch.setattr(laying, "lay", lay)
    assert bool(laid) is lays
    assert isinstance(found.tally, Tally)
    return found.batch, found.tally


def test_what_is_kept_gives_the_same_answers(policy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = (answered(program_of(policy), monkeypatch, lays=lays) for lays in (True, False))
    assert first == second
    assert first[1].outcomes["level"].total() == 400


def test_a_table_of_other_columns_is_laid_by_itself(policy: Path) -> None:
    program = program_of(policy)
    slot = slots_by_name(program)["6.1.c"]
    for bits in (frozenset[int](), frozenset((slot,))):
        made = plan(program, None, kernels.kernels_of(program, program.defaults))
        made.laid(Order(Shape(frozenset((slot,)), bits, False), (("level", ("value",)),)))
    assert len(list((policy.parent / "cache" / "kernels").iterdir())) == 2


NO_KERNELS: dict[str, Callable[[list[Any]], list[Any]]] = {
    "no operation": lambda steps: [99, *steps[1:]],
    "no whole number": lambda steps: [True, *steps[1:]],
    "a place that is not there": lambda steps: [steps[0], 99_999, *steps[2:]],
    "a place counted from behind": lambda steps: [*steps[:3], -1, *steps[4:]],
    "an input is filled": lambda steps: [*steps[:3], 0, *steps[4:]],
    "half an operation": lambda steps: steps[:-1],
    "no list": lambda steps: [steps],
}


@pytest.mark.parametrize("damage", NO_KERNELS.values(), ids=NO_KERNELS.keys())
@pytest.mark.parametrize("is_signed", [True, False])
def test_what_is_damaged_or_no_kernel_is_laid_anew_and_nothing_of_it_is_run(
    policy: Path, monkeypatch: pytest.MonkeyPatch, damage: Callable[[list[Any]], list[Any]], is_signed: bool
) -> None:
    first = answered(program_of(policy), monkeypatch, lays=True)
    (file,) = (policy.parent / "cache" / "kernels").iterdir()
    data = file.read_bytes()
    head, _, body = data.partition(b"\n")
    held = json.loads(body)
    (kernel,) = (row for row in held["laid"] if kernels._FORM.classes[row[0]] is Kernel)
    kernel[-1] = [kernel[-1][0], *damage(kernel[-1][1:])]
    other = json.dumps(held).encode()
    file.write_bytes((sha256(other).hexdigest().encode() if is_signed else head) + b"\n" + other)
    assert answered(program_of(policy), monkeypatch, lays=True) == first
    assert file.read_bytes() == data


def test_a_program_that_was_altered_takes_nothing_that_was_laid_for_another(policy: Path) -> None:
    program = program_of(policy)
    assert kernels.kernels_of(program, {}) is not None
    assert kernels.kernels_of(program, {}) != kernels.kernels_of(program, {"r": "other"})
    assert kernels.kernels_of(replace(program), {}) is None


def test_without_the_cache_nothing_is_read_or_written(policy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = program_of(policy)
    monkeypatch.setenv(files.NO_CACHE, "1")
    answered(program, monkeypatch, lays=True)
    assert not (policy.parent / "cache" / "kernels").exists()


LOADED = """import sys
from guiju.cli.main import main
try:
    main()
finally:
    print(*sorted(sys.modules), file=sys.stderr)
"""


#: what a run over a table has no use for where program and kernel are kept, and took longer to load than to do without
HEAVY = frozenset(
    (
        *("pydantic", "lark", "networkx", "yaml", "numpy.ma", "logging", "concurrent.futures", "multiprocessing"),
        *("guiju.engine.bind", "guiju.engine.evaluate", "guiju.engine.evidence", "guiju.engine.network"),
        *("guiju.engine.sweep", "guiju.compiler.operators"),
        *("guiju.dsl.literate", "guiju.dsl.tree", "guiju.batch.blocked", "guiju.exchange.text"),
    )
)


@pytest.mark.parametrize("suffix", [".arrow", ".parquet"])
def test_a_second_run_over_a_table_loads_only_what_it_uses(tmp_path: Path, suffix: str) -> None:
    rows, levels = tmp_path / f"rows{suffix}", tmp_path / f"levels{suffix}"
    table = pa.table({"use": pa.array(["near", "近", None]).dictionary_encode(), "6.1.c": [True, False, None]})
    if suffix == ".parquet":
        pq.write_table(table, rows)
    else:
        feather.write_feather(table, rows, compression="uncompressed")
    command = [sys.executable, "-c", LOADED, "batch", str(SHOPS), str(rows), str(levels), "--replace"]
    environment = {k: v for k, v in os.environ.items() if k != files.NO_CACHE} | {"XDG_CACHE_HOME": str(tmp_path)}
    runs = [
        subprocess.run(command, cwd=SHOPS.parents[2], env=environment, capture_output=True, text=True, check=True)
        for _ in range(2)
    ]
    loaded = set(runs[1].stderr.splitlines()[-1].split())
    is_with_extras = any(find_spec(name) for name in ("pandas", "polars"))  # Arrow looks at them, and they load these
    assert "guiju.kept.kernels" in loaded
    own = {name for name in loaded & HEAVY if not (is_with_extras and "guiju" not in name)}
    assert sorted(own) == []


@settings(max_examples=10, suppress_health_check=list(HealthCheck))
@given(drawn_programs(), st.integers(0, 2**32))
def test_whatever_is_laid_comes_back_as_it_was(program: Program, seed: int) -> None:
    made = plan(program)
    batch, odd = table_of(program, random_rows(program, Random(seed), 12))
    made.evaluate(batch, None, odd)
    (laid,) = made._laid.values()
    back = kernels._FORM.read(kernels._FORM.written(laid))
    assert back == laid
    assert back.kernel.is_plain
