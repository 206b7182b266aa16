"""The estimate of a plan on this machine: the arithmetic, fed with what the model, the data and the machine are."""

import psutil
import torch

from studio.data.batches import Batches
from studio.data.hub_fetched import check_fetched
from studio.data.prepare import finished, prepare
from studio.data.reading import open_source
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
    check_fetched(plan.data)  # an estimate is asked for before anything is fetched
    rows, longest = _rows_and_longest(plan, description)
    return estimate(
        plan,
        description,
        rows=rows,
        longest=longest,
        available_bytes=available_bytes(device),
        precision=choose_precision(plan.training.precision, device),
    )


def available_bytes(device: torch.device) -> int:
    """Free memory of a device; on the CPU what programs may still take, the page cache included."""
    if device.type == "cuda":
        return int(torch.cuda.mem_get_info(device)[0])
    return int(psutil.virtual_memory().available)


def _rows_and_longest(plan: Plan, description: ModelDescription) -> tuple[int, int | None]:
    """How many rows an epoch has, and the tokens of the longest; None where no tokenizer can tell."""
    if not description.has_tokenizer:
        return sum(1 for _ in open_source(plan.data.train, encoding=plan.data.encoding)), None
    work = prepare(
        plan.data, load_tokenizer(plan.model), seed=plan.training.seed, max_positions=description.max_positions
    )
    data = finished(work)
    if plan.data.packing != "pack":
        return len(data.train), data.longest
    batches = Batches(
        data.train, batch_size=plan.training.batch_size, seed=plan.training.seed, packing=plan.data.packing
    )
    return batches.rows, plan.data.max_length
