"""Policies by id or path: the bundled ones lie in the package, others wherever a path says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from guiju.compiler.ir import Program
from guiju.dsl.diagnostic import Code, Diagnostic, Severity, Text, has_errors
from guiju.dsl.source import Source, Span
from guiju.folders import kind, version
from guiju.vocabularies import VocabularyFiles, files_near, policies_in

if TYPE_CHECKING:
    from guiju.compiler.pipeline import Compiled
    from guiju.compiler.review import Finding
    from guiju.dsl.lines import LineReader
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
POLICY_IS_A_FOLDER = Code(
    "policy-is-a-folder",
    Severity.ERROR,
    Text("给出的是文件夹", "A folder, not a policy"),
    Text(
        "“{name}”是文件夹，其中有 {number} 个策略；恰有一个才能代表它",
        "`{name}` is a folder with {number} policies in it; it stands for the one in it where there is one alone",
    ),
    Text("写出策略的路径{inside}", "give the path of the policy{inside}"),
    Text("一个文件夹里可以有几个策略，由使用者指定", "a folder may hold several policies, and the user says which"),
)
DATA_FOR_A_POLICY = Code(
    "data-for-a-policy",
    Severity.ERROR,
    Text("给出的是数据，不是策略", "Data, not a policy"),
    Text("“{name}”是 YAML 或 JSON 文件，不是策略", "`{name}` is a file in YAML or JSON, not a policy"),
    Text(
        "写出策略的路径（.guiju）；cases 里的示例由它旁边的策略一并检验",
        "give the path of the policy (.guiju); cases in `cases` are tested with the policy beside that folder",
    ),
    Text("证据、示例和结果都要对着一个策略来读", "evidence, cases and results are read beside some policy"),
)
LIBRARY_CODES: tuple[Code, ...] = (UNKNOWN_POLICY, POLICY_IS_A_FOLDER, DATA_FOR_A_POLICY)
_DATA = (".yaml", ".yml", ".json")


@dataclass(frozen=True)
class Loaded:
    """What became of a policy file. `program` is None exactly if there is an error among the diagnostics.

    `folder` is where the policy lies, None of a bundled one; the name of its source only says how it is shown.
    `compiled` is what was made of it on the way, None where there was no text.
    """

    source: Source
    document: Document | None
    program: Program | None
    diagnostics: tuple[Diagnostic, ...]
    folder: Path | None = None
    compiled: Compiled | None = field(default=None, compare=False, repr=False)


def bundled() -> dict[str, str]:
    """The bundled policies: id to the text of its file's name inside the package."""
    return dict(sorted(_bundled()))


def _bundled() -> Iterator[tuple[str, str]]:
    folder = files("guiju") / "policies"
    for entry in folder.iterdir():
        policy = entry / f"{entry.name}.guiju"
        if entry.is_dir() and policy.is_file():
            yield entry.name, f"policies/{entry.name}/{entry.name}.guiju"


class Place(NamedTuple):
    """Where a policy lies, what messages call it, and its folder (None of a bundled one).

    `versions` tell states of its file, and of the vocabularies that it may use, from each other.
    """

    path: Path
    shown: str
    folder: Path | None
    versions: tuple[tuple[int, ...], ...]


@contextmanager
def place_of(name: str) -> Iterator[Place | None]:
    """Where the policy of an id or path lies, as long as it is looked at; None where there is no such file."""
    known = {} if name.endswith(".guiju") else bundled()
    if name in known:
        with as_file(files("guiju") / known[name]) as path:
            yield Place(path, f"{name}.guiju", None, _versions(path))
        return
    file = _file(name)
    if file is None:
        yield None
    else:
        yield Place(file, name if kind(Path(name)) == "file" else str(file), file.parent, _versions(file))


def _file(name: str) -> Path | None:
    """The file that a name stands for: itself, or the one policy of a folder."""
    path = Path(name)
    found = kind(path) if name else None
    inside = policies_in(path) if found == "folder" else ()
    return path if found == "file" else inside[0] if len(inside) == 1 else None


def load(name: str) -> Loaded:
    """Read and compile a policy by id or path. Compiled policies are kept, as long as no file of theirs changes."""
    with place_of(name) as place:
        if place is not None and place.path.suffix.lower() in _DATA:
            span = Span(Source(place.shown, ""), 0, 0)
            return Loaded(span.source, None, None, (Diagnostic(DATA_FOR_A_POLICY, span, (("name", place.shown),)),))
        if place is not None:
            return _load(*place)
    path = Path(name)
    found = kind(path) if name else None
    if found == "folder":
        return _is_a_folder(name, path)
    from guiju.exchange.node import clip

    span = Span(Source(clip(name), ""), 0, 0)
    return Loaded(span.source, None, None, (no_such_policy(clip(name), span),))


def no_such_policy(name: str, span: Span, suggestion: str | None = None) -> Diagnostic:
    """That a name is neither that of a bundled policy nor of a file."""
    return Diagnostic(UNKNOWN_POLICY, span, (("name", name), ("known", ", ".join(bundled()))), suggestion=suggestion)


def _is_a_folder(name: str, path: Path) -> Loaded:
    span = Span(Source(name, ""), 0, 0)
    policies = policies_in(path)
    found = ", ".join(map(str, policies[:3]))
    inside = Text(f"：{found}" if found else "", f": {found}" if found else "")
    arguments = (("name", name), ("number", len(policies)), ("inside", inside))
    return Loaded(span.source, None, None, (Diagnostic(POLICY_IS_A_FOLDER, span, arguments),))


def _versions(policy: Path) -> tuple[tuple[int, ...], ...]:
    """Those of a policy and of the vocabularies that it may use."""
    return tuple(version(path) for path in (policy, *files_near(policy.parent)))


@lru_cache(maxsize=16)
def _load(path: Path, shown: str, folder: Path | None, versions: tuple[tuple[int, ...], ...]) -> Loaded:  # noqa: ARG001 - `versions` tells states of the files apart
    from guiju.exchange.text import read_text

    text, found = read_text(path)
    if text is None:
        return Loaded(Source(shown, ""), None, None, found)
    return compile_source(Source(shown, text.source.text), found, folder)


def review(loaded: Loaded) -> tuple[Finding, ...]:
    """What is wrong or doubtful in the text of the standard that a policy encodes; () of a policy with errors."""
    from guiju.compiler.pipeline import review_document

    if loaded.document is None:
        return ()
    program, found = review_document(loaded.document, VocabularyFiles(loaded.folder))
    return found if program is not None else ()


def compile_source(
    source: Source,
    before: tuple[Diagnostic, ...] = (),
    folder: Path | None = None,
    *,
    read: LineReader | None = None,
    opened: Mapping[Path, str] = MappingProxyType({}),
) -> Loaded:
    """Parse and compile a text. Where a part of it cannot be read, no more is said of the rest than is sure.

    `folder` is where the policy lies, whose own vocabularies it may use; `opened` are texts of files that are being
    written, which count instead of what is on the disk. `read` reads a line, as of `parse`.
    """
    from guiju.compiler.causes import told_beside
    from guiju.compiler.pipeline import compile_document
    from guiju.compiler.vocabularies import used_by
    from guiju.dsl.parser import parse, parsed

    document, mistakes = parsed(source) if read is None else parse(source, read)
    vocabularies = VocabularyFiles(folder, opened)
    compiled = compile_document(document, vocabularies)
    beside = vocabularies.mistakes_of(used_by(document))
    found = (*before, *told_beside(mistakes, beside, compiled.diagnostics))
    unread = has_errors((*before, *mistakes, *beside))
    return Loaded(source, document, None if unread else compiled.program, found, folder, compiled)
