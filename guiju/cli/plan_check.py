"""`guiju plan --check`: whether a certificate holds, and where in its file it does not."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import click

from guiju.cli.assessing import print_assessed
from guiju.cli.codes import CERTIFICATE_FORM, CERTIFICATE_REFUTED
from guiju.cli.edge import fail
from guiju.dsl.diagnostic import Diagnostic, Language, Text, has_errors
from guiju.dsl.source import Span
from guiju.engine.reasoning.planning.blocked import unpriced
from guiju.engine.reasoning.planning.certificate import Certificate
from guiju.engine.reasoning.planning.changes import Aim, Terms
from guiju.engine.reasoning.planning.proof import changes_of, needs_of, refuted
from guiju.exchange.json_tree import read_json
from guiju.exchange.node import Mapping, Node, Sequence, to_data
from guiju.exchange.text import read_text
from guiju.exchange.validate import first_place
from guiju.report.assessed import assessed_model
from guiju.report.certificate import read
from guiju.report.plan import among, changed_lines
from guiju.report.plan_check_model import PlanCheckModel
from guiju.report.words import number

_MARKED = Text("它以字节顺序标记（BOM）开头", "it begins with a byte order mark")
_MISSHAPEN = Text(
    "“{path}”缺少、多余，或不是应有的形式", "`{path}` is missing, too much, or not of the form that it must have"
)

_OTHER_LEVEL = Text("：它是为另一等级或另一结果做的", ": it was made for another level or outcome")
_OTHER_COSTS = Text("：它是按另外的费用、不能改的或先后要求做的", ": it was made with other costs, pins or needs")
_OTHER_EVIDENCE = Text("：它是为另一份证据做的", ": it was made for other evidence")
#: a field of what was asked -> what a certificate was made for that says something else there
_MADE_FOR = {
    "policy": Text("：它是为另一策略做的", ": it was made for another policy"),
    "digest": Text("：它是为策略的另一版本做的", ": it was made for another edition of the policy"),
    **dict.fromkeys(("outcome", "wanted"), _OTHER_LEVEL),
    "readings": Text("：它是按另外的读法做的", ": it was made under other readings"),
    **dict.fromkeys(("default", "costs", "pinned", "first"), _OTHER_COSTS),
    **dict.fromkeys(("not_priced", "today"), _OTHER_EVIDENCE),
}


def check_certificate(aim: Aim, terms: Terms, path: Path, language: Language, form: str) -> None:
    """Say what a certificate proves; the end of the command where it proves nothing."""
    certificate = _holding(aim, terms, path, language, form)
    left_out = unpriced(aim, terms, changes_of(aim, certificate))
    if form == "json":
        told = PlanCheckModel(
            guiju="plan-check/1",
            policy=certificate.policy,
            outcome=certificate.outcome,
            wanted=list(certificate.wanted),
            possible=certificate.changes is not None,
            changes=dict(certificate.changes or {}),
            cost=certificate.cost if certificate.changes is not None else None,
            renewed=list(left_out.renewed),
            by_people=list(left_out.by_people),
            assessed=assessed_model(aim.assessment, language),
        )
        click.echo(told.model_dump_json(indent=2))
        return
    key = "certificate-impossible" if certificate.changes is None else "certificate-holds"
    changed = sum(not address.startswith("input:") for address in certificate.changes or ())
    click.echo(among(key, left_out, language, number=changed, cost=number(Fraction(certificate.cost))))
    needs = needs_of(aim, terms, certificate)
    for line in changed_lines(aim.assessment, certificate.changes or {}, needs, language):
        click.echo(line)
    print_assessed(aim.assessment, language)


def _holding(aim: Aim, terms: Terms, path: Path, language: Language, form: str) -> Certificate:
    """The certificate of a file. It has one spelling: a key twice or a byte order mark are another one."""
    text, found = read_text(path)
    root, more = (None, ()) if text is None else read_json(text.source)
    if text is None or root is None or has_errors(more):
        fail((*found, *more), language, form)
    if found:
        fail((Diagnostic(CERTIFICATE_FORM, Span(text.source, 0, 0), (("reason", _MARKED),)),), language, form)
    certificate = read(to_data(root))
    if isinstance(certificate, str):
        reason = Text(*(said.format(path=certificate) for said in (_MISSHAPEN.zh, _MISSHAPEN.en)))
        fail((Diagnostic(CERTIFICATE_FORM, _place(root, certificate), (("reason", reason),)),), language, form)
    wrong = refuted(aim, terms, certificate)
    if wrong is not None:
        arguments = (("path", wrong), ("why", _MADE_FOR.get(wrong, Text("", ""))))
        fail((Diagnostic(CERTIFICATE_REFUTED, _place(root, wrong), arguments),), language, form)
    return certificate


def _place(root: Node, path: str) -> Span:
    """The place of a path such as `course/0/least`, or of as much of it as there is in the file."""
    node = root
    span = first_place(root)
    for step in path.split("/"):
        if isinstance(node, Mapping) and (entry := node.entry(step)) is not None:
            node, span = entry.value, entry.key.span
        elif isinstance(node, Sequence) and step.isdecimal() and int(step) < len(node.items):
            node = node.items[int(step)]
            span = first_place(node)
        else:
            break
    return span
