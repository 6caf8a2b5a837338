"""A whole table, row by row: right, wrong here, or carried on from a row before.

Every row is computed again from the student's own earlier rows with the program's rule, so one mistake
is counted once. What the student wrote and what the rule gave differ by rounding; that difference, which
a student who goes on with a calculator's full number leaves out, is carried along to first order.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from adcli.arithmetic.real import REAL
from adcli.engine import sweep
from adcli.engine.undefined import FAILURES
from adcli.errors import UsageError
from adcli.graph import CONST, INPUT
from adcli.mistakes.claim import Claim, Judged, Verdict
from adcli.mistakes.here import Here, Own, Row
from adcli.mistakes.scene import Asked, Place
from adcli.mistakes.single import slopes
from adcli.mistakes.staging import resolved
from adcli.tracing.trace import Trace, Use

COARSEST = 5e-3  # no number is taken to be rounded more than this, in its relative size
REASONS = 50  # wrong rows that are explained, at most


def judge_rows(trace: Trace, claims: Sequence[Claim]) -> list[Judged]:
    """A verdict for each row of a student's table, in the same order.

    `trace` is the right sweep at a point. A row that is the right number, or follows from rows that are
    all right, is right; one that follows from rows of which one is not is carried; else it is wrong here.
    The first 50 wrong rows are explained. Raises UsageError without a point or with arrays, and NameProblem
    for an unknown name.
    """
    return Judge(trace, claims).judged()


class Judge:
    """The student's numbers, node by node, as far as they are known; the rest is computed from them."""

    def __init__(self, trace: Trace, claims: Sequence[Claim]) -> None:
        if trace.lin is None:
            raise UsageError("a table of numbers needs a point", hint="add --at, as in --at x=1.5,y=2")
        if any(trace.graph.shape):
            raise UsageError("a table is judged row by row where every step is a number, not an array")
        self.lin = trace.lin
        self.trace, self.claims = trace, claims
        program = trace.program
        outputs = list(program.outputs.values())
        self.end = next(iter(trace.seed)) if trace.mode == "reverse" and trace.seed else outputs[0]
        seeded = [node for node, number in trace.seed.items() if number] if trace.mode == "forward" else []
        self.start = seeded[0] if seeded else 0
        self.asked = resolved(program, claims, self.start, self.end)
        self.grain = grain(claims)
        self.found: dict[int, Judged] = {}
        self.values: list[Own] = []
        self.weights: dict[Place, Own] = {}
        self.others: dict[Place, float] = {}  # weights by another form of the same rule
        self.carried: dict[int, Own] = {}
        numbers = (self.values, self.weights, self.carried)
        self.here = Here(trace, self.lin, self.start, self.end, *numbers)
        self.reasons = REASONS

    def judged(self) -> list[Judged]:
        """The verdicts, in the order of the claims."""
        if self.claims:
            self.forward_table()
            self.slopes()
            self.sweep()
            self.elsewhere()
        return [self.found[i] for i in range(len(self.claims))]

    def rows_of(self, *kinds: str) -> dict[int, list[int]]:
        """The claims of some kinds by the node that they are about."""
        found: dict[int, list[int]] = {}
        for i, one in enumerate(self.asked):
            if one.kind in kinds:
                node = one.source if one.kind in {"adjoint", "gradient"} else one.target
                found.setdefault(node, []).append(i)
        return found

    def settle(self, indices: Sequence[int], row: Row, expected: float | None, place: Asked) -> Own:
        """The student's own number at a place, judged as often as it was written down."""
        own = Own(row.numbers[0], row.spread, row.clean)
        for i in indices:
            claim = self.claims[i]
            # A row is computed with terms that were rounded themselves.
            fits = any(claim.meets(number, row.spread) for number in row.numbers)
            right = expected is not None and claim.meets(expected)
            verdict: Verdict = "right" if right or (fits and row.clean) else "carried" if fits else "wrong"
            asks = verdict == "wrong" and self.reasons > 0
            self.reasons -= asks
            mistakes = tuple(self.here.mistakes(place, claim, row)) if asks else ()
            self.found[i] = Judged(claim, verdict, expected, row.numbers[0], mistakes)
            gap = min((abs(claim.value - number) for number in row.numbers), default=claim.slack)
            spread = min(gap + row.spread if fits else claim.slack, claim.slack, COARSEST * abs(claim.value))
            own = Own(claim.value, spread, verdict == "right")
            row = Row((claim.value,), spread, verdict == "right")
        return own

    def forward_table(self) -> None:
        """The values of the steps."""
        rows, lin = self.rows_of("step", "value"), self.lin
        for node, (op, args) in enumerate(zip(lin.graph.op, lin.graph.args, strict=True)):
            right = lin.primals[node]
            if op in (INPUT, CONST):
                row = Row((right,), 0.0, clean=True)
            else:
                own = [self.values[arg] for arg in args]
                row = stepped(op, own) or Row((right,), 0.0, clean=False)
            self.values.append(self.settle(rows.get(node, ()), row, right, Asked("step", node)))

    def slopes(self) -> None:
        """The weights of the edges that the sweep goes along."""
        asked = {(one.target, one.slot): i for i, one in enumerate(self.asked) if one.kind == "partial"}
        lin = self.lin
        for user in range(len(lin.graph)):
            for use in self.trace.uses(user):
                place = (user, use.slot)
                row = self.weighed(use)
                own = self.settle(
                    [asked[place]] if place in asked else (),
                    row,
                    lin.weights[user][use.slot],
                    Asked("partial", user, use.arg, use.slot),
                )
                self.weights[place] = own
                self.others[place] = own.value if place in asked else row.numbers[-1]
        for i, one in enumerate(self.asked):  # uses that have no derivative
            if one.kind == "partial" and i not in self.found:
                row = Row((0.0,), 0.0, clean=True)
                self.settle([i], row, 0.0, one)

    def weighed(self, use: Use) -> Row:
        """A weight from the student's own values: with the step's own number in the rule, and without it."""
        op = self.lin.graph.op[use.user]
        args = self.lin.graph.args[use.user]
        own, z = [self.values[arg] for arg in args], self.values[use.user]
        live = [int(slot == use.slot) for slot in range(len(args))]
        clean = z.clean and all(one.clean for one in own)

        def at(own_z: float | None, moved: int = -1) -> float:
            values = [one.value + (one.spread if slot == moved else 0.0) for slot, one in enumerate(own)]
            made = REAL.function(op)(*values) if own_z is None else own_z
            return slopes(op, made, values, live)[use.slot]

        try:
            first, second = at(z.value), at(None)
            spread = sum(abs(at(None, slot) - second) for slot, one in enumerate(own) if one.spread)
            spread += abs(at(z.value + z.spread) - first) if z.spread else 0.0
        except FAILURES:
            return Row((self.lin.weights[use.user][use.slot],), 0.0, clean=False)
        return Row((first, second), spread, clean)

    def sweep(self) -> None:
        """The tangents or adjoints, and the derivatives that they end in."""
        trace, forward = self.trace, self.trace.mode == "forward"
        rows = self.rows_of("tangent") if forward else self.rows_of("adjoint", "gradient")
        if forward and [number for number in trace.seed.values() if number] == [1.0]:
            for i, one in enumerate(self.asked):  # the output's tangent is the derivative
                if one.kind == "gradient" and one.source == self.start:
                    rows.setdefault(one.target, []).append(i)
        order = range(len(self.lin.graph)) if forward else range(len(self.lin.graph) - 1, -1, -1)
        for node in order:
            if self.lin.graph.op[node] == CONST:
                continue
            seed = float(trace.seed.get(node, 0.0))
            sources = trace.sources(node)
            terms = [
                (self.weights[use.user, use.slot], self.carried.get(trace.source(use)), use)
                for use in sources
            ]
            known = [(weight, inflow, use) for weight, inflow, use in terms if inflow is not None]
            row = self.summed(seed, known)
            kind = "tangent" if forward else "adjoint"
            place = Asked(kind, node, self.start) if forward else Asked(kind, self.end, node)
            expected = trace.number(node)
            self.carried[node] = self.settle(rows.get(node, ()), row, expected, place)

    def elsewhere(self) -> None:
        """What this sweep does not come to: derivatives of others, and 0 where nothing depends."""
        for i, (claim, one) in enumerate(zip(self.claims, self.asked, strict=True)):
            if i not in self.found:
                if one.kind not in {"gradient", "jacobian"}:
                    expected = None
                else:
                    expected = sweep.reverse(self.lin, {one.target: 1.0})[one.source]
                meets = claim.meets(expected or 0.0)
                self.found[i] = Judged(claim, "right" if meets else "wrong", expected, expected)

    def summed(self, seed: float, terms: Sequence[tuple[Own, Own, Use]]) -> Row:
        """A sum of flows from the student's own numbers."""
        first = second = seed
        spread = 0.0
        for weight, inflow, use in terms:
            other = self.others[use.user, use.slot]
            first += weight.value * inflow.value
            second += other * inflow.value
            spread += abs(weight.value) * inflow.spread + abs(inflow.value) * weight.spread
            # The weight, the flow and the sum so far were written down in so many digits too.
            spread += self.grain * abs(weight.value * inflow.value)
        clean = all(weight.clean and inflow.clean for weight, inflow, _ in terms)
        return Row((first, second), spread, clean)


def stepped(op: str, own: Sequence[Own]) -> Row | None:
    """A step's value from the student's own numbers; None where it has none."""
    values = [one.value for one in own]
    try:
        value = REAL.function(op)(*values)
        spread = 0.0
        for slot, one in enumerate(own):
            if one.spread:
                moved = [*values[:slot], one.value + one.spread, *values[slot + 1 :]]
                spread += abs(REAL.function(op)(*moved) - value)
    except FAILURES:
        return None
    return Row((value,), spread, all(one.clean for one in own)) if REAL.all_finite([value, spread]) else None


def grain(claims: Sequence[Claim]) -> float:
    """The relative size of the rounding in most of the numbers."""
    sizes = [claim.slack / abs(claim.value) for claim in claims if claim.value]
    return min(COARSEST, median(sizes)) if sizes else 0.0
