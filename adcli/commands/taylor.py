"""adcli taylor: Taylor coefficients at a point, by one forward pass in power series."""

from __future__ import annotations

from adcli.commands import options as o
from adcli.commands.asked import Asked
from adcli.commands.help import NUMBERS, ONE_OUTPUT, POINT, SOURCE, STRICT, TANGENT, Page, written

PAGE = Page(
    usage="adcli taylor EXPRESSION --at POINT [--order N]",
    summary="Taylor coefficients and polynomial, in one input or along a direction.",
    examples=(
        ('adcli taylor "exp(x)" --at x=0 --order 5', ""),
        ('adcli taylor "sqrt(x)" --at x=4 --order 3', "in powers of x - 4"),
        ('adcli taylor "x^2*y" --at x=1,y=2 --tangent x=1,y=-1', "along a direction"),
    ),
    groups=(
        POINT,
        ("The program", (*SOURCE, ONE_OUTPUT)),
        ("The sweep", (("--order N", "the highest power (default 4, at most 100)"), TANGENT, STRICT)),
        NUMBERS,
        written(6),
    ),
)

HAS_NUMBERS = True


def run(
    asked: Asked,
    *,
    order: o.Degree = 4,
    output: o.Output = None,
    tangent: o.Tangent = None,
    strict: o.Strict = False,
) -> None:
    """Answer with the coefficients."""
    from adcli.answers import higher  # --help stays quick
    from adcli.commands.present import seed_of

    seed = seed_of(tangent, "--tangent", exact=True)
    program, at, _ = asked.given(exact=True)
    asked.present(
        higher.taylor(
            program,
            at or {},
            order,
            tangent=seed,
            output=output,
            strict=strict,
            arithmetic=asked.arithmetic,
            exact=True,
        )
    )
