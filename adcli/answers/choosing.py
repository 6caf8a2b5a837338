"""Which inputs and outputs a question is about: names as people give them, and the nodes that they mean."""

from __future__ import annotations

from collections.abc import Sequence

from adcli.errors import NameProblem, ShapeError, UsageError
from adcli.language.names import canonical, nearest
from adcli.language.program import Program
from adcli.primitives.shapes import words


def columns_of(program: Program, wrt: Sequence[str] | None) -> list[int]:
    """The nodes of the inputs to differentiate by, all of them unless `wrt` names some."""
    if wrt is None:
        return program.graph.inputs
    if isinstance(wrt, str):
        wrt = [wrt]
    return [input_node(program, name) for name in dict.fromkeys(wrt)]


def input_node(program: Program, name: str) -> int:
    """The node of an input by name; NameProblem when there is none."""
    inputs = program.inputs
    return inputs.index(known(program, name, "input", inputs))  # inputs are the first nodes


def names_of(program: Program, columns: Sequence[int]) -> list[str]:
    """The names of input nodes."""
    return [program.inputs[column] for column in columns]


def one_output(program: Program, output: str | None, whole: str = "") -> str:
    """The output that is asked for; UsageError when there are several and none is named.

    `whole` is the command that answers for all of them, if there is one.
    """
    names = list(program.outputs)
    if program.blocked is not None:
        raise program.blocked
    if output is not None:
        return output_name(program, output)
    if len(names) > 1:
        way = f"use {whole} for all of them, or" if whole else "choose one, as in"
        raise UsageError(
            f"the program has {len(names)} outputs: {', '.join(names)}",
            text=program.source,
            hint=f"{way} --output {names[0]}{' for one' if whole else ''}",
        )
    return names[0]


def number_wanted(program: Program, output: str) -> None:
    """Raise ShapeError for an output that is an array, which has a Jacobian and no gradient."""
    shape = program.graph.shape[program.outputs[output]]
    if shape:
        raise ShapeError(
            f"a gradient is of one number, and {output} is {words(shape)}",
            span=program.span(program.outputs[output]),
            text=program.source,
            hint="use jacobian for all of its entries, or add them up with sum(...)",
        )


def output_name(program: Program, name: str) -> str:
    """An output's name as the program has it; NameProblem when there is none."""
    return known(program, name, "output", list(program.outputs))


def known(program: Program, name: str, kind: str, names: Sequence[str]) -> str:
    """The one of `names` that is meant; NameProblem, which lists them, when there is none."""
    if (meant := canonical(name)) in names:
        return meant
    near = nearest(name, list(names))
    raise NameProblem(
        f'no {kind} is called "{name}"',
        text=program.source,
        details=(f"{kind}s: {', '.join(names) or 'none'}",),
        hint=f"did you mean {near}?" if near else None,
    )
