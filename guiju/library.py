"""Policies by id or path: the bundled ones lie in the package, others wherever a path says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path

from guiju.compiler.ir import Program
from guiju.dsl.diagnostic import Code, Diagnostic, Severity, Text, has_errors
from guiju.dsl.source import Source, Span
from guiju.dsl.tree import Document

UNKNOWN_POLICY = Code(
    "unknown-policy",
    Severity.ERROR,
    Text("标准不存在", "No such policy"),
    Text("没有随附的标准“{name}”，也没有这个文件", "there is no bundled policy and no file `{name}`"),
    Text(
        "可用的标准：{known}；或给出 .guiju 文件的路径",
        "the bundled policies are {known}; or give the path of a .guiju file",
    ),
    Text("标准以编号（随附的）或路径给出", "a policy is named by its id, if it is bundled, or by its path"),
)
LIBRARY_CODES: tuple[Code, ...] = (UNKNOWN_POLICY,)


@dataclass(frozen=True)
class Loaded:
    """What became of a policy file. `program` is None exactly if there is an error among the diagnostics."""

    source: Source
    document: Document | None
    program: Program | None
    diagnostics: tuple[Diagnostic, ...]


def bundled() -> dict[str, str]:
    """The bundled policies: id to the text of its file's name inside the package."""
    return dict(sorted(_bundled()))


def _bundled() -> Iterator[tuple[str, str]]:
    folder = files("guiju") / "policies"
    for entry in folder.iterdir():
        policy = entry / f"{entry.name}.guiju"
        if entry.is_dir() and policy.is_file():
            yield entry.name, f"policies/{entry.name}/{entry.name}.guiju"


def load(name: str) -> Loaded:
    """Read and compile a policy by id or path. Compiled policies are kept, by name and time of last change."""
    known = bundled()
    if name in known:
        with as_file(files("guiju") / known[name]) as path:
            return _load(str(path), f"{name}.guiju", path.stat().st_mtime_ns)
    path = Path(name)
    if not path.is_file():
        span = Span(Source(name, ""), 0, 0)
        arguments = (("name", name), ("known", ", ".join(known)))
        return Loaded(span.source, None, None, (Diagnostic(UNKNOWN_POLICY, span, arguments),))
    return _load(str(path), name, path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _load(path: str, shown: str, changed: int) -> Loaded:  # noqa: ARG001 - `changed` tells versions of a file apart
    from guiju.exchange.text import read_text

    text, found = read_text(Path(path))
    if text is None:
        return Loaded(Source(shown, ""), None, None, found)
    return compile_source(Source(shown, text.source.text), found)


def compile_source(source: Source, before: tuple[Diagnostic, ...] = ()) -> Loaded:
    """Parse and compile a text. Meaning is looked at only where the text could be read."""
    from guiju.compiler.pipeline import compile_document
    from guiju.dsl.parser import parse

    document, mistakes = parse(source)
    if has_errors((*before, *mistakes)):
        return Loaded(source, document, None, (*before, *mistakes))
    compiled = compile_document(document)
    return Loaded(source, document, compiled.program, (*before, *mistakes, *compiled.diagnostics))
