"""Many steps against the gradient as one compiled loop, for as long as nothing happens that must be told.

The loop is the kernel's own statements with the step around them, so its numbers are those of single steps.
It ends before a step from a point where the descent would end, where a number is not finite, or where the
step would not move the point; the walk goes on there and says why.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Sequence

from adcli.errors import DomainError
from adcli.language.program import Program
from adcli.study.kernel import LARGEST, Kernel, failures, written
from adcli.study.recording import load

Leap = Callable[[tuple[float, ...], int], tuple[tuple[float, ...], int]]
MOST = 10_000  # steps of a leap: some milliseconds


def leap_of(kernel: Kernel, rate: float, tol: float, beyond: float) -> Leap | None:
    """The function from a point and a number of steps to the point reached and the steps made.

    None where the kernel is not compiled. A slope of at most `tol`, and a slope or a value of `beyond`,
    end a descent.
    """
    program = kernel.program
    if not kernel.compiled or kernel.wrt != kernel.inputs or len(program.graph) > LARGEST:
        return None
    loop = compiled_loop(program, kernel.columns, program.outputs[kernel.output])
    if loop is None:
        return None

    def leap(point: tuple[float, ...], count: int) -> tuple[tuple[float, ...], int]:
        there, done = loop(*point, min(count, MOST), rate, tol, beyond)
        if done:
            try:
                kernel.call(*there)
            except DomainError:  # the walk is to come there by a step of its own
                return loop(*point, done - 1, rate, tol, beyond)
        return there, done

    return leap


Loop = Callable[..., tuple[tuple[float, ...], int]]


def compiled_loop(program: Program, columns: Sequence[int], output: int) -> Loop | None:
    """The loop as a function of a point, the number of steps, the rate, the tolerance and the bound."""
    made = written(program, columns, output, lambda _: ast.Break())
    if made is None:
        return None
    names = [term.name for term in made.parameters]
    slopes, value = list(map(load, made.slopes)), load(made.value)
    minus = ast.UnaryOp(ast.USub(), read("beyond"))
    ends = [
        ast.Compare(read("size"), [ast.LtE()], [read("tol")]),
        ast.Compare(read("size"), [ast.GtE()], [read("beyond")]),
        ast.Compare(value, [ast.GtE()], [read("beyond")]),
        ast.Compare(value, [ast.LtE()], [minus]),
    ]
    still: list[ast.expr] = [ast.Compare(read(f"next_{x}"), [ast.Eq()], [read(x)]) for x in names]
    step: list[ast.stmt] = [
        put("size", ast.Call(read("hypot"), slopes, [])),
        ast.If(ast.BoolOp(ast.Or(), [*ends]), [ast.Break()], []),
        *(
            put(f"next_{x}", ast.BinOp(read(x), ast.Sub(), ast.BinOp(read("rate"), ast.Mult(), slope)))
            for x, slope in zip(names, slopes, strict=True)
        ),
        ast.If(ast.BoolOp(ast.And(), still) if len(still) > 1 else still[0], [ast.Break()], []),
        *(put(x, read(f"next_{x}")) for x in names),
        put("done", ast.BinOp(read("done"), ast.Add(), ast.Constant(1))),
    ]
    *body, _ = made.body(ast.Pass())
    loop = ast.While(ast.Compare(read("done"), [ast.Lt()], [read("count")]), [*body, *step], [])
    whole = [
        put("done", ast.Constant(0)),
        ast.Try([loop], [ast.ExceptHandler(failures(), None, [ast.Pass()])], [], []),
        ast.Return(ast.Tuple([ast.Tuple([*map(read, names)], ast.Load()), read("done")], ast.Load())),
    ]
    found: Loop = made.function(("count", "rate", "tol", "beyond"), whole, {"hypot": math.hypot})
    return found


def read(name: str) -> ast.expr:
    """A variable's value."""
    return ast.Name(name, ast.Load())


def put(name: str, value: ast.expr) -> ast.stmt:
    """A variable's new value."""
    return ast.Assign([ast.Name(name, ast.Store())], value)
