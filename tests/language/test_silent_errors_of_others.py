"""What other calculators silently get wrong, input by input: each gives the right value here, or an error.

The wrong answers came from splitting a name, dropping a token, or reading a minus, a bar or a dot as
something else; each test is named by what went wrong elsewhere.
"""

from __future__ import annotations

import math

import pytest

import adcli
from adcli import AdcliError

POINT = {"x": 3.0, "y": 2.0, "x1": 5.0}


def value(text: str) -> float:
    """The value of a text at those of the point's names that it uses."""
    program = adcli.parse(text, names=POINT)
    known = {name: POINT[name] for name in program.inputs if name in POINT}
    return float(adcli.value(program, known if len(known) == len(program.inputs) else {"x": 3.0, "y": 2.0}))


@pytest.mark.parametrize(
    ("text", "right"),
    [
        pytest.param("x1", 5.0, id="x1 as x times 1"),
        pytest.param("-2^2", -4.0, id="-2^2 as 4"),
        pytest.param("-x^2", -9.0, id="-x^2 as a square of -x"),
        pytest.param("x(y+1)", 9.0, id="x(y+1) as y+1"),
        pytest.param("x(y+1)^2", 27.0, id="x(y+1)^2 as a square of the product"),
        pytest.param("1/x(y+1)", 1.0, id="1/x(y+1) as 1/(x(y+1))"),
        pytest.param("(x+1)(x-1)", 8.0, id="(x+1)(x-1) as a call"),
        pytest.param("6/2(1+2)", 9.0, id="6/2(1+2) as 1"),
        pytest.param("1/2x", 1.5, id="1/2x as 1/(2x)"),
        pytest.param("2x", 6.0, id="2x as a name"),
        pytest.param("2^3^2", 512.0, id="2^3^2 as 64"),
        pytest.param("2^-x", 0.125, id="2^-x as an error"),
        pytest.param("2**3", 8.0, id="** as an error"),
        pytest.param("2^2", 4.0, id="^ as exclusive or"),
        pytest.param("x²", 9.0, id="x² as a name, or 2 dropped"),
        pytest.param("x⁻¹", 1 / 3, id="x⁻¹ dropped"),
        pytest.param("sin x", math.sin(3), id="sin x as a new name sinx"),
        pytest.param("sin 2x", math.sin(6), id="sin 2x as sin(2) x"),
        pytest.param("sin x*y", math.sin(3) * 2, id="sin x*y as sin(x*y)"),
        pytest.param("sin^2(x)", math.sin(3) ** 2, id="sin^2(x) as sin(2x)"),
        pytest.param("|x - 5|", 2.0, id="bars as an error"),
        pytest.param("√4", 2.0, id="√4 as a name"),
        pytest.param("3·4", 12.0, id="3·4 as 3*·4"),
        pytest.param("3×4", 12.0, id="×4 as a name"),
        pytest.param("5−3", 2.0, id="a true minus misread"),
        pytest.param("2π", 2 * math.pi, id="2π as a name"),
        pytest.param("log10(100)", 2.0, id="log10(100) as log(10*100)"),
        pytest.param("log(8, 2)", 3.0, id="log(8,2) with the base dropped"),
        pytest.param("log_2(8)", 3.0, id="log_2 as a name"),
        pytest.param("100ln(1)", 0.0, id="ln as a name"),
        pytest.param("sign(-2)", -1.0, id="sign(-2) as s*i*g*n"),
        pytest.param("arcsin(1)", math.pi / 2, id="arcsin as a*r*c*s*i*n"),
        pytest.param("1e-3", 0.001, id="1e-3 as 1*e-3"),
        pytest.param(".5", 0.5, id=".5 as an error"),
        pytest.param("5.", 5.0, id="5. as an error"),
        pytest.param("1_000", 1000.0, id="1_000 as 1"),
        pytest.param("0^0", 1.0, id="0^0 as an error"),
    ],
)
def test_it_has_the_value_that_was_meant(text: str, right: float) -> None:
    assert value(text) == pytest.approx(right, rel=1e-15)


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        pytest.param("x^2*(y+", "syntax", ["(", ")"], id="an open bracket dropped"),
        pytest.param("2*/3+x", "syntax", ["/"], id="2*/3+x as x+6"),
        pytest.param("sni(2)", "name", ["sin"], id="sni(2) as 2 inch seconds"),
        pytest.param("2 3", "syntax", ["2*3", "23"], id="2 3 as 23 or 6"),
        pytest.param("1,000", "syntax", ["1000"], id="1,000 as a list"),
        pytest.param("xy", "name", ["x*y"], id="xy as x times y"),
        pytest.param("x_1 + x1", "name", ["x_1", "x1"], id="x_1 with its index dropped"),
        pytest.param("sin x^2", "syntax", ["sin(x^2)", "sin(x)^2"], id="sin x^2 read in one of two ways"),
        pytest.param("sin x/2", "syntax", ["sin(x/2)", "sin(x)/2"], id="sin x/2 read in one of two ways"),
        pytest.param("sin^-1(x)", "syntax", ["asin", "1/sin"], id="sin^-1 read in one of two ways"),
        pytest.param("||x| - 1|", "syntax", ["abs"], id="nested bars misread"),
        pytest.param("lg(100)", "name", ["log10"], id="lg as litre gram"),
        pytest.param("lb(8)", "name", ["log2"], id="lb as a pound"),
        pytest.param("cosec(x)", "name", ["csc"], id="cosec as c^2*e*o*s*x"),
        pytest.param("ctg(x)", "name", ["cot"], id="ctg as a product"),
        pytest.param("50%", "syntax", ["/100"], id="50% as a half or a remainder"),
        pytest.param("5%3", "syntax", ["floor"], id="5%3 as a percentage"),
        pytest.param("n!", "syntax", ["gamma"], id="n! without a derivative"),
        pytest.param("×4", "syntax", ["×"], id="×4 as a name alone"),
        pytest.param("d/dx x^2", "syntax", ["diff"], id="d/dx as d divided by dx"),
        pytest.param("sin'(x)", "syntax", ["derivative"], id="sin' as a name"),
        pytest.param(r"\frac{1}{2}", "syntax", ["LaTeX"], id="LaTeX read in part"),
        pytest.param("log(-1)", "domain", ["ln"], id="log(-1) as a complex number"),
        pytest.param("1/0", "domain", ["0"], id="1/0 as infinity"),
        pytest.param("9.0^9^9^9", "domain", ["overflow"], id="9^9^9^9 without an end"),
    ],
)
def test_it_is_refused_with_the_way_out(text: str, kind: str, words: list[str]) -> None:
    with pytest.raises(AdcliError) as caught:
        value(text)
    error = caught.value
    assert error.kind == kind
    said = f"{error.message} {error.hint} {' '.join(error.details)}"
    assert [word for word in words if word not in said] == []


def test_a_kink_is_neither_a_slope_nor_silence() -> None:
    from adcli import answers

    answer = answers.gradient(adcli.parse("abs(x)"), {"x": 0.0})
    assert answer.gradient == {"x": 0.0}
    (note,) = answer.notes
    assert "slope from the left -1, from the right 1" in note.message
