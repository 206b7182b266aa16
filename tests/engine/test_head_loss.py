import pytest
import torch
from torch import nn

from studio.engine.head_loss import CHUNK_ROWS, head_loss, space_for
from studio.lora.narrow import LEAST_ROWS


def case(count: int, dtype: torch.dtype = torch.float32) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    torch.manual_seed(0)
    rows = torch.randn(count, 6, dtype=dtype).requires_grad_()
    return rows, torch.randn(11, 6, dtype=dtype), torch.randint(0, 11, (count,))


@pytest.mark.parametrize(
    "count", [1, LEAST_ROWS - 1, LEAST_ROWS, LEAST_ROWS + 1, CHUNK_ROWS, CHUNK_ROWS + 1, 2 * CHUNK_ROWS + 7]
)
@pytest.mark.parametrize("bias", [None, torch.linspace(-1, 1, 11)])
@pytest.mark.parametrize("given_space", [True, False])
def test_agrees_with_torch(count: int, bias: torch.Tensor | None, given_space: bool) -> None:
    rows, weight, targets = case(count)
    expected = nn.functional.cross_entropy(nn.functional.linear(rows, weight, bias), targets, reduction="sum")
    (wanted,) = torch.autograd.grad(expected, rows)
    space = space_for(rows, weight, None) if given_space else None
    for _ in range(2):  # the second time in space that holds the first one's logits
        found = head_loss(rows, weight, bias, targets, space)
        (gradient,) = torch.autograd.grad(found * 3, rows)
        torch.testing.assert_close(found, expected, rtol=1e-5, atol=0)
        torch.testing.assert_close(gradient, wanted * 3, rtol=1e-4, atol=1e-5)


def test_bfloat16_sums_up_in_float32() -> None:
    rows, weight, targets = case(300, torch.bfloat16)
    expected = nn.functional.cross_entropy(nn.functional.linear(rows, weight).float(), targets, reduction="sum")
    found = head_loss(rows, weight, None, targets, space_for(rows, weight, None))
    assert found.dtype == torch.float32
    torch.testing.assert_close(found, expected, rtol=1e-5, atol=0)


def test_space_is_kept_while_it_is_large_enough() -> None:
    rows, weight, _ = case(40)
    space = space_for(rows, weight, None)
    assert space is not None
    assert space.shape == (40, 11)
    assert space_for(rows[:3], weight, space) is space
    larger = space_for(case(1000)[0], weight, space)
    assert larger is not None
    assert len(larger) == CHUNK_ROWS


@pytest.mark.parametrize("count", [1, 5, CHUNK_ROWS + 1])
def test_the_number_of_threads_changes_no_bit(count: int) -> None:
    torch.manual_seed(0)
    rows, weight = torch.randn(count, 64).requires_grad_(), torch.randn(3000, 64)
    targets = torch.randint(0, 3000, (count,))
    before, found = torch.get_num_threads(), []
    try:
        for threads in (1, 2):
            torch.set_num_threads(threads)
            loss = head_loss(rows, weight, None, targets, None)
            found.append((loss, *torch.autograd.grad(loss, rows)))
    finally:
        torch.set_num_threads(before)
    assert all(torch.equal(one, two) for one, two in zip(*found, strict=True))
