"""Preparing data: examples, their split, and rows that cannot be learnt from."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from transformers import AutoTokenizer

from studio.data.fingerprint import data_fingerprint
from studio.data.prepare import PreparedData, prepare
from studio.data.preview import preview
from studio.data.split import split
from studio.plan.errors import Refusal
from studio.plan.events import Event, Prepared, Progressed, Warned
from studio.plan.plan import DataPlan
from tests.data.conftest import CHATML, byte_tokenizer

ROWS = [{"prompt": f"Q{n}", "completion": f"A{n}"} for n in range(100)]


def run(
    data: DataPlan, tokenizer, *, seed: int = 0, max_positions: int | None = None
) -> tuple[list[Event], PreparedData]:
    events = []
    going = prepare(data, tokenizer, seed=seed, max_positions=max_positions)
    while True:
        try:
            events.append(next(going))
        except StopIteration as end:
            return events, end.value


def plan_of(path: Path, **values) -> DataPlan:
    return DataPlan(train=str(path), **{"max_length": 64, **values})


def test_the_facts_of_a_prepared_file(write, plain_tokenizer) -> None:
    events, prepared = run(plan_of(write("a.jsonl", ROWS), eval_fraction=0.1), plain_tokenizer)
    assert (len(prepared.train), len(prepared.eval), prepared.rows) == (90, 10, 100)
    train_rows = [example.row for example in prepared.train]
    assert train_rows == sorted(train_rows)
    assert sorted(train_rows + [example.row for example in prepared.eval]) == list(range(100))
    written = [ROWS[row] for row in train_rows]
    assert prepared.tokens == sum(len(row["prompt"]) + 1 + len(row["completion"]) + 1 for row in written)
    assert prepared.supervised_tokens == sum(len(row["completion"]) + 1 for row in written)
    assert (prepared.longest, prepared.truncated_rows, prepared.format) == (8, 0, "prompt-completion")
    assert [(event.phase, event.done) for event in events if isinstance(event, Progressed)] == [
        ("looking at the data", 0),
        ("encoding", 100),
    ]
    last = events[-1]
    assert isinstance(last, Prepared)
    assert (last.train_rows, last.eval_rows, last.tokens) == (90, 10, prepared.tokens)


def test_the_split_is_the_seeds(write, plain_tokenizer) -> None:
    path = write("a.jsonl", ROWS)
    kept = [{e.row for e in run(plan_of(path), plain_tokenizer, seed=seed)[1].eval} for seed in (0, 0, 1)]
    assert kept[0] == kept[1] != kept[2]


@given(st.lists(st.integers(1, 6), min_size=1, max_size=60), st.floats(0, 0.99), st.integers(0, 2**31 - 1))
def test_no_duplicate_is_on_both_sides(keys: list[int], fraction: float, seed: int) -> None:
    train, evaluation = split(np.array(keys, np.uint64), fraction, seed)
    assert len(train)
    assert sorted([*train, *evaluation]) == list(range(len(keys)))
    assert not {keys[row] for row in train} & {keys[row] for row in evaluation}
    assert bool(len(evaluation)) == (fraction > 0 and len(set(keys)) > 1)


def test_only_the_first_rows_are_used(write, plain_tokenizer) -> None:
    _, prepared = run(plan_of(write("a.jsonl", ROWS), max_examples=7, eval_fraction=0), plain_tokenizer)
    assert [example.row for example in prepared.train] == list(range(7))
    assert len(prepared.eval) == 0


def test_a_file_of_its_own_for_evaluation(write, plain_tokenizer) -> None:
    other = write("b.jsonl", [{"prompt": "P", "completion": "new"}, ROWS[3]])
    events, prepared = run(plan_of(write("a.jsonl", ROWS), eval=str(other)), plain_tokenizer)
    assert (len(prepared.train), len(prepared.eval)) == (100, 2)
    warned = [event for event in events if isinstance(event, Warned)]
    assert [event.code for event in warned] == ["eval-overlap"]
    assert warned[0].what.startswith("1 of 2")


def test_a_refused_evaluation_file_is_named_at_its_field(write, plain_tokenizer) -> None:
    path = write("a.jsonl", ROWS)
    for name, content in (("b.jsonl", ""), ("c.jsonl", [{"prompt": "Q", "completion": ""}])):
        with pytest.raises(Refusal) as caught:
            run(plan_of(path, eval=str(write(name, content))), plain_tokenizer)
        assert (caught.value.field, name in caught.value.sentence) == ("data.eval", True)


def test_cut_rows_are_counted(write, plain_tokenizer) -> None:
    rows = [*ROWS[:3], {"prompt": "Q", "completion": "A" * 100}]
    _, prepared = run(plan_of(write("a.jsonl", rows), max_length=10, eval_fraction=0), plain_tokenizer)
    assert (prepared.truncated_rows, prepared.longest) == (1, 10)


@pytest.mark.parametrize(
    ("rows", "where", "what", "field"),
    [
        ([ROWS[0], {"prompt": "Q", "completion": " "}], "line 2", "the completion is empty", "data.train"),
        ([{"prompt": "Q"}, ROWS[0]], "line 1", "'completion' is missing", "data.train"),
        ([{"prompt": "Q", "completion": ["A"]}, ROWS[0]], "line 1", "not text but list", "data.train"),
        ([ROWS[0], {"prompt": "Q" * 99, "completion": "A"}], "line 2", "after the cut at 64", "data.max_length"),
        (
            [ROWS[0], *[{"prompt": "Q", "completion": ""}] * 7],
            "lines 2, 3, 4, 5, 6, …",
            "7 rows cannot be learnt from; the first because the completion is empty",
            "data.train",
        ),
    ],
)  # fmt: skip
def test_rows_with_nothing_to_learn_are_refused_by_number(write, plain_tokenizer, rows, where, what, field) -> None:
    with pytest.raises(Refusal) as caught:
        run(plan_of(write("a.jsonl", rows)), plain_tokenizer)
    assert caught.value.where.endswith(f"a.jsonl, {where}")
    assert what in caught.value.what
    assert caught.value.field == field


def test_a_length_beyond_the_model_is_refused(write, plain_tokenizer) -> None:
    path = write("a.jsonl", ROWS)
    with pytest.raises(Refusal, match="at most 63 tokens") as caught:
        run(plan_of(path), plain_tokenizer, max_positions=63)
    assert caught.value.field == "data.max_length"
    assert run(plan_of(path), plain_tokenizer, max_positions=64)[1].rows == 100


def test_real_data_and_a_real_tokenizer(shared: Path) -> None:
    tokenizer = AutoTokenizer.from_pretrained(shared / "models" / "stories260k")
    data = plan_of(shared / "data" / "e2e" / "train.jsonl", max_length=512)
    events, prepared = run(data, tokenizer, max_positions=512)
    assert prepared.rows == 4672
    assert prepared.truncated_rows == 0
    assert len([event for event in events if isinstance(event, Progressed)]) < 50
    shown = preview(data, tokenizer)
    assert (shown["total_rows"], len(shown["rows"])) == (4672, 50)


def test_a_preview_shows_what_would_be_learnt(write) -> None:
    rows = [*ROWS[:2], {"prompt": "Q", "completion": ""}, {"prompt": "Q", "completion": "A" * 300}]
    shown = preview(plan_of(write("a.jsonl", rows)), byte_tokenizer(bos=True))
    assert json.loads(json.dumps(shown)) == shown
    assert (shown["format"], shown["columns"], shown["total_rows"]) == (
        "prompt-completion",
        ["prompt", "completion"],
        4,
    )
    assert shown["rows"][0] == {
        "place": "line 1",
        "cells": ROWS[0],
        "segments": [
            {"text": "<s>", "trained": False, "special": True, "cut": False},
            {"text": "Q0\n", "trained": False, "special": False, "cut": False},
            {"text": "A0", "trained": True, "special": False, "cut": False},
            {"text": "</s>", "trained": True, "special": True, "cut": False},
        ],
        "tokens": 7,
        "trained_tokens": 3,
        "truncated": False,
        "problem": None,
    }
    assert shown["rows"][2]["problem"] == "the completion is empty"
    assert shown["rows"][3]["truncated"]
    assert len(shown["rows"][3]["cells"]["completion"]) == 200
    assert (shown["truncated_rows"], shown["longest_tokens"]) == (1, 304)


@pytest.mark.parametrize("template", [None, CHATML])
def test_a_preview_shows_where_a_row_is_cut(write, template: str | None) -> None:
    row = {"prompt": "Q", "completion": "é" * 300}
    tokenizer = byte_tokenizer(template, bos=True)
    (shown,) = preview(plan_of(write("a.jsonl", [row])), tokenizer)["rows"]
    kept = "".join(segment["text"] for segment in shown["segments"] if not segment["cut"])
    whole = "".join(segment["text"] for segment in shown["segments"])
    assert whole.count("é") == 300
    assert whole.startswith(kept)
    ids = tokenizer(kept, add_special_tokens=False).input_ids
    assert len(ids) in (64, 65)  # the cut is within a letter of two tokens
    assert shown["segments"][-1]["cut"]


def test_a_preview_without_a_tokenizer_has_no_counts(write) -> None:
    shown = preview(plan_of(write("a.jsonl", ROWS)), None, rows=2)
    assert (shown["total_rows"], len(shown["rows"]), shown["mean_tokens"]) == (100, 2, None)
    assert [segment["text"] for segment in shown["rows"][1]["segments"]] == ["Q1\n", "A1"]


def test_a_fingerprint_is_that_of_the_content(write) -> None:
    path = write("a.txt", "abc")
    # The SHA-256 of "abc" as FIPS 180-2 prints it.
    assert data_fingerprint(path) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    with pytest.raises(Refusal, match="no data file"):
        data_fingerprint(path.with_name("other.txt"))
