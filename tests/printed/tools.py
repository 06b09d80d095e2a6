"""What reads and prints reports, and how it comes to be there: `python -m tests.printed.tools` installs what is missing."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import time
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

from tests.browser import chromium
from tests.workbooks.office import installed as office

PACKAGES = ("poppler-utils", "fonts-noto-cjk", "libreoffice-writer-nogui")
READERS = ("pdftotext", "pdffonts", "pdfinfo", "pdftohtml")


def missing() -> bool:
    """Whether a reader of PDF, a Chinese font or LibreOffice's word processor is not there."""
    fonts = subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False).stdout if _has("fc-list") else b""
    return not all(map(_has, READERS)) or not fonts or not _writer()


def _has(program: str) -> bool:
    return shutil.which(program) is not None


def _writer() -> bool:
    """Whether the office, which may be there for workbooks alone, reads texts, too."""
    path = office()
    return path is not None and any(Path(os.path.realpath(path)).parent.rglob("libswlo.*"))


def install() -> None:
    """Install it by the package manager where that may be done."""
    if not (_has("apt-get") and os.geteuid() == 0):
        raise SystemExit(f"Poppler, a Chinese font and LibreOffice are needed; Debian and Ubuntu: {' '.join(PACKAGES)}")
    for command in (["update"], ["install", "--yes", "--no-install-recommends", *PACKAGES]):
        _when_free(["apt-get", "-qq", *command])


def _when_free(command: list[str]) -> None:
    """Run the package manager, which another gate may have in use at the same time."""
    for _ in range(30):
        told = subprocess.run(command, check=False, capture_output=True, encoding="utf-8")
        if told.returncode == 0:
            return
        if "lock" not in told.stderr:
            raise SystemExit(told.stderr)
        time.sleep(10)
    raise SystemExit("the package manager is in use by somebody else")


# --- printing ----------------------------------------------------------------------------------------------------------


def printed_by_office(docx: Path) -> Path:
    """A Word file as a PDF."""
    with tempfile.TemporaryDirectory() as profile:
        quiet = [f"-env:UserInstallation=file://{profile}", "--headless", "--norestore", "--nologo"]
        command = [str(office()), *quiet, "--convert-to", "pdf", "--outdir", str(docx.parent), str(docx)]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
    return docx.with_suffix(".pdf")


def printed_by_browser(html: Path) -> Path:
    """A page as a PDF, on the paper that it asks for."""
    from playwright.sync_api import sync_playwright

    out = html.with_suffix(".pdf")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.installed(), args=chromium.arguments())
        try:
            page = browser.new_page()
            page.goto(html.as_uri())
            page.pdf(path=out, prefer_css_page_size=True, outline=True, tagged=True)
        finally:
            browser.close()
    return out


# --- reading -----------------------------------------------------------------------------------------------------------


@cache
def pages(pdf: Path) -> list[str]:
    """The text of each page, in the order in which it was written, without what only joins or parts characters."""
    told = subprocess.run(["pdftotext", "-raw", str(pdf), "-"], check=True, capture_output=True, encoding="utf-8")
    return re.sub("[\u200b\u2060]", "", told.stdout).removesuffix("\f").split("\f")


def fonts(pdf: Path) -> list[tuple[str, bool, bool]]:
    """Each font: its name, whether it is in the file, and whether its characters can be told from its glyphs."""
    told = subprocess.run(["pdffonts", str(pdf)], check=True, capture_output=True, encoding="utf-8").stdout
    rows = (line.split() for line in told.splitlines()[2:])
    return [(row[0], row[-5] == "yes", row[-3] == "yes") for row in rows]


def paper(pdf: Path) -> str:
    """The size of the pages."""
    told = subprocess.run(["pdfinfo", str(pdf)], check=True, capture_output=True, encoding="utf-8").stdout
    return next(line.partition(":")[2].strip() for line in told.splitlines() if line.startswith("Page size"))


def bookmarks(pdf: Path) -> list[tuple[str, int]]:
    """The outline: each title with its page."""
    command = ["pdftohtml", "-xml", "-i", "-stdout", "-enc", "UTF-8", str(pdf)]
    told = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
    start, end = told.find("<outline>"), told.rfind("</outline>")
    tree = ET.fromstring(told[start : end + len("</outline>")]) if start >= 0 else ET.Element("outline")
    return [(" ".join((item.text or "").split()), int(item.get("page", "0"))) for item in tree.iter("item")]


if __name__ == "__main__":
    if missing():
        install()
    if chromium.installed() is None:
        chromium.install()
