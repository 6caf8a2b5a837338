"""Every spelling of the corpus is read as it says, refused as it says, or refused; never read otherwise."""

from __future__ import annotations

import json
import math
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

import pytest

import adcli
from adcli.language.run import program

CORPUS = json.loads((Path(__file__).parents[1] / "data" / "spellings.json").read_text(encoding="utf-8"))
READ = [entry for entry in CORPUS if "reading" in entry]
DUE = [entry for entry in READ if entry["issue"] in "ABE"]
WRONG = [entry for entry in CORPUS if "error" in entry and entry["issue"] in "ABE"]


def named(entry: dict[str, Any]) -> str:
    return ascii(entry["text"])[1:-1] or "nothing"


def close(found: float, wanted: float) -> bool:
    return abs(found - wanted) <= max(4 * math.ulp(wanted), 1e-14)


def flat(value: Any) -> list[float]:
    """The numbers of a scalar, a vector or a matrix."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    return list(chain.from_iterable(map(flat, value))) if isinstance(value, list) else [value]


@pytest.mark.parametrize("entry", DUE, ids=named)
def test_a_spelling_and_its_reading_make_the_same_graph(entry: dict[str, Any]) -> None:
    names = entry["value_at"]["point"]
    program = adcli.parse(entry["text"], names=names)
    assert program.graph == adcli.parse(entry["reading"], names=names).graph
    assert program.graph == adcli.parse(program.reading, names=names).graph


@pytest.mark.parametrize("entry", DUE, ids=named)
def test_a_spelling_has_the_value_of_its_reading(entry: dict[str, Any]) -> None:
    point, wanted = entry["value_at"]["point"], entry["value_at"]["value"]
    found = adcli.value(entry["text"], point)
    assert all(close(*pair) for pair in zip_longest(flat(found), flat(wanted), fillvalue=math.nan))


def error_of(entry: dict[str, Any]) -> adcli.AdcliError:
    with pytest.raises(adcli.AdcliError) as caught:
        adcli.value(entry["text"], entry.get("point", {}))
    return caught.value


def complaints(entry: dict[str, Any]) -> list[str]:
    """How an error differs from what the corpus asks of it."""
    error = error_of(entry)
    found: list[str] = []
    if error.kind != entry["error"]:
        found.append(f"kind {error.kind}")
    before = entry["text"][: error.span.start if error.span else 0]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    if error.span is None or line != entry.get("line", 1):
        found.append(f"line {line}")
    if column not in (entry["column"], *entry.get("also_columns", ())):
        found.append(f"column {column}")
    said = " ".join([error.message, error.caption, *error.details, error.hint or ""])
    return found + [f"does not say {word}: {said}" for word in entry["says"] if word not in said]


@pytest.mark.parametrize("entry", WRONG, ids=named)
def test_a_wrong_text_is_an_error_of_its_kind_at_its_place_in_the_right_words(entry: dict[str, Any]) -> None:
    assert complaints(entry) == []


IMPLICIT = [entry for entry in DUE if entry.get("implicit")]


@pytest.mark.parametrize("entry", IMPLICIT, ids=named)
def test_an_implicit_form_is_refused_when_explicit_ones_are_asked_for(entry: dict[str, Any]) -> None:
    with pytest.raises(adcli.AdcliError) as caught:
        program(entry["text"], entry["value_at"]["point"], explicit=True)
    assert caught.value.status == 2
