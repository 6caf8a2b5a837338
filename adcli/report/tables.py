"""The tables of a trace: values, a forward sweep, a reverse sweep, and the four stages of every sum."""

from __future__ import annotations

from collections.abc import Iterator

from adcli.report.document import Cell, Column, Row, Table
from adcli.report.sums import Sums, Written

PLUS, NO_PLUS = "+ ", "  "
EMPTY = Cell("")


def values_table(sums: Sums) -> Table:
    """A row per input and step: its formula, with numbers, its value."""
    trace, scribe = sums.trace, sums.scribe
    columns = (Column("step"), Column("formula"), Column("with numbers", drop=1), Column("value", point=True))
    rows: list[Row] = [
        (
            Cell(sums.labels.row(node)),
            Cell(scribe.formula(node)),
            Cell(scribe.with_numbers(node) if sums.at_point else ""),
            Cell(sums.value(node), "bold"),
        )
        for node in trace.rows
    ]
    return numbered(sums, columns, rows, 2)


def numbered(sums: Sums, columns: tuple[Column, ...], rows: list[Row], formulas: int) -> Table:
    """The table; without a point only its first columns, which hold formulas."""
    if not sums.at_point:
        columns, rows = columns[:formulas], [row[:formulas] for row in rows]
    return Table(columns, tuple(rows))


def forward_table(sums: Sums, *, joined: bool) -> Table:
    """Formula, value and tangent of every step; a line per operand, or all of them in one line."""
    rule, numbers, tangent = (
        Column("tangent rule"),
        Column("with numbers", drop=1),
        Column("tangent", point=True),
    )
    if sums.at_point:
        columns: tuple[Column, ...] = (
            Column("step"),
            Column("formula"),
            Column("value", point=True),
            rule,
            numbers,
            tangent,
        )
    else:
        columns = (Column("step"), Column("formula"), rule)
    rows: list[Row] = []
    for node in sums.trace.rows:
        begin = [Cell(sums.labels.row(node)), Cell(sums.scribe.formula(node))]
        begin += [Cell(sums.value(node))] if sums.at_point else []
        rows += [
            (*(begin if place == 0 else [EMPTY] * len(begin)), *end[: len(columns) - len(begin)])
            for place, end in enumerate(forward_lines(sums, node, joined=joined))
        ]
    return Table(columns, tuple(rows))


def forward_lines(sums: Sums, node: int, *, joined: bool) -> Iterator[Row]:
    """Rule, numbers and tangent of a step; only the last line has the tangent."""
    kind = sums.kind(node)
    number = Cell(sums.number(node), "bold" if kind != "idle" else "dim")
    if kind != "sum":
        lead = "" if joined or kind == "idle" else NO_PLUS
        yield Cell(lead + sums.style.prose("seed") if kind == "seed" else "", "dim"), EMPTY, number
        return
    terms = sums.terms(node)
    if joined or not terms:
        yield (
            Cell(" + ".join(term.names for term in terms)),
            Cell(" + ".join(term.numbers for term in terms)),
            number,
        )
        return
    for place, term in enumerate(terms):
        sign = PLUS if place else NO_PLUS
        last = place == len(terms) - 1
        yield Cell(sign + term.names), Cell(sign + term.numbers), number if last else EMPTY


def reverse_table(sums: Sums, *, users: bool) -> Table:
    """From the output back to the inputs, a line per user; the last line of a sum has the adjoint."""
    columns = [
        Column("step"),
        Column("user"),
        Column("adjoint rule, one line per user" if users else "adjoint rule"),
        Column("with numbers", drop=1),
        Column("flow", point=True, drop=2),
        Column("adjoint", point=True),
    ]
    rows: list[Row] = []
    for node in reversed(sums.trace.rows):
        step = Cell(sums.labels.adjoint(node))
        rows += [
            (step if place == 0 else EMPTY, *line) for place, line in enumerate(reverse_lines(sums, node))
        ]
    table = numbered(sums, tuple(columns), rows, 3)
    if users:
        return table
    narrow = tuple((row[0], *row[2:]) for row in table.rows)
    return Table((table.columns[0], *table.columns[2:]), narrow)


def reverse_lines(sums: Sums, node: int) -> Iterator[Row]:
    """User, rule, numbers, flow and sum of an adjoint, line by line."""
    kind, start = sums.kind(node), sums.seed(node)
    result = Cell(sums.number(node), "dim" if kind == "idle" else "bold")
    if kind == "idle":
        yield EMPTY, EMPTY, EMPTY, EMPTY, result
        return
    terms = sums.terms(node)
    if start is not None or not terms:
        begun = Cell(f"{start} {sums.style.more}", "dim") if terms else result
        seed = NO_PLUS + sums.style.prose("seed") if start is not None else ""
        yield EMPTY, Cell(seed, "dim"), EMPTY, EMPTY, begun
    for place, term in enumerate(terms):
        sign = PLUS if place or start is not None else NO_PLUS
        total = result if place == len(terms) - 1 else Cell(f"{term.total} {sums.style.more}", "dim")
        yield Cell(term.user), Cell(sign + term.names), Cell(sign + term.numbers), Cell(term.flow), total


def grows(sums: Sums) -> bool:
    """Whether any adjoint is a sum of more than one line."""
    trace = sums.trace
    return any(
        len(trace.sources(node)) + (node in trace.seed) > 1 for node in trace.rows if sums.kind(node) == "sum"
    )


def stages_table(sums: Sums) -> Table:
    """Every sum in four stages, with the general rule behind each slope.

    Beside the terms stand their reasons: the rule, the user of the step, the term's number.
    """
    forward = sums.trace.mode == "forward"
    columns = (Column("step"), Column("stage"), Column(""), Column("", drop=1))
    rows: list[Row] = []
    for node in sums.trace.rows if forward else reversed(sums.trace.rows):
        label = sums.labels.row(node) if forward else sums.labels.adjoint(node)
        lines = [*(value_stage(sums, node) if forward else ()), *stages(sums, node)]
        rows += [(), *((Cell(label if place == 0 else ""), *line) for place, line in enumerate(lines))]
    return Table(columns, tuple(rows[1:]))


def value_stage(sums: Sums, node: int) -> Iterator[Row]:
    """A step's formula, then the same with numbers and its value."""
    *formulas, last = value_chain(sums, node)
    if sums.at_point:
        last = f"= {last}"
    for place, text in enumerate(formulas or [last]):
        beside = last if formulas and place == len(formulas) - 1 else ""
        stage = "" if place else sums.style.prose("value")
        yield Cell(stage, "dim"), Cell(NO_PLUS + text), Cell(beside, "dim")


def value_chain(sums: Sums, node: int) -> list[str]:
    """A step's formula, the same with numbers, and its value: x1/x2, 1.5/0.5, 3; -x and -2 for a sign."""
    chain = [sums.scribe.formula(node)]
    if sums.at_point:
        chain += [sums.scribe.with_numbers(node), sums.value(node)]
    return list(dict.fromkeys(text for text in chain if text))


def stages(sums: Sums, node: int) -> Iterator[Row]:
    """Rule, names, numbers and result of a sum; a seed or a step that is not reached has one line."""
    kind, start, name = sums.kind(node), sums.seed(node), sums.scribe.carried(node)
    prose = sums.style.prose
    if kind == "idle":
        yield Cell(prose("not reached"), "dim"), Cell(f"{name} = {sums.style.dash}", "dim"), EMPTY
        return
    if kind == "seed":
        yield Cell(prose("seed"), "dim"), Cell(f"{name} = {start}", "bold"), EMPTY
        return
    terms = sums.terms(node)
    begin = [] if start is None else [start]
    several = len(begin) + len(terms) > 1
    written = [
        ("rule", [term.slope for term in terms], [term.general for term in terms]),
        ("names", [term.names for term in terms], reasons(sums, terms)),
    ]
    if sums.at_point:
        flows = [f"= {term.flow}" if several else "" for term in terms]
        written.append(("numbers", [term.numbers for term in terms], flows))
    for stage, texts, beside in written:
        lines = zip([*begin, *texts], [prose("seed")] * len(begin) + beside, strict=True)
        for place, (text, reason) in enumerate(lines):
            sign = PLUS if place else NO_PLUS
            yield Cell("" if place else prose(stage), "dim"), Cell(sign + text), Cell(reason, "dim")
    if sums.at_point:
        yield Cell(prose("result"), "dim"), Cell(f"{name} = {sums.number(node)}", "bold"), EMPTY


def reasons(sums: Sums, terms: list[Written]) -> list[str]:
    """In a reverse sweep, what the user of a term is; in a forward one the step itself has said it."""
    if sums.trace.mode == "forward":
        return [""] * len(terms)
    return [f"{term.user} = {term.formula}" for term in terms]
