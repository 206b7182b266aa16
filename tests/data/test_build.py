"""Encoded data on the disk: found again by content, whole or absent, with what is wrong told by row."""

import json
from pathlib import Path

import pytest

from studio.data import build, cache
from studio.data.build import encoded
from studio.data.cache import clear_cache
from studio.data.lens import lens
from studio.data.prepare import finished, gather, prepare
from studio.data.statistics import statistics
from studio.plan.errors import Refusal
from studio.plan.events import Progressed, Warned
from studio.plan.plan import DataPlan, Plan
from studio.runs.places import data_cache_folder
from tests.data.conftest import byte_tokenizer

ROWS = [{"prompt": f"Q{n}", "completion": "A" * (1 + n % 7)} for n in range(50)]


def plan_of(path: Path, **values) -> Plan:
    return Plan(model="m", data=DataPlan(train=str(path), **{"max_length": 64, **values}))


def scanned(plan: Plan, tokenizer) -> dict:
    return statistics(finished(gather(plan.data, tokenizer)), plan)


def stores() -> list[Path]:
    return [folder for folder in data_cache_folder().glob("*") if folder.name != cache.FINGERPRINTS]


def test_the_same_rows_are_encoded_once(write, plain_tokenizer, monkeypatch) -> None:
    plan = plan_of(write("a.jsonl", ROWS))
    first = finished(encoded(plan.data, plan.data.train, plain_tokenizer))
    monkeypatch.setattr(build, "_write", lambda *_: pytest.fail("encoded again"))
    again = finished(encoded(plan.data.with_values(max_length=8), plan.data.train, plain_tokenizer))
    assert again.folder == first.folder
    assert [again.ids(row).tolist() for row in range(50)] == [first.ids(row).tolist() for row in range(50)]


@pytest.mark.parametrize(
    "change", [{"loss_on": "all"}, {"columns": {"prompt": "Say {prompt}"}}, {"format": "prompt-completion"}]
)
def test_what_changes_the_tokens_is_encoded_anew(write, plain_tokenizer, change) -> None:
    plan = plan_of(write("a.jsonl", ROWS))
    folders = {
        finished(encoded(data, plan.data.train, plain_tokenizer)).folder
        for data in (plan.data, plan.data.with_values(**change))
    }
    assert len(folders) == 2


def test_changed_content_and_another_tokenizer_are_noticed(write, plain_tokenizer) -> None:
    path = write("a.jsonl", ROWS)
    plan = plan_of(path)
    one = finished(encoded(plan.data, str(path), plain_tokenizer)).folder
    other = finished(encoded(plan.data, str(path), byte_tokenizer(bos=True))).folder
    write("a.jsonl", [*ROWS, ROWS[0]])
    changed = finished(encoded(plan.data, str(path), plain_tokenizer))
    assert len({one, other, changed.folder}) == 3
    assert len(changed) == 51


def test_work_that_is_ended_leaves_nothing(write, plain_tokenizer, monkeypatch) -> None:
    monkeypatch.setattr(build, "CHUNK_ROWS", 5)
    work = encoded(plan_of(write("a.jsonl", ROWS)).data, str(write("a.jsonl", ROWS)), plain_tokenizer)
    events = [next(work), next(work)]
    assert [event.done for event in events if isinstance(event, Progressed)] == [0, 5]
    work.close()
    assert stores() == []


def test_chunks_change_nothing(write, plain_tokenizer, monkeypatch) -> None:
    plan = plan_of(write("a.jsonl", ROWS))
    whole = finished(encoded(plan.data, plan.data.train, plain_tokenizer))
    rows = [(whole.ids(row).tolist(), whole.spans(row).tolist(), whole.place(row)) for row in range(50)]
    clear_cache()
    assert stores() == []
    monkeypatch.setattr(build, "CHUNK_ROWS", 3)
    cut = finished(encoded(plan.data, plan.data.train, plain_tokenizer))
    assert [(cut.ids(row).tolist(), cut.spans(row).tolist(), cut.place(row)) for row in range(50)] == rows


def test_data_that_change_while_they_are_read_are_not_kept(write, plain_tokenizer, monkeypatch) -> None:
    path = write("a.jsonl", ROWS)
    keep = build._keep

    def keep_and_append(*arguments) -> int:
        with path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(ROWS[0]) + "\n")
        return keep(*arguments)

    monkeypatch.setattr(build, "_keep", keep_and_append)
    with pytest.raises(Refusal, match="changed while they were read") as caught:
        scanned(plan_of(path), plain_tokenizer)
    assert (caught.value.code, caught.value.field) == ("data-changing", "data.train")
    assert stores() == []


def test_an_optional_column_that_comes_late_is_learnt_and_others_are_told_of(write, plain_tokenizer) -> None:
    early, late = {"instruction": "Q", "output": "A"}, {"instruction": "Q", "input": "Z", "output": "A", "note": "n"}
    plan = plan_of(write("a.jsonl", [early] * build.LAYOUT_ROWS + [late]), max_length=1024)
    gathered = finished(gather(plan.data, plain_tokenizer))
    ((store, _),) = gathered.sources
    assert "### Input:\nZ" in plain_tokenizer.decode(store.ids(build.LAYOUT_ROWS))
    (words,) = statistics(gathered, plan)["warnings"]
    assert words == "the column 'note' is first found behind row 1,000, so it plays no part (line 1001)"


def test_bad_rows_of_the_evaluation_data_are_counted_for_themselves(write, plain_tokenizer) -> None:
    plan = plan_of(write("a.jsonl", ROWS), eval=str(write("b.jsonl", [ROWS[0], {"prompt": "Q", "completion": " "}])))
    found = scanned(plan, plain_tokenizer)
    assert found["problems"] == []
    ((code, rows),) = [(problem["code"], problem["rows"]) for problem in found["eval_problems"]]
    assert (code, rows, found["eval_problems"][0]["first"]) == ("row-empty", 1, [[1, "line 2"]])


def test_statistics_are_those_of_the_rows(write, plain_tokenizer) -> None:
    rows = [
        *ROWS,
        ROWS[3],
        {"prompt": "Q" * 70, "completion": "late"},
        {"prompt": "Q", "completion": ""},
        {"prompt": "caf\ufffd", "completion": "A"},
    ]
    plan = plan_of(write("a.jsonl", rows), max_length=9)
    told = scanned(plan, plain_tokenizer)
    lengths = [len((row["prompt"] + "\n" + row["completion"]).encode()) + 1 for row in rows if row["completion"]]
    assert (told["rows"], told["learnable_rows"]) == (54, 52)
    assert (told["longest"], told["shortest"]) == (max(lengths), min(lengths))
    assert told["lengths"] == [[n, lengths.count(n)] for n in sorted(set(lengths))]
    assert told["cut_rows"] == sum(n > 9 for n in lengths)
    assert told["cut_tokens"] == sum(max(n - 9, 0) for n in lengths)
    assert told["unlearnable_rows"] == 1
    assert told["duplicates"] == {"rows": 1, "first": [50]}
    assert [(one["code"], one["rows"], one["first"]) for one in told["problems"]] == [
        ("row-empty", 1, [[52, "line 53"]]),
        ("row-cut-away", 1, [[51, "line 52"]]),
    ]
    assert [(one["code"], one["first"]) for one in told["notes"]] == [("text-replaced", [[53, "line 54"]])]
    roomy = scanned(plan_of(write("b.jsonl", ROWS)), plain_tokenizer)
    assert roomy["padding"]["pack"] < roomy["padding"]["auto"] < roomy["padding"]["none"] < 0.5
    assert roomy["packed_rows"] == -(
        -sum(n * rows for n, rows in roomy["lengths"]) // 64
    )  # so short that they fill all rows
    assert json.loads(json.dumps(told)) == told


def test_bad_rows_are_refused_or_left_out(write, plain_tokenizer) -> None:
    text = "".join(json.dumps(row) + "\n" for row in ROWS[:5]) + '{"prompt": "Q", \n' + json.dumps(ROWS[6]) + "\n"
    data = plan_of(write("a.jsonl", text)).data
    with pytest.raises(Refusal, match=r"line 6.*bad_rows") as caught:
        finished(prepare(data, plain_tokenizer, seed=0, max_positions=None))
    assert caught.value.code == "data-bad-json"
    events = list(prepare(data.with_values(bad_rows="skip"), plain_tokenizer, seed=0, max_positions=None))
    (warned,) = [event for event in events if isinstance(event, Warned)]
    assert warned.code == "rows-left-out"
    assert "1 of 7 rows" in warned.what
    assert events[-1].train_rows + events[-1].eval_rows == 6


def test_where_no_row_is_left_skipping_does_not_help(write, plain_tokenizer) -> None:
    data = plan_of(write("a.jsonl", [{"prompt": "Q", "completion": ""}] * 3), bad_rows="skip").data
    with pytest.raises(Refusal, match="3 rows cannot be learnt from"):
        finished(prepare(data, plain_tokenizer, seed=0, max_positions=None))


def test_a_folder_and_mixed_data_are_learnt_together(write, plain_tokenizer, tmp_path) -> None:
    folder = tmp_path / "parts"
    folder.mkdir()
    for number, begin in enumerate((0, 20)):
        lines = [json.dumps(row) + "\n" for row in ROWS[begin : begin + 20]]
        (folder / f"part-{number}.jsonl").write_text("".join(lines), encoding="utf-8")
    (folder / "notes.md").write_text("not data", encoding="utf-8")
    more = write("more.csv", "prompt,completion\nX,YYYY\n")
    data = plan_of(folder, more=[{"path": str(more), "weight": 3}], eval_fraction=0).data
    prepared = finished(prepare(data, plain_tokenizer, seed=0, max_positions=None))
    assert len(prepared.train) == 41
    assert [share.weight for share in prepared.train.shares] == [1.0, 3.0]
    store = prepared.train.shares[0].store
    assert [store.place(20), store.meta["places"][1]] == [(1, 1), "part-1.jsonl, line "]


def seen(plan: Plan, tokenizer, row, **how) -> dict:
    return lens(finished(gather(plan.data, tokenizer)), plan, tokenizer, row, **{"begin": 0, "packed": False, **how})


def test_the_lens_shows_what_is_learnt_and_what_is_cut(write, plain_tokenizer) -> None:
    rows = [
        {"prompt": "é", "completion": "AB CDE"},
        {"prompt": "Q", "completion": ""},
        {"prompt": "Q", "completion": "A"},
    ]
    told = seen(plan_of(write("a.jsonl", rows), max_length=8), plain_tokenizer, 0)
    ids = [*plain_tokenizer("é\nAB CDE", add_special_tokens=False).input_ids, plain_tokenizer.eos_token_id]
    assert [token[0] for token in told["tokens"]] == ids
    assert [token[1] for token in told["tokens"]] == ["⟨C3⟩", "⟨A9⟩", "\n", "A", "B", " ", "C", "D", "E", "</s>"]
    assert [token[2] for token in told["tokens"]] == ["masked"] * 3 + ["trained"] * 5 + ["cut"] * 2
    assert [token[3] for token in told["tokens"]] == [False] * 9 + [True]
    assert (told["length"], told["kept"], told["supervised"], told["truncated"]) == (10, 8, 5, True)
    assert (told["place"], told["problem"]) == ("line 1", None)


def test_the_lens_jumps(write, plain_tokenizer) -> None:
    rows = [ROWS[0], {"prompt": "Q", "completion": ""}, ROWS[6], ROWS[1], {"completion": "A"}]
    plan = plan_of(write("a.jsonl", rows))
    jumps = [
        seen(plan, plain_tokenizer, way, begin=begin)["row"]
        for way, begin in (
            ("longest", 0), ("shortest", 3), ("next-problem", 0), ("next-problem", 1), ("next-problem", 4), ("previous-problem", 1),
        )
    ]  # fmt: skip
    assert jumps == [2, 0, 1, 4, 1, 4]
    assert "the completion is empty" in seen(plan, plain_tokenizer, 1)["problem"]
    for row in (5, -1, "sideways"):
        with pytest.raises(Refusal):
            seen(plan, plain_tokenizer, row)


def test_the_lens_shows_where_packed_documents_begin(write, plain_tokenizer) -> None:
    plan = plan_of(write("a.jsonl", ROWS), max_length=20)
    told = seen(plan, plain_tokenizer, 0, packed=True)
    documents = [token[4] for token in told["tokens"]]
    positions = [token[5] for token in told["tokens"]]
    assert len(set(documents)) > 1
    assert len(documents) <= 20
    for number in set(documents):
        mine = [at for at, document in zip(positions, documents, strict=True) if document == number]
        assert mine == list(range(len(mine)))
    # The first token of a document is never learnt.
    assert all(token[2] == "masked" for token in told["tokens"] if token[5] == 0)
