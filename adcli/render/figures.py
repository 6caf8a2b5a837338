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
from adcli.labels import UNICODE, Labels
from adcli.numerals import PICTURE_DIGITS, number
from adcli.render.display import visible
from adcli.study.descent import DescentAnswer
from adcli.study.plot import PlotAnswer

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SIZE = (6.4, 4.4)  # inches
GRID = 121  # points of a contour along an axis
LEVELS = 14
MARGIN = 0.15
OTHERS = 1.5  # how far above and below f derivatives are shown, in its own height
COLORS = ("#0b5fa5", "#c2410c", "#15803d", "#7e22ce")
INK, LINE, SOFT = "#1f2933", "#0b5fa5", "#b3bac2"


def figure_of(answer: Any, what: str | None) -> Figure:
    """The picture of an answer; of a descent its path (of two inputs), or its loss."""
    figure, axes = blank()
    if isinstance(answer, DescentAnswer):
        if (what or ("path" if len(answer.moving) == 2 else "loss")) == "path":
            draw_path(axes, answer)
        else:
            draw_loss(axes, answer)
    elif isinstance(answer, PlotAnswer):
        if answer.heights is not None:
            draw_heights(axes, answer)
        else:
            draw_curves(axes, answer)
    return figure


def draw_curves(axes: Axes, answer: PlotAnswer) -> None:
    """The curves of f and its derivatives, broken at gaps, and the tangent with its point."""
    found = answer.curves
    assert found is not None  # noqa: S101  # heights are drawn elsewhere
    labels = Labels(answer.program, UNICODE)
    output = labels.plain(answer.output)
    ((name, (low, high)),) = answer.ranges.items()
    ends = []
    for order, row in enumerate(found.ys):
        ys = [math.nan if y is None else y for y in row]
        title = output + ("′" * order if order <= 3 else f"({order})")
        axes.plot(
            found.xs, ys, color=COLORS[order % len(COLORS)], linewidth=2 - 0.5 * bool(order), label=title
        )
        ends.append(found.heights[order])
    (least, most), *others = ends
    size = OTHERS * (most - least) or math.inf  # a derivative's pole must not flatten f
    bottom = max(min([least, *(end for end, _ in others)]), least - size)
    top = min(max([most, *(end for _, end in others)]), most + size)
    room = 0.05 * (top - bottom) or 1.0
    axes.set_ylim(bottom - room, top + room)
    axes.set_xlim(low, high)
    if answer.tangent is not None:
        x, value, slope = answer.tangent
        sides = [value + slope * (end - x) for end in (low, high)]
        axes.plot([low, high], sides, "--", color=INK, linewidth=1, label=f"tangent, slope {number(slope)}")
        axes.plot([x], [value], "o", color=INK, markersize=5)
    legend = axes.legend(fontsize=9)
    for text in legend.get_texts():
        text.set_parse_math(False)
    titled(axes, answer.program.reading, labels.plain(name), "")


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
        axes.quiver(*zip(*arrows, strict=True), color=SOFT, angles="uv", pivot="mid", scale=32, width=0.0025)
    titled(axes, answer.program.reading, *(labels.plain(name) for name in answer.ranges))


def blank() -> tuple[Figure, Axes]:
    """A figure with one pair of axes; FileProblem where matplotlib is missing."""
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise FileProblem(
            "pictures of curves need matplotlib",
            hint='pip install "adcli[plot]"',
        ) from error
    figure = Figure(figsize=SIZE, layout="constrained")
    axes = figure.add_subplot()
    axes.grid(visible=True, color="#e4e7eb", linewidth=0.6)
    axes.set_axisbelow(True)
    return figure, axes


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
    axes.set_title(plain(title), fontsize=10, color=INK, parse_math=False)
    axes.set_xlabel(plain(x), parse_math=False)
    axes.set_ylabel(plain(y), parse_math=False)


def draw_loss(axes: Axes, answer: DescentAnswer) -> None:
    """The value over the steps; on a logarithmic axis where all values are above 0 and far apart."""
    labels = Labels(answer.program, UNICODE)
    steps = [record.step for record in answer.path]
    values = [record.value for record in answer.path]
    least, most = min(values), max(values)
    axes.plot(steps, values, color=LINE, linewidth=1.6)
    axes.plot(steps[-1:], values[-1:], "o", color=LINE, markersize=5)
    if least > 0 and most / least > 100:
        axes.set_yscale("log")
    if steps[-1] > 5:
        axes.margins(x=0.02)
    titled(axes, answer.stop.message, "step", labels.plain(answer.output))


def draw_path(axes: Axes, answer: DescentAnswer) -> None:
    """The path over the contours of the function, from a ring to a dot."""
    labels = Labels(answer.program, UNICODE)
    xs, ys = ([record.point[place] for record in answer.path] for place in (0, 1))
    contours(axes, answer, stretched(xs), stretched(ys))
    marks = "o-" if len(xs) <= 60 else "-"
    axes.plot(xs, ys, marks, color="#c2410c", linewidth=1.3, markersize=2.5)
    axes.plot(xs[:1], ys[:1], "o", color="#c2410c", markerfacecolor="white", markersize=7)
    axes.plot(xs[-1:], ys[-1:], "o", color="#c2410c", markersize=7)
    titled(axes, answer.stop.message, *(labels.plain(name) for name in answer.moving))


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


def leveled(axes: Axes, xs: Any, ys: Any, heights: Any) -> None:
    """Lines of equal height with their numbers; nothing where there are no two heights."""
    import numpy as np

    known = heights[np.isfinite(heights)]
    if known.size == 0 or known.min() == known.max():
        return
    # As many points lie between any two levels: narrow valleys have lines too.
    levels = np.unique(np.quantile(known, np.linspace(0.04, 0.97, LEVELS)))
    drawn = axes.contour(xs, ys, np.ma.masked_invalid(heights), levels=levels, cmap="viridis", linewidths=0.8)
    axes.clabel(drawn, levels[1::3], fontsize=7, fmt=lambda level: number(float(level), PICTURE_DIGITS))
