"""The cost of a cut-off, against counting row by row."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from studio.gui.data.cutoff import CutCost, LengthCounts
from studio.gui.data.facts import cost_line

ROWS = st.lists(st.tuples(st.integers(1, 60), st.integers(0, 60)), max_size=40)


def counts_of(rows: list[tuple[int, int]]) -> LengthCounts:
    lengths = sorted(Counter(length for length, _ in rows).items())
    first = sorted(Counter(first for length, first in rows if first < length).items())
    return LengthCounts(lengths, first)


@given(ROWS, st.integers(0, 70))
def test_the_cost_is_that_of_counting_row_by_row(rows: list[tuple[int, int]], cut: int) -> None:
    found = counts_of(rows).cost(cut)
    assert found == CutCost(
        rows=len(rows),
        tokens=sum(length for length, _ in rows),
        cut_rows=sum(length > cut for length, _ in rows),
        cut_tokens=sum(max(length - cut, 0) for length, _ in rows),
        emptied=sum(cut <= first < length for length, first in rows),
    )


@given(ROWS, st.integers(0, 70), st.integers(1, 70), st.integers(1, 20))
def test_bars_hold_each_row_of_their_span_once(rows: list[tuple[int, int]], first: int, span: int, most: int) -> None:
    x, counted, width = counts_of(rows).bars(first, first + span, most)
    assert len(x) <= most + 1
    assert x[0] <= first
    assert x[-1] + width > first + span
    for left, number in zip(x, counted):
        assert number == sum(left <= length < left + width for length, _ in rows)


def test_the_cost_in_words() -> None:
    assert cost_line(CutCost(13290, 2_022_222, 412, 18_200, 7)) == (
        "412 rows cut, 3.1\u00a0% · 18,200 tokens lost (0.9\u00a0%) · 7 rows with nothing left to learn"
    )
    assert cost_line(CutCost(10, 100, 1, 1, 0)) == "1 row cut, 10\u00a0% · 1 token lost (1\u00a0%)"
    assert cost_line(CutCost(10, 100, 0, 0, 0)) == "No row is cut."
    assert cost_line(CutCost(10, 100, 5, 9, 0), exact=False).startswith("about 5 rows cut")


def test_many_bins_are_said_to_be_about_right() -> None:
    assert LengthCounts([[n, 1] for n in range(1999)]).exact
    assert not LengthCounts([[n, 1] for n in range(2000)]).exact


def test_without_a_scan_there_is_nothing_to_count() -> None:
    none = LengthCounts.of(None)
    assert not none
    assert none.longest == 0
    assert none.cost(5) == CutCost(0, 0, 0, 0, 0)
