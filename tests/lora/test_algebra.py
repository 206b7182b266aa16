import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.lora.algebra import (
    LowRank,
    effective_rank,
    energy_rank,
    norm,
    shrink,
    singular_values,
    truncate,
)
from studio.plan.errors import Refusal


def delta(stack=1, rank=3, rows=7, columns=5, *, scale=0.7, seed=0):
    generator = torch.Generator().manual_seed(seed)
    A = torch.randn(stack, rank, columns, generator=generator, dtype=torch.float64)
    return LowRank(A, torch.randn(stack, rows, rank, generator=generator, dtype=torch.float64), scale)


sizes = st.tuples(*[st.integers(1, 3), *[st.integers(1, 9)] * 3], st.sampled_from([0.7, 2.0, -1.3]), st.integers(0, 99))


@settings(max_examples=60, deadline=None)
@given(sizes)
def test_values_and_norm_are_those_of_the_dense_delta(size):
    stack, rank, rows, columns, scale, seed = size
    low = delta(stack, rank, rows, columns, scale=scale, seed=seed)
    values = torch.linalg.svdvals(low.dense())
    found = singular_values(low)
    assert found.shape == (stack, min(rank, rows, columns))
    torch.testing.assert_close(found, values[:, : found.shape[1]], rtol=1e-9, atol=1e-9)
    torch.testing.assert_close(norm(low), low.dense().flatten(1).norm(dim=1))


@settings(max_examples=60, deadline=None)
@given(sizes, st.integers(1, 10))
def test_truncated_is_the_best_of_its_rank(size, rank):
    *shape, scale, seed = size
    low = delta(*shape, scale=scale, seed=seed)
    cut, lost = truncate(low, rank)
    U, S, Vt = torch.linalg.svd(low.dense(), full_matrices=False)
    best = (U[..., :rank] * S[..., None, :rank]) @ Vt[..., :rank, :]
    torch.testing.assert_close(cut.dense(), best, rtol=1e-8, atol=1e-8)
    assert cut.scale == low.scale
    assert cut.A.shape[1] <= rank
    error = (low.dense() - best).norm() / low.dense().norm()
    assert lost == pytest.approx(float(error), abs=1e-8)


def test_shrunk_keeps_the_share_with_the_least_rank():
    U, _ = torch.linalg.qr(torch.randn(9, 4, dtype=torch.float64))
    V, _ = torch.linalg.qr(torch.randn(8, 4, dtype=torch.float64))
    values = torch.tensor([4.0, 2.0, 1.0, 0.5], dtype=torch.float64)  # energies 16, 4, 1, 0.25 of 21.25
    low = LowRank((values[:, None] * V.mT).unsqueeze(0), U.unsqueeze(0), 1.0)
    for share, rank in ((0.75, 1), (0.76, 2), (0.94, 2), (0.95, 3), (1.0, 4)):
        cut, lost = shrink(low, share)
        assert cut.A.shape[1] == rank
        assert 1 - lost**2 >= share - 1e-12


def test_a_stack_keeps_what_its_neediest_matrix_needs():
    assert energy_rank(torch.tensor([[1.0, 0.0, 0.0], [1.0, 1.0, 1.0]]), 0.9) == 3
    assert energy_rank(torch.tensor([[1.0, 0.0, 0.0], [9.0, 1.0, 1.0]]), 0.9) == 1


def test_effective_rank_counts_directions():
    assert effective_rank(torch.tensor([3.0, 3.0, 3.0, 0.0])).item() == pytest.approx(3.0)
    assert effective_rank(torch.tensor([5.0, 0.0])).item() == pytest.approx(1.0)
    # exp of the entropy of (2/3, 1/3), by hand
    assert effective_rank(torch.tensor([2.0, 1.0])).item() == pytest.approx(1.8898815748)


def test_a_delta_of_zero_has_no_directions_and_loses_nothing():
    low = LowRank(torch.randn(2, 3, 5), torch.zeros(2, 7, 3), 2.0)
    assert effective_rank(singular_values(low)).tolist() == [0.0, 0.0]
    assert norm(low).tolist() == [0.0, 0.0]
    cut, lost = shrink(low, 0.9)
    assert (cut.A.shape[1], lost) == (1, 0.0)
    assert not cut.dense().any()


@pytest.mark.parametrize("share", [0.0, -0.1, 1.1, float("nan")])
def test_a_share_without_meaning_is_refused(share):
    with pytest.raises(Refusal, match="the share of energy to keep"):
        shrink(delta(), share)


def test_a_rank_without_meaning_is_refused():
    with pytest.raises(Refusal, match="the rank to keep is 0"):
        truncate(delta(), 0)
