"""A name and a title -> the files of a new standard: a policy of two levels that compiles, evidence, notes.

What stands in them is there to be replaced; each construct that a small standard needs is there once.
"""

from __future__ import annotations

from dataclasses import dataclass

from guiju.dsl.diagnostic import Language, Text
from guiju.dsl.formatter import format_document
from guiju.dsl.parser import parse
from guiju.dsl.source import Source
from guiju.dsl.spelling import has_cjk
from guiju.intake.labels import quoted

_POLICY = """\
standard {id} {designation}
  title {language} {title}
  status draft

groups section alias 节

levels cites 3
  L1 alias 一级 "基本" / "Basic"
  L2 alias 二级 "良好" / "Good"

# {facts}
fact response_time : h alias 响应时间 "答复所需时间" / "Time until an answer" cites 4.1 b)
  guidance "最近一个月的平均值" / "The mean over the last month"
  evidence "工单记录" / "Tickets"

# {clauses}
section 4.1 "服务" / "The service"
  a) shall "专人负责" / "A person in charge" attested
  b) shall "及时答复" / "Answers in time" response_time <= 24 h
section 4.2 "改进" / "Improvement"
  a) shall "收集意见" / "Opinions gathered" attested
  b) should "公开结果" / "Results published" attested

# {table}
membership cites table 1
  section | L1 | L2
  4.1 | a) | all
  4.2 | a) | all

score {score} at each level "符合率" / "Share met" = share of clauses satisfied
grade {grade} by {score} "等级" / "Level" cites 5
  L1 | {score} = 100%
  L2 | {score} = 100%
  otherwise | none

# {examples}
example "每条都满足" / "Every clause met"
  given response_time = 24 h, all other clauses satisfied
  expect {grade} = L2
example "答复太慢" / "Answers too slowly"
  given response_time = 25 h, all other clauses satisfied
  expect {grade} = L1
example "没有专人负责" / "Nobody in charge"
  given response_time = 24 h, 4.1 a) unsatisfied, all other clauses satisfied
  expect {grade} = none
"""
_COMMENTS = {
    "facts": Text("评估者要查清的事实", "What an assessor has to find out"),
    "clauses": Text(
        "条款按编号和列项排；“查验”：由人看过来定",
        "Clauses by their numbers and marks; `attested`: somebody looks and says so",
    ),
    "table": Text("哪些条款在哪一级计入；空格为不计", "Which clauses count at which level; an empty cell means none"),
    "examples": Text("照印出的文本手算的示例", "Examples, worked by hand from the printed text"),
}
_NAMES = {"score": Text("符合率", "met"), "grade": Text("评级", "level")}
_EVIDENCE = """\
guiju: evidence/2
subject: {subject}
fictional: true
standard: {id}
as_of: 2026-06-30T09:00:00+08:00
voice: assessor
evidence:
  visit: {{kind: inspection, title: {title}, collected: 2026-06-18}}
facts:
  response_time: {{value: 20 h, evidence: visit}}
attestations:
  4.1.a: {{verdict: satisfied, evidence: visit}}
  4.2.a: {{verdict: satisfied, evidence: visit}}
"""
_NOTES = Text(
    """\
# {title}

`{id}.guiju` 是策略，`evidence.yaml` 是一份虚构的证据。在这个文件夹里先试：

```
guiju check .
guiju test .
guiju evaluate . evidence.yaml
```

然后把章条、事实、归属表、定级和示例换成标准自己的，每改一步再 `guiju check .`、`guiju test .` 一次。
写成之后，`guiju prove .` 证明每一级都达得到、多满足一条不会变差；
`guiju publish . -o {id}.html` 排成标准的样子，与印出的文本对照。
""",
    """\
# {title}

`{id}.guiju` is the policy, `evidence.yaml` evidence on somebody who does not exist. Try first, in this folder:

```
guiju check .
guiju test .
guiju evaluate . evidence.yaml
```

Then put the sections, facts, membership table, grade and examples of your standard in place of these,
and `guiju check .` and `guiju test .` after each step.
When it is written, `guiju prove .` proves that every level can be reached and that one clause more never
makes it worse; `guiju publish . -o {id}.html` sets it as the standard itself, to be read against the printed text.
""",
)
_SUBJECT = Text("示例单位", "Example organisation")
_VISIT = Text("现场查看", "Visit")


@dataclass(frozen=True)
class NewFile:
    """A file to be written: its name inside the folder, and its text."""

    name: str
    text: str


def scaffold(id_: str, title: str, language: Language) -> tuple[NewFile, ...]:
    """The files of a new standard, with the keywords and notes of a language."""
    spoken = "zh" if has_cjk(title) else "en"
    words = {name: word.in_language(language) for name, word in (_COMMENTS | _NAMES).items()}
    text = _POLICY.format(id=id_, designation=quoted(id_), title=quoted(title), language=spoken, **words)
    document, _ = parse(Source(f"{id_}.guiju", text))
    subject, visit = _SUBJECT.in_language(language), _VISIT.in_language(language)
    return (
        NewFile(f"{id_}.guiju", format_document(document, language)),
        NewFile("evidence.yaml", _EVIDENCE.format(id=id_, subject=subject, title=visit)),
        NewFile("README.md", _NOTES.in_language(language).format(id=id_, title=title)),
    )
