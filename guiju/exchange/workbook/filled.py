"""What is filled in, as the texts of cells, whoever says it: an evidence file or a workbook."""

from __future__ import annotations

from dataclasses import dataclass, field

from guiju.exchange.workbook.layout import Key

HEAD = ("name", "version", "organization", "note")
DAYS = frozenset(("collected", "received", "from", "to", "expires"))
LATER_DAYS = frozenset(("raised", "due", "closed", "until"))  # of findings and samples
PERIOD = ("from", "to")
VOICES = ("vendor", "assessor")
ANSWER = ("verdict", "evidence", "reason", "note", "by", "until")
STATEMENT = ("clause", "voice", "verdict", "reason", "evidence", "note", "by", "until")
FINDING = (
    *("id", "clause", "grade", "statement", "evidence", "raised", "by", "owner", "due"),
    *("closed", "closed_by", "closed_evidence", "closed_note", "note"),
)
SAMPLE = (
    *("id", "title", "clause", "fact", "population", "sample", "method", "rule"),
    *("voice", "by", "evidence", "until", "note"),
)
INSTANCE = ("sample", "id", "result", "evidence", "note")
_COMMAS = ("，", "、", "；", ";", "\n", "\r")


@dataclass
class Filled:
    """The text of each cell by its key; how many rows each list has."""

    cells: dict[Key, str] = field(default_factory=dict)
    records: int = 0
    statements: int = 0
    findings: int = 0
    samples: int = 0
    instances: int = 0

    def row(self, list_: str, number: int, columns: tuple[str, ...]) -> dict[str, str]:
        """The cells of one row of a list, by their columns."""
        return {what: self.get(list_, str(number), what) for what in columns}

    def get(self, *key: str) -> str:
        """The text of a cell, empty where nothing is filled in."""
        return self.cells.get(key, "")

    def set(self, text: str | None, *key: str) -> None:
        """Fill in a cell, unless there is nothing to say."""
        if text:
            self.cells[key] = text


def listed(text: str) -> tuple[str, ...]:
    """The evidence numbers in a cell."""
    for comma in _COMMAS:
        text = text.replace(comma, ",")
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
