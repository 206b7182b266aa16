import math

import pytest

from studio.lora.spec import AdapterSpec, check_spec
from studio.plan.errors import Refusal


def test_scale_is_alpha_over_rank_or_its_root():
    assert AdapterSpec(rank=8, alpha=32).scale == 4
    assert AdapterSpec(rank=16, alpha=32, variant="rslora").scale == 8


@pytest.mark.parametrize(
    ("spec", "code"),
    [
        (AdapterSpec(rank=0, alpha=1), "rank-invalid"),
        (AdapterSpec(rank=-3, alpha=1), "rank-invalid"),
        (AdapterSpec(rank=2.0, alpha=1), "rank-invalid"),
        (AdapterSpec(rank=True, alpha=1), "rank-invalid"),
        (AdapterSpec(rank="4", alpha=1), "rank-invalid"),
        (AdapterSpec(rank=4, alpha=0), "alpha-invalid"),
        (AdapterSpec(rank=4, alpha=-1), "alpha-invalid"),
        (AdapterSpec(rank=4, alpha=math.nan), "alpha-invalid"),
        (AdapterSpec(rank=4, alpha=None), "alpha-invalid"),
        (AdapterSpec(rank=4, alpha=1, dropout=1.0), "dropout-invalid"),
        (AdapterSpec(rank=4, alpha=1, dropout=-0.1), "dropout-invalid"),
        (AdapterSpec(rank=4, alpha=1, variant="other"), "variant-unknown"),
    ],
)
def test_a_spec_without_meaning_is_refused_by_its_targets_name(spec, code):
    with pytest.raises(Refusal, match=r"layers\.0\.q_proj") as refused:
        check_spec("layers.0.q_proj", spec)
    assert refused.value.code == code


def test_a_rank_above_the_matrix_is_the_callers_to_warn_of():
    check_spec("a", AdapterSpec(rank=10_000, alpha=1))
