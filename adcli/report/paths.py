"""The paths from an input to an output: a row each, from its slopes to its product, and their sum."""

from __future__ import annotations

from collections.abc import Sequence

from adcli.notation import POWER, Piece, bracket
from adcli.report.document import Cell, Column, Look, Section, Table
from adcli.report.sums import Sums
from adcli.report.title import count
from adcli.tracing.paths import Path, Paths

MOST_ADDED = 6  # products that are written as a sum


def path_sections(paths: Paths | None, look: Look) -> tuple[Section, ...]:
    """The section of the paths, where they were asked for."""
    if paths is None:
        return ()
    sums = Sums(paths.trace, look)
    answer = (total(paths, sums),)
    notes = captions(paths)
    if not paths.listed:
        return (Section(heading(paths, sums), answer=answer, captions=notes),)
    if look.layout == "lines":
        lines = tuple(path_line(paths, sums, path) for path in paths.listed)
        return (Section(heading(paths, sums), lines=lines, answer=answer, captions=notes),)
    columns = [
        Column("path"),
        Column("slopes", drop=1),
        Column("names"),
        *([Column("with numbers", drop=2), Column("product", point=True)] if sums.at_point else []),
    ]
    rows = tuple(
        (
            Cell(trail(paths, sums, path)),
            Cell(slopes(sums, path)),
            Cell(names(sums, path), "plain" if sums.at_point else "bold"),
            Cell(numbers(sums, path)),
            Cell(sums.scribe.digits_of(path.product), "bold"),
        )[: len(columns)]
        for path in paths.listed
    )
    return (Section(heading(paths, sums), Table(tuple(columns), rows), answer=answer, captions=notes),)


def heading(paths: Paths, sums: Sums) -> str:
    """How many paths there are: "two paths from x to f"."""
    many = f"about 10^{paths.power:.0f} paths" if paths.count is None else count(paths.count, "path")
    if paths.count is None and sums.style.latex:
        many = f"about $10^{{{paths.power:.0f}}}$ paths"
    start, end = sums.labels.name(paths.source), called(paths, sums)
    text = f"{many} from {sums.style.math(start)} to {sums.style.math(end)}"
    if not paths.complete and not paths.listed:
        return f"{text}, too long to be listed"
    return text if paths.complete else f"{text}, the first {len(paths.listed)} in order of evaluation"


def captions(paths: Paths) -> tuple[str, ...]:
    """Why a sweep is better, where there are more paths than are listed."""
    if paths.complete:
        return ()
    times = len(paths.edges)
    return (f"a sweep needs no paths: it multiplies once per edge, here {times} times, for the same sum",)


def called(paths: Paths, sums: Sums) -> str:
    """The output's name."""
    return sums.labels.written_name(paths.output) if sums.style.typeset else sums.labels.plain(paths.output)


def trail(paths: Paths, sums: Sums, path: Path) -> str:
    """The nodes of a path: x → v₁ → v₃."""
    arrow = r" \to " if sums.style.latex else " → " if sums.style.marks else " -> "
    return arrow.join(map(sums.labels.name, paths.nodes(path)))


def slopes(sums: Sums, path: Path) -> str:
    """∂v₁/∂x·∂v₃/∂v₁"""
    return sums.style.notation.times.join(map(sums.scribe.slope, path.uses)) or "1"


def names(sums: Sums, path: Path) -> str:
    """The slopes as formulas: (2·x)·y."""
    pieces = [sums.scribe.partial(use) for use in path.uses]
    return factors(sums, pieces)


def numbers(sums: Sums, path: Path) -> str:
    """The slopes as numbers: 3·2."""
    return factors(sums, [sums.scribe.figure(sums.trace.weight(use)) for use in path.uses])


def factors(sums: Sums, pieces: Sequence[Piece]) -> str:
    """A product; one factor alone needs no brackets."""
    notation = sums.style.notation
    if len(pieces) < 2:
        return pieces[0].text if pieces else "1"
    return notation.times.join(
        bracket(piece, POWER, notation, follows=place > 0) for place, piece in enumerate(pieces)
    )


def path_line(paths: Paths, sums: Sums, path: Path) -> str:
    """X → v₁ → v₃: ∂v₁/∂x·∂v₃/∂v₁ = (2·x)·y = 3·2 = 6"""
    chain = [slopes(sums, path), names(sums, path)]
    if sums.at_point:
        chain += [numbers(sums, path), sums.scribe.digits_of(path.product)]
    return f"{trail(paths, sums, path)}: {' = '.join(dict.fromkeys(chain))}"


def total(paths: Paths, sums: Sums) -> str:
    """∂f/∂x = 6 + 2 = 8"""
    slope = sums.labels.slope(called(paths, sums), sums.labels.name(paths.source))
    few = paths.complete and 1 < len(paths.listed) <= MOST_ADDED
    if not sums.at_point:
        if paths.count == 0:
            return f"{slope} = 0"
        if not few and len(paths.listed) != 1:
            return f"{slope} = {sums.style.prose('the sum of the products')}"
        return f"{slope} = {' + '.join(names(sums, path) for path in paths.listed)}"
    added = [f"{sums.added([sums.scribe.digits_of(path.product) for path in paths.listed])}"] if few else []
    return " = ".join([slope, *added, sums.scribe.digits_of(paths.total)])
