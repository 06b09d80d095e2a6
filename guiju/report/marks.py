"""Which lines of a tree are marked: those of what determines the conclusion, wherever they stand.

Of an open conclusion there are two marks: of what leaves it open, and of what rules out the values that it cannot take.
A line has one of them. What does both, as the conclusion itself, leaves it open where it is open, and else rules out.

A mark belongs to what a line tells, not to its place: what determines the conclusion by one way is marked where it is
told again as well, be it below a row that was not the one. What no line marked alike leads to has no mark anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import replace

from guiju.report.branch import Branch


def marked_as_one(tree: Branch) -> Branch:
    """A tree with one mark for each thing: that of what lines marked alike lead to from the top."""
    called = {b.address: b.thing for b in tree.walk() if b.thing}
    determining = _led_to(tree, called, lambda line: line.determining)
    ruling_out = _led_to(tree, called, lambda line: line.ruling_out)
    open_ = {_told(line, called) for line in tree.walk() if line.state == "unknown"}
    determining, ruling_out = determining - (ruling_out - open_), ruling_out - (determining & open_)

    def marked(line: Branch) -> Branch:
        told = _told(line, called)
        return replace(
            line,
            determining=told in determining and (line.determining or bool(line.thing)),
            ruling_out=told in ruling_out and (line.ruling_out or bool(line.thing)),
            branches=tuple(map(marked, line.branches)),
        )

    return marked(tree)


def _told(line: Branch, called: Mapping[str, str]) -> str:
    """What a line tells: the thing, also where it stands as a row or by another name of it; else its node."""
    return line.thing or called.get(line.address, line.address)


def _led_to(tree: Branch, called: Mapping[str, str], is_marked: Callable[[Branch], bool]) -> Set[str]:
    """What is told by lines that are reached from the top by marked lines alone."""
    tellings: dict[str, list[Branch]] = {}
    for line in tree.walk():
        tellings.setdefault(_told(line, called), []).append(line)
    led_to, waiting = {_told(tree, called)} if is_marked(tree) else set[str](), [_told(tree, called)]
    while waiting:
        below = (b for line in tellings[waiting.pop()] for b in line.branches if is_marked(b))
        found = {_told(b, called) for b in below} - led_to
        led_to |= found
        waiting += found
    return led_to
