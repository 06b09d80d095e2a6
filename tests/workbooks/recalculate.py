"""Fills workbooks and computes them in LibreOffice: run by the Python that has its module `uno`, often the system's own.

`recalculate.py JOB RESULT`: JOB names the office and, of each workbook, its path, its fillings and the column that is
read (sheet, area). A filling has blocks (sheet, area, rows of texts and numbers), what is typed cell by cell as a
person would (sheet, cell, text), and the path under which the workbook is then saved, or none. RESULT lists the column
for each filling.
"""

import json
import os
import subprocess
import sys
import time

import uno  # type: ignore[import-not-found]
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]
from com.sun.star.connection import NoConnectException  # type: ignore[import-not-found]

ERRORS = 4  # of `queryFormulaCells`: formulas that come to an error


def main(job_file: str, result_file: str) -> None:
    """Do the job."""
    with open(job_file, encoding="utf-8") as file:  # noqa: PTH123 - the other Python may be an old one
        job = json.load(file)
    pipe = f"guiju{os.getpid()}"
    accept = f"--accept=pipe,name={pipe};urp;"
    profile = f"-env:UserInstallation=file://{job['profile']}"
    quiet = ["--headless", "--norestore", "--nologo", "--nolockcheck"]
    office = subprocess.Popen([job["office"], *quiet, profile, accept], stderr=subprocess.DEVNULL)
    desktop = None
    try:
        desktop = _desktop(pipe)
        results = [_computed(desktop, book) for book in job["books"]]
        with open(result_file, "w", encoding="utf-8") as file:  # noqa: PTH123
            json.dump(results, file)
    finally:
        _end(desktop, office)


def _desktop(pipe: str) -> object:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(600):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except NoConnectException:
            time.sleep(0.1)
    raise SystemExit("LibreOffice does not answer")


def _end(desktop, office) -> None:
    """Close the office that was started here, and wait for it."""
    try:
        if desktop is not None:
            desktop.terminate()
        office.wait(timeout=30)
    except Exception:  # noqa: BLE001 - whatever the bridge raises, the process that was started must end
        office.kill()


def _property(name, value) -> object:
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def _computed(desktop, book) -> list[list[object]]:
    hidden = (_property("Hidden", True),)
    document = desktop.loadComponentFromURL(f"file://{book['path']}", "_blank", 0, hidden)
    try:
        sheets = {name: document.Sheets.getByName(name) for name in document.Sheets.ElementNames}
        for sheet in sheets.values():
            sheet.unprotect("")
        document.enableAutomaticCalculation(False)
        return [_computed_with(document, sheets, filling, book["read"]) for filling in book["fillings"]]
    finally:
        document.close(True)


def _computed_with(document, sheets, filling, read) -> list[object]:
    for name, area, rows in filling["blocks"]:
        sheets[name].getCellRangeByName(area).setDataArray(tuple(tuple(row) for row in rows))
    cells = [(sheets[name].getCellRangeByName(cell), text) for name, cell, text in filling["typed"]]
    formats = [cell.NumberFormat for cell, _ in cells]
    for cell, text in cells:
        cell.FormulaLocal = text
    document.calculateAll()
    if filling["saved"]:
        document.storeToURL(f"file://{filling['saved']}", (_property("FilterName", "Calc MS Excel 2007 XML"),))
    found = _read(sheets, read)
    for (cell, _), format_ in zip(cells, formats):  # noqa: B905 - the other Python may be an old one
        cell.NumberFormat = format_
    return found


def _read(sheets, read) -> list[object]:
    name, area = read
    wrong = sheets[name].getCellRangeByName(area).queryFormulaCells(ERRORS).RangeAddressesAsString
    if wrong:
        raise SystemExit(f"errors in {wrong[:200]}")
    return [row[0] for row in sheets[name].getCellRangeByName(area).getDataArray()]


if __name__ == "__main__":
    main(*sys.argv[1:])
