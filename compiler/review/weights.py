"""Whether a finding can change a result, by what it stands on: what is counted, a record, a cell that readings fill."""

from __future__ import annotations

from guiju.compiler.checks.context import Checked
from guiju.compiler.review.records import recorded
from guiju.dsl.diagnostic import Diagnostic


def always(_checked: Checked, _diagnostic: Diagnostic) -> bool:
    """What it stands on is counted, or is missing where something is counted."""
    return True


def never(_checked: Checked, _diagnostic: Diagnostic) -> bool:
    """What it stands on is looked at by nobody who assesses."""
    return False


def as_recorded(checked: Checked, diagnostic: Diagnostic) -> bool:
    """The record that the finding stands on names what it affects."""
    at = diagnostic.span.position.line
    above = [r for r in recorded(checked) if r.declaration.span.position.line <= at]
    return bool(above and above[-1].said("affects"))


def on_the_level(checked: Checked, diagnostic: Diagnostic) -> bool:
    """The section is scored by itself, or has other clauses at one of the two levels under another reading."""
    said = dict(diagnostic.arguments)
    group = checked.symbols.groups.find(str(said["section"]))
    if group is None or any(d.group == group for d in checked.program.definitions):
        return group is not None
    cells = (("membership", group, str(said[key])) for key in ("lower", "higher"))
    return any(cell in checked.patches.cells for cell in cells)
