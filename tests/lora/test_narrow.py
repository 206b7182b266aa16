import pytest
import torch

from studio.lora.fused import adapted_linear
from studio.lora.narrow import LEAST_ROWS, factors, like


@pytest.mark.parametrize("rank", [1, 7, 8, 20])
def test_padding_changes_no_product(rank: int) -> None:
    torch.manual_seed(0)
    A, B, x = torch.randn(rank, 12), torch.randn(10, rank), torch.randn(9, 12)
    wide, Bt = factors(A, B, torch.float32)
    assert wide.shape == (max(rank, LEAST_ROWS), 12)
    assert Bt.is_contiguous()
    torch.testing.assert_close(x @ wide.t() @ Bt, x @ A.t() @ B.t())
    assert torch.equal(like(wide, A), A)
    assert torch.equal(like(Bt.t(), B), B)


@pytest.mark.parametrize("rank", [1, 3, 4, 8, 16])
@pytest.mark.parametrize("tokens", [8, 50, 400])
def test_the_number_of_threads_changes_no_bit(rank: int, tokens: int) -> None:
    torch.manual_seed(0)
    x, W = torch.randn(tokens, 384).requires_grad_(), torch.randn(1024, 384)
    A, B = torch.randn(rank, 384).requires_grad_(), torch.randn(1024, rank).requires_grad_()
    dY = torch.randn(tokens, 1024)
    before, found = torch.get_num_threads(), []
    try:
        for threads in (1, 2):
            torch.set_num_threads(threads)
            y = adapted_linear(x, W, None, A, B, 2.0, 0.0)
            found.append((y, *torch.autograd.grad(y, (x, A, B), dY)))
    finally:
        torch.set_num_threads(before)
    assert all(torch.equal(one, two) for one, two in zip(*found, strict=True))
