"""Pictures on the command line: which format, and how it should look."""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite
from typing import TYPE_CHECKING, Any, NamedTuple

from adcli.commands.present import FORMS as TEXT_FORMS
from adcli.commands.present import SUFFIXES as TEXT_SUFFIXES
from adcli.commands.present import one_of
from adcli.drawing import Wanted, diagram
from adcli.errors import UsageError
from adcli.notation.numerals import PICTURE_DIGITS

if TYPE_CHECKING:
    from adcli.answers.answer import Answer
    from adcli.commands.options import Showing

PICTURES = ("svg", "png", "pdf", "dot", "html", "mermaid", "tikz")
ENDINGS = {"mermaid": ".mmd", "tikz": ".tex"}
FORMS = (*PICTURES, "boxes", *TEXT_FORMS)
SUFFIXES = TEXT_SUFFIXES | {ENDINGS.get(form, f".{form}"): form for form in PICTURES}


class Look(NamedTuple):
    """How a picture should look."""

    wanted: Wanted
    theme: str
    scale: float
    force: bool = False

    @classmethod
    def of(
        cls,
        edges: str | None,
        arrows: str | None,
        direction: str,
        theme: str,
        scale: float,
        digits: int | None,
    ) -> Look:
        """The options of the command line, checked."""
        wanted = Wanted(
            edges=None if edges is None else one_of(edges, ("formula", "value", "both", "none"), "--edges"),
            arrows=None if arrows is None else one_of(arrows, ("data", "dependency"), "--arrows"),
            direction=one_of(direction, ("tb", "lr", "bt", "rl"), "--direction"),
            digits=digits or PICTURE_DIGITS,
        )
        if not isfinite(scale):
            raise UsageError(f'--scale is a number from 0.1 to 20, not "{scale}"')
        return cls(wanted, one_of(theme, ("light", "dark", "print"), "--theme"), scale)

    def sketcher(self, form: str, showing: Showing) -> Callable[[Answer], str | None] | None:
        """The function from a graph's answer to boxes made of characters; None for other forms of text."""
        if form != "boxes" and (showing.format, showing.out, showing.json) != (None, None, False):
            return None

        def sketch(answer: Any) -> str | None:
            from adcli.render.drawn import drawn

            to_file = showing.out not in (None, "-")
            return drawn(answer, showing, self.wanted.edges, self.wanted.arrows, to_file=to_file)

        return sketch

    def drawer(self, form: str) -> Callable[[Answer], bytes]:
        """The function from a graph's answer to the bytes of a file."""

        def draw(answer: Any) -> bytes:
            from adcli.render.palette import PALETTES  # only for pictures

            if form == "html":
                from adcli.commands.film import page_of

                return page_of(answer, self.wanted).encode()
            picture, palette = diagram(answer, self.wanted), PALETTES[self.theme]
            if form == "dot":
                from adcli.render.dot import dot

                return dot(picture, palette).encode()
            if form == "mermaid":
                from adcli.render.mermaid import mermaid

                return mermaid(picture, palette).encode()
            from adcli.render.layout import layout

            placed = layout(picture, force=self.force)
            if form == "tikz":
                from adcli.render.tikz import tikz
                from adcli.tracing.labels import TYPESET_FIGURE

                typeset = diagram(answer, self.wanted, TYPESET_FIGURE)
                return tikz(picture, typeset, palette, placed).encode()
            if form == "svg":
                from adcli.render.svg import svg

                return svg(picture, palette, placed).encode()
            if form == "pdf":
                from adcli.render.pdf import pdf

                return pdf(picture, palette, placed)
            from adcli.render.png import png

            return png(picture, palette, placed, scale=self.scale)

        return draw
