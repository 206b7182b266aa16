from itertools import pairwise

from studio.plan.events import Saved, Stepped
from studio.runs.curve import Curve, read_curve
from studio.runs.log import EventLog


def stepped(step, loss=None):
    return Stepped(
        step=step, loss=1000 - step if loss is None else loss, learning_rate=1e-3, grad_norm=0.5, tokens=step * 100,
        tokens_per_second=5000.0, memory={"rss": 6_100_000_000}, trainable_parameters=100, eta_seconds=1.0, time=50.0 + step,
    )  # fmt: skip


def write(path, events):
    with EventLog(path) as log:
        for event in events:
            log.append(event)
    return path


def test_a_log_that_is_not_there_is_empty(tmp_path):
    assert read_curve(tmp_path / "events.jsonl", most=10) == Curve()


def test_a_short_log_is_read_whole(tmp_path):
    path = write(tmp_path / "events.jsonl", [stepped(1), Saved(step=1, path="x"), stepped(2), stepped(3)])
    assert read_curve(path, most=100) == Curve((1, 2, 3), (999, 998, 997), (100, 200, 300), (0, 1, 2))


def test_a_line_that_is_being_written_is_left_for_later(tmp_path):
    path = write(tmp_path / "events.jsonl", [stepped(1), stepped(2)])
    path.write_bytes(path.read_bytes()[:-10])
    assert read_curve(path, most=100).steps == (1,)


def test_a_resumed_run_replaces_what_it_had_reported(tmp_path):
    path = write(tmp_path / "events.jsonl", [stepped(1), stepped(2), stepped(3), stepped(2, 7.0)])
    curve = read_curve(path, most=100)
    assert (curve.steps, curve.losses) == ((1, 2), (999, 7))


def test_a_long_log_is_sampled_evenly(tmp_path):
    path = write(tmp_path / "events.jsonl", (stepped(step) for step in range(1, 5001)))
    curve = read_curve(path, most=50)
    assert curve.thinned
    assert 45 <= len(curve.steps) <= 50
    assert curve.steps[0] == 1
    gaps = [after - before for before, after in pairwise(curve.steps)]
    assert min(gaps) > 80
    assert max(gaps) < 120
    assert all(loss == 1000 - step for step, loss in zip(curve.steps, curve.losses, strict=True))
