"""The preflight: a real step of a plan, made on its longest rows and measured. Nothing is left on disk but encoded data."""

import shutil
import tempfile
from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from studio.data.batches import Batches
from studio.engine.memory import peak_cuda_bytes, peak_rss_bytes
from studio.engine.place import nearest_folder, room_needed
from studio.engine.setup import Setup, set_up
from studio.engine.stepper import Stepper
from studio.engine.train import set_training
from studio.formats.content import content_of
from studio.formats.peft.fit import fitted
from studio.formats.peft.folder import read_adapter, save_adapter
from studio.plan.events import Answered, Cancelled, Event, Progressed
from studio.plan.plan import Plan
from studio.runs.places import runs_folder

STEPS = 2  # the first also pays for what is made but once, so the second is timed


def preflight(plan: Plan, *, cancelled: Callable[[], bool]) -> Iterator[Event]:
    """Load all that a plan needs, make two steps on its longest rows, write the adapter and read it again.

    Yields what `set_up` yields, then progress, and ends with Answered or Cancelled. The value: peak_rss_bytes (the most that this process
    ever held), peak_cuda_bytes (None on other devices), predicted_peak_bytes, seconds_per_step, steps, seconds_total (an upper
    bound: rows are rarely all the longest), tokens and supervised_tokens of an epoch, longest (tokens), trainable_parameters,
    targets_without_gradient, adapter_reloads_equal, disk_bytes_needed, disk_bytes_free, device, precision. Raises Refusal for a plan that
    cannot be carried out, Failure where memory runs out or the loss is not finite.
    """
    setup = yield from _unless(cancelled, set_up(plan))
    if setup is None:
        yield Cancelled()
        return
    if setup.device.type == "cuda":
        torch.cuda.reset_peak_memory_stats(setup.device)
    stepper = Stepper(on_longest_rows(setup))
    set_training(setup, True)
    for number in range(STEPS):
        if cancelled():
            yield Cancelled()
            return
        yield Progressed(phase="measuring a step", done=number, total=STEPS, unit="steps")
        step = stepper.step(number, 0)
    yield Answered(value=_measured(setup, step.seconds))


def _unless(cancelled: Callable[[], bool], work: Generator[Event, None, Setup]) -> Generator[Event, None, Setup | None]:
    """The events of some work, and what it returns; None where it was cancelled on the way."""
    while not cancelled():
        try:
            event = next(work)
        except StopIteration as done:
            setup: Setup = done.value
            return setup
        yield event
    work.close()
    return None


def on_longest_rows(setup: Setup) -> Setup:
    """The same setup, whose every batch is made of the longest rows."""
    size = setup.plan.training.batch_size
    if setup.batches.packing == "pack":
        return setup  # whose rows are all as long as they get
    longest = np.sort(np.argsort(setup.data.train.lengths, kind="stable")[-size:])
    return replace(setup, batches=Batches(setup.data.train.of(longest), batch_size=size, seed=0, packing="none"))


def _measured(setup: Setup, seconds: float) -> dict[str, Any]:
    return {
        "peak_rss_bytes": peak_rss_bytes(),
        "peak_cuda_bytes": peak_cuda_bytes(setup.device),
        "predicted_peak_bytes": setup.predicted_peak_bytes,
        "seconds_per_step": seconds,
        "steps": setup.steps,
        "seconds_total": seconds * setup.steps,
        "tokens": setup.data.tokens,
        "supervised_tokens": setup.data.supervised_tokens,
        "longest": setup.data.longest,
        "trainable_parameters": setup.trainable_parameters,
        "targets_without_gradient": [name for name, pair in setup.adapter.pairs() if not pair.has_moved()],
        "adapter_reloads_equal": _reloads_equal(setup),
        "disk_bytes_needed": room_needed(setup.trainable_parameters, setup.plan.saving.keep_last),
        "disk_bytes_free": shutil.disk_usage(nearest_folder(runs_folder())).free,
        "device": str(setup.device),
        "precision": setup.precision,
    }


def _reloads_equal(setup: Setup) -> bool:
    """Whether the adapter, written and read again, is the same bit for bit."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "adapter"
        save_adapter(setup.adapter, path, base_model=setup.plan.model)
        file = read_adapter(path)
        read = fitted(file.matrices, file.config, file.listed, setup.model, str(path)).state
    written = content_of(setup.adapter).folded().state
    return read.keys() == written.keys() and all(torch.equal(read[name], written[name]) for name in written)
