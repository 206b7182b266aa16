"""The whole way of an adapter - inject, train, save, PEFT, merge, unmerge, detach - on one model of each architecture."""

import copy
from collections import Counter

import peft
import pytest
import torch
from torch import nn

from studio.formats.peft.folder import load_adapter, save_adapter
from studio.lora.geometry import why_not
from studio.lora.inject import inject
from studio.lora.spec import AdapterSpec
from studio.lora.walk import walk
from tests.e2e.architectures import ARCHITECTURES

pytestmark = [
    pytest.mark.filterwarnings("ignore:The following (rank|alpha)_pattern keys did not match:RuntimeWarning"),
    pytest.mark.filterwarnings("ignore:Model has `tie_word_embeddings=True`:UserWarning"),
    pytest.mark.filterwarnings("ignore:fan_in_fan_out is set to (True|False) but the target module:UserWarning"),
    pytest.mark.filterwarnings("ignore:.*groups > 1. Merging is not supported:UserWarning"),
]
STEPS = 3


def targets_of(model: nn.Module) -> list[str]:
    """Every module that an adapter fits, but for those that stand in several places."""
    modules = list(walk(model))
    places = Counter(id(module) for _, module in modules)
    return [name for name, module in modules if why_not(module) is None and places[id(module)] == 1]


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_every_architecture_goes_the_whole_way(name, tmp_path):
    architecture = ARCHITECTURES[name]
    torch.manual_seed(0)
    model = architecture.build().eval()
    batch = architecture.batch()
    untouched = copy.deepcopy(model)
    with torch.no_grad():
        base_logits = model(**batch).logits

    # Inject: the step from zero changes no bit.
    names = [target for target in targets_of(model) if target not in architecture.idle]
    specs = {target: AdapterSpec(2 + 2 * (place % 2), 8.0 + place % 3) for place, target in enumerate(names)}
    adapter = inject(model, specs)
    assert set(adapter.kinds.values()) == architecture.kinds
    with torch.no_grad():
        assert torch.equal(model(**batch).logits, base_logits)

    # Train: the loss falls, and every matrix has had a gradient.
    optimizer = torch.optim.AdamW(adapter.parameters(), lr=1e-2)
    losses = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = model(**batch).loss
        loss.backward()
        optimizer.step()
        losses.append(float(loss.detach()))
    assert losses[-1] < losses[0]
    assert not [matrix for matrix, it in adapter.named_parameters() if it.grad is None or not it.grad.any()]
    assert all(parameter.grad is None for _, parameter in adapter.base_weights())

    # Save: PEFT and we read it as what was trained.
    with torch.no_grad():
        logits = model(**batch).logits
    scale = float(logits.abs().max())
    assert (logits - base_logits).abs().max() > 1e-4 * scale
    save_adapter(adapter, tmp_path / "adapter", base_model=None, task_type=architecture.task_type)
    theirs = peft.PeftModel.from_pretrained(copy.deepcopy(untouched), tmp_path / "adapter").eval()
    again = load_adapter(copy.deepcopy(untouched), tmp_path / "adapter").model
    with torch.no_grad():
        torch.testing.assert_close(theirs(**batch).logits, logits, rtol=1e-5, atol=1e-5 * scale)
        assert torch.equal(again(**batch).logits, logits)

    # Merge: the model alone computes the same. Unmerge: every bit is back.
    adapter.merge()
    with torch.no_grad():
        torch.testing.assert_close(model(**batch).logits, logits, rtol=1e-4, atol=1e-5 * scale)
        adapter.unmerge()
        assert torch.equal(model(**batch).logits, logits)

    # Detach: the very model that was there before.
    adapter.detach()
    with torch.no_grad():
        assert torch.equal(model(**batch).logits, base_logits)
    before, after = untouched.state_dict(), model.state_dict()
    assert list(before) == list(after)
    assert all(torch.equal(before[key], after[key]) for key in before)
    assert [type(it) for it in model.modules()] == [type(it) for it in untouched.modules()]
    assert all(parameter.requires_grad for parameter in model.parameters())
