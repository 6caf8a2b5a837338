"""Folding: every step is in one box at most, nothing leads out of a box and back, and no edge is lost."""

from __future__ import annotations

import random

import pytest

import adcli
from adcli import answers
from adcli.answers.answer import GraphAnswer
from adcli.diagram import Diagram
from adcli.drawing import Wanted, diagram
from adcli.drawing.folding import folds
from adcli.language.program import Program
from adcli.render.layout import layout
from adcli.tracing.cutting import cut


def some_program(seed: int) -> str:
    """Statements on few names, some of them in loops, and several outputs."""
    chance = random.Random(seed)
    names = ["x", "y", "z"]

    def statement() -> str:
        made = chance.choice([*names[:2], "s", "p", "q"])
        one, two = chance.choice(names), chance.choice(names)
        if made not in names:
            names.append(made)
        return f"{made} = {chance.choice(['sin({0})', '{0}*{1} + 1', '{0} - {1}', 'exp({0})/{1}'])}".format(
            one, two
        )

    parts = []
    for _ in range(chance.randint(2, 7)):
        if chance.random() < 0.5:
            block = "; ".join(statement() for _ in range(chance.randint(1, 3)))
            parts.append(f"for k in 1..{chance.randint(1, 4)} {{ {block} }}")
        else:
            parts.append(statement())
    outputs = chance.sample(names, min(len(names), chance.randint(1, 3)))
    return "; ".join([*parts, ", ".join(outputs)])


def in_order(made: Diagram) -> bool:
    """Whether each edge's tail stands before its head, so that there is no circle."""
    order = {node.id: place for place, node in enumerate(made.nodes)}
    return all(order[edge.tail] < order[edge.head] for edge in made.edges)


def pictures(program: Program) -> list[Diagram]:
    """The folded picture of a whole program, and of a part."""
    answer = answers.graph(program)
    part = cut(program, (), program.ids[-1] if program.graph.args[-1] else program.inputs[0], 2)
    found = []
    for shown in (None, part):
        boxes = folds(program, shown and shown.nodes)
        cutout = GraphAnswer(program=program, at=None, trace=answer.trace, part=shown)
        found.append(diagram(cutout, Wanted(folds=boxes)))
    return found


@pytest.mark.parametrize("seed", range(150))
def test_a_folded_picture_has_no_circle_and_every_step_once(seed: int) -> None:
    program = adcli.parse(some_program(seed))
    graph, boxes = program.graph, folds(program)
    inside = [node for fold in boxes for node in fold.nodes]
    assert len(inside) == len(set(inside))
    assert not set(inside) & set(program.outputs.values())
    assert all(graph.args[node] for node in inside)
    whole, part = pictures(program)
    for made in (whole, part):
        assert in_order(made)
        slots = [(edge.head, edge.slot) for edge in made.edges]
        assert len(slots) == len(set(slots))
        known = {node.id for node in made.nodes}
        assert all({edge.tail, edge.head} <= known for edge in made.edges)
    drawn = {node.id for node in whole.nodes if node.kind != "constant"}
    ids = program.ids
    assert drawn - {f"{place} folded" for place in range(len(boxes))} == {
        ids[node] for node, op in enumerate(graph.op) if op != "const" and node not in set(inside)
    }


@pytest.mark.draws
def test_nodes_and_ways_of_a_folded_picture_are_placed() -> None:
    program = adcli.parse(
        "s = x; for k in 1..30 { s = sin(s)*y + k }; t = s^2; for k in 1..9 { t = t*s }; t, s"
    )
    whole, part = pictures(program)
    assert [node.kind for node in whole.nodes].count("folded") == 2
    assert len(layout(whole).nodes) >= len(whole.nodes)
    assert len(layout(part).edges) == len(part.edges)
