"""Boxes and arrows in a terminal: whole, straight where they can be, and never wider than the terminal."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

import pytest

import adcli
from adcli import answers
from adcli.diagram import Diagram, DiagramEdge, DiagramNode
from adcli.errors import UsageError
from adcli.render.boxes import boxes
from adcli.render.display import width
from adcli.render.drawn import drawn

sys.path.insert(0, str(Path(__file__).parent))
from answered import GRIEWANK, NEURON, POINT, WEIGHTS, Stream, Wishes, typed
from samples import GRIEWANK as GRIEWANK_SAMPLE
from samples import PARALLEL, POLY, diagram

UNSTYLED = Wishes(no_color=True)
POLY_TEXT = "x^2*y+2*y"
POLY_POINT = {"x": 1.5, "y": 2}

# What the first drawings by hand said; here the arrows are straight, which those were not.
POLY_REVERSE = """
     ┌─────────┐    ┌──────────┐
     │ x = 1.5 │    │  y = 2   │
     │  x̄ = 6  │    │ ȳ = 4.25 │
     └────┬────┘    └─┬─────┬──┘
          │ 2·x = 3   │     │ 2
          ▼           │     ▼
 ╭────────────────╮   │   ╭──────────────╮
 │ v₁ = x² = 2.25 │   │   │ v₃ = 2·y = 4 │
 │     v̄₁ = 2     │   │   │    v̄₃ = 1    │
 ╰────────┬───────╯   │   ╰───────┬──────╯
          │ y = 2     │ v₁ = 2.25 │
          ▼           ▼           │
         ╭─────────────────╮      │
         │ v₂ = v₁·y = 4.5 │      │
         │     v̄₂ = 1      │      │
         ╰────────┬────────╯      │
                  │ 1             │ 1
                  ▼               ▼
              ╔════════════════════════╗
              ║ f = v₄ = v₂ + v₃ = 8.5 ║
              ║         v̄₄ = 1         ║
              ╚════════════════════════╝
"""
POLY_ASCII = """
 +-------------+   +----------------+
 |   x = 1.5   |   |     y = 2      |
 | adjoint = 6 |   | adjoint = 4.25 |
 +------+------+   +---+-------+----+
        | 2*x = 3      |       | 2
        v              |       v
 +-----------------+   |   +--------------+
 | v1 = x^2 = 2.25 |   |   | v3 = 2*y = 4 |
 |   adjoint = 2   |   |   | adjoint = 1  |
 +---------+-------+   |   +-------+------+
           | y = 2     | v1 = 2.25 |
           v           v           |
          +-----------------+      |
          | v2 = v1*y = 4.5 |      |
          |   adjoint = 1   |      |
          +--------+--------+      |
                   | 1             | 1
                   v               v
               +========================+
               | f = v4 = v2 + v3 = 8.5 |
               |      adjoint = 1       |
               +========================+
"""
GRIEWANK_REVERSE = """
             ┌────────────┐   ┌─────────────┐
             │  x1 = 1.5  │   │  x2 = 0.5   │
             │ x̄1 = 3.012 │   │ x̄2 = -13.72 │
             └───┬────────┘   └┬────────┬───┘
                 │             │        ╰────╮
                 │ 1/x2 = 2    │ -v₁/x2 = -6 │ v₃ = 1.649
                 ▼             ▼             ▼
               ╭────────────────╮   ╭──────────────────────╮
               │ v₁ = x1/x2 = 3 │   │ v₃ = exp(x2) = 1.649 │
               │   v̄₁ = 1.506   │   │     v̄₃ = -2.844      │
               ╰─────┬─────┬────╯   ╰───────────┬──────────╯
                     │     ╰─────────────╮      │
                     │ cos(v₁) = -0.9900 │ 1    │ -1
                     ▼                   ▼      ▼
 ╭───────────────────────╮   ╭──────────────────────╮
 │ v₂ = sin(v₁) = 0.1411 │   │ v₄ = v₁ - v₃ = 1.351 │
 │      v̄₂ = 1.351       │   │      v̄₄ = 2.844      │
 ╰───────────────┬───────╯   ╰───────┬───────┬──────╯
                 │ 1                 │ 1     │
                 ▼                   ▼       │
                ╭──────────────────────╮     │
                │ v₅ = v₂ + v₄ = 1.492 │     │
                │      v̄₅ = 1.351      │     │
                ╰───────────┬──────────╯     │
                            │ v₄ = 1.351     │ v₅ = 1.492
                            ▼                ▼
                           ╔════════════════════╗
                           ║ v₆ = v₅·v₄ = 2.017 ║
                           ║       v̄₆ = 1       ║
                           ╚════════════════════╝
"""


def seen(
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    at: dict[str, Any] | None,
    mode: Any = "reverse",
    *,
    encoding: str = "utf-8",
    columns: int = 80,
    wishes: Wishes = UNSTYLED,
    **options: Any,
) -> str | None:
    """What a terminal of some width gets for a program."""
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setattr(sys, "stdout", Stream(encoding, terminal=True))
    return drawn(answers.graph(adcli.parse(text), at, mode=mode), wishes, **options)


def drawing(page: str | None) -> list[str]:
    """The lines of the boxes on a page."""
    assert page is not None
    lines = typed(page)
    return lines[lines.index("", 3) + 1 : -3]


@pytest.mark.parametrize(
    ("text", "at", "encoding", "reference"),
    [
        (POLY_TEXT, POLY_POINT, "utf-8", POLY_REVERSE),
        (POLY_TEXT, POLY_POINT, "ascii", POLY_ASCII),
        (GRIEWANK, POINT, "utf-8", GRIEWANK_REVERSE),
    ],
)
def test_the_references_hold(
    monkeypatch: pytest.MonkeyPatch, text: str, at: dict[str, Any], encoding: str, reference: str
) -> None:
    page = seen(monkeypatch, text, at, encoding=encoding)
    assert drawing(page) == typed(reference)[1:]


def test_a_page_says_what_it_shows_above_and_below(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = typed(seen(monkeypatch, POLY_TEXT, POLY_POINT) or "")
    assert lines[:5] == [" f = x^2*y + 2*y", " at x = 1.5, y = 2", "", " reverse mode, seed v̄₄ = 1", ""]
    assert lines[-2:] == [
        " on an edge: the local partial ∂result/∂operand; arrows follow the data", "",
    ]  # fmt: skip


def test_a_page_in_ascii_is_ascii(monkeypatch: pytest.MonkeyPatch) -> None:
    page = seen(monkeypatch, "θ*sin(θ)/2 + exp(θ)", {"θ": 1}, encoding="ascii")
    assert page is not None
    assert page.isascii()


def test_a_terminal_with_styles_gets_the_same_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = seen(monkeypatch, POLY_TEXT, POLY_POINT)
    styled = seen(monkeypatch, POLY_TEXT, POLY_POINT, wishes=Wishes())
    assert styled is not None
    assert "\x1b[1m" in styled
    for code in ("\x1b[1m", "\x1b[2m", "\x1b[0m"):
        styled = styled.replace(code, "")
    assert styled == plain


@pytest.mark.parametrize("columns", range(20, 90, 7))
@pytest.mark.parametrize(("text", "at"), [(POLY_TEXT, POLY_POINT), (GRIEWANK, POINT)])
def test_no_line_is_wider_than_the_terminal(
    monkeypatch: pytest.MonkeyPatch, text: str, at: dict[str, Any], columns: int
) -> None:
    page = seen(monkeypatch, text, at, columns=columns)
    assert page is None or max(map(width, page.splitlines())) <= columns
    assert (page is None) == (columns < (44 if text == POLY_TEXT else 60))


def test_only_small_graphs_are_drawn_unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert seen(monkeypatch, "+".join("uvwxyzt"), None, "none", columns=500) is None
    assert seen(monkeypatch, "+".join("uvwxyz"), None, "none", columns=500) is not None
    asked = Wishes(format="boxes", no_color=True)
    assert seen(monkeypatch, "+".join("uvwxyzt"), None, "none", columns=20, wishes=asked) is not None
    with pytest.raises(UsageError, match="up to 60 nodes"):
        seen(monkeypatch, "+".join(f"a{i}" for i in range(40)), None, "none", wishes=asked)


def test_a_pipe_gets_boxes_only_when_it_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = answers.graph(adcli.parse(POLY_TEXT), POLY_POINT)
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert drawn(answer, Wishes()) is None
    assert "╔" in (drawn(answer, Wishes(format="boxes"), to_file=True) or "")


def test_outputs_without_a_step_are_boxes_too(monkeypatch: pytest.MonkeyPatch) -> None:
    page = seen(monkeypatch, "x, 5", {"x": 2}, "none") or ""
    assert "│ f1 = x = 2 │   ║ f2 = 5 ║" in page


def test_a_box_without_edges_needs_no_legend(monkeypatch: pytest.MonkeyPatch) -> None:
    page = seen(monkeypatch, "x", {"x": 2}, "none") or ""
    assert page.endswith("└───────────┘\n\n")
    assert "on an edge" not in page


def test_an_operand_without_a_derivative_has_an_arrow_without_a_text(monkeypatch: pytest.MonkeyPatch) -> None:
    page = seen(monkeypatch, "if(x > 0, x^2, -x)", None, "none") or ""
    assert page.count("▼") == 6
    assert "│         │ 2·x     │ -1\n" in page


@pytest.mark.parametrize(
    ("edges", "told"), [("formula", " 2·x"), ("value", " 3"), ("both", " 2·x = 3"), ("none", "")]
)
def test_edges_say_what_is_asked(monkeypatch: pytest.MonkeyPatch, edges: Any, told: str) -> None:
    page = seen(monkeypatch, "x^2", {"x": 1.5}, "none", edges=edges)
    below = (page or "").splitlines()[6]
    assert below.strip() == f"│{told}" if told else below.strip() == "▼"
    assert ("on an edge" in (page or "")) == bool(told)


def test_parallel_edges_stay_two(monkeypatch: pytest.MonkeyPatch) -> None:
    page = drawing(seen(monkeypatch, "x*x", {"x": 1.5}))
    assert sum(line.count("▼") for line in page) == 2
    assert sum(line.count("│ x = 1.5") for line in page) == 3


def test_arrows_of_dependency_point_at_the_operand(monkeypatch: pytest.MonkeyPatch) -> None:
    page = seen(monkeypatch, POLY_TEXT, POLY_POINT, arrows="dependency")
    assert page is not None
    assert page.count("▲") == 6
    assert "▼" not in page
    assert "from result to operand" in " ".join(page.split())


def test_what_was_not_computed_is_not_drawn_as_0(monkeypatch: pytest.MonkeyPatch) -> None:
    page = seen(monkeypatch, "x*y, sin(x)", {"x": 1, "y": 2})
    assert page is not None
    assert "v̄₂" not in page


def test_a_network_without_many_inputs_in_one_row(monkeypatch: pytest.MonkeyPatch) -> None:
    page = seen(monkeypatch, NEURON, WEIGHTS, wishes=Wishes(format="boxes", no_color=True))
    assert page is not None
    assert max(map(width, page.splitlines())) <= 100


@pytest.mark.parametrize("mode", ["none", "forward", "reverse"])
@pytest.mark.parametrize("table", [POLY, GRIEWANK_SAMPLE, PARALLEL])
def test_any_diagram_can_be_drawn(table: str, mode: Any) -> None:
    made = diagram(table, mode)
    for ascii_only in (False, True):
        lines = boxes(made, ascii_only=ascii_only)
        assert lines
        assert all(line == line.rstrip() for line in lines)


def test_a_text_that_a_terminal_would_obey_is_shown() -> None:
    nodes = (DiagramNode("a", "input", ("a\x1b[2J\u202e",)), DiagramNode("b", "output", ("数 = 1",)))
    made = Diagram((), nodes, (DiagramEdge("a", "b", 0, ("\r\n",)),))
    for ascii_only in (False, True):
        text = "\n".join(boxes(made, ascii_only=ascii_only) or [])
        assert "\x1b" not in text
        assert "\r" not in text
        assert "\\x1b[2J" in text
    lines = boxes(made) or []
    assert len({width(line) for line in lines[-3:]}) == 1
