r"""Diagram -> TikZ: a LaTeX document of one page, for plain pdflatex with amsmath and tikz.

Places, shapes and shades are those of the SVG. The lines come a second time as LaTeX, in a diagram of the
same nodes and edges; where there is none, or where the picture shortens a line, `latex.figure` spells what
the picture shows. `\fit` shrinks a line that would be larger than its room, so no text leaves its box.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from adcli.notation import latex
from adcli.render.arrangement import with_own_constants
from adcli.render.layout import layout
from adcli.render.lettering import visible
from adcli.render.palette import LIGHT, Palette
from adcli.render.sheet import MARGIN, sheet
from adcli.render.sizes import (
    CONSTANT_PEN,
    EDGE_PEN,
    EDGE_PITCH,
    FOLDED_PEN,
    IDLE_PEN,
    NODE_PEN,
    NODE_PITCH,
    NOW_PEN,
    OUTPUT_PEN,
    RIM,
    Size,
    edge_lines,
    label_size,
    legend_size,
    node_lines,
    node_size,
)
from adcli.render.svg import CORNER, arrow_corners, named, pt

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from adcli.diagram import Diagram, DiagramEdge, DiagramNode, Kind
    from adcli.render.geometry import Layout, Point
    from adcli.render.sheet import Sheet

_TITLE_PITCH = 16.5
_LEAST = 18.0  # the room of the shortest text, which is an ellipsis or a figure
_SIDES = 8.0  # the least room between a line of text and its border, both sides together

PREAMBLE = r"""% A computation graph by adcli; pdflatex makes a page of the picture's size.
\documentclass{article}
\usepackage[paperwidth=%WIDTHbp,paperheight=%HEIGHTbp,margin=0bp]{geometry}
\usepackage{amsmath,tikz}
\usetikzlibrary{shapes.geometric}
\pagestyle{empty}
\setlength{\topskip}{0pt}
\setlength{\parindent}{0pt}
% \fit{width}{height}{text}: the text, shrunk where it is larger than its room
\newsavebox{\fitted}
\newcommand{\fit}[3]{\sbox{\fitted}{#3}%
  \ifdim\wd\fitted>#1\relax\sbox{\fitted}{\resizebox{#1}{!}{\usebox{\fitted}}}\fi
  \ifdim\dimexpr\ht\fitted+\dp\fitted\relax>#2\relax
    \sbox{\fitted}{\resizebox{!}{#2}{\raisebox{\depth}{\usebox{\fitted}}}}%
    \sbox{\fitted}{\raisebox{-0.3\height}{\usebox{\fitted}}}\fi
  \raisebox{0pt}[\dimexpr#2*7/10\relax][\dimexpr#2*3/10\relax]{\usebox{\fitted}}}"""
STYLES = rf"""\tikzset{{
  outline/.style={{inner sep=0pt,outer sep=0pt,line width={NODE_PEN}bp}},
  of input/.style={{outline,ellipse,draw=input border,fill=input}},
  of constant/.style={{outline,draw=constant border,fill=constant,dash pattern=on 5bp off 2bp}},
  of step/.style={{outline,draw=step border,fill=step}},
  of folded/.style={{outline,draw=folded border,fill=folded,line width={FOLDED_PEN}bp}},
  of cut/.style={{outline}},
  of output/.style={{outline,draw=output border,fill=output,line width={OUTPUT_PEN}bp}},
  rim/.style={{of output,fill=background}},
  flow/.style={{draw=flow,line width={EDGE_PEN}bp}},
  wrong flow/.style={{draw=wrong,line width=3bp,dash pattern=on 8bp off 4bp}},
  idle flow/.style={{draw=idle,line width={IDLE_PEN}bp}},
  on a path/.style={{draw=flow,line width={NOW_PEN}bp}},
  of no flow/.style={{draw=constant border,line width={CONSTANT_PEN}bp,dash pattern=on 5bp off 2bp}},
  words/.style={{inner sep=0pt,outer sep=0pt,align=center,font=\fontsize{{12}}{{{NODE_PITCH}}}\selectfont}},
  small words/.style={{words,font=\fontsize{{10}}{{{EDGE_PITCH:g}}}\selectfont}},
  edge words/.style={{small words,anchor=north west,align=left}}}}"""


def tikz(
    diagram: Diagram, typeset: Diagram | None = None, palette: Palette = LIGHT, placed: Layout | None = None
) -> str:
    """The picture as a LaTeX document, all in ASCII; `typeset` is the same diagram with its lines in LaTeX.

    The lines of its boxes and edges are math, those of its title are prose.
    """
    diagram = with_own_constants(diagram)
    placed = placed or layout(diagram)
    page = sheet(diagram, placed)
    typeset = typeset and with_own_constants(typeset)
    return "\n".join(_document(diagram, typeset, palette, placed, page)) + "\n"


def _document(
    diagram: Diagram, typeset: Diagram | None, palette: Palette, placed: Layout, page: Sheet
) -> Iterator[str]:
    """The lines of the file; y grows downwards, in big points, from the page's upper left corner."""
    yield PREAMBLE.replace("%WIDTH", pt(page.width)).replace("%HEIGHT", pt(page.height))
    yield from _colours(palette, palette.flow(diagram.mode))
    yield STYLES
    yield r"\begin{document}"
    yield r"\color{ink}\begin{tikzpicture}[overlay,x=1bp,y=-1bp]"
    yield rf"\fill[background] (0,0) rectangle ({pt(page.width)},{pt(page.height)});"
    yield from _title(diagram, typeset, page)
    yield rf"\begin{{scope}}[shift={{({pt(page.shift.x)},{pt(page.shift.y)})}}]"
    for _, edge, track, quiet in named(diagram, placed):
        style, paint = _pen(edge, quiet=quiet)
        yield rf"\draw[{style}] {_curve(track.curve)};"
        if track.tip:
            corners = arrow_corners(track.curve[0 if diagram.backwards else -1], track.tip)
            yield rf"\fill[fill={paint}] {' -- '.join(map(_at, corners))} -- cycle;"
    twins: Sequence[DiagramNode | None] = typeset.nodes if typeset else [None] * len(diagram.nodes)
    for place, (node, twin, centre) in enumerate(zip(diagram.nodes, twins, placed.nodes, strict=True)):
        size = node_size(node)
        yield _shape(node.kind, f"n{place}", centre, size)
        room = (size.w - 16) / 1.22 + _SIDES if node.kind == "input" else size.w - _SIDES
        room = max(room, _LEAST)
        yield rf"\node[words] at {_at(centre)} {{{_lines(node, twin, node_lines(node), room, NODE_PITCH)}}};"
    others: Sequence[DiagramEdge | None] = typeset.edges if typeset else [None] * len(diagram.edges)
    for edge, other, track in zip(diagram.edges, others, placed.edges, strict=True):
        if track.label is not None:
            words = _lines(edge, other, edge_lines(edge), label_size(edge).w, EDGE_PITCH)
            yield rf"\node[edge words] at {_at(track.label)} {{{words}}};"
    yield r"\end{scope}"
    yield from _legend(page)
    yield r"\end{tikzpicture}"
    yield r"\end{document}"


def _pen(edge: DiagramEdge, *, quiet: bool) -> tuple[str, str]:
    """The style of an edge's line and the colour of its arrow."""
    if edge.wrong:
        return "wrong flow", "wrong"
    if quiet:
        return "of no flow", "flow"
    if edge.idle:
        return "idle flow", "idle"
    return "on a path" if edge.marked else "flow", "flow"


def _colours(palette: Palette, flow: str) -> Iterator[str]:
    """The theme's colours by the names that the styles use."""
    colours = {
        "background": palette.background, "ink": palette.ink, "secondary": palette.secondary, "flow": flow,
        "wrong": palette.wrong, "idle": palette.edge,
    }  # fmt: skip
    for kind, paint in palette.kinds.items():
        colours |= {kind: paint.fill, f"{kind} border": paint.border}
    for name, colour in colours.items():
        yield rf"\definecolor{{{name}}}{{HTML}}{{{colour.removeprefix('#')}}}"


def _title(diagram: Diagram, typeset: Diagram | None, page: Sheet) -> Iterator[str]:
    """The title in the room that it has in the picture; where that cuts a line, cut as there."""
    if not page.title:
        return
    shown = [line.text for line in page.title]
    whole = " ".join(shown) == " ".join(map(visible, diagram.title))
    if whole:
        lines = list(typeset.title) if typeset else [latex.figure(line) for line in diagram.title]
    else:
        lines = list(map(latex.figure, shown))
    heads = sum(line.first for line in page.title) if not whole else 1
    coloured = lines[:heads] + [rf"\color{{secondary}}{line}" for line in lines[heads:]]
    w, h = f"{pt(page.width - 2 * MARGIN)}bp", f"{pt(_TITLE_PITCH * len(shown))}bp"
    text = r"\\".join(coloured)
    middle = (page.title[0].y + page.title[-1].y) / 2
    block = rf"\begin{{minipage}}{{{w}}}\centering\fontsize{{12}}{{{_TITLE_PITCH}}}\selectfont {text}"
    fitted = rf"\fit{{{w}}}{{{h}}}{{{block}\end{{minipage}}}}"
    yield rf"\node[words] at ({pt(page.width / 2)},{pt(middle)}) {{{fitted}}};"


def _legend(page: Sheet) -> Iterator[str]:
    """A sample of each kind, and the lines that say what is shown."""
    for kind, centre in page.samples:
        yield _shape(kind, "", centre, legend_size(kind))
        yield rf"\node[small words,text=secondary] at {_at(centre)} {{{_fitted(kind, 100, EDGE_PITCH)}}};"
    for line in page.legend:
        words = _fitted(latex.figure(line.text), page.width - 2 * MARGIN, EDGE_PITCH)
        yield rf"\node[small words,text=secondary] at ({pt(page.width / 2)},{pt(line.y)}) {{{words}}};"


def _lines(
    part: DiagramNode | DiagramEdge,
    twin: DiagramNode | DiagramEdge | None,
    shown: list[str],
    room: float,
    pitch: float,
) -> str:
    """The lines of a box or edge: as math, or as the picture shows them where it cuts them."""
    found = []
    for at, line in enumerate(shown):
        uncut = twin is not None and line == visible(part.lines[at])
        text = f"${twin.lines[at]}$" if twin is not None and uncut else latex.figure(line)
        words = _fitted(text, room, pitch)
        found.append(rf"\textcolor{{flow}}{{{words}}}" if at == part.accent else words)
    return r"\\".join(found)


def _fitted(text: str, w: float, h: float) -> str:
    return rf"\fit{{{pt(w)}bp}}{{{pt(h)}bp}}{{{text}}}"


def _shape(kind: Kind, name: str, centre: Point, size: Size) -> str:
    """The outline that tells a kind without its colour; of an output, the outer border has the name."""
    if kind == "output":
        rim = Size(size.w + 2 * RIM, size.h + 2 * RIM)
        return _box("rim", name, centre, rim) + "\n" + _box("of output", "", centre, size)
    if kind in ("step", "folded"):
        return _box(f"of {kind},rounded corners={pt(min(CORNER, size.h / 3))}bp", name, centre, size)
    return _box(f"of {kind}", name, centre, size)


def _box(style: str, name: str, centre: Point, size: Size) -> str:
    room = f"minimum width={pt(size.w)}bp,minimum height={pt(size.h)}bp"
    return rf"\node[{style},{room}]{f' ({name})' if name else ''} at {_at(centre)} {{}};"


def _curve(points: tuple[Point, ...]) -> str:
    """The way along Bézier points."""
    thirds = zip(points[1::3], points[2::3], points[3::3], strict=True)
    bends = (f" .. controls {_at(one)} and {_at(two)} .. {_at(end)}" for one, two, end in thirds)
    return _at(points[0]) + "".join(bends)


def _at(point: Point) -> str:
    return f"({pt(point.x)},{pt(point.y)})"
