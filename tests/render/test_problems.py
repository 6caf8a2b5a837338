"""Errors and notes: the words, the place under the source, and the JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

import adcli
from adcli import answers
from adcli.errors import AdcliError, AdcliSyntaxError, DomainError, NameProblem, Span, UsageError
from adcli.language.note import Note
from adcli.language.points import from_text
from adcli.render.display import width
from adcli.render.problems import error_json, error_lines, note_lines, print_error, print_notes
from adcli.render.screen import Screen

sys.path.insert(0, str(Path(__file__).parent))
from answered import Stream


def shown(error: AdcliError, encoding: str = "utf-8") -> str:
    """An error as a pipe shows it."""
    stream = Stream(encoding)
    print_error(error, stream=stream)
    return stream.getvalue()


def of(text: str, at: dict[str, float]) -> AdcliError:
    """The error of a gradient."""
    with pytest.raises(AdcliError) as caught:
        adcli.grad(text, at)
    return caught.value


SYNTAX = """\
adcli: syntax error at column 11: unexpected ")"

    x^2*y + 2*)
              ^
    expected a number, a name, a function or "("
    fix: remove ")"
"""
NAME = """\
adcli: unknown name "xy" at column 1

    xy + 2*y
    ^^
    bound at this point: x, y
    fix: for a product write x*y
"""
DOMAIN = """\
adcli: not defined here: ln(v₁) at v₁ = x - 3 = -2

    y*ln(x - 3)
      ~~~~~~~~~  step v₂ = ln(v₁)
    ln needs an argument greater than 0
    at x = 1, y = 2
"""


def test_a_syntax_error_has_words_place_and_way_out() -> None:
    error = AdcliSyntaxError(
        'unexpected ")"',
        span=Span(10, 11),
        text="x^2*y + 2*)",
        details=('expected a number, a name, a function or "("',),
        hint='remove ")"',
    )
    assert shown(error) == SYNTAX


def test_an_unknown_name_is_marked_in_full() -> None:
    assert shown(of("xy + 2*y", {"x": 1, "y": 2})) == NAME


def test_a_domain_error_underlines_the_step() -> None:
    error = DomainError(
        "not defined here: ln(v₁) at v₁ = x - 3 = -2",
        span=Span(2, 11),
        text="y*ln(x - 3)",
        caption="step v₂ = ln(v₁)",
        details=("ln needs an argument greater than 0", "at x = 1, y = 2"),
    )
    assert shown(error) == DOMAIN
    assert shown(of("y*ln(x - 3)", {"x": 1, "y": 2})).startswith(DOMAIN[: DOMAIN.index("    at ")])


def test_a_terminal_shows_the_kind_in_red_and_the_rest_bold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    stream = Stream(terminal=True)
    print_error(of("xy", {"x": 1, "y": 2}), stream=stream)
    assert stream.getvalue().startswith(
        'adcli: \x1b[1;31munknown name\x1b[0m\x1b[1m "xy" at column 1\x1b[0m\n'
    )
    assert "\x1b[2m    fix: for a product write x*y\x1b[0m\n" in stream.getvalue()
    quiet = Stream(terminal=True)
    print_error(of("xy", {"x": 1, "y": 2}), no_color=True, stream=quiet)
    assert "\x1b" not in quiet.getvalue()


def test_the_place_in_a_point_is_named() -> None:
    with pytest.raises(AdcliError) as caught:
        from_text("x=1,y=2)")
    lines = shown(caught.value).splitlines()
    assert lines[0] == 'adcli: syntax error at column 8 of the point: unexpected ")"'
    assert lines[2:4] == ["    x=1,y=2)", "           ^"]


def test_a_text_of_several_lines_shows_the_line_and_its_number() -> None:
    lines = shown(of("a = x\nb = 2*\n*y", {"x": 1, "y": 2})).splitlines()
    assert lines[0].startswith("adcli: syntax error at line 3, column 1: ")
    assert lines[2:4] == ["    3 | *y", "        ^"]


@pytest.mark.parametrize(
    ("text", "span", "line", "marks"),
    [
        ("x + y", (4, 5), "    x + y", "        ^"),
        ("x +", (3, 3), "    x +", "       ^"),
        ("数*y)", (3, 4), "    数*y)", "        ^"),
        ("e\u0301*y)", (4, 5), "    e\u0301*y)", "       ^"),
        ("\tx*)", (3, 4), "        x*)", "          ^"),
        ("x\t*\ty", (4, 5), "    x    *    y", "              ^"),
        ("\x1b[2J+x", (0, 1), "    \\x1b[2J+x", "    ^^^^"),
        ("x\u202ey", (2, 3), "    x\\u202ey", "           ^"),
        ("x\r\ny)", (4, 5), "    2 | y)", "         ^"),
        ("x))\r\ny", (2, 3), "    1 | x))", "          ^"),
        ("(a < b) + 1", (0, 7), "    (a < b) + 1", "    ~~~~~~~"),
        ("x*y\n", (2, 3), "    x*y", "      ^"),
    ],
)
def test_marks_stand_under_the_place(text: str, span: tuple[int, int], line: str, marks: str) -> None:
    found = shown(AdcliSyntaxError("odd", span=Span(*span), text=text)).splitlines()
    assert found[2:4] == [line, marks]


def test_marks_of_a_span_over_a_line_end_stay_in_the_line() -> None:
    found = shown(DomainError("not defined here", span=Span(0, 7), text="x +\n  y")).splitlines()
    assert found[2:4] == ["    1 | x +", "        ~~~"]


@pytest.mark.parametrize("place", [0, 1, 30, 5_000, 99_950, 99_998])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_a_long_line_is_a_window_around_the_place(place: int, encoding: str) -> None:
    text = "x+" * 50_000
    text = text[:place] + "?" + text[place + 1 :]
    found = shown(AdcliSyntaxError("odd", span=Span(place, place + 1), text=text), encoding).splitlines()
    assert found[0] == f"adcli: syntax error at column {place + 1}: odd"
    assert width(found[2]) <= 84
    assert found[3].strip() == "^"
    assert found[2][found[3].index("^")] == "?"


def test_a_long_span_is_marked_as_far_as_it_is_shown() -> None:
    found = shown(DomainError("not defined here", span=Span(0, 10_000), text="x*" * 5_000)).splitlines()
    assert set(found[3].strip()) == {"~"}
    assert width(found[3]) <= width(found[2]) <= 84


def test_marks_stand_right_in_ascii_too() -> None:
    found = shown(AdcliSyntaxError("odd", span=Span(2, 3), text="θ+)"), "ascii").splitlines()
    assert found[2:4] == ["    \\u03b8+)", "           ^"]


def test_errors_without_a_place_have_no_excerpt() -> None:
    assert shown(UsageError("no")) == "adcli: no\n"
    assert shown(AdcliSyntaxError("nothing to read", span=Span(0, 0), text="")) == (
        "adcli: syntax error at column 1: nothing to read\n"
    )
    assert shown(
        NameProblem('no input is called "z"', text="x", details=("inputs: x",), hint="did you mean x?")
    ) == ('adcli: no input is called "z"\n\n    inputs: x\n    fix: did you mean x?\n')


def test_an_error_never_sends_what_the_user_typed_as_a_command() -> None:
    error = UsageError('no file "\x1b]0;owned\x07"', details=("\x9b31m",), hint="\u202etry")
    stream = Stream()
    print_error(error, stream=stream)
    assert all(sign.isprintable() or sign == "\n" for sign in stream.getvalue())


def test_json_is_the_contract() -> None:
    error = of("xy + 2*y", {"x": 1, "y": 2})
    assert error_json(error) == {
        "schema": "adcli/1",
        "error": {
            "code": "name",
            "message": 'unknown name "xy"',
            "span": [0, 2],
            "where": "source",
            "hint": "for a product write x*y",
        },
    }
    stream = Stream("ascii")
    print_error(of("x + θ)", {"x": 1}), as_json=True, stream=stream)
    assert json.loads(stream.getvalue())["error"]["code"] == "syntax"
    assert stream.getvalue().count("\n") == 1


def test_a_kink_is_a_note_of_three_lines() -> None:
    answer = answers.gradient(adcli.parse("|x - 1| + 2*x"), {"x": 1})
    stream = Stream()
    print_notes(answer.notes, stream=stream)
    assert stream.getvalue() == (
        "note: abs has a kink at step v₂ = |v₁|, where v₁ = x - 1 = 0.\n"
        "      slope from the left -1, from the right 1; 0 is used (--strict: an error).\n"
        "      so ∂f/∂x is 1 from the left and 3 from the right.\n"
    )


def test_a_kink_as_an_error_has_its_lines_too() -> None:
    with pytest.raises(AdcliError) as caught:
        answers.gradient(adcli.parse("|x - 1|"), {"x": 1}, strict=True)
    assert shown(caught.value) == (
        "adcli: abs has a kink at step v₂ = |v₁|, where v₁ = x - 1 = 0.\n\n"
        "    |x - 1|\n"
        "    ~~~~~~~\n"
        "    slope from the left -1, from the right 1; 0 is used.\n"
        "    so ∂f/∂x is -1 from the left and 1 from the right.\n"
    )


def test_equal_notes_are_said_once() -> None:
    stream = Stream("ascii")
    print_notes([Note("kink", "v₁ ≥ 0"), Note("kink", "v₁ ≥ 0", step="v1")], stream=stream)
    assert stream.getvalue() == "note: v1 >= 0\n"


LONG = "sin(x)*cos(y) + " * 6 + "ln(x - 3) + " + "x*y + " * 9 + "frobnicate(x)"


@pytest.mark.parametrize("columns", [30, 47, 60, 79])
@pytest.mark.parametrize(
    "error",
    [
        of("frobnicate(x)*2", {"x": 1}),
        of(LONG.replace("frobnicate", "sin"), {"x": 1, "y": 2}),
        of(LONG, {"x": 1, "y": 2}),
        of("x*y", {"x": 1, "a_rather_long_name": 2}),
    ],
)
def test_on_a_narrow_terminal_lines_end_between_words(error: AdcliError, columns: int) -> None:
    lines = ["".join(cell.text for cell in line) for line in error_lines(error, Screen(columns))]
    assert max(map(width, lines)) <= columns
    whole = "".join("".join(cell.text for cell in line) for line in error_lines(error, Screen()))
    cut = {word for line in lines for word in line.split()} - set(whole.split())
    assert not [word for word in cut if "…" not in word and word not in LONG and word.strip("^~")]


def test_on_a_narrow_terminal_the_marks_stay_under_their_place() -> None:
    error = of(LONG.replace("frobnicate", "sin"), {"x": 1, "y": 2})
    lines = ["".join(cell.text for cell in line) for line in error_lines(error, Screen(44))]
    source, marks = lines[lines.index("") + 1 :][:2]
    assert source[marks.index("~") : marks.rindex("~") + 1] == "ln(x - 3)"


def test_a_note_on_a_narrow_terminal_goes_on_under_its_first_word() -> None:
    notes = answers.gradient(adcli.parse("abs(x - 1)*x"), {"x": 1.0}).notes
    lines = ["".join(cell.text for cell in line).rstrip() for line in note_lines(notes, 50)]
    assert max(map(width, lines)) <= 50
    assert lines[0].startswith("note: abs has a kink")
    assert all(line.startswith("      ") for line in lines[1:])
    assert " ".join(" ".join(lines).split()) == " ".join(("note: " + notes[0].message).split())
