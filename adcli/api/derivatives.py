"""The Python interface, second part: derivatives along directions and of higher order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from adcli.answers.answer import one_or_list
from adcli.api import as_program
from adcli.arithmetic.real import REAL

if TYPE_CHECKING:
    from adcli.answers.running import Point
    from adcli.arithmetic import Arithmetic
    from adcli.language.program import Program
    from adcli.study.descent import DescentAnswer
    from adcli.study.kernel import Kernel


def jvp(
    p: Program | str,
    at: Point,
    tangent: Mapping[str, Any] | None = None,
    *,
    arithmetic: Arithmetic = REAL,
) -> Any:
    """The directional derivative of the output along `tangent`, or the list of all outputs' ones.

    One forward sweep. Inputs without a tangent have 0; a program of one input needs none. Raises
    AdcliError with `kind` "usage" for several inputs without `tangent`.

    >>> jvp("x*y, x - y", {"x": 2, "y": 3}, {"x": 1, "y": 10})
    [23.0, -9.0]
    """
    from adcli.answers import seeded

    return one_or_list(seeded.jvp(as_program(p, at), at, tangent, arithmetic=arithmetic).tangents)


def vjp(
    p: Program | str,
    at: Point,
    cotangent: Mapping[str, Any] | None = None,
    *,
    arithmetic: Arithmetic = REAL,
) -> dict[str, Any]:
    """The sum over the outputs of `cotangent` times the gradient, as a number per input.

    One reverse sweep. Outputs without a cotangent have 0; a program of one output needs none. Raises
    AdcliError with `kind` "usage" for several outputs without `cotangent`.

    >>> vjp("x*y, x - y", {"x": 2, "y": 3}, {"f1": 1, "f2": 10})
    {'x': 13.0, 'y': -8.0}
    """
    from adcli.answers import seeded

    return seeded.vjp(as_program(p, at), at, cotangent, arithmetic=arithmetic).cotangent


def hessian(
    p: Program | str,
    at: Point,
    *,
    wrt: Sequence[str] | None = None,
    output: str | None = None,
    arithmetic: Arithmetic = REAL,
) -> list[list[Any]]:
    """The symmetric matrix of the second derivatives of one output by the inputs of `wrt` (default: all).

    Raises AdcliError: "usage" for several outputs without `output`, "domain" where a first or second
    derivative does not exist.

    >>> hessian("x^2*y", {"x": 2, "y": 3})
    [[6.0, 4.0], [4.0, 0.0]]
    """
    from adcli.answers import higher

    return higher.hessian(as_program(p, at), at, wrt=wrt, output=output, arithmetic=arithmetic).hessian


def hvp(
    p: Program | str,
    at: Point,
    tangent: Mapping[str, Any] | None = None,
    *,
    output: str | None = None,
    arithmetic: Arithmetic = REAL,
) -> dict[str, Any]:
    """The Hessian of one output times `tangent`, as a number per input, in one pass.

    >>> hvp("x^2*y", {"x": 2, "y": 3}, {"x": 1, "y": 10})
    {'x': 46.0, 'y': 4.0}
    """
    from adcli.answers import higher

    return higher.hvp(as_program(p, at), at, tangent, output=output, arithmetic=arithmetic).product


def taylor(
    p: Program | str,
    at: Point,
    order: int,
    *,
    tangent: Mapping[str, Any] | None = None,
    output: str | None = None,
    arithmetic: Arithmetic = REAL,
) -> list[Any]:
    """The Taylor coefficients f, f′, f″/2!, … up to `order` (at most 100), of one input or along `tangent`.

    Raises AdcliError: "usage" for several inputs without `tangent`, "domain" where a derivative does
    not exist.

    >>> taylor("1/(1 - x)", {"x": 0}, 3)
    [1.0, 1.0, 1.0, 1.0]
    >>> from adcli import EXACT
    >>> taylor("exp(x)", {"x": 0}, 3, arithmetic=EXACT)
    [Fraction(1, 1), Fraction(1, 1), Fraction(1, 2), Fraction(1, 6)]
    """
    from adcli.answers import higher

    found = higher.taylor(as_program(p, at), at, order, tangent=tangent, output=output, arithmetic=arithmetic)
    return found.coefficients


def compile(  # noqa: A001  # what it does to a program, Python's own does to a text
    p: Program | str, *, wrt: Sequence[str] | None = None, output: str | None = None
) -> Kernel:
    """The value and gradient of one output as one fast function of floats, for thousands of calls.

    It is called with a number per input, in their order or by name, and gives (value, gradient), the
    gradient as a tuple by the inputs of `wrt` (default: all). Its numbers are those of `value` and `grad`.
    Raises AdcliError: "usage" for several outputs without `output`; the function itself "domain" where
    value or slope do not exist.

    >>> f = compile("x^2*y + 2*y")
    >>> f(1.5, 2.0)
    (8.5, (6.0, 4.25))
    """
    from adcli.study.kernel import Kernel

    return Kernel(as_program(p), wrt, output)


def descend(
    p: Program | str,
    at: Point,
    *,
    method: Literal["gradient", "momentum", "adam", "newton", "line-search"] = "gradient",
    rate: float | None = None,
    steps: int = 1000,
    tol: float = 1e-8,
    wrt: Sequence[str] | None = None,
    output: str | None = None,
) -> DescentAnswer:
    """The descent of one output from `at`: `path` has the steps that are kept, `last` and `stop` its end.

    `point` has the last point by input. Inputs outside `wrt` stand still, as data do.

    It ends when the gradient is at most `tol` long, after `steps` steps, or where it diverges or leaves the
    domain; `stop.reason` and `stop.message` say which. Raises AdcliError: "usage" for what cannot be asked,
    "domain" where the start has no value or slope.

    >>> found = descend("(x - 3)^2 + y^2", {"x": 0, "y": 1}, method="newton")
    >>> [round(x, 9) for x in found.last.point], found.stop.reason
    ([3.0, 0.0], 'converged')
    >>> data = {"X": [[1, 0], [1, 1], [1, 2]], "y": [1, 3, 5], "w": [0, 0]}
    >>> line = descend("sum((X@w - y)^2)", data, wrt=["w"], method="newton")
    >>> line.point["w"].round(9).ravel().tolist()
    [1.0, 2.0]
    """
    from adcli.study import descent

    return descent.descend(
        as_program(p, at), at, method=method, rate=rate, steps=steps, tol=tol, wrt=wrt, output=output
    )
