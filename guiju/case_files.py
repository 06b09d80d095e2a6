"""A file below `cases`, read by itself: the policy that it belongs to, and what is wrong with it beside that one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from guiju.compiler.pipeline import compile_examples
from guiju.dsl import tree
from guiju.dsl.diagnostic import Code, Diagnostic, Severity, Text, has_errors
from guiju.dsl.parser import parse
from guiju.dsl.source import Source
from guiju.examples import FOLDER, LISTED, NOT_AN_EXAMPLE
from guiju.exchange.cases import cases_of, read_cases
from guiju.exchange.text import decode, read_found
from guiju.folders import files_named
from guiju.library import Loaded, compile_source
from guiju.pins import Broken, standard_has_errors
from guiju.vocabularies import SUFFIXES, VocabularyFiles

NO_POLICY_ABOVE = Code(
    "no-policy-of-examples",
    Severity.ERROR,
    Text("找不到示例所属的策略", "No policy for these examples"),
    Text(
        "这些示例属于“{standard}”，上一级文件夹里没有这个编号的策略",
        "these examples are of `{standard}`, and no policy in the folder above has that id",
    ),
    Text(
        "改正编号，或把文件放到那个策略旁边的 cases 里", "mend the id, or move the file into `cases` beside that policy"
    ),
    Text("没有策略就不知道示例说的是什么", "without the policy nobody knows what the examples speak of"),
)
CASE_FILE_CODES: tuple[Code, ...] = (NO_POLICY_ABOVE,)


def beside_its_policy(loaded: Loaded, opened: Mapping[Path, str] = MappingProxyType({})) -> Loaded:
    """A file of examples as its policy has it; any other file as it is. `opened`: texts that are being written."""
    folder, document = loaded.folder, loaded.document
    if folder is None or folder.resolve().name != FOLDER or document is None or document.standard is None:
        return loaded
    head, above = document.standard.name, folder.resolve().parent
    unread = tuple(d for d in loaded.diagnostics if d.span.source is loaded.source and _is_of_form(d, loaded))
    policy = _policy(head.text, above, opened)
    if policy is None:
        told = (*unread, Diagnostic(NO_POLICY_ABOVE, head.span, (("standard", head.text),)))
        return replace(loaded, program=None, diagnostics=told)
    if policy.program is None or policy.document is None:
        errors = sum(d.is_error for d in policy.diagnostics)
        told = (*unread, standard_has_errors(head.text, head.span, Broken(policy.source.name, errors)))
        return replace(loaded, program=None, compiled=policy.compiled, diagnostics=told)
    examples = tuple(d for d in document.declarations if isinstance(d, tree.ExampleDecl))
    others = (Diagnostic(NOT_AN_EXAMPLE, d.span) for d in document.declarations if not isinstance(d, tree.ExampleDecl))
    compiled = compile_examples(policy.document, VocabularyFiles(above, opened), examples)
    told = (*unread, *others, *compiled.diagnostics)
    return replace(loaded, program=None if has_errors(told) else compiled.program, compiled=compiled, diagnostics=told)


def _is_of_form(found: Diagnostic, loaded: Loaded) -> bool:
    """Whether a diagnostic is about how a text is written, and not about what its names mean."""
    return loaded.compiled is None or found not in loaded.compiled.diagnostics


def listed_findings(path: Path) -> tuple[Diagnostic, ...] | None:
    """What is wrong with a file of cases in YAML, beside its policy; None of any other file."""
    if path.suffix.lower() not in LISTED or path.resolve().parent.name != FOLDER:
        return None
    file, found = read_cases(path, str(path))
    if file is None:
        return found
    policy = _policy(file.standard, path.resolve().parent.parent, {})
    if policy is None:
        return (*found, Diagnostic(NO_POLICY_ABOVE, file.span, (("standard", file.standard),)))
    if policy.program is None:
        errors = sum(d.is_error for d in policy.diagnostics)
        return (*found, standard_has_errors(file.standard, file.span, Broken(policy.source.name, errors)))
    return (*found, *cases_of(policy.program, file)[1])


def _policy(standard: str, folder: Path, opened: Mapping[Path, str]) -> Loaded | None:
    """The policy of an id in a folder, whatever its file is called."""
    for path in _policies(folder, standard):
        source = _source(path, opened)
        if source is not None and _id(source) == standard:
            return _compiled(source, folder, tuple(sorted((str(p), text) for p, text in opened.items())))
    return None


def policies_in(folder: Path, opened: Mapping[Path, str]) -> Iterator[tuple[Path, str]]:
    """The policies of a folder with their ids, as they are being written or else on the disk."""
    for path in _policies(folder, ""):
        source = _source(path, opened)
        if source is not None and (id_ := _id(source)):
            yield path, id_


def _policies(folder: Path, standard: str) -> Iterator[Path]:
    """The files that may hold it, the likeliest first."""
    found = [path for suffix in SUFFIXES for path in files_named(folder, suffix)]
    return iter(sorted(found, key=lambda path: not path.name.startswith(f"{standard}.")))


def _source(path: Path, opened: Mapping[Path, str]) -> Source | None:
    written = opened.get(path.resolve())
    text, _ = read_found(path) if written is None else decode(str(path), written.encode("utf-8", "surrogatepass"))
    return None if text is None else text.source


@lru_cache(maxsize=32)
def _id(source: Source) -> str:
    """The id that the head of a text gives; nothing where it has none."""
    head = parse(source)[0].standard
    return "" if head is None or head.is_vocabulary else head.name.text


@lru_cache(maxsize=2)  # while its examples are written the policy stays
def _compiled(source: Source, folder: Path, opened: tuple[tuple[str, str], ...]) -> Loaded:
    return compile_source(source, (), folder, opened={Path(path): text for path, text in opened})
