"""TikZ: the SVG's places and shapes, lines as math, one page of the picture's size from plain pdflatex."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import adcli
from adcli import answers
from adcli.diagram import Diagram
from adcli.drawing import Wanted
from adcli.drawing import diagram as drawn
from adcli.render.palette import DARK, LIGHT, PALETTES, PRINT, Palette
from adcli.render.svg import svg
from adcli.render.tikz import tikz
from adcli.tracing.labels import TYPESET_FIGURE

sys.path.insert(0, str(Path(__file__).parent))
from answered import EVERYTHING, GRIEWANK, POINT
from samples import HOSTILE, PARALLEL, POLY, diagram, hostile, network

pytestmark = pytest.mark.draws
needs_latex = pytest.mark.skipif(
    shutil.which("pdflatex") is None, reason="needs pdflatex with amsmath and tikz (texlive-pictures)"
)
NODE = re.compile(r"\\node\[(?:of (?:input|constant|step)|rim)[^]]*\] \(n\d+\) at \(([-\d.]+),([-\d.]+)\)")
NETWORK = "; ".join(
    [*(f"h{i} = sigmoid(w{i}1*x1 + w{i}2*x2 + b{i})" for i in (1, 2, 3)), "f = sigmoid(u1*h1+u2*h2+u3*h3+c)"]
)


def picture(text: str, at: dict[str, Any] | None = None, palette: Palette = LIGHT, **options: Any) -> str:
    """The TikZ of a program's graph."""
    answer = answers.graph(adcli.parse(text), at, **options)
    return tikz(drawn(answer, Wanted()), drawn(answer, Wanted(), TYPESET_FIGURE), palette)


def compiled(text: str, folder: Path) -> tuple[int, tuple[float, float]]:
    """The number of pages and the size of the page that pdflatex makes; it stops at the first error."""
    (folder / "g.tex").write_text(text, encoding="ascii")
    way = ("pdflatex", "-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", "g.tex")
    done = subprocess.run(way, cwd=folder, capture_output=True, timeout=120, check=False)
    said = done.stdout.decode("latin-1")
    assert done.returncode == 0, said[-2000:]
    assert not re.search(r"LaTeX (?:Font )?Warning|Overfull", said), said
    (pages,) = re.findall(r"\((\d+) pages?,", said)
    box = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", (folder / "g.pdf").read_bytes())
    return int(pages), tuple(map(float, box[0])) if box else (0.0, 0.0)


@pytest.mark.parametrize("mode", ["none", "forward", "reverse"])
@pytest.mark.parametrize("table", [POLY, PARALLEL])
def test_nodes_stand_where_the_svg_has_them(table: str, mode: Any) -> None:
    made = diagram(table, mode)
    ellipses = re.findall(r'<g id="node-\d+"[^\n]*\n[^\n]*\n<ellipse cx="([\d.]+)" cy="([\d.]+)"', svg(made))
    found = NODE.findall(tikz(made))
    assert len(found) == len(made.nodes)
    assert set(ellipses) <= set(found)


def test_every_kind_has_its_shape_and_a_constant_no_arrow() -> None:
    text = tikz(diagram(POLY, "none"))
    assert all(f"{style}," in text for style in ("of input", "of constant", "of step", "of output", "rim"))
    assert text.count(r"\draw[of no flow]") == 1
    assert text.count(r"\draw[flow]") == text.count(r"\fill[fill=flow]") == 6


def test_lines_are_math_with_bars_and_fractions_on_one_line() -> None:
    text = picture(GRIEWANK, POINT, mode="reverse")
    assert r"$\partial v_{1}/\partial x_{2} = -v_{1}/x_{2} = -6$" in text
    assert r"\textcolor{flow}{\fit" in text
    assert r"$\bar{v}_{1}\cdot (-6) = -9.036$" in text
    assert r"\frac" not in text


@pytest.mark.parametrize("palette", [LIGHT, DARK, PRINT])
def test_colours_are_those_of_the_theme(palette: Palette) -> None:
    text = tikz(diagram(POLY, "reverse"), None, palette)
    assert rf"\definecolor{{flow}}{{HTML}}{{{palette.adjoint[1:]}}}" in text
    assert rf"\definecolor{{background}}{{HTML}}{{{palette.background[1:]}}}" in text


def test_the_same_picture_gives_the_same_text_in_ascii() -> None:
    assert tikz(network()) == tikz(network())
    assert tikz(network()).isascii()


def pictures() -> list[str]:
    """Pictures of every kind."""
    found = [picture(text, at, mode=mode) for text, at in EVERYTHING for mode in ("none", "reverse")]
    found += [picture(GRIEWANK, POINT, palette, mode="forward") for palette in PALETTES.values()]
    found.append(picture("if(x < 1, 1/x, x^(1/3))*max(x, y)", {"x": 0.5, "y": 3}))
    found.append(picture("x*x"))
    return [*found, tikz(network()), *map(tikz, map(hostile, HOSTILE)), tikz(Diagram(("t",), (), ()))]


def body(text: str) -> str:
    """The picture without its document."""
    return text.partition(r"\begin{document}")[2].partition(r"\end{document}")[0]


@pytest.mark.pdflatex
@needs_latex
def test_plain_latex_reads_every_picture(tmp_path: Path) -> None:
    made = pictures()
    head = made[0].partition(r"\begin{document}")[0]
    pages = "".join(rf"\mbox{{}}{body(one)}\newpage" for one in made)
    count, _ = compiled(rf"{head}\begin{{document}}{pages}\end{{document}}", tmp_path)
    assert count == len(made)


@pytest.mark.pdflatex
@needs_latex
@pytest.mark.parametrize("text", [picture(GRIEWANK, POINT, mode="reverse"), picture(NETWORK)], ids=["g", "n"])
def test_the_page_is_as_large_as_the_picture(tmp_path: Path, text: str) -> None:
    (size,) = re.findall(r"paperwidth=([\d.]+)bp,paperheight=([\d.]+)bp", text)
    count, found = compiled(
        text.replace(r"\begin{document}", "\\pdfobjcompresslevel=0\n\\begin{document}"), tmp_path
    )
    assert count == 1
    assert found == pytest.approx(tuple(map(float, size)), abs=0.01)
