"""adcli graph: the computation graph with the partials on its edges, drawn or as a table."""

from __future__ import annotations

from typing import Any

from adcli.commands import options as o
from adcli.commands.asked import Asked
from adcli.commands.help import DISPLAY, EXPAND, NAMES, NUMBERS, POINT, SOURCE, Page, precision

PAGE = Page(
    usage="adcli graph EXPRESSION [--at POINT] [--mode MODE] [-o FILE]",
    summary="The computation graph: every edge carries its partial, as formula and number.",
    examples=(
        ('adcli graph "x^2*y + 2*y" --at x=1.5,y=2 -o g.svg', "a picture"),
        ('adcli graph "x*y" --at x=1,y=2 --mode reverse -o g.png', "with adjoints"),
        ("adcli graph --mode reverse -o g.svg", "the last expression"),
        ('adcli graph "x*y" --at x=1,y=2 -o g.html', "a page with steps"),
        ('adcli graph "x*sin(y)"', "boxes in a terminal"),
        ('adcli graph "x*sin(y)" --format table', "the edge table"),
    ),
    groups=(
        POINT,
        ("The program", (*SOURCE, EXPAND)),
        (
            "The sweep",
            (
                ("--mode MODE", "none (default), forward or reverse"),
                ("--wrt NAME", "forward: the input that moves"),
                ("--output NAME", "reverse: the output to start from"),
                ("--seed NAME=VALUE,...", "an own start: of inputs (forward) or outputs"),
                ("--paths NAME", "all paths from an input; in a picture, thick"),
                ("--strict", "a kink is an error (exit 3), not a note"),
            ),
        ),
        NUMBERS,
        (
            "A part of it, and large graphs",
            (
                ("--only NAME,...", "what an output, or any node, depends on"),
                ("--around NAME", "what is near a node"),
                ("--radius N", "how many edges from it (default 1)"),
                ("--fold", "each loop as one box; by itself above 500 nodes"),
                ("--no-fold", "every step of every loop"),
                ("--force", "above 2000 nodes too; dot gets 10 minutes, not 1"),
            ),
        ),
        (
            "The picture",
            (
                ("-o, --out FILE", ".svg .png .pdf .dot .mmd .html .tex .json; -: stdout"),
                ("--format FORMAT", "svg, png, pdf, dot, mermaid, html, json"),
                ("--format tikz", "a .tex file for pdflatex; latex is the edge table"),
                ("--format boxes", "drawn in characters; a terminal gets up to 12 boxes"),
                ("--format table", "the edges; a terminal gets this for larger graphs"),
                ("--format plain", "lines, as a pipe gets them; or markdown, latex, csv"),
                ("--frames DIR", "a picture of every step; --format svg or png"),
                ("--edges WHAT", "formula, value, both or none"),
                ("--arrows WAY", "data, or dependency: from result to operand"),
                ("--direction WAY", "tb (default), lr, bt or rl"),
                ("--theme THEME", "light (default), dark or print"),
                *NAMES,
                ("--scale N", "PNG: so many times larger"),
                ("--json", "one JSON object, full precision"),
                precision(4),
                *DISPLAY,
            ),
        ),
    ),
)
HAS_NUMBERS = True


def run(
    asked: Asked,
    *,
    mode: o.Mode = "none",
    wrt: o.Wrt = None,
    output: o.Output = None,
    seed: o.Seed = None,
    strict: o.Strict = False,
    edges: o.Edges = None,
    arrows: o.Arrows = None,
    direction: o.Direction = "tb",
    theme: o.Theme = "light",
    scale: o.Scale = 1.0,
    frames: o.Frames = None,
    paths: o.Paths = None,
    only: o.Only = None,
    around: o.Around = None,
    radius: o.Radius = None,
    fold: o.Fold = None,
    force: o.Force = False,
    expand: o.Expand = False,
    names: o.Names = None,
) -> None:
    """Answer with the graph: a file, a folder of frames, boxes and arrows, or the edge table."""
    from adcli import answers  # --help stays quick
    from adcli.commands.film import format_of_frames, frames_into
    from adcli.commands.picture import FORMS, PICTURES, SUFFIXES, Look
    from adcli.commands.present import form_of, one_of, start_of, start_output
    from adcli.commands.shown import Shown
    from adcli.errors import UsageError

    form = form_of(asked.showing, FORMS, SUFFIXES) if frames is None else format_of_frames(asked.showing)
    if paths is not None and (frames is not None or form in ("html", "boxes")):
        raise UsageError(
            f"--paths and {'--frames' if frames else f'--format {form}'} do not go together",
            hint="a still picture marks the paths, as in -o g.svg; --format table lists them",
        )
    look = Look.of(edges, arrows, direction, theme, scale, asked.showing.precision)
    chosen = one_of(mode, ("none", "forward", "reverse"), "--mode")
    shown = Shown.of("frames" if frames else form, only, around, radius, fold=fold, force=force)
    start = start_of(chosen, wrt, start_output(chosen, output, paths), seed, exact=asked.exact)
    program, at, _ = asked.given(expand=expand, names=names)
    start["wrt"] = asked.each(start["wrt"])
    if at is not None and chosen == "none" and (form == "html" or frames is not None):
        chosen = "reverse"  # steps are steps of a sweep
    if chosen == "reverse" and output is None and seed is None:
        start["output"] = shown.output(program)
    between = None if paths is None else (paths, output)
    whole = answers.graph(
        program, at, mode=chosen, strict=strict, paths=between, arithmetic=asked.arithmetic, **start
    )
    answer, folds = shown.folded(shown.part_of(whole, form), "frames" if frames else form)
    look = look._replace(wanted=look.wanted._replace(folds=folds), force=force)
    draw: Any = look.drawer(form) if form in PICTURES else look.sketcher(form, asked.showing)
    if paths is not None and form not in PICTURES:
        draw = None  # the edge table has the paths below it
    if frames is not None:
        draw = frames_into(frames, form, look.wanted, look.theme, look.scale)
    asked.present(answer, form=form, draw=draw)
