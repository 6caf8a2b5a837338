"""adcli quiz: exercises to practise with, step by step, and sheets of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from adcli.commands.asked import Asked
from adcli.commands.help import DISPLAY, Page

if TYPE_CHECKING:
    from adcli.quiz.exercise import Wish

TAKES_PROGRAM = False
PAGE = Page(
    usage="adcli quiz --topic TOPIC [--level N] [--seed N]",
    summary="Practice: an exercise whose answers are taken step by step, with hints.",
    examples=(
        ("adcli quiz --list", "the topics"),
        ("adcli quiz --topic chain --level 2 --seed 7", "the same every time"),
        ("adcli quiz --topic product --mode forward --seed 1", "with tangents"),
        ("adcli quiz --topic trig --ask formula --seed 3", "by the rules"),
        ("adcli quiz --topic sharing --seed 1 --count 4 -o sheet.md", "a sheet"),
        ("adcli quiz --topic softmax --seed 7 --solution -", "the worked tables"),
    ),
    groups=(
        (
            "The exercise",
            (
                ("--topic NAME", "what it trains; any (default) takes one of them"),
                ("--level N", "1 (default) to 5"),
                ("--seed N", "the same seed gives the same exercise everywhere"),
                ("--count N", "so many exercises, no two alike"),
                ("--list", "the topics, each with an example"),
            ),
        ),
        (
            "What is asked",
            (
                ("--ask WHAT", "table (default), gradient or formula"),
                ("--mode MODE", "of the table: reverse (default) or forward"),
                ("--tries N", "so many answers each (pipe: 1, terminal: any)"),
            ),
        ),
        (
            "The sheet",
            (
                ("-o, --out FILE", "the sheet: .md, .tex, .txt or .json"),
                ("--solution FILE", "the worked tables; - instead of the sheet"),
                ("--key FILE", "the key for adcli check --key FILE FOLDER"),
                ("--format FORMAT", "table, plain, markdown, latex or json"),
                ("--json", "one JSON object, with all that is right"),
                ("--precision N", "significant digits of what is not exact (default 6)"),
                *DISPLAY,
            ),
        ),
    ),
    exit="Exit: 0 done, 2 not understood, 130 interrupted; 1: a wrong answer was left",
)
FORMS = ("table", "plain", "markdown", "latex", "json")
LARGEST_SEED, MOST = 10**12, 200

Topic = Annotated[str | None, typer.Option("--topic")]
Level = Annotated[int, typer.Option("--level", min=1, max=5)]
SeedOf = Annotated[int | None, typer.Option("--seed", min=0, max=LARGEST_SEED)]
Count = Annotated[int, typer.Option("--count", min=1, max=MOST)]
Listed = Annotated[bool, typer.Option("--list")]
ModeOf = Annotated[str | None, typer.Option("--mode")]
Ask = Annotated[str, typer.Option("--ask")]
Tries = Annotated[int | None, typer.Option("--tries", min=1, max=100)]
Solution = Annotated[str | None, typer.Option("--solution")]
KeyOut = Annotated[str | None, typer.Option("--key")]


def run(
    asked: Asked,
    *,
    topic: Topic = None,
    level: Level = 1,
    seed: SeedOf = None,
    count: Count = 1,
    every: Listed = False,
    ask: Ask = "table",
    mode: ModeOf = None,
    tries: Tries = None,
    solution: Solution = None,
    key: KeyOut = None,
) -> int:
    """Practise, or answer with a sheet; 1 where a wrong answer is left."""
    from adcli.commands.present import SUFFIXES, form_of, show_text  # --help stays quick
    from adcli.errors import ExitStatus

    suffixes = {suffix: form for suffix, form in SUFFIXES.items() if form in FORMS}
    form = form_of(asked.showing, FORMS, suffixes)
    if every:
        from adcli.quiz.answer import topics

        show_text(topics(), asked.showing, form=form)
        return ExitStatus.DONE
    wish = wished(topic, level, seed, mode, ask)
    from adcli.quiz.answer import QuizAnswer
    from adcli.quiz.exercise import sheet

    answer = QuizAnswer(wish, sheet(wish, count), numbered=count > 1)
    showing = asked.showing
    on_paper = solution is not None or key is not None or showing.out is not None
    if not on_paper and form == "table" and showing.format is None:
        from adcli.commands.practice import heard, practise

        if (lines := heard()) is not None:
            return practise(answer, lines, showing, tries)
    solved = replace(answer, solved=True)
    beside = None if solution in (None, "-") else showing._replace(out=solution, format=None, json=False)
    shown = None if beside is None else form_of(beside, FORMS, suffixes)
    if key is not None:
        from adcli.commands.present import emit
        from adcli.quiz.key import key_text

        emit(key_text(answer), key)
    if beside is not None:
        show_text(solved, beside, form=shown)
    show_text(solved if solution == "-" else answer, showing, form=form)
    return ExitStatus.DONE


def wished(topic: str | None, level: int, seed: int | None, mode: str | None, ask: str) -> Wish:
    """What exercises are wanted; UsageError for what there is not."""
    from adcli.commands.present import one_of
    from adcli.errors import UsageError
    from adcli.quiz.exercise import ASKS, Wish
    from adcli.quiz.topics import ANY, TOPICS

    chosen = one_of(ANY if topic is None else topic, (*TOPICS, ANY), "--topic")
    what: Any = one_of(ask, ASKS, "--ask")
    way: Any = one_of(mode or "reverse", ("forward", "reverse"), "--mode")
    if mode is not None and what != "table":
        raise UsageError(
            f"--mode {mode} has no meaning with --ask {what}: only a table is a sweep", hint="leave it out"
        )
    return Wish(chosen, level, fresh() if seed is None else seed, way, what)


def fresh() -> int:
    """A seed that nobody chose, short enough to be told to somebody."""
    from secrets import randbelow

    return randbelow(9999) + 1
