"""The pace of a run."""

from studio.engine.pace import WINDOW, Pace


def test_the_first_step_counts_only_until_there_is_a_second() -> None:
    pace = Pace()
    pace.add(100, 50.0)
    assert pace.tokens_per_second == 2
    assert pace.seconds_for(3) == 150
    pace.add(100, 1.0)
    assert pace.tokens_per_second == 100
    assert pace.seconds_for(3) == 3


def test_old_steps_are_forgotten() -> None:
    pace = Pace()
    for _ in range(5):
        pace.add(10, 10.0)
    for _ in range(WINDOW):
        pace.add(10, 1.0)
    assert pace.tokens_per_second == 10
    assert pace.seconds_for(7) == 7


def test_nothing_is_known_before_the_first_step() -> None:
    assert Pace().tokens_per_second == 0
    assert Pace().seconds_for(9) == 0
