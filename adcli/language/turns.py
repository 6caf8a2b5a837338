"""What a turn of a loop made, and many turns that make the same, laid out at once.

A turn depends on the nodes it starts from and on which nodes there are already. Let two turns in a row
repeat the turn before: what each operation came to is one old node in all of them, or moved on by as
many nodes as a turn makes. Then the next turn does so too. An operation on old nodes comes to the same
node again. A key with a node of this turn or the last one could only have been made since then, so it
would have been made in the turn before as well, where it was new. A loop's own number needs a look:
it must not be a constant of the graph yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from adcli.graph import Graph
    from adcli.language.expressions import Expressions

PROOF = 2  # turns in a row that repeat the turn before


class Turn(NamedTuple):
    """The nodes that a turn made, from `first` up to `end`, and what each operation came to."""

    first: int
    end: int
    results: list[int]

    def __len__(self) -> int:
        return self.end - self.first

    def repeats(self, before: Turn, graph: Graph) -> bool:
        """Whether this turn did what the turn before it did, on nodes that are `len(self)` further."""
        old, new, step = slice(before.first, before.end), slice(self.first, self.end), len(self)
        return (
            0 < step == len(before)
            and graph.op[old] == graph.op[new]
            and graph.variable[old] == graph.variable[new]
            and all(
                there == here < before.first or (there >= before.first and here == there + step)
                for there, here in zip(before.results, self.results, strict=True)
            )
        )

    def again(self, build: Expressions, numbers: Sequence[int]) -> list[list[int]]:
        """Make a turn for each of the numbers; what each operation came to, turn by turn."""
        graph, step, count = build.graph, len(self), len(numbers)
        ids = list(range(self.first, self.end + step * count))

        def moved(node: int) -> list[int]:
            """What comes for a node of this turn or the one before in each of the turns."""
            at = node + step - self.first
            return [node] * count if at < 0 else ids[at : at + step * count : step]

        args: list[tuple[int, ...]] = [()] * (step * count)
        data: list[int | None] = [None] * (step * count)
        for at, operands in enumerate(graph.args[self.first : self.end]):
            if operands:
                args[at::step] = zip(*map(moved, operands), strict=True)
            else:
                data[at::step] = numbers
        depends = graph.variable[self.first : self.end] * count
        graph.extend(graph.op[self.first : self.end] * count, args, data, depends)
        build.starts.extend(build.starts[self.first : self.end] * count)
        build.ends.extend(build.ends[self.first : self.end] * count)
        return list(map(moved, self.results))
