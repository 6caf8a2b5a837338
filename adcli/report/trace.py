"""Reports of a trace: the values, the sweep, and what it gives."""

from __future__ import annotations

from collections.abc import Sequence

from adcli.primitives import ARRAYS
from adcli.primitives.shapes import words
from adcli.report import seeds
from adcli.report.document import Look, Section, Table
from adcli.report.lines import sweep_lines, value_lines
from adcli.report.sums import Sums, is_constant
from adcli.report.tables import forward_table, grows, reverse_table, stages_table, values_table
from adcli.report.title import listed
from adcli.tracing.trace import Trace, unit_seed

MOST_SAID = 3  # remarks on repeated operands
EXPLAINED = (
    "rule: a term and the general rule of its slope; names: the slope in this step's own names; "
    "numbers: the same with values; result: the sum of the terms"
)


def trace_sections(trace: Trace, look: Look) -> tuple[Section, ...]:
    """The values and the sweep, in forward mode as one section; constants have neither."""
    sums = Sums(trace, look)
    if not trace.rows:
        return (Section(sweep_heading(sums)),)
    heading = sweep_heading(sums)
    answer, captions = results(sums), (*repeated(sums), *remarks(sums))
    if look.layout == "lines":
        values, lines = value_lines(sums), sweep_lines(sums, explain=look.explain)
        if trace.mode == "forward":  # one section, as there is one table
            both = (*values, "", heading, "", *lines)
            return (Section(values_heading(sums), lines=both, answer=answer, captions=captions),)
        return (
            Section(values_heading(sums), lines=values),
            Section(heading, lines=lines, answer=answer, captions=captions),
        )
    legend = EXPLAINED if look.explain and trace.swept else ""
    if trace.mode == "reverse" and not look.explain and sums.at_point and grows(sums):
        more = look.style.math(look.style.more)
        legend = f"{more} sum still growing; the last line of a step is its adjoint"
    sweep = Section(heading, sweep_table(sums, look), legend=legend, answer=answer, captions=captions)
    if trace.mode == "forward":
        return (sweep,)
    return Section(values_heading(sums), values_table(sums)), sweep


def sweep_table(sums: Sums, look: Look) -> Table:
    """The table of the sweep as the look wants it."""
    if look.explain:
        return stages_table(sums)
    if sums.trace.mode == "forward":
        return forward_table(sums, joined=look.layout == "wide")
    return reverse_table(sums, users=look.layout == "wide")


def values_heading(sums: Sums) -> str:
    """What the first table shows."""
    outputs = "output" if len(sums.trace.program.outputs) == 1 else "outputs"
    return f"{'values' if sums.at_point else 'steps'}, from the inputs to the {outputs}"


def sweep_heading(sums: Sums) -> str:
    """The mode and the seed: "reverse mode, seed v̄₆ = 1"."""
    trace, scribe = sums.trace, sums.scribe
    start = [
        (scribe.carried(node), number) for node, number in trace.seed.items() if not is_constant(trace, node)
    ]
    if trace.seed and not start:
        return f"{trace.mode} mode: nothing depends on an input"
    return seeds.heading(trace.mode, start, scribe.style, scribe.digits)


def results(sums: Sums) -> tuple[str, ...]:
    """What the sweep gives: the derivatives for a seed of 1, else the tangents or adjoints at its end."""
    trace, labels = sums.trace, sums.labels
    if not sums.at_point:
        return ()
    program, started = trace.program, unit_seed(trace)
    called = labels.written_name if sums.style.typeset else labels.plain
    inputs = list(zip(program.inputs, trace.graph.inputs, strict=True))

    def entry(node: int) -> str:
        number = trace.number(node)
        return sums.scribe.digits_of(0.0 if number is None else number)  # an entry of a gradient is a number

    if trace.mode == "forward":
        ends = program.outputs.items()
        if started is None:
            tangent = sums.style.prose("tangent of ")
            return tuple(f"{tangent}{called(name)} = {entry(node)}" for name, node in ends)
        by = labels.name(started)
        return tuple(f"{labels.slope(called(name), by)} = {entry(node)}" for name, node in ends)
    if started is None:
        return tuple(f"{labels.adjoint(node)} = {entry(node)}" for _, node in inputs)
    of = called(next(name for name, node in program.outputs.items() if node == started))
    return tuple(f"{labels.slope(of, labels.name(node))} = {entry(node)}" for _, node in inputs)


def remarks(sums: Sums) -> tuple[str, ...]:
    """What other sweeps there are, or what an own seed means; on a printed sheet there are no options."""
    trace, labels, printed = sums.trace, sums.labels, sums.style.latex
    program, started = trace.program, unit_seed(trace)
    if trace.mode == "forward":
        if started is None:
            return ("the derivative along the seed",) if trace.seed else ()
        others = [labels.name(node) for node in trace.graph.inputs if node != started]
        return () if printed else others_line("--wrt", others, "column", "one forward sweep per input")
    if started is None:
        return ("the sum over the outputs, each times its seed",) if len(trace.seed) > 1 else ()
    others = [name for name, node in program.outputs.items() if node != started]  # to be typed
    return () if printed else others_line("--output", others, "row", "one reverse sweep per output")


def repeated(sums: Sums) -> tuple[str, ...]:
    """Why the adjoint of a repeated operand is a sum: a row bias has the column sums."""
    trace, style = sums.trace, sums.style
    graph = trace.graph
    if trace.mode == "forward" or trace.lin is None or not graph.arrays:
        return ()
    found = []
    for user in trace.rows:
        for use in trace.uses(user):
            own, whole = graph.shape[use.arg], graph.shape[use.user]
            if graph.op[user] in ARRAYS or own == whole or not trace.reached[user]:
                continue
            name, bar = style.math(sums.labels.name(use.arg)), style.math(sums.labels.adjoint(use.arg))
            over = {True: "all entries", False: "the rows" if own[:1] == (1,) else "the columns"}[
                not own or own == (1, 1)
            ]
            times = style.math(words(whole).replace("×", r" \times ") if style.latex else words(whole))
            found.append(
                f"{name} is repeated to {times} in {style.math(sums.scribe.formula(user))}, "
                f"so {bar} is a sum over {over}"
            )
    return tuple(found[:MOST_SAID])


def others_line(option: str, others: Sequence[str], what: str, cost: str) -> tuple[str, ...]:
    """The line that names the sweeps that were not made."""
    if not others:
        return ()
    gives = f"gives the other {what}" if len(others) == 1 else f"give the other {what}s"
    return (f"{option} {listed(others)} {gives}; {cost}",)
