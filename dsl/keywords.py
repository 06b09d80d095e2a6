"""Every keyword in both languages: one line each. The grammar's terminals and the formatter both read this table.

The first spelling of a language is the one the formatter prints; the others are accepted. A keyword counts as one
only where the grammar allows it, so a name may look like one; it never runs into a following letter, so 当前得分
stays one name.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guiju.dsl.diagnostic import Language  # what is read of a source asks here which words open a line


@dataclass(frozen=True)
class Keyword:
    """A terminal of the grammar and its spellings."""

    terminal: str
    en: tuple[str, ...]
    zh: tuple[str, ...]


def _k(terminal: str, en: str, zh: str) -> Keyword:
    return Keyword(terminal, tuple(en.split("|")), tuple(zh.split("|")))


KEYWORDS: tuple[Keyword, ...] = (
    # words that open a line
    _k("STANDARD", "standard", "标准"),
    _k("VOCABULARY", "vocabulary", "词汇表"),
    _k("USE", "use", "采用"),
    _k("INPUT", "input", "输入"),
    _k("GROUPS", "groups", "分组"),
    _k("FACT", "fact", "事实"),
    _k("LET", "let", "令"),
    _k("LEVELS", "levels", "等级"),
    _k("MEMBERSHIP", "membership", "归属"),
    _k("ITEM", "item", "计项"),
    _k("SCORE", "score", "得分"),
    _k("WEIGHTS", "weights", "权重"),
    _k("GRADE", "grade", "定级"),
    _k("CROSSWALK", "crosswalk", "对照"),
    _k("READING", "reading", "读法"),
    _k("RECORD", "record", "记录"),
    _k("EXAMPLE", "example", "示例"),
    _k("DEFAULT", "default", "默认"),
    # declarations
    _k("ONE_OF", "one of", "取值"),
    _k("SET_OF", "set of", "集合"),
    _k("YES_NO", "yes-no", "是否"),
    _k("ALIAS", "alias", "别名"),
    _k("CITES", "cites", "依据"),
    _k("ATTESTED", "attested", "查验"),
    _k("APPLIES", "applies when", "适用 当"),
    _k("REQUIRES", "requires", "要求"),
    _k("SHALL", "shall", "应"),
    _k("SHOULD", "should", "宜"),
    _k("MAY", "may", "可"),
    _k("LEAF", "leaf", "叶项"),
    _k("LETTERED", "lettered", "字母项"),
    _k("NOTHING_CHANGES", "nothing changes", "不变"),
    # rules
    _k("OF", "of", "属于"),
    _k("EACH", "each", "各"),
    _k("AT", "at", "在"),
    _k("LEVEL", "level", "级"),
    _k("EACH_LEVEL", "at each level", "各级"),
    _k("EXACTLY_ONE_ROW", "exactly one", "恰有 一行"),
    _k("AFTER", "after", "须先"),
    _k("ELSE_AS", "else as", "否则 沿用"),
    _k("EVERY", "every", "每个"),
    _k("WITHIN", "within", "同一"),
    _k("SCORES", "scores", "得"),
    _k("WHEN", "when", "当"),
    _k("OTHERWISE", "otherwise", "否则"),
    _k("OVER", "over", "于"),
    _k("BY", "by", "按"),
    _k("WEIGHT", "weight", "权重"),
    # expressions
    _k("AND", "and", "且"),
    _k("OR", "or", "或"),
    _k("NOT", "not", "非"),
    _k("IN", "in", "属于"),
    _k("YES", "yes", "是"),
    _k("NO", "no", "否"),
    _k("ALL", "all", "全部"),
    _k("ANY", "any", "任一"),
    _k("NONE", "none", "无"),
    _k("EXACTLY", "exactly", "恰有"),
    _k("AT_LEAST", "at least", "至少"),
    _k("AT_MOST", "at most", "至多"),
    _k("MORE_THAN_HALF", "more than half of", "过半"),
    _k("COUNT", "count of", "数目"),
    _k("SHARE", "share of", "占比"),
    _k("SUM", "sum of", "求和"),
    _k("MEAN", "mean of", "平均"),
    _k("MIN", "min of", "最小"),
    _k("MAX", "max of", "最大"),
    _k("NEW", "new", "新增"),
    _k("CLAUSES", "clauses|clause", "条款"),
    _k("EXCEPT", "except", "除去"),
    _k("SATISFIED", "satisfied", "满足"),
    _k("UNSATISFIED", "unsatisfied", "不满足"),
    # examples
    _k("GIVEN", "given", "给定"),
    _k("EXPECT", "expect", "期望"),
    _k("PROPOSED", "proposed", "待核"),
    _k("OTHER", "other", "其余"),
    _k("NOT_APPLICABLE", "not applicable", "不适用"),
    _k("UNKNOWN", "unknown", "未知"),
    # citations
    _k("TABLE", "table", "表"),
    _k("FORMULA", "formula", "公式"),
    _k("FIGURE", "figure", "图"),
    _k("NOTE", "note", "注"),
    _k("ANNEX", "annex", "附录"),
    _k("PAGE", "page", "页"),
)

#: words that are names to the grammar and yet differ by language: property keys and fixed values
WORDS: tuple[tuple[str, str], ...] = (
    ("title", "名称"),
    ("status", "状态"),
    ("issued", "发布"),
    ("effective", "实施"),
    ("validity", "有效期"),
    ("guidance", "指引"),
    ("evidence", "证据"),
    ("why", "理由"),
    ("cell", "单元格"),
    ("source", "来源"),
    ("means", "含义"),
    ("reason", "原因"),
    ("used", "用于"),
    ("as", "又作"),
    ("counts", "计数"),
    ("affects", "影响"),
    ("replaces", "代替"),
    ("renumbered", "改号"),
    ("retired", "停用"),
    ("zh", "中"),
    ("en", "英"),
)
VALUES: tuple[tuple[str, str], ...] = (
    ("in-force", "现行"),
    ("draft", "草案"),
    ("withdrawn", "废止"),
    ("zh", "中"),
    ("en", "英"),
)
RESULTS: tuple[tuple[str, str], ...] = (("undefined", "未定"), ("none", "无"))  # of a grade, beside its levels
UNDEFINED = RESULTS[0]  # in a table of weights, too: the group takes part, and the standard gives it no weight
#: what an example expects of a value that is none, or not decided
NO_VALUES: tuple[tuple[str, str], ...] = (
    *RESULTS,
    ("unknown", "未知"),
    ("not-entered", "未进入"),
    ("absent", "不参与"),
)
STATUSES: tuple[str, ...] = ("in-force", "draft", "withdrawn")
RELATIONS: tuple[tuple[str, str], ...] = (
    ("equal", "等同"),
    ("subset", "子集"),
    ("superset", "超集"),
    ("intersects", "相交"),
)
#: kinds of record that a review knows; any other word may be a kind as well
RECORD_KINDS: tuple[tuple[str, str], ...] = (
    ("term", "术语"),
    ("abbreviation", "缩略语"),
    ("reference", "引用"),
    ("bibliography", "参考文献"),
    ("role", "角色"),
    ("table-item", "表项"),
    ("mistake", "错误"),
    ("note", "备注"),
)
UNIT_WORDS: tuple[tuple[str, str], ...] = (("number", "数"), ("count", "个数"))
#: units behind a number, as English and as Chinese texts write them, and what else means the same; a unit that is not
#: here, or a counter such as 台 that English has no word for, is written alike in both
UNIT_SPELLINGS: tuple[tuple[str, ...], ...] = (
    ("count", "个", "个数"),
    ("persons", "人", "person"),
    ("items", "项"),
    ("times", "次"),
    ("times/s", "次/秒", "次/s"),
    ("times/min", "次/分钟", "次/min", "次/分"),
    ("times/h", "次/小时", "次/h"),
    ("times/d", "次/天", "次/d", "次/日"),
    ("B", "字节"),
    ("ns", "纳秒"),
    ("us", "微秒", "μs", "µs"),
    ("ms", "毫秒"),
    ("s", "秒", "second", "seconds"),
    ("min", "分钟", "minute", "minutes"),
    ("h", "小时", "hour", "hours"),
    ("d", "天", "日", "day", "days"),
    ("week", "周", "weeks"),
    ("tokens", "词元", "token"),
    ("nm", "纳米"),
    ("um", "微米", "μm", "µm"),
    ("mm", "毫米"),
    ("cm", "厘米"),
    ("m", "米"),
    ("km", "千米", "公里"),
    ("m2", "平方米", "m²"),
    ("ha", "公顷"),
    ("m3", "立方米", "m³"),
    ("mL", "毫升"),
    ("uL", "微升", "μL", "µL"),
    ("L", "升"),
    ("ug", "微克", "μg", "µg"),
    ("mg", "毫克"),
    ("g", "克"),
    ("kg", "千克", "公斤"),
    ("t", "吨"),
    ("mol", "摩尔"),
    ("mmol", "毫摩尔"),
    ("N", "牛", "牛顿"),
    ("kN", "千牛"),
    ("J", "焦", "焦耳"),
    ("kJ", "千焦"),
    ("MJ", "兆焦"),
    ("Wh", "瓦时"),
    ("kWh", "千瓦时"),
    ("MWh", "兆瓦时"),
    ("mW", "毫瓦"),
    ("W", "瓦"),
    ("kW", "千瓦"),
    ("MW", "兆瓦"),
    ("GW", "吉瓦"),
    ("mV", "毫伏"),
    ("V", "伏"),
    ("kV", "千伏"),
    ("uA", "微安", "μA", "µA"),
    ("mA", "毫安"),
    ("A", "安"),
    ("kA", "千安"),
    ("mAh", "毫安时"),
    ("Ah", "安时"),
    ("ohm", "欧", "欧姆", "Ω"),
    ("kohm", "千欧", "kΩ"),
    ("Mohm", "兆欧", "MΩ"),
    ("Hz", "赫兹"),
    ("kHz", "千赫"),
    ("MHz", "兆赫"),
    ("GHz", "吉赫"),
    ("lx", "勒克斯", "lux"),
    ("lm", "流明"),
    ("cd", "坎德拉"),
    ("K", "开尔文", "开"),
    ("Pa", "帕"),
    ("hPa", "百帕"),
    ("kPa", "千帕"),
    ("MPa", "兆帕"),
    ("GPa", "吉帕"),
    ("bar", "巴"),
    ("Bq", "贝可"),
    ("Sv", "希", "希沃特"),
    ("mSv", "毫希"),
    ("uSv", "微希", "μSv", "µSv"),
    ("dB", "分贝"),
    ("yuan", "元", "CNY", "RMB", "人民币元"),
    ("USD", "美元"),
    ("EUR", "欧元"),
)

#: of lines at the margin
TOP = (
    *("STANDARD", "VOCABULARY", "USE", "INPUT", "GROUPS", "FACT", "LET", "LEVELS", "MEMBERSHIP"),
    *("ITEM", "SCORE", "WEIGHTS", "GRADE", "CROSSWALK", "READING", "RECORD", "EXAMPLE", "EACH"),
)

STANDARD_KEYS: tuple[str, ...] = (
    *("title", "status", "issued", "effective", "source"),
    *("replaces", "renumbered", "retired"),
)
USE_KEYS: tuple[str, ...] = ("validity",)
RECORD_KEYS: tuple[str, ...] = (
    *("means", "why", "reason", "cell", "source", "guidance", "evidence"),
    *("used", "as", "counts", "affects"),
)


@cache
def by_terminal() -> dict[str, Keyword]:
    """Keywords by the name of their terminal."""
    return {k.terminal: k for k in KEYWORDS}


def spell(terminal: str, language: Language) -> str:
    """How the formatter prints a keyword."""
    keyword = by_terminal()[terminal]
    return keyword.zh[0] if language == "zh" else keyword.en[0]


def canonical(word: str, table: tuple[tuple[str, str], ...]) -> str:
    """The English form of a word of a small table; other words stay as they are."""
    return next((en for en, zh in table if word in (en, zh)), word)


def localised(word: str, table: tuple[tuple[str, str], ...], language: Language) -> str:
    """The form of a word in a language; other words stay as they are."""
    return next((zh for en, zh in table if en == word), word) if language == "zh" else word


def spellings_of(unit: str) -> tuple[str, ...]:
    """What else a unit is called, by its English name; the Chinese word stands first."""
    return next((row[1:] for row in UNIT_SPELLINGS if row[0] == unit), ())


def unit_in(unit: str, language: Language) -> str:
    """The unit of a fact as a language writes it: `number` is 数."""
    spelled = dict(UNIT_WORDS) | {row[0]: row[1] for row in UNIT_SPELLINGS if row[0] != "count"}
    return spelled.get(unit, unit) if language == "zh" else unit


@cache
def units_in(language: Language) -> dict[str, str]:
    """Every spelling of a unit that differs by language -> the one that a language writes."""
    return {spelling: row[language == "zh"] for row in UNIT_SPELLINGS for spelling in row}


#: keywords that begin an expression, so that no fact, let, score or option of that name could be spoken of
_BEGIN_EXPRESSIONS = (
    *("YES", "NO", "SCORE", "WEIGHT", "NOT", "EVERY", "ALL", "ANY", "NONE", "EXACTLY", "AT_LEAST", "AT_MOST"),
    *("ATTESTED", "MORE_THAN_HALF", "COUNT", "SHARE", "SUM", "MEAN", "MIN", "MAX"),
)


@cache
def taken_in_expressions() -> frozenset[str]:
    """Words that an expression never reads as a name."""
    keywords = (by_terminal()[terminal] for terminal in _BEGIN_EXPRESSIONS)
    return frozenset(s for k in keywords for s in (*k.en, *k.zh) if " " not in s)


#: how reports write what has no value
_NO_RESULTS = ("unknown", "未知", "absent", "not-entered", "not-applicable")


@cache
def taken_in_results() -> frozenset[str]:
    """Words that stand for a result of a grade, so that no level of that name could be spoken of."""
    otherwise = by_terminal()["OTHERWISE"]
    return frozenset((*otherwise.en, *otherwise.zh, *(word for pair in RESULTS for word in pair), *_NO_RESULTS))


_ENOUGH = 200_000  # characters, to see what language a text is in


@lru_cache(maxsize=8)
def language_of(text: str) -> Language | None:
    """The language whose keywords most lines of a text begin with; None if neither has more."""
    firsts = [line.split(maxsplit=1)[0] for line in text[:_ENOUGH].splitlines() if line.strip()]
    zh = sum(f in _first_words("zh") for f in firsts)
    en = sum(f in _first_words("en") for f in firsts)
    return None if zh == en else "zh" if zh > en else "en"


@cache
def _first_words(language: Language) -> frozenset[str]:
    spellings = [s for k in KEYWORDS for s in (k.zh if language == "zh" else k.en)]
    return frozenset(s.split()[0] for s in spellings)
