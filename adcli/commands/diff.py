"""adcli diff: derivatives as formulas."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from adcli.commands import options as o
from adcli.commands.asked import Asked
from adcli.commands.help import DISPLAY, OUTPUT, SOURCE, Page

if TYPE_CHECKING:
    from adcli.answers.answer import Answer
    from adcli.language.program import Program

LANGUAGES = ("text", "unicode", "python")
PAGE = Page(
    usage="adcli diff EXPRESSION [--wrt NAMES] [--order N]",
    summary="The derivative as a formula, simplified and checked against numbers.",
    examples=(
        ('adcli diff "x^2*sin(x)"', ""),
        ('adcli diff "ln(x)/x" --steps', "which rule was used where"),
        ('adcli diff "atan(y/x)" --wrt x,y', "a formula per input"),
        ('adcli diff "e^(2x)*cos(3x)" --order 2', "the second derivative"),
        ('adcli diff "x^x" --format python', "as code"),
        ('adcli diff "norm(A@x - b)^2" --wrt x', "in matrices, with their shapes"),
    ),
    groups=(
        (
            "The derivative",
            (
                ("--wrt NAMES", "only by these inputs: --wrt x,y"),
                ("--order N", "differentiate N times (default 1; 0 simplifies)"),
                ("--steps", "the rules in the order of their use"),
                ("--layout LAYOUT", "of arrays: numerator (default) or denominator"),
                ("--expand", "of arrays: entry by entry, at a point"),
            ),
        ),
        (
            "The program",
            (
                *SOURCE,
                ("--output NAME", "the output to differentiate (default: each)"),
                ("--at POINT", "where a course depends on values, or sizes on arrays"),
            ),
        ),
        (
            "The output",
            (
                OUTPUT[0],
                ("--format FORMAT", "text, unicode, python, or as other commands have"),
                *OUTPUT[2:],
                ("--precision N", "digits of the point"),
                *DISPLAY,
            ),
        ),
    ),
    exit="Exit: 0 done, 2 not understood, 3 there is no derivative",
)


def run(
    asked: Asked,
    *,
    wrt: o.Wrt = None,
    order: o.Order = 1,
    output: o.Output = None,
    steps: o.Steps = False,
    layout: o.Layout = "numerator",
    expand: o.Expand = False,
) -> None:
    """Answer with the formulas."""
    from adcli import deriving  # --help stays quick
    from adcli.commands.given import names
    from adcli.commands.present import FORMS, SUFFIXES, form_of, one_of

    form = form_of(asked.showing, (*FORMS, *LANGUAGES), {**SUFFIXES, ".py": "python"})
    turned = one_of(layout, ("numerator", "denominator"), "--layout")
    columns = names(wrt, "--wrt x,y")
    program, at, _ = asked.given()
    answer: Answer
    if not expand and not steps and with_arrays(program, at):
        from adcli import matrices  # few programs have arrays

        answer = matrices.diff(program, at, wrt=columns, order=order, output=output, layout=turned)
    else:
        answer = deriving.diff(program, at, wrt=columns, order=order, output=output, steps=steps)
    asked.present(answer, form=form, draw=drawn(form))


def with_arrays(program: Program, at: dict[str, Any] | None) -> bool:
    """Whether a program or its point has arrays."""
    from adcli.engine import has_arrays

    return program.blocked is None and has_arrays(program.graph, list((at or {}).values()))


def drawn(form: str) -> Callable[[Any], str] | None:
    """What writes the bare formulas in a form; None for a form that every answer has."""
    if form not in LANGUAGES:
        return None

    def written(answer: Any) -> str:
        if hasattr(answer, "layout"):
            from adcli.render.matrix_code import matrix_code  # as above

            return matrix_code(answer, form)
        from adcli.render.code import formula_code

        return formula_code(answer, form)

    return written
