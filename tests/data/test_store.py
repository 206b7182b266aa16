"""The store of encoded rows against the rows themselves."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.data.encode import Encoded, mask_of
from studio.data.example import Examples, Share
from studio.data.store import StoreWriter, TokenStore
from studio.plan.errors import Refusal

masks = st.lists(st.lists(st.booleans(), min_size=0, max_size=12), min_size=1, max_size=30)


def spans_of(mask: list[bool]) -> np.ndarray:
    edges = np.flatnonzero(np.diff(np.array(mask, np.int8), prepend=0, append=0))
    return edges.reshape(-1, 2).astype(np.int32)


def written(folder: Path, rows: list[Encoded | Refusal], chunk: int = 7) -> TokenStore:
    folder.mkdir(exist_ok=True)
    with StoreWriter(folder) as writer:
        for begin in range(0, len(rows), chunk):
            some = rows[begin : begin + chunk]
            writer.add([(0, begin + at + 1) for at in range(len(some))], some, [0] * len(some))
        writer.finish({"places": ["line "]})
    return TokenStore(folder, "rows.jsonl")


@given(masks, st.integers(1, 14))
def test_rows_and_counts_are_those_that_were_written(tmp_path_factory, rows: list[list[bool]], limit: int) -> None:
    encoded = [Encoded(np.arange(len(mask), dtype=np.int32) + 5, spans_of(mask)) for mask in rows]
    store = written(tmp_path_factory.mktemp("store"), encoded)
    assert len(store) == len(rows)
    assert store.lengths.tolist() == list(map(len, rows))
    for index, (row, mask) in enumerate(zip(encoded, rows, strict=True)):
        assert store.ids(index).tolist() == row.ids.tolist()
        assert store.ids(index, limit).tolist() == row.ids.tolist()[:limit]
        assert mask_of(store.spans(index), len(mask)).tolist() == mask
        assert store.place(index) == (0, index + 1)
    # The first token of a row is never predicted.
    assert store.supervised(limit).tolist() == [sum(mask[1:limit]) for mask in rows]
    assert store.first_learnt.tolist() == [
        next((at for at, learnt in enumerate(mask) if learnt and at), len(mask)) for mask in rows
    ]


def test_equal_keys_are_equal_lessons(tmp_path: Path) -> None:
    ids = np.arange(6, dtype=np.int32)
    learnt, other = spans_of([False] * 3 + [True] * 3), spans_of([True] * 6)
    store = written(
        tmp_path / "s",
        [Encoded(ids, learnt), Encoded(ids, other), Encoded(ids.copy(), learnt), Encoded(ids[:5], other)],
    )
    assert [int(np.flatnonzero(store.keys == key)[0]) for key in store.keys] == [0, 1, 0, 3]


def test_a_row_that_could_not_be_encoded_keeps_its_reason(tmp_path: Path) -> None:
    refusal = Refusal("row-empty", "the text is empty", now="fill it", field="data.train")
    store = written(tmp_path / "s", [Encoded(np.arange(3, dtype=np.int32), spans_of([True] * 3)), refusal])
    assert store.lengths.tolist() == [3, 0]
    (bad,) = store.bad
    assert (bad.index, bad.refusal.sentence) == (1, refusal.sentence)


def test_examples_of_several_stores_lie_behind_each_other(tmp_path: Path) -> None:
    def rows(first: int) -> list[Encoded]:
        return [Encoded(np.full(n, first + n, np.int32), spans_of([False] + [True] * (n - 1))) for n in (3, 9, 5)]

    one, other = written(tmp_path / "a", rows(0)), written(tmp_path / "b", rows(100))
    examples = Examples([Share(one, np.array([0, 2])), Share(other, np.array([1]), 2.0)], max_length=4)
    assert [int(example.ids[0]) for example in examples] == [3, 5, 109]
    assert [len(example) for example in examples] == examples.lengths.tolist() == [3, 4, 4]
    assert (examples.tokens, examples.supervised) == (11, 2 + 3 + 3)
    assert [example.row for example in examples[1:]] == [2, 1]
    assert int(examples[-1].ids[0]) == 109
    some = examples.of(np.array([1, 2]))
    assert [int(example.ids[0]) for example in some] == [5, 109]
    assert [share.weight for share in some.shares] == [1.0, 2.0]
    assert some.keys.tolist() == [int(one.keys[2]), int(other.keys[1])]
    with pytest.raises(IndexError):
        examples[3]
