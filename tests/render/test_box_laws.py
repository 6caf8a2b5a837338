"""Boxes and arrows of random graphs: nothing overlaps, and every arrow can be followed back."""

from __future__ import annotations

import random
import sys
from collections import Counter
from pathlib import Path

import pytest

from adcli.diagram import Diagram, DiagramEdge, DiagramNode
from adcli.render.boxes import boxes

sys.path.insert(0, str(Path(__file__).parent))
from samples import scramble


def small(seed: int) -> Diagram:
    """A random graph with one line of text at every edge, each its own."""
    made = scramble(seed, 1 + seed % 9)
    constants = {node.id for node in made.nodes if node.kind == "constant"}
    edges = [edge for edge in made.edges if edge.tail not in constants]
    return Diagram(
        made.title,
        tuple(
            DiagramNode(n.id, n.kind, (f"{n.id} = …", "v̄ = 1")) for n in made.nodes if n.id not in constants
        ),
        tuple(
            DiagramEdge(e.tail, e.head, e.slot, ("w" * random.Random(at).randint(0, 9) + f"<{at}>",))
            for at, e in enumerate(edges)
        ),
    )


@pytest.mark.parametrize("seed", range(300))
def test_every_edge_has_its_text_and_every_box_keeps_its_characters(seed: int) -> None:
    made = small(seed)
    lines = boxes(made)
    assert lines is not None
    text = "\n".join(lines)
    for edge in made.edges:
        assert text.count(f" {edge.lines[0]}") == 1
    for node in made.nodes:
        assert text.count(f" {node.lines[0]} ") == 1
    signs = Counter(text)
    for corners, kind in (("┌┐└┘", "input"), ("╔╗╚╝", "output")):
        number = sum(node.kind == kind for node in made.nodes)
        assert [signs[corner] for corner in corners] == [number] * 4
    assert signs["▼"] == len(made.edges)


@pytest.mark.parametrize("seed", range(300))
def test_every_arrow_leads_from_its_operand_to_its_user(seed: int) -> None:
    made = small(seed)
    lines = boxes(made)
    assert lines is not None
    grid = [list("".join(c for c in line if c != "\u0304").ljust(400)) for line in lines]
    found = []
    for row, line in enumerate(grid):
        for column, sign in enumerate(line):
            if sign == "▼":
                assert grid[row + 1][column] in "─═"
                text = "".join(line_above := grid[row - 1])[column + 2 :].split(" ")[0]
                assert line_above[column] in "│╮╭"
                found.append((text, box_at(grid, row + 1, column), box_at(grid, *follow(grid, row, column))))
    assert sorted(found) == sorted((e.lines[0], e.head, e.tail) for e in made.edges)


def follow(grid: list[list[str]], row: int, column: int) -> tuple[int, int]:
    """Where the line that ends in a head begins: up, along its bend, and up again."""
    while True:
        row -= 1
        sign = grid[row][column]
        if sign in "┬╤":
            return row, column
        if sign in "╭╮":
            step = 1 if sign == "╭" else -1
            column += step
            while grid[row][column] in "─│":
                column += step
            assert grid[row][column] == ("╯" if step == 1 else "╰")
        else:
            assert sign == "│"


def box_at(grid: list[list[str]], row: int, column: int) -> str:
    """The name in the box whose upper or lower border is there."""
    left = column
    while grid[row][left] not in "┌└╭╰╔╚":
        left -= 1
    inside = row + 1 if grid[row][left] in "┌╭╔" else row - 2
    return "".join(grid[inside][left + 1 :]).split("=")[0].strip()


def test_the_same_graph_gives_the_same_lines() -> None:
    assert boxes(small(7)) == boxes(small(7))
