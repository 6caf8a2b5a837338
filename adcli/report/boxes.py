"""The graph for a terminal: the words of each box, and of each arrow its partial alone."""

from __future__ import annotations

from dataclasses import replace

from adcli.answers.answer import GraphAnswer
from adcli.diagram import Arrows, Diagram, DiagramEdge, DiagramNode, EdgeText, Kind
from adcli.graph import CONST, INPUT
from adcli.notation.numerals import PICTURE_DIGITS
from adcli.report.document import Look
from adcli.report.sums import Sums
from adcli.report.title import title
from adcli.report.trace import sweep_heading
from adcli.tracing.trace import CARRIED, Use


def boxes(answer: GraphAnswer, look: Look, edges: EdgeText | None, arrows: Arrows | None) -> Diagram:
    """The picture in a terminal's words: constants stay in the formulas, arrows follow the data."""
    trace = answer.trace
    sums = Sums(trace, replace(look, digits=look.digits or PICTURE_DIGITS))
    ids, graph = sums.labels.ids, trace.graph
    outputs: dict[int, list[str]] = {}
    for name, place in answer.program.outputs.items():
        outputs.setdefault(place, []).append(sums.labels.written_name(name))
    known = [place for place in outputs if graph.op[place] == CONST and answer.part is None]
    shown = [row for row in trace.rows if answer.part is None or row in answer.part.nodes]
    drawn = []
    for user in shown:
        uses = {use.slot: use for use in trace.uses(user)}
        for slot, arg in enumerate(graph.args[user]):
            if graph.op[arg] != CONST and (answer.part is None or arg in answer.part.nodes):
                lines = weight(sums, uses[slot], edges or "both") if slot in uses else ()
                drawn.append(DiagramEdge(ids[arg], ids[user], slot, lines))
    heading = () if trace.mode == "none" else (sweep_heading(sums),)
    maps = sums.scribe.map_words() if edges != "none" else ""
    said = () if answer.part is None else (answer.part.caption(answer.program),)
    return Diagram(
        title=(*title(answer.program, answer.at, look.style, look.digits, answer.arithmetic.words), *heading),
        nodes=tuple(node(sums, place, outputs.get(place, [])) for place in (*shown, *known)),
        edges=tuple(drawn),
        legend=(*said, "; ".join(filter(None, (legend(look, edges or "both", arrows), maps))))
        if drawn
        else said,
        mode=trace.mode,
        arrows=arrows or "data",
    )


def node(sums: Sums, place: int, outputs: list[str]) -> DiagramNode:
    """A box: names, formula and value in one line, the tangent or adjoint in a second."""
    trace, labels = sums.trace, sums.labels
    is_input = trace.graph.op[place] == INPUT
    shown = [*outputs, labels.row(place) if place in labels.formulas else labels.name(place)]
    if trace.graph.op[place] == CONST:
        return DiagramNode(labels.ids[place], "output", (" = ".join(shown),))
    if not is_input:
        shown.append(sums.scribe.formula(place))
    if sums.at_point:
        shown.append(sums.value(place))
    lines = [" = ".join(dict.fromkeys(shown))]
    if trace.number(place) is not None:
        carried = sums.scribe.carried(place) if sums.style.marks else CARRIED[trace.mode]
        lines.append(f"{carried} = {sums.number(place)}")
    kind: Kind = "output" if outputs and not is_input else "input" if is_input else "step"
    return DiagramNode(labels.ids[place], kind, tuple(lines), 1 if len(lines) > 1 else None)


def weight(sums: Sums, use: Use, edges: EdgeText) -> tuple[str, ...]:
    """What stands beside an arrow: the partial as formula, number, or both; written once when they agree."""
    formula = sums.scribe.partial(use).text
    number = sums.trace.weight(use)
    mapped = number is None or sums.scribe.is_map(use)
    value = formula if mapped else sums.scribe.digits_of(number)
    texts = {"formula": [formula], "value": [value], "both": [formula, value], "none": []}[edges]
    return (" = ".join(dict.fromkeys(texts)),) if texts else ()


def legend(look: Look, edges: EdgeText, arrows: Arrows | None) -> str:
    """What an edge says, and which way its arrow runs."""
    way = "arrows run from result to operand" if arrows == "dependency" else "arrows follow the data"
    if edges == "none":
        return way
    partial = "∂result/∂operand" if look.style.marks else "d(result)/d(operand)"
    return f"on an edge: the local partial {partial}; {way}"
