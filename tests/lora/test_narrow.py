"""Narrow products: filled up with zeros, and the same to the last bit whatever the number of threads."""

from collections.abc import Callable, Sequence

import pytest
import torch
from torch import Tensor

from studio.lora.fused import adapted_linear
from studio.lora.narrow import enough_rows, factors, like


@pytest.mark.parametrize("rank", [1, 7, 8, 9, 20])
def test_padding_changes_no_product(rank: int) -> None:
    torch.manual_seed(0)
    A, B, x = torch.randn(rank, 12), torch.randn(10, rank), torch.randn(9, 12)
    wide, Bt = factors(A, B, torch.float32)
    assert wide.shape == (enough_rows(rank), 12)
    assert Bt.is_contiguous()
    assert not wide[rank:].any()
    assert not Bt[rank:].any()
    torch.testing.assert_close(x @ wide.t() @ Bt, x @ A.t() @ B.t())
    assert torch.equal(like(wide, A), A)
    assert torch.equal(like(Bt.t(), B), B)


@pytest.mark.parametrize("rank", [1, 3, 4, 8, 9, 11, 13, 16])
@pytest.mark.parametrize("tokens", [8, 50, 400])
def test_the_number_of_threads_changes_no_bit(rank: int, tokens: int) -> None:
    torch.manual_seed(0)
    x, W = torch.randn(tokens, 384).requires_grad_(), torch.randn(1024, 384)
    A, B = torch.randn(rank, 384).requires_grad_(), torch.randn(1024, rank).requires_grad_()
    dY = torch.randn(tokens, 1024)

    def both_ways() -> Sequence[Tensor]:
        y = adapted_linear(x, W, None, A, B, 2.0, 0.0)
        return (y, *torch.autograd.grad(y, (x, A, B), dY))

    assert all(torch.equal(one, two) for one, two in zip(*with_one_and_two_threads(both_ways), strict=True))


@pytest.mark.parametrize("rows", range(1, 20))
def test_products_with_enough_rows_are_the_same_with_one_thread_and_two(rows: int) -> None:
    torch.manual_seed(0)
    enough = enough_rows(rows)
    assert rows <= enough <= max(rows, 12)
    pairs = [
        (torch.randn(inner, enough), torch.randn(inner, columns))
        for inner, columns in ((30, 32), (100, 384), (305, 64), (48, 172))
    ]
    one, two = with_one_and_two_threads(lambda: [wide.t() @ tall for wide, tall in pairs])
    assert all(torch.equal(mine, other) for mine, other in zip(one, two, strict=True))


def with_one_and_two_threads(work: Callable[[], Sequence[Tensor]]) -> list[Sequence[Tensor]]:
    before, found = torch.get_num_threads(), []
    try:
        for number in (1, 2):
            torch.set_num_threads(number)
            found.append(work())
    finally:
        torch.set_num_threads(before)
    return found
