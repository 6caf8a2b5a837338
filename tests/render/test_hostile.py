"""2,000 hostile names and labels through every writer: each output is read by its own format's reader.

The language admits few names, so diagrams and programs carry the texts themselves; what a user can type
after all (comments, file names, names of outputs) goes through the command line.
"""

from __future__ import annotations

import csv
import io
import json
import os
import random
import re
import shutil
import subprocess
import unicodedata
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import adcli
from adcli import answers
from adcli.answers.answer import GraphAnswer
from adcli.commands.film import page_of
from adcli.commands.present import as_json
from adcli.diagram import Diagram, DiagramEdge, DiagramNode
from adcli.drawing import Wanted
from adcli.drawing import diagram as drawn
from adcli.language.note import Note
from adcli.render.arrangement import with_own_constants
from adcli.render.boxes import boxes
from adcli.render.dot import dot
from adcli.render.geometry import Layout, Point, Track
from adcli.render.layout import layout
from adcli.render.mermaid import mermaid
from adcli.render.pdf import pdf
from adcli.render.png import png
from adcli.render.svg import svg
from adcli.render.text import render
from adcli.render.tikz import tikz
from adcli.report import Look
from adcli.report.boxes import boxes as worded
from adcli.tracing.labels import TYPESET_FIGURE

PIECES = (
    *'"\'\\`<>&%#$~^_{}[]()|*+-=/;:,.!?@', "<b>", "</b>", "]]>", "<![CDATA[", "<!--", "-->", "--", "&amp;", "&lt;",
    "&#38;", "&copy", "<script>alert(1)</script>", "</svg>", "</text>", "</style>", "javascript:x", "\\N", "\\G",
    "\\l", "\\n", "\\\\", "\\input{/etc/passwd}", "\\write18{id}", "\\end{document}", "\\end{tikzpicture}", "^^5c",
    "$x$", "$$", "\\(", "\\def\\x{", "%%{init}%%", "```", "**y**", "](x)", "end", "subgraph", "graph", "click",
    "#35;", "fa:fa-ban", "n0 -> n1", '"];x[label="', "<br/>", "a\nb", "\r\n", "\n", "\t", "\x00", "\x07", "\x1b[31m",
    "\x7f", "\x85", "\x9b1m", "\u2028", "\u2029", "\u202e", "\u202a", "\u2066", "\u2069", "\u200b", "\u200f", "\ufeff",
    "\ufffe", "\ufffd", "\ud800", "\udfff", "\U000e0001", "\u0301", "\u0304\u0305\u0307", "v\u0304", "שלום", "مرحبا",
    "日本", "﷽", "😀", "👩‍👩‍👧", "é", "e\u0301\u0301\u0301", "∂v₄/∂x²", "θ", "=1+1", "@SUM(A1)", "-cmd", "+x", "0",
    "2", "x", "y1", "loss", "  ", " ", "\u00a0", "W" * 40, "very long " * 12, "{" * 9, "$" * 5, "'" * 3,
)  # fmt: skip
NUMBER = 2000
A_DIAGRAM = 40
HIDDEN = {"Cc", "Cs", "Zl", "Zp"}
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


@cache
def traps() -> tuple[str, ...]:
    """The texts: every piece alone, then pieces side by side."""
    chance = random.Random(20)
    found = dict.fromkeys(PIECES)
    while len(found) < NUMBER:
        found["".join(chance.choice(PIECES) for _ in range(chance.randint(1, 5)))] = None
    return tuple(found)


@cache
def diagrams() -> tuple[Diagram, ...]:
    """Diagrams that say all texts: in titles, boxes, edges, legends and tooltips, and in ids too."""
    found = []
    for start in range(0, NUMBER, A_DIAGRAM):
        texts = traps()[start : start + A_DIAGRAM]
        nodes = [DiagramNode("x" + texts[0], "input", (texts[0],), None, texts[0])]
        edges = []
        for place, text in enumerate(texts[1:-1]):
            kind = ("step", "output", "constant", "folded", "cut")[place % 5]
            nodes.append(DiagramNode(f"{place}{text}", kind, (text, "= 1"), 1, text + "\n" + texts[place]))  # type: ignore[arg-type]
            if kind == "constant":
                continue
            tails = [node for node in nodes[:-1] if node.kind != "cut"]
            lines = () if kind == "cut" else (texts[place], "v·1")
            edges.append(DiagramEdge(tails[-1].id, nodes[-1].id, 0, lines, 1 if lines else None, text))
            if place % 7 == 0:
                edges.append(DiagramEdge(nodes[0].id, nodes[-1].id, 1, (text,), None, ""))
        title = (texts[-1], texts[0])
        mode = ("none", "forward", "reverse")[start // A_DIAGRAM % 3]
        found.append(Diagram(title, tuple(nodes), tuple(edges), (texts[-1],), mode, texts[1]))  # type: ignore[arg-type]
    return tuple(found)


@cache
def named() -> tuple[GraphAnswer, ...]:
    """Answers whose input, step and output have such names, but for the signs that part a text's formulas."""
    found = []
    parting = str.maketrans("", "", ",;()")
    for start in range(0, NUMBER, 10):
        one, two, three, four = (
            f"{text.translate(parting)}{place}" for place, text in enumerate(traps()[start : start + 4])
        )
        program = adcli.parse("a = x*y; b = sin(a)/3; b - x")
        answer = answers.graph(program, {"x": 2.0, "y": 3.0}, mode="reverse")
        program = answer.program
        program.graph.data[0] = one
        odd = replace(
            program, inputs=(one, "y"), outputs={two: max(program.outputs.values())},
            naming=lambda three=three: {2: three}, source=four, spelled={one: four},
        )  # fmt: skip
        note = Note("stored", four)
        found.append(
            replace(
                answer,
                program=odd,
                trace=replace(answer.trace, program=odd),
                at={one: 2.0, "y": 3.0},
                notes=(note,),
            )
        )
    return tuple(found)


def clean(text: str, *, also: str = "\n") -> bool:
    """Whether no character is one that a terminal or an editor would obey."""
    return not TURNING.search(text) and all(
        sign in also or unicodedata.category(sign) not in HIDDEN for sign in set(text)
    )


def placed(made: Diagram) -> Layout:
    """A column of nodes with straight edges: Graphviz gets no texts, and takes most of the time."""
    whole = with_own_constants(made)
    spots = {node.id: Point(200.0, 60.0 * place) for place, node in enumerate(whole.nodes)}
    tracks = []
    for edge in whole.edges:
        tail, head = spots[edge.tail], spots[edge.head]
        middle = Point(300.0, (tail.y + head.y) / 2)
        tracks.append(Track((tail, middle, middle, head), head, middle if edge.lines else None))
    return Layout(tuple(spots[node.id] for node in whole.nodes), tuple(tracks))


@cache
def svgs() -> tuple[str, ...]:
    """The pictures."""
    return tuple(svg(one, placed=placed(one)) for one in diagrams())


def test_there_are_two_thousand_texts_and_all_are_in_the_diagrams() -> None:
    assert len(traps()) == NUMBER
    said = {line for one in diagrams() for part in (*one.nodes, *one.edges) for line in part.lines}
    assert set(traps()) <= said | {line for one in diagrams() for line in one.title}


def test_svg_is_well_formed_and_holds_no_markup_of_theirs() -> None:
    for text in svgs():
        root = ET.fromstring(text)  # noqa: S314 - our own text
        assert {element.tag.partition("}")[2] for element in root.iter()} <= {
            "svg", "title", "desc", "rect", "g", "text", "path", "polygon", "ellipse",
        }  # fmt: skip
        assert clean(text)


@pytest.mark.draws
def test_pictures_and_files_are_made_of_them() -> None:
    for one in diagrams()[::24]:
        assert png(one, placed=placed(one)).startswith(b"\x89PNG")
        assert pdf(one, placed=placed(one)).startswith(b"%PDF")
    first = diagrams()[0]
    assert len(layout(first).edges) == len(first.edges)


@pytest.mark.dot
@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz's program `dot` is not installed")
def test_dot_reads_them() -> None:
    made = [dot(one) for one in diagrams()]
    assert all(map(clean, (text.replace("\t", " ") for text in made)))
    program = shutil.which("dot") or "dot"
    ran = subprocess.run([program, "-Tcanon"], input="".join(made).encode(), capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr.decode()
    assert not re.search(rb"syntax error|Error", ran.stderr)
    assert len(re.findall(rb"^digraph", ran.stdout, re.MULTILINE)) == len(made)
    edges = sum(len(one.edges) for one in diagrams())
    assert ran.stdout.count(b'id="edge-') + ran.stdout.count(b"id=edge-") >= edges


def test_mermaid_quotes_them() -> None:
    for one in diagrams():
        text = mermaid(one)
        assert clean(text)
        assert not re.search(
            r"[<>&](?!br/>)", re.sub(r"<br/>|-->|^title.*|&(?= )", "", text, flags=re.MULTILINE)
        )


@pytest.mark.mermaid
@pytest.mark.skipif(
    not (os.environ.get("ADCLI_MERMAID") and shutil.which("node")),
    reason="ADCLI_MERMAID names no folder with mermaid and jsdom",
)
def test_mermaids_own_parser_reads_them() -> None:
    texts = [mermaid(one) for one in diagrams()[::10]]
    parser = Path(__file__).with_name("parse_mermaid.mjs")
    ran = subprocess.run(
        [shutil.which("node") or "node", str(parser)], input=json.dumps(texts), capture_output=True, text=True,
        cwd=os.environ["ADCLI_MERMAID"], check=False, timeout=120,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    for one, found in zip(diagrams()[::10], json.loads(ran.stdout), strict=True):
        assert len(found["edges"]) == len(one.edges)


def bodies(texts: list[str]) -> str:
    """Several LaTeX documents as one."""
    head = texts[0].partition(r"\begin{document}")[0]
    inner = (text.partition(r"\begin{document}")[2].rpartition(r"\end{document}")[0] for text in texts)
    return (
        head
        + r"\begin{document}"
        + "".join(f"\\mbox{{}}{one}\\newpage\n" for one in inner)
        + r"\end{document}"
    )


def latex_said(text: str, folder: Path) -> None:
    """Nothing, when pdflatex reads the text without an error."""
    (folder / "g.tex").write_text(text, encoding="ascii")
    way = ("pdflatex", "-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", "g.tex")
    done = subprocess.run(way, cwd=folder, capture_output=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout.decode("latin-1")[-1500:]


def test_tikz_and_latex_are_ascii_without_commands_of_theirs() -> None:
    texts = [tikz(one, placed=placed(one)) for one in diagrams()[:5]]
    texts += [render(answer, "latex") for answer in named()]
    for text in texts:
        assert text.isascii()
        assert clean(text)
        assert not re.search(r"\\(?:input|write|def|N|G)(?![a-z])", text)


@pytest.mark.pdflatex
@pytest.mark.skipif(
    shutil.which("pdflatex") is None, reason="needs pdflatex with amsmath and tikz (texlive-pictures)"
)
def test_latex_reads_a_sample_of_them(tmp_path: Path) -> None:
    wanted = Wanted()
    texts = [tikz(one, placed=placed(one)) for one in diagrams()[::10]]
    texts += [tikz(drawn(one, wanted), drawn(one, wanted, TYPESET_FIGURE)) for one in named()[::40]]
    latex_said(bodies(texts), tmp_path)
    tables = "\n\n".join(render(answer, "latex") for answer in named()[::20])
    head = "\\documentclass{article}\\usepackage{amsmath}\\begin{document}\n"
    latex_said(f"{head}{tables}\\end{{document}}\n", tmp_path)


def test_texts_of_a_terminal_and_of_a_pipe_hold_nothing_that_is_obeyed() -> None:
    for answer in named():
        for form in ("plain", "table", "markdown"):
            assert clean(render(answer, form)), form
        lines = boxes(worded(answer, Look(), None, None))
        assert lines is None or all(clean(line, also="") for line in lines)
    for one in diagrams():
        small = one._replace(nodes=one.nodes[:4], edges=one.edges[:1])
        lines = boxes(small, ascii_only=True)
        assert lines is None or all(line.isascii() and line.isprintable() for line in lines)


def test_markdown_shows_names_as_texts() -> None:
    for answer in named():
        shown = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", render(answer, "markdown"), count=1)
        assert not re.search(r"(?<!\\)[<>\[\]`]", shown)


def test_csv_is_read_back_and_no_cell_is_computed() -> None:
    for answer in named():
        text = render(answer, "csv")
        assert clean(text)
        rows = list(csv.reader(io.StringIO(text)))
        assert {len(row) for row in rows} == {6}
        assert not any(cell[:1] in ("=", "+", "@", "\t") for row in rows for cell in row)


def test_json_is_read_back_as_it_was() -> None:
    for answer in named():
        text = as_json(answer.json(), to_file=True)
        assert clean(text)
        assert json.loads(text)["source"] == answer.program.source


class Strict(HTMLParser):
    """Counts what opens and closes, and gathers scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.scripts = 0
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        self.seen.add(tag)
        self.scripts += tag == "script"
        assert not any(
            name.startswith("on") or (value or "").startswith("javascript:") for name, value in attrs
        )
        if tag not in ("meta", "input", "link", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        """An element without content."""
        self.seen.add(tag)

    def handle_endtag(self, tag: str) -> None:
        """An element ends: the innermost one."""
        assert self.open.pop() == tag


@pytest.mark.draws
def test_a_page_is_closed_and_holds_its_own_scripts_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = Strict()
    usual.feed(page_of(answers.graph(adcli.parse("x*y"), {"x": 1, "y": 2}, mode="reverse"), Wanted()))
    for answer in named()[::20]:
        monkeypatch.setattr(answers, "graph", lambda *_, **__: answer)  # noqa: B023
        text = page_of(answer, Wanted())
        assert clean(text)
        found = Strict()
        found.feed(text)
        assert (found.open, found.scripts) == ([], usual.scripts)
        assert found.seen <= usual.seen | {
            "polygon",
            "ellipse",
            "mfrac",
            "msup",
            "mover",
            "msub",
            "mspace",
            "mtext",
        }


@pytest.mark.parametrize(
    "form", ["svg", "dot", "mermaid", "tikz", "html", "plain", "markdown", "csv", "json", "boxes"]
)
@pytest.mark.draws
def test_comments_of_a_source_reach_no_format_raw(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    from adcli.cli import main

    texts = [
        re.sub(r"[\r\n\u2028\u2029\x85\ud800-\udfff\x0b\x0c\x1c-\x1e]", " ", text) for text in traps()[:300]
    ]
    for start in range(0, len(texts), 100):
        comment = " ".join(texts[start : start + 100])
        line = ["graph", f"x*y # {comment}\n", "--at", "x=1,y=2", "--mode", "reverse"]
        try:
            status = main([*line, "--format", form, "-o", "-"])
        except SystemExit as left:
            status = left.code
        said = capsys.readouterr()
        assert status in (0, 2), said.err
        assert clean(said.out, also="\n\t") if status == 0 else clean(said.err)


@pytest.mark.parametrize("text", [text for text in PIECES if text.isprintable() and "/" not in text][:40:3])
@pytest.mark.draws
def test_odd_file_names_are_read_and_named_in_errors(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from adcli.cli import main

    path = tmp_path / f"p{text[:60]}.ad"
    path.write_text("x*y", encoding="utf-8")
    assert main(["graph", "-f", str(path), "-o", str(tmp_path / f"g{text[:60]}.svg")]) == 0
    path.write_text("x*", encoding="utf-8")
    assert main(["graph", "-f", str(path)]) == 2
    assert clean(capsys.readouterr().err)
