"""The words around a picture: its title, whose adjoints it shows, and what its thick lines mean."""

from __future__ import annotations

from adcli.answer import GraphAnswer
from adcli.labels import FIGURE, Labels, Style
from adcli.language.program import Program
from adcli.show import TREE_STEPS, pieces
from adcli.tracing import Scribe, unit_seed

LONGEST = 120


def titled(answer: GraphAnswer, scribe: Scribe) -> tuple[str, ...]:
    """Expression, point, and the sweep with its seed; in a LaTeX style prose with its math marked."""
    trace, math = answer.trace, scribe.style.math
    lines = [heading(answer.program, scribe.labels)]
    if answer.at:
        at = (
            math(f"{scribe.labels.name(node)} = {scribe.digits_of(trace.value(node))}")
            for node in answer.program.graph.inputs
        )
        lines.append(f"at {', '.join(at)}")
    if answer.arithmetic.words:
        lines.append(answer.arithmetic.words)
    if trace.mode == "none":
        lines.append("local partial derivatives")
    else:
        seed = (math(f"{scribe.carried(node)} = {scribe.digits_of(x)}") for node, x in trace.seed.items())
        lines.append(f"{trace.mode} mode, seed {', '.join(seed) or 'of zeros'}")
    return tuple(lines)


def heading(program: Program, labels: Labels) -> str:
    """The outputs as expressions, or by their names where they are long; LaTeX is never cut."""
    style = labels.style
    names = ", ".join(style.math(labels.written_name(name)) for name in program.outputs)
    if len(program) > TREE_STEPS:
        return f"{names}: a program of {len(program)} steps"
    whole = ", ".join(equations(program, FIGURE))
    if not style.latex:
        return whole if len(whole) <= LONGEST else whole[: LONGEST - 1] + "…"
    if len(whole) <= LONGEST:
        return ", ".join(map(style.math, equations(program, style)))
    return f"{names} in {len(program)} steps"


def equations(program: Program, style: Style) -> list[str]:
    """Each output as an expression in the inputs."""
    labels = Labels(program, style)
    written = pieces(program.graph, list(program.outputs.values()), labels.name, style.notation)
    return [
        f"{labels.written_name(name)} = {piece.text}"
        for name, piece in zip(program.outputs, written, strict=True)
    ]


def seeded(answer: GraphAnswer) -> str:
    """The output that adjoints belong to, when it is one with the seed 1."""
    seed = answer.trace.seed
    (node,) = seed if len(seed) == 1 else (None,)
    if node != unit_seed(answer.trace):
        return "(seeded outputs)"
    names = (name for name, output in answer.program.outputs.items() if output == node)
    name = next(names, None)
    return "(seeded outputs)" if name is None else Labels(answer.program, FIGURE).written_name(name)


def marked_paths(answer: GraphAnswer, scribe: Scribe) -> str:
    """What a thick line means, where paths are marked."""
    paths = answer.paths
    if paths is None:
        return ""
    labels = Labels(answer.program, FIGURE)
    start, end = labels.name(paths.source), labels.written_name(paths.output)
    if not paths.edges:
        return f"no path leads from {start} to {end}, so {labels.slope(end, start)} = 0"
    total = "" if paths.total is None else f" = {scribe.digits_of(paths.total)}"
    sum_of = f"the paths' products add up to {labels.slope(end, start)}{total}"
    return f"thick: on a path from {start} to {end}; {sum_of}"
