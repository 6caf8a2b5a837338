"""Formulas in the place of names: what steps are called that the user gave no name.

x1/x2 is called x1/x2, and the sine of it sin(x1/x2). A formula that grows too long leaves out its longer
operands, and one that another step has already is numbered, so that no two steps are called alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from adcli.graph import Graph
from adcli.notation import ATOM, Notation, Piece, enclosed, show
from adcli.notation.numerals import SUBSCRIPTS

LONGEST = 60  # characters of a formula that stands for a name; LaTeX takes about twice as many
SHORT = 12  # characters of an operand that even a long formula keeps


def formulas(
    graph: Graph, unnamed: Iterable[int], name: Callable[[int], Piece], notation: Notation, more: str
) -> dict[int, Piece]:
    """A formula for each of the `unnamed` steps, in order of evaluation, in the names of all others.

    `more` stands for what is left out. No two formulas are equal.
    """
    found: dict[int, Piece] = {}
    times: Counter[str] = Counter()
    width = 2 if notation.latex else 1
    for node in unnamed:
        operands = [found[arg] if arg in found else name(arg) for arg in graph.args[node]]
        made = show.operation(graph, node, operands, notation)
        if len(made.text) > LONGEST * width:
            operands = [
                Piece(more) if arg in found and len(operand.text) > SHORT * width else operand
                for arg, operand in zip(graph.args[node], operands, strict=True)
            ]
            made = show.operation(graph, node, operands, notation)
        times[made.text] += 1
        if (count := times[made.text]) > 1:
            made = numbered(made, count, notation)
        found[node] = made
    return found


def numbered(formula: Piece, count: int, notation: Notation) -> Piece:
    """The second, third … step of the same formula: [sin(x)]₂."""
    text = enclosed(formula, "[", "]")
    if notation.latex:
        return Piece(f"{text}_{{{count}}}", ATOM, tall=formula.tall)
    return Piece(text + (f"_{count}" if notation.name == "source" else str(count).translate(SUBSCRIPTS)))
