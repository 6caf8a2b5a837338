r"""MathML for pages, from the LaTeX that `adcli` itself writes.

A formula is written once, by the LaTeX notation; here its few commands become elements. Whatever is not
among them is text, so no name becomes markup and every answer is well-formed.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from adcli.notation.latex import GREEK, SIGNS
from adcli.render.lettering import escaped, visible

SPOKEN = {said: sign for sign, said in SIGNS.items()} | {"--": "–", "~": "\u00a0"}
SIGN = "|".join(map(re.escape, sorted(SPOKEN, key=len, reverse=True)))
MATH = rf"\$(?>\\text(?:it)?\{{(?>{SIGN}|[^}}])*+\}}|[^$])*+\$"  # words in it have dollars of their own
WORDS = re.compile(f"{SIGN}|{MATH}|.", re.DOTALL)
TOKEN = re.compile(
    r"\\(?:begin|end)\{(?:cases|[bp]matrix)\}|\\(?:operatorname|mathit|mathrm|mathsf|textit|text)\{"
    r"|\\(?:left|right)(?:\\[a-z]+|.)"
    r"|\\sqrt\[3\]|\\[A-Za-z]+|\\.|\d+(?:\.\d+)?|\s+|.",
    re.DOTALL,
)
OPERATORS = {
    r"\cdot": "·", r"\le": "≤", r"\ge": "≥", r"\ne": "≠", r"\land": "∧", r"\lor": "∨", r"\lnot": "¬",
    r"\lfloor": "⌊", r"\rfloor": "⌋", r"\lceil": "⌈", r"\rceil": "⌉", r"\dots": "…", r"\surd": "√",
    r"\int": "∫", r"\odot": "⊙", r"\times": "×", "-": "−", "|": "|",
    **{sign: sign for sign in "()[]=<>+/,;:!."},
}  # fmt: skip
OPENING, CLOSING, PREFIX = "([⌊⌈", ")]⌋⌉", "−¬"
MARKS = {r"\bar": "‾", r"\dot": "˙"}  # the macron proper melts into the letter on a screen
TAKES = {r"\frac": 2, r"\sqrt": 1, r"\sqrt[3]": 1, r"\overline": 1, **dict.fromkeys(MARKS, 1), "_": 1, "^": 1}
UPRIGHT = {r"\operatorname{", r"\mathrm{", r"\mathsf{"}
FUNCTION = re.compile("<mi>[a-zA-Z_]{2,}<")
SILENT = {r"\!"}
SPACES = {r"\,": '<mspace width=".17em"/>', "\\ ": '<mspace width=".3em"/>'}
GRIDS = {"cases": ("{", ""), "pmatrix": ("(", ")"), "bmatrix": ("[", "]")}
BEGINS, ENDS = ({rf"\{side}{{{grid}}}" for grid in GRIDS} for side in ("begin", "end"))
LINE, CELL = "\n", "\t"  # of a choice or a matrix, until its end comes
BREAKS = {r"\\": LINE, "&": CELL}


class Open(NamedTuple):
    """A construct in the making: a command that still takes elements, or a group, and what it has so far."""

    name: str
    takes: int
    has: list[str]


def mathml(text: str) -> str:
    r"""A formula as a `math` element, fractions at their full size.

    >>> print(mathml(r"v_{1}"))
    <math displaystyle="true"><msub><mi>v</mi><mn>1</mn></msub></math>
    """
    return f'<math displaystyle="true">{elements(text)}</math>'


def sentence(text: str) -> str:
    r"""LaTeX prose as HTML: formulas between dollars are MathML.

    >>> print(sentence(r"a \& b at $x = 1$"))
    a &amp; b at <math displaystyle="true"><mi>x</mi><mo>=</mo><mn>1</mn></math>
    """
    return "".join(
        escaped(SPOKEN[word]) if word in SPOKEN else mathml(word[1:-1]) if len(word) > 1 else escaped(word)
        for word in WORDS.findall(visible(text))
    )


def elements(text: str) -> str:
    """The elements of a formula in a row. One pass with a stack, so that nothing is too deep for it."""
    text, stack = visible(text), [Open("", 0, [])]
    place = 0
    while place < len(text):
        token = TOKEN.match(text, place)
        assert token is not None  # noqa: S101 - the last choice takes any character
        place, said = token.end(), token[0]
        if said in TAKES:
            begin(stack, said)
        elif said == "{" or said in BEGINS or said.startswith(r"\left"):
            stack.append(Open(said, 0, []))
        elif said == "}" or said in ENDS or said.startswith(r"\right"):
            if len(stack) > 1 and not stack[-1].takes:
                put(stack, closed(stack.pop(), said))
        elif said[-1] == "{":
            words, place = verbatim(text, place)
            put(stack, letters(said, words))
        elif said in BREAKS and stack[-1].name in BEGINS:
            stack[-1].has.append(BREAKS[said])
        elif said not in SILENT and not said.isspace():
            put(stack, leaf(said, stack[-1].has))
    while len(stack) > 1:
        left = stack.pop()
        stack[-1].has.append(row(left.has))
    return "".join(stack[0].has)


def begin(stack: list[Open], command: str) -> None:
    """Open a command; a sign below or above takes what stands before it as its base."""
    before = stack[-1].has
    is_base = before and before[-1] not in BREAKS.values()
    has = [before.pop() if is_base else "<mrow></mrow>"] if command in "_^" else []
    stack.append(Open(command, TAKES[command] + len(has), has))


def put(stack: list[Open], element: str) -> None:
    """Give an element to what is open, and close every command that now has all it takes.

    A function's name stands off the operand before it, as in ∂ sin(x).
    """
    top = stack[-1]
    if not top.takes and top.has and FUNCTION.match(element) and not expects(top.has[-1]):
        top.has.append('<mspace width=".17em"/>')
    top.has.append(element)
    while stack[-1].takes and len(stack[-1].has) == stack[-1].takes:
        full = stack.pop()
        stack[-1].has.append(made(full.name, full.has))


def made(name: str, has: list[str]) -> str:
    """The element of a command."""
    inside = "".join(has)
    if name == r"\frac":
        return f"<mfrac>{inside}</mfrac>"
    if name == r"\sqrt":
        return f"<msqrt>{inside}</msqrt>"
    if name == r"\sqrt[3]":
        return f"<mroot>{inside}<mn>3</mn></mroot>"
    if name == r"\overline":
        return f'<mrow class="bar">{inside}</mrow>'
    if name in MARKS:
        return f'<mover accent="true">{inside}<mo stretchy="false">{MARKS[name]}</mo></mover>'
    if name == "_":
        return f"<msub>{inside}</msub>"
    base, above = has
    if base.startswith("<msub>"):  # both beside the name, one over the other
        return f"<msubsup>{base.removeprefix('<msub>').removesuffix('</msub>')}{above}</msubsup>"
    return f"<msup>{inside}</msup>"


def closed(group: Open, end: str) -> str:
    """A group as one element, with the brackets that grow around it or the lines of a choice or a matrix."""
    if group.name in BEGINS:
        left, right = GRIDS[group.name.removeprefix(r"\begin{")[:-1]]
        lines = (line.split(CELL) for line in "".join(group.has).split(LINE))
        table = "".join(f"<mtr>{''.join(f'<mtd>{cell}</mtd>' for cell in line)}</mtr>" for line in lines)
        behind = f'<mo form="postfix" stretchy="true">{right}</mo>' if right else ""
        return f'<mrow><mo form="prefix" stretchy="true">{left}</mo><mtable>{table}</mtable>{behind}</mrow>'
    if group.name.startswith(r"\left"):
        fences = (
            OPERATORS.get(command.removeprefix(side), "|")
            for command, side in ((group.name, r"\left"), (end, r"\right"))
        )
        left, right = (escaped(fence) for fence in fences)
        return (
            f'<mrow><mo form="prefix" fence="true" stretchy="true">{left}</mo>{"".join(group.has)}'
            f'<mo form="postfix" fence="true" stretchy="true">{right}</mo></mrow>'
        )
    return row(group.has)


def row(has: list[str]) -> str:
    """Elements as one."""
    return has[0] if len(has) == 1 else f"<mrow>{''.join(has)}</mrow>"


def leaf(said: str, before: list[str]) -> str:
    """A number, a letter, a sign; a minus behind a sign or behind nothing is that of a number."""
    if said[0].isdigit():
        return f"<mn>{said}</mn>"
    if said in OPERATORS:
        sign = OPERATORS[said]
        bracket = ' stretchy="false"' if sign in OPENING + CLOSING + "|" else ""
        bracket += ' lspace="0" rspace="0"' * (sign == "/")
        form = ' form="prefix"' if sign in PREFIX and (not before or expects(before[-1])) else ""
        return f"<mo{bracket}{form}>{escaped(sign)}</mo>"
    if said in SPACES:
        return SPACES[said]
    if said[0] == "\\":
        return named(said[1:])
    return f"<mi>{escaped(said)}</mi>" if said.isalpha() else f"<mtext>{escaped(said)}</mtext>"


def expects(last: str) -> bool:
    """Whether an operand must follow: behind an operator or an opening bracket."""
    return last in (LINE, CELL) or (last.startswith(("<mo>", "<mo ")) and last[-6] not in CLOSING + "!")


def named(command: str) -> str:
    """A Greek letter, ∂, or a function by its name."""
    if command == "partial":
        return "<mi>∂</mi>"
    if command in GREEK:
        case, upright = ("CAPITAL", ' mathvariant="normal"') if command[0].isupper() else ("SMALL", "")
        letter = command.upper().replace("LAMBDA", "LAMDA")  # as Unicode calls it
        return f"<mi{upright}>{unicodedata.lookup(f'GREEK {case} LETTER {letter}')}</mi>"
    return f"<mi>{escaped(command)}</mi>" if command.isalpha() else f"<mtext>{escaped(command)}</mtext>"


def letters(font: str, words: str) -> str:
    """A word: a name in slanted letters, a function's name upright, or prose."""
    if font == r"\text{":
        return f"<mtext>{escaped(words)}</mtext>".replace(" ", "\u00a0")
    upright = font in UPRIGHT
    if len(words) == 1 and upright:
        return f'<mi mathvariant="normal">{escaped(words)}</mi>'
    return f"<mi>{escaped(words)}</mi>" if upright else f'<mi class="word">{escaped(words)}</mi>'


def verbatim(text: str, place: int) -> tuple[str, int]:
    """The words of a text command from a place on, and the place behind its brace."""
    words = []
    while place < len(text):
        found = WORDS.match(text, place)
        assert found is not None  # noqa: S101 - the last choice takes any character
        place = found.end()
        if found[0] == "}":
            break
        words.append(SPOKEN.get(found[0], found[0].strip("$") if len(found[0]) > 1 else found[0]))
    return "".join(words), place
