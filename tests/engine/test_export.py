import io
import json
import math
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from transformers import AutoModelForCausalLM, LlamaConfig, LlamaForCausalLM

from studio.engine import export_source, stream
from studio.engine.export import export
from studio.formats.peft.folder import save_adapter
from studio.lora.inject import inject
from studio.lora.spec import AdapterSpec
from studio.plan.errors import Failure, Refusal
from studio.plan.events import Answered, Cancelled, Event, Progressed, Warned
from studio.plan.plan import DataPlan, Plan
from studio.plan.planfile import dump_plan

PROJECTIONS = ("self_attn.q_proj", "self_attn.v_proj", "self_attn.o_proj", "mlp.gate_proj", "mlp.down_proj")


def make_base(folder: Path, dtype: torch.dtype) -> Path:
    torch.manual_seed(0)
    config = LlamaConfig(
        vocab_size=96, hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=4,
        num_key_value_heads=2, max_position_embeddings=64, tie_word_embeddings=True, bos_token_id=1, eos_token_id=2,
    )  # fmt: skip
    LlamaForCausalLM(config).to(dtype).save_pretrained(folder)
    (folder / "generation_config.json").write_text('{"bos_token_id": 1, "eos_token_id": 2, "temperature": 0.5}')
    (folder / "tokenizer_config.json").write_text("{}")
    (folder / "chat_template.jinja").write_text("{{ messages }}")
    return folder


def make_adapter(base: Path, folder: Path, *, spread: float = 0.1) -> Path:
    model = AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32)
    specs = {
        f"model.layers.{layer}.{name}": AdapterSpec(rank, 8.0)
        for layer, rank in ((0, 4), (1, 2))
        for name in PROJECTIONS
    }
    adapter = inject(model, specs)
    generator = torch.Generator().manual_seed(1)
    for _, pair in adapter.pairs():
        pair.B.data.normal_(0, spread, generator=generator)
    save_adapter(adapter, folder, base_model=str(base))
    return folder


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return make_base(tmp_path / "base", torch.float32)


@pytest.fixture
def adapter(base: Path, tmp_path: Path) -> Path:
    return make_adapter(base, tmp_path / "lora")


def never() -> bool:
    return False


def receipt_of(source: Path, to: Path, format: str, dtype: str | None = None) -> dict[str, Any]:
    *progress, last = export(str(source), str(to), format, dtype, cancelled=never)
    assert all(isinstance(event, Progressed) for event in progress)
    assert isinstance(last, Answered)
    return last.value


def logits(model: torch.nn.Module) -> torch.Tensor:
    ids = torch.randint(0, 96, (3, 20), generator=torch.Generator().manual_seed(7))
    with torch.no_grad():
        return model.eval()(input_ids=ids).logits.float()


def with_peft(base: Path, adapter: Path) -> torch.Tensor:
    from peft import PeftModel

    model = AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32)
    return logits(PeftModel.from_pretrained(model, adapter))


@pytest.mark.filterwarnings("ignore:.*is_gradient_checkpointing:FutureWarning")  # PEFT's own
def test_merged_is_what_peft_computes(base: Path, adapter: Path, tmp_path: Path) -> None:
    receipt = receipt_of(adapter, tmp_path / "out", "merged")
    wanted = with_peft(base, adapter)
    merged = logits(AutoModelForCausalLM.from_pretrained(tmp_path / "out", dtype=torch.float32))
    assert float((merged - wanted).abs().max() / wanted.abs().max()) < 1e-5
    plain = logits(AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32))
    assert float((wanted - plain).abs().max() / plain.abs().max()) > 1e-2
    assert receipt["agrees"]
    assert receipt["weights_reloaded_equal"]
    assert receipt["moved"] > 1e-2
    assert json.loads((tmp_path / "out" / "receipt.json").read_text()) == receipt


@pytest.mark.filterwarnings("ignore:.*is_gradient_checkpointing:FutureWarning")
def test_the_adapter_is_what_peft_loads(base: Path, adapter: Path, tmp_path: Path) -> None:
    receipt = receipt_of(adapter, tmp_path / "out", "adapter")
    assert torch.equal(with_peft(base, tmp_path / "out"), with_peft(base, adapter))
    assert (receipt["agrees"], receipt["largest_difference"], receipt["delta_lost"]) == (True, 0.0, None)


@pytest.mark.filterwarnings("ignore:.*is_gradient_checkpointing:FutureWarning")
def test_the_universal_adapter_computes_the_same_with_one_rank_and_no_pattern(
    base: Path, adapter: Path, tmp_path: Path
) -> None:
    receipt = receipt_of(adapter, tmp_path / "out", "universal")
    torch.testing.assert_close(with_peft(base, tmp_path / "out"), with_peft(base, adapter), rtol=1e-5, atol=1e-5)
    config = json.loads((tmp_path / "out" / "adapter_config.json").read_text())
    assert (config["r"], config["lora_alpha"], config["rank_pattern"], config["alpha_pattern"]) == (4, 4, {}, {})
    assert receipt["agrees"]
    assert receipt["format"] == "universal"


def test_merged_has_all_that_the_base_has(base: Path, adapter: Path, tmp_path: Path) -> None:
    receipt_of(adapter, tmp_path / "out", "merged")
    for name in ("generation_config.json", "tokenizer_config.json", "chat_template.jinja"):
        assert (tmp_path / "out" / name).read_bytes() == (base / name).read_bytes()
    config = json.loads((tmp_path / "out" / "config.json").read_text())
    assert (config["dtype"], config["tie_word_embeddings"]) == ("float32", True)
    modes = {entry.stat().st_mode for entry in (tmp_path / "out").iterdir()}
    assert len(modes) == 1


@pytest.mark.parametrize(
    ("stored", "dtype", "written"),
    [
        (torch.float32, None, "float32"),
        (torch.float32, "bfloat16", "bfloat16"),
        (torch.float32, "float16", "float16"),
        (torch.bfloat16, None, "bfloat16"),
        (torch.bfloat16, "float32", "float32"),
    ],
)
def test_dtypes(tmp_path: Path, stored: torch.dtype, dtype: str | None, written: str) -> None:
    base = make_base(tmp_path / "base", stored)
    adapter = make_adapter(base, tmp_path / "lora")
    receipt = receipt_of(adapter, tmp_path / "out", "merged", dtype)
    assert receipt["dtype"] == written
    assert receipt["agrees"]
    model = AutoModelForCausalLM.from_pretrained(tmp_path / "out")
    assert str(model.dtype) == f"torch.{written}"
    # Rounded once, from the exact sum: the weight nearest to W + s·BA.
    exact = AutoModelForCausalLM.from_pretrained(base, dtype=torch.float64)
    lora = inject(
        exact, {f"model.layers.{n}.{m}": AdapterSpec(r, 8.0) for n, r in ((0, 4), (1, 2)) for m in PROJECTIONS}
    )
    from safetensors.torch import load_file

    tensors = load_file(adapter / "adapter_model.safetensors")
    for name in lora.parts:
        A, B = (tensors[f"base_model.model.{name}.lora_{part}.weight"].double() for part in "AB")
        weight = dict(lora.base_weights())[f"{name}.weight"].detach() + 8.0 / A.shape[0] * (B @ A)
        mine = model.get_submodule(name).weight.detach().double()
        step = torch.finfo(getattr(torch, written)).eps
        assert float(((mine - weight).abs() / weight.abs().clamp(min=1e-3)).max()) <= 0.51 * step + 1e-5


def test_a_run_means_its_adapter_and_its_model(base: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    make_adapter(base, run / "adapter")
    make_adapter(base, run / "best", spread=0.2)
    (run / "plan.yaml").write_text(dump_plan(Plan(model=str(base), data=DataPlan(train=str(tmp_path / "d")))))
    assert receipt_of(run, tmp_path / "one", "merged")["source"] == str(run / "adapter")
    assert receipt_of(run / "best", tmp_path / "two", "merged")["source"] == str(run / "best")


def test_an_untrained_adapter_is_refused(base: Path, tmp_path: Path) -> None:
    untrained = make_adapter(base, tmp_path / "lora", spread=0.0)
    assert (
        "would do nothing" in refused("adapter-nothing", words_of(untrained, tmp_path / "o"), tmp_path / "o").sentence
    )


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"format": "zip"}, "format-unknown"),
        ({"dtype": "int3"}, "dtype-unknown"),
        ({"source": "nowhere"}, "source-missing"),
    ],
)
def test_refused_words(adapter: Path, tmp_path: Path, change: dict[str, str], code: str) -> None:
    words = {"source": str(adapter), "to": str(tmp_path / "out"), "format": "merged", "dtype": None} | change
    refused(code, words, tmp_path / "out")


def refused(code: str, words: dict[str, Any], out: Path) -> Refusal:
    """The refusal of an export; nothing may have been written."""
    before = sorted(out.parent.iterdir())
    with pytest.raises(Refusal) as caught:
        list(export(**words, cancelled=never))
    assert caught.value.code == code
    assert sorted(out.parent.iterdir()) == before
    return caught.value


def words_of(adapter: Path, out: Path) -> dict[str, Any]:
    return {"source": str(adapter), "to": str(out), "format": "merged", "dtype": None}


def test_a_format_that_is_not_there_names_those_that_are(adapter: Path, tmp_path: Path) -> None:
    refusal = refused("format-unknown", words_of(adapter, tmp_path / "o") | {"format": "zip"}, tmp_path / "o")
    assert "adapter, universal or merged" in refusal.sentence


def test_a_target_that_is_taken(adapter: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").touch()
    refused("export-exists", words_of(adapter, tmp_path / "full"), tmp_path / "full")
    refused("export-exists", words_of(adapter, tmp_path / "full" / "file"), tmp_path / "full")


def test_an_empty_folder_is_free(adapter: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert receipt_of(adapter, tmp_path / "empty", "merged")["agrees"]


def test_a_target_that_cannot_be_written(adapter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(export_source.tempfile, "TemporaryFile", no_room)  # root may write everywhere
    refused("export-not-writable", words_of(adapter, tmp_path / "out"), tmp_path / "out")


def test_too_little_disk(adapter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=1000)
    monkeypatch.setattr(export_source.shutil, "disk_usage", lambda _: usage)
    refusal = refused("disk-full", words_of(adapter, tmp_path / "out"), tmp_path / "out")
    assert "1,000 are free" in refusal.sentence


def test_a_run_without_an_adapter_yet(base: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    run.mkdir()
    (run / "plan.yaml").write_text(dump_plan(Plan(model=str(base), data=DataPlan(train="d"))))
    refusal = refused("adapter-missing", words_of(run, tmp_path / "out"), tmp_path / "out")
    assert "no adapter yet" in refusal.sentence


def test_a_base_that_is_gone(base: Path, adapter: Path, tmp_path: Path) -> None:
    base.rename(tmp_path / "elsewhere")
    refused("model-missing", words_of(adapter, tmp_path / "out"), tmp_path / "out")


def test_an_adapter_that_names_no_base(adapter: Path, tmp_path: Path) -> None:
    config = json.loads((adapter / "adapter_config.json").read_text())
    (adapter / "adapter_config.json").write_text(json.dumps(config | {"base_model_name_or_path": None}))
    refused("base-unknown", words_of(adapter, tmp_path / "out"), tmp_path / "out")


def test_a_field_that_is_not_known_is_told(adapter: Path, tmp_path: Path) -> None:
    config = json.loads((adapter / "adapter_config.json").read_text())
    (adapter / "adapter_config.json").write_text(json.dumps(config | {"shiny": 1}))
    told, *_ = export(str(adapter), str(tmp_path / "out"), "merged", None, cancelled=lambda: False)
    assert isinstance(told, Warned)
    assert told.code == "adapter-fields"
    assert told.what.endswith("not known here: shiny")


def test_a_quantised_base(base: Path, adapter: Path, tmp_path: Path) -> None:
    config = json.loads((base / "config.json").read_text())
    (base / "config.json").write_text(json.dumps(config | {"quantization_config": {"quant_method": "gptq"}}))
    refusal = refused("merge-quantised", words_of(adapter, tmp_path / "out"), tmp_path / "out")
    assert "merge into the 16-bit model" in refusal.sentence  # the two right ways
    assert "or export the adapter" in refusal.sentence
    refused("weights-quantised", words_of(adapter, tmp_path / "out") | {"format": "adapter"}, tmp_path / "out")


def test_float16_that_would_overflow(base: Path, tmp_path: Path) -> None:
    adapter = make_adapter(base, tmp_path / "lora", spread=1e6)
    words = words_of(adapter, tmp_path / "out") | {"dtype": "float16"}
    refused("merge-not-finite", words, tmp_path / "out")


@pytest.mark.parametrize("format", ["adapter", "merged"])
def test_cancelled_at_any_moment_nothing_is_left(adapter: Path, tmp_path: Path, format: str) -> None:
    before = sorted(tmp_path.iterdir())
    checks = 0

    def cancelled_at(number: int) -> Callable[[], bool]:
        nonlocal checks
        checks = 0

        def asked() -> bool:
            nonlocal checks
            checks += 1
            return checks > number

        return asked

    for number in range(100):
        *_, last = export(str(adapter), str(tmp_path / "out"), format, None, cancelled=cancelled_at(number))
        if isinstance(last, Answered):
            break
        assert isinstance(last, Cancelled)
        assert sorted(tmp_path.iterdir()) == before
    assert number > (len(PROJECTIONS) if format == "merged" else 3)


def test_whoever_goes_away_leaves_nothing(adapter: Path, tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    events = export(str(adapter), str(tmp_path / "out"), "merged", None, cancelled=never)
    for event in events:
        if isinstance(event, Progressed) and event.phase == "checking":
            break
    assert sorted(tmp_path.iterdir()) != before
    events.close()
    assert sorted(tmp_path.iterdir()) == before


def failed(events: Callable[[], list[Event]], out: Path) -> Failure:
    before = sorted(out.parent.iterdir())
    with pytest.raises(Failure) as caught:
        events()
    assert sorted(out.parent.iterdir()) == before
    return caught.value


def test_a_disk_that_fills_up(adapter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_merge: object, path: Path, _names: object) -> Iterator[str]:
        path.write_bytes(b"x" * 100)
        raise OSError(28, "No space left on device")
        yield

    monkeypatch.setattr(stream, "_write_shard", full)
    error = failed(lambda: list(export(**words_of(adapter, tmp_path / "out"), cancelled=never)), tmp_path / "out")
    assert "No space left on device" in error.sentence


def test_what_reads_back_otherwise_is_removed(adapter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A weight that changes on its way to the disk is found by its bytes, however little it moves the logits."""

    class Flipping(io.FileIO):
        def write(self, data: Any) -> int:
            changed = bytearray(data)
            changed[-1] ^= 1 if len(changed) > 1000 else 0
            return super().write(changed)

    real = Path.open
    monkeypatch.setattr(
        Path, "open", lambda path, mode="r", *rest, **more: (
            Flipping(path, "w+") if mode == "w+b" else real(path, mode, *rest, **more)
        ),
    )  # fmt: skip
    error = failed(lambda: list(export(**words_of(adapter, tmp_path / "out"), cancelled=never)), tmp_path / "out")
    assert error.code == "export-disagrees"
    assert "reads back otherwise" in error.sentence


def test_a_merge_gone_wrong_is_found_by_its_logits(
    adapter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    merge = stream.merged_weight
    monkeypatch.setattr(stream, "merged_weight", lambda *words, **more: merge(*words, **more) * (1 + 1e-2))
    error = failed(lambda: list(export(**words_of(adapter, tmp_path / "out"), cancelled=never)), tmp_path / "out")
    assert "of the largest logit" in error.sentence
    assert math.isfinite(float(error.sentence.split(" differs from base and adapter by ")[1].split()[0]))


def test_real_weights(shared: Path, tmp_path: Path) -> None:
    base = shared / "models" / "stories260k"
    model = AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32)
    names = [
        name for name, module in model.named_modules() if isinstance(module, torch.nn.Linear) and name != "lm_head"
    ]
    adapter = inject(model, dict.fromkeys(names, AdapterSpec(8, 16.0)))
    for _, pair in adapter.pairs():
        pair.B.data.normal_(0, 0.02, generator=torch.Generator().manual_seed(0))
    save_adapter(adapter, tmp_path / "lora", base_model=str(base))
    receipt = receipt_of(tmp_path / "lora", tmp_path / "out", "merged")
    assert receipt["agrees"]
    assert receipt["largest_difference_relative"] < 1e-5
    assert (tmp_path / "out" / "tokenizer.json").read_bytes() == (base / "tokenizer.json").read_bytes()
