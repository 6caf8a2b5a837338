"""Matrices in tables: a line per row, aligned, and nothing of the text lost."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from adcli.notation.numerals import array
from adcli.render.display import width
from adcli.render.stacked import beside, has_matrix, lines, stacked
from adcli.report import Cell, Column, Table


class Array:
    """What `numerals.array` asks of an array."""

    def __init__(self, rows: list[list[float]]) -> None:
        self.rows = rows
        self.shape = (len(rows), len(rows[0]))

    def tolist(self) -> list[list[float]]:
        return self.rows


SIZES = st.tuples(st.integers(2, 4), st.integers(1, 4))
NUMBERS = st.floats(-1e9, 1e9, allow_nan=False).filter(lambda x: x == 0 or abs(x) > 1e-9)
MATRICES = SIZES.flatmap(
    lambda size: st.lists(
        st.lists(NUMBERS, min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0]
    )
)


def test_a_matrix_stands_beside_its_text() -> None:
    assert lines("Wᵀ@[[1, -2.5], [10, 3]] + [1, 2]") == ["Wᵀ@⎡ 1 -2.5⎤ + [1, 2]", "   ⎣10  3  ⎦"]
    assert lines("[[1, 2], [3, 4], [5, 6]]ᵀ@[[1], [2]]") == ["⎡1 2⎤ᵀ@⎡1⎤", "⎢3 4⎥  ⎣2⎦", "⎣5 6⎦"]
    assert lines("[[1, 2], [3, 4]]", ascii_only=True) == ["[1 2]", "[3 4]"]


def test_rows_vectors_and_other_texts_stay_in_their_line() -> None:
    for text in ("[1, 2, 3]", "[[1, 2]]", "x[1, 2]", "[x = z]/sum([x = z])", "", "64×10"):
        assert not has_matrix(text)
        assert lines(text) == [text]


@given(MATRICES)
def test_no_number_is_lost_and_every_line_is_as_wide(rows: list[list[float]]) -> None:
    text = array(Array([row if len(row) > 1 else [*row, 1.0] for row in rows]), 6)
    made = lines(text)
    number = r"[-\d.e+]+"
    assert [found for line in made for found in re.findall(number, line)] == re.findall(number, text)
    assert len({width(line) for line in made}) == 1
    assert len(made) == len(rows)


def test_blocks_of_different_height_keep_their_places() -> None:
    assert beside(["a", "bb"], ["x"]) == ["a x", "bb"]
    assert beside(["a"], ["x", "y"]) == ["ax", " y"]


def test_a_table_without_matrices_stays_as_it_is() -> None:
    table = Table((Column("a"),), ((Cell("[1, 2]"),), (), (Cell("3"),)))
    assert stacked(table) is table


def test_a_row_takes_as_many_lines_as_its_highest_matrix() -> None:
    table = Table((Column("a"), Column("b")), ((Cell("W"), Cell("[[1, 2], [3, 4]]", "bold")),))
    assert stacked(table).rows == ((Cell("W"), Cell("⎡1 2⎤", "bold")), (Cell(""), Cell("⎣3 4⎦", "bold")))
