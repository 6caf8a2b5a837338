"""The text of a program's code: the functions that it calls, then the function itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from adcli import __version__
from adcli.coding import c, python, vectors
from adcli.coding.c_lines import c_function
from adcli.coding.derived import Derived, Label, derive, pruned, with_checks
from adcli.coding.function import Function
from adcli.coding.identifiers import Identifiers
from adcli.coding.lowering import Needs, lower
from adcli.coding.prose import Task, says
from adcli.coding.python_lines import python_function
from adcli.coding.statements import CONDITIONS, Writer
from adcli.coding.target import Target, inert
from adcli.coding.typeset import LATEX_CODE, Letters, document, letters
from adcli.errors import UsageError
from adcli.graph import CONST, INPUT, Graph, cone
from adcli.notation import SOURCE, Piece, show, write
from adcli.primitives import TABLE

TARGETS: dict[str, Target] = {
    "python": python.PYTHON, "numpy": vectors.NUMPY, "c": c.C, "latex": LATEX_CODE,
}  # fmt: skip
MUST = "must have a value"
SHORT_STEPS, SHORT = 10, 48  # a formula in a comment: so many operations and characters


def code(task: Task) -> str:
    """The whole text, with a line end behind."""
    latex = task.target is LATEX_CODE
    derived = derive(task.program, task.what, task.outputs, task.columns, whole=not latex)
    if latex:
        derived = replace(derived, checks=())  # a formula means what it says where it has a value
    elif not task.target.raises:
        derived = with_checks(derived)
    derived = pruned(derived)
    lines = typeset(task, derived) if latex else programmed(task, derived)
    return "\n".join(lines) + "\n"


def programmed(task: Task, derived: Derived) -> Iterator[str]:
    """The lines of a file in Python or C."""
    target, needs = task.target, Needs()
    graph, moved = lower(derived.graph, target.name, target.direct, needs)
    results = [[moved[node] for node in row] for row in derived.results]
    checks = [moved[check.node] for check in derived.checks]
    flat = [node for row in results for node in row]
    graphs = [(graph, [*flat, *checks]), *((helper, [result]) for helper, result in needs.functions.values())]
    own = [op for op in target.own or () if any(used(one, ends, op) for one, ends in graphs)]
    reserved = {*target.words, *needs.functions, *own, task.name, task.what}
    names = Identifiers(reserved)
    leaves = {node: names.give(graph.data[node]) for node in graph.inputs}
    labels: dict[int, Label] = {}
    comments: dict[int, str] = {}
    formulas = short_formulas(derived.graph)
    for node, found in derived.labels.items():
        labels.setdefault(moved[node], found)
    for node in derived.nowhere:
        comments[moved[node]] = "NaN where a step has no value"
    for node, place in enumerate(moved):
        if place not in comments and (formula := formulas[node]) is not None and graph.args[place]:
            comments[place] = formula.text
    live = cone(graph, [*flat, *checks])
    kept = kept_steps(task, derived, moved)
    wanted = {node: spelled(one) for node, one in labels.items()}
    writer = Writer(graph, flat, target, names, leaves, wanted, kept, task.compact, checks)
    body = writer.body()
    texts = iter(body.results)
    remarks = {
        one.node: remark
        for one in body.statements
        if (remark := remarked(one.name, one.text, labels.get(one.node), comments.get(one.node)))
    } | dict.fromkeys(checks, MUST)
    function = Function(
        task.name, list(leaves.values()), says(task), body.statements, remarks, body.tests,
        [[next(texts) for _ in row] for row in results], task.what,
        [name for node, name in leaves.items() if not live[node]],
    )  # fmt: skip
    yield from heading(target, graphs, own)
    for op, (helper, result) in needs.functions.items():
        yield from helper_function(target, op, helper, result, reserved)
    if target is c.C:
        check_c(task, results)
        yield from c_function(function)
    else:
        yield from python_function(function, arrays=target is vectors.NUMPY)


def check_c(task: Task, results: Sequence[Sequence[int]]) -> None:
    """C has no arrays without entries."""
    if not results or not all(results):
        raise UsageError(f"the {task.what} has no entries, because the program has no inputs")


def kept_steps(task: Task, derived: Derived, moved: Sequence[int]) -> frozenset[int]:
    """The steps that have a statement also in compact code: those that the user named."""
    if not task.compact:
        return frozenset(moved[node] for node in derived.steps)
    named = set(task.program.named.values())
    return frozenset(moved[node] for node in derived.steps if derived.labels[node].of in named)


def spelled(label: Label) -> str:
    """A label as a name: v1, df_dv1, d2f_dx_dy."""
    if not label.by:
        return label.of
    return f"d{label.of}_d{label.by}" if not label.also else f"d2{label.of}_d{label.by}_d{label.also}"


def told(label: Label) -> str:
    """A label in a comment: v1, df/dv1, d2f/(dx dy)."""
    if not label.by:
        return label.of
    return f"d{label.of}/d{label.by}" if not label.also else f"d2{label.of}/(d{label.by} d{label.also})"


def remarked(name: str, text: str, label: Label | None, formula: str | None) -> str:
    """The comment of a statement: what it is and its whole formula, unless the code says just that."""
    plain = text.replace("math.", "").replace("np.", "").replace("**", "^").replace(".0", "").replace(" ", "")
    same = formula is None or plain == formula.replace(" ", "").replace("ln(", "log(")
    if label is None:
        return "" if same else f"{formula}"
    if same:
        return told(label) if not label.by and label.of != name else ""
    return f"{told(label)} = {formula}"


def short_formulas(graph: Graph) -> list[Piece | None]:
    """The whole formula of every node that has a short one."""
    found: list[Piece | None] = []
    sizes: list[int] = []
    for op, args, _, _ in graph:
        sizes.append(1 + sum(sizes[arg] for arg in args) if args else 0)
        piece: Piece | None = None
        if not args:
            piece = show.leaf(graph, len(found), lambda node: graph.data[node], SOURCE)
        elif sizes[-1] <= SHORT_STEPS and not (TABLE[op].helper and op not in CONDITIONS):
            operands = [found[arg] for arg in args]
            if all(operand is not None for operand in operands):
                piece = write(op, [operand for operand in operands if operand is not None], SOURCE)
                piece = piece if len(piece.text) <= SHORT else None
        found.append(piece)
        sizes[-1] = min(sizes[-1], SHORT_STEPS + 1)
    return found


def used(graph: Graph, results: Sequence[int], op: str) -> bool:
    """Whether an operation is needed."""
    return any(on and one == op for on, one in zip(cone(graph, results), graph.op, strict=True))


def heading(
    target: Target, graphs: Sequence[tuple[Graph, Sequence[int]]], own: Sequence[str]
) -> Iterator[str]:
    """Who wrote it, the imports or includes, and functions written for this language."""
    yield f"{target.comment} Written by adcli {__version__}"
    texts = [(target.own or {})[op] for op in own]
    if target is c.C:
        yield "#include <math.h>"
        yield ""
        for text in texts:
            yield from text.splitlines()
            yield ""
        return
    imported = []
    if target is vectors.NUMPY:
        if any("math." in text for text in texts):
            imported = ["import math", ""]
        imported += ["import numpy as np"]
    elif texts or any(calls_math(graph, ends) for graph, ends in graphs):
        imported = ["import math"]
    yield from imported
    yield from ("", "")
    for text in texts:
        yield from text.splitlines()
        yield from ("", "")


def calls_math(graph: Graph, results: Sequence[int]) -> bool:
    """Whether Python's code needs the module."""
    live = cone(graph, results)
    for node, on in enumerate(live):
        op = graph.op[node]
        if not on or op == INPUT:
            continue
        if op == CONST:
            if isinstance(graph.data[node], str):
                return True
        elif op == "pow":
            exponent = graph.args[node][1]
            if not (graph.op[exponent] == CONST and isinstance(graph.data[exponent], int)):
                return True
        elif op in python.HEADS and python.HEADS[op].startswith("math."):
            return True
    return False


def helper_function(target: Target, op: str, graph: Graph, result: int, reserved: set[str]) -> Iterator[str]:
    """A function that the language lacks."""
    names = Identifiers(reserved)
    leaves = {node: names.give(graph.data[node].removesuffix("...")) for node in graph.inputs}
    body = Writer(graph, [result], target, names, leaves).body()
    doc = TABLE[op].doc
    said = [inert(doc[0].upper() + doc[1:] + ".", ("*/", "/*"))]
    function = Function(
        op, list(leaves.values()), said, body.statements, {}, body.tests, [body.results], "value"
    )
    if target is c.C:
        yield from c_function(function, own=True, returned=body.results[0])
        yield ""
        return
    yield from python_function(function, arrays=False, returned=body.results[0])
    yield from ("", "")


def typeset(task: Task, derived: Derived) -> Iterator[str]:
    """The lines of a LaTeX fragment."""
    graph = derived.graph
    leaves = {node: letters(Label(graph.data[node])) for node in graph.inputs}
    wanted = {node: letters(found) for node, found in derived.labels.items()}
    kept = kept_steps(task, derived, range(len(graph)))
    writer = Writer(graph, derived.wanted, LATEX_CODE, Letters(()), leaves, wanted, kept, task.compact)
    body = writer.body()
    texts = iter(body.results)
    results = [[next(texts) for _ in row] for row in derived.results]
    lines = [(one.name, one.text) for one in body.statements]
    yield from document(says(task), lines, list(task.outputs), results, task.what)
