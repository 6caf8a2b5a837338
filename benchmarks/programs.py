"""Scalar programs of any size, the same ones for every peer.

A program is a list of inputs and a list of steps `(op, i, j)` on earlier values: the inputs come first,
then the steps, and the last step is the output. `j` is None for a function of one operand.

Values stay of moderate size and every adjoint is alive, at any length. That is by design: a careless
random program multiplies its way to 0 within some hundred steps, an engine that skips a zero adjoint
then looks fast, and every comparison of gradients compares 0 with 0. `check` looks at both.
"""

from __future__ import annotations

import math
import operator
import random
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from measure import require

Step = tuple[str, int, int | None]
Functions = dict[str, Callable[..., Any]]


class Program(NamedTuple):
    """Inputs and steps. `functions` says that steps other than + and * occur, which micrograd lacks."""

    name: str
    inputs: list[float]
    steps: list[Step]
    functions: bool = False

    def __len__(self) -> int:
        return len(self.inputs) + len(self.steps)


def chain(size: int) -> Program:
    """v·2 + 1/8, then ·1/2 - 1/16, over and over: the values repeat and the adjoints stay 1 or 1/2."""
    inputs = [0.25, 2.0, 0.125, 0.5, -0.0625]
    steps: list[Step] = []
    last = 0
    for turn in range(size - len(inputs)):
        steps.append(("add" if turn % 2 else "mul", last, 1 + turn % 4))
        last = len(inputs) + turn
    return Program("chain", inputs, steps)


def tree(size: int) -> Program:
    """A balanced tree over inputs, which are half of its nodes: products of pairs, and their sum by pairs."""
    rng = random.Random(2)
    inputs = [rng.uniform(0.5, 1.5) for _ in range(max(2, size // 4 * 2))]
    steps: list[Step] = []
    row, op = list(range(len(inputs))), "mul"
    while len(row) > 1:
        above = []
        for left, right in zip(row[::2], row[1::2], strict=False):
            above.append(len(inputs) + len(steps))
            steps.append((op, left, right))
        row, op = above + row[len(above) * 2 :], "add"
    return Program("tree", inputs, steps)


def dag(size: int) -> Program:
    """A random program: weighted means of the oldest unused value and of any earlier one.

    Weights are positive inputs with the sum 1, so values stay between the inputs and adjoints are positive.
    """
    return means("dag", size, ())


def functions(size: int) -> Program:
    """The same with a quotient in place of a product, and sin or sqrt of every other operand."""
    return means("functions", size, ("sin", "sqrt"))


PROGRAMS: dict[str, Callable[[int], Program]] = {
    "chain": chain,
    "tree": tree,
    "dag": dag,
    "functions": functions,
}


def means(name: str, size: int, through: Sequence[str]) -> Program:
    """A random program of weighted means; every other first operand goes `through` a function."""
    rng = random.Random(3)
    weights = [0.5, 0.3, 0.6, 0.4]
    shares = [1 / (1 - weight) if through else 1 - weight for weight in weights]
    inputs = [*weights, *shares, *(rng.uniform(0.5, 1.5) for _ in range(max(2, size // 50)))]
    first = len(weights) * 2
    unused = deque(range(first, len(inputs)))
    uses = [0] * size  # as second operand, each time with another weight: no step is made twice
    steps: list[Step] = []

    def put(op: str, i: int, j: int | None = None) -> int:
        steps.append((op, i, j))
        return len(inputs) + len(steps) - 1

    turn = 0
    while len(unused) > 1:
        one, made = unused.popleft(), len(inputs) + len(steps)
        other = rng.randrange(first, made) if made < size - 4 * len(unused) else unused.popleft()
        while uses[other] == len(weights):
            other = rng.randrange(first, made)
        weight = (other + uses[other]) % len(weights)
        uses[other] += 1
        if through and turn % 2:
            one = put(through[turn // 2 % len(through)], one)
        left = put("mul", one, weight)
        right = put("div" if through else "mul", other, len(weights) + weight)
        unused.append(put("add", left, right))
        turn += 1
    return Program(name, inputs, steps, functions=bool(through))


OPERATORS: Functions = {"add": operator.add, "mul": operator.mul, "div": operator.truediv}
PLAIN: Functions = {"sin": math.sin, "sqrt": math.sqrt}
Bound = list[tuple[Callable[..., Any], int, int | None]]


def bound(program: Program, own: Functions) -> Bound:
    """The steps with functions in place of names, looked up before any clock runs."""
    table = OPERATORS | own
    return [(table[op], i, j) for op, i, j in program.steps]


def run(steps: Bound, inputs: Sequence[Any]) -> Any:
    """The output on numbers of any kind: how a peer that overloads operators is driven, at 50 ns a step."""
    values = list(inputs)
    put = values.append
    for function, i, j in steps:
        put(function(values[i]) if j is None else function(values[i], values[j]))
    return values[-1]


def check(program: Program, adjoints: Sequence[float]) -> None:
    """Raise AssertionError unless no adjoint is 0 and, along one direction, they agree with differences."""
    require(len(adjoints) == len(program), f"{program.name}: {len(adjoints)} nodes for {len(program)}")
    require(all(adjoints), f"{program.name}: {adjoints.count(0.0)} of {len(adjoints)} adjoints are 0")
    rng = random.Random(4)
    inputs, steps = program.inputs, bound(program, PLAIN)
    h = 0.01 / len(program)  # an input of the chain is used a quarter as often as there are nodes
    direction = [rng.uniform(0.0, 1.0) * x for x in inputs]
    above = run(steps, [x + h * d for x, d in zip(inputs, direction, strict=True)])
    below = run(steps, [x - h * d for x, d in zip(inputs, direction, strict=True)])
    slope = sum(a * d for a, d in zip(adjoints, direction, strict=False))
    difference = (above - below) / (2 * h)
    require(math.isclose(slope, difference, rel_tol=1e-5), f"{program.name}: {slope} is not {difference}")


def agree(program: Program, ours: Sequence[float], theirs: Sequence[float], peer: str) -> None:
    """Raise AssertionError unless two answers are the same numbers."""
    for i, (a, b) in enumerate(zip(ours, theirs, strict=True)):
        require(math.isclose(a, b, rel_tol=1e-9), f"{program.name}, {i}: {a} by adcli, {b} by {peer}")
