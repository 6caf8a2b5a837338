"""adcli hvp: the Hessian of one output times a direction, in one pass."""

from __future__ import annotations

from adcli.commands import options as o
from adcli.commands.asked import Asked
from adcli.commands.help import NUMBERS, ONE_OUTPUT, POINT, SOURCE, STRICT, TANGENT, Page, written

PAGE = Page(
    usage="adcli hvp EXPRESSION --at POINT --tangent DIRECTION",
    summary="The Hessian times a direction, forward over reverse in one pass.",
    examples=(
        ('adcli hvp "sin(x*y)" --at x=1,y=2 --tangent x=1,y=0', "one column"),
        ('adcli hvp "x^2*y + exp(y)" --at x=1,y=0 --tangent x=2,y=-1', ""),
        ('adcli hvp "x^3" --at x=2', "one input"),
    ),
    groups=(
        POINT,
        ("The program", (*SOURCE, ONE_OUTPUT)),
        ("The sweep", (TANGENT, STRICT)),
        NUMBERS,
        written(10),
    ),
)

HAS_NUMBERS = True


def run(
    asked: Asked, *, output: o.Output = None, tangent: o.Tangent = None, strict: o.Strict = False
) -> None:
    """Answer with the product."""
    from adcli.answers import higher  # --help stays quick
    from adcli.commands.present import seed_of

    seed = seed_of(tangent, "--tangent", exact=asked.exact)
    program, at, _ = asked.given()
    asked.present(
        higher.hvp(program, at or {}, seed, output=output, strict=strict, arithmetic=asked.arithmetic)
    )
