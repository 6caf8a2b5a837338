"""The page as readers have it: in a real browser, by buttons, slider, keys and links, without the net."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest

import adcli
from adcli import answers
from adcli.commands.film import page_of
from adcli.drawing import Wanted

sys.path.insert(0, str(Path(__file__).parent))
from chromium import Chromium, program
from page_steps import SAMPLES, STEPS

PATH = program()
pytestmark = [
    pytest.mark.chromium,
    pytest.mark.xdist_group("chromium"),
    pytest.mark.skipif(PATH is None, reason="there is no Chromium on this machine"),
]

STATE = """(() => {
  const text = part => {
    if (!part) return part;
    const plain = part.cloneNode(true);
    plain.querySelectorAll("math").forEach(formula => formula.remove());
    return plain.textContent.replace(/[\\u2007\\u2008]/g, "").normalize("NFC");
  };
  const rows = [...document.querySelectorAll(`.of-${document.body.className} tbody tr`)];
  const current = rows.filter(row => row.getAttribute("aria-current") === "step");
  const edge = document.querySelectorAll(".edge.now"), node = document.querySelectorAll(".node.now");
  return {
    edges: [...edge].map(part => text(part.querySelector("title"))),
    nodes: [...node].map(part => text([...part.querySelectorAll("text")].pop())),
    rows: current.map(row => [...row.children].map(text)),
    place: rows.indexOf(current[0]), count: text(document.getElementById("count")),
    done: document.querySelectorAll(".edge.done").length,
    known: [...document.querySelectorAll(".node .flow")].filter(line => line.textContent).length,
    flows: [...document.querySelectorAll(".label .flow")].filter(line => line.textContent).length,
    blank: rows.filter(row => getComputedStyle(row.children[4]).visibility === "hidden").length,
    width: edge.length ? getComputedStyle(edge[0].querySelector("path")).strokeWidth : null,
    names: text(document.getElementById("names")), numbers: text(document.getElementById("numbers")),
    result: text(document.getElementById("result")), rule: text(document.getElementById("rule")),
    where: text(document.getElementById("where")),
    said: text(document.getElementById("say")), slider: +document.getElementById("position").value,
    mode: document.body.className,
  };
})()"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    assert PATH is not None
    made = Chromium(PATH, tmp_path_factory.mktemp("profile"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("pages")
    found = {}
    for name, (text, at) in SAMPLES.items():
        answer = answers.graph(adcli.parse(text), at, mode="reverse")
        file = folder / f"{name}.html"
        file.write_text(page_of(answer, Wanted()), encoding="utf-8")
        found[name] = file.as_uri()
    return found


Shown = Callable[..., dict[str, Any]]


@pytest.fixture
def shown(browser: Chromium, pages: dict[str, str]) -> Iterator[Shown]:
    """A function that opens a page and returns its state; afterwards nothing may have gone wrong or out."""
    opened = []

    def state(name: str, link: str = "", **how: Any) -> dict[str, Any]:
        browser.open(pages[name] + link, **how)
        opened.append(pages[name])
        found: dict[str, Any] = browser.js(STATE)
        return found

    yield state
    assert browser.said("Runtime.exceptionThrown", "Log.entryAdded", "Runtime.consoleAPICalled") == []
    asked = [event["request"]["url"].split("#")[0] for event in browser.said("Network.requestWillBeSent")]
    assert set(asked) <= set(opened)


def typed(said: Any) -> Any:
    """The texts with one code point for a letter and its mark, where there is one."""
    if isinstance(said, str):
        return normalize("NFC", said)
    return [typed(part) for part in said] if isinstance(said, (list, tuple)) else said


def agrees(state: dict[str, Any], name: str, mode: str, place: int) -> None:
    steps = STEPS[name, mode]
    edge, node, row = typed(steps[place])
    assert state["mode"] == mode
    assert state["edges"] == ([] if edge is None else [edge])
    assert state["nodes"] == [node]
    assert state["rows"] == [row]
    assert (state["place"], state["slider"]) == (place, place)
    assert state["count"] == f"step {place + 1} of {len(steps)}"
    seeds = sum(edge is None for edge, _, _ in steps[: place + 1])
    assert state["done"] == state["flows"] == place + 1 - seeds
    assert state["blank"] == len(steps) - place - 1
    assert state["known"] == len({text.split(" = ")[0] for _, text, _ in steps[: place + 1]})
    assert state["width"] == (None if edge is None else "2.25px")  # points of the picture: 3 pixels
    total = row[4].removesuffix("…")
    assert state["result"].removesuffix(" …, the sum still grows").endswith(f"= {total}")
    assert f"{total}." in state["said"]


@pytest.mark.parametrize(("name", "mode"), STEPS)
def test_next_and_back_show_the_row_the_number_and_the_edge_of_every_step(
    browser: Chromium, shown: Shown, name: str, mode: str
) -> None:
    agrees(shown(name, f"#{mode}"), name, mode, 0)
    last = len(STEPS[name, mode]) - 1
    for place in range(1, last + 1):
        browser.js("document.getElementById('next').click()")
        agrees(browser.js(STATE), name, mode, place)
    assert browser.js("document.getElementById('next').disabled")
    for place in range(last - 1, -1, -1):
        browser.js("document.getElementById('back').click()")
        agrees(browser.js(STATE), name, mode, place)
    assert browser.js("document.getElementById('back').disabled")


def test_four_stages_lead_from_the_rule_to_the_number(shown: Shown) -> None:
    state = shown("griewank", "#reverse&step=8")
    assert state["rule"] == typed("v̄₁ = v̄₄·∂v₄/∂v₁ + v̄₂·∂v₂/∂v₁")
    assert state["where"] == "where ∂sin(x)/∂x = cos(x)"
    assert state["names"] == typed("v̄₁ = v̄₄·1 + v̄₂·cos(v₁)")
    assert state["numbers"] == "= 2.844·1 + 1.351·(−0.9900)"
    assert state["result"] == "= 2.844 + (−1.338) = 1.506"


def test_formulas_are_set_in_type_and_stay_readable_without(browser: Chromium, shown: Shown) -> None:
    shown("griewank", "#reverse&step=8")
    sizes = browser.js("""[...document.querySelectorAll(".panel math")].map(formula => {
        const box = formula.getBoundingClientRect(); return [box.width, box.height] })""")
    assert len(sizes) == 9
    assert all(wide > 5 and high > 5 for wide, high in sizes)
    fraction, numerator = (
        browser.js(f"document.querySelector('#rule {part}').getBoundingClientRect().height")
        for part in ("mfrac", "mfrac > :first-child")
    )
    assert fraction > 2 * numerator
    shown_texts = "[...document.querySelectorAll('.plain')].filter(one => one.getClientRects().length).length"
    assert browser.js(shown_texts) == 0
    without = (
        "for (const sheet of document.styleSheets) for (const [i, rule] of [...sheet.cssRules].entries())"
    )
    browser.js(
        f"{without} if (rule.conditionText === '(math-style: normal)') {{ sheet.deleteRule(i); break }}"
    )
    assert browser.js(shown_texts) > 40
    assert browser.js("document.querySelector('#rule math').getClientRects().length") == 0
    assert browser.js("document.getElementById('rule').innerText").startswith("v̄₁ = ")


def test_keys_step_and_play(browser: Chromium, shown: Shown) -> None:
    shown("griewank")
    for key, place in (
        ("ArrowRight", 1), ("ArrowRight", 2), ("ArrowLeft", 1), ("End", 10), ("ArrowRight", 10), ("Home", 0),
        ("ArrowLeft", 0),
    ):  # fmt: skip
        browser.press(key)
        agrees(browser.js(STATE), "griewank", "reverse", place)
    browser.press(" ")
    assert browser.js("document.getElementById('play').textContent") == "Pause"
    browser.wait_for("document.getElementById('position').value === '1'", 5)
    browser.press(" ")
    assert browser.js("document.getElementById('play').textContent") == "Play"


def test_tab_reaches_every_control_and_enter_presses_it(browser: Chromium, shown: Shown) -> None:
    shown("griewank", "#step=3")
    reached = []
    for _ in range(8):
        browser.press("Tab")
        reached.append(browser.js("document.activeElement.id || document.activeElement.name || 'table'"))
        if reached[-1] == "next":
            browser.press("Enter")
    assert reached[:7] == ["mode", "view", "table", "back", "play", "next", "position"]
    agrees(browser.js(STATE), "griewank", "reverse", 3)


def test_the_slider_goes_to_any_step(browser: Chromium, shown: Shown) -> None:
    shown("griewank")
    browser.js("""{ const slider = document.getElementById("position"); slider.value = 5;
        slider.dispatchEvent(new Event("input")) }""")
    agrees(browser.js(STATE), "griewank", "reverse", 5)


def test_a_link_opens_a_step_and_the_switch_turns_the_sweep(browser: Chromium, shown: Shown) -> None:
    agrees(shown("poly", "#forward&step=6"), "poly", "forward", 5)
    browser.js("document.querySelector('[value=reverse]').click()")
    agrees(browser.js(STATE), "poly", "reverse", 0)
    arrows = "[...document.querySelectorAll('svg .{}')].map(part => getComputedStyle(part).display)"
    assert set(browser.js(arrows.format("forward"))) == {"none"}
    assert set(browser.js(arrows.format("reverse"))) == {"inline"}
    agrees(shown("poly", "#step=99"), "poly", "reverse", 6)
    agrees(shown("poly", "#<script>"), "poly", "reverse", 0)


def test_play_runs_to_the_end_and_stops(browser: Chromium, shown: Shown) -> None:
    shown("poly", "#step=6")
    browser.js("document.getElementById('play').click()")
    browser.wait_for("document.getElementById('play').textContent === 'Play'", 10)
    agrees(browser.js(STATE), "poly", "reverse", 6)


def test_the_two_uses_of_one_operand_are_two_steps(shown: Shown) -> None:
    edges = [shown("square", f"#step={step}")["edges"] for step in range(4, 7)]
    assert edges == [
        ["∂v₂/∂x = cos(x) = 0.3624"],
        ["∂v₁/∂x (1st) = x = 1.2"],
        ["∂v₁/∂x (2nd) = x = 1.2"],
    ]


def test_a_long_sum_is_written_around_its_current_term(shown: Shown) -> None:
    state = shown("sums", "#step=999")
    assert state["names"].startswith(typed("x̄ = … + "))
    assert state["names"].count("·") < 12
    assert state["place"] == int(state["count"].split()[-1]) - 1


def test_a_constant_has_no_steps(shown: Shown) -> None:
    state = shown("constant")
    assert state["count"] == "step 0 of 0"
    assert state["rule"] == "nothing depends on an input, so there is no step"


@pytest.mark.parametrize("width", [320, 390, 760, 1280])
def test_nothing_hangs_over_the_side(browser: Chromium, shown: Shown, width: int) -> None:
    for name in ("poly", "griewank", "sums"):
        shown(name, "#step=6", width=width)
        assert browser.js("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", ["griewank", "sums"])
def test_the_current_edge_is_in_sight(browser: Chromium, shown: Shown, name: str, width: int) -> None:
    shown(name, width=width)
    for _ in range(11):
        inside = browser.js("""(() => {
            const node = document.querySelector(".node.now").getBoundingClientRect(),
            view = document.getElementById("view").getBoundingClientRect();
            const x = (node.left + node.right) / 2, y = (node.top + node.bottom) / 2;
            return x > view.left && x < view.right && y > view.top && y < view.bottom })()""")
        assert inside
        browser.press("ArrowRight")


@pytest.mark.parametrize("dark", [False, True])
def test_colours_follow_the_system(browser: Chromium, shown: Shown, dark: bool) -> None:  # noqa: FBT001
    shown("poly", dark=dark)
    found = browser.js("getComputedStyle(document.body).backgroundColor")
    assert found == ("rgb(20, 24, 29)" if dark else "rgb(255, 255, 255)")


def test_print_shows_the_whole_sweep_without_controls(browser: Chromium, shown: Shown) -> None:
    shown("poly", "#step=2")
    browser.js("dispatchEvent(new Event('beforeprint'))")
    browser.call("Emulation.setEmulatedMedia", media="print")
    hidden = "getComputedStyle(document.querySelector('{}')).display === 'none'"
    assert all(browser.js(hidden.format(part)) for part in ("footer", "fieldset", ".panel"))
    printed = browser.js(STATE)
    assert (printed["place"], printed["blank"], printed["done"]) == (6, 0, 6)
    assert printed["width"] == "1.2px"  # no pen stands out on paper
    browser.call("Emulation.setEmulatedMedia", media="")
    browser.js("dispatchEvent(new Event('afterprint'))")
    agrees(browser.js(STATE), "poly", "reverse", 1)


def test_the_policy_lets_nothing_out(browser: Chromium, pages: dict[str, str]) -> None:
    browser.open(pages["poly"])
    refused = browser.js("fetch('https://example.invalid/').then(() => 'answered', error => error.name)")
    assert refused == "TypeError"
    said = [entry["entry"]["text"] for entry in browser.said("Log.entryAdded")]
    assert any("Content Security Policy" in line for line in said)


def test_without_script_the_page_shows_the_whole_sweep(browser: Chromium, pages: dict[str, str]) -> None:
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(pages["poly"])
        state = browser.js(STATE)
        assert state["blank"] == 0
        assert state["known"] == 6
        assert state["done"] == state["flows"] == 6
        assert state["nodes"] == []
        assert browser.js("getComputedStyle(document.querySelector('footer')).display") == "none"
    finally:
        browser.call("Emulation.setScriptExecutionDisabled", value=False)
