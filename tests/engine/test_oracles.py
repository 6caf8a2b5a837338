"""Gradients and Jacobians of random expressions at random points, held against SymPy and JAX."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import pytest
import sympy

import adcli
from adcli.engine import sweep
from adcli.engine.sweep import Linearization

jax.config.update("jax_enable_x64", True)  # noqa: FBT003  # JAX's own interface
pytestmark = pytest.mark.xdist_group("jax")  # the cases, and what JAX has compiled, are made once
NAMES = ("x", "y", "z")
SYMBOLS = dict(zip(NAMES, sympy.symbols("x y z", real=True), strict=True))


class Known(NamedTuple):
    """A function as SymPy and as JAX have it, with arguments where it is smooth and moderate."""

    sympy: Callable[..., Any]
    jax: Callable[..., Any]
    lowest: float = -3.0
    highest: float = 3.0


FUNCTIONS = {
    "sin": Known(sympy.sin, jnp.sin),
    "cos": Known(sympy.cos, jnp.cos),
    "tan": Known(sympy.tan, jnp.tan, -1.2, 1.2),
    "exp": Known(sympy.exp, jnp.exp),
    "expm1": Known(lambda x: sympy.exp(x) - 1, jnp.expm1),
    "ln": Known(sympy.log, jnp.log, 0.1, 20.0),
    "log1p": Known(lambda x: sympy.log(1 + x), jnp.log1p, -0.8, 20.0),
    "sqrt": Known(sympy.sqrt, jnp.sqrt, 0.1, 20.0),
    "cbrt": Known(lambda x: x ** sympy.Rational(1, 3), jnp.cbrt, 0.1, 20.0),
    "asin": Known(sympy.asin, jnp.arcsin, -0.9, 0.9),
    "acos": Known(sympy.acos, jnp.arccos, -0.9, 0.9),
    "atan": Known(sympy.atan, jnp.arctan),
    "sinh": Known(sympy.sinh, jnp.sinh),
    "cosh": Known(sympy.cosh, jnp.cosh),
    "tanh": Known(sympy.tanh, jnp.tanh),
    "asinh": Known(sympy.asinh, jnp.arcsinh),
    "acosh": Known(sympy.acosh, jnp.arccosh, 1.2, 20.0),
    "atanh": Known(sympy.atanh, jnp.arctanh, -0.9, 0.9),
    "erf": Known(sympy.erf, jax.scipy.special.erf),
    "lgamma": Known(sympy.loggamma, jax.scipy.special.gammaln, 0.2, 9.0),
    "digamma": Known(sympy.digamma, jax.scipy.special.digamma, 0.2, 9.0),
    "sigmoid": Known(lambda x: 1 / (1 + sympy.exp(-x)), jax.nn.sigmoid),
    "softplus": Known(lambda x: sympy.log(1 + sympy.exp(x)), jax.nn.softplus),
    "silu": Known(lambda x: x / (1 + sympy.exp(-x)), jax.nn.silu),
    "gelu": Known(
        lambda x: x * (1 + sympy.erf(x / sympy.sqrt(2))) / 2, lambda x: jax.nn.gelu(x, approximate=False)
    ),
    "abs": Known(sympy.Abs, jnp.abs, 0.1, 5.0),
}
OPERATORS: dict[str, Callable[..., Any]] = {
    "+": lambda x, y: x + y,
    "-": lambda x, y: x - y,
    "*": lambda x, y: x * y,
    "/": lambda x, y: x / y,
    "^": lambda x, y: x**y,
}
PAIRS = {
    "hypot": (lambda x, y: sympy.sqrt(x**2 + y**2), jnp.hypot),
    "atan2": (sympy.atan2, jnp.arctan2),
    "logaddexp": (lambda x, y: sympy.log(sympy.exp(x) + sympy.exp(y)), jnp.logaddexp),
}
Tree = Any  # (op, *trees), a name, or a number


def tree(numbers: random.Random, depth: int) -> Tree:
    """A random tree; a sine brings the arguments into the range of their function."""
    kind = numbers.random()
    if depth == 0 or kind < 0.1:
        return numbers.choice(NAMES) if numbers.random() < 0.75 else numbers.choice((2, 3, 0.5, 1.25, 7))
    if kind < 0.45:
        name = numbers.choice(list(FUNCTIONS))
        known, inner = FUNCTIONS[name], tree(numbers, depth - 1)
        middle, half = (known.lowest + known.highest) / 2, (known.highest - known.lowest) / 2
        return (name, ("+", middle, ("*", half, ("sin", inner))))
    if kind < 0.6:
        return (numbers.choice(list(PAIRS)), tree(numbers, depth - 1), tree(numbers, depth - 1))
    op = numbers.choice("++--***/^")
    left, right = tree(numbers, depth - 1), tree(numbers, depth - 1)
    if op == "^":
        return (
            "^",
            ("cosh", ("sin", left)),
            right if numbers.random() < 0.5 else numbers.choice((2, 3, -1, 0.5)),
        )
    return (op, left, ("cosh", right) if op == "/" else right)


def text(found: Tree) -> str:
    if not isinstance(found, tuple):
        return str(found) if isinstance(found, str) or found >= 0 else f"({found})"
    op, *rest = found
    parts = [text(arg) for arg in rest]
    return f"({parts[0]}){op}({parts[1]})" if op in OPERATORS else f"{op}({', '.join(parts)})"


def built(found: Tree, names: dict[str, Any], library: int) -> Any:
    """The tree in SymPy (library 0) or JAX (library 1)."""
    if not isinstance(found, tuple):
        if isinstance(found, str):
            return names[found]
        return sympy.Rational(str(found)) if library == 0 else found
    op, *rest = found
    parts = [built(arg, names, library) for arg in rest]
    function = OPERATORS.get(op) or (PAIRS[op] if op in PAIRS else FUNCTIONS[op])[library]
    return function(*parts)


class Case(NamedTuple):
    """A random expression and point, and adcli's gradient there with the size of its path products."""

    tree: Tree
    point: dict[str, float]
    gradient: dict[str, float]
    sizes: dict[str, float]


@cache
def cases(many: int) -> list[Case]:
    """Random expressions of x, y and z whose values and slopes are of moderate size."""
    numbers = random.Random(20)
    found: list[Case] = []
    while len(found) < many:
        drawn = tree(numbers, 4)
        program = adcli.parse(text(drawn))
        point = {name: round(numbers.uniform(-2, 2), 6) for name in program.inputs}
        try:
            gradient = adcli.grad(program, point)
        except adcli.AdcliError:
            continue
        lin = adcli.linearize(program, point).core
        if not point or max(map(abs, lin.primals)) > 1e6:
            continue
        weights = [tuple(map(abs, row)) for row in lin.weights]
        positive = Linearization(lin.graph, lin.arithmetic, lin.primals, weights, lin.live)
        adjoints = sweep.reverse(positive, {program.outputs["f"]: 1.0})
        found.append(Case(drawn, point, gradient, {name: adjoints[i] for i, name in enumerate(point)}))
    return found


@pytest.mark.parametrize("number", range(60))
def test_a_gradient_is_sympys(number: int) -> None:
    case = cases(200)[number]
    expression = built(case.tree, SYMBOLS, 0)
    at = {SYMBOLS[name]: sympy.Rational(value) for name, value in case.point.items()}
    for name, slope in case.gradient.items():
        wanted = sympy.diff(expression, SYMBOLS[name]).subs(at).evalf(25)
        assert abs(slope - float(wanted)) <= 1e-12 * case.sizes[name] + 1e-300, (text(case.tree), name)


@pytest.mark.parametrize("number", range(0, 200, 20))
def test_gradients_are_those_of_jax(number: int) -> None:
    for case in cases(200)[number : number + 20]:
        names = list(case.point)

        def function(*values: Any, case: Case = case, names: list[str] = names) -> Any:
            return built(case.tree, dict(zip(names, values, strict=True)), 1)

        slopes = jax.grad(function, argnums=tuple(range(len(names))))
        wanted = slopes(*(jnp.float64(value) for value in case.point.values()))
        for name, slope in zip(names, wanted, strict=True):
            # JAX's derivatives of tanh and its relatives lose digits at the ends of their range.
            assert abs(case.gradient[name] - float(slope)) <= 1e-9 * case.sizes[name] + 1e-300, text(
                case.tree
            )


def test_a_jacobian_is_that_of_jax_in_both_modes() -> None:
    program = adcli.parse("a = sin(x*y); b = a^2 + exp(z/y); a*b, atan2(b, x), x*y*z, hypot(a, z)")
    point = {"x": 1.3, "y": -0.7, "z": 0.4}

    def function(values: Any) -> Any:
        x, y, z = values
        a = jnp.sin(x * y)
        b = a**2 + jnp.exp(z / y)
        return jnp.stack([a * b, jnp.arctan2(b, x), x * y * z, jnp.hypot(a, z)])

    at = jnp.array(list(point.values()))
    for mode, wanted in (("forward", jax.jacfwd(function)(at)), ("reverse", jax.jacrev(function)(at))):
        for row, wanted_row in zip(adcli.jacobian(program, point, mode=mode), wanted, strict=True):
            for slope, number in zip(row, wanted_row, strict=True):
                assert math.isclose(slope, float(number), rel_tol=1e-13, abs_tol=1e-15)
