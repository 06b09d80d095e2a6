"""A policy -> OSCAL catalog, and the profile of a level: ids, numbers and labels, no text of the standard."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from guiju.compiler.ir import Clause, Group, Program
from guiju.dsl.diagnostic import Language
from guiju.report.exports.oscal import Json, listed, metadata, own
from guiju.report.exports.stable import one_line, tokens, uuid_of


def statement_of(control: str) -> str:
    """The id of the statement of a control, at which findings aim."""
    return f"{control}_smt"


def catalog(program: Program, moment: str, language: Language) -> Json:
    """Every clause as a control below the groups of the standard. `moment`: see `metadata`."""
    maker = _Maker(program, language)
    title = f"{program.designation} {program.title.in_language(language)}"
    return {
        "catalog": {
            "uuid": uuid_of("catalog", program.digest, moment, language),
            "metadata": metadata(program, title, moment, program.digest, language),
            **listed(groups=list(maker.groups(None)), controls=maker.controls("")),
        }
    }


def profile(program: Program, level: str, href: str, moment: str, language: Language) -> Json:
    """The clauses that count at a level, out of the catalog at `href`."""
    ids = tokens(program)
    label = next(x.label for x in program.levels if x.id == level).in_language(language)
    chosen = [ids["clause", c.id] for c in program.clauses if level in c.levels]
    return {
        "profile": {
            "uuid": uuid_of("profile", program.digest, level, href, moment, language),
            "metadata": metadata(program, f"{program.designation} {level} {label}", moment, program.digest, language),
            "imports": [{"href": href, "include-controls": [{"with-ids": chosen}]}],
            "merge": {"as-is": True},
        }
    }


class _Maker:
    def __init__(self, program: Program, language: Language) -> None:
        self._language, self._ids = language, tokens(program)
        self._below: dict[str | None, list[Group]] = defaultdict(list)
        self._clauses: dict[str, list[Clause]] = defaultdict(list)
        for group in program.groups:
            self._below[group.parent].append(group)
        for clause in program.clauses:
            self._clauses[clause.group].append(clause)

    def groups(self, parent: str | None) -> Iterator[Json]:
        """The groups below one; in each those inside it, or its clauses: the language lets no group have both."""
        for group in self._below[parent]:
            inner = list(self.groups(group.id))
            yield self._group(group) | listed(groups=inner, controls=self.controls(group.id))

    def _group(self, group: Group) -> Json:
        number = [{"name": "label", "value": one_line(group.cites or group.id)}]
        return {
            "id": self._ids["group", group.id],
            "class": group.kind,
            "title": one_line(group.label.in_language(self._language)),
            "props": [*number, own("group", group.id)],
        }

    def controls(self, group: str) -> list[Json]:
        """The clauses of a group."""
        return [self._control(clause) for clause in self._clauses[group]]

    def _control(self, clause: Clause) -> Json:
        id_, label = self._ids["clause", clause.id], one_line(clause.label.in_language(self._language))
        parts = [{"id": statement_of(id_), "name": "statement", "prose": label}]
        if clause.guidance is not None:
            parts.append({"id": f"{id_}_gdn", "name": "guidance", "prose": clause.guidance.in_language(self._language)})
        return {
            "id": id_,
            "class": "clause",
            "title": label,
            "props": [
                {"name": "label", "value": one_line(clause.printed)},
                own("clause", clause.id),
                *([own("modality", clause.modality)] if clause.modality else []),
                *(own("level", level) for level in clause.levels),
                own("decided-by", "people" if clause.is_attested else "facts"),
            ],
            "parts": parts,
        }
