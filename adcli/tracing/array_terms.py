"""The terms of a sweep on arrays: Wᵀ@v̄₁ in names and in numbers, and the map on its edge, Wᵀ@·."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from adcli.engine.sweep import Linearization
from adcli.graph import CONST, Graph, Shape
from adcli.notation import PRODUCT, Piece, bracket, constant
from adcli.primitives import ARRAYS, LinearMap
from adcli.primitives.shapes import of_value
from adcli.tracing.array_rules import Writing, Written, fitted, linear_map
from adcli.tracing.labels import Labels
from adcli.tracing.partials import partial_formula, partial_piece

FEW = 4  # entries of a softmax whose matrix is written in numbers
HERE = {"source": "_", "latex": r"\cdot"}  # where a map is applied, in its own text


class ArrayTerms:
    """What the edges of a program with arrays carry, written in one style; `figure` writes a number."""

    def __init__(
        self,
        graph: Graph,
        lin: Linearization | None,
        labels: Labels,
        mode: str,
        figure: Callable[[Any], Piece],
    ) -> None:
        self.graph = graph
        self.lin = lin
        self.labels = labels
        self.backwards = mode != "forward"
        self.figure = figure
        self.notation = labels.style.notation
        self.m = Writing(self.notation)

    @property
    def here(self) -> str:
        """What stands in a map for what comes in."""
        return HERE.get(self.notation.name, "·")

    def shape(self, node: int) -> Shape | None:
        """The shape of a node, None without a point."""
        return self.graph.shape[node] if self.lin is not None and self.graph.arrays else None

    def names(self, use: Any) -> Piece:
        """A term in names: Wᵀ@v̄₁."""
        source = use.user if self.backwards else use.arg
        carried = self.labels.adjoint if self.backwards else self.labels.tangent
        inflow = self.m.value(carried(source), self.shape(source), carried=True)
        return self.term(use, inflow, self.named).piece

    def numbers(self, use: Any, inflow: Any) -> Piece:
        """The same in numbers."""
        came = self.m.value(self.figure(inflow), of_value(inflow), carried=True)
        return self.term(use, came, self.numbered).piece

    def partial(self, use: Any) -> Piece:
        """The map of an edge: Wᵀ@· for a product, ⊙ [z > 0] entry by entry, a gradient by itself."""
        source = use.user if self.backwards else use.arg
        here = self.m.value(self.here, self.shape(source), carried=True)
        if self.graph.op[use.user] in ARRAYS:
            made = self.mapped(use, self.named)
            weight = getattr(made, "weight", None)
            if weight is not None:
                return weight.piece  # type: ignore[no-any-return]  # a Written
            piece = self.term(use, here, self.named).piece
            return piece._replace(text=piece.text.removeprefix(here.piece.text + self.notation.times))
        slope = self.slope(use, self.named)
        if self.repeated(use) and self.backwards:
            return self.term(use, here, self.named).piece
        if self.notation.name == "source" or not slope.shape:
            return slope.piece
        sign = r"\odot " if self.notation.latex else "⊙ "
        return Piece(sign + bracket(slope.piece, PRODUCT, self.notation), PRODUCT)

    def is_map(self, use: Any) -> bool:
        """Whether the partial says what becomes of what comes in: it is no formula and no number."""
        if self.graph.op[use.user] in ARRAYS:
            return getattr(self.mapped(use, self.named), "weight", None) is None
        return self.repeated(use) and self.backwards

    def term(self, use: Any, inflow: Written, value: Callable[[int], Piece]) -> Written:
        """What an edge makes of what comes in."""
        graph = self.graph
        if value == self.numbered and (matrix := self.softmax_matrix(use)) is not None:
            return self.m.matmul(self.m.value(self.figure(matrix), matrix.shape), inflow)
        if value == self.numbered and (gradient := self.gradient(use)) is not None:
            whole = inflow * self.m.value(self.figure(gradient), of_value(gradient))
            return whole if self.backwards else self.m.sum(None, whole)
        if graph.op[use.user] in ARRAYS:
            made = self.mapped(use, value)
            return inflow if made is None else made.pull(inflow) if self.backwards else made.push(inflow)
        slope = self.slope(use, value)
        unit = {1: inflow, -1: -inflow}.get(self.constant_slope(use) or 0)
        made = unit or inflow * slope
        own = self.shape(use.arg)
        if not self.backwards or own is None:
            return made
        made.shape = self.shape(use.user)
        return fitted(self.m, made, own)

    def gradient(self, use: Any) -> Any:
        """The gradient of a map with one number as its result, in numbers; None of others."""
        weight = None if self.lin is None else self.lin.weights[use.user][use.slot]
        return weight.weight if isinstance(weight, LinearMap) else None

    def softmax_matrix(self, use: Any) -> Any:
        """The matrix diag(p) - p@pᵀ of a softmax in numbers, where p is a column of a few entries."""
        if self.lin is None or self.graph.op[use.user] != "softmax":
            return None
        p = self.lin.primals[use.user]
        n, m = of_value(p) or (0, 0)
        if m != 1 or n > FEW or self.graph.data[use.user] == 2:
            return None
        made = -(p * p.T)
        made.flat[:: n + 1] += p.ravel()
        return made + 0.0

    def mapped(self, use: Any, value: Callable[[int], Piece]) -> Any:
        """The linear map of an operation on whole arrays."""
        graph, user = self.graph, use.user
        operands = [self.m.value(value(arg), self.shape(arg)) for arg in graph.args[user]]
        z = self.m.value(value(user), self.shape(user))
        return linear_map(self.m, graph.op[user], graph.data[user], use.slot, z, operands)

    def slope(self, use: Any, value: Callable[[int], Piece]) -> Written:
        """The slope of an operation entry by entry."""
        weight = None if self.lin is None else self.lin.weights[use.user][use.slot]
        if value == self.numbered:
            return self.m.value(self.figure(weight), of_value(weight))
        graph = self.graph
        if graph.op[use.user] == "relu" and self.notation.name != "source":
            arg = graph.args[use.user][use.slot]
            return self.m.value(f"[{value(arg).text} > 0]", of_value(weight))
        piece = partial_piece(graph, use.user, use.slot, self.labels.piece, self.labels.style)
        return self.m.value(piece, of_value(weight))

    def rule(self, use: Any) -> tuple[Graph, int]:
        """The rule of an operation entry by entry as a formula."""
        graph, args = self.graph, self.graph.args[use.user]
        constants: Sequence[Any] = [graph.data[arg] if graph.op[arg] == CONST else None for arg in args]
        return partial_formula(graph.op[use.user], use.slot, tuple(constants))

    def constant_slope(self, use: Any) -> Any:
        """The slope of an operation where it is a constant, else None."""
        rule, node = self.rule(use)
        return rule.data[node] if rule.op[node] == CONST else None

    def repeated(self, use: Any) -> bool:
        """Whether an operand is repeated to its user's shape."""
        return self.shape(use.arg) != self.shape(use.user)

    def named(self, node: int) -> Piece:
        """A node by its name, a constant by its value."""
        if self.graph.op[node] == CONST:
            return constant(self.graph.data[node], self.notation)
        return Piece(self.labels.name(node))

    def numbered(self, node: int) -> Piece:
        """A node by its value."""
        return self.figure(None if self.lin is None else self.lin.primals[node])
