"""The estimate of a plan on this machine: the arithmetic, fed with what the model, the data and the machine are."""

from pathlib import Path

import psutil
import torch

from studio.data.prepare import prepare
from studio.data.reading import read_rows
from studio.engine.device import choose_precision, find_device
from studio.models.inspect import describe
from studio.models.load import load_tokenizer
from studio.plan.description import ModelDescription
from studio.plan.estimate import Estimate, estimate
from studio.plan.plan import Plan


def forecast(plan: Plan) -> Estimate:
    """What a plan will cost here; of the model it needs no more than config.json.

    Where there is a tokenizer the rows are encoded, so that the longest is known; else it is taken to be as long as the plan allows.
    Raises Refusal: no model, data that cannot be read, targets that do not meet the model, a device that is not there.
    """
    device = find_device(plan.training.device)
    plan = plan.with_values(training=plan.training.with_values(device=str(device)))
    description = describe(plan.model)
    return estimate(
        plan,
        description,
        rows=len(read_rows(Path(plan.data.train))),
        longest=_longest(plan, description) if description.has_tokenizer else None,
        available_bytes=available_bytes(device),
        precision=choose_precision(plan.training.precision, device),
    )


def available_bytes(device: torch.device) -> int:
    """Free memory of a device; on the CPU what programs may still take, the page cache included."""
    if device.type == "cuda":
        return int(torch.cuda.mem_get_info(device)[0])
    return int(psutil.virtual_memory().available)


def _longest(plan: Plan, description: ModelDescription) -> int:
    work = prepare(
        plan.data, load_tokenizer(plan.model), seed=plan.training.seed, max_positions=description.max_positions
    )
    while True:
        try:
            next(work)
        except StopIteration as done:
            return int(done.value.longest)
