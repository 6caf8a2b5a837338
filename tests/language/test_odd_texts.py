"""What people type by accident, and words that its message must have; messages stay short and free of jargon."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path  # noqa: TC003  # as in every test file here
from typing import Any

import pytest

import adcli
import adcli.cli
from adcli.language.tokens import BINARY, STARTS_OPERAND
from adcli.render.display import width
from adcli.render.excerpt import excerpt

ODD = [
    ("∂f/∂x", "adcli grad"), ("∫x", "does not integrate"), ("∞", "large number"), ("'x^2'", "quote"), ("`x`", "quote"),
    ("x_{", "x_{12}"), ("x_", "x_1"), ("x\u200by", "cannot be seen"), ("e\u0301 + x", "U+0301"),
    ("while x < 1:", "open a block"), ("for k in 1..3:", "open a block"), ("for k in 1:3", "1..3"), ("x:y", "if(x < 0"),
    ("lambda x: x", "f(x) = x^2"), ("for k in 1..3", "no block"), ("while x < 1", "no block"), ("for", "for k in 1..6"),
    ("for k", 'expected "in"'), ("for k in 1", '".."'), ("while", "while s < 1"),
    ("½x", "(1/2)"), ("x^½", "(1/2)"), ("∜x", "x^(1/4)"), ("“x”", "leave the quotes away"), ("2•x", '"*"'), ("x ± 1", "x - 1"),
    ("sin^(-1)(x)", "asin(x)"), ("tan^{-1} x", "atan(x)"), ("sin^{2} x", "(sin(x))^(...)"), ("(x)2", "(...)*2"),
    ("|x|2", "|...|*2"), ("y := x^2; y", "y = ..."), ("f(x) := x^2; f(2)", "plain ="), ("math.sin(x)", "sin(x)"), ("model.ad", "-f model.ad"),
    ("3½", "(3 + 1/2)"), ("x⅔", "(2/3)"), ("eˣ", "^x"), ("xₙ", "_n"), ("٣x", '"3"'), ("1.000,5", "1000.5"), ("sin(0,5)", "0.5"),
    ("∇f", "adcli grad"), ("x ↦ x²", "f(x) = x^2"), ("x => x^2", "f(x) = x^2"), ("x <> y", "!="), ("x =< y", "<="), ("x ~= y", "!="),
    ("x > 0 || y > 0", "or"), ("x // c", "# begins a comment"), ("; // c", "# begins a comment"), ("x /* c */", "# begins a comment"),
    ("⌊x⌋", "floor(x)"), ("x ⊙ y", "*"), ("x + ...\n y", "a line goes on"), ("x + \\\n y", "a line goes on"), ("sin 45°", "radians(45)"),
    ("d²/dx² x³", "adcli diff"), ("f’(x)", "adcli grad"), ("math.sqrt(x)", "sqrt(x)"), ("x = 3, y = 4", "; between"), ("6:2", "write /"), (":x", "if(x < 0"), ("f(x): x^2", "f(x, y) ="),
    ("lg 100", "log10(100)"), ("atan(y, x)", "atan2"), ("if (x > 0) y = x", "if x < 0 { y = 1 }"), ("sin -2x", "sin(-2x)"), ("True", "comparison"),
    ("for (k = 1; k < 6) { s = k }", "for k in 1..6"), ("max(x; y)", "commas"), ("∑ x", "in a loop"),
]  # fmt: skip


def refused(text: str, at: dict[str, float] | None = None) -> adcli.AdcliError:
    with pytest.raises(adcli.AdcliError) as caught:
        adcli.value(text, {} if at is None else at)
    return caught.value


@pytest.mark.parametrize(("text", "says"), ODD)
def test_an_odd_text_is_told_what_to_write(text: str, says: str) -> None:
    error = refused(text)
    said = " ".join([error.message, *error.details, error.hint or ""])
    assert error.kind == "syntax"
    assert says in said
    assert not (BINARY | STARTS_OPERAND | {"IN", "RANGE", "LBRACE"}) & set(said.split())


@pytest.mark.parametrize("before", ["e\u0301", "日e\u0301", "x + e\u0301"])
def test_a_combining_mark_is_marked_below_its_letter(before: str) -> None:
    line, marks = ("".join(cell.text for cell in row) for row in excerpt(refused(f"{before} 2")))
    assert line.rstrip() == f"    {before} 2"
    wrong = next(sign for sign in before if not sign.isascii())
    expected = before.index(wrong) - (wrong == "\u0301")
    assert width(marks[: marks.index("^")]) == 4 + width(before[:expected])


@pytest.mark.parametrize(
    ("text", "hint"),
    [("range(3)", "for k in 1..6"), ("prod(1, 2)", "in a loop"), ("root(8, 3)", "cbrt"), ("lg(x)", "log10"), ("arcsine(x)", "arcsin"),
     ("sgn(x)", "sign"), ("arcsec(x)", "acos(1/x)"), ("σ(x)", "sigmoid"), ("IF(x > 0, 1, 2)", "if("), ("POWER(x, 2)", "pow"), ("d(x^2)", "adcli diff")],
)  # fmt: skip
def test_a_function_of_other_languages_has_its_way_out(text: str, hint: str) -> None:
    error = refused(text)
    assert error.kind == "name"
    assert hint in (error.hint or "")


@pytest.mark.parametrize(
    ("text", "call"), [("abs x", "abs(...)"), ("lg x", "log10(...)"), ("gamma", "gamma(...)")]
)
@pytest.mark.parametrize("at", [{}, {"x": 1.0}])
def test_a_function_without_brackets_that_is_read_as_a_name_is_told(
    text: str, call: str, at: dict[str, float]
) -> None:
    assert call in (refused(text, at).hint or "")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("if x > 1 { y = x }; y", "y"), ("if x > 1 { y = x }; z = 2y + 1; z", "y"), ("for k in 3..1 { s = k }; s*x", "s"),
        ("while x > 1 { s = x; x = 0 }; if s > 1 { x = 2 }; x", "s"), ("f(t) = t + a; b = f(x); a = 2; b", "a"),
        ("y = x; for k in 1..9 { if k > 20 { q = 1 }; y = y + q }; y", "q"),
    ],
)  # fmt: skip
def test_a_name_whose_assignment_did_not_run_has_no_value(text: str, name: str) -> None:
    error = refused(text, {"x": 0.5})
    assert error.kind == "name"
    assert error.message.startswith(f"{name} has no value here")
    assert error.span is not None


def test_every_unknown_name_of_a_point_is_told() -> None:
    point = {"x": 1.0, "alpha": 1.0, "z": 1.0, "alhpa": 2.0}
    error = refused("x*alpha", point)
    assert error.message == 'the point binds "z", "alhpa", which are not inputs'
    assert error.hint == "did you mean alpha for alhpa?"
    error = refused("x*alpha", {"x": 1.0, "z": 1.0, "alhpa": 2.0})
    assert error.hint == 'the point binds "alhpa": did you mean alpha?'
    many = {f"a{i}": 1.0 for i in range(100)}
    assert refused("x", {"x": 1.0} | many).message.endswith('"a4" and 95 more, which are not inputs')


@pytest.mark.parametrize("text", ["x" * 1_000_000 + " 2", "x" * 1_000_000 + "(2)", "x" * 1_000_000])
def test_a_name_of_a_million_letters_makes_a_short_message(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: Any
) -> None:
    monkeypatch.setenv("ADCLI_NO_STATE", "1")
    file = tmp_path / "long.ad"
    file.write_text(text, encoding="utf-8")
    main: Callable[[list[str]], int] = adcli.cli.main
    assert main(["grad", "-f", str(file)]) == 2
    assert len(capsys.readouterr().err) < 1000
