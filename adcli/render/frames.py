"""A sweep as a row of pictures: one layout for all of them, one term more in each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adcli.render.arrangement import with_own_constants
from adcli.render.fonts import width
from adcli.render.layout import layout
from adcli.render.lettering import shorten, visible
from adcli.render.palette import LIGHT, Palette
from adcli.render.sheet import sheet
from adcli.render.sizes import TITLE_FONT
from adcli.render.svg import document
from adcli.stepping import roomy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from adcli.diagram import Diagram
    from adcli.stepping import Step, Sweep

_CAPTION_ROOM = 500.0


def frames(diagram: Diagram, sweep: Sweep, palette: Palette = LIGHT) -> Iterator[str]:
    """An SVG document for every step, or one without steps for a sweep that comes nowhere.

    `diagram` is the picture without a sweep. What the sweep has not come to is left blank.
    """
    captions = [caption(step, place, len(sweep.steps)) for place, step in enumerate(sweep.steps, 1)]
    captions = captions or ["nothing depends on an input"]
    longest = max(captions, key=lambda text: width(text, TITLE_FONT))
    title = (*diagram.title[:-1], sweep.heading, longest)
    whole = diagram._replace(title=title, mode=sweep.mode, legend=sweep.legend)
    whole = with_own_constants(roomy(whole, [sweep], lambda text: width(text, 1)))
    placed = layout(whole)
    page = sheet(whole, placed)
    for count, text in enumerate(captions, 1):
        line = page.title[-1]._replace(text=text)
        shown = whole._replace(title=(*title[:-1], text))
        moved = page._replace(title=[*page.title[:-1], line])
        yield "\n".join(document(shown, placed, moved, palette, sweep.progress(count))) + "\n"


def caption(step: Step, number: int, count: int) -> str:
    """What happens in a step, in one line: its number, its term, and the sum so far."""
    term = step.term
    said = term.rule if term.edge is None else f"{term.names} = {term.numbers} = {term.flow}"
    more = " + " if step.place else ""
    text = f"step {number} of {count}:  {more}{said},  {step.sum.so_far(step.place)}"
    return shorten(visible(text), TITLE_FONT, _CAPTION_ROOM)
