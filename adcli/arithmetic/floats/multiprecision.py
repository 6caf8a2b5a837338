"""The float nearest to a formula, where floats alone cannot find it.

mpmath does the work; it is imported when it is first needed.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from adcli.arithmetic.floats.rounding import finite

FIRST, LAST = 90, 6000  # bits
_own = threading.local()  # mpmath keeps its precision in the context, so each thread has one


def context() -> Any:
    """The mpmath context of this thread: not `mpmath.mp`, whose precision belongs to others."""
    if not hasattr(_own, "context"):
        from mpmath.ctx_mp import MPContext

        _own.context = MPContext()
    return _own.context


def nearest(formula: Callable[..., Any], *args: float) -> float:
    """The float nearest to formula(mp, *args), for mp numbers made of the args.

    The precision is doubled until two results round to the same float (Ziv, Fast evaluation of
    elementary mathematical functions with correctly rounded last bit, ACM TOMS 17, 1991).
    """
    mp = context()
    exact = tuple(map(mp.mpf, args))
    bits, before = FIRST, None
    while True:
        mp.prec = bits
        number = formula(mp, *exact)
        now = float(number)
        if (now == before and number != 0) or bits > LAST:
            return finite(now)
        bits, before = 2 * bits, now
