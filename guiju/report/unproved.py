"""Why an answer is not proved, in words: each reason with the facts and clauses that it is of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from guiju.compiler.ir import Clause, Fact
from guiju.dsl.diagnostic import Language
from guiju.engine.network import Network
from guiju.report.layout import list_text
from guiju.report.words import word

MOST_NAMES = 12


def unproved_text(network: Network, reasons: Mapping[str, str], language: Language) -> Iterator[str]:
    """The reasons of some things, by address, without a full stop."""
    of: dict[str, list[str]] = {}
    for address, why in reasons.items():
        of.setdefault(why, []).append(address)
    for why, addresses in of.items():
        names = [called(network, address, language) for address in addresses[:MOST_NAMES]]
        more = [f"… +{len(addresses) - len(names)}"] if len(addresses) > len(names) else []
        yield word(f"unproved-{why}", language, things=list_text([*names, *more], language))


def called(network: Network, address: str, language: Language) -> str:
    """A clause as the standard prints it, a fact by its name, each with its label."""
    subject = network.node(address).subject
    assert isinstance(subject, Clause | Fact)
    label = subject.label.in_language(language)
    if isinstance(subject, Clause):
        return f"{subject.printed} {label}"
    name = subject.called(language)
    return label if name == label else f"{label} ({name})"
