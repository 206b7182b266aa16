import pytest
import torch
from torch import nn

from studio.lora.inject import inject
from studio.lora.spec import AdapterSpec
from studio.lora.starts import STARTS
from studio.lora.starts.eva import InputDirections
from studio.plan.errors import Refusal
from tests.lora.layers.cases import CASES, tensors_of

pytestmark = pytest.mark.filterwarnings("ignore:LSTM with projections is not supported with oneDNN:UserWarning")


def start(module, init, rank=4, variant="lora", **words):
    model = nn.Sequential(module)
    ((_, pair), *_) = inject(model, {"0": AdapterSpec(rank, 6.0, variant=variant)}, init=init, **words).pairs()
    return model, pair


def test_kaiming_is_torchs_own_start():
    _, pair = start(nn.Linear(10, 6), "default", rank=4000)
    assert float(pair.A.detach().abs().max()) <= 10**-0.5
    assert float(pair.A.detach().std()) == pytest.approx((10 * 3) ** -0.5, rel=0.02)
    assert not pair.B.any()


def test_gaussian_is_pefts():
    _, pair = start(nn.Linear(100, 6), "gaussian", rank=50)
    assert float(pair.A.detach().std()) == pytest.approx(1 / 50, rel=0.05)
    assert not pair.B.any()


def test_orthogonal_rows_have_kaimings_length():
    _, pair = start(nn.Linear(10, 6), "orthogonal")
    torch.testing.assert_close(pair.A @ pair.A.mT, torch.eye(4) / 3, rtol=1e-5, atol=1e-6)


def test_an_embedding_begins_the_other_way_round():
    for init in ("default", "gaussian", "orthogonal"):
        _, pair = start(nn.Embedding(400, 300), init)
        assert not pair.A.any()
        assert float(pair.B.detach().std()) == pytest.approx(1.0, rel=0.1)


@pytest.mark.parametrize("variant", ["lora", "rslora", "dora"])
@pytest.mark.parametrize("init", ["pissa", "olora"])
@pytest.mark.parametrize("name", CASES)
def test_principal_starts_take_from_the_adapter_and_never_from_the_base(name, init, variant):
    case = CASES[name]
    torch.manual_seed(0)
    module, inputs = case.build().eval(), case.inputs()
    weights = {it: parameter.clone() for it, parameter in module.named_parameters()}
    with torch.no_grad():
        before = tensors_of(module(*inputs))
        model = nn.Sequential(module)
        adapter = inject(model, {"0": AdapterSpec(2, 6.0, variant=variant)}, init=init)
        after = tensors_of(model[0](*inputs))
    for one, other in zip(before, after, strict=True):
        torch.testing.assert_close(one, other, rtol=1e-4, atol=1e-5)
    adapter.detach()
    assert all(torch.equal(parameter, weights[it]) for it, parameter in module.named_parameters())


def test_pissa_is_the_principal_part():
    module = nn.Linear(10, 6)
    _, pair = start(module, "pissa", rank=2)
    U, S, Vt = torch.linalg.svd(module.weight.detach())
    torch.testing.assert_close(pair.scale * (pair.B @ pair.A), (U[:, :2] * S[:2]) @ Vt[:2], rtol=1e-5, atol=1e-6)
    torch.testing.assert_close(pair.A @ pair.A.mT, pair.B.mT @ pair.B, rtol=1e-5, atol=1e-6)  # balanced
    assert not pair.has_moved()
    with torch.no_grad():
        pair.B += 0.1
    torch.testing.assert_close(
        pair.low_rank().dense()[0], (pair.scale * 0.1 * pair.A.sum(0).expand(6, 10)).detach(), rtol=1e-4, atol=1e-5
    )


def test_olora_has_orthonormal_columns():
    module = nn.Linear(10, 6)
    _, pair = start(module, "olora", rank=3)
    torch.testing.assert_close(pair.scale * (pair.B.mT @ pair.B), torch.eye(3), rtol=1e-5, atol=1e-5)
    Q, R = torch.linalg.qr(module.weight.detach())
    torch.testing.assert_close(pair.scale * (pair.B @ pair.A), Q[:, :3] @ R[:3], rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("init", ["pissa", "olora"])
def test_more_directions_than_the_weight_has_are_refused(init):
    with pytest.raises(Refusal, match=rf"0: {init} takes 7 directions out of a 6 x 10 weight"):
        start(nn.Linear(10, 6), init, rank=7)


def test_eva_begins_with_the_principal_directions_of_the_inputs():
    torch.manual_seed(0)
    mixing = torch.randn(12, 12) * torch.tensor([5.0, 3.0, 2.0] + [0.05] * 9)
    batches = [torch.randn(40, 12) @ mixing.mT for _ in range(5)]
    model = nn.Sequential(nn.Linear(12, 6), nn.Linear(6, 3))
    watched = InputDirections({"0": model[0]}, {"0": 3})
    with watched.watching():
        for batch in batches:
            model(batch)
    model(1e6 * torch.randn(40, 12))  # outside, so it does not count
    directions = watched.directions()
    truth = torch.linalg.svd(torch.cat(batches))[2][:3]
    torch.testing.assert_close((directions["0"][:3] @ truth.mT).abs(), torch.eye(3), rtol=1e-3, atol=1e-3)
    ((_, pair),) = inject(model, {"0": AdapterSpec(3, 6.0)}, init="eva", inputs=directions).pairs()
    torch.testing.assert_close(pair.A @ pair.A.mT, torch.eye(3) / 3, rtol=1e-5, atol=1e-5)
    assert not pair.B.any()


def test_eva_without_enough_inputs_is_refused():
    with pytest.raises(Refusal, match="there are not 4 directions of the target's inputs"):
        start(nn.Linear(10, 6), "eva")
    with pytest.raises(Refusal, match="there are not 4 directions"):
        start(nn.Linear(10, 6), "eva", inputs={"0": torch.eye(10)[:3]})


@pytest.mark.parametrize("init", [name for name in STARTS if name != "eva"])
def test_a_start_depends_on_seed_and_name_alone(init):
    torch.manual_seed(3)
    modules = {"a": nn.Linear(10, 6), "b": nn.Linear(10, 6)}
    modules["b"].load_state_dict(modules["a"].state_dict())
    spec = AdapterSpec(3, 6.0)
    states = []
    for order, seed in ((["a", "b"], 1), (["b", "a"], 1), (["a", "b"], 2)):
        model = nn.ModuleDict(modules)
        adapter = inject(model, dict.fromkeys(order, spec), init=init, seed=seed)
        states.append(adapter.state())
        adapter.detach()
    first, reordered, reseeded = states
    assert all(torch.equal(tensor, reordered[name]) for name, tensor in first.items())
    drawn = init not in ("pissa", "olora")
    assert torch.equal(first["a.A"], reseeded["a.A"]) is not drawn
    assert torch.equal(first["a.A"], first["b.A"]) is not drawn
