"""What adcli functions tells: every function of the table with its domain, derivative, kinks, example."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, ClassVar

from adcli.answers.answer import SCHEMA
from adcli.arithmetic.real import REAL
from adcli.errors import NameProblem
from adcli.language.names import FUNCTIONS, nearest
from adcli.language.run import program
from adcli.notation import SOURCE, Notation, Piece, latex, show, write
from adcli.notation.latex_notation import LATEX
from adcli.notation.numerals import ANSWER_DIGITS, number
from adcli.primitives import ALIASES, ARRAYS, ROWS, TABLE, Primitive
from adcli.tracing.partials import partial_formula


@dataclass(frozen=True)
class FunctionEntry:
    """One function: `derivative` has a formula per argument in the arguments' names."""

    name: str
    aliases: tuple[str, ...]
    args: tuple[str, ...]
    domain: str
    derivative: tuple[str, ...]
    kinks: tuple[str, ...]
    example: str
    doc: str
    family: str

    def json(self) -> dict[str, Any]:
        """The entry for JSON."""
        return {
            "name": self.name,
            "aliases": list(self.aliases),
            "args": list(self.args),
            "domain": self.domain,
            "derivative": list(self.derivative),
            "kinks": list(self.kinks),
            "example": self.example,
        }


@dataclass(frozen=True)
class FunctionsAnswer:
    """`functions`: all of them, or one."""

    command: ClassVar[str] = "functions"
    functions: tuple[FunctionEntry, ...]
    single: bool

    def json(self) -> dict[str, Any]:
        """The whole answer, ready for JSON."""
        return {
            "schema": SCHEMA,
            "command": self.command,
            "functions": [entry.json() for entry in self.functions],
            "notes": [],
        }


def functions(name: str | None = None, digits: int = ANSWER_DIGITS) -> FunctionsAnswer:
    """Every function, or the one that a name or alias means; NameProblem for an unknown one.

    The examples have so many `digits`.
    """
    if name is None:
        rows = [row for row in ROWS.values() if row.callable]
        return FunctionsAnswer(tuple(entry(row, digits) for row in rows), single=False)
    if name == "log":
        return FunctionsAnswer((entry(TABLE["ln"], digits), entry(TABLE["log"], digits)), single=True)
    if name not in FUNCTIONS:
        meant = nearest(name, sorted(FUNCTIONS))
        raise NameProblem(
            f'no function is called "{name}"',
            hint=f"did you mean {meant}?" if meant else "adcli functions lists them all",
        )
    return FunctionsAnswer((entry(ROWS[FUNCTIONS[name]], digits),), single=True)


def entry(row: Primitive, digits: int) -> FunctionEntry:
    """A row of the table for readers."""
    aliases = tuple(alias for alias, name in ALIASES.items() if name == row.name)
    return FunctionEntry(
        row.name,
        aliases,
        row.args,
        row.domain,
        derivatives(row),
        tuple(kink.words for kink in row.kinks if kink.order == 1),
        example(row, digits),
        row.doc,
        row.family,
    )


# Their rules compare every argument with the result; of two arguments this says the same in the language.
CHOICES = {"max": "if(x > y, 1, if(x < y, 0, 1/2))", "min": "if(x < y, 1, if(x > y, 0, 1/2))"}


def derivatives(row: Primitive, notation: Notation = SOURCE) -> tuple[str, ...]:
    """The partials as formulas of the arguments; for a variadic function the one of its first of two.

    Of an operation on arrays they are what the argument's adjoint gets from z̄, that of the result.
    """
    if row.name in ARRAYS:
        return row.formulas if not notation.latex else tuple(map(matrix_formula, row.formulas))
    if row.name in CHOICES:
        choice = program(CHOICES[row.name])
        return tuple(
            show.formulas(choice.graph, list(choice.outputs.values()), choice.ids.__getitem__, notation)
        )
    names = arguments(row)
    own = write(row.name, [Piece(name) for name in names], notation)
    found = []
    for slot in range(1 if row.variadic else len(names)):
        if row.partial(slot) is None:
            continue
        graph, node = partial_formula(row.name, slot, (None,) * len(names))

        def meant(leaf: int, data: list[Any] = graph.data) -> str | Piece:
            return own if data[leaf] == "z" else names[int(data[leaf])]

        undefined = show.piece(graph, node, meant).text == "1/0"  # polygamma's order is a whole number
        formula = show.piece(graph, node, meant, notation).text
        found.append(formula if not undefined else r"\text{not defined}" if notation.latex else "not defined")
    return tuple(found)


def matrix_formula(text: str) -> str:
    r"""An adjoint rule in LaTeX.

    >>> print(matrix_formula("Aᵀ@z̄"))
    A^{\mathsf{T}}\,\bar{z}
    """
    text = re.sub(r"[a-z]{2,}(?:,? [a-z]{2,})*", lambda words: rf"\text{{ {words[0]} }}", text)
    signs = {"z̄": r"\bar{z}", "ᵀ": r"^{\mathsf{T}}", "@": r"\,", "*": r"\cdot "}
    for sign, written in signs.items():
        text = text.replace(sign, written)
    return text


def arguments(row: Primitive) -> list[str]:
    """Names for the arguments of a rule; two for a function of any number of them."""
    if row.variadic and len(row.args) == 1:
        return [row.args[0].rstrip("."), "y"]
    return [name.rstrip(".") for name in row.args]


def in_latex(name: str) -> tuple[str, tuple[str, ...]]:
    r"""A function of its arguments in LaTeX, and its partials.

    >>> print(*in_latex("atan"))
    \arctan(x) ('\\frac{1}{1 + x^{2}}',)
    """
    row = ROWS[name]
    operands = [Piece(latex.name(argument)) for argument in arguments(row)]
    if row.variadic:
        operands.append(Piece(r"\dots"))
    return write(name, operands, LATEX).text, derivatives(row, LATEX)


def example(row: Primitive, digits: int) -> str:
    """The function at a point inside its domain, as in "sin(0.5) = 0.4794255386"."""
    if row.example:
        return row.example
    names = 2 if row.variadic else len(row.args)
    low_high = [row.ranges[min(slot, len(row.ranges) - 1)] for slot in range(names)]
    point = [
        round(low + (high - low) * share, 1)
        for (low, high), share in zip(low_high, (0.7, 0.6, 0.8), strict=False)
    ]
    written = ", ".join(number(value) for value in point)
    return f"{row.name}({written}) = {number(REAL.function(row.name)(*point), digits)}"
