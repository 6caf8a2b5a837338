"""Showing an answer: which form, where to, and the notes beside it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from adcli.answers.answer import Answer
from adcli.commands import state
from adcli.commands.files import write_whole
from adcli.commands.given import names
from adcli.errors import AdcliError, UsageError
from adcli.language.names import canonical, nearest
from adcli.language.points import from_text

if TYPE_CHECKING:
    from adcli.commands.options import Showing
    from adcli.language.note import Note
    from adcli.language.program import Program

Drawn = bytes | str | None
FORMS = ("table", "plain", "markdown", "latex", "csv", "json")
TEXTS = {*FORMS, "boxes"}  # any of them may stand in a file that ends in .txt
SUFFIXES = {".md": "markdown", ".tex": "latex", ".csv": "csv", ".json": "json", ".txt": "plain"}


def form_of(showing: Showing, forms: Sequence[str] = FORMS, suffixes: dict[str, str] = SUFFIXES) -> str:
    """The form of an answer: --json, --format, the ending of -o, else a table."""
    asked = None if showing.format is None else str(one_of(showing.format, forms, "--format"))
    if showing.json and asked not in (None, "json"):
        raise UsageError(f"--json and --format {asked} ask for two formats", hint="give one of the two")
    form = "json" if showing.json else asked
    suffix = "" if showing.out is None else Path(showing.out).suffix.lower()
    if form is not None:
        ending = suffixes.get(suffix, form)
        if ending != form and not {ending, form} <= TEXTS:
            raise UsageError(
                f"{form} is asked for, and a file that ends in {suffix}", hint="give one of the two"
            )
        return form
    if showing.out is None:
        return "table"
    if showing.out == "-":
        raise UsageError("-o - needs --format", hint=f"formats: {', '.join(forms)}")
    if suffix not in suffixes:
        raise UsageError(
            f"cannot tell the format of {showing.out} by its ending",
            hint=f"end it in {', '.join(suffixes)}, or give --format",
        )
    return suffixes[suffix]


def one_of(value: str, choices: Sequence[str], option: str) -> Any:
    """`value` if it is one of the choices; UsageError that lists them otherwise."""
    if value in choices:
        return value
    meant = nearest(value, list(choices))
    raise UsageError(
        f'{option} is one of {", ".join(choices)}, not "{value}"',
        hint=f"did you mean {meant}?" if meant else None,
    )


def names_of_steps(names: str | None) -> Callable[[Program], Program]:
    """What makes a program's steps be called as --names says; UsageError for a word that is none of its."""
    if names is None:
        return lambda program: program
    from adcli.language.calling import NAMES, called  # few ask for it

    chosen = one_of(names, NAMES, "--names")
    return lambda program: called(program, chosen)


def start_of(
    mode: str, wrt: str | None, output: str | None, seed: str | None, *, exact: bool = False
) -> dict[str, Any]:
    """Where a sweep starts: --wrt (forward), --output (reverse) or --seed; UsageError for two of them."""
    chosen, option = (wrt, "--wrt") if mode == "forward" else (output, "--output")
    unused, idle = (output, "--output") if mode == "forward" else (wrt, "--wrt")
    if unused is not None:
        way = (
            "starts at inputs"
            if mode == "forward"
            else "starts at outputs"
            if mode == "reverse"
            else "is not made"
        )
        raise UsageError(f"{idle} has no meaning with --mode {mode}: the sweep {way}")
    if mode == "none" and (seed is not None or chosen is not None):
        raise UsageError("a seed needs a sweep", hint="add --mode forward or --mode reverse")
    if seed is not None and chosen is not None:
        raise UsageError(f"--seed and {option} both say where the sweep starts", hint="give one of the two")
    return {
        "wrt": names(wrt, "--wrt x"),
        "output": output,
        "seed": seed_of(seed, exact=exact),
    }


def start_output(mode: str, output: str | None, paths: str | None) -> str | None:
    """The output that a sweep starts from: with --paths, --output also says where the paths end."""
    return output if mode == "reverse" or paths is None else None


def seed_of(text: str | None, option: str = "--seed", *, exact: bool = False) -> dict[str, Any] | None:
    """An own seed as names and numbers, None without one; what is wrong with it is said of its option."""
    if text is None:
        return None
    try:
        return {canonical(name): value for name, value in from_text(text, exact=exact).items()}
    except AdcliError as error:
        error.message, error.span, error.text = f"{option}: {error.message}", None, None
        raise


def present(
    answer: Answer,
    showing: Showing,
    notes: Sequence[Note] = (),
    *,
    at: dict[str, Any] | None,
    form: str | None = None,
    draw: Callable[[Answer], Drawn] | None = None,
    explain: bool = False,
    full: bool = False,
) -> None:
    """Write an answer to stdout or to a file, its notes to stderr, and remember what it was about.

    `draw` makes a picture; without it, or when it makes none, the answer is text in one of the forms.
    `at` is the point to remember.
    """
    answer = replace(answer, notes=(*notes, *answer.notes))
    form = show_text(answer, showing, form=form, draw=draw, explain=explain, full=full)
    sys.stdout.flush()
    if form != "json" and not showing.quiet and answer.notes:
        from adcli.render.problems import print_notes

        print_notes(answer.notes, no_color=showing.no_color)
    if answer.stored:
        state.store(answer.program.source, at)


def show_text(
    answer: Any,
    showing: Showing,
    *,
    form: str | None = None,
    draw: Callable[[Any], Drawn] | None = None,
    explain: bool = False,
    full: bool = False,
) -> str:
    """Write an answer in its form, and return the form."""
    form = form or form_of(showing)
    if form == "json":
        emit(as_json(answer.json(), to_file=showing.out not in (None, "-")), showing.out)
    elif draw is not None and (drawn := draw(answer)) is not None:
        emit(drawn, showing.out)
    else:
        from adcli.render.text import render, write  # JSON needs no tables

        if showing.out not in (None, "-"):
            emit(render(answer, form, digits=showing.precision, explain=explain, full=full), showing.out)
        else:
            write(answer, form, showing, explain=explain, full=full)
    return form


def as_json(found: dict[str, Any], *, to_file: bool = False) -> str:
    """One JSON object in a line; in ASCII where standard output's encoding asks for it.

    Characters that a terminal would obey are escaped: a comment in the source may hold any.
    """
    encoding = "utf-8" if to_file else getattr(sys.stdout, "encoding", None) or "ascii"
    text = json.dumps(found, ensure_ascii=not encoding.lower().startswith("utf"), allow_nan=False)
    if not text.isprintable():
        text = "".join(sign if sign.isprintable() else json.dumps(sign)[1:-1] for sign in text)
    return text + "\n"


def emit(data: str | bytes, out: str | None) -> None:
    """Write text or bytes to a file, or to standard output."""
    if out is not None and out != "-":
        write_whole(out, data.encode() if isinstance(data, str) else data)
    elif isinstance(data, str):
        sys.stdout.write(data)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
