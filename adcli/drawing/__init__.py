"""A graph's answer as a Diagram: what stands in each box and beside each arrow."""

from __future__ import annotations

from functools import cached_property
from typing import Any, NamedTuple

from adcli.answers.answer import GraphAnswer
from adcli.diagram import Arrows, Diagram, DiagramEdge, DiagramNode, Direction, EdgeText, Kind
from adcli.drawing.captions import kinks, marked_paths, seeded, titled
from adcli.drawing.folding import Fold, folded
from adcli.graph import CONST, INPUT
from adcli.notation import constant
from adcli.notation.numerals import MOST_WRITTEN, PICTURE_DIGITS, json_number, number
from adcli.tracing.labels import FIGURE, Style
from adcli.tracing.trace import Scribe, Use

# Above this many steps an edge carries its number alone; the rest is in the tooltip.
DENSE = 16
MOST_LABELLED = 500
"""Above so many boxes they show their labels alone, and edges nothing; the tooltips keep the rest."""


def exactly(value: Any) -> str:
    """A value to its last digit; a large array by its shape."""
    if not hasattr(value, "shape"):
        return repr(value) if isinstance(value, float) else str(value)
    return repr(json_number(value)) if value.size <= MOST_WRITTEN else number(value)


class Wanted(NamedTuple):
    """What the picture should say.

    `edges` is None for both, for numbers alone in a dense graph, and for nothing in a large one. The
    steps of each of `folds` are one box.
    """

    edges: EdgeText | None = None
    arrows: Arrows | None = None
    direction: Direction = "tb"
    digits: int = PICTURE_DIGITS
    folds: tuple[Fold, ...] = ()


def diagram(answer: GraphAnswer, wanted: Wanted, style: Style = FIGURE) -> Diagram:
    """The picture of a graph at a point, or in formulas without one.

    In a LaTeX style the lines of boxes and edges are math, those of the title prose, and all else is as
    in the picture itself.
    """
    return Drawing(answer, wanted, style).diagram()


class Drawing:
    """One picture in the making."""

    def __init__(self, answer: GraphAnswer, wanted: Wanted, style: Style = FIGURE) -> None:
        self.answer = answer
        self.trace = answer.trace
        self.wanted = wanted
        self.style = style
        self.scribe = Scribe(answer.trace, style, wanted.digits)
        self.labels = self.scribe.labels
        self.shown = range(len(answer.trace.graph)) if answer.part is None else answer.part.nodes
        self.rows = [node for node in answer.trace.rows if node in self.shown]
        spared = sum(len(fold.nodes) - 1 for fold in wanted.folds)
        steps = sum(1 for node in self.rows if answer.trace.graph.args[node])
        self.dense = steps - spared > DENSE and wanted.edges is None
        self.sparse = len(self.rows) - spared > MOST_LABELLED and wanted.edges is None
        self.outputs: dict[int, list[str]] = {}
        for output, node in answer.program.outputs.items():
            self.outputs.setdefault(node, []).append(self.labels.written_name(output))

    def diagram(self) -> Diagram:
        """Nodes in order of evaluation, each constant beside its user, an edge for every use."""
        nodes: list[DiagramNode] = []
        edges: list[DiagramEdge] = []
        graph = self.trace.graph
        for node in self.rows:
            drawn = [] if graph.op[node] == INPUT else self.constants(node)
            drawn += self.stubs(node)
            nodes += [box for box, line in drawn if line.tail == box.id]
            nodes.append(self.box(node))
            nodes += [box for box, line in drawn if line.head == box.id]
            edges += [self.arrow(use) for use in self.trace.uses(node) if use.arg in self.shown]
            edges += [line for _, line in drawn]
            edges += self.silent(node)
        nodes += self.known()
        title = titled(self.answer, self.scribe)
        made = Diagram(
            title=title,
            nodes=tuple(nodes),
            edges=tuple(edges),
            legend=self.legend(),
            mode=self.trace.mode,
            description=f"Computation graph of {' '.join(title)}",
            direction=self.wanted.direction,
            arrows=self.wanted.arrows,
        )
        ids, said = self.labels.ids, self.style.prose
        boxes = [
            ([ids[node] for node in fold.nodes], list(map(said, fold.lines))) for fold in self.wanted.folds
        ]
        return folded(made, boxes, said) if boxes else made

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
        }["value" if self.dense else wanted.edges or "both"]
        if self.trace.lin is None and said:
            said = "edge:  ∂result/∂operand = formula"
        v = self.labels.letter if len(self.labels.letter) == 1 else "v"
        bar, dot = f"{v}\u0304", f"{v}\u0307"
        if v in self.labels.called or v in self.answer.program.outputs:  # the reader's own v is another
            v, bar, dot = f"{v}ᵢ", f"{bar}ᵢ", f"{dot}ᵢ"
        flow = {"forward": f"{dot}(operand) · value", "reverse": f"{bar}(result) · value", "none": ""}[mode]
        if said and flow and self.says_flow:
            said += f",  below it  {flow}"
        meaning = {
            "none": "",
            "forward": f"{dot} = derivative along the seed; the flows into a node add up to its {dot}; ",
            "reverse": f"{bar} = ∂{seeded(self.answer, self.scribe)}/∂{v};"
            f" the flows into a node add up to its {bar}; ",
        }[mode]
        if mode != "none" and any(self.idle(use) for node in self.rows for use in self.trace.uses(node)):
            meaning += "grey edges: the sweep does not come there; "
        if said_of_maps := self.scribe.map_words():
            meaning += f"{said_of_maps}; "
        part = self.answer.part
        cut = "" if part is None else part.caption(self.answer.program)
        if any(map(self.stubs, self.rows)):
            cut += "; … stands for what is cut away"
        thin = "labels alone, as in every large graph" if self.sparse else ""
        thick = marked_paths(self.answer, self.scribe)
        if not any(True for node in self.rows for _ in self.trace.graph.args[node]):  # nothing has an edge
            said, way, meaning = "", "", meaning.partition(";")[0]
        lines = (cut, thin or said, thick, kinks(self.answer), meaning + way)
        return tuple(line for line in lines if line)

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
        outputs = self.outputs.get(node, [])
        also = [f"{output} = " for output in outputs if output not in (name, self.labels.row(node))]
        if is_input:
            lines = [f"{''.join(also)}{name} {shown}".strip()]
        else:
            lines = ["".join(also) + self.labels.equation(node, scribe.formula(node))]
            lines += [shown] if shown else []
        full, accent = lines[0], None
        if self.trace.numbers is not None and self.trace.number(node) is not None:
            accent = len(lines)
            lines.append(f"{scribe.carried(node)} = {scribe.digits_of(self.trace.number(node))}")
        if self.sparse:
            lines, accent = [outputs[0] if outputs else name], None
        kind: Kind = "input" if is_input else "output" if node in self.outputs else "step"
        exact = [] if value is None else [f"{name} = {exactly(value)}"]
        tooltip = "\n".join(
            [full, *exact] if is_input else [full, scribe.with_numbers(node), *exact][: 3 if exact else 1]
        )
        return DiagramNode(self.labels.ids[node], kind, tuple(lines), accent, tooltip)

    def known(self) -> list[DiagramNode]:
        """The outputs that are constants, as f = 5: no edge leads to them."""
        graph, drawn = self.trace.graph, []
        for node, outputs in self.outputs.items():
            if graph.op[node] == CONST and node in self.shown:
                text = " = ".join([*outputs, constant(graph.data[node], self.style.notation).text])
                drawn.append(DiagramNode(self.labels.ids[node], "output", (text,), None, text))
        return drawn

    def constants(self, user: int) -> list[tuple[DiagramNode, DiagramEdge]]:
        """A small box for each constant operand of a step; a raised exponent is part of the formula."""
        graph = self.trace.graph
        drawn = []
        for slot, arg in enumerate(graph.args[user]):
            raised = graph.op[user] == "pow" and slot == 1 and isinstance(graph.data[arg], int)
            if graph.op[arg] == CONST and not raised:
                name = f"{self.labels.ids[arg]}@{self.labels.ids[user]}.{slot}"
                text = constant(graph.data[arg], self.style.notation).text
                box = DiagramNode(name, "constant", (text,), None, text)
                drawn.append((box, DiagramEdge(name, self.labels.ids[user], slot)))
        return drawn

    def stubs(self, node: int) -> list[tuple[DiagramNode, DiagramEdge]]:
        """Marks for operands and for users that are cut away."""
        graph, name, labels = self.trace.graph, self.labels.ids[node], self.labels
        before = [
            slot
            for slot, arg in enumerate(graph.args[node])
            if arg not in self.shown and graph.op[arg] != CONST
        ]
        behind = [user for user in self.users.get(node, ()) if user not in self.shown]
        drawn = []
        if before:
            said = ", ".join(dict.fromkeys(labels.name(graph.args[node][slot]) for slot in before))
            mark = DiagramNode(f"{name} from", "cut", (self.style.more,), None, f"cut away: {said}")
            drawn.append((mark, DiagramEdge(mark.id, name, before[0])))
        if behind:
            said = ", ".join(labels.name(user) for user in dict.fromkeys(behind))
            mark = DiagramNode(f"{name} to", "cut", (self.style.more,), None, f"cut away: {said}")
            drawn.append((mark, DiagramEdge(name, mark.id, 0)))
        return drawn

    @cached_property
    def users(self) -> dict[int, list[int]]:
        """The steps that use each node, where some may be cut away."""
        found: dict[int, list[int]] = {}
        if self.answer.part is not None:
            for user, args in enumerate(self.trace.graph.args):
                for arg in args:
                    found.setdefault(arg, []).append(user)
        return found

    def silent(self, user: int) -> list[DiagramEdge]:
        """Edges of operands that are no constants and have no derivative: drawn, with nothing to say."""
        graph = self.trace.graph
        moving = {use.slot for use in self.trace.uses(user)}
        return [
            DiagramEdge(self.labels.ids[arg], self.labels.ids[user], slot, idle=self.trace.mode != "none")
            for slot, arg in enumerate(graph.args[user])
            if slot not in moving and graph.op[arg] != CONST and arg in self.shown
        ]

    def arrow(self, use: Use) -> DiagramEdge:
        """An edge with its partial, and with the flow when a sweep was made."""
        scribe = self.scribe
        weight, flow = self.trace.weight(use), self.trace.flow(use)
        formula = scribe.partial(use).text
        mapped = scribe.is_map(use)
        value = "" if weight is None or mapped else scribe.digits_of(weight)
        slope = scribe.slope(use)
        whole = " = ".join(dict.fromkeys(part for part in (slope, formula, value) if part))
        if mapped:
            whole = f"{slope}: {formula}"
        flowing = "" if flow is None else f"{scribe.rule_with_weight(use)} = {scribe.digits_of(flow)}"
        kind = self.wanted.edges or ("value" if self.dense and weight is not None else "both")
        if kind == "none" or self.sparse:
            lines = []
        elif kind == "formula" or (kind == "value" and not value):
            lines = [whole if mapped else f"{slope} = {formula}"]
        elif kind == "value":
            lines = [value if self.dense else f"{slope} = {value}"]
        else:
            lines = [whole]
        accent = None
        if flowing and self.says_flow and not self.sparse:
            accent = len(lines)
            lines.append(flowing)
        tooltip = "\n".join(part for part in (whole, flowing) if part)
        ids = self.labels.ids
        marked = self.answer.paths is not None and (use.user, use.slot) in self.answer.paths.edges
        return DiagramEdge(
            ids[use.arg], ids[use.user], use.slot, tuple(lines), accent, tooltip, marked, idle=self.idle(use)
        )

    def idle(self, use: Use) -> bool:
        """Whether the sweep of the picture does not come along an edge."""
        trace = self.trace
        if trace.numbers is not None:
            return trace.number(trace.source(use)) is None
        return trace.mode == "reverse" and not trace.reached[use.user]
