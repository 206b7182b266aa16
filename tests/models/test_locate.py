from pathlib import Path

import pytest

from studio.models.locate import locate
from studio.plan.errors import Refusal


def refusal_of(model: object) -> Refusal:
    with pytest.raises(Refusal) as caught:
        locate(str(model))
    assert caught.value.field == "model"
    assert caught.value.now is not None
    return caught.value


def snapshot(cache: Path, revision: str) -> Path:
    folder = cache / "models--owner--name" / "snapshots" / revision
    folder.mkdir(parents=True)
    (folder / "config.json").write_text("{}")
    return folder


def test_a_folder_is_where_it_is(llama: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert locate(str(llama)) == llama
    monkeypatch.chdir(llama.parent)
    assert locate("llama") == llama


def test_nothing_at_the_path(tmp_path: Path, cache: Path) -> None:
    refusal = refusal_of(tmp_path / "absent")
    assert (refusal.code, refusal.where) == ("model-missing", str(tmp_path / "absent"))


@pytest.mark.parametrize("model", ["owner/name", "gpt2", "a--b"])
def test_a_hub_id_that_is_not_here(cache: Path, model: str) -> None:
    refusal = refusal_of(model)
    assert refusal.code == "model-not-downloaded"
    assert "Download" in str(refusal.now)


def test_a_folder_above_the_model_names_it(llama: Path) -> None:
    refusal = refusal_of(llama.parent)
    assert refusal.code == "model-not-here"
    assert str(llama) in str(refusal.now)


def test_an_empty_folder(tmp_path: Path) -> None:
    assert refusal_of(tmp_path).code == "model-not-here"


def test_an_adapter_is_no_model(tmp_path: Path) -> None:
    (tmp_path / "adapter_config.json").write_text("{}")
    assert refusal_of(tmp_path).code == "model-is-adapter"


def test_gguf_is_named(tmp_path: Path) -> None:
    (tmp_path / "model.gguf").write_bytes(b"GGUF")
    assert refusal_of(tmp_path).code == "weights-gguf"


def test_a_link_that_leads_back_to_itself(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert refusal_of(tmp_path / "loop").code == "model-link-loop"


def test_a_link_to_nothing(tmp_path: Path) -> None:
    (tmp_path / "broken").symlink_to(tmp_path / "absent")
    assert refusal_of(tmp_path / "broken").code == "model-file-missing"


def test_a_file_offers_its_folder(llama: Path) -> None:
    refusal = refusal_of(llama / "model.safetensors")
    assert refusal.code == "model-is-file"
    assert str(llama) in str(refusal.now)


def test_a_name_that_no_disk_takes(tmp_path: Path) -> None:
    assert refusal_of(tmp_path / ("x" * 300)).code == "model-file-unreadable"
    assert refusal_of("a\0b").code == "model-file-unreadable"


def test_the_main_branch_comes_before_other_snapshots(cache: Path) -> None:
    main, other = snapshot(cache, "a" * 40), snapshot(cache, "b" * 40)
    assert locate("owner/name") in (main, other)
    refs = cache / "models--owner--name" / "refs"
    refs.mkdir()
    (refs / "main").write_text("a" * 40)
    assert locate("owner/name") == main
    (refs / "main").write_text("b" * 40)
    assert locate("owner/name") == other
