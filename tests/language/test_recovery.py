"""Several mistakes in one go: those of other statements, and none that the first may have caused."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator

import adcli
from adcli.cli import main
from adcli.language import recovery
from adcli.language.vocabulary import Vocabulary


def errors(text: str) -> list[adcli.AdcliError]:
    with pytest.raises(adcli.AdcliError) as caught:
        adcli.parse(text)
    first = caught.value
    assert not any(error.others for error in first.others)
    every = [first, *first.others]
    assert [error.span for error in every] == sorted(error.span for error in every if error.span)
    assert all(error.text == text for error in every)
    return every


def marked(text: str) -> list[str]:
    """What the errors of a text underline."""
    return [text[error.span.start : error.span.end] for error in errors(text) if error.span]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("y = 2*)\nz = 3 4\nw = foo(y)\nw", [")", "4", "foo"]),
        ("x 2; y; z 3", ["2", "3"]),
        ("x 2\r\n\r\nz 3", ["2", "3"]),
        ("х + 1; y = 5!", ["х", "!"]),
        ("a = (1 +\n 2 3); b = 4 5", ["3", "5"]),
        ("a = 1 +\n 2 3\nb = 4 5", ["3", "5"]),
        ("a = 2 3; for k in 1..3 { s = k }; b = 4 5", ["3", "5"]),
        ("a = 2 3; if x < 1 { y = 2 }\nelse { y = 3 }\nc = 4 5", ["3", "5"]),
        ("a*; b = 2 3", ["", "3"]),
        ("a = 2 3; b*", ["3", ""]),
    ],
)
def test_each_broken_statement_is_told(text: str, places: list[str]) -> None:
    assert marked(text) == places


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("f(x) == x^2; f(3)", ["f"]),  # f was to be defined
        ("foo(x); foo(y); bar(x)", ["foo", "bar"]),
        ("sin = x; sin", ["sin"]),
        ("f(x) = x^; f(3)", [";"]),
        ("(x; y 2; 2 3", ["("]),
        ("|x; 2 3", ["|"]),
        ("a 2; (x; 2 3", ["2"]),
        ("a 2; while x < 1 { y = 2; 2 3", ["2"]),
        ("a = 2 3 }; b = 3 4", ["3"]),
        ("for i in range(3):\n  x = x*2 3\ny = 3 4", ["range"]),
        ("def f(x):\n  return x^2\n", ["def"]),
    ],
)
def test_nothing_is_told_that_the_first_mistake_may_have_caused(text: str, places: list[str]) -> None:
    found = marked(text)
    assert set(found) <= {"2", *places}
    assert found[-1:] == places[-1:]


def test_a_mistake_has_its_own_line_and_marks(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["grad", "x 2\ny = 1\nzz 3"]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert "    1 | x 2" in lines
    assert "    3 | zz 3" in lines
    assert lines[lines.index("    3 | zz 3") + 1].index("^") == len("    3 | zz ")
    assert lines[-1] == "2 errors"


def test_many_mistakes_are_counted_and_the_first_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["grad", "; ".join(f"x{i} 2" for i in range(9))]) == 2
    said = capsys.readouterr().err
    assert said.count("syntax error") == 5
    assert said.endswith("\n9 errors, 5 of them above\n")


def test_the_json_has_the_others_only_when_there_are_any(capsys: pytest.CaptureFixture[str]) -> None:
    schema = json.loads(files("adcli").joinpath("schema/adcli-1.json").read_text(encoding="utf-8"))
    found: list[Any] = []
    for text in ("x 2", "x 2; y; z 3"):
        assert main(["grad", text, "--json"]) == 2
        found.append(json.loads(capsys.readouterr().err))
        Draft202012Validator(schema).validate(found[-1])
    assert "others" not in found[0]["error"]
    (other,) = found[1]["error"]["others"]
    assert other == {"code": "syntax", "message": 'a number after "z"', "span": [10, 11], "where": "source",
                     "hint": "write z*3, or z^3 for a power"}  # fmt: skip


def test_the_value_of_a_point_has_one_mistake() -> None:
    with pytest.raises(adcli.AdcliError) as caught:
        adcli.language.points.from_text("x=1 2;3 4")
    assert caught.value.others == ()


@pytest.mark.parametrize(
    "text",
    [
        lambda n: "x 2\n" * n,
        lambda n: "y = foo(x)\n" * n,
        lambda n: "".join(f"y = foo{i}(x)\n" for i in range(n)),
        lambda n: "x 2" + "\n" * n,
        lambda n: "♥;" * n,
        lambda n: "x; " * n + "y 2",
    ],
)
def test_a_text_is_read_again_once_and_not_to_its_end(
    text: Callable[[int], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, read = text(20_000), []
    ordinary = recovery.mistake

    def spied(text: str, part: recovery.Part, known: Vocabulary, reader: recovery.Reader) -> object:
        read.append(part.end - part.start)
        return ordinary(text, part, known, reader)

    monkeypatch.setattr(recovery, "mistake", spied)
    monkeypatch.setattr(recovery, "MOST_READ", 500)
    assert 1 <= len(errors(whole)) <= recovery.MOST
    assert len(read) <= 500
    assert sum(read) <= len(whole)
