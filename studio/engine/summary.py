"""The summary of a run, as it is left in summary.json."""

from typing import Any

from studio.engine.checkpoint import Position
from studio.engine.memory import peak_cuda_bytes, peak_rss_bytes
from studio.engine.setup import Setup


def summary_of(state: str, setup: Setup, position: Position) -> dict[str, Any]:
    """What came of a run; `state` is finished, stopped or failed.

    `train_seconds` and `tokens_per_second` are of optimizer steps only, without each life's first; the peaks are of this process.
    """
    seconds = position.train_seconds
    return {
        "state": state,
        "steps": position.step,
        "examples": position.examples,
        "tokens": position.tokens,
        "supervised_tokens": position.supervised_tokens,
        "train_seconds": round(seconds, 3),
        "tokens_per_second": round(position.timed_tokens / seconds, 2) if seconds else None,
        "peak_rss_bytes": peak_rss_bytes(),
        "peak_cuda_bytes": peak_cuda_bytes(setup.device),
        "trainable_parameters": setup.trainable_parameters,
        "total_parameters": setup.description.total_parameters,
        "first_loss": position.first_loss,
        "last_loss": position.last_loss,
        "eval_loss": position.eval_loss,
        "best_eval_loss": position.best_loss,
        "best_step": position.best_step,
        "device": str(setup.device),
        "precision": setup.precision,
    }
