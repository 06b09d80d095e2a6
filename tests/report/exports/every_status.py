"""One small standard and evidence in which every status comes up, with what looks odd in other formats."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import guiju
from guiju.engine.evaluate import Assessment

POLICY = """standard every-1 "每 1"
  title zh "各种结论" / "Every status"
input use : one of home | office "用途" / "Use"
groups part > section
levels
  L1 "一级" / "One"
  L2 "二级" / "Two"
fact hours : number alias 时数 "时数" / "Hours"
fact days : number alias 天数 "天数" / "Days"
fact rate : number = hours / days alias 比率 "比率" / "Rate"
fact wide : yes-no alias 宽 "宽" / "Wide"
fact size : m2 "面积" / "Size"
fact met : % alias 达标率 "达标率" / "Met"
fact tools : set of saw | drill | press "工具" / "Tools"
part room "房间" / "Room"
  section 3 "首节" / "First section"
    a) shall "=甲" / "=First" attested
    b) should "乙" / "Second" attested
  section 4.1 "一节" / "Section"
    a) shall "丙" / "Third" attested applies when use = office
    b) may "丁" / "Fourth" attested applies when wide
    c) shall "戊" / "Fifth" attested
    d) shall "己" / "Sixth" rate >= 5
    e) shall "庚" / "Seventh" size >= 10 m2
    f) "辛" / "Eighth" attested
    g) "壬" / "Ninth" attested
    h) "癸" / "Tenth" attested
membership
  section | L1 | L2
  3 | a)~b) | all
  4.1 | a)~b) | all
score share of each section at each level = share of clauses satisfied
grade level by share
  L1 | share >= 50%
  otherwise | none
"""

EVIDENCE: dict[str, Any] = {
    "guiju": "evidence/2",
    "subject": {"name": "x & <y>\n二行", "version": "1.0", "organization": "甲; 乙, 丙", "note": " 一 \n *二*"},
    "as_of": "2026-06-30T00:00:00+08:00",
    "inputs": {"use": "home"},
    "evidence": {
        "e1": {
            "kind": "visit",
            "title": "  看 *过*\n一回 ",
            "collected": "2026-01-01",
            "received": "2026-01-03",
            "period": {"from": "2025-01-01", "to": "2025-12-31"},
            "by": "甲",
            "method": "examination",
            "revision": "2",
            "confidentiality": "内部",
            "note": "+1 \n 二",
            "sha256": "5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9",
        },
        "e2": {
            "kind": "letter",
            "period": {"to": "2026-01-01"},
            "hash": "sm3:0",
            "expires": "2026-01-02T03:04:05.6+05:45",
        },
    },
    "facts": {
        "hours": {"value": "1/3", "evidence": "e1", "note": "约 \n 三分之一"},
        "days": 0,
        "size": {"value": "100000", "unit": "cm2", "evidence": ["e1"]},
        "tools": ["saw", "press"],
    },
    "attestations": {
        "3.a": {"verdict": "satisfied", "voice": "assessor", "evidence": ["e1"], "by": "甲", "note": "一\n二"},
        "3.b": [
            {"verdict": "unsatisfied", "voice": "assessor", "reason": "坏"},
            {"verdict": "satisfied", "voice": "vendor"},
            {"voice": "waiver", "by": "委员会", "reason": "正在\n建造", "until": "2026-12-31", "evidence": "e1"},
            {"voice": "waiver", "by": "委员会", "reason": "去年", "until": "2025-12-31", "note": "旧"},
        ],
        "4.1.b": {"verdict": "not-applicable", "voice": "assessor", "reason": "没有这间"},
        "4.1.c": [
            {"verdict": "satisfied", "voice": "assessor", "by": "甲"},
            {"verdict": "unsatisfied", "voice": "assessor", "by": "乙"},
        ],
        "4.1.f": {"verdict": "satisfied", "voice": "vendor", "evidence": "e2"},
        "4.1.h": [
            {"verdict": "satisfied", "voice": "override", "by": "主任", "reason": "另有说明", "until": "2026-05-31"},
            {"verdict": "satisfied", "voice": "vendor"},
        ],
    },
    "findings": {
        "F 1": {
            "clause": "3.b",
            "grade": "major",
            "statement": "门口\n两级台阶",
            "evidence": "e1",
            "raised": "2026-01-05",
            "by": "甲",
            "owner": "总务",
            "due": "2026-03-01",
            "closure": {"on": "2026-02-01", "by": "乙", "evidence": ["e1"], "note": "已拆"},
            "note": "见照片",
        },
        "F2": {"clause": "4.1.c", "grade": "observation", "statement": "牌子旧了"},
    },
    "samples": {
        "calls": {
            "title": "来电",
            "clause": "4.1.g",
            "population": 400,
            "sample": 3,
            "method": "每百取一",
            "rule": "at most 1 unsatisfied",
            "voice": "assessor",
            "by": "甲",
            "until": "2026-12-31",
            "evidence": "e1",
            "note": "头\n尾",
            "results": {
                "c 1": "satisfied",
                "c:2": {"result": "unsatisfied", "evidence": "e1", "note": "断线"},
                "c3": None,
            },
        },
        "rooms": {"fact": "met", "population": 9, "rule": "share", "results": {"r1": "satisfied", "r2": "unsatisfied"}},
    },
}


def written(folder: Path) -> tuple[str, str]:
    """The paths of the policy and of the evidence, written into a folder."""
    policy, evidence = folder / "every-1.guiju", folder / "every.json"
    policy.write_text(POLICY, "utf-8")
    evidence.write_text(json.dumps(EVIDENCE, ensure_ascii=False), "utf-8")
    return str(policy), str(evidence)


def assessed(folder: Path) -> Assessment:
    """The assessment."""
    return guiju.evaluate(*written(folder))
