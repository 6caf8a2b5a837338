r"""Answers in LaTeX, as plain text: \frac{1}{2} is (1/2), \sin^{2} x is sin^2 x."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from adcli.errors import AdcliSyntaxError

TOKEN = re.compile(r"\\[A-Za-z]+\*?|\\.|\s+|.", re.DOTALL)
DOLLARS = re.compile(r"(?<!\\)\$+|\\[()\[\]]")
MATRIX = re.compile(r"\\(begin|end)\s*\{[pbvBV]?(?:small)?(?:matrix|array)\}(?:\{[lcr|]*\})?")
DIFFERENTIAL = re.compile(r"\s*(?:d|∂)\s*[^\W\d_]\w*\s*")


def quotient(over: str, under: str) -> str:
    """A fraction; one of two differentials is the name of a derivative."""
    if DIFFERENTIAL.fullmatch(over) and DIFFERENTIAL.fullmatch(under):
        return f"{''.join(over.split())}/{''.join(under.split())}"
    over, under = (part.strip() if part.strip().isalnum() else f"({part})" for part in (over, under))
    return f"({over}/{under})"


NEEDS: dict[str, tuple[int, Callable[..., str]]] = {
    "frac": (2, quotient),
    "sqrt": (1, lambda inside: f"sqrt({inside})"),
    "text": (1, str.strip),
    "bar": (1, lambda name: f"{name.strip()}\u0304"),
    "dot": (1, lambda name: f"{name.strip()}\u0307"),
}
SAME = {
    "dfrac": "frac", "tfrac": "frac", "cfrac": "frac", "mathrm": "text", "mathit": "text", "mathbf": "text",
    "operatorname": "text", "textrm": "text", "mbox": "text", "overline": "bar",
}  # fmt: skip
SIGNS = {
    "cdot": "*", "times": "*", "ast": "*", "div": "/", "pm": "±", "infty": "∞", "partial": "∂", "nabla": "∇",
    "lvert": "|", "rvert": "|", "vert": "|", "mid": "|", "approx": "≈", "lbrace": "{", "rbrace": "}",
}  # fmt: skip
SILENT = frozenset({
    "left", "right", "big", "Big", "bigl", "bigr", "Bigl", "Bigr", "displaystyle", "quad", "qquad", "limits",
    ",", ";", ":", "!", " ",
})  # fmt: skip
NAMES = frozenset({
    "sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth", "exp", "ln", "log", "min",
    "max", "arcsin", "arccos", "arctan", "arsinh", "arcosh", "artanh", "sign", "alpha", "beta", "gamma",
    "delta",
    "epsilon", "varepsilon", "zeta", "eta", "theta", "kappa", "lambda", "mu", "nu", "xi", "pi", "rho",
    "sigma", "tau", "phi", "varphi", "chi", "psi", "omega",
})  # fmt: skip


class Group:
    """What stands between two braces, or at the top: pieces of plain text."""

    def __init__(self) -> None:
        self.pieces: list[str] = []

    @property
    def text(self) -> str:
        """All pieces."""
        return "".join(self.pieces)


class Need(NamedTuple):
    """A command that waits for its arguments."""

    name: str
    given: list[str]


def is_latex(text: str) -> bool:
    r"""Whether a text has a command of LaTeX, or stands between dollars."""
    return "\\" in text or "$" in text


def from_latex(text: str) -> str:
    r"""LaTeX as plain text; AdcliSyntaxError for a command that is not read.

    >>> from_latex(r"$2\sqrt{x}$"), from_latex(r"e^{-x^2}"), from_latex(r"\frac12")
    ('2 sqrt(x)', 'e^(-x^2)', '(1/2)')
    """
    tokens = TOKEN.findall(rooted(rows(DOLLARS.sub(" ", text))))
    stack: list[Group | Need] = [Group()]
    for sign in tokens:
        if sign == "{":
            stack.append(Group())
        elif sign == "}":
            group = stack.pop()
            if not isinstance(group, Group) or not stack:
                raise AdcliSyntaxError("a brace } has no {", text=text, where="answer")
            deliver(stack, group.text, braces=True)
        elif sign.startswith("\\") and len(sign) > 1:
            command(stack, sign[1:].removesuffix("*"), text)
        elif not (sign.isspace() and isinstance(stack[-1], Need)):
            deliver(stack, sign)
    if len(stack) != 1 or not isinstance(stack[0], Group):
        raise AdcliSyntaxError(
            "a brace { has no }, or a command lacks what belongs to it", text=text, where="answer"
        )
    return " ".join(stack[0].text.split())


def command(stack: list[Group | Need], name: str, text: str) -> None:
    """Read one command."""
    name = SAME.get(name, name)
    if name in NEEDS:
        stack.append(Need(name, []))
    elif name in SIGNS:
        deliver(stack, SIGNS[name])
    elif name in NAMES:
        deliver(stack, f" {'epsilon' if name == 'varepsilon' else name.removeprefix('var')} ")
    elif name in ("{", "}", "|", "%"):
        deliver(stack, name)
    elif name not in SILENT:
        raise AdcliSyntaxError(
            f"the LaTeX command \\{name} is not read", text=text, where="answer",
            hint="write plain text: sin(x), sqrt(x), a/b",
        )  # fmt: skip


def deliver(stack: list[Group | Need], piece: str, *, braces: bool = False) -> None:
    """Give a piece to what waits for it; a command that has all becomes a piece itself."""
    made = False
    while isinstance(top := stack[-1], Need):
        top.given.append(piece)
        count, write = NEEDS[top.name]
        if len(top.given) < count:
            return
        stack.pop()
        piece, made = write(*top.given), True
    if braces and not made:
        before = top.text[-1:] if top.pieces else ""
        raised = before == "^"
        piece = (
            f"{{{piece}}}" if before == "_" else f"{piece} " if raised and piece.isdigit() else f"({piece})"
        )
    elif made and top.pieces and top.pieces[-1][-1:].isalnum():
        piece = f" {piece}"  # 2\sqrt{x} is no name
    top.pieces.append(piece)


def rooted(text: str) -> str:
    r"""\sqrt[3]{x} by its name; other roots are not read."""
    return re.sub(r"\\sqrt\s*\[\s*3\s*\]", r"\\operatorname{cbrt}", text)


def rows(text: str) -> str:
    r"""The matrices of LaTeX as [[1,2],[3,4]]."""
    if not MATRIX.search(text):
        return text
    parts = re.split(MATRIX.pattern.replace("(begin|end)", "(?:begin|end)"), text)
    for place in range(1, len(parts), 2):
        lines = [line for line in re.split(r"\\\\(?:\[[^\]]*\])?", parts[place]) if line.strip()]
        parts[place] = "[" + ",".join(f"[{line.replace('&', ',')}]" for line in lines) + "]"
    return "".join(parts)
