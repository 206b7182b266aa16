"""What came of a run, beside what was predicted: kept, so that the next estimate on this machine is nearer."""

import logging
from typing import Any

from studio.engine.calibrate import machine_name
from studio.engine.checkpoint import Position
from studio.engine.epoch import Rows
from studio.engine.setup import Setup
from studio.plan.estimate import estimate
from studio.plan.experience import Experience, Outcome
from studio.runs.experience import experience_of, keep_outcome

logger = logging.getLogger(__name__)


def keep_outcome_of(setup: Setup, position: Position, summary: dict[str, Any]) -> None:
    """Keep the errors of a finished run. A disk that refuses them does not make the run a failure: its log says so."""
    try:
        keep_outcome(outcome_of(setup, position, summary))
    except OSError as error:
        logger.warning("what this run taught of the machine was not kept: %s", error)


def outcome_of(setup: Setup, position: Position, summary: dict[str, Any]) -> Outcome:
    """The outcome of a run with that summary. Predictions are made anew, without corrections: those are learnt from them."""
    name = machine_name(setup.device)
    known = experience_of(name)
    rows = Rows.of(setup.data, setup.batches, setup.plan.data.max_length)
    record, training = setup.plan.record, setup.plan.training
    choice = "off" if record is None else record.gradient_checkpointing or "off"
    predicted = estimate(
        setup.plan.model_copy(update={"training": training.with_values(gradient_checkpointing=choice)}),
        setup.description,
        rows=rows.rows,
        longest=rows.longest,
        mean=rows.mean,
        supervised=rows.supervised,
        precision=setup.precision,
        experience=Experience(rates=known.rates, activation_scales=known.activation_scales),
    )
    seconds = None
    if position.timed_tokens and rows.mean:
        tokens = rows.mean * training.batch_size * training.gradient_accumulation
        seconds = position.train_seconds / position.timed_tokens * tokens
    measured = summary["peak_cuda_bytes"] or summary["peak_rss_bytes"]
    return Outcome(
        machine=name,
        precision=setup.precision,
        model=setup.description.model_type,
        exact_bytes=predicted.exact_bytes,
        predicted_bytes=predicted.peak_bytes,
        measured_bytes=measured,
        predicted_seconds=predicted.seconds_per_step,
        measured_seconds=seconds,
    )
