"""Policies by id or path: the bundled ones lie in the package, others wherever a path says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from guiju.compiler.ir import Program
from guiju.dsl.diagnostic import Code, Diagnostic, Severity, Text, has_errors
from guiju.dsl.keywords import by_terminal
from guiju.dsl.source import Source, Span
from guiju.dsl.tree import Document
from guiju.pins import Broken, Programs

if TYPE_CHECKING:
    from guiju.compiler.review import Finding

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
NO_STANDARD = Code(
    "no-standard",
    Severity.ERROR,
    Text("没有写明标准", "No standard is named"),
    Text("文件没有写明用于哪个标准", "the file does not say which standard it is for"),
    Text("写明 standard 或 standards，或用 --policy 指定", "name it under `standard` or `standards`, or give --policy"),
    Text("覆盖情况总是对着标准说的", "coverage is always that of some standard"),
)
POLICY_IS_A_FOLDER = Code(
    "policy-is-a-folder",
    Severity.ERROR,
    Text("给出的是文件夹", "A folder, not a policy"),
    Text("“{name}”是文件夹，不是策略文件", "`{name}` is a folder, not a policy file"),
    Text("写出其中 .guiju 文件的路径{inside}", "give the path of the .guiju file in it{inside}"),
    Text("一个文件夹里可以有几个策略，由使用者指定", "a folder may hold several policies, and the user says which"),
)
UNKNOWN_NODE = Code(
    "unknown-node",
    Severity.ERROR,
    Text("没有这个节点", "No such node"),
    Text(
        "没有名为“{name}”的结论、得分、条款、事实或输入项", "there is no outcome, score, clause, fact or input `{name}`"
    ),
    Text(
        "写成结论（{outcomes}）、某一级的得分、条款号、事实或输入项，例如：{known}",
        "name an outcome ({outcomes}), a score at a level, a clause, a fact or an input, such as: {known}",
    ),
    Text("解释总是针对一个节点", "an explanation is that of one node"),
)
UNKNOWN_LEVEL = Code(
    "unknown-level",
    Severity.ERROR,
    Text("没有这个等级", "No such level"),
    Text("标准没有等级“{name}”", "the standard has no level `{name}`"),
    Text("可用的等级：{known}", "the levels are: {known}"),
    Text("未达到的原因总是针对一个等级", "why not is asked of one level"),
)
LEVEL_NEVER_GIVEN = Code(
    "level-never-given",
    Severity.ERROR,
    Text("没有定级给出这个等级", "Level that no grade gives"),
    Text("标准有等级“{name}”，但没有定级给出它", "the standard has the level `{name}`, but no grade gives it"),
    Text(
        "问定级里有的等级，或在定级里加上这一级的行",
        "ask of a level that a grade gives, or add a row for it to a grade",
    ),
    Text("没有行的等级，无论证据如何都不会是结果", "a level without a row is never the result, whatever the evidence"),
)
NODE_BESIDE_LEVEL = Code(
    "node-beside-why-not",
    Severity.ERROR,
    Text("节点和 --why-not 同时给出", "NODE beside --why-not"),
    Text("--why-not 问的是等级，不能再给节点“{name}”", "--why-not asks of a level and takes no node, such as `{name}`"),
    Text(
        "问等级“{level}”就去掉“{name}”；问“{name}”就去掉 --why-not",
        "leave out `{name}` to ask of the level `{level}`, or leave out --why-not to ask of `{name}`",
    ),
    Text("只回答其中一个，另一个就像没有问过", "if only one were answered, the other would pass unnoticed"),
)
NOT_WRITABLE = Code(
    "file-not-writable",
    Severity.ERROR,
    Text("文件无法写入", "File cannot be written"),
    Text("无法写入“{path}”（{reason}）", "`{path}` cannot be written ({reason})"),
    Text(
        "检查文件夹是否存在、是否可以写入，或换一个路径",
        "check that the folder exists and may be written to, or name another path",
    ),
    Text("没有写成的文件不会留下一半", "a file is written as a whole or not at all"),
)
FILE_EXISTS = Code(
    "file-exists",
    Severity.ERROR,
    Text("文件已存在", "File exists"),
    Text("“{path}”已经存在，没有改动", "`{path}` exists and was left as it is"),
    Text("换一个路径，或先把它移走", "name another path, or move it away first"),
    Text("填好的证据文件不会被空白的盖掉", "a blank file never takes the place of one that was filled in"),
)
NEEDS_A_FILE = Code(
    "needs-a-file",
    Severity.ERROR,
    Text("不是文件", "Not a file"),
    Text("--write 改写文件，“{name}”不是文件的路径", "--write changes a file, and `{name}` is not the path of one"),
    Text("给出 .guiju 文件的路径，或去掉 --write", "give the path of a .guiju file, or leave --write out"),
    Text("随附的标准不会被改写", "bundled policies are never changed"),
)
LIBRARY_CODES: tuple[Code, ...] = (
    UNKNOWN_POLICY,
    NO_STANDARD,
    POLICY_IS_A_FOLDER,
    UNKNOWN_NODE,
    UNKNOWN_LEVEL,
    LEVEL_NEVER_GIVEN,
    NODE_BESIDE_LEVEL,
    NOT_WRITABLE,
    FILE_EXISTS,
    NEEDS_A_FILE,
)

_HEAD = 65_536  # bytes of a file in which its first line is looked for


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
            return _load(str(path), f"{name}.guiju", _changed(path))
    path = Path(name)
    kind = _kind(path) if name else None
    if kind == "folder":
        return _is_a_folder(name, path)
    if kind is None:
        from guiju.exchange.node import clip

        span = Span(Source(clip(name), ""), 0, 0)
        return Loaded(span.source, None, None, (no_such_policy(clip(name), span),))
    return _load(str(path), name, _changed(path))


def _kind(path: Path) -> Literal["folder", "file"] | None:
    """What there is at a path; None also where the system cannot even look, as for a name that is too long."""
    try:
        return "folder" if path.is_dir() else "file" if path.is_file() else None
    except (OSError, ValueError):
        return None


def no_such_policy(name: str, span: Span, suggestion: str | None = None) -> Diagnostic:
    """That a name is neither that of a bundled policy nor of a file."""
    return Diagnostic(UNKNOWN_POLICY, span, (("name", name), ("known", ", ".join(bundled()))), suggestion=suggestion)


def programs_beside(name: str) -> Programs:
    """Other standards by id: for a policy of a path those in its folder or beside that come before the bundled ones."""
    folder = Path(name).parent if name not in bundled() else None

    def program(id_: str) -> Program | Broken | None:
        places = (folder / f"{id_}.guiju", folder.parent / id_ / f"{id_}.guiju") if folder else ()
        found = next((str(p) for p in places if p.is_file()), id_ if id_ in bundled() else None)
        if found is None:
            return None
        loaded = load(found)
        return loaded.program or Broken(found, sum(d.is_error for d in loaded.diagnostics))

    return program


def _is_a_folder(name: str, path: Path) -> Loaded:
    span = Span(Source(name, ""), 0, 0)
    found = ", ".join(str(p) for p in sorted(path.glob("*.guiju"))[:3])
    inside = Text(f"：{found}" if found else "", f": {found}" if found else "")
    return Loaded(
        span.source, None, None, (Diagnostic(POLICY_IS_A_FOLDER, span, (("name", name), ("inside", inside))),)
    )


def _changed(policy: Path) -> tuple[int, ...]:
    """When a policy, and the vocabularies that it may use, last changed."""
    vocabularies = (*policy.parent.glob("*.guiju"), *policy.parent.glob("../vocabulary/*.guiju"))
    return tuple(_changed_at(path) for path in (policy, *sorted(vocabularies)))


def _changed_at(path: Path) -> int:
    """When a file last changed; 0 of one that cannot be reached, such as a link that leads nowhere."""
    try:
        return path.stat().st_mtime_ns
    except (OSError, RuntimeError):
        return 0


@lru_cache(maxsize=16)
def _load(path: str, shown: str, changed: tuple[int, ...]) -> Loaded:  # noqa: ARG001 - `changed` tells versions of a file apart
    from guiju.exchange.text import read_text

    text, found = read_text(Path(path))
    if text is None:
        return Loaded(Source(shown, ""), None, None, found)
    return compile_source(Source(shown, text.source.text), found, Path(path).parent)


def review(loaded: Loaded) -> tuple[Finding, ...]:
    """What is wrong or doubtful in the text of the standard that a policy encodes; () of a policy with errors."""
    from guiju.compiler.pipeline import review_document

    path = Path(loaded.source.name)
    folder = path.parent if path.is_file() else None
    program, found = review_document(loaded.document, _Vocabularies(folder)) if loaded.document else (None, ())
    return found if program is not None else ()


class _Vocabularies(Mapping[str, Document]):
    """The vocabularies in a policy's own folder and the bundled ones; one is read when it is asked for."""

    def __init__(self, folder: Path | None) -> None:
        bundled_folder = files("guiju") / "policies" / "vocabulary"
        own = sorted(folder.glob("*.guiju")) if folder is not None else []
        found = [*bundled_folder.iterdir(), *own] if bundled_folder.is_dir() else own
        self._own = frozenset(own)
        self.mistakes: tuple[Diagnostic, ...] = ()  # of the vocabularies that were read
        self._files = {f.name.removesuffix(".guiju"): f for f in found if f.name.endswith(".guiju")}
        self._read: dict[str, Document] = {}

    def __getitem__(self, name: str) -> Document:
        if name not in self._read:
            self._read[name] = self._document(self._files[name])
        return self._read[name]

    def _document(self, file: Traversable) -> Document:
        """What a file declares: nothing, if it cannot be read as a text."""
        from guiju.dsl.parser import parse
        from guiju.exchange.text import decode, read_text

        # what is bundled is shown by its name alone, as bundled policies are, and not by where it is installed
        if isinstance(file, Path) and file in self._own:
            text, found = read_text(file)
        else:
            text, found = decode(file.name, file.read_bytes())
        self.mistakes += found
        if text is None:
            return Document(standard=None, declarations=(), span=Span(Source(str(file), ""), 0, 0))
        document, mistakes = parse(text.source)
        self.mistakes += mistakes
        return document

    def __contains__(self, name: object) -> bool:
        return name in self._files

    def __iter__(self) -> Iterator[str]:
        """Those that a policy may use: standards that lie beside it are none."""
        return (name for name, file in self._files.items() if _is_vocabulary(file))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _is_vocabulary(file: Traversable) -> bool:
    """Whether the first line of a file that says something begins with the word for it."""
    words = by_terminal()["VOCABULARY"]
    try:
        with file.open("rb") as opened:
            head = opened.read(_HEAD).decode("utf-8", errors="ignore").removeprefix("\ufeff")
    except (OSError, RuntimeError):
        return False
    said = (line.split(maxsplit=1)[0] for line in head.splitlines() if line.strip()[:1] not in ("", "#", "＃"))
    return next(said, "") in (*words.en, *words.zh)


def compile_source(source: Source, before: tuple[Diagnostic, ...] = (), folder: Path | None = None) -> Loaded:
    """Parse and compile a text. Where a part of it cannot be read, no more is said of the rest than is sure.

    `folder` is where the policy lies, whose own vocabularies it may use.
    """
    from guiju.compiler.causes import told_beside
    from guiju.compiler.pipeline import compile_document
    from guiju.dsl.parser import parse

    document, mistakes = parse(source)
    vocabularies = _Vocabularies(folder)
    compiled = compile_document(document, vocabularies)
    found = (*before, *told_beside(mistakes, vocabularies.mistakes, compiled.diagnostics))
    unread = has_errors((*before, *mistakes, *vocabularies.mistakes))
    return Loaded(source, document, None if unread else compiled.program, found)
