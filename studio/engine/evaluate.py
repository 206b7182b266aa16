"""Scoring rows that are not learnt from."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch

from studio.engine.setup import Setup


@dataclass(frozen=True, slots=True)
class Scored:
    """The loss of the rows scored so far: `total` over `tokens` supervised ones."""

    rows: int
    total: float
    tokens: int

    @property
    def mean(self) -> float:
        """Mean loss of a supervised token, in nats."""
        return self.total / max(1, self.tokens)


def score(setup: Setup) -> Iterator[Scored]:
    """The evaluation rows batch by batch, each with the sum so far; rows of like length share a batch.

    The adapter must be in eval mode. No random number is drawn.
    """
    rows = np.argsort(setup.data.eval.lengths, kind="stable").tolist()
    size = setup.plan.training.batch_size
    total, tokens = 0.0, 0
    for begin in range(0, len(rows), size):
        batch = setup.collated([setup.data.eval[row] for row in rows[begin : begin + size]])
        with torch.no_grad():
            total += setup.loss(batch).item()
        tokens += batch.supervised
        yield Scored(min(begin + size, len(rows)), total, tokens)
