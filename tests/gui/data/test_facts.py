"""The facts of the data in words."""

from studio.gui.data.facts import first_bad_row, refusal_of_rows, row_line
from tests.gui.data.answers import lens, statistics


def test_rows_that_cannot_be_learnt_refuse_a_run_with_places_and_a_way_out() -> None:
    refusal = refusal_of_rows(statistics(), skipped=False)
    assert refusal.sentence == (
        "3 rows cannot be learnt; most because the row has nothing to learn (line 5, line 3): "
        "leave it out, or have them left out in the data window."
    )
    assert refusal.field == "data.train"
    assert first_bad_row(statistics()) == 2


def test_rows_that_are_left_out_refuse_nothing_unless_none_is_left() -> None:
    assert refusal_of_rows(statistics(), skipped=True) is None
    assert refusal_of_rows(statistics(problems=[]), skipped=False) is None
    assert refusal_of_rows(statistics(learnable_rows=0), skipped=True) is not None


def test_evaluation_rows_that_cannot_be_learnt_refuse_a_run_too() -> None:
    bad = {
        "code": "row-empty",
        "what": "the completion is empty",
        "now": "fill it",
        "rows": 2,
        "first": [[0, "line 1"]],
    }
    refusal = refusal_of_rows(statistics(problems=[], eval_problems=[bad]), skipped=False)
    assert refusal.sentence == "2 evaluation rows cannot be learnt: the completion is empty (line 1): fill it."
    assert refusal_of_rows(statistics(problems=[], eval_problems=[bad]), skipped=True) is None


def test_the_facts_of_a_row_say_what_is_not_shown() -> None:
    assert row_line(lens()) == "line 3 · 6 tokens · 4 kept · 2 learnt"
    long = lens(length=12_345, kept=12_345, shown=4000)
    assert row_line(long) == "line 3 · 12,345 tokens · 2 learnt · the first 4,000 shown"
