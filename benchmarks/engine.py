"""The engine per node: build, value, forward and reverse, from 10² to 10⁶ nodes, and the memory kept."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, Self

import programs
import systems
from measure import Row, row

GOALS = {"micrograd": 0.2, "PyTorch": 0.1, "autograd": 0.02}
PEERS = ("micrograd", "micrograd, gc off", "PyTorch", "autograd")
OPERATIONS = {
    "build": "build",
    "value": "value",
    "tangent": "value + one forward sweep",
    "reverse": "reverse sweep alone",
}
ADDING = ("chain", "tree", "dag")  # what micrograd can compute
BYTES = 250  # a node, for graph and linearization together
OVER_VALUE = 3  # value + gradient over value
FLAT = 3  # per node, between 10³ and 10⁶ nodes: what the caches of the machine make of random reads
ENOUGH = 50_000  # nodes in one measurement


class Worker:
    """A system in its own process. One that died is started again for the next program."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.line: Any = None
        self.nodes = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.line is not None:
            self.line.send(None)
            self.process.join()

    def ask(self, *question: Any) -> Any:
        """What the system answers, or None when it did not survive."""
        if self.line is None:
            context = multiprocessing.get_context("spawn")
            self.line, theirs = context.Pipe()
            self.process = context.Process(target=systems.serve, args=(self.name, theirs), daemon=True)
            self.process.start()
            theirs.close()
        try:
            self.line.send(question)
            found = self.line.recv()
        except (EOFError, OSError):
            self.line = None
            return None
        if isinstance(found, str):
            if "AssertionError" in found or "ImportError" in found or "ModuleNotFound" in found:
                raise RuntimeError(f"{self.name}: {found}")
            print(f"{self.name} does not survive {question}: {found.splitlines()[-1]}")
            return None
        return found

    def take(self, program: str, size: int) -> bool:
        """Work on this program from now on; whether the system can."""
        self.nodes = self.ask("program", program, size) or 0
        return self.nodes > 0

    def nanoseconds(self, operation: str) -> float | None:
        """The time of an operation per node."""
        found = self.ask(operation, max(1, ENOUGH // self.nodes))
        return None if found is None else found * 1e9 / self.nodes


class Asked(NamedTuple):
    """How large and how often: sizes of our own curve, the sizes for peers, and rounds."""

    sizes: Sequence[int] = (100, 1_000, 10_000, 100_000, 1_000_000)
    peer_sizes: Sequence[int] = (100_000,)
    rounds: int = 5
    peers: Sequence[str] = PEERS


def rows(asked: Asked) -> Iterator[Row]:
    """All rows about the engine."""
    with Worker("adcli") as ours:
        for peer in asked.peers:
            with Worker(peer) as theirs:
                yield from beside(ours, theirs, asked)
        with Worker("plain Python") as theirs:
            for name in ADDING:
                yield from compared(ours, theirs, name, max(asked.peer_sizes), "value", asked.rounds)
        yield from curve(ours, asked)


def beside(ours: Worker, theirs: Worker, asked: Asked) -> Iterator[Row]:
    """Value + gradient on every program, the other operations on one, and memory, beside one peer."""
    kind = systems.SYSTEMS[theirs.name]
    for size in asked.peer_sizes:
        for name in programs.PROGRAMS if kind.functions else ADDING:
            yield from compared(ours, theirs, name, size, "gradient", asked.rounds)
    for operation in OPERATIONS:
        if hasattr(kind, operation):
            yield from compared(ours, theirs, "dag", min(asked.peer_sizes), operation, asked.rounds)
    if hasattr(kind, "memory"):
        size = min(asked.peer_sizes)
        if ours.take("dag", size) and theirs.take("dag", size):
            pair = ours.ask("memory") / ours.nodes, theirs.ask("memory") / theirs.nodes
            yield row(f"memory kept, dag {size:,}", "B/node", theirs.name, [pair])


def compared(
    ours: Worker, theirs: Worker, name: str, size: int, operation: str, rounds: int
) -> Iterator[Row]:
    """One operation of both, in turn, after their answers were found equal."""
    if not ours.take(name, size) or not theirs.take(name, size):
        return
    if operation in ("gradient", "tangent"):
        mine, other = ours.ask("answer", operation), theirs.ask("answer", operation)
        if other is None:
            return
        program = programs.PROGRAMS[name](size)
        if operation == "tangent":
            programs.agree(program, [mine], [other], theirs.name)
        else:
            programs.agree(program, [mine[0], *mine[1]], [other[0], *other[1]], theirs.name)
    pairs = []
    for _ in range(rounds):
        pair = ours.nanoseconds(operation), theirs.nanoseconds(operation)
        if pair[1] is None:
            return
        pairs.append(pair)
    what = "value + gradient" if operation == "gradient" else OPERATIONS[operation]
    goal = GOALS.get(theirs.name) if operation == "gradient" and name in ADDING else None
    yield row(f"{what}, {name} {size:,}", "ns/node", theirs.name, pairs, goal)


def curve(ours: Worker, asked: Asked) -> Iterator[Row]:
    """Our own operations from small to large: gradient over value, memory, and how flat they are."""
    small = max(size for size in asked.sizes if size <= max(1_000, asked.sizes[0]))
    for name in programs.PROGRAMS:
        found: dict[tuple[str, int], list[float]] = {}
        for _ in range(asked.rounds):
            for size in asked.sizes:
                ours.take(name, size)
                for operation in ("value", "gradient"):
                    found.setdefault((operation, size), []).append(ours.nanoseconds(operation) or 0.0)
        adds = name in ADDING
        for size in asked.sizes:
            pairs = list(zip(found["gradient", size], found["value", size], strict=True))
            goal = OVER_VALUE if adds else None
            yield row(f"value + gradient over value, {name} {size:,}", "ns/node", "value", pairs, goal)
        for operation, what in (("value", "value"), ("gradient", "value + gradient")):
            pairs = list(zip(found[operation, asked.sizes[-1]], found[operation, small], strict=True))
            title = f"{what}, {name}, {asked.sizes[-1]:,} over {small:,} nodes"
            yield row(title, "ns/node", f"at {small:,}", pairs, FLAT if adds else None)
        size = min(100_000, asked.sizes[-1])
        ours.take(name, size)
        pair = ours.ask("memory") / ours.nodes, float(BYTES)
        yield row(f"memory kept, {name} {size:,}", "B/node", "the most", [pair], 1.0)
