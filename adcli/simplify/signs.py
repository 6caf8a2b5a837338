"""Which terms are positive, or at least not negative, wherever they are defined."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from adcli.simplify.kinds import ATOM, FUN, NOT_NEGATIVE, NUM, POSITIVE, SUM, TOWER, UNKNOWN, Number, whole

if TYPE_CHECKING:
    from adcli.simplify.terms import Terms

SIGNS = {
    **dict.fromkeys(("cosh", "sech", "sigmoid", "softplus", "normpdf", "erfc", "normcdf"), POSITIVE),
    **dict.fromkeys(("abs", "hypot", "relu", "step", "acosh", "acos"), NOT_NEGATIVE),
}


def sign_of(terms: Terms, kind: int, data: Any) -> int:
    """Whether a term is known to be positive, or not negative, wherever it is defined."""
    if kind == NUM:
        return POSITIVE if data > 0 else NOT_NEGATIVE if data == 0 else UNKNOWN
    if kind == ATOM:
        return POSITIVE if data in ("e", "pi", "tau") else UNKNOWN
    if kind == FUN:
        if data[0] == "hypot" and any(terms.sign[arg] == POSITIVE for arg in data[1]):
            return POSITIVE
        return SIGNS.get(data[0], UNKNOWN)
    if kind == TOWER:
        return int(terms.sign[data[0]])
    if kind == SUM:
        constant, parts = data
        if constant < 0 or any(count < 0 or not terms.sign[term] for term, count in parts):
            return UNKNOWN
        strict = constant > 0 or any(terms.sign[term] == POSITIVE for term, _ in parts)
        return POSITIVE if strict else NOT_NEGATIVE
    coefficient, factors = data
    if coefficient < 0:
        return UNKNOWN
    signs = [sign_of_power(terms, base, exponent) for base, exponent in factors]
    return min(signs)


def sign_of_power(terms: Terms, base: int, exponent: Number) -> int:
    """The same of a power."""
    sign = terms.sign[base]
    if sign == POSITIVE:
        return POSITIVE
    even = whole(exponent) and exponent % 2 == 0
    if sign == NOT_NEGATIVE or even or (not whole(exponent) and exponent.denominator % 2 == 0):
        return POSITIVE if exponent < 0 else NOT_NEGATIVE
    return UNKNOWN
