"""The rules that tables show, read again by the language, give the numbers beside them."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

import adcli
from adcli import answers
from adcli.tracing.labels import ASCII
from adcli.tracing.trace import Scribe, Trace

W, X, x, y = [[1.5, -2.0, 0.5], [0.25, 1.0, 3.0]], [[1.0, 2.0], [-0.5, 4.0]], [1.0, -0.5, 2.0], [0.5, 3.0]
PROGRAMS: dict[str, dict[str, Any]] = {
    "sum((W@x)^2)": {"W": W, "x": x},
    "sum(G*(Xᵀ@X + b))": {"X": X, "b": [[0.5, -1.0]], "G": [[1.0, 2.0], [3.0, -1.0]]},
    "sum(G*(X + c))": {"X": X, "c": [2.0, -1.0], "G": [[1.0, 2.0], [3.0, -1.0]]},
    "sum(tanh(X)*a)": {"X": X, "a": 0.75},
    "dot(y, softmax(X@y))": {"X": X, "y": y},
    "sum(sum(W, axis=1)^2) + sum(mean(W, axis=2)^3)": {"W": W},
    "mean(X)*norm(X) + logsumexp(x)": {"X": X, "x": x},
    "trace(X)*det(X)": {"X": X},
    "sum(inv(X)^2)": {"X": X},
    "sum(solve(X, y)^2) + dot(y, y)": {"X": X, "y": y},
    "sum(outer(x, y)^2)": {"x": x, "y": y},
    "x[2]^2*x[3]": {"x": x},
    "sum(concat(x, [a, 2*a])[1:4]^2)*x[1]": {"x": x, "a": 3.0},
    "sum(softmax(W, axis=2)*relu(W))": {"W": W},
    "sum(sigmoid(X)/(2 + X^2))": {"X": X},
}


def matrix(rows: int, columns: int, entry: Any) -> str:
    written = (", ".join(str(entry(i, j)) for j in range(columns)) for i in range(rows))
    return f"[{', '.join(f'[{row}]' for row in written)}]"


def readable(rule: str, trace: Trace) -> str:
    """The rule without the functions that only rules have."""
    rule = re.sub(r"ones\((\d+), (\d+)\)", lambda m: matrix(int(m[1]), int(m[2]), lambda *_: 1), rule)
    rule = re.sub(r"eye\((\d+)\)", lambda m: unit(int(m[1])), rule)
    rule = re.sub(r"cofactors\((\w+)\)", r"(det(\1)*transpose(inv(\1)))", rule)
    ids = trace.program.ids
    return re.sub(r"diag\((\w+)\)", lambda m: f"({m[1]}*{unit(trace.graph.shape[ids.index(m[1])][0])})", rule)


def unit(n: int) -> str:
    return matrix(n, n, lambda i, j: int(i == j))


@pytest.mark.parametrize("mode", ["reverse", "forward"])
@pytest.mark.parametrize("text", PROGRAMS)
def test_the_rules_of_every_step_add_up_to_its_number(text: str, mode: Any) -> None:
    program, at = adcli.parse(text), PROGRAMS[text]
    seed = {name: np.ones(np.shape(value)) * 0.75 for name, value in at.items()}
    trace = answers.trace(program, at, mode=mode, seed=seed if mode == "forward" else None).trace
    scribe, ids = Scribe(trace, ASCII, 17), trace.program.ids
    known = {name: trace.value(node) for node, name in enumerate(ids) if trace.graph.args[node] or name in at}
    known |= {scribe.carried(node): trace.number(node) for node in trace.swept}
    compared = 0
    for node in trace.swept:
        rules = [readable(scribe.rule(use), trace) for use in trace.sources(node)]
        if not rules or any(" at [" in rule for rule in rules):
            continue
        total: Any = 0.0
        for rule in rules:
            read = adcli.parse(rule)
            total = total + adcli.value(read, {name: known[name] for name in read.inputs})
        assert np.shape(total) == np.shape(trace.number(node))
        assert np.allclose(total, trace.number(node), rtol=1e-12, atol=1e-12), (rules, ids[node])
        compared += 1
    assert compared >= 2
