"""The templates of this room, with escaping on: the one door to Jinja."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup


def rendered(name: str, **context: object) -> str:
    """A template with its context, which must have all that it asks for."""
    environment = Environment(
        loader=FunctionLoader(own), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template(name).render(**context).lstrip()


def own(name: str) -> str:
    """A file of this room."""
    return (files("guiju.report.html") / name).read_text(encoding="utf-8")


def as_it_is(text: str) -> Markup:
    """A text that is not escaped again: our own script and style, and drawings whose texts a library has escaped."""
    return Markup(text)


def hash_of(script: str) -> str:
    """What a browser asks of a script before it runs it: that it is just this one."""
    return "sha256-" + b64encode(sha256(script.encode()).digest()).decode()
