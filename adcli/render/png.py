"""SVG -> PNG by resvg, with the shipped font alone, so that every machine draws the same pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adcli.errors import FileProblem
from adcli.render.fonts import FAMILY, FONT_FILE
from adcli.render.palette import LIGHT, Palette
from adcli.render.svg import svg

if TYPE_CHECKING:
    from adcli.diagram import Diagram
    from adcli.render.geometry import Layout


def png(
    diagram: Diagram, palette: Palette = LIGHT, *, scale: float = 1.0, placed: Layout | None = None
) -> bytes:
    """The picture as a PNG file at 96 dots an inch, times `scale`."""
    return pixels(svg(diagram, palette, placed), scale=scale)


def pixels(document: str, *, scale: float = 1.0) -> bytes:
    """An SVG document as a PNG file at 96 dots an inch, times `scale`."""
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
