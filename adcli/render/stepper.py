"""A sweep as a page that moves: one HTML file with its picture, its table, its style and its script.

The page asks nothing of the network, and its policy forbids it to: style and script are admitted by
their hashes. Without script it shows the whole sweep.
"""

from __future__ import annotations

import json
from base64 import b64encode
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from adcli.render.arrangement import with_own_constants
from adcli.render.fonts import width
from adcli.render.inline import inline, over
from adcli.render.layout import layout
from adcli.render.lettering import escaped, visible
from adcli.render.mathml import mathml, sentence
from adcli.render.palette import DARK, LIGHT, PRINT, Palette
from adcli.render.sizes import kinds_shown
from adcli.stepping import Sum, Sweep, Term, roomy
from adcli.tracing.trace import CARRIED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from adcli.diagram import Diagram, Mode
    from adcli.render.geometry import Layout
    from adcli.stepping import Edge

OWN_COLOURS = {  # of the current row, of controls, of thin rules; contrasts are measured in LOOK.md
    "light": ("#FFF4D6", "#F1F2F4", "#C9CED6"),
    "dark": ("#3A3013", "#262B33", "#3A424D"),
    "print": ("#E4E4E4", "#FFFFFF", "#999999"),
}
POINT_SPACE, FIGURE_SPACE = "\u2008", "\u2007"
FILL = POINT_SPACE + FIGURE_SPACE
LONGEST = 70  # letters of what is set as a formula, which no browser breaks
MEANING = {
    "forward": "tangent = sum over the operands of tangent of the operand · partial",
    "reverse": "adjoint = sum over the users of adjoint of the user · partial",
}


class InType(NamedTuple):
    """What a page says, once more in LaTeX: its title, and each sweep in tall formulas and in one line."""

    title: tuple[str, ...]
    tall: Sequence[Sweep]
    low: Sequence[Sweep]


def page(diagram: Diagram, sweeps: Sequence[Sweep], in_type: InType) -> str:
    """The HTML of a picture without a sweep and the sweeps over it; the first one is shown first."""
    first, *_ = sweeps
    whole = roomy(diagram._replace(mode=first.mode), sweeps, lambda text: width(text, 1))
    whole = with_own_constants(whole)
    return "\n".join(_document(whole, sweeps, in_type)) + "\n"


def text(said: str) -> str:
    """Words as HTML, in element or attribute."""
    return escaped(visible(said))


def both(said: str, in_type: str) -> str:
    """A formula as MathML, and as plain text for browsers without; a long one as text, which breaks."""
    if len(said) > LONGEST:
        return text(said)
    if not said:
        return ""
    return f'<span><span class="typeset">{in_type}</span><span class="plain">{text(said)}</span></span>'


def _document(diagram: Diagram, sweeps: Sequence[Sweep], in_type: InType) -> Iterator[str]:
    style, script = colours() + asset("stepper.css"), asset("stepper.js")
    policy = (
        f"default-src 'none'; style-src '{digest(style)}'; script-src '{digest(script)}'; base-uri 'none';"
        " form-action 'none'"
    )
    heading, *below = diagram.title
    sheet = Formulas()
    known = as_json(diagram, sweeps, in_type, sheet)
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{text(heading)}, step by step</title>"
    yield f"<style>{style}</style>"
    yield f'</head>\n<body class="{sweeps[0].mode}">'
    titled = zip(
        ("h1", "p"), diagram.title[:2] if len(below) > 1 else diagram.title[:1], in_type.title, strict=False
    )
    yield "<header>"
    for tag, said, typeset in titled:
        yield f"<{tag}>{both(said, sentence(typeset))}</{tag}>"
    if len(sweeps) > 1:
        yield from _switch(sweeps[0].mode)
    yield "</header>\n<main>"
    yield from _figure(diagram, sweeps)
    yield '<div class="words">'
    yield from _panel()
    for sweep, low in zip(sweeps, in_type.low, strict=True):
        yield from _table(sweep, low)
    yield "</div>\n</main>"
    yield '<footer role="group" aria-label="Steps" hidden><button id="back">Back</button>'
    yield '<button id="play">Play</button><button id="next">Next</button>'
    yield '<input id="position" type="range" min="0" value="0" aria-label="Step">'
    yield '<output id="count" for="position"></output></footer>'
    yield '<p class="unseen" id="say" aria-live="polite"></p>'
    yield f'<template id="formulas">{"".join(sheet.places)}</template>'
    yield f'<script type="application/json" id="steps">{known}</script>'
    yield f"<script>{script}</script>\n</body>\n</html>"


def _switch(shown: str) -> Iterator[str]:
    """The choice between the two sweeps."""
    yield '<fieldset hidden><legend class="unseen">Mode</legend>'
    for mode in CARRIED:
        checked = " checked" if mode == shown else ""
        yield f'<label><input type="radio" name="mode" value="{mode}"{checked}> {mode}</label>'
    yield "</fieldset>"


def _figure(diagram: Diagram, sweeps: Sequence[Sweep]) -> Iterator[str]:
    """The picture, scrollable by keys, above what explains it."""
    ways: dict[str, tuple[Layout, bool]] = {}
    for sweep in sweeps:
        directed = diagram._replace(mode=sweep.mode)
        way = layout(directed)
        if ways:
            way = over(next(iter(ways.values()))[0], way)
        ways[sweep.mode] = (way, directed.backwards)
    yield '<figure><div class="view" id="view" tabindex="0" role="group" aria-label="Picture, scrolls">'
    maps: dict[Mode, Mapping[Edge, str]] = {sweep.mode: sweep.maps for sweep in sweeps}
    yield from inline(diagram, ways, sweeps[0].progress(len(sweeps[0].steps)), maps)
    yield "</div>\n<figcaption>"
    yield "".join(f'<span class="kind {kind}">{kind}</span>' for kind in kinds_shown(diagram))
    for sweep in sweeps:
        lines = "<br>".join(map(text, sweep.legend))
        yield f'<p class="of-{sweep.mode}">{lines}</p>'
    yield "</figcaption></figure>"


def _panel() -> Iterator[str]:
    """The four stages of the current step, filled by the script."""
    yield '<section class="panel" aria-label="This step" hidden><dl>'
    for stage in ("rule", "names", "numbers", "result"):
        more = '<dd id="where"></dd>' if stage == "rule" else ""
        yield f'<dt>{stage}</dt><dd id="{stage}"></dd>{more}'
    yield "</dl></section>"


def _table(sweep: Sweep, low: Sweep) -> Iterator[str]:
    """The trace's rows of one sweep, a row for every step, and the derivatives below."""
    result, kind = CARRIED[sweep.mode], f"of-{sweep.mode}"
    yield f'<div class="table {kind}" tabindex="0" role="group" aria-label="Trace, scrolls"><table>'
    yield f"<caption>{both(sweep.heading, sentence(low.heading))}<br>{MEANING[sweep.mode]}</caption>"
    heads = ("step", f"{result} rule", "with numbers", "flow", result)
    yield "<thead><tr>" + "".join(f'<th scope="col">{head}</th>' for head in heads) + "</tr></thead><tbody>"
    flows = aligned([step.term.flow if step.term.edge else "" for step in sweep.steps])
    totals = aligned([step.term.total for step in sweep.steps])
    for step, typeset, flow, total in zip(sweep.steps, low.steps, flows, totals, strict=True):
        last = step.place + 1 == len(step.sum.terms)
        name = "" if step.place else both(step.sum.carried, mathml(typeset.sum.carried))
        kinds = " ".join(["first"] * (not step.place) + ["last"] * last)
        plus = "+ " if step.place else ""
        names, numbers = text(step.term.names), ""
        if step.term.edge:
            names = both(names, mathml(typeset.term.names))
            numbers = plus + both(step.term.numbers, mathml(typeset.term.numbers))
        more = "" if last else '<span class="more">…</span>'
        figures = total.rstrip(FILL)
        whole = text(figures) + more + total[len(figures) :]
        cells = (plus + names, numbers, text(flow), whole)
        yield f'<tr class="{kinds}"><th scope="row">{name}</th>' + "".join(f"<td>{x}</td>" for x in cells)
        yield "</tr>"
    yield "</tbody></table></div>"
    answers = zip(sweep.answer, low.answer, strict=True)
    yield (
        f'<p class="answer {kind}">' + "".join(both(line, mathml(typed)) for line, typed in answers) + "</p>"
    )


def aligned(numbers: Sequence[str]) -> list[str]:
    """Numbers filled up behind with spaces as wide as a figure or a point, so that their points align.

    >>> [text.replace(chr(0x2007), "_").replace(chr(0x2008), "'") for text in aligned(["1.35", "6", "2·10⁷"])]
    ['1.35', "6'__", '2·10⁷']
    """
    places = [len(number.partition(".")[2]) if number[-1:].isdecimal() else 0 for number in numbers]
    most = max(places, default=0)
    return [
        number
        if "·" in number or not number
        else number + POINT_SPACE * (own < 1 <= most) + FIGURE_SPACE * (most - own)
        for number, own in zip(numbers, places, strict=True)
    ]


class Formulas:
    """The formulas that the script puts into the panel, each once; `places` has them in order."""

    def __init__(self) -> None:
        self.places: dict[str, int] = {}

    def place(self, in_type: str) -> int:
        """Where a formula stands among all."""
        return self.places.setdefault(mathml(in_type), len(self.places))


def as_json(diagram: Diagram, sweeps: Sequence[Sweep], in_type: InType, sheet: Formulas) -> str:
    """What the script knows: the sums of every sweep and their terms, with the ids of the picture's parts.

    `math` of a sum or a term has the places of its formulas on the sheet.
    """
    places = {node.id: place for place, node in enumerate(diagram.nodes)}

    def term_json(term: Term, tall: Term, low: Term) -> dict[str, Any]:
        found: dict[str, Any] = {key: visible(said) for key, said in term._asdict().items() if key != "edge"}
        found["edge"] = term.edge and f"{places[term.edge[0]]}-{term.edge[1]}"
        if term.edge:
            formulas = {
                "rule": tall.rule,
                "general": low.general,
                "names": tall.names,
                "numbers": low.numbers,
            }
            found["math"] = {
                key: sheet.place(formula) for key, formula in formulas.items() if len(found[key]) <= LONGEST
            }
        return found

    def sum_json(found: Sum, tall: Sum, low: Sum) -> dict[str, Any]:
        return {
            "node": f"node-{places[found.node]}",
            "carried": visible(found.carried),
            "math": sheet.place(tall.carried),
            "terms": [term_json(*ways) for ways in zip(found.terms, tall.terms, low.terms, strict=True)],
        }

    known = {
        ways[0].mode: {"sums": [sum_json(*sums) for sums in zip(*(way.sums for way in ways), strict=True)]}
        for ways in zip(sweeps, in_type.tall, in_type.low, strict=True)
    }
    written = json.dumps(known, ensure_ascii=False, separators=(",", ":"))
    return written.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def colours() -> str:
    """The page's variables: light, dark where the reader's system is, and print."""
    return (
        f":root {{{variables(LIGHT, 'light')}}}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{{variables(DARK, 'dark')}}} }}\n"
        f"@media print {{ :root {{{variables(PRINT, 'print')}}} }}\n"
    )


def variables(palette: Palette, theme: str) -> str:
    """A palette as CSS variables."""
    named = {key: getattr(palette, key) for key in Palette._fields if key != "kinds"}
    for kind, paint in palette.kinds.items():
        named |= {kind: paint.fill, f"{kind}-border": paint.border}
    named |= dict(zip(("row", "control", "rule"), OWN_COLOURS[theme], strict=True))
    return "; ".join(f"--{name}: {colour}" for name, colour in named.items())


def asset(name: str) -> str:
    """A file beside this one."""
    return files("adcli.render").joinpath(name).read_text(encoding="utf-8")


def digest(inline_text: str) -> str:
    """How a content security policy names an inline style or script."""
    return "sha256-" + b64encode(sha256(inline_text.encode()).digest()).decode()
