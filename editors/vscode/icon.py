"""The icon of the extension, compass and square drawn true: a circle in a square, as PNG. VS Code takes no SVG."""

from __future__ import annotations

import struct
import zlib

SIZE = 128  # pixels, as a gallery shows it
PAPER, INK = (250, 248, 242), (31, 58, 95)
RADIUS, MARGIN, LINE = 40, 12, 6  # of the circle; of the square to the edge; the width of both


def png() -> bytes:
    """The picture, the same bytes each time."""
    rows = b"".join(b"\0" + b"".join(bytes(_colour(x, y)) for x in range(SIZE)) for y in range(SIZE))
    head = struct.pack(">IIBBBBB", SIZE, SIZE, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows, 9)) + _chunk(b"IEND", b"")


def _colour(x: int, y: int) -> tuple[int, int, int]:
    """Ink on the line of either figure, paper elsewhere; on the edge of a line something between, by its share."""
    inked = sum(_is_ink(4 * x + i, 4 * y + j) for i in range(4) for j in range(4))
    return tuple(paper + (ink - paper) * inked // 16 for paper, ink in zip(PAPER, INK, strict=True))  # type: ignore[return-value] # three of three


def _is_ink(x: int, y: int) -> bool:
    """Whether a quarter of a pixel, from its corner, lies on a line; all in eighths, so that the middle is whole."""
    dx, dy = abs(2 * x + 1 - 4 * SIZE), abs(2 * y + 1 - 4 * SIZE)
    outer = 4 * SIZE - 8 * MARGIN
    in_square = outer - 8 * LINE <= max(dx, dy) <= outer
    return in_square or (8 * RADIUS - 8 * LINE) ** 2 <= dx * dx + dy * dy <= (8 * RADIUS) ** 2


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
