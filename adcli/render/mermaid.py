"""Diagram -> Mermaid, for Markdown pages that draw it themselves.

Names in the file are ours (`n0`, `n1`, …). In texts everything but letters, digits and a few harmless
signs is written as `#number;`, so nothing that a user typed becomes syntax, a directive, an icon,
Markdown or HTML. Mermaid knows no arrow that points back, so arrows from user to operand are written
in that order and the picture's direction is turned around: users still stand below their operands.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from adcli.diagram import silent
from adcli.render.arrangement import by_user, with_own_constants
from adcli.render.lettering import NO_BREAK_SPACE, visible
from adcli.render.palette import LIGHT, Palette
from adcli.render.sizes import edge_lines, kinds_shown, node_lines

if TYPE_CHECKING:
    from adcli.diagram import Diagram, DiagramEdge, DiagramNode, Direction, Kind

SHAPES: dict[Kind, tuple[str, str]] = {
    "input": ("([", "])"),
    "constant": ("[", "]"),
    "step": ("(", ")"),
    "output": ("[[", "]]"),
    "folded": ("{{", "}}"),
    "cut": ("[", "]"),
}
TURNED: dict[Direction, str] = {"tb": "BT", "bt": "TB", "lr": "RL", "rl": "LR"}
HARMLESS = frozenset(" =,()/+")
POINT = re.compile(r"(?<=\d)#46;(?=\d)")
IN_TITLE = str.maketrans("<>&", "‹›＆")  # Mermaid cleans titles as HTML, and then shows them as text


def mermaid(diagram: Diagram, palette: Palette = LIGHT) -> str:
    """The text of a Mermaid flowchart."""
    return "\n".join(_lines(with_own_constants(diagram), palette)) + "\n"


def mermaid_text(lines: list[str]) -> str:
    """The lines as one quoted text that shows exactly these characters."""
    safe = ("".join(map(_sign, visible(line))) for line in lines)
    return f'"{"<br/>".join(POINT.sub(".", line) for line in safe)}"'


def _sign(sign: str) -> str:
    """A character that Mermaid cannot take for syntax."""
    plain = sign in HARMLESS or (sign.isalnum() if sign.isascii() else sign != NO_BREAK_SPACE)
    return sign if plain else f"#{ord(sign)};"


def _lines(diagram: Diagram, palette: Palette) -> Iterator[str]:
    numbers = {node.id: place for place, node in enumerate(diagram.nodes)}
    title = ", ".join(visible(line) for line in diagram.title).translate(IN_TITLE)
    if title:
        yield from ("---", f"title: {json.dumps(title)}", "---")
    yield f"flowchart {TURNED[diagram.direction] if diagram.backwards else diagram.direction.upper()}"
    for place, node in enumerate(diagram.nodes):
        yield f"  {_box(place, node)}"
    wrong: list[int] = []
    idle: list[int] = []
    for place, (_, edge) in enumerate(by_user(diagram)):
        wrong += [place] if edge.wrong else []
        idle += [place] if edge.idle else []
        tail, head = numbers[edge.tail], numbers[edge.head]
        quiet = silent(diagram.nodes[tail].kind, diagram.nodes[head].kind)
        yield f"  {_arrow(tail, head, edge, diagram, quiet=quiet)}"
    yield f"  linkStyle default stroke:{palette.flow(diagram.mode)},color:{palette.ink}"
    for place in idle:
        yield f"  linkStyle {place} stroke:{palette.edge},stroke-width:1px"
    for place in wrong:
        yield f"  linkStyle {place} stroke:{palette.wrong},color:{palette.wrong},stroke-dasharray:8 4"
    cut: list[Kind] = ["cut"] if any(node.kind == "cut" for node in diagram.nodes) else []
    for kind in [*kinds_shown(diagram), *cut]:
        paint = palette.kinds[kind]
        dashes = ",stroke-dasharray:5 2" if kind == "constant" else ""
        border = "none" if kind == "cut" else paint.border
        yield f"  classDef {kind}Node fill:{paint.fill},stroke:{border},color:{palette.ink}{dashes}"
        members = (f"n{place}" for place, node in enumerate(diagram.nodes) if node.kind == kind)
        yield f"  class {','.join(members)} {kind}Node"


def _box(place: int, node: DiagramNode) -> str:
    """A node in the shape of its kind."""
    before, after = SHAPES[node.kind]
    return f"n{place}{before}{mermaid_text(node_lines(node))}{after}"


def _arrow(tail: int, head: int, edge: DiagramEdge, diagram: Diagram, *, quiet: bool) -> str:
    """An arrow with its text; a dotted line where nothing flows."""
    if quiet:
        first, last = (head, tail) if diagram.backwards else (tail, head)
        return f"n{first} -.- n{last}"
    text = f"|{mermaid_text(edge_lines(edge))}|" if edge.lines else ""
    arrow = "==>" if edge.marked else "-->"
    return f"n{head} {arrow}{text} n{tail}" if diagram.backwards else f"n{tail} {arrow}{text} n{head}"
