import pytest
import torch
from torch.nn import functional as F

from studio.lora.dropout import draw_seed, drop
from studio.lora.fused import adapted_linear
from studio.lora.narrow import LEAST_ROWS

N, IN, OUT, RANK, S = 7, 10, 6, 3, 1.7


def operands(dtype, *, leading=(N,), bias=True, x_grad=True, masters=None):
    torch.manual_seed(0)
    x = torch.randn(*leading, IN, dtype=dtype, requires_grad=x_grad)
    W = torch.randn(OUT, IN, dtype=dtype)
    b = torch.randn(OUT, dtype=dtype) if bias else None
    A = torch.randn(RANK, IN, dtype=masters or dtype, requires_grad=True)
    B = torch.randn(OUT, RANK, dtype=masters or dtype, requires_grad=True)
    return x, W, b, A, B


def dense(x, W, b, A, B):
    return F.linear(x, W + S * (B @ A), b)


def gradients(function, x, W, b, A, B):
    y = function(x, W, b, A, B)
    torch.manual_seed(1)
    wanted = [tensor for tensor in (x, A, B) if tensor.requires_grad]
    return y, torch.autograd.grad(y, wanted, torch.randn_like(y))


def fused(*operands):
    return adapted_linear(*operands, S, 0.0)


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("leading", [(), (N,), (2, N), (2, 3, N), (0,)])
def test_equals_dense_algebra_for_any_leading_dimensions(leading, bias):
    tensors = operands(torch.float32, leading=leading, bias=bias)
    y, got = gradients(fused, *tensors)
    expected_y, expected = gradients(dense, *tensors)
    torch.testing.assert_close(y, expected_y, rtol=1e-5, atol=1e-5)
    for one, other in zip(got, expected, strict=True):
        torch.testing.assert_close(one, other, rtol=1e-5, atol=1e-5)


def test_inputs_and_gradients_that_are_not_contiguous_are_right():
    x, W, b, A, B = operands(torch.float32, leading=(4, N))
    gradients_of = []
    for function in (fused, dense):
        y = function(x.transpose(0, 1), W, b, A, B).transpose(0, 1)
        torch.manual_seed(1)
        gradients_of.append(torch.autograd.grad(y, (x, A, B), torch.randn(y.shape)))
    for one, other in zip(*gradients_of, strict=True):
        torch.testing.assert_close(one, other, rtol=1e-5, atol=1e-5)


def test_gradcheck_in_float64():
    x, W, b, A, B = operands(torch.float64, leading=(2, 3))
    assert torch.autograd.gradcheck(lambda x, A, B: adapted_linear(x, W, b, A, B, S, 0.0), (x, A, B))


def test_bfloat16_keeps_its_dtype_and_gives_the_masters_float32_gradients():
    tensors = operands(torch.bfloat16, leading=(2, N), masters=torch.float32)
    y, (dX, dA, dB) = gradients(fused, *tensors)
    assert (y.dtype, dX.dtype, dA.dtype, dB.dtype) == (torch.bfloat16, torch.bfloat16, torch.float32, torch.float32)
    wide = [tensor.detach().float().requires_grad_(tensor.requires_grad) for tensor in tensors]
    expected_y = dense(*wide)
    torch.manual_seed(1)
    expected = torch.autograd.grad(expected_y, [wide[0], wide[3], wide[4]], torch.randn_like(y).float())
    for got, reference in zip((y, dX, dA, dB), (expected_y, *expected), strict=True):
        error = (got.float() - reference).norm() / reference.norm()
        assert error < 2**-7  # bfloat16 keeps 8 bits


def test_an_input_without_gradient_gets_none():
    x, W, b, A, B = operands(torch.float32, x_grad=False)
    with torch.profiler.profile() as profile:
        adapted_linear(x, W, b, A, B, S, 0.0).sum().backward()
    products = [event.name for event in profile.events() if event.name == "aten::mm"]
    assert x.grad is None
    # dY B, dA, dB and, in the forward pass, x Wᵀ is an addmm for its bias and x Aᵀ a mm: no fifth for dY W.
    assert len(products) == 4


def test_saves_the_input_once_and_its_narrow_product_and_no_more():
    x, W, b, A, B = operands(torch.float32, leading=(2, 50))
    saved = []
    with torch.autograd.graph.saved_tensors_hooks(lambda tensor: saved.append(tensor) or tensor, lambda tensor: tensor):
        adapted_linear(x, W, b, A, B, S, 0.0)
    of_batch_length = sorted(tensor.numel() for tensor in saved if tensor.numel() > W.numel())
    assert of_batch_length == sorted([100 * LEAST_ROWS, 100 * IN])
    assert {tensor.data_ptr() for tensor in saved} >= {x.data_ptr(), A.data_ptr(), B.data_ptr()}
    assert len(saved) == 4


def test_a_second_derivative_is_an_error_not_a_wrong_number():
    x, W, b, A, B = operands(torch.float64)
    (dA,) = torch.autograd.grad(adapted_linear(x, W, b, A, B, S, 0.0).square().sum(), A, create_graph=True)
    with pytest.raises(RuntimeError, match="once_differentiable"):
        dA.sum().backward()


def test_a_frozen_a_saves_no_input():
    x, W, b, A, B = operands(torch.float32, leading=(2, 50))
    A.requires_grad_(False)
    saved = []
    with torch.autograd.graph.saved_tensors_hooks(lambda tensor: saved.append(tensor) or tensor, lambda tensor: tensor):
        y = adapted_linear(x, W, b, A, B, S, 0.0)
    assert [tensor.numel() for tensor in saved if tensor.numel() > W.numel()] == [100 * LEAST_ROWS]
    dX, dB = torch.autograd.grad(y.sum(), (x, B))
    expected = torch.autograd.grad(dense(x, W, b, A, B).sum(), (x, B))
    torch.testing.assert_close((dX, dB), expected, rtol=1e-5, atol=1e-5)


def test_dropout_is_that_of_its_mask_in_both_directions():
    x, W, b, A, B = operands(torch.float64, leading=(2, 3))

    def dropped(x, A, B):
        torch.manual_seed(9)  # the same seed, so the same mask, at every call
        return adapted_linear(x, W, b, A, B, S, 0.4)

    assert torch.autograd.gradcheck(dropped, (x, A, B))
    torch.manual_seed(9)
    mask = drop(torch.ones(6, IN, dtype=torch.float64), 0.4, draw_seed()).view(2, 3, IN)
    assert set(mask.unique().tolist()) == {0.0, 1 / 0.6}
    torch.testing.assert_close(dropped(x, A, B), F.linear(x, W, b) + S * F.linear(F.linear(x * mask, A), B))


def test_dropout_stores_no_mask():
    x, W, b, A, B = operands(torch.float32, leading=(2, 50))
    saved = []
    with torch.autograd.graph.saved_tensors_hooks(lambda tensor: saved.append(tensor) or tensor, lambda tensor: tensor):
        adapted_linear(x, W, b, A, B, S, 0.4)
    assert sorted(tensor.numel() for tensor in saved if tensor.numel() > W.numel()) == sorted(
        [100 * LEAST_ROWS, 100 * IN]
    )
