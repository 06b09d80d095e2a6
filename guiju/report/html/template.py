"""The templates of this room, with escaping on: the one door to Jinja."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files

from jinja2 import FunctionLoader, StrictUndefined, TemplateNotFound
from jinja2 import TemplateError as _JinjaError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

#: what a template that is not ours can end with, besides Jinja's own errors
_FAILED = (
    _JinjaError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
    MemoryError,
)


class TemplateError(Exception):
    """Why a template cannot be used: `reason`, and `line` of it where one is to blame, else 0."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.reason, self.line = reason, line


def rendered(name: str, *, instead: str | None = None, **context: object) -> str:
    """A template with its context, which must have all that it asks for.

    `instead`: the text of a template that is not ours, and that may extend or include ours.

    Raises:
        TemplateError: that template cannot be read, or asks for what is not there.
    """
    environment = ImmutableSandboxedEnvironment(
        loader=FunctionLoader(_found), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["css"] = _in_css
    if instead is None:
        return environment.get_template(name).render(**context).lstrip()
    try:
        return environment.from_string(instead).render(**context).lstrip()
    except _FAILED as error:
        raise TemplateError(_reason(error), _line(error)) from error


def _reason(error: BaseException) -> str:
    if isinstance(error, TemplateNotFound):
        return f"no template `{error.name}`"
    return str(error) or type(error).__name__


def _line(error: BaseException) -> int:
    """The line of the template in which an error arose: Jinja gives the frames of a template its lines."""
    line = getattr(error, "lineno", None)
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return int(line or 0)


def _found(name: str) -> str | None:
    """A template of this room; None where it has none of that name."""
    return own(name) if name.endswith(".jinja") and "/" not in name and _has(name) else None


def _has(name: str) -> bool:
    return (files("guiju.report.html") / name).is_file()


def own(name: str) -> str:
    """A file of this room."""
    return (files("guiju.report.html") / name).read_text(encoding="utf-8")


def as_it_is(text: str) -> Markup:
    """A text that is not escaped again: our own script and style, and drawings whose texts a library has escaped."""
    return Markup(text)


def _in_css(text: str) -> Markup:
    """A text inside of quotation marks in a style: whatever is no letter or digit by its number."""
    return Markup("".join(c if c.isalnum() else f"\\{ord(c):x} " for c in text))


def hash_of(script: str) -> str:
    """What a browser asks of a script before it runs it: that it is just this one."""
    return "sha256-" + b64encode(sha256(script.encode()).digest()).decode()
