"""A checked answer as a diagram: the graph with its sweep, and the edges where it went wrong marked."""

from __future__ import annotations

from typing import Literal

from adcli import answers
from adcli.checking.answer import CheckAnswer
from adcli.diagram import Diagram, DiagramEdge
from adcli.drawing import Wanted, diagram
from adcli.tracing.labels import FIGURE, Style


def marked(answer: CheckAnswer, wanted: Wanted, style: Style = FIGURE) -> Diagram:
    """The graph of the right sweep; an edge with a mistake has the student's number and the right one."""
    mode: Literal["forward", "reverse"] = (
        "forward" if any(entry.target.kind == "tangent" for entry in answer.entries) else "reverse"
    )
    program, wrt = answer.program, answer.wrt
    whole = answers.graph(
        program,
        answer.at,
        mode=mode,
        wrt=[program.inputs[wrt]] if mode == "forward" and wrt is not None else None,
        output=answer.output if mode == "reverse" else None,
    )
    wrong = wrong_edges(answer)
    made = diagram(whole, wanted, style)

    def with_mark(edge: DiagramEdge) -> DiagramEdge:
        numbers = wrong.get((edge.tail, edge.head, edge.slot))
        if numbers is None:
            return edge
        used, right = (style.number(x, wanted.digits) for x in numbers)
        said = style.prose("yours ") + used + style.prose(", right ") + right
        return edge._replace(lines=(*edge.lines, said), tooltip=f"{edge.tooltip}\n{said}", wrong=True)

    legend = (*made.legend, "red and dashed: the edge where the answer went wrong") if wrong else made.legend
    return made._replace(edges=tuple(map(with_mark, made.edges)), legend=legend)


def wrong_edges(answer: CheckAnswer) -> dict[tuple[str, str, int], tuple[float, float]]:
    """The edges of the likeliest mistakes, with the partial that was used and the right one."""
    found: dict[tuple[str, str, int], tuple[float, float]] = {}
    for entry in answer.entries:
        if entry.verdict == "wrong" and entry.mistakes:
            first = entry.mistakes[0]
            if first.edge is not None and first.numbers is not None:
                found.setdefault((first.edge.start, first.edge.end, first.edge.slot), first.numbers)
    return found
