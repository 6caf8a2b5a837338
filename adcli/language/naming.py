"""What steps and outputs are called, by the rules of the contract."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from adcli.errors import NameProblem
from adcli.graph import CONST, INPUT, Graph
from adcli.language.names import canonical, nearest
from adcli.language.syntax import Syntax

LETTERS = ("v", "w", "g", "z")
SOURCE_NAMES = "source"  # no numbered steps: those without a name are called by their formulas
# What an expression makes: a node, or a constant, which becomes a node just before the first step that
# uses it. So a program and its reading number their nodes alike, however they name their parts.
Built = int | Syntax


class Assigned(NamedTuple):
    """The assignments of a run in order: names, and what each was given."""

    names: list[str]
    values: list[Built]

    def give(self, name: str, value: Built) -> None:
        """Note an assignment."""
        self.names.append(name)
        self.values.append(value)

    def give_in_turn(self, given: Sequence[tuple[str, Sequence[Built]]]) -> None:
        """Note that each name is given its first value, then each name its second, and so on."""
        columns = [values for _, values in given]
        self.names.extend([name for name, _ in given] * len(columns[0]))
        self.values.extend(chain.from_iterable(zip(*columns, strict=True)))


def name_steps(graph: Graph, inputs: Sequence[str], assigned: Assigned) -> dict[int, str]:
    """The id that assignments give to each step.

    The k-th value of a re-assigned name is called c.1, c.2, … and the last one c; a name that is an
    input keeps its plain form for the input. A step keeps the first name it was given.
    """
    times = Counter(assigned.names)
    seen = dict.fromkeys(times, 0)
    named: dict[int, str] = {}
    first = len(graph.inputs)  # inputs are the first nodes
    for name, node in zip(assigned.names, assigned.values, strict=True):
        seen[name] = count = seen[name] + 1
        if isinstance(node, int) and node >= first and node not in named:
            named[node] = name if count == times[name] and name not in inputs else f"{name}.{count}"
    return named


def letter_of(
    graph: Graph, inputs: Sequence[str], given: Collection[str], named: Callable[[], Mapping[int, str]]
) -> str:
    """The letter of unnamed steps: v, or w, g, z where a numbered step would be called like something else.

    `given` are the names of assignments, `named` are the steps' ids, which are asked for only if one of
    the names looks like v1.
    """
    for letter in LETTERS:
        if clash(graph, inputs, given, named, letter) is None:
            return letter
    return free_prefix("step", [*inputs, *given])


def clash(
    graph: Graph,
    inputs: Sequence[str],
    given: Collection[str],
    named: Callable[[], Mapping[int, str]],
    letter: str,
) -> str | None:
    """The name for which `letter` cannot number the steps, or None.

    An input that looks like v7, or an assigned name v7 while the seventh step has no name. What looks
    like v0 would be an input's row.
    """
    if (odd := next((name for name in inputs if number_of(name, letter) is not None), None)) is not None:
        return odd
    taken = {number: name for name in given if (number := number_of(name, letter)) is not None}
    if not taken:
        return None
    found = named()
    if 0 in taken and taken[0] in found.values():
        return taken[0]
    steps = (node for node, op in enumerate(graph.op) if op not in (INPUT, CONST))
    free = (number for number, node in enumerate(steps, start=1) if node not in found)
    return next((taken[number] for number in free if number in taken), None)


def number_of(name: str, letter: str) -> int | None:
    """The number of a name such as v7 with the letter v; None for any other name."""
    digits = name[len(letter) :]
    return int(digits) if name.startswith(letter) and digits.isdecimal() and len(digits) < LONG else None


LONG = 9


def free_prefix(letter: str, names: Collection[str]) -> str:
    """`letter`, doubled until no name looks like it with a number behind."""
    while any(name.startswith(letter) and name[len(letter) :].isdigit() for name in names):
        letter += letter[0]
    return letter


def name_outputs(
    text: str,
    inputs: Sequence[str],
    assigned: Assigned,
    bare: Sequence[tuple[str | None, Built]],
    chosen: Sequence[str] | None,
) -> dict[str, Built]:
    """The outputs by name.

    A bare expression that is an assigned name is called by it, any other f, or f1, f2, … by position
    (out, out1, … where the program uses that name). Without one, the last assignment is the output.
    `chosen` names outputs or assigned names instead; an unknown one is a NameProblem.
    """
    values = dict(zip(assigned.names, assigned.values, strict=True))
    outputs: dict[str, Built] = {}
    taken = {*inputs, *values}
    generated = ["f"] if len(bare) == 1 else [f"f{position}" for position in range(1, len(bare) + 1)]
    if taken.intersection(name for name, (own, _) in zip(generated, bare, strict=True) if own is None):
        generated = [name.replace("f", "out", 1) for name in generated]
    for name, (own, node) in zip(generated, bare, strict=True):
        outputs[own if own is not None and own not in outputs else name] = node
    if not bare:
        outputs[assigned.names[-1]] = assigned.values[-1]
    if chosen is None:
        return outputs
    known = {**values, **outputs}
    for name in chosen:
        if canonical(name) not in known:
            meant = nearest(name, list(known))
            raise NameProblem(
                f'no output is called "{name}"',
                text=text,
                hint=f"did you mean {meant}?" if meant else f"the program has {', '.join(known)}",
            )
    return {canonical(name): known[canonical(name)] for name in chosen}
