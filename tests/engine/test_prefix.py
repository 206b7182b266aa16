from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from transformers import LlamaConfig, LlamaForCausalLM
from transformers.modeling_layers import GradientCheckpointingLayer

from studio.data.batches import Batch
from studio.engine.loss import PlainLoss
from studio.engine.prefix import Prefix, proven
from studio.engine.setup import Setup
from studio.lora.inject import inject
from studio.lora.spec import AdapterSpec
from tests.engine.conftest import write_llama

SetupOf = Callable[..., Setup]
TOP = {"targets": ["model.layers.3.*"]}


@pytest.fixture
def deep(tmp_path: Path) -> str:
    return str(write_llama(tmp_path / "deep", num_hidden_layers=4))


def test_no_graph_is_kept_below_the_lowest_target(setup_of: SetupOf, deep: str) -> None:
    setup = setup_of(model=deep, lora=TOP)
    graphs: dict[str, bool] = {}
    for name, module in setup.model.named_modules():
        if isinstance(module, GradientCheckpointingLayer):
            module.register_forward_hook(lambda _, __, out, name=name: graphs.update({name: out.requires_grad}))
    saved: list[int] = []
    with torch.autograd.graph.saved_tensors_hooks(
        lambda tensor: saved.append(tensor.numel()) or tensor, lambda tensor: tensor
    ):
        loss = setup.loss(setup.batch(0))
    assert graphs == {f"model.layers.{number}": number > 2 for number in range(4)}
    assert loss.requires_grad
    whole = setup_of(model=deep)
    of_whole: list[int] = []
    with torch.autograd.graph.saved_tensors_hooks(
        lambda tensor: of_whole.append(tensor.numel()) or tensor, lambda tensor: tensor
    ):
        whole.loss(whole.batch(0))
    assert sum(saved) < 0.5 * sum(of_whole)


def test_a_prefix_answers_as_its_blocks_do_and_what_it_is_given(setup_of: SetupOf, deep: str) -> None:
    setup = setup_of(model=deep, lora=TOP)
    batch, prefix = setup.batch(0), Prefix(setup.model, 3)
    plain = setup.loss(batch).item()
    prefix.install()
    assert setup.loss(batch).item() == plain
    noted = prefix.taken()
    assert torch.equal(prefix.answer(lambda: setup.loss(batch)), noted)
    with prefix.giving(noted):
        assert setup.loss(batch).item() == plain
    with prefix.giving(torch.zeros_like(noted)):
        assert setup.loss(batch).item() != plain
    prefix.remove()
    assert setup.loss(batch).item() == plain
    assert prefix.noted is None


def test_whoever_answered_for_a_block_does_so_again(setup_of: SetupOf, deep: str) -> None:
    setup = setup_of(model=deep, lora=TOP)
    blocks = [module for module in setup.model.modules() if isinstance(module, GradientCheckpointingLayer)]
    before = [vars(block)["forward"] for block in blocks]  # as whole layers
    prefix = Prefix(setup.model, 3)
    prefix.install()
    assert vars(blocks[0])["forward"] is not before[0]
    prefix.remove()
    assert [vars(block)["forward"] for block in blocks] == before
    del blocks[0].forward
    prefix.install()
    prefix.remove()
    assert "forward" not in vars(blocks[0])


def test_a_model_is_believed_only_where_it_gives_the_same(setup_of: SetupOf, deep: str) -> None:
    setup = setup_of(model=deep, lora=TOP)
    model, targets, sample = setup.model, list(setup.adapter.specs), setup.batch(0)
    assert proven(model, 3, targets, setup.loss, sample)
    assert not proven(model, 4, targets, setup.loss, sample)
    seen: dict[str, Any] = {}
    model.model.layers[0].register_forward_hook(lambda _, args, __: seen.update(first=args[0]))
    model.model.layers[1].register_forward_hook(lambda _, __, out: seen.update(second=out))
    model.model.layers[3].register_forward_hook(lambda _, __, out: out + 0.1 * seen["second"] * seen["first"])
    assert not proven(model, 3, targets, setup.loss, sample)


def test_blocks_that_take_their_states_by_name_are_left_alone() -> None:
    torch.manual_seed(0)
    model = LlamaForCausalLM(
        LlamaConfig(
            vocab_size=64,
            hidden_size=16,
            intermediate_size=16,
            num_hidden_layers=2,
            num_attention_heads=2,
            pad_token_id=0,
        )
    )
    model.requires_grad_(False)
    inject(model, {"model.layers.1.mlp.up_proj": AdapterSpec(2, 4.0)}, seed=0)
    model.model.layers[0] = ByName(model.model.layers[0])
    ids = torch.randint(3, 64, (2, 8))
    sample = Batch(ids, ids, torch.tensor([8, 8]))
    assert not proven(model, 1, ["model.layers.1.mlp.up_proj"], PlainLoss(model), sample)


class ByName(torch.nn.Module):
    """Passes a block its states by name."""

    def __init__(self, block: torch.nn.Module) -> None:
        super().__init__()
        self.block = block

    def forward(self, hidden: torch.Tensor, **more: Any) -> Any:
        return self.block(hidden_states=hidden, **more)
