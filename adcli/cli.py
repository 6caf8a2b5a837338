"""The command line: the Typer app, the list of commands, and the one place where errors become exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from importlib import import_module
from itertools import pairwise
from typing import Any, TextIO

import typer
from typer.core import TyperCommand, TyperGroup

from adcli import __version__
from adcli.commands.asked import command
from adcli.commands.refused import one_line, refused, value_trouble
from adcli.errors import AdcliError, ExitStatus, FileProblem, UsageError

GROUPS = (
    (
        "Calculate",
        (
            ("eval", "value"),
            ("grad", "value and gradient"),
            ("jacobian", "all partial derivatives of several outputs"),
            ("diff", "the derivative as a formula"),
            ("jvp", "derivatives along a direction: one forward sweep"),
            ("vjp", "gradients times seeds: one reverse sweep"),
            ("hessian", "all second derivatives"),
            ("hvp", "the Hessian times a direction"),
            ("taylor", "Taylor coefficients"),
        ),
    ),
    (
        "Show",
        (
            ("trace", "the evaluation trace, forward or reverse"),
            ("graph", "the computation graph, with the partials on its edges"),
            ("codegen", "source code in Python, NumPy, C or LaTeX"),
            ("functions", "every function with its domain and derivative rule"),
        ),
    ),
    (
        "Study",
        (
            ("compare", "automatic, symbolic and numerical derivatives side by side"),
            ("cost", "operations and passes of a value and its derivatives"),
            ("plot", "curves of a function and its derivatives"),
            ("descend", "walk down to a minimum, step by step"),
        ),
    ),
    (
        "Practise",
        (
            ("check", "homework: right, or the step where it went wrong"),
            ("quiz", "exercises to practise with, step by step"),
            ("check-gradient", "are these formulas the derivatives?"),
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
            hint = f"did you mean {meant}?" if meant else f"the commands are {', '.join(COMMANDS)}"
            if args[0] == "help":
                hint = "write adcli --help, or adcli grad --help for one command"
            elif not meant and not args[0].isalpha():
                hint = 'the command comes first, as in adcli grad "x^2" --at x=3'
            raise UsageError(f'no command is called "{args[0]}"', hint=hint)
        return super().resolve_command(ctx, args)

    def get_help(self, _ctx: Any) -> str:
        """The overview: examples first, then the commands by purpose."""
        from adcli.commands.help import table  # only for --help

        lines = ["adcli: derivatives with every step shown", "", "Examples", *table(EXAMPLES, 50)]
        for title, rows in GROUPS:
            lines += ["", title, *table(rows, 16)]
        lines += [
            "",
            "adcli COMMAND --help shows examples and options of a command.",
            "All commands: --json  --precision N  --no-color  --quiet  --version",
        ]
        return "\n".join(lines)


app = typer.Typer(cls=Commands, add_completion=False, rich_markup_mode=None, context_settings=CONTEXT)


@app.callback(invoke_without_command=True)
def overview(ctx: typer.Context) -> None:
    """Without a command: the overview."""
    if ctx.invoked_subcommand is None:
        sys.stdout.write(ctx.get_help() + "\n")


@cache
def load(name: str) -> Any:
    """The Typer command of a module in adcli.commands."""
    module = import_module(f"adcli.commands.{name.replace('-', '_')}")
    single = typer.Typer(add_completion=False, rich_markup_mode=None)
    run = command(
        module.run,
        program=getattr(module, "TAKES_PROGRAM", True),
        forms=getattr(module, "HAS_FORMS", True),
        numbers=getattr(module, "HAS_NUMBERS", False),
    )
    single.command(name, cls=Command, context_settings=CONTEXT)(run)
    made = typer.main.get_command(single)
    made.page = str(module.PAGE)  # type: ignore[attr-defined]  # it is a Command
    return made


def arranged(args: Sequence[str]) -> list[str]:
    """The arguments with values such as -x^2 moved behind --, where nothing reads them as options.

    An argument that begins with one minus, and is neither a short option nor the value of the option
    before it, is an expression. Short options are never glued to their value. UsageError for an
    option that is followed by another one instead of its value.
    """
    kept: list[str] = []
    values: list[str] = []
    params = load(args[0]).params if args and args[0] in COMMANDS else []
    known = {option for param in params for option in param.opts}
    takers = {option for param in params if not getattr(param, "is_flag", True) for option in param.opts}
    waiting = ""  # the option whose value comes next
    for place, arg in enumerate(args):
        if waiting and arg in known:
            raise value_trouble(waiting, load(args[0]), needed=True)
        if arg == "--" and not waiting:
            values += args[place + 1 :]
            break
        if waiting or arg[:1] != "-" or arg[:2] == "--" or arg in SHORT:
            kept.append(arg)
        else:
            values.append(arg)
        waiting = arg if arg in takers and not waiting else ""
    return [*kept, "--", *values] if values else kept


SHORT = {"-", "-h", "-f", "-o"}


def main(args: Sequence[str] | None = None) -> int:
    """Run a command line and return its exit status. Nothing but this turns errors into messages."""
    given = list(sys.argv[1:] if args is None else args)
    open_streams()
    try:
        status = answered(given)
        sys.stdout.flush()
    except AdcliError as error:
        return failed(error, given)
    except BrokenPipeError:
        silence(sys.stdout)
        return ExitStatus.DONE
    except (KeyboardInterrupt, typer.Abort):
        return ExitStatus.INTERRUPTED
    except OSError as error:
        silence(sys.stdout)
        reason = one_line(error.strerror or str(error))
        return failed(FileProblem(f"cannot write the output: {reason}"), given)
    except Exception as error:  # noqa: BLE001  # a fault of ours: one line, and what to do with it
        return failed(fault(error), given)
    return int(status)


def answered(given: list[str]) -> int:
    """Let Typer run the command; what Typer refuses is a UsageError."""
    if "--version" in given[: given.index("--") if "--" in given else None]:
        sys.stdout.write(f"adcli {__version__}\n")
        return ExitStatus.DONE
    run = typer.main.get_command(app)
    try:  # not run.main(): it would exit with 1 when a pipe closes
        with run.make_context("adcli", arranged(given)) as context:
            return int(run.invoke(context) or ExitStatus.DONE)
    except typer.Exit as done:  # after --help
        return done.exit_code
    except typer.TyperException as error:
        raise refused(error) from error


def open_streams() -> None:
    """Put something in the place of standard streams that the caller closed: they must not end in a fault."""
    if sys.stdout is None:
        nowhere = os.open(os.devnull, os.O_RDONLY)  # writing fails, and says so
        sys.stdout = os.fdopen(nowhere, "w", encoding="utf-8")
    if sys.stderr is None:
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")


def silence(stream: TextIO) -> None:
    """Send what is still buffered nowhere, so that the interpreter's last flush fails no second time."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def fault(error: Exception) -> AdcliError:
    """The error for a fault of ours."""
    ours = AdcliError(
        f"internal fault: {type(error).__name__}: {one_line(str(error))[:200]}",
        hint="please report it with the command line and the output of adcli --version; --debug shows the "
        "traceback",
    )
    ours.__cause__ = error
    return ours


def failed(error: AdcliError, args: Sequence[str]) -> int:
    """Write an error to stderr, as text or as JSON, and return its exit status."""
    if "--debug" in args:
        import traceback  # only on request

        traceback.print_exception(error)
    from adcli.render.problems import print_error  # only when something failed

    as_json = "--json" in args or "--format=json" in args or ("--format", "json") in pairwise(args)
    try:
        print_error(error, as_json=as_json, no_color="--no-color" in args)
        sys.stderr.flush()
    except OSError:
        silence(sys.stderr)
    return error.status
