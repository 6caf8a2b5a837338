"""Explanations of final numbers, adjoints and tangents."""

from __future__ import annotations

import math
import random
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

import adcli
from adcli.errors import DomainError, NameProblem
from adcli.mistakes import CATALOGUE, Claim, EdgeName, explain, key
from adcli.mistakes.search import Search
from adcli.mistakes.staging import staged

GRIEWANK = "(sin(x1/x2) + x1/x2 - exp(x2))*(x1/x2 - exp(x2))"
AT = {"x1": 1.5, "x2": 0.5}
BAR = 1.5059216638369535  # the adjoint of v1 = x1/x2 (Griewank and Walther, table 1.3)


def gradient(**numbers: float) -> list[Claim]:
    return [Claim("gradient", name, value, 1e-5) for name, value in numbers.items()]


def test_a_missing_square_of_the_quotient_rule_is_named_at_its_edge() -> None:
    right = adcli.grad(adcli.parse(GRIEWANK), AT)
    wrong = right["x2"] + BAR * (6 - 3)  # -x1/x2 = -3 in place of -x1/x2² = -6
    (found,) = explain(adcli.parse(GRIEWANK), AT, gradient(x1=right["x1"], x2=wrong))
    assert found.code == "quotient-without-square"
    assert found.edge == EdgeName("x2", "v1", 1)
    assert found.numbers == (-3.0, -6.0)
    assert found.message == (
        "at x2 → v₁ you used -x1/x2 = -3; it is -x1/x2² = -6: the divisor is squared in the quotient rule; "
        "everything after that follows from it"
    )
    assert key(found) == ("quotient-without-square", "x2 -> v1")


def test_right_numbers_exclude_mistakes() -> None:
    program, at = adcli.parse("x*y*w"), {"x": 2, "y": 3, "w": 5}
    alone = explain(program, at, gradient(w=-6.0))
    with_the_others = explain(program, at, gradient(x=15.0, y=10.0, w=-6.0))
    assert {one.code for one in with_the_others} < {one.code for one in alone}
    assert [(one.code, one.edge) for one in with_the_others] == [("sign", EdgeName("w", "v2", 1))]
    assert EdgeName("v1", "v2", 0) not in {one.edge for one in with_the_others}


def test_what_cannot_be_told_apart_is_listed_together() -> None:
    found = explain(adcli.parse("exp(-x^2)"), {"x": 1.2}, gradient(x=2.4 * math.exp(-1.44)))
    assert {one.edge for one in found if one.edge} == {
        EdgeName("x", "v1", 0),
        EdgeName("v1", "v2", 0),
        EdgeName("v2", "v3", 0),
    }
    assert found[0].scope == "global"


def test_two_names_for_the_same_numbers_are_one_explanation() -> None:
    (found,) = explain(adcli.parse("x/y + x*y"), {"x": 3, "y": 0.5}, gradient(x=2.5, y=15.0))
    assert found.code == "quotient-without-minus"
    assert found.also == ("sign",)


def test_two_mistakes_along_one_path_are_found_when_no_single_one_fits() -> None:
    # The derivative of sin with a minus, and the inner factor 3 forgotten.
    wrong = -math.cos(1.2) * math.exp(math.sin(1.2))
    found = explain(adcli.parse("exp(sin(3*x))"), {"x": 0.4}, gradient(x=wrong))
    assert {one.scope for one in found} == {"pair"}
    assert {("v1", "v2"), ("x", "v1")} in [{edge[:2] for edge in one.edges} for one in found]
    assert all(one.message.startswith("two mistakes: at ") for one in found)


def test_a_rule_that_is_wrong_everywhere_is_found() -> None:
    program, at = adcli.parse("sqrt(x) + 3*sqrt(y)"), {"x": 2, "y": 3}
    (found,) = explain(program, at, gradient(x=1 / math.sqrt(2), y=3 / math.sqrt(3)))
    assert (found.code, found.scope, len(found.edges)) == ("sqrt-without-half", "everywhere", 2)
    assert found.message == (
        "at x → v₁ you used 1/sqrt(x) = 0.707107; it is 1/(2·v₁) = 0.353553: the factor 1/2 is missing; "
        "the same in all 2 places"
    )


def test_no_known_mistake_is_an_answer() -> None:
    assert explain(adcli.parse("softplus(x)*sigmoid(x)"), {"x": 2}, gradient(x=0.123)) == []


def test_the_program_of_the_run_at_the_point_is_what_counts() -> None:
    program = adcli.parse("if x < 0 { y = -x } else { y = x^3 }; y*5")
    (found,) = explain(program, {"x": 3}, gradient(x=45.0))
    assert (found.code, found.numbers) == ("power-without-factor", (9.0, 27.0))


def test_adjoints_of_steps_narrow_the_place() -> None:
    program = adcli.parse("exp(-x^2)")
    final = 2.4 * math.exp(-1.44)
    claims = [
        Claim("adjoint", "v2", math.exp(-1.44), 1e-6),
        Claim("adjoint", "v1", -math.exp(-1.44), 1e-6),
        Claim("adjoint", "x", final, 1e-6),
    ]
    places = {one.edge for one in explain(program, {"x": 1.2}, claims) if one.edge}
    assert places == {EdgeName("x", "v1", 0)}


def test_a_slip_in_one_adjoint_is_followed() -> None:
    program = adcli.parse("sin(x*y)*x")
    trace = adcli.trace(program, {"x": 1.2, "y": 0.7}, mode="reverse")
    assert trace is not None
    bar = 1.2 * math.cos(0.84)  # of v1 = x·y
    slipped = float(f"{bar:.4f}".replace("0.80", "0.08"))
    assert f"{bar:.4f}" == "0.8010"
    claims = [
        Claim("adjoint", "v1", slipped, 1e-4),
        Claim("adjoint", "y", slipped * 1.2, 1e-4),
        Claim("adjoint", "x", slipped * 0.7 + math.sin(0.84), 1e-4),
    ]
    (found,) = explain(program, {"x": 1.2, "y": 0.7}, claims)
    assert (found.code, found.node) == ("digits-exchanged", "v1")


def test_tangents_are_explained_too() -> None:
    program = adcli.parse("x^2*sin(x)")
    claims = [
        Claim("tangent", "v1", 2.6, 1e-9),
        Claim("tangent", "v2", math.cos(1.3), 1e-9),
        Claim("tangent", "v3", 2.6 * math.cos(1.3), 1e-9),
    ]
    (found, *_) = explain(program, {"x": 1.3}, claims, mode="forward")
    assert (found.code, found.node) == ("product-of-derivatives", "v3")


def test_unknown_names_and_points_outside_the_domain_are_errors() -> None:
    with pytest.raises(NameProblem):
        explain(adcli.parse("x^2"), {"x": 1}, gradient(z=1.0))
    with pytest.raises(NameProblem):
        explain(adcli.parse("x^2"), {"x": 1}, [Claim("adjoint", "v9", 1.0, 0.1)])
    with pytest.raises(DomainError):
        explain(adcli.parse("ln(x)"), {"x": -1}, gradient(x=1.0))


def test_another_output_without_a_derivative_does_not_matter() -> None:
    (found, *_) = explain(adcli.parse("x^2 + x, sqrt(x)"), {"x": 0}, gradient(x=-1.0))
    assert found.code in {"sign", "negated"}


def test_a_constant_program_has_only_slips() -> None:
    assert {one.scope for one in explain(adcli.parse("2 + 3"), {}, [Claim("value", "f", 6.0, 0.1)])} == {
        "slip"
    }


@given(st.integers(0, 10_000))
def test_the_effect_of_a_changed_weight_is_that_of_running_again(seed: int) -> None:
    rng = random.Random(seed)
    text = "a = x*y + sin(x); b = a/(1 + x^2); c = exp(b) - a*y; d = tanh(c) + b*b; d*x + sqrt(1 + c^2)"
    program = adcli.parse(text)
    at = {"x": rng.uniform(0.2, 1.5), "y": rng.uniform(0.2, 1.5)}
    claims = [Claim("gradient", name, 0.0, math.inf) for name in at] + [Claim("adjoint", "b", 0.0, math.inf)]
    scene, asked = staged(program, at, claims, None, None, "reverse")
    search = Search(scene, claims, asked, [0])
    entry = rng.choice([one for one in CATALOGUE if one.scope == "edge" and list(one.changes(scene))])
    change = rng.choice(list(entry.changes(scene)))
    run = scene.rerun(change)
    assert run is not None
    for claim, one in zip(claims, asked, strict=True):
        again = run.number(one)
        exactly = [claim._replace(value=again, slack=1e-9 * max(1.0, abs(again)))]
        alone = Search(scene, exactly, [one], [0])
        assert alone.linear(change, scene.right, alone.probes(scene.right))
    assert search.right_probes


def test_a_long_program_is_searched_in_bounded_time() -> None:
    program = adcli.parse("s = x\nfor k in 1..1500 { s = s*0.999 + sin(s)*y/5000 }\ns")
    right = adcli.grad(program, {"x": 1.5, "y": 0.5})
    begin = process_time()
    explain(program, {"x": 1.5, "y": 0.5}, gradient(x=right["x"] * 1.2345, y=right["y"]))
    assert process_time() - begin < 30
