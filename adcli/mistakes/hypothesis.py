"""What an entry of the catalogue is, and how entries about partials become changes of a run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from adcli.mistakes.claim import Scope
from adcli.mistakes.scene import Change, Partial, Place, Scene


@dataclass(frozen=True)
class Example:
    """A worked example: with this mistake, `text` at `at` gives these answers (`of` an output, if told)."""

    text: str
    at: Mapping[str, float]
    answers: Mapping[str, float]
    kind: str = "gradient"


@dataclass(frozen=True)
class Hypothesis:
    """A mistake with a name: what it changes in a run, and the words that end its sentence.

    `common` is how often teachers see it, from 1 (rare) to 9; it only orders what is listed.
    """

    code: str
    scope: Scope
    changes: Callable[[Scene], Iterable[Change]]
    words: str
    common: int
    example: Example
    everywhere: bool = False  # a wrong rule, which a student would use wherever the operation stands


def partial(
    code: str,
    where: Sequence[tuple[str, int]] | str,
    rule: Partial,
    words: str,
    common: int,
    example: Example,
) -> Hypothesis:
    """A wrong partial at one edge: at the operations and slots of `where`, or at those that `where` names."""

    def changes(scene: Scene) -> Iterator[Change]:
        for place in places(scene, where):
            weight = scene.wrong(rule, place)
            if weight is not None and weight != scene.weight(place):
                yield Change(weights={place: weight}, rule=rule, place=place, node=place[0], words=words)

    return Hypothesis(code, "edge", changes, words, common, example, everywhere=not isinstance(where, str))


LINEAR = ("add", "sub", "neg")


def places(scene: Scene, where: Sequence[tuple[str, int]] | str) -> Iterator[Place]:
    """The edges that an entry is about."""
    if isinstance(where, str):
        ops = scene.graph.op
        for use in scene.edges:
            if where == "any" or (where == "factors") == (ops[use.user] not in LINEAR):
                yield use.user, use.slot
        return
    for op, slot in where:
        for use in scene.edges_by_op.get(op, ()):
            if use.slot == slot:
                yield use.user, use.slot


def partials(
    code: str, op: str, rules: Sequence[Partial], words: str, common: int, example: Example
) -> Hypothesis:
    """Wrong partials at all operands of an operation together, at least two of which depend on one input."""

    def changes(scene: Scene) -> Iterator[Change]:
        together: dict[int, list[int]] = {}
        for use in scene.edges_by_op.get(op, ()):
            together.setdefault(use.user, []).append(use.slot)
        for user, slots in together.items():
            if len(scene.graph.args[user]) != len(rules):
                continue  # a maximum of three
            used = {(user, slot): scene.wrong(rules[slot], (user, slot)) for slot in slots}
            wrong = {
                at: weight for at, weight in used.items() if weight is not None and weight != scene.weight(at)
            }
            args = [scene.graph.args[user][slot] for slot in slots]
            common_input = any(all(map(scene.depends(column).__getitem__, args)) for column in scene.near)
            if len(slots) > 1 and common_input and wrong and None not in used.values():
                first = min(wrong)
                yield Change(weights=wrong, rule=rules[first[1]], place=first, node=user, words=words)

    return Hypothesis(code, "edge", changes, words, common, example, everywhere=True)
