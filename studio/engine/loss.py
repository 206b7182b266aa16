"""The loss of a batch: cross entropy summed over the supervised positions.

Ways that agree: `PlainLoss` asks the model for all logits and torch for the loss; `ChunkedLoss` takes the body's hidden states,
keeps the supervised rows alone, and puts them through the head a chunk at a time, so that neither ignored positions cost a product
nor the logits of a whole batch exist at once. Padding is to the right: under causal attention no real position sees it, so the fast
way needs no mask. `LineLoss` does the same without any padding, where the model's attention can be told of documents.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Protocol

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F
from transformers import PreTrainedModel

from studio.data.batches import IGNORED, Batch, collate
from studio.data.example import Example
from studio.engine.attention import NAME, no_mask, register
from studio.engine.documents import Documents
from studio.engine.head_loss import head_loss, space_for
from studio.engine.proof import LOSS_TOLERANCE, Slope, slope

# Config entries that change the logits after the head's product.
CHANGES_LOGITS = (
    "final_logit_softcapping",
    "logit_scale",
    "logits_scaling",
    "lm_head_multiplier",
    "mup_width_multiplier",
)
LEAK = {torch.float32: 1e-6, torch.bfloat16: 1e-3, torch.float16: 1e-3}  # by rounding alone


class BatchLoss(Protocol):
    """Computes a batch's summed loss, a float32 scalar with a graph to the adapter."""

    def __call__(self, batch: Batch) -> Tensor: ...


class PlainLoss:
    """All logits, then torch's cross entropy: the reference."""

    def __init__(self, model: PreTrainedModel) -> None:
        self._model = model

    def __call__(self, batch: Batch) -> Tensor:
        """The summed loss of labels (B, T) at the positions before them."""
        logits = self._model(input_ids=batch.input_ids, use_cache=False, **_places(batch)).logits
        rows = logits[:, :-1].reshape(-1, logits.shape[-1]).float()
        return F.cross_entropy(rows, batch.labels[:, 1:].reshape(-1), ignore_index=IGNORED, reduction="sum")


class ChunkedLoss:
    """Supervised rows of the hidden states, the head in chunks. `head` is frozen: its weight (V, H) gets no gradient."""

    def __init__(self, body: nn.Module, head: nn.Linear) -> None:
        self._body = body
        self._head = head
        self._space: Tensor | None = None

    def __call__(self, batch: Batch) -> Tensor:
        """The summed loss of labels (B, T) at the positions before them."""
        # Padding needs no mask; documents that share a row are told apart by their positions.
        apart = {} if batch.positions is None else {"position_ids": batch.positions}
        hidden = self._body(input_ids=batch.input_ids, use_cache=False, **apart).last_hidden_state  # (B, T, H)
        return self._of(hidden, batch.labels)

    def _of(self, hidden: Tensor, labels: Tensor) -> Tensor:
        targets = F.pad(labels[:, 1:], (0, 1), value=IGNORED).reshape(-1)  # what each position should say
        places = (targets != IGNORED).nonzero().squeeze(1)
        rows = hidden.reshape(-1, hidden.shape[-1]).index_select(0, places)  # (N, H)
        self._space = space_for(rows, self._head.weight, self._space)
        return head_loss(rows, self._head.weight, self._head.bias, targets.index_select(0, places), self._space)


class LineLoss(ChunkedLoss):
    """The same with all documents of a batch behind each other in one line, for a model whose attention is `studio.engine.attention`."""

    def __call__(self, batch: Batch) -> Tensor:
        """The summed loss of labels (B, T) at the positions before them."""
        within = torch.arange(batch.input_ids.shape[1], device=batch.input_ids.device).unsqueeze(0)
        real = (within < batch.lengths.unsqueeze(1)).flatten().nonzero().squeeze(1)
        positions = within.expand_as(batch.input_ids) if batch.positions is None else batch.positions
        ids, labels, places = (
            grid.reshape(-1).index_select(0, real).unsqueeze(0) for grid in (batch.input_ids, batch.labels, positions)
        )
        begins = (places[0] == 0).nonzero().squeeze(1).tolist()  # waits for the device, which has nothing to do yet
        lengths = [end - begin for begin, end in pairwise([*begins, len(real)])]
        if batch.positions is None:
            labels[0, begins] = IGNORED  # what stands before it in the line is another's
        hidden = self._body(
            input_ids=ids,
            position_ids=places,
            attention_mask=no_mask(ids.device),
            use_cache=False,
            documents=Documents.of(lengths, ids.device),
        ).last_hidden_state
        return self._of(hidden, labels)


def choose_loss(model: PreTrainedModel, sample: Batch) -> BatchLoss:
    """The fast way where it is right for this model, else the plain one.

    It is right where the head is a bare linear module that nothing follows; proof is taken on `sample`, rows of different length: all
    ways must give the same. Where the line can be taken, the model keeps the attention that it needs.
    """
    plain = PlainLoss(model)
    head = model.get_output_embeddings()
    body = model.get_decoder()
    followed = any(getattr(model.config, entry, None) not in (None, 1, 1.0) for entry in CHANGES_LOGITS)
    if type(head) is not nn.Linear or body is None or body is model or followed:
        return plain
    right = slope(model, plain, sample)
    fast, line = ChunkedLoss(body, head), LineLoss(body, head)
    if not _agrees(model, fast, sample, right):
        return plain
    usual = model.config._attn_implementation
    register()
    model.set_attn_implementation(NAME)  # which it may decline, and then answer wrongly
    if _agrees(model, line, sample, right) and _keeps_apart(line, sample, model.dtype):
        return line
    model.set_attn_implementation(usual)
    return fast


def _agrees(model: PreTrainedModel, loss: BatchLoss, sample: Batch, right: Slope) -> bool:
    try:
        found = slope(model, loss, sample)
    except (
        TypeError,
        AttributeError,
        ValueError,
    ):  # a body of another shape than most: wants other arguments, answers otherwise
        return False
    return found.near(right, model.dtype)


def _keeps_apart(loss: BatchLoss, sample: Batch, dtype: torch.dtype) -> bool:
    """Whether the later rows cost the same whatever the first one says; untrained models hardly heed what stands before."""
    labels, other = sample.labels.clone(), sample.input_ids.clone()
    labels[0] = IGNORED
    other[0] = other[0].flip(0) // 2
    with torch.no_grad():
        costs = [float(loss(replace(sample, input_ids=ids, labels=labels))) for ids in (sample.input_ids, other)]
    return abs(costs[0] - costs[1]) <= LEAK[dtype] * max(abs(costs[0]), 1.0)


def packing_holds(model: PreTrainedModel, loss: BatchLoss, rows: Sequence[Example], pad_id: int) -> bool:
    """Whether two rows laid behind each other cost what they cost apart, and the second costs the same whatever the first one says.

    transformers builds a mask for each document from positions that begin anew; a model that ignores them, or mixes tokens by other means
    than attention, shows here. The second question is the sharper one: untrained models hardly heed what stands before.
    """
    one, other = rows

    def cost(*packed: tuple[Example, ...]) -> float:
        return float(loss(collate(packed, pad_id).to(model.device)))

    ignored = np.zeros_like(one.trained)
    before, another = Example(one.ids, ignored, 0), Example(one.ids[::-1] // 2, ignored, 0)
    with torch.no_grad():
        try:
            apart, packed = cost((one,), (other,)), cost((one, other), (other, one)) / 2
            heeded = abs(cost((before, other)) - cost((another, other)))
        except (TypeError, ValueError):  # a model without positions
            return False
    scale = max(abs(apart), 1.0)
    return abs(packed - apart) <= LOSS_TOLERANCE[model.dtype] * scale and heeded <= LEAK[model.dtype] * scale


def _places(batch: Batch) -> dict[str, Tensor]:
    """What tells a model which tokens belong together: positions that begin anew where rows are packed, else a mask of real tokens."""
    if batch.positions is not None:
        return {"position_ids": batch.positions}
    places = torch.arange(batch.input_ids.shape[1], device=batch.input_ids.device)
    return {"attention_mask": (places.unsqueeze(0) < batch.lengths.unsqueeze(1)).long()}
