"""The parameters of an OSCAL catalog: what stands in a text where it inserts one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from guiju.dsl.diagnostic import Text
from guiju.dsl.spelling import has_cjk
from guiju.exchange.node import Mapping, Node, Scalar, Sequence
from guiju.intake.tree import each, text_of

_INSERT = re.compile(r"\{\{\s*(?:insert:\s*)?(?:param\s*,\s*)?([\w.-]+)\s*\}\}")
_LONGEST = 1_000  # characters; parameters in parameters could grow without end
_RING = Text("参数“{name}”又引用自己", "the parameter `{name}` leads back to itself")
_UNDECLARED = Text("没有声明参数“{name}”", "the parameter `{name}` is not declared")
_SEVERAL = Text("一项或多项：", "one or more of: ")


@dataclass(frozen=True)
class Parameter:
    """What stands for a parameter: the values that it is set to, or else what it is called or may be chosen of."""

    text: str
    is_set: bool


def parameters(catalog: Node) -> dict[str, Parameter]:
    """The parameters that are declared anywhere in a catalog, by their ids."""
    return {text_of(node, "id"): _parameter(node) for node in _declared(catalog)}


def _declared(node: Node) -> Iterator[Node]:
    waiting = [node]
    while waiting:
        found = waiting.pop()
        if isinstance(found, Mapping):
            yield from each(found, "params")
            waiting += (entry.value for entry in reversed(found.entries))
        elif isinstance(found, Sequence):
            waiting += reversed(found.items)


def _parameter(node: Node) -> Parameter:
    values = setting(node)
    if values:
        return Parameter(values, is_set=True)
    limits = "; ".join(filter(None, (text_of(one, "description") for one in each(node, "constraints"))))
    called = text_of(node, "label") or _choices(node) or text_of(node, "id")
    return Parameter(f"{called}: {limits}" if limits else called, is_set=False)


def setting(node: Node) -> str:
    """The values that a parameter is set to, empty where it is not."""
    return ", ".join(" ".join(value.text.split()) for value in each(node, "values") if isinstance(value, Scalar))


def _choices(node: Node) -> str:
    choices = [" ".join(c.text.split()) for c in each(node, "select", "choice") if isinstance(c, Scalar)]
    said = " / ".join(choices)
    is_several = len(choices) > 1 and text_of(node, "select", "how-many") == "one-or-more"
    return f"{_SEVERAL.in_language('zh' if has_cjk(said) else 'en')}{said}" if is_several else said


def inserted(text: str, known: dict[str, Parameter], problems: dict[str, Text]) -> str:
    """A text with what stands for its parameters, and for theirs in turn: values as they are, names in brackets.

    `problems` gathers names that cannot be, each with the reason.
    """
    return _inserted(text, known, {}, problems)


def _inserted(text: str, known: dict[str, Parameter], done: dict[str, str | None], problems: dict[str, Text]) -> str:
    """`done` has what each parameter came to, none while that is being found out."""

    def insert(found: re.Match[str]) -> str:
        name = found[1]
        if name not in known or done.get(name, "") is None:
            problems[name] = _RING if name in known else _UNDECLARED
            return f"[{name}]"
        if name not in done:
            done[name] = None
            done[name] = _inserted(known[name].text, known, done, problems)[:_LONGEST]
        return f"{done[name]}" if known[name].is_set else f"[{done[name]}]"

    return _INSERT.sub(insert, text)
