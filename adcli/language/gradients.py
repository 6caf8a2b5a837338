"""grad(expression, x) inside a program: the reverse sweep makes more nodes of the same graph."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from adcli import engine
from adcli.errors import AdcliSyntaxError, ShapeError, Span, UsageError
from adcli.graph import CONST, INPUT, Graph, Shape, cone
from adcli.language.conditions import NeedsPoint, need_numbers
from adcli.language.names import canonical
from adcli.language.naming import Built
from adcli.language.shaping import unfit
from adcli.language.stages import DIFFERENTIATE, NODE, TAKE, VALUE, VISIT
from adcli.language.survey import events
from adcli.language.syntax import GRAD, NAME, NUMBER, Syntax
from adcli.primitives import ARRAYS, ROWS
from adcli.primitives.shapes import Unfit, of_value, words

if TYPE_CHECKING:
    from adcli.language.expressions import Expressions


class Frame(NamedTuple):
    """A call that is running: its arguments by parameter, as nodes or as values."""

    want: int
    arguments: dict[str, Any]


def differentiate(build: Expressions, syntax: Syntax, want: int) -> list[tuple[Syntax, int, int]]:
    """The work of a derivative: build what is differentiated; a parameter is a variable of its own there.

    Raises UsageError inside a function that decides a branch, which has values instead of nodes.
    """
    expression, name = syntax.args
    if want == VALUE:
        if build.frames and build.frames[-1].want == VALUE:
            raise UsageError(
                "grad inside a function that decides a branch", span=Span(syntax.start, syntax.end),
                text=build.text, hint="assign the derivative before, and compare its name",
            )  # fmt: skip
        build.branches.varied = True
        return [(syntax, want, TAKE), (syntax, NODE, VISIT)]
    build.graded = True
    known = canonical(name.args[0])
    frame = build.frames[-1] if build.frames else None
    if frame is not None and known in frame.arguments:
        argument = frame.arguments[known]
        stand_in = build.add("stop", (build.node(argument),), object(), syntax)
        build.frames.append(Frame(NODE, {**frame.arguments, known: stand_in}))
        build.differentiating.append((stand_in, argument))
    else:
        build.differentiating.append(None)
    return [(syntax, want, DIFFERENTIATE), (expression, want, VISIT)]


def differentiated(build: Expressions, syntax: Syntax, made: Built) -> Built:
    """The derivative of what was made."""
    need_numbers(build.text, [build.is_condition(made)], syntax.args[0])
    inner = build.differentiating.pop()
    if inner is None:
        return gradient(build, syntax, made, build.leaf(syntax.args[1]))
    build.frames.pop()
    return of_parameter(build, syntax, made, *inner)


def targets(statements: Sequence[Syntax]) -> frozenset[str]:
    """The names by which a program differentiates."""
    return frozenset(
        canonical(event.leaf.args[1].args[0]) for event in events(statements) if event.leaf.op == GRAD
    )


def gradient(build: Expressions, syntax: Syntax, made: Built, target: Built) -> Built:
    """The derivative of a node by the step or input that a name stands for.

    Raises AdcliSyntaxError for a name that stands for a number that never changes.
    """
    name = syntax.args[1].args[0]
    if not isinstance(target, int):
        raise AdcliSyntaxError(
            f"{name} is a number here, not a variable", text=build.text,
            span=Span(syntax.args[1].start, syntax.args[1].end),
            hint="differentiate by an input, an assigned name or a parameter, as in grad(x^2*y, x)",
        )  # fmt: skip
    if not isinstance(made, int):
        return syntax._replace(op=NUMBER, args=(0,))
    found = slope(build, syntax, made, target)
    return constant(build.graph, found, syntax)


def slope(build: Expressions, syntax: Syntax, made: int, target: int) -> int:
    """The node of ∂made/∂target, in the shape of the target; every node that it is made of stands there."""
    graph = build.graph
    if has_arrays(build, syntax):
        from adcli.transform import transform_arrays  # few programs write grad()

        shape = shapes(build)[made]
        if shape:
            raise ShapeError(
                f"grad differentiates one number, and this is {words(shape)}",
                span=Span(syntax.args[0].start, syntax.args[0].end), text=build.text,
                hint="take a sum of its entries, a norm or one entry, as in grad(sum(r^2), w)",
            )  # fmt: skip
        found = transform_arrays.adjoint(graph, build.shapes, made, target)
    else:
        from adcli.transform import adjoint

        found = adjoint(graph, made, target)
    build.located(syntax)
    return found


def has_arrays(build: Expressions, syntax: Syntax) -> bool:
    """Whether there are arrays so far; NeedsPoint where only a point tells their sizes."""
    graph, point = build.graph, build.point
    if ARRAYS.keys().isdisjoint(graph.op):
        return any(map(of_value, (point or {}).values()))
    if point is None and graph.inputs:
        raise NeedsPoint(
            "grad of arrays waits for their sizes", span=Span(syntax.start, syntax.end), text=build.text,
            hint="give a point, as in --at w=[1,2]",
        )  # fmt: skip
    return True


def shapes(build: Expressions) -> list[Shape]:
    """The shapes of all nodes so far; ShapeError at the first operation that does not fit."""
    graph, found, point = build.graph, build.shapes, build.point or {}
    for node in range(len(found), len(graph)):
        op, args, data, _ = graph[node]
        given = [found[arg] for arg in args]
        if op in (INPUT, CONST):
            found.append(of_value(point.get(data)) if op == INPUT else ())
            continue
        try:
            found.append(engine.shape_of(engine.operation_on(op, given), data, given))
        except Unfit as error:
            parts = [(build.starts[arg], build.ends[arg]) for arg in args]
            span = Span(build.starts[node], build.ends[node])
            raise unfit(build.text, op, parts, span, error, given) from None
    return found


def of_parameter(build: Expressions, syntax: Syntax, made: Built, stand_in: int, argument: Built) -> Built:
    """The derivative by a function's parameter, for which a node of its own stood in, at its argument."""
    if not isinstance(made, int):
        return syntax._replace(op=NUMBER, args=(0,))
    from adcli.transform import replaced  # few programs write grad()

    found = slope(build, syntax, made, stand_in)
    found = replaced(build.graph, found, stand_in, build.node(argument))
    build.located(syntax)
    return constant(build.graph, found, syntax)


def constant(graph: Graph, node: int, syntax: Syntax) -> Built:
    """A node, or the number or name that it is."""
    if graph.op[node] != CONST:
        return node
    data = graph.data[node]
    return syntax._replace(op=NAME if isinstance(data, str) else NUMBER, args=(data,))


def own_step(build: Expressions, name: str, made: Built, before: int) -> int:
    """The node of an assigned name by which the program differentiates, which no other name shares.

    `before` is how many nodes there were when its expression was begun.
    """
    graph = build.graph
    if not isinstance(made, int):
        node = build.node(made)
        return build.add("stop", (node,), name, made)
    if graph.op[made] == INPUT or graph.data[made] is not None:
        return made
    if made >= before:
        return graph.mark(made, name)
    start, end = build.starts[made], build.ends[made]
    return build.add(graph.op[made], graph.args[made], name, Syntax(graph.op[made], (), start, end))


def may_fail(graph: Graph, node: int) -> bool:
    """Whether an operation has a value at some points only."""
    op, args = graph.op[node], graph.args[node]
    if not args or not ROWS[op].needs:
        return False
    second = graph.data[args[1]] if len(args) > 1 and graph.op[args[1]] == CONST else None
    if not isinstance(second, (int, Fraction)):
        return True
    return not (op == "div" and second) and not (op == "pow" and second >= 0 and second.denominator == 1)


def pruned(build: Expressions, made: Iterable[Built]) -> list[int]:
    """Take the nodes out of the graph that nothing of what was made needs: they were only differentiated.

    What may have no value stays, with its operands: where ln(x) has none, it has no
    derivative either. Returns the new place of every node; one that is gone has that of the next one.
    """
    graph = build.graph
    asked = [node for node in made if isinstance(node, int)]
    needed = cone(graph, [*asked, *filter(lambda node: may_fail(graph, node), range(len(graph)))])
    kept = Graph(share=graph.share)
    places: list[int] = []
    starts, ends = array("q"), array("q")
    for node, (op, args, data, shape) in enumerate(graph):
        places.append(len(kept))
        if needed[node] or op == INPUT:
            kept.add(op, tuple(places[arg] for arg in args), data, shape)
            starts.append(build.starts[node])
            ends.append(build.ends[node])
    places.append(len(kept))
    build.graph, build.starts, build.ends = kept, starts, ends
    return places
