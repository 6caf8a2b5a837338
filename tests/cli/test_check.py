from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import adcli as package

SCHEMA = json.loads((Path(package.__file__).parent / "schema" / "adcli-1.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
Run = Callable[..., Any]
POLY = ("check", "x^2*y + 2*y", "--at", "x=1.5,y=2")
GRIEWANK = (
    "check",
    "v1=x1/x2; v2=sin(v1); v3=exp(x2); v4=v1-v3; v5=v2+v4; v6=v5*v4",
    "--at",
    "x1=1.5,x2=0.5",
)
QUOTIENT = (*GRIEWANK, "--answer", "x1=3.0118,x2=4.3471")  # the minus of the quotient rule is missing


def answered(adcli: Run, *args: str) -> tuple[int, dict[str, Any]]:
    ran = adcli(*args, "--json")
    assert ran.err == ""
    found = json.loads(ran.out)
    VALIDATOR.validate(found)
    return ran.status, found


def test_the_exit_status_says_whether_all_is_right(adcli: Run) -> None:
    assert adcli(*POLY, "--answer", "x=6,y=4.25").status == 0
    assert adcli(*POLY, "--answer", "x=6,y=4").status == 1
    assert adcli(*POLY, "--answer", "").status == 1
    assert adcli(*POLY, "--answer", "q=1").status == 2
    assert adcli(*POLY).status == 2
    assert adcli("check", "ln(x)", "--at", "x=-1", "--answer", "x=-1").status == 3
    assert adcli("check", "asin(x)", "--answer", "x=1/sqrt(x-5)").status == 1


def test_the_object_of_the_contract(adcli: Run) -> None:
    status, found = answered(adcli, *POLY, "--answer", "v2_bar=1, v1_bar=1, x=3, y=4.25")
    assert (status, found["correct"]) == (1, False)
    assert [(entry["name"], entry["verdict"]) for entry in found["entries"]] == [
        ("v2_bar", "right"), ("v1_bar", "wrong"), ("x", "carried"), ("y", "right"),
    ]  # fmt: skip
    wrong = found["entries"][1]
    assert (wrong["given"], wrong["expected"]) == (1.0, 2.0)
    assert wrong["mistakes"][0]["code"] == "factor-forgotten"
    assert wrong["mistakes"][0]["edge"] == "v1 -> v2"


@pytest.mark.parametrize(
    "args",
    [
        ("--answer", "x=6,y=4.25"), ("--answer", "x=2*x*y,y=x^2"), ("--answer", ""), ("--answer", "nan,1/0"),
        ("--answer", "x=pi,y=-4.25"), ("--answer", "6", "--hint", "0"), ("--answer", "5,1", "--hint", "1"),
        ("--answer", "5,1", "--hint", "2"), ("--answer", "y=4.2", "--tol", "1%"),
        ("--answer", "x=12/2,y=17/4", "--simplest"),
    ],
)  # fmt: skip
def test_every_answer_follows_the_schema(adcli: Run, args: tuple[str, ...]) -> None:
    answered(adcli, *POLY, *args)
    answered(adcli, "check", "x^2*y + 2*y", "--answer", "x=2x*y, y=x")


def test_hints_dose_what_is_given_away(adcli: Run) -> None:
    def entry(hint: int) -> dict[str, Any]:
        found: dict[str, Any] = answered(adcli, *QUOTIENT, "--hint", str(hint))[1]["entries"][1]
        return found

    assert set(entry(0)) == {"name", "verdict", "given"}
    assert (entry(1)["expected"], entry(1)["mistakes"]) == (None, [])
    assert entry(2)["expected"] is None
    assert entry(2)["mistakes"] == [
        {"code": "place", "message": "look again at x2 -> v1", "edge": "x2 -> v1"}
    ]
    assert entry(3)["mistakes"][0]["code"] == "quotient-without-minus"
    texts = [adcli(*QUOTIENT, "--hint", str(hint)).out for hint in range(4)]
    assert "-13.7" not in "".join(texts[:3])
    assert "-13.7" in texts[3]
    assert [("look again" in text, "x2 → v₁" in text) for text in texts] == [
        (False, False), (True, False), (True, True), (False, True),
    ]  # fmt: skip


def test_a_hint_and_what_tells_more_do_not_go_together(adcli: Run) -> None:
    assert adcli(*QUOTIENT, "--hint", "1", "--explain").status == 2
    assert adcli(*QUOTIENT, "--hint", "2", "--graph", "g.svg").status == 2


def test_explain_names_every_mistake_and_the_tolerance(adcli: Run) -> None:
    out = adcli(*QUOTIENT, "--explain").out
    assert "[quotient-without-minus]" in out
    assert "±" in out


@pytest.mark.parametrize("form", ["table", "plain", "markdown", "csv", "json"])
def test_every_form_tells_the_verdicts(adcli: Run, form: str) -> None:
    ran = adcli(*QUOTIENT, "--format", form)
    assert ran.status == 1
    assert "right" in ran.out
    assert "wrong" in ran.out


def test_a_form_that_check_lacks_is_refused(adcli: Run) -> None:
    assert adcli(*QUOTIENT, "--format", "latex").status == 2


def test_a_terminal_of_80_columns_shows_a_table(adcli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "80")
    plain = "".join(part[part.find("m") + 1 :] for part in adcli(*QUOTIENT).out.split("\x1b["))
    assert "entry" in plain
    assert max(map(len, plain.splitlines())) <= 80
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in adcli(*QUOTIENT).out


@pytest.mark.parametrize("width", [20, 40, 60, 200])
def test_any_width_has_a_form(adcli: Run, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", str(width))
    assert adcli(*QUOTIENT).status == 1
    assert adcli("check", "sin(x)/x", "--answer", "x=(cos(x)*x+sin(x))/x^2").status == 1
    assert adcli("trace", *POLY[1:], "--blank").status == 0


def test_a_table_is_read_from_a_file_or_from_standard_input(adcli: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("step,value\nv1,2.25\nv2,4.5\n", encoding="utf-8")
    assert adcli(*POLY, "--table", "mine.csv").status == 0
    assert adcli(*POLY, "--table", "-", stdin="v1 = 2.25\nv̄1 = 3\n").status == 1
    assert adcli(*POLY, "--table", "none.csv").status == 2
    (tmp_path / "mine.bin").write_bytes(b"\xff\xfe")
    assert adcli(*POLY, "--table", "mine.bin").status == 2


@pytest.mark.parametrize("form", ["plain", "markdown", "csv", "json", "table"])
def test_a_blank_table_comes_back_as_missing(adcli: Run, tmp_path: Path, form: str) -> None:
    name = {"plain": "b.txt", "markdown": "b.md", "csv": "b.csv", "json": "b.json", "table": "t.txt"}[form]
    (tmp_path / name).write_text(adcli("trace", *POLY[1:], "--blank", "--format", form).out, encoding="utf-8")
    status, found = answered(adcli, *POLY, "--table", name)
    assert status == 1
    assert {entry["verdict"] for entry in found["entries"]} == {"right", "missing"}


def test_blank_tables_are_traces_for_the_schema(adcli: Run) -> None:
    VALIDATOR.validate(adcli("trace", *POLY[1:], "--blank", "--json").json)
    assert adcli("trace", *POLY[1:], "--blank", "--explain").status == 2


@pytest.mark.draws
@pytest.mark.parametrize("ending", ["svg", "png", "pdf", "dot", "mmd", "tex"])
def test_the_picture_marks_the_wrong_edge(adcli: Run, tmp_path: Path, ending: str) -> None:
    assert adcli(*QUOTIENT, "--graph", f"g.{ending}").status == 1
    made = (tmp_path / f"g.{ending}").read_bytes()
    assert made
    if ending == "svg":
        text = made.decode()
        assert text.count('class="edge wrong"') == 1
        assert "yours 6, right −6" in text
    assert adcli(*QUOTIENT, "--graph", "g.doc").status == 2


def test_a_right_answer_marks_nothing(adcli: Run, tmp_path: Path) -> None:
    assert adcli(*POLY, "--answer", "x=6", "--graph", "g.svg").status == 0
    assert 'class="edge wrong"' not in (tmp_path / "g.svg").read_text(encoding="utf-8")


def test_an_answer_is_no_last_expression(adcli: Run) -> None:
    adcli("eval", "x+1", "--at", "x=1")
    adcli(*POLY, "--answer", "x=6")
    ran = adcli("eval", "--at", "x=2")
    assert ran.out.endswith("3\n")


@pytest.mark.parametrize(
    "answer",
    ["\x1b[31m", "x=\x1b]0;evil\x07", "[bold]x[/bold]=1", "x=<script>alert(1)</script>", "x=$(rm -rf /)"],
)
def test_hostile_answers_are_said_to_be_no_answers(adcli: Run, answer: str) -> None:
    ran = adcli(*POLY, "--answer", answer)
    assert ran.status == 2
    assert "\x1b" not in ran.out + ran.err
    assert "Traceback" not in ran.err


def test_an_error_has_its_place_in_the_answer(adcli: Run) -> None:
    error = adcli(*POLY, "--answer", "x=6, y=2*", "--json").error
    assert (error["code"], error["where"]) == ("syntax", "answer")
    assert error["span"] == [9, 9]
    assert "of the answer" in adcli(*POLY, "--answer", "x=6, y=2*").err


def test_a_right_formula_that_could_be_shorter_is_said_to_be_so_on_request(adcli: Run) -> None:
    asked = ("check", "ln(x*y)", "--answer", "x=y/(x*y), y=1/y", "--json")
    for options, codes in (((), ["identical"]), (("--simplest",), ["identical", "unsimplified"])):
        found = json.loads(adcli(*asked, *options).out)
        assert found["correct"] is True
        first, second = found["entries"]
        assert [remark["code"] for remark in first["remarks"]] == codes
        assert [remark["code"] for remark in second["remarks"]] == ["identical"]
        assert (first["expected"], second["expected"]) == ("1/x", "1/y")


def test_what_the_key_decides_is_no_option_beside_it(adcli: Run, tmp_path: Path) -> None:
    key, sheet = tmp_path / "key.toml", tmp_path / "jane.txt"
    key.write_text('[[exercise]]\nname = "1"\nfunction = "x^2"\nat = "x=3"\n', encoding="utf-8")
    sheet.write_text("1: 5\n", encoding="utf-8")
    folder = ("check", "--key", str(key), str(sheet))
    assert adcli(*folder, "--answer", "6").status == 2
    assert adcli("check", "x^2", "--answer", "2x", "--fail-under", "50").status == 2
    assert adcli(*folder).status == 0
    assert adcli(*folder, "--fail-under", "50").status == 1
    sheet.write_text("1: 6\n", encoding="utf-8")
    assert adcli(*folder, "--fail-under", "100").status == 0


def test_a_formula_is_explained_where_it_is_wrong_and_never_by_a_slip_of_the_pen(adcli: Run) -> None:
    found = json.loads(adcli("check", "x^3", "--at", "x=2", "--answer", "6x", "--json").out)
    assert found["entries"][0]["mistakes"] == []  # at x = 2 it is the right number
    found = json.loads(adcli("check", "ln(y)", "--answer", "1/y+1e-9", "--json").out)
    assert found["entries"][0]["mistakes"] == []
    found = json.loads(adcli("check", "x^2*y^3", "--answer", "x=x*y^3,y=-3x^2*y^2", "--json").out)
    codes = [{mistake["code"] for mistake in entry["mistakes"]} for entry in found["entries"]]
    assert codes[0] == {"power-without-factor"}
    assert "sign" in codes[1]
