"""Mistakes in the sums of a sweep: contributions that overwrite each other, tangents of the wrong parts."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from adcli.engine.undefined import FAILURES
from adcli.graph import CONST
from adcli.mistakes.hypothesis import LINEAR, Example, Hypothesis
from adcli.mistakes.scene import Change, Scene
from adcli.mistakes.single import local


def overwritten(words: str, *, last: bool) -> Callable[[Scene], Iterator[Change]]:
    """Sums of which one contribution is left, the last or the first that the sweep comes to."""

    def changes(scene: Scene) -> Iterator[Change]:
        for node, uses in scene.sums.items():
            if len(uses) > 1:
                kept = uses[-1 if last else 0]
                lost = [use for use in uses if use is not kept]
                yield Change(
                    weights={(use.user, use.slot): 0.0 for use in lost},
                    place=(lost[0].user, lost[0].slot),
                    node=node,
                    words=words,
                )

    return changes


def both_vary(
    op: str, made: Callable[[float, float], float], words: str
) -> Callable[[Scene], Iterator[Change]]:
    """Tangents of an operation made of its operands' tangents alone, where both depend on the variable."""

    def changes(scene: Scene) -> Iterator[Change]:
        graph = scene.graph
        for node in scene.steps:
            if graph.op[node] != op or not all(graph.variable[arg] for arg in graph.args[node]):
                continue
            i, j = graph.args[node]

            def tangent(source: int, flows: Sequence[float], right: float, i: int = i, j: int = j) -> float:
                depends = scene.depends(source)
                return made(*flows) if depends[i] and depends[j] and flows[1] else right

            yield Change(tangents={node: tangent}, node=node, words=words)

    return changes


def kept(words: str, *, as_one: bool) -> Callable[[Scene], Iterator[Change]]:
    """Tangents of sums with a constant term that was kept, or differentiated to 1.

    What does not depend on the variable is a constant too.
    """

    def changes(scene: Scene) -> Iterator[Change]:
        graph = scene.graph
        for node in scene.steps:
            if graph.op[node] not in ("add", "sub"):
                continue
            for slot, arg in enumerate(graph.args[node]):
                if as_one and graph.op[arg] != CONST:
                    continue
                term = 1.0 if as_one else scene.primals[arg]
                term = -term if slot and graph.op[node] == "sub" else term

                def tangent(
                    source: int, _flows: Sequence[float], right: float, arg: int = arg, term: float = term
                ) -> float:
                    return right if scene.depends(source)[arg] else right + term

                if term and not all(scene.depends(column)[arg] for column in scene.near):
                    yield Change(tangents={node: tangent}, node=node, words=words)

    return changes


def at_tangent(words: str) -> Callable[[Scene], Iterator[Change]]:
    """The outer derivative at the inner derivative, in place of the outer derivative times the inner one."""

    def changes(scene: Scene) -> Iterator[Change]:
        graph = scene.graph
        for node in scene.steps:
            args = graph.args[node]
            # Of a linear operation this is the right rule.
            if len([arg for arg in args if graph.variable[arg]]) != 1 or graph.op[node] in LINEAR:
                continue
            slot = next(slot for slot, arg in enumerate(args) if graph.variable[arg])
            if not graph.args[args[slot]]:
                continue

            def tangent(
                source: int, flows: Sequence[float], right: float, node: int = node, slot: int = slot
            ) -> float:
                operands = scene.operands(node)
                operands[slot] = flows[slot]
                live = [int(other == slot) for other in range(len(operands))]
                try:
                    made = local(scene.graph.op[node], operands, live)[1][slot]
                except FAILURES:
                    return math.nan
                return made if scene.depends(source)[scene.graph.args[node][slot]] else right

            yield Change(tangents={node: tangent}, node=node, words=words)

    return changes


def at_sum(
    code: str,
    made: Callable[[str], Callable[[Scene], Iterator[Change]]],
    words: str,
    common: int,
    example: Example,
) -> Hypothesis:
    """A mistake in the sums of a sweep; `made` gives its changes, which end in the same words."""
    return Hypothesis(code, "sum", made(words), words, common, example)


SUMS = (
    at_sum(
        "outer-at-inner-derivative",
        at_tangent,
        "the outer derivative is taken at the inner function, times the inner derivative",
        6,
        Example("sin(x^2)", {"x": 1.3}, {"x": -0.8568887533689473}),
    ),
    at_sum(
        "overwritten-last",
        partial(overwritten, last=True),
        "only the last contribution was kept: they add up",
        8,
        Example("x*exp(x) + x^2", {"x": 0.5}, {"x": 0.8243606353500641}),
    ),
    at_sum(
        "overwritten-first",
        partial(overwritten, last=False),
        "only the first contribution was kept: they add up",
        5,
        Example("x*exp(x) + x^2", {"x": 0.5}, {"x": 1}),
    ),
    at_sum(
        "product-of-derivatives",
        partial(both_vary, "mul", operator.mul),
        "a product's derivative is not the product of the derivatives",
        8,
        Example("x^2*sin(x)", {"x": 2}, {"x": -1.6645873461885696}),
    ),
    at_sum(
        "quotient-of-derivatives",
        partial(both_vary, "div", operator.truediv),
        "a quotient's derivative is not the quotient of the derivatives",
        8,
        Example("sin(x)/x^2", {"x": 2}, {"x": -0.1040367091367856}),
    ),
    at_sum(
        "constant-kept",
        partial(kept, as_one=False),
        "the derivative of a constant term is 0, and the term was kept",
        6,
        Example("x^2 + 5", {"x": 3}, {"x": 11}),
    ),
    at_sum(
        "constant-as-one",
        partial(kept, as_one=True),
        "the derivative of a constant term is 0, not 1",
        4,
        Example("x^2 + 5", {"x": 3}, {"x": 7}),
    ),
)
