"""Compiled policies in the user's cache folder: the same program again, and never one that is damaged or out of date."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from guiju.compiler.ir import Program
from guiju.dsl.source import Source
from guiju.engine.network import network_of
from guiju.kept import files, programs, store
from guiju.kept.form import NotWritableError, read, written
from guiju.library import load
from guiju.vocabularies import VocabularyFiles

POLICY = """standard shop "SHOP 1"
use rooms
fact staff : count
fact share : % = staff / 3
groups section
section 4 "s"
  a) "Staff" staff >= 3 and lit = yes
  b) "Training" attested applies when share > 10 %
score A
  2.5 when all clauses satisfied
  1 otherwise
grade level by A
  good | A > 1
  otherwise | none
reading r "r"
  default one : nothing changes
  or two : grade otherwise = undefined
"""
VOCABULARY = 'vocabulary rooms "Rooms"\nfact lit : yes-no\n'


@pytest.fixture
def policy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(store, "_folder", lambda: tmp_path / "cache")
    monkeypatch.delenv(files.NO_CACHE, raising=False)
    (tmp_path / "rooms.guiju").write_text(VOCABULARY, "utf-8")
    path = tmp_path / "shop.guiju"
    path.write_text(POLICY, "utf-8")
    programs._program.cache_clear()
    return path


def again(policy: Path, monkeypatch: pytest.MonkeyPatch, *, compiles: bool) -> Program:
    """The program in what is a new process as far as memory goes; it is compiled, or found."""
    programs._program.cache_clear()
    compiled: list[str] = []

    def counting(name: str) -> Any:
        compiled.append(name)
        return load(name)

    monkeypatch.setattr(programs, "load", counting)
    found = programs.program_of(str(policy))
    assert found is not None
    assert bool(compiled) is compiles
    return found.program


def told(program: Program) -> list[tuple[object, ...]]:
    """All that a network says of a program, places included."""
    return [
        (n.address, n.operands, n.definition and n.definition.id, str(getattr(n.subject, "span", "")))
        for n in network_of(program).nodes
    ]


def test_what_is_kept_is_the_same_program(policy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = (again(policy, monkeypatch, compiles=compiles) for compiles in (True, False))
    assert first is not second
    assert told(first) == told(second)
    assert (first.digest, first.readings, first.levels) == (second.digest, second.readings, second.levels)


def test_every_bundled_standard_comes_back_as_it_was_written() -> None:
    files = VocabularyFiles(None)
    loaded = load("t-taf-320-2025")
    assert loaded.program is not None
    sources = [loaded.source, *(s for n in files if (s := files.source_of(n)) is not None)]
    table = written(loaded.program, sources)
    back = read(table, sources)
    assert written(back, sources) == table
    assert told(back) == told(loaded.program)


@pytest.mark.parametrize("damage", [b"", b"x", b"\n{}", "whole"])
def test_a_damaged_file_is_compiled_anew_and_replaced(
    policy: Path, monkeypatch: pytest.MonkeyPatch, damage: bytes | str
) -> None:
    again(policy, monkeypatch, compiles=True)
    (file,) = (policy.parent / "cache").iterdir()
    data = file.read_bytes()
    file.write_bytes(data.replace(b'"good"', b'"poor"') if isinstance(damage, str) else damage)
    assert file.read_bytes() != data
    again(policy, monkeypatch, compiles=True)
    assert file.read_bytes() == data


def test_a_file_that_agrees_with_its_checksum_and_is_no_program_is_compiled_anew(
    policy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    again(policy, monkeypatch, compiles=True)
    (file,) = (policy.parent / "cache").iterdir()
    whole = file.read_bytes().partition(b'"program":')[2].removesuffix(b"}")
    deep = b"[[0," + b"[1," * 900 + b"1" + b"]" * 900 + b"]]"
    wrong_type = whole.replace(b'"shop"', b"12345")
    assert wrong_type != whole
    for table in (b"[]", b"[[0]]", b"[[99,1]]", b'[[1,["a"]]]', deep, wrong_type):
        body = file.read_bytes().partition(b"\n")[2]
        body = body[: body.index(b'"program":')] + b'"program":' + table + b"}"
        file.write_bytes(sha256(body).hexdigest().encode() + b"\n" + body)
        again(policy, monkeypatch, compiles=True)


def test_a_file_that_others_may_write_is_compiled_anew_and_replaced(
    policy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    again(policy, monkeypatch, compiles=True)
    (file,) = (policy.parent / "cache").iterdir()
    again(policy, monkeypatch, compiles=False)
    file.chmod(0o666)
    again(policy, monkeypatch, compiles=True)
    again(policy, monkeypatch, compiles=False)


@pytest.mark.parametrize("what", ["compiler", "dsl", "kept"])
def test_other_code_of_what_makes_or_reads_a_program_makes_another_key(
    what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stat = Path.stat

    def later(path: Path, **how: Any) -> Any:
        found = stat(path, **how)
        if path.suffix == ".py" and path.parent.name == what:
            return SimpleNamespace(st_size=found.st_size + 1, st_mtime_ns=found.st_mtime_ns, st_mode=found.st_mode)
        return found

    with monkeypatch.context() as changed:
        changed.setattr(Path, "stat", later)
        store._compiler.cache_clear()
        key = store._compiler()
    store._compiler.cache_clear()
    assert store._compiler() != key


def test_a_change_of_the_policy_or_of_its_vocabulary_is_compiled(policy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    again(policy, monkeypatch, compiles=True)
    vocabulary = policy.parent / "rooms.guiju"
    vocabulary.write_text(VOCABULARY.replace("Rooms", "Halls"), "utf-8")
    again(policy, monkeypatch, compiles=True)
    again(policy, monkeypatch, compiles=False)
    policy.write_text(POLICY.replace("2.5", "3"), "utf-8")
    again(policy, monkeypatch, compiles=True)


def test_without_the_cache_nothing_is_read_or_written(policy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(files.NO_CACHE, "1")
    again(policy, monkeypatch, compiles=True)
    assert not (policy.parent / "cache").exists()


def test_a_folder_that_cannot_be_written_is_no_mistake(policy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (policy.parent / "cache").write_text("a file where the folder should be")
    again(policy, monkeypatch, compiles=True)
    again(policy, monkeypatch, compiles=True)


def test_a_program_on_another_text_is_not_written(policy: Path) -> None:
    loaded = load(str(policy))
    assert loaded.program is not None
    with pytest.raises(NotWritableError):
        written(loaded.program, [Source("another", "")])
