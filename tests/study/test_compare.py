"""Methods side by side: values and errors against mpmath, gaps, kinks, and the size of formulas."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import mpmath
import pytest

import adcli
from adcli.arithmetic.exact import EXACT
from adcli.language.points import from_values
from adcli.language.run import program
from adcli.report.compare import reading
from adcli.study import reference
from adcli.study.compare import FORWARD, REVERSE, SYMBOLIC, CompareAnswer, compared
from adcli.study.quotients import QUOTIENTS

CASES: list[tuple[str, Callable[[Any], Any], float]] = [
    ("exp(x)", mpmath.exp, 1.1),
    ("sin(x)*exp(x)", lambda x: mpmath.sin(x) * mpmath.exp(x), 0.7),
    ("ln(x)/x", lambda x: mpmath.log(x) / x, 2.5),
    ("sqrt(1 + x^2)", lambda x: mpmath.sqrt(1 + x**2), 3.1),
    ("tanh(x)^3", lambda x: mpmath.tanh(x) ** 3, 0.4),
    ("x^x", lambda x: x**x, 1.7),
    ("atan(1/x)", lambda x: mpmath.atan(1 / x), -0.9),
    ("cbrt(x)", mpmath.cbrt, 2.0),
]


def by_method(answer: CompareAnswer, by: str = "x") -> dict[str, Any]:
    return {row.method: row for row in answer.found[by]}


@pytest.mark.parametrize(("text", "f", "x"), CASES, ids=[case[0] for case in CASES])
def test_every_error_is_the_distance_to_the_true_derivative(
    text: str, f: Callable[[Any], Any], x: float
) -> None:
    with mpmath.workdps(60):
        true = mpmath.diff(f, mpmath.mpf(x))
        for row in by_method(compared(program(text), {"x": x})).values():
            off = abs((mpmath.mpf(row.derivative) - true) / true)
            assert row.error == pytest.approx(float(off), rel=1e-6, abs=1e-25)


@pytest.mark.parametrize(("text", "f", "x"), CASES, ids=[case[0] for case in CASES])
def test_automatic_and_symbolic_lose_a_few_roundings_and_quotients_half_the_digits(
    text: str, f: Callable[[Any], Any], x: float
) -> None:
    del f
    rows = by_method(compared(program(text), {"x": x}))
    for method in (FORWARD, REVERSE, SYMBOLIC, "complex step"):
        assert rows[method].error < 1e-14
    assert 1e-11 < rows["forward difference"].error < 1e-6
    assert 1e-14 < rows["central difference"].error < 1e-8
    assert rows["Richardson"].error < 1e-10


def test_the_reference_is_the_derivative_at_the_float_itself() -> None:
    """The float 0.1 is not 1/10: held against the square's slope at 1/10, a right method would seem wrong."""
    answer = compared(program("x^2"), {"x": 0.1})
    assert answer.reference.values["x"] is not None
    assert abs(answer.reference.values["x"] - 2 * Fraction(0.1)) < Fraction(1, 10**38)
    assert by_method(answer)[REVERSE].digits == 17


def test_own_steps_are_used_by_every_quotient() -> None:
    rows = by_method(compared(program("exp(x)"), {"x": 1.0}, h=1e-3))
    assert {rows[quotient.name].h for quotient in QUOTIENTS} == {1e-3}
    assert rows["forward difference"].derivative == (math.exp(1.001) - math.exp(1)) / 1e-3


def test_the_picture_of_the_notes_has_a_flat_relative_error() -> None:
    """e^x with h = 1e-9: the absolute error grows with e^x, the relative one stays near 1e-7."""
    relative, absolute = [], []
    for x in range(21):
        row = by_method(compared(program("exp(x)"), {"x": float(x)}, h=1e-9))["forward difference"]
        relative.append(row.error)
        absolute.append(row.error * math.exp(x))
    assert 1e-9 < min(relative) < max(relative) < 1e-6
    assert absolute[0] < 1e-6
    assert absolute[20] > 1


@pytest.mark.parametrize(
    ("text", "x", "gaps"),
    [
        ("sqrt(x)", 1e-9, {"central difference", "Richardson"}),
        ("ln(x)", 1e-8, {"central difference", "Richardson"}),
        ("asin(x)", 1 - 1e-12, {"forward difference", "central difference", "Richardson"}),
        ("gamma(x)", 2.5, {"complex step"}),
    ],
)
def test_a_quotient_that_leaves_the_domain_is_a_gap(text: str, x: float, gaps: set[str]) -> None:
    rows = by_method(compared(program(text), {"x": x}))
    assert {name for name, row in rows.items() if row.derivative is None} == gaps
    assert all(rows[name].why for name in gaps)
    assert rows[REVERSE].derivative is not None


def test_a_step_that_vanishes_beside_the_point_has_the_quotient_zero() -> None:
    row = by_method(compared(program("x^2"), {"x": 1e10}, h=1e-9))["forward difference"]
    assert row.derivative == 0.0
    assert row.digits == 0


def test_at_a_kink_nothing_is_judged() -> None:
    answer = compared(program("abs(x)"), {"x": 0.0})
    assert answer.reference.kind == "kink"
    assert all(row.digits is None for row in answer.found["x"])
    rows = by_method(answer)
    assert (rows[REVERSE].derivative, rows["forward difference"].derivative) == (0.0, 1.0)


def test_a_choice_is_made_anew_for_every_step() -> None:
    rows = by_method(compared(program("if(x < 1, x, 1)", {"x": 1.0}), {"x": 1 - 1e-9}, h=1e-3))
    assert rows["forward difference"].derivative == pytest.approx(1e-6)
    assert rows["central difference"].derivative == pytest.approx(0.5, abs=1e-3)


def test_without_balls_fractions_are_exact_and_others_are_not_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reference, "fine", lambda: [EXACT])
    exact = compared(program("x^3"), {"x": 1.5})
    assert exact.reference.kind == "exact"
    assert exact.reference.texts == {"x": "27/4"}
    none = compared(program("sin(x)"), {"x": 1.5})
    assert none.reference.kind == "missing"
    assert all(row.error is None for row in none.found["x"])


def test_a_derivative_that_is_zero_by_cancellation_is_judged() -> None:
    answer = compared(program("sin(x)^2 + cos(x)^2"), {"x": 1.0})
    assert answer.reference.kind == "certified to within 1e-40"
    assert by_method(answer)["Richardson"].error == pytest.approx(0, abs=1e-11)
    assert by_method(answer)[REVERSE].error == 0


@pytest.mark.parametrize(
    ("text", "at", "words"),
    [
        ("exp(x)", {"x": 300}, "is right in 16 digits, difference quotients in 5 to 6 digits; one"),
        ("(1-cos(x))/x^2", {"x": 1e-6}, "in no digit; rounding in the steps of @f itself costs the rest"),
        ("sin(x)", {"x": 1e8}, "in no digit; the usual steps do not suit this point"),
        ("asin(x)", {"x": 1 - 1e-12}, "in 16 digits, and no difference quotient has a value; one"),
        ("3*x + 2", {"x": 5}, "in every digit, difference quotients in 10 digits or more; one"),
        ("floor(x)", {"x": 2.5}, "in every digit, difference quotients in every digit; one reverse"),
        ("ln(x)", {"x": 1e-5}, "difference quotients in at most three digits; the usual steps"),
        (
            "atan2(y, x)",
            {"x": 1, "y": 2},
            "in 16 digits or more, difference quotients in 7 to 12 digits; one",
        ),
        ("x^2", {"x": [1.0, 2.0, 3.0]}, "all three derivatives"),
    ],
)
def test_the_sentence_is_true(text: str, at: dict[str, Any], words: str) -> None:
    if isinstance(at["x"], list):
        pytest.importorskip("numpy")
        text = f"sum({text})"
    assert words in reading(compared(program(text), at))


def test_entries_are_compared_as_numbers_of_their_own() -> None:
    pytest.importorskip("numpy")
    whole = compared(
        program("sum((X@w - y)^2)"), {"X": [[1, 2], [3, 4]], "w": [1, 2], "y": [1, 1]}, wrt=["w", "X[1, 2]"]
    )
    alone = compared(
        program("(a*u + b*v - y)^2 + (c*u + d*v - z)^2"),
        {"a": 1, "b": 2, "c": 3, "d": 4, "u": 1, "v": 2, "y": 1, "z": 1}, wrt=["u", "v", "b"],
    )  # fmt: skip
    assert list(whole.found) == ["w[1]", "w[2]", "X[1,2]"]
    assert list(whole.found.values()) == list(alone.found.values())
    assert whole.costs == alone.costs
    assert whole.own()["size"] == alone.own()["size"]
    assert whole.program.inputs == ("X", "w", "y")


def test_a_choice_on_an_array_is_made_anew() -> None:
    pytest.importorskip("numpy")
    text = "if sum(x) < 3 { y = sum(x) } else { y = 3 }; y"
    made = program(text, from_values({"x": [1, 1]}))
    rows = compared(made, {"x": [1.0, 2.0 - 1e-9]}, h=1e-3).found["x[1]"]
    found = {row.method: row.derivative for row in rows}
    assert found["forward difference"] == pytest.approx(1e-6)
    assert found["central difference"] == pytest.approx(0.5, abs=1e-3)


def test_a_derivative_of_zero_is_judged_by_its_absolute_error() -> None:
    row = by_method(compared(program("cos(x)"), {"x": 0.0}))["forward difference"]
    assert row.error == abs(row.derivative)


def test_one_reverse_pass_gives_all_and_quotients_take_a_value_for_each() -> None:
    answer = compared(program("x*y*z*w"), dict.fromkeys("xyzw", 2.0))
    passes = {cost.method: cost.passes for cost in answer.costs}
    assert passes == {
        FORWARD: 4, REVERSE: 1, SYMBOLIC: 4,
        "forward difference": 5, "central difference": 8, "Richardson": 16, "complex step": 4,
    }  # fmt: skip


def test_formulas_swell_and_graphs_do_not() -> None:
    text = "s = x\nfor k in 1..8 { s = s*sin(s) }\ns"
    answer = compared(program(text), {"x": 1.2})
    assert answer.formula.tree > 20 * answer.function.graph
    assert answer.formula.graph < 5 * answer.function.graph


def test_the_sweep_has_the_slopes_of_theory() -> None:
    study = compared(program("exp(x)*sin(y)"), {"x": 1.1, "y": 0.7}, sweep_h=True).study
    assert study is not None
    assert study.by == "x"
    for curve in study.curves[:2]:
        assert curve.truncation == pytest.approx(curve.quotient.order, rel=0.1)
        assert curve.rounding == pytest.approx(-1, rel=0.1)


@pytest.mark.parametrize(
    ("text", "at", "options", "kind"),
    [
        ("x, y", {"x": 1, "y": 2}, {}, "usage"),
        ("1/x", {"x": 0}, {}, "domain"),
        ("sqrt(x)", {"x": 0}, {}, "domain"),
        ("x", {"x": 1}, {"h": 0.0}, "usage"),
        ("x", {"x": 1}, {"h": math.inf}, "usage"),
        ("x", {"x": 1}, {"wrt": ["z"]}, "name"),
        ("3", {}, {}, "usage"),
    ],
)
def test_what_cannot_be_compared_is_said(
    text: str, at: dict[str, float], options: dict[str, Any], kind: str
) -> None:
    with pytest.raises(adcli.AdcliError) as caught:
        adcli.compare(text, at, **options)
    assert caught.value.kind == kind
