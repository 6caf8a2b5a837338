"""What a session says: verdicts, reasons, hints and the summary, as lines of cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from adcli.checking.answer import Checked
from adcli.mistakes import Explanation
from adcli.mistakes.wording import FOLLOWS
from adcli.notation.numerals import TABLE_DIGITS, number
from adcli.quiz.answer import right_text
from adcli.quiz.exercise import Exercise, Wish
from adcli.quiz.progress import Progress
from adcli.quiz.session import HINTS, Session
from adcli.report.document import Cell, Look, Row
from adcli.report.hints import hints
from adcli.report.sums import Sums
from adcli.report.trace import results, sweep_heading
from adcli.tracing.labels import Labels

COMMANDS = (
    ("?", "a hint, three in all: the rule, its names, its numbers"),
    ("why", "what is wrong with the last answer"),
    ("show", "the right answer, and on"),
    ("skip", "on; a wrong answer stays, and the next ones are judged from it"),
    ("quit", "end with a summary (Ctrl-D too)"),
)
WRITTEN = "write 0.75, 3/4, pi/4, sqrt(2)/2 or ln(3); commands: ? why show skip quit help"
AS_FORMULA = "write a formula, as in 2*x*cos(x^2); commands: ? why show skip quit help"
QUIET = frozenset({"identical", "points"})
MOST_NAMED = 2
INDENT = "   "


def opening(exercise: Exercise) -> list[Row]:
    """What may be typed."""
    return [(Cell(f" {WRITTEN if exercise.at_point else AS_FORMULA}", "dim"),), ()]


def helped() -> list[Row]:
    """The commands, one a line."""
    return [(Cell(f"{INDENT}{name:<6}"), Cell(told, "dim")) for name, told in COMMANDS]


def prompt(session: Session, look: Look) -> str:
    """The place and what is asked for: " 2/7  v₂ = sin(v₁) = "."""
    exercise, target = session.exercise, session.target
    sums = Sums(exercise.trace, look)
    formula = sums.scribe.formula(target.node) if target.kind in ("value", "step") else ""
    asked = f"{target.label} = {formula} = " if formula else f"{target.label} = "
    return f" {session.place + 1}/{len(session.marks)}  {asked}"


def turning(session: Session, look: Look) -> list[Row]:
    """The heading of the way back, before its first entry."""
    marks, place = session.marks, session.place
    turns = place and marks[place].target.kind == "adjoint" and marks[place - 1].target.kind != "adjoint"
    return [(), (Cell(f" {sweep_heading(Sums(session.exercise.trace, look))}"),)] if turns else []


def verdict(found: Checked, exercise: Exercise, look: Look, *, again: bool) -> list[Row]:
    """The verdict in a word, and in few what is the matter; `again` says that there is another try."""
    said = [remark.message for remark in found.remarks if remark.code not in QUIET]
    if found.verdict == "carried":
        said = ["follows from your own numbers, so this step is done correctly"]
    elif found.verdict == "wrong":
        said += [named(found.mistakes, exercise, look)] if found.mistakes else []
    asks = Cell(" (? gives a hint)", "dim")
    word = Cell(found.verdict, {"right": "good", "carried": "doubt"}.get(found.verdict, "alarm"))  # type: ignore[arg-type]
    rest = Cell(f": {'; '.join(said)}") if said else asks if again else Cell("")
    return [(Cell(INDENT), word, rest)]


def named(mistakes: Sequence[Explanation], exercise: Exercise, look: Look) -> str:
    """The likeliest mistakes by name and place: looks like "quotient without square" at y → v₁."""
    plain = Labels(exercise.trace.program, look.style).plain
    found: dict[str, None] = {}
    for mistake in mistakes:
        edge = mistake.edge
        where = f" at {plain(edge.start)} → {plain(edge.end)}" if edge else ""
        found.setdefault(f'"{spoken(mistake.code)}"{where}')
    more = ", among others" if len(found) > MOST_NAMED else ""
    return f"looks like {' or '.join(list(found)[:MOST_NAMED])}{more}"


def spoken(code: str) -> str:
    """A mistake's name in words."""
    return code.replace("-", " ").replace("+", " and ")


def reasons(found: Checked | None) -> list[Row]:
    """The whole sentence of every mistake that fits."""
    if found is None or found.verdict != "wrong":
        none = "nothing is answered yet" if found is None else "the last answer is not wrong"
        return [(Cell(f"{INDENT}{none}"),)]
    said = [mistake.message.removesuffix(f"; {FOLLOWS}") for mistake in found.mistakes] or [
        "no single mistake explains this answer"
    ]
    return [(Cell(f"{INDENT}{text}"),) for text in dict.fromkeys(said)]


def hinted(session: Session, level: int, look: Look) -> list[Row]:
    """A hint of a level."""
    lines = hints(session.exercise, session.target, look)[level - 1]
    own = " (with the right numbers)" if level == HINTS and session.strayed else ""
    first = f"{INDENT}hint {level}: "
    indent = " " * len(first)
    return [(Cell(f"{indent if place else first}{text}{own}"),) for place, text in enumerate(lines)]


def shown(session: Session, look: Look) -> list[Row]:
    """The right answer, exactly, and beside it in decimals."""
    exercise, target = session.exercise, session.target
    text = right_text(exercise, target)
    if exercise.at_point:
        value = number(exercise.posed.question.number(target).value, look.digits or TABLE_DIGITS)
        text += f" = {value}" if value != text else ""
    return [(Cell(f"{INDENT}{target.label} = "), Cell(text, "bold"))]


def unreadable(why: str) -> list[Row]:
    """Why an answer is none."""
    return [(Cell(INDENT), Cell("not read", "doubt"), Cell(f": {why}"))]


def stays() -> list[Row]:
    """What becomes of a wrong answer that is left behind."""
    return [(Cell(f"{INDENT}it stays; what follows is judged from your own numbers", "dim"),)]


def outcome(session: Session, look: Look) -> list[Row]:
    """What a whole table comes to: the derivatives."""
    exercise = session.exercise
    if exercise.wish.ask != "table":
        return []
    lead = "so" if all(mark.end == "right" for mark in session.marks) else "right:"
    return [(), (Cell(f" {lead} {', '.join(results(Sums(exercise.trace, look)))}", "bold"),)]


def summary(sessions: Sequence[Session]) -> Iterator[Row]:
    """What was reached, and which mistakes were made."""
    progress = Progress(tuple(sessions))
    yield ()
    yield (Cell(f" {reached(progress)}", "bold"),)
    mistakes = [
        text if times == 1 else f"{text} ({times} times)" for text, times in progress.mistakes(spoken).items()
    ]
    if mistakes:
        yield (Cell(f" mistakes: {', '.join(mistakes)}"),)


def onwards(sessions: Sequence[Session]) -> Iterator[Row]:
    """How to see the worked tables, where not all was right at once, and what comes next."""
    progress = Progress(tuple(sessions))
    if progress.counts()["first"] < progress.entries:
        seed = sessions[0].exercise.wish.seed
        yield (Cell(f" worked tables: add --seed {seed} --solution - to this command", "dim"),)
    yield (Cell(f" next: {command(progress.next())}", "dim"),)


def command(wish: Wish) -> str:
    """The command line of an exercise."""
    mode = f" --mode {wish.mode}" if wish.mode != "reverse" else ""
    ask = f" --ask {wish.ask}" if wish.ask != "table" else ""
    return f"adcli quiz --topic {wish.topic} --level {wish.level} --seed {wish.seed}{mode}{ask}"


def reached(progress: Progress) -> str:
    """3 of 7 right at the first try, 2 after a mistake or a hint, 1 shown."""
    counts = progress.counts()
    first = f"{counts.pop('first')} of {progress.entries} right at the first try"
    return ", ".join([first, *(f"{amount} {what}" for what, amount in counts.items() if amount)])
