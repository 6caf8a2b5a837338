"""Diagrams made by hand: the four reference pictures of LOOK.md, and random graphs for the fuzzing tests.

A row is `id | kind | lines… | tangent line | adjoint line` or
`operand > user > slot | partial | flow forward | flow in reverse`.
"""

from __future__ import annotations

import random

from adcli.diagram import Diagram, DiagramEdge, DiagramNode, Direction, Kind, Mode

LEGENDS: dict[Mode, tuple[str, ...]] = {
    "none": ("edge from operand to result:  ∂result/∂operand = formula = value",),
    "forward": (
        "edge:  ∂result/∂operand = formula = value,  below it  v̇(operand) · value",
        "v̇ = derivative along the seed; the flows into a node add up to its v̇",
    ),
    "reverse": (
        "edge:  ∂result/∂operand = formula = value,  below it  v̄(result) · value",
        "v̄ = ∂f/∂v; the flows into a node add up to its v̄; arrows run from result to operand",
    ),
}
DENSE_LEGEND = (
    "edge:  value of ∂result/∂operand",
    "v̄ = ∂f/∂v = sum over users of edge · v̄(user); arrows run from result to operand",
)
MODES: tuple[Mode, ...] = ("none", "forward", "reverse")

HOSTILE = [
    *("<b>bold</b>", "<table>", "<>", '"', "\\", "\\N", "\\G", "\\l", "\\T\\H\\E", "a\\", '\\"', "a\\\\"),
    *(
        "&amp;",
        "&lt;b&gt;",
        "&#38;",
        "&",
        "&copy",
        "&copy;",
        "]]>",
        "<!--",
        "-->",
        "<![CDATA[",
        "'",
        "%",
        "$",
    ),
    *("a\nb", "a\r\nb", "\x00", "\x1b[31m", "\x85", "\u2028", "\u202eabc", "\u2066", "\ud800", "\ufffe"),
    *(
        "--",
        '";}',
        "}",
        "//",
        "/*",
        "#",
        "{a|b}",
        '"];evil[label="',
        "n0 -> n0",
        "graph",
        "2",
        "日本",
        "é",
        "e\u0301",
    ),
    *("a  two   spaces", "</text><script>alert(1)</script>", "</svg>", "${x}", "%s", "javascript:alert(1)"),
]

POLY = """
x | input | x = 1.5 | ẋ = 1 | x̄ = 6
y | input | y = 2 | ẏ = 0 | ȳ = 4.25
v1 | step | v₁ = x² | = 2.25 | v̇₁ = 3 | v̄₁ = 2
v2 | step | v₂ = v₁·y | = 4.5 | v̇₂ = 6 | v̄₂ = 1
c2 | constant | 2
v3 | step | v₃ = 2·y | = 4 | v̇₃ = 0 | v̄₃ = 1
v4 | output | f = v₄ = v₂ + v₃ | = 8.5 | v̇₄ = 6 | v̄₄ = 1
x > v1 > 0 | ∂v₁/∂x = 2·x = 3 | ẋ·3 = 3 | v̄₁·3 = 6
v1 > v2 > 0 | ∂v₂/∂v₁ = y = 2 | v̇₁·2 = 6 | v̄₂·2 = 2
y > v2 > 1 | ∂v₂/∂y = v₁ = 2.25 | ẏ·2.25 = 0 | v̄₂·2.25 = 2.25
y > v3 > 1 | ∂v₃/∂y = 2 | ẏ·2 = 0 | v̄₃·2 = 2
c2 > v3 > 0
v2 > v4 > 0 | ∂v₄/∂v₂ = 1 | v̇₂·1 = 6 | v̄₄·1 = 1
v3 > v4 > 1 | ∂v₄/∂v₃ = 1 | v̇₃·1 = 0 | v̄₄·1 = 1
"""
GRIEWANK = """
x1 | input | x₁ = 1.5 | ẋ₁ = 1 | x̄₁ = 3.012
x2 | input | x₂ = 0.5 | ẋ₂ = 0 | x̄₂ = −13.72
v1 | step | v₁ = x₁/x₂ | = 3 | v̇₁ = 2 | v̄₁ = 1.506
v2 | step | v₂ = sin(v₁) | = 0.1411 | v̇₂ = −1.980 | v̄₂ = 1.351
v3 | step | v₃ = exp(x₂) | = 1.649 | v̇₃ = 0 | v̄₃ = −2.844
v4 | step | v₄ = v₁ − v₃ | = 1.351 | v̇₄ = 2 | v̄₄ = 2.844
v5 | step | v₅ = v₂ + v₄ | = 1.492 | v̇₅ = 0.02002 | v̄₅ = 1.351
v6 | output | f = v₆ = v₅·v₄ | = 2.017 | v̇₆ = 3.012 | v̄₆ = 1
x1 > v1 > 0 | ∂v₁/∂x₁ = 1/x₂ = 2 | ẋ₁·2 = 2 | v̄₁·2 = 3.012
x2 > v1 > 1 | ∂v₁/∂x₂ = −v₁/x₂ = −6 | ẋ₂·(−6) = 0 | v̄₁·(−6) = −9.036
v1 > v2 > 0 | ∂v₂/∂v₁ = cos(v₁) = −0.9900 | v̇₁·(−0.9900) = −1.980 | v̄₂·(−0.9900) = −1.338
x2 > v3 > 0 | ∂v₃/∂x₂ = v₃ = 1.649 | ẋ₂·1.649 = 0 | v̄₃·1.649 = −4.688
v1 > v4 > 0 | ∂v₄/∂v₁ = 1 | v̇₁·1 = 2 | v̄₄·1 = 2.844
v3 > v4 > 1 | ∂v₄/∂v₃ = −1 | v̇₃·(−1) = 0 | v̄₄·(−1) = −2.844
v2 > v5 > 0 | ∂v₅/∂v₂ = 1 | v̇₂·1 = −1.980 | v̄₅·1 = 1.351
v4 > v5 > 1 | ∂v₅/∂v₄ = 1 | v̇₄·1 = 2 | v̄₅·1 = 1.351
v5 > v6 > 0 | ∂v₆/∂v₅ = v₄ = 1.351 | v̇₅·1.351 = 0.02705 | v̄₆·1.351 = 1.351
v4 > v6 > 1 | ∂v₆/∂v₄ = v₅ = 1.492 | v̇₄·1.492 = 2.985 | v̄₆·1.492 = 1.492
"""
PARALLEL = """
x | input | x = 1.2 | ẋ = 1 | x̄ = 2.762
v1 | step | v₁ = x·x | = 1.44 | v̇₁ = 2.4 | v̄₁ = 1
v2 | step | v₂ = sin(x) | = 0.9320 | v̇₂ = 0.3624 | v̄₂ = 1
v3 | output | f = v₃ = v₁ + v₂ | = 2.372 | v̇₃ = 2.762 | v̄₃ = 1
x > v1 > 0 | ∂v₁/∂x (1st) = x = 1.2 | ẋ·1.2 = 1.2 | v̄₁·1.2 = 1.2
x > v1 > 1 | ∂v₁/∂x (2nd) = x = 1.2 | ẋ·1.2 = 1.2 | v̄₁·1.2 = 1.2
x > v2 > 0 | ∂v₂/∂x = cos(x) = 0.3624 | ẋ·0.3624 = 0.3624 | v̄₂·0.3624 = 0.3624
v1 > v3 > 0 | ∂v₃/∂v₁ = 1 | v̇₁·1 = 2.4 | v̄₃·1 = 1
v2 > v3 > 1 | ∂v₃/∂v₂ = 1 | v̇₂·1 = 0.3624 | v̄₃·1 = 1
"""
NETWORK = """
x1 | input | x₁ = 1 | x̄₁ = −0.02902
x2 | input | x₂ = −0.5 | x̄₂ = 0.01853
w00 | input | w₁₁ = 0.15 | w̄₁₁ = 0.02076
w01 | input | w₁₂ = −0.4 | w̄₁₂ = −0.01038
b0 | input | b₁ = 0.35 | b̄₁ = 0.02076
w10 | input | w₂₁ = 0.25 | w̄₂₁ = −0.03511
w11 | input | w₂₂ = 0.3 | w̄₂₂ = 0.01756
b1 | input | b₂ = −0.1 | b̄₂ = −0.03511
w20 | input | w₃₁ = −0.5 | w̄₃₁ = 0.04671
w21 | input | w₃₂ = 0.8 | w̄₃₂ = −0.02335
b2 | input | b₃ = 0.2 | b̄₃ = 0.04671
u0 | input | u₁ = 0.4 | ū₁ = 0.1564
u1 | input | u₂ = −0.6 | ū₂ = 0.1170
u2 | input | u₃ = 0.9 | ū₃ = 0.07767
c | input | c = 0.25 | c̄ = 0.2341
v1 | step | v₁ = w₁₁·x₁ | = 0.15 | v̄₁ = 0.02076
v2 | step | v₂ = w₁₂·x₂ | = 0.2 | v̄₂ = 0.02076
v3 | step | v₃ = v₁ + v₂ | = 0.35 | v̄₃ = 0.02076
v4 | step | v₄ = v₃ + b₁ | = 0.7 | v̄₄ = 0.02076
v5 | step | v₅ = σ(v₄) | = 0.6682 | v̄₅ = 0.09363
v6 | step | v₆ = w₂₁·x₁ | = 0.25 | v̄₆ = −0.03511
v7 | step | v₇ = w₂₂·x₂ | = −0.15 | v̄₇ = −0.03511
v8 | step | v₈ = v₆ + v₇ | = 0.1 | v̄₈ = −0.03511
v9 | step | v₉ = v₈ + b₂ | = 0 | v̄₉ = −0.03511
v10 | step | v₁₀ = σ(v₉) | = 0.5 | v̄₁₀ = −0.1404
v11 | step | v₁₁ = w₃₁·x₁ | = −0.5 | v̄₁₁ = 0.04671
v12 | step | v₁₂ = w₃₂·x₂ | = −0.4 | v̄₁₂ = 0.04671
v13 | step | v₁₃ = v₁₁ + v₁₂ | = −0.9 | v̄₁₃ = 0.04671
v14 | step | v₁₄ = v₁₃ + b₃ | = −0.7 | v̄₁₄ = 0.04671
v15 | step | v₁₅ = σ(v₁₄) | = 0.3318 | v̄₁₅ = 0.2107
v16 | step | v₁₆ = u₁·v₅ | = 0.2673 | v̄₁₆ = 0.2341
v17 | step | v₁₇ = u₂·v₁₀ | = −0.3 | v̄₁₇ = 0.2341
v18 | step | v₁₈ = u₃·v₁₅ | = 0.2986 | v̄₁₈ = 0.2341
v19 | step | v₁₉ = v₁₆ + v₁₇ | = −0.03272 | v̄₁₉ = 0.2341
v20 | step | v₂₀ = v₁₉ + v₁₈ | = 0.2659 | v̄₂₀ = 0.2341
v21 | step | v₂₁ = v₂₀ + c | = 0.5159 | v̄₂₁ = 0.2341
v22 | output | f = v₂₂ = σ(v₂₁) | = 0.6262 | v̄₂₂ = 1
w00 > v1 > 0 | 1
x1 > v1 > 1 | 0.15
w01 > v2 > 0 | −0.5
x2 > v2 > 1 | −0.4
v1 > v3 > 0 | 1
v2 > v3 > 1 | 1
v3 > v4 > 0 | 1
b0 > v4 > 1 | 1
v4 > v5 > 0 | 0.2217
w10 > v6 > 0 | 1
x1 > v6 > 1 | 0.25
w11 > v7 > 0 | −0.5
x2 > v7 > 1 | 0.3
v6 > v8 > 0 | 1
v7 > v8 > 1 | 1
v8 > v9 > 0 | 1
b1 > v9 > 1 | 1
v9 > v10 > 0 | 0.25
w20 > v11 > 0 | 1
x1 > v11 > 1 | −0.5
w21 > v12 > 0 | −0.5
x2 > v12 > 1 | 0.8
v11 > v13 > 0 | 1
v12 > v13 > 1 | 1
v13 > v14 > 0 | 1
b2 > v14 > 1 | 1
v14 > v15 > 0 | 0.2217
u0 > v16 > 0 | 0.6682
v5 > v16 > 1 | 0.4
u1 > v17 > 0 | 0.5
v10 > v17 > 1 | −0.6
u2 > v18 > 0 | 0.3318
v15 > v18 > 1 | 0.9
v16 > v19 > 0 | 1
v17 > v19 > 1 | 1
v19 > v20 > 0 | 1
v18 > v20 > 1 | 1
v20 > v21 > 0 | 1
c > v21 > 1 | 1
v21 > v22 > 0 | 0.2341
"""

TITLES = {
    POLY: (
        "f = x²·y + 2·y",
        "at x = 1.5, y = 2",
        {"forward": "forward mode, seed ẋ = 1, ẏ = 0", "reverse": "reverse mode, seed v̄₄ = 1"},
    ),
    GRIEWANK: (
        "f = (sin(x₁/x₂) + x₁/x₂ − exp(x₂))·(x₁/x₂ − exp(x₂))",
        "at x₁ = 1.5, x₂ = 0.5",
        {"forward": "forward mode, seed ẋ₁ = 1, ẋ₂ = 0", "reverse": "reverse mode, seed v̄₆ = 1"},
    ),
    PARALLEL: (
        "f = x·x + sin(x)",
        "at x = 1.2",
        {"forward": "forward mode, seed ẋ = 1", "reverse": "reverse mode, seed v̄₃ = 1"},
    ),
}


def diagram(table: str, mode: Mode, direction: Direction = "tb") -> Diagram:
    """One of the three small samples in a mode."""
    nodes, edges = [], []
    for row in table.strip().splitlines():
        name, *cells = row.split(" | ")
        sweep = cells[-2:] if len(cells) > 2 else []
        own = {"none": [], "forward": sweep[:1], "reverse": sweep[1:]}[mode]
        lines = (*(cells[:-2] if sweep else cells), *own)
        accent = len(lines) - 1 if own else None
        if " > " in name:
            tail, head, slot = name.split(" > ")
            edges.append(DiagramEdge(tail, head, int(slot), lines, accent, "\n".join(lines)))
        else:
            kind, *texts = lines
            accent = accent - 1 if accent else None
            nodes.append(DiagramNode(name, kind, tuple(texts), accent, ": ".join(lines[:2])))  # type: ignore[arg-type]
    formula, point, modes = TITLES[table]
    title = (formula, point, modes.get(mode, "local partial derivatives"))
    said = (
        "Computation graph, "
        + {
            "none": "values and local partials.",
            "forward": "forward mode: values, tangents, local partials and flows.",
            "reverse": "reverse mode: values, adjoints, local partials and flows.",
        }[mode]
    )
    return Diagram(title, tuple(nodes), tuple(edges), LEGENDS[mode], mode, said, direction)


def hostile(text: str) -> Diagram:
    """A diagram that says this text in all of its places: title, two boxes, an edge, the legend."""
    nodes = (
        DiagramNode("x", "input", (text,), None, text),
        DiagramNode("y", "output", (text, "= 1"), 1, text),
    )
    edges = (DiagramEdge("x", "y", 0, (text, "v̄·1"), 1, text),)
    return Diagram((text, "at x = 1"), nodes, edges, (text,), "reverse", text)


def network(direction: Direction = "tb") -> Diagram:
    """Two inputs, three hidden sigmoids, one output; numbers alone on its edges."""
    rows = [row.split(" | ") for row in NETWORK.strip().splitlines()]
    nodes = [
        DiagramNode(name, kind, tuple(lines), len(lines) - 1, " ".join(lines))  # type: ignore[arg-type]
        for name, kind, *lines in rows
        if " > " not in name
    ]
    edges = []
    for name, *lines in rows:
        if " > " in name:
            tail, head, slot = name.split(" > ")
            edges.append(DiagramEdge(tail, head, int(slot), tuple(lines), None, f"partial {lines[0]}"))
    title = (
        "2-3-1 network of sigmoids, f = σ(w·h + c)",
        "at x₁ = 1, x₂ = −0.5",
        "reverse mode, seed v̄₂₂ = 1",
    )
    return Diagram(title, tuple(nodes), tuple(edges), DENSE_LEGEND, "reverse", "A network.", direction)


def scramble(seed: int, steps: int, mode: Mode = "reverse", direction: Direction = "tb") -> Diagram:
    """A random graph: one to five inputs, operands mostly recent, constants, parallel edges."""
    rng = random.Random(seed)
    nodes = [
        DiagramNode(f"x{i}", "input", (f"x{i} = 1.5", "x̄ = −0.123"), 1) for i in range(rng.randint(1, 5))
    ]
    edges = []
    dense = steps > 16
    for step in range(1, steps + 1):
        operands = []
        for slot in range(rng.choice((1, 2, 2, 2, 3))):
            if rng.random() < 0.1 and slot:
                nodes.append(DiagramNode(f"c{step}_{slot}", "constant", ("2",)))
                operands.append(nodes[-1])
            else:
                candidates = [node for node in nodes if node.kind != "constant"]
                operands.append(rng.choice(candidates[-6:] if rng.random() < 0.8 else candidates))
        kind = "output" if step == steps else "step"
        nodes.append(
            DiagramNode(
                f"v{step}",
                kind,
                (f"v{step} = " + "·".join(o.id for o in operands), "= 0.1234", "v̄ = −4.567"),
                2,
            )
        )  # type: ignore[arg-type]
        for slot, operand in enumerate(operands):
            lines = (
                (f"{rng.random():.4g}",)
                if dense
                else (f"∂v{step}/∂{operand.id} = −v1/x2 = {rng.random():.4g}", f"v̄{step}·(−0.1234) = 2.345")
            )
            lines = () if operand.kind == "constant" else lines
            edges.append(DiagramEdge(operand.id, f"v{step}", slot, lines, 1 if len(lines) == 2 else None))
    title = (f"random graph {seed}", f"{steps} steps")
    return Diagram(title, tuple(nodes), tuple(edges), DENSE_LEGEND, mode, "", direction)


def layers(seed: int, sizes: tuple[int, ...] = (4, 7, 6, 5, 2)) -> Diagram:
    """Steps in layers, each of one to four of the layer before and now and then of an earlier one."""
    rng = random.Random(seed)
    nodes, edges, above = [], [], []
    for depth, size in enumerate(sizes):
        kind: Kind = "input" if depth == 0 else "output" if depth == len(sizes) - 1 else "step"
        made = [f"n{depth}_{place}" for place in range(size)]
        for name in made:
            chosen = rng.sample(above[-1], rng.randint(1, min(4, len(above[-1])))) if above else []
            if depth > 1 and rng.random() < 0.2:
                chosen.append(rng.choice(above[rng.randrange(depth - 1)]))
            text = (
                f"{name} = {'·'.join(chosen)}"
                if len(chosen) < 3
                else f"{name} = sigmoid(v{rng.randint(1, 99)})"
            )
            nodes.append(DiagramNode(name, kind, (text, "= 0.1234", "v̄ = −4.567"), 2))
            edges += [
                DiagramEdge(arg, name, slot, (f"{rng.random():.4g}",)) for slot, arg in enumerate(chosen)
            ]
        above.append(made)
    return Diagram(("layers",), tuple(nodes), tuple(edges), DENSE_LEGEND, "reverse", "Layers.")
