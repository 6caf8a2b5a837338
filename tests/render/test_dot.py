"""The DOT text: everything is in it once, and nothing that a user typed can break out of its label."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from adcli.diagram import Diagram, DiagramEdge, DiagramNode
from adcli.render.dot import dot
from adcli.render.lettering import visible, visible_lines
from adcli.render.palette import DARK

sys.path.insert(0, str(Path(__file__).parent))
import samples
from samples import hostile

if TYPE_CHECKING:
    from adcli.diagram import Direction, Mode

DOT = shutil.which("dot") or ""
SVG = "{http://www.w3.org/2000/svg}"

needs_dot = pytest.mark.skipif(not DOT, reason="Graphviz's program `dot` is not installed")
NODE = re.compile(r"^\tn(\d+) \[", re.MULTILINE)
EDGE = re.compile(r"^\tn(\d+) -> n(\d+) \[.*?id=\"edge-(\d+)-(\d+)\"", re.MULTILINE)


def run(text: str, form: str) -> str:
    done = subprocess.run([DOT, f"-T{form}"], input=text.encode(), capture_output=True, check=True)
    assert done.stderr == b""
    return done.stdout.decode()


@pytest.mark.parametrize("mode", samples.MODES)
@pytest.mark.parametrize("table", [samples.POLY, samples.GRIEWANK, samples.PARALLEL])
def test_every_node_and_every_edge_stands_there_once(table: str, mode: Mode) -> None:
    diagram = samples.diagram(table, mode)
    text = dot(diagram)
    assert NODE.findall(text) == [str(place) for place in range(len(diagram.nodes))]
    edges = [(tail, head, slot) for tail, head, user, slot in EDGE.findall(text) if head == user]
    numbers = {node.id: str(place) for place, node in enumerate(diagram.nodes)}
    assert sorted(edges) == sorted((numbers[e.tail], numbers[e.head], str(e.slot)) for e in diagram.edges)


def test_two_uses_of_one_operand_are_two_edges() -> None:
    text = dot(samples.diagram(samples.PARALLEL, "none"))
    assert text.count("\tn0 -> n1 [") == 2
    assert "(1st)" in text
    assert "(2nd)" in text


def test_operands_come_as_written_and_constants_last() -> None:
    text = dot(samples.diagram(samples.POLY, "none"))
    assert [match[1:] for match in EDGE.findall(text) if match[1] == "5"] == [
        ("5", "5", "1"),
        ("5", "5", "0"),
    ]


def test_a_constant_stands_beside_each_of_its_users() -> None:
    nodes = (
        DiagramNode("x", "input", ("x",)),
        DiagramNode("c", "constant", ("2",)),
        DiagramNode("a", "step", ("a = 2·x",)),
        DiagramNode("b", "output", ("b = 2·a",)),
    )
    edges = tuple(DiagramEdge(*row) for row in (("c", "a", 0), ("x", "a", 1), ("c", "b", 0), ("a", "b", 1)))
    text = dot(Diagram(("t",), nodes, edges))
    assert text.count("label=2 ") == 2
    assert text.count("style=dashed") == 2


def test_arrows_run_with_the_sweep_unless_told() -> None:
    assert "dir=back" in dot(samples.diagram(samples.POLY, "reverse"))
    assert "dir=back" not in dot(samples.diagram(samples.POLY, "forward"))
    poly = samples.diagram(samples.POLY, "none")
    other_way = Diagram(poly.title, poly.nodes, poly.edges, mode="none", arrows="dependency")
    assert "dir=back" in dot(other_way)


def test_the_legend_names_only_kinds_that_occur() -> None:
    assert "legend_constant" in dot(samples.diagram(samples.POLY, "none"))
    text = dot(samples.diagram(samples.GRIEWANK, "none"))
    assert "legend_constant" not in text
    assert "legend_output" in text


def test_what_lookmd_forbids_does_not_occur() -> None:
    text = dot(samples.network()) + dot(samples.diagram(samples.POLY, "reverse"))
    for word in ("ortho", "cluster", "xlabel", "headlabel", "label=<"):
        assert word not in text


def test_the_same_diagram_gives_the_same_text() -> None:
    assert dot(samples.network(), DARK) == dot(samples.network(), DARK)


@pytest.mark.dot
@needs_dot
@pytest.mark.parametrize("text", samples.HOSTILE)
def test_hostile_text_is_shown_as_it_is(text: str) -> None:
    shown = visible(text).replace("\u00a0", " ").strip()
    picture = ET.fromstring(run(dot(hostile(text)), "svg"))  # noqa: S314 - made by our own `dot`
    texts = [(item.text or "").replace("\u00a0", " ").strip() for item in picture.iter(SVG + "text")]
    assert texts.count(shown) == 5
    hints = [value for item in picture.iter() for name, value in item.items() if name.endswith("title")]
    whole = visible_lines(text).replace("\u00a0", " ")
    assert [hint.replace("\u00a0", " ") for hint in hints if hint.strip()].count(whole) >= 3
    assert len([group for group in picture.iter(SVG + "g") if group.get("class") == "node"]) == 2 + 3


@pytest.mark.dot
@needs_dot
@pytest.mark.parametrize("text", samples.HOSTILE)
def test_hostile_text_adds_no_statement(text: str) -> None:
    statements = re.compile(r"^\s*(?:\w+ -> )?\w+(?=\s*\[)|^\s*[{}]", re.MULTILINE)
    calm = statements.findall(run(dot(hostile("x")), "canon"))
    assert statements.findall(run(dot(hostile(text)), "canon")) == calm


@pytest.mark.dot
@needs_dot
@pytest.mark.parametrize("direction", ["tb", "lr", "bt", "rl"])
def test_graphviz_draws_it_without_complaint(direction: Direction) -> None:
    assert run(dot(samples.network(direction)), "svg").count('class="edge"') >= 40
