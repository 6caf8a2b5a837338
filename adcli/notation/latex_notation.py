"""How formulas are written in LaTeX: brackets grow around what is tall, close to the name before them."""

from __future__ import annotations

from collections.abc import Sequence

from adcli.notation import (
    ATOM,
    COMPARE,
    MINUS,
    NOT,
    OPEN,
    POWER,
    PRODUCT,
    SUM,
    Notation,
    Piece,
    Rule,
    bracket,
    called,
    enclosed,
)

CASES = r"\begin{cases} ", r" \end{cases}"


def fraction(operands: Sequence[Piece]) -> Piece:
    """A fraction; the minus of its numerator stands before it."""
    x, y = operands
    text, minus = bracket(x, SUM, LATEX) if x.binds else x.text, ""
    if text[0] == "-" and x.binds >= PRODUCT:
        minus, text = "-", text[1:]
    below = bracket(y, SUM, LATEX) if y.binds else y.text
    return Piece(rf"{minus}\frac{{{text}}}{{{below}}}", MINUS if minus else POWER, tall=True)


def power(operands: Sequence[Piece]) -> Piece:
    """A power; sin²(x) where the function's name carries it."""
    x, y = operands
    if x.head and isinstance(y.constant, int) and y.constant > 0:
        return Piece(f"{x.head}^{{{y.text}}}{x.text[len(x.head) :]}", POWER, tall=x.tall)
    return Piece(f"{bracket(x, ATOM, LATEX)}^{{{y.text}}}", POWER, tall=x.tall)


def cases(operands: Sequence[Piece]) -> Piece:
    """A choice between two values; a choice in its last line goes on with more lines."""
    condition, x, y = operands
    rest = rf"{y.text} & \text{{otherwise}}"
    if y.binds == OPEN:
        rest = y.text.removeprefix(CASES[0]).removesuffix(CASES[1])
    lines = rf"{x.text} & \text{{if }} {condition.text} \\ {rest}"
    return Piece(CASES[0] + lines + CASES[1], OPEN, tall=True)


def function(head: str, *, power: bool = False) -> Rule:
    """The rule of a function that has a name in LaTeX."""
    return lambda operands: called(head, operands, power=power)


def around(left: str, right: str, binds: int = ATOM) -> Rule:
    """The rule of a function that stands around its argument."""
    return lambda operands: Piece(f"{left}{operands[0].text}{right}", binds, tall=operands[0].tall)


def between(left: str, right: str) -> Rule:
    """The rule of a function that is a pair of brackets."""

    def rule(operands: Sequence[Piece]) -> Piece:
        text, tall = operands[0].text, operands[0].tall
        return Piece(rf"\left{left} {text}\right{right}" if tall else f"{left} {text}{right}", tall=tall)

    return rule


def negation(operands: Sequence[Piece]) -> Piece:
    """A condition that must not hold."""
    x = operands[0]
    return Piece(r"\lnot " + (enclosed(x) if x.binds <= COMPARE else x.text), NOT, tall=x.tall)


SIGNS = {
    "matmul": r"\,", "or": r" \lor ", "and": r" \land ", "le": r" \le ", "ge": r" \ge ",
    "eq": " = ", "ne": r" \ne ",
}  # fmt: skip


ANGULAR = ("sin", "cos", "tan", "sec", "csc", "cot", "sinh", "cosh", "tanh", "coth", "ln")


OWN_NAMES = {
    "asin": r"\arcsin", "acos": r"\arccos", "atan": r"\arctan", "acot": r"\operatorname{arccot}",
    "sech": r"\operatorname{sech}", "csch": r"\operatorname{csch}", "asinh": r"\operatorname{arsinh}",
    "acosh": r"\operatorname{arcosh}", "atanh": r"\operatorname{artanh}", "log10": r"\log_{10}",
    "log2": r"\log_{2}",
}  # fmt: skip


RULES: dict[str, Rule] = {
    **{name: function(f"\\{name}", power=True) for name in ANGULAR},
    **{name: function(head, power=True) for name, head in OWN_NAMES.items()},
    **{name: function(f"\\{name}") for name in ("exp", "max", "min")},
    "gamma": function(r"\Gamma"),
    "log": lambda operands: called(rf"\log_{{{operands[1].text}}}", operands[:1], power=True),
    "div": fraction,
    "pow": power,
    "select": cases,
    "not": negation,
    "abs": around(r"\left|", r"\right|"),
    "floor": between(r"\lfloor", r"\rfloor"),
    "ceil": between(r"\lceil", r"\rceil"),
    "sqrt": around(r"\sqrt{", "}", POWER),
    "cbrt": around(r"\sqrt[3]{", "}", POWER),
}


LATEX = Notation("latex", r"\cdot ", raised=False, minus="-", signs=SIGNS, rules=RULES)


IN_LINE = Notation(
    "latex", r"\cdot ", raised=False, minus="-", signs=SIGNS,
    rules={name: rule for name, rule in RULES.items() if name != "div"}
    | {"select": function(r"\operatorname{if}")},
)  # fmt: skip
"""LaTeX on one line: a quotient has a stroke, a choice is called."""
