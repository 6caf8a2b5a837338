"""SVG -> PDF by svglib and ReportLab: lines stay lines, text stays text, in the shipped font.

The same picture gives the same bytes: the file holds no date, and its number comes from its content.
"""

from __future__ import annotations

from io import BytesIO, StringIO
from typing import TYPE_CHECKING

from adcli.errors import FileProblem
from adcli.render.fonts import FAMILY, FONT_FILE
from adcli.render.lettering import visible
from adcli.render.palette import LIGHT, Palette
from adcli.render.svg import svg

if TYPE_CHECKING:
    from adcli.diagram import Diagram
    from adcli.render.geometry import Layout


def pdf(diagram: Diagram, palette: Palette = LIGHT, placed: Layout | None = None) -> bytes:
    """The picture as a PDF file of one page, as large as the picture."""
    return page(
        svg(diagram, palette, placed),
        title=", ".join(map(visible, diagram.title)),
        subject=visible(diagram.description),
    )


def page(document: str, *, title: str = "", subject: str = "") -> bytes:
    """An SVG document as a PDF file; FileProblem without the packages that make it."""
    try:
        from reportlab.graphics import renderPDF
        from reportlab.graphics.shapes import STATE_DEFAULTS
        from reportlab.pdfgen.canvas import Canvas
        from svglib.svglib import register_font, svg2rlg
    except ImportError as error:
        raise FileProblem(
            f"PDF needs the package {(error.name or 'svglib').partition('.')[0]}, which is not installed",
            hint='pip install "adcli[pdf]", or write the picture as .svg',
        ) from error
    register_font(FAMILY, str(FONT_FILE))
    drawing = svg2rlg(StringIO(document))
    if drawing is None:
        raise RuntimeError("svglib did not read our own SVG")
    file = BytesIO()
    size = (drawing.width, drawing.height)
    canvas = Canvas(file, pagesize=size, invariant=1, pageCompression=1, initialFontName=FAMILY)
    canvas.setTitle(title)
    canvas.setSubject(subject)
    canvas.setAuthor("")
    canvas.setCreator("adcli")
    usual = STATE_DEFAULTS["fontName"]
    STATE_DEFAULTS["fontName"] = FAMILY  # else the file names Helvetica, which is not in it
    try:
        renderPDF.draw(drawing, canvas, 0, 0)
    finally:
        STATE_DEFAULTS["fontName"] = usual
    canvas.showPage()
    canvas.save()
    return file.getvalue()
