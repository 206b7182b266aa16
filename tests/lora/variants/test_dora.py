import torch
from torch import nn

from studio.lora.inject import inject
from studio.lora.spec import AdapterSpec
from studio.lora.variants import VARIANTS
from studio.lora.variants.dora import Dora


def test_the_closed_form_is_the_norm_of_the_sum():
    torch.manual_seed(0)
    W, A, B = torch.randn(3, 7, 5).double(), torch.randn(3, 2, 5).double(), torch.randn(3, 7, 2).double()
    found = Dora().row_norm(W, W.square().sum(-1), A, B, 0.7)
    torch.testing.assert_close(found, (W + 0.7 * B @ A).norm(dim=-1))
    vanishing = Dora().row_norm(W, W.square().sum(-1), torch.linalg.pinv(B) @ W, -B, 1.0)
    assert vanishing.isfinite().all()


def test_the_norm_is_computed_once_for_each_change_of_the_matrices(monkeypatch):
    counted = []
    real = Dora.row_norm
    monkeypatch.setattr(Dora, "row_norm", lambda self, *words: counted.append(1) or real(self, *words))
    model = nn.Sequential(nn.Linear(5, 7))
    adapter = inject(model, {"0": AdapterSpec(2, 4.0, variant="dora")})
    optimizer = torch.optim.AdamW(adapter.parameters(), lr=0.1)
    for step in range(1, 4):
        for _ in range(3):
            model(torch.randn(4, 5)).square().sum().backward()
        assert len(counted) == step
        optimizer.step()
    adapter.load_state({name: tensor.clone() for name, tensor in adapter.state().items()})
    model(torch.randn(4, 5))
    assert len(counted) == 4


def test_variants_differ_in_scale_and_in_what_is_trained():
    assert VARIANTS["lora"].scale(32, 16) == 2
    assert VARIANTS["rslora"].scale(32, 16) == 8
    trained = {}
    for variant in VARIANTS:
        adapter = inject(nn.Sequential(nn.Linear(5, 7)), {"0": AdapterSpec(2, 4.0, variant=variant)})
        trained[variant] = [name for name, _ in adapter.named_parameters()]
        assert set(adapter.state()) == {"0.A", "0.B"} | ({"0.m"} if variant == "dora" else set())
    assert trained == {
        "lora": ["0.A", "0.B"], "rslora": ["0.A", "0.B"], "dora": ["0.A", "0.B", "0.m"], "lora-fa": ["0.B"]
    }  # fmt: skip
