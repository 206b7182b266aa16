import itertools
import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.plan.errors import Refusal
from studio.plan.rank_steps import Room, by_size, by_spectrum, least_budget, same_everywhere

Rooms = dict[str, Room]
Rule = Callable[[Rooms, int], dict[str, int]]


@st.composite
def rooms_and_scores(draw: st.DrawFn) -> tuple[Rooms, dict[str, list[float]]]:
    """A few matrices of any sides, each with the singular values of something."""
    sides = draw(st.lists(st.tuples(st.integers(1, 12), st.integers(1, 12)), min_size=1, max_size=6))
    rooms = {f"m{number}": Room(a + b, min(a, b), math.sqrt(a * b)) for number, (a, b) in enumerate(sides)}
    values = st.lists(st.floats(0, 1e3), min_size=1, max_size=12)
    return rooms, {name: draw(values) for name in rooms}


def cost(rooms: Rooms, ranks: dict[str, int]) -> int:
    return sum(rooms[name].cost * rank for name, rank in ranks.items())


def rules(scores: dict[str, list[float]], minimum: int) -> list[Rule]:
    return [
        lambda rooms, budget: by_size(rooms, budget, minimum),
        lambda rooms, budget: by_spectrum(scores, rooms, budget, minimum),
    ]


@given(rooms_and_scores(), st.integers(0, 3), st.integers(0, 400))
def test_what_is_left_buys_no_further_rank(
    case: tuple[Rooms, dict[str, list[float]]], minimum: int, spare: int
) -> None:
    rooms, scores = case
    budget = least_budget(rooms, minimum) + spare
    for rule in rules(scores, minimum):
        ranks = rule(rooms, budget)
        left = budget - cost(rooms, ranks)
        assert left >= 0
        for name, room in rooms.items():
            assert min(minimum, room.limit) <= ranks[name] <= room.limit
            assert ranks[name] == room.limit or room.cost > left


@given(rooms_and_scores(), st.integers(0, 2), st.integers(0, 200), st.integers(0, 60))
def test_a_larger_budget_never_spends_less(
    case: tuple[Rooms, dict[str, list[float]]], minimum: int, spare: int, more: int
) -> None:
    rooms, scores = case
    budget = least_budget(rooms, minimum) + spare
    for rule in rules(scores, minimum):
        assert cost(rooms, rule(rooms, budget + more)) >= cost(rooms, rule(rooms, budget))


@given(rooms_and_scores(), st.integers(0, 400))
def test_the_same_rank_everywhere_is_the_greatest_that_fits(
    case: tuple[Rooms, dict[str, list[float]]], spare: int
) -> None:
    rooms, _ = case
    budget = least_budget(rooms, 1) + spare
    ranks = same_everywhere(rooms, budget)
    rank = max(ranks.values())
    assert ranks == {name: min(rank, room.limit) for name, room in rooms.items()}
    assert cost(rooms, ranks) <= budget
    bigger = {name: min(rank + 1, room.limit) for name, room in rooms.items()}
    assert bigger == ranks or cost(rooms, bigger) > budget


@given(st.integers(1, 8), st.integers(1, 20), st.lists(st.floats(0, 100), min_size=1, max_size=8))
def test_equals_are_treated_equally(count: int, rank: int, values: list[float]) -> None:
    rooms = {f"m{number}": Room(7, 64, 8.0) for number in range(count)}
    scores = dict.fromkeys(rooms, values)
    for rule in rules(scores, 1):
        assert set(rule(rooms, count * rank * 7).values()) == {rank}
        uneven = rule(rooms, count * rank * 7 + 7 * (count - 1)).values()
        assert max(uneven) - min(uneven) <= 1


@given(rooms_and_scores(), st.integers(0, 300), st.integers(-8, 8))
def test_only_proportions_of_scores_count(case: tuple[Rooms, dict[str, list[float]]], spare: int, power: int) -> None:
    rooms, drawn = case
    scores = {name: [float(round(value)) for value in values] for name, values in drawn.items()}  # exact in squares
    scaled = {name: [value * 2.0**power for value in values] for name, values in scores.items()}
    budget = least_budget(rooms, 1) + spare
    assert by_spectrum(scaled, rooms, budget) == by_spectrum(scores, rooms, budget)


@given(st.lists(st.lists(st.floats(0, 100), min_size=3, max_size=3), min_size=3, max_size=3), st.integers(1, 8))
def test_no_other_ranks_of_the_same_cost_gather_more_energy(spectra: list[list[float]], steps: int) -> None:
    rooms = {f"m{number}": Room(5, 3, 1.0) for number in range(3)}
    scores = dict(zip(rooms, spectra, strict=True))
    ranks = by_spectrum(scores, rooms, steps * 5, 0)

    def energy(chosen: tuple[int, ...]) -> float:
        pairs = zip(spectra, chosen, strict=True)
        return sum(sum(value * value for value in sorted(values, reverse=True)[:rank]) for values, rank in pairs)

    best = max(energy(chosen) for chosen in itertools.product(range(4), repeat=3) if sum(chosen) <= steps)
    assert energy(tuple(ranks.values())) == pytest.approx(best)


@given(st.lists(st.integers(1, 50), min_size=2, max_size=6), st.integers(0, 60))
def test_ranks_by_size_are_rounded_shares(sizes: list[int], spare: int) -> None:
    rooms = {f"m{number}": Room(3, 1000, float(size)) for number, size in enumerate(sizes)}
    ranks = by_size(rooms, 3 * (len(sizes) + spare), 0)
    # Balinski and Young: the shares are Webster's exactly where no step given was worth less than one not given.
    given_least = min(rooms[name].size / (rank - 0.5) for name, rank in ranks.items() if rank)
    assert all(rooms[name].size / (rank + 0.5) <= given_least for name, rank in ranks.items())


def test_plain_scores_share_the_parameters_out_by_their_squares() -> None:
    rooms = {"narrow": Room(10, 1000, 1.0), "wide": Room(30, 1000, 1.0)}
    ranks = by_spectrum({"narrow": [1.0], "wide": [3.0]}, rooms, 30_000, 0)
    assert ranks["wide"] * 30 / (ranks["narrow"] * 10) == pytest.approx(9, rel=0.02)


def test_a_used_up_spectrum_gets_more_than_one_that_fell_off() -> None:
    rooms = {"full": Room(10, 64, 1.0), "falling": Room(10, 64, 1.0)}
    scores = {"full": [1.0] * 8, "falling": [2.0**-k for k in range(8)]}
    ranks = by_spectrum(scores, rooms, 160)
    assert ranks["full"] > 8 > ranks["falling"]


@pytest.mark.parametrize("value", [math.nan, math.inf, -1.0])
def test_a_score_that_is_no_energy_is_refused(value: float) -> None:
    with pytest.raises(Refusal, match="a score of m") as caught:
        by_spectrum({"m": [1.0, value]}, {"m": Room(2, 4, 1.0)}, 8)
    assert caught.value.code == "rank-scores-invalid"


def test_a_target_without_a_score_is_refused() -> None:
    rooms = {"a": Room(2, 4, 1.0), "b": Room(2, 4, 1.0)}
    with pytest.raises(Refusal, match="nothing is known of 1 of 2 targets, such as b"):
        by_spectrum({"a": [1.0], "b": []}, rooms, 8)
