"""Second derivatives and Taylor coefficients: the same sweeps, in power series.

Forward over reverse: an input moves with t, a reverse sweep carries adjoints that move with it, and
their slopes in t are second derivatives (Griewank and Walther, Evaluating Derivatives, 2nd edition,
section 5.2).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from adcli.answers.answer import Answer, json_numbers
from adcli.answers.choosing import columns_of, names_of, one_output
from adcli.answers.deciding import decided
from adcli.answers.expanding import Whole, entrywise
from adcli.answers.running import Point, explained, linearized, noted, placed
from adcli.answers.seeded import tangent_of
from adcli.arithmetic import Arithmetic
from adcli.arithmetic.real import REAL
from adcli.arithmetic.series import HIGHEST, Series, coefficient, head, series
from adcli.engine import sweep
from adcli.engine.undefined import Undefined
from adcli.errors import UsageError
from adcli.explain import kink_notes
from adcli.graph import only
from adcli.notation.numerals import json_number

if TYPE_CHECKING:
    from adcli.engine.sweep import Linearization
    from adcli.language.note import Note
    from adcli.language.program import Program


@dataclass(frozen=True, kw_only=True)
class HessianAnswer(Answer):
    """`hessian`: the value of one output and its second derivatives by the inputs of `wrt`."""

    command = "hessian"
    output: str
    value: Any
    hessian: list[list[Any]]
    wrt: tuple[str, ...]

    def own(self) -> dict[str, Any]:
        """The fields of this command."""
        return {
            "value": json_number(self.value),
            "hessian": json_numbers(self.hessian),
            "wrt": list(self.wrt),
        }


@dataclass(frozen=True, kw_only=True)
class HvpAnswer(Answer):
    """`hvp`: the Hessian of one output times a direction."""

    command = "hvp"
    output: str
    seed: dict[str, Any]
    product: dict[str, Any]

    def own(self) -> dict[str, Any]:
        """The fields of this command."""
        return {"seed": json_numbers(self.seed), "product": json_numbers(self.product)}


@dataclass(frozen=True, kw_only=True)
class TaylorAnswer(Answer):
    """`taylor`: the coefficients of one output in powers of t, where the inputs move along `tangent`.

    `exact` has them as exact numbers, where all are short ones, and `exact_at` the point.
    """

    command = "taylor"
    output: str
    tangent: dict[str, Any]
    coefficients: list[Any]
    exact: list[Any] | None = None
    exact_at: dict[str, Any] | None = None

    def own(self) -> dict[str, Any]:
        """The fields of this command."""
        fields = {"tangent": json_numbers(self.tangent), "coefficients": json_numbers(self.coefficients)}
        return fields if self.exact is None else {**fields, "exact": json_numbers(self.exact)}


@decided
def hessian(
    program: Program,
    point: Point,
    *,
    wrt: Sequence[str] | None = None,
    output: str | None = None,
    strict: bool = False,
    arithmetic: Arithmetic = REAL,
) -> HessianAnswer:
    """The matrix of second derivatives of one output, forward over reverse: a pass per input.

    One triangle is computed and mirrored. Raises UsageError for several outputs without `output`,
    DomainError where a first or second derivative does not exist.
    """
    refuse_rounding(arithmetic, "hessian")
    asked = wrt
    program, point, wrt, _, whole = entrywise(program, point, arithmetic, wrt=wrt)
    program, at = placed(program, point, arithmetic)
    columns = columns_of(program, wrt)
    name = one_output(program, output)
    node = program.outputs[name]
    lin = linearized(program, at, columns, [node], arithmetic)
    notes = told(program, lin, name, columns, whole, strict=strict, order=2)
    matrix = [[arithmetic.lift(0)] * len(columns) for _ in columns]
    for j, column in enumerate(columns):
        below = second_order(program, at, {column: arithmetic.lift(1)}, node, columns[j:], arithmetic)
        for i, entry in enumerate(below, j):
            matrix[i][j] = matrix[j][i] = entry
    inputs = tuple(names_of(program, columns))
    if whole is not None:
        program, at = whole.program, whole.at
        inputs = tuple(names_of(program, columns_of(program, asked)))
    return HessianAnswer(
        program=program,
        at=at,
        notes=notes,
        arithmetic=arithmetic,
        output=name,
        value=lin.primals[node],
        hessian=matrix,
        wrt=inputs,
    )


@decided
def hvp(
    program: Program,
    point: Point,
    tangent: Mapping[str, Any] | None = None,
    *,
    output: str | None = None,
    strict: bool = False,
    arithmetic: Arithmetic = REAL,
) -> HvpAnswer:
    """The Hessian of one output times a direction, forward over reverse in one pass.

    A single input needs no `tangent`. Raises UsageError for several outputs without `output`, or
    several inputs without `tangent`, DomainError where a derivative does not exist.
    """
    refuse_rounding(arithmetic, "hvp")
    program, point, _, tangent, whole = entrywise(program, point, arithmetic, seed=tangent)
    program, at = placed(program, point, arithmetic)
    name = one_output(program, output)
    node = program.outputs[name]
    seed = tangent_of(program, tangent, "hvp", arithmetic)
    lin = linearized(program, at, None, [node], arithmetic)
    notes = told(program, lin, name, program.graph.inputs, whole, strict=strict, order=2)
    product = second_order(program, at, seed, node, program.graph.inputs, arithmetic)
    moves = {program.inputs[column]: number for column, number in seed.items()}
    found = dict(zip(program.inputs, product, strict=True))
    if whole is not None:
        program, at = whole.program, whole.at
        moves, found = whole.gathered(moves), whole.gathered(found)
    return HvpAnswer(
        program=program, at=at, notes=notes, arithmetic=arithmetic, output=name, seed=moves, product=found
    )


def told(
    program: Program,
    lin: Linearization,
    name: str,
    columns: Sequence[int],
    whole: Whole | None,
    *,
    strict: bool,
    order: int,
) -> tuple[Note, ...]:
    """The notes on kinks, in the steps of the program that was written where this one has its entries."""
    bent = whole is not None and kink_notes(program, lin, {name: program.outputs[name]}, order)
    if whole is not None and bent and name in whole.program.outputs:
        moved = {program.inputs[column] for column in columns}
        program = whole.program
        columns = [i for i, each in enumerate(program.inputs) if not moved.isdisjoint(whole.parts[each])]
        lin = linearized(program, whole.at, columns, [program.outputs[name]])
    return noted(program, lin, {name: program.outputs[name]}, strict=strict, wrt=columns, order=order)


def refuse_rounding(arithmetic: Arithmetic, command: str) -> None:
    """Raise UsageError for numbers that are rounded step by step: nobody does these sweeps by hand."""
    if arithmetic.words.startswith("each step"):
        raise UsageError(
            f"{command} cannot round its steps as by hand",
            hint="leave out --round-steps; --exact and --digits N work here",
        )


def second_order(
    program: Program,
    at: Point,
    direction: Mapping[int, Any],
    output: int,
    rows: Sequence[int],
    base: Arithmetic,
) -> list[Any]:
    """The slope of ∂output/∂input along a direction, for every input of `rows`."""
    arithmetic = series(1, base)
    graph = only(program.graph, [output])
    with explained(program, at, "second derivative"), at_t_0():
        lin = sweep.linearize(graph, arithmetic, moving(program, at, direction, 1, base), rows, [output])
        adjoints = sweep.reverse(lin, {output: base.lift(1)})
    return [coefficient(adjoints[row], 1) + base.lift(0) for row in rows]


@contextmanager
def at_t_0() -> Iterator[None]:
    """What has no value is told with the numbers at the point, not with series."""
    try:
        yield
    except Undefined as undefined:
        undefined.values = tuple(map(head, undefined.values))
        raise


def moving(
    program: Program, at: Point, direction: Mapping[int, Any], order: int, base: Arithmetic
) -> dict[str, Any]:
    """The point as it moves with t; an input without speed stays a number."""
    zero = base.lift(0)
    return {
        name: Series([value, speed] + [zero] * (order - 1)) if (speed := direction.get(node)) else value
        for (name, value), node in zip(at.items(), program.graph.inputs, strict=True)
    }


@decided
def taylor(
    program: Program,
    point: Point,
    order: int,
    *,
    tangent: Mapping[str, Any] | None = None,
    output: str | None = None,
    strict: bool = False,
    exact: bool = False,
    arithmetic: Arithmetic = REAL,
) -> TaylorAnswer:
    """The Taylor coefficients f, f′, f″/2!, … up to `order`, of one input or along `tangent`.

    With `exact` the answer has them as exact numbers too, where all are short ones: 1/2, √2/2.
    Raises UsageError for an order outside 1 … 100, several outputs without `output`, or several
    inputs without `tangent`; DomainError where the function has no such derivatives.
    """
    if not 1 <= order <= HIGHEST:
        raise UsageError(f"the order is a whole number from 1 to {HIGHEST}, not {order}")
    refuse_rounding(arithmetic, "taylor")
    program, point, _, tangent, whole = entrywise(program, point, arithmetic, seed=tangent)
    program, at = placed(program, point, arithmetic)
    name = one_output(program, output)
    node = program.outputs[name]
    seed = tangent_of(program, tangent, "taylor", arithmetic)
    columns = [column for column in seed if seed[column]]
    lin = linearized(program, at, columns, [node], arithmetic)
    notes = told(program, lin, name, columns, whole, strict=strict, order=order)
    graph = only(program.graph, [node])
    with explained(program, at, f"Taylor polynomial of order {order}"), at_t_0():
        start = moving(program, at, seed, order, arithmetic)
        found = sweep.evaluate(graph, series(order, arithmetic), start)[node]
    coefficients = [coefficient(found, k) + arithmetic.lift(0) for k in range(order + 1)]
    places, exactly = None, None
    if exact and arithmetic is REAL:
        from adcli.answers.closed_taylor import agree, exactly_at  # only a book's form needs exact numbers

        places, exactly = exactly_at(program, point, tangent, seed, graph, node, order)
        if exactly is not None and not agree(exactly, coefficients):
            exactly = None  # a jump or a choice that rounding moves, as floor(0.3/0.1)
    moves = {program.inputs[column]: number for column, number in seed.items()}
    if whole is not None:
        program, at, moves = whole.program, whole.at, whole.gathered(moves)
    return TaylorAnswer(
        program=program,
        at=at,
        notes=notes,
        arithmetic=arithmetic,
        output=name,
        tangent=moves,
        coefficients=coefficients,
        exact=exactly,
        exact_at=None if whole is not None else places,
    )
