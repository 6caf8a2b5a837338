"""Every entry of the catalogue: its worked example is found, and right answers are left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

import adcli
from adcli.mistakes import CATALOGUE, Claim, Explanation, explain
from adcli.mistakes.hypothesis import Example, Hypothesis

ENTRIES = [pytest.param(one, id=f"{number}-{one.code}") for number, one in enumerate(CATALOGUE)]
SCOPES = {"global", "edge", "step", "sum", "slip"}


def claims_of(example: Example) -> Iterator[Claim]:
    for name, value in example.answers.items():
        of, _, by = name.rpartition("/")
        yield Claim(example.kind, by, value, 1e-9 * max(1.0, abs(value)), of or None)


def explained(example: Example) -> list[Explanation]:
    program = adcli.parse(example.text)
    return explain(program, example.at, list(claims_of(example)))


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_worked_example_is_explained_by_its_entry(entry: Hypothesis) -> None:
    listed = explained(entry.example)
    assert entry.code in {code for one in listed for code in (one.code, *one.also)}
    assert [one.rank for one in listed] == list(range(1, len(listed) + 1))


@pytest.mark.parametrize("entry", ENTRIES)
def test_an_explanation_reproduces_the_wrong_numbers_and_names_its_place(entry: Hypothesis) -> None:
    claims = {claim.name: claim for claim in claims_of(entry.example)}
    for one in explained(entry.example):
        assert one.reproduces
        for name, number in one.reproduces:
            if entry.example.kind != "jacobian":  # there a name has several entries
                assert claims[name].meets(number, 1e-9 * abs(number))
        assert (one.edge is not None) <= (one.node is not None)
        if one.scope == "edge":
            assert one.edge in one.edges
            assert one.numbers is not None
            assert one.numbers[0] != one.numbers[1]


@pytest.mark.parametrize("entry", ENTRIES)
def test_the_right_answers_of_the_examples_have_no_mistake(entry: Hypothesis) -> None:
    example = entry.example
    program = adcli.parse(example.text)
    at = dict(example.at)
    if example.kind == "value":
        right = {"f": adcli.value(program, at)}
    elif example.kind == "gradient" and len(program.outputs) == 1:
        right = adcli.grad(program, at)
    else:
        return
    assert (
        explain(program, at, [Claim(example.kind, name, value, 1e-9) for name, value in right.items()]) == []
    )


def test_entries_have_stable_names_and_plain_words() -> None:
    for entry in CATALOGUE:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", entry.code)
        assert entry.scope in SCOPES
        assert 1 <= entry.common <= 9
        assert entry.words
        assert not entry.words.endswith((".", "!"))
        assert entry.words[0] == entry.words[0].lower()


def test_one_name_is_one_mistake() -> None:
    words: dict[str, str] = {}
    for entry in CATALOGUE:
        assert words.setdefault(entry.code, entry.words) == entry.words
