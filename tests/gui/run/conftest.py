"""Events of an invented run."""

from collections.abc import Callable

import pytest

from studio.plan.events import Started, Stepped


@pytest.fixture
def started() -> Callable[..., Started]:
    def make(**values):
        fixed = {
            "step": 0, "steps": 400, "examples": 10, "device": "cpu", "precision": "float32", "trainable_parameters": 100,
            "total_parameters": 1000, "targets": {"model.layers.0.self_attn.q_proj": 8}, "predicted_peak_bytes": 6_200_000_000,
            "limit_bytes": 8_000_000_000,
        }  # fmt: skip
        return Started(**(fixed | values))

    return make


@pytest.fixture
def stepped() -> Callable[..., Stepped]:
    def make(step, loss=1.0, *, memory=None, **values):
        fixed = {
            "learning_rate": 2e-4, "grad_norm": 0.5, "tokens": 100, "tokens_per_second": 5210.0,
            "memory": {"rss": 6_100_000_000, "allocated": None, "reserved": None} if memory is None else memory,
            "trainable_parameters": 100, "eta_seconds": 14.0, "time": 1.0,
        }  # fmt: skip
        return Stepped(step=step, loss=loss, **(fixed | values))

    return make
