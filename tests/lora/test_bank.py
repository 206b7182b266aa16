"""Several adapters on one model: by strength, by layer group, by row."""

import pytest
import torch
from torch import nn

from studio.lora.bank import Bank
from studio.lora.inject import inject
from studio.lora.spec import AdapterSpec
from studio.plan.errors import Refusal
from tests.lora.layers.cases import CASES, ROWS, VARIANTS, tensors_of

pytestmark = pytest.mark.filterwarnings("ignore:LSTM with projections is not supported with oneDNN:UserWarning")
TARGETS = ["model.layers.0.self_attn.q_proj", "model.layers.1.mlp.down_proj", "lm_head"]
MIXED = ["a", None, "b", "a", "b", None]


def filled(model, targets, seed, variant="lora", rank=2):
    adapter = inject(model, dict.fromkeys(targets, AdapterSpec(rank, 3.0, variant=variant)), seed=seed)
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for parameter in adapter.parameters():
            parameter.add_(0.3 * torch.randn(parameter.shape, generator=generator))
    return adapter


@pytest.fixture
def bank(make_model):
    model = make_model("llama", layers=2)
    found = Bank(model)
    for seed, name in enumerate("ab", start=1):
        found.add(name, filled(model, TARGETS, seed))
    found.model = model
    return found


def logits(bank, ids):
    with torch.no_grad():
        return bank.model(ids).logits


def test_adapters_come_in_silent(bank, make_model, ids):
    assert torch.equal(logits(bank, ids), make_model("llama", layers=2)(ids).logits)
    assert (bank.names, bank.loudness) == (("a", "b"), {"a": 0.0, "b": 0.0})


def test_those_that_are_used_speak_as_if_alone_on_the_model(bank, make_model, ids):
    for name, seed in (("a", 1), ("b", 2)):
        alone = make_model("llama", layers=2)
        filled(alone, TARGETS, seed)
        bank.use({name: 1.0})
        torch.testing.assert_close(logits(bank, ids), alone(ids).logits, rtol=1e-6, atol=1e-6)


def test_strengths_add_up_on_a_linear_head(bank, ids):
    bank.mute(["model.*"])  # then the logits are linear in the strengths
    base = logits(bank, ids)
    changes = {}
    for name in "ab":
        bank.use({name: 1.0})
        changes[name] = logits(bank, ids) - base
    bank.use({"a": 0.5, "b": 1.5})
    torch.testing.assert_close(logits(bank, ids), base + 0.5 * changes["a"] + 1.5 * changes["b"], rtol=1e-4, atol=1e-5)
    bank.mute(["*"])
    assert torch.equal(logits(bank, ids), base)
    bank.mute([])
    assert not torch.allclose(logits(bank, ids), base)


def test_no_switch_touches_a_weight(bank, ids):
    weights = {name: (parameter.data_ptr(), parameter.clone()) for name, parameter in bank.model.named_parameters()}
    for strengths in ({"a": 1.0}, {"b": 0.3}, {}, {"a": 1.0, "b": 1.0}):
        bank.use(strengths)
        logits(bank, ids)
    for name, parameter in bank.model.named_parameters():
        assert parameter.data_ptr() == weights[name][0]
        assert torch.equal(parameter, weights[name][1])


def test_a_removed_adapter_leaves_the_others(bank, ids):
    bank.use({"b": 1.0})
    wanted = logits(bank, ids)
    bank.remove("a")
    assert torch.equal(logits(bank, ids), wanted)
    bank.remove("b")
    assert not any(".part" in name for name, _ in bank.model.named_modules())


def test_rows_of_a_model_are_those_of_each_adapter(bank):
    ids = torch.arange(ROWS * 7).reshape(ROWS, 7) % 61
    bank.use({"a": 0.7})
    with bank.rows(MIXED):
        mixed = logits(bank, ids)
    assert bank.loudness == {"a": 0.7, "b": 0.0}
    for row, name in enumerate(MIXED):
        bank.use({} if name is None else {name: 1.0})
        torch.testing.assert_close(mixed[row : row + 1], logits(bank, ids[row : row + 1]), rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("name", CASES)
def test_rows_of_every_kind_of_layer(name, variant):
    case = CASES[name]
    if case.looked_up and variant == "lora-fa":
        variant = "rslora"
    torch.manual_seed(0)
    model = nn.Sequential(case.build()).eval()
    inputs = case.inputs()
    bank = Bank(model)
    for seed, each in enumerate("ab", start=1):
        bank.add(each, filled(model, ["0"], seed, variant, case.rank))
    with torch.no_grad():
        with bank.rows(MIXED):
            mixed = tensors_of(model[0](*inputs))
        for chosen in ("a", "b", None):
            bank.use({} if chosen is None else {chosen: 1.0})
            alone = tensors_of(model[0](*inputs))
            rows = torch.tensor([row for row, each in enumerate(MIXED) if each == chosen])
            for one, other in zip(mixed, alone, strict=True):
                axis = next(axis for axis in (list(one.shape).index(ROWS),))
                torch.testing.assert_close(
                    one.index_select(axis, rows), other.index_select(axis, rows), rtol=1e-5, atol=1e-5
                )


def test_masks_and_keywords_of_attention_follow_their_rows():
    torch.manual_seed(0)
    model = nn.Sequential(nn.MultiheadAttention(8, 2, batch_first=True)).eval()
    bank = Bank(model)
    bank.add("a", filled(model, ["0"], 1))
    x = torch.randn(ROWS, 5, 8)
    words = {
        "query": x, "key": x, "value": x, "need_weights": False,
        "key_padding_mask": torch.rand(ROWS, 5) < 0.3, "attn_mask": torch.rand(ROWS * 2, 5, 5) < 0.2,
    }  # fmt: skip
    words["key_padding_mask"][:, 0] = False
    words["attn_mask"][:, :, 0] = False
    with torch.no_grad():
        with bank.rows(["a", None] * 3):
            mixed, none = model[0](**words)
        assert none is None
        bank.use({"a": 1.0})
        torch.testing.assert_close(mixed[::2], model[0](**words)[0][::2])
        bank.use({})
        torch.testing.assert_close(mixed[1::2], model[0](**words)[0][1::2])


def test_refusals(bank, ids):
    with pytest.raises(Refusal, match="there is no adapter 'c': choose of a, b"):
        bank.use({"c": 1.0})
    with pytest.raises(Refusal, match="there is an adapter 'a' already"):
        bank.add("a", inject(bank.model, {"lm_head": AdapterSpec(1, 1.0)}))
    with pytest.raises(Refusal, match="the batch has 2 rows, and adapters were chosen for 3"), bank.rows(["a"] * 3):
        logits(bank, ids)
    assert bank.loudness == {"a": 0.0, "b": 0.0}
    model = nn.Sequential(nn.GRU(4, 4))
    other = Bank(model)
    other.add("a", filled(model, ["0"], 1))
    packed = nn.utils.rnn.pack_padded_sequence(torch.randn(3, 2, 4), torch.tensor([3, 2]))
    with pytest.raises(Refusal, match="cannot go through GRU packed"), other.rows(["a", None]):
        model[0](packed)
