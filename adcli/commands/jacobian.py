"""adcli jacobian: all partial derivatives of all outputs at a point."""

from __future__ import annotations

from adcli.commands import options as o
from adcli.commands.asked import Asked
from adcli.commands.help import NUMBERS, POINT, SOURCE, SWEEP, Page, written

PAGE = Page(
    usage="adcli jacobian EXPRESSIONS --at POINT",
    summary="The matrix of all partial derivatives: a row per output, a column per input.",
    examples=(
        ('adcli jacobian "x*y, x - y" --at x=2,y=3', ""),
        ('adcli jacobian "a=x*y; b=sin(a); a, b" --at x=1,y=2', "named outputs"),
        ('adcli jacobian "x*y; x/y" --at x=1,y=2 --mode forward', "column by column"),
    ),
    groups=(
        POINT,
        ("The program", SOURCE),
        ("The sweep", (*SWEEP, ("--layout LAYOUT", "numerator (default) or denominator: transposed"))),
        NUMBERS,
        written(6),
    ),
)
HAS_NUMBERS = True


def run(
    asked: Asked,
    *,
    mode: o.Mode = "auto",
    wrt: o.Wrt = None,
    strict: o.Strict = False,
    layout: o.Layout = "numerator",
) -> None:
    """Answer with the values and the Jacobian."""
    from adcli import answers  # --help stays quick
    from adcli.commands.given import names
    from adcli.commands.present import one_of

    chosen = one_of(mode, ("auto", "forward", "reverse"), "--mode")
    turned = one_of(layout, ("numerator", "denominator"), "--layout")
    columns = names(wrt, "--wrt x,y")
    program, at, _ = asked.given()
    answer = answers.jacobian(
        program,
        at or {},
        mode=chosen,
        wrt=columns,
        layout=turned,
        strict=strict,
        arithmetic=asked.arithmetic,
    )
    asked.present(answer)
