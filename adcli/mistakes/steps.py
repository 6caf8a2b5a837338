"""Wrong values of single steps: another operation than the one that is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from adcli.engine.undefined import FAILURES
from adcli.mistakes.hypothesis import Example, Hypothesis
from adcli.mistakes.scene import Action, Change, Scene
from adcli.mistakes.single import local


def like(op: str, order: Sequence[int] = (0, 1)) -> Action:
    """The action of a primitive on the operands in another order."""

    def act(operands: Sequence[float]) -> tuple[float, tuple[float, ...]]:
        taken = [operands[slot] for slot in order[: len(operands)]]
        value, found = local(op, taken, [1] * len(taken))
        return value, tuple(found[order.index(slot)] for slot in range(len(operands)))

    return act


def step(code: str, op: str, action: Action, words: str, common: int, example: Example) -> Hypothesis:
    """A step that was another operation: in its value alone, or in what follows from it too."""

    def changes(scene: Scene) -> Iterator[Change]:
        for node in scene.steps:
            if scene.graph.op[node] != op:
                continue
            try:
                value, slopes = action(scene.operands(node))
            except FAILURES:
                continue
            if value != scene.primals[node]:
                yield Change(values={node: value}, node=node, words=words)
                if op == "div":  # its rule is also written without the quotient: -x/y²
                    yield Change(values={node: value}, node=node, words=words, by_operands=True)
            if value != scene.primals[node] or slopes != scene.weights[node]:
                yield Change(actions={node: action}, node=node, words=words)

    return Hypothesis(code, "step", changes, words, common, example)


STEPS = (
    step(
        "added-for-subtracted",
        "sub",
        like("add"),
        "the second term is subtracted, not added",
        5,
        Example("(x - y)*x", {"x": 5, "y": 2}, {"x": 12, "y": 5}),
    ),
    step(
        "difference-swapped",
        "sub",
        like("sub", (1, 0)),
        "the terms of the difference are in the wrong order",
        4,
        Example("(x - y)*x", {"x": 5, "y": 2}, {"x": -8, "y": 5}),
    ),
    step(
        "subtracted-for-added",
        "add",
        like("sub"),
        "the second term is added, not subtracted",
        5,
        Example("(x + y)*x", {"x": 5, "y": 2}, {"x": 8, "y": -5}),
    ),
    step(
        "multiplied-for-added",
        "add",
        like("mul"),
        "the terms are added, not multiplied",
        2,
        Example("(x + y)*x", {"x": 5, "y": 2}, {"x": 20, "y": 25}),
    ),
    step(
        "added-for-multiplied",
        "mul",
        like("add"),
        "the factors are multiplied, not added",
        3,
        Example("sin(x*y)", {"x": 1, "y": 2}, {"x": -0.9899924966004454, "y": -0.9899924966004454}),
    ),
    step(
        "quotient-upside-down",
        "div",
        like("div", (1, 0)),
        "the quotient is upside down",
        4,
        Example("exp(x/y)", {"x": 1, "y": 2}, {"x": -14.7781121978613, "y": 7.38905609893065}),
    ),
    step(
        "multiplied-for-divided",
        "div",
        like("mul"),
        "the first number is divided by the second, not multiplied",
        3,
        Example("exp(x/y)", {"x": 1, "y": 2}, {"x": 14.7781121978613, "y": 7.38905609893065}),
    ),
    step(
        "minus-lost",
        "neg",
        lambda xs: (xs[0], (1.0,)),
        "the minus is missing",
        6,
        Example("exp(-x)", {"x": 2}, {"x": 7.38905609893065}),
    ),
    step(
        "power-as-product",
        "pow",
        like("mul"),
        "a power multiplies the base by itself, not by the exponent",
        4,
        Example("sin(x^3)", {"x": 2}, {"x": 2.880510859951098}),
    ),
    step(
        "exponent-lost",
        "pow",
        lambda xs: (xs[0], (1.0, 0.0)),
        "the exponent is missing",
        3,
        Example("sin(x^3)", {"x": 2}, {"x": -0.4161468365471424}),
    ),
    step(
        "root-as-half",
        "sqrt",
        lambda xs: (xs[0] / 2, (0.5,)),
        "a root is not half of its argument",
        2,
        Example("sin(sqrt(x))", {"x": 2}, {"x": 0.2701511529340699}),
    ),
    step(
        "root-lost",
        "sqrt",
        lambda xs: (xs[0], (1.0,)),
        "the root is missing",
        3,
        Example("sin(sqrt(x))", {"x": 2}, {"x": -0.4161468365471424}),
    ),
    step(
        "cos-for-sin",
        "sin",
        like("cos"),
        "the function is sin, not cos",
        3,
        Example("exp(sin(x))", {"x": 2}, {"x": -0.5997574996927534}),
    ),
    step(
        "sin-for-cos",
        "cos",
        like("sin"),
        "the function is cos, not sin",
        3,
        Example("exp(cos(x))", {"x": 2}, {"x": -1.0331168679958347}),
    ),
    step(
        "asin-as-reciprocal",
        "asin",
        like("csc"),
        "asin is the inverse function of sin, not 1/sin",
        5,
        Example("asin(x)", {"x": 0.6}, {"x": -2.5887105840432763}),
    ),
    step(
        "acos-as-reciprocal",
        "acos",
        like("sec"),
        "acos is the inverse function of cos, not 1/cos",
        5,
        Example("acos(x)", {"x": 0.6}, {"x": 0.8289195279868805}),
    ),
    step(
        "atan-as-reciprocal",
        "atan",
        like("cot"),
        "atan is the inverse function of tan, not 1/tan",
        5,
        Example("atan(x)", {"x": 0.6}, {"x": -3.1365550417045496}),
    ),
    step(
        "sin-for-sinh",
        "sinh",
        like("sin"),
        "the function is sinh, not sin",
        2,
        Example("sinh(x)", {"x": 2}, {"x": -0.4161468365471424}),
    ),
    step(
        "cos-for-cosh",
        "cosh",
        like("cos"),
        "the function is cosh, not cos",
        2,
        Example("cosh(x)", {"x": 2}, {"x": -0.9092974268256817}),
    ),
    step(
        "tan-for-tanh",
        "tanh",
        like("tan"),
        "the function is tanh, not tan",
        2,
        Example("tanh(x)", {"x": 2}, {"x": 5.774399203321917}),
    ),
)
