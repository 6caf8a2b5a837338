"""The page as a file: complete, the same each time, and deaf to whatever a text tries to smuggle in."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import sys
from html.parser import HTMLParser
from math import dist
from pathlib import Path
from typing import Any

import pytest

import adcli
from adcli import answers
from adcli.cli import main
from adcli.commands.film import page_of
from adcli.diagram import Diagram, DiagramEdge, DiagramNode
from adcli.drawing import Wanted
from adcli.render.inline import over
from adcli.render.layout import layout
from adcli.render.lettering import visible
from adcli.render.stepper import InType, aligned, page
from adcli.stepping import Sum, Sweep, Term, bare, sweep_of

sys.path.insert(0, str(Path(__file__).parent))
from answered import BISHOP, EVERYTHING, GRIEWANK, POINT, SEVERAL, SEVERAL_POINT

pytestmark = pytest.mark.draws
POLY = ("x^2*y + 2*y", {"x": 1.5, "y": 2})
VOID = {"meta", "input", "br"}


class Read(HTMLParser):
    """A page taken apart: its tags, its ids, and the text of every script and style."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.texts: dict[str, list[str]] = {}
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)
            self.texts.setdefault(tag, []).append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open:
            self.texts[self.open[-1]][-1] += data

    def named(self, tag: str) -> list[dict[str, str]]:
        return [attributes for found, attributes in self.tags if found == tag]


def made(text: str, at: dict[str, Any], mode: str = "reverse", wanted: Wanted | None = None) -> str:
    answer = answers.graph(adcli.parse(text), at, mode=mode)  # type: ignore[arg-type]
    return page_of(answer, wanted or Wanted())


def steps_in(read: Read) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(read.texts["script"][0])
    return found


@pytest.mark.parametrize(("text", "at"), EVERYTHING)
def test_every_page_is_whole(text: str, at: dict[str, Any]) -> None:
    read = Read(made(text, at))
    ids = [attributes["id"] for _, attributes in read.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    for mode, sweep in steps_in(read).items():
        terms = [(found["node"], term) for found in sweep["sums"] for term in found["terms"]]
        assert {node for node, _ in terms} <= set(ids)
        assert {f"edge-{term['edge']}" for _, term in terms if term["edge"]} <= set(ids)
        rows = [a for a in read.named("tr") if a.get("class") is not None]
        assert len(rows) == sum(len(found["terms"]) for s in steps_in(read).values() for found in s["sums"])
        assert mode in ("forward", "reverse")


@pytest.mark.parametrize(("text", "at"), [POLY, (GRIEWANK, POINT), ("x*x", {"x": 3})])
def test_each_edge_has_its_arrow_in_both_directions(text: str, at: dict[str, Any]) -> None:
    groups = re.findall(r'<g id="edge-[^"]*" class="edge[^"]*">.*?\n</g>\n</g>', made(text, at), re.DOTALL)
    assert len(groups) >= 2
    for group in groups:
        if "constant" in group.splitlines()[0]:
            continue
        forward, reverse = re.findall(r'<g class="(?:forward|reverse)"><path d="M([^"]*)"/>', group)
        heads = re.findall(r'points="[^ ]* ([^ ]*) ', group)
        assert forward != reverse
        assert len(set(heads)) == 2


def test_both_layouts_put_every_node_in_the_same_place() -> None:
    for text, at in EVERYTHING:
        picture = bare(answers.graph(adcli.parse(text), at, mode="reverse"), Wanted())
        ways = [layout(picture._replace(mode=mode)) for mode in ("forward", "reverse")]
        for one, other in zip(ways[0].nodes, over(*ways).nodes, strict=True):
            assert dist(one, other) < 0.05


def test_an_edge_between_arrays_says_its_own_map_in_each_sweep() -> None:
    answer = answers.graph(adcli.parse("sum(A@x)"), {"A": [[1, 2], [3, 4]], "x": [1, 2]}, mode="reverse")
    said = re.findall(r'<text [^>]*class="(forward|reverse)">∂v₁/∂x: ([^<]*)<', page_of(answer, Wanted()))
    assert said == [("reverse", "Aᵀ@·"), ("forward", "A@·")]


def test_the_asked_mode_is_shown_first_and_both_are_there() -> None:
    for mode in ("forward", "reverse"):
        read = Read(made(*POLY, mode))
        assert read.named("body") == [{"class": mode}]
        assert list(steps_in(read)) == [mode, "forward" if mode == "reverse" else "reverse"]
        (checked,) = [a["value"] for a in read.named("input") if "checked" in a]
        assert checked == mode


def test_the_policy_admits_this_style_and_this_script_and_nothing_else() -> None:
    text = made(*POLY)
    read = Read(text)
    (policy,) = [a["content"] for a in read.named("meta") if "http-equiv" in a]

    def hashed(inside: str) -> str:
        return "sha256-" + base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()

    assert policy.split("; ") == [
        "default-src 'none'", f"style-src '{hashed(read.texts['style'][0])}'",
        f"script-src '{hashed(read.texts['script'][1])}'", "base-uri 'none'", "form-action 'none'",
    ]  # fmt: skip
    assert not any("style" in a or any(name.startswith("on") for name in a) for _, a in read.tags)
    assert not re.search(r"https?:|//[a-z]|@import|url\(", text)
    assert not any({"src", "href"} & set(a) for _, a in read.tags)


@pytest.mark.parametrize(("text", "at"), [POLY, (GRIEWANK, POINT), (SEVERAL, SEVERAL_POINT)])
def test_same_bytes_for_the_same_input(text: str, at: dict[str, Any]) -> None:
    assert made(text, at) == made(text, at)


HOSTILE = (
    "</script><script>alert(1)</script>", "<!--", "]]>", "<b>&amp;</b>", "\"'`", "\\u003c", "a\nb\x00\x1b[1m",
    "\u202e", "\u2028", "${x}", "<img src=x onerror=alert(1)>", "--> <svg/onload=alert(1)>",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_markup(text: str) -> None:
    nodes = (
        DiagramNode("a", "input", (text,), None, text),
        DiagramNode(f"b{text}", "output", (text, text), None, text),
    )
    edges = (DiagramEdge("a", f"b{text}", 0, (text,), None, text),)
    term = Term((f"b{text}", 0), text, text, text, text, text, text, text)
    sums = (Sum(f"b{text}", text, (term._replace(edge=None),)), Sum("a", text, (term, term)))
    sweeps = [
        Sweep("reverse", text, sums, (text,), (text, text), flows=True),
        Sweep("forward", text, (), (), (text,), flows=True),
    ]
    picture = Diagram((text, text, text), nodes, edges, (text,), "none", text)
    in_type = InType((text, text), sweeps, sweeps)
    bare_sweeps = [Sweep("reverse", "t", (), ("t",), ("t", "t"), flows=True), sweeps[1]]
    plain = page(
        Diagram(("t", "t", "t"), nodes[:1], (), ("t",), "none", "t"),
        bare_sweeps,
        InType(("t", "t"), bare_sweeps, bare_sweeps),
    )
    read, harmless = Read(page(picture, sweeps, in_type)), Read(plain)
    for tag in ("script", "style", "body", "head", "meta", "img", "b", "svg", "h1"):
        assert len(read.named(tag)) == len(harmless.named(tag)), tag
    assert not any(name.startswith("on") for _, a in read.tags for name in a)
    assert steps_in(read)["reverse"]["sums"][1]["terms"][0]["rule"] == visible(text)
    assert "<" not in read.texts["script"][0]


def test_formulas_come_through_whole() -> None:
    terms = [
        term for found in steps_in(Read(made(BISHOP, {"x1": 2, "x2": 5})))["reverse"]["sums"]
        for term in found["terms"]
    ]  # fmt: skip
    rules = {term["general"] for term in terms}
    assert {"∂(x·y)/∂x = y", "∂exp(x)/∂x = exp(x)"} <= rules


def test_an_own_seed_moves_the_asked_sweep_alone() -> None:
    answer = answers.graph(adcli.parse(POLY[0]), POLY[1], mode="forward", seed={"y": 2.0})
    sweep = sweep_of(answer, Wanted())
    assert [step.term.total for step in sweep.steps[:2]] == ["0", "2"]
    text = page_of(answer, Wanted())
    assert "forward mode, seed x\u0307 = 0, y\u0307 = 2" in text
    assert "reverse mode, seed v\u0304₄ = 1" in text


def test_a_seed_in_the_middle_is_the_first_term_of_its_sum() -> None:
    answer = answers.graph(
        adcli.parse("f = x*y; g = sin(f)", outputs=["f", "g"]), {"x": 1, "y": 2}, mode="reverse",
        seed={"f": 3.0, "g": 1.0},
    )  # fmt: skip
    (middle,) = [found for found in sweep_of(answer, Wanted()).sums if found.node == "f"]
    assert [term.edge is None for term in middle.terms] == [True, False]
    assert [term.total for term in middle.terms] == ["3", "2.584"]


def test_the_derivatives_are_set_as_the_picture_sets_names() -> None:
    answer = answers.graph(adcli.parse(SEVERAL), SEVERAL_POINT, mode="reverse", output="f3")
    assert sweep_of(answer, Wanted()).answer == ("∂f₃/∂x = 0", "∂f₃/∂y = 0", "∂f₃/∂z = 2")


def test_numbers_stand_on_their_points() -> None:
    figures, point = "\u2007", "\u2008"
    assert aligned(["1.35", "6", "", "−0.5"]) == ["1.35", f"6{point}{figures * 2}", "", f"−0.5{figures}"]
    assert aligned(["1", "2"]) == ["1", "2"]


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)


def test_the_command_writes_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["graph", POLY[0], "--at", "x=1.5,y=2"]
    assert main([*asked, "-o", "g.html"]) == 0
    found = Path("g.html").read_text(encoding="utf-8")
    assert found == made(*POLY)
    assert capsys.readouterr().out == ""
    assert main([*asked, "--format", "html", "-o", "-"]) == 0
    assert capsys.readouterr().out == found
    assert main([*asked, "--mode", "forward", "-o", "g.html"]) == 0
    assert Path("g.html").read_text(encoding="utf-8") == made(*POLY, "forward")


def test_without_a_point_there_is_no_page(capsys: pytest.CaptureFixture[str]) -> None:
    for mode in ("none", "forward", "reverse"):
        assert main(["graph", POLY[0], "--mode", mode, "-o", "g.html"]) == 2
        said = capsys.readouterr().err
        assert "a page steps through numbers, so it needs a point" in said
        assert "--at" in said
    assert not Path("g.html").exists()


def test_options_of_the_picture_reach_the_page() -> None:
    assert "∂v₂/∂v₁ = y = 2" not in made(*POLY, wanted=Wanted(edges="none")).split("<script")[0].replace(
        "<title>∂v₂/∂v₁ = y = 2", ""
    )
    assert made(*POLY, wanted=Wanted(direction="lr")) != made(*POLY)
    assert "1.3513" in made(GRIEWANK, POINT, wanted=Wanted(digits=5))
    backwards = made(*POLY, "forward", Wanted(arrows="dependency"))
    one, other = re.findall(r'<g class="(?:forward|reverse)">(.*?)</g>', backwards, re.DOTALL)[:2]
    assert one == other
