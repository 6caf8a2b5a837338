"""The parts of matrix formulas: which have names, and which must not be 0."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from adcli.language.naming import free_prefix
from adcli.language.program import Program
from adcli.matrices.rules import Reader
from adcli.matrices.terms import DIAG, TURNED, NoFormula, Term
from adcli.matrices.writing import Writer
from adcli.notation import SOURCE

WORTH_A_NAME = 9  # terms of a part that comes again
LONGEST = 80  # terms of a part that gets a name in any case
MOST_PARTS = 60
INVERTED = ("norm", "det")


def step_names(program: Program, reader: Reader) -> dict[int, str]:
    """The names that the user gave to steps, by the places of their terms."""
    found: dict[int, str] = {}
    for node, name in program.named.items():
        term = reader.values[node]
        if program.graph.args[node] and "." not in name and term.op not in ("number", "input", "onehot", "T"):
            found.setdefault(term.place, name)
    return found


def with_parts(program: Program, roots: Sequence[Term], names: dict[int, str]) -> dict[int, str]:
    """Names, with one for each part that is long and comes again; NoFormula for too many of them."""
    algebra = roots[0].algebra
    needed = {root.place for root in roots}
    uses = [0] * (max(needed) + 1)
    for root in roots:
        uses[root.place] += 1
    for place in range(len(uses) - 1, -1, -1):
        if place in needed:
            needed.update(algebra.args[place])
            for arg in algebra.args[place]:
                uses[arg] += 1
    letter = free_prefix("u", [*program.inputs, *program.named.values()])
    sizes, found = [1] * len(uses), dict(names)
    for place in sorted(needed):
        op, args = algebra.op[place], algebra.args[place]
        size = 1 + sum(sizes[arg] for arg in args)
        again = size >= WORTH_A_NAME and uses[place] > 1
        if place not in found and args and op not in (TURNED, DIAG) and (again or size > LONGEST):
            found[place] = f"{letter}{len(found) - len(names) + 1}"
        sizes[place] = 1 if place in found else size
    if len(found) - len(names) > MOST_PARTS:
        raise NoFormula
    return found


def inverted(terms: Iterable[Term]) -> tuple[str, ...]:
    """What must not be 0: norms and determinants that formulas divide by or invert."""
    found: dict[str, None] = {}
    for root in terms:
        for term in reversed(root.parts):
            if term.op == "*":
                for base, power in term.factors()[1]:
                    if power < 0 and base.op in INVERTED:
                        found[f"{Writer(SOURCE, str).text(base)} ≠ 0"] = None
            elif term.op == "inv":
                found[f"det({Writer(SOURCE, str).text(term.args[0])}) ≠ 0"] = None
    return tuple(found)
