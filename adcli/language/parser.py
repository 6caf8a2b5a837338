"""Tokens to Syntax: an LALR parser with these methods in its reductions, so no tree is built twice."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, partial
from typing import Any, NamedTuple, cast

from adcli.errors import AdcliError, AdcliSyntaxError, Span
from adcli.language import arrays, numbers, tables
from adcli.language.automaton import Automaton, Unexpected
from adcli.language.diagnostics import unexpected, wrong_count
from adcli.language.mistakes import named
from adcli.language.note import Note
from adcli.language.scanner import Scanner, scan
from adcli.language.syntax import (
    ASSIGN,
    AXIS,
    BLOCK,
    BRANCH,
    DEFINE,
    GRAD,
    INPUTS,
    INVOKE,
    LOOP,
    NAME,
    NUMBER,
    OUTPUTS,
    REPEAT,
    Syntax,
)
from adcli.language.tokens import Token
from adcli.language.vocabulary import Vocabulary
from adcli.primitives import OF_ONE_ARRAY, ROWS

OPERATIONS = {
    "PLUS": "add", "MINUS": "sub", "TIMES": "mul", "OVER": "div", "AT": "matmul", "POWER": "pow",
    "LT": "lt", "LE": "le", "GT": "gt", "GE": "ge", "EQ": "eq", "NE": "ne", "AND": "and", "OR": "or",
}  # fmt: skip
PREFIXES = {"MINUS": "neg", "NOT": "not"}


class Parsed(NamedTuple):
    """The statements of a program, and notes where print is ambiguous."""

    statements: list[Syntax]
    notes: tuple[Note, ...]


def parse(text: str, bound: Iterable[str] = (), *, explicit: bool = False) -> Parsed:
    """The statements of a program whose point binds the names `bound`.

    With `explicit`, implicit forms such as 2x are errors. Raises AdcliSyntaxError or NameProblem with the
    place, and with the mistakes of other statements as `others`, or DomainError for a huge literal.
    """
    bound = frozenset(bound)
    try:
        return parsed(text, bound, explicit=explicit)
    except AdcliError as error:
        from adcli.language.recovery import with_others  # only after a mistake

        first = with_others(error, text, bound, partial(parsed, bound=bound, explicit=explicit))
        for one in (first, *first.others):
            one.text = text
        raise first from None


def parsed(text: str, bound: Iterable[str], *, explicit: bool, known: Vocabulary | None = None) -> Parsed:
    """The statements of a text, or its first mistake; `known` are its words where it is a part of another."""
    tokens: list[Token] = []
    try:
        tokens, notes = Scanner(text, bound, explicit=explicit, known=known).scanned()
        statements = parser().parse(tokens)
        return Parsed(cast("list[Syntax]", statements), tuple(notes))
    except Unexpected as error:
        raise unexpected(text, tokens, error.token, error.expected, named(error, read)) from None


def read(sample: str) -> object:
    """What the parser makes of a text; its errors come as they are."""
    return parser().parse(scan(sample).tokens)


@cache
def parser() -> Automaton:
    """The one parser; it holds no state between texts."""
    return tables.load(ToSyntax())


class ToSyntax:
    """The methods are the grammar's rules and aliases."""

    def start(self, children: list[Any]) -> list[Syntax]:
        """The statements, without their separators."""
        return [child for child in children if isinstance(child, Syntax)]

    def assign(self, children: list[Any]) -> Syntax:
        """A name and the value it takes."""
        name, _, value = children
        return Syntax(
            ASSIGN, (Syntax(NAME, (name.value,), name.start, name.end), value), name.start, value.end
        )

    def inputs(self, children: list[Token]) -> Syntax:
        """The names of an input line."""
        word, *rest = children
        names = tuple(self.name([token]) for token in rest if token.type == "NAME")
        return Syntax(INPUTS, names, word.start, names[-1].end)

    def define(self, children: list[Any]) -> Syntax:
        """A function of the program: its name, its parameters and its body."""
        name, _, params, _, _, body = children
        for param in params:
            if param.op != NAME:
                raise AdcliSyntaxError(
                    "a parameter is a name",
                    span=Span(param.start, param.end),
                    hint="write it as in f(x, y) = x*y",
                )
        return Syntax(DEFINE, (name.value, params, body), name.start, body.end)

    def loop(self, children: list[Any]) -> Syntax:
        """A loop over whole numbers: `for k in first..last { ... }`."""
        word, name, _, first, _, last, block = children
        variable = Syntax(NAME, (name.value,), name.start, name.end)
        return Syntax(LOOP, (variable, first, last, block), word.start, block.end)

    def repeat(self, children: list[Any]) -> Syntax:
        """A loop while a condition holds: `while condition { ... }`."""
        word, condition, block = children
        return Syntax(REPEAT, (condition, block), word.start, block.end)

    def branch(self, children: list[Any]) -> Syntax:
        """A block, or another one: `if condition { ... } else { ... }`."""
        word, condition, block, *rest = children
        other = rest[1] if rest else None
        return Syntax(BRANCH, (condition, block, other), word.start, (other or block).end)

    def block(self, children: list[Any]) -> Syntax:
        """Statements in braces."""
        inside = tuple(child for child in children if isinstance(child, Syntax))
        return Syntax(BLOCK, inside, children[0].start, children[-1].end)

    def invoke(self, children: list[Any]) -> Syntax:
        """A call of a function of the program: its name and the arguments."""
        word, _, args, closed = children
        return Syntax(INVOKE, (word.value, *args), word.start, closed.end)

    def outputs(self, children: list[Any]) -> Syntax:
        """Expressions that stand alone."""
        values = tuple(child for child in children if isinstance(child, Syntax))
        return Syntax(OUTPUTS, values, values[0].start, values[-1].end)

    def operation(self, children: list[Any]) -> Syntax:
        """Two operands and the sign between them."""
        x, sign, y = children
        return Syntax(OPERATIONS[sign.type], (x, y), x.start, y.end)

    def prefix(self, children: list[Any]) -> Syntax:
        """A minus or `not`."""
        sign, x = children
        return Syntax(PREFIXES[sign.type], (x,), sign.start, x.end)

    def positive(self, children: list[Any]) -> Syntax:
        """A plus sign changes nothing."""
        sign, x = children
        whole: Syntax = x._replace(start=sign.start)
        return whole

    def number(self, children: list[Token]) -> Syntax:
        """A literal, exact."""
        (token,) = children
        span = Span(token.start, token.end)
        return Syntax(NUMBER, (numbers.value(token.value, token.value, span),), *span)

    def name(self, children: list[Token]) -> Syntax:
        """A variable or a constant."""
        (token,) = children
        return Syntax(NAME, (token.value,), token.start, token.end)

    def brackets(self, children: list[Any]) -> Syntax:
        """Brackets group; the span takes them in."""
        opened, x, closed = children
        whole: Syntax = x._replace(start=opened.start, end=closed.end)
        return whole

    def bars(self, children: list[Any]) -> Syntax:
        """The absolute value: `|x|`."""
        opened, x, closed = children
        return Syntax("abs", (x,), opened.start, closed.end)

    def arguments(self, children: list[Any]) -> tuple[Syntax, ...]:
        """What stands between the brackets of a call."""
        return tuple(child for child in children if isinstance(child, Syntax))

    def call(self, children: list[Any]) -> Syntax:
        """A function of the table; log with two arguments has the base second."""
        word, _, args, closed = children
        if word.value == GRAD:
            return differentiated(args, word, closed)
        if args and args[-1].op == AXIS:
            return along(word, args[:-1], args[-1], closed)
        op = "log" if word.value == "ln" and len(args) > 1 else word.value
        return called(op, args, word, closed)

    def axis(self, children: list[Token]) -> Syntax:
        """The axis of a sum: axis=1 or axis=2."""
        (token,) = children
        return Syntax(AXIS, (), token.start, token.end, int(token.value))

    def array(self, children: list[Any]) -> Syntax:
        """A vector [a, b], or a matrix [[a, b], [c, d]] by its rows."""
        entries = [child for child in children if isinstance(child, Syntax)]
        return arrays.literal(entries, Span(children[0].start, children[-1].end))

    def indexed(self, children: list[Any]) -> Syntax:
        """An entry or a part: x[1], W[1, 2], W[1, :], x[1:3]."""
        whole, _, *rest = children
        return arrays.indexed(whole, [child for child in rest if isinstance(child, Syntax)], rest[-1].end)

    def slice(self, children: list[Any]) -> Syntax:
        """From one place to another, both included; without them, from the first or to the last."""
        return arrays.slice_of(children)

    def transposed(self, children: list[Any]) -> Syntax:
        """A transposed matrix: Aᵀ or A.T."""
        x, sign = children
        return Syntax("transpose", (x,), x.start, sign.end)

    def choice(self, children: list[Any]) -> Syntax:
        """A choice: `if(condition, value, other value)`."""
        word, _, args, closed = children
        return called("select", args, word, closed)

    def logarithm(self, children: list[Any]) -> Syntax:
        """A logarithm whose base is part of the word: `log_b(x)`."""
        word, _, args, closed = children
        start = word.start + len("log_")
        if word.value[0].isdigit() and not numbers.is_literal(word.value):
            raise AdcliSyntaxError(
                f"log_{word.value} has a base that is neither a number nor a name",
                span=Span(word.start, word.end), hint="write log(x, b) for a base b",
            )  # fmt: skip
        op = NUMBER if word.value[0].isdigit() else NAME
        base = numbers.value(word.value, word.value, Span(start, word.end)) if op == NUMBER else word.value
        if len(args) != 1:
            raise wrong_count(f"log_{word.value}", 1, len(args), Span(word.start, word.end))
        return called("log", (*args, Syntax(op, (base,), start, word.end)), word, closed)


def along(word: Token, args: tuple[Syntax, ...], axis: Syntax, closed: Token) -> Syntax:
    """A call along an axis, of a function that has one."""
    span = Span(axis.start, axis.end)
    op = word.value
    if any(arg.op == AXIS for arg in args):
        raise AdcliSyntaxError("an axis stands last, and once", span=span)
    if op not in OF_ONE_ARRAY and not ROWS[op].axis:
        raise AdcliSyntaxError(f"{op} has no axis", span=span, hint=f"write {op}(...) without it")
    if op in OF_ONE_ARRAY and len(args) != 1:
        raise AdcliSyntaxError(f"{op} along an axis takes one array", span=span)
    return called(op, args, word, closed)._replace(data=axis.data)


def differentiated(args: tuple[Syntax, ...], word: Token, closed: Token) -> Syntax:
    """The derivative of an expression by a name."""
    if len(args) != 2:
        raise wrong_count(word.value, 2, len(args), Span(word.start, word.end))
    if args[1].op != NAME:
        raise AdcliSyntaxError(
            "grad differentiates by a name",
            span=Span(args[1].start, args[1].end),
            hint="write the variable second, as in grad(x^2*y, x)",
        )
    return Syntax(GRAD, args, word.start, closed.end)


def called(op: str, args: tuple[Syntax, ...], word: Token, closed: Token) -> Syntax:
    """A call with the number of arguments that its primitive takes."""
    row = ROWS[op]
    if stray := next((arg for arg in args if arg.op == AXIS), None):
        raise AdcliSyntaxError("an axis stands last", span=Span(stray.start, stray.end))
    least = most = len(row.args)
    if row.variadic:
        most = len(args)
    if not least <= len(args) <= most:
        raise wrong_count(word.value, least, len(args), Span(word.start, word.end), or_more=row.variadic)
    return Syntax(op, args, word.start, closed.end)
