"""The examples of a policy: its own blocks, and those in the files of its `cases` folder."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from guiju.compiler.ir import Program
from guiju.compiler.pipeline import with_examples
from guiju.dsl import tree
from guiju.dsl.diagnostic import Code, Diagnostic, Severity, Text, has_errors
from guiju.dsl.parser import parse
from guiju.dsl.source import Source
from guiju.engine.examples.case import Case, case_of
from guiju.exchange.cases import cases_of, read_cases
from guiju.exchange.text import read_found
from guiju.folders import files_named
from guiju.library import Loaded, bundled
from guiju.vocabularies import VocabularyFiles

FOLDER = "cases"  # beside a policy
LISTED = (".yaml", ".yml")  # the files there that list cases
NOT_AN_EXAMPLE = Code(
    "not-an-example",
    Severity.ERROR,
    Text("示例文件里有别的声明", "Another declaration among examples"),
    Text("cases 文件夹里的策略文件只写示例，这里不是", "a policy file in `cases` has examples alone, and this is none"),
    Text("把它移到策略里", "move it into the policy"),
    Text("示例检验策略，不改变策略", "examples test a policy and do not change it"),
)
OTHER_STANDARD = Code(
    "examples-of-another",
    Severity.ERROR,
    Text("示例属于另一个标准", "Examples of another standard"),
    Text("这些示例属于“{found}”，不属于“{expected}”", "these examples are of `{found}`, not of `{expected}`"),
    Text("改正文件里的标准编号", "mend the id of the standard in the file"),
    Text("名称和条款号只在一个标准里有意义", "names and clause numbers mean something in one standard alone"),
)
EXAMPLE_FILE_CODES: tuple[Code, ...] = (NOT_AN_EXAMPLE, OTHER_STANDARD)


@dataclass(frozen=True)
class Gathered:
    """A policy with its cases, in the order of its text and then of the files by name. None of one with errors."""

    program: Program | None
    cases: tuple[Case, ...]
    diagnostics: tuple[Diagnostic, ...]


def folder_of(loaded: Loaded) -> Path | None:
    """Where the cases of a policy are; None of a bundled one inside an archive."""
    if loaded.folder is not None:
        return loaded.folder / FOLDER
    if loaded.program is None or loaded.program.id not in bundled():
        return None
    path = files("guiju") / "policies" / loaded.program.id / FOLDER
    return path if isinstance(path, Path) else None


def gathered(loaded: Loaded) -> Gathered:
    """All examples of a loaded policy, and what is wrong with the files that they stand in."""
    program, document = loaded.program, loaded.document
    if program is None or document is None:
        return Gathered(None, (), loaded.diagnostics)
    folder = folder_of(loaded)
    found: list[Diagnostic] = []
    beside: list[tree.ExampleDecl] = []
    for path in files_named(folder, ".guiju") if folder else ():
        beside += _blocks(path, _shown(loaded, path), program, found)
    if beside and not has_errors(tuple(found)):
        again, wrong = with_examples(document, VocabularyFiles(loaded.folder), tuple(beside))
        found += wrong
        program = again or program
    cases = [case_of(program, example) for example in program.examples]
    for path in files_named(folder, *LISTED) if folder else ():
        cases += _listed(path, _shown(loaded, path), program, found)
    told = (*(d for d in loaded.diagnostics if d.is_error), *found)
    return Gathered(None if has_errors(told) else program, tuple(cases), told)


def _is_of_another(path: Path, standard: str) -> bool:
    """Whether another policy of the same folder has the id, whose file of cases it then is."""
    return (path.parent.parent / f"{standard}.guiju").is_file()


def _shown(loaded: Loaded, path: Path) -> str:
    """How a file is named in messages: one of a bundled policy by its place beside that."""
    return str(path) if loaded.folder is not None else f"{FOLDER}/{path.name}"


def _blocks(path: Path, shown: str, program: Program, found: list[Diagnostic]) -> list[tree.ExampleDecl]:
    text, unread = read_found(path)
    found += unread
    if text is None:
        return []
    document, mistakes = parse(Source(shown, text.source.text))
    found += mistakes
    head = document.standard
    if head is not None and head.name.text != program.id:
        if not _is_of_another(path, head.name.text):
            arguments = (("found", head.name.text), ("expected", program.id))
            found.append(Diagnostic(OTHER_STANDARD, head.name.span, arguments))
        return []
    found += (Diagnostic(NOT_AN_EXAMPLE, d.span) for d in document.declarations if not isinstance(d, tree.ExampleDecl))
    return [d for d in document.declarations if isinstance(d, tree.ExampleDecl)]


def _listed(path: Path, shown: str, program: Program, found: list[Diagnostic]) -> list[Case]:
    file, wrong = read_cases(path, shown)
    found += wrong
    if file is None:
        return []
    if file.standard != program.id:
        if not _is_of_another(path, file.standard):
            arguments = (("found", file.standard), ("expected", program.id))
            found.append(Diagnostic(OTHER_STANDARD, file.span, arguments))
        return []
    cases, wrong = cases_of(program, file)
    found += wrong
    return list(cases)
