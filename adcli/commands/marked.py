"""The picture of a checked answer, in any format that `graph` draws."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from adcli.commands.picture import ENDINGS
from adcli.commands.present import emit
from adcli.drawing import Wanted
from adcli.drawing.marking import marked
from adcli.errors import UsageError
from adcli.notation.numerals import PICTURE_DIGITS
from adcli.render.palette import LIGHT
from adcli.tracing.labels import TYPESET_FIGURE

if TYPE_CHECKING:
    from adcli.checking.answer import CheckAnswer
    from adcli.commands.options import Showing

FORMATS = {ENDINGS.get(form, f".{form}"): form for form in ("svg", "png", "pdf", "dot", "mermaid", "tikz")}


def draw_marked(answer: CheckAnswer, name: str, showing: Showing) -> None:
    """Write the graph with the wrong edges marked; UsageError for a file of another ending."""
    form = FORMATS.get(Path(name).suffix.lower())
    if form is None:
        raise UsageError(
            f"cannot tell the format of {name} by its ending", hint=f"end it in {', '.join(FORMATS)}"
        )
    wanted = Wanted(digits=showing.precision or PICTURE_DIGITS)
    picture = marked(answer, wanted)
    if form == "dot":
        from adcli.render.dot import dot

        emit(dot(picture, LIGHT), name)
        return
    if form == "mermaid":
        from adcli.render.mermaid import mermaid

        emit(mermaid(picture, LIGHT), name)
        return
    from adcli.render.layout import layout

    placed = layout(picture)
    if form == "tikz":
        from adcli.render.tikz import tikz

        emit(tikz(picture, marked(answer, wanted, TYPESET_FIGURE), LIGHT, placed), name)
    elif form == "svg":
        from adcli.render.svg import svg

        emit(svg(picture, LIGHT, placed), name)
    elif form == "pdf":
        from adcli.render.pdf import pdf

        emit(pdf(picture, LIGHT, placed), name)
    else:
        from adcli.render.png import png

        emit(png(picture, LIGHT, placed), name)
