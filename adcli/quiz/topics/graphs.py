"""What a computation graph adds: several inputs, steps that are used twice, kinks, loops and choices."""

from __future__ import annotations

from adcli.quiz.topic import Topic, forms

PARTIALS = Topic(
    "partials",
    "several inputs: one moves, the others stay",
    (
        forms(
            ("{a:2..6}*x {s:+|-} {b:2..6}*y", "x={p:-4..5}, y={q:-4..5}"),
            ("x*y {s:+|-} {a:2..6}*x", "x={p:-4..5}, y={q:-4..5}"),
            ("x^2 {s:+|-} {a:2..6}*y", "x={p:-3..4}, y={q:-4..5}"),
        ),
        forms(
            ("x^2*y {s:+|-} {a:2..5}*y", "x={p:-3..3}, y={q:-4..5}"),
            ("{a:2..4}*x*y {s:+|-} y^2", "x={p:-3..4}, y={q:-3..4}"),
            ("(x {s:+|-} {a:2..4}*y)^2", "x={p:-3..4}, y={q:-3..4}"),
        ),
        forms(
            ("x^2*y {s:+|-} x*y^2", "x={p:-3..4}, y={q:-3..4}"),
            ("x*y {s:+|-} {a:2..4}*y*z", "x={p:-3..4}, y={q:-4..5}, z={r:-3..6}"),
            ("{a:2..6}*x/y {s:+|-} y", "x={p:-4..5}, y={q:-3..4}"),
        ),
        forms(
            ("x*y*z {s:+|-} {a:2..4}*z^2", "x={p:-3..3}, y={q:-2..4}, z={r:-3..4}"),
            ("x^2*y/z", "x={p:-3..4}, y={q:-3..5}, z={r:-4|-2|2|3|5}"),
            ("exp(x)*y {s:+|-} {a:2..4}*z*y", "x=ln({p:2..5}), y={q:-3..4}, z={r:-3..4}"),
        ),
        forms(
            ("x*y^2 {s:+|-} z*exp(w)", "x={p:-3..3}, y={q:-3..4}, z={r:-3..4}, w=ln({o:2..5})"),
            ("(x*y {s:+|-} z)^2*w", "x={p:-2..3}, y={q:-3..3}, z={r:-3..4}, w={o:-3..5}"),
            ("(x {s:+|-} {a:2..3}*y)/(z*w)", "x={p:-3..4}, y={q:-3..5}, z={r:-3..4}, w={o:-4..5}"),
        ),
    ),
)
SHARING = Topic(
    "sharing",
    "a step used twice: its adjoints add up",
    (
        forms(
            ("x*x {s:+|-} {a:2..5}*x", "x={p:-3..4}"),
            ("u = x {s:+|-} {a:1..5}; u*u", "x={p:-4..5}"),
            ("u = {a:2..4}*x; u {s:+|-} u^2", "x={p:-2..3}"),
        ),
        forms(
            ("u = x^2; u*(u {s:+|-} {a:1..5})", "x={p:-2..3}"),
            ("u = x {s:+|-} {a:1..4}; x*u", "x={p:-4..5}"),
            ("u = x*y; u {s:+|-} u^2", "x={p:-2..3}, y={q:-3..3}"),
        ),
        forms(
            ("u = x*y; u*x {s:+|-} {a:2..5}*u", "x={p:-3..3}, y={q:-3..4}"),
            ("u = x {s:+|-} y; u*x - u", "x={p:-3..4}, y={q:-3..4}"),
            ("u = exp(x); u/(u + {a:1..5})", "x=ln({p:2..5})"),
        ),
        forms(
            ("u = x*y; v = u {s:+|-} x; u*v", "x={p:-3..3}, y={q:-3..3}"),
            ("u = {f:sin|cos}(x); u^2 {s:+|-} {a:2..4}*u", "x={p:pi/6|pi/3|2*pi/3|5*pi/6}"),
            ("u = x^2 {s:+|-} y; v = u*y; u {t:+|-} v", "x={p:-2..3}, y={q:-3..3}"),
        ),
        forms(
            ("u = x*y; v = u {s:+|-} x; w = v*u; w {t:+|-} v", "x={p:-2..3}, y={q:-2..3}"),
            ("u = x {s:+|-} y; v = u*x; u*v {t:+|-} {a:2..3}*v", "x={p:-2..3}, y={q:-3..3}"),
            ("u = exp(x); v = u {s:+|-} y; u*v {t:+|-} v^2", "x=ln({p:2..4}), y={q:-3..4}"),
        ),
    ),
    ops=("add", "mul"),
)
KINKS = Topic(
    "kinks",
    "relu, abs, max and min, from level 4 also on a kink",
    (
        forms(
            ("relu({a:2..4}*x {s:+|-} {b:1..7})", "x={p:-3..4}"),
            ("abs({a:2..4}*x {s:+|-} {b:1..7})", "x={p:-3..4}"),
            ("{f:max|min}({a:2..4}*x, y)", "x={p:-3..3}, y={q:-5..5}"),
        ),
        forms(
            ("x*abs(x {s:+|-} {a:1..4})", "x={p:-4..4}"),
            ("relu({a:2..4}*x - y)^2", "x={p:-2..3}, y={q:-3..3}"),
            ("{a:2..4}*{f:max|min}(x, y) {s:+|-} x", "x={p:-4..5}, y={q:-4..5}"),
        ),
        forms(
            ("abs(x*y {s:+|-} {a:1..7})", "x={p:-3..4}, y={q:-3..4}"),
            ("x*relu(x - y) {s:+|-} y", "x={p:-3..5}, y={q:-3..4}"),
            ("{f:max|min}(x^2, {a:2..4}*y)*y", "x={p:-3..3}, y={q:-3..4}"),
        ),
        forms(
            ("abs(x - {a:2..5}) {s:+|-} x^2", "x={a}"),
            ("y*relu({a:2..4}*x - y) {s:+|-} {b:2..4}*x", "x={p:-2..3}, y={q:-3..5}"),
            ("max({b:2..4}*x, y)*{a:2..4}", "x={p:2..3}, y={q:4|6|8|9|12}"),
            ("relu(x {s:+|-} {a:1..4})*y {t:+|-} x", "x={p:-4..4}, y={q:-4..5}"),
        ),
        forms(
            ("max(x, y)*min(x, z)", "x={p:-3..4}, y={q:-3..4}, z={r:-3..4}"),
            ("relu(x - y)*abs(x {s:+|-} {a:1..4})", "x={p:-4..4}, y={q:-4..4}"),
            ("relu(w*x - y)^2 {s:+|-} abs(w)", "w={p:-3..3}, x={q:-3..4}, y={r:-6..6}"),
            ("max({b:2..3}*x, y)*x {s:+|-} y", "x={p:2..4}, y={q:4|6|8|9|12}"),
        ),
    ),
    ops=("relu", "abs", "max", "min", "step", "sign"),
    kinks=True,
)
LOOPS = Topic(
    "loops",
    "loops and choices: the graph is that of the run",
    (
        forms(
            ("p = {a:2..5}; for k in 1..{n:2..3} { p = p*x }; f = p", "x={p:-3..3}"),
            ("s = x; for k in 1..2 { s = s*s }; f = s", "x={p:-3..3}"),
            ("if x < {a:1..3} { r = x^2 } else { r = {b:2..5}*x }; f = r", "x={p:-3..5}"),
        ),
        forms(
            ("s = {a:2..4}; for k in 1..2 { s = s*x {s:+|-} {b:2..5} }; f = s", "x={p:-3..3}"),
            ("if x > y { r = x*y } else { r = {a:2..4}*y^2 }; f = r", "x={p:-3..4}, y={q:-3..4}"),
            ("s = x; for k in 1..2 { s = s*y }; f = s", "x={p:-3..4}, y={q:-3..4}"),
        ),
        forms(
            ("s = x; for k in 1..2 { s = s*x {s:+|-} y }; f = s", "x={p:-3..3}, y={q:-3..4}"),
            ("if x*y < {a:-3..4} { r = x + y^2 } else { r = x^2 - y }; f = r", "x={p:-3..4}, y={q:-3..4}"),
            ("s = 1; for k in 1..3 { s = s*(x {s:+|-} k) }; f = s", "x={p:-3..5}"),
        ),
        forms(
            ("s = x; for k in 1..2 { s = (s + {a:2..6}/s)/2 }; f = s", "x={p:1|2|3}"),
            ("s = x; while s < {m:9..20} { s = s*y }; f = s", "x={p:2..3}, y={q:2..4}"),
            ("s = x; for k in 1..2 { s = s^2 {s:+|-} y }; f = s", "x={p:-2..2}, y={q:-3..3}"),
        ),
        forms(
            ("s = x; for k in 1..3 { s = s*y {s:+|-} x }; f = s", "x={p:-2..3}, y={q:-2..3}"),
            (
                "s = x; for k in 1..2 { if s > {a:0|1|2} { s = s*y } else { s = s^2 {s:+|-} y } }; f = s",
                "x={p:-2..3}, y={q:-2..3}",
            ),
            ("s = x; while s < {m:9..20} { s = s*y + {a:1..3} }; f = s", "x={p:1..3}, y={q:2..3}"),
        ),
    ),
    formulas=False,
)
