"""The events that tell how a run stands, made of its setup and position."""

from studio.engine.checkpoint import Position
from studio.engine.device import precision_reason
from studio.engine.memory import memory_now
from studio.engine.pace import Pace
from studio.engine.reuse import Reuse
from studio.engine.setup import Setup
from studio.engine.stepper import Step
from studio.plan.events import Started, Stepped


def started(setup: Setup, position: Position, reuse: Reuse | None, resumed_from: int | None) -> Started:
    """A life of the run begins, at `resumed_from` or at its start."""
    return Started(
        step=position.step,
        steps=setup.steps,
        examples=len(setup.data.train),
        device=str(setup.device),
        precision=setup.precision,
        trainable_parameters=setup.trainable_parameters,
        total_parameters=setup.description.total_parameters,
        targets={name: spec.rank for name, spec in setup.adapter.specs.items()},
        predicted_peak_bytes=setup.predicted_peak_bytes,
        limit_bytes=setup.limit_bytes,
        resumed_from=resumed_from,
        reused_blocks=setup.reused_blocks,
        reused_bytes=0 if reuse is None else reuse.size_bytes,
        precision_reason=precision_reason(setup.plan.training.precision, setup.device, setup.description.hidden_size),
        compiled=setup.compiled,
        compile_reason=setup.compile_reason,
    )


def stepped(setup: Setup, position: Position, step: Step, pace: Pace) -> Stepped:
    """A step was made."""
    return Stepped(
        step=position.step,
        loss=step.loss,
        learning_rate=step.learning_rate,
        grad_norm=step.grad_norm,
        tokens=position.tokens,
        tokens_per_second=round(pace.tokens_per_second, 2),
        memory=memory_now(setup.device),
        trainable_parameters=setup.trainable_parameters,
        eta_seconds=round(pace.seconds_for(setup.steps - position.step), 2),
        epoch=round(position.batch / setup.batches.per_epoch, 4),
    )
