"""Mermaid: every node and edge once, in its shape, and nothing that a user typed becomes syntax."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from adcli.diagram import Diagram, DiagramEdge, DiagramNode
from adcli.render.lettering import visible
from adcli.render.mermaid import mermaid, mermaid_text
from adcli.render.palette import DARK
from adcli.render.sizes import node_lines

sys.path.insert(0, str(Path(__file__).parent))
from samples import PARALLEL, POLY, diagram, network, scramble

PARSER = Path(__file__).with_name("parse_mermaid.mjs")
MERMAID = os.environ.get("ADCLI_MERMAID", "")  # a folder in which `npm i mermaid jsdom` was done
HOSTILE = [
    '"', "]]", "|", "`", "<b>", "&amp;", "#35;", "%%{init: {}}%%", "\n", "\r", "\x1b", "\u202e", "\\n", "\\",
    "--", "-->", "end", "subgraph", "$$x$$", "fa:fa-ban", "**y**", "_z_", "1. a", "- a", "style: #x;",
    "classDef a:b#c;", ";", "{", "(", "﷽", "\u2028", "數", "😀", "click n0 href",
    "---", "<script>", "'", "@{", "~",
]  # fmt: skip
NODE = re.compile(r'  n(\d+)(\(\[|\[\[|\(|\[)("[^"\n]*")(\]\)|\]\]|\)|\])')
EDGE = re.compile(r'  n(\d+) (-->|-\.-)(?:\|("[^"\n]*")\|)? n(\d+)')


def shown(text: str) -> str:
    """A quoted text as Mermaid shows it."""
    lines = text.strip('"').split("<br/>")
    return "\n".join(re.sub(r"#(\d+);", lambda sign: chr(int(sign[1])), line) for line in lines)


def hostile(seed: int) -> Diagram:
    """A graph whose texts are all traps."""
    rng = random.Random(seed)
    made = scramble(seed, 1 + seed % 5)

    def trap() -> str:
        return " ".join(rng.sample(HOSTILE, rng.randint(1, 3)))[:30]

    nodes = tuple(node._replace(lines=(trap(), "= 1")) for node in made.nodes)
    edges = tuple(edge._replace(lines=(trap(),)) if edge.lines else edge for edge in made.edges)
    return made._replace(title=(trap(), trap()), nodes=nodes, edges=edges)


@pytest.mark.parametrize("mode", ["none", "forward", "reverse"])
def test_every_node_and_edge_is_there_once(mode: Any) -> None:
    made = diagram(POLY, mode)
    text = mermaid(made)
    nodes, edges = NODE.findall(text), EDGE.findall(text)
    assert [shown(label) for _, _, label, _ in nodes] == ["\n".join(node.lines) for node in made.nodes]
    order = {node.id: str(place) for place, node in enumerate(made.nodes)}
    ends = [(order[edge.tail], order[edge.head]) for edge in made.edges]
    found = [(last, first) if mode == "reverse" else (first, last) for first, _, _, last in edges]
    assert sorted(found) == sorted(ends)
    assert sum(kind == "-.-" for _, kind, _, _ in edges) == 1


def test_kinds_have_shapes() -> None:
    text = mermaid(diagram(POLY, "none"))
    shapes = {before for _, before, _, _ in NODE.findall(text)}
    assert shapes == {"([", "[", "(", "[["}
    assert text.count("classDef") == 4


def test_numbers_can_be_read_in_the_file() -> None:
    assert '"x = 1.5<br/>x̄ = 6"' in mermaid(diagram(POLY, "reverse"))


def test_parallel_edges_stay_two() -> None:
    text = mermaid(diagram(PARALLEL, "forward"))
    assert text.count("  n0 -->") == 3
    assert "(1st)" in text
    assert "(2nd)" in text


@pytest.mark.parametrize(
    ("mode", "direction", "written"),
    [("none", "tb", "TB"), ("forward", "lr", "LR"), ("reverse", "tb", "BT"), ("reverse", "lr", "RL")],
)
def test_operands_stand_before_their_users(mode: Any, direction: Any, written: str) -> None:
    assert f"flowchart {written}\n" in mermaid(diagram(POLY, mode, direction))


def test_colours_are_those_of_the_theme() -> None:
    text = mermaid(diagram(POLY, "reverse"), DARK)
    assert f"linkStyle default stroke:{DARK.adjoint}" in text
    assert all(paint.fill in text for kind, paint in DARK.kinds.items() if kind not in ("folded", "cut"))


@pytest.mark.parametrize("trap", HOSTILE)
def test_a_text_is_quoted_whole(trap: str) -> None:
    quoted = mermaid_text([trap])
    assert shown(quoted) == visible(trap)
    assert re.fullmatch(r'"(?:[^"`<>&%|{}\\\[\]#\x00-\x1f]|#\d+;)*"', quoted)


@pytest.mark.parametrize("seed", range(200))
def test_hostile_texts_stay_inside_their_lines(seed: int) -> None:
    made = hostile(seed)
    fence, title, end, kind, *lines = mermaid(made).splitlines()
    assert (fence, end, kind) == ("---", "---", "flowchart BT")
    assert title.isascii()
    assert json.loads(title.removeprefix("title: "))
    body = [line for line in lines if not line.startswith(("  linkStyle", "  classDef", "  class "))]
    assert all(NODE.fullmatch(line) or EDGE.fullmatch(line) for line in body)
    assert len(body) == len(made.nodes) + len(made.edges)


def test_the_same_diagram_gives_the_same_text() -> None:
    assert mermaid(network()) == mermaid(network())


@pytest.mark.mermaid
@pytest.mark.skipif(
    not (MERMAID and shutil.which("node")), reason="ADCLI_MERMAID names no folder with mermaid and jsdom"
)
def test_mermaids_own_parser_reads_what_was_meant() -> None:
    shapes = {
        "input": "stadium", "constant": "squareRect", "step": "roundedRect", "output": "subroutine",
    }  # fmt: skip
    made = [diagram(POLY, "reverse"), diagram(PARALLEL, "none"), network(), *map(hostile, range(60))]
    texts = [mermaid(one) for one in made]
    ran = subprocess.run(
        [shutil.which("node") or "node", str(PARSER)],
        input=json.dumps(texts), capture_output=True, text=True, cwd=MERMAID, check=False, timeout=120,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    for one, found in zip(made, json.loads(ran.stdout), strict=True):
        assert found["direction"] == ("BT" if one.backwards else "TB")
        assert sorted(shape for _, shape, _ in found["nodes"]) == sorted(shapes[n.kind] for n in one.nodes)
        assert len(found["edges"]) == len(one.edges)
        read = sorted(label for _, _, label in found["nodes"])
        assert read == sorted("<br>".join(map(visible, node_lines(node))) for node in one.nodes)


def test_a_graph_without_edges_is_written() -> None:
    text = mermaid(Diagram((), (DiagramNode("x", "input", ("x",)),), ()))
    assert text.startswith("flowchart TB\n")
    assert NODE.search(text)
    assert not EDGE.search(text)
    assert '"x"' in mermaid(
        Diagram(
            (),
            (DiagramNode("x", "input", ("x",)), DiagramNode("y", "output", ("y",))),
            (DiagramEdge("x", "y", 0),),
        )
    )
