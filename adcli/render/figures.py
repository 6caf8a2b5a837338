"""Curves and contours as files: matplotlib's Figure, without pyplot and without a display.

Texts from the user are plain (parse_math is off): a dollar sign begins no formula.
The same answer gives the same bytes.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from adcli.errors import FileProblem
from adcli.notation.numerals import PICTURE_DIGITS, number
from adcli.render.display import visible
from adcli.study.descent import DescentAnswer
from adcli.study.plot import PlotAnswer
from adcli.study.sampling import Curves
from adcli.tracing.labels import UNICODE, Labels

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SIZE = (6.4, 4.4)  # inches
GRID = 121  # points of a contour along an axis
LEVELS = 14
MOST_UNLIKE = 3  # sides of a picture with one scale
FAR = 1e200  # what diverged further has no place on an axis
MARGIN = 0.15
PANEL = 2.6  # inches, of one of several
FLAT = 1 / 8  # a curve of a smaller part of the picture's height would look flat
COLORS = ("#0b5fa5", "#c2410c", "#15803d", "#7e22ce")
INK, LINE, SOFT = "#1f2933", "#0b5fa5", "#b3bac2"


def figure_of(answer: Any, what: str | None) -> Figure:
    """The picture of an answer; of a descent its path (of two inputs), or its loss."""
    if isinstance(answer, PlotAnswer) and answer.curves is not None:
        return curves_of(answer, answer.curves)
    figure, (axes,) = blank()
    if isinstance(answer, DescentAnswer):
        if (what or ("path" if len(answer.moving) == 2 else "loss")) == "path":
            draw_path(axes, answer)
        else:
            draw_loss(axes, answer)
    elif isinstance(answer, PlotAnswer):
        draw_heights(axes, answer)
    return figure


def curves_of(answer: PlotAnswer, found: Curves) -> Figure:
    """The curves of f and its derivatives: together, or one below the other where one would be flat."""
    together = comparable(found.heights)
    figure, panels = blank(1 if together else len(found.ys))
    labels = Labels(answer.program, UNICODE)
    output = labels.plain(answer.output)
    ((name, (low, high)),) = answer.ranges.items()
    for order, (row, ends) in enumerate(zip(found.ys, found.heights, strict=True)):
        axes = panels[0 if together else order]
        ys = [math.nan if y is None else y for y in row]
        title = output + ("′" * order if order <= 3 else f"({order})")
        axes.plot(
            found.xs, ys, color=COLORS[order % len(COLORS)], linewidth=2 - 0.5 * bool(order), label=title
        )
        if not together:
            scaled(axes, *ends)
            axes.set_ylabel(plain(title), parse_math=False)
    if together:
        scaled(panels[0], min(end for end, _ in found.heights), max(end for _, end in found.heights))
    panels[0].set_xlim(low, high)
    if answer.tangent is not None:
        draw_tangent(panels[0], answer.tangent, (low, high))
    if together or answer.tangent is not None:
        for text in panels[0].legend(fontsize=9).get_texts():
            text.set_parse_math(False)
    panels[0].set_title(plain(answer.program.reading), fontsize=10, color=INK, parse_math=False)
    panels[-1].set_xlabel(plain(labels.plain(name)), parse_math=False)
    return figure


def comparable(heights: Sequence[tuple[float, float]]) -> bool:
    """Whether no curve is flat in a picture that has room for all."""
    whole = max(high for _, high in heights) - min(low for low, _ in heights)
    return all(high == low or high - low >= FLAT * whole for low, high in heights)


def scaled(axes: Axes, low: float, high: float) -> None:
    """The ends of the vertical axis, with some room."""
    room = 0.05 * (high - low) or max(abs(high), 1.0) * 0.5
    axes.set_ylim(low - room, high + room)


def draw_tangent(axes: Axes, tangent: tuple[float, float, float], ends: tuple[float, float]) -> None:
    """The tangent and its point."""
    x, value, slope = tangent
    sides = [value + slope * (end - x) for end in ends]
    axes.plot(
        ends, sides, "--", color=INK, linewidth=1, label=f"tangent, slope {number(slope, typeset=True)}"
    )
    axes.plot([x], [value], "o", color=INK, markersize=5)


def draw_heights(axes: Axes, answer: PlotAnswer) -> None:
    """Contours of equally many points each, and arrows along the gradient, all of one length."""
    import numpy as np

    found = answer.heights
    assert found is not None  # noqa: S101  # curves are drawn elsewhere
    labels = Labels(answer.program, UNICODE)
    leveled(axes, found.xs, found.ys, np.array(found.values, dtype=float))
    every = range(2, len(found.xs), 5)
    arrows = [
        (found.xs[i], found.ys[j], slopes[0] / size, slopes[1] / size)
        for j in every
        for i in every
        if (slopes := found.gradients[j][i]) is not None and (size := math.hypot(*slopes)) > 0
    ]
    if arrows:
        axes.quiver(*zip(*arrows, strict=True), color=SOFT, angles="xy", pivot="mid", scale=32, width=0.0025)
    squared(axes)
    titled(axes, answer.program.reading, *(labels.plain(name) for name in answer.ranges))


def blank(panels: int = 1) -> tuple[Figure, Sequence[Axes]]:
    """A figure with so many axes below one another; FileProblem where matplotlib is missing."""
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise FileProblem(
            "pictures of curves need matplotlib",
            hint='pip install "adcli[plot]"',
        ) from error
    wide, high = SIZE
    figure = Figure(figsize=(wide, high if panels == 1 else PANEL * panels), layout="constrained")
    found = list(figure.subplots(panels, 1, sharex=True, squeeze=False)[:, 0])
    for axes in found:
        axes.grid(visible=True, color="#e4e7eb", linewidth=0.6)
        axes.set_axisbelow(True)
    return figure, found


def saved(figure: Figure, form: str) -> bytes:
    """The bytes of a figure as svg, png or pdf, with nothing of the day in them."""
    import matplotlib as mpl

    out = io.BytesIO()
    metadata: dict[str, Any] = {"svg": {"Date": None}, "pdf": {"CreationDate": None}}.get(form, {})
    with mpl.rc_context({"svg.hashsalt": "adcli", "svg.fonttype": "path"}):
        figure.savefig(out, format=form, dpi=150, metadata=metadata)
    return out.getvalue()


def plain(text: str, most: int = 70) -> str:
    """A text that matplotlib writes as it stands."""
    text = visible(text)
    return text if len(text) <= most else text[: most - 1] + "…"


def titled(axes: Axes, title: str, x: str, y: str) -> None:
    """The title and the names of the axes."""
    said = "\n".join(map(plain, title.split("\n")))
    axes.set_title(said, fontsize=10, color=INK, parse_math=False)
    axes.set_xlabel(plain(x), parse_math=False)
    axes.set_ylabel(plain(y), parse_math=False)


def above(answer: DescentAnswer) -> str:
    """The title of a descent: the program, and why it stopped."""
    return f"{plain(answer.program.reading)}\n{plain(answer.stop.message)}"


def draw_loss(axes: Axes, answer: DescentAnswer) -> None:
    """The value over the steps; on a logarithmic axis where all values are above 0 and far apart."""
    labels = Labels(answer.program, UNICODE)
    drawn = [record for record in answer.path if abs(record.value) < FAR] or answer.path[:1]
    steps = [record.step for record in drawn]
    values = [record.value for record in drawn]
    least, most = min(values), max(values)
    axes.plot(steps, values, color=LINE, linewidth=1.6)
    axes.plot(steps[-1:], values[-1:], "o", color=LINE, markersize=5)
    if least > 0 and most / least > 100:
        axes.set_yscale("log")
    if steps[-1] > 5:
        axes.margins(x=0.02)
    titled(axes, above(answer), "step", labels.plain(answer.output))


def draw_path(axes: Axes, answer: DescentAnswer) -> None:
    """The path over the contours of the function, from a ring to a dot."""
    labels = Labels(answer.program, UNICODE)
    drawn = [record.point for record in answer.path if max(map(abs, record.point)) < FAR]
    xs, ys = ([point[place] for point in drawn or [answer.path[0].point]] for place in (0, 1))
    contours(axes, answer, stretched(xs), stretched(ys))
    marks = "o-" if len(xs) <= 60 else "-"
    axes.plot(xs, ys, marks, color="#c2410c", linewidth=1.3, markersize=2.5)
    axes.plot(xs[:1], ys[:1], "o", color="#c2410c", markerfacecolor="white", markersize=7)
    axes.plot(xs[-1:], ys[-1:], "o", color="#c2410c", markersize=7)
    squared(axes)
    titled(axes, above(answer), *(labels.plain(name) for name in answer.moving))


def stretched(numbers: Sequence[float]) -> tuple[float, float]:
    """The ends of an axis that shows the numbers with a margin."""
    least, most = min(numbers), max(numbers)
    room = MARGIN * (most - least) or max(abs(most), 1.0) * MARGIN
    return least - room, most + room


def contours(axes: Axes, answer: DescentAnswer, across: tuple[float, float], up: tuple[float, float]) -> None:
    """Lines of equal value; where the function has none, nothing."""
    import numpy as np

    from adcli.errors import DomainError

    def value(x: float, y: float) -> float:
        try:
            return answer.loss.call(x, y)[0]
        except DomainError:
            return math.nan

    xs, ys = np.linspace(*across, GRID), np.linspace(*up, GRID)
    heights = np.array([[value(float(x), float(y)) for x in xs] for y in ys])
    leveled(axes, xs, ys, heights)


def squared(axes: Axes) -> None:
    """One scale for both axes where that leaves a picture: gradients then stand upright on contours."""
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    if 1 / MOST_UNLIKE <= (high - low) / (right - left) <= MOST_UNLIKE:
        axes.set_aspect("equal")


def leveled(axes: Axes, xs: Any, ys: Any, heights: Any) -> None:
    """Lines of equal height with their numbers; where there are no two heights, a word."""
    import numpy as np
    from matplotlib import colormaps

    known = heights[np.isfinite(heights)]
    if known.size == 0 or known.min() == known.max():
        said = (
            f"{number(float(known[0]), PICTURE_DIGITS)} everywhere"
            if known.size
            else "no value in this range"
        )
        axes.set(xlim=(xs[0], xs[-1]), ylim=(ys[0], ys[-1]))
        axes.text(0.5, 0.5, said, transform=axes.transAxes, ha="center", color=INK, fontsize=10)
        return
    # As many points lie between any two levels: narrow valleys have lines too.
    levels = np.unique(np.quantile(known, np.linspace(0.04, 0.97, LEVELS)))
    inks = colormaps["viridis"](np.linspace(0, 0.85, len(levels)))  # its yellow is no ink
    drawn = axes.contour(xs, ys, np.ma.masked_invalid(heights), levels=levels, colors=inks, linewidths=0.8)
    axes.clabel(
        drawn, levels[1::3], fontsize=7, fmt=lambda level: number(float(level), PICTURE_DIGITS, typeset=True)
    )
