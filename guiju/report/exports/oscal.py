"""What all OSCAL documents of ours share: metadata, properties in a namespace of our own, and the JSON form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from guiju.compiler.ir import Program
from guiju.dsl.diagnostic import Language
from guiju.intake.evidence.statements import NAMESPACE
from guiju.report.exports.stable import one_line

Json: TypeAlias = dict[str, Any]

OSCAL_VERSION = "1.1.3"  # the elements that are used are those of 1.1; a reader of a later 1.x takes them as well


def metadata(program: Program, title: str, moment: str, version: str, language: Language) -> Json:
    """The head of a document. `moment`: when it holds, with its zone; `version`: what tells it from others."""
    return {
        "title": one_line(title),
        "last-modified": moment,
        "version": version,
        "oscal-version": OSCAL_VERSION,
        "props": [
            own("policy", program.id),
            own("policy-digest", program.digest),
            own("language", language),
            *(own(key, value) for key, value in program.properties),
        ],
    }


def own(name: str, value: str, group: str | None = None) -> Json:
    """A property of our namespace. What is no single line stands in full under `remarks`."""
    line = one_line(value)
    made = {"name": name, "ns": NAMESPACE, "value": line or "-"}
    if group is not None:
        made["group"] = group
    return made if line == value else {**made, "remarks": value}


def listed(**lists: Sequence[object]) -> Json:
    """The lists that are not empty: OSCAL refuses the others. `_` in a name stands for `-`."""
    return {name.replace("_", "-"): list(items) for name, items in lists.items() if items}


def by_id(ids: Iterable[str]) -> list[Json]:
    """Controls as a selection names them."""
    return [{"control-id": id_} for id_ in ids]
