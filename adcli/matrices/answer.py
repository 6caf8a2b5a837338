"""`diff` of programs with arrays: matrix formulas where there are some, else formulas of entries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple

from adcli import deriving
from adcli.answers.answer import Answer
from adcli.answers.choosing import columns_of, names_of, output_name
from adcli.answers.running import Point, placed
from adcli.errors import UsageError
from adcli.graph import Shape
from adcli.language.note import Note
from adcli.language.program import Program
from adcli.language.shaping import shaped
from adcli.matrices.algebra import Algebra
from adcli.matrices.graphs import Grapher
from adcli.matrices.parts import inverted, step_names, with_parts
from adcli.matrices.rules import Reader
from adcli.matrices.sizes import Sizes, solved
from adcli.matrices.sweeping import derivative
from adcli.matrices.terms import NoFormula, Term
from adcli.matrices.writing import Writer
from adcli.notation import SOURCE

MOST_NODES = 2_000  # of a program; the formula of a longer one is no formula to read
Layout = Literal["numerator", "denominator"]


class MatrixFormula(NamedTuple):
    """A derivative, and its shape."""

    term: Term
    shape: Shape


@dataclass(frozen=True, kw_only=True)
class MatrixAnswer(Answer):
    """`diff`: a matrix formula per output and input; `rest` has those of entries where there is none."""

    command = "diff"
    stored = False
    formulas: dict[str, dict[str, MatrixFormula]]
    sizes: Sizes
    names: dict[int, str] = field(repr=False)
    steps: tuple[tuple[str, Term], ...] = ()
    layout: Layout = "numerator"
    order: int = 1
    assumptions: tuple[str, ...] = ()
    rest: deriving.DiffAnswer | None = None

    def own(self) -> dict[str, Any]:
        """The fields of this command."""
        texts: dict[str, dict[str, str]] = {
            output: {name: self.source(formula.term) for name, formula in row.items()}
            for output, row in self.formulas.items()
        }
        if self.rest is not None:
            entries = self.rest.own()["derivatives"]
            several = all(isinstance(row, dict) for row in entries.values())
            for output, row in (entries if several else {next(iter(self.rest.formulas)): entries}).items():
                texts.setdefault(output, {}).update(row)
        return {
            "derivatives": next(iter(texts.values())) if len(texts) == 1 else texts,
            "order": self.order,
            "assumptions": list(self.assumptions),
            "layout": self.layout,
            "shapes": {
                output: {name: [self.size(n) for n in formula.shape] for name, formula in row.items()}
                for output, row in self.formulas.items()
            },
            "sizes": {name: [self.size(n) for n in shape] for name, shape in self.sizes.shapes.items()},
        }

    def size(self, n: int) -> int | str:
        """A size, a letter where it is not given."""
        return self.sizes.letters.get(n, n)

    def source(self, term: Term) -> str:
        """A formula in the language, the steps that it names before it."""
        writer = Writer(SOURCE, str, self.names)
        text = writer.text(term)
        parts = defined(self, writer)
        return "; ".join([*(f"{name} = {written}" for name, written in parts), text])


def defined(answer: MatrixAnswer, writer: Writer) -> list[tuple[str, str]]:
    """The steps that a writer has named so far, each with its formula, in their order."""
    found: dict[int, str] = {}
    algebra = next(iter(next(iter(answer.formulas.values())).values())).term.algebra
    while waiting := writer.used - found.keys():
        place = max(waiting)
        found[place] = writer.definition(Term(algebra, place)).text
    return [(writer.leaf(answer.names[place]), found[place]) for place in sorted(found)]


def diff(
    program: Program,
    point: Point | None = None,
    *,
    wrt: Sequence[str] | None = None,
    order: int = 1,
    output: str | None = None,
    layout: Layout = "numerator",
) -> Answer:
    """The derivatives as matrix formulas; where one has none, those of the entries, which need a point.

    Without a point the sizes follow from the operations, as letters; UsageError where they do not.
    """
    try:
        return matrices(program, point, wrt=wrt, order=order, output=output, layout=layout)
    except NoFormula:
        if point is None:
            raise UsageError(
                "no matrix formula was found for this derivative that is short enough to read",
                text=program.source,
                hint="give arrays with --at: it is then written entry by entry, or use adcli grad",
            ) from None
        return deriving.diff(program, point, wrt=wrt, order=order, output=output)


def matrices(
    program: Program,
    point: Point | None,
    *,
    wrt: Sequence[str] | None,
    order: int,
    output: str | None,
    layout: Layout,
) -> MatrixAnswer:
    """The answer in matrix formulas; NoFormula where there is none at all."""
    if len(program.graph) > MOST_NODES or order not in (1, 2):
        raise NoFormula
    at: dict[str, Any] | None = None
    if point is not None:
        run, at = placed(program, point)
        sizes = Sizes({name: run.graph.shape[node] for node, name in enumerate(run.inputs)}, {})
    else:
        sizes = solved(program)
        run = shaped(program, filled(sizes))
    if not run.graph.arrays:
        raise NoFormula
    given = filled(sizes) if at is None else at
    algebra = Algebra(sizes.letters)
    reader = Reader(algebra, run.graph)
    columns = columns_of(run, wrt)
    outputs = list(run.outputs) if output is None else [output_name(run, output)]
    formulas: dict[str, dict[str, MatrixFormula]] = {}
    missing: dict[str, list[str]] = {}
    notes: dict[Note, None] = {}
    for made in outputs:
        for column, name in zip(columns, names_of(run, columns), strict=True):
            try:
                formula, seen = checked(reader, run.outputs[made], column, order, given)
            except NoFormula:
                missing.setdefault(made, []).append(name)
                continue
            if not seen:
                notes[deriving.unseen(made, name)] = None
            formulas.setdefault(made, {})[name] = formula
    if not formulas:
        raise NoFormula
    if layout == "denominator":
        formulas = {out: {name: turned(each) for name, each in row.items()} for out, row in formulas.items()}
    roots = [formula.term for row in formulas.values() for formula in row.values()]
    rest = entries(run, at, missing, order, notes) if missing else None
    return MatrixAnswer(
        program=run, at=at, notes=(*run.notes, *notes), formulas=formulas, sizes=sizes,
        names=with_parts(run, roots, step_names(run, reader)), layout=layout, order=order,
        assumptions=inverted(roots) + (rest.assumptions if rest else ()), rest=rest,
    )  # fmt: skip


def filled(sizes: Sizes) -> dict[str, Any]:
    """Some values in the shapes."""
    import numpy as np  # there are arrays

    return {name: np.full(shape, 0.5) if shape else 0.5 for name, shape in sizes.shapes.items()}


def checked(
    reader: Reader, output: int, by: int, order: int, given: Mapping[str, Any]
) -> tuple[MatrixFormula, bool]:
    """A formula that the sweep agrees with, and whether a point was found to compare them at."""
    from adcli.matrices.values import agrees  # numpy

    formula = derivative(reader, output, by)
    graph = reader.graph
    seen = agrees(formula, graph, output, by, given)
    if order == 2 and seen is not False:
        if graph.shape[output] or 1 not in (graph.shape[by] or (1,)) or not graph.shape[by]:
            raise NoFormula
        grapher = Grapher(graph)
        node = grapher.node(reader.algebra.turned(formula))
        again = Reader(reader.algebra, grapher.graph)
        if not grapher.graph.shape[node]:
            return MatrixFormula(reader.algebra.number(0), graph.shape[by]), True
        formula = derivative(again, node, by)
        seen = agrees(formula, grapher.graph, node, by, given)
    if seen is False:
        raise NoFormula
    return MatrixFormula(formula, shape_of(graph.shape[output], graph.shape[by], order)), bool(seen)


def shape_of(output: Shape, by: Shape, order: int) -> Shape:
    """The shape of a derivative in numerator layout."""
    if order == 2:
        return (max(by), max(by))
    if not by:
        return output
    return (max(output), max(by)) if output else by[::-1]


def turned(formula: MatrixFormula) -> MatrixFormula:
    """The formula in denominator layout."""
    from adcli.matrices.sweeping import tidied

    term = tidied(formula.term.algebra.turned(formula.term))
    return MatrixFormula(term, formula.shape[::-1])


def entries(
    program: Program,
    point: Point | None,
    missing: Mapping[str, Sequence[str]],
    order: int,
    notes: dict[Note, None],
) -> deriving.DiffAnswer | None:
    """The derivatives that are no matrix formulas, by entries; a note where there is no point."""
    said = ", ".join(f"∂{made}/∂{name}" for made, names in missing.items() for name in names)
    if point is None:
        notes[Note("unchecked", f"{said}: no matrix formula; with sizes, as --at gives them, by entries")] = (
            None
        )
        return None
    found: deriving.DiffAnswer | None = None
    try:
        for made, names in missing.items():
            each = entrywise(program, point, made, names, order)
            found = each if found is None else replace(found, formulas={**found.formulas, **each.formulas})
    except UsageError as error:
        notes[Note("unchecked", f"{said}: no matrix formula, and by entries {error.message}")] = None
        return None
    return found


def entrywise(
    program: Program, point: Point, made: str, names: Sequence[str], order: int
) -> deriving.DiffAnswer:
    """The formulas of an output's entries."""
    alone = replace(program, outputs={made: program.outputs[made]}, needs_point=False)
    return deriving.diff(alone, point, wrt=names, order=order)
