"""Tables, row by row: right, wrong here, carried."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import adcli
from adcli.answers.running import sweep_once
from adcli.errors import NameProblem, UsageError
from adcli.mistakes import Claim, Judged, allowances, judge_rows
from adcli.tracing.trace import Trace

GRIEWANK = "(sin(x1/x2) + x1/x2 - exp(x2))*(x1/x2 - exp(x2))"
AT = {"x1": 1.5, "x2": 0.5}


def traced(text: str, at: dict[str, float], mode: str = "reverse", wrt: list[str] | None = None) -> Trace:
    return sweep_once(adcli.parse(text), at, mode, wrt, None, None, strict=False)[0]  # type: ignore[arg-type]


def table(trace: Trace, digits: int = 6) -> list[Claim]:
    """The right table in so many digits."""
    ids, forward = trace.program.ids, trace.mode == "forward"
    numbers = [("step", node, trace.value(node)) for node in trace.rows]
    numbers += [("tangent" if forward else "adjoint", node, trace.number(node)) for node in trace.swept]
    return [claim(kind, ids[node], value, digits) for kind, node, value in numbers]


def claim(kind: str, name: str, value: float, digits: int = 6) -> Claim:
    text = f"{value:.{digits - 1}e}"
    return Claim(kind, name, float(text), 10.0 ** (int(text.partition("e")[2]) + 1 - digits))  # type: ignore[arg-type]


def put(claims: list[Claim], kind: str, name: str, value: float) -> list[Claim]:
    """The table with another number in one row."""
    assert any((one.kind, one.name) == (kind, name) for one in claims)
    return [claim(kind, name, value) if (one.kind, one.name) == (kind, name) else one for one in claims]


def verdicts(rows: list[Judged]) -> dict[str, str]:
    return {f"{row.claim.kind} {row.claim.name}": row.verdict for row in rows if row.verdict != "right"}


@pytest.mark.parametrize("mode", ["forward", "reverse"])
def test_a_right_table_is_right(mode: str) -> None:
    trace = traced(GRIEWANK, AT, mode)
    assert verdicts(judge_rows(trace, table(trace))) == {}


def test_a_wrong_value_is_wrong_once_and_carried_from_there() -> None:
    trace = traced("exp(x*y) + x", {"x": 0.5, "y": 1.2})
    claims = put(table(trace), "step", "v1", 0.7)  # 0.6
    claims = put(claims, "step", "v2", math.exp(0.7))
    claims = put(claims, "step", "v3", math.exp(0.7) + 0.5)
    claims = put(claims, "adjoint", "v1", math.exp(0.7))
    claims = put(claims, "adjoint", "x", 1 + 1.2 * math.exp(0.7))
    claims = put(claims, "adjoint", "y", 0.5 * math.exp(0.7))
    rows = judge_rows(trace, claims)
    assert verdicts(rows) == {
        "step v1": "wrong",
        "step v2": "carried",
        "step v3": "carried",
        "adjoint v1": "carried",
        "adjoint x": "carried",
        "adjoint y": "carried",
    }
    second = next(row for row in rows if row.claim.name == "v2")
    assert second.expected == pytest.approx(math.exp(0.6))
    assert second.from_own == pytest.approx(math.exp(0.7))


def test_a_wrong_row_says_what_was_used_in_it() -> None:
    trace = traced(GRIEWANK, AT)
    right = trace.numbers
    assert right is not None
    bar = right[trace.program.ids.index("v1")]
    rows = judge_rows(trace, put(table(trace), "adjoint", "x2", right[1] + bar * 12))
    assert verdicts(rows) == {"adjoint x2": "wrong"}
    (row,) = [row for row in rows if row.verdict == "wrong"]
    assert [one.code for one in row.mistakes] == ["quotient-without-minus"]


def test_two_mistakes_in_two_rows_are_both_wrong_here() -> None:
    trace = traced("sin(x*y)*exp(y)", {"x": 0.7, "y": 1.1})
    claims = put(table(trace), "step", "v1", 0.7 + 1.1)
    claims = put(claims, "step", "v2", math.cos(1.8))
    claims = put(claims, "step", "v4", math.cos(1.8) * math.exp(1.1))
    rows = judge_rows(trace, claims)
    wrong = {
        row.claim.name: [one.code for one in row.mistakes]
        for row in rows
        if row.verdict == "wrong" and row.claim.kind == "step"
    }
    assert wrong == {"v1": ["added-for-multiplied"], "v2": ["cos-for-sin"]}
    assert {row.claim.name for row in rows if row.verdict == "carried"} >= {"v4"}


def test_adjoints_alone_are_judged_from_each_other() -> None:
    trace = traced("exp(-x^2)", {"x": 1.2})
    value = math.exp(-1.44)
    claims = [
        claim("adjoint", "v2", value),
        claim("adjoint", "v1", value),
        claim("adjoint", "x", 2.4 * value),
    ]
    assert verdicts(judge_rows(trace, claims)) == {"adjoint v1": "wrong", "adjoint x": "carried"}


def test_tangents_and_the_derivative_that_they_end_in() -> None:
    trace = traced("x^2*sin(x)", {"x": 1.3}, "forward")
    wrong = 2.6 * math.cos(1.3)
    claims = [
        claim("tangent", "v1", 2.6),
        claim("tangent", "v2", math.cos(1.3)),
        claim("tangent", "v3", wrong),
        claim("gradient", "x", wrong),
    ]
    rows = judge_rows(trace, claims)
    assert verdicts(rows) == {"tangent v3": "wrong", "gradient x": "carried"}
    assert rows[2].mistakes[0].code == "product-of-derivatives"


def test_partials_are_rows_too() -> None:
    trace = traced("x/y", {"x": 3, "y": 0.5})
    claims = [
        Claim("partial", "x", 2.0, 1e-6, of="v1"),
        Claim("partial", "y", -6.0, 1e-6, of="v1"),
        Claim("adjoint", "y", -6.0, 1e-6),
    ]
    rows = judge_rows(trace, claims)
    assert [row.verdict for row in rows] == ["right", "wrong", "carried"]
    assert rows[1].mistakes[0].code == "quotient-without-square"


def test_a_derivative_by_another_input_is_judged_in_a_forward_table() -> None:
    trace = traced("x^2*y", {"x": 2, "y": 3}, "forward")
    rows = judge_rows(trace, [claim("gradient", "y", 4.0), claim("gradient", "y", 5.0)])
    assert [(row.verdict, row.expected) for row in rows] == [("right", 4.0), ("wrong", 4.0)]


def test_an_adjoint_of_a_step_that_the_output_does_not_need_is_zero() -> None:
    trace = traced("a = x^2; b = x^3; a, b", {"x": 2})
    rows = judge_rows(trace, [claim("adjoint", "b", 0.0), claim("adjoint", "b", 1.0)])
    assert [row.verdict for row in rows] == ["right", "wrong"]


def test_a_calculator_in_degrees_is_named_in_every_row_where_it_was_used() -> None:
    trace = traced("sin(x) + cos(x)", {"x": 2.0})
    s, c = math.sin(math.radians(2)), math.cos(math.radians(2))
    claims = [claim("step", "v1", s), claim("step", "v2", c), claim("step", "v3", s + c)]
    rows = judge_rows(trace, claims)
    assert [row.verdict for row in rows] == ["wrong", "wrong", "carried"]
    assert [[one.code for one in row.mistakes] for row in rows[:2]] == [["degrees"], ["degrees"]]


def test_one_contribution_in_place_of_the_sum_is_named_at_the_sum() -> None:
    trace = traced("x*exp(x) + x^2 + sin(x)", {"x": 0.5})
    claims = put(table(trace), "adjoint", "x", 0.5 * math.exp(0.5))
    (row,) = [row for row in judge_rows(trace, claims) if row.verdict == "wrong"]
    assert row.claim.name == "x"
    (found,) = row.mistakes
    assert (found.code, found.scope, found.node) == ("overwritten-last", "sum", "x")
    assert found.message.startswith("at x̄ you got 0.824361; it is 4.35066: only the last")


def test_nan_is_never_right() -> None:
    trace = traced("x^2", {"x": 2})
    assert [row.verdict for row in judge_rows(trace, [Claim("adjoint", "x", math.nan, 1.0)])] == ["wrong"]


def test_unknown_rows_and_missing_points_are_errors() -> None:
    with pytest.raises(NameProblem):
        judge_rows(traced("x^2", {"x": 2}), [claim("step", "v7", 1.0)])
    with pytest.raises(UsageError):
        judge_rows(sweep_once(adcli.parse("x^2"), None, "reverse", None, None, None, strict=False)[0], [])


@settings(deadline=None)
@given(st.floats(0.5, 2.0), st.floats(0.5, 2.0), st.integers(3, 6))
def test_rounding_every_step_by_hand_stays_within_the_allowance(x: float, y: float, digits: int) -> None:
    def r(number: float) -> float:
        return float(f"{number:.{digits - 1}e}")

    trace = traced("sin(x*y) + x/y", {"x": x, "y": y})
    v1 = r(x * y)
    v3 = r(x / y)
    v1_bar = r(math.cos(v1))
    x_bar = r(r(v1_bar * y) + r(1 / y))
    y_bar = r(r(v1_bar * x) + r(-v3 / y))
    allowed = allowances(trace, digits).numbers
    for node, number in enumerate((x_bar, y_bar)):
        unit = 10.0 ** (math.floor(math.log10(max(abs(number), 1e-9))) + 1 - digits)
        assert abs(trace.number(node) - number) <= (allowed[node] or 0.0) + unit
