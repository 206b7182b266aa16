import math

import pytest
import torch
from torch import Tensor

from studio.engine.receipt import TOLERANCES, compare, logits_of, probe, receipt_of


def logits(seed: int, *, rows: int = 5, scale: float = 3.0) -> Tensor:
    return torch.randn(rows, 11, generator=torch.Generator().manual_seed(seed)) * scale


def test_the_probe_is_always_the_same() -> None:
    one, two = probe(50, None, []), probe(50, None, [])
    assert [batch.shape for batch in one] == [(4, 32)]
    assert torch.equal(one[0], two[0])
    assert int(one[0].max()) < 50


def test_the_probe_stays_inside_the_models_positions() -> None:
    batches = probe(50, 8, [list(range(20)), []])
    assert [batch.shape for batch in batches] == [(4, 8), (1, 8)]


def test_figures_against_their_definitions() -> None:
    base, adapted, written = [logits(0), logits(1)], [logits(2), logits(3)], [logits(4), logits(5)]
    found = compare(base, adapted, written)
    b, a, w = (torch.cat(part).double() for part in (base, adapted, written))
    assert found.largest_difference == pytest.approx(float((w - a).abs().max()))
    assert found.largest_difference_relative == pytest.approx(float((w - a).abs().max() / a.abs().max()))
    assert found.moved == pytest.approx(float((a - b).abs().max() / b.abs().max()))
    p, q = a.softmax(-1), w.softmax(-1)
    assert found.mean_kl == pytest.approx(float((p * (p / q).log()).sum(-1).mean()), rel=1e-5)
    assert found.top1_agreement == pytest.approx(float((a.argmax(-1) == w.argmax(-1)).double().mean()))
    assert found.positions == 10


def test_equal_logits_agree_exactly() -> None:
    found = compare([logits(0)], [logits(1)], [logits(1)])
    assert (found.largest_difference, found.mean_kl, found.top1_agreement) == (0, 0, 1)
    assert found.within(0)


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_logits_that_are_not_numbers_never_agree(bad: float) -> None:
    written = logits(1)
    written[0, 0] = bad
    found = compare([logits(0), logits(0)], [logits(1), logits(1)], [logits(1), written])
    assert not found.within(1.0)


@pytest.mark.parametrize("dtype", TOLERANCES)
def test_the_receipt_says_by_which_tolerance(dtype: torch.dtype) -> None:
    adapted = logits(1)
    inside = compare([logits(0)], [adapted], [adapted * (1 + 0.9 * TOLERANCES[dtype])])
    outside = compare([logits(0)], [adapted], [adapted * (1 + 1.1 * TOLERANCES[dtype])])
    assert receipt_of(inside, dtype=dtype, path="here")["agrees"] is True
    receipt = receipt_of(outside, dtype=dtype, path="here")
    assert (receipt["agrees"], receipt["path"]) == (False, "here")
    assert receipt["tolerance"] == TOLERANCES[dtype]
    assert receipt["dtype"] == str(dtype)[6:]


def test_logits_come_flat_and_in_float32() -> None:
    class Echo(torch.nn.Module):
        def forward(self, input_ids: Tensor) -> object:
            return type("Output", (), {"logits": input_ids[..., None].expand(-1, -1, 3).to(torch.bfloat16)})

    (found,) = logits_of(Echo(), [torch.tensor([[1, 2], [3, 4]])])
    assert (found.shape, found.dtype) == ((4, 3), torch.float32)
    assert found[:, 0].tolist() == [1, 2, 3, 4]
