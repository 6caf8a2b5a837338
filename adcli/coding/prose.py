"""What a file of code says of itself: which function of which program, and what comes back."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from adcli.coding.target import Target, inert

if TYPE_CHECKING:
    from adcli.coding.derived import What
    from adcli.language.program import Program

LONG_READING = 300
FEW = 6
WRAP = 90
CALLED = {"jacobian": "Jacobian", "hessian": "Hessian"}


@dataclass(frozen=True)
class Task:
    """What to write: the answer of a run program, its language, and the function's name."""

    program: Program
    what: What
    outputs: Mapping[str, int]
    columns: Sequence[int]
    target: Target
    name: str
    compact: bool = False
    at: str = ""


def says(task: Task) -> list[str]:
    """What the code computes, of which program, and what comes back."""
    program, outputs = task.program, list(task.outputs)
    reading = inert(program.reading, ("*/", "/*", '"""', "\\"))
    reading = reading if len(reading) <= LONG_READING else reading[: LONG_READING - 3] + "..."
    one = len(program.outputs) == 1 and ";" not in reading
    names = [program.inputs[column] for column in task.columns]
    by = f" by {', '.join(names)}" if task.what != "value" and names != list(program.inputs) else ""
    what = "values" if len(outputs) > 1 and task.what == "value" else CALLED.get(task.what, task.what)
    head = f"The {what} of {listed(outputs)[1:-1]}"
    whole = f"{head} = {reading}{by}."
    if one and len(whole) < WRAP:
        lines = [whole, ""]
    else:
        text = f"{outputs[0]} = {reading}" if one else f"The program is {reading}"
        lines = [f"{head}{by}.", "", *textwrap.wrap(text, WRAP, break_on_hyphens=False), ""]
    if task.at:
        lines += textwrap.wrap(f"This is its run at {inert(task.at)}: loops and choices are decided.", WRAP)
    if task.target.name != "latex":
        lines.append(returns(task))
    return lines


def returns(task: Task) -> str:
    """What the function gives back."""
    names = [task.program.inputs[column] for column in task.columns]
    outputs = list(task.outputs)
    in_c, arrays = task.target.name == "c", task.target.name == "numpy"
    points = "; of arrays, the axes of the points come first" if arrays else ""
    fills = f"Fills {task.what} with" if in_c else "Returns"
    if task.what == "value":
        if len(outputs) > 1:
            return f"{fills} {listed(outputs)}."
        return "Takes numbers or arrays that broadcast." if arrays else "Returns a number."
    if task.what == "gradient":
        return f"{fills} {listed([f'd{outputs[0]}/d{name}' for name in names])}{points}."
    rows = (
        "a row and a column per input"
        if task.what == "hessian"
        else "a row per output and a column per input"
    )
    return f"{fills} {rows}{points}."


def listed(parts: Sequence[str]) -> str:
    """A list, its middle left out where it is long."""
    return f"[{', '.join(parts if len(parts) <= FEW else [parts[0], '...', parts[-1]])}]"
