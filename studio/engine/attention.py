"""Attention within documents that lie behind each other in one line, so that no position of a batch is padding.

All that a model does position by position runs on the line alone; only here are the documents laid side by side, and taken apart again.
Short documents on a CPU go through plain matrix products, where SDPA's blocks are slower (2.5 times at 50 tokens); on GPUs that have it the
line goes through FlashAttention as it is (Dao 2023, arXiv 2307.08691), which knows where documents end; others go through SDPA.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch.autograd.function import once_differentiable
from torch.nn import functional as F
from torch.nn.attention.varlen import varlen_attn
from transformers import AttentionInterface, AttentionMaskInterface
from transformers.integrations.sdpa_attention import sdpa_attention_forward
from transformers.masking_utils import sdpa_mask

NAME = "documents"  # of this attention, to transformers
NARROW_HEAD = 16  # below that width MKL's products with a matrix so narrow take three times as long as transposed
SHORT = 96  # tokens up to which plain products are faster on a CPU
WIDEST_HEAD, AMPERE = 256, (8, 0)  # of FlashAttention 2
UNKNOWN = ("softcap", "s_aux", "position_bias")  # what some models add to the scores, and this does not


@dataclass(frozen=True, slots=True)
class Documents:
    """Where the documents of a line are: `places` (documents · longest,) is the line's position for each place of the documents side by
    side, and any real one behind their ends; `back` (tokens,) is the place of each position. `bounds` (documents + 1,) int32 are the
    positions where documents begin, and the line's end.
    """

    count: int
    longest: int
    places: Tensor
    back: Tensor
    bounds: Tensor

    @classmethod
    def of(cls, lengths: Sequence[int], device: torch.device) -> "Documents":
        """Documents of so many tokens each."""
        sizes = torch.tensor(lengths, dtype=torch.int64)
        longest = int(sizes.max())
        within = torch.arange(longest).unsqueeze(0) < sizes.unsqueeze(1)
        back = within.flatten().nonzero().squeeze(1)
        places = (within.flatten().cumsum(0) - 1).clamp_(min=0)
        bounds = F.pad(sizes.cumsum(0), (1, 0)).to(torch.int32)
        return cls(len(lengths), longest, places.to(device), back.to(device), bounds.to(device))


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
    if query.device.type == "cpu" and documents.longest <= SHORT and not dropout:
        out = _short(query, key, value, documents, scale, window)
    elif not dropout and has_flash(query):
        out = _flash(query, key, value, documents, scale, window)
    else:
        out = _long(query, key, value, documents, scale, window, dropout)
    return out.unsqueeze(0), None


class ShortAttention(torch.autograd.Function):
    """query (1, heads, N, d), key and value (1, kv, N, d) of documents in a line -> (N, heads, d).

    With scores S = s·QKᵀ + mask and P = softmax S: dV = PᵀdO, dS = P ⊙ (dO Vᵀ - D) with D = Σ dO ⊙ O by rows (Dao et al. 2022,
    arXiv 2205.14135), dQ = s·dS K, dK = s·dSᵀ Q. Not torch's softmax backward, whose last bits depend on which thread has a row. The
    heads that share a key are rows of one product, so that no key is copied for them.
    """

    @staticmethod
    def forward(
        ctx: Any, query: Tensor, key: Tensor, value: Tensor, documents: Documents, scale: float, window: int
    ) -> Tensor:
        heads, groups = query.shape[1], key.shape[1]
        q, k, v = (_side_by_side(line, groups, documents) for line in (query, key, value))
        mask = _mask(documents.longest, window, q.dtype, q.device).repeat(heads // groups, 1)
        P = torch.baddbmm(mask, q, k.transpose(1, 2), alpha=scale)
        torch.softmax(P, dim=-1, out=P)
        out = _in_line(_times(P, v), heads, documents)  # kept without cost: the layer behind has it as its input
        ctx.save_for_backward(q, k, v, P, out)
        ctx.documents, ctx.scale, ctx.heads = documents, scale, heads
        return out

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, dO: Tensor) -> tuple[Tensor | None, ...]:
        q, k, v, P, out = ctx.saved_tensors
        documents, heads = ctx.documents, ctx.heads
        groups = q.shape[0] // documents.count
        D = (dO * out).sum(-1, keepdim=True, dtype=torch.promote_types(dO.dtype, torch.float32)).to(dO.dtype)
        d, D = (_apart(line, groups, documents) for line in (dO, D))
        dV = _times(P.transpose(1, 2), d)
        dS = torch.baddbmm(D, d, v.transpose(1, 2), beta=-1).mul_(P)
        dQ = _times(dS, k).mul_(ctx.scale)
        dK = _times(dS.transpose(1, 2), q).mul_(ctx.scale)
        lines = (
            _in_line(dQ, heads, documents),
            _in_line(dK, groups, documents),
            _in_line(dV, groups, documents),
        )
        return *(line.transpose(0, 1).unsqueeze(0) for line in lines), None, None, None


def _times(a: Tensor, b: Tensor) -> Tensor:
    """The product of batches of matrices. Narrow ones in float32 the other way round, for which MKL has the faster loop."""
    if b.shape[-1] < NARROW_HEAD and b.dtype == torch.float32 and b.device.type == "cpu":
        return torch.bmm(b.transpose(1, 2), a.transpose(1, 2)).transpose(1, 2)
    return torch.bmm(a, b)


_short: Callable[[Tensor, Tensor, Tensor, Documents, float, int], Tensor] = (
    ShortAttention.apply
)  # torch leaves it untyped


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
    mask = None if window >= documents.longest else _mask(documents.longest, window, torch.bool, q.device)
    out = F.scaled_dot_product_attention(
        q, k, v, mask, dropout, is_causal=mask is None, scale=scale, enable_gqa=q.shape[1] != k.shape[1]
    )
    return out.transpose(1, 2).flatten(0, 1).index_select(0, documents.back)


def has_flash(query: Tensor) -> bool:
    """Whether torch's FlashAttention takes such queries: of 16 bits, on an NVIDIA GPU from Ampere on, with heads of usual width."""
    if query.device.type != "cuda" or query.dtype not in (torch.bfloat16, torch.float16):
        return False
    if torch.version.hip is not None or not torch.backends.cuda.is_flash_attention_available():
        return False
    width = query.shape[-1]
    return width % 8 == 0 and width <= WIDEST_HEAD and torch.cuda.get_device_capability(query.device) >= AMPERE


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


def _side_by_side(line: Tensor, groups: int, documents: Documents) -> Tensor:
    """(1, heads, N, d) -> (documents · groups, heads / groups · longest, d)."""
    return _grouped(line[0].transpose(0, 1).index_select(0, documents.places), groups, documents)


def _apart(line: Tensor, groups: int, documents: Documents) -> Tensor:
    """(N, heads, d) -> (documents · groups, heads / groups · longest, d), zeros behind a document's end."""
    spread = line.new_zeros(documents.count * documents.longest, *line.shape[1:])
    return _grouped(spread.index_copy_(0, documents.back, line), groups, documents)


def _grouped(spread: Tensor, groups: int, documents: Documents) -> Tensor:
    """(documents · longest, heads, d) -> (documents · groups, heads / groups · longest, d)."""
    d = spread.shape[-1]
    apart = spread.view(documents.count, documents.longest, groups, -1, d).permute(0, 2, 3, 1, 4)
    return apart.reshape(documents.count * groups, -1, d)


def _in_line(grouped: Tensor, heads: int, documents: Documents) -> Tensor:
    """(documents · groups, heads / groups · longest, d) -> (N, heads, d)."""
    spread = grouped.reshape(documents.count, heads, documents.longest, -1).transpose(1, 2)
    return spread.reshape(documents.count * documents.longest, heads, -1).index_select(0, documents.back)


def _mask(longest: int, window: int, dtype: torch.dtype, device: torch.device) -> Tensor:
    """(longest, longest): which keys a query sees, as booleans or as what is added to the scores."""
    distance = torch.arange(longest, device=device).unsqueeze(1) - torch.arange(longest, device=device).unsqueeze(0)
    seen = (distance >= 0) & (distance < window)
    if dtype == torch.bool:
        return seen
    return torch.zeros(longest, longest, dtype=dtype, device=device).masked_fill_(~seen, torch.finfo(dtype).min)


def no_mask(device: torch.device) -> Tensor:
    """What keeps transformers from making a mask, which for a long line would be larger than all else: one that seems made already."""
    return torch.zeros(1, 1, 1, 1, dtype=torch.bool, device=device)


def register() -> None:
    """Make this attention known to transformers; again does no harm."""
    AttentionInterface.register(NAME, attend)
    AttentionMaskInterface.register(NAME, sdpa_mask)
