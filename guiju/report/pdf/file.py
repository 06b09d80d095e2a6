"""Document -> a PDF file for the archive (PDF/A-2b, tagged), set by Typst: the one door to it."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from guiju.report.document import Document
from guiju.report.pdf.data import data_of, instant_of

_MAIN = '#import "@local/guiju-report:1.0.0": *\n#report()\n'
_PACKAGE = Path("local", "guiju-report", "1.0.0")
_MANIFEST = '[package]\nname = "guiju-report"\nversion = "1.0.0"\nentrypoint = "report.typ"\n'
_NO_GLYPH = re.compile(r"error: PDF/A-2b error: the text `\"(.*?)\"` could not be displayed")
_LINE = re.compile(r"┌─ .*__typst_py_bytes__\.typ:(\d+):")


class NoGlyphsError(Exception):
    """Characters that no font at hand has."""

    def __init__(self, characters: str) -> None:
        super().__init__(characters)
        self.characters = characters


class TemplateError(Exception):
    """Why a template cannot be used: `reason`, and the `line` of it that is to blame, else 0."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.reason, self.line = reason, line


@dataclass(frozen=True)
class Template:
    """A body's own template, and the folder from which it may take pictures and more."""

    text: str
    folder: Path


def pdf_file(
    document: Document, template: Template | None = None, fonts: Sequence[Path] = (), *, system_fonts: bool = True
) -> bytes:
    """The whole file. `fonts` are folders to look in, besides where the system has its own.

    Raises:
        NoGlyphsError: no font at hand has some of the characters.
        TemplateError: the template cannot be read, or asks for what is not there.
    """
    import typst

    with tempfile.TemporaryDirectory() as packages:
        package = Path(packages) / _PACKAGE
        package.mkdir(parents=True)
        (package / "typst.toml").write_text(_MANIFEST, "utf-8")
        (package / "report.typ").write_text((files(__package__) / "report.typ").read_text("utf-8"), "utf-8")
        try:
            made: bytes = typst.compile(
                (template.text if template is not None else _MAIN).encode(),
                root=str(template.folder.resolve() if template is not None else package),
                font_paths=[str(folder) for folder in fonts],
                ignore_system_fonts=not system_fonts,
                format="pdf",
                sys_inputs={"document": json.dumps(data_of(document), ensure_ascii=False)},
                pdf_standards=["a-2b"],
                package_path=packages,
                package_cache_path=packages,
                timestamp=int(instant_of(document).timestamp()),
            )
        except typst.TypstError as error:
            characters = "".join(dict.fromkeys("".join(_NO_GLYPH.findall(error.diagnostic))))
            if characters:
                raise NoGlyphsError(characters) from error
            line = _LINE.search(error.diagnostic)
            raise TemplateError(error.message, int(line[1]) if line else 0) from error
    return made
