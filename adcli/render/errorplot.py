"""Errors of difference quotients against their steps, as SVG, PNG or PDF, by matplotlib.

The same curves give the same bytes: no date, and ids from a fixed salt.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from adcli.errors import FileProblem
from adcli.notation.numerals import number
from adcli.render.fonts import FAMILY, FONT_FILE
from adcli.render.lettering import visible
from adcli.render.palette import LIGHT
from adcli.report.title import reading, shortened
from adcli.tracing.labels import FIGURE, Labels

if TYPE_CHECKING:
    from collections.abc import Iterator

    from adcli.study.compare import CompareAnswer
    from adcli.study.curves import Curve

# An ink and a mark per curve: marks tell them apart, also in grey.
LOOKS = {
    "forward difference": (LIGHT.tangent, "o"),
    "central difference": (LIGHT.ink, "s"),
    "Richardson": ("#6B7280", "^"),
    "complex step": (LIGHT.secondary, "x"),
}
TITLE = 70
LOWEST = 1e-17  # where an error of 0 stands
SETTINGS: dict[Any, Any] = {
    "font.family": FAMILY,
    "font.size": 10,
    "svg.fonttype": "none",
    "svg.hashsalt": "adcli",
    "pdf.fonttype": 42,
    "axes.edgecolor": LIGHT.secondary,
    "axes.spines.top": False,
    "axes.spines.right": False,
}
METADATA: dict[str, dict[str, Any]] = {
    "svg": {"Date": None, "Creator": "adcli"},
    "png": {"Software": "adcli"},
    "pdf": {"CreationDate": None, "Creator": "adcli", "Producer": "adcli"},
}


def picture(answer: CompareAnswer, form: str) -> bytes:
    """The picture of an answer with curves; FileProblem without matplotlib."""
    try:
        import matplotlib as mpl
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
        from matplotlib.font_manager import fontManager
    except ImportError as error:
        raise FileProblem(
            f"a plot as {form.upper()} needs matplotlib, which is not installed",
            hint='pip install "adcli[plot]"',
        ) from error
    if answer.study is None:
        raise NotImplementedError
    fontManager.addfont(FONT_FILE)
    with mpl.rc_context(SETTINGS):
        figure = Figure(figsize=(6.4, 4.6), layout="constrained", facecolor=LIGHT.background)
        FigureCanvasAgg(figure)
        axes = figure.add_subplot()
        for made in reversed(answer.study.curves):
            draw(axes, made)
        label(axes, answer)
        out = io.BytesIO()
        figure.savefig(out, format=form, dpi=150, metadata=METADATA[form])
    return out.getvalue()


def draw(axes: Any, made: Curve) -> None:
    """A curve's points, and a ring at its best step."""
    ink, mark = LOOKS[made.quotient.name]
    points = [(h, max(error, LOWEST)) for h, error in made.points if error is not None]
    axes.loglog(
        [h for h, _ in points], [error for _, error in points],
        linestyle="none", marker=mark, markersize=2.2, color=ink, label=" ".join(legend(made)),
    )  # fmt: skip
    if made.best is not None and made.best.error is not None and made.quotient.rounds:
        for edge, width in (
            (LIGHT.background, 4.0),
            (ink, 1.6),
        ):  # a ring of one colour is lost among its points
            axes.plot(
                [made.best.h], [max(made.best.error, LOWEST)], marker="o", markersize=11,
                markerfacecolor="none", markeredgecolor=edge, markeredgewidth=width, zorder=5,
            )  # fmt: skip


def legend(made: Curve) -> Iterator[str]:
    """A curve's name, its slopes, and its best step."""
    yield made.quotient.name
    slopes = [
        number(slope, 3, typeset=True) for slope in (made.truncation, made.rounding) if slope is not None
    ]
    if slopes:
        yield f"(slope{'s' if len(slopes) > 1 else ''} {', '.join(slopes)})"
    if made.best is not None and made.quotient.rounds:
        yield f"best h {number(made.best.h, 2, typeset=True)}"


def label(axes: Any, answer: CompareAnswer) -> None:
    """Titles, axes and legend; nothing of the user's text is read as a formula."""
    labels = Labels(answer.program, FIGURE)
    by = answer.study.by if answer.study is not None else ""
    at = ", ".join(
        f"{labels.plain(name)} = {number(value, 10, typeset=True)}"
        for name, value in (answer.at or {}).items()
    )
    said = f"{shortened(reading(answer.program, FIGURE), FIGURE, TITLE)}\nat {shortened(at, FIGURE, TITLE)}"
    axes.set_title(
        "\n".join(map(visible, said.split("\n"))), loc="left", fontsize=10, parse_math=False,
        color=LIGHT.ink,
    )  # fmt: skip
    axes.set_xlabel("step h", color=LIGHT.ink)
    slope = labels.slope(labels.plain(answer.output), labels.plain(by))
    axes.set_ylabel(visible(f"{scale_of(answer)} error of {slope}"), parse_math=False, color=LIGHT.ink)
    axes.grid(visible=True, which="major", color="#E1E4E8", linewidth=0.6)
    axes.set_axisbelow(True)
    handles, texts = axes.get_legend_handles_labels()
    axes.legend(
        handles[::-1],
        texts[::-1],
        fontsize=8,
        loc="upper center",
        bbox_to_anchor=(0.5, -0.16),
        frameon=False,
        markerscale=2,
    )


def scale_of(answer: CompareAnswer) -> str:
    """Whether errors are relative: those of a derivative of 0 are not."""
    zero = answer.study is not None and answer.reference.values[answer.study.by] == 0
    return "absolute" if zero else "relative"
