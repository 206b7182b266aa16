"""The mistakes that newcomers make, through the command line: one sentence, exit code 2, and nothing written."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
import yaml

from studio.cli import run
from studio.runs.places import resources_folder

Break = Callable[[Path, dict[str, Any]], None]
GOOD_ROW = '{"prompt": "Mia bought apples.", "completion": "apples"}\n'


@pytest.fixture
def bench(tmp_path: Path) -> tuple[Path, dict[str, Any]]:
    """A folder with a good model, good data and a good plan, to be broken."""
    shutil.copytree(resources_folder() / "starter", tmp_path / "model")
    (tmp_path / "rows.jsonl").write_text(GOOD_ROW * 8)
    tree = {
        "model": "model",
        "data": {"train": "rows.jsonl", "max_length": 64, "eval_fraction": 0.0},
        "training": {"max_steps": 1, "batch_size": 2, "gradient_accumulation": 1, "device": "cpu"},
    }
    return tmp_path, tree


def say(name: str, section: str, **values: object) -> Any:
    def change(folder: Path, tree: dict[str, Any]) -> None:
        tree.setdefault(section, {}).update(values)

    return pytest.param(change, id=name)


def named(function: Break) -> Any:
    return pytest.param(function, id=function.__name__)


def no_model_at_the_path(folder: Path, tree: dict[str, Any]) -> None:
    tree["model"] = "./nowhere"


def a_folder_above_the_model(folder: Path, tree: dict[str, Any]) -> None:
    tree["model"] = str(folder)


def missing_weights(folder: Path, tree: dict[str, Any]) -> None:
    (folder / "model" / "model.safetensors").unlink()


def truncated_weights(folder: Path, tree: dict[str, Any]) -> None:
    path = folder / "model" / "model.safetensors"
    path.write_bytes(path.read_bytes()[:-1000])


def empty_weights(folder: Path, tree: dict[str, Any]) -> None:
    (folder / "model" / "model.safetensors").write_bytes(b"")


def no_tokenizer(folder: Path, tree: dict[str, Any]) -> None:
    for path in (folder / "model").glob("tokenizer*"):
        path.unlink()


def pickle_only_weights(folder: Path, tree: dict[str, Any]) -> None:
    (folder / "model" / "model.safetensors").unlink()
    torch.save({}, folder / "model" / "pytorch_model.bin")


def custom_code(folder: Path, tree: dict[str, Any]) -> None:
    path = folder / "model" / "config.json"
    config = json.loads(path.read_text()) | {"auto_map": {"AutoModelForCausalLM": "modeling.Evil"}}
    path.write_text(json.dumps(config))


def no_data_at_the_path(folder: Path, tree: dict[str, Any]) -> None:
    tree["data"]["train"] = "nothing.jsonl"


def empty_data(folder: Path, tree: dict[str, Any]) -> None:
    (folder / "rows.jsonl").write_text("")


def header_only_data(folder: Path, tree: dict[str, Any]) -> None:
    (folder / "rows.csv").write_text("prompt,completion\n")
    tree["data"]["train"] = "rows.csv"


def wrongly_encoded_data(folder: Path, tree: dict[str, Any]) -> None:
    (folder / "rows.jsonl").write_bytes(GOOD_ROW.replace("a", "é").encode("latin-1"))


def wrong_columns(folder: Path, tree: dict[str, Any]) -> None:
    (folder / "rows.jsonl").write_text('{"question_text": "a", "the_reply": "b", "id": 3}\n' * 4)


def a_line_that_is_no_json(folder: Path, tree: dict[str, Any]) -> None:
    (folder / "rows.jsonl").write_text(GOOD_ROW + '{"prompt": "a", \n' + GOOD_ROW)


def a_row_with_nothing_to_learn(folder: Path, tree: dict[str, Any]) -> None:
    (folder / "rows.jsonl").write_text(GOOD_ROW + '{"prompt": "' + "many words " * 100 + '", "completion": "x"}\n')


def unknown_key(folder: Path, tree: dict[str, Any]) -> None:
    tree["training"]["learning_rat"] = 1e-3


def a_device_that_is_not_here(folder: Path, tree: dict[str, Any]) -> None:
    if torch.cuda.is_available():
        pytest.skip("this machine has a CUDA device")
    tree["training"]["device"] = "cuda"


def a_pattern_that_matches_nothing(folder: Path, tree: dict[str, Any]) -> None:
    tree["lora"] = {"targets": ["*.attention.query"]}


MISTAKES = [
    named(no_model_at_the_path), named(a_folder_above_the_model), named(missing_weights), named(truncated_weights),
    named(empty_weights), named(no_tokenizer), named(pickle_only_weights), named(custom_code), named(no_data_at_the_path),
    named(empty_data), named(header_only_data), named(wrongly_encoded_data), named(wrong_columns),
    named(a_line_that_is_no_json), named(a_row_with_nothing_to_learn), named(unknown_key), named(a_device_that_is_not_here),
    named(a_pattern_that_matches_nothing), say("rank_0", "lora", rank=0),
    say("learning_rate_nan", "training", learning_rate=float("nan")), say("batch_0", "training", batch_size=0),
    say("length_past_the_positions", "data", max_length=100_000),
]  # fmt: skip

# What the sentence must name, so that the user can find it.
WORDS = {
    "no_model_at_the_path": "nowhere", "a_folder_above_the_model": "model", "missing_weights": "safetensors",
    "truncated_weights": "model.safetensors", "empty_weights": "model.safetensors", "no_tokenizer": "tokenizer",
    "pickle_only_weights": "pytorch_model.bin", "custom_code": "code", "no_data_at_the_path": "nothing.jsonl",
    "empty_data": "rows.jsonl", "header_only_data": "rows.csv", "wrongly_encoded_data": "UTF-8",
    "wrong_columns": "question_text", "a_line_that_is_no_json": "line 2", "a_row_with_nothing_to_learn": "line 2",
    "unknown_key": "learning_rate", "a_device_that_is_not_here": "cuda", "a_pattern_that_matches_nothing": "*.attention.query",
    "rank_0": "lora.rank", "learning_rate_nan": "training.learning_rate", "batch_0": "training.batch_size",
    "length_past_the_positions": "256",
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_one_sentence_code_2_and_nothing_written(
    bench: tuple[Path, dict[str, Any]],
    mistake: Break,
    request: pytest.FixtureRequest,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder, tree = bench
    mistake(folder, tree)
    plan = folder / "plan.yaml"
    plan.write_text(yaml.safe_dump(tree))
    before = sorted(folder.rglob("*"))
    code = run(["train", str(plan), "--run", str(folder / "run")])
    told = [line for line in capsys.readouterr().err.splitlines() if line.strip()]
    assert code == 2, told
    assert WORDS[request.node.callspec.id].lower() in told[-1].lower(), told
    assert "Traceback" not in "".join(told)
    assert told[-1].rstrip().endswith("."), told
    assert sorted(folder.rglob("*")) == before


def test_the_unbroken_bench_trains(bench: tuple[Path, dict[str, Any]]) -> None:
    """Or else all of the above would prove nothing."""
    folder, tree = bench
    (folder / "plan.yaml").write_text(yaml.safe_dump(tree))
    assert run(["train", str(folder / "plan.yaml"), "--run", str(folder / "run")]) == 0
    assert (folder / "run" / "adapter" / "adapter_model.safetensors").is_file()


@pytest.mark.parametrize("kind", ["file", "full", "below a file"])
def test_a_run_folder_that_will_not_do(
    bench: tuple[Path, dict[str, Any]], kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, tree = bench
    (folder / "plan.yaml").write_text(yaml.safe_dump(tree))
    (folder / "full").mkdir()
    (folder / "full" / "mine.txt").write_text("keep")
    (folder / "file").write_text("keep")
    place = {"file": folder / "file", "full": folder / "full", "below a file": folder / "file" / "run"}[kind]
    before = sorted(folder.rglob("*"))
    assert run(["train", str(folder / "plan.yaml"), "--run", str(place)]) == 2
    assert str(place) in capsys.readouterr().err
    assert sorted(folder.rglob("*")) == before
    assert (folder / "full" / "mine.txt").read_text() == "keep"
