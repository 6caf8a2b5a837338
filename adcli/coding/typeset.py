"""LaTeX: a line of an align* for every statement, then the answer as a vector or matrix."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from adcli.coding.derived import Label
from adcli.coding.identifiers import Identifiers
from adcli.coding.target import Target, inert
from adcli.notation import POWER, Notation, Piece, constant, latex, named
from adcli.notation.latex_notation import LATEX
from adcli.primitives import TABLE

if TYPE_CHECKING:
    from fractions import Fraction

ROWS = 30  # of one align*: LaTeX sets it as a whole


class Typeset(Target):
    """LaTeX as a target: every operation has its notation."""

    @cached_property
    def notation(self) -> Notation:
        """How formulas are written."""
        return LATEX

    @cached_property
    def direct(self) -> frozenset[str]:
        """All operations."""
        return frozenset(TABLE)

    def number(self, value: int | Fraction | str) -> Piece:
        """An exact constant."""
        return constant(value, LATEX)

    def called(self, name: str) -> Piece:
        """A name; one that is a fraction needs brackets under a power."""
        return Piece(name, POWER, tall=True) if name.startswith(r"\frac") else named(name)


LATEX_CODE = Typeset("latex", ".tex", "%", rules={}, words=frozenset(), guarded=False)


class Letters(Identifiers):
    """Names in LaTeX: they are distinct already; what has none is t with a number."""

    def give(self, wanted: str) -> str:
        """The name as it is."""
        return wanted

    def temporary(self) -> str:
        """The next t."""
        self.temporaries += 1
        return f"t_{{{self.temporaries}}}"


def letters(label: Label) -> str:
    """A step's name, or a derivative as a fraction."""
    of, by = latex.name(label.of), latex.name(label.by)
    if not label.by:
        return of
    if not label.also:
        return rf"\frac{{\partial {of}}}{{\partial {by}}}"
    also = latex.name(label.also)
    below = rf"\partial {by}^{{2}}" if by == also else rf"\partial {by}\,\partial {also}"
    return rf"\frac{{\partial^{{2}} {of}}}{{{below}}}"


def document(
    says: Sequence[str], statements: Sequence[tuple[str, str]], names: Sequence[str],
    results: Sequence[Sequence[str]], what: str,
) -> Iterator[str]:  # fmt: skip
    """The lines of a LaTeX fragment; `names` are the outputs'."""
    yield from (f"% {inert(line)}".rstrip() for line in says)
    yield r"% It needs \usepackage{amsmath}."
    lines = [*statements, *answer(names, results, what)]
    for start in range(0, len(lines), ROWS):
        yield r"\begin{align*}"
        rows = [f"  {name} &= {text}" for name, text in lines[start : start + ROWS]]
        yield " \\\\\n".join(rows)
        yield r"\end{align*}"


def answer(names: Sequence[str], results: Sequence[Sequence[str]], what: str) -> Iterator[tuple[str, str]]:
    """The lines of the answer itself."""
    if what == "value":
        for name, row in zip(names, results, strict=True):
            if latex.name(name) != row[0]:
                yield latex.name(name), row[0]
    elif what == "gradient":
        yield rf"\nabla {latex.name(names[0])}", matrix([[entry] for entry in results[0]])
    elif what == "hessian":
        yield rf"\nabla^{{2}} {latex.name(names[0])}", matrix(results)
    else:
        yield "J", matrix(results)


def matrix(rows: Sequence[Sequence[str]]) -> str:
    """A matrix of any width."""
    columns = "c" * max((len(row) for row in rows), default=1)
    body = r" \\[1ex] ".join(" & ".join(row) for row in rows)
    return rf"\left(\begin{{array}}{{{columns}}} {body} \end{{array}}\right)"
