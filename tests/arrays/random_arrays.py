"""Random programs with arrays, with the same function in JAX.

Few shapes, for which JAX compiles an operation once each; and x * x, which it traces in a quarter of the time
that x**2 takes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import jax
import jax.numpy as jnp
import numpy as np

if TYPE_CHECKING:
    import random

STEPS = 30
SIZES = ((3, 3), (3, 1), (1, 3))
Step = tuple[str, Callable[..., Any], tuple[int, ...], tuple[int, int]]

UNARY: dict[str, Callable[[Any], Any]] = {
    "sin({})": jnp.sin, "cos({})": jnp.cos, "tanh({})": jnp.tanh, "sigmoid({})": jax.nn.sigmoid,
    "softplus({})": jax.nn.softplus, "-{}": lambda x: -x, "exp(-{}^2)": lambda x: jnp.exp(-(x * x)),
    "sqrt(1 + {}^2)": lambda x: jnp.sqrt(1 + x * x), "ln(2 + {}^2)": lambda x: jnp.log(2 + x * x),
    "atan({})": jnp.arctan, "{}/3": lambda x: x / 3,
}  # fmt: skip
BINARY: dict[str, Callable[[Any, Any], Any]] = {
    "{} + {}": lambda x, y: x + y, "{} - {}": lambda x, y: x - y, "{}*{}": lambda x, y: x * y,
    "{0}/(2 + {1}^2)": lambda x, y: x / (2 + y * y), "hypot(1, {}, {})": lambda x, y: jnp.sqrt(1 + x * x + y * y),
}  # fmt: skip


def drawn(rng: random.Random) -> tuple[str, Callable[..., Any], dict[str, Any]]:
    """A program's text, the same function in JAX, and a point."""
    shapes = [rng.choice(SIZES) for _ in range(3)]
    shapes.append((3, 3))
    point = {
        f"x{k}": np.array([[rng.uniform(-1.5, 1.5) for _ in range(m)] for _ in range(n)])
        for k, (n, m) in enumerate(shapes)
    }
    names = list(point)
    steps: list[tuple[Callable[..., Any], tuple[int, ...]]] = []
    lines: list[str] = []

    def put(text: str, run: Callable[..., Any], args: tuple[int, ...], shape: tuple[int, int]) -> None:
        lines.append(f"s{len(steps)} = " + text.format(*(names[arg] for arg in args)))
        names.append(f"s{len(steps)}")
        shapes.append(shape)
        steps.append((run, args))

    for _ in range(rng.randint(3, rng.choice((5, 9, STEPS - 2)))):
        step(rng, shapes, put)
    used = range(max(0, len(names) - 4), len(names))
    lines.append("L = " + " + ".join(f"mean({names[k]}^2)" for k in used))

    def mirrored(*inputs: Any) -> Any:
        values = list(inputs)
        for run, args in steps:
            values.append(run(*(values[arg] for arg in args)))
        return sum(jnp.mean(values[k] * values[k]) for k in used)

    return "input x0, x1, x2, x3; " + "; ".join(lines), mirrored, point


def step(rng: random.Random, shapes: list[tuple[int, int]], put: Callable[..., None]) -> None:
    """Add one random operation that fits."""
    x = rng.randrange(len(shapes))
    n, m = shapes[x]
    kind = rng.random()
    fitting = [k for k, s in enumerate(shapes) if s[0] in (1, n) or n == 1 if s[1] in (1, m) or m == 1]
    products = [k for k, s in enumerate(shapes) if s[0] == m and n * s[1] > 1]
    if kind < 0.3:
        text, run = rng.choice(list(UNARY.items()))
        put(text, run, (x,), (n, m))
    elif kind < 0.55:
        y = rng.choice(fitting)
        text, both = rng.choice(list(BINARY.items()))
        put(text, both, (x, y), (max(n, shapes[y][0]), max(m, shapes[y][1])))
    elif kind < 0.75 and products:
        y = rng.choice(products)
        put("{}@{}/4", lambda a, b: a @ b / 4, (x, y), (n, shapes[y][1]))
    elif kind < 0.8:
        put("{}ᵀ", lambda a: a.T, (x,), (m, n))
    elif kind < 0.85:
        axis = rng.choice((1, 2))
        name = rng.choice(("sum", "mean", "softmax", "logsumexp", "max"))
        run = {
            "sum": jnp.sum,
            "mean": jnp.mean,
            "softmax": jax.nn.softmax,
            "logsumexp": jax.nn.logsumexp,
            "max": jnp.max,
        }[name]
        keep = {} if name == "softmax" else {"keepdims": True}
        shape = (n, m) if name == "softmax" else (1, m) if axis == 1 else (n, 1)
        put(f"{name}({{}}, axis={axis})", lambda a: run(a, axis=axis - 1, **keep), (x,), shape)
    elif kind < 0.9 and n > 1 and m > 1:
        put(
            "concat({0}[2, 1:2], {0}[3, 2:2])ᵀ",
            lambda a: jnp.concatenate([a[1:2, 0:2], a[2:3, 1:2]], axis=1),
            (x,),
            (1, 3),
        )
    elif kind < 0.95 and n == m == 3:
        put(
            "inv({0}@{0}ᵀ/9 + 2*[[1, 0, 0], [0, 1, 0], [0, 0, 1]])",
            lambda a: jnp.linalg.inv(a @ a.T / 9 + 2 * jnp.eye(3)), (x,), (n, m),
        )  # fmt: skip
    elif n == m == 3:
        put("{0}*det(sin({0}))/3", lambda a: a * jnp.linalg.det(jnp.sin(a)) / 3, (x,), (n, m))
    else:
        put(
            "concat({0}^2, {0})[2:" + str(n + 1) + ", :]",
            lambda a: jnp.concatenate([a * a, a])[1 : n + 1],
            (x,),
            (n, m),
        )
