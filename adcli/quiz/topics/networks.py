"""The pieces of networks: dot products and layers, softmax, negative log-likelihood, skip connections."""

from __future__ import annotations

from adcli.quiz.topic import Topic, forms

VECTORS = Topic(
    "vectors",
    "dot products and layers, entry by entry",
    (
        forms(
            ("dot(a, b)", "a=[{p:-3..1},{q:2..4}], b=[{r:-5..1},{o:5..7}]"),
            ("{k:2..5}*sum(x)", "x=[{p:-4..4},{q:-5..5}]"),
            ("sum(x*x)", "x=[{p:-4..4},{q:-5..5}]"),
        ),
        forms(
            ("dot(w, x) + b", "w=[{p:-3..2},{q:-2..3}], x=[{r:3..6},{o:-6..-4}], b={k:-8..8}"),
            ("{k:2..4}*dot(x, x)", "x=[{p:-4..4},{q:-5..5}]"),
            ("norm(x)", "x=[{p:3|4|5|6|8|12},{q:3|4|5|6|8|12}]"),
        ),
        forms(
            ("(dot(w, x) - t)^2", "w=[{p:-3..2},{q:-2..3}], x=[{r:3..5},{o:-5..-4}], t={k:-8..8}"),
            ("relu(dot(w, x) + b)", "w=[{p:-3..2},{q:-2..3}], x=[{r:3..6},{o:-6..-4}], b={k:7..9}"),
            ("dot(a, b)^2", "a=[{p:-3..1},{q:2..3}], b=[{r:-4..1},{o:4..5}]"),
        ),
        forms(
            ("relu(dot(w, x) + b)^2", "w=[{p:-3..2},{q:-2..3}], x=[{r:3..5},{o:-5..-4}], b={k:7..9}"),
            ("dot(a, b)/dot(b, b)", "a=[{p:-3..1},{q:2..3}], b=[{r:-4..1},{o:4..5}]"),
            ("(dot(w, x) + b - {t:2..5})^2", "w=[{p:-3..2},{q:-2..3}], x=[{r:3..5},{o:-5..-4}], b={k:7..9}"),
        ),
        forms(
            ("sum(W@x)", "W=[[{a:1..3},{b:-3..-1}],[{c:4..5},{d:-5..-4}]], x=[{p:6..7},{q:-7..-6}]"),
            ("sum(relu(W@x))", "W=[[{a:1..3},{b:-3..-1}],[{c:4..5},{d:-5..-4}]], x=[{p:-7|6|7},{q:-6|8|9}]"),
            (
                "dot(u, relu(W@x))",
                "u=[{r:2..3},{o:-2..-1}], W=[[1,4],[{c:5..6},-3]], x=[{p:7..8},{q:-5..-4}]",
            ),
        ),
    ),
    ops=("dot", "sum", "norm", "matmul"),
    formulas=False,
    arrays=True,
)
SOFTMAX = Topic(
    "softmax",
    "softmax: every score moves every probability",
    (
        forms(
            ("exp(a)/(exp(a) + {k:1..6})", "a=ln({p:2..6})"),
            ("{k:1..6}/(exp(a) + {m:1..6})", "a=ln({p:2..6})"),
        ),
        forms(
            (
                "exp({f:a|b})/(exp(a) + exp(b))",
                "a={p:0|ln(2)|ln(3)|ln(4)|ln(5)|ln(6)}, b={q:0|ln(2)|ln(3)|ln(4)|ln(5)|ln(6)}",
            ),
            ("s = {k:2..5} + exp(a); exp(a)/s", "a=ln({p:2..6})"),
        ),
        forms(
            (
                "exp({f:a|b|c})/(exp(a) + exp(b) + exp(c))",
                "a={p:0|ln(2)|ln(3)|ln(4)}, b={q:0|ln(2)|ln(3)|ln(4)}, c={r:0|ln(2)|ln(3)|ln(4)}",
            ),
            ("exp({k:2..3}*a)/(exp({k}*a) + exp(b))", "a=ln({p:2..3}), b=ln({q:2..6})"),
        ),
        forms(
            (
                "s = exp(a) + exp(b); p = exp(a)/s; q = exp(b)/s; {k:2..5}*p {s:+|-} {m:2..5}*q",
                "a={p:0|ln(2)|ln(3)|ln(4)|ln(5)}, b={q:0|ln(2)|ln(3)|ln(4)|ln(5)}",
            ),
            (
                "p = exp(a)/(exp(a) + exp(b)); {k:2..4}*p*(1 - p)",
                "a={p:0|ln(2)|ln(3)|ln(4)|ln(5)}, b={q:0|ln(2)|ln(3)|ln(4)|ln(5)}",
            ),
        ),
        forms(
            (
                "s = exp(a) + exp(b) + exp(c); p = exp(a)/s; q = exp({f:b|c})/s; {k:2..5}*p {s:+|-} q",
                "a={p:0|ln(2)|ln(3)|ln(4)}, b={q:0|ln(2)|ln(3)|ln(4)}, c={r:0|ln(2)|ln(3)|ln(4)}",
            ),
            (
                "s = exp(a) + exp(b) + exp(c); p = exp({f:a|b|c})/s; p*(1 - p)",
                "a={p:0|ln(2)|ln(3)|ln(4)}, b={q:0|ln(2)|ln(3)|ln(4)}, c={r:0|ln(2)|ln(3)|ln(4)}",
            ),
        ),
    ),
    ops=("softmax",),
)
NLL = Topic(
    "nll",
    "negative log-likelihood of a right answer",
    (
        forms(
            ("-ln(p)", "p={a:1/2|1/3|1/4|1/5|2/3|3/4|2/5|3/5|4/5}"),
            ("-ln(1 - p)", "p={a:1/2|1/3|1/4|1/5|2/3|3/4|2/5|3/5|4/5}"),
        ),
        forms(
            ("ln(1 + exp(-x))", "x=ln({p:2..8})"),
            ("-ln({k:2..6}*p) + {m:2..5}*p", "p={a:1/2|1/3|1/4|1/5|2/3|3/4}"),
            ("-{k:2..5}*ln(p) - ln(1 - p)", "p={a:1/2|1/3|1/4|1/5|2/3|3/4}"),
        ),
        forms(
            (
                "ln(exp(a) + exp(b)) - {f:a|b}",
                "a={p:0|ln(2)|ln(3)|ln(4)|ln(5)|ln(6)}, b={q:0|ln(2)|ln(3)|ln(4)|ln(5)|ln(6)}",
            ),
            ("-ln(1/(1 + exp({k:-x|-2*x})))", "x=ln({p:2..6})"),
            ("-{k:2..4}*ln(1 - p) {s:+|-} {m:2..5}*p", "p={a:1/2|1/3|1/4|2/3|3/4|2/5|3/5}"),
        ),
        forms(
            (
                "-ln(exp({f:a|b})/(exp(a) + exp(b)))",
                "a={p:0|ln(2)|ln(3)|ln(4)|ln(5)|ln(6)}, b={q:0|ln(2)|ln(3)|ln(4)|ln(5)|ln(6)}",
            ),
            (
                "ln(exp(a) + exp(b) + exp(c)) - {f:a|b|c}",
                "a={p:0|ln(2)|ln(3)|ln(4)}, b={q:0|ln(2)|ln(3)|ln(4)}, c={r:0|ln(2)|ln(3)|ln(4)}",
            ),
            ("p = 1/(1 + exp(-w*x)); -ln(p)", "w=ln({p:2..4}), x={q:-2|2|3}"),
        ),
        forms(
            (
                "s = exp(a) + exp(b) + exp(c); -ln(exp({f:a|b|c})/s)",
                "a={p:0|ln(2)|ln(3)|ln(4)}, b={q:0|ln(2)|ln(3)|ln(4)}, c={r:0|ln(2)|ln(3)|ln(4)}",
            ),
            ("p = 1/(1 + exp(-w*x)); -{k:2..4}*ln(p) - ln(1 - p)", "w=ln({p:2..4}), x={q:-2|2|3}"),
            ("p = 1/(1 + exp(-w*x - b)); -ln(p)", "w=ln({p:2..4}), x={q:-2|2|3}, b=ln({r:2..6})"),
        ),
    ),
    ops=("log",),
)
SKIP = Topic(
    "skip",
    "skip connections: an adjoint that goes around a layer",
    (
        forms(
            ("x {s:+|-} {a:2..5}*x^2", "x={p:-3..4}"),
            ("h = w*x; x {s:+|-} h", "w={p:-4..5}, x={q:-4..5}"),
            ("h = {a:2..5}*x; x {s:+|-} h", "x={p:-4..5}"),
        ),
        forms(
            ("h = relu(w*x); x {s:+|-} h", "w={p:-4..5}, x={q:-4..5}"),
            ("h = w*x; x {s:+|-} h^2", "w={p:-3..3}, x={q:-3..3}"),
            ("h = x^2; x*w {s:+|-} h", "x={q:-4..4}, w={p:-4..5}"),
        ),
        forms(
            ("h = relu(w*x + b); x + h", "w={p:-4..5}, x={q:-4..5}, b={r:-6..6}"),
            ("h = x + w*x; h + h^2", "w={p:-3..3}, x={q:-3..3}"),
            ("h = w*x; g = x + h; g*h", "w={p:-3..3}, x={q:-3..4}"),
        ),
        forms(
            ("h = x + w*x; h + u*h", "w={p:-3..4}, x={q:-3..4}, u={r:-3..4}"),
            ("h = x + relu(w*x); h {s:+|-} h^2", "w={p:-3..3}, x={q:-3..3}"),
            ("h = x + relu(w*x + b); h*x", "w={p:-3..4}, x={q:-3..4}, b={r:-6..6}"),
        ),
        forms(
            ("h = x + relu(w*x); h + relu(u*h)", "w={p:-3..4}, x={q:-3..4}, u={r:-3..4}"),
            ("h = x + w*x; g = h + u*h; g + x", "w={p:-3..4}, x={q:-3..4}, u={r:-3..4}"),
            ("h = x + relu(w*x + b); h + w*h", "w={p:-3..3}, x={q:-3..4}, b={r:-6..6}"),
        ),
    ),
    ops=("relu", "add"),
)
