"""Formats beside PEFT's: what is written reads back as the same function, and as each reader's own rule has it."""

import re

import peft
import pytest
import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from torch import nn

from studio.formats.content import content_of, put_on
from studio.formats.diffusers import FILE, read_diffusers, write_diffusers
from studio.formats.kohya import read_kohya, write_kohya
from studio.formats.loralib import read_loralib
from studio.formats.universal import write_universal
from studio.lora.inject import inject
from studio.lora.spec import AdapterSpec
from studio.plan.errors import Refusal


class Net(nn.Module):
    """A little of everything that image models have; with the one method by which PEFT knows a language model."""

    def prepare_inputs_for_generation(self): ...

    def __init__(self) -> None:
        super().__init__()
        self.conv_in = nn.Conv2d(4, 6, 3, padding=1)
        self.mid_block = nn.ModuleList([nn.Linear(6, 8), nn.Linear(8, 6)])
        self.attn = nn.ModuleDict({"to_q": nn.Linear(6, 6), "to_out": nn.ModuleList([nn.Linear(6, 6)])})

    def forward(self, x):
        h = self.conv_in(x).flatten(2).transpose(1, 2)
        h = self.mid_block[1](torch.tanh(self.mid_block[0](h)))
        return self.attn["to_out"][0](self.attn["to_q"](h))


TARGETS = {"conv_in": 2, "mid_block.0": 4, "mid_block.1": 3, "attn.to_q": 2, "attn.to_out.0": 1}
X = torch.randn(3, 4, 5, 5, generator=torch.Generator().manual_seed(5))


def net():
    torch.manual_seed(0)
    return Net().eval()


def trained(model, variant="lora", init="default", only=None):
    specs = {
        name: AdapterSpec(rank, 3.0 + rank, variant=variant)
        for name, rank in TARGETS.items()
        if not only or name in only
    }
    adapter = inject(model, specs, init=init)
    generator = torch.Generator().manual_seed(1)
    with torch.no_grad():
        for parameter in adapter.parameters():
            parameter.add_(0.3 * torch.randn(parameter.shape, generator=generator))
    return adapter


def weights_of(content):
    """ΔW of every target, dense."""
    with torch.no_grad():
        return {name: pair.low_rank().dense() for name, pair in content.pairs().items()}


@pytest.mark.parametrize(
    ("variant", "init"),
    [("lora", "default"), ("rslora", "default"), ("dora", "default"), ("lora", "pissa"), ("lora-fa", "default")],
)
def test_kohya_there_and_back(tmp_path, variant, init):
    model = net()
    base = model(X)
    content = content_of(trained(model, variant, init))
    wanted = model(X)
    write_kohya(tmp_path / "lora.safetensors", content, prefix="lora_unet")
    other = net()
    put_on(other, read_kohya(tmp_path / "lora.safetensors", other, prefix="lora_unet"))
    torch.testing.assert_close(other(X), wanted, rtol=1e-5, atol=1e-6)
    assert not torch.allclose(wanted, base, atol=1e-2)


def test_kohya_as_sd_scripts_reads_it(tmp_path):
    """networks/lora.py: scale = alpha / dim of the module, ΔW = scale · up @ down, a convolution's in its own shape."""
    content = content_of(trained(net(), "rslora"))
    write_kohya(tmp_path / "lora.safetensors", content, prefix="lora_unet")
    tensors = load_file(tmp_path / "lora.safetensors")
    for weight, delta in weights_of(content).items():
        name = "lora_unet_" + weight.removesuffix(".weight").replace(".", "_")
        down, up = tensors[f"{name}.lora_down.weight"], tensors[f"{name}.lora_up.weight"]
        scale = tensors[f"{name}.alpha"].item() / down.shape[0]
        found = scale * torch.einsum("or,ri->oi", up.flatten(1), down.flatten(1))
        torch.testing.assert_close(found, delta[0], rtol=1e-5, atol=1e-6)
    assert tensors["lora_unet_conv_in.lora_down.weight"].shape == (2, 4, 3, 3)
    assert tensors["lora_unet_conv_in.lora_up.weight"].shape == (6, 2, 1, 1)
    with safe_open(tmp_path / "lora.safetensors", "pt") as file:
        assert file.metadata()["ss_network_dim"] == "Dynamic"
        assert file.metadata()["ss_network_module"] == "networks.lora"


def test_kohyas_middle_is_multiplied_out(tmp_path):
    """LyCORIS: ΔW[o, i, x, y] = Σ up[o, m] mid[m, r, x, y] down[r, i]."""
    down, mid, up = torch.randn(2, 4, 1, 1), torch.randn(2, 2, 3, 3), torch.randn(6, 2, 1, 1)
    name = "lora_unet_conv_in"
    save_file(
        {f"{name}.lora_down.weight": down, f"{name}.lora_mid.weight": mid, f"{name}.lora_up.weight": up,
         f"{name}.alpha": torch.tensor(1.0)},
        tmp_path / "a.safetensors",
    )  # fmt: skip
    content = read_kohya(tmp_path / "a.safetensors", net(), prefix="lora_unet")
    wanted = 0.5 * torch.einsum("om,mrxy,ri->oixy", up[..., 0, 0], mid, down[..., 0, 0])
    torch.testing.assert_close(weights_of(content)["conv_in.weight"][0], wanted.flatten(1), rtol=1e-5, atol=1e-5)


def test_kohyas_alpha_that_is_missing_is_the_rank(tmp_path):
    name = "lora_unet_attn_to_q"
    save_file(
        {f"{name}.lora_down.weight": torch.ones(2, 6), f"{name}.lora_up.weight": torch.ones(6, 2)},
        tmp_path / "a.safetensors",
    )
    assert read_kohya(tmp_path / "a.safetensors", net(), prefix="lora_unet").specs["attn.to_q"].scale == 1


@pytest.mark.parametrize(
    ("tensors", "named"),
    [
        ({"lora_unet_nowhere.alpha": torch.tensor(1.0)}, "lora_unet_nowhere is no module"),
        ({"lora_unet_attn_to_q.lora_down.weight": torch.ones(2, 6)}, "half a pair"),
        ({"lora_unet_attn_to_q.hada_w1_a": torch.ones(2, 6)}, "is no tensor of this format"),
        ({f"lora_unet_attn_to_q.lora_{it}.weight": torch.ones(2, 2) for it in ("down", "up")}, "another size"),
    ],
)  # fmt: skip
def test_kohya_refuses_what_does_not_fit(tmp_path, tensors, named):
    save_file(tensors, tmp_path / "a.safetensors")
    with pytest.raises(Refusal, match=named):
        read_kohya(tmp_path / "a.safetensors", net(), prefix="lora_unet")


def test_a_name_that_two_modules_have_is_refused(tmp_path):
    model = nn.ModuleDict({"a_b": nn.Linear(2, 2), "a": nn.ModuleDict({"b": nn.Linear(2, 2)})})
    save_file(
        {"lora_te_a_b.lora_down.weight": torch.ones(1, 2), "lora_te_a_b.lora_up.weight": torch.ones(2, 1)},
        tmp_path / "a.safetensors",
    )
    with pytest.raises(Refusal, match=r"lora_te_a_b could be any of a_b, a\.b"):
        read_kohya(tmp_path / "a.safetensors", model)


@pytest.mark.parametrize(("variant", "init"), [("lora", "default"), ("rslora", "default"), ("lora", "olora")])
def test_diffusers_there_and_back(tmp_path, variant, init):
    model = net()
    content = content_of(trained(model, variant, init))
    wanted = model(X)
    write_diffusers(tmp_path, content)
    other = net()
    put_on(other, read_diffusers(tmp_path / FILE, other))
    torch.testing.assert_close(other(X), wanted, rtol=1e-5, atol=1e-6)


@pytest.mark.filterwarnings("ignore:.*")
def test_diffusers_as_it_reads_itself(tmp_path):
    """utils/peft_utils.get_peft_kwargs: ranks from lora_B, alphas from the file, both as patterns of a PEFT config."""
    model = net()
    write_diffusers(tmp_path, content_of(trained(model, "rslora")))
    wanted = model(X)
    tensors = {name.removeprefix("unet."): tensor for name, tensor in load_file(tmp_path / FILE).items()}
    alphas = {
        name.removesuffix(".alpha"): tensors.pop(name).item() for name in list(tensors) if name.endswith(".alpha")
    }
    ranks = {
        name.removesuffix(".lora_B.weight"): tensor.shape[1] for name, tensor in tensors.items() if "lora_B" in name
    }
    patterns = {
        f"{kind}_pattern": {f"^{re.escape(name)}": value for name, value in values.items()}
        for kind, values in (("rank", ranks), ("alpha", alphas))
    }
    config = peft.LoraConfig(r=1, lora_alpha=1, target_modules=list(ranks), **patterns)
    other = peft.get_peft_model(net(), config)
    report = peft.set_peft_model_state_dict(
        other, {f"base_model.model.{name}": tensor for name, tensor in tensors.items()}
    )
    assert not report.unexpected_keys
    torch.testing.assert_close(other(X), wanted, rtol=1e-5, atol=1e-6)


def test_diffusers_old_names_are_read(tmp_path):
    A, B = torch.randn(2, 6), torch.randn(6, 2)
    names = {
        "unet.attn.processor.to_q_lora": ("attn.to_q", A, B),
        "unet.attn.processor.to_out_lora": ("attn.to_out.0", 2 * A, B),
    }
    save_file(
        {
            f"{old}.{half}.weight": tensor.clone()
            for old, (_, *pair) in names.items()
            for half, tensor in zip(("down", "up"), pair)
        },
        tmp_path / FILE,
    )
    content = read_diffusers(tmp_path / FILE, net())
    for target, down, up in names.values():
        torch.testing.assert_close(weights_of(content)[f"{target}.weight"][0], up @ down)


def test_diffusers_refusals(tmp_path):
    with pytest.raises(Refusal, match="no place for conv_in, DoRA"):
        write_diffusers(tmp_path / "a", content_of(trained(net(), "dora")))
    write_diffusers(tmp_path, content_of(trained(net())))
    with pytest.raises(Refusal, match=r"nothing for text_encoder .*: it has unet"):
        read_diffusers(tmp_path / FILE, net(), component="text_encoder")
    with pytest.raises(Refusal, match="the model has no module"):
        read_diffusers(tmp_path / FILE, nn.Sequential(nn.Linear(2, 2)))
    (tmp_path / FILE).write_bytes(b"x" * 50)
    with pytest.raises(Refusal, match="damaged"):
        read_diffusers(tmp_path / FILE, net())


LINEAR = ["mid_block.0", "mid_block.1", "attn.to_q"]


@pytest.mark.parametrize(("variant", "init"), [("lora", "default"), ("rslora", "default"), ("lora", "pissa")])
def test_universal_is_right_for_every_readers_rule(tmp_path, variant, init):
    model = net()
    content = content_of(trained(model, variant, init, only=LINEAR))
    wanted = model(X)
    write_universal(tmp_path / "u", content, base_model=None)
    theirs = peft.PeftModel.from_pretrained(net(), tmp_path / "u").base_model.model
    torch.testing.assert_close(theirs(X), wanted, rtol=1e-5, atol=1e-6)
    config = peft.LoraConfig.from_pretrained(tmp_path / "u")
    assert (config.rank_pattern, config.alpha_pattern, config.use_rslora) == ({}, {}, False)
    tensors = load_file(tmp_path / "u" / "adapter_model.safetensors")
    for weight, delta in weights_of(content).items():
        name = f"base_model.model.{weight.removesuffix('.weight')}"
        A, B = tensors[f"{name}.lora_A.weight"], tensors[f"{name}.lora_B.weight"]
        vllm = config.lora_alpha / config.r  # lora/peft_helper.py: one scale for all, from the config
        llama_cpp = config.lora_alpha / B.shape[-1]  # llama-adapter.h: alpha over the rank of the very tensor
        assert vllm == llama_cpp == 1
        torch.testing.assert_close(B @ A, delta[0], rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize(
    ("variant", "only", "named"), [("dora", LINEAR, "DoRA"), ("lora", ["conv_in"], "conv_in is of kind convolution")]
)
def test_universal_refuses_what_its_readers_do_not_know(tmp_path, variant, only, named):
    with pytest.raises(Refusal, match=f"{named}.*merge the adapter instead"):
        write_universal(tmp_path / "u", content_of(trained(net(), variant, only=only)), base_model=None)
    assert not (tmp_path / "u").exists()


class MergedLinear(nn.Linear):
    """loralib/layers.py, without its training: three parts of the output, of which `enabled` are adapted."""

    def delta(self, A, B, enabled, r, alpha):
        groups = sum(enabled)
        merged = nn.functional.conv1d(A.unsqueeze(0), B.unsqueeze(-1), groups=groups).squeeze(0)
        result = merged.new_zeros((self.out_features, self.in_features))
        index = torch.zeros(len(enabled), self.out_features // len(enabled), dtype=torch.bool)
        index[list(enabled), :] = True
        result[index.view(-1)] = merged
        return result * alpha / r


@pytest.mark.parametrize("enabled", [(True, False, True), (True, True, True), (False, True, False)])
def test_loralibs_merged_linear_is_one_block_diagonal_pair(tmp_path, enabled):
    layer, r, alpha = MergedLinear(5, 12), 2, 7.0
    A, B = torch.randn(r * sum(enabled), 5), torch.randn(4 * sum(enabled), r)
    save_file({"qkv.lora_A": A, "qkv.lora_B": B}, tmp_path / "a.safetensors")
    model = nn.ModuleDict({"qkv": nn.Linear(5, 12)})
    content = read_loralib(tmp_path / "a.safetensors", model, alpha=alpha, merged={"qkv": enabled})
    torch.testing.assert_close(weights_of(content)["qkv.weight"][0], layer.delta(A, B, enabled, r, alpha))
    assert content.specs["qkv"].rank == r * sum(enabled)


def test_loralibs_other_layers(tmp_path):
    """ΔW of its Linear, Embedding (stored the other way round) and ConvLoRA, as its own merge writes them."""
    r, alpha = 2, 3.0
    model = nn.ModuleDict({"lin": nn.Linear(5, 4), "emb": nn.Embedding(11, 6), "conv": nn.Conv2d(3, 4, 3)})
    shapes = {"lin": ((r, 5), (4, r)), "emb": ((r, 11), (6, r)), "conv": ((r * 3, 3 * 3), (4 * 3, r * 3))}
    pairs = {name: (torch.randn(a), torch.randn(b)) for name, (a, b) in shapes.items()}
    save_file({f"{n}.lora_{m}": t for n, pair in pairs.items() for m, t in zip("AB", pair)}, tmp_path / "a.safetensors")
    found = {
        n: t.squeeze(0) for n, t in weights_of(read_loralib(tmp_path / "a.safetensors", model, alpha=alpha)).items()
    }
    deltas = {name: alpha / r * (B @ A) for name, (A, B) in pairs.items()}
    torch.testing.assert_close(found["lin.weight"], deltas["lin"])
    torch.testing.assert_close(found["emb.weight"], deltas["emb"])
    torch.testing.assert_close(
        found["conv.weight"].view(4, 3, 3, 3), deltas["conv"].view(4, 3, 3, 3), rtol=1e-4, atol=1e-5
    )


@pytest.mark.parametrize(
    ("name", "tensors", "named"),
    [
        ("a.pt", {}, "pickle.*save_file"),
        ("a.safetensors", {"lin.lora_A": torch.ones(2, 5)}, "half a pair"),
        ("a.safetensors", {"lin.bias": torch.ones(4)}, "trained bias"),
        ("a.safetensors", {"lin.weight": torch.ones(4)}, "no tensor of this format"),
        ("a.safetensors", {"x.lora_A": torch.ones(2, 5), "x.lora_B": torch.ones(4, 2)}, "no module x"),
        (
            "a.safetensors",
            {"lin.lora_A": torch.ones(4, 5), "lin.lora_B": torch.ones(4, 2)},
            "which parts a MergedLinear adapts",
        ),
    ],
)
def test_loralib_refusals(tmp_path, name, tensors, named):
    save_file(tensors, tmp_path / name)
    with pytest.raises(Refusal, match=named):
        read_loralib(tmp_path / name, nn.ModuleDict({"lin": nn.Linear(5, 4)}), alpha=1.0)
