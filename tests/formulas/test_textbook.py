"""Two hundred derivatives of the textbook: right by SymPy, found by adcli, and no longer than SymPy's."""

from __future__ import annotations

import random
import statistics
import sys
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import sympy

import adcli
from adcli.arithmetic.ball.balls import balls
from adcli.arithmetic.exact import EXACT
from adcli.deriving import diff
from adcli.engine import sweep
from adcli.engine.undefined import Undefined
from adcli.language.program import Program

sys.path.insert(0, str(Path(__file__).parent))

import in_sympy as oracle
import textbook_derivatives as textbook

BALLS = balls(30)
INSIDE = (0.2, 0.9)  # there everything is defined, but for what textbook.RANGES lists
ROWS = pytest.mark.parametrize(("text", "by", "order", "expected"), textbook.DERIVATIVES)


@cache
def formula(text: str, by: str, order: int) -> str:
    program = adcli.parse(text)
    if by not in program.inputs:
        return "0"
    return diff(program, wrt=[by], order=order).own()["derivatives"][by]  # type: ignore[no-any-return]


def value(program: Program, arithmetic: Any, point: dict[str, Any]) -> Any:
    (node,) = program.outputs.values()
    return sweep.evaluate(program.graph, arithmetic, point)[node]


def nodes(text: str) -> int:
    """The nodes of a text as a tree in which nothing is shared."""
    program = adcli.parse(text)
    sizes: list[int] = []
    for node in program.graph:
        sizes.append(1 + sum(sizes[arg] for arg in node.args))
    (output,) = program.outputs.values()
    return sizes[output]


def test_there_are_two_hundred() -> None:
    assert len(set(textbook.DERIVATIVES)) == 200


@ROWS
def test_what_the_book_says_is_what_sympy_says(text: str, by: str, order: int, expected: str) -> None:
    function, book = oracle.in_sympy(text), oracle.in_sympy(expected)
    derivative = sympy.diff(function, sympy.Symbol(by, positive=True), order)
    names = tuple(sorted({symbol.name for symbol in (function + book).free_symbols} | {by}))
    for point in oracle.points(names, textbook.RANGES.get(text, INSIDE), 5, seed=len(text)):
        assert oracle.at(book, point) == pytest.approx(oracle.at(derivative, point), rel=1e-12, abs=1e-13)


@ROWS
def test_the_formula_found_is_what_the_book_says(text: str, by: str, order: int, expected: str) -> None:
    """Exactly at 50 rational points where exact numbers get there, else in balls that hold each other's."""
    found, book = adcli.parse(formula(text, by, order)), adcli.parse(expected)
    names = sorted({*found.inputs, *book.inputs, by})
    chance = random.Random(text)
    low, high = (Fraction(str(end)) for end in textbook.RANGES.get(text, INSIDE))
    for _ in range(50):
        point = {name: low + (high - low) * Fraction(chance.randint(1, 999), 1000) for name in names}
        try:
            assert value(found, EXACT, point) == value(book, EXACT, point)
        except Undefined:  # it leaves the exact numbers
            place = {name: BALLS.lift(number) for name, number in point.items()}
            one, other = value(found, BALLS, place), value(book, BALLS, place)
            assert one.arb.overlaps(other.arb)
            assert float(one.arb.rad()) <= 1e-25 * max(1.0, abs(float(one)))


def test_the_formulas_are_not_longer_than_those_of_sympy_by_a_fifth() -> None:
    ratios = []
    for text, by, order, _ in textbook.DERIVATIVES:
        theirs = sympy.diff(oracle.in_sympy(text), sympy.Symbol(by, positive=True), order)
        ratios.append(nodes(formula(text, by, order)) / nodes(oracle.in_adcli(theirs)))
    assert statistics.median(ratios) <= 1.2
    assert statistics.mean(ratios) < 1.0
    assert max(ratios) < 2.5


def test_the_formulas_are_not_longer_than_those_of_the_book() -> None:
    ratios = [
        nodes(formula(text, by, order)) / nodes(expected)
        for text, by, order, expected in textbook.DERIVATIVES
    ]
    assert statistics.mean(ratios) <= 1.0
