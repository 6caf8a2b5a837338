"""The question of `codegen`: which function of which program, in which language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from adcli import engine
from adcli.answers.answer import Answer
from adcli.answers.choosing import columns_of, names_of, one_output, output_name
from adcli.answers.expanding import entrywise
from adcli.answers.running import Point, placed
from adcli.coding.derived import What
from adcli.coding.prose import Task
from adcli.coding.writing import TARGETS, code
from adcli.errors import UsageError
from adcli.language.program import Program
from adcli.notation.numerals import TABLE_DIGITS, number

Language = Literal["python", "numpy", "c", "latex"]
WHATS = ("value", "gradient", "jacobian", "hessian")
MOST_STEPS = 100_000


@dataclass(frozen=True, kw_only=True)
class CodeAnswer(Answer):
    """`codegen`: the text of a function."""

    command = "codegen"
    to: Language
    what: What
    function: str
    wrt: tuple[str, ...]
    code: str

    def own(self) -> dict[str, Any]:
        """The fields of this command."""
        return {
            "to": self.to, "what": self.what, "function": self.function, "wrt": list(self.wrt),
            "code": self.code,
        }  # fmt: skip


def codegen(
    program: Program,
    point: Point | None = None,
    *,
    to: Language = "python",
    what: What = "gradient",
    wrt: Sequence[str] | None = None,
    output: str | None = None,
    name: str | None = None,
    compact: bool = False,
    force: bool = False,
    digits: int | None = None,
) -> CodeAnswer:
    """The code of a program's value or derivatives; at a point, of the run there.

    Raises UsageError where the run needs a point, for a gradient or Hessian of several outputs, and above
    100,000 steps unless `force` is set. `digits` are those of the point where the text names it.
    """
    at: dict[str, Any] | None = None
    said = ""
    if point is not None:
        program, point, wrt, *_ = entrywise(program, point, wrt=wrt)
        program, at = placed(program, point)
        if is_decided(program):
            said = ", ".join(f"{key} = {number(value, digits or TABLE_DIGITS)}" for key, value in at.items())
    elif program.blocked is not None:
        raise program.blocked
    elif engine.has_arrays(program.graph, ()):
        raise UsageError(
            "code of vectors and matrices is written entry by entry, and a point says how many there are",
            text=program.source, hint="add --at, as in --at x=[1,2]",
        )  # fmt: skip
    if len(program) > MOST_STEPS and not force:
        raise UsageError(
            f"the program has {len(program)} steps, and code of more than {MOST_STEPS} helps few",
            hint="--force writes it",
        )
    if output is not None:
        chosen = output_name(program, output)
        outputs = {chosen: program.outputs[chosen]}
    elif what in ("gradient", "hessian"):
        chosen = one_output(program, None, "--what jacobian" if what == "gradient" else "")
        outputs = {chosen: program.outputs[chosen]}
    else:
        outputs = dict(program.outputs)
    columns = columns_of(program, wrt)
    function = name or named(to, what, list(outputs))
    check_name(function, to)
    text = code(Task(program, what, outputs, columns, TARGETS[to], function, compact, said))
    return CodeAnswer(
        program=program, at=at, notes=program.notes, to=to, what=what, function=function,
        wrt=tuple(names_of(program, columns)), code=text,
    )  # fmt: skip


def is_decided(program: Program) -> bool:
    """Whether the run had a choice or loop that depends on the point."""
    free = program.again(None, decide=False)
    return free.blocked is not None or "select" in free.graph.op


def named(to: Language, what: What, outputs: Sequence[str]) -> str:
    """The function's name: f, or f_gradient; f stands for several outputs."""
    stem = re.sub(r"[^A-Za-z0-9_]", "_", outputs[0]) if len(outputs) == 1 else "f"
    found = stem if what == "value" else f"{stem}_{what}"
    return f"{found}_" if found in TARGETS[to].words else found


def check_name(name: str, to: Language) -> None:
    """UsageError unless a language accepts the name of a function."""
    if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name) is None or name in TARGETS[to].words:
        raise UsageError(
            f'"{name}" cannot name a function in {to}',
            hint="a name is made of letters, digits and _, and is no word of the language",
        )
