"""What a student is told of a mistake: one sentence, with the formula that was used and the right one."""

from __future__ import annotations

from functools import cached_property

from adcli.arithmetic.symbolic import Formula, Symbolic
from adcli.engine.undefined import FAILURES
from adcli.graph import CONST
from adcli.mistakes.claim import EdgeName, Explanation
from adcli.mistakes.hypothesis import Hypothesis
from adcli.mistakes.scene import Change, Partial, Place, Scene
from adcli.notation import TABLE, Piece, show
from adcli.notation.numerals import number
from adcli.primitives import TABLE as PRIMITIVES

FOLLOWS = "everything after that follows from it"


class Wording:
    """Writes explanations in the names of one scene."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.labels = scene.labels

    @cached_property
    def ids(self) -> list[str]:
        """The ASCII ids of nodes."""
        return self.scene.program.ids

    def explanation(
        self, hypothesis: Hypothesis, change: Change, numbers: tuple[float, float] | None = None
    ) -> Explanation:
        """A mistake as plain data; its rank and what it reproduces are still to come.

        `numbers` are a row's, as written and as it follows from the rows before.
        """
        edges = tuple(self.edge(place) for place in change.weights)
        place = change.place
        node = None if change.node is None else self.ids[change.node]
        if change.rule is not None and place is not None:
            weights = change.weights[place], self.scene.weight(place)
            return Explanation(
                hypothesis.code,
                self.at_edge(change, place),
                "edge",
                self.edge(place),
                node,
                weights,
                edges=edges,
            )
        if hypothesis.scope == "step" and change.node is not None:
            return self.at_step(hypothesis, change, change.node, numbers)
        if hypothesis.scope == "sum" and change.node is not None:
            return self.at_sum(hypothesis, change, change.node, numbers)
        return Explanation(hypothesis.code, change.words, hypothesis.scope, None, node, numbers)

    def edge(self, place: Place) -> EdgeName:
        """A use by ids."""
        user, slot = place
        return EdgeName(self.ids[self.scene.graph.args[user][slot]], self.ids[user], slot)

    def at_edge(self, change: Change, place: Place) -> str:
        """At x₂ → v₁ you used -x₁/x₂ = -3; it is -x₁/x₂² = -6: …; everything after that follows from it."""
        user, slot = place
        graph = self.scene.graph
        arg = graph.args[user][slot]
        use = f"{self.labels.name(arg)} → {self.labels.name(user)}"
        if graph.args[user].count(arg) > 1:
            use += (
                f" ({('1st', '2nd', '3rd')[slot] if slot < 3 else f'{slot + 1}th'} {self.labels.name(arg)})"
            )
        used = self.told(change.rule, place, change.weights[place])
        right = self.told(None, place, self.scene.weight(place))
        return f"at {use} you used {used}; it is {right}: {change.words}; {FOLLOWS}"

    def told(self, rule: Partial | None, place: Place, value: float) -> str:
        """A partial as a formula and as a number: -x₁/x₂ = -3."""
        digits = number(value)
        try:
            formula = self.formula(rule, place)
        except FAILURES:
            return digits
        return digits if formula == digits else f"{formula} = {digits}"

    def formula(self, rule: Partial | None, place: Place) -> str:
        """A partial as a formula in the names of the program; without a rule the right one."""
        user, slot = place
        graph = self.scene.graph
        args = graph.args[user]
        m = Symbolic()
        operands = [
            m.lift(graph.data[arg]) if graph.op[arg] == CONST else m.symbol(str(place))
            for place, arg in enumerate(args)
        ]
        z = m.symbol("z")
        d = right_formula(m, graph.op[user], slot, z, operands)
        made = d if rule is None else m.as_formula(rule(m, d, z, *operands))

        def meant(leaf: int) -> str | Piece:
            symbol = m.graph.data[leaf]
            return self.labels.piece(user if symbol == "z" else args[int(symbol)])

        return show.piece(m.graph, made.node, meant, TABLE).text

    def step(self, node: int) -> str:
        """v₃ = v₁ - v₂."""
        return self.labels.equation(node, show.step(self.scene.graph, node, self.labels.piece, TABLE))

    def at_step(
        self, hypothesis: Hypothesis, change: Change, node: int, numbers: tuple[float, float] | None
    ) -> Explanation:
        """At v₃ = v₁ - v₂ you got 4.64; it is 1.35: …; everything after that follows from it."""
        if numbers is None:
            run, right = self.scene.rerun(change), self.scene.primals[node]
            numbers = (right if run is None else run.primals[node]), right
        got = "" if numbers[0] == numbers[1] else f" {said(numbers)}"
        message = f"at {self.step(node)}{got}: {change.words}; {FOLLOWS}"
        return Explanation(hypothesis.code, message, "step", None, self.ids[node], numbers)

    def at_sum(
        self, hypothesis: Hypothesis, change: Change, node: int, numbers: tuple[float, float] | None
    ) -> Explanation:
        """At x̄ you got 1.64; it is 2.64: …; everything after that follows from it."""
        scene, run = self.scene, self.scene.rerun(change)
        name = self.step(node)
        if change.weights and scene.mode == "reverse":
            name = self.labels.adjoint(node)
            if numbers is None and run is not None:
                numbers = run.adjoints(scene.output)[node], scene.right.adjoints(scene.output)[node]
        elif len(scene.columns) == 1 or change.weights:
            name = self.labels.tangent(node)
            column = scene.wrt if change.weights else scene.columns[0]
            if numbers is None and run is not None:
                numbers = run.tangents(column)[node], scene.right.tangents(column)[node]
        got = f" {said(numbers)}" if numbers else ""
        edges = tuple(self.edge(place) for place in change.weights)
        return Explanation(
            hypothesis.code,
            f"at {name}{got}: {change.words}; {FOLLOWS}",
            "sum",
            edges[0] if len(edges) == 1 else None,
            self.ids[node],
            numbers,
            edges=edges,
        )


def said(numbers: tuple[float, float]) -> str:
    """You got 4.64; it is 1.35."""
    return f"you got {number(numbers[0])}; it is {number(numbers[1])}"


def right_formula(m: Symbolic, op: str, slot: int, z: Formula, operands: list[Formula]) -> Formula:
    """The right partial as textbooks write it: of a quotient in its operands, -x/y²."""
    if op == "div" and slot == 1:
        return -operands[0] / m.square(operands[1])
    row = PRIMITIVES[op]
    partial = row.partial(slot)
    made = partial(m, z, *((slot,) if row.variadic else ()), *operands) if callable(partial) else partial or 0
    return m.as_formula(made)
