"""Finding the mistakes that reproduce a student's numbers, every one of them and within their digits.

Simple mistakes come first: those about the whole question and those at one place; only when none of
them fits, slips of the pen and rules that are wrong everywhere; and only then two mistakes along one path.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import Any, NamedTuple

from adcli.answers.running import placed
from adcli.engine.undefined import Undefined
from adcli.graph import cone
from adcli.language.program import Program
from adcli.mistakes.catalogue import CATALOGUE
from adcli.mistakes.claim import Claim, Explanation
from adcli.mistakes.hypothesis import Hypothesis
from adcli.mistakes.scene import Asked, Change, Run, Scene, Written
from adcli.mistakes.staging import staged
from adcli.mistakes.wording import FOLLOWS, Wording

PROBES = 8  # claims whose adjoints and tangents are kept at hand
WORK = 300_000  # nodes that may be visited by runs of the whole sweep, in one search
PAIRS = 500  # single mistakes that are tried in pairs, at most
LISTED = 200  # explanations in a list, at most

Found = tuple[Hypothesis, tuple[Change, ...]]


def explain(
    program: Program,
    at: Mapping[str, Any],
    claims: Sequence[Claim],
    *,
    wrt: str | None = None,
    output: str | None = None,
    mode: str = "reverse",
    wrong: Collection[int] | None = None,
) -> list[Explanation]:
    """The mistakes that give exactly these numbers, the most common first; [] when none is known or needed.

    `claims` are all of a student's numbers: the right ones exclude mistakes. `wrong` are the indices of
    the wrong ones, by default of those that the right number does not meet. `wrt` is the input of a
    forward sweep, `output` the output of a reverse one; by default the first. `mode` says which of the
    two a student made who gives derivatives only.
    In programs with arrays no mistake is looked for: [].
    Raises NameProblem for an unknown name and DomainError where the program has no derivatives.
    """
    program, point = placed(program, at)
    if any(program.graph.shape):
        return []
    scene, asked = staged(program, point, claims, wrt, output, mode)
    search = Search(scene, claims, asked, wrong)
    return search.explanations() if search.wrong else []


class Probe(NamedTuple):
    """A derivative that was claimed, with the sweeps that tell what a changed weight does to it."""

    asked: Asked
    claim: Claim
    base: float
    adjoints: Sequence[float]
    tangents: Sequence[float]


class Search:
    """One search: the scene, the claims, and how much work is left."""

    def __init__(
        self, scene: Scene, claims: Sequence[Claim], asked: Sequence[Asked], wrong: Collection[int] | None
    ) -> None:
        self.claims, self.asked = claims, asked
        right = scene.right
        if wrong is None:
            wrong = [
                i
                for i, (claim, one) in enumerate(zip(claims, asked, strict=True))
                if not claim.meets(right.number(one))
            ]
        self.wrong = sorted(wrong)
        first: dict[str, int] = {}
        for i in self.wrong:  # of a sweep's numbers only the first wrong one may be a slip
            one = asked[i]
            held = first.setdefault(one.kind, i)
            if (one.kind == "adjoint" and one.source > asked[held].source) or (
                one.kind in ("tangent", "step") and one.target < asked[held].target
            ):
                first[one.kind] = i
        slipped = {
            asked[i]: Written(claims[i].value, claims[i].slack, right.number(asked[i]))
            for i in (self.wrong if len(first) == 1 else ())
            if asked[i].kind not in ("adjoint", "tangent", "step") or first[asked[i].kind] == i
        }
        suspects = {asked[i].source for i in self.wrong if asked[i].derived}
        self.scene = replace(scene, written=slipped, suspects=suspects)
        self.work = WORK

    def explanations(self) -> list[Explanation]:
        """The list of the first stage that has one."""
        wording = Wording(self.scene)
        for stage in (self.simple, self.wide, self.pairs):
            found = ordered(stage(), swept=any(one.kind in ("adjoint", "tangent") for one in self.asked))
            if found:
                listed = (
                    self.listed(wording, entry, also, rank)
                    for rank, (entry, also) in enumerate(found[:LISTED], 1)
                )
                return [one for one in listed if one is not None]
        return []

    def listed(self, wording: Wording, entry: Found, also: tuple[str, ...], rank: int) -> Explanation | None:
        """One explanation of the list; None for one whose sweep overflows."""
        hypothesis, changes = entry
        told = [wording.explanation(hypothesis, change) for change in changes]
        near = rank * len(self.scene.graph) <= WORK
        run = self.scene.rerun(together(changes)) if near or rank == 1 else None
        try:
            numbers = [] if run is None else [run.number(self.asked[i]) for i in self.wrong]
        except Undefined:  # its sweep overflows, so it gives no number at all
            return None
        gives = tuple(zip([self.claims[i].name for i in self.wrong], numbers, strict=False))
        one = replace(told[0], rank=rank, also=also, reproduces=gives, scope=hypothesis.scope)
        if hypothesis.scope == "everywhere":
            places = len(changes[0].weights)
            message = f"{one.message.removesuffix(f'; {FOLLOWS}')}; the same in all {places} places"
            return replace(one, message=message)
        if hypothesis.scope == "pair":
            parts = [part.message.removesuffix(f"; {FOLLOWS}") for part in told]
            message = f"two mistakes: {parts[0]}; and {parts[1]}"
            return replace(one, message=message, edges=told[0].edges + told[1].edges)
        return one

    def simple(self) -> Iterator[Found]:
        """The mistakes about the whole and those at one place that fit."""
        for hypothesis in CATALOGUE:
            if hypothesis.scope != "slip":
                yield from (
                    (hypothesis, (change,)) for change in hypothesis.changes(self.scene) if self.fits(change)
                )

    def wide(self) -> Iterator[Found]:
        """The slips of the pen that fit, and the wrong rules that a student used everywhere."""
        for hypothesis in CATALOGUE:
            if hypothesis.scope == "slip":
                yield from (
                    (hypothesis, (change,)) for change in hypothesis.changes(self.scene) if self.fits(change)
                )
            elif hypothesis.everywhere:
                change = everywhere(hypothesis, self.scene)
                if change is not None and self.fits(change):
                    yield replace(hypothesis, scope="everywhere"), (change,)

    def pairs(self) -> Iterator[Found]:
        """Two wrong partials, the second one below the first on a path, that fit together."""
        scene = self.scene
        found = (
            (hypothesis, change)
            for hypothesis in CATALOGUE
            if hypothesis.scope == "edge"
            for change in hypothesis.changes(scene)
            if len(change.weights) == 1
        )
        singles = list(islice(found, PAIRS + 1))
        if len(singles) > PAIRS or not all(self.asked[i].derived for i in self.wrong):
            return
        for above, first in singles:
            run = self.rerun(first)
            if run is None or first.place is None or first.node is None:
                continue
            below = cone(scene.graph, [scene.graph.args[first.node][first.place[1]]])
            try:
                probes = self.probes(run)
            except Undefined:
                continue
            for under, second in singles:
                if (
                    below[second.node or 0]
                    and self.linear(second, run, probes)
                    and self.rerun_fits((first, second))
                ):
                    common = min(above.common, under.common)
                    yield (
                        replace(above, code=f"{above.code}+{under.code}", scope="pair", common=common),
                        (first, second),
                    )

    def probes(self, run: Run) -> list[Probe]:
        """Some claimed derivatives, wrong ones first, with their sweeps."""
        wrong = set(self.wrong)
        order = chain(self.wrong, (i for i in range(len(self.claims)) if i not in wrong))
        chosen = list(islice((i for i in order if self.asked[i].derived), PROBES))
        return [
            Probe(
                self.asked[i],
                self.claims[i],
                run.number(self.asked[i]),
                run.adjoints(self.asked[i].target),
                run.tangents(self.asked[i].source),
            )
            for i in chosen
        ]

    def fits(self, change: Change) -> bool:
        """Whether a change gives every claimed number."""
        if change.by_weights or (change.tangents and not change.values):
            run = self.scene.right
            if not self.linear(change, run, self.right_probes):
                return False
            if len(self.right_probes) == len(self.claims):
                return True
        return self.rerun_fits((change,))

    @property
    def right_probes(self) -> list[Probe]:
        """The probes of the right run."""
        if not hasattr(self, "_probes"):
            self._probes = self.probes(self.scene.right)
        return self._probes

    def linear(self, change: Change, run: Run, probes: list[Probe]) -> bool:
        """Whether the claims of the probes meet what the change does to them, by its linear effect."""
        if any(not self.asked[i].derived and self.asked[i].kind != "partial" for i in self.wrong):
            return False  # neither a partial nor a tangent changes a value
        if change.tangents and any(one.kind == "adjoint" for one in self.asked):
            return False  # these are made in forward sweeps only
        graph = self.scene.graph
        for probe in probes:
            number = probe.base
            for (user, slot), weight in change.weights.items():
                delta = weight - run.weights[user][slot]
                number += probe.adjoints[user] * delta * probe.tangents[graph.args[user][slot]]
            for node, made in change.tangents.items():
                flows = [probe.tangents[arg] for arg in graph.args[node]]
                right = probe.tangents[node]
                number += probe.adjoints[node] * (made(probe.asked.source, flows, right) - right)
            if not probe.claim.meets(number, 1e-12 * (abs(number) + abs(probe.base))):
                return False
        return True

    def rerun(self, change: Change) -> Run | None:
        """The run with a change; None where it has none, or when the work is used up."""
        self.work -= len(self.scene.graph)
        return self.scene.rerun(change) if self.work > 0 else None

    def rerun_fits(self, changes: Sequence[Change]) -> bool:
        """Whether the run with these changes gives every claimed number."""
        run = self.rerun(together(changes))
        if run is None:
            return False
        try:
            return all(
                claim.meets(number, 1e-12 * abs(number))
                for claim, number in zip(self.claims, map(run.number, self.asked), strict=True)
            )
        except (Undefined, OverflowError):
            return False


def ordered(found: Iterable[Found], *, swept: bool = True) -> list[tuple[Found, tuple[str, ...]]]:
    """The mistakes, equal ones as one: those about the whole first, then the most common first."""
    return sorted(
        merged(found, swept=swept), key=lambda one: (one[0][0].scope != "global", -one[0][0].common)
    )


def together(changes: Sequence[Change]) -> Change:
    """Changes of partials as one."""
    if len(changes) == 1:
        return changes[0]
    return Change(weights={place: weight for change in changes for place, weight in change.weights.items()})


def everywhere(hypothesis: Hypothesis, scene: Scene) -> Change | None:
    """A wrong rule at all the places where it can be used, if there are several."""
    changes = list(hypothesis.changes(scene))
    if len(changes) < 2:
        return None
    return replace(changes[0], weights=together(changes).weights)


def merged(found: Iterable[Found], *, swept: bool) -> Iterator[tuple[Found, tuple[str, ...]]]:
    """The mistakes, those that change the same places to the same numbers as one; the rest of their codes.

    To somebody who made a sweep, a sum in it says more than a rule; to others the rule does.
    """
    groups: dict[object, list[Found]] = {}
    for number, entry in enumerate(found):
        hypothesis, changes = entry
        where = [
            (place, float(f"{weight:.11g}")) for change in changes for place, weight in change.weights.items()
        ]
        same: object = tuple(sorted(where)) if where else number
        if hypothesis.scope in {"step", "global"}:  # what is told is the same, with either slope
            same = hypothesis.code, changes[0].node, changes[0].words
        groups.setdefault(same, []).append(entry)
    for group in groups.values():
        # The name of one operation's mistake is sharper than one that fits any operation.
        lead = max(
            group,
            key=lambda one: (one[0].everywhere or (swept and one[0].scope == "sum"), one[0].common),
        )
        codes = dict.fromkeys(entry[0].code for entry in group if entry[0].code != lead[0].code)
        yield lead, tuple(codes)
