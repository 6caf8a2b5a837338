"""Claimed derivatives: formulas in our language, of the inputs of a program. Nothing else is run."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from adcli.answers.choosing import input_node
from adcli.errors import AdcliError, AdcliSyntaxError, NameProblem, ShapeError, Span, UsageError
from adcli.language.constants import ASSIGNMENT
from adcli.language.names import WORD, nearest
from adcli.language.points import parts
from adcli.language.run import program as read
from adcli.primitives.shapes import words
from adcli.study.scalars import Scalars, scalars, tidy

if TYPE_CHECKING:
    from adcli.graph import Shape
    from adcli.language.program import Program


@dataclass(frozen=True)
class Claim:
    """What a text says that the derivative by an input is: the output of a formula of numbers."""

    by: str
    formula: Program
    text: str
    output: str


ENTRY = re.compile(rf"\s*({WORD}\s*\[[\s\d,]*\])\s*=(?!=)")


def claims(given: Scalars, text: str) -> list[Claim]:
    """The claims of a list such as "x=2*x*y, y=x^2", one for each entry of an array.

    A formula may use the program's inputs, and no other names. Raises UsageError for an input that is
    given twice, NameProblem for a name that is no input, AdcliSyntaxError for what is no formula, ShapeError
    for one of another shape than its input.
    """
    found: dict[str, Claim] = {}
    for start, end in parts(text):
        match = ASSIGNMENT.match(text, start, end) or ENTRY.match(text, start, end)
        if match is None:
            raise AdcliSyntaxError(
                "--gradient: expected NAME=FORMULA", span=Span(start, end), where="answer", text=text,
                hint="write it as in x=2*x*y,y=x^2",
            )  # fmt: skip
        entries, shape = entries_of(given, match[1], text, Span(*match.span(1)))
        for made in claim(given, entries, shape, text, match.end(), end):
            if made.by in found:
                raise UsageError(f'--gradient: "{match[1]}" is given twice', hint="give each input once")
            found[made.by] = made
    return list(found.values())


def numbers(program: Program, slopes: Sequence[float]) -> list[Claim]:
    """The claims of finite numbers, one for each input of a program of numbers."""
    made = []
    for by, slope in zip(program.inputs, slopes, strict=True):
        formula = read(repr(slope))
        made.append(Claim(by, formula, repr(slope), next(iter(formula.outputs))))
    return made


def entries_of(given: Scalars, name: str, text: str, span: Span) -> tuple[list[str], Shape]:
    """The inputs that a name stands for, an array's entries or one, and their shape.

    NameProblem where there is none.
    """
    if (entry := tidy(name)) in given.program.inputs:
        return [entry], ()
    try:
        node = input_node(given.whole, name)
        return given.parts[given.whole.inputs[node]], given.whole.graph.shape[node]
    except NameProblem as error:
        error.message = f"--gradient: {error.message}"
        error.span, error.where, error.text = span, "answer", text
        raise


def claim(given: Scalars, entries: list[str], shape: Shape, whole: str, start: int, end: int) -> list[Claim]:
    """The claims that stand between two places of a text, one for each entry."""
    text = whole[start:end]
    plain = text.strip()
    start += len(text) - len(text.lstrip()) if plain else 0
    try:
        if not plain:
            raise AdcliSyntaxError("the formula is missing", span=Span(0, 0), hint="write it as in x=2*x*y")
        formula = read(plain, names=given.whole.inputs)
        if len(formula.outputs) != 1:
            raise AdcliSyntaxError("a derivative is one formula", span=Span(0, len(plain)))
        refuse_unknown(given.whole, formula)
        made = scalars(formula, {name: given.given[name] for name in formula.inputs})
        (node,) = made.whole.outputs.values()
        if (own := made.whole.graph.shape[node]) != shape:
            raise ShapeError(
                f"the formula is {words(own)}, and what it differentiates by is {words(shape)}",
                span=Span(0, len(plain)),
            )
    except AdcliError as error:
        span = error.span or Span(0, len(plain))
        error.message = f"--gradient: {error.message}"
        error.span, error.where, error.text = Span(span.start + start, span.end + start), "answer", whole
        error.others = ()
        raise
    return [
        Claim(by, made.program, plain, output)
        for by, output in zip(entries, made.program.outputs, strict=True)
    ]


def refuse_unknown(program: Program, formula: Program) -> None:
    """Raise NameProblem for a name that is no input of the program."""
    for place, name in enumerate(formula.inputs):
        if name not in program.inputs:
            meant = nearest(name, list(program.inputs))
            raise NameProblem(
                f'"{name}" is not an input', span=formula.span(place),
                details=(f"inputs: {', '.join(program.inputs)}",),
                hint=f"did you mean {meant}?" if meant else "a formula uses the inputs' names",
            )  # fmt: skip
