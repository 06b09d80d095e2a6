"""Words as data: those that hold 应, 宜, 可 or 能 and are no modals, with the longest match; capitals that need no words."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Lexicon:
    """The words that hold a character, none of which is a modal.

    `ahead` are words whose last character would make one of these with it, and does not: 返回 + 应 is no 回应.
    """

    character: str
    words: frozenset[str]
    ahead: frozenset[str] = frozenset()

    def is_inside(self, text: str, at: int) -> bool:
        """Whether the character at a place belongs to a longer word."""
        longest = max(map(len, self.words))
        for start in range(max(0, at - longest + 1), at + 1):
            for end in range(at + 1, min(len(text), start + longest) + 1):
                is_end = start == at - 1 and end == at + 1
                if text[start:end] in self.words and (not is_end or self.ends_a_word(text, at)):
                    return True
        return False

    def ends_a_word(self, text: str, at: int) -> bool:
        """Whether the character at a place is the second one of a word of two."""
        return at > 0 and text[at - 1 : at + 1] in self.words and text[max(0, at - 2) : at] not in self.ahead


SHALL = Lexicon(
    "应",
    frozenset(
        (
            "应用 应急 应对 应答 应变 应力 应激 应付 应邀 应聘 应届 应征 应试者 应试教育 应许 应允 应承 应验 应诉 应募 应战 应景 应声 应援"
            " 应召 应运 应时 应季 应收 应缴 应税 应得 应有 应届生 应力场 相应 响应 适应 供应 反应 对应 效应 感应 呼应 回应 照应 顺应"
            " 感应器 应该 应当 应急响应 应答器 应用程序 应变计 顺应性 自适应 互感应 应分"
        ).split()
    ),
    frozenset(
        (
            "返回 召回 收回 撤回 退回 驳回 找回 取回 有效 失效 生效 无效 绩效 能效 时效 功效 药效 提供 相反 违反 核对 校对 比对 配对 面对 针对 查对"
            " 真相 影响 音响 传感 敏感 舒适 合适 执照 护照 拍照 牌照 对照 按照 依照 参照 光照 日照 手顺 称呼"
        ).split()
    ),
)
#: the word is none, and 应 a modal, where one of these stands there: 应 + 对…进行, 应 + 变更, 应 + 力求 …
SHALL_ALL_THE_SAME = re.compile(
    r"应(?:对(?=[^。；;，,]{1,40}?(?:进行|实施|予以|开展|加以|做出|作出|给出|采取|设置|建立|提供))|变更|变换|变化|力求|力争|征求|征得|时刻|"
    r"收集|收到|得到|得出|有(?=[^尽的])|付出|答复|用(?=于[^。；]{0,12}时)|试验|验证|验收|战略|急需|援引|声明|召开|召集|运行|运用|运营|许可|允许|届时|分别|分配|分析|分级|分类|分为|分布|分离|分开)"
)
SHOULD = Lexicon(
    "宜",
    frozenset("适宜 便宜 事宜 不宜居 宜居 宜人的 宜人性 因地制宜 不合时宜 权宜之 宜昌 宜宾 宜春 宜兴".split()),
    frozenset("舒适 合适 方便 以便".split()),
)
MAY = Lexicon(
    "可",
    frozenset(
        (
            "可靠 可视 可用性 可用率 可用的 可用度 可用区 可用资源 可用状态 可用时间 可信 可见 可行 可能 可选项 可选的 可选件 可选性 可观 可读 可扩展 可移植 可解释 可追溯 可追踪 可溯源 可控 可持续 可编程 可拓展 可回收"
            " 可燃 可再生 可重复 可复现 可执行 可维护 可测 可比性 可比的 可逆 可变的 可变性 可变参 可变长 可变电 可变量 可变频 可操作 可惜 可贵 可谓 可取的 可疑 许可 认可 不可 可否 尚可 两可"
            " 可理解 可管理 可配置 可定制 可调 可插拔 可直观 可交付 可伸缩 可互操作 可验证 可审计 可访问 可达 可信赖 可穿戴 可再现 可替代"
            " 可兼容 可分解 可计算 可度量 可量化 可感知 可识别 可核查 可学习 可微分 可微的 可训练 可循环 可降解 可溶 可导的 可导电 可导热 可导性 可爱 可是 可怕"
        ).split()
    ),
    frozenset("允许 确认 默认".split()),
)
CAN = Lexicon(
    "能",
    frozenset(
        (
            "能力 能量 能源 能耗 能效 能级 能见度 能动 能手 能人 性能 功能 智能 可能 技能 职能 效能 潜能 节能 核能 电能 热能 动能 势能"
            " 赋能 产能 储能 机能 本能 才能 万能 全能 高能 低能 太阳能 新能 算能 使能 多能 光能 不能 风能 体能 官能 能够 算能"
        ).split()
    ),
    frozenset(
        (
            "版本 样本 成本 文本 副本 算机 主机 手机 整机 生产 供电 断电 停电 上电 自动 启动 移动 手动 联动 即使 环节 细节 调节 发光 阳光"
        ).split()
    ),
)

#: words and signs that say whether a number is the least or the most
COMPARING = re.compile(
    "不低于|不小于|不少于|不大于|不多于|不高于|不超过|不晚于|不早于|超过|大于|小于|低于|高于|多于|少于|至少|至多|最多|最少|等于|达到|可达|"
    "以上|以下|以内|之内|之间|[≥≤<>=±～~]|or more|at least|at most|less than|more than|greater than|"
    "not exceed|no more than|no less than|up to|minimum|maximum|within|equal to|exceed|over|above|below|under|between|左右"
)

#: units, those who make standards, Roman numbers, and words that RFCs set in capitals: no abbreviation to be explained
NO_ABBREVIATIONS = frozenset(
    (
        "KB MB GB TB PB EB MHz GHz THz TOPS FLOPS QPS TPS MPa GPa kPa kW MW dB NTU CFU MPN ISO IEC ITU IEEE GBT NIST RFC EN JJF JJG SAC TC SC WG ICS CCS"
        " ISBN ISSN II III IV VI VII VIII IX XI XII NOTE EXAMPLE OK MUST SHALL SHOULD MAY NOT REQUIRED RECOMMENDED OPTIONAL"
    ).split()
)
