from pathlib import Path

import pytest

from studio.models.fingerprint import model_fingerprint
from tests.models.conftest import edit_json


def test_a_copy_has_the_same_fingerprint(llama: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copy.mkdir()
    for file in llama.iterdir():
        (copy / file.name).write_bytes(file.read_bytes())
    assert model_fingerprint(copy) == model_fingerprint(llama)
    assert len(model_fingerprint(llama)) == 64


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: edit_json(folder / "config.json", rms_norm_eps=1e-3),
        lambda folder: (folder / "model.safetensors").write_bytes((folder / "model.safetensors").read_bytes()[:-1] + b"x"),
        lambda folder: (folder / "more.safetensors").write_bytes(b"12345678"),
        lambda folder: (folder / "model.safetensors").rename(folder / "other.safetensors"),
    ],
    ids=["config", "last byte", "another file", "another name"],
)  # fmt: skip
def test_a_change_changes_it(llama: Path, change: object) -> None:
    before = model_fingerprint(llama)
    change(llama)
    assert model_fingerprint(llama) != before


def test_files_that_training_does_not_read_leave_it_alone(llama: Path) -> None:
    before = model_fingerprint(llama)
    (llama / "README.md").write_text("words")
    assert model_fingerprint(llama) == before
