"""Reports of what a program and its derivatives cost."""

from __future__ import annotations

from collections.abc import Sequence

from adcli.answers import Answer
from adcli.labels import Style
from adcli.numerals import number
from adcli.report.document import Cell, Column, Look, Section, Table
from adcli.report.title import count, listed
from adcli.study.cost import CostAnswer, NetworkAnswer
from adcli.study.measure import WEIGHTS
from adcli.study.networks import Network

RATIO_DIGITS = 3


def sections(answer: Answer, look: Look) -> tuple[Section, ...]:
    """The counts, the passes, the measure, and the network where there is one."""
    if not isinstance(answer, CostAnswer):
        raise NotImplementedError(answer.command)
    made = [counts_section(answer, look), passes_section(answer, look), measure_section(answer, look)]
    if answer.network is not None:
        made.append(network_section(answer.network, look))
    return tuple(made)


def network_sections(answer: NetworkAnswer, look: Look) -> tuple[Section, ...]:
    """The network alone."""
    return (network_section(answer.network, look),)


def told(
    heading: str, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]], look: Look, *captions: str
) -> Section:
    """A table of words and numbers, as lines where nothing else is wanted: "reverse pass: total 8, …"."""
    style = look.style
    heading, said = style.words(heading), tuple(map(style.words, captions))
    if look.layout == "lines":
        lines = tuple(
            f"{row[0]}: " + ", ".join(
                f"{title} {text}" for title, text in zip(columns[1:], row[1:], strict=True) if text
            )
            for row in rows
        )  # fmt: skip
        return Section(heading, lines=lines, captions=said)
    shown = tuple((Cell(style.prose(row[0])), *(Cell(cell(style, text)) for text in row[1:])) for row in rows)
    titles = (
        Column(style.words(columns[0])),
        *(Column(style.words(title), point=True) for title in columns[1:]),
    )
    return Section(heading, Table(titles, shown), captions=said)


def cell(style: Style, text: str) -> str:
    """A number, or words where there is none."""
    return text if text[:1].isdigit() or not text else style.prose(text)


def whole(amount: int) -> str:
    """A count with all its digits up to a million."""
    return number(amount if amount < 10**6 else float(amount), 4)


def times(answer: CostAnswer, mode: str, look: Look) -> str:
    """The ratio of a pass to the program."""
    found = answer.ratio(mode)
    return "" if found is None else number(found, look.digits or RATIO_DIGITS)


def counts_section(answer: CostAnswer, look: Look) -> Section:
    """The operations of the program and of one pass of each mode."""
    counts = answer.counts
    rest = [whole(counts.values), whole(counts.slopes), whole(counts.products)]
    rows = [
        ("the value f", whole(counts.values), whole(counts.values), "", "", "", "1"),
        (
            "forward pass",
            whole(counts.forward),
            *rest,
            whole(counts.forward_sums),
            times(answer, "forward", look),
        ),
        (
            "reverse pass",
            whole(counts.reverse),
            *rest,
            whole(counts.reverse_sums),
            times(answer, "reverse", look),
        ),
    ]
    return told(
        "operations, counted",
        ("", "total", "values", "slopes", "products", "sums", "to f"),
        rows,
        look,
        "one step is one operation; a pass computes the values, what the slopes need beyond them, a product "
        "per edge (none for a slope of 1 or -1), and a sum where two flows meet",
    )


def passes_section(answer: CostAnswer, look: Look) -> Section:
    """How many passes all derivatives take, what is stored, and which mode is the cheaper one."""
    counts, needed = answer.counts, answer.passes
    rows = [
        (
            "forward mode",
            whole(needed["forward"]),
            whole(needed["forward"] * counts.forward),
            whole(counts.held),
        ),
        (
            "reverse mode",
            whole(needed["reverse"]),
            whole(needed["reverse"] * counts.reverse),
            whole(counts.kept),
        ),
    ]
    return told(
        f"all derivatives: {count(len(answer.wrt), 'input')}, {count(len(answer.chosen), 'output')}",
        ("", "passes", "operations", "stored values"),
        rows,
        look,
        advice(answer),
    )


def advice(answer: CostAnswer) -> str:
    """Which mode is recommended, and why."""
    if not answer.wrt:
        return "without inputs there is nothing to differentiate"
    inputs, outputs = len(answer.wrt), len(answer.chosen)
    if answer.mode == "forward":
        return (
            f"forward mode: a pass per input, and there are fewer inputs ({inputs}) than outputs ({outputs})"
        )
    if inputs == outputs:
        return (
            "reverse mode: as many passes as forward mode, which stores less and may be taken instead"
            if inputs > 1
            else "either mode takes one pass; forward mode stores less"
        )
    return (
        f"reverse mode: a pass per output, and there are fewer outputs ({outputs}) than inputs ({inputs}); "
        "the price is that it stores every value"
    )


def measure_section(answer: CostAnswer, look: Look) -> Section:
    """The cost in the measure of Griewank and Walther, with its weights."""
    measured, parts, digits = answer.measured, answer.parts, look.digits or RATIO_DIGITS
    rows = [
        (name, whole(measured[what]), number(measured[what] / measured["f"], digits), bound)
        for name, what, bound in (
            ("the value f", "f", ""), ("forward pass", "forward", "2.5"), ("reverse pass", "reverse", "4")
        )
        if measured["f"]
    ]  # fmt: skip
    kinds = [
        count(parts.constants, "input or constant", "inputs and constants"),
        count(parts.sums, "sum"),
        count(parts.products, "product"),
        count(parts.functions, "function of one argument", "functions of one argument"),
    ]
    return told(
        "the cost measure after Griewank and Walther",
        ("", "cost", "to f", "at most"),
        rows,
        look,
        f"elementals: {listed(kinds)}; a quotient is a reciprocal and a product",
        f"weights: move {WEIGHTS.moves}, sum {WEIGHTS.adds}, product {WEIGHTS.mults}, nonlinear operation "
        f"{WEIGHTS.nonlinear}; the bounds hold for every program",
    )


def network_section(net: Network, look: Look) -> Section:
    """The products of a layered network's derivatives, from the O(…) formulas."""
    n, m = net.layers[0], net.layers[-1]
    passed = "S" if net.batch == 1 else "B*S"
    jacobian, gradient = net.jacobian, net.gradient
    rows = [
        ("values of all layers", passed, whole(net.passed), "1"),
        (f"Jacobian, forward ({whole(n)} passes)", f"n*{passed}", whole(jacobian["forward"]), whole(n)),
        (f"Jacobian, reverse ({whole(m)} passes)", f"m*{passed}", whole(jacobian["reverse"]), whole(m)),
        (
            "loss by weights, forward",
            f"(P+1)*{passed}",
            whole(gradient["forward"]),
            whole(net.parameters + 1),
        ),
        (
            "loss by weights, reverse",
            f"3*{passed} - {passed[:-1]}n*k",
            whole(gradient["reverse"]),
            number(gradient["reverse"] / net.passed, look.digits or RATIO_DIGITS),
        ),
    ]
    sizes = " -> ".join(map(str, net.layers))
    batch = f", B = {net.batch} examples at once" if net.batch > 1 else ""
    fewer = "no more outputs than inputs" if net.mode == "reverse" else "fewer inputs than outputs"
    return told(
        f"a network of layers {sizes}{batch}",
        ("products of", "O(...)", "number", "to f"),
        rows,
        look,
        f"S = {whole(net.step)} products of neighbouring layer sizes, P = {whole(net.parameters)} weights "
        f"and biases, n = {whole(n)} inputs, m = {whole(m)} outputs, k = {whole(net.layers[1])}",
        f"reverse mode keeps {whole(net.stored)} numbers, those of every layer",
        f"for the Jacobian {net.mode} mode is cheaper: {fewer}; for a loss, which is one number, reverse "
        f"mode: one pass instead of {whole(net.parameters)}",
    )
