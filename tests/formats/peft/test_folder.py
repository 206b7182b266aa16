"""Adapter folders: what is written is read back, and whatever PEFT would load wrongly is refused."""

import json
import tempfile
from pathlib import Path

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.torch import load_file, save_file
from torch import nn

from studio.formats.content import Content
from studio.formats.peft.folder import load_adapter, read_adapter, save_adapter, write_adapter
from studio.lora.geometry import Geometry
from studio.lora.inject import inject
from studio.lora.layers.layer import LoraLayer
from studio.lora.spec import AdapterSpec
from studio.plan.errors import Refusal

SPECS = {
    "model.layers.0.self_attn.q_proj": AdapterSpec(rank=4, alpha=8),
    "model.layers.1.self_attn.q_proj": AdapterSpec(rank=2, alpha=8),
    "model.layers.1.mlp.down_proj": AdapterSpec(rank=4, alpha=3.5),
}


@pytest.fixture
def saved(make_model, trained, tmp_path):
    adapter = trained(inject(make_model("llama", layers=2), SPECS))
    save_adapter(adapter, tmp_path / "adapter", base_model="some/base")
    return tmp_path / "adapter"


def edit(folder, **fields):
    path = folder / "adapter_config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | fields))


def untouched(model):
    return all(one.requires_grad for one in model.parameters()) and not any(
        isinstance(module, LoraLayer) for module in model.modules()
    )


def test_what_is_saved_is_what_is_loaded(saved, make_model, trained, ids):
    file = read_adapter(saved)
    assert file.specs == SPECS
    assert (file.base_model, file.unknown_fields) == ("some/base", ())
    original = make_model("llama", layers=2)
    trained(inject(original, SPECS))
    loaded = make_model("llama", layers=2)
    adapter = load_adapter(loaded, saved)
    assert torch.equal(loaded(ids).logits, original(ids).logits)
    assert adapter.specs == SPECS
    assert sorted(path.name for path in saved.parent.iterdir()) == ["adapter"]


names = st.lists(
    st.text("abz019_-", min_size=1, max_size=6), min_size=1, max_size=4
).map(".".join)  # fmt: skip
alphas = st.floats(min_value=1e-3, max_value=1e3) | st.integers(1, 64).map(float)


@settings(max_examples=60, deadline=None)
@given(
    drawn=st.dictionaries(names, st.tuples(st.integers(1, 5), alphas), min_size=1, max_size=6),
    variant=st.sampled_from(["lora", "rslora"]),
    dropout=st.floats(0, 0.99),
)
def test_any_ranks_and_alphas_survive_the_round_trip(drawn, variant, dropout):
    specs = {name: AdapterSpec(rank, alpha, dropout, variant) for name, (rank, alpha) in drawn.items()}
    state = {}
    for name, spec in specs.items():
        state |= {f"{name}.A": torch.rand(spec.rank, 3), f"{name}.B": torch.rand(2, spec.rank)}
    content = Content(specs, dict.fromkeys(specs, "linear"), dict.fromkeys(specs, (Geometry("weight", 2, 3),)), state)
    with tempfile.TemporaryDirectory() as folder:
        write_adapter(Path(folder) / "a", content, base_model=None)
        file = read_adapter(Path(folder) / "a")
    assert file.specs == specs
    assert file.entries == sum(tensor.numel() for tensor in state.values())
    for name, matrices in file.matrices.items():
        assert all(torch.equal(tensor, state[f"{name}.{matrix}"]) for matrix, tensor in matrices.items())


def test_an_adapter_that_is_not_finite_is_not_written(make_model, tmp_path):
    adapter = inject(make_model("llama", layers=2), SPECS)
    dict(adapter.pairs())["model.layers.1.mlp.down_proj"].B.data[3, 1] = torch.nan
    with pytest.raises(Refusal, match=r"B matrix of model\.layers\.1\.mlp\.down_proj"):
        save_adapter(adapter, tmp_path / "adapter", base_model=None)
    assert list(tmp_path.iterdir()) == []


def test_a_failed_write_leaves_the_old_adapter(saved, make_model, monkeypatch):
    before = load_file(saved / "adapter_model.safetensors")
    monkeypatch.setattr(Path, "write_bytes", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(OSError, match="No space"):
        save_adapter(inject(make_model("llama", layers=2), SPECS), saved, base_model=None)
    after = load_file(saved / "adapter_model.safetensors")
    assert all(torch.equal(tensor, after[name]) for name, tensor in before.items())
    assert [path.name for path in saved.parent.iterdir()] == ["adapter"]


def test_equal_adapters_are_equal_files(saved, make_model, trained):
    again = saved.with_name("again")
    save_adapter(trained(inject(make_model("llama", layers=2), SPECS)), again, base_model="some/base")
    assert all((saved / path.name).read_bytes() == path.read_bytes() for path in again.iterdir())


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"r": 8}, "has rank 4, but the config says 8"),
        ({"r": 100_000}, "says 100000"),
        ({"rank_pattern": {}}, "has rank 2, but the config says 4"),
        ({"r": 0}, "is 0"),
        ({"r": "4"}, "is '4'"),
        ({"lora_alpha": 0}, "would do nothing"),
        ({"lora_alpha": -8}, "is -8"),
        ({"target_modules": ["q_proj"]}, r"down_proj.* target_modules do not name it"),
        ({"target_modules": ["q_proj"], "target_parameters": []}, "target_modules do not name it"),
        ({"peft_type": None}, "None"),
    ],
)
def test_a_config_that_does_not_fit_its_tensors_is_refused(saved, fields, named):
    edit(saved, **fields)
    with pytest.raises(Refusal, match=named) as refused:
        read_adapter(saved)
    assert refused.value.where == str(saved / "adapter_config.json")


@pytest.mark.parametrize(
    ("text", "named"), [("", "not JSON"), ("{", "not JSON"), ("[1]", "not a JSON object"), ("\xff", "not JSON")]
)
def test_a_config_that_cannot_be_read_is_refused(saved, text, named):
    (saved / "adapter_config.json").write_bytes(text.encode("latin-1"))
    with pytest.raises(Refusal, match=named):
        read_adapter(saved)


def test_a_folder_without_a_config_is_refused_and_the_one_below_is_named(saved, tmp_path):
    with pytest.raises(Refusal, match=f"choose {saved}"):
        read_adapter(saved.parent)
    (saved / "adapter_config.json").unlink()
    with pytest.raises(Refusal, match=r"no adapter_config\.json"):
        read_adapter(saved)
    with pytest.raises(Refusal, match=r"no adapter_config\.json"):
        read_adapter(tmp_path / "nowhere")


def test_an_unknown_field_is_told_and_passed_over(saved):
    edit(saved, shiny=True)
    assert read_adapter(saved).unknown_fields == ("shiny",)


def test_a_base_with_fewer_layers_is_refused(saved, make_model):
    model = make_model("llama", layers=1)
    with pytest.raises(Refusal, match=r"the matrices of model\.layers\.1.* have no place"):
        load_adapter(model, saved)
    assert untouched(model)


def test_a_base_with_more_layers_is_refused(saved, make_model):
    model = make_model("llama", layers=3)
    with pytest.raises(Refusal, match="another structure"):
        load_adapter(model, saved)
    assert untouched(model)


def test_a_base_with_a_larger_vocabulary_is_refused(saved, make_model):
    model = make_model("llama", layers=2)
    model.resize_token_embeddings(64, mean_resizing=False)
    with pytest.raises(Refusal, match="another structure"):
        load_adapter(model, saved)


def test_modules_that_a_foreign_adapter_claims_without_matrices_are_refused(saved, make_model):
    # As PEFT writes it: endings, and no fingerprint. Its own reader would adapt the third layer with nothing.
    tensors = load_file(saved / "adapter_model.safetensors")
    save_file(tensors, saved / "adapter_model.safetensors", {"format": "pt"})
    edit(saved, target_modules=["q_proj", "layers.1.mlp.down_proj"])
    load_adapter(make_model("llama", layers=2), saved)
    with pytest.raises(Refusal, match=r"claims model\.layers\.2\.self_attn\.q_proj"):
        load_adapter(make_model("llama", layers=3), saved)


@pytest.mark.parametrize(
    ("matrix", "replaced", "named"),
    [
        ("A", torch.ones(4, 20), r"q_proj\.lora_A\.weight has shape \(4, 20\), and .* would need \(4, 16\)"),
        ("B", torch.ones(20, 4), r"q_proj\.lora_B\.weight has shape \(20, 4\), and .* would need \(16, 4\)"),
    ],
)
def test_a_base_of_another_width_is_refused(saved, make_model, matrix, replaced, named):
    path = saved / "adapter_model.safetensors"
    name = f"base_model.model.model.layers.0.self_attn.q_proj.lora_{matrix}.weight"
    save_file(load_file(path) | {name: replaced}, path)
    model = make_model("llama", layers=2)
    with pytest.raises(Refusal, match=named):
        load_adapter(model, saved)
    assert untouched(model)


def test_a_second_adapter_of_the_same_targets_adds_its_change(saved, make_model, ids):
    model = make_model("llama", layers=2)
    base = model(ids).logits
    first = load_adapter(model, saved)
    once = model(ids).logits
    second = load_adapter(model, saved)
    assert not torch.allclose(model(ids).logits, once)
    second.detach()
    assert torch.equal(model(ids).logits, once)
    first.detach()
    assert torch.equal(model(ids).logits, base)


def test_an_adapter_of_zeros_is_refused(make_model, tmp_path):
    save_adapter(inject(make_model("llama", layers=2), SPECS), tmp_path / "a", base_model=None)
    with pytest.raises(Refusal, match="would do nothing"):
        read_adapter(tmp_path / "a")


def test_a_pickle_is_refused_unopened(saved):
    (saved / "adapter_model.safetensors").unlink()
    (saved / "adapter_model.bin").write_bytes(b"cos\nsystem\n(S'exit 1'\ntR.")
    with pytest.raises(Refusal, match="pickle"):
        read_adapter(saved)


def test_a_targets_full_name_claims_no_other_module(trained, tmp_path):
    # PEFT would take "inner.fc" for "fc" as well, and give it an adapter of zeros.
    def build():
        torch.manual_seed(0)
        return nn.ModuleDict({"fc": nn.Linear(4, 4), "inner": nn.ModuleDict({"fc": nn.Linear(4, 4)})})

    adapter = trained(inject(build(), {"fc": AdapterSpec(2, 4)}))
    save_adapter(adapter, tmp_path / "a", base_model=None, task_type=None)
    assert set(load_adapter(build(), tmp_path / "a").specs) == {"fc"}
