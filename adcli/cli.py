"""The command line: the Typer app, the list of commands, and the one place where errors become exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from adcli import __version__
from adcli.commands.asked import command
from adcli.errors import AdcliError, ExitStatus, FileProblem, UsageError

GROUPS = (
    (
        "Calculate",
        (
            ("eval", "value"),
            ("grad", "value and gradient"),
            ("jacobian", "all partial derivatives of several outputs"),
        ),
    ),
    (
        "Show",
        (
            ("trace", "the evaluation trace, forward or reverse"),
            ("graph", "the computation graph, with the partials on its edges"),
            ("functions", "every function with its domain and derivative rule"),
        ),
    ),
    ("Tidy", (("forget", "remove the stored last expression"),)),
)
COMMANDS = [name for _, rows in GROUPS for name, _ in rows]
EXAMPLES = (
    ('adcli grad "x^2*y+2*y" --at x=1.5,y=2', "value and gradient"),
    ('adcli trace "sin(x)*x" --at x=2', "every step as a table"),
    ('adcli graph "x*y+exp(x)" --at x=1,y=2 -o g.svg', "the picture, as a file"),
)
CONTEXT = {"help_option_names": ["-h", "--help"]}


class Command(TyperCommand):
    """A command whose help is its own page."""

    page: str = ""

    def get_help(self, _ctx: Any) -> str:
        """The page."""
        return self.page


class Commands(TyperGroup):
    """The commands by name; each module is imported when its command is asked for."""

    def list_commands(self, _ctx: Any) -> list[str]:
        """All names, in the order of the help."""
        return COMMANDS

    def get_command(self, _ctx: Any, cmd_name: str) -> Any:
        """The command of a name, or None."""
        return load(cmd_name) if cmd_name in COMMANDS else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that the first argument names; UsageError with the nearest one."""
        if args[0] not in COMMANDS:
            from adcli.language.names import nearest  # only for the message

            meant = nearest(args[0], COMMANDS)
            hint = f"did you mean {meant}?" if meant else f"commands: {', '.join(COMMANDS)}"
            raise UsageError(f"no command is called {args[0]!r}", hint=hint)
        return super().resolve_command(ctx, args)

    def get_help(self, _ctx: Any) -> str:
        """The overview: examples first, then the commands by purpose."""
        from adcli.commands.help import table  # only for --help

        lines = ["adcli: derivatives with every step shown", "", "Examples", *table(EXAMPLES, 51)]
        for title, rows in GROUPS:
            lines += ["", title, *table(rows, 11)]
        lines += [
            "",
            "adcli COMMAND --help shows examples and options of a command.",
            "All commands: --json  --precision N  --no-color  --quiet  --version",
        ]
        return "\n".join(lines)


app = typer.Typer(cls=Commands, add_completion=False, rich_markup_mode=None, context_settings=CONTEXT)


@app.callback(invoke_without_command=True)
def overview(ctx: typer.Context, version: bool = typer.Option(False, "--version")) -> None:  # noqa: FBT001, FBT003
    """Without a command: the version, or the overview."""
    if version:
        sys.stdout.write(f"adcli {__version__}\n")
    elif ctx.invoked_subcommand is None:
        sys.stdout.write(ctx.get_help() + "\n")


@cache
def load(name: str) -> Any:
    """The Typer command of a module in adcli.commands."""
    module = import_module(f"adcli.commands.{name}")
    single = typer.Typer(add_completion=False, rich_markup_mode=None)
    run = command(module.run, program=getattr(module, "TAKES_PROGRAM", True))
    single.command(name, cls=Command, context_settings=CONTEXT)(run)
    made = typer.main.get_command(single)
    made.page = str(module.PAGE)  # type: ignore[attr-defined]  # it is a Command
    return made


def valued(name: str) -> set[str]:
    """The options of a command that take a value."""
    params = load(name).params if name in COMMANDS else []
    return {option for param in params if not getattr(param, "is_flag", True) for option in param.opts}


def arranged(args: Sequence[str]) -> list[str]:
    """The arguments with values such as -x^2 moved behind --, where nothing reads them as options.

    An argument that begins with one minus, and is neither a short option nor the value of the option
    before it, is an expression. Short options are never glued to their value.
    """
    kept: list[str] = []
    values: list[str] = []
    takers = valued(args[0]) if args else set()
    value_of_option = False
    for place, arg in enumerate(args):
        if arg == "--" and not value_of_option:
            values += args[place + 1 :]
            break
        if value_of_option or arg[:1] != "-" or arg[:2] == "--" or arg in SHORT:
            kept.append(arg)
        else:
            values.append(arg)
        value_of_option = not value_of_option and arg in takers
    return [*kept, "--", *values] if values else kept


SHORT = {"-", "-h", "-f", "-o"}


def main(args: Sequence[str] | None = None) -> int:
    """Run a command line and return its exit status. Nothing but this turns errors into messages."""
    given = list(sys.argv[1:] if args is None else args)
    try:
        try:
            status = typer.main.get_command(app).main(
                arranged(given), prog_name="adcli", standalone_mode=False
            )
            sys.stdout.flush()
            return int(status or ExitStatus.DONE)
        except typer.TyperException as error:
            raise UsageError(one_line(error.format_message())) from error
    except AdcliError as error:
        return failed(error, given)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # so that the interpreter's last flush is silent too
        return ExitStatus.DONE
    except (KeyboardInterrupt, typer.Abort):
        return ExitStatus.INTERRUPTED
    except OSError as error:
        return failed(FileProblem(f"cannot write the output: {error.strerror or error}"), given)
    except Exception as error:  # noqa: BLE001  # a fault of ours: one line, and what to do with it
        return failed(fault(error), given)


def one_line(message: str) -> str:
    """A message of the option parser, as one of ours."""
    message = " ".join(message.split()).removesuffix(".")
    return message[:1].lower() + message[1:]


def fault(error: Exception) -> AdcliError:
    """The error for a fault of ours."""
    return AdcliError(
        f"internal fault: {type(error).__name__}: {one_line(str(error))[:200]}",
        hint="please report it with the command line and the output of adcli --version; --debug shows the traceback",
    )


def failed(error: AdcliError, args: Sequence[str]) -> int:
    """Write an error to stderr, as text or as JSON, and return its exit status."""
    if "--debug" in args:
        import traceback  # only on request

        traceback.print_exception(error)
    from adcli.render.problems import print_error  # only when something failed

    with suppress(OSError):
        print_error(error, as_json="--json" in args, no_color="--no-color" in args)
    return error.status
