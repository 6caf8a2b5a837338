"""A session in the terminal, or with answers from a pipe, one a line."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from adcli.commands import files
from adcli.commands.options import Showing
from adcli.errors import ExitStatus
from adcli.quiz.answer import QuizAnswer
from adcli.quiz.session import LONGEST, Session, Unreadable, wrong

if TYPE_CHECKING:
    from adcli.report import Row

MORE = "     "  # before what goes on from the line above
Lines = Callable[[str], str | None]
HINT, WHY, SHOW, SKIP, QUIT, HELP = "?", "why", "show", "skip", "quit", "help"
WORDS = {
    "?": HINT, "hint": HINT, "why": WHY, "show": SHOW, "skip": SKIP, "quit": QUIT, "exit": QUIT, "help": HELP,
}  # fmt: skip


def heard() -> Lines | None:
    """Where answers come from: a terminal, or a pipe with something in it; None where nobody answers."""
    try:
        if sys.stdin.isatty() and sys.stdout.isatty():
            with suppress(ImportError):
                import readline  # noqa: F401  # gives input() the arrow keys
            return typed
    except (AttributeError, ValueError):
        return None
    if not files.stdin_is_given():
        return None
    first = line_of_pipe()
    return None if first is None else piped([first])


def typed(prompt: str) -> str | None:
    """A line that somebody types; None at the end."""
    try:
        return input(prompt)
    except EOFError:
        sys.stdout.write("\n")
        return None
    except UnicodeDecodeError:
        return "\ufffd"


def piped(waiting: list[str]) -> Lines:
    """The lines of a pipe, with the prompt before each as in a terminal."""
    from adcli.render.display import visible

    def line(prompt: str) -> str | None:
        text = waiting.pop() if waiting else line_of_pipe()
        sys.stdout.write(f"{prompt}{'' if text is None else escaped(visible(text))}\n")
        return text

    return line


def escaped(text: str) -> str:
    """A text in the signs of standard output."""
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    return text[: LONGEST + 1].encode(encoding, "backslashreplace").decode(encoding)


def line_of_pipe() -> str | None:
    """The next line; None at the end. A longer one than any answer is read in full and cut."""
    found = sys.stdin.buffer.readline(LONGEST * 8)
    rest = found
    while rest and not rest.endswith(b"\n"):
        rest = sys.stdin.buffer.readline(1 << 16)
    return found.decode("utf-8", "replace").rstrip("\r\n") if found else None


def practise(answer: QuizAnswer, lines: Lines, showing: Showing, tries: int | None) -> int:
    """Ask for every entry of every exercise; the exit status."""
    if tries is None and lines is not typed:
        tries = 1
    sessions = [Session(exercise, tries) for exercise in answer.exercises]
    desk = Desk(showing, lines)
    begun: list[Session] = []
    try:
        for session in sessions:
            begun.append(session)
            desk.open(answer, session)
            if not desk.take(session):
                break
    except KeyboardInterrupt:
        sys.stdout.write("\n")
        desk.close(begun)
        raise
    desk.close(begun)
    return ExitStatus.WRONG if wrong(begun) else ExitStatus.DONE


class Desk:
    """Where a session is shown and answered."""

    def __init__(self, showing: Showing, lines: Lines) -> None:
        from adcli.render.screen import screen_of
        from adcli.report import Look

        self.showing, self.lines = showing, lines
        self.told = False
        self.screen = screen_of(sys.stdout, no_color=showing.no_color)
        self.look = Look(self.screen.style, showing.precision, layout="lines")

    def say(self, rows: Iterable[Row], *, whole: bool = False) -> None:
        """Write lines, broken between words where the terminal is narrow; with `whole` as they are."""
        from adcli.render.display import in_ascii
        from adcli.render.problems import put_lines
        from adcli.render.wrapping import wrapped

        columns = None if whole else self.screen.width
        if not self.screen.unicode:
            rows = [tuple(cell._replace(text=in_ascii(cell.text)) for cell in row) for row in rows]
        put_lines((line for row in rows for line in wrapped(row, columns, MORE)), sys.stdout, self.screen)
        sys.stdout.flush()

    def open(self, answer: QuizAnswer, session: Session) -> None:
        """Show the exercise and what may be typed."""
        from adcli.render.text import write
        from adcli.report import practice

        if session.exercise.number > 1:
            self.say([()])
        write(replace(answer, exercises=(session.exercise,)), "table", self.showing)
        if not self.showing.quiet and session.exercise.number == 1:
            self.say(practice.opening(session.exercise))

    def take(self, session: Session) -> bool:
        """Take the answers of an exercise; whether it came to its end."""
        from adcli.render.display import in_ascii
        from adcli.report import practice

        before = -1
        while session.mark is not None:
            if session.place != before:
                self.say(practice.turning(session, self.look))
                before = session.place
            prompt = practice.prompt(session, self.look)
            line = self.lines(prompt if self.screen.unicode else in_ascii(prompt))
            if line is None:
                return False
            word = WORDS.get(line.strip().lower())
            if word == QUIT:
                return False
            if line.strip() or session.tries is not None:
                self.do(session, word, line)
        self.say(practice.outcome(session, self.look))
        return True

    def do(self, session: Session, word: str | None, line: str) -> None:
        """Follow a command, or judge an answer."""
        from adcli.report import practice

        look = self.look
        if word == HELP:
            self.say(practice.helped())
        elif word == HINT:
            self.say(practice.hinted(session, session.hint(), look))
        elif word == WHY:
            self.say(practice.reasons(session.last))
        elif word == SHOW:
            self.say(practice.shown(session, look))
            session.show()
        elif word == SKIP:
            if session.skip():
                self.stays()
        else:
            place = session.place
            try:
                found = session.answer(line)
            except Unreadable as problem:
                self.say(practice.unreadable(str(problem)))
                return
            again = session.place == place
            self.say(practice.verdict(found, session.exercise, look, again=again))
            if found.verdict == "wrong" and not again:
                self.stays()

    def stays(self) -> None:
        """Say once what becomes of a wrong answer that is left behind."""
        from adcli.report import practice

        if not self.told:
            self.say(practice.stays())
        self.told = True

    def close(self, sessions: list[Session]) -> None:
        """Show what was reached, if anything was answered."""
        from adcli.report import practice

        if any(mark.end != "open" or mark.wrong for session in sessions for mark in session.marks):
            self.say(practice.summary(sessions))
            self.say(practice.onwards(sessions), whole=True)
