"""Names -> addresses, those of several nodes included, such as that of a group (`guiju.report.gatherings`)."""

from __future__ import annotations

from guiju.engine import addresses
from guiju.engine.addresses import plain_name
from guiju.engine.evaluate import Assessment
from guiju.report.gatherings import gatherings


def address_of(assessment: Assessment, name: str) -> str | None:
    """The address that a name stands for, if any."""
    nodes = addresses.names_of(assessment.network)
    return nodes.get(plain_name(name)) or addresses.found_in(_with_gatherings(assessment, nodes), name)


def the_address_of(assessment: Assessment, name: str) -> str:
    """The address that a name stands for; raises NoSuchNodeError."""
    address = address_of(assessment, name)
    if address is None:
        raise addresses.no_such_node(assessment.network, _known(assessment), name)
    return address


def near(assessment: Assessment, name: str) -> tuple[str, ...]:
    """Names that are like one that is not known, as an address would be typed."""
    return addresses.near_in(_known(assessment), name)


def examples(assessment: Assessment) -> tuple[str, ...]:
    """One name of each kind of node that the program has."""
    return addresses.examples(assessment.program)


def _known(assessment: Assessment) -> dict[str, str]:
    return _with_gatherings(assessment, addresses.names_of(assessment.network))


def _with_gatherings(assessment: Assessment, nodes: dict[str, str]) -> dict[str, str]:
    """The names of nodes first, then those of several; the latter takes the policy's text to be read again."""
    found = dict(nodes)
    for gathered in gatherings(assessment.program, assessment.readings):
        for name in (*gathered.names, gathered.address):
            found.setdefault(plain_name(name), gathered.address)
    return found
