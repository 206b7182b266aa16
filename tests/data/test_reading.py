"""Reading data: what each kind of file holds, folders, encodings, and limits. Bad input is in `test_bad_data`."""

import json
import re
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pytest

from studio.data import jsonrows, reading, tables, textlines
from studio.data.reading import open_source
from studio.plan.errors import Refusal
from tests.data.asked import arrow, parquet, read_rows, refusal_of

PAIR = {"prompt": "name[Alimentum]", "completion": "Alimentum is a place – in the centre."}
TEXTS = pa.table({"text": [f"row {n}" for n in range(1500)]})


def place(path: Path, index: int) -> str:
    source = open_source(str(path))
    row = list(source)[index]
    return source.place(row.file, row.number)


@pytest.mark.parametrize(
    ("name", "content", "where"),
    [
        ("a.jsonl", [PAIR, PAIR], "line 2"),
        ("a.ndjson", json.dumps(PAIR) + "\n\n" + json.dumps(PAIR), "line 3"),
        ("a.JSONL", [PAIR, PAIR], "line 2"),
        ("a.json", json.dumps([PAIR, PAIR], indent=1), "row 2"),
        ("a.json", json.dumps({"version": "1", "data": [PAIR, PAIR]}) + "\n", "row 2"),
        ("a.json", json.dumps(PAIR) + "\n" + json.dumps(PAIR) + "\n", "line 2"),
        ("a.csv", "prompt,completion\r\n{p},{c}\r\n{p},{c}\r\n", "line 3"),
        ("a.csv", "prompt, completion \n\n{p},{c}\n{p},{c}\n", "line 4"),
        ("a.tsv", "prompt\tcompletion\n{p}\t{c}\n{p}\t{c}", "line 3"),
    ],
)
def test_each_kind_gives_the_same_rows(write, name: str, content: object, where: str) -> None:
    if isinstance(content, str):
        content = content.replace("{p}", PAIR["prompt"]).replace("{c}", PAIR["completion"])
    path = write(name, content)
    assert read_rows(path) == [PAIR, PAIR]
    assert place(path, 1) == where


def test_parquet(tmp_path: Path) -> None:
    turns = pa.Table.from_pylist([{"messages": [{"role": "user", "content": "hi"}]}] * 1500)
    path = parquet(tmp_path / "a.parquet", turns)
    assert read_rows(path) == turns.to_pylist()
    assert (place(path, 1499), open_source(str(path)).total()) == ("row 1500", 1500)


@pytest.mark.parametrize(("name", "form"), [("a.arrow", "file"), ("a.arrow", "stream"), ("a.feather", "file")])
def test_arrow(tmp_path: Path, name: str, form: str) -> None:
    path = arrow(tmp_path / name, TEXTS, form)
    assert read_rows(path) == TEXTS.to_pylist()
    assert (place(path, 1499), open_source(str(path)).total()) == ("row 1500", None)


def test_each_line_of_a_text_file_is_a_row(write) -> None:
    path = write("a.txt", "Once upon a time.\n\n  The end. \n")
    assert read_rows(path) == [{"text": "Once upon a time."}, {"text": "  The end. "}]
    assert (place(path, 1), open_source(str(path)).total()) == ("line 3", 2)


def test_quoted_cells_of_a_table(write) -> None:
    path = write("a.csv", 'a,b,c\n"two\nlines","say ""hi""",\n"1,5",\'x\',y\n')
    assert [list(row.values()) for row in read_rows(path)] == [["two\nlines", 'say "hi"', ""], ["1,5", "'x'", "y"]]
    assert place(path, 1) == "line 4"


def test_the_separator_is_found_though_the_sample_ends_within_a_cell(write, monkeypatch) -> None:
    monkeypatch.setattr(tables, "SNIFFED_CHARACTERS", 20)
    assert read_rows(write("a.csv", 'a;b\n1;2\n"a long, long\ntext";4\n'))[1] == {"a": "a long, long\ntext", "b": "4"}


def test_only_the_rows_that_are_asked_for_are_parsed(write) -> None:
    source = open_source(str(write("a.jsonl", [PAIR, PAIR, "not an object"])))
    assert [row.cells for row in islice(source, 2)] == [PAIR, PAIR]
    assert source.total() == 3


def test_a_folder_is_read_in_the_order_of_its_names(tmp_path: Path, write) -> None:
    for folder in ("b", "b/deep", ".git", "b/.cache"):
        (tmp_path / folder).mkdir()
    write("c.csv", "text\nlast\n")
    write("a.jsonl", [{"text": "first"}])
    write("b/deep/x.txt", "third\nfourth\n")
    write("b/1.json", '[{"text": "second"}]')
    for hidden in (".hidden.jsonl", ".git/a.txt", "b/.cache/a.txt", "README.md", "b/notes"):
        write(hidden, "not data")
    source = open_source(str(tmp_path))
    assert [row.cells["text"] for row in source] == ["first", "second", "third", "fourth", "last"]
    assert [source.place(row.file, row.number) for row in source] == [
        "a.jsonl, line 1", "1.json, row 1", "x.txt, line 1", "x.txt, line 2", "c.csv, line 2",
    ]  # fmt: skip
    assert source.size_bytes == sum(file.stat().st_size for file in source.files)
    assert source.total() is None  # of CSV and JSON it is not known without parsing


def test_the_rows_of_a_folder_are_counted(tmp_path: Path, write) -> None:
    parquet(tmp_path / "a.parquet", TEXTS)
    write("b.jsonl", [PAIR, PAIR])
    assert open_source(str(tmp_path)).total() == len(read_rows(tmp_path)) == 1502


def test_a_folder_without_data_is_refused(tmp_path: Path, write, monkeypatch) -> None:
    write("README.md", "not data")
    write(".hidden.jsonl", "{}")
    refusal = refusal_of(tmp_path)
    assert (refusal.code, refusal.where) == ("data-folder", str(tmp_path))
    assert ".jsonl" in refusal.now
    monkeypatch.setattr(reading, "MOST_FILES", 2)
    for name in ("a.txt", "b.txt", "c.txt"):
        write(name, "a")
    assert "3 data files" in refusal_of(tmp_path).what


def test_what_is_wrong_in_a_folder_is_told_of_its_file(tmp_path: Path, write) -> None:
    write("a.jsonl", [PAIR])
    write("b.jsonl", json.dumps(PAIR) + "\n{\n")
    assert refusal_of(tmp_path).where == f"{tmp_path / 'b.jsonl'}, line 2"
    write("b.jsonl", "")
    refusal = refusal_of(tmp_path, field="data.eval")
    assert (refusal.code, refusal.where, refusal.field) == ("data-empty", str(tmp_path / "b.jsonl"), "data.eval")


@pytest.mark.parametrize("name", ["a.docx", "noending", ".jsonl"])
def test_a_file_of_no_known_kind_is_refused(write, name: str) -> None:
    refusal = refusal_of(write(name, "text"))
    assert refusal.code == "data-kind"
    assert ".jsonl" in refusal.now


@pytest.mark.parametrize(
    ("encoding", "written", "text"),
    [
        ("latin-1", "latin-1", "café"),
        ("windows-1252", "windows-1252", "“café” – 5 €"),
        ("gb18030", "gb18030", "中文 句子 🙂"),
        ("shift_jis", "shift_jis", "日本語 の 文"),
        ("utf-16", "utf-16", "中文 café"),
        ("utf-16", "utf-16-le", "一 café 上"),
        ("utf-16", "utf-16-be", "一 café 上"),
        ("auto", "utf-16", "中文 café"),
        ("auto", "utf-32", "中文 café"),
        ("utf-8", "utf-8-sig", "中文 café"),
    ],
)
@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv", "a.txt"])
def test_each_encoding_is_read(write, name: str, encoding: str, written: str, text: str) -> None:
    content = {
        "a.jsonl": json.dumps({"text": text}, ensure_ascii=False) + "\n",
        "a.json": json.dumps([{"text": text}], ensure_ascii=False),
        "a.csv": f"text\n{text}\n",
        "a.txt": f"{text}\n",
    }[name]
    assert read_rows(write(name, content.encode(written)), encoding=encoding) == [{"text": text}]


@pytest.mark.parametrize(
    ("encoding", "written", "now"),
    [
        ("utf-16", "utf-8", "utf-8"),
        ("utf-8", "utf-16", "utf-16"),
        ("utf-8", "gb18030", "gb18030"),
        ("gb18030", "utf-8", "utf-8"),
    ],
)
def test_a_wrong_encoding_is_refused_with_a_likely_one(write, encoding: str, written: str, now: str) -> None:
    path = write("a.txt", "中文句子很长，中文句子很长。é".encode(written))
    refusal = refusal_of(path, encoding=encoding)
    assert (refusal.code, refusal.field) == ("data-encoding", "data.encoding")
    assert path.name in refusal.where
    assert re.search(f"perhaps to {now}( or|$)", refusal.now)


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.txt"])
def test_a_line_without_end_is_refused(write, monkeypatch, name: str) -> None:
    monkeypatch.setattr(textlines, "LONGEST_LINE_CHARACTERS", 1 << 20)
    path = write(name, "text\n" + "x" * (1 << 20) + "\n")
    with pytest.raises(Refusal) as caught:
        list(open_source(str(path)))
    assert (caught.value.code, caught.value.where) == ("data-long-line", f"{path}, line 2")
    assert "more than 1 million characters" in caught.value.what


def test_a_large_json_file_is_refused_unless_it_holds_an_object_a_line(write, monkeypatch) -> None:
    monkeypatch.setattr(jsonrows, "LARGEST_JSON_BYTES", 100)
    refusal = refusal_of(write("a.json", json.dumps([PAIR] * 3)))
    assert refusal.code == "data-large-json"
    assert ".jsonl" in refusal.now
    assert read_rows(write("a.json", [PAIR] * 3)) == [PAIR] * 3


def test_an_error_in_a_json_file_is_shown_with_its_line(write) -> None:
    path = write("a.json", '[{"a": "1"},\n {"a": "2"')
    refusal = refusal_of(path)
    assert (refusal.code, refusal.where) == ("data-bad-json", f"{path}, line 2")
    one_line = json.dumps([PAIR] * 100)[:-1]
    found = refusal_of(write("b.json", one_line + ', {"b" "c"}]')).what
    assert re.search(
        rf"Expecting ':' delimiter at column {len(one_line) + 8}: ….*centre\.\"}}, {{\"b\" \"c\"}}\]$", found
    )
