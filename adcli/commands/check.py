"""adcli check: a student's answer, held against what is right."""

from __future__ import annotations

from dataclasses import replace

from adcli.commands import options as o
from adcli.commands.asked import Asked
from adcli.commands.help import DISPLAY, NAMES, POINT, SOURCE, Page, precision
from adcli.errors import ExitStatus, UsageError

PAGE = Page(
    usage="adcli check EXPRESSION [--at POINT] --answer ANSWER",
    summary="Homework: whether an answer is right, and where it went wrong.",
    examples=(
        ('adcli check "x^2*y" --at x=1.5,y=2 --answer "x=6,y=2.25"', "a gradient"),
        ('adcli check "x^2*y" --answer "x=2*x*y"', "a formula"),
        ('adcli check "x1/x2" --at x1=3,x2=2 --answer "v1_bar=1,x2=-0.75"', "steps"),
        ('adcli check "x*y, x-y" --at x=2,y=3 --answer "[[3,2],[1,-1]]"', "a Jacobian"),
        ('adcli check "x*sin(x)" --at x=2 --table mine.csv', "a whole table"),
    ),
    groups=(
        (
            "The answer",
            (
                ("--answer NAME=VALUE,...", "x, df/dx: slope; f, v4: value; v4_bar: adjoint"),
                ("--answer VALUE,...", "a gradient in order; [[..],[..]]: a Jacobian"),
                ("--table FILE", ".csv .md .json .yaml .txt; trace --blank prints one"),
            ),
        ),
        POINT,
        (
            "The question",
            (
                *SOURCE,
                ("--output NAME", "the output of adjoints and derivatives"),
                ("--wrt NAMES", "these must be there; tangents are of the first"),
            ),
        ),
        (
            "What counts as right",
            (
                ("--tol T", "0.01 or 1%; without it, the digits written decide"),
                ("--sigfigs N", "right to N significant digits"),
            ),
        ),
        (
            "A folder of submissions",
            (
                ("--key FILE FOLDER", "the exercises: name, function, at, ask, points"),
                ("a.txt, b.txt", "of an answer given twice the worse counts"),
                ("a.txt, a-1.txt", "of a file handed in to Canvas again the last"),
                ("--workers N", "so many processes (default: one per core)"),
                ("--fail-under P", "exit 1 where a student has less than P percent"),
            ),
        ),
        (
            "What is told",
            (
                ("--hint N", "0 verdicts, 1 which entry, 2 which edge, 3 all"),
                ("--explain", "every mistake that fits, and the tolerances"),
                ("--simplest", "say where a right formula could be shorter"),
                ("--graph FILE", "the graph, the wrong edge marked: .svg .png .pdf"),
                *NAMES,
                ("--json", "one JSON object, full precision"),
                ("--format FORMAT", "table (default), plain, markdown, csv or json"),
                ("-o, --out FILE", "write to a file; its suffix decides the format"),
                precision(6),
                *DISPLAY,
            ),
        ),
    ),
    exit="Exit: 0 done, 2 not understood, 3 not defined, 4 unread files; 1: not all right",
)
FORMS = ("table", "plain", "markdown", "csv", "json")
EVERYTHING = 3  # of --hint


def run(
    asked: Asked,
    *,
    answer: o.Answers = None,
    table: o.Tables = None,
    output: o.Output = None,
    wrt: o.Wrt = None,
    tol: o.Tol = None,
    sigfigs: o.Sigfigs = None,
    hint: o.Hint = EVERYTHING,
    explain: o.Explain = False,
    simplest: o.Simplest = False,
    graph: o.Marked = None,
    key: o.Key = None,
    workers: o.Workers = None,
    fail_under: o.FailUnder = None,
    names: o.Names = None,
) -> int:
    """Answer with the verdicts; 1 where not all is right."""
    if key is not None:
        from adcli.commands.grading import grade_folder  # --help stays quick

        one = {
            "--at": asked.source.at, "--answer": answer, "--table": table, "--output": output, "--wrt": wrt,
            "--tol": tol, "--sigfigs": sigfigs, "--hint": hint < EVERYTHING, "--explain": explain,
            "--simplest": simplest, "--graph": graph, "--names": names,
        }  # fmt: skip
        if (option := next((name for name, value in one.items() if value), None)) is not None:
            raise UsageError(
                f"{option} has no meaning with --key",
                hint="the key says what is asked, where, and what counts as right",
            )
        return grade_folder(asked, key, workers, fail_under)
    if fail_under is not None or workers is not None:
        option = "--workers" if fail_under is None else "--fail-under"
        raise UsageError(f"{option} is for a folder of submissions", hint="give --key key.toml too")
    from adcli.checking.answer import ALL  # --help stays quick
    from adcli.checking.numbers import Tolerance
    from adcli.checking.questions import check
    from adcli.commands import files
    from adcli.commands.given import given
    from adcli.commands.given import names as listed
    from adcli.commands.present import SUFFIXES, form_of, names_of_steps, show_text

    suffixes = {suffix: form for suffix, form in SUFFIXES.items() if form in FORMS}
    form = form_of(asked.showing, FORMS, suffixes)
    tolerance = Tolerance.read(tol, sigfigs)
    if explain and hint < ALL:
        raise UsageError("--explain tells more than --hint allows", hint="leave out one of the two")
    if graph is not None and hint < ALL:
        raise UsageError("--graph tells more than --hint allows", hint="leave out one of the two")
    columns = listed(wrt, "--wrt x,y")
    if not answer and not table:
        raise UsageError("there is no answer to check", hint='write --answer "x=4,y=3" or --table mine.csv')
    read = [(name, files.read_stdin() if name == "-" else files.read_text(name)) for name in table or []]
    called = names_of_steps(names)
    program, at, notes = given(asked.source, exact=True)
    program = called(program)
    if at is None and not program.inputs:
        at = {}
    found = check(
        program, at, answer or [], read, wrt=columns, output=output, tolerance=tolerance, hint=hint,
        simplest=simplest,
    )  # fmt: skip
    found = replace(found, notes=(*notes, *found.notes))
    if graph is not None:
        from adcli.commands.marked import draw_marked

        draw_marked(found, graph, asked.showing)
    show_text(found, asked.showing, form=form, explain=explain)
    if form != "json" and not asked.showing.quiet and found.notes:
        from adcli.render.problems import print_notes

        print_notes(found.notes, no_color=asked.showing.no_color)
    return ExitStatus.DONE if found.correct else ExitStatus.WRONG
