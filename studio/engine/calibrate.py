"""The calibration: how fast this machine computes, measured in about a second, and kept."""

import os
import time
from collections.abc import Callable, Iterator
from functools import partial

import psutil
import torch

from studio.engine.device import DTYPES, find_device
from studio.engine.doctor import processor_name
from studio.lora.thread_counts import all_threads
from studio.plan.events import Answered, Cancelled, Event, Progressed
from studio.plan.experience import Experience, Rates
from studio.runs.experience import experience_of, keep_rates

# Rows, inner width and columns of the products that are timed: from a tiny model's to a large one's.
SIZES = ((64, 64, 64), (256, 256, 256), (512, 576, 1536), (1024, 1024, 1024), (2048, 2048, 2048))
PRODUCT_SECONDS = 0.06  # for each size; the fastest counts, since other programs can only slow one down
LAST_SECONDS = 0.01  # a product that takes longer is the last size that is timed
COPIED_BYTES = 64 << 20  # more than a CPU's caches hold
OPERATIONS = 400


def calibrate(device: str, *, cancelled: Callable[[], bool]) -> Iterator[Event]:
    """Answered with {"experience"} of the machine that a plan's device means; measured first where its rates are not known yet.

    Raises Refusal where there is no such device.
    """
    place = find_device(device)
    name = machine_name(place)
    if experience_of(name).rates is None:
        yield Progressed(phase="measuring this machine", done=0)
        if cancelled():
            yield Cancelled()
            return
        keep_rates(name, measured_rates(place))
    yield Answered(value={"experience": experience_of(name).to_json()})


def calibrated(device: torch.device) -> Experience:
    """What is known of a device's machine; its rates are measured where they are not known yet."""
    name = machine_name(device)
    if experience_of(name).rates is None:
        keep_rates(name, measured_rates(device))
    return experience_of(name)


def machine_name(device: torch.device) -> str:
    """What figures hold for: the processor, its cores or the GPU, and torch's version."""
    if device.type == "cuda":
        return f"{torch.cuda.get_device_name(device)}, torch {torch.__version__}"
    cores = psutil.cpu_count(logical=False) or os.cpu_count()
    kind = "" if device.type == "cpu" else f"{device.type} of "
    return f"{kind}{processor_name()}, {cores} cores, {all_threads()} threads, torch {torch.__version__}"


def measured_rates(device: torch.device) -> Rates:
    """Products in each precision, the memory's rate, and an operation's overhead."""
    products = {precision: tuple(_products(dtype, device)) for precision, dtype in DTYPES.items()}
    source = torch.ones(COPIED_BYTES // 4, device=device)
    goal = torch.empty_like(source)
    copied = _fastest(lambda: goal.copy_(source), device, PRODUCT_SECONDS)
    small = torch.ones(8, device=device)

    def operate() -> None:
        for _ in range(OPERATIONS):
            torch.add(small, small)

    overhead = _fastest(operate, device, PRODUCT_SECONDS) / OPERATIONS
    return Rates(products, 2 * COPIED_BYTES / copied, overhead)


def _products(dtype: torch.dtype, device: torch.device) -> Iterator[tuple[float, float]]:
    """(operations, operations a second) of products of growing size."""
    for rows, inner, columns in SIZES:
        x, W = (torch.ones(shape, inner, dtype=dtype, device=device) for shape in (rows, columns))
        seconds = _fastest(partial(torch.nn.functional.linear, x, W), device, PRODUCT_SECONDS)
        operations = 2.0 * rows * inner * columns
        yield operations, operations / seconds
        if seconds > LAST_SECONDS:
            return


def _fastest(work: Callable[[], object], device: torch.device, budget_seconds: float) -> float:
    """The shortest of as many times as the budget allows; a first one warms up."""
    work()
    fastest, end = float("inf"), time.perf_counter() + budget_seconds
    while time.perf_counter() < end or fastest == float("inf"):
        begin = time.perf_counter()
        work()
        if device.type == "cuda":
            torch.cuda.synchronize(device)
        fastest = min(fastest, time.perf_counter() - begin)
    return fastest
