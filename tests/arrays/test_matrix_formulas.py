"""`diff` of arrays: matrix formulas as textbooks have them, and as right as the sweep, in every notation."""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import adcli
from adcli import matrices
from adcli.errors import UsageError
from adcli.matrices.values import slopes, value
from adcli.matrices.writing import Writer
from adcli.render.matrix_code import numpy_code
from adcli.tracing.labels import UNICODE

sys.path.insert(0, str(Path(__file__).parent))
from random_arrays import drawn

SHAPES = {
    "A": (2, 3), "x": (3, 1), "b": (2, 1), "S": (3, 3), "X": (4, 3), "y": (4, 1), "w": (3, 1), "T": (3, 2),
    "q": (3, 1), "B": (3, 3), "s": (),
}  # fmt: skip
# Petersen and Pedersen, The Matrix Cookbook, chapter 2, and the notes of the course; numerator layout.
TEXTBOOK = {
    "norm(A@x - b)^2": {"x": "2·(A@x - b)ᵀ@A", "A": "2·x@(A@x - b)ᵀ", "b": "-2·(A@x - b)ᵀ"},
    "sum((A@x - b)^2)": {"x": "2·(A@x - b)ᵀ@A"},
    "(A@x - b)ᵀ@(A@x - b)": {"x": "2·(A@x - b)ᵀ@A"},
    "xᵀ@S@x": {"x": "xᵀ@(S + Sᵀ)", "S": "x@xᵀ"},
    "xᵀ@S@q": {"x": "(S@q)ᵀ", "q": "xᵀ@S", "S": "q@xᵀ"},
    "dot(x, q)": {"x": "qᵀ"},
    "sum(x*q)": {"q": "xᵀ"},
    "norm(x)": {"x": "xᵀ/norm(x)"},
    "norm(S)^2": {"S": "2·Sᵀ"},
    "trace(A@T)": {"A": "T", "T": "A"},
    "trace(S@B@S)": {"S": "S@B + B@S", "B": "S@S"},
    "det(S)": {"S": "det(S)·inv(S)"},
    "ln(det(S))": {"S": "inv(S)"},
    "solve(S, x)": {"x": "inv(S)"},
    "A@x": {"x": "A"},
    "s*x": {"s": "x", "x": "s·eye(3)"},
    "softmax(x)": {"x": "diag(softmax(x)) - softmax(x)@softmax(x)ᵀ"},
    "p = softmax(x); p": {"x": "diag(p) - p@pᵀ"},
    "z = A@x + b; p = softmax(z); L = -ln(p[2])": {
        "A": "x@(p - onehot(2, 2))ᵀ", "x": "(p - onehot(2, 2))ᵀ@A", "b": "(p - onehot(2, 2))ᵀ",
    },
    "logsumexp(A@x) - dot(b, A@x)": {"x": "(softmax(A@x) - b)ᵀ@A"},
    "sum(softplus(X@w) - y*(X@w))": {"w": "(sigmoid(X@w) - y)ᵀ@X"},
    "mean((X@w - y)^2)": {"w": "(X@w - y)ᵀ@X/2"},
    "tanh(x)": {"x": "diag(sech(x)²)"},
    "sum(relu(A@x))": {"A": "x@step(A@x)ᵀ", "x": "step(A@x)ᵀ@A"},
    "x/norm(x)": {"x": "eye(3)/norm(x) - x@xᵀ/norm(x)³"},
    "x@xᵀ@q": {"x": "(xᵀ@q)·eye(3) + x@qᵀ", "q": "x@xᵀ"},
}  # fmt: skip
MORE = (
    "s/2*norm(w)^2 + sum(softplus(X@w) - y*(X@w))/4", "norm(x)^3", "mean(A)", "sum(inv(S))",
    "exp(-norm(x - q)^2/(2*s^2))", "outer(x, q)@x", "x[2]^2*x[3]", "-sum(q*ln(softmax(S@x)))",
    "sum(max(x, q))", "sum(X@w + s)", "S@(x*q)", "ln(sum(exp(x)))", "xᵀ@x*q", "sum(x)/sum(x^2)",
    "sum(softmax(S, axis=2)*B)", "sum(sum(S, axis=1)^2)", "gelu(x)", "sum((A@x)^3)/s", "logsumexp(S)*s",
    "sum((X@Aᵀ + bᵀ)^2)", "S[1,2]*S[2,1]", "norm(x)*norm(q)", "pi*norm(x)^2", "x@qᵀ@S@x", "sigmoid(A@x + b)",
    "h = sigmoid(S@x); L = sum((sigmoid(A@h + b) - 0.5)^2)/2", "s*softmax(x/s)", "sum(concat(x, q)^2)",
)  # fmt: skip


def point_of(program: Any, seed: int = 1) -> dict[str, Any]:
    rng = np.random.default_rng(seed)
    point = {name: rng.uniform(0.2, 1.5, SHAPES[name]) if SHAPES[name] else 1.25 for name in program.inputs}
    return {name: at + 2 * np.eye(3) if name in "SB" else at for name, at in point.items()}  # det > 0


@pytest.mark.parametrize("text", TEXTBOOK)
def test_a_formula_is_the_textbooks(text: str) -> None:
    program = adcli.parse(text)
    answer = matrices.diff(program, point_of(program), wrt=list(TEXTBOOK[text]))
    assert isinstance(answer, matrices.MatrixAnswer)
    (row,) = answer.formulas.values()
    writer = Writer(UNICODE.notation, str, answer.names)
    assert {name: writer.text(formula.term) for name, formula in row.items()} == TEXTBOOK[text]


@pytest.mark.parametrize("text", [*TEXTBOOK, *MORE])
def test_formula_language_and_numpy_give_what_the_sweep_gives(text: str) -> None:
    program = adcli.parse(text)
    point = point_of(program, 2)
    whole = matrices.diff(program, point, wrt=list(TEXTBOOK.get(text, program.inputs)))
    assert isinstance(whole, matrices.MatrixAnswer)
    wrt = [name for row in whole.formulas.values() for name in row]
    for layout in ("numerator", "denominator"):
        answer = matrices.diff(program, point, wrt=wrt, layout=layout)
        functions: dict[str, Any] = {}
        exec(numpy_code(answer), functions)  # noqa: S102  # the code is what is tested
        for output, row in answer.formulas.items():
            for name, formula in row.items():
                run = answer.program
                truth = slopes(run.graph, answer.at, run.outputs[output], run.inputs.index(name))
                truth = truth.T if layout == "denominator" else truth
                assert (formula.shape or (1, 1)) == truth.shape
                read = adcli.parse(answer.source(formula.term))
                again = adcli.value(read, {each: at for each, at in point.items() if each in read.inputs})
                found = [value(formula.term, answer.at), functions[f"d{output}_d{name}"](**point), again]
                for each in found:
                    shown = np.reshape(each, truth.shape) if np.size(each) == truth.size else each
                    assert np.broadcast_to(shown, truth.shape) == pytest.approx(truth, rel=1e-9, abs=1e-12)


def test_random_programs_have_right_formulas_or_none() -> None:
    rng = random.Random(5)
    found = 0
    for _ in range(8):
        text, _, point = drawn(rng)
        program = adcli.parse(text)
        try:
            answer = matrices.answer.matrices(
                program, point, wrt=None, order=1, output=None, layout="numerator"
            )
        except matrices.terms.NoFormula:
            continue
        for row in answer.formulas.values():
            for name, formula in row.items():
                found += 1
                run = answer.program
                truth = slopes(run.graph, answer.at, run.outputs["L"], run.inputs.index(name))
                shown = np.broadcast_to(value(formula.term, answer.at), truth.shape)
                assert shown == pytest.approx(truth, rel=1e-8, abs=1e-10)
    assert found > 6


SIZES = {
    "norm(A@x-b)^2": {"A": "m×n", "x": "n×1", "b": "m×1"},
    "xᵀ@A@x": {"x": "m×1", "A": "m×m"},
    "trace(A@X)": {"A": "m×n", "X": "n×m"},
    "sum(x^2)": {"x": "m×1"},
    "sum(sin(x)*y)": {"x": "m×1", "y": "m×1"},
    "sum(softplus(X@w)-y*(X@w)) + lambda/2*norm(w)^2": {
        "X": "m×n", "w": "n×1", "y": "m×1", "lambda": "a number",
    },
    "V@tanh(W@x + b) + c": {"V": "m×n", "W": "n×k", "x": "k×1", "b": "n×1", "c": "m×1"},
    "sum((Y - X@W)^2)": {"Y": "m×n", "X": "m×k", "W": "k×n"},
    "ln(det(A))": {"A": "m×m"},
}  # fmt: skip


@pytest.mark.parametrize("text", SIZES)
def test_sizes_follow_from_the_operations(text: str) -> None:
    answer = matrices.diff(adcli.parse(text))
    assert isinstance(answer, matrices.MatrixAnswer)
    assert {name: answer.sizes.words(shape) for name, shape in answer.sizes.shapes.items()} == SIZES[text]


def test_a_size_that_nobody_gave_is_a_letter_in_the_formula() -> None:
    assert str(adcli.diff("mean((X@w - y)^2)", "w")) == "2/m*transpose(X@w - y)@X"
    with pytest.raises(UsageError, match="sizes do not follow"):
        matrices.diff(adcli.parse("sum(concat(x, y)^2)"))


def test_the_second_derivative_of_a_number_by_a_vector_is_a_matrix() -> None:
    found = {}
    for text in ("xᵀ@S@x", "norm(A@x - b)^2", "logsumexp(x)", "sum(x^3)"):
        program = adcli.parse(text)
        point = point_of(program)
        answer = matrices.diff(program, point, wrt=["x"], order=2)
        assert isinstance(answer, matrices.MatrixAnswer)
        (formula,) = answer.formulas["f"].values()
        found[text] = Writer(UNICODE.notation, str).text(formula.term)
        truth = adcli.hessian(text, point, wrt=["x"])
        shown = np.broadcast_to(value(formula.term, answer.at), (3, 3))
        assert shown == pytest.approx(np.array(truth), rel=1e-9, abs=1e-12)
    assert found["xᵀ@S@x"] == "S + Sᵀ"
    assert found["norm(A@x - b)^2"] == "2·Aᵀ@A"
    assert found["sum(x^3)"] == "6·diag(x)"


def test_what_has_no_matrix_formula_is_written_by_entries_beside_what_has_one() -> None:
    point = {"W": [[1.0, 2.0], [3.0, 4.0]], "x": [1.0, 2.0]}
    shown = matrices.diff(adcli.parse("tanh(W@x)"), point).json()["derivatives"]
    assert shown["f"] == {"x": "sech(W@x)^2*W"}
    assert shown["f1"]["W11"] == "x1*sech(W11*x1 + W12*x2)^2"
    assert shown["f1"]["W21"] == "0"
