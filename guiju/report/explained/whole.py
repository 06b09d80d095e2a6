"""The whole document: what was concluded first, then why, what is open, every derivation, and the limits."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.dsl.diagnostic import Language, Text
from guiju.dsl.source import Source
from guiju.engine.evaluate import Assessment
from guiju.engine.network import Item
from guiju.report import result_model as model
from guiju.report.assessed import EDITION, edition_text, evidence_file, standard_text
from guiju.report.document import Document, Listed, Paragraph, Section, Sources, Tree, text_run
from guiju.report.explained.blocking import blocking
from guiju.report.explained.conclusion import conclusion
from guiju.report.explained.levels import levels
from guiju.report.explained.limits import limits
from guiju.report.explained.margins import margins_section
from guiju.report.explained.plan import plan
from guiju.report.explained.registers import clauses, evidence
from guiju.report.explained.subject import Explained
from guiju.report.explained.unknown import unknown

_TITLE = Text("{subject}：评价说明", "{subject}: the assessment explained")
FICTIONAL = Text("虚构的例子：对象和证据都是编造的。", "A fictional example: subject and evidence are made up.")
_DERIVATION = Text("推导", "Derivation")
MARKED = Text(
    "“◆”标出足以得出所示各值的各行：只凭这些，得分还是这个数，等级也就还是这一级；其中有的即使不同，等级也未必改变。"
    "值未定的，“◆”标出它因何未定，“◇”标出什么排除了别的等级：只凭这些就已达不到，其余如何都一样。"
    "“↑”表示上面已经说过。",
    "◆ marks what suffices for the values shown: on these alone each score comes to the same number, and so the "
    "level to the same; some could be otherwise and the level stay. Of a value that is open ◆ marks what leaves it "
    "open, and ◇ what rules the other levels out: on that alone they are out of reach, whatever becomes of the rest. "
    "↑ marks what is told further up.",
)
_PLACES = Text(
    "每一行写明标准的依据和证据编号；在屏幕上还写明策略的那一行。",
    "Every line has its citation in the standard and the ids of its evidence; on a screen also its line of the policy.",
)
_ENGINE = Text("规矩引擎 {version}", "Guiju engine {version}")
_POLICY = Text("策略 {name}，摘要 {digest}", "policy {name}, digest {digest}")
_NAMED = Text("{name}：{said}", "{name}: {said}")
_FILE = Text("证据 {name}，摘要 {digest}", "evidence {name}, digest {digest}")


def explanation(assessment: Assessment, result: model.ResultModel, language: Language) -> Document:
    """The document that explains an assessment; its result is in the same language."""
    explained = Explained(assessment, result, language)
    sections = (
        conclusion(explained),
        levels(explained),
        blocking(explained),
        plan(explained),
        margins_section(explained),
        unknown(explained),
        _derivation(explained),
        clauses(explained),
        evidence(explained),
        limits(explained),
    )
    return Document(
        explained.language,
        explained.said(_TITLE, subject=result.subject),
        standard_text(explained.program, explained.language),
        explained.said(FICTIONAL) if result.fictional else "",
        tuple(s for s in sections if s is not None),
        made_of(explained),
    )


def made_of(explained: Explained) -> tuple[str, ...]:
    """What an explanation was made of, in lines."""
    r = explained.result
    edition = edition_text(explained.program, explained.language)
    name = explained.said(EDITION)
    return (
        explained.said(_ENGINE, version=r.engine),
        explained.said(_POLICY, name=r.policy, digest=r.policy_digest),
        *([explained.said(_NAMED, name=name, said=edition)] if edition else []),
        explained.said(_FILE, name=evidence_file(explained.assessment), digest=r.evidence_digest),
    )


def _derivation(explained: Explained) -> Section:
    marked = ("" if explained.language == "zh" else " ").join((explained.said(MARKED), explained.said(_PLACES)))
    told = Paragraph(text_run(marked), "quiet")
    blocks = (told, Tree(explained.trees), Sources(tuple(_sources(explained))))
    return Section("derivation", explained.said(_DERIVATION), blocks)


def _sources(explained: Explained) -> Iterator[Listed]:
    """The policy, and the vocabularies that its facts come from."""
    program = explained.program
    spans = [n.subject.span for n in explained.assessment.network.nodes if not isinstance(n.subject, Item)]
    found: dict[Source, None] = dict.fromkeys((program.span.source, *(s.source for s in spans)))
    yield from (Listed(source.name, tuple(source.text.splitlines())) for source in found)
