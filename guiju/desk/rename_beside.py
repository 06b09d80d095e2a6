"""A name that is changed in a policy -> the places beside it that say the same name: its cases and its evidence.

The files of the policy's folder, of `cases` and of `evidence` below it are looked at, as they are being written or else
on the disk. Of examples the compiler says what each word means; of evidence and cases in YAML its place does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from guiju.desk.desk import Desk, Written, read_desk
from guiju.desk.navigation import speaking_of
from guiju.desk.things import Thing
from guiju.dsl.diagnostic import has_errors
from guiju.dsl.source import Source, Span
from guiju.examples import FOLDER
from guiju.exchange.node import Mapping, Node, Scalar, Sequence
from guiju.exchange.text import decode, read_text
from guiju.exchange.yaml_tree import read_yaml

EVIDENCE = "evidence"  # where a policy's own evidence files lie
_LISTED = (".yaml", ".yml")


@dataclass(frozen=True)
class Beside:
    """Places in another file at which a name stands."""

    path: Path
    source: Source
    spans: tuple[Span, ...]


def renamed_beside(desk: Desk, thing: Thing, name: str) -> tuple[Beside, ...]:
    """Where files beside a policy say a name of its own; a file that cannot be read says nothing."""
    folder, program = desk.written.folder, desk.program
    if folder is None or program is None or folder.resolve().name == FOLDER:
        return ()
    found = (_in_file(path, desk, thing, name) for path in _files(folder))
    return tuple(beside for beside in found if beside is not None and beside.spans)


def _files(folder: Path) -> Iterator[Path]:
    for below in (folder, folder / FOLDER, folder / EVIDENCE):
        yield from sorted(p for suffix in _LISTED for p in below.glob(f"*{suffix}"))
    yield from sorted((folder / FOLDER).glob("*.guiju"))


def _in_file(path: Path, desk: Desk, thing: Thing, name: str) -> Beside | None:
    written = desk.written.beside.get(path.resolve())
    text, _ = read_text(path) if written is None else decode(str(path), written.encode("utf-8", "surrogatepass"))
    if text is None or name not in text.source.text:
        return None
    spans = _in_examples if path.suffix == ".guiju" else _in_listed
    return Beside(path, text.source, tuple(sorted(spans(path, text.source, desk, thing, name), key=_start)))


def _start(span: Span) -> int:
    return span.start


# --- examples --------------------------------------------------------------------------------------------------------


def _in_examples(path: Path, source: Source, desk: Desk, thing: Thing, name: str) -> set[Span]:
    """In a file of examples of this policy, as it is being written."""
    policy = desk.written
    own = Path(policy.name).resolve()
    there = read_desk(Written(str(path), source.text, path.parent, {**policy.beside, own: policy.text}))
    if there.program is None or desk.program is None or there.program.id != desk.program.id:
        return set()
    return {o.span for o in speaking_of(there, thing) if o.span.text == name}


# --- evidence and cases in YAML --------------------------------------------------------------------------------------


def _in_listed(path: Path, source: Source, desk: Desk, thing: Thing, name: str) -> set[Span]:
    """In a file that says that it is for this policy, or lies below it and names none."""
    root, found = read_yaml(source)
    if not isinstance(root, Mapping) or has_errors(found) or desk.program is None:
        return set()
    said = root.entry("standard")
    is_its = isinstance(said.value, Scalar) and said.value.text == desk.program.id if said else _is_below(path, root)
    whole = (root, *_items(root, "cases")) if is_its else ()
    return {span for part in whole for span in _spans(part, thing, name)}


def _is_below(path: Path, root: Mapping) -> bool:
    return path.parent.name == EVIDENCE and root.entry("standards") is None


def _spans(part: Node, thing: Thing, name: str) -> Iterator[Span]:
    """Where one subject's statements and expectations say a name, by what it is the name of."""
    match thing.kind:
        case "value":
            yield from (
                k.span for s in ("facts", "inputs", "expect", "printed") for k, _ in _entries(part, s) if k.text == name
            )
        case "option":
            stated = (v for s in ("facts", "inputs") for k, v in _entries(part, s) if k.text == thing.of)
            yield from (s.span for value in stated for s in _scalars(value) if s.text == name)
        case "reading":
            yield from (k.span for k, _ in _entries(part, "readings") if k.text == name)
        case "choice":
            chosen = (v for k, v in _entries(part, "readings") if k.text == thing.of)
            yield from (s.span for value in chosen for s in _scalars(value) if s.text == name)
        case "family" | "grade":
            yield from (_part(k, 0, name) for k in _expected(part) if k.text.split("@")[0] == name)
        case "level":
            yield from (_part(k, -1, name) for k in _expected(part) if "@" in k.text and k.text.split("@")[-1] == name)
            yield from (s.span for _, v in _entries(part, "expect") for s in _scalars(v) if s.text == name)
            target = part.entry("target") if isinstance(part, Mapping) else None
            yield from (s.span for s in _scalars(target.value if target else None) if s.text == name)


def _expected(part: Node) -> Iterator[Scalar]:
    """The names of what is expected, unquoted, so that a place in the text is a place in the name."""
    keys = (k for section in ("expect", "printed") for k, _ in _entries(part, section))
    return (k for k in keys if not k.quoted)


def _part(key: Scalar, place: int, name: str) -> Span:
    """The part of `score@level` in front of the sign or behind it."""
    start = key.span.start if place == 0 else key.span.end - len(name)
    return Span(key.source, start, start + len(name))


def _entries(part: Node, section: str) -> Iterator[tuple[Scalar, Node]]:
    found = part.entry(section) if isinstance(part, Mapping) else None
    listed = found.value.entries if found is not None and isinstance(found.value, Mapping) else ()
    return ((e.key, e.value) for e in listed)


def _items(root: Mapping, section: str) -> tuple[Node, ...]:
    found = root.entry(section)
    return found.value.items if found is not None and isinstance(found.value, Sequence) else ()


def _scalars(node: Node | None) -> Iterator[Scalar]:
    """A value, the values of a list, or what stands under `value`."""
    match node:
        case Scalar():
            yield node
        case Sequence():
            yield from (s for item in node.items for s in _scalars(item))
        case Mapping() if (inner := node.entry("value")) is not None:
            yield from _scalars(inner.value)
