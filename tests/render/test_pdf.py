"""PDF: one page of the picture's size, its text as text in the shipped font, the same bytes every time."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from adcli.diagram import Diagram
from adcli.errors import FileProblem
from adcli.render.palette import DARK, LIGHT, PRINT, Palette
from adcli.render.svg import svg

sys.path.insert(0, str(Path(__file__).parent))
from samples import GRIEWANK, PARALLEL, POLY, diagram, network

pytest.importorskip("svglib", reason="the extra `pdf` is not installed")
from adcli.render.pdf import page, pdf

pytestmark = pytest.mark.draws
poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")


def told(program: str, data: bytes, folder: Path) -> str:
    """What one of poppler's programs says about a file."""
    path = folder / "g.pdf"
    path.write_bytes(data)
    line = [shutil.which(program) or program, str(path), *(["-"] if program == "pdftotext" else [])]
    return subprocess.run(line, capture_output=True, check=True).stdout.decode()


def texts(made: Diagram) -> set[str]:
    """Every line of text of a picture, without blanks."""
    lines = [*made.title, *made.legend, *(line for part in (*made.nodes, *made.edges) for line in part.lines)]
    return {"".join(line.split()) for line in lines}


@pytest.mark.poppler
@poppler
@pytest.mark.parametrize("mode", ["none", "forward", "reverse"])
@pytest.mark.parametrize("table", [POLY, GRIEWANK, PARALLEL])
def test_text_stays_text(tmp_path: Path, table: str, mode: Any) -> None:
    made = diagram(table, mode)
    read = "".join(told("pdftotext", pdf(made), tmp_path).split())
    assert {text for text in texts(made) if text not in read} == set()


@pytest.mark.poppler
@poppler
def test_every_font_is_in_the_file(tmp_path: Path) -> None:
    header, rule, *fonts = told("pdffonts", pdf(diagram(POLY, "reverse")), tmp_path).splitlines()
    assert header.split()[0] == "name"
    assert rule
    assert [re.split(r"\s+", font)[0].partition("+")[2] for font in fonts] == ["DejaVuSans"]
    assert re.search(r"\byes +yes +yes\b", fonts[0])


@pytest.mark.poppler
@poppler
def test_the_page_is_as_large_as_the_picture_and_says_what_it_is(tmp_path: Path) -> None:
    made = diagram(GRIEWANK, "reverse")
    width, height = re.findall(r'(?:width|height)="([\d.]+)pt"', svg(made))[:2]
    found = told("pdfinfo", pdf(made), tmp_path)
    assert re.search(r"Pages: +1\n", found)
    assert re.search(rf"Page size: +{width} x {height} pts", found)
    assert "Title:           f = (sin(x₁/x₂) + x₁/x₂ − exp(x₂))" in found
    assert "Creator:         adcli" in found


@pytest.mark.parametrize("palette", [LIGHT, DARK, PRINT])
def test_the_same_picture_gives_the_same_bytes(palette: Palette) -> None:
    made = diagram(POLY, "forward")
    first = pdf(made, palette)
    pdf(network())
    assert pdf(made, palette) == first
    assert first.startswith(b"%PDF-1.4")
    assert first.rstrip().endswith(b"%%EOF")


def test_reportlab_is_left_as_it_was() -> None:
    from reportlab import rl_config
    from reportlab.graphics.shapes import STATE_DEFAULTS

    before = (rl_config.invariant, STATE_DEFAULTS["fontName"])
    pdf(diagram(POLY, "none"))
    assert (rl_config.invariant, STATE_DEFAULTS["fontName"]) == before


@pytest.mark.poppler
@poppler
@pytest.mark.parametrize("trap", ["<b>&amp;]]>", '"\\n(', "\x1b\u202e\n", "%PDF", ") Tj", "a\u00a0  b"])
def test_hostile_texts_are_only_texts(tmp_path: Path, trap: str) -> None:
    made = diagram(POLY, "none")
    made = made._replace(
        title=(trap, "below"), nodes=(made.nodes[0]._replace(lines=(trap,)), *made.nodes[1:])
    )
    read = told("pdftotext", pdf(made), tmp_path)
    assert "below" in read
    seen = "".join(sign for sign in trap if sign.isprintable())
    assert "".join(seen.split()) in "".join(read.replace("\ufffd", "").split())


def test_without_the_packages_an_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "svglib.svglib", None)
    with pytest.raises(FileProblem, match="PDF needs the package svglib") as problem:
        page("<svg/>")
    assert 'pip install "adcli[pdf]"' in (problem.value.hint or "")
