"""Derivatives as formulas, simplified and checked, beside SymPy: its diff, which it leaves as it is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from measure import Row, require, row, seconds

import adcli
from adcli.deriving import diff

GOAL = 0.5
FACTORS = 100
CASES = (
    (f"diff, product of {FACTORS} inputs", "*".join(f"x{i}" for i in range(FACTORS)), "x7", 1),
    (f"diff, product of {FACTORS} sums", "*".join(f"(x + {i})" for i in range(1, FACTORS + 1)), "x", 1),
    ("diff, x*sin(x^2)*exp(x), order 6", "x*sin(x^2)*exp(x)", "x", 6),
)


def rows(rounds: int = 5, *, peers: bool = True) -> Iterator[Row]:
    """A row for each case; without peers ours beside ours."""
    for what, text, by, order in CASES:
        program = adcli.parse(text)
        ours = partial(diff, program, wrt=[by], order=order)
        require(ours().formulas, "no formula")
        theirs, prepare = (sympy_diff(text, by, order), forget) if peers else (ours, None)
        pairs = [(seconds(ours, None, 1), seconds_of(theirs, prepare)) for _ in range(rounds)]
        yield row(what, "s", "SymPy diff" if peers else "itself", pairs, GOAL if peers else None)


def seconds_of(run: Any, prepare: Any) -> float:
    """The time of one run after what prepares it."""
    if prepare is not None:
        prepare()
    return seconds(run, None, 1)


def sympy_diff(text: str, by: str, order: int) -> Any:
    """SymPy's derivative of the same text."""
    from sympy import Symbol, sympify
    from sympy import diff as theirs

    return partial(theirs, sympify(text.replace("^", "**")), Symbol(by), order)


def forget() -> None:
    """Empty SymPy's cache: it would answer the second time from memory."""
    from sympy.core.cache import clear_cache

    clear_cache()
