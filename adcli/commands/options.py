"""The options that several commands share, each described once for Typer."""

from __future__ import annotations

from typing import Annotated, NamedTuple

import typer

Expression = Annotated[str | None, typer.Argument(show_default=False)]
File = Annotated[str | None, typer.Option("--file", "-f")]
At = Annotated[list[str] | None, typer.Option("--at")]
Order = Annotated[int, typer.Option("--order")]
Steps = Annotated[bool, typer.Option("--steps")]
Outputs = Annotated[str | None, typer.Option("--outputs")]
NoShare = Annotated[bool, typer.Option("--no-share")]
Explicit = Annotated[bool, typer.Option("--explicit")]
MaxSteps = Annotated[int | None, typer.Option("--max-steps", min=1)]
Mode = Annotated[str, typer.Option("--mode")]
Wrt = Annotated[str | None, typer.Option("--wrt")]
Output = Annotated[str | None, typer.Option("--output")]
Seed = Annotated[str | None, typer.Option("--seed")]
Tangent = Annotated[str | None, typer.Option("--tangent")]
Cotangent = Annotated[str | None, typer.Option("--cotangent")]
Degree = Annotated[int, typer.Option("--order", min=1, max=100)]
Strict = Annotated[bool, typer.Option("--strict")]
Json = Annotated[bool, typer.Option("--json")]
Precision = Annotated[int | None, typer.Option("--precision", min=1, max=17)]
Format = Annotated[str | None, typer.Option("--format")]
Out = Annotated[str | None, typer.Option("--out", "-o")]
NoColor = Annotated[bool, typer.Option("--no-color")]
Quiet = Annotated[bool, typer.Option("--quiet")]
Debug = Annotated[bool, typer.Option("--debug")]
Trace = Annotated[bool, typer.Option("--trace")]
Explain = Annotated[bool, typer.Option("--explain")]
Full = Annotated[bool, typer.Option("--full")]
Expand = Annotated[bool, typer.Option("--expand")]
Layout = Annotated[str, typer.Option("--layout")]
Edges = Annotated[str | None, typer.Option("--edges")]
Arrows = Annotated[str | None, typer.Option("--arrows")]
Direction = Annotated[str, typer.Option("--direction")]
Theme = Annotated[str, typer.Option("--theme")]
Names = Annotated[str | None, typer.Option("--names")]
Paths = Annotated[str | None, typer.Option("--paths")]
Frames = Annotated[str | None, typer.Option("--frames")]
Only = Annotated[str | None, typer.Option("--only")]
Around = Annotated[str | None, typer.Option("--around")]
Radius = Annotated[int | None, typer.Option("--radius", min=0)]
Fold = Annotated[bool | None, typer.Option("--fold/--no-fold")]
Force = Annotated[bool, typer.Option("--force")]
Exact = Annotated[bool, typer.Option("--exact")]
Digits = Annotated[int | None, typer.Option("--digits", min=1, max=10_000)]
RoundSteps = Annotated[int | None, typer.Option("--round-steps", min=1, max=12)]
Answers = Annotated[list[str] | None, typer.Option("--answer")]
Tables = Annotated[list[str] | None, typer.Option("--table")]
Hint = Annotated[int, typer.Option("--hint", min=0, max=3)]
Tol = Annotated[str | None, typer.Option("--tol")]
Sigfigs = Annotated[int | None, typer.Option("--sigfigs", min=1, max=15)]
Simplest = Annotated[bool, typer.Option("--simplest")]
Marked = Annotated[str | None, typer.Option("--graph")]
Key = Annotated[str | None, typer.Option("--key")]
FailUnder = Annotated[float | None, typer.Option("--fail-under", min=0.0, max=100.0)]
Workers = Annotated[int | None, typer.Option("--workers", min=1, max=256)]
Blank = Annotated[bool, typer.Option("--blank")]
Scale = Annotated[float, typer.Option("--scale", min=0.1, max=20.0)]


class Showing(NamedTuple):
    """How the user wants to see an answer."""

    json: Json = False
    precision: Precision = None
    format: Format = None
    out: Out = None
    no_color: NoColor = False
    quiet: Quiet = False
    debug: Debug = False


class Numbers(NamedTuple):
    """The numbers to calculate with, floats unless told otherwise."""

    exact: Exact = False
    digits: Digits = None
    round_steps: RoundSteps = None


class Source(NamedTuple):
    """Where the program and the point come from."""

    expression: Expression = None
    file: File = None
    at: At = None
    outputs: Outputs = None
    no_share: NoShare = False
    explicit: Explicit = False
    max_steps: MaxSteps = None
