"""What rounding loses, exactly.

Dekker, A floating-point technique for extending the available precision, Numerische Mathematik 18,
1971; Knuth, The Art of Computer Programming 2, section 4.2.2.
"""

from __future__ import annotations

from math import inf

TINY = 2.2250738585072014e-308  # the least normal float: below it digits are lost
SPLITTER = 134217729.0  # 2^27 + 1


def finite(value: float) -> float:
    """The value itself; OverflowError when it is too large for a float."""
    if -inf < value < inf:
        return value
    raise OverflowError("the result is too large")


def product_error(x: float, y: float) -> float:
    """What x*y loses to rounding, where nothing over- or underflows."""
    big = SPLITTER * x
    x_high = big - (big - x)
    x_low = x - x_high
    big = SPLITTER * y
    y_high = big - (big - y)
    y_low = y - y_high
    return ((x_high * y_high - x * y) + x_high * y_low + x_low * y_high) + x_low * y_low


def difference_error(x: float, y: float) -> float:
    """What x - y loses to rounding; 0 where the difference overflows."""
    rounded = x - y
    if not -inf < rounded < inf:
        return 0.0
    x_part = rounded + y
    return (x - x_part) - (y + (rounded - x_part))
