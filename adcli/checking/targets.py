"""What an entry of an answer is called, and which number of the program it claims."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cached_property
from typing import Literal, NamedTuple

from adcli.checking.notations import OPERATOR, PLACED, PRIMED, is_source, is_there
from adcli.errors import NameProblem, UsageError
from adcli.graph import CONST
from adcli.language import together
from adcli.language.names import CALLED_ELSEWHERE, FUNCTIONS, canonical, nearest, twin
from adcli.language.program import Program
from adcli.language.together import as_product
from adcli.tracing.labels import UNICODE, Labels, closed, spellings
from adcli.tracing.trace import Trace, Use

Kind = Literal["value", "step", "gradient", "jacobian", "adjoint", "tangent", "partial"]
BARS, DOTS = "\u0304\u0305", "\u0307"
SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉₋", "0123456789-")
SLOPE = re.compile(r"(?:∂|d)\s*(?P<of>.+?)\s*/\s*(?:∂|d)\s*(?P<by>[^/]+)")
INDEXED = re.compile(r"(?P<name>.+?)\[\s*(?P<row>\d{1,6})\s*(?:,\s*(?P<column>\d{1,6})\s*)?\]")
GENERATED = ("f", "out")  # what an output is called that has no name
ENDINGS = (("_bar", "adjoint"), ("bar", "adjoint"), ("_dot", "tangent"), ("dot", "tangent"))


class Target(NamedTuple):
    """A number of the program: `name` is the id that JSON uses, `label` what a reader sees.

    `node` is the node it belongs to; of a slope `of` is the node above, and `slot` the use of an edge.
    """

    kind: Kind
    name: str
    label: str
    node: int
    of: int | None = None
    slot: int | None = None


class Parts(NamedTuple):
    """The inputs that an array has become, row by row, and its shape."""

    names: tuple[str, ...]
    shape: tuple[int, ...]

    def at(self, row: int, column: int | None) -> str | None:
        """The input of an entry; indices start at 1."""
        wide = self.shape[1] if len(self.shape) > 1 else 1
        place = (row - 1) * wide + (1 if column is None else column) - 1
        fits = 1 <= (1 if column is None else column) <= wide and (column is not None or wide == 1)
        return self.names[place] if fits and 0 <= place < len(self.names) else None


class Targets:
    """The targets of a program by all the spellings that people use.

    `output` is the output of reverse sweeps and `wrt` the input of forward ones; `at` is the point.
    """

    def __init__(
        self,
        program: Program,
        output: str | None,
        wrt: int | None,
        parts: Mapping[str, Parts] | None = None,
        at: Mapping[str, float] | None = None,
    ) -> None:
        self.at = at
        self.program = program
        self.output = output
        self.wrt = wrt
        self.parts = parts or {}
        self.labels = Labels(program, UNICODE)
        self.ids = program.ids

    @cached_property
    def steps(self) -> dict[str, int]:
        """The nodes by id and by every other spelling that means only one of them."""
        ops, labels = self.program.graph.op, self.labels
        nodes = {name: node for name, node in spellings(self.program).items() if ops[node] != CONST}
        places = range(len(self.program.inputs))
        letters = (self.program.letter, labels.letter)
        rows = {f"{letter}{labels.first + place}": place for letter in letters for place in places}
        return {**rows, **nodes}

    @cached_property
    def twins(self) -> dict[str, int]:
        """The nodes by names in which x1 and x_1 are alike."""
        return {twin(name): node for name, node in self.steps.items()}

    def node(self, name: str) -> int | None:
        """The input or step of a name; None when there is none."""
        if (entry := INDEXED.fullmatch(name.strip())) is not None and canonical(entry["name"]) in self.parts:
            column = int(entry["column"]) if entry["column"] else None
            found = self.parts[canonical(entry["name"])].at(int(entry["row"]), column)
            return None if found is None else self.steps[found]
        plain = name.strip().translate(SUBSCRIPTS).replace("_{", "_").replace("}", "")
        for spelled in (canonical(name.strip()), canonical(plain), plain, closed(name)):
            if spelled in self.steps:
                return self.steps[spelled]
        known = self.twins.get(twin(canonical(plain)))
        return known if known is not None else self.twins.get(twin(plain.lower())) if len(plain) > 1 else None

    def output_of(self, name: str) -> str | None:
        """The output of a name; None when there is none."""
        known = canonical(name.strip())
        return known if known in self.program.outputs else None

    def named(self, written: str) -> Target:
        """The target of a name as it was written.

        A bare input is its derivative, a bare step its value, the output's name the value; v4_bar, v4bar
        and v̄4 are adjoints, v4_dot tangents, df/dx a derivative, dv4/dv1 the partial of an edge.
        NameProblem for a name that means nothing, UsageError for one that means several numbers.
        """
        slope = SLOPE.fullmatch(unicodedata.normalize("NFC", written.strip()))
        if slope is not None and self.named_node(self.bare(slope["by"])) is not None:
            return self.slope(self.bare(slope["of"]), self.bare(slope["by"]), written)
        name, mark = unmarked(written)
        if mark is None:
            if (output := self.output_of(name)) is not None and name not in self.program.inputs:
                return self.value(output)
            node = self.node(name)
            if node is not None:
                return self.gradient(node) if node < len(self.program.inputs) else self.step(node)
            if (derivative := self.in_short(name)) is not None:
                return derivative
        for ending, kind in ENDINGS:
            stem = name if mark == kind else name.removesuffix(ending) if mark is None else ""
            node = self.named_node(stem) if stem and (mark == kind or stem != name) else None
            if node is not None:
                return self.adjoint(node) if kind == "adjoint" else self.tangent(node)
        if (target := self.spelled_out(name)) is not None:
            return target
        raise self.unknown(written)

    def spelled_out(self, name: str) -> Target | None:
        """What d/dx, d/dx(x^2), (x^2)' and f_x(2, 1) mean; None for any other name."""
        if (operator := OPERATOR.fullmatch(name)) is not None and operator["by"] in self.program.inputs:
            if operator["of"].strip("() ") in ("", "f") or is_source(self.program, operator["of"]):
                return self.gradient(self.program.inputs.index(operator["by"]))
        elif (placed := PLACED.fullmatch(name)) is not None:
            values = placed["at"].split(",")
            inputs = self.program.inputs
            if len(values) == len(inputs) and all(
                value.strip() == by or is_there(value, by, self.at)
                for value, by in zip(values, inputs, strict=True)
            ):
                return self.named(placed["name"])
        elif (
            name.endswith(("'", "′")) and len(self.program.inputs) == 1 and is_source(self.program, name[:-1])
        ):
            return self.gradient(0)
        return None

    def bare(self, name: str) -> str:
        """A name of a slope without brackets around it; those of a formula that is a name stay."""
        return name if self.named_node(name) is not None else name.strip("() ")

    def in_short(self, name: str) -> Target | None:
        """The derivative that f_x, fx, f', f'(x) or x' means; None for any other name."""
        inputs = self.program.inputs
        if (primed := PRIMED.fullmatch(name)) is not None and len(inputs) == 1:
            of, by = primed["of"], primed["by"]
            known = (
                of in inputs or of == "f" or self.output_of(of) is not None or self.own_name(of) is not None
            )
            if known and (by is None or canonical(by.strip()) in inputs or is_there(by, inputs[0], self.at)):
                return self.derivative(self.output_of(of), 0)
        for output in dict.fromkeys((*self.program.outputs, "f")):
            if name.startswith(output):
                by = canonical(name.removeprefix(output).removeprefix("_").strip("{}"))
                if by in inputs:
                    return self.derivative(self.output_of(output), inputs.index(by))
        return None

    def own_name(self, name: str) -> str | None:
        """The output, where a student calls it by a letter of their own: the y of dy/dx for x^2."""
        only = next(iter(self.program.outputs))
        named = len(self.program.outputs) > 1 or only in self.program.named.values() or only not in GENERATED
        free = len(name) == 1 and name.isalpha() and self.named_node(name) is None
        return only if free and not named else None

    def is_derivative(self, name: str) -> bool:
        """Whether a name is an output's or stands for a derivative."""
        return self.output_of(name) is not None or self.in_short(name) is not None

    def derivative(self, output: str | None, node: int) -> Target:
        """The derivative of an output, or of the one that is asked about, by an input."""
        return self.gradient(node) if output in (None, self.output) else self.jacobian(output or "", node)

    def named_in_formula(self, written: str) -> Target:
        """What a name in a student's formula stands for; there an input is its value."""
        if (node := self.node(written)) is not None:
            return self.step(node)
        return self.named(written)

    def named_node(self, name: str) -> int | None:
        """The node of an input, step or output."""
        output = self.output_of(name)
        return self.program.outputs[output] if output is not None else self.node(name)

    def value(self, output: str) -> Target:
        """An output's value."""
        return Target("value", output, self.labels.plain(output), self.program.outputs[output])

    def step(self, node: int) -> Target:
        """A step's or an input's value."""
        return Target("step", self.ids[node], self.labels.name(node), node)

    def gradient(self, node: int) -> Target:
        """The derivative of the one output by an input."""
        if self.output is None:
            names = list(self.program.outputs)
            by = self.ids[node]
            raise UsageError(
                f"{by} may be the derivative of each of the outputs {', '.join(names)}",
                hint=f"write d{names[0]}/d{by}, or give --output {names[0]}",
            )
        label = self.labels.slope(self.labels.plain(self.output), self.labels.name(node))
        return Target("gradient", self.ids[node], label, node, self.program.outputs[self.output])

    def jacobian(self, output: str, node: int) -> Target:
        """The derivative of an output by an input."""
        label = self.labels.slope(self.labels.plain(output), self.labels.name(node))
        name = f"d{output}/d{self.ids[node]}"
        return Target("jacobian", name, label, node, self.program.outputs[output])

    def adjoint(self, node: int) -> Target:
        """What a reverse sweep carries at a node."""
        return Target("adjoint", f"{self.ids[node]}_bar", self.labels.adjoint(node), node)

    def tangent(self, node: int) -> Target:
        """What a forward sweep carries at a node."""
        return Target("tangent", f"{self.ids[node]}_dot", self.labels.tangent(node), node)

    def slope(self, of: str, by: str, written: str) -> Target:
        """∂of/∂by: a derivative of an output, or the partial of an edge."""
        of = self.own_name(of) or of
        node, user, output = self.named_node(by), self.named_node(of), self.output_of(of)
        if node is None or user is None:
            raise self.unknown(written)
        slots = [use.slot for use in Trace(self.program, "none", {}).uses(user) if use.arg == node]
        if output is None and not slots:
            output = next((name for name, place in self.program.outputs.items() if place == user), None)
        if output is not None and node < len(self.program.inputs):
            return self.derivative(output, node)
        if not slots:
            above, below = self.labels.name(user), self.labels.name(node)
            raise UsageError(
                f"{above} does not use {below} itself, so there is no partial {written.strip()}",
                hint=f"the adjoint of {below} is {self.ids[node]}_bar",
            )
        return self.partial(Use(user, slots[0], node)) if len(slots) == 1 else self.total(user, node)

    def partial(self, use: Use) -> Target:
        """The weight of an edge; between an input and an output it is not the derivative, and says so."""
        label = self.labels.slope(self.labels.name(use.user), self.labels.name(use.arg))
        if use.arg < len(self.program.inputs) and use.user in self.program.outputs.values():
            label += " of the edge"
        name = f"d{self.ids[use.user]}/d{self.ids[use.arg]}"
        return Target("partial", name, label, use.arg, use.user, use.slot)

    def total(self, user: int, arg: int) -> Target:
        """The sum of all partials of a step by an operand that it uses more than once."""
        return self.partial(Use(user, -1, arg))

    def unknown(self, written: str) -> NameProblem:
        """The error for a name that means nothing."""
        known = [*self.program.inputs, *self.program.outputs, *(name for name in self.steps)]
        stem = unmarked(written)[0]
        meant = nearest(stem, list(dict.fromkeys(known)))
        product = as_product(stem, together.spellings([*self.program.inputs, *self.steps]))
        call = CALLED_ELSEWHERE.get(stem, stem)
        hint = f"did you mean {meant}?" if meant else None
        if product is not None and product not in known:
            power = re.sub(r"^([^\W\d]+)\*(\d+)$", r", or \1^\2 for the power", product)
            hint = f"write {product}{power if power != product else ''}"
        elif self.own_name(stem) is not None and self.program.inputs:
            hint = f"write d{stem}/d{self.program.inputs[0]} = ... for a derivative"
        elif call in FUNCTIONS:
            hint = f"for the function write {call}(...)"
        shown = list(dict.fromkeys([*self.program.inputs, *self.program.outputs]))
        return NameProblem(
            f'the answer names "{written.strip()}", which is no input, step or output',
            details=(f"inputs and outputs: {', '.join(shown)}; adcli trace lists the steps",),
            hint=hint,
        )


def unmarked(written: str) -> tuple[str, str | None]:
    """A name without the bars or dots over its letters, and what they mean.

    >>> unmarked("v̄4"), unmarked("ẋ"), unmarked("v4_bar")
    (('v4', 'adjoint'), ('x', 'tangent'), ('v4_bar', None))
    """
    apart = unicodedata.normalize("NFD", written.strip())
    for marks, kind in ((BARS, "adjoint"), (DOTS, "tangent")):
        if any(mark in apart for mark in marks):
            return unicodedata.normalize("NFC", "".join(sign for sign in apart if sign not in marks)), kind
    return written.strip(), None
