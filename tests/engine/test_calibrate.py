import torch

from studio.engine.calibrate import calibrate, calibrated, machine_name, measured_rates
from studio.plan.events import Answered, Cancelled
from studio.plan.experience import Experience, Rates
from studio.runs.experience import experience_of, keep_rates

CPU = torch.device("cpu")


def test_a_machine_is_measured() -> None:
    rates = measured_rates(CPU)
    for table in rates.products.values():
        sizes = [size for size, _ in table]
        assert sizes == sorted(sizes)
        assert all(rate > 1e6 for _, rate in table)
    assert rates.bytes_per_second > 1e8
    assert 1e-9 < rates.seconds_per_operation < 1e-2


def test_it_is_measured_once_and_kept() -> None:
    *_, told = calibrate("cpu", cancelled=lambda: False)
    assert isinstance(told, Answered)
    known = Experience.from_json(told.value["experience"])
    assert known.rates is not None
    assert known == experience_of(machine_name(CPU)) == calibrated(CPU)


def test_what_is_kept_is_not_measured_again() -> None:
    rates = Rates({"float32": ((1.0, 1e9),)}, 1e9, 1e-6)
    keep_rates(machine_name(CPU), rates)
    (told,) = calibrate("cpu", cancelled=lambda: True)
    assert isinstance(told, Answered)
    assert Experience.from_json(told.value["experience"]).rates == rates


def test_a_measurement_can_be_cancelled() -> None:
    *_, last = calibrate("cpu", cancelled=lambda: True)
    assert isinstance(last, Cancelled)
    assert experience_of(machine_name(CPU)).rates is None
