"""Sessions: what counts, what is carried, which mistake is named, how hints are dosed, what comes next."""

from __future__ import annotations

from typing import Any

import pytest

from adcli.quiz.answer import right_text
from adcli.quiz.exercise import Exercise, Wish, exercise_of, posed_as, question_of
from adcli.quiz.forms import Form
from adcli.quiz.progress import Progress
from adcli.quiz.session import HINTS, LONGEST, Session, Unreadable, wrong
from adcli.quiz.topics import TOPICS
from adcli.render.display import in_ascii
from adcli.report.document import Look
from adcli.report.hints import hints
from adcli.report.practice import command, spoken


def own(function: str, at: str, **wish: Any) -> Exercise:
    """An exercise of one's own."""
    form = Form(function, at)
    made = Wish("quotient", 2, 1, **wish)
    return posed_as(made, 1, TOPICS["quotient"], form, question_of(form), 0)


def answered(session: Session, *lines: str) -> list[str]:
    """The verdicts on answers."""
    return [session.answer(line).verdict for line in lines]


LINE = "(2*x + 3)/(x - 4)"  # v1 = 6, v2 = 9, v3 = -1, v4 = -9 at x = 3


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize(
    "wish", [Wish("", 3, 2), Wish("", 2, 4, mode="forward"), Wish("", 4, 1, ask="gradient")]
)
def test_the_exact_solution_is_right_from_beginning_to_end(topic: str, wish: Wish) -> None:
    session = Session(exercise_of(wish._replace(topic=topic), 1))
    while session.mark is not None:
        assert session.answer(right_text(session.exercise, session.target)).verdict == "right"
    counts = Progress((session,)).counts()
    assert counts["first"] == len(session.marks)
    assert not wrong([session])


@pytest.mark.parametrize(
    "line", ["0.866", "0.86603", "sqrt(3)/2", "√3/2", "= sqrt(3)/2", "v1 = sqrt(3)/2", "3/sqrt(12)"]
)
def test_a_number_may_be_written_in_many_ways(line: str) -> None:
    session = Session(own("sin(x)*x", "x=pi/3"))
    assert session.answer(line).verdict == "right"


def test_a_wrong_answer_is_asked_for_again() -> None:
    session = Session(own(LINE, "x=3"))
    assert answered(session, "7", "8", "6") == ["wrong", "wrong", "right"]
    assert session.place == 1
    assert session.marks[0].wrong == 2
    assert not session.marks[0].at_first


def test_what_follows_from_a_wrong_answer_that_stands_is_carried() -> None:
    session = Session(own(LINE, "x=3"), tries=1)
    assert answered(session, "6", "9", "1", "9", "-9", "1", "1", "-7") == [
        "right", "right", "wrong", "carried", "right", "carried", "carried", "carried",
    ]  # fmt: skip
    assert session.mark is None
    assert wrong([session])
    assert Progress((session,)).counts()["first"] == 7


def test_after_the_right_answer_is_shown_the_next_ones_follow_from_it() -> None:
    session = Session(own(LINE, "x=3"))
    answered(session, "6", "9", "1")
    assert session.show().name == "v3"
    assert answered(session, "9", "-9") == ["wrong", "right"]


def test_a_wrong_answer_that_is_left_behind_stays() -> None:
    session = Session(own(LINE, "x=3"))
    answered(session, "6", "9", "1")
    assert session.skip()
    assert answered(session, "9") == ["carried"]
    assert not Session(own(LINE, "x=3")).skip()


@pytest.mark.parametrize(
    ("function", "at", "before", "line", "code"),
    [
        ("x/y", "x=3, y=2", ["1.5"], "-1.5", "quotient-without-square"),
        ("x/y", "x=3, y=2", ["1.5"], "0.75", "quotient-without-minus"),
        ("x^3", "x=2", ["8"], "24", "power-not-lowered"),
    ],
)
def test_the_mistake_is_named(function: str, at: str, before: list[str], line: str, code: str) -> None:
    session = Session(own(function, at))
    answered(session, *before)
    found = session.answer(line)
    assert found.verdict == "wrong"
    assert code in {one.code for one in found.mistakes[:2]} | set(found.mistakes[0].also)


def test_a_decimal_comma_is_read_as_check_reads_it() -> None:
    session = Session(own("x/4", "x=5"))
    assert answered(session, "1,25", "v0_bar = 0,25") == ["right", "right"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("", "nothing is written"),
        ("   ", "nothing is written"),
        ("nan", "not a number"),
        ("-inf", "not a number"),
        ("x^2", "a number is asked for, without x"),
        ("2 +", "."),
        ("1/0", "."),
        ("9^9^9^9", "."),
        ("1e999999", "."),
        ("((((", "."),
        ("__import__('os')", "."),
        ("\x1b[2J", "."),
        ("\ufffd", "."),
        ("1" * (LONGEST + 1), f"longer than {LONGEST}"),
        ("[1,2]", "."),
        ("1,234", "write decimals with a point"),
        ("1,5+1", "write"),
        ("ln(-1)", "."),
    ],
    ids=ascii,
)
def test_what_is_no_answer_costs_no_try(line: str, why: str) -> None:
    session = Session(own(LINE, "x=3"))
    with pytest.raises(Unreadable, match=why):
        session.answer(line)
    assert (session.place, session.marks[0].wrong) == (0, 0)


def test_where_every_line_is_one_try_it_costs_one() -> None:
    session = Session(own(LINE, "x=3"), tries=1)
    with pytest.raises(Unreadable):
        session.answer("two")
    assert (session.place, session.marks[0].end) == (1, "wrong")


def test_formulas_are_judged_as_formulas() -> None:
    form = Form("x*cos(x)", "x=1")
    session = Session(
        posed_as(Wish("trig", 2, 1, ask="formula"), 1, TOPICS["trig"], form, question_of(form), 0)
    )
    assert answered(session, "df/dx = cos(x)", "f' = -sin(x)", "-x*sin(x) + cos(x)") == [
        "wrong",
        "wrong",
        "right",
    ]


def test_hints_are_dosed_and_the_last_one_is_repeated() -> None:
    session = Session(own(LINE, "x=3"))
    assert [session.hint() for _ in range(4)] == [1, 2, 3, HINTS]
    assert answered(session, "6") == ["right"]
    assert not session.marks[0].at_first


def test_no_hint_tells_the_result_of_a_sum_but_its_numbers() -> None:
    exercise = own("x^2*y", "x=3, y=5")
    target = next(target for target in exercise.entries if target.name == "x_bar")
    first, second, third = hints(exercise, target, Look())
    assert first == ("x is used by v₁: one term", "rule: ∂(a^b)/∂a = b·a^(b - 1)")
    assert second == ("x̄ = v̄₁·(2·x)",)
    assert third == ("x̄ = 5·6",)


def test_a_step_that_is_used_twice_has_a_term_for_each_use() -> None:
    exercise = own("u = x + 1; u*x", "x=2")
    target = next(target for target in exercise.entries if target.name == "x_bar")
    first, second, _ = hints(exercise, target, Look())
    assert first[0] == "x is used by v₂ and u: 2 terms, added up"
    assert in_ascii(second[0]) == "x_bar = v2_bar*u + u_bar*1"


def test_every_entry_has_three_hints() -> None:
    for topic in TOPICS:
        for exercise in (
            exercise_of(Wish(topic, 3, 1), 1),
            exercise_of(Wish(topic, 2, 2, mode="forward"), 1),
        ):
            for target in exercise.entries:
                assert all(hint and all(hint) for hint in hints(exercise, target, Look()))


def test_after_few_mistakes_the_level_rises_and_after_the_last_comes_another_topic() -> None:
    session = Session(exercise_of(Wish("product", 2, 9), 1))
    while session.mark is not None:
        session.answer(right_text(session.exercise, session.target))
    assert Progress((session,)).next() == Wish("product", 3, 9)
    top = Session(exercise_of(Wish("product", 5, 9), 1))
    while top.mark is not None:
        top.answer(right_text(top.exercise, top.target))
    assert Progress((top,)).next() == Wish("quotient", 1, 9)


def test_after_mistakes_comes_the_topic_that_they_are_about() -> None:
    session = Session(own("x*exp(y)", "x=3, y=ln(2)"))
    answered(session, "2", "6", "3", "1", "3", "1", "1.5")
    progress = Progress((session,))
    assert progress.mistakes(spoken)
    assert progress.next().topic in TOPICS
    assert (
        command(Wish("chain", 2, 3, mode="forward"))
        == "adcli quiz --topic chain --level 2 --seed 3 --mode forward"
    )
