"""Programs with a loop: reading the text, running it, and the gradient, beside the same program unrolled.

The loop makes the steps of `programs.chain`, so a peer that overloads operators runs them one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine import Worker, compared
from measure import Row, row

PEERS = ("micrograd", "micrograd, gc off")
GOAL = 0.5  # run + gradient over micrograd's
FLAT = 2.0  # bytes a node, at the largest size over the smallest


def rows(sizes: Sequence[int], rounds: int, *, peers: bool = True) -> Iterator[Row]:
    """The time beside each peer, and the memory at every size beside that at the first."""
    with Worker("adcli, loop") as ours:
        for peer in PEERS if peers else ():
            with Worker(peer) as theirs:
                for size in sizes:
                    for made in compared(ours, theirs, "chain", size, "gradient", rounds):
                        goal = GOAL if peer == "micrograd" else None
                        yield made._replace(what=f"loop: run + gradient, {size:,} steps", goal=goal)
        kept = []
        for size in sizes:
            ours.take("chain", size)
            kept.append(ours.ask("memory") / ours.nodes)
            goal = FLAT if len(kept) > 1 else None
            title = f"loop: memory kept, {size:,} steps"
            yield row(title, "B/node", f"at {sizes[0]:,}", [(kept[-1], kept[0])], goal)
