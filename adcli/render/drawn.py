"""The graph as a page of text: title, boxes and arrows, and one line that says what they mean."""

from __future__ import annotations

import sys
from io import StringIO
from typing import TYPE_CHECKING

from adcli.errors import UsageError
from adcli.render.boxes import boxes
from adcli.render.display import in_ascii, width
from adcli.render.page import BREAKS, Page, paragraph, texts
from adcli.render.screen import Screen, screen_of
from adcli.report import Cell, Look
from adcli.report.boxes import boxes as worded

if TYPE_CHECKING:
    from adcli.answers.answer import GraphAnswer
    from adcli.diagram import Arrows, Diagram, EdgeText
    from adcli.render.text import Wishes

FEW = 12  # boxes that nobody asked for stay this few
MOST = 60


def drawn(
    answer: GraphAnswer,
    wishes: Wishes,
    edges: EdgeText | None = None,
    arrows: Arrows | None = None,
    *,
    to_file: bool = False,
) -> str | None:
    """The drawing for standard output or for a file, as wide as it must be, where --format asks for it.

    Without that, None unless it is for a terminal, small, and narrow enough: there the edge table is better.
    """
    screen = Screen() if to_file else screen_of(sys.stdout, no_color=wishes.no_color)
    nodes = sum(1 for row in answer.trace.rows if answer.part is None or row in answer.part.nodes)
    if wishes.format is None and (screen.width is None or nodes > FEW):
        return None
    if nodes > MOST:
        raise UsageError(
            f"boxes are drawn up to {MOST} nodes, this graph has {nodes}", hint="-o g.svg, or --format table"
        )
    diagram = worded(answer, Look(screen.style, wishes.precision), edges, arrows)
    lines = boxes(diagram, ascii_only=not screen.unicode)
    if lines is None or (wishes.format is None and max(map(width, lines)) > (screen.width or 0)):
        return None
    page = page_of_boxes(diagram, lines, screen)
    if not screen.styled:
        return "".join(f"{line}\n" for line in texts(page, ""))
    from adcli.render.terminal import print_page

    styled = StringIO()
    print_page(page, styled, "")
    return styled.getvalue()


def page_of_boxes(diagram: Diagram, lines: list[str], screen: Screen) -> Page:
    """The page: expression and point as above a table, the sweep, the drawing, the legend."""

    def said(text: str) -> str:
        return text if screen.unicode else in_ascii(text)

    expression, *rest = map(said, diagram.title)
    page: Page = list(paragraph(expression.split(" "), " ", screen.width, "bold"))
    sweep = [] if diagram.mode == "none" else [rest.pop()]
    for line in rest:
        page += paragraph(BREAKS[True].split(line), " ", screen.width, "dim")
    for line in sweep:
        page += [(), *paragraph(line.split(" "), " ", screen.width)]
    page += [(), *((Cell(line),) for line in lines)]
    for line in map(said, diagram.legend):
        page += [(), *paragraph(line.split(" "), " ", screen.width, "dim")]
    return [*page, ()]
