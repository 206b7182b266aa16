"""Batches: every example as often in an epoch as it should come, resumed by a number; tensors as transformers' loss expects them."""

from collections import Counter

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from studio.data.batches import Batches, collate
from studio.data.example import Example
from studio.data.pack import pack
from tests.data.made import examples_of, rows_of

PLAIN = [[3, 4], [0, 2], [5, 1], [1, 3], [2, 4], [5, 0]]
SORTED = [[0, 2], [4, 1], [3, 5], [4, 1], [0, 2], [3, 5]]
LONGEST = 40

some_lengths = st.lists(st.integers(1, LONGEST), min_size=1, max_size=300)
packings = st.sampled_from(["none", "auto", "pack"])


def documents_of(batch) -> list[list[int]]:
    return [[document.row for document in row] for row in batch]


@given(some_lengths, st.integers(1, 9), st.integers(0, 2**31 - 1), packings, st.integers(0, 3))
def test_every_example_comes_once_an_epoch(lengths, batch_size, seed, packing, epoch) -> None:
    batches = Batches(examples_of(lengths, max_length=LONGEST), batch_size=batch_size, seed=seed, packing=packing)
    seen = [documents_of(batches.batch(epoch * batches.per_epoch + at)) for at in range(batches.per_epoch)]
    assert sorted(document for batch in seen for row in batch for document in row) == list(range(len(lengths)))
    assert sorted(map(len, seen))[1:] == [batch_size] * (batches.per_epoch - 1)
    assert sum(map(len, seen)) == batches.rows


@given(some_lengths, st.integers(1, 9), st.integers(0, 2**31 - 1), packings, st.integers(0, 60))
def test_a_run_goes_on_from_any_batch(lengths, batch_size, seed, packing, index) -> None:
    examples = examples_of(lengths, max_length=LONGEST)
    straight = Batches(examples, batch_size=batch_size, seed=seed, packing=packing)
    walked = [documents_of(straight.batch(number)) for number in range(index + 3)]
    resumed = Batches(examples, batch_size=batch_size, seed=seed, packing=packing)
    assert [documents_of(resumed.batch(number)) for number in range(index, index + 3)] == walked[index:]


@given(some_lengths, st.integers(1, 9), packings)
def test_sizes_are_those_of_the_rows(lengths, batch_size, packing) -> None:
    batches = Batches(examples_of(lengths, max_length=LONGEST), batch_size=batch_size, seed=0, packing=packing)
    for index in range(batches.per_epoch):
        assert batches.sizes(index).tolist() == [sum(map(len, row)) for row in batches.batch(index)]


def test_epochs_and_seeds_differ() -> None:
    examples = examples_of([5] * 100)
    one = Batches(examples, batch_size=100, seed=0, packing="none")
    other = Batches(examples, batch_size=100, seed=1, packing="none")
    orders = {tuple(rows_of(batch)) for batch in (one.batch(0), one.batch(1), other.batch(0), other.batch(1))}
    assert len(orders) == 4


def test_the_order_is_the_same_for_ever() -> None:
    """Frozen: a run that was begun with an older version must resume with the same batches."""
    examples = examples_of([3, 9, 4, 1, 7, 2])
    plain = Batches(examples, batch_size=2, seed=7, packing="none")
    sorted_ = Batches(examples, batch_size=2, seed=7, packing="auto")
    assert [rows_of(plain.batch(index)) for index in range(6)] == PLAIN
    assert [rows_of(sorted_.batch(index)) for index in range(6)] == SORTED


def test_rows_of_like_length_share_a_batch() -> None:
    lengths = np.random.default_rng(0).integers(1, 200, 2000).tolist()
    padded = {}
    for packing in ("none", "auto"):
        batches = Batches(examples_of(lengths), batch_size=8, seed=0, packing=packing)
        sizes = [batches.sizes(index) for index in range(batches.per_epoch)]
        padded[packing] = sum(len(batch) * batch.max() for batch in sizes) / sum(lengths)
    # Sorting over more batches would pad less, and learn worse: batches of one length follow each other too seldom at random.
    assert padded["auto"] < 1.25 < 1.5 < padded["none"]
    means = [sizes[index].mean() for index in range(20)]
    assert means != sorted(means)


@given(st.floats(0.1, 3.7), st.integers(0, 5))
def test_a_share_comes_as_often_as_its_weight_says(weight, epoch) -> None:
    examples = examples_of([1] * 30, [2] * 40, weights=(1.0, weight))
    batches = Batches(examples, batch_size=1, seed=3, packing="none")
    seen = [batches.batch(epoch * batches.per_epoch + at)[0][0] for at in range(batches.per_epoch)]
    first = Counter(document.row for document in seen if len(document) == 1)
    second = Counter(document.row for document in seen if len(document) == 2)
    assert first == dict.fromkeys(range(30), 1)
    assert second.total() == 40 * int(weight) + round(40 * (weight % 1))
    assert max(second.values(), default=0) - min((second[row] for row in range(40)), default=0) <= 1


def test_a_part_of_a_share_is_another_one_each_epoch() -> None:
    batches = Batches(examples_of([1] * 10, [2] * 40, weights=(1.0, 0.25)), batch_size=1, seed=3, packing="none")
    seen = Counter(
        document.row
        for index in range(4 * batches.per_epoch)
        for (document,) in batches.batch(index)
        if len(document) == 2
    )
    assert seen == dict.fromkeys(range(40), 1)


@given(some_lengths)
def test_packs_hold_every_document_and_no_more_than_fits(lengths) -> None:
    documents, ends = pack(np.array(lengths, np.int64), LONGEST)
    rows = [row.tolist() for row in np.split(documents, ends)[:-1]]
    assert sorted(document for row in rows for document in row) == list(range(len(lengths)))
    sizes = sorted(sum(lengths[document] for document in row) for row in rows)
    assert sizes[-1] <= LONGEST
    if len(sizes) > 1:  # the two emptiest together would not fit one row: so at least half is filled
        assert sizes[0] + sizes[1] > LONGEST


def test_tensors_are_what_one_would_write_by_hand() -> None:
    first = Example(np.array([5, 6, 7], np.int32), np.array([False, True, True]), 0)
    second = Example(np.array([8, 9], np.int32), np.array([True, True]), 1)
    batch = collate([(first,), (second,)], pad_id=0)
    assert batch.input_ids.tolist() == [[5, 6, 7], [8, 9, 0]]
    assert batch.labels.tolist() == [[-100, 6, 7], [-100, 9, -100]]
    assert batch.lengths.tolist() == [3, 2]
    assert batch.positions is None
    assert (batch.tokens, batch.supervised) == (5, 3)


def test_packed_tensors_begin_anew_with_each_document() -> None:
    first = Example(np.array([5, 6, 7], np.int32), np.array([False, True, True]), 0)
    second = Example(np.array([8, 9], np.int32), np.array([True, True]), 1)
    batch = collate([(first, second), (second,)], pad_id=0)
    assert batch.input_ids.tolist() == [[5, 6, 7, 8, 9], [8, 9, 0, 0, 0]]
    assert batch.labels.tolist() == [[-100, 6, 7, -100, 9], [-100, 9, -100, -100, -100]]
    assert batch.positions.tolist() == [[0, 1, 2, 0, 1], [0, 1, 0, 1, 2]]
    assert (batch.tokens, batch.supervised) == (7, 4)


@pytest.mark.parametrize("name", ["input_ids", "labels", "lengths"])
def test_tensors_are_whole_numbers(name: str) -> None:
    batch = collate([(Example(np.array([1, 2], np.int32), np.array([True, True]), 0),)], pad_id=0)
    assert getattr(batch, name).dtype == torch.int64


@pytest.mark.parametrize("pad_id", [0, 8])
def test_supervised_is_the_count_that_transformers_divides_by(pad_id: int) -> None:
    from transformers.loss.loss_utils import ForCausalLMLoss

    generator = np.random.default_rng(1)
    examples = [
        Example(generator.integers(0, 11, n).astype(np.int32), generator.random(n) < 0.6, n) for n in (3, 7, 5, 9)
    ]
    for rows in ([(each,) for each in examples], [tuple(examples[:3]), (examples[3],)]):
        batch = collate(rows, pad_id)
        logits = torch.zeros(*batch.input_ids.shape, 11)  # every token costs log 11
        total = ForCausalLMLoss(logits, batch.labels, vocab_size=11, num_items_in_batch=1)
        assert batch.supervised == round(float(total) / float(np.log(11)))
        assert batch.supervised == sum(example.supervised for example in examples)
