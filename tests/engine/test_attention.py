"""Attention over documents in one line, against torch's SDPA on each document by itself."""

import itertools
from collections.abc import Callable, Sequence
from types import SimpleNamespace

import pytest
import torch
from torch.autograd import gradcheck
from torch.nn import functional as F

from studio.engine import attention
from studio.engine.attention import attend, has_flash
from studio.engine.documents import Documents
from studio.engine.short_attention import NARROW_HEAD, SHORT, ShortAttention, is_short

CPU = torch.device("cpu")
LAYER = SimpleNamespace(is_causal=True, num_key_value_groups=2)


def drawn(lengths: Sequence[int], *, heads: int = 4, groups: int = 2, width: int = 8, dtype=torch.float64):
    """Query, key and value of documents in a line."""
    torch.manual_seed(0)
    total = sum(lengths)
    return [
        torch.randn(1, total, count, width, dtype=dtype).transpose(1, 2).requires_grad_()
        for count in (heads, groups, groups)
    ]


def apart(query, key, value, lengths: Sequence[int], scale: float, window: int | None) -> torch.Tensor:
    """Each document through SDPA, with a mask written out: (1, N, heads, d)."""
    outputs = []
    for q, k, v in zip(*(line.split(list(lengths), dim=2) for line in (query, key, value)), strict=True):
        places = torch.arange(q.shape[2])
        distance = places.unsqueeze(1) - places.unsqueeze(0)
        seen = (distance >= 0) & (distance < (window or len(places)))
        outputs.append(F.scaled_dot_product_attention(q, k, v, seen, scale=scale, enable_gqa=True))
    return torch.cat(outputs, dim=2).transpose(1, 2)


@pytest.mark.parametrize("width", [8, NARROW_HEAD])
@pytest.mark.parametrize("window", [None, 3, 500])
@pytest.mark.parametrize("lengths", [(5,), (4, 4, 4), (7, 1, 3), (SHORT + 4, 2), (SHORT + 4, SHORT + 4)])
def test_documents_are_as_they_are_apart(lengths: tuple[int, ...], window: int | None, width: int) -> None:
    query, key, value = drawn(lengths, width=width)
    documents = Documents.of(lengths, CPU)
    found, _ = attend(LAYER, query, key, value, None, scaling=0.3, sliding_window=window, documents=documents)
    wanted = apart(query, key, value, lengths, 0.3, window)
    torch.testing.assert_close(found, wanted)
    slope = torch.randn_like(wanted)
    for mine, right in zip(
        torch.autograd.grad(found, (query, key, value), slope),
        torch.autograd.grad(wanted, (query, key, value), slope),
        strict=True,
    ):
        torch.testing.assert_close(mine, right)


def test_documents_are_short_up_to_a_length_that_depends_on_the_width_of_heads() -> None:
    assert is_short(SHORT, NARROW_HEAD)
    assert not is_short(SHORT + 1, NARROW_HEAD)
    assert is_short(SHORT + 1, NARROW_HEAD - 1)
    assert not is_short(10_000, NARROW_HEAD - 1)


def test_the_short_way_has_the_gradient_that_differences_have() -> None:
    documents = Documents.of((3, 1, 2), CPU)
    assert gradcheck(lambda q, k, v: ShortAttention.apply(q, k, v, documents, 0.5, 2), drawn((3, 1, 2), width=3))


def test_in_bfloat16_it_is_as_near_to_the_truth_as_sdpa() -> None:
    lengths = (40, 25)
    exact = apart(*drawn(lengths), lengths, 0.3, None)
    rounded = drawn(lengths, dtype=torch.bfloat16)
    found, _ = attend(LAYER, *rounded, None, scaling=0.3, documents=Documents.of(lengths, CPU))
    theirs = apart(*rounded, lengths, 0.3, None)
    ours_off, theirs_off = ((out.double() - exact).norm() for out in (found, theirs))
    assert ours_off < 2 * theirs_off


@pytest.mark.parametrize("window", [None, 1, 3, 500])
@pytest.mark.parametrize("lengths", [(5,), (4, 4, 4), (7, 1, 3)])
def test_flash_attention_is_told_the_same(
    lengths: tuple[int, ...], window: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """FlashAttention has no CPU kernel: in its place stands what its documentation says, written with SDPA."""

    def documented(
        q,
        k,
        v,
        begins,
        key_begins,
        longest,
        key_longest,
        *,
        scale: float,
        window_size: tuple[int, int],
        enable_gqa: bool,
    ) -> torch.Tensor:
        assert begins is key_begins
        assert begins.dtype == torch.int32
        assert longest == key_longest == max(begins.diff())
        outputs = []
        for begin, end in itertools.pairwise(begins.tolist()):
            places = torch.arange(end - begin)
            distance = places.unsqueeze(1) - places.unsqueeze(0)
            left, right = window_size
            seen = (distance >= -right) & ((distance <= left) | (left == -1))
            parts = (line[begin:end].transpose(0, 1) for line in (q, k, v))
            outputs.append(F.scaled_dot_product_attention(*parts, seen, scale=scale, enable_gqa=enable_gqa))
        return torch.cat(outputs, dim=1).transpose(0, 1)

    monkeypatch.setattr(attention, "varlen_attn", documented)
    monkeypatch.setattr(attention, "has_flash", lambda query: True)
    monkeypatch.setattr(attention, "is_short", lambda longest, width: False)
    query, key, value = drawn(lengths)
    documents = Documents.of(lengths, CPU)
    found, _ = attend(LAYER, query, key, value, None, scaling=0.3, sliding_window=window, documents=documents)
    wanted = apart(query, key, value, lengths, 0.3, window)
    torch.testing.assert_close(found, wanted)
    slope = torch.randn_like(wanted)
    for mine, right in zip(
        torch.autograd.grad(found, (query, key, value), slope),
        torch.autograd.grad(wanted, (query, key, value), slope),
        strict=True,
    ):
        torch.testing.assert_close(mine, right)


def test_a_cpu_has_no_flash_attention() -> None:
    assert not has_flash(torch.zeros(1, 2, 3, 64, dtype=torch.bfloat16))


@pytest.mark.gpu
@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a CUDA device")
@pytest.mark.parametrize("window", [None, 40])
def test_flash_attention_is_as_near_to_the_truth_as_sdpa(window: int | None) -> None:
    lengths = (200, 3, 130)
    exact = apart(*drawn(lengths, width=64), lengths, 0.1, window)
    on_gpu = [line.detach().to("cuda", torch.bfloat16) for line in drawn(lengths, width=64)]
    assert has_flash(on_gpu[0])
    documents = Documents.of(lengths, torch.device("cuda"))
    found, _ = attend(LAYER, *on_gpu, None, scaling=0.1, sliding_window=window, documents=documents)
    theirs = apart(*drawn(lengths, width=64, dtype=torch.bfloat16), lengths, 0.1, window)
    ours_off, theirs_off = ((out.double().cpu() - exact).norm() for out in (found, theirs))
    assert ours_off < 2 * theirs_off


def test_scores_that_are_changed_otherwise_are_refused() -> None:
    with pytest.raises(ValueError, match="not known"):
        attend(LAYER, *drawn((3,)), None, documents=Documents.of((3,), CPU), softcap=30.0)


def test_without_documents_it_is_sdpa() -> None:
    query, key, value = drawn((6,))
    found, _ = attend(LAYER, query, key, value, None)
    torch.testing.assert_close(found, apart(query, key, value, (6,), 8**-0.5, None))


def test_what_gpus_attend_with_is_one_graph_for_all_lengths(monkeypatch: pytest.MonkeyPatch) -> None:
    graphs: list[torch.fx.GraphModule] = []

    def keep(graph: torch.fx.GraphModule, inputs: object) -> Callable[..., object]:
        graphs.append(graph)
        return lambda *_: (torch.zeros(1),)

    monkeypatch.setattr(attention, "_runs_flash", torch.compiler.assume_constant_result(lambda device: True))
    monkeypatch.setattr(attention, "has_flash", lambda query: attention._runs_flash(query.device))

    def block(x: torch.Tensor, documents: Documents) -> torch.Tensor:
        query, key = (part.unflatten(-1, (-1, 64)).transpose(1, 2) for part in x.split((256, 128), dim=-1))
        return attend(None, query, key, key, None, documents=documents)[0]

    compiled = torch.compile(block, dynamic=True, fullgraph=True, backend=keep)
    for lengths in ((150, 50, 120), (120, 200)):
        compiled(torch.randn(1, sum(lengths), 384), Documents.of(lengths, torch.device("cpu")))
    (graph,) = graphs
    assert torch.ops.torch_attn._varlen_attn in [node.target for node in graph.graph.nodes]
    torch.compiler.reset()
