"""The key of an exercise sheet: what is asked, at which point, for how many points.

title = "Sheet 3"
[[exercise]]
name = "1a"
function = "x^2*y + 2*y"
at = "x=1.5, y=2"
ask = ["x", "y"]
points = 4
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from adcli.checking.numbers import Tolerance
from adcli.checking.questions import Posed, pose
from adcli.checking.targets import Target
from adcli.errors import AdcliError, UsageError
from adcli.language.points import from_mapping, from_text
from adcli.language.run import program

KNOWN = {
    "name", "function", "at", "ask", "points", "output", "wrt", "tol", "sigfigs", "carried", "penalty",
}  # fmt: skip
TOP = {"title", "exercise", "points", "carried", "penalty", "tol", "sigfigs"}
MOST_EXERCISES = 1000


@dataclass(frozen=True)
class Exercise:
    """One exercise: `ask` maps the names of its entries to their weights; empty means all that a table has.

    `carried` is the share of an entry that follows from the student's own wrong step, `penalty` is taken
    off for every wrong entry.
    """

    name: str
    posed: Posed
    points: float
    ask: Mapping[str, float]
    carried: float = 1.0
    penalty: float = 0.0

    @cached_property
    def known(self) -> dict[Any, Any]:
        """The marks of the answers so far."""
        return {}

    @cached_property
    def targets(self) -> dict[tuple[Any, ...], float]:
        """The weights by what the entries mean."""
        named = self.posed.question.targets.named
        return {identity(named(name)): weight for name, weight in self.ask.items()}


@dataclass(frozen=True)
class Key:
    """A sheet of exercises by name."""

    title: str
    exercises: Mapping[str, Exercise] = field(default_factory=dict)

    @property
    def points(self) -> float:
        """What can be reached."""
        return sum(exercise.points for exercise in self.exercises.values())


def identity(target: Target) -> tuple[Any, ...]:
    """What makes two targets the same number: an input's slope is its adjoint, a value is a step's."""
    kind = {"adjoint": "gradient", "value": "step"}.get(target.kind, target.kind)
    return kind, target.node, target.of if target.kind in ("jacobian", "partial") else None


def key_in(text: str, name: str) -> Key:
    """The key that a file holds, TOML or JSON; UsageError says what is wrong with it."""
    found = data_in(text, name)
    if unknown := sorted(set(found) - TOP):
        raise UsageError(
            f'{name}: "{unknown[0]}" is nothing that a key has', hint=f"it has {', '.join(sorted(TOP))}"
        )
    listed = found.get("exercise")
    if not isinstance(listed, list) or not listed or len(listed) > MOST_EXERCISES:
        raise UsageError(f"{name} has no exercises", hint="write [[exercise]] with a name and a function")
    made: dict[str, Exercise] = {}
    for place, row in enumerate(listed, start=1):
        if not isinstance(row, dict):
            raise UsageError(f"{name}: exercise {place} is not a table")
        shared = {option: found[option] for option in TOP - {"title", "exercise"} if option in found}
        exercise = exercise_of({**shared, **row}, f"{name}, exercise {row.get('name', place)}", str(place))
        if exercise.name in made:
            raise UsageError(f'{name}: two exercises are called "{exercise.name}"')
        made[exercise.name] = exercise
    return Key(str(found.get("title", "")), made)


def data_in(text: str, name: str) -> dict[str, Any]:
    """The data of a TOML or JSON file."""
    import tomllib  # only for keys

    try:
        found = json.loads(text) if name.lower().endswith(".json") else tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{name} cannot be read: {' '.join(str(error).split())[:200]}") from error
    if not isinstance(found, dict):
        raise UsageError(f"{name} is no key: it should have exercises")
    return found


def exercise_of(row: dict[str, Any], where: str, default: str) -> Exercise:
    """One exercise; its errors say where they are."""
    try:
        if unknown := sorted(set(row) - KNOWN):
            raise UsageError(
                f'"{unknown[0]}" is nothing that an exercise has', hint=f"it has {', '.join(sorted(KNOWN))}"
            )
        source = row.get("function")
        if not isinstance(source, str):
            raise UsageError("the function is missing", hint='write function = "x^2*y"')
        at = point_of(row.get("at"), where)
        tolerance = Tolerance.read(None if row.get("tol") is None else str(row["tol"]), row.get("sigfigs"))
        posed = pose(
            program(source, None, names=at or ()), at,
            wrt=row.get("wrt"), output=row.get("output"), tolerance=tolerance,
        )  # fmt: skip
        exercise = Exercise(
            str(row.get("name", default)), posed, share(row, "points", 1.0), ask_of(row.get("ask"), posed),
            share(row, "carried", 1.0), share(row, "penalty", 0.0),
        )  # fmt: skip
        exercise.targets  # noqa: B018  # a name that means nothing is said here, not for every student
    except AdcliError as error:
        error.message, error.span, error.text = f"{where}: {error.message}", None, None
        raise
    return exercise


def point_of(found: Any, where: str) -> dict[str, Any] | None:
    """The point of an exercise: a text, or a table of names and values."""
    if found is None:
        return None
    if isinstance(found, str):
        return from_text(found, exact=True)
    if isinstance(found, dict):
        return from_mapping(found, where, exact=True)
    raise UsageError("the point is neither a text nor a table", hint='write at = "x=1, y=2"')


def share(row: Mapping[str, Any], option: str, default: float) -> float:
    """A number of a key that is not negative."""
    value = row.get(option, default)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < 1e6:
        raise UsageError(f"{option} is a number from 0 on, not {value!r}")
    return float(value)


def ask_of(found: Any, posed: Posed) -> dict[str, float]:
    """The entries that count with their weights: the gradient unless told, {} for all rows of a table."""
    if found == "table":
        return {}
    targets = posed.question.targets
    if found is None and targets.output is not None:
        return {targets.ids[node]: 1.0 for node in posed.columns}
    if found is None:
        names = [(output, targets.ids[node]) for output in targets.program.outputs for node in posed.columns]
        return {f"d{output}/d{name}": 1.0 for output, name in names}
    if isinstance(found, list) and found and all(isinstance(name, str) for name in found):
        return dict.fromkeys(found, 1.0)
    if isinstance(found, dict) and found:
        return {str(name): share(found, name, 1.0) for name in found}
    raise UsageError('ask is a list of names, a table of weights, or "table"')
