"""Which step of the program a row of a table is: by the student's own formula, by its label, by its value."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from adcli.arithmetic.real import REAL
from adcli.checking.entries import EMPTY, Entry, Written, expression, written
from adcli.checking.figures import figure, is_empty
from adcli.checking.points import points
from adcli.checking.records import Record
from adcli.checking.right import Right
from adcli.checking.sampling import Missing, apart
from adcli.checking.sheets import records_in
from adcli.checking.targets import Target, Targets
from adcli.engine import sweep
from adcli.errors import AdcliError
from adcli.tracing.trace import Trace, Use

PRINTS = 3  # points at which two formulas with the same numbers are the same step
SAME = 1e-9
CALCULATION = re.compile(r"[-+*/^·×²³(]|\d\s*\w")
LONGEST = 500  # characters of a formula in a table


class Matching:
    """The rows of a table as entries. `values` are the right values at the point, None without one."""

    def __init__(self, targets: Targets, values: Sequence[float] | None) -> None:
        self.targets = targets
        self.program = targets.program
        self.values = values
        self.prints, self.runs = fingerprints(targets)

    def entries(self, records: Sequence[Record]) -> list[Entry]:
        """An entry for every number of every row that belongs to a step."""
        if all(map(self.is_final, records)):
            records = [
                record if record.slope is not None else record._replace(slope=record.value)
                for record in records
            ]
        nodes = self.nodes(records)
        found: list[Entry] = []
        for record in records:
            if record.slope is not None:
                found.append(self.named(record))
                continue
            node = nodes.get(record.label or record.place)
            if node is None:
                found += self.unknown(record)
                continue
            found += self.of_row(record, node, nodes)
        return found

    def is_final(self, record: Record) -> bool:
        """Whether a row is a number of an input or output alone: where all are, they are a gradient.

        An input with a calculation, as in x = 2*2*3 = 12, is its derivative.
        """
        if record.slope is not None:
            return True
        if record.adjoint or record.tangent or record.partials or record.value is None:
            return False
        node = self.by_label(record.label)
        if self.is_input(node):
            return not record.formula or bool(CALCULATION.search(record.formula))
        if record.formula and self.targets.output_of(record.label) is not None:
            return False
        return self.targets.is_derivative(record.label)

    def nodes(self, records: Sequence[Record]) -> dict[str, int]:
        """The node of every row by its label, in any order of the rows."""
        found: dict[str, int] = {}
        rows = [record for record in records if record.slope is None]
        by_label = {record.label or record.place: self.by_label(record.label) for record in rows}
        waiting = list(rows)
        while waiting:
            left: list[Record] = []
            for record in waiting:
                key = record.label or record.place
                node = self.by_formula(record, found, by_label)
                if node is not None:
                    found[key] = node
                else:
                    left.append(record)
            if len(left) == len(waiting):
                break
            waiting = left
        free = [record for record in waiting if record.label or record.place]
        for record in free:
            node = by_label[record.label or record.place]
            if node is not None and all(by_label[key] == node for key, at in found.items() if at == node):
                found[record.label or record.place] = node
        self.exchange(free, found)
        taken = set(found.values())
        for record in free:
            key = record.label or record.place
            if key not in found and (node := self.by_value(record, taken)) is not None:
                found[key] = node
                taken.add(node)
        return found

    def by_label(self, label: str) -> int | None:
        """The node that a label names."""
        if not label:
            return None
        node = self.targets.node(label)
        return self.targets.named_node(label) if node is None else node

    def by_formula(
        self, record: Record, found: Mapping[str, int], by_label: Mapping[str, int | None]
    ) -> int | None:
        """The node with the numbers of the row's formula, in which other rows go by the student's labels."""
        text = record.formula
        if not text or len(text) > LONGEST or not self.runs:
            return None
        try:
            formula = expression(text, [*self.targets.steps, *by_label])
        except AdcliError:
            return None
        if not formula.inputs and not formula.graph.args:
            return None
        meant: dict[str, int] = {}
        for name in formula.inputs:
            own = next((key for key in by_label if self.same_name(key, name)), None)
            node = found.get(own) if own is not None else self.targets.node(name)
            if node is None and own is not None and own in by_label and self.is_input(by_label[own]):
                node = by_label[own]
            if node is None:
                return None
            meant[name] = node
        try:
            made = tuple(
                sweep.evaluate(formula.graph, REAL, {name: run[node] for name, node in meant.items()})[
                    next(iter(formula.outputs.values()))
                ]
                for run in self.runs
            )
        except Missing:
            return None
        same = [node for node, numbers in self.prints.items() if alike(numbers, made)]
        node = by_label.get(record.label or record.place)
        return node if node in same else same[0] if len(same) == 1 else next(iter(same), None)

    def is_input(self, node: int | None) -> bool:
        """Whether a node is an input, which every row may use."""
        return node is not None and node < len(self.program.inputs)

    def same_name(self, key: str, name: str) -> bool:
        """Whether a name in a formula is a row's label."""
        return key == name or (
            self.targets.node(key) is not None and self.targets.node(key) == self.targets.node(name)
        )

    def exchange(self, rows: Sequence[Record], found: dict[str, int]) -> None:
        """Rows without formulas whose values belong to each other's labels are numbered otherwise."""
        if self.values is None:
            return
        odd = {
            key: record
            for record in rows
            if (key := record.label or record.place) in found
            and record.value
            and not record.formula
            and not self.has(record, found[key])
        }
        places = {found[key] for key in odd}
        meant: dict[str, int] = {}
        for key, record in odd.items():
            fits = [node for node in places if self.has(record, node)]
            if len(fits) != 1 or fits[0] in meant.values():
                return
            meant[key] = fits[0]
        found.update(meant)

    def has(self, record: Record, node: int) -> bool:
        """Whether a row's value is that of a node, to its digits."""
        read = figure(record.value or "")
        if read is None or self.values is None:
            return False
        return abs(float(read.value) - self.values[node]) <= max(
            float(read.slack), SAME * abs(self.values[node])
        )

    def by_value(self, record: Record, taken: set[int]) -> int | None:
        """The one step that no other row is and that has the row's value."""
        if not record.value or self.values is None:
            return None
        fits = [node for node in self.prints if node not in taken and self.has(record, node)]
        return fits[0] if len(fits) == 1 else None

    def of_row(self, record: Record, node: int, nodes: Mapping[str, int]) -> list[Entry]:
        """The entries of a row: value, adjoint, tangent, partials. What no sweep computes may be blank."""
        targets, made = self.targets, []
        if record.value is not None and not (is_empty(record.value) and self.is_input(node)):
            made.append(self.entry(targets.step(node), record.value))
        for text, target in (
            (record.adjoint, targets.adjoint(node)),
            (record.tangent, targets.tangent(node)),
        ):
            if text is not None and not (is_empty(text) and not self.program.graph.variable[node]):
                made.append(self.entry(target, text))
        for via, slot, text in record.partials:
            use = self.use(node, nodes.get(via, self.by_label(via)), slot)
            if use is not None and not is_empty(text):
                made.append(self.entry(targets.partial(use), text))
        return made

    def use(self, node: int, other: int | None, slot: str) -> Use | None:
        """The edge between a row and the step that a term comes from, whichever uses the other."""
        if other is None:
            return None
        user, arg = max(node, other), min(node, other)
        found = [use for use in Trace(self.program, "none", {}).uses(user) if use.arg == arg]
        asked = [use for use in found if slot.isdecimal() and use.slot == int(slot)]
        return asked[0] if asked else found[0] if len(found) == 1 else None

    def entry(self, target: Target, text: str) -> Entry:
        """A number of a row; adcli's own dash is a blank."""
        return Entry(target, EMPTY if is_empty(text) else written(text, self.targets.steps))

    def named(self, record: Record) -> Entry:
        """A number with a name of its own: x, df/dx, v4_bar."""
        target = self.targets.named(record.label)
        return self.entry(target, record.slope or "")

    def unknown(self, record: Record) -> list[Entry]:
        """The entries of a row that is no step of the program: nothing is known of them."""
        label = record.label or record.place
        return [
            Entry(Target("step", label, label, -1), Written(text, problem="no-such-row"))
            for text in (record.value or record.adjoint or record.tangent,)
            if text
        ]


def fingerprints(targets: Targets) -> tuple[dict[int, tuple[float, ...]], list[list[float]]]:
    """Every input's and step's values at a few points, and the runs they are from."""
    program = targets.program
    runs: list[list[float]] = []
    for at in points(program.inputs, None, 2):
        try:
            right = Right(program, {name: float(x) for name, x in at.items()}, None, None)
            if right.program is program:
                runs.append(right.primals)
        except (AdcliError, *Missing):
            continue
        if len(runs) == PRINTS:
            break
    kept = {
        node: tuple(run[node] for run in runs) for node, op in enumerate(program.graph.op) if op != "const"
    }
    return kept, runs


def alike(one: Sequence[float], two: Sequence[float]) -> bool:
    """Whether numbers are the same up to the rounding of floats."""
    return all(math.isfinite(b) and apart(a, b) <= SAME for a, b in zip(one, two, strict=True))


def rows_in(text: str, name: str, targets: Targets, values: Sequence[Any] | None) -> list[Entry]:
    """The entries of a table; UsageError or NameProblem where it is none."""
    return Matching(targets, values).entries(records_in(text, name))
