r"""LaTeX: formulas that read back as they were, names and words that cannot be markup, pages that compile."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import adcli
from adcli import answers
from adcli.commands.options import Showing
from adcli.commands.present import form_of
from adcli.graph import CONST, INPUT, Graph
from adcli.notation import Piece, bracket, figure, latex, show
from adcli.notation.latex_notation import LATEX
from adcli.primitives import TABLE
from adcli.reference import functions, in_latex
from adcli.render.text import render
from adcli.tracing.labels import TYPESET, Labels
from adcli.tracing.partials import partial_formula
from adcli.tracing.trace import Scribe

sys.path.insert(0, str(Path(__file__).parent))
from answered import EVERYTHING, GRIEWANK, POINT, traced
from graphs import folded, random_graph
from printed import Tree, made, read

CHANCES = st.integers(0, 2**64).map(random.Random)


def name_of(graph: Graph, node: int) -> str:
    return latex.name(graph.data[node])


def in_print(graph: Graph, node: int) -> str:
    """A formula in LaTeX."""
    return show.piece(graph, node, lambda leaf: name_of(graph, leaf), LATEX).text


def formula(text: str) -> str:
    """The formula of a text's one output."""
    program = adcli.parse(text)
    (node,) = program.outputs.values()
    return in_print(program.graph, node)


FORMULAS = [
    ("x^2*y + 2*y", r"x^{2}\cdot y + 2\cdot y"),
    ("x1/x2", r"\frac{x_{1}}{x_{2}}"),
    ("(a + b)/(c - d)", r"\frac{a + b}{c - d}"),
    ("a/b/c", r"\frac{\frac{a}{b}}{c}"),
    ("a*(b/c)", r"a\cdot \frac{b}{c}"),
    ("-a/b", r"-\frac{a}{b}"),
    ("a - -b/c", r"a - \left(-\frac{b}{c}\right)"),
    ("(-a*b)/c", r"-\frac{a\cdot b}{c}"),
    ("(-a + b)/c", r"\frac{-a + b}{c}"),
    ("a - (b - c)", "a - (b - c)"),
    ("a - b - c", "a - b - c"),
    ("a*(-b)", r"a\cdot (-b)"),
    ("-x^2", "-x^{2}"),
    ("(-x)^2", "(-x)^{2}"),
    ("2^3^x", "2^{3^{x}}"),
    ("(x^y)^2", "(x^{y})^{2}"),
    ("2^(-x/2)", r"2^{-\frac{x}{2}}"),
    ("x_1^2", "x_{1}^{2}"),
    ("(a/b)^2", r"\left(\frac{a}{b}\right)^{2}"),
    ("sin(x)^2", r"\sin^{2}(x)"),
    ("sin(x^2)", r"\sin(x^{2})"),
    ("sin(x)^-1", r"\sin(x)^{-1}"),
    ("sin(x)^y", r"\sin(x)^{y}"),
    ("(sin(x)^2)^3", r"(\sin^{2}(x))^{3}"),
    ("sin(x/2)^2", r"\sin^{2}\!\left(\frac{x}{2}\right)"),
    ("sech(x)^2", r"\operatorname{sech}^{2}(x)"),
    ("atan(x) + asinh(x)", r"\arctan(x) + \operatorname{arsinh}(x)"),
    ("log(x)", r"\ln(x)"),
    ("log10(x) + log2(x)^2", r"\log_{10}(x) + \log_{2}^{2}(x)"),
    ("log(x, b)", r"\log_{b}(x)"),
    ("exp(x)^2", r"\exp(x)^{2}"),
    ("erf(x)", r"\operatorname{erf}(x)"),
    ("leaky_relu(x)", r"\operatorname{leaky\_relu}(x)"),
    ("max(x, y, 1)", r"\max(x, y, 1)"),
    ("gamma(x)", r"\Gamma(x)"),
    ("sqrt(x) + cbrt(x)", r"\sqrt{x} + \sqrt[3]{x}"),
    ("sqrt(x)^2", r"(\sqrt{x})^{2}"),
    ("sqrt(x/y)", r"\sqrt{\frac{x}{y}}"),
    ("abs(x)^2", r"\left|x\right|^{2}"),
    ("abs(x - abs(y))", r"\left|x - \left|y\right|\right|"),
    ("floor(x) + ceil(x/2)", r"\lfloor x\rfloor + \left\lceil \frac{x}{2}\right\rceil"),
    ("2*pi^tau*e", r"2\cdot \pi^{\tau}\cdot e"),
    ("6.5e-7*x", r"6.5\cdot 10^{-7}\cdot x"),
    ("x/6.5e-7", r"\frac{x}{6.5\cdot 10^{-7}}"),
    ("x^6.5e-7", r"x^{6.5\cdot 10^{-7}}"),
    ("(1e9)^x", "(10^{9})^{x}"),
    ("x*6.5e-7", r"x\cdot (6.5\cdot 10^{-7})"),
    (
        "if(x < 1 and y != 2, 1/x, x)",
        r"\begin{cases} \frac{1}{x} & \text{if } x < 1 \land y \ne 2 \\ x & \text{otherwise} \end{cases}",
    ),
    (
        "2*if(not (x <= 1 or x >= 2), 1, if(x == y, 2, 3))",
        (
            r"2\cdot \left(\begin{cases} 1 & \text{if } \lnot (x \le 1 \lor x \ge 2) \\"
            r" 2 & \text{if } x = y \\ 3 & \text{otherwise} \end{cases}\right)"
        ),
    ),
]


@pytest.mark.parametrize(("text", "printed"), FORMULAS)
def test_a_formula_is_printed_as_in_a_textbook(text: str, printed: str) -> None:
    assert formula(text) == printed


def leaf(value: Any) -> Tree:
    """A constant as a reader of print sees it."""
    if isinstance(value, str):
        return (latex.name(value), ())
    text = f"{float(abs(value)):g}"
    return ("neg", ((text, ()),)) if value < 0 else (text, ())


def tree_of(graph: Graph, node: int) -> Tree:
    """The graph as a tree of what it says."""

    def tree(op: str, operands: list[Tree], data: Any) -> Tree:
        if op == CONST:
            return leaf(data)
        if op == INPUT:
            return (read(latex.name(data))[0], ())
        return made(op, operands)

    return folded(graph, node, tree)


@given(CHANCES, st.integers(1, 8))
@settings(max_examples=400, deadline=None)
def test_a_printed_formula_says_what_its_graph_says(chance: random.Random, steps: int) -> None:
    graph, node = random_graph(chance, steps)
    text = in_print(graph, node)
    assert read(text) == tree_of(graph, node), text
    assert well_formed(text)


def well_formed(text: str) -> bool:
    """Whether braces, environments and growing brackets are closed in order, and all is ASCII."""
    opened: list[str] = []
    for found in re.finditer(
        r"\\[{}]|[{}]|\\left(?![a-z])|\\right(?![a-z])|\\(begin|end)\{([a-z*]+)\}", text
    ):
        sign = found[0]
        if sign in ("{", r"\left") or found[1] == "begin":
            opened.append(found[2] or sign)
        elif sign in ("}", r"\right") or found[1] == "end":
            wanted = found[2] or {"}": "{", r"\right": r"\left"}[sign]
            if not opened or opened.pop() != wanted:
                return False
    return not opened and text.isascii() and text.replace("\n", "").isprintable()


NAMES = [
    ("x", "x", r"\bar{x}"),
    ("x1", "x_{1}", r"\bar{x}_{1}"),
    ("x_1", "x_{1}", r"\bar{x}_{1}"),
    ("x_12", "x_{12}", r"\bar{x}_{12}"),
    ("x_1_2", "x_{1,2}", r"\bar{x}_{1,2}"),
    ("theta", r"\theta", r"\bar{\theta}"),
    ("theta_1", r"\theta_{1}", r"\bar{\theta}_{1}"),
    ("Gamma", r"\Gamma", r"\bar{\Gamma}"),
    ("Alpha", r"\mathit{Alpha}", r"\overline{\mathit{Alpha}}"),
    ("loss", r"\mathit{loss}", r"\overline{\mathit{loss}}"),
    ("loss2", r"\mathit{loss}_{2}", r"\overline{\mathit{loss}}_{2}"),
    ("x_max", r"x_{\mathrm{max}}", r"\bar{x}_{\mathrm{max}}"),
    ("loss_max", r"\mathit{loss\_max}", r"\overline{\mathit{loss\_max}}"),
    ("loss_1", r"\mathit{loss}_{1}", r"\overline{\mathit{loss}}_{1}"),
    ("x_theta", r"x_{\theta}", r"\bar{x}_{\theta}"),
    ("c.2", "c^{(2)}", r"\bar{c}^{(2)}"),
    ("x1.2", "x_{1}^{(2)}", r"\bar{x}_{1}^{(2)}"),
]


@pytest.mark.parametrize(("name", "printed", "barred"), NAMES)
def test_a_name_is_printed_with_its_parts_below(name: str, printed: str, barred: str) -> None:
    stem, rest = latex.parts(name)
    assert latex.name(name) == stem + rest == printed
    assert latex.marked(stem, "bar") + rest == barred


def test_words_and_letters_have_dots_and_bars_of_their_kind() -> None:
    scribe = Scribe(traced("loss*x", {"loss": 2, "x": 3}).trace, TYPESET, 6)
    labels = scribe.labels
    assert [labels.adjoint(node) for node in (0, 1, 2)] == [
        r"\overline{\mathit{loss}}",
        r"\bar{x}",
        r"\bar{v}_{1}",
    ]
    assert [labels.tangent(node) for node in (0, 2)] == [r"\dot{\mathit{loss}}", r"\dot{v}_{1}"]
    assert [labels.row(node) for node in (0, 1, 2)] == ["v_{-1}", "v_{0}", "v_{1}"]
    assert labels.slope(labels.name(2), labels.name(0)) == r"\frac{\partial v_{1}}{\partial \mathit{loss}}"


def test_names_that_print_alike_are_printed_as_typed() -> None:
    program = adcli.parse("v_2 = x*y; b = sin(v_2) + y")
    assert program.ids == ["x", "y", "v_2", "v2", "b"]
    labels = Labels(program, TYPESET)
    assert [labels.name(node) for node in (2, 3)] == [r"\textit{v\_2}", r"\textit{v2}"]
    assert labels.adjoint(2) == r"\overline{\textit{v\_2}}"


def test_a_value_of_a_reassigned_name_asks_for_brackets_under_a_power() -> None:
    program = adcli.parse("c = x + 1; c = c^2")
    labels = Labels(program, TYPESET)
    assert show.lines(program.graph, show.steps(program.graph), labels.name, LATEX) == [
        "c^{(1)} = x + 1",
        "c = (c^{(1)})^{2}",
    ]


NUMBERS = [
    (1.5, "1.5"),
    (-1.4923987, "-1.49240"),
    (6.5e-7, r"6.5\cdot 10^{-7}"),
    (-6.5e-7, r"-6.5\cdot 10^{-7}"),
    (1e23, "10^{23}"),
    (-1e-9, "-10^{-9}"),
    (Fraction(19, 9), r"\frac{19}{9}"),
    (Fraction(-19, 9), r"-\frac{19}{9}"),
    (float("inf"), r"\text{Infinity}"),
]


@pytest.mark.parametrize(("value", "printed"), NUMBERS)
def test_a_number_is_printed_with_powers_of_ten(value: float, printed: str) -> None:
    assert TYPESET.number(value, 6) == printed


@pytest.mark.parametrize(
    ("value", "factor"),
    [
        (2.0, "2"),
        (-2.0, "(-2)"),
        (6.5e-7, r"6.5\cdot 10^{-7}"),
        (Fraction(-1, 3), r"\left(-\frac{1}{3}\right)"),
    ],
)
def test_a_negative_factor_stands_in_brackets(value: float, factor: str) -> None:
    piece = figure(TYPESET.number(value, 6), LATEX)
    assert bracket(piece, min(piece.binds, 6), LATEX, follows=True) == factor


def test_a_condition_that_counts_as_a_number_stands_in_square_brackets() -> None:
    graph, node = partial_formula("max", 0, (None, None))
    names = ("x", "y")

    def meant(leaf: int) -> str | Piece:
        return Piece("z") if graph.data[leaf] == "z" else names[int(graph.data[leaf])]

    assert show.piece(graph, node, meant, LATEX).text == r"\frac{[x = z]}{[x = z] + [y = z]}"


HOSTILE = [
    "x}\\input{/etc/passwd}", "\\write18{id}", "$x$", "a&b", "50%", "#1", "a~b", "^^5c", "x_", "{", "}", "a\nb",
    "\x1b[2J", "\u202e", "\0", "数", "x'", "--", "``", "<script>", "\\end{align*}", "a\\\\b", "|",
]  # fmt: skip
ESCAPED = re.compile(
    r"\\(?:textbackslash|textasciicircum|textasciitilde|dots)\{\}|\\[{}%$&#_]|\{(?:-|`|''?)\}|\$[<>|]\$|[\w +/()\[\]!;:,.?=@*]"
)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_markup(text: str) -> None:
    shown = latex.escaped(text)
    assert ESCAPED.sub("", shown) == ""
    assert shown.isascii()
    assert shown.isprintable()
    assert latex.name(text) == rf"\textit{{{shown}}}"
    assert well_formed(latex.name(text))


@given(st.text())
def test_any_text_is_ascii_and_closed(text: str) -> None:
    assert ESCAPED.sub("", re.sub(r"\$(\^2|-|\\[a-z]+)\$", "", latex.escaped(text))) == ""
    for name in (latex.name(text), latex.number(text), latex.escaped(text)):
        assert well_formed(name)


def test_a_name_that_no_parser_let_through_is_escaped_all_the_same() -> None:
    answer = traced("x*y", {"x": 2, "y": 3})
    program = answer.program
    bad = "x}\\input{/etc/passwd}%"
    program.graph.data[0] = bad
    odd = replace(program, inputs=(bad, "y"))
    page = render(
        replace(answer, program=odd, trace=replace(answer.trace, program=odd), at={bad: 2.0}), "latex"
    )
    assert "\\input" not in page
    assert r"x\}\textbackslash{}input\{/etc/passwd\}\%" in page
    assert well_formed(page.partition("\n")[2])


GRADIENT = r"""% LaTeX of adcli grad; it needs \usepackage{amsmath}
\begin{align*}
  f &= x^{2}\cdot y + 2\cdot y
\end{align*}
\par\medskip\noindent At $x = 1.5$ and $y = 2$
\begin{align*}
  f &= 8.5 \\
  \frac{\partial f}{\partial x} &= 6 \\
  \frac{\partial f}{\partial y} &= 4.25
\end{align*}
\par
"""
JACOBIAN = r"""\begin{align*}
  f_{1} &= 6 \\
  f_{2} &= -1 \\
  \frac{\partial (f_{1}, f_{2})}{\partial (x, y)} &= \begin{pmatrix} 3 & 2 \\ 1 & -1 \end{pmatrix}
\end{align*}
\par\medskip\noindent Numerator layout: a row per output, a column per input
"""
ADJOINTS = r"""  step & \multicolumn{2}{l}{adjoint rule} & \multicolumn{2}{l}{with numbers} & \multicolumn{2}{c}{flow} & \multicolumn{2}{c}{adjoint} \\ \hline
  $\bar{v}_{6}$ &  & $\text{seed}$ & & & & & $1$ &  \\
  $\bar{v}_{5}$ &  & $\bar{v}_{6}\cdot v_{4}$ &  & $1\cdot 1.35128$ & $1$ & $.35128$ & $1$ & $.35128$ \\
  $\bar{v}_{4}$ &  & $\bar{v}_{6}\cdot v_{5}$ &  & $1\cdot 1.49240$ & $1$ & $.49240$ & $1$ & $.49240 \dots$ \\
   & $+$ & $\bar{v}_{5}\cdot 1$ & $+$ & $1.35128\cdot 1$ & $1$ & $.35128$ & $2$ & $.84368$ \\
"""


def test_a_gradient_is_an_aligned_display() -> None:
    assert render(answers.gradient(adcli.parse("x^2*y+2*y"), {"x": 1.5, "y": 2}), "latex") == GRADIENT


def test_a_jacobian_is_a_matrix_with_its_layout_named() -> None:
    program, at = adcli.parse("x*y, x - y"), {"x": 2, "y": 3}
    assert JACOBIAN in render(answers.jacobian(program, at), "latex")
    turned = render(answers.jacobian(program, at, layout="denominator"), "latex")
    assert r"\right)^{\mathsf{T}} &= \begin{pmatrix} 3 & 1 \\ 2 & -1 \end{pmatrix}" in turned
    assert "Denominator layout: a row per input, a column per output" in turned


def test_a_trace_is_two_tables_with_a_line_per_term() -> None:
    page = render(traced(GRIEWANK, POINT), "latex")
    assert page.count(r"\begin{tabular}") == 2
    assert ADJOINTS in page
    assert r"Reverse mode, seed $\bar{v}_{6} = 1$" in page
    assert r"\frac{\partial v_{6}}{\partial x_{1}} &= 3.01184 \\" in page


def test_a_printed_sheet_names_no_options() -> None:
    for text, at in EVERYTHING:
        for mode in ("forward", "reverse"):
            assert "--" not in render(traced(text, at, mode=mode), "latex").replace(r"\text{--}", "")


def test_a_long_formula_is_printed_in_steps_and_a_longer_one_is_counted() -> None:
    text = " + ".join(f"sin(x{place})" for place in range(1, 12))
    program = adcli.parse(text)
    page = render(answers.value(program, dict.fromkeys(program.inputs, 1.0)), "latex")
    assert "  v_{3} &= v_{1} + v_{2} \\\\\n" in page
    program = adcli.parse("; ".join(["s = x", *["s = sin(s)"] * 50]))
    assert "$s$ in 50 steps" in render(answers.value(program, {"x": 1.0}), "latex")


def test_a_choice_is_printed_with_both_its_branches_at_a_point_too() -> None:
    page = render(answers.value(adcli.parse("if(x < 0, -x, x)"), {"x": 2.0}), "latex")
    assert r"f &= \begin{cases} -x & \text{if } x < 0 \\ x & \text{otherwise} \end{cases}" in page


def test_a_long_table_is_set_as_several() -> None:
    program = adcli.parse("; ".join(["s = x", *["s = s*s"] * 100]))
    page = render(answers.trace(program), "latex")
    assert page.count(r"\begin{tabular}") > 4
    assert well_formed(page.partition("\n")[2])


def test_a_wide_matrix_tells_latex_its_columns() -> None:
    program = adcli.parse(" + ".join(f"x{place}^2" for place in range(1, 13)))
    page = render(answers.jacobian(program, dict.fromkeys(program.inputs, 1.0)), "latex")
    assert r"\setcounter{MaxMatrixCols}{12}" in page


def test_the_suffix_chooses_the_form() -> None:
    assert form_of(Showing(out="a.tex")) == "latex"
    assert form_of(Showing(format="latex")) == "latex"


def pages() -> list[str]:
    """Every kind of answer in LaTeX, at easy and at odd points."""
    found = [
        render(functions(), "latex"),
        *(render(functions(name), "latex") for name in ("log", "max", "pow")),
    ]
    for text, at in [*EVERYTHING, ("c = x; c = c^2; c = c^2; if(c < 1, theta_1/loss, 2)", HOME)]:
        program = adcli.parse(text)
        first = next(iter(program.outputs))
        found += [
            render(answers.value(program, at), "latex"),
            render(answers.graph(program, at, mode="reverse"), "latex"),
        ]
        found.append(render(answers.gradient(program, at, output=first, traced=True), "latex"))
        found += [
            render(answers.jacobian(program, at, layout=side), "latex")
            for side in ("numerator", "denominator")
        ]
        for mode in ("forward", "reverse"):
            for explain in (False, True):
                found.append(render(answers.trace(program, at, mode=mode), "latex", explain=explain))
            found.append(render(answers.trace(program, mode=mode), "latex"))
    return found


HOME = {"x": 0.5, "theta_1": 2, "loss": -3e-9}


def test_every_answer_is_well_formed() -> None:
    for page in pages():
        assert page.startswith(r"% LaTeX of adcli ")
        assert well_formed(page.partition("\n")[2]), page


def document(parts: Iterable[str]) -> str:
    """A whole document."""
    body = "\n\n".join(parts)
    return f"\\documentclass{{article}}\n\\usepackage{{amsmath}}\n\\begin{{document}}\n{body}\n\\end{{document}}\n"


def compiled(parts: Iterable[str], folder: Path) -> str:
    """What pdflatex says of a document with these parts; it stops at the first error."""
    (folder / "page.tex").write_text(document(parts), encoding="ascii")
    way = ("pdflatex", "-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", "page.tex")
    done = subprocess.run(way, cwd=folder, capture_output=True, timeout=120, check=False)
    said = done.stdout.decode("latin-1")
    assert done.returncode == 0, said[-2000:]
    return said


needs_latex = pytest.mark.skipif(shutil.which("pdflatex") is None, reason="needs pdflatex with amsmath")


@pytest.mark.pdflatex
@needs_latex
def test_latex_reads_every_answer(tmp_path: Path) -> None:
    assert "LaTeX Warning: Command" not in compiled(pages(), tmp_path)
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.pdflatex
@needs_latex
def test_latex_reads_every_formula_and_every_name(tmp_path: Path) -> None:
    graphs = (random_graph(random.Random(seed), 1 + seed % 8) for seed in range(200))
    formulas = [in_print(graph, node) for graph, node in graphs]
    formulas += [
        text
        for row in TABLE.values()
        if row.callable
        for part in in_latex(row.name)
        for text in (part if isinstance(part, tuple) else (part,))
    ]
    formulas += [latex.name(text) for text in HOSTILE] + [
        latex.marked(latex.name(text), "bar") for text in HOSTILE
    ]
    shown = [f"\\[ {text} \\]" for text in formulas]
    compiled([*shown, *map(latex.escaped, HOSTILE)], tmp_path)
