"""Curves on the command line: the form of the file, and who draws it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from adcli.commands.present import FORMS, SUFFIXES, form_of

if TYPE_CHECKING:
    from adcli.commands.options import Showing

PICTURES = ("svg", "png", "pdf")
PLOT_FORMS = (*PICTURES, *FORMS)
PLOT_SUFFIXES = SUFFIXES | {f".{form}": form for form in PICTURES}


def form_of_plot(showing: Showing) -> str:
    """The form of an answer that can be text or a picture of curves."""
    return form_of(showing, PLOT_FORMS, PLOT_SUFFIXES)


def written(form: str, what: str | None = None) -> Callable[[Any], bytes] | None:
    """The function from an answer to the bytes of a picture; None for text. `what` chooses among pictures."""
    if form not in PICTURES:
        return None

    def draw(answer: Any) -> bytes:
        from adcli.render.figures import figure_of, saved

        return saved(figure_of(answer, what), form)

    return draw
