"""`compare`: automatic, symbolic and numerical differentiation of one function, side by side."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from adcli.answers.answer import Answer
from adcli.answers.choosing import columns_of, names_of, number_wanted, one_output
from adcli.answers.running import explained, linearized, noted, rows
from adcli.arithmetic.real import REAL
from adcli.engine import sweep
from adcli.engine.undefined import Undefined
from adcli.errors import UsageError
from adcli.graph import only
from adcli.notation.numerals import json_number
from adcli.study.counting import counted, sizes
from adcli.study.differences import Found, Study, curve_json, function, numerical, study
from adcli.study.formulas import derivatives
from adcli.study.quotients import QUOTIENTS
from adcli.study.reference import Reference, error_of, nothing, reference
from adcli.study.scalars import scalars, typed

if TYPE_CHECKING:
    from fractions import Fraction

    from adcli.answers.running import Point
    from adcli.graph import Graph
    from adcli.language.program import Program

KINKS = ("kink", "tie")  # notes of points without a derivative to compare with
OWN = {"forward difference": 3, "central difference": 5, "Richardson": 14, "complex step": 1}
FORWARD, REVERSE, SYMBOLIC = "forward mode", "reverse mode", "symbolic"


class Cost(NamedTuple):
    """What all derivatives take by a method: so many passes of a kind, and operations."""

    method: str
    passes: int
    of: str
    operations: int


class Sizes(NamedTuple):
    """Operations of formulas written out, and with every shared part computed once."""

    tree: int
    graph: int


@dataclass(frozen=True, kw_only=True)
class CompareAnswer(Answer):
    """`compare`: per input a row per method, what each costs, and how large the formulas are."""

    command = "compare"
    output: str
    value: float
    found: dict[str, tuple[Found, ...]]
    reference: Reference
    costs: tuple[Cost, ...]
    operations: int
    function: Sizes
    formula: Sizes
    study: Study | None = None

    def own(self) -> dict[str, Any]:
        """The fields of this command."""
        fields: dict[str, Any] = {
            "output": self.output,
            "value": json_number(self.value),
            "wrt": list(self.found),
            "reference": {"kind": self.reference.kind, "derivatives": self.reference.texts},
            "derivatives": {
                name: [
                    {
                        "method": row.method,
                        "derivative": row.derivative,
                        "error": row.error,
                        "digits": row.digits,
                        "h": row.h,
                        "why": row.why or None,
                    }
                    for row in rows
                ]
                for name, rows in self.found.items()
            },
            "operations": self.operations,
            "costs": [
                {
                    "method": cost.method,
                    "passes": cost.passes,
                    "of": cost.of,
                    "operations": cost.operations,
                    "ratio": cost.operations / self.operations if self.operations else None,
                }
                for cost in self.costs
            ],
            "size": {"function": self.function._asdict(), "derivatives": self.formula._asdict()},
        }
        if self.study is not None:
            fields["sweep"] = {
                "wrt": self.study.by,
                "curves": [curve_json(made) for made in self.study.curves],
            }
        return fields


def compared(
    program: Program,
    point: Point,
    *,
    wrt: Sequence[str] | None = None,
    output: str | None = None,
    h: float | None = None,
    sweep_h: bool = False,
    strict: bool = False,
) -> CompareAnswer:
    """The derivatives of one output by every method; `h` is an own step of all difference quotients.

    With `sweep_h`, also their errors against the step, by the first input of `wrt`. Raises UsageError for
    several outputs without `output`, DomainError where automatic differentiation finds no derivative.
    """
    if h is not None and not (math.isfinite(h) and h > 0):
        raise UsageError(f"--h is a step greater than 0, not {h}", hint="write it as in --h 1e-6")
    given = scalars(program, point)
    name = one_output(given.whole, output)
    number_wanted(given.whole, name)
    anew = typed(program, given)
    program, at = given.program, given.at
    node = program.outputs[name]
    columns = columns_of(program, given.each(wrt))
    inputs = names_of(program, columns)
    if not columns:
        raise UsageError("there is nothing to differentiate by: the program has no inputs")
    lin = linearized(program, at, columns, [node])
    with explained(program, at):
        (forward,) = rows(lin, [node], columns, "forward")
        (reverse,) = rows(lin, [node], columns, "reverse")
    notes = noted(program, lin, {name: node}, strict=strict, wrt=columns)
    kinked = any(note.code in KINKS for note in notes)
    right = nothing("kink", inputs) if kinked else reference(anew, at, name, inputs)
    graph, nodes = derivatives(program, node, columns)
    written = symbolic(at, graph, nodes)
    found = {
        by: tuple(
            judged(row, right.values[by])
            for row in (
                Found(FORWARD, forward[place]),
                Found(REVERSE, reverse[place]),
                written[place],
                *(numerical(quotient, function(anew, at, name, by), at[by], h) for quotient in QUOTIENTS),
            )
        )
        for place, by in enumerate(inputs)
    }
    counts = counted(program.graph, [node], columns)
    return CompareAnswer(
        program=given.whole,
        at=dict(given.given),
        notes=notes,
        output=name,
        value=lin.primals[node],
        found=found,
        reference=right,
        costs=tuple(
            costs(counts.values, counts.forward, counts.reverse, len(columns), sizes(graph, nodes)[1])
        ),
        operations=counts.values,
        function=Sizes(*sizes(program.graph, [node])),
        formula=Sizes(*sizes(graph, nodes)),
        study=study(anew, at, name, inputs[0], found[inputs[0]], right) if sweep_h else None,
    )


def judged(row: Found, right: Fraction | None) -> Found:
    """A row with its error, where both numbers are there."""
    if row.derivative is None or right is None:
        return row
    return row._replace(error=error_of(row.derivative, right))


def symbolic(at: Mapping[str, float], graph: Graph, nodes: Sequence[int]) -> list[Found]:
    """The formulas' values; one that has none at this point says so."""
    made: list[Found] = []
    for node in nodes:
        try:
            made.append(Found(SYMBOLIC, sweep.evaluate(only(graph, [node]), REAL, at)[node]))
        except Undefined as undefined:
            made.append(Found(SYMBOLIC, None, why=f"the formula has no value here: {undefined.reason}"))
    return made


def costs(f: int, forward: int, reverse: int, inputs: int, formulas: int) -> Iterator[Cost]:
    """What all derivatives take, method by method; quotients share the value at the point."""
    yield Cost(FORWARD, inputs, "forward pass", inputs * forward)
    yield Cost(REVERSE, 1, "reverse pass", reverse)
    yield Cost(SYMBOLIC, inputs, "formula", formulas)
    for quotient in QUOTIENTS:
        shared = quotient.calls == 2 and quotient.order == 1
        calls = inputs + 1 if shared else inputs * quotient.calls
        yield Cost(quotient.name, calls, "value of f", calls * f + inputs * OWN[quotient.name])
