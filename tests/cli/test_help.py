"""Help: the pages list what there is, nothing else, in 80 columns, and every example runs."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from adcli import __version__
from adcli.cli import COMMANDS, EXAMPLES, GROUPS, load

Run = Callable[..., Any]
README = Path(__file__).parents[2] / "README.md"
OPTION = re.compile(r"(?<![\w-])--?[a-z][a-z-]*")


def page(command: str) -> str:
    return str(module(command).PAGE)


def module(command: str) -> Any:
    return import_module(f"adcli.commands.{command.replace('-', '_')}")


def options_of(command: str) -> set[str]:
    """What a command takes, long and short."""
    return {
        option
        for param in load(command).params
        for option in (*param.opts, *param.secondary_opts)
        if option.startswith("-")
    }


def listed(text: str) -> set[str]:
    """The options that a page lists: those at the beginning of an indented line."""
    heads = [line[2:].split("  ")[0] for line in text.splitlines() if line.startswith("  -")]
    return {option for head in heads for option in OPTION.findall(head)}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_page_lists_exactly_the_options_that_there_are(command: str) -> None:
    assert listed(page(command)) == options_of(command)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_in_a_page_exists(command: str) -> None:
    examples = [line for line in page(command).splitlines() if "adcli " in line]
    assert {option for line in examples for option in OPTION.findall(line.split(" | ")[-1])} <= {
        *options_of(command), "-x",
    }  # fmt: skip


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_a_page_is_ascii_and_80_columns_wide(adcli: Run, command: str) -> None:
    ran = adcli(*command.split(), "--help")
    assert ran.status == 0
    assert ran.err == ""
    assert ran.out.isascii()
    assert ran.out.endswith("\n")
    assert not ran.out.endswith("\n\n")
    assert max(map(len, ran.out.splitlines())) <= 80
    assert all(line == line.rstrip() for line in ran.out.splitlines())


@pytest.mark.parametrize("command", COMMANDS)
def test_a_page_leads_with_examples_and_ends_with_the_exit_codes(adcli: Run, command: str) -> None:
    lines = adcli(command, "--help").out.splitlines()
    assert lines[0].startswith(f"adcli {command}")
    assert lines[3] == "Examples"
    assert lines[-1].startswith("Exit: 0 done, 2 not understood")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_page_has_two_columns(adcli: Run, command: str) -> None:
    lines = adcli(command, "--help").out.splitlines()
    rows = [line for line in lines[lines.index("", 4) :] if line.startswith("  ")]
    assert {re.search(r"(?<=\S) {2,}(?=\S)", line).end() for line in rows} == {28}  # type: ignore[union-attr]


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_h_is_help_and_help_wins_over_what_is_wrong(adcli: Run, command: str) -> None:
    wanted = adcli(*command.split(), "--help").out
    assert adcli(*command.split(), "-h").out == wanted
    if command:
        assert adcli(command, "x +", "--help").out == wanted


def test_the_overview_lists_the_commands_that_exist(adcli: Run) -> None:
    lines = adcli("--help").out.splitlines()
    groups = lines[
        lines.index("Calculate") : lines.index(
            "adcli COMMAND --help shows examples and options of a command."
        )
    ]
    assert [line.split()[0] for line in groups if line.startswith("  ")] == COMMANDS
    modules = {path.stem for path in Path(import_module("adcli.commands").__file__ or "").parent.glob("*.py")}
    pages = {name for name in modules if hasattr(module(name), "PAGE")}
    assert {name.replace("_", "-") for name in pages} == set(COMMANDS)
    assert len({line.index(line.split()[1]) for line in groups if line.startswith("  ")}) == 1
    assert {title for title, _ in GROUPS} <= set(lines)


def test_nothing_at_all_shows_the_overview(adcli: Run) -> None:
    assert adcli().out == adcli("--help").out


@pytest.mark.parametrize(
    "args", [(), ("grad",), ("grad", "x", "--at", "x=1"), ("functions",), ("grad", "--json")]
)
def test_version(adcli: Run, args: tuple[str, ...]) -> None:
    ran = adcli(*args, "--version")
    assert (ran.status, ran.out, ran.err) == (0, f"adcli {__version__}\n", "")


def test_version_of_a_process(process: Run) -> None:
    assert process("--version").out == f"adcli {__version__}\n".encode()


# Examples.


def examples() -> list[str]:
    """Every command line in a help page or in the README."""
    found = [line for line, _ in EXAMPLES]
    found += [line for command in COMMANDS for line, _ in module(command).PAGE.examples]
    if README.exists():  # an installed package has none
        blocks = re.findall(
            r"```(?:console|sh|text)?\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL
        )
        lines = "".join(blocks).replace("\\\n", " ").splitlines()
        found += [
            line.removeprefix("$ ").strip() for line in lines if line.removeprefix("$ ").startswith("adcli ")
        ]
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("line", examples())
def test_an_example_runs(adcli: Run, tmp_path: Path, line: str) -> None:
    (tmp_path / "model.ad").write_text("g = x*y\ng + sin(x)\n", encoding="utf-8")
    (tmp_path / "point.json").write_text('{"x": 1.5, "y": 2}\n', encoding="utf-8")
    (tmp_path / "mine.csv").write_text("step,value\nv2,1.819\n", encoding="utf-8")
    adcli("eval", "x^2*y", "--at", "x=1,y=2")  # for the examples that use the last expression
    sent = ""
    if " | adcli " in line:
        said, _, line = line.partition(" | ")
        assert said.startswith("echo ")
        sent = shlex.split(said)[1] + "\n"
    args = shlex.split(line, comments=True)
    assert args[0] == "adcli"
    ran = adcli(*args[1:], stdin=sent)
    assert ran.status == 0 or (args[1], ran.status) == ("check", 1), ran.err  # the answer may be wrong
    if "-o" in args:
        assert (tmp_path / args[args.index("-o") + 1]).stat().st_size > 0
    else:
        assert ran.out


def test_pages_have_examples_of_their_own_command() -> None:
    for command in COMMANDS:
        for line, _ in module(command).PAGE.examples:
            assert f"adcli {command}" in line


@pytest.mark.parametrize(
    ("args", "third"),
    [
        (("eval", "1/3"), "0.3333333333"),
        (("grad", "x", "--at", "x=1/3"), "0.3333333333"),
        (("jacobian", "x*y; x", "--at", "x=1/3,y=1"), "0.333333"),
        (("trace", "x*y", "--at", "x=1/3,y=1"), "0.333333"),
        (("graph", "x*y", "--at", "x=1/3,y=1"), "0.3333"),
    ],
    ids=lambda args: args[0] if isinstance(args, tuple) else args,
)
def test_the_default_precision_is_the_one_in_the_page(adcli: Run, args: tuple[str, ...], third: str) -> None:
    digits = len(third) - 2
    assert f"significant digits (default {digits})" in page(args[0])
    at_point = "at x = 0.3333333333"  # the header says what was asked, whatever the table shows
    for form in ("table", "plain", "markdown"):
        shown = adcli(*args, "--format", form).out.replace(at_point, "")
        assert third in shown
        assert f"{third}3" not in shown
        assert f"{third[:4]}3" not in adcli(*args, "--format", form, "--precision", "2").out.replace(
            at_point, ""
        )


def test_precision_is_for_examples_of_functions_too(adcli: Run) -> None:
    assert "sin(1.2) = 0.932\n" in adcli("functions", "sin", "--precision", "3").out
