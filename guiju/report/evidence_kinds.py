"""The kinds of evidence that examples use, in the language of the reader; any other kind as it is written."""

from __future__ import annotations

from guiju.dsl.diagnostic import Language

_CHINESE = {
    "configuration": "配置",
    "demonstration": "演示",
    "document-review": "文件审查",
    "inspection": "检查",
    "inventory": "清单",
    "log": "日志",
    "self-declaration": "自我声明",
    "site-visit": "现场查验",
    "statement": "声明",
    "test-report": "测试报告",
}


def kind_of(kind: str, language: Language) -> str:
    """A kind as people read it; in Chinese the word for it, where there is one."""
    return _CHINESE.get(kind, kind) if language == "zh" else kind
