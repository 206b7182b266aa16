"""Reading data files: what each kind holds, and one sentence for each that cannot be read."""

import gzip
import json
import os
import zipfile
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from studio.data.reading import open_source
from studio.data.rows import PlacedRow
from studio.plan.errors import Refusal

PAIR = {"prompt": "name[Alimentum]", "completion": "Alimentum is a place – in the centre."}


def read(path: Path, max_rows: int | None = None, **how) -> list[PlacedRow]:
    """The rows; the first that cannot be read is raised with its place, as it is told to a user."""
    source = open_source(str(path), **how)
    rows = list(islice(source, max_rows))
    for row in rows:
        if isinstance(row.cells, Refusal):
            where = f"{path}, {source.place(row.file, row.number)}"
            raise Refusal(row.cells.code, row.cells.what, where=where, now=row.cells.now, field=row.cells.field)
    return rows


def read_rows(path: Path, max_rows: int | None = None, **how) -> list[dict]:
    return [row.cells for row in read(path, max_rows, **how)]


def place(path: Path, index: int) -> str:
    row = list(open_source(str(path)))[index]
    return open_source(str(path)).place(row.file, row.number)


def parquet(path: Path, rows: list[dict]) -> Path:
    pq.write_table(pa.Table.from_pylist(rows), path)
    return path


@pytest.mark.parametrize(
    ("name", "content", "where"),
    [
        ("a.jsonl", [PAIR, PAIR], "line 2"),
        ("a.ndjson", "\ufeff" + json.dumps(PAIR) + "\n\n" + json.dumps(PAIR), "line 3"),
        ("a.json", json.dumps([PAIR, PAIR], indent=1), "row 2"),
        ("a.json", json.dumps({"version": "1", "data": [PAIR, PAIR]}) + "\n", "row 2"),
        ("a.json", json.dumps(PAIR) + "\n" + json.dumps(PAIR) + "\n", "line 2"),
        ("a.csv", "prompt,completion\r\n{p},{c}\r\n{p},{c}\r\n", "line 3"),
        ("a.csv", "\ufeffprompt;completion\n{p};{c}\n{p};{c}\n", "line 3"),
        ("a.csv", "prompt,completion\r{p},{c}\r{p},{c}\r", "line 3"),
        ("a.tsv", "prompt\tcompletion\n{p}\t{c}\n{p}\t{c}", "line 3"),
        ("with [a] * and ü.jsonl", [PAIR, PAIR], "line 2"),
    ],
)
def test_each_kind_gives_the_same_rows(write, name: str, content: object, where: str) -> None:
    if isinstance(content, str):
        content = content.replace("{p}", PAIR["prompt"]).replace("{c}", PAIR["completion"])
    path = write(name, content)
    assert read_rows(path) == [PAIR, PAIR]
    assert place(path, 1) == where


def test_parquet(tmp_path: Path) -> None:
    path = parquet(tmp_path / "a [1].parquet", [{"messages": [{"role": "user", "content": "hi"}]}] * 1500)
    rows = read_rows(path)
    assert (len(rows), rows[1499]) == (1500, {"messages": [{"role": "user", "content": "hi"}]})
    assert place(path, 1499) == "row 1500"
    assert (len(read_rows(path, max_rows=3)), open_source(str(path)).total()) == (3, 1500)


def test_each_line_of_a_text_file_is_a_row(write) -> None:
    path = write("a.txt", "Once upon a time.\n\n  The end. \n")
    assert read_rows(path) == [{"text": "Once upon a time."}, {"text": "  The end. "}]
    assert (place(path, 1), open_source(str(path)).total()) == ("line 3", 2)


def test_cells_of_a_table_stay_text(write) -> None:
    rows = read_rows(write("a.csv", 'a,b,c\nNA,null,007\nNone,1e5,=1+1\n"two\nlines","say ""hi""",\n'))
    assert [list(row.values()) for row in rows] == [
        ["NA", "null", "007"],
        ["None", "1e5", "=1+1"],
        ["two\nlines", 'say "hi"', ""],
    ]


def test_one_column_of_prose_has_no_separator(write) -> None:
    assert read_rows(write("a.csv", 'text\n"One, two"\n')) == [{"text": "One, two"}]


def test_only_the_first_rows_are_parsed(write) -> None:
    path = write("a.jsonl", json.dumps(PAIR) + "\n" + json.dumps(PAIR) + "\nnot json\n")
    assert len(read_rows(path, max_rows=2)) == 2
    assert open_source(str(path)).total() == 3


@pytest.mark.parametrize(
    ("name", "content", "code", "words"),
    [
        ("a.jsonl", "", "data-empty", "0 rows"),
        ("a.csv", "prompt,completion\n", "data-empty", "0 rows"),
        ("a.json", "[]", "data-empty", "0 rows"),
        ("a.json", " \n", "data-empty", "0 rows"),
        ("a.json", "\ufeff", "data-empty", "0 rows"),
        ("a.txt", "\n\n", "data-empty", "0 rows"),
        ("a.jsonl", '{"a": "1"}\n{"a": "\n'.encode("utf-16"), "data-bad-json", "line 2"),
        ("a.jsonl", ('{"a": "1"}\n' * 9).encode("utf-16-le"), "data-encoding", "UTF-16"),
        ("a.csv", b"text\nfine\ncaf\xe9\n", "data-encoding", "line 3"),
        ("a.jsonl", bytes(range(256)) * 3, "data-not-text", "binary"),
        ("a.txt", b"a" * 70000 + b"\nb\0\n", "data-not-text", "line 2"),
        ("a.jsonl", '{"a": "1"}\n{"a": 1,}\n', "data-bad-json", "line 2"),
        ("a.jsonl", '{"a": "1"}\n{"a": 1,}\n', "data-bad-json", '{"a": 1,}'),
        ("a.jsonl", '{"a": "1"}\n[1]\n', "data-not-an-object", "line 2"),
        ("a.jsonl", "7\n", "data-not-an-object", "a number"),
        ("a.jsonl", '{"a": "1", "a": "2"}\n', "data-bad-json", "'a' comes twice"),
        ("a.jsonl", '{"a": NaN}\n', "data-bad-json", "NaN"),
        ("a.jsonl", '{"a": "\\ud800"}\n', "data-bad-json", "surrogate"),
        ("a.jsonl", '{"a": ' + "[" * 100_000 + "\n", "data-bad-json", "nested too deeply"),
        ("a.json", '"text"', "data-not-rows", "a string"),
        ("a.json", '["one", "two"]', "data-not-an-object", "row 1"),
        ("a.json", '{"a": ["1", "2"], "b": ["3", "4"]}', "data-not-rows", "columns (a, b)"),
        ("a.json", '{"prompt": "one"}', "data-not-rows", "prompt"),
        ("a.json", '[{"a": "1"},\n {"a": "2"', "data-bad-json", "line 2"),
        ("a.csv", "a,b\n1,2\n3\n", "data-ragged", "line 3"),
        ("a.csv", "a,b\n1,2\n3,4,5\n", "data-ragged", "3 cells"),
        ("a.csv", 'a,b\n1,2\n"3,4\n5,6\n', "data-bad-quotes", "line 3"),
        ("a.csv", "text,text\na,b\n", "data-duplicate-columns", "'text'"),
        ("a.parquet", "prompt,completion\na,b\n", "data-not-parquet", ".csv"),
        ("a.parquet", b"PAR1" + b"x" * 100, "data-damaged", "damaged"),
        ("a.csv", b"PAR1" + b"x" * 100, "data-renamed", ".parquet"),
        ("a.jsonl", gzip.compress(b'{"a": 1}'), "data-archive", "gzip"),
        ("a.zip", b"PK\x03\x04" + b"\0" * 30, "data-archive", "zip"),
        ("a.tar", b"\0" * 257 + b"ustar" + b"\0" * 250, "data-archive", "tar"),
        ("a.docx", "text", "data-kind", ".jsonl"),
        ("noending", "text", "data-kind", "without ending"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(write, name: str, content: object, code: str, words: str) -> None:
    path = write(name, content)
    with pytest.raises(Refusal) as caught:
        read_rows(path)
    refusal = caught.value
    assert (refusal.code, refusal.field) == (code, "data.encoding" if code == "data-encoding" else "data.train")
    assert words in refusal.sentence
    assert path.name in refusal.sentence
    assert refusal.now
    assert "\n" not in refusal.sentence


def test_a_cut_off_parquet_file_is_damaged(tmp_path: Path) -> None:
    path = parquet(tmp_path / "a.parquet", [{"text": "x" * 50}] * 1000)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(Refusal, match="damaged or cut off"):
        read_rows(path)


def test_flipped_bytes_in_a_parquet_file_are_damage(tmp_path: Path) -> None:
    path = parquet(tmp_path / "a.parquet", [{"text": f"{n} rows of many words"} for n in range(1000)])
    content = bytearray(path.read_bytes())
    content[4:2000] = b"\xff" * 1996
    path.write_bytes(content)
    with pytest.raises(Refusal, match="damaged or cut off"):
        read_rows(path)


def test_a_column_twice_in_parquet(tmp_path: Path) -> None:
    table = pa.Table.from_arrays([pa.array(["a"]), pa.array(["b"])], names=["text", "text"])
    pq.write_table(table, tmp_path / "a.parquet")
    with pytest.raises(Refusal, match="'text' twice"):
        read_rows(tmp_path / "a.parquet")


@pytest.mark.parametrize(
    ("name", "code"),
    [("absent.jsonl", "data-missing"), ("folder.jsonl", "data-folder"), ("dangling.jsonl", "data-missing")],
)
def test_what_is_no_file_is_refused(tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / "folder.jsonl").mkdir()
    (tmp_path / "dangling.jsonl").symlink_to(tmp_path / "nowhere")
    with pytest.raises(Refusal) as caught:
        read_rows(tmp_path / name)
    assert caught.value.code == code


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_or_a_device_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jsonl")
    for path in (tmp_path / "pipe.jsonl", Path("/dev/zero")):
        with pytest.raises(Refusal, match="a pipe or a device"):
            read_rows(path)


def test_a_real_zip_is_an_archive(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "rows.csv", "w") as archive:
        archive.writestr("../../rows.csv", "text\na\n")
    with pytest.raises(Refusal, match="zip archive"):
        read_rows(tmp_path / "rows.csv")


def test_a_long_cell_is_read(write) -> None:
    assert len(read_rows(write("a.csv", "text\n" + "x" * 1_000_000 + "\n"))[0]["text"]) == 1_000_000
