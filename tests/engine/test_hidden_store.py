from pathlib import Path

import pytest
import torch

from studio.engine.hidden_store import HiddenStore


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_what_was_put_is_got_bit_by_bit_from_memory_and_disk(tmp_path: Path, dtype: torch.dtype) -> None:
    rows = {(number,): torch.randn(number + 1, 8).to(dtype) for number in range(5)}
    size = 8 * dtype.itemsize
    store = HiddenStore(3 * size, tmp_path)
    for key, hidden in rows.items():
        store.put(key, hidden)
    for key, hidden in rows.items():
        assert key in store
        assert torch.equal(store.get(key), hidden)
    assert (store.memory_bytes, store.disk_bytes) == (3 * size, 12 * size)
    assert (9,) not in store
    store.close()
    assert not list(tmp_path.iterdir())
    assert (0,) not in store


def test_it_keeps_a_copy(tmp_path: Path) -> None:
    store, hidden = HiddenStore(1000, tmp_path), torch.ones(2, 3)
    store.put((1,), hidden)
    hidden.zero_()
    assert torch.equal(store.get((1,)), torch.ones(2, 3))
