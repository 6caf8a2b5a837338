"""Curves on the command line: the form of the file, and who draws it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from adcli.commands.present import FORMS, SUFFIXES, form_of
from adcli.errors import UsageError

if TYPE_CHECKING:
    from adcli.commands.asked import Asked
    from adcli.commands.options import Showing

PICTURES = ("svg", "png", "pdf")
PLOT_FORMS = (*PICTURES, *FORMS)
PLOT_SUFFIXES = SUFFIXES | {f".{form}": form for form in PICTURES}


def form_of_plot(showing: Showing, *, chart: bool = False) -> str:
    """The form of an answer that can be text or a picture of curves.

    With `chart`, a terminal that nobody asks for another form gets a drawing in characters.
    """
    found = form_of(showing, (*PLOT_FORMS, "chart") if chart else PLOT_FORMS, PLOT_SUFFIXES)
    unasked = (showing.format, showing.out, showing.json) == (None, None, False)
    return "chart" if chart and unasked and sys.stdout.isatty() else found


def comma_separated(asked: Asked, *, csv: bool) -> Asked:
    """What was asked with --csv read as --format csv; UsageError for another form beside it."""
    if not csv:
        return asked
    other = "--json" if asked.showing.json else f"--format {asked.showing.format}"
    if asked.showing.json or asked.showing.format not in (None, "csv"):
        raise UsageError(f"--csv and {other} ask for two formats", hint="give one of the two")
    return replace(asked, showing=asked.showing._replace(format="csv"))


def sketched(form: str, showing: Showing) -> Callable[[Any], str] | None:
    """The function from a plot to a drawing in characters; None for other forms."""
    if form != "chart":
        return None

    def draw(answer: Any) -> str:
        from adcli.render.canvas import sketch
        from adcli.render.screen import WIDTH, screen_of

        screen = screen_of(sys.stdout, no_color=showing.no_color)
        to_file = showing.out not in (None, "-")
        return sketch(answer, screen.width or WIDTH, unicode=screen.unicode or to_file)

    return draw


def written(form: str, what: str | None = None) -> Callable[[Any], bytes] | None:
    """The function from an answer to the bytes of a picture; None for text. `what` chooses among pictures."""
    if form not in PICTURES:
        return None

    def draw(answer: Any) -> bytes:
        from adcli.render.figures import figure_of, saved

        return saved(figure_of(answer, what), form)

    return draw
