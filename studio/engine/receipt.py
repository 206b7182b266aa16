"""The receipt: proof, by reloading and comparing logits, that an export computes what was trained."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

RECEIPT = "receipt.json"
PROBE_ROWS = 4
PROBE_TOKENS = 32
PROMPT_TOKENS = 256  # of a sample prompt; more says nothing new

# How far logits may lie apart, relative to the largest: float32 differs by the order of its sums alone; the 16-bit types by the
# rounding of every activation, which with 8 bits of mantissa is some percent after a few dozen layers.
TOLERANCES = {torch.float32: 1e-4, torch.float16: 1e-2, torch.bfloat16: 5e-2}


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far the logits of what was written lie from those of base and adapter, over `positions` tokens.

    Differences are |Δlogit|, as such and relative to the largest logit; `mean_kl` is KL(adapted ‖ written) in nats a token;
    `top1_agreement` the share of positions with the same most likely token; `moved` how far the adapter moves the base, relative to
    the base's largest logit.
    """

    largest_difference: float
    largest_difference_relative: float
    mean_kl: float
    top1_agreement: float
    moved: float
    positions: int

    def within(self, tolerance: float) -> bool:
        """Whether the largest relative difference is at most `tolerance`; a logit that is not finite never is."""
        return self.largest_difference_relative <= tolerance


def probe(vocabulary: int, max_positions: int | None, prompts: Iterable[Sequence[int]]) -> list[Tensor]:
    """Batches of token ids (rows, tokens) to compare on: always the same random one, and each prompt by itself."""
    tokens = PROBE_TOKENS if max_positions is None else min(PROBE_TOKENS, max_positions)
    longest = PROMPT_TOKENS if max_positions is None else min(PROMPT_TOKENS, max_positions)
    generator = torch.Generator().manual_seed(0)
    batches = [torch.randint(0, vocabulary, (PROBE_ROWS, tokens), generator=generator)]
    return batches + [torch.tensor([list(ids)[:longest]]) for ids in prompts if len(ids)]


@torch.inference_mode()
def logits_of(model: nn.Module, batches: Sequence[Tensor]) -> Iterator[Tensor]:
    """The logits (positions, vocabulary) of each batch, in float32 on the CPU."""
    for ids in batches:
        logits: Tensor = model(input_ids=ids).logits
        yield logits.float().flatten(0, 1).cpu()


def compare(base: Sequence[Tensor], adapted: Sequence[Tensor], written: Sequence[Tensor]) -> Agreement:
    """Hold the written model's logits against those of base and adapter, batch by batch (positions, vocabulary)."""
    largest = max(_largest(logits) for logits in adapted)
    difference = max(_largest(mine - theirs) for mine, theirs in zip(written, adapted, strict=True))
    moved = max(_largest(with_it - without) for with_it, without in zip(adapted, base, strict=True))
    positions = sum(len(logits) for logits in adapted)
    divergence = same = 0.0
    for mine, theirs in zip(written, adapted, strict=True):
        divergence += float(F.kl_div(mine.log_softmax(-1), theirs.log_softmax(-1), reduction="sum", log_target=True))
        same += float((mine.argmax(-1) == theirs.argmax(-1)).sum())
    return Agreement(
        largest_difference=difference,
        largest_difference_relative=difference / largest,
        mean_kl=max(0.0, divergence / positions),
        top1_agreement=same / positions,
        moved=moved / max(_largest(logits) for logits in base),
        positions=positions,
    )


def receipt_of(agreement: Agreement, *, dtype: torch.dtype, **facts: Any) -> dict[str, Any]:
    """The receipt as it is written: whether it agrees, by which tolerance, in which figures, with the export's own facts."""
    tolerance = TOLERANCES[dtype]
    return {
        "agrees": agreement.within(tolerance),
        **facts,
        "dtype": str(dtype).removeprefix("torch."),
        "tolerance": tolerance,
        "largest_difference": agreement.largest_difference,
        "largest_difference_relative": agreement.largest_difference_relative,
        "mean_kl": agreement.mean_kl,
        "top1_agreement": agreement.top1_agreement,
        "moved": agreement.moved,
        "positions": agreement.positions,
    }


def _largest(logits: Tensor) -> float:
    """The largest magnitude, infinite where one is not a number: Python's max would pass over a NaN."""
    largest = float(logits.abs().max())
    return largest if math.isfinite(largest) else math.inf
