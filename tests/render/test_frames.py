"""Frames: a picture for every step, one layout for all, and blank where the sweep has not come."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from unicodedata import normalize
from xml.etree import ElementTree as ET

import pytest

import adcli
from adcli import answers
from adcli.cli import main
from adcli.drawing import Wanted, diagram
from adcli.render.frames import frames
from adcli.render.palette import DARK, LIGHT
from adcli.stepping import bare, sweep_of

sys.path.insert(0, str(Path(__file__).parent))
from answered import BISHOP, GRIEWANK, NEURON, POINT, SEVERAL, SEVERAL_POINT, WEIGHTS

pytestmark = pytest.mark.draws
SVG = "{http://www.w3.org/2000/svg}"
PROGRAMS = [
    ("x^2*y + 2*y", {"x": 1.5, "y": 2}),
    (GRIEWANK, POINT),
    (BISHOP, {"x1": 2, "x2": 5}),
    (NEURON, WEIGHTS),
    (SEVERAL, SEVERAL_POINT),
    ("x*x + sin(x)", {"x": 1.2}),
]


def film(text: str, at: dict[str, float], mode: str, wanted: Wanted | None = None) -> list[str]:
    wanted = wanted or Wanted()
    answer = answers.graph(adcli.parse(text), at, mode=mode)  # type: ignore[arg-type]
    return list(frames(bare(answer, wanted), sweep_of(answer, wanted)))


def flows(picture: str) -> dict[str, str]:
    """What the accented lines say, by the id of their node or label."""
    root = ET.fromstring(picture)  # noqa: S314  # our own
    return {
        group.get("id", ""): line.text or ""
        for group in root.iter(f"{SVG}g")
        for line in group.findall(f"{SVG}text")
        if line.get("class") == "flow"
    }


def still(picture: str) -> list[str]:
    """All that must not move from frame to frame: shapes, lines and heads, without their pens."""
    return re.findall(
        r'(?:<svg[^>]*viewBox="[^"]*"|(?<![-\w])(?:d|points|cx|cy|x|y|width|height)="[^"]*")', picture
    )


@pytest.mark.parametrize("mode", ["forward", "reverse"])
@pytest.mark.parametrize(("text", "at"), PROGRAMS)
def test_every_frame_says_one_thing_more_and_nothing_moves(
    text: str, at: dict[str, float], mode: str
) -> None:
    pictures = film(text, at, mode)
    answer = answers.graph(adcli.parse(text), at, mode=mode)  # type: ignore[arg-type]
    steps = sweep_of(answer, Wanted()).steps
    assert len(pictures) == len(steps)
    assert len({tuple(still(picture)) for picture in pictures}) == 1
    before: dict[str, str] = {}
    for picture, step in zip(pictures, steps, strict=True):
        now = {key: line for key, line in flows(picture).items() if line}
        assert {**before, **now} == now
        changed = [line for key, line in now.items() if before.get(key) != line]
        carries = {step.term.carries} - {""}
        assert set(changed) <= {step.sum.so_far(step.place)} | carries
        assert picture.count('class="edge now"') == (step.term.edge is not None)
        assert picture.count(" now") >= 1
        before = {key: line for key, line in now.items() if not line.endswith(" …")}


@pytest.mark.parametrize("mode", ["forward", "reverse"])
@pytest.mark.parametrize(("text", "at"), PROGRAMS)
def test_the_last_frame_says_what_the_finished_picture_says(
    text: str, at: dict[str, float], mode: str
) -> None:
    answer = answers.graph(adcli.parse(text), at, mode=mode)  # type: ignore[arg-type]
    whole = diagram(answer, Wanted())
    wanted = [part.lines[part.accent] for part in (*whole.nodes, *whole.edges) if part.accent is not None]
    said = [line for line in flows(film(text, at, mode)[-1]).values() if line]
    assert sorted(said) == sorted(wanted)


def test_what_is_not_known_yet_is_blank_and_no_zero() -> None:
    first, *_ = film("x^2*y + 2*y", {"x": 1.5, "y": 2}, "reverse")
    assert [line for line in flows(first).values() if line] == ["v̄₄ = 1"]
    assert "= 0" not in first


def test_a_sum_that_grows_has_its_mark() -> None:
    pictures = [normalize("NFC", text) for text in film("x^2*y + 2*y", {"x": 1.5, "y": 2}, "reverse")]
    assert [normalize("NFC", ">ȳ = 2 …<") in picture for picture in pictures] == [False] * 4 + [True] + [
        False
    ] * 2
    assert "step 6 of 7:" in pictures[5]
    assert normalize("NFC", "ȳ = 4.25") in pictures[5]


def test_the_current_edge_is_three_pixels_wide_and_in_the_accent() -> None:
    picture = film("x^2*y + 2*y", {"x": 1.5, "y": 2}, "reverse")[3]
    assert '<g id="edge-2-0"' in picture
    (now,) = re.findall(r'<g id="edge-[^"]*" class="edge now"([^>]*)>', picture)
    assert now == ' stroke-width="2.25"'  # points at 96 dots an inch
    assert LIGHT.adjoint in picture


def test_same_bytes_for_the_same_input() -> None:
    assert film(GRIEWANK, POINT, "reverse") == film(GRIEWANK, POINT, "reverse")


def test_edges_without_numbers_carry_none() -> None:
    for picture in film(GRIEWANK, POINT, "reverse", Wanted(edges="formula")):
        assert not any(key.startswith("label") for key in flows(picture))


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)


ASKED = ("graph", "x*y + x", "--at", "x=3,y=4")


def test_a_folder_is_made_and_filled(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*ASKED, "--frames", "a/b"]) == 0
    assert sorted(path.name for path in Path("a/b").iterdir()) == [f"frame-{n:03}.svg" for n in range(1, 6)]
    assert capsys.readouterr() == ("", "")
    first = Path("a/b/frame-001.svg").read_text(encoding="utf-8")
    assert "reverse mode, seed v̄₂ = 1" in first
    assert main([*ASKED, "--mode", "forward", "--frames", "a/b"]) == 0
    assert "forward mode" in Path("a/b/frame-001.svg").read_text(encoding="utf-8")


def test_png_in_a_theme() -> None:
    assert main([*ASKED, "--frames", "p", "--format", "png", "--scale", "0.5", "--theme", "dark"]) == 0
    files = sorted(Path("p").iterdir())
    assert len(files) == 5
    heads = {path.read_bytes()[:24] for path in files}
    assert len(heads) == 1  # the signature and the size
    assert main([*ASKED, "--frames", "d", "--theme", "dark"]) == 0
    assert DARK.background in Path("d/frame-001.svg").read_text(encoding="utf-8")


def test_a_constant_has_one_frame() -> None:
    assert main(["graph", "2*pi", "--frames", "c"]) == 0
    (file,) = Path("c").iterdir()
    assert "nothing depends on an input" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("args", "status", "words"),
    [
        (("graph", "x*y", "--frames", "f"), 2, "frames step through numbers, so they need a point"),
        ((*ASKED, "--frames", "f", "-o", "g.svg"), 2, "--frames and -o both say where"),
        ((*ASKED, "--frames", "f", "--json"), 2, "--frames and --json"),
        ((*ASKED, "--frames", "f", "--format", "dot"), 2, "--format with --frames is one of svg, png"),
        ((*ASKED, "--frames", "there.txt"), 2, "there.txt is a file; --frames needs a folder"),
        ((*ASKED, "--frames", "there.txt/f"), 2, "cannot make the folder there.txt/f"),
    ],
)
def test_refused(capsys: pytest.CaptureFixture[str], args: tuple[str, ...], status: int, words: str) -> None:
    Path("there.txt").write_text("mine", encoding="utf-8")
    assert main(list(args)) == status
    out, err = capsys.readouterr()
    assert out == ""
    assert words in err.replace('"', "").replace("\n", " ")
    assert Path("there.txt").read_text(encoding="utf-8") == "mine"
    assert not Path("f").exists()
