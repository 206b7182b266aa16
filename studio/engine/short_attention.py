"""Attention over short documents by plain matrix products, which on a CPU are faster than SDPA's blocks."""

from collections.abc import Callable
from typing import Any, NamedTuple

import torch
from torch import Tensor
from torch.autograd.function import once_differentiable

from studio.engine.documents import Documents, Tile

SHORT = 96  # tokens up to which plain products are faster on a CPU
NARROW_HEAD = 16  # below that width MKL's products with a matrix so narrow take three times as long as transposed
SHORT_NARROW = 384  # and SDPA's blocks twice as long, for documents of that many tokens


class Kept(NamedTuple):
    """What backward needs, laid in tiles: q (R, d), k and v (K, d), P (scores,); and the output o (N, heads · d)."""

    q: Tensor
    k: Tensor
    v: Tensor
    P: Tensor
    o: Tensor


def is_short(longest: int, width: int) -> bool:
    """Whether documents of up to `longest` tokens, with heads of `width`, are faster in this way on a CPU."""
    return longest <= (SHORT_NARROW if width < NARROW_HEAD else SHORT)


def attend_short(
    query: Tensor, key: Tensor, value: Tensor, documents: Documents, scale: float, window: int
) -> tuple[Tensor, Kept]:
    """query (N, heads, d), key and value (N, groups, d) of documents in a line -> (N, heads · d), and what backward needs.

    With scores S = s·QKᵀ + mask and P = softmax S, the output is PV. The heads that share a key are rows of one product, so that no key is
    copied for them.
    """
    tokens, heads, groups = *query.shape[:2], key.shape[1]
    tiles = documents.tiles(heads, groups)
    q = _taken(query, tiles.queries)
    k, v = (_taken(line, tiles.keys) for line in (key, value))
    P, o = q.new_empty(tiles.scores), torch.empty_like(q)
    for tile in tiles.tiles:
        wide, into = (_queries(line, tile, groups) for line in (q, o))
        tall, values = (_keys(line, tile, groups) for line in (k, v))
        scores = P[tile.scores].view(len(wide), -1, tile.end)
        torch.baddbmm(
            _mask(documents, tile, window, heads // groups, q), wide, tall.transpose(1, 2), alpha=scale, out=scores
        )
        torch.softmax(scores, dim=-1, out=scores)
        _product(scores, values, into)
    out = o.index_select(0, tiles.of_queries).view(tokens, -1)
    return out, Kept(q, k, v, P, out)


def attend_short_backward(
    dO: Tensor, kept: Kept, documents: Documents, scale: float, heads: int, groups: int
) -> tuple[Tensor, Tensor, Tensor]:
    """dO (N, heads · d) -> dQ (N, heads, d), dK and dV (N, groups, d).

    dV = PᵀdO, dS = P ⊙ (dO Vᵀ - D) with D = Σ dO ⊙ O by rows (Dao et al. 2022, arXiv 2205.14135), dQ = s·dS K, dK = s·dSᵀ Q. Not torch's
    softmax backward, whose last bits depend on which thread has a row. D is one more column of dO, against one of ones beside V.
    """
    q, k, v, P, o = kept
    d, tokens = q.shape[1], dO.shape[0]
    tiles = documents.tiles(heads, groups)
    line = dO.new_empty(tokens * heads + 1, d + 1)  # its last row stands for none
    line[:-1, :d] = dO.view(-1, d)
    line[:-1, d] = (dO * o).view(-1, d).sum(-1, dtype=torch.promote_types(dO.dtype, torch.float32)).neg_()
    line[-1].zero_()
    with_D = line.index_select(0, tiles.queries)
    with_ones = torch.cat((v, v.new_ones(len(v), 1)), dim=1)
    dQ, dK, dV = torch.empty_like(q), torch.empty_like(k), torch.empty_like(v)
    for tile in tiles.tiles:
        wide, slopes, into = (_queries(line, tile, groups) for line in (q, with_D, dQ))
        tall, values, into_k, into_v = (_keys(line, tile, groups) for line in (k, with_ones, dK, dV))
        scores = P[tile.scores].view(len(wide), -1, tile.end)
        dS = torch.bmm(slopes, values.transpose(1, 2)).mul_(scores)
        _product(dS, tall, into)
        if tile.end == tile.longest:
            _product(scores.transpose(1, 2), slopes[:, :, :d], into_v)
            _product(dS.transpose(1, 2), wide, into_k)
        else:
            into_v.add_(_times(scores.transpose(1, 2), slopes[:, :, :d]))
            into_k.add_(_times(dS.transpose(1, 2), wide))
    of_queries, of_keys = tiles.of_queries, tiles.of_keys
    lines = (dQ.mul_(scale), of_queries), (dK.mul_(scale), of_keys), (dV, of_keys)
    query, key, value = (rows.index_select(0, back).view(tokens, -1, d) for rows, back in lines)
    return query, key, value


class ShortAttention(torch.autograd.Function):
    """query (1, heads, N, d), key and value (1, groups, N, d) of documents in a line -> (N, heads, d)."""

    @staticmethod
    def forward(
        ctx: Any, query: Tensor, key: Tensor, value: Tensor, documents: Documents, scale: float, window: int
    ) -> Tensor:
        q, k, v = (line[0].transpose(0, 1) for line in (query, key, value))
        out, kept = attend_short(q, k, v, documents, scale, window)
        ctx.save_for_backward(*kept)
        ctx.documents, ctx.scale, ctx.heads, ctx.groups = documents, scale, query.shape[1], key.shape[1]
        return out.view(len(out), query.shape[1], -1)

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, dO: Tensor) -> tuple[Tensor | None, ...]:
        kept = Kept(*ctx.saved_tensors)
        lines = attend_short_backward(dO.reshape(len(dO), -1), kept, ctx.documents, ctx.scale, ctx.heads, ctx.groups)
        return *(line.transpose(0, 1).unsqueeze(0) for line in lines), None, None, None


short_attention: Callable[[Tensor, Tensor, Tensor, Documents, float, int], Tensor] = (
    ShortAttention.apply
)  # torch leaves it untyped


def _taken(line: Tensor, index: Tensor) -> Tensor:
    """Rows (R, d) of a line (N, heads, d) by an index in which N · heads means none: any real row will do, for the mask hides it."""
    rows = line.reshape(-1, line.shape[-1])
    return rows.index_select(0, index.clamp(max=len(rows) - 1))


def _queries(rows: Tensor, tile: Tile, groups: int) -> Tensor:
    """A tile's own rows (R, d) as (count · groups, heads / groups · places, d)."""
    return rows[tile.queries].view(tile.count * groups, -1, rows.shape[1])


def _keys(rows: Tensor, tile: Tile, groups: int) -> Tensor:
    """The rows (K, d) that a tile sees as (count · groups, end, d)."""
    return rows[tile.keys].view(tile.count * groups, tile.longest, rows.shape[1])[:, : tile.end]


def _product(a: Tensor, b: Tensor, out: Tensor) -> None:
    """`_times` into a contiguous tensor."""
    if _is_narrow(b):
        out.copy_(_times(a, b))
    else:
        torch.bmm(a, b, out=out)


def _times(a: Tensor, b: Tensor) -> Tensor:
    """The product of batches of matrices. Narrow ones in float32 the other way round, for which MKL has the faster loop."""
    if _is_narrow(b):
        return torch.bmm(b.transpose(1, 2), a.transpose(1, 2)).transpose(1, 2)
    return torch.bmm(a, b)


def _is_narrow(b: Tensor) -> bool:
    return b.shape[-1] < NARROW_HEAD and b.dtype == torch.float32 and b.device.type == "cpu"


def _mask(documents: Documents, tile: Tile, window: int, shared: int, like: Tensor) -> Tensor:
    """(shared · places, end): what is added to the scores of keys that a query does not see."""
    return documents.once(
        (tile.begin, tile.end, window, shared, like.dtype),
        lambda: causal(tile.end, window, like.dtype, like.device)[tile.begin :].repeat(shared, 1),
    )


def causal(longest: int, window: int, dtype: torch.dtype, device: torch.device) -> Tensor:
    """(longest, longest): which keys a query sees, as booleans or as what is added to the scores."""
    distance = torch.arange(longest, device=device).unsqueeze(1) - torch.arange(longest, device=device).unsqueeze(0)
    seen = (distance >= 0) & (distance < window)
    if dtype == torch.bool:
        return seen
    return torch.zeros(longest, longest, dtype=dtype, device=device).masked_fill_(~seen, torch.finfo(dtype).min)
