"""Where a workbook has what formulas read: inputs, facts, clauses, evidence, samples and further statements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class FactPlace:
    """The cells of a fact: its value, or one cell for each option of a set; its unit, and the evidence for it."""

    value: str
    unit: str
    evidence: str
    options: Mapping[str, str] = field(default_factory=dict)
    name: str = ""  # the cell with its name in the list of facts for samples, if it stands there


@dataclass(frozen=True)
class ClausePlace:
    """The cells of a clause: how it is named in further statements, and both voices with their evidence."""

    name: str
    vendor: str
    vendor_evidence: str
    assessor: str
    assessor_evidence: str
    assessor_until: str


@dataclass(frozen=True)
class RegisterPlace:
    """Columns of the evidence register, as ranges."""

    ids: str
    collected: str
    expires: str
    first_row: int
    rows: int


@dataclass(frozen=True)
class StatementsPlace:
    """Columns of the further statements, as ranges of the same height."""

    clauses: str
    voices: str
    verdicts: str
    evidence: str
    until: str
    names: str  # the cells in which clauses stand by name
    rows: int
    below: str  # the cells below the list, where formulas look at no row


@dataclass(frozen=True)
class SamplesPlace:
    """What samples are for: the column of clauses and that of facts, as ranges of the same height."""

    clauses: str
    facts: str
    names: str  # the cells in which facts stand by name
    rows: int
    below: str  # the cells below the list, where formulas look at no row


@dataclass(frozen=True)
class Places:
    """All of them. References name their sheet."""

    as_of: str
    inputs: Mapping[str, str]
    facts: Mapping[str, FactPlace]
    clauses: Mapping[str, ClausePlace]
    register: RegisterPlace
    statements: StatementsPlace
    samples: SamplesPlace
