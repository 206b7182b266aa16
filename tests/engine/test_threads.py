from collections.abc import Iterator

import pytest
import torch

from studio.engine.threads import LONGEST_WAIT_SECONDS, SHORTEST_WAIT_SECONDS, Threads, all_threads, candidates, rate_of


@pytest.fixture(autouse=True)
def threads_as_before() -> Iterator[None]:
    all_threads()
    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)


class Machine:
    """A machine of two cores, of which another program may take one; probes are counted."""

    def __init__(self) -> None:
        self.busy, self.now, self.probes = False, 0.0, 0

    def rate(self, number: int) -> float:
        self.probes += number == 1
        return {1: 100.0, 2: 20.0 if self.busy else 170.0}[number]


def follower(machine: Machine) -> Threads:
    return Threads(2, rate=machine.rate, clock=lambda: machine.now)


@pytest.mark.parametrize(
    ("most", "expected"), [(1, [1]), (2, [2, 1]), (4, [4, 3, 2, 1]), (16, [16, 15, 14, 8, 4, 2, 1]), (3, [3, 2, 1])]
)
def test_candidates(most: int, expected: list[int]) -> None:
    assert candidates(most) == expected


def test_an_idle_machine_keeps_all_and_is_probed_once() -> None:
    machine = Machine()
    threads = follower(machine)
    for _ in range(50):
        assert threads.settle() == 2 == torch.get_num_threads()
        threads.note(100, 1.0)
        machine.now += 1.0
    assert machine.probes == 1


def test_a_core_that_is_taken_and_given_back() -> None:
    machine = Machine()
    threads = follower(machine)
    assert threads.settle() == 2
    threads.note(100, 1.0)
    machine.busy, machine.now = True, 10.0
    threads.note(100, 5.0)
    assert threads.settle() == 1 == torch.get_num_threads()
    threads.note(100, 1.7)
    machine.now += SHORTEST_WAIT_SECONDS
    assert threads.settle() == 1  # looked again, and it is still taken
    machine.busy, machine.now = False, machine.now + LONGEST_WAIT_SECONDS
    assert threads.settle() == 2


def test_probes_that_change_nothing_become_rarer() -> None:
    machine = Machine()
    machine.busy = True
    threads = follower(machine)
    for second in range(300):
        machine.now = float(second)
        assert threads.settle() == 1
        threads.note(100, 1.0)
    assert 300 / LONGEST_WAIT_SECONDS < machine.probes < 20


def test_uneven_steps_are_no_reason_and_a_step_of_nothing_is_not_noted() -> None:
    machine = Machine()
    threads = follower(machine)
    threads.settle()
    for tokens, seconds in ((100, 1.0), (300, 3.1), (50, 0.6), (0, 9.0), (200, 2.2)):
        threads.note(tokens, seconds)
        machine.now += 100
        threads.settle()
    assert machine.probes == 1


def test_one_thread_is_not_probed() -> None:
    def never(number: int) -> float:
        raise AssertionError("probed")

    assert Threads(1, rate=never).settle() == 1


def test_the_real_probe_computes() -> None:
    assert rate_of(1) > 0
    assert Threads(1).settle() == 1
    assert all_threads() >= 1
