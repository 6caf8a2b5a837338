"""Shapes of a program at a point, and errors where an operation does not take its operands' shapes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from adcli import engine
from adcli.errors import ShapeError, Span
from adcli.graph import CONST, INPUT, Shape
from adcli.language.names import WORD
from adcli.language.note import Note
from adcli.language.program import Program
from adcli.language.syntax import Syntax
from adcli.notation import SPOKEN
from adcli.primitives.shapes import Unfit, filled, of_value, words

SIGNS = {"add": "+", "sub": "-", "mul": "*", "div": "/", "pow": "^", "matmul": "@", "neg": "-"}
NAMES = {"array": "a literal", "index": "an index", **SPOKEN}
LONGEST = 40


def shaped(program: Program, point: Mapping[str, Any]) -> Program:
    """The program with the shapes of its steps at a point; itself where everything is a number.

    Raises ShapeError at the first operation that does not fit.
    """
    graph = program.graph
    if graph.arrays or not engine.has_arrays(graph, list(point.values())):
        return program
    ops: list[str] = []
    found: list[Shape] = []
    notes: list[Note] = []
    for node, (op, args, data, _) in enumerate(graph):
        given = [found[arg] for arg in args]
        own = engine.operation_on(op, given)
        ops.append(own)
        if op == INPUT:
            found.append(of_value(point[data]))
        elif op == CONST:
            found.append(())
        else:
            try:
                found.append(engine.shape_of(own, data, given))
            except Unfit as error:
                parts = [(program.starts[arg], program.ends[arg]) for arg in args]
                raise unfit(program.source, op, parts, program.span(node), error, given) from None
            if not notes and (said := entry_by_entry(program, node, own, given)):
                notes.append(Note("implicit", said, program.ids[node], program.span(node)))
    return replace(program, graph=graph.shaped(ops, found), notes=(*program.notes, *notes))


def entry_by_entry(program: Program, node: int, op: str, shapes: Sequence[Shape]) -> str | None:
    """What to know of an operation entry by entry that a textbook reads as one of matrices; else None.

    They are W*x for a matrix and a vector, x*y for a row and a column, and the power of a square matrix.
    """
    if op not in ("mul", "pow") or not shapes[0]:
        return None
    parts = [(program.starts[arg], program.ends[arg]) for arg in program.graph.args[node]]
    (left, right), (x, y) = (operand(called(program.source, part)) for part in parts), shapes
    if op == "pow":
        exponent = program.graph.data[program.graph.args[node][1]]
        square = x[0] == x[1] > 1
        if not square or not (exponent == -1 or (exponent == 2 and node in program.outputs.values())):
            return None
        way = f"the inverse is inv({left})" if exponent == -1 else f"the matrix product is {left}@{left}"
        return f"{left}^{exponent} is a power entry by entry; {way}"
    if not y:
        return None
    whole = words((max(x[0], y[0]), max(x[1], y[1])))
    if x[0] == y[1] == 1 and x[1] == y[0] > 1:
        return (
            f"{left}*{right} multiplies entry by entry, both repeated to {whole}; "
            f"the matrix product is {left}@{right}"
        )
    if not (1 < x[1] == y[0] and y[1] == 1 < x[0]):
        return None
    return (
        f"{left}*{right} multiplies entry by entry, {right} repeated to {whole}; "
        f"the matrix product is {left}@{right}"
    )


def unfit(
    text: str,
    op: str,
    parts: Sequence[tuple[int, int]],
    span: Span,
    error: Unfit,
    shapes: Sequence[Shape],
) -> ShapeError:
    """The error for shapes that an operation does not take: what they are, and what may be meant."""
    names = [called(text, part) for part in parts] or ["the operand"] * len(shapes)
    said = ", ".join(
        f"{name} is {words(shape)}" for name, shape in list(dict(zip(names, shapes, strict=True)).items())[:4]
    )
    way = error.ways[0] if error.ways else None
    if way == "transposed":
        way = "{0} " + SIGNS.get(op, ",") + " {1}ᵀ"
    if op == "mul" and way in (None, "{0} * {1}ᵀ") and filled(shapes[0])[1] == filled(shapes[1])[0]:
        way = "{0}@{1}"
    fitting = way is not None and all(len(name) <= LONGEST for name in names)
    hint = f"did you mean {way.format(*map(operand, names))}?" if fitting and way is not None else None
    return ShapeError(
        f"{SIGNS.get(op) or NAMES.get(op, op)}: {said}; {error.why}", span=span, text=text, hint=hint
    )


def called(text: str, part: tuple[int, int]) -> str:
    """What an operand is called: its own text, unless that is long."""
    written = " ".join(text[part[0] : part[1]].split())
    return written if written and len(written) <= LONGEST else "the operand"


def operand(name: str) -> str:
    """An operand's text as it stands in a product."""
    simple = re.fullmatch(rf"{WORD}(\([^()]*\)|\[[^\[\]]*\])?|\([^()]*\)|\[.*\]", name)
    return name if simple else f"({name})"


def condition_on(text: str, syntax: Syntax, operands: Sequence[Any]) -> ShapeError:
    """The error for a condition on an array."""
    shape = next(of_value(value) for value in operands if of_value(value))
    return ShapeError(
        f"a condition compares scalars, and this is {words(filled(shape))}",
        span=Span(syntax.start, syntax.end), text=text,
        hint="compare one entry, as in x[1] < 0, or use relu, abs, max entry by entry",
    )  # fmt: skip
