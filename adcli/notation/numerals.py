"""How numbers are written: in few digits for people, shortest round-trip for machines.

A number that is exact in the digits asked for is written in its shortest form; a rounded one keeps
all of them, zeros too, so that a reader sees which numbers were rounded.
"""

from __future__ import annotations

import math
from decimal import Context, Decimal
from fractions import Fraction
from typing import Any

ANSWER_DIGITS = 10
TABLE_DIGITS = 6
PICTURE_DIGITS = 4
LITERAL_PLACES = -6, 20  # a literal whose first digit is beyond these places is written with an exponent
MOST_WRITTEN = 16  # entries of an array; a larger one is called by its shape
SMALL, LARGE = Decimal("1e-4"), Decimal("1e6")
LARGEST = "1.797e308"  # of all floats, as messages write it
SUPERSCRIPTS = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
SUBSCRIPTS = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")


def number(value: Any, digits: int = TABLE_DIGITS, *, typeset: bool = False, most: int = MOST_WRITTEN) -> str:
    """`value` in `digits` significant digits; `typeset` writes −6.5·10⁻⁷ for -6.5e-07.

    Fractions stay fractions (19/9), constants stay names, None (not computed) is a dash.

    >>> number(1.5), number(1.4923987), number(-6.0), number(6.5e-7), number(None)
    ('1.5', '1.49240', '-6', '6.5e-07', '–')
    """
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        text = decimal(value, digits)
    elif isinstance(value, int):
        text = decimal(value, digits) if abs(value) >= LARGE else str(value)
    elif hasattr(value, "shape"):
        return array(value, digits, typeset=typeset, most=most)
    else:
        text = fraction(value) if isinstance(value, Fraction) else str(value)
    return typeset_number(text) if typeset else text


def fraction(value: Fraction) -> str:
    """A fraction with all its digits, however many: Python's own text of whole numbers has a limit.

    >>> fraction(Fraction(19, 9)), len(fraction(Fraction(10) ** 5000))
    ('19/9', 5001)
    """
    parts = [f"{Decimal(part):f}" for part in (value.numerator, value.denominator)]
    return parts[0] if value.denominator == 1 else "/".join(parts)


def array(value: Any, digits: int, *, typeset: bool = False, most: int = MOST_WRITTEN) -> str:
    """An array as [[1, 2], [3, 4]], a vector as [1, 2], a larger one than `most` by its shape."""
    rows, columns = value.shape
    if rows * columns > most:
        return f"{rows}×{columns}"
    texts = [[number(entry, digits, typeset=typeset) for entry in row] for row in value.tolist()]
    if columns == 1:
        return f"[{', '.join(row[0] for row in texts)}]"
    return f"[{', '.join(f'[{written}]' for written in map(', '.join, texts))}]"


def decimal(value: float, digits: int) -> str:
    """A float in `digits` significant digits, scientific below 1e-4 and from 1e6."""
    if not math.isfinite(value):
        return str(json_number(value))
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not exact:
        return "0"
    rounded = Context(prec=digits).create_decimal(exact)
    if rounded != exact:  # rounded once, from the float itself: its shortest form is rounded already
        rounded = Context(prec=digits).create_decimal(value)
    whole = exact == exact.to_integral_value()
    if whole and abs(exact) < LARGE:
        return str(int(exact))
    return written(rounded.normalize() if rounded == exact else rounded)


def written(value: Decimal) -> str:
    """A decimal number with all its digits, scientific below 1e-4 and from 1e6.

    >>> written(Decimal("1.30")), written(Decimal("1.5E+7")), written(Decimal(0))
    ('1.30', '1.5e+07', '0')
    """
    if not value:
        return "0"
    if SMALL <= value.copy_abs() < LARGE:
        return f"{value:f}"
    mantissa, _, exponent = f"{value:e}".partition("e")
    return f"{mantissa}e{int(exponent):+03d}"


def typeset_number(text: str) -> str:
    """A written number as print sets it: a true minus, and powers of ten."""
    mantissa, mark, exponent = text.partition("e")
    if mark and mantissa.lstrip("-").replace(".", "").isdigit():
        text = f"{mantissa}·10{str(int(exponent)).translate(SUPERSCRIPTS)}"
    return text.replace("-", "−")


def json_number(value: Any) -> Any:
    """A number as JSON holds it: floats as they are, exact ones and non-finite ones as strings."""
    if isinstance(value, float):
        if math.isfinite(value):
            return value + 0.0  # -0.0 is written 0.0
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, Fraction):
        return fraction(value)
    if hasattr(value, "shape"):
        return nested(value)
    return value.as_json() if hasattr(value, "as_json") else value


def nested(value: Any) -> Any:
    """An array as lists: a vector flat, a matrix by its rows."""
    rows = value.tolist()
    return (
        [[json_number(entry) for entry in row] for row in rows]
        if value.shape[1] != 1
        else [json_number(entry) for (entry,) in rows]
    )


def literal(value: int | Fraction | str) -> str:
    """An exact constant as the language writes it: 0.1 for 1/10, 6.02e+23, pi for the name.

    A fraction that no decimal equals is written p/q.
    """
    if isinstance(value, str):
        return value
    exact = Fraction(value)
    places = exact.denominator.bit_length()  # 2^a*5^b divides 10^max(a, b), and max(a, b) is less
    if 10**places % exact.denominator:
        return fraction(exact)
    context = Context(prec=places + exact.numerator.bit_length() + 1)
    quotient = context.divide(Decimal(exact.numerator), Decimal(exact.denominator)).normalize(context)
    least, most = LITERAL_PLACES
    return f"{quotient:f}" if least <= quotient.adjusted() <= most or not quotient else f"{quotient:e}"


def scientific(text: str) -> str:
    """A literal with a power of ten where print has one, below 1e-4 and from 1e6; every digit stays.

    >>> scientific("0.00000065"), scientific("1234567"), scientific("0.5"), scientific("1/3")
    ('6.5e-7', '1.234567e+6', '0.5', '1/3')
    """
    if "/" in text:
        return text
    exact = Decimal(text)
    if not exact or SMALL <= abs(exact) < LARGE:
        return text
    return f"{exact.normalize(Context(prec=len(text))):e}"
