"""SVG -> PNG by resvg, with the shipped font alone, so that every machine draws the same pixels."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from adcli.errors import FileProblem, UsageError
from adcli.render.fonts import FAMILY, FONT_FILE
from adcli.render.palette import LIGHT, Palette
from adcli.render.svg import svg

if TYPE_CHECKING:
    from adcli.diagram import Diagram
    from adcli.render.geometry import Layout

MOST_PIXELS = 100_000_000
"""A picture of this size takes 400 MB while it is drawn."""

_SIZE = re.compile(r' viewBox="0 0 ([0-9.]+) ([0-9.]+)"')
_DOTS = 96 / 72  # pixels in a point


def png(
    diagram: Diagram, palette: Palette = LIGHT, placed: Layout | None = None, *, scale: float = 1.0
) -> bytes:
    """The picture as a PNG file at 96 dots an inch, times `scale`."""
    return pixels(svg(diagram, palette, placed), scale=scale)


def pixels(document: str, *, scale: float = 1.0) -> bytes:
    """One of our SVG documents as a PNG file at 96 dots an inch, times `scale`.

    UsageError when it would have no pixels or too many; FileProblem without resvg.
    """
    w, h = (float(length) * _DOTS * scale for length in _SIZE.findall(document)[0])
    if not (w >= 1 and h >= 1 and w * h <= MOST_PIXELS):
        raise UsageError(
            f"a PNG of {w:.0f} by {h:.0f} pixels cannot be drawn",
            hint=f"choose a scale that gives 1 to {MOST_PIXELS // 1_000_000} million pixels, or write .svg",
        )
    try:
        from resvg_py import svg_to_bytes
    except ImportError as error:
        raise FileProblem(
            "PNG needs the package resvg-py, which is not installed",
            hint="pip install resvg-py, or write the picture as .svg",
        ) from error
    return svg_to_bytes(
        svg_string=document,
        dpi=96.0,
        zoom=scale,
        skip_system_fonts=True,
        font_files=[str(FONT_FILE)],
        font_family=FAMILY,
        sans_serif_family=FAMILY,
    )
