"""The looks of the language -> a lexer for Pygments, which the documentation colours policies with."""

from __future__ import annotations

import re

from pygments.lexer import RegexLexer, bygroups
from pygments.token import Text, string_to_tokentype

from guiju.highlight.patterns import looks


def _rules() -> list[tuple[object, ...]]:
    """The patterns as Pygments takes them."""
    rules: list[tuple[object, ...]] = []
    for look in looks():
        tokens = [string_to_tokentype(token) for token in look.tokens]
        rules.append((look.pattern, tokens[0] if len(tokens) == 1 else bygroups(*tokens)))  # type: ignore[no-untyped-call]
    return [*rules, (r"\s+", Text.Whitespace), (r".", Text)]


class GuijuLexer(RegexLexer):
    """Policies, in English and Chinese."""

    name = "Guiju"
    aliases = ("guiju", "guiju-fragment", "guiju-vocabulary", "guiju-broken")
    filenames = ("*.guiju",)
    flags = re.MULTILINE
    tokens = {"root": _rules()}  # noqa: RUF012 - the form that Pygments asks for
