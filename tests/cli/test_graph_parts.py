"""`graph` of a part, of loops as boxes, and of graphs that are too large to be drawn."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.draws
Run = Callable[..., Any]
TWO = ("graph", "a = x*y + z; b = sin(a); a*x, b/z", "--at", "x=1,y=2,z=3")
LOOP = ("graph", "s = x; for k in 1..6 { s = s + sin(k*x)*y }; s*y, x^2", "--at", "x=1,y=2")
LONG = "s = x; for k in 1..400 { s = sin(s)*y }; s"
WIDE = "; ".join(f"a{i} = sin(x + {i})" for i in range(300)) + "; " + " + ".join(f"a{i}" for i in range(300))
HEAVY = "; ".join(["a0 = x", *(f"a{i} = a{i - 1} + y*a{i - 1}" for i in range(1, 1300))])


def edges(adcli: Run, *more: str) -> tuple[set[str], set[tuple[str, str]]]:
    """The nodes and the edges that JSON shows."""
    ran = adcli(*more, "--json")
    assert ran.status == 0, ran.err
    graph = json.loads(ran.out)["graph"]
    return {node["id"] for node in graph["nodes"]}, {(edge["from"], edge["to"]) for edge in graph["edges"]}


def test_only_shows_what_an_output_depends_on(adcli: Run) -> None:
    nodes, found = edges(adcli, *TWO, "--only", "f2")
    assert nodes == {"x", "y", "z", "v1", "a", "b", "v5"}
    assert found == {("x", "v1"), ("y", "v1"), ("v1", "a"), ("z", "a"), ("a", "b"), ("b", "v5"), ("z", "v5")}


def test_only_starts_a_reverse_sweep_at_its_output(adcli: Run) -> None:
    whole = json.loads(adcli(*TWO, "--mode", "reverse", "--output", "f2", "--json").out)
    part = json.loads(adcli(*TWO, "--mode", "reverse", "--only", "f2", "--json").out)
    assert part["seed"] == whole["seed"] == {"v5": 1}
    adjoints = {node["id"]: node["adjoint"] for node in whole["graph"]["nodes"]}
    assert all(node["adjoint"] == adjoints[node["id"]] for node in part["graph"]["nodes"])


@pytest.mark.parametrize(
    ("radius", "found"),
    [
        ("0", {"a"}),
        ("1", {"v1", "z", "a", "b", "v4"}),
        ("2", {"x", "y", "v1", "z", "a", "b", "v4", "v5"}),
    ],
)
def test_around_shows_what_is_within_so_many_edges(adcli: Run, radius: str, found: set[str]) -> None:
    nodes, shown = edges(adcli, *TWO, "--around", "a", "--radius", radius)
    assert nodes == found
    assert all(tail in found and head in found for tail, head in shown)


def test_json_of_a_part_says_so_in_a_note(adcli: Run) -> None:
    (note,) = json.loads(adcli(*TWO, "--around", "a", "--json").out)["notes"]
    assert note["code"] == "folded"
    assert note["message"] == "part of a graph of 5 steps: within 1 edge of a"


def test_every_form_of_text_shows_the_part_and_says_so(adcli: Run) -> None:
    for form in ("plain", "table", "markdown", "latex", "boxes"):
        ran = adcli(*TWO, "--around", "a", "--format", form)
        assert ran.status == 0, ran.err
        assert "part of a graph of 5 steps: within 1 edge of a" in re.sub(
            r"\s+", " ", ran.out.replace("Part", "part")
        ), form
    rows = list(csv.DictReader(io.StringIO(adcli(*TWO, "--around", "a", "--format", "csv").out)))
    assert {(row["from"], row["to"]) for row in rows} == {
        ("v1", "a"),
        ("z", "a"),
        ("a", "b"),
        ("a", "v4"),
    }


@pytest.mark.parametrize("form", ["svg", "dot", "mermaid", "tikz"])
def test_a_picture_marks_where_it_is_cut(adcli: Run, form: str) -> None:
    ran = adcli(*TWO, "--around", "a", "--format", form, "-o", "-")
    assert ran.status == 0, ran.err
    mark = r"\dots" if form == "tikz" else "#8230;" if form == "mermaid" else "…"
    assert ran.out.count(mark if mark in ran.out else "…") >= 3


def test_a_mark_is_a_dashed_edge_without_arrow_that_tells_what_is_cut_away(adcli: Run) -> None:
    ran = adcli(*TWO, "--around", "a", "--format", "svg", "-o", "-")
    root = ET.fromstring(ran.out)  # noqa: S314 - our own bytes
    space = {"s": "http://www.w3.org/2000/svg"}
    cut = root.findall(".//s:g[@class='node cut']", space)
    hints = {title.text for group in cut for title in group.findall("s:title", space)}
    assert hints == {"cut away: x, y", "cut away: v₅", "cut away: x"}
    dashed = root.findall(".//s:g[@class='edge constant']", space)
    assert len(dashed) == len(cut)
    assert not [group for group in dashed if group.find("s:polygon", space) is not None]


def test_an_unknown_node_is_a_name_error_with_what_was_meant(adcli: Run) -> None:
    ran = adcli("graph", "loss = x*y; loss^2", "--around", "lss")
    assert ran.status == 2
    assert 'no node of the graph is called "lss"' in ran.err
    assert "did you mean loss?" in ran.err
    assert adcli(*TWO, "--only", "nowhere").status == 2


def test_a_node_is_called_as_pictures_and_tables_show_it(adcli: Run) -> None:
    text = "c = x + 1; c = c^2; c = c*x"
    nodes, found = edges(adcli, "graph", text, "--around", "c.1")
    assert {"x", "c.1", "c.2"} <= nodes
    assert found == {("x", "c.1"), ("c.1", "c.2")}
    assert edges(adcli, *TWO, "--around", "v1") == edges(adcli, *TWO, "--around", "v₁")
    assert edges(adcli, "graph", "θ_1*x + 1", "--around", "theta_1") == edges(
        adcli, "graph", "θ_1*x + 1", "--around", "θ₁"
    )


def test_a_radius_without_a_centre_is_refused(adcli: Run) -> None:
    ran = adcli(*TWO, "--radius", "2")
    assert ran.status == 2
    assert "--around v4" in ran.err


def test_a_page_of_what_an_output_depends_on_steps_through_whole_sums(adcli: Run, tmp_path: Path) -> None:
    assert adcli(*TWO, "--only", "f2", "-o", "g.html").status == 0
    page = (tmp_path / "g.html").read_text(encoding="utf-8")
    assert "what f2 depends on" in page
    assert adcli(*TWO, "--only", "f2", "--frames", "film").status == 0
    ran = adcli(*TWO, "--around", "a", "-o", "h.html")
    assert ran.status == 2
    assert "terms that are cut away" in ran.err


def test_a_loop_is_one_box_with_the_edges_in_and_out(adcli: Run) -> None:
    ran = adcli(*LOOP, "--fold", "--format", "svg", "-o", "-")
    assert ran.status == 0, ran.err
    root = ET.fromstring(ran.out)  # noqa: S314 - our own bytes
    texts = [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"for k in 1..6", "24 steps", "7 edges", "6 edges"} <= set(texts)
    assert texts.count("folded") == 1
    assert "24 steps are drawn as one box; --no-fold draws each of them" in ran.err


def test_several_values_of_a_name_are_one_box(adcli: Run) -> None:
    text = "; ".join(["c = x", *["c = sin(c)"] * 6, "c*y"])
    out = adcli("graph", text, "--fold", "--format", "svg", "-o", "-").out
    assert ">c is assigned 6 times<" in out


def test_an_output_inside_a_loop_stays_outside_the_box(adcli: Run) -> None:
    text = "s = x; for k in 1..5 { s = sin(s) + k }"
    out = adcli("graph", text, "--fold", "--format", "svg", "-o", "-").out
    assert ">9 steps<" in out
    assert 'class="node output"' in out


def test_nothing_to_fold_is_said(adcli: Run) -> None:
    ran = adcli(*TWO, "--fold", "--format", "svg", "-o", "-")
    assert ran.status == 0
    assert "nothing is folded" in ran.err


@pytest.mark.parametrize("form", ["json", "csv", "html", "boxes"])
def test_what_shows_every_step_does_not_fold(adcli: Run, form: str) -> None:
    ran = adcli(*LOOP, "--fold", "--format", form, "-o", "g")
    assert ran.status == 2
    assert "--fold" in ran.err


def test_a_large_graph_is_folded_by_itself(adcli: Run) -> None:
    ran = adcli("graph", LONG, "--format", "svg", "-o", "-")
    assert ran.status == 0, ran.err
    assert "steps are drawn as one box" in ran.err
    assert ">for k in 1..400<" in ran.out
    assert "<title>" in ran.out
    assert "folded" not in adcli("graph", LONG, "--format", "dot", "-o", "-").err


def test_a_large_graph_without_loops_shows_labels_alone_and_says_so(adcli: Run) -> None:
    ran = adcli("graph", WIDE, "--at", "x=1", "--format", "dot", "-o", "-")
    assert "boxes show their labels alone and edges nothing" in ran.err
    assert re.search(r'\[label="?a₇', ran.out)
    assert 'tooltip="a₇ = sin(' in ran.out
    assert "edge-" in ran.out
    assert not re.search(r'edge-[^\n]* label="', ran.out)
    full = adcli("graph", WIDE, "--edges", "value", "--at", "x=1", "--format", "dot", "-o", "-")
    assert re.search(r'label="a₇ = sin\(', full.out)


def test_beyond_the_size_that_can_be_laid_out_an_error_says_the_size_and_the_ways_out(adcli: Run) -> None:
    ran = adcli("graph", HEAVY, "--format", "svg", "-o", "-")
    assert ran.status == 2
    assert "a picture shows at most 2000" in ran.err
    assert all(way in ran.err for way in ("--only", "--around", "graph.dot", "--force"))


@pytest.mark.parametrize("form", ["json", "dot", "plain", "html"])
def test_force_where_nothing_is_laid_out_is_refused(adcli: Run, form: str) -> None:
    ran = adcli(*TWO, "--force", "--format", form, "-o", "g")
    assert ran.status == 2
    assert "--force has no meaning" in ran.err
