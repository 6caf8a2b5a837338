"""Tables: aligned on the decimal point, fitted to a width, never cut."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import adcli
from adcli import answers
from adcli.render.display import width
from adcli.render.grid import Grid, fitted, grid_of
from adcli.render.page import grid_lines, page_of, texts
from adcli.render.terminal import print_page
from adcli.render.text import as_text, render
from adcli.report import Cell, Column, Look, Table

sys.path.insert(0, str(Path(__file__).parent))
from answered import EVERYTHING, LONG_NAMES, LONG_POINT, traced, typed


def numbers(*texts: str) -> Table:
    """A table with one column of numbers."""
    return Table((Column("n", point=True),), tuple((Cell(text),) for text in texts))


def wide(columns: int, *, blocks: bool = False) -> Table:
    """A table of so many columns of width 7."""
    names = [Column("")] + [Column(f"{place:07}") for place in range(columns)]
    return Table(tuple(names), (tuple([Cell("r")] + [Cell("1.23456")] * columns),), blocks=blocks)


def read(grid: Grid) -> list[str]:
    """The rows of a grid as text."""
    return list(grid_lines(grid, "─"))[2:]


def test_numbers_stand_on_their_decimal_points() -> None:
    assert read(grid_of(numbers("1.5", "-13.7240", "3", "6.5e-07", "0.0200150"))) == [
        "   1.5",
        " -13.7240",
        "   3",
        "   6.5e-07",
        "   0.0200150",
    ]


def test_what_is_no_decimal_begins_where_digits_begin() -> None:
    assert read(grid_of(numbers("100", "–", "NaN", "19/9"))) == [" 100", "   –", "   NaN", "  19/9"]


@given(st.lists(st.decimals(allow_nan=False, allow_infinity=False, places=3), min_size=1, max_size=9))
def test_points_of_any_numbers_share_a_column(found: list[object]) -> None:
    texts = [f"{number:f}" for number in found]  # type: ignore[str-format]
    assert len({line.index(".") for line in read(grid_of(numbers(*texts)))}) == 1


def test_columns_leave_in_their_order_and_the_rest_is_whole() -> None:
    table = Table(
        (Column("step"), Column("with numbers", drop=1), Column("flow", drop=2), Column("adjoint")),
        ((Cell("v1"), Cell("1·1.35128"), Cell("1.35128"), Cell("1.35128")),),
    )
    titles = {room: fitted(table, room) for room in range(10, 60)}
    shown = {room: [title.strip() for title in grids[0].titles] for room, grids in titles.items() if grids}
    assert shown[41] == ["step", "with numbers", "flow", "adjoint"]
    assert shown[40] == ["step", "flow", "adjoint"]
    assert shown[26] == ["step", "flow", "adjoint"]
    assert shown[25] == ["step", "adjoint"]
    assert shown[16] == ["step", "adjoint"]
    assert titles[15] is None
    assert fitted(table, 40, whole=True) is None


def test_blocks_repeat_the_first_column() -> None:
    found = fitted(wide(7, blocks=True), 40)
    assert found is not None
    assert [len(grid.titles) for grid in found] == [4, 4, 2]
    assert all(grid.width <= 40 and grid.rows[0][0].text == "r" for grid in found)
    assert fitted(wide(7), 40) is None
    assert fitted(wide(1, blocks=True), 5) is None


def test_without_a_width_nothing_is_left_out() -> None:
    (grid,) = fitted(wide(100), None) or []
    assert len(grid.titles) == 101


@pytest.mark.parametrize("room", [60, 80, 120])
@pytest.mark.parametrize("mode", ["forward", "reverse"])
@pytest.mark.parametrize("explain", [False, True])
def test_no_table_exceeds_its_width(*, room: int, mode: Literal["forward", "reverse"], explain: bool) -> None:
    for text, at in EVERYTHING:
        page = page_of(traced(text, at, mode=mode), Look(explain=explain), room)
        grids = [item for item in page if isinstance(item, Grid)]
        assert all(width(line) <= room for grid in grids for line in grid_lines(grid, "─"))


@pytest.mark.parametrize("room", [60, 80, 120])
def test_every_number_of_the_plain_lines_is_in_the_table_or_the_lines(room: int) -> None:
    for text, at in EVERYTHING:
        answer = traced(text, at)
        results = re.findall(r"= (\S+)$", render(answer, "plain"), re.MULTILINE)
        shown = as_text(answer, width=room).split()
        assert set(results) <= set(shown)


def test_a_table_too_wide_for_its_terminal_becomes_lines() -> None:
    found = as_text(traced(LONG_NAMES, LONG_POINT), width=60)
    assert "adjoint rule" not in found
    assert " v̄₅ = 1   (seed)" in typed(found)
    forward = typed(as_text(traced(LONG_NAMES, LONG_POINT, mode="forward"), width=60))
    assert " v₋₂ = length_of_the_wire = 2.5" in forward
    assert " v̇₁ = ṫėṁṗėṙȧṫu̇ṙė_outside·cos(temperature_outside) = 0·0.944957 = 0" in forward


def test_a_wide_terminal_falls_back_to_the_narrow_table() -> None:
    answer = traced(
        "first_quantity*second_quantity", {"first_quantity": 1 / 3, "second_quantity": 1 / 7}, mode="forward"
    )
    joined, narrow, fewer = (as_text(answer, width=room) for room in (160, 118, 105))
    assert "·second_quantity + " in joined
    assert "·second_quantity + " not in narrow
    assert "with numbers" in narrow
    assert "with numbers" not in fewer


@pytest.mark.parametrize(
    "name", ["[bold]x[/bold]", "[link=http://a]b[/]", ":smile:", "\x1b[31mred", "a|b", "{x}"]
)
def test_nothing_from_the_user_is_markup(name: str) -> None:
    table = Table((Column(name),), ((Cell(name, "bold"),),))
    (grid,) = fitted(table, None) or []
    out = io.StringIO()
    print_page([(Cell(name.replace("\x1b", "")),), grid], out, "─")
    plain = re.sub("\x1b\\[[0-9;]*m", "", out.getvalue())
    assert plain.count(name.replace("\x1b", "\\x1b")) == (2 if "\x1b" in name else 3)
    assert "\x1b[31m" not in out.getvalue()


def test_rich_prints_the_same_lines() -> None:
    answer = answers.jacobian(adcli.parse("x*y, x/y, x - y"), {"x": 1, "y": -7})
    page = page_of(answer, Look(), 80)
    out = io.StringIO()
    print_page(page, out, "─")
    plain = [line.rstrip() for line in re.sub("\x1b\\[[0-9;]*m", "", out.getvalue()).splitlines()]
    assert plain == list(texts(page, "─"))
