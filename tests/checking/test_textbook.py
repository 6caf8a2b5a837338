from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import adcli

ITEMS = json.loads((Path(__file__).parents[1] / "data" / "homework.json").read_text(encoding="utf-8"))
FORMULAS = [(item["function"], form) for item in ITEMS for form in item["right"]]
MISTAKES = [(item["function"], form) for item in ITEMS for form in item["wrong"]]


def asked(source: str) -> tuple[adcli.Program, str]:
    """The program of an item, and the input to differentiate by."""
    made = adcli.parse(source)
    if not made.inputs:
        made = adcli.parse(f"input x; {source}")
    return made, "x" if "x" in made.inputs else made.inputs[0]


def test_there_are_more_than_a_hundred_items() -> None:
    assert len(ITEMS) > 100
    assert len(MISTAKES) > 300


@pytest.mark.parametrize(("source", "form"), FORMULAS)
def test_every_form_of_the_derivative_is_right(source: str, form: str) -> None:
    program, name = asked(source)
    assert adcli.check(program, None, f"{name}={form}").correct is True


@pytest.mark.parametrize(("source", "form"), MISTAKES)
def test_no_typical_mistake_is_right(source: str, form: str) -> None:
    program, name = asked(source)
    found = adcli.check(program, None, f"{name}={form}")
    assert found.correct is False
    (entry,) = found
    assert entry["remarks"][0]["code"] == "differs"


def numbers(item: dict[str, Any]) -> tuple[adcli.Program, str, dict[str, float], float]:
    """An item at an asymmetric point, with the derivative there."""
    program, name = asked(item["function"])
    for values in ((0.37, 0.83, 1.21), (1.37, 0.83, 1.21)):
        at = dict(zip(program.inputs, values, strict=False))
        try:
            return program, name, at, adcli.grad(program, at)[name]
        except adcli.AdcliError:
            continue
    raise AssertionError(item["function"])


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item["function"])
def test_numbers_rounded_to_any_digits_are_right_and_mistakes_are_not(item: dict[str, Any]) -> None:
    program, name, at, right = numbers(item)
    for digits in (3, 4, 6, 10):
        text = f"{right:#.{digits}g}"
        assert adcli.check(program, at, f"{name}={text}").correct is True, text
    if not right:
        return
    for form in item["wrong"]:
        try:
            wrong = adcli.value(adcli.parse(f"input {', '.join(at)}; {form}"), at)
        except adcli.AdcliError:
            continue
        if abs(wrong - right) > 0.05 * abs(right):
            text = f"{wrong:.5g}"
            assert adcli.check(program, at, f"{name}={text}").correct is False, (form, text)
    for wrong in (-right, 10 * right, right * 1.02, 0.0):
        assert adcli.check(program, at, f"{name}={wrong:.6g}").correct is False, wrong
