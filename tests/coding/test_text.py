"""The text of generated code: names, laziness, comments, sizes, and what is refused."""

from __future__ import annotations

import ast
import math
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import adcli
from adcli.coding.derived import derive
from adcli.coding.guards import ALWAYS, Guards
from adcli.coding.identifiers import Identifiers
from adcli.coding.lowering import Needs, lower
from adcli.coding.writing import TARGETS
from adcli.errors import UsageError
from adcli.graph import Graph
from adcli.primitives import TABLE

sys.path.insert(0, str(Path(__file__).parent))
from generated import Case, far, flat, run_c, run_python, wanted

needs_cc = pytest.mark.skipif(shutil.which("cc") is None, reason="needs a C compiler that is called cc")
LANGUAGES = ("python", "numpy", "c", "latex")


@pytest.mark.parametrize("to", LANGUAGES)
@pytest.mark.parametrize("op", TABLE)
def test_every_primitive_has_a_way_in_every_language(op: str, to: str) -> None:
    graph = Graph()
    row = TABLE[op]
    args = [graph.add("input", (), name) for name in ("x", "y", "z")[: len(row.args)]]
    if op == "polygamma":
        args[0] = graph.add("const", (), 1)
    node = graph.add(op, tuple(args))
    made, moved = lower(graph, to, TARGETS[to].direct, Needs())
    assert moved[node] < len(made)


def test_a_primitive_without_a_way_is_refused_by_name() -> None:
    graph = Graph()
    graph.add("gamma", (graph.add("input", (), "x"),))
    with pytest.raises(UsageError, match="abc has no way to write gamma"):
        lower(graph, "abc", frozenset(), Needs())


HOSTILE = (
    "lambda*x + None", "math*np + sin(x)", "double*exp2 + exp(int1)", "f*gradient + sin(f)", "x.y" if False else "t1*t2 + sin(t1*t2)*t2",
    "sigmoid1*sech_squared + tanh(sech_squared)", "gamma*beta + gamma(beta)", "class*pass + assert", "main*void + I*NAN", "entries*value",
    "θ*λ + sin(θ*λ)", "x_1*x_2 + sin(x_1*x_2)", "df_dx*x + sin(df_dx*x)", "y1*j0 + fabs*pow1", "print*list + abs(str)",
)  # fmt: skip


def readable(text: str) -> bool:
    try:
        adcli.parse(text)
    except adcli.AdcliError:
        return False
    return True


NAMES = [text for text in HOSTILE if readable(text)]


def at_some_point(text: str) -> dict[str, float]:
    return {name: 0.5 + 0.25 * place for place, name in enumerate(adcli.parse(text).inputs)}


@pytest.mark.parametrize("to", ["python", "numpy", pytest.param("c", marks=(pytest.mark.cc, needs_cc))])
def test_names_that_mean_something_in_a_language_are_names(to: str, tmp_path: Path) -> None:
    assert len(NAMES) > 8
    cases = [Case(text, what, [at_some_point(text)]) for text in NAMES for what in ("value", "gradient")]
    found = run_c(cases, tmp_path) if to == "c" else run_python(cases, to)
    for case, value in zip(cases, found, strict=True):
        right = wanted(case, case.points[0])
        assert right is not None
        assert far(flat(value), right) < 1e-13, case


def test_a_name_is_given_once() -> None:
    names = Identifiers({"lambda"})
    given = [names.give(name) for name in ("lambda", "lambda_", "c.1", "c_1", "c_1", "x")]
    assert len(set(given)) == len(given)
    assert given[0] == "lambda_"
    assert given[2] == "c_1"
    assert all(name.isidentifier() for name in given)


LAZY = (
    ("if(x > 0, sqrt(x), 0)*y", [{"x": x, "y": 3.0} for x in (-1.0, 0.0, 4.0)]),
    ("if(x > 0, ln(x)*sin(x) + sqrt(x), if(y > 1, sqrt(y - 1)*exp(x), acosh(2 - y)))", [{"x": x, "y": y} for x in (-2.0, 0.5) for y in (0.5, 3.0)]),
    ("s = sqrt(x); if(x > 0, s, 0) + if(x > 1, s*s, 1)", [{"x": x} for x in (-1.0, 0.5, 2.0)]),
    ("s = 1/x; if(x != 0, s + s*s, 0)", [{"x": 0.0}, {"x": 2.0}]),
    ("if(x > 0 and ln(x) > 1, x, 2)", [{"x": 1.0}, {"x": 3.0}]),
    ("if(x < 600, exp(x), 1/x)", [{"x": 1000.0}, {"x": 1.0}]),
    ("a = if(x > 1, sqrt(x - 1), x); b = if(x > 1, ln(a), a^2); b*a", [{"x": 0.5}, {"x": 3.0}]),
    ("s = ln(x); t = s*s + s; if(x > 0, if(x > 2, t*s, t), -1)", [{"x": x} for x in (-1.0, 1.5, 3.0)]),
)  # fmt: skip


UNASKED = {LAZY[2][0]: 1.0, LAZY[3][0]: 0.0, LAZY[7][0]: -1.0}


@pytest.mark.parametrize("to", ["python", "numpy", pytest.param("c", marks=(pytest.mark.cc, needs_cc))])
def test_a_branch_that_is_not_taken_does_nothing(to: str, tmp_path: Path) -> None:
    cases = [Case(text, what, points) for text, points in LAZY for what in ("value", "gradient")]
    found = run_c(cases, tmp_path) if to == "c" else run_python(cases, to, "strict")
    for case, values in zip(cases, found, strict=True):
        for point, value in zip(case.points, values, strict=True):
            right = wanted(case, point)
            assert not isinstance(value, str), (case, point, value)
            if right is None:  # adcli computes every step that has a name; code only what is used
                assert ";" in case.program
                right = [UNASKED[case.program] if case.what == "value" else 0.0]
            assert far(flat(value), right) < 1e-13, (case, point, value, right)


def test_at_a_kink_the_convention_of_adcli_holds() -> None:
    cases = [
        Case(text, "gradient", [{"x": 1.0, "y": 1.0}])
        for text in (
            "max(x, y)",
            "min(x, y, 1)",
            "abs(x - y)",
            "relu(x - y)*3",
            "leaky_relu(x - y)",
            "elu(x - y)",
        )
    ]
    for case, found in zip(cases, run_python(cases), strict=True):
        assert found[0] == wanted(case, case.points[0])


def test_numpy_takes_arrays_of_points_and_puts_them_first() -> None:
    import numpy as np

    text, draw = "x*sin(y) + if(x > 0, sqrt(x), y)", random.Random(1)
    xs, ys = ([draw.uniform(-2, 2) for _ in range(20)] for _ in "xy")
    for what, shape in (("value", ()), ("gradient", (2,)), ("jacobian", (1, 2)), ("hessian", (2, 2))):
        space: dict[str, Any] = {}
        exec(adcli.codegen(text, to="numpy", what=what, name="made"), space)  # type: ignore[arg-type]  # noqa: S102
        whole = space["made"](np.array(xs).reshape(4, 5), np.array(ys).reshape(4, 5))
        assert whole.shape == (4, 5, *shape)
        for place, (x, y) in enumerate(zip(xs, ys, strict=True)):
            one = space["made"](x, y)
            assert np.array_equal(whole[place // 5, place % 5], one)
        assert space["made"](np.array(xs), 0.5).shape == (20, *shape)


def test_a_constant_answer_has_the_shape_of_the_points() -> None:
    import numpy as np

    space: dict[str, Any] = {}
    exec(adcli.codegen("3*x - y", to="numpy", name="made"), space)  # noqa: S102
    assert space["made"](np.zeros(4), np.zeros(4)).tolist() == [[3.0, -1.0]] * 4


HESSIANS = (
    "x^2*y + 2*y", "sin(x*y)*exp(x)", "x/y + ln(x + y^2)", "tanh(x*y) + atan(x)", "sqrt(x^2 + y^2)", "x^y", "sigmoid(x*y)*x",
    "atan2(y, x)", "hypot(x, y)", "erf(x)*y^3", "if(x > 0, sqrt(x)*y, 0)", "softplus(x - y)", "sinc(x + y)",
)  # fmt: skip


def test_hessians_are_the_slopes_of_gradients() -> None:
    point = {"x": 0.75, "y": 1.375}
    cases = [Case(text, "hessian", [point]) for text in HESSIANS]
    for case, found in zip(cases, run_python(cases), strict=True):
        for place, name in enumerate(adcli.parse(case.program).inputs):
            widths = [2.0**-8, 2.0**-9, 2.0**-10]
            slopes = []
            for width in widths:
                above, below = (
                    list(adcli.grad(case.program, {**point, name: point[name] + step}).values())
                    for step in (width, -width)
                )
                slopes.append([(a - b) / (2 * width) for a, b in zip(above, below, strict=True)])
            once = [
                [(4 * b - a) / 3 for a, b in zip(*pair, strict=True)] for pair in (slopes[:2], slopes[1:])
            ]
            right = [(16 * b - a) / 15 for a, b in zip(*once, strict=True)]
            assert far(found[0][place], right) < 1e-8, (case.program, name)
        assert found[0][0][1] == found[0][1][0]


@pytest.mark.cc
@needs_cc
def test_hessians_in_c_are_those_of_python(tmp_path: Path) -> None:
    cases = [Case(text, "hessian", [{"x": 0.75, "y": 1.375}, {"x": 2.5, "y": -0.3}][:1]) for text in HESSIANS]
    for in_c, in_python in zip(run_c(cases, tmp_path), run_python(cases), strict=True):
        assert far(in_c[0], flat(in_python[0])) < 1e-13


def test_ten_thousand_steps_are_written_in_linear_time() -> None:
    def seconds(steps: int) -> float:
        text = f"s = x; for k in 1..{steps // 3} {{ s = s + sin(s)*y }}; s"
        program = adcli.parse(text)
        start = time.process_time()
        made = adcli.codegen(program)
        spent = time.process_time() - start
        assert len(made.splitlines()) > steps
        ast.parse(made)
        return spent

    seconds(300)
    assert seconds(10_000) < 3 * seconds(5_000) + 0.25


def test_a_long_program_runs() -> None:
    case = Case("s = x; for k in 1..3000 { s = s + sin(s)*y/k }; s", "gradient", [{"x": 0.5, "y": 0.125}])
    assert far(run_python([case])[0][0], wanted(case, case.points[0]) or []) < 1e-12


def test_derivatives_share_what_they_have_in_common() -> None:
    program = adcli.parse("exp(x*y)*sin(x*y)")
    made = derive(program, "gradient", program.outputs, [0, 1]).graph
    assert made.op.count("exp") == made.op.count("sin") == made.op.count("cos") == 1


def test_a_guard_is_the_weakest_condition_that_every_use_shares() -> None:
    program = adcli.parse("s = ln(x); if(x > 0, s, 0) + if(x > 0, s*s, 1) + if(x > 0, y, z)")
    guards = Guards(program.graph, program.outputs.values())
    ln = program.graph.op.index("ln")
    assert [holds for _, holds in guards.chain(guards.of[ln])] == [True]
    both = adcli.parse("s = ln(x); if(y > 0, s, s + 1)")
    assert Guards(both.graph, both.outputs.values()).of[both.graph.op.index("ln")] == ALWAYS


@pytest.mark.parametrize(
    ("text", "more", "words"),
    [
        ("x; x^2", {}, "2 outputs"),
        ("if x > 0 { r = x } else { r = 0 }", {}, "has no value without a point"),
        ("x", {"name": "class"}, "cannot name a function in python"),
        ("x", {"name": "f(x): import os"}, "cannot name a function"),
        ("x", {"wrt": ["q"]}, 'no input is called "q"'),
    ],
)
def test_what_cannot_be_written_is_said(text: str, more: dict[str, Any], words: str) -> None:
    with pytest.raises(adcli.AdcliError, match=words.replace("(", r"\(")):
        adcli.codegen(text, **more)


def test_a_run_at_a_point_says_where() -> None:
    made = adcli.codegen("if x > 0 { r = x^2 } else { r = 0 }", {"x": 3})
    assert "This is its run at x = 3" in made
    assert "if" not in made.split('"""')[2]


def test_constants_say_what_they_are() -> None:
    assert "1 / 3 * x" in adcli.codegen("1/3*x", what="value", compact=True)
    assert "0.1 * x" in adcli.codegen("0.1*x", what="value", compact=True)
    assert "math.pi * x" in adcli.codegen("pi*x", what="value", compact=True)
    assert "1e+300" in adcli.codegen("1e300*x", what="value", compact=True)


def test_compact_code_keeps_the_names_of_the_program() -> None:
    made = adcli.codegen("loss = (x - y)^2; loss + sin(x)/2", what="value", compact=True)
    assert [line.strip() for line in made.splitlines()[-2:]] == [
        "loss = (x - y)**2",
        "return loss + math.sin(x) / 2",
    ]


@pytest.mark.parametrize("to", ["python", "numpy", pytest.param("c", marks=(pytest.mark.cc, needs_cc))])
def test_where_the_function_has_no_value_its_derivative_has_none(to: str, tmp_path: Path) -> None:
    points = [{"x": -0.5, "y": 2.0}, {"x": 3.0, "y": 2.0}]
    texts = (
        "ln(x)*y",
        "log10(x) + y",
        "y*log1p(x - 2)",
        "atanh(3*x)*y",
        "logit(x) + y",
        "log(x, 3)*y",
        "y + 0*ln(x)",
    )
    cases = [Case(text, what, points) for text in texts for what in ("gradient", "hessian")]
    cases += [Case("y + sqrt(x)", "gradient", points, {"wrt": ["y"]})] if to != "c" else []
    found = run_c(cases, tmp_path) if to == "c" else run_python(cases, to)
    for case, values in zip(cases, found, strict=True):
        for point, value in zip(case.points, values, strict=True):
            right = wanted(case._replace(what="value", more={}), point)
            fine = not isinstance(value, str) and all(map(math.isfinite, flat(value)))
            assert fine == (right is not None), (case, point, value)


def test_a_logarithm_of_what_is_positive_needs_no_check() -> None:
    assert "must have a value" not in adcli.codegen("ln(1 + exp(x)) + ln(x^2 + 1) + log1p(x^2)")
    assert "must have a value" in adcli.codegen("ln(x^2)")


DOCUMENT = r"\documentclass{article}\usepackage{amsmath}\begin{document}"


@pytest.mark.pdflatex
@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="needs pdflatex with amsmath")
def test_latex_is_set(tmp_path: Path) -> None:
    parts = [DOCUMENT]
    for text, _ in LAZY:
        parts += [adcli.codegen(text, to="latex", what=what) for what in ("value", "gradient")]  # type: ignore[arg-type]
    for text in ("θ*λ_1 + loss_of_step*c", "sin(x)/y; x*y", "x^y + |x| + max(x, y)/hypot(x, y) + cbrt(x)"):
        parts.append(adcli.codegen(text, to="latex", what="jacobian"))
    parts.append(adcli.codegen("exp(x/y)*sin(x)", to="latex", what="hessian"))
    parts.append(adcli.codegen("s = x; for k in 1..40 { s = s + sin(s)*y }; s", to="latex"))
    parts.append(adcli.codegen("+".join(f"x{k}^2" for k in range(1, 16)), to="latex"))
    (tmp_path / "page.tex").write_text("\n".join([*parts, r"\end{document}"]), encoding="ascii")
    way = ["pdflatex", "-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", "page.tex"]
    done = subprocess.run(
        way, cwd=tmp_path, capture_output=True, text=True, errors="replace", check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout[-2000:]


def test_choices_in_choices_are_written_without_recursion_in_linear_space() -> None:
    def nested(depth: int) -> str:
        text = "x^2"
        for k in range(depth):
            text = f"if(x < {k}, x*{k + 1}, {text})"
        return text

    short, long = (adcli.codegen(nested(depth)) for depth in (200, 800))
    assert len(long) < 6 * len(short)
    space: dict[str, Any] = {}
    exec(long, space)  # noqa: S102
    for x in (-3.5, 10.5, 5000.0):
        assert space["f_gradient"](x) == list(adcli.grad(nested(800), {"x": x}).values())
