"""Reuse of the frozen prefix: what its blocks make of a row is computed once, and given in all later epochs.

A row's states are always those of the batch that it first came in, since another batch may round differently. So a resumed run, which has
lost the store, computes that batch anew, and goes on bit by bit like one that was never interrupted.
"""

from pathlib import Path

import torch
from torch import Tensor

from studio.data.batches import Batch
from studio.engine.hidden_store import HiddenStore, Key
from studio.engine.loss import LineLoss
from studio.engine.prefix import Prefix, free_memory, prefix_bytes
from studio.engine.setup import Setup
from studio.plan.prefix import memory_for_prefix


class Reuse:
    """Training batches with the prefix computed once a row. `store` holds what was computed."""

    def __init__(self, setup: Setup, blocks: int, memory_bytes: int, folder: Path) -> None:
        self.store = HiddenStore(memory_bytes, folder)
        self._setup = setup
        self._first: dict[Key, int] = {}  # the batch that a row first came in
        self._seen = 0  # batches whose rows are in `first`
        self._prefix = Prefix(setup.model, blocks)
        self._prefix.install()

    def loss(self, index: int, batch: Batch) -> Tensor:
        """The summed loss of training batch `index`."""
        rows = self._rows(index)
        first = [self._first[row] for row in rows]
        if all(number == index for number in first):
            loss = self._setup.loss(batch)
            self._keep(rows, batch, self._prefix.taken())
            return loss
        for number in sorted({number for row, number in zip(rows, first, strict=True) if row not in self.store}):
            self._fill(number)
        with self._prefix.giving(self._together(rows, batch)):
            return self._setup.loss(batch)

    def close(self) -> None:
        """Let the blocks answer for themselves again, and forget all states."""
        self._prefix.remove()
        self.store.close()

    @property
    def size_bytes(self) -> int:
        """What all rows of an epoch take."""
        return prefix_bytes(self._setup.data, self._setup.model)

    def _rows(self, index: int) -> list[Key]:
        """The rows of a batch; all that came up to it are then known by their first batch."""
        documents = self._setup.batches.documents
        for number in range(self._seen, index + 1):
            for row in documents(number):
                self._first.setdefault(tuple(row), number)
        self._seen = max(self._seen, index + 1)
        return [tuple(row) for row in documents(index)]

    def _fill(self, number: int) -> None:
        """Compute the rows that first came in batch `number`, within that batch."""
        batch = self._setup.batch(number)
        hidden = self._prefix.answer(lambda: self._setup.loss(batch))
        self._keep(self._rows(number), batch, hidden, only_of=number)

    def _keep(self, rows: list[Key], batch: Batch, hidden: Tensor, only_of: int | None = None) -> None:
        lengths = batch.lengths.tolist()
        apart = (
            torch.split(hidden[0], lengths) if self._in_line else [hidden[row, :end] for row, end in enumerate(lengths)]
        )
        for row, states in zip(rows, apart, strict=True):
            if row not in self.store and only_of in (None, self._first[row]):
                self.store.put(row, states)

    def _together(self, rows: list[Key], batch: Batch) -> Tensor:
        """The states of a batch's rows as the blocks would answer: behind each other, or below each other with zeros behind their ends."""
        states = [self.store.get(row) for row in rows]
        if self._in_line:
            joined = torch.cat(states).unsqueeze(0)
        else:
            joined = torch.nn.utils.rnn.pad_sequence(states, batch_first=True)
        return joined.to(batch.input_ids.device)

    @property
    def _in_line(self) -> bool:
        return isinstance(self._setup.loss, LineLoss)


def reuse_of(setup: Setup, folder: Path) -> Reuse | None:
    """The reuse that a setup has decided on; what main memory has no room for goes into a file in `folder`."""
    if not setup.reused_blocks:
        return None
    return Reuse(
        setup, setup.reused_blocks, memory_for_prefix(free_memory(setup.device, setup.predicted_peak_bytes)), folder
    )
