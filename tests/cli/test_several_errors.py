"""Several syntax errors are told in one go where one cannot have caused another."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from adcli.errors import AdcliError
from adcli.language.parser import parse

Run = Callable[..., Any]


def places(text: str) -> list[str]:
    """What is underlined, error by error."""
    with pytest.raises(AdcliError) as caught:
        parse(text)
    errors = (caught.value, *caught.value.others)
    assert all(error.text == text and error.span is not None for error in errors)
    return [text[error.span.start : error.span.end] for error in errors if error.span]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("a = 2*/3; b = x+1; c = 2**; d = 5!", ["/", "", "!"]),
        ("a = 2 3\nb = 4\nc = 5 6", ["3", "6"]),
        ("2*/3; 2*/5", ["/", "/"]),
        ("d = 5!; a = 2*/3", ["!", "/"]),  # the scanner stops at ! before the parser sees /
        ("f(x) = x*/2; y = 4!", ["/", "!"]),
        ("for k in 1..3 { s = 2 3; t = 4 5 }; u = 6 7", ["3", "5", "7"]),
        ("if x < 1 { y = 2 3 }\nelse if x < 2 { y = 4*/5 }\nelse { y = 6! }", ["3", "/", "!"]),
        ("while x < 1 {\n  x = 2 x\n  y = 5!\n  for k in 1..2 {\n z = */2\n}\n}\n1 2", ["!", "*", "2"]),
        ("a = 2 3; a = 4 5", ["3", "5"]),
        ("x 2 # a mistake\nz 4", ["2", "4"]),
    ],
)
def test_every_broken_statement_is_told_in_the_order_of_the_text(text: str, wrong: list[str]) -> None:
    assert places(text) == wrong


@pytest.mark.parametrize(
    "text",
    [
        "a = (2 + ; b = 3 4",  # the bracket may close later
        "a = |x ; b = 3 4",
        "for k in 1..3 { s = 2 3; t = 4 5",  # the block is not closed
        "for k in 1,3 { s = 2 3 }; t = 4 5",  # what the loop's first line begins is not known
        "A = {1, 2 3, 4 5}",
        "a = 2 3\n+ 4 5",  # the next line may belong to the first statement
        "a = [2 3; b = 4 5",
        "f(x) = x*/2; f(3)",  # f is unknown only because its definition is broken
        "a = 2 3; a = x*y",
        "sin = x; sin",  # the second is one because of the first
        "sin = x; y = sin x^2",
        "f = x -> x^2; f 3",
        "sin x + cos #y; w = (a +\nb)*2",  # what the comment hides
        "=(t) = t*sin t; h = g(2)",
        "while s#< 4 { s = s*2 };\ninput x, y",
        "gt) = t*sin t; h = g(2)",
        "b = sin() + 2; x(y+1)",
        "#",
        "input y 2; y 3",
        "for i in 1..3:\n  x = 2*x\ny = 3 4",  # the loop's body is not known
        "a 2; while x < 1 { y = 2; 2 3",
    ],
)
def test_what_the_first_error_may_have_caused_is_not_told(text: str) -> None:
    assert len(places(text)) == 1


def test_five_errors_are_told_and_all_are_counted(adcli: Run) -> None:
    ran = adcli("eval", "; ".join(["2 3"] * 9))
    assert ran.status == 2
    assert ran.err.count("syntax error") == 5
    assert ran.err.rstrip().endswith("9 errors, 5 of them above")


def test_json_lists_the_others(adcli: Run) -> None:
    error = json.loads(adcli("eval", "x*/2; 5!", "--json").err)["error"]
    assert error["span"] == [2, 3]
    assert [other["span"] for other in error["others"]] == [[7, 8]]
    assert "others" not in json.loads(adcli("eval", "x*/2; 5", "--json").err)["error"]
