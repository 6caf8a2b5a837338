"""Reports of what a program and its derivatives cost."""

from __future__ import annotations

from adcli.answers.answer import Answer
from adcli.report.document import Look, Section
from adcli.report.telling import Entries, Entry, Shown, told, whole
from adcli.report.title import count, listed
from adcli.study.cost import CostAnswer, NetworkAnswer
from adcli.study.measure import BOUND, WEIGHTS
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


def times(answer: CostAnswer, mode: str, look: Look) -> Shown | None:
    """The ratio of a pass to the program."""
    found = answer.ratio(mode)
    return None if found is None else Shown(found, look.digits or RATIO_DIGITS)


def counts_section(answer: CostAnswer, look: Look) -> Section:
    """The operations of the program and of one pass of each mode."""
    counts = answer.counts
    rest = [counts.values, counts.slopes, counts.products]
    rows: list[Entries] = [
        ("the value f", whole(counts.values), whole(counts.values), None, None, None, 1),
        (
            "forward pass",
            counts.forward,
            *rest,
            counts.forward_sums,
            times(answer, "forward", look),
        ),
        (
            "reverse pass",
            counts.reverse,
            *rest,
            counts.reverse_sums,
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
    rows: list[Entries] = [
        (
            "forward mode",
            needed["forward"],
            needed["forward"] * counts.forward,
            counts.held,
        ),
        (
            "reverse mode",
            needed["reverse"],
            needed["reverse"] * counts.reverse,
            counts.kept,
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
    passes: list[tuple[str, str, Entry]] = [
        ("the value f", "f", None),
        *((f"{mode} pass", mode, Shown(bound, 2)) for mode, bound in BOUND.items()),
    ]
    rows: list[Entries] = [
        (name, measured[what], Shown(measured[what] / measured["f"], digits), bound)
        for name, what, bound in passes
        if measured["f"]
    ]
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


def many(count: int, noun: str, several: str = "") -> str:
    """A count with its noun: 1 pass, 6 passes."""
    return f"{whole(count)} {noun if count == 1 else several or noun + 's'}"


def network_section(net: Network, look: Look) -> Section:
    """The products of a layered network's derivatives, from the O(…) formulas."""
    n, m = net.layers[0], net.layers[-1]
    passed = "S" if net.batch == 1 else "B*S"
    jacobian, gradient = net.jacobian, net.gradient
    rows: list[Entries] = [
        ("values of all layers", passed, net.passed, 1),
        (f"Jacobian, forward ({many(n, 'pass', 'passes')})", f"n*{passed}", jacobian["forward"], n),
        (f"Jacobian, reverse ({many(m, 'pass', 'passes')})", f"m*{passed}", jacobian["reverse"], m),
        (
            "loss by weights, forward",
            f"(P+1)*{passed}",
            gradient["forward"],
            net.parameters + 1,
        ),
        (
            "loss by weights, reverse",
            f"3*{passed} - {passed[:-1]}n*k",
            gradient["reverse"],
            Shown(gradient["reverse"] / net.passed, look.digits or RATIO_DIGITS),
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
        f"and biases, n = {many(n, 'input')}, m = {many(m, 'output')}, k = {whole(net.layers[1])}",
        f"reverse mode keeps {whole(net.stored)} numbers, those of every layer",
        f"for the Jacobian {net.mode} mode is cheaper: {fewer}; for a loss, which is one number, reverse "
        f"mode: one pass instead of {whole(net.parameters)}",
    )
