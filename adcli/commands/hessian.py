"""adcli hessian: all second derivatives of one output at a point."""

from __future__ import annotations

from adcli.commands import options as o
from adcli.commands.asked import Asked
from adcli.commands.help import NUMBERS, ONE_OUTPUT, POINT, SOURCE, STRICT, Page, written

PAGE = Page(
    usage="adcli hessian EXPRESSION --at POINT",
    summary="The matrix of all second derivatives, forward over reverse.",
    examples=(
        ('adcli hessian "x^2*y + sin(y)" --at x=1,y=2', ""),
        ('adcli hessian "x*y*z" --at x=1,y=2,z=3 --wrt x,z', "of two inputs"),
        ('adcli hessian "x*y, x/y" --at x=1,y=2 --output f2', "of one output"),
    ),
    groups=(
        POINT,
        ("The program", (*SOURCE, ONE_OUTPUT)),
        ("The sweep", (("--wrt NAMES", "only these inputs: --wrt x,y"), STRICT)),
        NUMBERS,
        written(6),
    ),
)

HAS_NUMBERS = True


def run(asked: Asked, *, output: o.Output = None, wrt: o.Wrt = None, strict: o.Strict = False) -> None:
    """Answer with the value and the Hessian."""
    from adcli.answers import higher  # --help stays quick
    from adcli.commands.given import names

    columns = names(wrt, "--wrt x,y")
    program, at, _ = asked.given()
    asked.present(
        higher.hessian(
            program, at or {}, wrt=columns, output=output, strict=strict, arithmetic=asked.arithmetic
        )
    )
