"""Wrong command lines, each with its exit status, the code in JSON, and words that its message must have.

Whatever is wrong: no traceback, nothing on stdout, nothing written, no control character for the terminal.
"""

from __future__ import annotations

import json
import os
import random
import shlex
import sys
import unicodedata
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from jsonschema_rs import Draft202012Validator

Run = Callable[..., Any]
VALIDATOR = Draft202012Validator(
    json.loads(files("adcli").joinpath("schema/adcli-1.json").read_text(encoding="utf-8"))
)


class Wrong(NamedTuple):
    """A wrong command line as a shell reads it."""

    line: str
    code: str
    words: str
    stdin: str = ""

    @property
    def status(self) -> int:
        return 3 if self.code == "domain" else 2


SYNTAX = [
    Wrong('grad ""', "syntax", "empty"),
    Wrong('grad "   "', "syntax", "empty"),
    Wrong('grad "# nothing"', "syntax", "empty"),
    Wrong('grad "x^2*y + 2*)" --at x=1,y=2', "syntax", 'syntax error at column 11: unexpected ")"'),
    Wrong('grad "x +"', "syntax", "column"),
    Wrong('grad "(x + 1"', "syntax", '")"'),
    Wrong('grad "x + 1)"', "syntax", 'column 6: unexpected ")"'),
    Wrong('grad "sin(1, 2)"', "syntax", "sin"),
    Wrong('grad "atan2(x)"', "syntax", "atan2"),
    Wrong('grad "max()"', "syntax", "max"),
    Wrong('grad "1 000*x"', "syntax", "number"),
    Wrong('grad "0x10"', "syntax", "column 1"),
    Wrong('grad "007*x"', "syntax", "write 7"),
    Wrong('grad "x 2"', "syntax", "x*2"),
    Wrong('grad "50%"', "syntax", "%"),
    Wrong('grad "n!"', "syntax", "!"),
    Wrong('grad "a < b < c"', "syntax", "column"),
    Wrong('grad "x < 1"', "syntax", "condition"),
    Wrong('grad "return x"', "syntax", "return"),
    Wrong('grad "let y = x"', "syntax", "let"),
    Wrong('grad "x = "', "syntax", "column"),
    Wrong('grad "sin = x; sin"', "syntax", "sin"),
    Wrong('grad "𝑥^2"', "syntax", "U+1D465"),
    Wrong('grad "х^2"', "syntax", "U+0445"),
    Wrong('grad "x’"', "syntax", "U+2019"),
    Wrong('grad "||x|-1|"', "syntax", "abs("),
    Wrong('grad "x\n+ 1"', "syntax", "line 2"),
    Wrong('grad "[bold]x[/bold]" --at x=1', "syntax", "[bold]x[/bold]"),
    Wrong("grad - --at x=1", "syntax", "column 3", stdin="x*\n"),
]
NAMES = [
    Wrong('grad "x"', "name", "no value is given for x --at x=..."),
    Wrong('grad "x*y"', "name", "x, y --at x=...,y=..."),
    Wrong('grad "x*y" --at x=1', "name", "lacks y"),
    Wrong('grad "x*y" --at ""', "name", "x, y"),
    Wrong('grad "alpha*y" --at alhpa=1,y=2', "name", "did you mean alpha"),
    Wrong('grad "x*y" --at x=1,y=2,z=3', "name", '"z" inputs: x, y'),
    Wrong('grad "alpha" --at alpha=1,alpah=2', "name", "did you mean alpha"),
    Wrong('grad "xy" --at x=1,y=2', "name", 'unknown name "xy" x*y'),
    Wrong('grad "sinx" --at x=1', "name", "sin(x)"),
    Wrong('grad "foo(x)" --at x=1', "name", 'unknown function "foo"'),
    Wrong('grad "sine(x)" --at x=1', "name", "did you mean sin"),
    Wrong('grad "x*y" --wrt z --at x=1,y=2', "name", '"z" inputs: x, y'),
    Wrong('grad "a=x; b=x^2; a, b" --output c --at x=1', "name", '"c" outputs: a, b'),
    Wrong('eval "a=x; b=x^2" --outputs q --at x=1', "name", '"q"'),
    Wrong('trace "x*y" --seed q=1', "name", '"q"'),
    Wrong('trace "x*y" --mode forward --wrt q', "name", '"q"'),
    Wrong('grad "x" --at x=y', "name", '"y" constant'),
    Wrong('grad "x" --at x=NaN', "name", "NaN"),
    Wrong('grad "x" --at x=inf', "name", "inf"),
    Wrong("functions sinn", "name", "did you mean sin"),
    Wrong("functions qqqq", "name", "qqqq adcli functions"),
]
POINTS = [
    Wrong('grad "x*y" --at x=1,x=2', "usage", '"x" twice'),
    Wrong('grad "x*y" --at x=1 --at x=2,y=1', "usage", '"x" twice'),
    Wrong('grad "θ" --at "θ=1,theta=2"', "usage", "twice"),
    Wrong('grad "x*y" --at x=1,y=', "syntax", '"y" is missing'),
    Wrong('grad "x*y" --at x=1,,y=2', "syntax", "NAME=VALUE"),
    Wrong('grad "x*y" --at "x=1 y=2"', "syntax", "comma x=1,y=2"),
    Wrong('grad "x*y" --at "x=1;y=2"', "syntax", "comma"),
    Wrong('grad "x" --at 2x=1', "syntax", '"2x"'),
    Wrong('grad "x" --at x==1', "syntax", "NAME=VALUE"),
    Wrong('grad "x" --at "x=)"', "syntax", "column 3 of the point"),
    Wrong('grad "x" --at "x=1 2"', "syntax", "of the point"),
    Wrong('grad "x" --at "x=[1,2]"', "shape", "one number jacobian"),
    Wrong('grad "x" --at x=ln(-1)', "domain", "ln(-1)"),
    Wrong('grad "x" --at x=1/0', "domain", "1/0"),
    Wrong('grad "x" --at x=1e400', "domain", "overflow"),
    Wrong('grad "x" --at x=9^9^9^9', "domain", "overflow"),
    Wrong('grad "x" --at x:1', "usage", "x:1 NAME=VALUE .json"),
    Wrong('grad "x" --at 1', "usage", "NAME=VALUE"),
    Wrong('trace "x" --seed 1', "syntax", "--seed NAME=VALUE"),
]
MATHEMATICS = [
    Wrong('eval "1/0"', "domain", "1/0"),
    Wrong('grad "1/x" --at x=0', "domain", "not defined x = 0"),
    Wrong('grad "y*ln(x - 3)" --at x=1,y=2', "domain", "x - 3 = -2 greater than 0 ~~~~"),
    Wrong('grad "sqrt(x)" --at x=-1', "domain", "sqrt"),
    Wrong('grad "sqrt(x)" --at x=0', "domain", "no derivative"),
    Wrong('grad "x^y" --at x=-2,y=0.5', "domain", "x^y"),
    Wrong('grad "0^x" --at x=-1', "domain", "0^x"),
    Wrong('grad "x^(1/3)" --at x=-8', "domain", "for the real root write cbrt(x)"),
    Wrong('grad "(2x)^(2/3)" --at x=-8', "domain", "cbrt(...)^2"),
    Wrong('grad "x^-0.2" --at x=-8', "domain", "(sign(x)*abs(x)^(1/5))^(-1)"),
    Wrong('grad "x^y" --at x=0,y=0.5', "domain", "a power has a derivative only"),
    Wrong('grad "asin(x)" --at x=2', "domain", "asin"),
    Wrong('grad "exp(x)" --at x=1000', "domain", "overflow exp(x) = 1000"),
    Wrong('eval "9^9^9^9"', "domain", "overflow"),
    Wrong('eval "10^10^10^10*0"', "domain", "overflow"),
    Wrong('eval "1e400"', "domain", "overflow"),
    Wrong('eval "x + 1e99999999999"', "domain", "overflow"),
    Wrong(f'eval "x + {"9" * 5000}" --at x=1', "domain", "overflow"),
    Wrong('grad "|x|" --at x=0 --strict', "domain", "kink"),
    Wrong('grad "tan(x)" --at x=1e400', "domain", "overflow"),
    Wrong('jacobian "x, 1/x" --at x=0', "domain", "1/x"),
    Wrong('trace "ln(x)" --at x=0', "domain", "ln"),
    Wrong('graph "ln(x)" --at x=0', "domain", "ln"),
]
OPTIONS = [
    Wrong("grad -- -f model.ad", "usage", "stand before --"),
    Wrong("grad -- -x^2 -f model.ad", "usage", "stand before --"),
    Wrong('gard "x"', "usage", '"gard" did you mean grad'),
    Wrong("xyzzy", "usage", '"xyzzy" eval, grad'),
    Wrong("help", "usage", "adcli --help"),
    Wrong('"x^2" --at x=1', "usage", "command comes first"),
    Wrong('--no-color grad "x"', "usage", "options follow the command"),
    Wrong("--bogus", "usage", "--bogus"),
    Wrong('grad "x" --presicion 3', "usage", '"--presicion" did you mean --precision'),
    Wrong('grad "x" --qqqqqqq', "usage", '"--qqqqqqq" adcli grad --help'),
    Wrong('grad "x" --at', "usage", "--at needs a value x=1,y=2"),
    Wrong('grad "x" --at --quiet', "usage", "--at needs a value"),
    Wrong('grad "x" --precision', "usage", "--precision needs a value"),
    Wrong('grad "x" --quiet=yes', "usage", "--quiet takes no value"),
    Wrong('grad "x" --precision -3', "usage", 'from 1 to 17 "-3"'),
    Wrong('grad "x" --precision 0', "usage", "from 1 to 17"),
    Wrong('grad "x" --precision 18', "usage", "from 1 to 17"),
    Wrong('grad "x" --precision many', "usage", "many"),
    Wrong('grad "x" --mode up --at x=1', "usage", '--mode auto, forward, reverse "up"'),
    Wrong('grad "x" --mode revers --at x=1', "usage", "did you mean reverse"),
    Wrong('trace "x" --mode auto', "usage", "forward, reverse"),
    Wrong('trace "x" --mode none', "usage", "forward, reverse"),
    Wrong('jacobian "x" --layout rows --at x=1', "usage", "numerator, denominator"),
    Wrong('grad "x" --format xml --at x=1', "usage", '"xml" table'),
    Wrong('graph "x" --format gif', "usage", '"gif" svg'),
    Wrong('graph "x*y" --direction up -o g.svg', "usage", "tb, lr, bt, rl"),
    Wrong('graph "x*y" --theme neon -o g.svg', "usage", "light, dark, print"),
    Wrong('graph "x*y" --edges all -o g.svg', "usage", "formula, value, both, none"),
    Wrong('graph "x*y" --arrows up -o g.svg', "usage", "data, dependency"),
    Wrong('graph "x*y" --scale 0 -o g.png', "usage", "--scale"),
    Wrong('graph "x*y" --scale nan -o g.png', "usage", "--scale"),
    Wrong('graph "x*y" --scale big -o g.png', "usage", "big"),
    Wrong('grad "x" "y" --at x=1', "usage", 'too many: "y" quotes'),
    Wrong('grad "x" x=1', "usage", "--at x=1"),
    Wrong('grad "x" -q', "usage", '"-q"'),
    Wrong("forget now", "usage", '"now"'),
    Wrong("functions sin cos", "usage", '"cos"'),
    Wrong("grad -fmodel.ad --at x=1", "syntax", "-fmodel.ad"),
    Wrong('grad "x, x^2" --at x=1', "usage", "2 outputs: f1, f2 jacobian --output f1"),
    Wrong('grad "a=x; b=2*x; a, b" --at x=1', "usage", "a, b jacobian"),
    Wrong('grad "x" --wrt "" --at x=1', "usage", "empty"),
    Wrong('eval "a=x; b=x" --outputs "," --at x=1', "usage", "empty"),
    Wrong('trace "x" --wrt x', "usage", "--wrt --mode reverse"),
    Wrong('trace "x" --mode forward --output f', "usage", "--output --mode forward"),
    Wrong('graph "x" --seed x=1', "usage", "--mode"),
    Wrong('trace "x" --mode forward --wrt x --seed x=1', "usage", "--seed --wrt"),
    Wrong("grad", "usage", "no expression"),
    Wrong("grad --at x=1", "usage", "no expression"),
    Wrong("grad -", "syntax", "empty"),
    Wrong('grad "x" -f model.ad', "usage", "-f"),
    Wrong("grad - --at -", "usage", "standard input"),
    Wrong("grad -f - --at -", "usage", "standard input"),
    Wrong('grad "x" --at - --at -', "usage", "standard input"),
]
FILES: dict[str, bytes] = {
    "model.ad": b"x^2\n",
    "latin.ad": "x # \xe9".encode("latin-1"),
    "wide.ad": "x^2".encode("utf-16"),
    "bad.ad": b"g = x*x\nh = g +* 2\n",
    "broken.json": b'{"x": 1',
    "list.json": b"[1, 2]",
    "nan.json": b'{"x": NaN}',
    "infinity.json": b'{"x": -Infinity}',
    "huge.json": b'{"x": 1e999}',
    "digits.json": b'{"x": %s}' % (b"9" * 5000),
    "twice.json": b'{"x": 1, "x": 2}',
    "null.json": b'{"x": null}',
    "true.json": b'{"x": true}',
    "nested.json": b'{"x": [1, 2]}',
    "deep.json": b"[" * 100_000,
    "words.json": b'{"x": "ln(0-1)"}',
    "name.json": b'{"x y": 1}',
    "empty.json": b"",
    "bytes.json": b'{"x": "\xff"}',
    "broken.toml": b"x = ",
    "nan.toml": b"x = nan",
    "inf.toml": b"x = inf",
    "date.toml": b"x = 2020-01-01",
    "twice.toml": b"x = 1\nx = 2\n",
    "broken.yaml": b"x: [1",
    "list.yaml": b"- 1\n",
    "nan.yaml": b"x: .nan\n",
    "twice.yaml": b"x: 1\nx: 2\n",
    "object.yaml": b"x: !!python/object/apply:os.system [exit]\n",
    "rows.csv": b"x\n1\n2\n",
    "header.csv": b"x\n",
    "short.csv": b"x,y\n1\n",
    "twice.csv": b"x,x\n1,2\n",
    "nul.csv": b'x\n"1\n',
    "empty.csv": b"",
    "point.txt": b"x=1",
}  # fmt: skip
OF_FILES = [
    Wrong("grad -f nowhere.ad", "io", "nowhere.ad no such file"),
    Wrong("grad -f folder", "io", "folder directory"),
    Wrong("grad -f latin.ad", "io", "latin.ad UTF-8 byte 4"),
    Wrong("grad -f wide.ad", "io", "wide.ad UTF-8"),
    Wrong("grad -f bad.ad --at x=1", "syntax", "line 2, column 8"),
    Wrong("grad -f model.ad", "name", "x"),
    Wrong('grad "x" --at nowhere.json', "io", "nowhere.json"),
    Wrong('grad "x" --at folder', "usage", "folder .json"),
    Wrong('grad "x" --at point.txt', "usage", "point.txt .json"),
    Wrong('grad "x" --at broken.json', "usage", "broken.json JSON line 1"),
    Wrong('grad "x" --at empty.json', "usage", "empty.json"),
    Wrong('grad "x" --at list.json', "usage", "list.json object"),
    Wrong('grad "x" --at nan.json', "usage", "NaN"),
    Wrong('grad "x" --at infinity.json', "usage", "-Infinity"),
    Wrong('grad "x" --at huge.json', "domain", "overflow 1e999"),
    Wrong('grad "x" --at digits.json', "domain", "overflow"),
    Wrong('grad "x" --at twice.json', "usage", '"x" twice'),
    Wrong('grad "x" --at null.json', "usage", "not a number"),
    Wrong('grad "x" --at true.json', "usage", "not a number"),
    Wrong('grad "x" --at nested.json', "shape", "one number jacobian"),
    Wrong('grad "x" --at deep.json', "usage", "deep.json"),
    Wrong('grad "x" --at words.json', "domain", 'ln(0-1) "x" in words.json'),
    Wrong('grad "x" --at name.json', "usage", '"x y"'),
    Wrong('grad "x" --at bytes.json', "io", "UTF-8"),
    Wrong('grad "x" --at broken.toml', "usage", "broken.toml TOML"),
    Wrong('grad "x" --at nan.toml', "usage", "finite"),
    Wrong('grad "x" --at inf.toml', "usage", "finite"),
    Wrong('grad "x" --at date.toml', "usage", "not a number"),
    Wrong('grad "x" --at twice.toml', "usage", "twice.toml"),
    Wrong('grad "x" --at broken.yaml', "usage", "broken.yaml YAML"),
    Wrong('grad "x" --at list.yaml', "usage", "mapping"),
    Wrong('grad "x" --at nan.yaml', "syntax", ".nan"),
    Wrong('grad "x" --at twice.yaml', "usage", "twice"),
    Wrong('grad "x" --at object.yaml', "usage", "not a number"),
    Wrong('grad "x" --at rows.csv', "usage", "rows.csv 2 rows"),
    Wrong('grad "x" --at header.csv', "usage", "0 rows"),
    Wrong('grad "x" --at empty.csv', "usage", "0 rows"),
    Wrong('grad "x" --at short.csv', "usage", "2 names 1"),
    Wrong('grad "x" --at twice.csv', "usage", "twice"),
    Wrong('grad "x" --at nul.csv', "usage", "CSV"),
    Wrong('grad "x" --at -', "usage", "standard input JSON", stdin="x=1"),
    Wrong('grad "x" --at -', "usage", "standard input", stdin=""),
    Wrong('grad "x" --at -', "usage", "NaN", stdin='{"x": NaN}'),
    Wrong('grad "x" --at x=1 -o nowhere/g.json', "io", "nowhere/g.json"),
    Wrong('grad "x" --at x=1 -o model.ad/g.json', "io", "model.ad/g.json"),
    Wrong('graph "x*y" --format png -o g.svg', "usage", "png .svg"),
]
# With --json as well these would be other questions.
NOT_AS_JSON = [
    Wrong('grad "x" --at x=1 -o folder --format csv', "io", "folder directory"),
    Wrong('graph "x*y" -o nowhere/g.svg', "io", "nowhere/g.svg"),
    Wrong('graph "x*y" -o nowhere/g.dot', "io", "nowhere/g.dot"),
    Wrong('grad "x" --at x=1 -o answer.xyz', "usage", "answer.xyz ending --format"),
    Wrong('grad "x" --at x=1 -o answer', "usage", "answer --format"),
    Wrong('grad "x" --at x=1 -o -', "usage", "--format"),
    Wrong('graph "x*y" -o g.bmp', "usage", "g.bmp .svg"),
]
TABLE = [*SYNTAX, *NAMES, *POINTS, *MATHEMATICS, *OPTIONS, *OF_FILES]


def harmless(text: str) -> bool:
    """Whether a terminal shows a text as it is: line ends and tabs, else nothing that moves or colours."""
    return all(sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cf", "Cs"} for sign in text)


def checked(ran: Any, wrong: Wrong, words: str = "") -> None:
    """What holds for every error."""
    assert ran.status == wrong.status, ran.err
    assert ran.out == ""
    assert "Traceback" not in ran.err
    assert "internal" not in ran.err
    assert harmless(ran.err)
    for word in (words or wrong.words).split():
        assert word.lower() in ran.err.lower(), (word, ran.err)


@pytest.fixture
def _files(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for name, data in FILES.items():
        (tmp_path / name).write_bytes(data)


@pytest.mark.usefixtures("_files")
@pytest.mark.parametrize("wrong", TABLE, ids=lambda wrong: ascii(wrong.line)[1:50])
def test_a_wrong_command_line_is_said_to_be_wrong(adcli: Run, tmp_path: Path, wrong: Wrong) -> None:
    before = sorted(tmp_path.rglob("*"))
    args = shlex.split(wrong.line)
    ran = adcli(*args, stdin=wrong.stdin)
    checked(ran, wrong)
    assert ran.err.startswith("adcli: ")
    assert len(ran.err.splitlines()) < 12
    as_json = adcli(*args, "--json", stdin=wrong.stdin)
    assert as_json.status == wrong.status
    assert as_json.err.count("\n") == 1
    assert as_json.error["code"] == wrong.code
    VALIDATOR.validate(json.loads(as_json.err))
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("wrong", NOT_AS_JSON, ids=lambda wrong: wrong.line)
def test_an_output_that_cannot_be_written(adcli: Run, tmp_path: Path, wrong: Wrong) -> None:
    (tmp_path / "folder").mkdir()
    checked(adcli(*shlex.split(wrong.line)), wrong)
    assert list(tmp_path.rglob("*")) == [tmp_path / "folder"]


def test_there_are_many() -> None:
    assert len(TABLE) > 150
    assert len({wrong.line for wrong in TABLE}) > 150


# Texts that want something of the terminal.

HOSTILE = {
    "a clear screen": "x + \x1b[2J",
    "a colour": "\x1b[31mx",
    "a bell": "x\x07",
    "a C1 control": "x\x9b31m",
    "a title": "x\x1b]0;mine\x07",
    "a right-to-left override": "x\u202ey",
    "an isolate": "x\u2066y",
    "a zero-width space": "x\u200by",
    "a carriage return": "x + 1\ry",
    "a delete": "x\x7f",
    "markup": "[red]x[/red] + [link=http://example.org]y[/link]",
    "emoji codes": ":smile: + x",
    "a format string": "{x} %s %(x)s",
}
PLACES: dict[str, list[str]] = {
    "expression": ["grad", "{}"],
    "point": ["grad", "x", "--at", "x={}"],
    "name of the point": ["grad", "x", "--at", "{}=1"],
    "file": ["grad", "-f", "{}"],
    "point file": ["grad", "x", "--at", "{}.json"],
    "output": ["grad", "x", "--at", "x=1", "--output", "{}"],
    "wrt": ["grad", "x", "--at", "x=1", "--wrt", "{}"],
    "mode": ["grad", "x", "--at", "x=1", "--mode", "{}"],
    "command": ["{}"],
    "function": ["functions", "{}"],
    "option": ["grad", "x", "--{}"],
    "extra": ["grad", "x", "{}"],
    "format": ["graph", "x*y", "--format", "{}"],
    "suffix": ["graph", "x*y", "-o", "{}"],
    "precision": ["grad", "x", "--precision", "{}"],
    "seed": ["trace", "x", "--seed", "{}"],
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_and_not_obeyed(adcli: Run, text: str, place: str) -> None:
    args = [part.replace("{}", HOSTILE[text]) for part in PLACES[place]]
    ran = adcli(*args)
    assert ran.status == 2
    assert ran.out == ""
    assert harmless(ran.err), repr(ran.err)
    assert "Traceback" not in ran.err
    assert "internal" not in ran.err
    if place == "suffix":
        return  # with --json it is a file's name like any other
    as_json = adcli(*args, "--json")
    assert harmless(as_json.err), repr(as_json.err)
    VALIDATOR.validate(json.loads(as_json.err))


@pytest.mark.parametrize("forced", [False, True])
def test_markup_reaches_the_terminal_as_it_is(
    adcli: Run, monkeypatch: pytest.MonkeyPatch, *, forced: bool
) -> None:
    if forced:
        monkeypatch.setenv("FORCE_COLOR", "1")
    ran = adcli("grad", "x + [bold]y[/bold] :smile:")
    assert "x + [bold]y[/bold] :smile:" in ran.err


# As processes: what the shell can send that Python only half understands.


@pytest.mark.skipif(sys.platform == "win32", reason="arguments are bytes on POSIX")
@pytest.mark.parametrize(
    "args",
    [
        (b"grad", b"x\xff"),
        (b"grad", b"x # \xff", b"--at", b"x=1"),
        (b"grad", b"x", b"--at", b"\xff=1"),
        (b"grad", b"x", b"--at", b"x=\xff"),
        (b"grad", b"x", b"--at", b"\xff.json"),
        (b"grad", b"x", b"--\xff"),
        (b"grad", b"-f", b"\xff.ad"),
        (b"graph", b"x*y", b"--mode", b"\xff"),
        (b"functions", b"\xff"),
        (b"\xff",),
    ],
    ids=repr,
)
def test_arguments_that_are_no_text(process: Run, args: tuple[bytes, ...]) -> None:
    for extra in ((), (b"--json",)):
        done = process(*args, *extra)
        assert done.status == 2, done.err
        assert done.out == b""
        assert b"Traceback" not in done.err
        assert b"internal" not in done.err
        if extra:
            VALIDATOR.validate(json.loads(done.err))


@pytest.mark.parametrize("line", ['grad "x +"', 'grad "ln(x)" --at x=0', "grad --at", "eval 9^9^9^9"])
def test_errors_of_processes(process: Run, line: str) -> None:
    done = process(*shlex.split(line))
    assert done.status == (3 if "x=0" in line or "9" in line else 2)
    assert done.out == b""
    assert done.err.startswith(b"adcli: ")


def test_a_fault_of_ours_is_one_line_and_says_where_to_report_it(
    adcli: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("so it goes")

    monkeypatch.setattr("adcli.answers.value", broken)
    ran = adcli("eval", "1")
    assert ran.status == 70
    assert ran.err.startswith("adcli: internal fault: ZeroDivisionError: so it goes")
    assert "report" in ran.err
    assert "Traceback" not in ran.err
    assert adcli("eval", "1", "--json").error["code"] == "internal"
    assert "Traceback" in adcli("eval", "1", "--debug").err


def test_debug_shows_where_a_wrong_input_was_found(adcli: Run) -> None:
    assert "Traceback" in adcli("eval", "x +", "--debug").err


# Files that must not be there afterwards, or must be there as they were.


def test_a_failed_run_leaves_an_existing_file_alone(adcli: Run, tmp_path: Path) -> None:
    kept = tmp_path / "g.svg"
    kept.write_text("mine", encoding="utf-8")
    assert adcli("graph", "ln(x)", "--at", "x=-1", "-o", "g.svg").status == 3
    assert kept.read_text(encoding="utf-8") == "mine"
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "state") == ["g.svg"]


def test_a_folder_that_may_not_be_written(adcli: Run, tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    if os.access(locked, os.W_OK):  # root may write anywhere but into the kernel's own folder
        locked = Path("/proc")
    ran = adcli("graph", "x*y", "-o", str(locked / "g.dot"))
    assert ran.status == 2
    assert "g.dot" in ran.err
    assert not (locked / "g.dot").exists()


def test_an_interrupted_write_leaves_nothing(
    adcli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    assert adcli("graph", "x*y", "-o", "g.dot").status == 130
    assert [path.name for path in tmp_path.iterdir() if path.name != "state"] == []


def test_a_link_is_followed_and_a_mode_kept(adcli: Run, tmp_path: Path) -> None:
    real = tmp_path / "real.json"
    real.write_text("old", encoding="utf-8")
    real.chmod(0o640)
    (tmp_path / "link.json").symlink_to(real)
    assert adcli("eval", "1+1", "-o", "link.json").status == 0
    assert (tmp_path / "link.json").is_symlink()
    assert json.loads(real.read_text(encoding="utf-8"))["value"] == 2.0
    assert real.stat().st_mode & 0o777 == 0o640


# Anything at all.

PIECES = {
    "expression": [
        "x", "x*y", "-x", "|x|", "x, y", "a=x*y; b=sin(a); b", "ln(x)", "1/x", "max(x,y)", "if(x<y, x, y)",
        "2", "", "x+", "sin(x", "θ", "f*x", "v1*x", "x # \x9b31m \u202e \x1b[2J", "e=2; e*x", "x^y", "9^9^9",
        "1e400", "x=x+1; x", "log(x,y)", "\x1b[1m", "-", "--",
    ],
    "point": ["x=1", "y=-2", "x=0", "θ=1/3", "z=1", "x=1e300", "x=1/0", "x=", "=", "x", "", "x=1 y=2"],
    "--mode": ["auto", "none", "forward", "reverse", "up"],
    "--wrt": ["x", "x,y", "z", ","],
    "--output": ["f", "f1", "b", "q"],
    "--outputs": ["a", "b,a", "x"],
    "--precision": ["1", "3", "17", "0", "x"],
    "--format": ["table", "plain", "markdown", "csv", "json", "dot", "xml"],
    "-o": ["out.json", "out.md", "out.csv", "out.txt", "out.dot", "-", "no/where.json", "out"],
    "-f": ["nowhere", "-"],
    "--layout": ["numerator", "denominator"],
    "--edges": ["formula", "both", "none"],
    "flags": ["--json", "--strict", "--trace", "--explain", "--no-share", "--quiet", "-h", "--"],
}  # fmt: skip
COMMANDS = ["eval", "grad", "jacobian", "trace", "graph", "functions"]


def anything(rng: random.Random) -> list[str]:
    """A command line of pieces that need not fit together."""
    args = [rng.choice(COMMANDS), rng.choice(PIECES["expression"])]
    for _ in range(rng.randrange(5)):
        option = rng.choice([*PIECES, "--at", "--at", "--seed"])
        if option == "flags":
            args.append(rng.choice(PIECES["flags"]))
        elif option in {"--at", "--seed"}:
            args += [option, ",".join(rng.sample(PIECES["point"], rng.randrange(1, 4)))]
        elif option.startswith("-"):
            args += [option, rng.choice(PIECES[option])]
    return args


@pytest.mark.parametrize("seed", range(8))
def test_any_command_line_is_answered_or_refused(adcli: Run, seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(100):
        args = anything(rng)
        ran = adcli(*args, stdin=rng.choice(["x*y", '{"x": 1}', ""]))
        assert ran.status in {0, 2, 3}, args
        assert ran.status == 0 or ran.out == "", args
        assert "Traceback" not in ran.err, args
        assert harmless(ran.err), args
        assert harmless(ran.out), args
