"""Terms as text: 2·(A@x - b)ᵀ@A in tables, transpose(...) in the language, and in LaTeX."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from adcli.matrices.terms import DIAG, ONES, TIMES, TURNED, UNIT, Factor, Term
from adcli.notation import MINUS, PRODUCT, Notation, Piece, bracket, constant, write
from adcli.notation.show import ENTRYWISE

if TYPE_CHECKING:
    from fractions import Fraction

Leaf = Callable[[str], str]


class Writer:
    """Writes terms in one notation; `leaf` says how an input is written."""

    def __init__(self, notation: Notation, leaf: Leaf, names: Mapping[int, str] | None = None) -> None:
        self.notation = notation
        self.leaf = leaf
        self.names = names or {}  # of steps, by the places of their terms
        self.used: set[int] = set()
        self.columns: dict[int, Piece] = {}  # what is on the diagonal of a matrix
        self.inside: dict[int, Piece] = {}  # what transposed terms are the transposed of
        self.sign = ENTRYWISE[notation.name].signs["mul"] if notation.name in ENTRYWISE else notation.times

    def text(self, formula: Term) -> str:
        """The formula."""
        return self.piece(formula).text

    def piece(self, formula: Term) -> Piece:
        """The formula as a piece; parts before wholes."""
        return self.written(formula, self.names)

    def definition(self, formula: Term) -> Piece:
        """What a step is, in the names of other steps."""
        return self.written(
            formula, {place: name for place, name in self.names.items() if place < formula.place}
        )

    def written(self, formula: Term, names: Mapping[int, str]) -> Piece:
        """The formula with names for some of its parts."""
        needed = {formula.place}
        for place in range(formula.place, -1, -1):
            if place in needed and place not in names:
                needed.update(formula.algebra.args[place])
        self.used.update(needed.intersection(names))
        done: dict[int, Piece] = {}
        for place in sorted(needed):
            term = Term(formula.algebra, place)
            if place in names:
                done[place] = Piece(self.leaf(names[place]))
            else:
                done[place] = self.one(term, [done[arg.place] for arg in term.args])
        return done[formula.place]

    def one(self, term: Term, operands: Sequence[Piece]) -> Piece:  # noqa: C901  # a case for each kind
        """A term whose parts are written."""
        match term.op:
            case "number":
                return constant(whole(term.data), self.notation)
            case "constant":
                return constant(term.data, self.notation)
            case "input":
                return Piece(self.leaf(term.data))
            case "ones" | "eye" | "onehot":
                sizes = term.data if isinstance(term.data, tuple) else (term.data,)
                known = {} if term.op == UNIT else term.algebra.names
                texts = [known.get(size, str(size)) for size in sizes]
                if term.op == UNIT:
                    texts[1] = term.algebra.names.get(sizes[1], texts[1])
                return self.called(term.op, texts)
            case "size":
                return Piece(self.leaf(term.algebra.names[term.data]))
            case "+":
                return self.sum(term, operands)
            case "*":
                return self.product(term, operands)
            case "@":
                return self.chain(term.args, operands)
            case "T":
                self.inside[term.place] = self.guarded(term.args[0], operands[0])
                return write("transpose", operands, self.notation)
            case "diag":
                return self.diagonal(term, operands[0])
        return write(term.op, operands, self.notation, term.data)

    def called(self, name: str, arguments: Sequence[str]) -> Piece:
        """A function of what is written already."""
        inside = ", ".join(arguments)
        return Piece(rf"\operatorname{{{name}}}({inside})" if self.notation.latex else f"{name}({inside})")

    def diagonal(self, term: Term, operand: Piece) -> Piece:
        """A diagonal matrix; the language has it as a column that is repeated along an identity."""
        self.columns[term.place] = operand
        if self.notation.name == "source":
            size = term.algebra.names.get(term.shape[0], str(term.shape[0]))
            return Piece(f"{bracket(operand, PRODUCT)}*eye({size})", PRODUCT)
        return self.called("diag", [operand.text])

    def sum(self, term: Term, operands: Sequence[Piece]) -> Piece:
        """A sum, what is added before what is taken off."""
        each = [
            (number, self.scaled(abs(number), part, operand))
            for number, part, operand in zip(term.data, term.args, operands, strict=True)
        ]
        each.sort(key=lambda pair: pair[0] < 0)
        (first, made), *rest = each
        if first < 0:
            made = self.negative(made)
        for number, piece in rest:
            made = write("sub" if number < 0 else "add", [made, piece], self.notation)
        return made

    def scaled(self, number: Fraction, term: Term, operand: Piece) -> Piece:
        """A term with its coefficient."""
        if number == 1:
            return operand
        coefficient, factors = term.factors()
        pieces = {term.place: operand}
        if term.op == TIMES:
            pieces = {base.place: self.piece(base) for base, _ in factors}
        return self.factors(number * coefficient, factors, pieces)

    def product(self, term: Term, operands: Sequence[Piece]) -> Piece:
        """A product entry by entry."""
        coefficient, factors = term.factors()
        pieces = {base.place: piece for (base, _), piece in zip(factors, operands, strict=True)}
        return self.factors(coefficient, factors, pieces)

    def factors(self, coefficient: Fraction, factors: Sequence[Factor], pieces: dict[int, Piece]) -> Piece:
        """A coefficient, numbers, arrays, and what they are divided by."""
        numbers = [each for each in factors if not each[0].shape]
        arrays = [each for each in factors if each[0].shape and each[0].op != ONES]
        ones = [each for each in factors if each[0].op == ONES]
        size = abs(coefficient)
        above = [] if size.numerator == 1 else [constant(size.numerator, self.notation)]
        below = [] if size.denominator == 1 else [constant(size.denominator, self.notation)]
        above += [self.power(pieces[base.place], power) for base, power in numbers if power > 0]
        below += [self.power(pieces[base.place], -power) for base, power in numbers if power < 0]
        top = [self.power(pieces[base.place], power) for base, power in arrays if power > 0]
        bottom = [self.power(pieces[base.place], -power) for base, power in arrays if power < 0]
        top += [pieces[base.place] for base, _ in ones]
        shown = self.joined(above, self.notation.times) if above else None
        array = self.joined(top, self.sign) if top else None
        if bottom:
            over = self.joined(bottom, self.sign)
            array = write("div", [array or shown or constant(1, self.notation), over], self.notation)
            if not top:
                shown = None
        made: Piece
        if below and (shown is not None or array is None or self.notation.latex):
            shown = write("div", [shown or constant(1, self.notation), self.below(below)], self.notation)
            below = []
        if shown is not None and array is not None:
            made = self.joined([shown, array], self.notation.times)
        else:
            found = shown or array
            made = constant(1, self.notation) if found is None else found
        if below:
            made = write("div", [made, self.below(below)], self.notation)
        return self.negative(made) if coefficient < 0 else made

    def negative(self, piece: Piece) -> Piece:
        """A minus before a product, which binds it tighter; before a sum in brackets."""
        inside = bracket(piece, PRODUCT, self.notation, follows=True)
        return Piece(self.notation.minus + inside, min(piece.binds, MINUS), tall=piece.tall)

    def below(self, pieces: Sequence[Piece]) -> Piece:
        """A product under a stroke."""
        return self.joined(pieces, self.notation.times)

    def joined(self, pieces: Sequence[Piece], sign: str) -> Piece:
        """Factors with a sign between them; a matrix product among them stands in brackets."""
        if len(pieces) == 1:
            return pieces[0]
        texts = []
        for place, piece in enumerate(pieces):
            chained = place < len(pieces) - 1 and ("@" in piece.text or r"\," in piece.text)
            last = place == len(pieces) - 1 and sign == self.notation.times and piece.binds == PRODUCT
            least = PRODUCT if (place == 0 and not chained) or last else MINUS
            texts.append(bracket(piece, least, self.notation, follows=place > 0))
        return Piece(sign.join(texts), PRODUCT, tall=any(piece.tall for piece in pieces))

    def power(self, base: Piece, exponent: int | Fraction) -> Piece:
        """A power."""
        return (
            base
            if exponent == 1
            else write("pow", [base, constant(whole(exponent), self.notation)], self.notation)
        )

    def chain(self, terms: Sequence[Term], operands: Sequence[Piece]) -> Piece:
        """A matrix product."""
        made: Piece | None = None
        place = 0
        if terms[0].op == DIAG and self.notation.name in ("source", "numpy") and len(terms) > 1:
            column = self.columns[terms[0].place]
            made = write("mul", [column, self.guarded(terms[1], operands[1])], self.notation)
            place = 2
        while place < len(terms):
            end = place
            while end < len(terms) and terms[end].op == TURNED and self.inside.get(terms[end].place):
                end += 1
            if end - place > 1:  # xᵀ@Aᵀ is (A@x)ᵀ
                inner = [self.inside[term.place] for term in reversed(terms[place:end])]
                product = inner[0]
                for each in inner[1:]:
                    product = write("matmul", [product, each], self.notation)
                piece = self.turned(product)
                place = end
            else:
                piece = self.guarded(terms[place], operands[place])
                place += 1
            made = piece if made is None else write("matmul", [made, piece], self.notation)
        assert made is not None  # noqa: S101  # a product has factors
        return made

    def turned(self, piece: Piece) -> Piece:
        """A transposed product."""
        return write("transpose", [piece], self.notation)

    def guarded(self, term: Term, piece: Piece) -> Piece:
        """A factor of a matrix product; a product entry by entry stands in brackets."""
        return (
            replaced(piece, MINUS, self.notation)
            if term.op in (TIMES, DIAG) and piece.binds <= PRODUCT
            else piece
        )


def replaced(piece: Piece, least: int, notation: Notation) -> Piece:
    """A piece in brackets where it binds less."""
    return piece._replace(text=bracket(piece, least, notation), binds=max(piece.binds, least))


def whole(value: int | Fraction) -> int | Fraction:
    """A fraction without a denominator as a whole number."""
    return int(value) if value == int(value) else value
