"""A drawing as a value, in pixels from the top left: boxes, the frames behind them, and the curves between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

ROW, GAP = 32, 8  # the height of a box and the room between two
PADDING = 10  # between the edge of a box and its text
_NARROW, _WIDE = 6.9, 12.0  # what a letter and a Chinese character take at the size of a label
_ELLIPSIS = "…"


@dataclass(frozen=True)
class Shown:
    """A box: where it is, what it is called, what is said below that, what is said on hovering over it."""

    id: str
    x: float
    y: float
    width: float
    label: str
    below: str
    told: str
    kind: str
    is_focus: bool = False

    @property
    def middle(self) -> float:
        """Half way down."""
        return self.y + ROW / 2


@dataclass(frozen=True)
class Frame:
    """What stands behind some boxes that belong together, with a title."""

    x: float
    y: float
    width: float
    height: float
    title: str


@dataclass(frozen=True)
class Curve:
    """A dependency, from point to point; `weight` is how many it stands for, `kind` that of what is used."""

    points: tuple[tuple[float, float], ...]
    kind: str
    weight: int
    told: str


@dataclass(frozen=True)
class Drawing:
    """Everything that is drawn, and how large it is. `note` stands below it."""

    title: str
    width: float
    height: float
    frames: tuple[Frame, ...]
    boxes: tuple[Shown, ...]
    curves: tuple[Curve, ...]
    note: str


def width_of(text: str) -> float:
    """About how wide a text is."""
    return sum(_NARROW if ord(char) < 0x2E80 else _WIDE for char in text)


def shortened(text: str, room: float) -> str:
    """A text that fits, with a sign where something of it is left out."""
    if width_of(text) <= room:
        return text
    return "".join(_fitting(text, room - width_of(_ELLIPSIS))) + _ELLIPSIS


def _fitting(text: str, room: float) -> Iterator[str]:
    for char in text:
        room -= width_of(char)
        if room < 0:
            return
        yield char


def spread(wanted: Sequence[float], least: float) -> list[float]:
    """Places as near to those wanted as their order and the room between two allow, none above `least`.

    >>> spread([10.0, 12.0, 200.0], 0.0)
    [10.0, 50.0, 200.0]
    """
    placed: list[float] = []
    for place in wanted:
        placed.append(max(place, placed[-1] + ROW + GAP if placed else least))
    return placed
