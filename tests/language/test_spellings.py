"""Every spelling of the corpus is read as it says, refused as it says, or refused; never read otherwise."""

from __future__ import annotations

import json
import math
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

import pytest

import adcli

CORPUS = json.loads((Path(__file__).parents[1] / "data" / "spellings.json").read_text(encoding="utf-8"))
READ = [entry for entry in CORPUS if "reading" in entry]
DUE = [entry for entry in READ if entry["issue"] == "A"]
LATER = [entry for entry in READ if entry["issue"] != "A"]
WRONG = [entry for entry in CORPUS if "error" in entry]

# Wrong inputs that are about a form which is itself still refused: arguments without brackets, raised
# powers, roots, loops, blocks, definitions, arrow and range signs, arrays. They are errors today, at the
# place where that form begins; what the corpus asks of the message is due with the form.
ABOUT_LATER_FORMS = frozenset({
    "sin x^2", "sin x²", "sin x/2", "sin^-1 x", "cos 2x/3", "sin 2x^2", "cos x^3 + 1", "sqrt x^2", "√x²",
    "√x^2", "sin^2 x^2", "sin x / cos x", "sin^n x", "sin^2(x)^3", "cos^-2 x", "exp -x", "exp -x^2/2",
    "x²^y", "arctan y/x", "sqrt x/y", "sin x 2", "x² 3", "2 x 3", "2x = 4", "x y = 2", "f(x)=x^2; f + 1",
    "f(x,) = x", "x -> x^2", "d/dx x^2", "d/dx (x^2)", "1..6", "for k in 1:3 { s = k }",
    "for k in 1..3 { s = x", "for k = 1..3 { y = k }", "for k in 1..3 { }; k y +",
    "if x < 0 { r = 1 } else r = 2", "if x = 0 { y = 1 }", "Sin[x]", "x.T.y", "(x]", "[1,2",
    "x[", "x[1", "x[1]", "inv([[1,2],[2,4]])", "[1,2,3] + [1,2]", "[[1,2],[3]]", "det([[1,2,3],[4,5,6]])",
    "A*B", "trace([1,2])", "if([1,2] < 0, 1, 2)",
})  # fmt: skip


def named(entry: dict[str, Any]) -> str:
    return ascii(entry["text"])[1:-1] or "nothing"


def close(found: float, wanted: float) -> bool:
    return abs(found - wanted) <= max(4 * math.ulp(wanted), 1e-14)


def flat(value: Any) -> list[float]:
    """The numbers of a scalar, a vector or a matrix."""
    return list(chain.from_iterable(map(flat, value))) if isinstance(value, list) else [value]


@pytest.mark.parametrize("entry", DUE, ids=named)
def test_a_spelling_and_its_reading_make_the_same_graph(entry: dict[str, Any]) -> None:
    program = adcli.parse(entry["text"])
    assert program.graph == adcli.parse(entry["reading"]).graph
    assert program.graph == adcli.parse(program.reading).graph


@pytest.mark.parametrize("entry", DUE, ids=named)
def test_a_spelling_has_the_value_of_its_reading(entry: dict[str, Any]) -> None:
    point, wanted = entry["value_at"]["point"], entry["value_at"]["value"]
    if not any(isinstance(value, list) for value in point.values()):
        found = adcli.value(entry["text"], point)
        assert all(close(*pair) for pair in zip_longest(flat(found), flat(wanted), fillvalue=math.nan))
        return
    # Arrays come with a later issue. What is elementwise about A*B, q^2 and -q holds for each entry;
    # max(q) of a vector is the largest of its entries, max(q) of a number that number.
    rows = map(flat, point.values())
    entries = [dict(zip(point, numbers, strict=True)) for numbers in zip(*rows, strict=True)]
    found = [adcli.value(entry["text"], at) for at in entries]
    assert (found if isinstance(wanted, list) else [max(found)]) == flat(wanted)


@pytest.mark.parametrize("entry", LATER, ids=named)
def test_a_form_that_is_not_read_yet_is_an_error_or_has_its_own_reading(entry: dict[str, Any]) -> None:
    try:
        program = adcli.parse(entry["text"])
    except adcli.AdcliError as error:
        assert error.kind in ("syntax", "name")  # noqa: PT017  # an error is one of two right answers
        assert error.span is not None  # noqa: PT017
        return
    assert program.graph == adcli.parse(entry["reading"]).graph
    point, wanted = entry["value_at"]["point"], entry["value_at"]["value"]
    if not any(isinstance(value, list) for value in point.values()):
        assert all(map(close, flat(adcli.value(program, point)), flat(wanted)))


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


@pytest.mark.parametrize("entry", [e for e in WRONG if e["text"] not in ABOUT_LATER_FORMS], ids=named)
def test_a_wrong_text_is_an_error_of_its_kind_at_its_place_in_the_right_words(entry: dict[str, Any]) -> None:
    assert complaints(entry) == []


@pytest.mark.parametrize("entry", [e for e in WRONG if e["text"] in ABOUT_LATER_FORMS], ids=named)
def test_a_wrong_text_about_a_form_that_is_not_read_yet_is_an_error(entry: dict[str, Any]) -> None:
    assert error_of(entry).status in (2, 3)


def test_the_list_of_later_forms_names_what_still_differs_from_the_corpus_and_nothing_else() -> None:
    assert {entry["text"] for entry in WRONG if complaints(entry)} == ABOUT_LATER_FORMS
