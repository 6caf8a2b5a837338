"""Widths of text in the font that adcli ships, read from the font file itself.

The reader knows the four TrueType tables that widths need (head, hhea, hmtx, cmap format 12 or 4,
as the OpenType specification lays them out) and nothing else.
"""

from __future__ import annotations

import struct
import unicodedata
from bisect import bisect_left
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

FAMILY = "DejaVu Sans"
FONT_FILE = Path(__file__).resolve().parent.parent / "fonts" / "DejaVuSans.ttf"


class Font(NamedTuple):
    """What widths need of a font: runs of code points (last, first, glyph of the first) and advances."""

    units: int
    runs: list[tuple[int, int, int]]
    advances: tuple[int, ...]

    def advance(self, char: str) -> float:
        """The width of a character in ems; a character that the font lacks counts one em."""
        code = ord(char)
        place = bisect_left(self.runs, (code,))
        if place == len(self.runs) or self.runs[place][1] > code:
            return 1.0
        _, first, glyph = self.runs[place]
        return self.advances[min(glyph + code - first, len(self.advances) - 1)] / self.units


@cache
def shipped() -> Font:
    """The shipped font."""
    return read(FONT_FILE.read_bytes())


def read(data: bytes) -> Font:
    """The widths in a TrueType file."""
    tables = {}
    for entry in range(struct.unpack_from(">H", data, 4)[0]):
        tag, _, offset, _ = struct.unpack_from(">4sIII", data, 12 + 16 * entry)
        tables[tag] = offset
    (units,) = struct.unpack_from(">H", data, tables[b"head"] + 18)
    (count,) = struct.unpack_from(">H", data, tables[b"hhea"] + 34)
    metrics = struct.unpack_from(f">{2 * count}H", data, tables[b"hmtx"])
    return Font(units, sorted(_runs(data, tables[b"cmap"])), metrics[::2])


def _runs(data: bytes, cmap: int) -> list[tuple[int, int, int]]:
    """The character map as (last, first, glyph of the first), from the full Unicode table if there is one."""
    subtables = {}
    for entry in range(struct.unpack_from(">H", data, cmap + 2)[0]):
        platform, encoding, offset = struct.unpack_from(">HHI", data, cmap + 4 + 8 * entry)
        subtables[platform, encoding] = cmap + offset
    if (3, 10) in subtables:
        start = subtables[3, 10]
        (groups,) = struct.unpack_from(">I", data, start + 12)
        triples = struct.iter_unpack(">III", data[start + 16 : start + 16 + 12 * groups])
        return [(last, first, glyph) for first, last, glyph in triples]
    return _runs_of_format_4(data, subtables[3, 1])


def _runs_of_format_4(data: bytes, start: int) -> list[tuple[int, int, int]]:
    """The runs of a table for the basic plane: segments with a delta, or with a list of glyphs."""
    half = struct.unpack_from(">H", data, start + 6)[0] // 2
    lasts, firsts, deltas, ranges = (
        struct.unpack_from(f">{half}H", data, start + at)
        for at in (14, 16 + 2 * half, 16 + 4 * half, 16 + 6 * half)
    )
    runs = []
    for segment, (last, first, delta, range_) in enumerate(zip(lasts, firsts, deltas, ranges, strict=True)):
        if range_ == 0:
            runs.append((last, first, (first + delta) % 65536))
            continue
        glyphs = start + 16 + 6 * half + 2 * segment + range_
        for code in range(first, last + 1):
            (glyph,) = struct.unpack_from(">H", data, glyphs + 2 * (code - first))
            if glyph:
                runs.append((code, code, (glyph + delta) % 65536))
    return runs


@cache
def _em(char: str) -> float:
    """The width of a character in ems."""
    return 0.0 if unicodedata.combining(char) else shipped().advance(char)


@lru_cache(maxsize=8192)
def _ems(text: str) -> float:
    return sum(map(_em, text))


def width(text: str, size: float) -> float:
    """The width of a line of text at this size, in the size's unit; combining marks take no room.

    >>> width("v̄₄", 12) == width("v₄", 12)
    True
    """
    return _ems(text) * size
