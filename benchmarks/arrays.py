"""Arrays: value and gradient in one sweep, beside HIPS autograd and a gradient written by hand in numpy.

A logistic regression on 1000 points with 20 features, and a network 784-128-10 on a batch of 64.
"""

from __future__ import annotations

import os
import tracemalloc
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from measure import Row, require, row, seconds

AUTOGRAD, BY_HAND, MEMORY = 1.5, 3.0, 3.0  # the goals: times of peers, and bytes over those of the values
LOGISTIC = "z = X@w + b; L = mean(softplus(z) - y*z)"
NETWORK = "H = tanh(X@W1 + b1); Z = H@W2 + b2; L = mean(logsumexp(Z, axis=2) - sum(Y*Z, axis=2))"

Gradient = Callable[[dict[str, Any]], tuple[float, list[Any]]]


class Task(NamedTuple):
    """A program with its point, the inputs to differentiate by, and the same for the peers."""

    title: str
    text: str
    point: dict[str, Any]
    wrt: tuple[str, ...]
    by_hand: Gradient
    loss: Callable[..., Any]
    times: int


def tasks(*, quick: bool) -> Iterator[Task]:
    """The two tasks; with `quick` on a few points."""
    import numpy as np

    draw = np.random.default_rng(7)

    def logistic(at: dict[str, Any]) -> tuple[float, list[Any]]:
        z = at["X"] @ at["w"] + at["b"]
        value = float(np.mean(np.logaddexp(0.0, z) - at["y"] * z))
        z_bar = (1.0 / (1.0 + np.exp(-z)) - at["y"]) / len(z)
        return value, [at["X"].T @ z_bar, z_bar.sum()]

    def network(at: dict[str, Any]) -> tuple[float, list[Any]]:
        H = np.tanh(at["X"] @ at["W1"] + at["b1"])
        Z = H @ at["W2"] + at["b2"]
        largest = Z.max(axis=1, keepdims=True)
        rising = np.exp(Z - largest)
        total = rising.sum(axis=1, keepdims=True)
        right = (at["Y"] * Z).sum(axis=1, keepdims=True)
        value = float(np.mean(largest + np.log(total) - right))
        Z_bar = (rising / total - at["Y"]) / len(Z)
        A_bar = (Z_bar @ at["W2"].T) * (1.0 - H * H)
        return value, [
            at["X"].T @ A_bar, A_bar.sum(axis=0, keepdims=True),
            H.T @ Z_bar, Z_bar.sum(axis=0, keepdims=True),
        ]  # fmt: skip

    def logistic_loss(m: Any, w: Any, b: Any, at: dict[str, Any]) -> Any:
        z = m.dot(at["X"], w) + b
        return m.mean(m.logaddexp(0.0, z) - at["y"] * z)

    def network_loss(m: Any, W1: Any, b1: Any, W2: Any, b2: Any, at: dict[str, Any]) -> Any:
        Z = m.dot(m.tanh(m.dot(at["X"], W1) + b1), W2) + b2
        largest = m.max(Z, axis=1, keepdims=True)
        total = largest + m.log(m.sum(m.exp(Z - largest), axis=1, keepdims=True))
        return m.mean(total - m.sum(at["Y"] * Z, axis=1, keepdims=True))

    n, batch, wide = (10, 4, 12) if quick else (1000, 64, 784)
    point = {
        "X": draw.normal(size=(n, 20)), "w": draw.normal(size=(20, 1)), "b": 0.3,
        "y": (draw.random((n, 1)) < 0.5).astype(float),
    }  # fmt: skip
    title = f"logistic regression {n}×20"
    yield Task(title, LOGISTIC, point, ("w", "b"), logistic, logistic_loss, 1 if quick else 300)
    point = {
        "X": draw.normal(size=(batch, wide)), "W1": draw.normal(size=(wide, 128)) / 28,
        "b1": draw.normal(size=(1, 128)), "W2": draw.normal(size=(128, 10)) / 11,
        "b2": draw.normal(size=(1, 10)), "Y": np.eye(10)[draw.integers(0, 10, batch)],
    }  # fmt: skip
    title = f"network {wide}-128-10, batch {batch}"
    yield Task(title, NETWORK, point, ("W1", "b1", "W2", "b2"), network, network_loss, 1 if quick else 60)


def ours(task: Task) -> tuple[Callable[[], tuple[float, list[Any]]], Any, dict[str, Any], list[int], int]:
    """Value and gradient of a parsed program, and what it works on."""
    import adcli
    from adcli import engine
    from adcli.answers.running import placed

    program, at = placed(adcli.parse(task.text), task.point)
    columns = [program.inputs.index(name) for name in task.wrt]
    output = program.outputs["L"]

    def run() -> tuple[float, list[Any]]:
        lin = engine.linearize(program.graph, at, columns, [output])
        adjoints = engine.reverse(lin, {output: 1.0}, frozenset(columns))
        return lin.primals[output], [adjoints[column] for column in columns]

    return run, program.graph, at, columns, output


def rows(rounds: int, *, quick: bool = False, peers: bool = True) -> Iterator[Row]:
    """Times beside both peers, and the memory of a sweep beside that of the values."""
    for name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(name, "1")  # before numpy is loaded: the clock counts every thread
    import numpy as np

    for task in tasks(quick=quick):
        run, *rest = ours(task)

        def hand(task: Task = task) -> tuple[float, list[Any]]:
            return task.by_hand(task.point)

        others = [("numpy by hand", hand, BY_HAND)]
        if peers:
            others.insert(0, ("autograd", hips(task), AUTOGRAD))
        for peer, theirs, goal in others:
            agree(run(), theirs(), np)
            pairs = [
                (seconds(run, None, task.times), seconds(theirs, None, task.times)) for _ in range(rounds)
            ]
            scaled = [(a * 1e3, b * 1e3) for a, b in pairs]
            yield row(f"{task.title}: value + gradient", "ms", peer, scaled, None if quick else goal)
        taken, values = memory(run, *rest)
        yield row(
            f"{task.title}: memory of a sweep",
            "kB",
            "its values",
            [(taken / 1e3, values / 1e3)],
            None if quick else MEMORY,
        )


def hips(task: Task) -> Callable[[], tuple[float, list[Any]]]:
    """The same by HIPS autograd, which records the program anew each time."""
    import autograd.numpy as m
    from autograd import value_and_grad

    fixed = {name: value for name, value in task.point.items() if name not in task.wrt}
    both = value_and_grad(lambda *args: task.loss(m, *args, fixed), argnum=tuple(range(len(task.wrt))))
    given = [task.point[name] for name in task.wrt]

    def run() -> tuple[float, list[Any]]:
        value, slopes = both(*given)
        return float(value), list(slopes)

    return run


def agree(mine: tuple[float, list[Any]], theirs: tuple[float, list[Any]], np: Any) -> None:
    """Stop where the answers differ: what is timed must be the same."""
    require(np.allclose(mine[0], theirs[0], rtol=1e-9), (mine[0], theirs[0]))
    for a, b in zip(mine[1], theirs[1], strict=True):
        require(np.allclose(a, np.reshape(b, np.shape(a)), rtol=1e-9, atol=1e-12), "the gradients differ")
        require(np.all(np.isfinite(a)) and np.any(a), "a gradient that is 0 measures nothing")


def memory(run: Callable[[], Any], graph: Any, at: Any, columns: list[int], output: int) -> tuple[int, int]:
    """The most bytes that value and gradient hold at once, and the bytes of all values of the program."""
    from adcli import engine

    values = sum(
        getattr(value, "nbytes", 8) for value in engine.linearize(graph, at, columns, [output]).primals
    )
    tracemalloc.start()
    tracemalloc.reset_peak()
    before = tracemalloc.get_traced_memory()[0]
    made = run()
    most = tracemalloc.get_traced_memory()[1] - before
    tracemalloc.stop()
    del made
    return most, values
