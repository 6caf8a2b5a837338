"""A graph in the operations that a language has: the others are replaced by what they are made of."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from adcli.arithmetic.symbolic import Formula, Symbolic
from adcli.coding.definitions import FUNCTIONS, WRITTEN_OUT
from adcli.errors import UsageError
from adcli.graph import CONST, INPUT, Graph
from adcli.primitives import TABLE


@dataclass
class Needs:
    """What code calls besides the language's own functions, each after those it calls itself."""

    functions: dict[str, tuple[Graph, int]] = field(default_factory=dict)


class Lowering(Symbolic):
    """The arithmetic that makes nodes in a language's `direct` operations, and calls of written functions."""

    name = "lowering"

    def __init__(
        self, language: str, direct: Collection[str], needs: Needs, graph: Graph | None = None
    ) -> None:
        super().__init__(graph)
        self.language = language
        self.direct = direct
        self.needs = needs

    def __getattr__(self, op: str) -> Callable[..., Formula]:
        if op not in TABLE:
            raise AttributeError(op)
        return lambda *operands: self.lowered(op, tuple(map(self.as_formula, operands)), tidy=True)

    def make(self, op: str, *operands: Any) -> Formula:
        """An operation of a definition, tidied; a square stays a product."""
        if op == "mul" and operands[0] == operands[1] and isinstance(operands[0], Formula):
            return Formula(self, self.graph.add(op, (operands[0].node, operands[0].node)))
        return super().make(op, *operands)

    def lowered(self, op: str, args: tuple[Formula, ...], *, tidy: bool = False) -> Formula:
        """A primitive: as it is, as a call, or written out. UsageError where the language has no way."""
        row = TABLE[op]
        if op not in self.direct:
            if op in FUNCTIONS:
                self.called(op)
            elif (definition := WRITTEN_OUT.get(op) or row.expand) is not None:
                return self.as_formula(definition(self, *args))
            else:
                raise UsageError(f"{self.language} has no way to write {op}")
        elif tidy and op not in ("and", "or", "not"):
            return self.make(op, *args)
        return Formula(self, self.graph.add(op, tuple(x.node for x in args)))

    def called(self, op: str) -> None:
        """Have a function written before the code, after those that it calls."""
        if op not in self.needs.functions:
            inside = Lowering(self.language, self.direct, self.needs)
            parameters = [inside.symbol(name) for name in TABLE[op].args]
            result = FUNCTIONS[op](inside, *parameters)
            self.needs.functions[op] = (inside.graph, result.node)


def lower(graph: Graph, language: str, direct: Collection[str], needs: Needs) -> tuple[Graph, Sequence[int]]:
    """The graph in a language's own operations and calls, and where each of its nodes went."""
    m = Lowering(language, direct, needs, Graph(share=graph.share))
    found: list[Formula] = []
    for op, args, data, _ in graph:
        if op in (INPUT, CONST):
            found.append(Formula(m, m.graph.add(op, (), data)))
        else:
            found.append(m.lowered(op, tuple(found[arg] for arg in args)))
    return m.graph, [formula.node for formula in found]
