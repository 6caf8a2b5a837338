"""The compiled value and gradient against the engine: the same floats and the same errors."""

from __future__ import annotations

import random
from typing import Any

import pytest

import adcli
from adcli.errors import AdcliError
from adcli.primitives import TABLE
from adcli.study.kernel import Kernel

FUNCTIONS = [(op, row) for op, row in TABLE.items() if row.callable]


def said(call: Any, *values: float) -> Any:
    """What a call gives, or the error that it raises."""
    try:
        return repr(call(*values))
    except AdcliError as error:
        return type(error), error.message


@pytest.mark.parametrize(("op", "row"), FUNCTIONS, ids=[op for op, _ in FUNCTIONS])
def test_every_primitive_has_the_engines_floats_and_errors(op: str, row: Any) -> None:
    names = "xyzw"[: len(row.args)]
    call = f"{op}({', '.join(names)})" if op != "polygamma" else "polygamma(2, y)"
    kernel = Kernel(adcli.parse(f"{call}*x + y/({call} + 7) - {call}", names="xyzw"))
    assert kernel.call != kernel.engine
    random.seed(op)
    inside = [[random.uniform(*ends) for ends in row.ranges] for _ in range(10)]
    for values in [*inside, *([*point] for point in row.points)]:
        padded = [*values, *[0.7] * 4][: len(kernel.inputs)]
        assert said(kernel.call, *padded) == said(kernel.engine, *padded)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("exp(-x*1e300)", 1e10),
        ("1/(x*x)", 1e200),
        ("tanh(x*x)", 1e200),
        ("0*(x*x)", 1e200),
        ("sqrt(x)", -1.0),
        ("sqrt(x)", 0.0),
        ("1/x", 0.0),
        ("x^2", 1e-310),
        ("x^(1/3)", -8.0),
        ("(x*1e-200)*1e200*1e200", 1.0),
        ("ln(0*x - 1)", 1.0),
        ("if x > 0 { y = x^2 } else { y = -x }; y", -3.0),
        ("s = 0; for k in 1..9 { s = s + x^k/k }; s", 0.4),
        ("max(x, 2*x) + abs(x)", 0.0),
    ],
)
def test_what_overflows_or_fails_on_the_way_is_told_as_the_engine_tells_it(text: str, at: float) -> None:
    kernel = Kernel(adcli.parse(text), at={"x": at})
    assert said(kernel, at) == said(kernel.engine, at)


def test_another_output_that_overflows_is_told_too() -> None:
    kernel = Kernel(adcli.parse("x^2, x*1e300"), output="f1")
    assert said(kernel, 1e200) == said(kernel.engine, 1e200)
    assert said(kernel, 1e20) == said(kernel.engine, 1e20)


def test_compile_answers_by_place_and_by_name() -> None:
    f = adcli.compile("x^2*y + 2*y")
    assert f(1.5, 2) == f(x=1.5, y=2) == (8.5, (6.0, 4.25))
    assert adcli.compile("x^2*y", wrt=["y"])(3, 5) == (45.0, (9.0,))
    with pytest.raises(AdcliError, match="2 numbers are needed"):
        f(1.0)
    with pytest.raises(AdcliError, match="not an input"):
        f(1.0, z=2)


def test_the_code_has_no_name_and_no_text_of_the_users() -> None:
    hostile = "os = x; system = os*eval + sin(os); system^x"
    kernel = Kernel(adcli.parse(hostile))
    code = kernel.call.__code__
    allowed = {"isfinite", "otherwise", "ValueError", "ZeroDivisionError", "OverflowError"}
    names = {*code.co_names, *code.co_varnames}
    assert all(name in allowed or name[0] in "vf" for name in names), names
    assert not any(isinstance(constant, str) for constant in code.co_consts)
