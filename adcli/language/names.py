"""Names: which words are variables, functions or words of the language, and their ASCII form."""

from __future__ import annotations

import re
from difflib import get_close_matches

from adcli.errors import AdcliSyntaxError, NameProblem, Span
from adcli.primitives import ALIASES, ROWS

GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ϵ": "epsilon", "ζ": "zeta",
    "η": "eta", "θ": "theta", "ϑ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "µ": "mu",
    "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi",
    "ϕ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega", "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta",
    "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega",
}  # fmt: skip
LETTERS = "A-Za-z" + "".join(letter for letter in GREEK if letter not in "πτ")
SUBSCRIPT = r"(?:_\{[A-Za-z0-9]+\}|[₀-₉]+)"
# π and τ stand alone unless they carry a subscript: 2πr is 2·π·r.
WORD = rf"(?:[{LETTERS}][{LETTERS}0-9]*(?:_[{LETTERS}0-9]+)*|[πτ](?:_[{LETTERS}0-9]+)*){SUBSCRIPT}?"
DIGITS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
CONSTANTS = ("e", "pi", "tau")
LONGEST_MISSPELT = 60  # letters; a longer word is no slip of the finger

FUNCTIONS = {name: name for name, row in ROWS.items() if row.callable} | ALIASES | {"log": "ln"}
BARE = {word for word, name in FUNCTIONS.items() if ROWS[name].bare} | {"log"}

# Words of prose and of other languages are never names: each says what to write instead.
KEYWORDS = {
    "return": "the last expression is the output; write it alone",
    "let": "write y = ... without let",
    "var": "write y = ... without var",
    "const": "write y = ... without const",
    "def": "write the expression itself, as in x^2 + 1; a function is f(x) = x^2",
    "function": "write the expression itself, as in x^2 + 1; a function is f(x) = x^2",
    "import": "all functions are there; adcli functions lists them",
    "from": "a loop is written for k in 1..6 { ... }; functions need no import",
    "mod": "the remainder of a by b is a - b*floor(a/b)",
    "of": "write the function with its argument in brackets, as in sin(x)",
    "where": "write the definition first, as in y = 2*x; x + y; to choose write if(condition, a, b)",
    "then": "write if(condition, value, other value)",
    "else": "else continues an if: if x < 0 { ... } else { ... }, or write if(x < 0, -x, x)",
    "elif": "write else if x < 1 { ... }, or if(condition, value, other value)",
    "for": "a loop is a statement of its own: for k in 1..6 { s = s + k }",
    "while": "a loop is a statement of its own: while s < 1 { s = 2*s }",
    "in": "in is a word of the language, not a name",
    "do": "do is a word of the language, not a name",
    "end": "end is a word of the language, not a name",
    **dict.fromkeys(("true", "false", "True", "False"), "write a comparison, as in x < 1"),
    "derivative": "write the function itself; adcli grad gives its derivative at a point",
    "diff": "write the function itself; adcli grad gives its derivative at a point",
    "int": "adcli differentiates; it does not integrate (floor rounds down)",
    "integrate": "adcli differentiates; it does not integrate",
    "limit": "adcli evaluates at points; it takes no limits",
    "solve": "adcli evaluates and differentiates; it does not solve equations",
    "print": "write the expression itself; it is an output",
}


def foreign_word(text: str, word: str, span: Span) -> AdcliSyntaxError:
    """The error for a word that cannot be a name."""
    return AdcliSyntaxError(f'"{word}" is not a name here', span=span, text=text, hint=KEYWORDS[word])


def canonical(word: str) -> str:
    """The ASCII form of a name: theta for θ, x_1 for x₁ and x_{1}.

    >>> canonical("θ₁"), canonical("x_{12}"), canonical("x1")
    ('theta_1', 'x_12', 'x1')
    """
    if word.isascii() and "{" not in word:
        return word
    word = word.replace("_{", "_").rstrip("}")
    stem = word.rstrip("₀₁₂₃₄₅₆₇₈₉")
    if stem != word:
        word = f"{stem}_{word[len(stem) :].translate(DIGITS)}"
    return "".join(GREEK.get(letter, letter) for letter in word)


def twin(name: str) -> str:
    """The form in which x1 and x_1 are alike: they read the same, so a program may not use both."""
    return re.sub(r"_(?=\d)", "", name)


def nearest(word: str, known: list[str]) -> str | None:
    """The known name that a misspelt one most likely means: one slip in three letters, or a part of it."""
    exact = [name for name in known if name.lower() == word.lower()]
    if exact or len(word) > LONGEST_MISSPELT:
        return exact[0] if exact else None
    found: list[tuple[int, int, int, str]] = []
    for name in get_close_matches(word, known, n=5, cutoff=0.6):
        count = slips(word.lower(), name.lower())
        part = min(len(word), len(name)) > 1 and (name.startswith(word) or word.startswith(name))
        if part or count <= max(1, len(word) // 3):
            found.append((0 if part else count, abs(len(word) - len(name)), len(found), name))
    return min(found)[-1] if found else None


def slips(word: str, other: str) -> int:
    """The fewest letters to change, drop, add or swap with a neighbour that make one word the other."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(word, 1):
        above, two_above = row, before
        row = [i]
        for j, meant in enumerate(other, 1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (letter != meant)))
            if i > 1 and j > 1 and letter == other[j - 2] and word[i - 2] == meant:
                row[-1] = min(row[-1], two_above[j - 2] + 1)
        before = above
    return row[-1]


CALLED_ELSEWHERE = {  # functions by what other countries and programs call them
    "ctg": "cot",
    "lg": "log10",
    "sqr": "sqrt",
    "sen": "sin",
    "tg": "tan",
    "lb": "log2",
    "arctg": "atan",
    "arcctg": "acot",
    "cosec": "csc",
    "cosech": "csch",
    "cotg": "cot",
    "sh": "sinh",
    "ch": "cosh",
    "th": "tanh",
    "cth": "coth",
    "tgh": "tanh",
    "ctgh": "coth",
    "cotanh": "coth",
    "arsh": "asinh",
    "arch": "acosh",
    "arth": "atanh",
    "arcth": "acoth",
    "sgn": "sign",
    "ld": "log2",
    "raiz": "sqrt",
    "racine": "sqrt",
    "wurzel": "sqrt",
    "heaviside": "step",
    "expit": "sigmoid",
    "swish": "silu",
    "gammaln": "lgamma",
    "psi": "digamma",
    "phi": "normpdf",
    "Phi": "normcdf",
    "sigma": "sigmoid",
    "average": "mean",
    "avg": "mean",
    "tr": "trace",
}


ANOTHER_WAY = {  # functions of other languages that are not one function here
    "range": "a loop is written for k in 1..6 { ... }",
    **dict.fromkeys(("root", "nthroot", "nroot", "surd"), "write x^(1/n), or cbrt(x) for the third root"),
    **dict.fromkeys(("prod", "product"), "multiply in a loop, as in p = 1; for k in 1..5 { p = p*k }"),
    **dict.fromkeys(("asec", "arcsec"), "write acos(1/x)"),
    **dict.fromkeys(("acsc", "arccsc", "arccosec"), "write asin(1/x)"),
    **dict.fromkeys(("fact", "factorial"), "write gamma(n+1)"),
    **dict.fromkeys(("binom", "comb", "ncr", "choose"), "write gamma(n+1)/(gamma(k+1)*gamma(n-k+1))"),
    **dict.fromkeys(("trunc", "fix"), "write sign(x)*floor(abs(x))"),
    **dict.fromkeys(("clip", "clamp"), "write min(max(x, a), b)"),
    **dict.fromkeys(("if", "iif", "ifelse", "piecewise"), "write if(x < 0, -x, x)"),
    **dict.fromkeys(
        ("d", "diff", "derivative"),
        "a derivative is not written in the text: adcli diff gives it as a formula, adcli grad at a point",
    ),
    "beta": "write gamma(a)*gamma(b)/gamma(a+b)",
    "exp10": "write 10^x",
    "exp2": "write 2^x",
    "square": "write x^2",
    "sq": "write x^2 for the square, sqrt(x) for the root",
    "cube": "write x^3",
    "frac": "write x - floor(x)",
    "hardtanh": "write max(-1, min(1, x))",
    "ln10": "write log10(x), or ln(10*x)",
    "logsigmoid": "write -softplus(-x)",
    "mish": "write x*tanh(softplus(x))",
    "softsign": "write x/(1 + abs(x))",
}


def nearest_function(word: str) -> str | None:
    """The function that a misspelt one most likely means, in small letters too."""
    known = sorted(FUNCTIONS)
    return nearest(canonical(word), known) or (nearest(word.lower(), known) if word.isupper() else None)


def unknown_function(text: str, word: str, span: Span, *, brackets: bool = False) -> NameProblem:
    """The error for a call of something that is no function; with `brackets`, of one called with [ ]."""
    if brackets and word in FUNCTIONS:
        return NameProblem(
            f"the arguments of {word} stand in round brackets",
            span=span,
            text=text,
            hint=f"write {word}(...)",
        )
    known, small = canonical(word), word.lower()
    meant = CALLED_ELSEWHERE.get(known) or CALLED_ELSEWHERE.get(small) or nearest_function(word)
    also = f" ({FUNCTIONS[meant]})" if meant and FUNCTIONS[meant] != meant else ""
    hint = ANOTHER_WAY.get(word) or ANOTHER_WAY.get(small)
    if hint is None and meant:
        hint = f"did you mean {meant}{also}?" + (
            f" For a product write {word}*(...)" if known != word else ""
        )
    elif hint is None:
        hint = f"for a product write {word}*(...); adcli functions lists the functions"
    return NameProblem(f'unknown function "{word}"', span=span, text=text, hint=hint)
