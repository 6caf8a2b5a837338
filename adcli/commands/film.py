"""Pictures that move: a page that steps through both sweeps, and a folder with a frame for every step."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from adcli.commands.files import reason, write_whole
from adcli.commands.present import one_of
from adcli.drawing import Wanted
from adcli.errors import DomainError, FileProblem, UsageError

if TYPE_CHECKING:
    from adcli.answers.answer import Answer, GraphAnswer
    from adcli.commands.options import Showing

_HINT = "add --at, as in --at x=1.5,y=2"


def page_of(answer: GraphAnswer, wanted: Wanted) -> str:
    """The HTML of an answer in forward or reverse mode, with the other sweep behind a switch.

    UsageError without a point. Where only one of the sweeps has numbers, the page has this one.
    """
    from adcli import answers  # --help stays quick
    from adcli.drawing.captions import titled
    from adcli.render.stepper import InType, page
    from adcli.stepping import bare, sweep_of
    from adcli.tracing.labels import FIGURE, TYPESET, TYPESET_FIGURE
    from adcli.tracing.trace import Scribe

    if answer.at is None:
        raise UsageError("a page steps through numbers, so it needs a point", hint=_HINT)
    swept = [answer]
    forward = answer.trace.mode == "reverse"
    output = None if forward or answer.part is None else answer.part.output
    with suppress(DomainError):
        other = answers.graph(
            answer.program, answer.at, mode="forward" if forward else "reverse", output=output
        )
        swept.append(replace(other, part=answer.part))
    sweeps, tall, low = (
        [sweep_of(one, wanted, style) for one in swept] for style in (FIGURE, TYPESET, TYPESET_FIGURE)
    )
    in_type = InType(titled(answer, Scribe(answer.trace, TYPESET, wanted.digits)), tall, low)
    return page(bare(answer, wanted), sweeps, in_type)


def format_of_frames(showing: Showing) -> str:
    """The format of frames, svg unless --format says png; UsageError for what frames cannot be."""
    if showing.out is not None:
        raise UsageError("--frames and -o both say where the picture goes", hint="give one of the two")
    if showing.json:
        raise UsageError("--frames and --json ask for two things", hint="give one of the two")
    return str(one_of(showing.format or "svg", ("svg", "png"), "--format with --frames"))


def frames_into(
    folder: str, form: str, wanted: Wanted, theme: str, scale: float
) -> Callable[[Answer], bytes]:
    """A function that writes frame-001, frame-002, … of an answer into a folder, made where it is missing.

    It leaves nothing for standard output.
    """

    def draw(answer: Any) -> bytes:
        from adcli.render.frames import frames  # only for pictures
        from adcli.render.palette import PALETTES
        from adcli.render.png import pixels
        from adcli.stepping import bare, sweep_of

        if answer.at is None:
            raise UsageError("frames step through numbers, so they need a point", hint=_HINT)
        sweep = sweep_of(answer, wanted)
        pictures = list(frames(bare(answer, wanted), sweep, PALETTES[theme]))
        place = made(folder)
        digits = max(3, len(str(len(pictures))))
        for number, picture in enumerate(pictures, 1):
            data = picture.encode() if form == "svg" else pixels(picture, scale=scale)
            write_whole(str(place / f"frame-{number:0{digits}}.{form}"), data)
        return b""

    return draw


def made(folder: str) -> Path:
    """The folder, there or made now; FileProblem where it cannot be."""
    path = Path(folder)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise FileProblem(
            f"{folder} is a file; --frames needs a folder", hint="name a folder that is there, or a new one"
        ) from error
    except (OSError, ValueError) as error:
        raise FileProblem(f"cannot make the folder {folder}: {reason(error)}") from error
    return path
