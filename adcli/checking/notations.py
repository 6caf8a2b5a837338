"""Derivatives as mathematicians write them: f'(2), d/dx(x^2), ∂f/∂x(2, 1); and what they must agree with."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from adcli.errors import AdcliError, UsageError
from adcli.language.constants import constant
from adcli.language.program import Program
from adcli.language.run import program
from adcli.notation.numerals import number

PRIMED = re.compile(r"(?P<of>\w+)['′](?:\((?P<by>[^()]+)\))?")
OPERATOR = re.compile(r"[∂d]\s*/\s*[∂d]\s*(?P<by>[^\W\d]\w*)(?P<of>|\s.{0,200}|\(.{0,200}\))")  # d/dx(x^2)
PLACED = re.compile(r"(?P<name>[^()|]{1,60}?)\s*\|?_?\((?P<at>[^()]{1,200})\)")  # ∂f/∂x(2, 1)


def is_source(source: Program, text: str) -> bool:
    """Whether a text is the program itself."""
    try:
        return program(text, names=source.inputs, most_steps=2_000).graph == source.graph
    except AdcliError:
        return False


def is_there(value: str, by: str, at: Mapping[str, float] | None) -> bool:
    """Whether the 2 of f'(2) is the input's value at the point; UsageError for another number."""
    try:
        there = float(constant(value, value, 0))
    except (AdcliError, TypeError):
        return False
    if at is None or not math.isclose(there, at[by], rel_tol=1e-9):
        here = "no point is given" if at is None else f"the point has {by} = {number(at[by])}"
        raise UsageError(f"the answer is about {by} = {value.strip()}, and {here}")
    return True
