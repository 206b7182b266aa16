import pytest
import torch
from torch import nn
from torch.utils.checkpoint import checkpoint

from studio.lora.inject import inject
from studio.lora.layers import LoraLayer
from studio.lora.measures import base_norms, effective_ranks, gradient_norms, norms, spectra
from studio.lora.merge import Rounding
from studio.lora.spec import AdapterSpec
from studio.plan.errors import Refusal

SPEC = AdapterSpec(rank=4, alpha=8)
LLAMA_TARGETS = [
    "model.layers.0.self_attn.q_proj", "model.layers.1.self_attn.q_proj", "model.layers.1.mlp.down_proj", "lm_head"
]  # fmt: skip
GPT2_TARGETS = ["transformer.h.0.attn.c_attn", "transformer.h.1.mlp.c_proj"]
BOTH = pytest.mark.parametrize(("kind", "targets"), [("llama", LLAMA_TARGETS), ("gpt2", GPT2_TARGETS)])


@BOTH
def test_inject_changes_no_bit_of_the_logits(make_model, ids, kind, targets):
    model = make_model(kind)
    before = model(ids).logits
    inject(model, dict.fromkeys(targets, SPEC))
    assert torch.equal(model(ids).logits, before)


def test_only_the_adapter_is_trainable_and_counts_r_times_in_plus_out(llama):
    adapter = inject(llama, dict.fromkeys(LLAMA_TARGETS, SPEC))
    trainable = [parameter for parameter in llama.parameters() if parameter.requires_grad]
    assert {id(one) for one in trainable} == {id(one) for one in adapter.parameters()}
    assert all(one.dtype == torch.float32 for one in trainable)
    assert sum(one.numel() for one in trainable) == 4 * ((16 + 16) + (16 + 16) + (24 + 16) + (16 + 61))


def test_nothing_below_the_lowest_target_enters_the_graph(make_model, ids):
    model = make_model("llama", layers=3)
    inject(model, {"model.layers.1.self_attn.v_proj": SPEC})
    seen = {}
    for index, layer in enumerate(model.model.layers):
        layer.register_forward_hook(lambda module, args, out, index=index: seen.update({index: out.requires_grad}))
    model(ids)
    assert seen == {0: False, 1: True, 2: True}


@pytest.mark.parametrize("dropout", [0.0, 0.3])
@pytest.mark.parametrize("kind", ["linear", "conv1d"])
def test_activation_checkpointing_gives_the_same_gradients(make_base, trained, kind, dropout):
    gradients = []
    for run in (lambda model, x: model(x), lambda model, x: checkpoint(model, x, use_reentrant=False)):
        model = make_base(kind).train()
        adapter = trained(inject(model, {"0": AdapterSpec(4, 8, dropout)}))
        torch.manual_seed(4)
        run(model, torch.randn(3, 10, requires_grad=True)).square().sum().backward()
        gradients.append([parameter.grad for parameter in adapter.parameters()])
    for one, other in zip(*gradients, strict=True):
        assert torch.equal(one, other)


def test_training_moves_the_loss_and_every_matrix(llama, ids):
    adapter = inject(llama.train(), dict.fromkeys(LLAMA_TARGETS, SPEC), seed=3)
    before = {name: matrix.clone() for name, matrix in adapter.state().items()}
    optimizer = torch.optim.AdamW(adapter.parameters(), lr=1e-2)
    losses = []
    for _ in range(4):
        loss = llama(ids, labels=ids).loss
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
    assert losses[-1] < losses[0]
    assert all(not torch.equal(matrix, before[name]) for name, matrix in adapter.state().items())


def test_the_start_depends_on_seed_and_name_and_not_on_order_or_the_global_generator(make_model):
    states = []
    for order, torch_seed, seed in ((1, 0, 7), (-1, 99, 7), (1, 0, 8)):
        torch.manual_seed(torch_seed)
        before = torch.get_rng_state()
        adapter = inject(make_model("llama"), dict.fromkeys(LLAMA_TARGETS[::order], SPEC), seed=seed)
        states.append(adapter.state())
        torch.manual_seed(torch_seed)
        assert torch.equal(torch.get_rng_state(), before)
    first, reordered, reseeded = states
    assert all(torch.equal(matrix, reordered[name]) for name, matrix in first.items())
    assert not torch.equal(first["lm_head.A"], reseeded["lm_head.A"])
    assert not torch.equal(first[f"{LLAMA_TARGETS[0]}.A"], first[f"{LLAMA_TARGETS[1]}.A"])


def test_a_starts_as_torch_starts_a_linear_and_b_at_zero(make_base):
    state = inject(make_base("linear"), {"0": AdapterSpec(rank=2000, alpha=1)}).state()
    bound = 10**-0.5  # kaiming_uniform(a = sqrt 5) over 10 inputs: U(-1/sqrt(10), 1/sqrt(10))
    assert state["0.A"].abs().max() <= bound
    assert state["0.A"].std() == pytest.approx(bound / 3**0.5, rel=0.02)
    assert not state["0.B"].any()


def test_state_goes_over_to_another_adapter_and_is_strict_both_ways(make_model, trained):
    adapter = trained(inject(make_model("llama"), dict.fromkeys(LLAMA_TARGETS, SPEC)))
    other = inject(make_model("llama"), dict.fromkeys(LLAMA_TARGETS, SPEC))
    other.load_state(adapter.state())
    assert all(torch.equal(matrix, adapter.state()[name]) for name, matrix in other.state().items())
    kept = {name: matrix.clone() for name, matrix in other.state().items()}
    good = {name: matrix + 1 for name, matrix in kept.items()}
    lacking = {name: matrix for name, matrix in good.items() if name != "lm_head.B"}
    for bad, named in (
        (lacking, "lacks lm_head.B"),
        (good | {"extra.A": torch.zeros(1)}, "unknown matrix extra.A"),
        (good | {"lm_head.B": torch.zeros(61, 5)}, "lm_head.B is 61 x 5 in the state and 61 x 4"),
    ):
        with pytest.raises(Refusal, match=named):
            other.load_state(bad)
        assert all(torch.equal(matrix, kept[name]) for name, matrix in other.state().items())


@BOTH
def test_disabled_is_the_base_bit_for_bit(make_model, trained, ids, kind, targets):
    model = make_model(kind)
    base = model(ids).logits
    adapter = trained(inject(model, dict.fromkeys(targets, SPEC)))
    adapted = model(ids).logits
    assert not torch.allclose(adapted, base)
    with adapter.disabled():
        assert torch.equal(model(ids).logits, base)
        assert not any(isinstance(module, LoraLayer) for module in model.modules())
    assert torch.equal(model(ids).logits, adapted)
    adapter.disable()
    with adapter.disabled():
        pass
    assert torch.equal(model(ids).logits, base)


def test_disabled_ends_with_the_block_even_by_an_error(llama):
    adapter = inject(llama, {"lm_head": SPEC})
    with pytest.raises(KeyError), adapter.disabled():
        raise KeyError
    assert isinstance(llama.lm_head, LoraLayer)


def test_a_layer_hears_of_train_and_eval_while_it_is_out_of_place(llama):
    adapter = inject(llama.eval(), {"lm_head": AdapterSpec(rank=4, alpha=8, dropout=0.5)})
    with adapter.disabled():
        llama.train()
    assert llama.lm_head.training
    assert adapter.parts["lm_head"].training


@BOTH
def test_detach_gives_back_the_very_modules(make_model, trained, ids, kind, targets):
    model = make_model(kind)
    model.get_parameter(f"{targets[0]}.weight").requires_grad_(False)
    modules = dict(model.named_modules())
    trainable = {name: parameter.requires_grad for name, parameter in model.named_parameters()}
    weights = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    adapter = trained(inject(model, dict.fromkeys(targets, SPEC)))
    adapter.merge()
    assert adapter.detach() is model
    assert list(modules.items()) == list(model.named_modules())
    assert trainable == {name: parameter.requires_grad for name, parameter in model.named_parameters()}
    assert all(torch.equal(tensor, weights[name]) for name, tensor in model.state_dict().items())


@BOTH
@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_merged_is_the_adapted_within_rounding_and_unmerged_is_bit_exact(
    make_model, trained, ids, kind, targets, dtype
):
    model = make_model(kind).to(dtype)
    keys = list(model.state_dict())
    weights = {name: model.get_parameter(f"{name}.weight") for name in targets}
    before = {name: weight.detach().clone() for name, weight in weights.items()}
    adapter = trained(inject(model, dict.fromkeys(targets, SPEC)))
    adapted = model(ids).logits
    adapter.merge()
    assert adapter.merged
    assert list(model.state_dict()) == keys  # a merged model saves as the plain model it is
    if dtype == torch.float32:
        torch.testing.assert_close(model(ids).logits, adapted, rtol=1e-5, atol=1e-5)
    else:
        assert (model(ids).logits - adapted).norm() / adapted.norm() < 0.05
    adapter.unmerge()
    assert torch.equal(model(ids).logits, adapted)
    adapter.disable()
    for name, weight in weights.items():
        assert model.get_parameter(f"{name}.weight") is weight
        assert torch.equal(weight, before[name])


def test_a_merge_to_another_dtype_can_be_kept_for_export(make_model, trained, ids):
    adapted = make_model("llama", layers=2).to(torch.bfloat16)
    adapter = trained(inject(adapted, dict.fromkeys(LLAMA_TARGETS, SPEC)))
    assert list(adapter.merging(Rounding(), torch.float32, keep=False)) == LLAMA_TARGETS
    assert not adapter.merged
    with pytest.raises(RuntimeError, match="merged for good"):
        adapter.enable()
    merged = adapter.detach().to(torch.float32)
    reference = make_model("llama", layers=2).to(torch.bfloat16).to(torch.float32)
    other = inject(reference, dict.fromkeys(LLAMA_TARGETS, SPEC))
    other.load_state(adapter.state())
    torch.testing.assert_close(merged(ids).logits, reference(ids).logits, rtol=1e-5, atol=1e-5)


def test_a_merge_that_is_refused_changes_nothing(llama, trained):
    adapter = trained(inject(llama, {"lm_head": SPEC, "model.layers.3.mlp.up_proj": AdapterSpec(rank=4, alpha=1e7)}))
    before = llama.lm_head.base.weight.clone()
    with pytest.raises(Refusal, match=r"model\.layers\.3\.mlp\.up_proj is not finite"):
        adapter.merge(torch.float16)
    assert not adapter.merged
    assert torch.equal(llama.lm_head.base.weight, before)


def test_merging_and_switching_in_the_wrong_order_is_an_error(llama):
    adapter = inject(llama, {"lm_head": SPEC})
    with pytest.raises(RuntimeError, match="not merged"):
        adapter.unmerge()
    adapter.merge()
    for verb in (adapter.merge, adapter.enable, adapter.disable):
        with pytest.raises(RuntimeError, match="unmerge it first"):
            verb()


def test_norms_are_those_of_the_dense_delta(llama, trained):
    specs = {name: AdapterSpec(rank=rank, alpha=5) for rank, name in enumerate(LLAMA_TARGETS, start=1)}
    adapter = trained(inject(llama, specs))
    for name, pair in adapter.pairs():
        dense = (pair.scale * (pair.B.double() @ pair.A.double())).detach()
        values = torch.linalg.svdvals(dense)[: pair.spec.rank]
        assert norms(adapter)[name] == pytest.approx(dense.norm().item(), rel=1e-5)
        weight = llama.get_submodule(name).weight.double()
        assert base_norms(adapter)[name] == pytest.approx(weight.norm().item(), rel=1e-5)
        assert spectra(adapter)[name] == pytest.approx(values.tolist(), rel=1e-5)
        shares = values / values.sum()
        assert effective_ranks(adapter)[name] == pytest.approx(float((-(shares * shares.log()).sum()).exp()), rel=1e-5)
    assert set(norms(inject(adapter.detach(), specs)).values()) == {0.0}


def test_gradient_norms_are_those_of_both_matrices(llama, trained, ids):
    adapter = trained(inject(llama, dict.fromkeys(LLAMA_TARGETS, SPEC)))
    assert set(gradient_norms(adapter).values()) == {0.0}
    llama(ids, labels=ids).loss.backward()
    for name, pair in adapter.pairs():
        both = torch.cat([pair.A.grad.flatten(), pair.B.grad.flatten()])
        assert gradient_norms(adapter)[name] == pytest.approx(both.norm().item(), rel=1e-5)


def test_two_adapters_add_up_and_go_one_by_one(llama, trained, ids):
    base = llama(ids).logits
    first = trained(inject(llama, {"lm_head": SPEC}))
    with_first = llama(ids).logits
    second = trained(inject(llama, {"lm_head": SPEC}))
    torch.testing.assert_close(llama(ids).logits - base, 2 * (with_first - base))
    second.disable()
    assert torch.equal(llama(ids).logits, with_first)
    first.disable()
    assert torch.equal(llama(ids).logits, base)
    first.enable()
    assert torch.equal(llama(ids).logits, with_first)
    second.enable()
    with pytest.raises(RuntimeError, match="another adapter is on the model"):
        first.merge()
    second.detach()
    first.detach()
    assert torch.equal(llama(ids).logits, base)
    assert all(parameter.requires_grad for parameter in llama.parameters())


def test_strength_scales_the_change_and_zero_is_the_base(llama, trained, ids):
    base = llama(ids).logits
    adapter = trained(inject(llama, {"lm_head": SPEC}))
    change = llama(ids).logits - base
    for strength in (0.0, 0.5, 1.5):
        adapter.set_strength(strength)
        torch.testing.assert_close(llama(ids).logits, base + strength * change)
    adapter.set_strength(1.0, {"lm_head": 0.0})
    assert torch.equal(llama(ids).logits, base)


def test_a_module_that_was_replaced_is_not_adapted(llama):
    adapter = inject(llama, {"lm_head": SPEC})
    llama.lm_head = nn.Linear(16, 61)
    with pytest.raises(RuntimeError, match="lm_head is no longer the module"):
        adapter.disable()


@pytest.mark.parametrize(
    ("specs", "code", "named"),
    [
        ({}, "targets-empty", "would do nothing"),
        ({"": SPEC}, "target-missing", "named ''"),
        ({"lm_head": SPEC, "model.layers.12.mlp.up_proj": SPEC}, "target-missing", r"model\.layers\.12\.mlp\.up_proj"),
        ({"model.norm": SPEC}, "target-kind", r"model\.norm cannot be a target: LlamaRMSNorm"),
        ({"lm_head": AdapterSpec(rank=0, alpha=1)}, "rank-invalid", "the rank of lm_head is 0"),
        ({"lm_head": AdapterSpec(rank=1, alpha=0)}, "alpha-invalid", "the alpha of lm_head is 0"),
    ],
)
def test_refusals_name_the_module_and_change_nothing(llama, specs, code, named):
    with pytest.raises(Refusal, match=named) as refused:
        inject(llama, specs)
    assert refused.value.code == code
    assert all(parameter.requires_grad for parameter in llama.parameters())
    assert not any(isinstance(module, LoraLayer) for module in llama.modules())


def test_a_module_in_two_places_is_refused():
    linear = nn.Linear(3, 3)
    with pytest.raises(Refusal, match="0 is the same module as 1"):
        inject(nn.Sequential(linear, linear), {"0": SPEC})


@pytest.mark.parametrize("targets", [["lm_head"], ["transformer.wte"], ["lm_head", "transformer.wte"]])
def test_a_merge_unties_what_shares_a_weight_and_unmerge_ties_it_again(gpt2, trained, ids, targets):
    base = gpt2(ids).logits
    shared = gpt2.lm_head.weight
    adapter = trained(inject(gpt2, dict.fromkeys(targets, SPEC)))
    adapted = gpt2(ids).logits
    adapter.merge()
    assert gpt2.lm_head.weight is not gpt2.transformer.wte.weight
    torch.testing.assert_close(gpt2(ids).logits, adapted, rtol=1e-5, atol=1e-5)
    adapter.unmerge()
    assert torch.equal(gpt2(ids).logits, adapted)
    adapter.detach()
    assert gpt2.lm_head.weight is gpt2.transformer.wte.weight is shared
    assert torch.equal(gpt2(ids).logits, base)


def test_an_unknown_start_is_refused(llama):
    with pytest.raises(Refusal, match="'magic' is not known"):
        inject(llama, {"lm_head": SPEC}, init="magic")


def test_a_rank_above_the_matrix_is_allowed(llama, ids):
    inject(llama, {"lm_head": AdapterSpec(rank=40, alpha=8)})
    assert llama(ids).logits.isfinite().all()
