"""Kinks: the value is given, the convention is used, and a note says so; --strict makes an error of it."""

from __future__ import annotations

import pytest

import adcli
from adcli import answers

# Text, point, gradient, codes of the notes, what they say.
KINKS = [
    (
        "abs(x - 2)*y",
        {"x": 2.0, "y": 3.0},
        {"x": 0.0, "y": 0.0},
        ["kink"],
        [
            "step v₂ = |v₁|, where v₁ = x - 2 = 0",
            "from the left -1, from the right 1; 0 is used",
            "∂f/∂x is -3 from the left and 3 from the right",
        ],
    ),
    (
        "2*relu(-x)",
        {"x": 0.0},
        {"x": 0.0},
        ["kink"],
        ["from the left 0, from the right 1", "∂f/∂x is -2 from the left and 0 from the right"],
    ),
    (
        "leaky_relu(x)",
        {"x": 0.0},
        {"x": 0.01},
        ["kink"],
        ["0.01 is used", "∂f/∂x is 0.01 from the left and 1 from the right"],
    ),
    ("step(x) + x", {"x": 0.0}, {"x": 1.0}, ["kink"], ["step jumps at step v₁", "no slope there; 0 is used"]),
    ("floor(x)*x", {"x": 2.0}, {"x": 2.0}, ["kink"], ["floor jumps"]),
    ("round(x)*x", {"x": 2.5}, {"x": 2.0}, ["kink"], ["round jumps"]),
    (
        "max(x, y, z)",
        {"x": 2.0, "y": 2.0, "z": 1.0},
        {"x": 0.5, "y": 0.5, "z": 0.0},
        ["tie"],
        ["0.5 is used for each"],
    ),
    (
        "min(x, y, 3*x)",
        {"x": 0.0, "y": 0.0},
        {"x": 4 / 3, "y": 1 / 3},
        ["tie"],
        ["0.333333 is used for each"],
    ),
    (
        "abs(x) + abs(y)",
        {"x": 0.0, "y": 0.0},
        {"x": 0.0, "y": 0.0},
        ["kink", "kink"],
        ["where x = 0", "where y = 0"],
    ),
    ("if(x < 1, x, x^2)", {"x": 1.0}, {"x": 2.0}, ["kink"], ["x < 1"]),
]


@pytest.mark.parametrize(("text", "point", "gradient", "codes", "says"), KINKS)
def test_a_kink_has_its_value_its_convention_and_a_note_with_both_slopes(
    text: str, point: dict[str, float], gradient: dict[str, float], codes: list[str], says: list[str]
) -> None:
    program = adcli.parse(text)
    for mode in ("forward", "reverse"):
        found = answers.gradient(program, point, mode=mode)
        assert found.gradient == pytest.approx(gradient, rel=1e-15)
        assert [note.code for note in found.notes] == codes
        said = "\n".join(note.message for note in found.notes)
        assert all(words in said for words in says), said
        assert all(note.span is not None for note in found.notes)


@pytest.mark.parametrize(("text", "point", "gradient", "codes", "says"), KINKS)
def test_strict_makes_a_kink_an_error(
    text: str, point: dict[str, float], gradient: dict[str, float], codes: list[str], says: list[str]
) -> None:
    del gradient, codes, says
    with pytest.raises(adcli.AdcliError) as caught:
        answers.gradient(adcli.parse(text), point, strict=True)
    assert caught.value.kind == "domain"
    assert caught.value.span is not None
    assert "--strict" not in caught.value.message


def test_a_condition_on_its_boundary_tells_the_slopes_of_both_branches() -> None:
    def said(text: str) -> str:
        found = answers.gradient(adcli.parse(text), {"x": 1.0})
        (note,) = (note for note in found.notes if note.code == "kink")
        return note.message

    assert "∂f/∂x is 1 in the branch taken and 2 in the other" in said("if(x < 1, x^2, x)")
    assert "∂y/∂x is 5 in the branch taken and -2 in the other" in said(
        "if x <= 1 { y = 5x } else { y = -2x }; y"
    )
    assert "both branches have the same slopes" in said("if(x < 1, x^2, 2x - 1)")
    assert "the other branch is not defined here" in said("if(x <= 1, x, sqrt(x - 3))")


# Text, point, inputs that move.
SMOOTH = [
    ("abs(x - 2)*y", {"x": 2.5, "y": 3.0}, None),
    ("max(x, y)", {"x": 2.0, "y": 1.0}, None),
    ("dead = abs(x); x^2", {"x": 0.0}, None),
    ("abs(x) + y", {"x": 0.0, "y": 1.0}, ["y"]),
    ("abs(0) + y", {"y": 1.0}, None),
    ("if(x < 1, x, x^2)", {"x": 1.5}, None),
    ("abs(x), y^2", {"x": 0.0, "y": 1.0}, "f2"),
]


@pytest.mark.parametrize(("text", "point", "chosen"), SMOOTH)
def test_there_is_no_note_where_no_kink_is_on_the_way(
    text: str, point: dict[str, float], chosen: list[str] | str | None
) -> None:
    wrt, output = (None, chosen) if isinstance(chosen, str) else (chosen, None)
    found = answers.gradient(adcli.parse(text), point, wrt=wrt, output=output, strict=True)
    assert [note for note in found.notes if note.code != "branch"] == []
