"""A small standard, the mapping of a body's own workbook, and its sheets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import guiju
from guiju.compiler.ir import Program

POLICY = """standard rooms-1 "ROOMS 1"
  title zh "阅览室" / "Rooms"
groups part alias 部分
fact seats : count alias 座位数 "座位数" / "Seats"
fact size : m2 alias 面积 "面积" / "Size"
fact answered : % alias 答复率 "答复率" / "Answered"
fact lit : yes-no alias 照明 "有照明" / "Lit"
fact ways : set of phone | mail | desk "渠道" / "Ways"
part 4 "场所" / "The place"
  a) shall "座位" / "Seats" seats >= 40
  b) shall "照明" / "Light" lit
  c) should "寄存柜" / "Lockers" attested
  d) shall "饮水" / "Water" attested applies when size >= 100 m2
part 5 "服务" / "Service"
  a) shall "预约" / "Booking" attested
  b) shall "答复" / "Answers" answered >= 80 %
"""

MAPPING = """guiju: mapping/1
subject: 岭街阅览室
fictional: true
standard: rooms-1
as_of: 2026-06-30T00:00:00+08:00
tables:
  - sheet: 条款
    holds: verdicts
    heading: 2
    columns: {clause: 条款号, verdict: 结论, voice: 谁说的, by: 评价人, reason: 理由, evidence: 证据, note: 说明}
    ignore: [序号, 要求]
    skip: [合计]
    words: {符合: satisfied, 不符合: unsatisfied, 不涉及: not-applicable, 待查: unknown, /: "", 甲方: vendor, 乙方: assessor}
  - sheet: 指标
    holds: facts
    columns: {fact: 指标, value: 值, unit: 单位, evidence: 证据, note: 说明}
    words: {有: "yes", 没有任何: "[]"}
  - sheet: 材料
    holds: evidence
    columns: {id: 编号, kind: 类型, title: 名称, collected: 日期, expires: 有效期, by: 收集人}
    fixed: {source: 档案室}
ignore_sheets: [封面]
"""

CLAUSES: list[tuple[object, ...]] = [
    ("阅览室自查表",),
    ("序号", "条款号", "要求", "结论", "谁说的", "评价人", "理由", "证据", "说明"),
    (None, "4 场所", None, None, None, None, None, None, None),
    (1, "4 c)", "=抄来的要求", "符合", "乙方", "卫", None, "E1、E2", "看过\n两回"),
    (2, "４ ｄ）", None, "不涉及", "乙方", "卫", "面积不到", None, None),
    (None,) * 9,
    (3, "5.a", None, "Satisfied", "甲方", None, None, "E1", None),
    (3, "5.a", None, "不符合", "乙方", None, None, None, None),
    (4, "5 b)", None, "/", None, None, None, None, None),
    (5, "4 a)", None, None, None, None, None, None, "下月再查"),
    ("合计", None, None, "2", None, None, None, None, None),
]
FACTS: list[tuple[object, ...]] = [
    ("指标", "值", "单位", "证据", "说明"),
    ("座位数", 42, None, "E1", None),
    ("size", 96.5, "m2", "E1", "约数？"),
    ("答复率", 0.835, None, "E2", None),
    ("照明", True, None, None, None),
    ("ways", "phone；mail", None, None, None),
]


def records() -> list[tuple[object, ...]]:
    from datetime import date, datetime, time

    return [
        ("编号", "类型", "名称", "日期", "有效期", "收集人"),
        ("E1", "现场查看", "周日查看", date(2026, 2, 17), datetime.combine(date(2027, 2, 17), time()), "卫"),
        ("E2", "说明", "供方来信", "2026-03-01", None, None),
    ]


def program(folder: Path) -> Program:
    path = folder / "rooms-1.guiju"
    path.write_text(POLICY.replace('title zh "阅览室" / "Rooms"', 'title zh "阅览室"'), "utf-8")
    return guiju.load(path).program


def workbook(path: Path, sheets: dict[str, list[tuple[object, ...]]] | None = None) -> Path:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    given: dict[str, list[tuple[object, ...]]] = sheets or {
        "封面": [("标题",)],
        "条款": CLAUSES,
        "指标": FACTS,
        "材料": records(),
    }
    for name, rows in given.items():
        sheet: Any = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        if name == "条款" and len(rows) > 3:
            sheet["C4"].data_type = "s"
        if name == "指标" and len(rows) > 3:
            sheet["B4"].number_format = "0.0%"
    book.save(path)
    return path
