r"""Formulas as MathML: what stands in the elements, and that they say what their LaTeX says."""

from __future__ import annotations

import random
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from adcli.notation import latex, show
from adcli.notation.latex_notation import LATEX
from adcli.render.mathml import elements, mathml, sentence

sys.path.insert(0, str(Path(__file__).parent))
from graphs import random_graph

FORMULAS = [
    ("", ""),
    ("v_{1}", "<msub><mi>v</mi><mn>1</mn></msub>"),
    (r"\frac{1}{x}", "<mfrac><mn>1</mn><mi>x</mi></mfrac>"),
    (r"\partial v_{4}", "<mi>∂</mi><msub><mi>v</mi><mn>4</mn></msub>"),
    (r"\bar{x}", '<mover accent="true"><mi>x</mi><mo stretchy="false">‾</mo></mover>'),
    ("2 - 3", "<mn>2</mn><mo>−</mo><mn>3</mn>"),
    (r"2\cdot -3", '<mn>2</mn><mo>·</mo><mo form="prefix">−</mo><mn>3</mn>'),
    ("-x^{2}", '<mo form="prefix">−</mo><msup><mi>x</mi><mn>2</mn></msup>'),
    ("x_{1}^{2}", "<msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>"),
    (r"\sqrt[3]{x}", "<mroot><mi>x</mi><mn>3</mn></mroot>"),
    (r"\sqrt{\theta}", "<msqrt><mi>θ</mi></msqrt>"),
    (r"\lambda\cdot \Gamma", '<mi>λ</mi><mo>·</mo><mi mathvariant="normal">Γ</mi>'),
    (r"\sin^{2}", "<msup><mi>sin</mi><mn>2</mn></msup>"),
    (r"\operatorname{leaky\_relu}", "<mi>leaky_relu</mi>"),
    (r"\mathit{loss\_of}", '<mi class="word">loss_of</mi>'),
    (r"x_{\mathrm{max}}", "<msub><mi>x</mi><mi>max</mi></msub>"),
    (r"\text{if } x", "<mtext>if\u00a0</mtext><mi>x</mi>"),
    (r"\text{--}", "<mtext>–</mtext>"),
    ("x < 1", "<mi>x</mi><mo>&lt;</mo><mn>1</mn>"),
    (r"A\,x", '<mi>A</mi><mspace width=".17em"/><mi>x</mi>'),
    (r"a \odot b", "<mi>a</mi><mo>⊙</mo><mi>b</mi>"),
    (r"z^{\mathsf{T}}", '<msup><mi>z</mi><mi mathvariant="normal">T</mi></msup>'),
    (r"\textit{a$<$b$>$\}\{\&}", '<mi class="word">a&lt;b&gt;}{&amp;</mi>'),
]


@pytest.mark.parametrize(("text", "expected"), FORMULAS)
def test_a_formula_has_the_elements_of_a_textbook(text: str, expected: str) -> None:
    assert elements(text) == expected


def test_a_choice_has_a_row_for_each_line() -> None:
    text = r"\begin{cases} 1 & \text{if } x < 1 \\ -x & \text{otherwise} \end{cases}"
    (table,) = parsed(mathml(text)).iter("mtable")
    assert [["".join(cell.itertext()) for cell in row] for row in table] == [
        ["1", "if\u00a0x<1"],
        ["−x", "otherwise"],
    ]


@pytest.mark.parametrize(("kind", "fences"), [("p", "()"), ("b", "[]")])
def test_a_matrix_has_its_rows_between_brackets_that_grow(kind: str, fences: str) -> None:
    grid = rf"\begin{{{kind}matrix}} 1 & -2 \\ 3 & 4 \end{{{kind}matrix}}"
    whole = parsed(mathml(grid))
    assert [sign.text for sign in whole.iter("mo") if sign.get("stretchy")] == list(fences)
    assert [["".join(cell.itertext()) for cell in row] for row in next(whole.iter("mtable"))] == [
        ["1", "−2"],
        ["3", "4"],
    ]


def test_prose_has_formulas_between_dollars() -> None:
    assert sentence(r"seed $x = 1$, 50\% \& $<$b$>$") == f"seed {mathml('x = 1')}, 50% &amp; &lt;b&gt;"


def test_words_in_a_formula_may_have_dollars_of_their_own() -> None:
    formula = r"\textit{a$<$b\}} = 1"
    assert sentence(f"at ${formula}$, 2") == f"at {mathml(formula)}, 2"


ARITY = {"mfrac": 2, "msub": 2, "msup": 2, "msubsup": 3, "mover": 2, "mroot": 2}


def parsed(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314 - our own text


def back(element: ET.Element) -> str:
    """The LaTeX that an element says, without spaces and without brackets' sizes."""
    inside = [back(child) for child in element]
    assert len(inside) == ARITY.get(element.tag, len(inside)), element.tag
    if element.tag in ("mn", "mi", "mo", "mtext"):
        return (element.text or "").replace("−", "-")
    if element.tag == "mspace":
        return ""
    marks = {"msub": "_", "msup": "^"}
    if element.tag == "mfrac":
        return f"frac{{{inside[0]}}}{{{inside[1]}}}"
    if element.tag in marks:
        return f"{inside[0]}{marks[element.tag]}{{{inside[1]}}}"
    if element.tag == "msubsup":
        return f"{inside[0]}_{{{inside[1]}}}^{{{inside[2]}}}"
    if element.tag == "msqrt":
        return f"sqrt{{{''.join(inside)}}}"
    if element.tag == "mroot":
        return f"sqrt[3]{{{inside[0]}}}"
    return "".join(inside)


SAME = {
    r"\cdot": "·", r"\land": "∧", r"\lor": "∨", r"\lnot": "¬", r"\le ": "≤", r"\ge ": "≥", r"\ne ": "≠",
    r"\lfloor": "⌊", r"\rfloor": "⌋", r"\lceil": "⌈", r"\rceil": "⌉", r"\left": "", r"\right": "", r"\!": "",
    r"\_": "_", r"\theta": "θ", r"\pi": "π", r"\tau": "τ", r"\Gamma": "Γ",
}  # fmt: skip


def flat(text: str) -> str:
    """LaTeX as `back` writes it."""
    for said, sign in SAME.items():
        text = text.replace(said, sign)
    for font in ("operatorname", "mathit", "mathrm", "text"):
        while f"\\{font}{{" in text:
            before, _, rest = text.partition(f"\\{font}{{")
            word, _, behind = rest.partition("}")
            text = before + word + behind
    return text.replace("\\", "").replace(" ", "")


@given(st.integers(0, 2**64).map(random.Random), st.integers(1, 8))
@settings(max_examples=200, deadline=None)
def test_the_elements_say_what_the_latex_says(chance: random.Random, steps: int) -> None:
    graph, node = random_graph(chance, steps)
    text = show.piece(graph, node, lambda leaf: latex.name(graph.data[leaf]), LATEX).text
    if "cases" not in text:
        assert back(parsed(mathml(text))) == flat(text)


@example("\\begin{cases}\\\\^0")
@given(st.text() | st.lists(st.sampled_from([
    "\\frac", "{", "}", "\\left(", "\\right)", "_", "^", "x", "\\\\", "&", "\\begin{cases}", "\\end{cases}", "\\text{",
    "$", "<b>", "]]>", "\\sqrt", "[3]", "\\bar", "1.5", "-", "&amp;", "\x00", "\u202e", "\\",
])).map("".join))  # fmt: skip
@settings(max_examples=500, deadline=None)
def test_whatever_the_text_the_answer_is_well_formed(text: str) -> None:
    for found in (mathml(text), f"<p>{sentence(text)}</p>"):
        for element in parsed(found).iter():
            assert element.tag in {
                "p", "math", "mi", "mn", "mo", "mtext", "mrow", "mfrac", "msub", "msup", "msubsup", "msqrt", "mroot",
                "mover", "mspace", "mtable", "mtr", "mtd",
            }  # fmt: skip
            assert len(element) == ARITY.get(element.tag, len(element))


def test_a_deep_formula_takes_no_stack() -> None:
    assert elements(r"\frac{1}{" * 5000 + "x" + "}" * 5000).count("<mfrac>") == 5000
