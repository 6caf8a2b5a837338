"""What a primitive is made of where a language has no function for it, in forms that hold at the ends.

A definition is written out where it is used; one in `FUNCTIONS` becomes a function of its own, because
it chooses between forms or uses its argument often. A primitive without either is made of its textbook
formula, `expand`.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

Definition = Callable[..., Any]


def sigmoid(m: Any, x: Any) -> Any:
    """1/(1 + e^-x), by the exponential that does not overflow."""
    falling = m.exp(-m.abs(x))
    return m.select(m.ge(x, m.lift(0)), 1 / (1 + falling), falling / (1 + falling))


def sigmoid_slope(m: Any, x: Any) -> Any:
    """sigmoid(x)*sigmoid(-x)."""
    falling = m.exp(-m.abs(x))
    return falling / ((1 + falling) * (1 + falling))


def sech(m: Any, x: Any) -> Any:
    """2e^-|x|/(1 + e^-2|x|)."""
    falling = m.exp(-m.abs(x))
    return 2 * falling / (1 + falling * falling)


def csch(m: Any, x: Any) -> Any:
    """1/sinh(x), which overflows far out."""
    far = m.sign(x) * (2 * m.exp(-m.abs(x)))
    return m.select(m.lt(m.abs(x), m.lift(20)), 1 / m.sinh(x), far)


def sech_squared(m: Any, x: Any) -> Any:
    """1/cosh(x)^2."""
    return 4 * m.sigmoid_slope(2 * x)


def csch_squared(m: Any, x: Any) -> Any:
    """1/sinh(x)^2."""
    return m.csch(x) * m.csch(x)


def logaddexp(m: Any, x: Any, y: Any) -> Any:
    """The larger one and a rest."""
    return m.max(x, y) + m.log1p(m.exp(-m.abs(x - y)))


def logit(m: Any, x: Any) -> Any:
    """Near 1/2 by 2*atanh(2x - 1)."""
    near = m.lt(m.abs(x - Fraction(1, 2)), m.lift(Fraction(1, 4)))
    return m.select(near, 2 * m.atanh(2 * x - 1), m.ln(x / (1 - x)))


def sinc(m: Any, x: Any) -> Any:
    """sin(x)/x, and 1 at 0."""
    return m.select(m.eq(x, m.lift(0)), m.lift(1), m.sin(x) / x)


def sinc_slope(m: Any, x: Any) -> Any:
    """(cos(x) - sinc(x))/x; by its power series within 2 of 0."""
    square = x * x
    factorial, coefficients = 1, []
    for k in range(1, 14):
        factorial *= 2 * k * (2 * k + 1)
        coefficients.append(Fraction((-1) ** k * 2 * k, factorial))
    total = m.lift(float_of(coefficients[-1]))
    for coefficient in reversed(coefficients[:-1]):
        total = total * square + m.lift(float_of(coefficient))
    return m.select(m.lt(m.abs(x), m.lift(2)), x * total, (m.cos(x) - m.sin(x) / x) / x)


def float_of(exact: Fraction) -> Fraction:
    """A fraction as the nearest float, exactly."""
    return Fraction(float(exact))


def pow_by_base(m: Any, x: Any, y: Any) -> Any:
    """y*x^(y - 1), and 0 for y = 0."""
    return m.select(m.eq(y, m.lift(0)), m.lift(0), y * m.pow(x, y - 1))


def pow_by_exponent(m: Any, x: Any, y: Any) -> Any:
    """x^y*ln(x), and 0 for x = 0 < y."""
    at_zero = getattr(m, "and")(m.eq(x, m.lift(0)), m.gt(y, m.lift(0)))
    return m.select(at_zero, m.lift(0), m.pow(x, y) * m.ln(x))


def atan2_by_y(m: Any, y: Any, x: Any) -> Any:
    """x/(x^2 + y^2), scaled."""
    length = m.hypot(x, y)
    return x / length / length


def atan2_by_x(m: Any, y: Any, x: Any) -> Any:
    """-y/(x^2 + y^2), scaled."""
    length = m.hypot(x, y)
    return -y / length / length


def silu_slope(m: Any, x: Any) -> Any:
    """sigmoid(x)*(1 + x*sigmoid(-x))."""
    return m.sigmoid(x) * (1 + x * m.sigmoid(-x))


def elu(m: Any, x: Any) -> Any:
    """X for x > 0, e^x - 1 elsewhere."""
    return m.select(m.gt(x, m.lift(0)), x, m.expm1(x))


def positive(m: Any, x: Any, above: Any, below: Any) -> Any:
    """One of two values, by whether x > 0."""
    return m.select(m.gt(x, m.lift(0)), m.as_formula(above), m.as_formula(below))


def tie_share(m: Any, x: Any, z: Any, *args: Any) -> Any:
    """1/k where x is z and k of the args equal z, else 0."""
    one, zero = m.lift(1), m.lift(0)
    count = sum((m.select(m.eq(a, z), one, zero) for a in args[1:]), m.select(m.eq(args[0], z), one, zero))
    return m.select(m.eq(x, z), one, zero) / count


FUNCTIONS: dict[str, Definition] = {
    "sigmoid": sigmoid,
    "sigmoid_slope": sigmoid_slope,
    "silu_slope": silu_slope,
    "logit": logit,
    "softplus": lambda m, x: m.max(x, m.lift(0)) + m.log1p(m.exp(-m.abs(x))),
    "elu": elu,
    "logaddexp": logaddexp,
    "sech": sech,
    "csch": csch,
    "sech_squared": sech_squared,
    "csch_squared": csch_squared,
    "sinc": sinc,
    "sinc_slope": sinc_slope,
    "pow_by_base": pow_by_base,
    "pow_by_exponent": pow_by_exponent,
    "atan2_by_y": atan2_by_y,
    "atan2_by_x": atan2_by_x,
}
WRITTEN_OUT: dict[str, Definition] = {
    "coth": lambda m, x: 1 / m.tanh(x),
    "square": lambda _m, x: x * x,
    "cot": lambda m, x: 1 / m.tan(x),
    "acot": lambda m, x: m.atan2(m.lift(1), x),
    "sech_slope": lambda m, x: -m.sech(x) * m.tanh(x),
    "asin_slope": lambda m, x: 1 / m.sqrt((1 - x) * (1 + x)),
    "asinh_slope": lambda m, x: 1 / m.hypot(x, m.lift(1)),
    "acosh_slope": lambda m, x: 1 / (m.sqrt(x - 1) * m.sqrt(x + 1)),
    "atanh_slope": lambda _m, x: 1 / ((1 - x) * (1 + x)),
    "hypot_slope": lambda m, x, *args: x / m.hypot(*args),
    "log_by_base": lambda m, x, b: -m.ln(x) / (b * m.square(m.ln(b))),
    "silu": lambda m, x: x * m.sigmoid(x),
    "gelu": lambda m, x: x * m.normcdf(x),
    "logaddexp_slope": lambda m, x, y: m.sigmoid(x - y),
    "relu": lambda m, x: positive(m, x, x, 0),
    "leaky_relu": lambda m, x: positive(m, x, x, x / 100),
    "leaky_slope": lambda m, x: positive(m, x, 1, Fraction(1, 100)),
    "step": lambda m, x: positive(m, x, 1, 0),
    "sign": lambda m, x: m.select(
        m.gt(x, m.lift(0)), m.lift(1), m.select(m.lt(x, m.lift(0)), m.lift(-1), m.lift(0))
    ),
    "tie_share": tie_share,
    "stop": lambda _m, x: x,
    "degrees": lambda m, x: x * (180 / m.lift("pi")),
    "radians": lambda m, x: x * (m.lift("pi") / 180),
    "digamma": lambda m, x: m.polygamma(m.lift(0), x),
    "trigamma": lambda m, x: m.polygamma(m.lift(1), x),
}
