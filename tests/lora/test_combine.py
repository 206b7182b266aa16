import pytest
import torch

from studio.lora.combine import dare, svd_sum, ties, weighted_sum
from studio.plan.errors import Refusal
from tests.lora.test_algebra import delta

THREE = [(delta(2, 3, seed=1), 0.5), (delta(2, 2, scale=1.9, seed=2), -1.5), (delta(2, 4, seed=3), 1.0)]
FULL = 5  # the rank that the smallest side allows, at which nothing is lost


def dense_of(weighted):
    return sum(weight * one.dense() for one, weight in weighted)


def test_the_weighted_sum_is_exact():
    found = weighted_sum(THREE)
    torch.testing.assert_close(found.dense(), dense_of(THREE))
    assert (found.A.shape[1], found.scale) == (9, 1.0)


def test_the_sum_at_a_rank_states_its_error():
    wanted = dense_of(THREE)
    found, lost = svd_sum(THREE, 2)
    assert found.A.shape[1] == 2
    assert lost == pytest.approx(float((found.dense() - wanted).norm() / wanted.norm()))
    assert svd_sum(THREE, FULL)[1] == pytest.approx(0.0, abs=1e-7)


def by_hand(weighted, density):
    """TIES entry by entry (Yadav et al. 2023, algorithm 1), with weighted votes."""
    result = torch.zeros_like(weighted[0][0].dense())
    trimmed = []
    for one, weight in weighted:
        dense = one.dense()
        for matrix in dense:
            keep = max(1, round(density * matrix.numel()))
            matrix[matrix.abs() < matrix.abs().flatten().sort(descending=True).values[keep - 1]] = 0
        trimmed.append((weight * dense, abs(weight)))
    whole = sum(weight for _, weight in trimmed)
    for place in torch.cartesian_prod(*map(torch.arange, result.shape)).tolist():
        values = [(dense[tuple(place)].item(), weight) for dense, weight in trimmed]
        sign = 1 if sum(value for value, _ in values) > 0 else -1
        agreeing = [(value, weight) for value, weight in values if value * sign > 0]
        if agreeing:
            result[tuple(place)] = whole * sum(v for v, _ in agreeing) / sum(w for _, w in agreeing)
    return result


@pytest.mark.parametrize("density", [0.2, 0.5, 1.0])
def test_ties_is_the_papers_algorithm_on_the_deltas(density):
    found, lost = ties(THREE, density, FULL)
    torch.testing.assert_close(found.dense(), by_hand(THREE, density), rtol=1e-7, atol=1e-7)
    assert lost == pytest.approx(0.0, abs=1e-7)


def test_ties_of_one_whole_delta_is_itself():
    found, _ = ties([(THREE[0][0], 1.0)], 1.0, FULL)
    torch.testing.assert_close(found.dense(), THREE[0][0].dense(), rtol=1e-7, atol=1e-7)


def test_dare_drops_at_random_and_is_right_on_average():
    wanted = dense_of(THREE)
    draws = torch.stack([dare(THREE, 0.5, FULL, seed=seed)[0].dense() for seed in range(600)])
    assert float((draws.mean(0) - wanted).norm() / wanted.norm()) < 0.12  # sqrt(3 terms / 600 draws), and some
    assert torch.equal(draws[0], dare(THREE, 0.5, FULL, seed=0)[0].dense())
    torch.testing.assert_close(dare(THREE, 1.0, FULL)[0].dense(), wanted)


def test_what_cannot_be_combined_is_refused():
    with pytest.raises(Refusal, match="no adapters to combine"):
        weighted_sum([])
    with pytest.raises(Refusal, match="weights of different sizes"):
        weighted_sum([(delta(2), 1.0), (delta(1), 1.0)])
    with pytest.raises(Refusal, match="the density is 0"):
        ties(THREE, 0.0, 2)
    with pytest.raises(Refusal, match=r"the density is 1\.5"):
        dare(THREE, 1.5, 2)
