"""Reports of `check`: a row per entry, then what is wrong with each wrong one, as far as the hint goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from adcli.checking.answer import ALL, ENTRY, PLACE, CheckAnswer, Checked, Verdict
from adcli.notation.numerals import TABLE_DIGITS, number
from adcli.report.document import Cell, Column, Look, Row, Section, Table, Weight
from adcli.tracing.labels import Labels

VERDICTS: dict[Verdict, Weight] = {
    "right": "good", "wrong": "alarm", "carried": "doubt", "missing": "alarm", "undecided": "doubt",
}  # fmt: skip
LONGEST = 28  # characters of a formula in the table
MOST_TOLD = 3  # mistakes that explain one entry, unless all are asked for
QUIET = frozenset({"identical", "points"})  # remarks that change nothing
UNEXPLAINED = frozenset({"differs", "zero", "reading"})  # remarks that name no mistake


def sections(answer: CheckAnswer, look: Look) -> tuple[Section, ...]:
    """The table of verdicts, the reasons, and the count."""
    said = list(reasons(answer, look))
    total = Section(answer=(counted(answer),), captions=captions(answer, look))
    if look.layout == "lines":
        lines = tuple(verdict_line(answer, entry, look) for entry in answer.entries)
        return (Section(lines=lines), *(Section(text) for text in said), total)
    return (Section(table=verdict_table(answer, look)), *(Section(text) for text in said), total)


def verdict_table(answer: CheckAnswer, look: Look) -> Table:
    """A row per entry: what it is, what was given, what is right, the verdict, and in few words why."""
    columns = [Column("entry"), Column("yours", point=True), Column("verdict")]
    if answer.hint >= ALL:
        columns = [*columns[:2], Column("expected", point=True), columns[2], Column("", drop=1)]
    rows: list[Row] = []
    for entry in answer.entries:
        row = [Cell(entry.target.label), Cell(given(entry)), Cell(entry.verdict, VERDICTS[entry.verdict])]
        if answer.hint >= ALL:
            short = Cell(in_short(entry), "dim")
            row = [*row[:2], Cell(shortened(expected(entry, look))), row[2], short]
        rows.append(tuple(row))
    return Table(tuple(columns), tuple(rows))


def verdict_line(answer: CheckAnswer, entry: Checked, look: Look) -> str:
    """v̄₁ wrong: yours 1, expected 2"""
    yours = f"yours {entry.given}" if entry.given else "nothing given"
    right = expected(entry, look)
    behind = f", expected {right}" if answer.hint >= ALL and right and entry.verdict != "right" else ""
    short = f" ({in_short(entry)})" if answer.hint >= ALL and in_short(entry) else ""
    return f"{entry.target.label} {entry.verdict}: {yours}{behind}{short}"


def given(entry: Checked) -> str:
    """What was given, as it was written."""
    return shortened(entry.given) if entry.given else "–"


def shortened(text: str) -> str:
    """A formula that fits into a column."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def expected(entry: Checked, look: Look) -> str:
    """The right number or formula."""
    if entry.expected is not None:
        return number(entry.expected, look.digits or TABLE_DIGITS)
    return entry.formula or ""


def in_short(entry: Checked) -> str:
    """Why, in few words: the name of the likeliest mistake, or of a remark."""
    if entry.verdict == "carried":
        return "follows from your own numbers"
    codes = [remark.code for remark in entry.remarks if remark.code not in QUIET]
    if entry.verdict == "wrong" and entry.mistakes and "sign" not in codes:
        codes.insert(0, entry.mistakes[0].code)
    return codes[0].replace("-", " ") if codes else ""


def reasons(answer: CheckAnswer, look: Look) -> Iterator[str]:
    """A paragraph for every entry of which there is something to say."""
    told: dict[tuple[str, ...], str] = {}
    for entry in answer.entries:
        label = entry.target.label
        if answer.hint < ALL:
            if entry.verdict == "wrong" and answer.hint >= ENTRY:
                where = place(answer, entry, look) if answer.hint >= PLACE else "this entry"
                yield f"{label}: look again at {where}"
            continue
        yield from (f"{label}: {remark.message}" for remark in entry.remarks)
        if entry.verdict == "carried":
            yield f"{label}: {carried(entry, look)}"
        if entry.verdict == "wrong":
            messages = mistakes_of(entry, look)
            if messages and messages in told:
                yield f"{label}: the same as for {told[messages]}"
            elif messages:
                told[messages] = label
                yield f"{label}: {'; or '.join(messages)}"
            elif not entry.remarks or {remark.code for remark in entry.remarks} <= UNEXPLAINED:
                yield f"{label}: no single mistake explains this"


def carried(entry: Checked, look: Look) -> str:
    """What the student's own numbers give."""
    own = "" if entry.own is None else f": from them it is {number(entry.own, look.digits or TABLE_DIGITS)}"
    return f"follows from your own numbers{own}, so this step is done correctly"


def place(answer: CheckAnswer, entry: Checked, look: Look) -> str:
    """Where in the graph the likeliest mistake is."""
    plain = Labels(answer.program, look.style).plain
    for mistake in entry.mistakes:
        if mistake.edge is not None:
            return f"the edge {plain(mistake.edge.start)} → {plain(mistake.edge.end)}"
        if mistake.node is not None:
            return f"the step {plain(mistake.node)}"
    return "this entry"


def mistakes_of(entry: Checked, look: Look) -> tuple[str, ...]:
    """The sentences of the mistakes, the likeliest first; with --explain all of them, by their codes."""
    if look.explain:
        return tuple(f"{mistake.message} [{mistake.code}]" for mistake in entry.mistakes)
    more = len(entry.mistakes) - MOST_TOLD
    tail = (f"{more} more (--explain lists them)",) if more > 0 else ()
    return (*(mistake.message for mistake in entry.mistakes[:MOST_TOLD]), *tail)


def counted(answer: CheckAnswer) -> str:
    """2 right, 1 wrong, 1 carried"""
    counts = Counter(entry.verdict for entry in answer.entries)
    return ", ".join(f"{counts[verdict]} {verdict}" for verdict in VERDICTS if counts[verdict])


def captions(answer: CheckAnswer, look: Look) -> tuple[str, ...]:
    """With --explain, what counts as right."""
    if not look.explain:
        return ()
    within = [
        f"{entry.target.label} ±{number(entry.slack, 2)}"
        for entry in answer.entries
        if entry.expected is not None and entry.slack
    ]
    said = [f"counts as right within {', '.join(within)}"] if within else []
    if any(remark.code == "points" for entry in answer.entries for remark in entry.remarks):
        said.append("the points at which formulas are compared are the same in every run (seed 1)")
    return tuple(said)
