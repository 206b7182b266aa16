"""Bad rows of the catalogue in `test_bad_data`: each is refused by its number, counted, or left out and said so."""

import json
import os

import pytest

from studio.data.cache import cache_bytes, cached_fingerprint, clear_cache, fingerprints
from studio.data.fingerprint import data_fingerprint
from studio.data.prepare import finished, gather
from studio.data.preview import preview
from studio.data.reading import open_source
from studio.plan.errors import Refusal
from tests.data.asked import learnt, param, plan_of, prepared, read_rows, scanned

PAIR = {"prompt": "Q", "completion": "A"}
USER, ANSWER, ALIEN = ({"role": role, "content": "A"} for role in ("user", "assistant", "alien"))


def lines(*rows: object) -> str:
    """JSON Lines; a text is a line as it is."""
    return "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)


def between(bad: object) -> str:
    """A bad line between two good ones."""
    return lines(PAIR, bad, PAIR)


def chat(*turns: object) -> str:
    """A bad conversation between two good ones."""
    good = {"messages": [USER, ANSWER]}
    return lines(good, {"messages": turns}, good)


def answer(content: object) -> dict:
    """An assistant turn."""
    return {"role": "assistant", "content": content}


def nested(levels: int) -> str:
    """An object with lists within lists."""
    return '{"a": ' + "[" * levels + "]" * levels + "}"


def csv_of(cells: str) -> str:
    """A bad line of a table between two good ones."""
    return f"prompt,completion\nQ,A\n{cells}\nQ,A\n"


@pytest.mark.parametrize(
    ("name", "content", "code", "place", "says", "now"),
    [
        param("D12-ragged-long", "a.csv", csv_of("1,2,3"), "data-ragged", "line 3", "3 cells, the header 2", "put quotes"),
        param("D13-ragged-short", "a.csv", csv_of("1"), "data-ragged", "line 3", "1 cells, the header 2", "put quotes"),
        param("D18-zero-byte-csv", "a.csv", csv_of("Q,A\0"), "data-not-text", "line 3", "a zero byte", "remove it"),
        param("D18-zero-byte-jsonl", "a.jsonl", between('{"prompt": "\0"}'), "data-not-text", "line 2", "zero byte", "remove"),
        param("D22-bad-line", "a.jsonl", between('{"a": 1,}'), "data-bad-json", "line 2", 'column 9: {"a": 1,}', "mend"),
        param("D22-cut-line", "a.jsonl", between('{"a"'), "data-bad-json", "line 2", 'column 5: {"a"', "mend"),
        param("D22-list-line", "a.jsonl", between("[1]"), "data-not-an-object", "line 2", "a list", "one object a line"),
        param("D23-list-for-text", "a.jsonl", between(PAIR | {"completion": ["A"]}), "row-no-text", "line 2", "but list", "a text"),
        param("D23-null-for-text", "a.jsonl", between(PAIR | {"completion": None}), "row-no-text", "line 2", "missing", "a text"),
        param("D24-missing-key", "a.jsonl", between({"prompt": "Q"}), "row-no-text", "line 2", "'completion' is missing", "a text"),
        param("D26-key-twice", "a.jsonl", between('{"a": 1, "a": 2}'), "data-bad-json", "line 2", "'a' comes twice", "mend"),
        param("D27-surrogate", "a.jsonl", between('{"a": "\\ud800"}'), "data-bad-json", "line 2", "surrogate pair", "mend"),
        param("D28-nan", "a.jsonl", between('{"a": NaN}'), "data-bad-json", "line 2", "NaN is not a JSON number", "mend"),
        param("D29-depth-800", "a.jsonl", between(nested(800)), "data-bad-json", "line 2", "too deeply", "mend"),
        param("D29-depth-5000", "a.jsonl", between(nested(5000)), "data-bad-json", "line 2", "too deeply", "mend"),
        param("D29-whole-json", "a.json", f"[{json.dumps(PAIR)}, {nested(200)}]", "data-bad-json", "row 2", "too deeply", "mend"),
        param("D34-image-part", "a.jsonl", chat(USER, answer([{"type": "image"}])), "row-bad-content", "line 2", "not text", "a text"),
        param("D34-object", "a.jsonl", chat(USER, answer({"a": 1})), "row-bad-content", "line 2", "not text", "a text"),
        param("D35-wrong-role", "a.jsonl", chat(ALIEN, ANSWER), "row-bad-role", "line 2", "'alien'", "assistant"),
        param("D35-no-answer", "a.jsonl", chat(USER), "row-no-assistant", "line 2", "no assistant turn", "add the answer"),
        param("D35-empty-answer", "a.jsonl", chat(USER, answer(" ")), "row-empty-answer", "line 2", "is empty", "fill it"),
        param("D35-no-turns", "a.jsonl", chat(), "row-no-turns", "line 2", "not a list of turns", "role, content"),
        param("D35-empty-completion", "a.jsonl", between(PAIR | {"completion": ""}), "row-empty", "line 2", "is empty", "fill it"),
        param("D51-one-row", "a.jsonl", between(PAIR | {"prompt": "Q" * 99}), "row-cut-away", "line 2", "cut at 64", "raise"),
    ],
)  # fmt: skip
def test_a_bad_row_is_refused_by_its_number_or_left_out(
    write, plain_tokenizer, name, content, code, place, says, now
) -> None:
    path = write(name, content)
    shown = preview(plan_of(path).data, plain_tokenizer)
    assert [row["place"] for row in shown["rows"] if row["problem"] is not None] == [place]
    with pytest.raises(Refusal) as caught:
        prepared(plan_of(path), plain_tokenizer)
    refusal = caught.value
    assert (refusal.code, refusal.where) == (code, f"{path}, {place}")
    assert says in refusal.what
    assert now in refusal.now
    assert refusal.now.endswith("or set data.bad_rows to skip")
    assert "\n" not in refusal.sentence
    examples, (warned,) = prepared(plan_of(path, bad_rows="skip"), plain_tokenizer)
    assert [example.row for example in examples.train] == [row for row in range(len(shown["rows"])) if row != 1]
    assert warned.code == "rows-left-out"
    assert f"1 of {len(shown['rows'])} rows" in warned.what
    assert place in warned.what


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        param("D12-five-lines", "a.csv", "prompt,completion\nQ,A\n" + "1,2,3\n" * 7, "lines 3, 4, 5, 6, 7, …"),
        param("D13-five-lines", "a.csv", "prompt,completion\nQ,A\n" + "1\n" * 7, "lines 3, 4, 5, 6, 7, …"),
        param("D22-five-lines", "a.jsonl", lines(PAIR, *["{"] * 7), "lines 2, 3, 4, 5, 6, …"),
        param("D35-five-lines", "a.jsonl", chat(USER) + lines(*[{"messages": [ALIEN]}] * 6), "lines 2, 4, 5, 6, 7, …"),
    ],
)
def test_the_first_five_places_are_named_and_all_counted(write, plain_tokenizer, name, content, says) -> None:
    path = write(name, content)
    with pytest.raises(Refusal, match="7 rows cannot be learnt from; the first because") as caught:
        prepared(plan_of(path), plain_tokenizer)
    assert caught.value.where == f"{path}, {says}"


@pytest.mark.parametrize(
    ("name", "content", "code", "place"),
    [
        param("D22-all-lines", "a.jsonl", '{"a"\n{"b"\n', "data-bad-json", "line 1"),
        param("D30-all-lines", "a.jsonl", "7\n8\n", "data-not-an-object", "line 1"),
        param("D32-all-strings", "a.json", '["one", "two"]', "data-not-an-object", "row 1"),
    ],
)
def test_where_no_row_is_good_the_first_is_named(write, plain_tokenizer, name, content, code, place) -> None:
    path, good = write(name, content), write("good.jsonl", [PAIR] * 2)
    plans = {"data.train": plan_of(path, bad_rows="skip"), "data.eval": plan_of(good, eval=str(path))}
    for field, plan in plans.items():
        with pytest.raises(Refusal) as caught:
            prepared(plan, plain_tokenizer)
        assert (caught.value.code, caught.value.where, caught.value.field) == (code, f"{path}, {place}", field)


@pytest.mark.parametrize(
    ("name", "content", "rows"),
    [
        param(
            "D14-words-for-nothing",
            "a.csv",
            "a,b,c\nNA,null,007\nNone,NaN,1e5\n,N/A,#N/A\n",
            [("NA", "null", "007"), ("None", "NaN", "1e5"), ("", "N/A", "#N/A")],
        ),
        param("D13-numbers-stay-text", "a.csv", "a,b\n1,2\n3,\n", [("1", "2"), ("3", "")]),
        param("D15-type-change", "a.csv", "a,b\n" + "1,2\n" * 20_000 + "x,2\n", [("1", "2")] * 20_000 + [("x", "2")]),
        param("D28-nan-as-text", "a.jsonl", '{"a": "NaN"}\n', [("NaN",)]),
        param("D23-kept-as-written", "a.jsonl", '{"a": 1}\n{"a": "1"}\n{"a": [1]}\n', [(1,), ("1",), ([1],)]),
    ],
)
def test_cells_are_kept_as_they_are_written(write, name: str, content: str, rows: list) -> None:
    assert [tuple(row.values()) for row in read_rows(write(name, content))] == rows


def test_d18_a_zero_byte_in_a_small_table_is_a_row_not_a_binary_file(write) -> None:
    source = open_source(str(write("a.csv", "text\nfine\nb\0d\n")))
    good, bad = source
    assert good.cells == {"text": "fine"}
    assert bad.cells.where.endswith("a.csv, line 3")


def test_d18_a_zero_byte_that_is_written_out_is_noted(write, plain_tokenizer) -> None:
    told = scanned(plan_of(write("a.jsonl", lines({"text": "fine"}, '{"text": "b\\u0000d"}'))), plain_tokenizer)
    (note,) = told["notes"]
    assert (note["code"], note["rows"], note["first"]) == ("text-control", 1, [[1, "line 2"]])


def test_d23_a_number_is_learnt_as_text(write, plain_tokenizer) -> None:
    path = write("a.jsonl", lines(PAIR, PAIR | {"completion": 7}))
    assert learnt(plan_of(path), plain_tokenizer) == ["Q\nA</s>", "Q\n7</s>"]


def test_d25_a_key_that_comes_late_ends_nothing(write, plain_tokenizer) -> None:
    path = write("a.jsonl", lines(*[PAIR] * 3000, PAIR | {"comment": {"late": [1]}}))
    assert len(prepared(plan_of(path), plain_tokenizer)[0].train) == 3001


def test_d33_the_tokens_of_a_long_row_are_shown_and_cut_rows_counted(write, plain_tokenizer) -> None:
    path = write("a.jsonl", lines(PAIR, PAIR | {"completion": "A" * 300_000}))
    shown = preview(plan_of(path).data, plain_tokenizer)
    assert [row["tokens"] for row in shown["rows"]] == [4, 300_003]
    told = scanned(plan_of(path), plain_tokenizer)
    assert (told["longest"], told["cut_rows"], told["cut_tokens"]) == (300_003, 1, 300_003 - 64)
    examples, _ = prepared(plan_of(path), plain_tokenizer)
    assert (examples.truncated_rows, examples.longest) == (1, 64)


def test_d34_texts_and_lists_of_texts_are_the_same_turns(write, plain_tokenizer) -> None:
    parts = answer([{"type": "text", "text": "A"}])
    plan = plan_of(write("a.jsonl", lines({"messages": [USER, ANSWER]}, {"messages": [USER, parts]})))
    first, second = learnt(plan, plain_tokenizer)
    assert first == second
    assert scanned(plan, plain_tokenizer)["duplicates"] == {"rows": 1, "first": [1]}


def test_d35_what_is_wrong_with_turns_is_counted_by_row(write, plain_tokenizer) -> None:
    good, unanswered, alien = {"messages": [USER, ANSWER]}, {"messages": [USER]}, {"messages": [ALIEN, ANSWER]}
    path = write("a.jsonl", lines(good, unanswered, alien, unanswered, good))
    told = scanned(plan_of(path), plain_tokenizer)
    assert (told["rows"], told["learnable_rows"]) == (5, 2)
    assert [(one["code"], one["rows"], one["first"]) for one in told["problems"]] == [
        ("row-no-assistant", 2, [[1, "line 2"], [3, "line 4"]]),
        ("row-bad-role", 1, [[2, "line 3"]]),
    ]
    assert all(one["now"] for one in told["problems"])


def test_d49_a_file_that_changes_has_another_fingerprint(write, plain_tokenizer) -> None:
    path = write("a.jsonl", [PAIR] * 3)
    plan = plan_of(path)
    before = (data_fingerprint(path), cached_fingerprint(path), fingerprints(plan.data))
    assert before[2] == {str(path): before[0]} == {str(path): before[1]}
    examples, _ = prepared(plan, plain_tokenizer)
    going = iter(examples.train)
    first = next(going).ids.tolist()
    path.write_text(lines(PAIR | {"completion": "B"}))  # while a run reads
    assert [example.ids.tolist() for example in going] == [first, first]
    assert data_fingerprint(path) not in before
    assert fingerprints(plan.data) == {str(path): data_fingerprint(path)}
    assert learnt(plan, plain_tokenizer) == ["Q\nB</s>"]


def test_d49_a_file_that_is_replaced_while_it_is_read(write) -> None:
    path = write("a.txt", b"fine\n" * 10_000 + b"caf\xe9\n")
    reading = iter(open_source(str(path)))
    next(reading)
    write("b.txt", "fine\n").replace(path)
    with pytest.raises(Refusal, match="changed while it was read"):
        list(reading)


def test_d49_a_change_of_the_same_size_is_noticed(write) -> None:
    path = write("a.txt", "abc")
    os.utime(path, ns=(10**18, 10**18))  # long ago, so that the fingerprint is remembered
    before = cached_fingerprint(path)
    path.write_text("abd")
    os.utime(path, ns=(10**18, 10**18 + 1))
    assert before != cached_fingerprint(path) == data_fingerprint(path)


def test_d50_the_cache_knows_its_size_and_can_be_cleared(write, plain_tokenizer) -> None:
    plan = plan_of(write("a.jsonl", [PAIR | {"prompt": f"Q{n}"} for n in range(50)]))
    gathered = finished(gather(plan.data, plain_tokenizer))
    size = gathered.sources[0][0].size_bytes
    assert cache_bytes() >= size > 50 * 4
    told = scanned(plan, plain_tokenizer)
    assert (told["cache_bytes"], told["cache_total_bytes"]) == (size, cache_bytes())
    assert clear_cache() >= size
    assert (cache_bytes(), clear_cache()) == (0, 0)
    assert len(prepared(plan, plain_tokenizer)[0].train) == 50


@pytest.mark.parametrize("bad_rows", ["refuse", "skip"])
def test_d51_where_every_row_is_cut_away_nothing_begins(write, plain_tokenizer, bad_rows: str) -> None:
    path = write("a.jsonl", [{"prompt": "Q" * 70, "completion": "A"}] * 3)
    plan = plan_of(path, bad_rows=bad_rows)
    with pytest.raises(Refusal, match="3 rows cannot be learnt from") as caught:
        prepared(plan, plain_tokenizer)
    refusal = caught.value
    assert (refusal.code, refusal.where, refusal.field) == ("row-cut-away", f"{path}, lines 1, 2, 3", "data.max_length")
    assert refusal.now == "raise data.max_length or leave the row out"
    told = scanned(plan, plain_tokenizer)
    assert (told["rows"], told["learnable_rows"], told["unlearnable_rows"]) == (3, 0, 3)
    assert told["problems"][0]["first"] == [[0, "line 1"], [1, "line 2"], [2, "line 3"]]


def test_d52_duplicates_and_overlap_are_told_by_row(write, plain_tokenizer) -> None:
    rows = [{"prompt": f"Q{n}", "completion": "A"} for n in range(4)]
    train = write("a.jsonl", [*rows, rows[1], rows[1], rows[0]])
    other = write("b.jsonl", [{"prompt": "new", "completion": "A"}, rows[2]])
    plan = plan_of(train, eval=str(other))
    told = scanned(plan, plain_tokenizer)
    assert told["duplicates"] == {"rows": 3, "first": [4, 5, 6]}
    assert told["overlap"] == {"rows": 1, "of": 2, "first": [1]}
    _, (warned,) = prepared(plan, plain_tokenizer)
    assert (warned.code, warned.what.startswith("1 of 2 evaluation rows are also training rows")) == (
        "eval-overlap",
        True,
    )
