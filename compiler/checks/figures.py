"""The numbers that a text of either language states: digits, words, scales and percentages, each with its unit.

What only looks like a number is left out: marks and numbers of clauses, names such as FP16, the years of documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache, lru_cache

from guiju.compiler.units import Dimension, format_number, unit_named, units
from guiju.dsl.diagnostic import Language, Text

_NAME = re.compile(
    r"(?<![A-Za-z0-9])[A-Za-z][\w/+-]*[—–-]?\d[\w.—–-]*|\d+(?:\.\d+){2,}|\d+[A-Za-z]+\d\w*"
    r"|[A-Z]{2,}(?:/[A-Z]+)? \d[\d.]*(?:[—–-]\d+)?"
)
_PLACE = re.compile(
    r"(?:表|公式|图|第|注|附录|[Tt]ables?|[Ff]ormulas?|[Ff]igures?|[Cc]hapters?|[Cc]lauses?|[Pp]arts?|[Ss]ections?)"
    r"\s*\d+(?:\.\d+)*|\d+\.\d+(?= ?[a-z]\))|\d+\)|\d+(?=\s*(?:章|条|节))|(?:1[89]|2[01])\d\d(?=\s*年)"
)
_DIGITS = r"\d+(?:[ ,]\d{3})*(?:\.\d+)?"
_SCALES = {"万亿": 10**12, "亿": 10**8, "万": 10**4, "千": 1000, "百": 100, "十": 10}
_CHINESE_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_DIGIT = f"[{''.join(_CHINESE_DIGITS)}]"
_NUMERAL = f"[零〇一二两三四五六七八九十百千万亿]+(?:点{_DIGIT}+)?"
#: what makes a number negative, or both: no dash of a range, a name or a date
_SIGN = (
    r"(?:(?P<minus>(?<![\dA-Za-z)）\]℃°%％—–-])[-−－](?=\d)|(?:零下|负|\bminus) ?(?=\d))"
    r"|(?P<around>(?:±|\+/-|正负|\bplus or minus) ?(?=\d)))?"
)
_ATOM = r"[A-Za-zμµΩ℃]+[23²³₂]?"
_UNIT_SIGN = (
    rf"°C|[%％‰]|dB\(A\)|{_ATOM}(?:·{_ATOM})?(?:/(?:(?:100 ?)?{_ATOM}|\({_ATOM}·{_ATOM}\)|万元))?|[个元]/{_ATOM}"
)
_MEASURED = re.compile(rf"(?<=\d) ?(?P<sign>{_UNIT_SIGN})(?![A-Za-z0-9])")
#: units in Chinese that also begin other words, with what then follows them; of the rest each stands for itself
_GOES_ON = dict.fromkeys("开巴牛希欧安焦帕伏瓦", r"\u4e00-\u9fff") | {
    pair[0]: pair[1:]
    for pair in "天气线 日志常程期 周期边 秒杀 升级降高 元数素件器 克服 米粉".split()  # noqa: SIM905
}


def _spelt_units() -> str:
    words = {word for unit in units() if unit.dimension for word in (unit.name, *unit.aliases) if word > "\u3400"}
    in_order = sorted((w for w in words if w.replace("/", "").isalpha()), key=lambda w: (-len(w), w))
    return "|".join(f"{w}(?![{_GOES_ON[w]}])" if w in _GOES_ON else w for w in in_order)


_CHINESE = re.compile(
    rf"(?P<parts>{_DIGITS}|{_NUMERAL})分之(?P<share>{_DIGITS}|{_NUMERAL})"
    rf"|(?P<tenths>\d|{_DIGIT})成(?P<more>[半一二三四五六七八九])?(?![为员本果立功分熟都长品套效绩就型对组人年交色])"
    rf"|(?P<dozens>{_DIGIT}|十)打(?![开包印破击算造通折])"
    r"|(?P<once>(?<!第)一次(?![性设侧电能回风]))"
    rf"|{_SIGN}(?P<digits>{_DIGITS}) ?(?P<scale>万亿|亿|万|千|百)?"
    rf"(?: ?个?(?P<unit>{_spelt_units()})| ?(?P<sign>{_UNIT_SIGN}))?"
    rf"|(?P<numeral>{_NUMERAL})(?P<half_more>个半)?(?:个?(?P<numeral_unit>{_spelt_units()}))?"
    rf"|(?:过半|一半|半数|半个?(?P<half_unit>{_spelt_units()})|(?<![上下])半(?=年(?![级龄代份])|个月))"
)
_ENGLISH_SCALES = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}
_ONES = tuple(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "  # noqa: SIM905
    "seventeen eighteen nineteen".split()
)
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_WORDS = (
    {word: n for n, word in enumerate(_ONES)}
    | _TENS
    | {f"{tens}-{one}": n + i for tens, n in _TENS.items() for i, one in enumerate(_ONES[:10]) if i}
    | {"both": 2, "twice": 2, "thrice": 3}
)
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_WORD = "|".join(sorted(_WORDS, key=lambda w: -len(w)))
_SCALE = "|".join(_ENGLISH_SCALES)
_TIMES = "seconds?|minutes?|hours?|days?|weeks?"
_ENGLISH = re.compile(
    rf"{_SIGN}(?P<digits>{_DIGITS})(?:[ -](?P<scale>{_SCALE})s?\b)?(?P<unit> per ?cent\b|[ -]?(?:{_UNIT_SIGN}))?"
    rf"|\b(?P<above>{_WORD}|an?)[ -](?P<part>half|(?:third|quarter|fourth|fifth|sixth|eighth|tenth)s?)"
    r"(?= of\b|[-,.;]|$)"
    rf"|\b(?P<half>half)(?: an? (?P<half_time>{_TIMES})\b)?(?![ -]?(?:duplex|yearly))"
    rf"|\b(?P<word>{_WORD})\b(?:[ -](?P<word_scale>{_SCALE})s?\b)?(?:[ -](?P<time>{_TIMES}|per ?cent)\b)?"
    rf"|\ban? (?P<one>{_TIMES})\b|\b(?P<fortnight>fortnight)"
    r"|\b(?P<once>once)(?=,? (?:an?|per|every|each|in|daily|weekly|monthly|yearly)\b|[,.;]|$)"
    r"|\b(?P<bare>million|billion|trillion|(?<=\ba )(?:hundred|thousand|dozen))s?\b",
    re.IGNORECASE,
)
#: what texts measure in and no policy does: months and years have no fixed length, others no place in a standard
_BESIDES = re.compile(
    r"(?:(?<=half) an? | |-)?"
    r"(?:(?P<month>个月|months?\b)|(?P<quarter>个?季度|quarters?\b)|(?P<year>年(?![级龄代份])|years?\b)"
    r"|(?P<foot>英尺|feet\b|foot\b|ft\b)|(?P<inch>英寸|inch(?:es)?\b)|(?P<yard>yards?\b|yd\b)|(?P<mile>英里|miles?\b)"
    r"|(?P<pound>磅|pounds?\b|lbs?\b)|(?P<ounce>盎司|ounces?\b|oz\b)|(?P<gallon>加仑|gallons?\b)|(?P<acre>英亩|acres?\b)"
    rf"|(?P<fahrenheit>°F|℉|华氏度)|(?P<sign>{_UNIT_SIGN})(?![A-Za-z0-9]))",
    re.IGNORECASE,
)
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_IN_CHINESE = {"month": "个月", "quarter": "个季度", "year": "年"}
_NO_PERIOD = "第每同前上下这那当次"  # ahead of 一年 these count nothing
_READ = 2000  # characters; no label is longer, and one that is may take no time
_STRONG = 100  # a number in words from here on is as sure as one in digits


@dataclass(frozen=True)
class Figure:
    """A number of a text, the unit behind it (canonical, `%` for shares) and whether it surely is meant as a number.

    `place`: its first character and the one behind its last, the unit among them. `around`: a ± stands ahead of it.
    `besides`: what it counts where that is no unit of policies, such as months, feet or, for MPa, mPa.
    """

    value: Fraction
    unit: str | None
    sure: bool
    place: tuple[int, int] = field(default=(0, 0), compare=False)
    around: bool = False
    besides: str | None = None

    @property
    def measured_in(self) -> str | None:
        """The unit, or what else it counts."""
        return self.unit or self.besides

    @property
    def months(self) -> Fraction | None:
        """How long it is, of a number of months, quarters or years."""
        return self.value * _MONTHS[self.besides] if self.besides in _MONTHS else None

    @property
    def size(self) -> tuple[Fraction, Dimension]:
        """How much it is, and of what: 80 % is 0.8, two weeks are 14 days."""
        known = unit_named(self.unit) if self.unit else None
        return (self.value * known.factor, known.dimension) if known else (self.value, ())

    def is_alike(self, other: Figure) -> bool:
        """Whether both may stand for one number: the same digits, or the same amount."""
        is_as_long = self.months is not None and self.months == other.months
        return self.value == other.value or self.size == other.size or is_as_long


@lru_cache(maxsize=8192)  # while an editor types, all texts but one are as they were
def figures(text: str, language: Language) -> tuple[Figure, ...]:
    """The numbers of a text, in its order."""
    plain = _PLACE.sub(_blank, _without_names(text[:_READ]))
    pattern, read = (_CHINESE, _chinese) if language == "zh" else (_ENGLISH, _english)
    each = ((found, figure) for found in pattern.finditer(plain) for figure in read(found))
    return tuple(_placed(plain, found, figure) for found, figure in each)


def _placed(text: str, found: re.Match[str], figure: Figure) -> Figure:
    """A figure with its place, and with what it counts where that is no unit."""
    start, end = _place(found, figure)
    counted, behind = (None, end) if figure.unit else _besides(text, end)
    return replace(figure, place=(start, behind), besides=counted)


def _besides(text: str, end: int) -> tuple[str | None, int]:
    """What stands behind a number and is no unit of policies, as months and feet, and where it ends."""
    found = _BESIDES.match(text, end)
    if found is None:
        return None, end
    sign = found["sign"]
    if sign is None:
        return found.lastgroup, found.end()
    is_misspelt = len(sign) > 1 and unit_named(sign) is None and sign.casefold() in _folded_units()
    return (sign, found.end()) if is_misspelt else (None, end)


@cache
def _folded_units() -> frozenset[str]:
    signs = (sign for unit in units() if unit.dimension for sign in (unit.name, *unit.aliases))
    return frozenset(sign.casefold() for sign in signs if sign.isascii())


def _place(found: re.Match[str], figure: Figure) -> tuple[int, int]:
    """Where it stands, without a word behind it that is no unit."""
    behind = [found.start(name) for name in ("unit", "sign") if found.groupdict().get(name)]
    return found.start(), found.end() if figure.unit or not behind else min(behind)


def _without_names(text: str) -> str:
    """A text without FP16 and the like; m2 behind a number is a unit."""
    measured = [m.span("sign") for m in _MEASURED.finditer(text) if unit_named(m["sign"])]
    return _NAME.sub(lambda m: m[0] if any(a <= m.start() < b for a, b in measured) else _blank(m), text)


def _blank(left_out: re.Match[str]) -> str:
    return " " * len(left_out[0])


def listed(found: tuple[Figure, ...]) -> Text | str:
    """Numbers as a message says them."""
    if not found:
        return Text("没有相应的数", "no such number")
    chinese, english = (
        ", ".join(
            dict.fromkeys(f"{'±' * f.around}{format_number(f.value)} {_said_unit(f, words)}".rstrip() for f in found)
        )
        for words in (_IN_CHINESE, {})
    )
    return chinese if chinese == english else Text(chinese, english)


def _said_unit(figure: Figure, words: Mapping[str, str]) -> str:
    return words.get(figure.measured_in or "", figure.measured_in or "")


def _chinese(found: re.Match[str]) -> Iterator[Figure]:
    if found["share"]:
        share, parts = _read(found["share"]), _read(found["parts"])
        yield from (_share(share, parts),) if parts else ()
    elif found["tenths"]:
        more = numeral((found["more"] or "零").replace("半", "五"))
        yield Figure(10 * _read(found["tenths"]) + more, "%", sure=False)
    elif found["dozens"]:
        yield Figure(12 * _read(found["dozens"]), None, sure=False)
    elif found["digits"]:
        scale = _SCALES.get(found["scale"] or "", 1)
        unit = _unit(found["unit"] or found["sign"])
        yield Figure(_signed(found) * scale, unit, sure=True, around=found["around"] is not None)
    elif found["once"]:
        yield Figure(Fraction(1), None, sure=False)
    elif found["numeral"]:
        yield from _in_words(found)
    else:
        yield Figure(Fraction(1, 2), _unit(found["half_unit"]), sure=False)


def _share(share: Fraction, parts: Fraction) -> Figure:
    """百分之八十, which is sure, or 三分之一."""
    return Figure(share, "%", sure=True) if parts == 100 else Figure(share / parts, None, sure=False)


def _in_words(found: re.Match[str]) -> Iterator[Figure]:
    """一 and a scale by itself are numbers only before a unit: 一致, 百姓, 万一 are none."""
    unit = _unit(found["numeral_unit"])
    if unit is None and found["numeral"] in ("一", "十", "百", "千", "万", "零") and not _is_period(found):
        return
    for part in _apart(found["numeral"]):
        value = numeral(part) + (Fraction(1, 2) if found["half_more"] and unit else 0)
        yield Figure(value, unit, sure=value >= _STRONG)


def _is_period(found: re.Match[str]) -> bool:
    """Whether it is 一年 or 一个月 by itself."""
    is_counted = found["numeral"] == "一" and found.string[found.start() - 1 : found.start()] not in (*_NO_PERIOD,)
    return is_counted and _besides(found.string, found.end())[0] in _MONTHS


def _english(found: re.Match[str]) -> Iterator[Figure]:
    said = {name: part.lower() for name, part in found.groupdict().items() if part}
    if "digits" in said:
        scale = _ENGLISH_SCALES.get(said.get("scale", ""), 1)
        unit = _unit((found["unit"] or "").lstrip("-"))
        yield Figure(_signed(found) * scale, unit, sure=True, around="around" in said)
    elif "once" in said:
        yield Figure(Fraction(1), None, sure=False)
    elif "part" in said:
        above = _WORDS.get(said["above"], 1)
        yield Figure(Fraction(above, _PARTS[_single(said["part"])]), None, sure=False)
    elif "half" in said:
        yield Figure(Fraction(1, 2), _unit(said.get("half_time")), sure=False)
    elif "one" in said or "fortnight" in said:
        yield Figure(Fraction(1 if "one" in said else 2), _unit(said.get("one", "week")), sure=False)
    elif "bare" in said:
        value = Fraction(_ENGLISH_SCALES[said["bare"]])
        yield Figure(value, None, sure=value >= _STRONG)
    else:
        value = Fraction(_WORDS[said["word"]] * _ENGLISH_SCALES.get(said.get("word_scale", ""), 1))
        unit = _unit(said.get("time"))
        is_period = said["word"] == "one" and _besides(found.string, found.end())[0] in _MONTHS
        if value > 1 or unit or is_period:
            yield Figure(value, unit, sure=value >= _STRONG)


def _single(part: str) -> str:
    return part if part in _PARTS else part.removesuffix("s")


def _read(text: str) -> Fraction:
    return _value(text) if text[0].isdigit() else numeral(text)


_EITHER = re.compile(rf"({_DIGIT})({_DIGIT})([十百千万亿]*)")


def _apart(text: str) -> tuple[str, ...]:
    """A numeral; of 两三 and 五六十, which is one or the other, each."""
    either = _EITHER.fullmatch(text)
    return (either[1] + either[3], either[2] + either[3]) if either else (text,)


def numeral(text: str) -> Fraction:
    """The value of a Chinese numeral.

    >>> [int(numeral(n)) for n in ("二十三", "一百零五", "百亿", "两千万", "三万亿", "一百二")]
    [23, 105, 10000000000, 20000000, 3000000000000, 120]
    >>> numeral("九十九点九")
    Fraction(999, 10)
    """
    whole, _, part = text.partition("点")
    if part:
        return numeral(whole) + numeral(part) / Fraction(10 ** len(part))
    for scale, factor in _SCALES.items():
        before, found, behind = text.rpartition(scale)
        if found:
            rest = numeral(behind) if behind else Fraction(0)
            if scale in ("百", "千") and len(behind) == 1:  # 一百二 is 120, and 102 is 一百零二
                rest *= factor // 10
            return (numeral(before) if before else Fraction(1)) * factor + rest
    return Fraction(int("".join(str(_CHINESE_DIGITS[c]) for c in text)))


def _signed(found: re.Match[str]) -> Fraction:
    return -_value(found["digits"]) if found["minus"] else _value(found["digits"])


def _value(digits: str) -> Fraction:
    return Fraction(digits.replace(" ", "").replace(",", ""))


def _unit(text: str | None) -> str | None:
    """The canonical name of a unit, None where what stands there is no unit."""
    stripped = (text or "").strip()
    if stripped.lower() in ("%", "％", "percent", "per cent"):
        return "%"
    known = unit_named(stripped) if stripped else None
    return known.name if known and known.name not in ("number", "count") else None
