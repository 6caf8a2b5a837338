"""Under which conditions a node of a graph is needed, where choices leave some of their operands unused.

A guard is a number in a table: 0 is always; another is a guard with one more condition, or any of several
guards. Equal guards are one number, and a guard comes after those it is made of.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from adcli.graph import Graph, cone

ALWAYS = 0
DEEPEST = 64  # how far up a guard's ancestors are looked for among others
# Which slots of an operation are needed only where its first operand is true, or false.
CHOICES = {("select", 1): True, ("select", 2): False, ("and", 1): True, ("or", 1): False}


class Guards:
    """The guard of every node that `outputs` need.

    `both[g]` is (guard, condition's node, whether it holds), `any_of[g]` several guards.
    """

    def __init__(self, graph: Graph, outputs: Iterable[int]) -> None:
        outputs = list(outputs)
        self.both: dict[int, tuple[int, int, bool]] = {}
        self.any_of: dict[int, tuple[int, ...]] = {}
        self._known: dict[tuple[object, ...], int] = {}
        self.of: list[int] = [ALWAYS] * len(graph)
        if not any(op == "select" for op in graph.op):
            return
        needed = cone(graph, outputs)
        demands: list[set[int]] = [set() for _ in range(len(graph))]
        for output in outputs:
            demands[output].add(ALWAYS)
        for node in range(len(graph) - 1, -1, -1):
            args = graph.args[node]
            if needed[node] and args:
                self.of[node] = guard = self.either(demands[node])
                for slot, arg in enumerate(args):
                    holds = CHOICES.get((graph.op[node], slot))
                    demands[arg].add(guard if holds is None else self.under(guard, args[0], holds=holds))
            demands[node].clear()

    def under(self, guard: int, condition: int, *, holds: bool) -> int:
        """The guard with one more condition."""
        key = (guard, condition, holds)
        if key not in self._known:
            self._known[key] = len(self._known) + 1
            self.both[self._known[key]] = key
        return self._known[key]

    def either(self, guards: Iterable[int]) -> int:
        """The guard that holds where any of them does."""
        left = set(guards)
        while True:
            if ALWAYS in left or not left:
                return ALWAYS
            opposed = {
                guard: self._known.get((above, condition, not holds))
                for guard in left
                if guard in self.both
                for above, condition, holds in [self.both[guard]]
            }
            merged = {self.both[guard][0] for guard, other in opposed.items() if other in left}
            gone = {guard for guard, other in opposed.items() if other in left}
            gone |= {guard for guard in left if self.within(guard, left)}
            if not gone:
                break
            left = (left - gone) | merged
        if len(left) == 1:
            return left.pop()
        key = ("any", *sorted(left))
        if key not in self._known:
            self._known[key] = len(self._known) + 1
            self.any_of[self._known[key]] = tuple(sorted(left))
        return self._known[key]

    def within(self, guard: int, others: set[int]) -> bool:
        """Whether a guard that this one adds conditions to is among the others."""
        for _ in range(DEEPEST):
            if guard not in self.both:
                return False
            guard = self.both[guard][0]
            if guard in others:
                return True
        return False

    def conditions(self, guard: int) -> list[int]:
        """The nodes that a guard tests."""
        found: dict[int, None] = {}
        work = [guard]
        while work:
            one = work.pop()
            if one in self.both:
                above, condition, _ = self.both[one]
                found[condition] = None
                work.append(above)
            work.extend(self.any_of.get(one, ()))
        return list(found)

    def chain(self, guard: int) -> list[tuple[int, bool]]:
        """The conditions of a guard from the outermost in, down to a guard that is any of several."""
        found: list[tuple[int, bool]] = []
        while guard in self.both:
            guard, condition, holds = self.both[guard]
            found.append((condition, holds))
        return found[::-1]

    def root(self, guard: int) -> int:
        """What the chain begins with: always, or any of several guards."""
        while guard in self.both:
            guard = self.both[guard][0]
        return guard

    def without(self, guard: int, condition: int) -> int:
        """A weaker guard that does not test a condition."""
        if guard in self.any_of:
            return self.either(one for one in self.any_of[guard] if condition not in self.conditions(one))
        chain: Sequence[tuple[int, bool]] = self.chain(guard)
        places = [place for place, (tested, _) in enumerate(chain) if tested == condition]
        kept = chain[: places[0]] if places else chain
        weaker = self.root(guard)
        if weaker in self.any_of and condition in self.conditions(weaker):
            weaker = self.without(weaker, condition)
        for tested, holds in kept:
            weaker = self.under(weaker, tested, holds=holds)
        return weaker
