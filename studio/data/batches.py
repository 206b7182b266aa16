"""Batches: the order in which examples are learnt, and their tensors."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch

from studio.data.example import Example, Examples
from studio.data.order import permutation
from studio.data.pack import pack

SORTED_BATCHES = 4  # rows are sorted by length within so few batches: most of the padding goes, the order stays random
IGNORED = -100  # the label that a loss leaves out (torch's ignore_index)
Row = tuple[Example, ...]  # the documents that share a row: one, unless rows are packed
Indices = npt.NDArray[np.int64]


class Batches:
    """Batches of rows, numbered over all epochs from 0.

    Batch `index` depends on nothing but (examples, batch_size, seed, packing, index), so that training goes on from a number alone.
    Every example comes as often in an epoch as its share says, mostly once; one batch of an epoch may be short. Packing "auto" puts rows
    of like length into one batch; "none" does not; "pack" lays documents behind each other into rows of the examples' `max_length`: the
    same rows in every epoch, in another order.
    """

    def __init__(self, examples: Examples, *, batch_size: int, seed: int, packing: str) -> None:
        self._examples = examples
        self._batch_size = batch_size
        self._seed = seed
        self.packing = packing
        self._epoch: int | None = None  # whose order is at hand
        self._order = np.empty(0, np.int64)  # rows, batch behind batch
        self._turns = np.empty(0, np.int64)  # which batch comes at which position
        self._packs: tuple[Indices, Indices] | None = None  # the documents of all rows, and where each row ends
        drawn = self._drawn(0)
        self.rows = len(drawn)
        if packing == "pack":
            documents, ends = pack(examples.lengths[drawn], examples.max_length)
            self._packs = drawn[documents], ends
            self.rows = len(ends)

    @property
    def per_epoch(self) -> int:
        """How many batches an epoch has."""
        return -(-self.rows // self._batch_size)

    def batch(self, index: int) -> list[Row]:
        """The rows of batch `index`, which is position `index % per_epoch` of epoch `index // per_epoch`."""
        return [tuple(self._examples[document] for document in row) for row in self.documents(index)]

    def sizes(self, index: int) -> Indices:
        """The tokens of each row of batch `index`, (rows,); no token is read."""
        return np.array([self._examples.lengths[row].sum() for row in self.documents(index)], np.int64)

    def documents(self, index: int) -> list[list[int]]:
        """The rows of batch `index`, each as the examples that share it, by their index; no token is read."""
        epoch, position = divmod(index, self.per_epoch)
        if epoch != self._epoch:
            self._epoch = epoch
            self._order, self._turns = self._order_of(epoch)
        begin = int(self._turns[position]) * self._batch_size
        rows: list[int] = self._order[begin : begin + self._batch_size].tolist()
        return [[row] if self._packs is None else self._packed(row) for row in rows]

    def _packed(self, row: int) -> list[int]:
        assert self._packs is not None
        documents, ends = self._packs
        found: list[int] = documents[ends[row - 1] if row else 0 : ends[row]].tolist()
        return found

    def _order_of(self, epoch: int) -> tuple[Indices, Indices]:
        in_turn = np.arange(self.per_epoch)
        if self._packs is not None:
            return permutation(self.rows, [self._seed, epoch, 2]), in_turn
        rows = self._drawn(epoch)
        if self.packing == "none":
            return rows, in_turn
        parts = np.arange(len(rows)) // (SORTED_BATCHES * self._batch_size)
        rows = rows[np.lexsort((self._examples.lengths[rows], parts))]
        return rows, permutation(self.per_epoch, [self._seed, epoch, 1])

    def _drawn(self, epoch: int) -> Indices:
        """The examples of an epoch in random order. A share of weight 1.5 gives all its rows once, and half of them once more: the other
        half in the next epoch.
        """
        found, begin = [], 0
        for number, share in enumerate(self._examples.shares):
            count = len(share.rows)
            whole, part = divmod(share.weight, 1)
            found += [np.arange(begin, begin + count)] * int(whole)
            some = round(part * count)
            if some:
                around = np.arange(epoch * some, (epoch + 1) * some) % count
                found.append(begin + permutation(count, [self._seed, number, 3])[around])
            begin += count
        rows = np.concatenate([np.empty(0, np.int64), *found])
        return rows[permutation(len(rows), [self._seed, epoch])]


@dataclass(frozen=True, eq=False)
class Batch:
    """Tensors of one pass: input_ids (B, T) int64 padded on the right, labels (B, T) int64, lengths (B,) int64 without padding.

    Labels stand where their token stands (the model shifts them) and are -100 where nothing is learnt. `positions` (B, T) int64 begin
    anew with every document of a row; None where each row is one document.
    """

    input_ids: torch.Tensor
    labels: torch.Tensor
    lengths: torch.Tensor
    positions: torch.Tensor | None = None

    @property
    def tokens(self) -> int:
        """Real tokens, no padding."""
        return int(self.lengths.sum())

    @property
    def supervised(self) -> int:
        """Labels that count after the shift: the first token of a row is never predicted."""
        return int((self.labels[:, 1:] != IGNORED).sum())

    def to(self, device: torch.device) -> "Batch":
        """The batch with its tensors on a device."""
        positions = None if self.positions is None else self.positions.to(device)
        return Batch(self.input_ids.to(device), self.labels.to(device), self.lengths.to(device), positions)

    def repeated(self, times: int) -> "Batch":
        """The batch with its rows so many times below each other."""
        positions = None if self.positions is None else self.positions.repeat(times, 1)
        return Batch(
            self.input_ids.repeat(times, 1), self.labels.repeat(times, 1), self.lengths.repeat(times), positions
        )


def collate(rows: Sequence[Row], pad_id: int) -> Batch:
    """The tensors of a batch of rows. The first token of a document has no label: what stands before it is another's."""
    lengths = [sum(map(len, row)) for row in rows]
    shape = len(rows), max(lengths)
    input_ids = np.full(shape, pad_id, np.int64)
    labels = np.full(shape, IGNORED, np.int64)
    positions = np.zeros(shape, np.int64)
    for number, row in enumerate(rows):
        end = 0
        for document in row:
            begin, end = end, end + len(document)
            input_ids[number, begin:end] = document.ids
            labels[number, begin:end] = np.where(document.trained, document.ids, IGNORED)
            labels[number, begin] = IGNORED
            positions[number, begin:end] = np.arange(len(document))
        positions[number, end:] = np.arange(shape[1] - end)  # the padding is a document of its own
    packed = any(len(row) > 1 for row in rows)
    return Batch(
        torch.from_numpy(input_ids),
        torch.from_numpy(labels),
        torch.tensor(lengths, dtype=torch.int64),
        torch.from_numpy(positions) if packed else None,
    )
