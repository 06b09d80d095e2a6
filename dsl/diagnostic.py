"""What is wrong with a text: code, place, reason and remedy, as a value. Printing is `render`'s business."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Literal, TypeAlias

from guiju.dsl.source import Span

Language: TypeAlias = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True)
class Text:
    """One sentence in both languages. `{name}` stands for an argument."""

    zh: str
    en: str

    def in_language(self, language: Language) -> str:
        """The sentence in one language."""
        return self.zh if language == "zh" else self.en


Argument: TypeAlias = str | int | Text


class Severity(Enum):
    """How much a diagnostic weighs. Only an error stops the work; `level` is a word of the standards."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True)
class Code:
    """One kind of diagnostic. Its documentation page is generated from these fields.

    `message` says what was found, `help` what to write instead, `why` (for the page) why it matters,
    `example` (for the page) is a text that provokes it. All are templates over the same arguments.
    """

    name: str
    severity: Severity
    title: Text
    message: Text
    help: Text
    why: Text
    example: str = ""


@dataclass(frozen=True)
class Label:
    """A second place that explains the first, with its own caption."""

    span: Span
    caption: Text


@dataclass(frozen=True)
class Diagnostic:
    """One finding about a text. `suggestion` is a near miss ("did you mean"), `fix` may replace the span."""

    code: Code
    span: Span
    arguments: tuple[tuple[str, Argument], ...] = ()
    labels: tuple[Label, ...] = ()
    suggestion: str | None = None
    fix: str | None = None

    @property
    def is_error(self) -> bool:
        """Whether it stops the work."""
        return self.code.severity is Severity.ERROR

    def message(self, language: Language) -> str:
        """What was found, in one sentence."""
        return self._fill(self.code.message, language, _SHOWN)

    def help(self, language: Language) -> str:
        """What to do instead, in one sentence."""
        return self._fill(self.code.help, language, _SHOWN_IN_HELP)

    def _fill(self, template: Text, language: Language, most: int) -> str:
        texts = {k: v.in_language(language) if isinstance(v, Text) else v for k, v in self.arguments}
        values = {k: _clipped(v, most) if isinstance(v, str) else v for k, v in texts.items()}
        return template.in_language(language).format(**values)


_SHOWN, _SHOWN_IN_HELP = 160, 800  # characters of one argument, in the message and in the help


def _clipped(text: str, most: int) -> str:
    """A text without its middle where it is too long to be read."""
    half = most // 2
    return text if len(text) <= most else f"{text[:half]}…{text[-half:]}"


def has_errors(diagnostics: tuple[Diagnostic, ...]) -> bool:
    """Whether any diagnostic stops the work."""
    return any(d.is_error for d in diagnostics)
