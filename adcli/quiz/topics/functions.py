"""The elementary functions: sine and its family, exponentials and logarithms."""

from __future__ import annotations

from adcli.quiz.topic import Topic, forms

TRIG = Topic(
    "trig",
    "sine, cosine, tangent and their signs",
    (
        forms(
            ("{a:2..6}*{f:sin|cos}(x)", "x={p:pi/6|pi/4|pi/3|2*pi/3|3*pi/4|5*pi/6}"),
            ("{f:sin|cos|tan}(x)", "x={p:pi/6|pi/4|pi/3|2*pi/3|3*pi/4|5*pi/6}"),
            ("{f:sin|cos}(x) {s:+|-} {a:2..5}*x", "x={p:pi/6|pi/3|2*pi/3|5*pi/6}"),
        ),
        forms(
            ("{a:2..4}*{f:sin|cos|tan}({b:2..4}*x)", "x=pi/{d:6|8|12|16|18|24}"),
            ("{a:2..5}*sin(x) {s:+|-} {b:2..5}*cos(x)", "x={p:pi/6|pi/4|pi/3|2*pi/3}"),
            ("{a:2..4}*x {s:+|-} {f:sin|cos}({b:2..3}*x)", "x=pi/{d:6|12|18}"),
        ),
        forms(
            ("x*{f:sin|cos}(x)", "x={p:pi/6|pi/4|pi/3|pi/2|2*pi/3|pi}"),
            ("{a:2..5}*{f:sin|cos|tan}(x)^2", "x={p:pi/6|pi/4|pi/3|2*pi/3}"),
            ("{f:sin|cos}(x)*{g:sin|cos}(y)", "x={p:pi/6|pi/4|pi/3}, y={q:pi/6|pi/4|pi/3|2*pi/3}"),
        ),
        forms(
            ("{f:sin|cos}(x)/({a:2..3} + {g:sin|cos}(x))", "x={p:pi/6|pi/3|pi/2|2*pi/3|pi}"),
            ("{a:2..4}*{f:sin|cos}(x*y)", "x=pi/{d:4|6|12}, y={q:2|3|4}"),
            ("x^2*{f:sin|cos}({a:2..3}*y)", "x={p:-3..4}, y=pi/{d:8|9|12|18}"),
            ("{a:2..4}*atan(x*y)", "x={p:-2..3}, y={q:-3..3}"),
        ),
        forms(
            ("{f:sin|cos}(x)^2*{g:sin|cos|tan}(y)", "x={p:pi/6|pi/4|pi/3}, y={q:pi/6|pi/4|pi/3|2*pi/3}"),
            ("x*{f:sin|cos}(y) {s:+|-} y*{g:sin|cos}(x)", "x={p:pi/6|pi/3|pi/2|pi}, y={q:pi/6|pi/3|pi/2|pi}"),
            ("{f:sin|cos}(x + y)*{g:sin|cos}(x - y)", "x={p:pi/2|pi/3|pi/4}, y={q:pi/6|pi/4|pi/3}"),
        ),
    ),
    ops=("sin", "cos", "tan", "asin", "acos", "atan"),
)
EXPONENTIAL = Topic(
    "exponential",
    "exp and ln",
    (
        forms(
            ("{a:2..6}*exp(x)", "x={p:ln(2)|ln(3)|ln(5)|1|2}"),
            ("{a:2..6}*ln(x)", "x={p:2|3|4|5|e}"),
            ("exp(x) {s:+|-} {a:2..5}*x", "x={p:ln(2)|ln(3)|ln(5)|1|2}"),
        ),
        forms(
            ("{a:2..4}*exp({b:-3|-2|2|3}*x)", "x=ln({p:2..3})"),
            ("{a:2..5}*x {s:+|-} {b:2..5}*ln(x)", "x={p:2|3|4|e}"),
            ("ln({a:2..5}*x {s:+|-} {b:1..3})", "x={p:2..5}"),
        ),
        forms(
            ("x*exp({a:2..3}*x)", "x={p:-2|-1|1|2}"),
            ("{a:2..4}*x*ln(x)", "x={p:2|3|e|e^2}"),
            ("exp({d:x|2*x} {s:+|-} y)", "x=ln({p:2..3}), y=ln({q:2..5})"),
            ("ln(x*y + {a:2..5})", "x={p:1..4}, y={q:1..5}"),
        ),
        forms(
            ("x^{n:2..3}*exp(-x)", "x={p:-2|-1|1|3}"),
            ("exp(x)/(exp(x) + {a:2..5})", "x=ln({p:2..5})"),
            ("ln({a:1..4} + exp({b:2..3}*x))", "x=ln({p:2..3})"),
            ("x*exp(x*y)", "x={p:-2..2}, y={q:-2..3}"),
        ),
        forms(
            ("{a:2..4}*exp(x)*ln(y) - x*y", "x=ln({p:2..4}), y={q:2|3|e}"),
            ("(exp(x) - exp(-x))/(exp(x) + exp(-x))", "x=ln({p:2..5})"),
            ("{a:2..4}*ln(exp(x) + {b:1..3}*exp(y))", "x=ln({p:2..5}), y=ln({q:2..5})"),
            ("x^2*ln(x*y + {a:2..4})", "x={p:1..3}, y={q:1..4}"),
        ),
    ),
    ops=("exp", "log", "log2", "log10", "expm1", "log1p"),
)
