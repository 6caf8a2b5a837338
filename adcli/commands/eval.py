"""adcli eval: the value of every output at a point."""

from __future__ import annotations

from adcli.commands import options as o
from adcli.commands.asked import Asked
from adcli.commands.help import FULL, NUMBERS, POINT, SOURCE, Page, written

PAGE = Page(
    usage="adcli eval EXPRESSION --at POINT",
    summary="Value at a point.",
    examples=(
        ('adcli eval "x^2*y + 2*y" --at x=1.5,y=2', ""),
        ('adcli eval "sqrt(2)"', "a constant needs no point"),
        ('adcli eval "a=x*y; a+1, a-1" --at x=2,y=3', "two outputs"),
    ),
    groups=(
        POINT,
        ("The program", SOURCE),
        NUMBERS,
        written(10, FULL),
    ),
)
HAS_NUMBERS = True


def run(asked: Asked, *, full: o.Full = False) -> None:
    """Answer with the outputs' values."""
    from adcli import answers  # --help stays quick

    program, at, _ = asked.given()
    asked.present(answers.value(program, at or {}, arithmetic=asked.arithmetic), full=full)
