"""Derivatives as bare formulas, for pipes, and as a Python function."""

from __future__ import annotations

import keyword
import math
from collections.abc import Iterator
from typing import Any

from adcli.deriving import DiffAnswer
from adcli.deriving.written import Formula, named, source
from adcli.errors import DomainError, UsageError
from adcli.graph import CONST, cone
from adcli.notation.numerals import LARGEST
from adcli.notation.python_notation import PYTHON
from adcli.report.formulas import written_parts
from adcli.tracing.labels import FIGURE
from adcli.transform import in_words_of


def formula_code(answer: DiffAnswer, language: str) -> str:
    """The formulas in one of the languages, a line or a function each."""
    if language == "python":
        functions = [
            "\n".join(python(answer, output, name, formula))
            for output in answer.formulas
            for name, formula in answer.told(output)
        ]
        if not functions:
            raise UsageError("there is no input to differentiate by, so no function to write")
        used = any("math." in function for function in functions)
        return "\n\n\n".join([*(["import math"] if used else []), *functions]) + "\n"
    lines = [
        line
        for output in answer.formulas
        for _, formula in answer.told(output)
        for line in lines_of(answer, formula, language)
    ] or ["0"] * len(answer.formulas)
    return "".join(f"{line}\n" for line in lines)


def lines_of(answer: DiffAnswer, formula: Formula, language: str) -> Iterator[str]:
    """A formula in the language, or as print sets it with its named parts before it."""
    if language == "text":
        yield source(answer.program, formula)
    else:
        parts, text = written_parts(answer, FIGURE, formula)
        yield from parts
        yield text


def python(answer: DiffAnswer, output: str, name: str, formula: Formula) -> Iterator[str]:
    """A function of all inputs; UsageError for what Python cannot say, DomainError for overflow."""
    graph, node, missing = in_words_of(formula.graph, formula.node, PYTHON.rules.keys())
    if missing:
        hint = "adcli codegen writes such functions out"
        raise UsageError(f"Python's math module has no {missing}", hint=hint)
    needed = cone(graph, [node])
    if any(
        used and op == CONST and too_large(data)
        for used, op, data in zip(needed, graph.op, graph.data, strict=True)
    ):
        raise DomainError(
            f"overflow: a constant of the formula is beyond {LARGEST}, and so beyond Python's floats",
            hint="use --format text",
        )
    found = named(answer.program, Formula(graph, node), PYTHON, identifier)
    order = answer.order if answer.order > 1 else ""
    title = f"d{order}{output}_d{name}{order}" if answer.order else output
    yield f"def {identifier(title)}({', '.join(map(identifier, answer.program.inputs))}):"
    for part, text in found.parts:
        yield f"    {part} = {text}"
    yield f"    return {found.text}"


def too_large(constant: Any) -> bool:
    """Whether a constant is beyond all floats, so that Python reads its digits as infinity."""
    if isinstance(constant, str):
        return False
    try:
        return math.isinf(float(constant))
    except OverflowError:
        return True


def identifier(name: str) -> str:
    """A name that Python takes."""
    return f"{name}_" if keyword.iskeyword(name) or name == "math" else name
