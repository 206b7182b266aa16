from collections.abc import Callable, Iterator

import pytest
import torch
from torch import Tensor

from studio.data.batches import Batch
from studio.engine.setup import Setup
from studio.engine.threads import LONGEST_WAIT_SECONDS, SHORTEST_WAIT_SECONDS, Threads, rate_of, same_with_all
from studio.lora.thread_counts import all_threads


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


@pytest.fixture
def two_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("studio.engine.threads.all_threads", lambda: 2)


def test_a_run_whose_bits_depend_on_no_number_follows_the_load(
    two_threads: None, setup_of: Callable[..., Setup]
) -> None:
    assert setup_of().follows_load
    assert not setup_of(training={"follow_load": False}).follows_load


def test_a_run_whose_bits_depend_on_the_number_does_not(two_threads: None, setup_of: Callable[..., Setup]) -> None:
    setup = setup_of()

    def loss(batch: Batch) -> Tensor:
        return setup.loss(batch) * (1.0 if torch.get_num_threads() == 1 else 1.000001)

    assert same_with_all(setup.model, setup.loss, setup.batch(0))
    assert not same_with_all(setup.model, loss, setup.batch(0))
    assert torch.get_num_threads() == 2


def test_one_thread_has_nothing_to_follow(monkeypatch: pytest.MonkeyPatch, setup_of: Callable[..., Setup]) -> None:
    monkeypatch.setattr("studio.engine.threads.all_threads", lambda: 1)
    assert not setup_of().follows_load
