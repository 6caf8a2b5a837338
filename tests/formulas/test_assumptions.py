"""What a formula assumes: kinks that it is free of are not excluded, all others are."""

from __future__ import annotations

import pytest

import adcli
from adcli.deriving import diff


@pytest.mark.parametrize(
    ("text", "order", "kink"),
    [
        ("x*|x|", 1, 0),
        ("|x|^3", 1, 0),
        ("x^3*|x|", 2, 0),
        ("x^3*|x|", 3, 0),
        ("|x + 5|^5/4", 1, -5),
        ("|sin(x)|*sin(x)", 1, 0),
        ("|2 - 3*x|*(x - 2/3)", 1, 2 / 3),
        ("x*|x|*hypot(x, 1)", 1, 0),
        ("relu(x)^2", 1, 0),
    ],
)
def test_a_formula_that_holds_at_a_kink_does_not_exclude_it(text: str, order: int, kink: float) -> None:
    assert diff(adcli.parse(text), order=order).assumptions == ()
    slope = adcli.value(str(adcli.diff(text, "x", order=order)), {"x": kink})
    below = str(adcli.diff(text, "x", order=order - 1))
    h = 1e-4
    rise = adcli.value(below, {"x": kink + h}) - adcli.value(below, {"x": kink - h})
    assert slope == pytest.approx(rise / (2 * h), abs=0.01)


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("x*|x|", 2, ("x ≠ 0",)),
        ("x*|x|", 3, ("x ≠ 0",)),  # 0, but of a slope that has a jump
        ("x^3*|x|", 4, ("x ≠ 0",)),
        ("x*|x| + |x - 1|", 1, ("x ≠ 1",)),
        ("sqrt(x)*|x|", 1, ("x > 0",)),
        ("cbrt(x^2)", 1, ("x ≠ 0",)),
        ("|x|*sign(x)", 1, ("x ≠ 0",)),
        ("sqrt(x^2)", 1, ("x ≠ 0",)),
        ("relu(x)^2", 2, ("x ≠ 0",)),
    ],
)
def test_a_formula_without_a_value_or_a_limit_at_a_kink_excludes_it(
    text: str, order: int, expected: tuple[str, ...]
) -> None:
    assert diff(adcli.parse(text), order=order).assumptions == expected


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("|x*y|*x*y", "x", "2*y*|x*y|"),
        ("|x - y|*(x - y)", "y", "-2*|x - y|"),
        ("|3*y - 6*x|*(x - y/2)", "x", "2*|3*y - 6*x|"),
        ("|x - y|/(x - y)", "x", "0"),
    ],
)
def test_a_sign_joins_its_argument_in_pieces_too(text: str, name: str, expected: str) -> None:
    assert str(adcli.diff(text, name)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("if(x > 0, sqrt(x), 0)", ("x ≠ 0",)),
        ("if(x > 0, ln(x), 0)", ("x ≠ 0",)),
        ("if(x^2 < 1, sqrt(1 - x^2), 0)", ("x^2 ≠ 1",)),
        ("if(x > 1, 1/x, x^2)", ("x ≠ 1",)),
        ("if(x > 0, if(x < 1, sqrt(x), ln(x)), -x)", ("x ≠ 0", "x ≠ 1")),
        ("if(sqrt(x) > 1, x, 2)", ("sqrt(x) ≠ 1",)),
        ("if(x > 0, floor(x)*sqrt(x), 0)", ("x is no whole number",)),
        ("sqrt(x) + if(x > 1, ln(x), 0)", ("x ≠ 1", "x > 0")),
    ],
)
def test_a_branch_does_not_narrow_the_domain_of_the_other(text: str, expected: tuple[str, ...]) -> None:
    assert sorted(diff(adcli.parse(text)).assumptions) == sorted(expected)
