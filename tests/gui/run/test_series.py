import math

import numpy as np

from studio.gui.run.series import RunSeries, Series, Smoother, span_for
from studio.plan.events import Evaluated


def debiased_average(values, weight):
    """The definition, term by term: a weighted mean with weights w^(n-1-i)."""
    weights = weight ** np.arange(len(values))[::-1]
    return float(np.sum(weights * values) / np.sum(weights))


def test_columns_grow_and_read_as_views():
    series = Series("step", "value")
    for step in range(1, 1001):
        series.append((step, step * 0.5))
    np.testing.assert_array_equal(series["step"], np.arange(1, 1001))
    np.testing.assert_array_equal(series["value"], np.arange(1, 1001) * 0.5)
    assert series["value"].base is not None
    assert series.nbytes == 2 * 1024 * 8


def test_a_point_at_an_earlier_place_replaces_what_followed():
    series = Series("step", "value")
    for step in range(1, 11):
        series.append((step, 0.0))
    series.append((4, 9.0))
    np.testing.assert_array_equal(series["step"], [1, 2, 3, 4])
    assert series["value"][-1] == 9.0


def test_unknown_values_are_nan():
    series = Series("step", "value")
    series.append((1, None))
    assert math.isnan(series["value"][0])


def test_nearest_point():
    series = Series("step")
    assert series.at(3) is None
    for step in (1, 2, 10):
        series.append((step,))
    assert [series.at(place) for place in (-5, 1.4, 1.6, 5.9, 6.1, 99)] == [0, 0, 1, 1, 2, 2]


def test_smoothing_is_the_debiased_average():
    values = np.random.default_rng(0).normal(2, 0.5, 300)
    smoother = Smoother(10)
    smoothed = [smoother.add(value) for value in values]
    assert smoothed[0] == values[0]
    for end in (1, 2, 17, 300):
        np.testing.assert_allclose(smoothed[end - 1], debiased_average(values[:end], 0.9), rtol=1e-12)


def test_what_is_not_finite_is_left_out_of_the_average():
    smoother = Smoother(4)
    assert math.isnan(smoother.add(math.nan))
    assert smoother.add(2.0) == 2.0
    assert smoother.add(math.inf) == 2.0
    np.testing.assert_allclose(smoother.add(3.0), debiased_average(np.array([2.0, 3.0]), 0.75))


def test_a_resumed_run_replaces_the_points_after_its_checkpoint(started, stepped):
    rng = np.random.default_rng(1)
    first, second = rng.normal(2, 0.3, 100), rng.normal(1, 0.3, 80)
    series = RunSeries()
    series.take([started(), *(stepped(step, loss) for step, loss in enumerate(first, 1))])
    series.take([Evaluated(step=50, loss=1.9, best=True), Evaluated(step=90, loss=1.5, best=True)])
    assert series.best == (90, 1.5)

    series.take([started(step=60, resumed_from=60)])
    assert (series.last_step, series.best) == (60, (50, 1.9))
    series.take([stepped(step, loss) for step, loss in enumerate(second, 61)])

    history = np.concatenate([first[:60], second])
    np.testing.assert_array_equal(series.points["step"], np.arange(1, 141))
    np.testing.assert_array_equal(series.points["loss"], history)
    weight = 1 - 1 / span_for(400)
    expected = [debiased_average(history[:end], weight) for end in range(1, 141)]
    np.testing.assert_allclose(series.points["smoothed"], expected, rtol=1e-10)


def test_a_run_that_starts_anew_replaces_everything(started, stepped):
    series = RunSeries()
    series.take([started(), stepped(1), stepped(2)])
    series.take([started()])
    assert len(series.points) == 0
    assert series.take([]) is False


def test_a_hundred_thousand_steps_stay_small(started, stepped):
    series = RunSeries()
    series.take([started(steps=100_000)])
    for burst in range(100):
        series.take([stepped(burst * 1000 + step) for step in range(1, 1001)])
    assert series.last_step == 100_000
    # Doubling may hold at most twice what is needed: 8 bytes a column and step.
    assert series.points.nbytes <= 2 * 100_000 * 8 * 11


def test_memory_that_is_not_known_here_is_nan(stepped):
    series = RunSeries()
    series.take([stepped(1, memory={"rss": 5, "allocated": None})])
    assert series.newest("rss") == 5
    assert series.newest("allocated") is None
    assert series.newest("device_used") is None
