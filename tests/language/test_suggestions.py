"""Did you mean: a slip of the finger is told, a word that is far from all known ones is not."""

from __future__ import annotations

import pytest

from adcli.language.names import FUNCTIONS, nearest, slips

KNOWN = sorted(FUNCTIONS)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("sni", "sin"), ("sine", "sin"), ("sqroot", "sqrt"), ("sqtr", "sqrt"), ("Sin", "sin"), ("coss", "cos"), ("LN", "ln"),
        ("lnn", "ln"), ("tahn", "tanh"), ("arctangent", "arctan"), ("gama", "gamma"), ("abss", "abs"),
    ],
)  # fmt: skip
def test_a_misspelt_function_is_told(word: str, meant: str) -> None:
    assert nearest(word, KNOWN) == meant


@pytest.mark.parametrize("word", ["foo", "bar", "g", "f", "integral", "qqq", "myfun", "x1", "s" * 1_000_000])
def test_nothing_is_suggested_for_a_word_that_is_far_from_all(word: str) -> None:
    assert nearest(word, KNOWN) is None


@pytest.mark.parametrize(
    ("word", "other", "count"),
    [("", "", 0), ("a", "", 1), ("", "ab", 2), ("sni", "sin", 1), ("kitten", "sitting", 3), ("ab", "ba", 1), ("alhpa", "alpha", 1)],
)  # fmt: skip
def test_slips_are_counted_in_both_directions(word: str, other: str, count: int) -> None:
    assert slips(word, other) == slips(other, word) == count
