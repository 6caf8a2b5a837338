"""The answers in each of a student's files, by exercise."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from adcli.checking.objects import Yaml, cell_of
from adcli.checking.pieces import pieces
from adcli.errors import FileProblem, UsageError
from adcli.grading.folders import READ, Submission
from adcli.grading.texts import text_of

TABLES = frozenset({".csv", ".md", ".json", ".yaml", ".yml", ".txt"})
NAMED = r"(?:exercise\s+|problem\s+|question\s+)?(?P<name>[\w.()-]+?)"
HEADING = re.compile(rf"^\s*(?:#+\s*)?{NAMED}\s*[:)]\s*(?P<rest>.*)$", re.IGNORECASE)
TITLE = re.compile(rf"^\s*#+\s*{NAMED}\s*:?\s*$", re.IGNORECASE)


class Given(NamedTuple):
    """What a student gave for one exercise: answers, tables with their names, and what could not be read."""

    answers: list[str]
    tables: list[tuple[str, str]]
    problems: list[str]


def given_in(submission: Submission, names: list[str]) -> dict[str, Given]:
    """What a student gave for every exercise; what no file says is empty."""
    unread = list(submission.problems)
    if not submission.files and not unread:
        unread.append(f"there is no file to read: {', '.join(sorted(READ))}")
    found = {name: Given([], [], [*unread]) for name in names}
    for file in submission.files:
        path = Path(file)
        try:
            text = text_of(path)
            answers_of(text, path, names, found)
        except (UsageError, FileProblem) as error:
            for name in meant(path, names):
                found[name].problems.append(error.message)
    return found


def meant(path: Path, names: list[str]) -> list[str]:
    """The exercises that a file is about: the one that it is named after, else all of them."""
    exact = [
        name
        for name in names
        if plain(path.stem) == plain(name) or plain(path.stem).endswith(f"_{plain(name)}")
    ]
    return exact[:1] or names


def plain(name: str) -> str:
    """A name without case and blanks."""
    return "_".join(name.lower().replace("(", "").replace(")", "").split())


def answers_of(text: str, path: Path, names: list[str], found: dict[str, Given]) -> None:
    """Add what a file says to the exercises that it is about."""
    about = meant(path, names)
    suffix = path.suffix.lower()
    if len(about) == 1 and not headed(text, path, about):
        put(found[about[0]], text, path.name)
        return
    if suffix in (".json", ".yaml", ".yml", ".toml"):
        for name, value in data_of(text, path).items():
            if (exercise := known(str(name), names)) is not None:
                put_data(found[exercise], value)
        return
    if suffix == ".csv":
        for row in csv.reader(io.StringIO(text.replace("\x00", ""), newline="")):
            if len(row) >= 2 and (exercise := known(row[0], names)) is not None:  # a name and its answer
                found[exercise].answers.append(",".join(row[1:]))
        return
    for name, part in parts_of(text, names):
        put(found[name], part, path.name)


def headed(text: str, path: Path, names: list[str]) -> bool:
    """Whether a file says by name which answer belongs to one of these exercises."""
    suffix = path.suffix.lower()
    if suffix in (".json", ".yaml", ".yml", ".toml"):
        try:
            return any(known(str(name), names) is not None for name in data_of(text, path))
        except UsageError:
            return False  # rows of a table, or nothing that is read at all
    if suffix == ".csv":
        rows = csv.reader(io.StringIO(text.replace("\x00", ""), newline=""))
        return any(len(row) >= 2 and known(row[0], names) is not None for row in rows)
    return next(parts_of(text, names), None) is not None


def parts_of(text: str, names: list[str]) -> Iterator[tuple[str, str]]:
    """The parts of a text under "1a: ..." or "## 1a"."""
    current: str | None = None
    lines: list[str] = []
    for line in [*text.splitlines(), None]:
        head = None if line is None else TITLE.match(line) or HEADING.match(line)
        name = None if head is None else known(head["name"], names)
        if line is None or name is not None:
            if current is not None:
                yield current, "\n".join(lines)
            current, lines = name, [head.groupdict().get("rest") or ""] if head else []
        else:
            lines.append(line)


def known(name: str, names: list[str]) -> str | None:
    """The exercise of a name as a student writes it."""
    wanted = plain(name.strip().rstrip(".:)"))
    return next((one for one in names if plain(one) == wanted), None)


def put(given: Given, text: str, name: str) -> None:
    """A text as a table where it looks like one, else as an answer."""
    suffix = Path(name).suffix.lower()
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    table = suffix in (".csv", ".json", ".yaml", ".yml") or any(line.startswith("|") for line in lines)
    table = table or any(is_row(line) for line in lines)
    if table:
        kind = (
            ".md" if any(line.startswith("|") for line in lines) else suffix if suffix in TABLES else ".txt"
        )
        given.tables.append((f"answer{kind}", text))
    elif lines:
        given.answers.append("\n".join(lines))


def is_row(line: str) -> bool:
    """Whether a line is one of a trace: v₁ = x·y = 6, or the rule under titles."""
    parts = (line[start:end] for start, end in pieces(line))
    return any(part.count("=") > 1 for part in parts) or set(line) <= set("─- ")


def put_data(given: Given, value: Any) -> None:
    """An exercise's answer as data: a text, a number, names and numbers, or rows."""
    if isinstance(value, str):
        put(given, value, "answer.txt")
    elif isinstance(value, dict) and all(not isinstance(item, (dict, list)) for item in value.values()):
        given.answers.append(", ".join(f"{name}={cell_of(item)}" for name, item in value.items()))
    elif isinstance(value, dict) or (isinstance(value, list) and value and isinstance(value[0], dict)):
        given.tables.append(("answer.json", json.dumps(value)))
    elif isinstance(value, list):
        given.answers.append(json.dumps(value).replace('"', ""))
    elif value is not None:
        given.answers.append(str(value))


def data_of(text: str, path: Path) -> dict[str, Any]:
    """The data of a file, with numbers as they were written; UsageError where it is no object."""
    suffix = path.suffix.lower()
    try:
        if suffix == ".json":
            found = json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
        elif suffix == ".toml":
            import tomllib  # few answers are TOML

            found = tomllib.loads(text, parse_float=str)
        else:
            import yaml  # the same for YAML

            root = yaml.compose(text, Loader=yaml.SafeLoader)
            found = Yaml(path.name, yaml).plain(root, 0)
    except UsageError:
        raise
    except Exception as error:  # three libraries, each with errors of its own
        raise UsageError(f"{path.name} cannot be read: {' '.join(str(error).split())[:120]}") from error
    if not isinstance(found, dict):
        raise UsageError(f"{path.name} has no names of exercises")
    return found
