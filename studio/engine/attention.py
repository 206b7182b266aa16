"""Attention within documents that lie behind each other in one line, so that no position of a batch is padding.

All that a model does position by position runs on the line alone; only here are the documents laid side by side, and taken apart again.
Short documents on a CPU go through plain matrix products (`studio.engine.short_attention`); on GPUs that have it the line goes through
FlashAttention as it is (Dao 2023, arXiv 2307.08691), which knows where documents end; others go through SDPA.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import torch
from torch import Tensor
from torch.autograd.function import once_differentiable
from torch.nn import functional as F
from torch.nn.attention.varlen import varlen_attn
from transformers import AttentionInterface, AttentionMaskInterface
from transformers.integrations.sdpa_attention import sdpa_attention_forward
from transformers.masking_utils import sdpa_mask

from studio.engine.documents import Documents
from studio.engine.short_attention import causal, is_short, short_attention

NAME = "documents"  # of this attention, to transformers
WIDEST_HEAD, AMPERE = 256, (8, 0)  # of FlashAttention 2
UNKNOWN = ("softcap", "s_aux", "position_bias")  # what some models add to the scores, and this does not


class Asked(NamedTuple):
    """What a module asks of attention: query heads, key heads, their width, the scores' scale, and the tokens that one sees or None."""

    heads: int
    groups: int
    width: int
    scale: float
    window: int | None


_noted: dict[Any, Asked] | None = None  # while `noting`


def noting(run: Callable[[], object]) -> dict[Any, Asked]:
    """What each module asks for while `run` runs the model over documents."""
    global _noted
    _noted = {}
    try:
        with torch.no_grad():
            run()
        return _noted
    finally:
        _noted = None


def attend(
    module: Any,
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attention_mask: Tensor | None,
    *,
    scaling: float | None = None,
    dropout: float = 0.0,
    sliding_window: int | None = None,
    documents: Documents | None = None,
    **kwargs: Any,
) -> tuple[Tensor, None]:
    """transformers' attention interface: query (B, heads, T, d), key and value (B, kv, T, d) -> (B, T, heads, d).

    With `documents` B is 1 and T the line, and the mask is not looked at; without them it is SDPA as ever. Raises ValueError for what it
    does not know.
    """
    if documents is None:
        found: tuple[Tensor, None] = sdpa_attention_forward(
            module, query, key, value, attention_mask, dropout=dropout, scaling=scaling, **kwargs
        )
        return found
    if any(kwargs.get(name) is not None for name in UNKNOWN):
        raise ValueError("this attention is not known")
    scale = query.shape[-1] ** -0.5 if scaling is None else scaling
    window = documents.longest if sliding_window is None else min(sliding_window, documents.longest)
    if _noted is not None and not dropout:
        _noted[module] = Asked(query.shape[1], key.shape[1], query.shape[-1], scale, sliding_window)
    # The tiles of short documents are other ones in each batch: no compiler could follow.
    tiled = query.device.type == "cpu" and not torch.compiler.is_compiling()
    if tiled and is_short(documents.longest, query.shape[-1]) and not dropout:
        out = short_attention(query, key, value, documents, scale, window)
    elif not dropout and has_flash(query):
        out = _flash(query, key, value, documents, scale, window)
    else:
        out = _long(query, key, value, documents, scale, window, dropout)
    return out.unsqueeze(0), None


class Spread(torch.autograd.Function):
    """(1, heads, N, d) in a line -> (documents, heads, longest, d) side by side. What stands behind a document's end gets no gradient."""

    @staticmethod
    def forward(ctx: Any, line: Tensor, documents: Documents) -> Tensor:
        ctx.documents = documents
        spread = line[0].transpose(0, 1).index_select(0, documents.places)
        return spread.view(documents.count, documents.longest, *spread.shape[1:]).transpose(1, 2)

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, d: Tensor) -> tuple[Tensor, None]:
        flat = d.transpose(1, 2).flatten(0, 1).index_select(0, ctx.documents.back)
        return flat.transpose(0, 1).unsqueeze(0), None


def _long(
    query: Tensor, key: Tensor, value: Tensor, documents: Documents, scale: float, window: int, dropout: float
) -> Tensor:
    spread: Callable[[Tensor, Documents], Tensor] = Spread.apply
    q, k, v = (spread(line, documents) for line in (query, key, value))
    mask = None if window >= documents.longest else causal(documents.longest, window, torch.bool, q.device)
    out = F.scaled_dot_product_attention(
        q, k, v, mask, dropout, is_causal=mask is None, scale=scale, enable_gqa=q.shape[1] != k.shape[1]
    )
    return out.transpose(1, 2).flatten(0, 1).index_select(0, documents.back)


def has_flash(query: Tensor) -> bool:
    """Whether torch's FlashAttention takes such queries: of 16 bits, on an NVIDIA GPU from Ampere on, with heads of usual width."""
    if query.device.type != "cuda" or query.dtype not in (torch.bfloat16, torch.float16):
        return False
    width = query.shape[-1]
    return width % 8 == 0 and width <= WIDEST_HEAD and _runs_flash(query.device)


@torch.compiler.assume_constant_result  # type: ignore[no-untyped-call, untyped-decorator, unused-ignore]
def _runs_flash(device: torch.device) -> bool:
    """Whether a GPU is of that kind; a compiler that follows us (`studio.engine.compiling`) asks once, and does not look inside."""
    if torch.version.hip is not None or not torch.backends.cuda.is_flash_attention_available():
        return False
    return torch.cuda.get_device_capability(device) >= AMPERE


def _flash(query: Tensor, key: Tensor, value: Tensor, documents: Documents, scale: float, window: int) -> Tensor:
    """query (1, heads, N, d), key and value (1, kv, N, d) of documents in a line -> (N, heads, d)."""
    q, k, v = (line[0].transpose(0, 1) for line in (query, key, value))
    before = -1 if window >= documents.longest else window - 1  # tokens that one sees before itself; -1: all
    longest, bounds = documents.longest, documents.bounds
    out = varlen_attn(
        q,
        k,
        v,
        bounds,
        bounds,
        longest,
        longest,
        scale=scale,
        window_size=(before, 0),
        enable_gqa=q.shape[1] != k.shape[1],
    )
    assert isinstance(out, Tensor)  # nothing else was asked for
    return out


def no_mask(device: torch.device) -> Tensor:
    """What keeps transformers from making a mask, which for a long line would be larger than all else: one that seems made already."""
    return torch.zeros(1, 1, 1, 1, dtype=torch.bool, device=device)


def register() -> None:
    """Make this attention known to transformers; again does no harm."""
    AttentionInterface.register(NAME, attend)
    AttentionMaskInterface.register(NAME, sdpa_mask)
