"""Derivatives in matrix formulas as bare text, for pipes, and as functions of NumPy arrays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from adcli.coding.lowering import Lowering, Needs
from adcli.coding.vectors import NUMPY
from adcli.coding.writing import helper_function
from adcli.errors import UsageError
from adcli.matrices.answer import MatrixAnswer, defined
from adcli.matrices.terms import Term
from adcli.matrices.writing import Writer
from adcli.notation import ATOM, MINUS, PRODUCT, Notation, Piece, bracket
from adcli.primitives import TABLE
from adcli.render import code
from adcli.tracing.labels import FIGURE, Labels

NOTATION = Notation(
    "numpy", " * ", raised=False, minus="-", rules=NUMPY.rules, signs={"matmul": " @ ", "div": " / "}
)
AXES = {None: "", 1: ", axis=0, keepdims=True", 2: ", axis=1, keepdims=True"}
CALLS = {
    "norm": "np.linalg.norm", "det": "np.linalg.det", "inv": "np.linalg.inv", "trace": "np.trace",
    "solve": "np.linalg.solve",
}  # fmt: skip
SUMS = {"sum": "np.sum", "mean": "np.mean", "max_entry": "np.max", "min_entry": "np.min"}
OWN = {
    "softmax": """\
def softmax(x, axis=None):
    rising = np.exp(x - np.max(x, axis=axis, keepdims=True))
    return rising / np.sum(rising, axis=axis, keepdims=True)
""",
    "logsumexp": """\
def logsumexp(x, axis=None):
    top = np.max(x, axis=axis, keepdims=True)
    found = top + np.log(np.sum(np.exp(x - top), axis=axis, keepdims=True))
    return found if axis is not None else found.item()
""",
}


class NumpyWriter(Writer):
    """Writes terms as NumPy has them; `called` collects the functions that NumPy lacks."""

    def __init__(self, names: dict[int, str]) -> None:
        super().__init__(NOTATION, code.identifier, names)
        self.called_here: dict[str, None] = {}

    def one(self, term: Term, operands: Sequence[Piece]) -> Piece:  # noqa: C901, PLR0912  # as above
        """A term whose parts are written."""
        texts, data = [piece.text for piece in operands], term.data
        match term.op:
            case "constant":
                return Piece({"pi": "np.pi", "e": "np.e"}.get(data, "(2 * np.pi)"))
            case "ones":
                return Piece(f"np.ones(({self.size(term, data[0])}, {self.size(term, data[1])}))")
            case "eye":
                return Piece(f"np.eye({self.size(term, data)})")
            case "onehot":
                return Piece(f"np.eye({self.size(term, data[1])})[:, [{data[0] - 1}]]")
            case "diag":
                self.columns[term.place] = operands[0]
                return Piece(f"np.diagflat({texts[0]})")
            case "T":
                self.inside[term.place] = self.guarded(term.args[0], operands[0])
                return Piece(f"{bracket(operands[0], ATOM)}.T")
            case "@" if not term.shape:
                return Piece(f"({self.chain(term.args, operands).text}).item()")
            case "index":
                return self.part(term, operands[0])
            case "array":
                width = data[1]
                rows = [texts[start : start + width] for start in range(0, len(texts), width)]
                return Piece(
                    f"np.array([{', '.join(f'[{chr(44).join(row)}]' for row in rows)}], dtype=float)"
                )
            case "concat":
                return Piece(f"np.concatenate(({', '.join(texts)}), axis={(data or 1) - 1})")
            case "softmax" | "logsumexp":
                self.called_here[term.op] = None
                axis = "" if data is None else f", axis={data - 1}"
                return Piece(f"{term.op}({texts[0]}{axis})")
        if term.op in CALLS:
            return Piece(f"{CALLS[term.op]}({', '.join(texts)})")
        if term.op in SUMS:
            return Piece(f"{SUMS[term.op]}({texts[0]}{AXES[data]})")
        if term.op in TABLE and (term.op not in NUMPY.rules or term.op in (NUMPY.own or {})):
            self.called_here[term.op] = None
        return super().one(term, operands)

    def chain(self, terms: Sequence[Term], operands: Sequence[Piece]) -> Piece:
        """A matrix product; xᵀ@Aᵀ as (A @ x).T."""
        made = super().chain(terms, operands)
        return made if made.text.endswith(".T") else Piece(made.text, min(made.binds, PRODUCT))

    def turned(self, piece: Piece) -> Piece:
        """A transposed product."""
        return Piece(f"{bracket(piece, ATOM)}.T")

    def part(self, term: Term, operand: Piece) -> Piece:
        """An entry or a part, counted from 0."""
        (x,) = term.args
        places = [
            str(at - 1) if isinstance(at, int) else f"{at[0] - 1 if at[0] else ''}:{at[1] or ''}"
            for at in term.data
        ]
        if len(places) == 1:
            places = [places[0], "0"] if x.shape[1] == 1 and not term.shape else places
            if x.shape[1] != 1:
                places = ["0", places[0]] if not term.shape else [":", places[0]]
        shape = "" if not term.shape or len(term.shape) < 2 or ":" in places[0] else ".reshape(-1, 1)"
        return Piece(f"{bracket(operand, ATOM)}[{', '.join(places)}]{shape}")

    def size(self, term: Term, n: int) -> str:
        """A size, or its letter."""
        return term.algebra.names.get(n, str(n))

    def power(self, base: Piece, exponent: Any) -> Piece:
        """A power."""
        return base if exponent == 1 else Piece(f"{bracket(base, ATOM)}**{exponent_text(exponent)}", MINUS)


def exponent_text(exponent: Any) -> str:
    """An exponent as Python writes it."""
    return str(exponent) if exponent == int(exponent) else f"({exponent})"


def matrix_code(answer: MatrixAnswer, language: str) -> str:
    """The formulas in one of the languages, a line or a function each."""
    if language == "python":
        return numpy_code(answer)
    if language == "text":
        lines = [answer.source(formula.term) for row in answer.formulas.values() for formula in row.values()]
    else:
        writer = Writer(FIGURE.notation, Labels(answer.program, FIGURE).plain, answer.names)
        written = [writer.text(each.term) for row in answer.formulas.values() for each in row.values()]
        lines = [*(f"{name} = {text}" for name, text in defined(answer, writer)), *written]
    rest = "" if answer.rest is None else code.formula_code(answer.rest, language)
    return "".join(f"{line}\n" for line in lines) + rest


def numpy_code(answer: MatrixAnswer) -> str:
    """A function of all inputs for each derivative."""
    if answer.rest is not None:
        raise UsageError(
            "some of these derivatives are no matrix formulas, and NumPy code has those alone",
            hint="choose inputs with --wrt, or add --expand",
        )
    functions: list[str] = []
    needed: dict[str, None] = {}
    for output, row in answer.formulas.items():
        for name, formula in row.items():
            writer = NumpyWriter(answer.names)
            functions.append("\n".join(function(answer, writer, output, name, formula.term)))
            needed.update(writer.called_here)
    helpers = [text for op in needed for text in definitions(op)]
    helpers = list(dict.fromkeys(helpers))
    imports = [*(text for text in helpers if text.startswith("import")), "import numpy as np"]
    helpers = [text for text in helpers if not text.startswith("import")]
    return "\n\n\n".join(["\n".join(imports), *helpers, *functions]) + "\n"


def function(answer: MatrixAnswer, writer: NumpyWriter, output: str, name: str, term: Term) -> Iterator[str]:
    """A function: its inputs as arrays of two axes, the sizes that have letters, named steps, the result."""
    order = "" if answer.order == 1 else str(answer.order)
    text = writer.text(term)
    parts = defined(answer, writer)
    inputs = answer.program.inputs
    title = code.identifier(f"d{order}{output}_d{name}{order}")
    yield f"def {title}({', '.join(map(code.identifier, inputs))}):"
    said: set[int] = set()
    for each in inputs:
        shape = answer.sizes.shapes[each]
        own = code.identifier(each)
        if shape:
            column = ".reshape(-1, 1)" if shape[1] == 1 else ""
            yield f"    {own} = np.asarray({own}, dtype=float){column}"
        for axis, n in enumerate(shape):
            if n in answer.sizes.letters and n not in said:
                said.add(n)
                letter = answer.sizes.letters[n]
                if any(
                    f"{sign}{letter}{end}" in f" {text} {' '.join(p for _, p in parts)} "
                    for sign in " (,/"
                    for end in " ),*/"
                ):
                    yield f"    {letter} = {own}.shape[{axis}]"
    for part, written in parts:
        yield f"    {part} = {written}"
    yield f"    return {text}"


def definitions(op: str) -> Iterator[str]:
    """The functions that an operation of the language is in NumPy."""
    if op in OWN:
        yield OWN[op].rstrip()
        return
    own = NUMPY.own or {}
    if op in own:
        yield from ("import math", own[op].rstrip())
        return
    needs = Needs()
    inside = Lowering("numpy", NUMPY.direct, needs)
    result = inside.lowered(op, tuple(inside.symbol(name) for name in TABLE[op].args))
    made = dict(needs.functions)
    made.setdefault(op, (inside.graph, result.node))
    for each in dict.fromkeys(each for graph, _ in made.values() for each in graph.op if each in own):
        yield from definitions(each)
    for name, (graph, node) in made.items():
        yield "\n".join(helper_function(NUMPY, name, graph, node, set())).rstrip()
