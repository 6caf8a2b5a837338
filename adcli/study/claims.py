"""Claimed derivatives: formulas in our language, of the inputs of a program. Nothing else is run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from adcli.errors import AdcliError, AdcliSyntaxError, NameProblem, Span, UsageError
from adcli.language.constants import ASSIGNMENT
from adcli.language.names import nearest
from adcli.language.points import parts
from adcli.language.run import program as read
from adcli.running import input_node
from adcli.study.numbers_only import refuse_arrays

if TYPE_CHECKING:
    from adcli.language.program import Program


@dataclass(frozen=True)
class Claim:
    """What a text says that the derivative by an input is."""

    by: str
    formula: Program
    text: str


def claims(program: Program, text: str) -> list[Claim]:
    """The claims of a list such as "x=2*x*y, y=x^2".

    A formula may use the program's inputs, and no other names. Raises UsageError for an input that is
    given twice, NameProblem for a name that is no input, AdcliSyntaxError for what is no formula.
    """
    found: dict[str, Claim] = {}
    for start, end in parts(text):
        match = ASSIGNMENT.match(text, start, end)
        if match is None:
            raise AdcliSyntaxError(
                "--gradient: expected NAME=FORMULA", span=Span(start, end), where="answer", text=text,
                hint="write it as in x=2*x*y,y=x^2",
            )  # fmt: skip
        try:
            by = program.inputs[input_node(program, match[1])]
        except NameProblem as error:
            error.message = f"--gradient: {error.message}"
            error.span, error.where, error.text = Span(*match.span(1)), "answer", text
            raise
        if by in found:
            raise UsageError(f'--gradient: "{match[1]}" is given twice', hint="give each input once")
        found[by] = claim(program, by, text, match.end(), end)
    return list(found.values())


def claim(program: Program, by: str, whole: str, start: int, end: int) -> Claim:
    """The claim that stands between two places of a text."""
    text = whole[start:end]
    plain = text.strip()
    start += len(text) - len(text.lstrip()) if plain else 0
    try:
        if not plain:
            raise AdcliSyntaxError("the formula is missing", span=Span(0, 0), hint="write it as in x=2*x*y")
        formula = read(plain, names=program.inputs)
        if len(formula.outputs) != 1:
            raise AdcliSyntaxError("a derivative is one formula", span=Span(0, len(plain)))
        refuse_arrays(formula, "check-gradient")
        refuse_unknown(program, formula)
    except AdcliError as error:
        span = error.span or Span(0, len(plain))
        error.message = f"--gradient: {error.message}"
        error.span, error.where, error.text = Span(span.start + start, span.end + start), "answer", whole
        error.others = ()
        raise
    return Claim(by, formula, plain)


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
