from collections.abc import Iterator

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional as F

from studio.lora.blocks.elementwise import GRAIN, VECTORS, in_whole_vectors, pieces
from studio.lora.blocks.gated import ACTIVATIONS
from studio.lora.thread_counts import candidates


@pytest.fixture
def threads_as_before() -> Iterator[None]:
    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)


def shares(entries: int, threads: int) -> list[int]:
    """How torch's parallel_for shares entries out: as many threads as have a grain each, shares of even length but for the last."""
    if entries < GRAIN:
        return [entries]
    share = -(-entries // min(threads, -(-entries // GRAIN)))
    return [min(share, entries - begin) for begin in range(0, entries, share)]


@given(st.integers(0, 3_000_000), st.integers(1, 64))
def test_pieces_cover_all_and_every_thread_gets_whole_vectors(entries: int, most: int) -> None:
    counts = tuple(candidates(most))
    found = pieces(entries, counts)
    assert [piece.start for piece in found] == [0, *(piece.stop for piece in found)][: len(found)]
    assert sum(piece.stop - piece.start for piece in found) == entries
    for piece in found:
        for count in counts:
            sizes = shares(piece.stop - piece.start, count)
            assert len(sizes) == 1 or all(size % VECTORS == 0 for size in sizes)


@pytest.mark.parametrize("name", ["silu", "gelu", "gelu-tanh"])
@pytest.mark.parametrize("shape", [(3, 7), (573, 172), (300, 1_001)])
@pytest.mark.parametrize("half", [False, True])
def test_functions_are_torch_s_and_the_same_with_one_thread_and_two(
    threads_as_before: None, name: str, shape: tuple[int, int], half: bool
) -> None:
    torch.manual_seed(0)
    wide = torch.randn(shape[0], 2 * shape[1])
    e = (
        wide.chunk(2, dim=-1)[0] if half else wide[:, : shape[1]].contiguous()
    )  # as one product of gate and up leaves it
    d = torch.randn(shape)
    plain = {"silu": F.silu, "gelu": F.gelu, "gelu-tanh": lambda x: F.gelu(x, approximate="tanh")}[name]
    leaf = e.clone().requires_grad_()
    (plain(leaf) * d).sum().backward()
    found = []
    for threads in (1, 2):
        torch.set_num_threads(threads)
        found.append((ACTIVATIONS[name].apply(e), ACTIVATIONS[name].slope(d, e)))
    assert leaf.grad is not None
    torch.testing.assert_close(found[0][0], plain(e), rtol=1e-6, atol=1e-6)
    torch.testing.assert_close(found[0][1], leaf.grad, rtol=1e-5, atol=1e-6)
    assert all(torch.equal(one, other) for one, other in zip(*found, strict=True))


def test_nothing_and_one_entry() -> None:
    for count in (0, 1):
        x = torch.full((count, 1), 2.0)
        assert torch.equal(in_whole_vectors(lambda e, out: torch.neg(e, out=out), x), -x)
