"""What a Chinese reader may type for a key of an evidence file, whose keys are English: `事实` for `facts`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from guiju.dsl.near import near

_TYPED: Mapping[str, tuple[str, ...]] = {
    "guiju": ("规矩", "格式", "格式版本"),
    "subject": ("对象", "评价对象"),
    "fictional": ("虚构", "是否虚构"),
    "standard": ("标准", "标准编号", "策略"),
    "as_of": ("评价时点", "时点", "评价日期"),
    "target": ("目标", "目标等级"),
    "inputs": ("输入", "输入项"),
    "voice": ("发言方", "由谁作出"),
    "evidence": ("证据", "依据", "证据编号"),
    "facts": ("事实",),
    "attestations": ("查验结论", "查验", "结论", "条款"),
    "standards": ("各标准", "几个标准"),
    "name": ("名称",),
    "version": ("版本",),
    "organization": ("机构", "组织", "单位", "提供者"),
    "kind": ("种类", "类型", "类别"),
    "title": ("标题",),
    "source": ("来源", "出处", "存放处"),
    "collected_on": ("收集日期", "日期"),
    "collected": ("收集日期", "日期"),
    "received": ("收到", "收到日期"),
    "period": ("期间", "覆盖期间"),
    "from": ("自", "起"),
    "to": ("至", "止"),
    "method": ("方法",),
    "revision": ("版次", "修订号"),
    "confidentiality": ("密级", "保密"),
    "until": ("至", "截止", "有效期至"),
    "samples": ("抽样", "样本"),
    "population": ("总体",),
    "sample": ("样本", "样本量"),
    "rule": ("规则", "汇总规则"),
    "results": ("结果", "各样本结果"),
    "findings": ("评价发现", "发现", "不符合项"),
    "grade": ("轻重", "分级"),
    "statement": ("陈述", "描述"),
    "raised": ("提出日期",),
    "owner": ("责任人",),
    "due": ("期限", "整改期限"),
    "closure": ("关闭",),
    "on": ("日期", "关闭日期"),
    "clause": ("条款", "条款号"),
    "fact": ("事实",),
    "result": ("结果",),
    "expires": ("到期", "到期日", "有效期", "有效期至"),
    "by": ("收集者", "作出者", "由谁"),
    "hash": ("摘要", "摘要值", "哈希"),
    "note": ("备注", "说明"),
    "value": ("值", "数值"),
    "unit": ("单位",),
    "verdict": ("结论",),
    "reason": ("理由", "原因"),
}


def key_meant(typed: str, known: Iterable[str]) -> str | None:
    """The key among those known at a place that a Chinese word stands for.

    >>> key_meant("结论", ("verdict", "voice")), key_meant("结论", ("facts", "attestations"))
    ('verdict', 'attestations')
    """
    keys = {word: key for key in known for word in _TYPED.get(key, ())}
    return keys.get(near(typed, keys) or "")
