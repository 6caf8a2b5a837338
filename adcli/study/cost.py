"""`cost`: what a program takes, what one pass of each mode takes, and how many passes are needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from adcli import engine
from adcli.answers.answer import SCHEMA, Answer
from adcli.answers.choosing import columns_of, names_of, output_name
from adcli.answers.running import cheaper
from adcli.errors import UsageError
from adcli.study.counting import Counts, counted
from adcli.study.measure import BOUND, WEIGHTS, Elementals, cost, elementals
from adcli.study.scalars import scalars

if TYPE_CHECKING:
    from adcli.answers.running import Point
    from adcli.language.program import Program
    from adcli.study.networks import Network


@dataclass(frozen=True, kw_only=True)
class CostAnswer(Answer):
    """`cost`: the operations of a program and of its sweeps, counted, and in a measure with moves."""

    command = "cost"
    wrt: tuple[str, ...]
    chosen: tuple[str, ...]
    counts: Counts
    parts: Elementals
    mode: str
    network: Network | None = None

    @property
    def passes(self) -> dict[str, int]:
        """How many passes all derivatives take, by mode."""
        return {"forward": len(self.wrt), "reverse": len(self.chosen)}

    @property
    def measured(self) -> dict[str, int]:
        """The cost of the value and of one pass, in the measure."""
        return {what: cost(self.parts, what) for what in ("f", "forward", "reverse")}

    def ratio(self, mode: str) -> float | None:
        """The operations of one pass over those of the program; None where it has none."""
        return getattr(self.counts, mode) / self.counts.values if self.counts.values else None

    def own(self) -> dict[str, Any]:
        """The fields of this command."""
        counts, measured = self.counts, self.measured
        return {
            "wrt": list(self.wrt),
            "operations": {"f": counts.values, "forward": counts.forward, "reverse": counts.reverse},
            "parts": {
                "slopes": counts.slopes,
                "products": counts.products,
                "forward_sums": counts.forward_sums,
                "reverse_sums": counts.reverse_sums,
            },
            "ratio": {mode: self.ratio(mode) for mode in ("forward", "reverse")},
            "passes": self.passes,
            "stored": {"forward": counts.held, "reverse": counts.kept},
            "mode": self.mode,
            "measure": {
                "weights": WEIGHTS._asdict(),
                "elementals": self.parts._asdict(),
                "cost": measured,
                "ratio": {
                    mode: measured[mode] / measured["f"] if measured["f"] else None
                    for mode in ("forward", "reverse")
                },
                "bound": BOUND,
            },
            **({} if self.network is None else {"network": self.network.json()}),
        }


@dataclass(frozen=True)
class NetworkAnswer:
    """`cost --layers` without an expression: the counts of the network alone."""

    command = "cost"
    network: Network

    def json(self) -> dict[str, Any]:
        """The whole answer, ready for JSON."""
        return {"schema": SCHEMA, "command": self.command, "network": self.network.json(), "notes": []}


def costs(
    program: Program,
    point: Point | None = None,
    *,
    wrt: Sequence[str] | None = None,
    output: str | None = None,
    network: Network | None = None,
) -> CostAnswer:
    """The counts of a program, of the run at a point where its course depends on values.

    With arrays the operations are those on their entries. UsageError without a point for such programs.
    """
    if point is not None:
        found = scalars(program, point)
        program, whole, at, wrt = found.program, found.whole, found.given, found.each(wrt)
    elif program.blocked is not None:
        raise program.blocked
    elif engine.has_arrays(program.graph, ()):
        raise UsageError(
            "what arrays cost depends on their sizes", hint="add a point, as in --at W=[[1,2],[3,4]],x=[1,2]"
        )
    else:
        whole, at = program, None
    columns = columns_of(program, wrt)
    chosen = list(program.outputs) if output is None else entries_of(whole, program, output)
    nodes = [program.outputs[name] for name in chosen]
    return CostAnswer(
        program=whole,
        at=None if at is None else dict(at),
        notes=program.notes,
        wrt=tuple(names_of(program, columns)),
        chosen=tuple(chosen),
        counts=counted(program.graph, nodes, columns),
        parts=elementals(program.graph, nodes),
        mode=cheaper("auto", len(nodes), len(columns)),
        network=network,
    )


def entries_of(whole: Program, program: Program, output: str) -> list[str]:
    """The outputs that an output has become entry by entry."""
    name = output_name(whole, output)
    return (
        [name] if name in program.outputs else [out for out in program.outputs if out.startswith(f"{name}[")]
    )
