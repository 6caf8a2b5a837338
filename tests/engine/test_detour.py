"""Where a product of slopes overflows in one direction only, `auto` takes the other one and says so."""

from __future__ import annotations

import pytest

import adcli
from adcli import answers
from adcli.language.run import program

LATE = "(x*1e-200)*1e200*1e200"  # from the end the slopes grow first
EARLY = "(x*1e200)*1e200*1e-200, x"  # from the inputs


def test_a_gradient_whose_adjoints_overflow_is_made_forward() -> None:
    found = answers.gradient(program(LATE), {"x": 3.0})
    assert found.gradient == {"x": pytest.approx(1e200, rel=1e-15)}
    assert (found.mode, found.sweeps, [note.code for note in found.notes]) == ("forward", 1, ["overflow"])


def test_a_jacobian_whose_tangents_overflow_is_made_in_reverse() -> None:
    found = answers.jacobian(program(EARLY), {"x": 1e-300})
    assert [row[0] for row in found.jacobian] == [pytest.approx(1e200, rel=1e-15), 1.0]
    assert (found.mode, found.sweeps, [note.code for note in found.notes]) == ("reverse", 2, ["overflow"])


@pytest.mark.parametrize(("text", "x", "mode"), [(LATE, 3.0, "reverse"), (EARLY, 1e-300, "forward")])
def test_a_mode_that_is_asked_for_is_kept(text: str, x: float, mode: answers.Choice) -> None:
    with pytest.raises(adcli.AdcliError) as caught:
        answers.jacobian(program(text), {"x": x}, mode=mode)
    assert "overflow: the derivative at" in caught.value.message


def test_what_overflows_in_both_directions_is_an_error() -> None:
    with pytest.raises(adcli.AdcliError) as caught:
        adcli.grad("(x*1e200)*1e200", {"x": 1e-300})
    assert caught.value.kind == "domain"


def test_the_cheaper_mode_that_does_not_overflow_has_no_note() -> None:
    assert answers.gradient(program("x*y"), {"x": 1.0, "y": 2.0}).notes == ()
