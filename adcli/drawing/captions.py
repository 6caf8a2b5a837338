"""The words around a picture: its title, whose adjoints it shows, and what its thick lines mean."""

from __future__ import annotations

from adcli.answers.answer import GraphAnswer
from adcli.engine import begins
from adcli.language.program import Program
from adcli.notation.show import TREE_STEPS, pieces
from adcli.tracing.labels import FIGURE, Labels, Style
from adcli.tracing.trace import Scribe, is_one

LONGEST = 120
MOST_WRITTEN_OUT = 60
MOST_SEEDS, MOST_KINKS = 3, 5


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
    many = f"{names}: a program of {len(program)} steps"
    if len(program) > TREE_STEPS and written_out(program) > MOST_WRITTEN_OUT:
        return many
    whole = ", ".join(equations(program, FIGURE))
    if len(program) > TREE_STEPS and len(whole) > LONGEST:
        return many
    if not style.latex:
        return whole if len(whole) <= LONGEST else whole[: LONGEST - 1] + "…"
    if len(whole) <= LONGEST:
        return ", ".join(map(style.math, equations(program, style)))
    return f"{names} in {len(program)} steps"


def written_out(program: Program) -> int:
    """How many steps the outputs have as expressions, where shared ones count each time; of many, about."""
    if len(program) > MOST_WRITTEN_OUT:
        return len(program)
    sizes: list[int] = []
    for args in program.graph.args:
        sizes.append(min(bool(args) + sum(sizes[arg] for arg in args), 2 * MOST_WRITTEN_OUT))
    return sum(sizes[node] for node in program.outputs.values())


def equations(program: Program, style: Style) -> list[str]:
    """Each output as an expression in the inputs."""
    labels = Labels(program, style)
    written = pieces(program.graph, list(program.outputs.values()), labels.name, style.notation)
    return [
        f"{labels.written_name(name)} = {piece.text}"
        for name, piece in zip(program.outputs, written, strict=True)
    ]


def seeded(answer: GraphAnswer, scribe: Scribe) -> str:
    """What adjoints are slopes of: the output, or the sum of seeded nodes, each times its seed."""
    trace, labels = answer.trace, Labels(answer.program, FIGURE)
    names = {node: name for name, node in reversed(list(answer.program.outputs.items()))}
    seeds = {node: seed for node, seed in trace.seed.items() if begins(seed)}
    if not 1 <= len(seeds) <= MOST_SEEDS or any(hasattr(seed, "shape") for seed in seeds.values()):
        return "(seeded outputs)"
    terms = []
    for node, seed in seeds.items():
        name = labels.written_name(names[node]) if node in names else labels.name(node)
        factor = FIGURE.number(seed, scribe.digits)
        factor = f"({factor})" if factor[0] == "−" or " " in factor else factor
        terms.append(name if is_one(seed) else f"{factor}·{name}")
    whole = " + ".join(terms)
    return f"({whole})" if "·" in whole or len(terms) > 1 else whole


def kinks(answer: GraphAnswer) -> str:
    """The steps where a slope is one of several, by convention."""
    ids, labels = answer.program.ids, Labels(answer.program, FIGURE)
    bent = dict.fromkeys(note.step for note in answer.notes if note.code in ("kink", "tie"))
    at = [labels.name(ids.index(step)) for step in bent if step is not None]
    if not at:
        return ""
    named = ", ".join(at[:MOST_KINKS]) + (", …" if len(at) > MOST_KINKS else "")
    return f"a kink at {named}: the slopes of its sides differ, the one shown is a convention"


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
