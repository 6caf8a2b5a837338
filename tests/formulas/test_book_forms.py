"""Derivatives that every course asks for, in the form in which a calculus book prints them."""

from __future__ import annotations

import pytest

import adcli
from adcli.deriving import diff

BOOK = [
    ("x^5", "5*x^4"),
    ("1/x", "-1/x^2"),
    ("1/x^3", "-3/x^4"),
    ("sqrt(x)", "1/(2*sqrt(x))"),
    ("1/sqrt(x)", "-1/(2*x^(3/2))"),
    ("cbrt(x)", "1/(3*cbrt(x)^2)"),
    ("x^(3/2)", "3*sqrt(x)/2"),
    ("x/(x^2+1)", "(1 - x^2)/(x^2 + 1)^2"),
    ("sqrt(x^2+1)", "x/sqrt(x^2 + 1)"),
    ("sqrt(1-x^2)", "-x/sqrt(1 - x^2)"),
    ("atan(x)", "1/(x^2 + 1)"),
    ("asin(x)", "1/sqrt(1 - x^2)"),
    ("acos(x)", "-1/sqrt(1 - x^2)"),
    ("e^(-x^2)", "-2*x*exp(-x^2)"),
    ("exp(-x)*sin(x)", "exp(-x)*(cos(x) - sin(x))"),
    ("x*exp(x)", "(x + 1)*exp(x)"),
    ("x^2*exp(-x)", "x*(2 - x)*exp(-x)"),
    ("x*ln(x)", "ln(x) + 1"),
    ("ln(x)/x", "(1 - ln(x))/x^2"),
    ("x^2*ln(x)", "2*x*ln(x) + x"),
    ("ln(ln(x))", "1/(x*ln(x))"),
    ("ln(|x|)", "1/x"),
    ("log10(x)", "1/(x*ln(10))"),
    ("2^x", "2^x*ln(2)"),
    ("x^x", "x^x*(ln(x) + 1)"),
    ("x^sin(x)", "x^sin(x)*(ln(x)*cos(x) + sin(x)/x)"),
    ("sin(x)^2", "sin(2*x)"),
    ("sin(x)^3", "3*sin(x)^2*cos(x)"),
    ("sin(x)*cos(x)", "cos(2*x)"),
    ("tan(x)", "sec(x)^2"),
    ("sec(x)", "sec(x)*tan(x)"),
    ("csc(x)", "-csc(x)*cot(x)"),
    ("cot(x)", "-csc(x)^2"),
    ("tan(x)^2", "2*sec(x)^2*tan(x)"),
    ("sech(x)", "-sech(x)*tanh(x)"),
    ("sin(x)/x", "(x*cos(x) - sin(x))/x^2"),
    ("sin(x)/(1+cos(x))", "1/(cos(x) + 1)"),
    ("ln(tan(x/2))", "1/sin(x)"),
    ("ln(sec(x)+tan(x))", "sec(x)"),
    ("atan(1/x)", "-1/(x^2 + 1)"),
    ("acosh(x)", "1/sqrt(x^2 - 1)"),
    ("atanh(x)", "1/(1 - x^2)"),
    ("(x+1)/(x-1)", "-2/(x - 1)^2"),
    ("(2x+1)^5", "10*(2*x + 1)^4"),
    ("(x^2+1)^10", "20*x*(x^2 + 1)^9"),
    ("(3x-2)^4*(x+1)^3", "3*(3*x - 2)^3*(x + 1)^2*(7*x + 2)"),
    ("x*sqrt(1-x^2)", "(1 - 2*x^2)/sqrt(1 - x^2)"),
    ("sqrt(x+sqrt(x))", "(2 + 1/sqrt(x))/(4*sqrt(x + sqrt(x)))"),
    ("asin(sqrt(x))", "1/(2*sqrt(x)*sqrt(1 - x))"),
    ("exp(sin(x))", "exp(sin(x))*cos(x)"),
    ("cos(ln(x))", "-sin(ln(x))/x"),
    ("ln(x+sqrt(x^2+1))", "1/sqrt(x^2 + 1)"),
    ("ln((1+x)/(1-x))", "2/(1 - x^2)"),
    ("1/(1-x)", "1/(1 - x)^2"),
    ("3/(2x-5)^4", "-24/(2*x - 5)^5"),
    ("max(x^2, 3x-2)", "if(x^2 >= 3*x - 2, 2*x, 3)"),
    ("x*relu(x)", "2*relu(x)"),
    ("atan((1+x)/(1-x))", "1/(x^2 + 1)"),
    ("trigamma(x)*polygamma(1, x)", "2*trigamma(x)*polygamma(2, x)"),
    ("exp(1/x)", "-exp(1/x)/x^2"),
    ("cos(x)/x^2", "-(x*sin(x) + 2*cos(x))/x^3"),
    ("x*atan(x)-ln(1+x^2)/2", "atan(x)"),
    ("sin(x)^2+cos(x)^2", "0"),
    ("x|x|", "2*|x|"),
    ("x^2*|x|", "3*x*|x|"),
    ("(x^2-3x+2)/(x-2)", "1"),
    ("x^3*exp(-2x)/(x+1)", "x^2*(3 - 2*x^2)*exp(-2*x)/(x + 1)^2"),
    ("x^2*exp(-x)/(1+x)^2", "x*(2 - x^2 - x)*exp(-x)/(x + 1)^3"),
    ("(x^2-1)/(x^2-3x+2)", "-3/(x - 2)^2"),
    ("(1+1/x)^x", "(1 + 1/x)^x*(ln(1 + 1/x) - 1/(x + 1))"),
    ("(x^2+1)/x", "1 - 1/x^2"),
    ("0.5*x^2", "x"),
    ("2.5*x^3-0.1*x", "7.5*x^2 - 0.1"),
    ("-cos(-x)", "sin(x)"),
    ("sin(2pi*x)", "2*pi*cos(2*pi*x)"),
    ("ln(cos(x))", "-tan(x)"),
    ("atan(x/2)", "2/(x^2 + 4)"),
    ("1/(3x^2)", "-2/(3*x^3)"),
]
BY_NAME = [
    ("ln(x*y)", "x", "1/x"),
    ("x/y", "y", "-x/y^2"),
    ("sqrt(x^2+y^2)", "x", "x/sqrt(x^2 + y^2)"),
    ("atan(y/x)", "x", "-y/(x^2 + y^2)"),
    ("atan(y/x)", "y", "x/(x^2 + y^2)"),
    ("sin(x)*cos(y)", "x", "cos(x)*cos(y)"),
    ("(x^2-y^2)/(x^2+y^2)", "x", "4*x*y^2/(x^2 + y^2)^2"),
    ("x*y/(x+y)", "x", "y^2/(x + y)^2"),
    ("(a*x+b)/(c*x+d)", "x", "(a*d - b*c)/(c*x + d)^2"),
    ("k*q/r^2", "r", "-2*k*q/r^3"),
    ("(x-mu)^2/sigma", "sigma", "-(x - mu)^2/sigma^2"),
    ("atan((a+x)/(1-a*x))", "x", "1/(x^2 + 1)"),
    ("A*exp(-k*t)", "t", "-A*k*exp(-k*t)"),
    ("exp(x*y)*sin(y)", "y", "exp(x*y)*(x*sin(y) + cos(y))"),
    ("x^n", "x", "n*x^(n - 1)"),
    ("a^x", "x", "a^x*ln(a)"),
    ("(x^2-y^2)/(x-y)", "x", "1"),
    ("(x^3-y^3)/(x-y)", "y", "x + 2*y"),
    ("(x^4-y^4)/(x^2+y^2)", "y", "-2*y"),
    ("(a^2*x^2-b^2)/(a*x+b)", "b", "-1"),
    ("(x^2-y)/(x-y)", "y", "x*(x - 1)/(x - y)^2"),  # nothing to cancel
]
HIGHER = [
    ("exp(sin(x))", 4, "exp(sin(x))*(sin(x)^4 + 6*sin(x)^3 + 5*sin(x)^2 - 5*sin(x) - 3)"),
    ("sin(x)^3*cos(x)^2", 4, "761*sin(x)^3 - 625*sin(x)^5 - 180*sin(x)"),
    ("relu(x)^2", 2, "2*step(x)"),
    ("x^2*relu(x)", 2, "6*relu(x)"),
]


@pytest.mark.parametrize(("text", "expected"), BOOK)
def test_a_derivative_has_the_form_of_the_book(text: str, expected: str) -> None:
    assert str(adcli.diff(text)) == expected


@pytest.mark.parametrize(("text", "by", "expected"), BY_NAME)
def test_a_partial_derivative_has_the_form_of_the_book(text: str, by: str, expected: str) -> None:
    assert str(adcli.diff(text, by)) == expected


@pytest.mark.parametrize(("text", "order", "expected"), HIGHER)
def test_a_higher_derivative_is_collected(text: str, order: int, expected: str) -> None:
    assert diff(adcli.parse(text), order=order).own()["derivatives"] == {"x": expected}
