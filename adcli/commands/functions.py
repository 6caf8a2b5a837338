"""adcli functions: what there is to use, with domain and derivative rule."""

from __future__ import annotations

from typing import Annotated

import typer

from adcli.commands.asked import Asked
from adcli.commands.help import Page, written

TAKES_PROGRAM = False
PAGE = Page(
    usage="adcli functions [NAME]",
    summary="Every function with its domain, derivative rule and an example.",
    examples=(("adcli functions", "all of them"), ("adcli functions atan2", "one in detail")),
    groups=(written(10),),
    exit="Exit: 0 done, 2 not understood",
)


def run(asked: Asked, *, name: Annotated[str | None, typer.Argument(show_default=False)] = None) -> None:
    """Answer with the table, or with one function."""
    from adcli.commands.present import form_of, show_text  # --help stays quick
    from adcli.notation.numerals import ANSWER_DIGITS
    from adcli.reference import functions

    form = form_of(asked.showing)
    digits = None if form == "json" else asked.showing.precision
    show_text(functions(name, digits or ANSWER_DIGITS), asked.showing, form=form)
