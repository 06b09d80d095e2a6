"""The texts that an assessment is derived from: collected where the files are, and made programs of without any."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import PurePath

from guiju.bundle.model import Role, SourceModel
from guiju.compiler.ir import Program
from guiju.compiler.pipeline import compile_document
from guiju.compiler.vocabularies import used_by
from guiju.dsl.diagnostic import Diagnostic
from guiju.dsl.parser import parse
from guiju.dsl.source import Source
from guiju.engine.evidence import Evidence
from guiju.exchange.text import FileText, digest
from guiju.library import Loaded
from guiju.vocabularies import VocabularyFiles

_BOM = "\ufeff"
_ORDER: tuple[Role, ...] = ("policy", "standard", "vocabulary", "evidence")


@dataclass(frozen=True)
class SourceText:
    """One text with what it is for. `name`: its file's, without a folder, so that no path of a machine gets out."""

    role: Role
    name: str
    text: str
    used_by: tuple[str, ...] = ()
    byte_order_mark: bool = False

    @property
    def data(self) -> bytes:
        """The bytes that it stands for."""
        return f"{_BOM if self.byte_order_mark else ''}{self.text}".encode()

    @property
    def model(self) -> SourceModel:
        """Its published form."""
        return SourceModel(
            role=self.role,
            name=self.name,
            digest=digest(self.data),
            used_by=list(self.used_by),
            byte_order_mark=self.byte_order_mark,
            lines=self.text.split("\n"),
        )


def source_of(model: SourceModel) -> SourceText:
    """A source from its published form."""
    return SourceText(model.role, model.name, "\n".join(model.lines), tuple(model.used_by), model.byte_order_mark)


# --- from files ----------------------------------------------------------------------------------------------------


def collected(policy: Loaded, others: tuple[Loaded, ...], evidence: FileText) -> tuple[SourceText, ...]:
    """The sources of an assessment: a policy, the other standards that its evidence names, and their vocabularies."""
    named = (SourceText("standard", _file_name(other), other.source.text) for other in others)
    text = evidence.source.text
    marked = digest(text.encode()) != evidence.digest
    stated = SourceText("evidence", PurePath(evidence.source.name).name, text, byte_order_mark=marked)
    own = SourceText("policy", _file_name(policy), policy.source.text)
    return in_order((own, *named, *_vocabularies((policy, *others)), stated))


def in_order(sources: Iterable[SourceText]) -> tuple[SourceText, ...]:
    """Sources as a bundle lists them: by what they are for, then by their names."""
    return tuple(sorted(sources, key=lambda s: (_ORDER.index(s.role), s.name, s.used_by, s.text)))


def _id(loaded: Loaded) -> str:
    return loaded.program.id if loaded.program else ""


def _file_name(loaded: Loaded) -> str:
    return PurePath(loaded.source.name).name


def _vocabularies(standards: Iterable[Loaded]) -> Iterator[SourceText]:
    """The vocabularies that standards use, each once: two standards may know different ones by one name."""
    users: dict[tuple[str, str], list[str]] = {}
    for loaded in standards:
        files = VocabularyFiles(loaded.folder)
        for name in used_by(loaded.document) if loaded.document else ():
            users.setdefault((name, files[name].span.source.text), []).append(_id(loaded))
    for (name, text), ids in users.items():
        yield SourceText("vocabulary", f"{name}.guiju", text, tuple(sorted(ids)))


# --- without files -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Standard:
    """A standard among the sources: its id, the vocabularies that it uses, and its program if there is no error."""

    id: str
    source: SourceText
    uses: frozenset[str]
    program: Program | None
    errors: tuple[Diagnostic, ...]


@lru_cache(maxsize=4)
def standards_in(sources: tuple[SourceText, ...]) -> tuple[Standard, ...]:
    """What the texts of standards and vocabularies mean: these alone, whatever is installed or lies about."""
    return tuple(_standard(source, sources) for source in sources if source.role in ("policy", "standard"))


def _standard(source: SourceText, sources: tuple[SourceText, ...]) -> Standard:
    document, mistakes = parse(Source(source.name, source.text))
    id_ = document.standard.name.text if document.standard is not None else ""
    read = {_name(s): parse(Source(s.name, s.text)) for s in sources if s.role == "vocabulary" and id_ in s.used_by}
    compiled = compile_document(document, {name: vocabulary for name, (vocabulary, _) in read.items()})
    found = (*mistakes, *(d for _, wrong in read.values() for d in wrong), *compiled.diagnostics)
    errors = tuple(d for d in found if d.is_error)
    return Standard(id_, source, frozenset(used_by(document)), None if errors else compiled.program, errors)


def _name(vocabulary: SourceText) -> str:
    return vocabulary.name.removesuffix(".guiju")


def asked(sources: tuple[SourceText, ...], evidence: Evidence) -> tuple[SourceText, ...]:
    """Those that an assessment is derived from: a source that nothing asks for is none."""
    policy, *others = standards_in(sources)
    named = {part.standard for part in evidence.parts}
    kept = {s.id: s for s in others if s.id in named and s.id != policy.id}
    return in_order(
        (
            replace(policy.source, role="policy", used_by=()),
            *(replace(s.source, role="standard", used_by=()) for s in kept.values()),
            *_used(sources, (policy, *kept.values())),
            replace(next(s for s in sources if s.role == "evidence"), used_by=()),
        )
    )


def _used(sources: tuple[SourceText, ...], standards: tuple[Standard, ...]) -> Iterator[SourceText]:
    """The vocabularies that standards use; of two by one name that say they are for one standard, the last is used."""
    read = {(_name(s), id_): s for s in sources if s.role == "vocabulary" for id_ in s.used_by}
    users: dict[SourceText, list[str]] = {}
    for standard in standards:
        for name in standard.uses:
            if (vocabulary := read.get((name, standard.id))) is not None:
                users.setdefault(vocabulary, []).append(standard.id)
    return (replace(vocabulary, used_by=tuple(sorted(ids))) for vocabulary, ids in users.items())
