"""A graph's answer as a Diagram: what stands in each box and beside each arrow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from adcli.answers import GraphAnswer
from adcli.diagram import Arrows, Diagram, DiagramEdge, DiagramNode, Direction, EdgeText, Kind
from adcli.graph import CONST, INPUT
from adcli.labels import FIGURE
from adcli.notation import constant
from adcli.numerals import MOST_WRITTEN, PICTURE_DIGITS, json_number, number
from adcli.show import TREE_STEPS, pieces
from adcli.tracing import Scribe, Use, unit_seed

# Above this many steps an edge carries its number alone; the rest is in the tooltip.
DENSE = 16
TITLE = 120


def exactly(value: Any) -> str:
    """A value to its last digit; a large array by its shape."""
    if not hasattr(value, "shape"):
        return repr(value)
    return repr(json_number(value)) if value.size <= MOST_WRITTEN else number(value)


@dataclass(frozen=True)
class Wanted:
    """What the picture should say. `edges` is None for both, or for numbers alone in a dense graph."""

    edges: EdgeText | None = None
    arrows: Arrows | None = None
    direction: Direction = "tb"
    digits: int = PICTURE_DIGITS


def diagram(answer: GraphAnswer, wanted: Wanted) -> Diagram:
    """The picture of a graph at a point, or in formulas without one."""
    return Drawing(answer, wanted).diagram()


class Drawing:
    """One picture in the making."""

    def __init__(self, answer: GraphAnswer, wanted: Wanted) -> None:
        self.answer = answer
        self.trace = answer.trace
        self.wanted = wanted
        self.scribe = Scribe(answer.trace, FIGURE, wanted.digits)
        self.labels = self.scribe.labels
        self.dense = len(answer.program) > DENSE and wanted.edges is None
        self.outputs = {node: name for name, node in reversed(list(answer.program.outputs.items()))}

    def diagram(self) -> Diagram:
        """Nodes in order of evaluation, each constant beside its user, an edge for every use."""
        nodes: list[DiagramNode] = []
        edges: list[DiagramEdge] = []
        graph = self.trace.graph
        for node in self.trace.rows:
            drawn = [] if graph.op[node] == INPUT else self.constants(node)
            nodes += [box for box, _ in drawn]
            nodes.append(self.box(node))
            edges += [self.arrow(use) for use in self.trace.uses(node)]
            edges += [line for _, line in drawn]
            edges += self.silent(node)
        title = self.title()
        return Diagram(
            title=title,
            nodes=tuple(nodes),
            edges=tuple(edges),
            legend=self.legend(),
            mode=self.trace.mode,
            description=f"Computation graph of {' '.join(title)}",
            direction=self.wanted.direction,
            arrows=self.wanted.arrows,
        )

    def title(self) -> tuple[str, ...]:
        """Expression, point, and the sweep with its seed."""
        program, labels = self.answer.program, self.labels
        if len(program) <= TREE_STEPS:
            written = pieces(program.graph, list(program.outputs.values()), labels.name, FIGURE.notation)
            heading = ", ".join(
                f"{labels.written_name(name)} = {piece.text}"
                for name, piece in zip(program.outputs, written, strict=True)
            )
        else:
            heading = (
                f"{', '.join(map(labels.written_name, program.outputs))}: a program of {len(program)} steps"
            )
        lines = [heading if len(heading) <= TITLE else heading[: TITLE - 1] + "…"]
        if self.answer.at:
            at = (
                f"{labels.name(node)} = {self.scribe.digits_of(self.trace.value(node))}"
                for node in program.graph.inputs
            )
            lines.append(f"at {', '.join(at)}")
        if self.trace.mode == "none":
            lines.append("local partial derivatives")
        else:
            seed = (
                f"{self.scribe.carried(node)} = {self.scribe.digits_of(x)}"
                for node, x in self.trace.seed.items()
            )
            lines.append(f"{self.trace.mode} mode, seed {', '.join(seed) or 'of zeros'}")
        return tuple(lines)

    def legend(self) -> tuple[str, ...]:
        """What an edge says and which way arrows run."""
        mode, wanted = self.trace.mode, self.wanted
        backwards = wanted.arrows == "dependency" if wanted.arrows else mode == "reverse"
        way = "arrows run from result to operand" if backwards else "arrows run from operand to result"
        said = {
            "none": "",
            "formula": "edge:  ∂result/∂operand = formula",
            "value": "edge:  value of ∂result/∂operand",
            "both": "edge:  ∂result/∂operand = formula = value",
        }["value" if self.dense and self.trace.lin else wanted.edges or "both"]
        if self.trace.lin is None and said.endswith(" = value"):
            said = said.removesuffix(" = value")
        flow = {"forward": "v̇(operand) · value", "reverse": "v̄(result) · value", "none": ""}[mode]
        if said and flow and self.says_flow:
            said += f",  below it  {flow}"
        meaning = {
            "none": "",
            "forward": "v̇ = derivative along the seed; the flows into a node add up to its v̇; ",
            "reverse": f"v̄ = ∂{self.seeded}/∂v; the flows into a node add up to its v̄; ",
        }[mode]
        return tuple(line for line in (said, meaning + way) if line)

    @property
    def seeded(self) -> str:
        """The output that adjoints belong to, when it is one with the seed 1."""
        seed = self.trace.seed
        (node,) = seed if len(seed) == 1 else (None,)
        if node not in self.outputs or node != unit_seed(self.trace):
            return "(seeded outputs)"
        return self.labels.written_name(self.outputs[node])

    @property
    def says_flow(self) -> bool:
        """Whether edges show what the sweep carries along them."""
        return (
            self.trace.numbers is not None and not self.dense and self.wanted.edges in (None, "both", "value")
        )

    def box(self, node: int) -> DiagramNode:
        """An input, step or output: label and formula, value, tangent or adjoint."""
        graph, scribe = self.trace.graph, self.scribe
        name, value = self.labels.name(node), self.trace.value(node)
        is_input = graph.op[node] == INPUT
        shown = "" if value is None else f"= {scribe.digits_of(value)}"
        if is_input:
            lines = [f"{name} {shown}".strip()]
        else:
            formula = f"{name} = {scribe.formula(node)}"
            output = self.labels.written_name(self.outputs[node]) if node in self.outputs else name
            lines = [formula if output == name else f"{output} = {formula}", *([shown] if shown else [])]
        accent = None
        if self.trace.numbers is not None and self.trace.number(node) is not None:
            accent = len(lines)
            lines.append(f"{scribe.carried(node)} = {scribe.digits_of(self.trace.number(node))}")
        kind: Kind = "input" if is_input else "output" if node in self.outputs else "step"
        exact = [] if value is None else [f"{name} = {exactly(value)}"]
        tooltip = "\n".join(
            [lines[0], *exact]
            if is_input
            else [lines[0], scribe.with_numbers(node), *exact][: 3 if exact else 1]
        )
        return DiagramNode(self.labels.ids[node], kind, tuple(lines), accent, tooltip)

    def constants(self, user: int) -> list[tuple[DiagramNode, DiagramEdge]]:
        """A small box for each constant operand of a step; a raised exponent is part of the formula."""
        graph = self.trace.graph
        drawn = []
        for slot, arg in enumerate(graph.args[user]):
            raised = graph.op[user] == "pow" and slot == 1 and isinstance(graph.data[arg], int)
            if graph.op[arg] == CONST and not raised:
                name = f"{self.labels.ids[arg]}@{self.labels.ids[user]}.{slot}"
                text = constant(graph.data[arg], FIGURE.notation).text
                box = DiagramNode(name, "constant", (text,), None, text)
                drawn.append((box, DiagramEdge(name, self.labels.ids[user], slot)))
        return drawn

    def silent(self, user: int) -> list[DiagramEdge]:
        """Edges of operands that are no constants and have no derivative: drawn, with nothing to say."""
        graph = self.trace.graph
        moving = {use.slot for use in self.trace.uses(user)}
        return [
            DiagramEdge(self.labels.ids[arg], self.labels.ids[user], slot)
            for slot, arg in enumerate(graph.args[user])
            if slot not in moving and graph.op[arg] != CONST
        ]

    def arrow(self, use: Use) -> DiagramEdge:
        """An edge with its partial, and with the flow when a sweep was made."""
        scribe = self.scribe
        weight, flow = self.trace.weight(use), self.trace.flow(use)
        formula = scribe.partial(use).text
        value = "" if weight is None else scribe.digits_of(weight)
        slope = scribe.slope(use)
        whole = " = ".join(dict.fromkeys(part for part in (slope, formula, value) if part))
        flowing = "" if flow is None else f"{scribe.rule_with_weight(use)} = {scribe.digits_of(flow)}"
        kind = self.wanted.edges or ("value" if self.dense and weight is not None else "both")
        if kind == "none":
            lines = []
        elif kind == "formula" or (kind == "value" and not value):
            lines = [f"{slope} = {formula}"]
        elif kind == "value":
            lines = [value if self.dense else f"{slope} = {value}"]
        else:
            lines = [whole]
        accent = None
        if flowing and self.says_flow:
            accent = len(lines)
            lines.append(flowing)
        tooltip = "\n".join(part for part in (whole, flowing) if part)
        ids = self.labels.ids
        return DiagramEdge(ids[use.arg], ids[use.user], use.slot, tuple(lines), accent, tooltip)
