"""Whether an optional part of Guiju is installed, told before anything is computed."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec

from guiju.cli.codes import NEEDS_EXTRA
from guiju.cli.edge import argument, wrong_call
from guiju.dsl.diagnostic import Diagnostic, Language


def require(extra: str, modules: Iterable[str], command: str, language: Language) -> None:
    """End the command with what to install where a module of an extra is missing."""
    if any(find_spec(name) is None for name in modules):
        wrong_call(Diagnostic(NEEDS_EXTRA, argument("guiju", command), (("extra", extra),)), language)
