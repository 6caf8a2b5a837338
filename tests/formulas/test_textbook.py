"""Two hundred derivatives of the textbook: right by SymPy."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import sympy

sys.path.insert(0, str(Path(__file__).parent))

import in_sympy as oracle
import textbook_derivatives as textbook

INSIDE = (0.2, 0.9)  # there everything is defined, but for what textbook.RANGES lists


def test_there_are_two_hundred():
    assert len(set(textbook.DERIVATIVES)) == 200


@pytest.mark.parametrize(("text", "by", "order", "expected"), textbook.DERIVATIVES)
def test_what_the_book_says_is_what_sympy_says(text, by, order, expected):
    function, book = oracle.in_sympy(text), oracle.in_sympy(expected)
    derivative = sympy.diff(function, sympy.Symbol(by, positive=True), order)
    names = tuple(sorted({symbol.name for symbol in (function + book).free_symbols} | {by}))
    for point in oracle.points(names, textbook.RANGES.get(text, INSIDE), 5, seed=len(text)):
        assert oracle.at(book, point) == pytest.approx(oracle.at(derivative, point), rel=1e-12, abs=1e-13)
