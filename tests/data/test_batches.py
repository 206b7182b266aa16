"""Batches: every example once an epoch, resumed by a number; tensors as transformers' loss expects them."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from studio.data.batches import Batches, collate
from studio.data.example import Example

PLAIN = [[3, 4], [0, 2], [5, 1], [1, 3], [2, 4], [5, 0]]
SORTED = [[0, 2], [4, 1], [3, 5], [4, 1], [0, 2], [3, 5]]


def examples_of(lengths: list[int]) -> list[Example]:
    return [Example(np.full(n, row, np.int32), np.ones(n, np.bool_), row) for row, n in enumerate(lengths)]


def rows_of(batch: list[Example]) -> list[int]:
    return [example.row for example in batch]


some_lengths = st.lists(st.integers(1, 40), min_size=1, max_size=300)


@given(some_lengths, st.integers(1, 9), st.integers(0, 2**31 - 1), st.booleans(), st.integers(0, 3))
def test_every_example_comes_once_an_epoch(lengths, batch_size, seed, by_length, epoch) -> None:
    batches = Batches(examples_of(lengths), batch_size=batch_size, seed=seed, by_length=by_length)
    seen = [rows_of(batches.batch(epoch * batches.per_epoch + position)) for position in range(batches.per_epoch)]
    assert sorted(row for batch in seen for row in batch) == list(range(len(lengths)))
    assert sorted(map(len, seen))[1:] == [batch_size] * (batches.per_epoch - 1)


@given(some_lengths, st.integers(1, 9), st.integers(0, 2**31 - 1), st.booleans(), st.integers(0, 60))
def test_a_run_goes_on_from_any_batch(lengths, batch_size, seed, by_length, index) -> None:
    examples = examples_of(lengths)
    straight = Batches(examples, batch_size=batch_size, seed=seed, by_length=by_length)
    walked = [rows_of(straight.batch(number)) for number in range(index + 3)]
    resumed = Batches(examples, batch_size=batch_size, seed=seed, by_length=by_length)
    assert [rows_of(resumed.batch(number)) for number in range(index, index + 3)] == walked[index:]


def test_epochs_and_seeds_differ() -> None:
    examples = examples_of([5] * 100)
    one = Batches(examples, batch_size=100, seed=0, by_length=False)
    other = Batches(examples, batch_size=100, seed=1, by_length=False)
    orders = {tuple(rows_of(batch)) for batch in (one.batch(0), one.batch(1), other.batch(0), other.batch(1))}
    assert len(orders) == 4


def test_the_order_is_the_same_for_ever() -> None:
    """Frozen: a run that was begun with an older version must resume with the same batches."""
    lengths = [3, 9, 4, 1, 7, 2]
    plain = Batches(examples_of(lengths), batch_size=2, seed=7, by_length=False)
    sorted_ = Batches(examples_of(lengths), batch_size=2, seed=7, by_length=True)
    assert [rows_of(plain.batch(index)) for index in range(6)] == PLAIN
    assert [rows_of(sorted_.batch(index)) for index in range(6)] == SORTED


def test_rows_of_like_length_share_a_batch() -> None:
    lengths = np.random.default_rng(0).integers(1, 200, 2000).tolist()
    padded = {}
    for by_length in (False, True):
        batches = Batches(examples_of(lengths), batch_size=8, seed=0, by_length=by_length)
        every = [batches.batch(index) for index in range(batches.per_epoch)]
        padded[by_length] = sum(len(batch) * max(map(len, batch)) for batch in every) / sum(lengths)
    # Sorting over more batches would pad less, and learn worse: batches of one length follow each other too seldom at random.
    assert padded[True] < 1.25 < 1.5 < padded[False]
    means = [np.mean([len(example) for example in batches.batch(index)]) for index in range(20)]
    assert means != sorted(means)


def test_tensors_are_what_one_would_write_by_hand() -> None:
    first = Example(np.array([5, 6, 7], np.int32), np.array([False, True, True]), 0)
    second = Example(np.array([8, 9], np.int32), np.array([True, True]), 1)
    batch = collate([first, second], pad_id=0)
    assert batch.input_ids.tolist() == [[5, 6, 7], [8, 9, 0]]
    assert batch.labels.tolist() == [[-100, 6, 7], [8, 9, -100]]
    assert batch.lengths.tolist() == [3, 2]
    assert batch.input_ids.dtype == batch.labels.dtype == batch.lengths.dtype == torch.int64
    assert (batch.tokens, batch.supervised) == (5, 3)


@pytest.mark.parametrize("pad_id", [0, 8])
def test_supervised_is_the_count_that_transformers_divides_by(pad_id: int) -> None:
    from transformers.loss.loss_utils import ForCausalLMLoss

    generator = np.random.default_rng(1)
    examples = [
        Example(generator.integers(0, 11, n).astype(np.int32), generator.random(n) < 0.6, n) for n in (3, 7, 5, 9)
    ]
    batch = collate(examples, pad_id)
    logits = torch.zeros(*batch.input_ids.shape, 11)  # every token costs log 11
    total = ForCausalLMLoss(logits, batch.labels, vocab_size=11, num_items_in_batch=1)
    assert batch.supervised == round(float(total) / float(np.log(11)))
    assert batch.supervised == sum(example.supervised for example in examples)
