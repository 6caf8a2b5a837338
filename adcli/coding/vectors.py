"""Python with NumPy: every function takes numbers or arrays of them, which broadcast."""

from __future__ import annotations

from collections.abc import Sequence

from adcli.coding.python import POLYGAMMA, PYTHON
from adcli.coding.target import Target, call, calls, nested
from adcli.notation import ATOM, MINUS, POWER, Piece, bracket

HEADS = {
    "sqrt": "np.sqrt", "cbrt": "np.cbrt", "exp": "np.exp", "expm1": "np.expm1", "ln": "np.log",
    "log10": "np.log10", "log2": "np.log2", "log1p": "np.log1p", "sin": "np.sin", "cos": "np.cos",
    "tan": "np.tan", "asin": "np.arcsin", "acos": "np.arccos", "atan": "np.arctan", "atan2": "np.arctan2",
    "degrees": "np.degrees", "radians": "np.radians", "sinh": "np.sinh", "cosh": "np.cosh", "tanh": "np.tanh",
    "asinh": "np.arcsinh", "acosh": "np.arccosh", "atanh": "np.arctanh", "abs": "np.abs", "sign": "np.sign",
    "floor": "np.floor", "ceil": "np.ceil", "round": "np.round", "select": "np.where",
    "and": "np.logical_and", "or": "np.logical_or", "not": "np.logical_not", "logaddexp": "np.logaddexp",
    "erf": "erf", "erfc": "erfc", "gamma": "gamma", "lgamma": "lgamma", "polygamma": "polygamma",
}  # fmt: skip


def power(operands: Sequence[Piece]) -> Piece:
    """A power by the operator, where the exponent is a number; it gives NaN outside the reals."""
    x, y = operands
    if not isinstance(y.constant, (str, type(None))) and y.binds >= MINUS:
        return Piece(f"{bracket(x, ATOM)}**{y.text}", POWER)
    return call("np.power")(operands)


VECTORIZED = {
    name: f"{name} = np.vectorize(math.{name}, otypes=[float])\n"
    for name in ("erf", "erfc", "gamma", "lgamma")
}

NUMPY = Target(
    "numpy",
    ".py",
    "#",
    rules=calls(HEADS)
    | {"pow": power, "hypot": nested("np.hypot"), "max": nested("np.maximum"), "min": nested("np.minimum")},
    words=PYTHON.words,
    eager=True,
    floats=True,
    constants={"pi": "np.pi", "e": "np.e", "tau": "(2 * np.pi)"},
    own=VECTORIZED | {"polygamma": POLYGAMMA + "\n\npolygamma = np.vectorize(polygamma, otypes=[float])\n"},
)
