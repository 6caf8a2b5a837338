"""Python, with the functions of `math`."""

from __future__ import annotations

import builtins
import keyword
from collections.abc import Sequence

from adcli.coding.target import Target, call, calls, ternary
from adcli.notation import ATOM, POWER, Piece, Rule, bracket

HEADS = {
    "sqrt": "math.sqrt", "cbrt": "math.cbrt", "hypot": "math.hypot", "exp": "math.exp", "expm1": "math.expm1",
    "ln": "math.log", "log10": "math.log10", "log2": "math.log2", "log1p": "math.log1p", "sin": "math.sin",
    "cos": "math.cos", "tan": "math.tan", "asin": "math.asin", "acos": "math.acos", "atan": "math.atan",
    "atan2": "math.atan2", "degrees": "math.degrees", "radians": "math.radians", "sinh": "math.sinh",
    "cosh": "math.cosh", "tanh": "math.tanh", "asinh": "math.asinh", "acosh": "math.acosh",
    "atanh": "math.atanh", "erf": "math.erf", "erfc": "math.erfc", "gamma": "math.gamma",
    "lgamma": "math.lgamma", "abs": "abs", "floor": "math.floor", "ceil": "math.ceil", "round": "round",
}  # fmt: skip


def power(operands: Sequence[Piece]) -> Piece:
    """A whole-number power by the operator; any other stays in the reals."""
    x, y = operands
    if isinstance(y.constant, int):
        return Piece(f"{bracket(x, ATOM)}**{y.text}", POWER)
    return call("math.pow")(operands)


def several(head: str) -> Rule:
    """The rule of max and min; of one argument they are that argument."""
    return lambda operands: operands[0] if len(operands) == 1 else call(head)(operands)


POLYGAMMA = '''\
def polygamma(n, x):
    """The n-th derivative of digamma, for n = 0, 1, 2, ...: DLMF 5.15.8, from x upwards by 5.15.5."""
    n, x = int(n), float(x)
    if x <= 0 and x == math.floor(x):
        raise ZeroDivisionError("polygamma has poles at 0, -1, -2, ...")
    if x < 0:  # reflected: the derivatives of cot are polynomials in cot
        p = [0.0, 1.0]
        for _ in range(n):
            slope = [-k * p[k] for k in range(1, len(p))]
            p = [a + b for a, b in zip(slope + [0.0, 0.0], [0.0, 0.0] + slope)]
        part = x - round(x)
        far = math.copysign(0.5, part) - part
        c = 1 / math.tan(math.pi * part) if abs(part) < 0.25 else math.tan(math.pi * far)
        rest = math.fsum(a * c**k for k, a in enumerate(p))
        return (-1) ** n * polygamma(n, 1 - x) - math.pi ** (n + 1) * rest
    sign, terms = (-1) ** (n + 1), []
    while x < 16 + n:
        terms.append(x ** -(n + 1))
        x += 1
    if n == 0:
        tail, factor = [math.log(x), -0.5 / x], 1.0
    else:
        tail, factor = [x**-n / n, 0.5 * x ** -(n + 1)], math.factorial(n)
    bernoulli = (1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6, -3617 / 510, 43867 / 798)
    for k, number in enumerate(bernoulli, start=1):
        rising = 1.0 / (2 * k) if n == 0 else math.prod(range(2 * k + 1, 2 * k + n)) / math.factorial(n)
        tail.append((-1 if n == 0 else 1) * number * rising * x ** -(2 * k + n))
    if n == 0:
        return math.fsum(tail) - math.fsum(terms)
    return sign * factor * (math.fsum(tail) + math.fsum(terms))
'''

PYTHON = Target(
    "python",
    ".py",
    "#",
    rules=calls(HEADS)
    | {
        "pow": power,
        "max": several("max"),
        "min": several("min"),
        "select": ternary,
        "polygamma": call("polygamma"),
    },
    words=frozenset({*keyword.kwlist, *keyword.softkwlist, *vars(builtins), "math", "np"}),
    raises=True,
    floats=True,
    constants={"pi": "math.pi", "e": "math.e", "tau": "math.tau"},
    own={"polygamma": POLYGAMMA},
)
