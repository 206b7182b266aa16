"""The estimate of a plan on this machine: the arithmetic, fed with what the model, the data and the machine are."""

from functools import partial
from typing import Any

from studio.data.batches import Batches
from studio.data.hub_fetched import check_fetched
from studio.data.prepare import finished, prepare
from studio.data.reading import open_source
from studio.engine.calibrate import calibrated
from studio.engine.device import choose_precision, find_device
from studio.engine.epoch import Rows
from studio.engine.measure import measure
from studio.engine.memory import available_bytes
from studio.models.inspect import describe
from studio.models.load import load_tokenizer
from studio.plan.activations import is_known
from studio.plan.description import ModelDescription
from studio.plan.estimate import Estimate, estimate
from studio.plan.fitting import Saving, savings
from studio.plan.plan import Plan

MEASURE_ROOM = 4  # times its size on disk must be free, before a model is loaded to be measured


def forecast(plan: Plan) -> tuple[Estimate, list[Saving]]:
    """What a plan will cost here, and what would lower it; of the model it needs no more than config.json.

    A model that the formula was not made for is loaded and measured, where its weights are there and small beside what is free.
    Where there is a tokenizer the rows are encoded, so that the longest is known; else it is taken to be as long as the plan allows.
    Raises Refusal: no model, data that cannot be read, targets that do not meet the model, a device that is not there.
    """
    device = find_device(plan.training.device)
    plan = plan.with_values(training=plan.training.with_values(device=str(device)))
    description = describe(plan.model)
    check_fetched(plan.data)  # an estimate is asked for before anything is fetched
    rows = _rows(plan, description)
    free = available_bytes(device)
    experience = calibrated(device)
    unknown = not is_known(description) and description.model not in experience.activation_scales
    if unknown and description.has_tokenizer and 0 < MEASURE_ROOM * description.weight_bytes < free:
        for _ in measure(plan, cancelled=lambda: False):
            pass  # nobody waits for its progress
        experience = calibrated(device)
    cost = partial(
        estimate,
        description=description,
        rows=rows.rows,
        longest=rows.longest,
        mean=rows.mean,
        supervised=rows.supervised,
        available_bytes=free,
        precision=choose_precision(plan.training.precision, device, description.hidden_size),
        experience=experience,
    )
    return cost(plan), savings(plan, description, cost, longest=rows.longest)


def forecast_json(result: Estimate, changes: list[Saving]) -> dict[str, Any]:
    """The object that `estimate --json` prints."""
    return {**result.to_json(), "make_it_fit": [change.to_json() for change in changes]}


def _rows(plan: Plan, description: ModelDescription) -> Rows:
    if not description.has_tokenizer:
        return Rows(sum(1 for _ in open_source(plan.data.train, encoding=plan.data.encoding)))
    work = prepare(
        plan.data, load_tokenizer(plan.model), seed=plan.training.seed, max_positions=description.max_positions
    )
    data = finished(work)
    batches = Batches(
        data.train, batch_size=plan.training.batch_size, seed=plan.training.seed, packing=plan.data.packing
    )
    return Rows.of(data, batches, plan.data.max_length)
