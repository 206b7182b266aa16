import os
from pathlib import Path

from studio.engine.kept import Kept


def test_a_model_is_read_once_until_it_changes_or_is_let_go(llama: Path) -> None:
    kept = Kept()
    assert not kept.holds
    model, tokenizer = kept.load(str(llama))
    assert kept.load(str(llama)) == (model, tokenizer)
    assert kept.holds
    config = llama / "config.json"
    os.utime(config, ns=(1, 1))
    other, _ = kept.load(str(llama))
    assert other is not model
    kept.release()
    assert not kept.holds
