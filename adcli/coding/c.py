"""C11 with the functions of math.h."""

from __future__ import annotations

from collections.abc import Sequence

from adcli.coding.target import Target, call, calls, nested
from adcli.notation import ATOM, COMPARE, NOT, OPEN, POWER, PRODUCT, Piece, Rule, bracket

HEADS = {
    "sqrt": "sqrt", "cbrt": "cbrt", "exp": "exp", "expm1": "expm1", "ln": "log", "log10": "log10",
    "log2": "log2", "log1p": "log1p", "sin": "sin", "cos": "cos", "tan": "tan", "asin": "asin",
    "acos": "acos", "atan": "atan", "atan2": "atan2", "sinh": "sinh", "cosh": "cosh", "tanh": "tanh",
    "asinh": "asinh", "acosh": "acosh", "atanh": "atanh", "erf": "erf", "erfc": "erfc", "gamma": "tgamma",
    "lgamma": "lgamma", "abs": "fabs", "floor": "floor", "ceil": "ceil", "round": "nearbyint",
    "polygamma": "polygamma",
}  # fmt: skip
WORDS = frozenset({
    "auto", "break", "case", "char", "const", "continue", "default", "do", "double", "else", "enum",
    "extern", "float", "for", "goto", "if", "inline", "int", "long", "register", "restrict", "return",
    "short", "signed", "sizeof", "static", "struct", "switch", "typedef", "union", "unsigned", "void",
    "volatile", "while", "asm", "bool", "true", "false", "main", "pow", "hypot", "fmin", "fmax", "fmod",
    "fma", "modf", "frexp", "ldexp", "log", "logb", "scalb", "signgam", "gamma", "y0", "y1", "yn", "j0",
    "j1", "jn", "fabs", "rint", "trunc", "remainder", "signbit", "isnan", "isinf", "isfinite",
    "isnormal", "nan", "div", "abs", "labs", "exit", "abort", "malloc", "free", "printf", "scanf",
    "puts", "exp2", "pow10", "unix", "linux", "i386", "complex", "imaginary", "drem", "finite",
    "significand", "sincos", "index", "errno", "INFINITY", "NAN", "HUGE_VAL", "NULL", "EOF", "FP_NAN",
    "FP_ZERO", "math_errhandling", "I",
})  # fmt: skip


def power(operands: Sequence[Piece]) -> Piece:
    """A square as a product, any other power by pow."""
    x, y = operands
    if y.constant == 2 and x.binds == ATOM and x.text.isidentifier():
        return Piece(f"{x.text} * {x.text}", PRODUCT)
    return call("pow")(operands)


def negation(operands: Sequence[Piece]) -> Piece:
    """A condition that must not hold."""
    return Piece(f"!{bracket(operands[0], POWER)}", ATOM)


def choice(operands: Sequence[Piece]) -> Piece:
    """A choice."""
    condition, x, y = operands
    return Piece(f"{bracket(condition, OPEN + 1)} ? {bracket(x, OPEN + 1)} : {y.text}", OPEN)


def joined(sign: str) -> Rule:
    """The rule of a connective; brackets say what compilers would warn about."""
    return lambda operands: Piece(
        f"{bracket(operands[0], COMPARE)} {sign} {bracket(operands[1], COMPARE)}", NOT
    )


POLYGAMMA = """\
/* The n-th derivative of digamma, for n = 0, 1, 2, ...: DLMF 5.15.8, from x upwards by 5.15.5. */
static double polygamma(double order, double x)
{
    static const double bernoulli[] = {
        1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30, 5.0 / 66, -691.0 / 2730, 7.0 / 6, -3617.0 / 510,
        43867.0 / 798};
    const double pi = 3.141592653589793;
    const int n = (int)order;
    double sum = 0.0, tail, factorial = 1.0;
    if (x <= 0.0 && x == floor(x))
        return NAN;
    if (x < 0.0) { /* reflected: the derivatives of cot are polynomials in cot */
        double p[206] = {0.0, 1.0}, rest = 0.0;
        const double part = x - nearbyint(x), far = copysign(0.5, part) - part;
        const double c = fabs(part) < 0.25 ? 1.0 / tan(pi * part) : tan(pi * far);
        for (int m = 0; m < n; m++) {
            double q[206] = {0.0};
            for (int k = 1; k <= m + 1; k++) {
                q[k - 1] -= k * p[k];
                q[k + 1] -= k * p[k];
            }
            for (int k = 0; k <= m + 2; k++)
                p[k] = q[k];
        }
        for (int k = n + 1; k >= 0; k--)
            rest = rest * c + p[k];
        return (n % 2 ? -1.0 : 1.0) * polygamma(order, 1.0 - x) - pow(pi, n + 1) * rest;
    }
    for (int k = 2; k <= n; k++)
        factorial *= k;
    for (; x < 16.0 + n; x += 1.0)
        sum += pow(x, -(n + 1));
    tail = n == 0 ? -0.5 / x : pow(x, -n) / n + 0.5 * pow(x, -(n + 1));
    for (int k = 1; k <= 9; k++) {
        double rising = n == 0 ? -1.0 / (2 * k) : 1.0 / factorial;
        for (int j = 2 * k + 1; j < 2 * k + n; j++)
            rising *= j;
        tail += bernoulli[k - 1] * rising * pow(x, -(2 * k + n));
    }
    if (n == 0)
        return log(x) + tail - sum;
    return (n % 2 ? 1.0 : -1.0) * factorial * (tail + sum);
}
"""

C = Target(
    "c",
    ".c",
    "//",
    rules=calls(HEADS)
    | {
        "pow": power,
        "hypot": nested("hypot"),
        "max": nested("fmax"),
        "min": nested("fmin"),
        "select": choice,
        "not": negation,
        "and": joined("&&"),
        "or": joined("||"),
    },
    words=frozenset({*WORDS, *HEADS.values()}),
    whole=".0",
    constants={"pi": "3.141592653589793", "e": "2.718281828459045", "tau": "6.283185307179586"},
    own={"polygamma": POLYGAMMA},
)
