import pytest
from torch import nn
from transformers.pytorch_utils import Conv1D

from studio.lora.kinds import adaptable_shape, kind_of


def test_known_kinds_have_their_shape_as_out_by_in():
    assert (kind_of(nn.Linear(3, 5)), adaptable_shape(nn.Linear(3, 5))) == ("linear", (5, 3))
    assert (kind_of(Conv1D(5, 3)), adaptable_shape(Conv1D(5, 3))) == ("conv1d", (5, 3))


@pytest.mark.parametrize(
    "module", [nn.Embedding(3, 5), nn.Conv1d(3, 5, 1), nn.LayerNorm(3), nn.MultiheadAttention(4, 2).out_proj]
)
def test_other_modules_have_no_kind(module):
    # out_proj is a subclass of Linear whose forward is never called: MultiheadAttention reads its weight.
    assert kind_of(module) is None
    assert adaptable_shape(module) is None
