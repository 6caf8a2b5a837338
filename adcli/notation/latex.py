r"""How LaTeX spells names, numbers and prose; what comes from a text is escaped here and nowhere else.

Names and numbers are for math mode, prose is for text mode. All of it is ASCII.
"""

from __future__ import annotations

import re
import unicodedata

# Patterns, not compiled: whoever draws or prints tables imports this module, and few of them write LaTeX.
FIGURE = "(?s)([A-Za-z])([\u0304\u0305\u0307])|([₀-₉₊₋]+)|([⁰¹²³⁴-⁹⁺⁻]+)|(.)"
LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉₊₋⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-0123456789+-")
MARKS = {"\u0304": r"\bar", "\u0305": r"\bar", "\u0307": r"\dot"}
GREEK = frozenset({
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu",
    "nu", "xi", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega", "Gamma", "Delta",
    "Theta", "Lambda", "Xi", "Pi", "Sigma", "Phi", "Psi", "Omega",
})  # fmt: skip
NAME = r"([A-Za-z](?:[A-Za-z0-9]*[A-Za-z])?)(\d*)((?:_[A-Za-z0-9]+)*)(?:\.(\d+))?"
NUMBER = r"(-?)(\d+(?:\.\d+)?)(?:e([+-]\d+)|/(\d+))?"
WORDS = r"(?s)[A-Za-z]+|."
SIGNS = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
    **{sign: f"\\{sign}" for sign in "%$&#_"},
    **{sign: f"${sign}$" for sign in "<>|"},
    "-": "{-}", "`": "{`}", "'": "{'}", '"': "{''}",  # side by side they would be other signs
    "≥": r"$\ge$", "≤": r"$\le$", "≠": r"$\ne$", "…": r"\dots{}", "·": r"$\cdot$", "√": r"$\surd$",
    "∂": r"$\partial$", "π": r"$\pi$", "∫": r"$\int$", "−": "$-$", "²": "$^2$",
}  # fmt: skip


def escaped(text: str, names: frozenset[str] = frozenset()) -> str:
    r"""Prose in which nothing is markup; words among `names` are set as variables.

    >>> print(escaped("x ≥ 0 & 50%", frozenset("x")))
    $x$ $\ge$ 0 \& 50\%
    """
    return "".join(f"${name(word)}$" if word in names else sign(word) for word in re.findall(WORDS, text))


def sign(text: str) -> str:
    """A word as it is, a character in LaTeX's spelling; what LaTeX has not, by its number."""
    if text in SIGNS:
        return SIGNS[text]
    if text.isascii() and text.isprintable():
        return text
    return f"U+{ord(text):04X}"


def figure(text: str) -> str:
    r"""A line of a picture as prose: signs below, above and over letters in LaTeX's spelling.

    >>> print(figure("v̄₁₂·(−0.5) = ∂f/∂x²"))
    $\bar{v}$$_{12}$$\cdot$($-$0.5) = $\partial$f/$\partial$x$^{2}$
    """
    return "".join(
        f"${MARKS[mark]}{{{letter}}}$"
        if letter
        else f"$_{{{below.translate(LOWERED)}}}$"
        if below
        else f"$^{{{above.translate(LOWERED)}}}$"
        if above
        else in_figure(rest)
        for letter, mark, below, above, rest in re.findall(FIGURE, text)
    )


def in_figure(text: str) -> str:
    """A character of a picture's line; Greek letters are math, and a space that stays is one."""
    if text == "\u00a0":
        return "~"
    script, _, letter = unicodedata.name(text, "").replace("LAMDA", "LAMBDA").partition(" LETTER ")
    greek = {"GREEK SMALL": letter.lower(), "GREEK CAPITAL": letter.capitalize()}.get(script, "")
    return f"$\\{greek}$" if greek in GREEK else escaped(text)


def name(text: str) -> str:
    r"""A canonical name.

    >>> print(name("x1"), name("theta"), name("x_max"), name("loss_of_step"), name("c.2"), name("W[1,2]"))
    x_{1} \theta x_{\mathrm{max}} \mathit{loss\_of\_step} c^{(2)} W_{1,2}
    """
    base, bracket, index = text.partition("[")
    if bracket and index.endswith("]"):  # an entry
        stem, rest = parts(base)
        return f"({stem}{rest})_{{{index[:-1]}}}" if rest else f"{stem}_{{{index[:-1]}}}"
    return "".join(parts(text))


def parts(text: str) -> tuple[str, str]:
    """The letters of a name, and what is set below and above them."""
    found = re.fullmatch(NAME, text)
    if found is None:
        return unchanged(text), ""
    stem, digits, lower, run = found.groups()
    pieces = [digits] * bool(digits) + lower.split("_")[1:]
    if is_word(stem) and any(map(is_word, pieces)):
        stem, pieces = (stem + digits + lower).replace("_", r"\_"), []
    below = ",".join(letters(piece, "mathrm") for piece in pieces)
    return letters(stem, "mathit"), f"_{{{below}}}" * bool(below) + f"^{{({run})}}" * (run is not None)


def is_word(piece: str) -> bool:
    """Whether a part of a name is neither a letter, nor a Greek letter, nor a number."""
    return len(piece) > 1 and piece not in GREEK and not piece.isdigit()


def letters(piece: str, font: str) -> str:
    """A part of a name: a Greek letter by its name, a word in a font of its own."""
    return f"\\{piece}" if piece in GREEK else rf"\{font}{{{piece}}}" if is_word(piece) else piece


def unchanged(text: str) -> str:
    """A name as it is typed."""
    return rf"\textit{{{escaped(text)}}}"


def marked(stem: str, mark: str) -> str:
    r"""A bar or a dot over the letters of a name; the bar is as long as a word is.

    >>> print(marked("v", "bar"), marked(r"\mathit{loss}", "bar"), marked(r"\theta", "dot"))
    \bar{v} \overline{\mathit{loss}} \dot{\theta}
    """
    word = "{" in stem
    return rf"\overline{{{stem}}}" if word and mark == "bar" else rf"\{mark}{{{stem}}}"


def numbers(text: str, *, high: bool = True) -> str:
    r"""A written number or array: a vector as a column, a matrix by its rows, a large one by its shape.

    An array that must not be `high` stays on its line.

    >>> print(numbers("[1, 2.5]"), numbers("[[1, 2], [3, 4]]"), numbers("64×10"))
    \begin{pmatrix} 1 \\ 2.5 \end{pmatrix} \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix} 64 \times 10
    >>> print(numbers("[[1, 2e-7], [3, 4]]", high=False))
    [[1,\ 2\cdot 10^{-7}],\ [3,\ 4]]
    """
    if "×" in text:
        return text.replace("×", r" \times ")
    if not text.startswith("["):
        return number(text)
    if not high:
        return re.sub(r"[^][, ]+", lambda found: number(found[0]), text).replace(", ", r",\ ")
    rows = text[2:-2].split("], [") if text.startswith("[[") else text[1:-1].split(", ")
    lines = r" \\ ".join(" & ".join(map(number, row.split(", "))) for row in rows)
    return rf"\begin{{pmatrix}} {lines} \end{{pmatrix}}"


def number(text: str) -> str:
    r"""A written number: powers of ten, and fractions as such.

    >>> print(number("-6.5e-07"), number("1e+06"), number("19/9"), number("1.50"))
    -6.5\cdot 10^{-7} 10^{6} \frac{19}{9} 1.50
    """
    found = re.fullmatch(NUMBER, text)
    if found is None:
        return rf"\text{{{escaped(text)}}}"
    minus, whole, exponent, below = found.groups()
    if below is not None:
        return rf"{minus}\frac{{{whole}}}{{{below}}}"
    if exponent is None:
        return text
    times = "" if whole == "1" else whole + r"\cdot "
    return f"{minus}{times}10^{{{int(exponent)}}}"
