import json
import math
from dataclasses import replace

import pytest

from studio.plan.experience import LEAST_FACTOR, MOST_FACTOR, Correction, Experience, Outcome, Rates

RATES = Rates({"float32": ((1e6, 1e9), (1e8, 1e11))}, 1e10, 1e-6)
RUN = Outcome("here", "float32", "llama", exact_bytes=100, predicted_bytes=300, measured_bytes=340)


@pytest.mark.parametrize(
    ("operations", "seconds"),
    [
        (1e6, 1e-3),
        (1e5, 1e-4),
        (1e8, 1e-3),
        (1e10, 1e-1),
        (1e7, 1e-3),
    ],  # between two sizes: the geometric mean of both rates
)
def test_a_product_takes_as_long_as_its_size_says(operations: float, seconds: float) -> None:
    assert RATES.seconds_of(operations, "float32") == pytest.approx(seconds)


def test_nothing_is_learnt_from_no_run() -> None:
    assert Correction.learnt([]) == Correction()


def test_only_the_modelled_part_is_corrected_and_one_run_is_half_believed() -> None:
    assert Correction.learnt([RUN]).memory == pytest.approx(math.sqrt(240 / 200))
    assert Correction.learnt([RUN] * 9).memory == pytest.approx((240 / 200) ** 0.9)


def test_one_odd_run_changes_little() -> None:
    odd = replace(RUN, measured_bytes=10**6)
    assert Correction.learnt([RUN, RUN, odd, RUN, RUN]).memory == Correction.learnt([RUN] * 5).memory


def test_a_correction_is_bounded() -> None:
    assert Correction.learnt([replace(RUN, measured_bytes=10**9)] * 20).memory == MOST_FACTOR
    assert Correction.learnt([replace(RUN, measured_bytes=1)] * 20).memory == LEAST_FACTOR


def test_times_are_learnt_from_runs_that_have_some() -> None:
    timed = [replace(RUN, predicted_seconds=1.0, measured_seconds=seconds) for seconds in (1.4, 1.5, 1.6, 1.5)]
    learnt = Correction.learnt([RUN, *timed])
    assert (learnt.memory_runs, learnt.time_runs) == (5, 4)
    assert learnt.time == pytest.approx(1.5**0.8)
    assert learnt.time_error == 0.1  # they agree as well as is ever claimed
    assert Correction.learnt(timed[:2]).time_error == 0.5  # two cannot say


def test_the_newest_count() -> None:
    assert Correction.learnt([replace(RUN, measured_bytes=900)] * 30 + [RUN] * 20) == Correction.learnt([RUN] * 20)


def test_an_experience_survives_its_json() -> None:
    whole = Experience(RATES, {"float32": Correction.learnt([RUN])}, {"/m": 1.5})
    assert Experience.from_json(json.loads(json.dumps(whole.to_json()))) == whole
    assert Experience.from_json(Experience().to_json()) == Experience()
