# ruff: noqa: D102  # the names of operations; the module says what they mean
"""adcli and its peers at work on one program, driven alike.

An operation is a method; when it has a `prepare_...`, that makes what the operation needs and is not timed.
`build` records the program, `value` computes it without recording, `forward` and `reverse` sweep once over
what is recorded, `tangent` and `gradient` are the whole way: one evaluation with one derivative sweep.
"""

from __future__ import annotations

import gc
import sys
import threading
import traceback
import tracemalloc
from typing import Any, ClassVar

import measure
import programs
from programs import Functions, Program

Answer = tuple[float, list[float]]  # the output, and its derivative by every input


class Adcli:
    """The engine of adcli: a graph is built once; linearized and swept as often as one likes."""

    functions = True

    def __init__(self, program: Program) -> None:
        from adcli.arithmetic.real import REAL
        from adcli.engine import sweep
        from adcli.graph import Graph

        self.program, self.sweep, self.real, self.new = program, sweep, REAL, Graph
        self.names = [f"x{i}" for i in range(len(program.inputs))]
        self.point = dict(zip(self.names, program.inputs, strict=True))
        self.graph = self.build()
        self.output = len(self.graph) - 1
        programs.check(program, self.reverse(self.linearize()))

    def build(self) -> Any:
        graph = self.new()
        ids = [graph.add("input", (), name) for name in self.names]
        for op, i, j in self.program.steps:
            ids.append(graph.add(op, (ids[i],) if j is None else (ids[i], ids[j])))
        return graph.close()

    def value(self) -> float:
        return self.sweep.evaluate(self.graph, self.real, self.point)[self.output]

    def linearize(self) -> Any:
        return self.sweep.linearize(self.graph, self.real, self.point)

    prepare_forward = prepare_reverse = linearize

    def forward(self, lin: Any) -> list[float]:
        return self.sweep.forward(lin, {0: 1.0})

    def reverse(self, lin: Any) -> list[float]:
        return self.sweep.reverse(lin, {self.output: 1.0})

    def tangent(self) -> float:
        return self.forward(self.linearize())[self.output]

    def gradient(self) -> Answer:
        lin = self.linearize()
        return lin.primals[self.output], self.reverse(lin)[: len(self.names)]

    def memory(self) -> Any:
        """What stays: graph and linearization."""
        graph = self.build()
        return graph, self.sweep.linearize(graph, self.real, self.point)


class Loop:
    """adcli from the text of a program with a loop, which makes the steps of `programs.chain`."""

    functions = False

    def __init__(self, program: Program) -> None:
        from adcli.arithmetic.real import REAL
        from adcli.engine import sweep
        from adcli.language.run import program as run

        self.program, self.sweep, self.real, self.run = program, sweep, REAL, run
        self.point = dict(zip(("s", "a", "b", "c", "d"), program.inputs, strict=True))
        turns, rest = divmod(len(program.steps), 4)
        parts = ["s = s*a", "s = s + b", "s = s*c", "s = s + d"]
        self.text = f"input s, a, b, c, d\nfor k in 1..{turns} {{ {'; '.join(parts)} }}\n"
        self.text += "\n".join([*parts[:rest], "s"])

    def recorded(self) -> Any:
        made = self.run(self.text, self.point)
        return made, self.sweep.linearize(made.graph, self.real, self.point)

    memory = recorded

    def gradient(self) -> Answer:
        made, lin = self.recorded()
        (output,) = made.outputs.values()
        return lin.primals[output], self.sweep.reverse(lin, {output: 1.0})[: len(self.point)]


class Peer:
    """A system that overloads Python's operators: it records the program while it computes it."""

    own: ClassVar[Functions] = {}

    def __init__(self, program: Program) -> None:
        self.program = program
        self.steps = programs.bound(program, self.own)

    def run(self, inputs: Any) -> Any:
        return programs.run(self.steps, inputs)


class Plain(Peer):
    """Floats in the same loop: what Python itself needs, without any derivative."""

    functions, own = True, programs.PLAIN

    def value(self) -> float:
        return self.run(self.program.inputs)


class Micrograd(Peer):
    """micrograd: an object and a closure a node; its backward pass recurses."""

    functions = False

    def build(self) -> Any:
        from micrograd.engine import Value

        inputs = [Value(x) for x in self.program.inputs]
        return inputs, self.run(inputs)

    prepare_reverse = memory = build

    def reverse(self, recorded: Any) -> Answer:
        inputs, output = recorded
        output.backward()
        return output.data, [x.grad for x in inputs]

    def gradient(self) -> Answer:
        return self.reverse(self.build())


class Uncollected(Micrograd):
    """micrograd with Python's garbage collector off: the best that its design can do."""

    def __init__(self, program: Program) -> None:
        gc.disable()
        super().__init__(program)


class Torch(Peer):
    """PyTorch in eager mode, on scalar tensors of float64, one thread."""

    functions = True

    def __init__(self, program: Program) -> None:
        import torch

        self.torch = torch
        torch.set_num_threads(1)
        self.own = {"sin": torch.sin, "sqrt": torch.sqrt}
        super().__init__(program)

    def point(self, *, tracked: bool = True) -> Any:
        return self.torch.tensor(self.program.inputs, dtype=self.torch.float64, requires_grad=tracked)

    def value(self) -> float:
        with self.torch.no_grad():
            return self.run(self.point(tracked=False).unbind()).item()

    def build(self) -> Any:
        point = self.point()
        return point, self.run(point.unbind())

    prepare_reverse = build

    def reverse(self, recorded: Any) -> Answer:
        point, output = recorded
        output.backward()
        return output.item(), point.grad.tolist()

    def gradient(self) -> Answer:
        return self.reverse(self.build())

    def tangent(self) -> float:
        import torch.autograd.forward_ad as ad

        point = self.point(tracked=False)
        direction = self.torch.zeros_like(point)
        direction[0] = 1.0
        with ad.dual_level():
            return ad.unpack_dual(self.run(ad.make_dual(point, direction).unbind())).tangent.item()


class Autograd(Peer):
    """HIPS autograd, on one array of inputs taken apart once."""

    functions = True

    def __init__(self, program: Program) -> None:
        import autograd
        import autograd.numpy

        self.autograd, self.numpy = autograd, autograd.numpy
        self.own = {"sin": self.numpy.sin, "sqrt": self.numpy.sqrt}
        super().__init__(program)

    def function(self, point: Any) -> Any:
        return self.run([point[i] for i in range(len(self.program.inputs))])

    def build(self) -> Any:
        return self.autograd.make_vjp(self.function)(self.numpy.array(self.program.inputs))

    prepare_reverse = memory = build

    def reverse(self, recorded: Any) -> Answer:
        pull, output = recorded
        return float(output), pull(1.0).tolist()

    def gradient(self) -> Answer:
        return self.reverse(self.build())

    def tangent(self) -> float:
        point = self.numpy.array(self.program.inputs)
        direction = self.numpy.zeros_like(point)
        direction[0] = 1.0
        return float(self.autograd.make_jvp(self.function)(point)(direction)[1])


SYSTEMS: dict[str, Any] = {
    "adcli": Adcli,
    "adcli, loop": Loop,
    "plain Python": Plain,
    "micrograd": Micrograd,
    "micrograd, gc off": Uncollected,
    "PyTorch": Torch,
    "autograd": Autograd,
}


def serve(name: str, line: Any) -> None:
    """Answer what is asked on a pipe: a system lives in a process of its own, so that heaps stay apart.

    Recursion may go as deep as memory reaches.
    """
    sys.setrecursionlimit(10**9)
    threading.stack_size(1 << 30)
    thread = threading.Thread(target=answer, args=(SYSTEMS[name], line))
    thread.start()
    thread.join()


def answer(kind: Any, line: Any) -> None:
    """The loop of a worker: ("program", name, size), then any number of (operation, times)."""
    system: Any = None
    while (asked := line.recv()) is not None:
        try:
            match asked:
                case ("program", name, size):
                    system = None
                    gc.collect()
                    system = kind(programs.PROGRAMS[name](size))
                    line.send(len(system.program))
                case ("answer", operation):
                    line.send(getattr(system, operation)())
                case ("memory",):
                    line.send(kept(system.memory))
                case (operation, times):
                    run = getattr(system, operation)
                    line.send(measure.seconds(run, getattr(system, f"prepare_{operation}", None), times))
        except Exception:  # noqa: BLE001  # whatever a peer does not survive
            line.send(traceback.format_exc())


def kept(make: Any) -> int:
    """The bytes that `make` leaves behind in what it returns."""
    tracemalloc.start()
    made = make()
    gc.collect()
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del made
    return size
