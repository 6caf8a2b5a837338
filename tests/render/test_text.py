"""Answers as text on streams of every kind, held against the reference screens."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

import adcli
from adcli import answers
from adcli.render.display import in_ascii, visible, width
from adcli.render.screen import Screen, screen_of
from adcli.render.text import as_text, render, write
from adcli.tracing.labels import ASCII

sys.path.insert(0, str(Path(__file__).parent))
from answered import EVERYTHING, GRIEWANK, POINT, Stream, Wishes, rows_of, traced, typed

REVERSE_80 = """\
 step   adjoint rule    with numbers            flow       adjoint
───────────────────────────────────────────────────────────────────────
 v̄₆       seed                                               1
 v̄₅       v̄₆·v₄           1·1.35128              1.35128     1.35128
 v̄₄       v̄₆·v₅           1·1.49240              1.49240     1.49240 …
        + v̄₅·1          + 1.35128·1              1.35128     2.84368
 v̄₃       v̄₄·(-1)         2.84368·(-1)          -2.84368    -2.84368
 v̄₂       v̄₅·1            1.35128·1              1.35128     1.35128
 v̄₁       v̄₄·1            2.84368·1              2.84368     2.84368 …
        + v̄₂·cos(v₁)    + 1.35128·(-0.989992)   -1.33776     1.50592
 x̄2       v̄₃·v₃           -2.84368·1.64872      -4.68843    -4.68843 …
        + v̄₁·(-v₁/x2)   + 1.50592·(-6)          -9.03553   -13.7240
 x̄1       v̄₁·(1/x2)       1.50592·2              3.01184     3.01184
"""
REVERSE_120 = """\
 step   user   adjoint rule, one line per user   with numbers            flow       adjoint
────────────────────────────────────────────────────────────────────────────────────────────────
 v̄₆              seed                                                                 1
 v̄₅     v₆       v̄₆·v₄                             1·1.35128              1.35128     1.35128
 v̄₄     v₆       v̄₆·v₅                             1·1.49240              1.49240     1.49240 …
        v₅     + v̄₅·1                            + 1.35128·1              1.35128     2.84368
 v̄₃     v₄       v̄₄·(-1)                           2.84368·(-1)          -2.84368    -2.84368
 v̄₂     v₅       v̄₅·1                              1.35128·1              1.35128     1.35128
 v̄₁     v₄       v̄₄·1                              2.84368·1              2.84368     2.84368 …
        v₂     + v̄₂·cos(v₁)                      + 1.35128·(-0.989992)   -1.33776     1.50592
 x̄2     v₃       v̄₃·v₃                             -2.84368·1.64872      -4.68843    -4.68843 …
        v₁     + v̄₁·(-v₁/x2)                     + 1.50592·(-6)          -9.03553   -13.7240
 x̄1     v₁       v̄₁·(1/x2)                         1.50592·2              3.01184     3.01184
"""
REVERSE_ASCII = """\
 step     adjoint rule        with numbers            flow       adjoint
-------------------------------------------------------------------------------
 v6_bar     seed                                                   1
 v5_bar     v6_bar*v4           1*1.35128              1.35128     1.35128
 v4_bar     v6_bar*v5           1*1.49240              1.49240     1.49240 ...
          + v5_bar*1          + 1.35128*1              1.35128     2.84368
 v3_bar     v4_bar*(-1)         2.84368*(-1)          -2.84368    -2.84368
 v2_bar     v5_bar*1            1.35128*1              1.35128     1.35128
 v1_bar     v4_bar*1            2.84368*1              2.84368     2.84368 ...
          + v2_bar*cos(v1)    + 1.35128*(-0.989992)   -1.33776     1.50592
 x2_bar     v3_bar*v3           -2.84368*1.64872      -4.68843    -4.68843 ...
          + v1_bar*(-v1/x2)   + 1.50592*(-6)          -9.03553   -13.7240
 x1_bar     v1_bar*(1/x2)       1.50592*2              3.01184     3.01184
"""
FORWARD_80 = """\
 step   formula   value      tangent rule    with numbers          tangent
──────────────────────────────────────────────────────────────────────────────
 v₋₁    x1        1.5          seed                                 1
 v₀     x2        0.5          seed                                 0
 v₁     x1/x2     3            ẋ1·(1/x2)       1·2
                             + ẋ2·(-v₁/x2)   + 0·(-6)               2
 v₂     sin(v₁)   0.141120     v̇₁·cos(v₁)      2·(-0.989992)       -1.97998
 v₃     exp(x2)   1.64872      ẋ2·v₃           0·1.64872            0
 v₄     v₁ - v₃   1.35128      v̇₁·1            2·1
                             + v̇₃·(-1)       + 0·(-1)               2
 v₅     v₂ + v₄   1.49240      v̇₂·1            -1.97998·1
                             + v̇₄·1          + 2·1                  0.0200150
 v₆     v₅·v₄     2.01665      v̇₅·v₄           0.0200150·1.35128
                             + v̇₄·v₅         + 2·1.49240            3.01184
"""
FORWARD_120 = """\
 step   formula   value      tangent rule              with numbers                    tangent
──────────────────────────────────────────────────────────────────────────────────────────────────
 v₋₁    x1        1.5        seed                                                       1
 v₀     x2        0.5        seed                                                       0
 v₁     x1/x2     3          ẋ1·(1/x2) + ẋ2·(-v₁/x2)   1·2 + 0·(-6)                     2
 v₂     sin(v₁)   0.141120   v̇₁·cos(v₁)                2·(-0.989992)                   -1.97998
 v₃     exp(x2)   1.64872    ẋ2·v₃                     0·1.64872                        0
 v₄     v₁ - v₃   1.35128    v̇₁·1 + v̇₃·(-1)            2·1 + 0·(-1)                     2
 v₅     v₂ + v₄   1.49240    v̇₂·1 + v̇₄·1               -1.97998·1 + 2·1                 0.0200150
 v₆     v₅·v₄     2.01665    v̇₅·v₄ + v̇₄·v₅             0.0200150·1.35128 + 2·1.49240    3.01184
"""
VALUES = """\
 step   formula   with numbers         value
────────────────────────────────────────────────
 v₋₁    x1                             1.5
 v₀     x2                             0.5
 v₁     x1/x2     1.5/0.5              3
 v₂     sin(v₁)   sin(3)               0.141120
 v₃     exp(x2)   exp(0.5)             1.64872
 v₄     v₁ - v₃   3 - 1.64872          1.35128
 v₅     v₂ + v₄   0.141120 + 1.35128   1.49240
 v₆     v₅·v₄     1.49240·1.35128      2.01665
"""
PLAIN = """\
v̄₆ = 1   (seed)
v̄₅ = v̄₆·v₄ = 1·1.35128 = 1.35128
v̄₄ = v̄₆·v₅ + v̄₅·1 = 1·1.49240 + 1.35128·1 = 1.49240 + 1.35128 = 2.84368
v̄₃ = v̄₄·(-1) = 2.84368·(-1) = -2.84368
v̄₂ = v̄₅·1 = 1.35128·1 = 1.35128
v̄₁ = v̄₄·1 + v̄₂·cos(v₁) = 2.84368·1 + 1.35128·(-0.989992) = 2.84368 + (-1.33776) = 1.50592
x̄2 = v̄₃·v₃ + v̄₁·(-v₁/x2) = -2.84368·1.64872 + 1.50592·(-6) = -4.68843 + (-9.03553) = -13.7240
x̄1 = v̄₁·(1/x2) = 1.50592·2 = 3.01184
"""
GRADIENT = """\
 f = x^2*y + 2*y
 at x = 1.5, y = 2

         value
───────────────
 f       8.5
 ∂f/∂x   6
 ∂f/∂y   4.25

 reverse mode: one output, two inputs, one sweep"""
STYLED = re.compile("\x1b\\[[0-9;]*m")


@pytest.mark.parametrize(
    ("mode", "room", "first", "expected"),
    [
        ("reverse", 80, " step   formula", VALUES),
        ("reverse", 80, " step   adjoint", REVERSE_80),
        ("reverse", 120, " step   user", REVERSE_120),
        ("forward", 80, " step   formula", FORWARD_80),
        ("forward", 120, " step   formula", FORWARD_120),
    ],
)
def test_a_trace_is_the_reference(mode: str, room: int, first: str, expected: str) -> None:
    found = as_text(traced(GRIEWANK, POINT, mode=mode), width=room)
    assert rows_of(found, first) == typed(expected)


def test_the_ascii_trace_is_the_reference() -> None:
    stream = Stream("ascii", terminal=True)
    write(traced(GRIEWANK, POINT), "table", Wishes(no_color=True), stream=stream)
    assert rows_of(stream.getvalue(), " step     adjoint") == typed(REVERSE_ASCII)
    assert " dv6/dx1 = 3.01184   dv6/dx2 = -13.7240\n" in stream.getvalue()


def test_plain_lines_are_the_reference() -> None:
    assert rows_of(render(traced(GRIEWANK, POINT), "plain"), "v̄₆ = 1 ") == typed(PLAIN)


def test_a_gradient_is_the_reference() -> None:
    assert as_text(answers.gradient(adcli.parse("x^2*y+2*y"), {"x": 1.5, "y": 2})) == GRADIENT


def test_python_shows_a_trace_as_its_table() -> None:
    rows = adcli.trace(GRIEWANK, POINT)
    assert repr(rows) == as_text(traced(GRIEWANK, POINT))
    assert rows._repr_markdown_().startswith("`v6 = ")


def test_a_pipe_gets_plain_lines_and_a_table_on_request() -> None:
    answer = traced(GRIEWANK, POINT)
    pipe, asked = Stream(), Stream()
    write(answer, "table", Wishes(), stream=pipe)
    write(answer, "table", Wishes(format="table"), stream=asked)
    assert pipe.getvalue() == render(answer, "plain")
    assert rows_of(asked.getvalue(), " step   user") == typed(REVERSE_120)


@pytest.mark.parametrize("room", [40, 60, 80, 110, 120])
def test_a_styled_terminal_shows_the_same_text(room: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(room))
    monkeypatch.setenv("TERM", "xterm")
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for text, at in EVERYTHING:
        answer, stream = traced(text, at), Stream(terminal=True)
        write(answer, "table", Wishes(), stream=stream)
        read = [line.rstrip() for line in STYLED.sub("", stream.getvalue()).splitlines()]
        assert read == [*as_text(answer, width=room).splitlines(), ""]
        assert "\x1b[3" not in stream.getvalue()  # no colour in traces
        assert "\x1b[1m" in stream.getvalue()


def test_results_are_bold_and_unfinished_sums_dim(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("NO_COLOR", raising=False)
    stream = Stream()
    write(traced(GRIEWANK, POINT), "table", Wishes(), stream=stream)
    assert "\x1b[2m  1.49240 …" in stream.getvalue()
    assert "\x1b[1m  2.84368" in stream.getvalue()
    assert "\x1b[1m ∂v₆/∂x1 = 3.01184" in stream.getvalue()


NOTHING: dict[str, str] = {}


@pytest.mark.parametrize(
    ("environment", "terminal", "expected"),
    [
        (NOTHING, False, Screen(None, styled=False)),
        ({"COLUMNS": "60"}, False, Screen(None, styled=False)),
        (NOTHING, True, Screen(80, styled=True)),
        ({"COLUMNS": "132"}, True, Screen(132, styled=True)),
        ({"COLUMNS": "wide"}, True, Screen(80, styled=True)),
        ({"COLUMNS": "0"}, True, Screen(80, styled=True)),
        ({"NO_COLOR": "1"}, True, Screen(80, styled=False)),
        ({"NO_COLOR": ""}, True, Screen(80, styled=True)),
        ({"FORCE_COLOR": "1"}, False, Screen(80, styled=True)),
        ({"FORCE_COLOR": "0"}, False, Screen(None, styled=False)),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, True, Screen(80, styled=False)),
        ({"TERM": "dumb"}, True, Screen(80, styled=False)),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, False, Screen(80, styled=True)),
    ],
)
def test_width_and_styles_follow_the_terminal(
    *, environment: dict[str, str], terminal: bool, expected: Screen
) -> None:
    assert screen_of(Stream(terminal=terminal), environment) == expected


def test_no_color_wins() -> None:
    assert not screen_of(Stream(terminal=True), {"FORCE_COLOR": "1"}, no_color=True).styled


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "cp437", "koi8-r"])
@pytest.mark.parametrize("form", ["table", "plain", "markdown", "csv"])
@pytest.mark.parametrize("terminal", [False, True])
def test_every_encoding_can_show_every_answer(*, encoding: str, form: str, terminal: bool) -> None:
    for text, at in [*EVERYTHING, ("θ^2 + α", {"theta": 1, "alpha": 2})]:
        for explain in (False, True):
            stream = Stream(encoding, terminal=terminal)
            write(traced(text, at), form, Wishes(no_color=True), explain=explain, stream=stream)
            assert stream.getvalue().isascii()


def test_ascii_tables_are_measured_in_ascii() -> None:
    found = render(traced("θ·x", {"theta": 1, "x": 2}), "table", style=ASCII)
    assert " theta_bar" in found
    assert "θ" not in found
    assert " θ̄" in render(traced("θ·x", {"theta": 1, "x": 2}), "table")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("v̄₄", "v4_bar"),
        ("v̇₄·x̄1", "v4_dot*x_bar1"),
        ("∂f/∂x₁ ≥ √2 − 1", "df/dx1 >= sqrt2 - 1"),
        ("x² + y⁻¹", "x^2 + y^-1"),
        ("…–─", "...--"),
        ("数", "\\u6570"),
    ],
)
def test_text_without_unicode_is_spelled_out(text: str, shown: str) -> None:
    assert in_ascii(text) == shown


@pytest.mark.parametrize(
    "sign", ["\x1b", "\x07", "\x9b", "\u202e", "\u2066", "\u200e", "\u2028", "\ud800", "\r"]
)
def test_no_control_character_reaches_a_terminal(sign: str) -> None:
    assert visible(f"a{sign}b") == f"a\\{visible(sign)[1:]}b"
    assert sign not in visible(sign)
    assert visible(sign).isascii()


def test_width_counts_columns_of_the_screen() -> None:
    assert [width(text) for text in ("", "x1", "v̄₄", "x̄2", "数字", "e\u0301")] == [0, 2, 2, 2, 4, 1]
