"""Bad data files of the catalogue in `test_bad_data`: each is refused in a sentence, or read as exactly what it holds."""

import gzip
import io
import json
import os
import zipfile
from pathlib import Path

import pytest

from studio.data.preview import preview
from studio.data.reading import open_source
from tests.data.asked import learnt, param, plan_of, read_rows, refusal_of

ROW = {"text": "a", "label": "b"}


def zipped() -> bytes:
    """An archive whose entry would be unpacked beside its folder."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("../../slipped.csv", "text\na\n")
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "code", "place", "says", "now"),
    [
        param("D1-empty-csv", "a.csv", "", "data-empty", "", "0 rows", "at least one row"),
        param("D2-header-only", "a.csv", "prompt,completion\n", "data-empty", "", "0 rows", "at least one row"),
        param("D3-empty-json", "a.json", "", "data-empty", "", "0 rows", "at least one row"),
        param("D3-blank-json", "a.json", "\ufeff \n", "data-empty", "", "0 rows", "at least one row"),
        param("D4-empty-list", "a.json", "[]", "data-empty", "", "0 rows", "at least one row"),
        param("D4-no-lines", "a.jsonl", "\n\n", "data-empty", "", "0 rows", "at least one row"),
        param("D5-empty-txt", "a.txt", "", "data-empty", "", "0 rows", "at least one row"),
        param("D5-blank-txt", "a.txt", "\n \n", "data-empty", "", "0 rows", "at least one row"),
        param("D6-latin-1", "a.csv", b"text\nfine\ncaf\xe9\n", "data-encoding", ", line 3", "byte 0xE9", "windows-1252"),
        param("D6-gb18030", "a.txt", "中文句子很长".encode("gb18030"), "data-encoding", ", line 1", "0xD6", "gb18030"),
        param("D7-no-mark", "a.txt", ("some text\n" * 9).encode("utf-16-le"), "data-encoding", "", "looks like UTF-16", "utf-16"),
        param("D8-binary", "a.jsonl", bytes(range(256)) * 3, "data-not-text", "", "is binary", "text file"),
        param("D10-twice", "a.csv", "text,label,text\na,b,c\n", "data-duplicate-columns", ", line 1", "'text' twice", "rename"),
        param("D17-unclosed", "a.csv", 'a,b\n1,2\n"3,4\n5,6\n', "data-bad-quotes", ", line 3", "never closed", "close the quote"),
        param("D30-json-scalar", "a.json", '"text"', "data-not-rows", "", "holds a string", "[{…}, {…}]"),
        param("D30-scalar-lines", "a.jsonl", "7\n", "data-not-an-object", ", line 1", "a number", "one object a line"),
        param("D31-columns", "a.json", '{"a": ["1"], "b": ["3"]}', "data-not-rows", "", "columns (a, b)", "[{…}, {…}]"),
        param("D32-strings", "a.json", '["one", "two"]', "data-not-an-object", ", row 1", "a string, not an object", '{"text": "…"}'),
        param("D38-renamed-parquet", "a.csv", b"PAR1" + b"x" * 100, "data-renamed", "", "a Parquet file", ".parquet"),
        param("D41-gzip", "a.jsonl.gz", gzip.compress(b'{"text": "a"}'), "data-archive", "", "a gzip archive", "unpack it"),
        param("D41-gzip-bomb", "a.jsonl", gzip.compress(bytes(10_000_000)), "data-archive", "", "a gzip archive", "unpack it"),
        param("D42-zip-slip", "a.csv", zipped(), "data-archive", "", "a zip archive", "unpack it"),
        param("D42-zip", "a.zip", zipped(), "data-archive", "", "a zip archive", "unpack it"),
        param("D42-tar", "a.tar", b"\0" * 257 + b"ustar" + b"\0" * 250, "data-archive", "", "a tar archive", "unpack it"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_in_a_sentence(write, tmp_path, name, content, code, place, says, now) -> None:
    refusal = refusal_of(write(name, content))
    assert refusal.code == code
    assert refusal.where == f"{tmp_path / name}{place}"
    assert says in refusal.what
    assert now in refusal.now
    assert "\n" not in refusal.sentence
    assert refusal.field == ("data.encoding" if code == "data-encoding" else "data.train")
    assert [entry.name for entry in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize(
    ("name", "content", "rows"),
    [
        param("D7-utf-16", "a.jsonl", '{"text": "é"}\n'.encode("utf-16"), [{"text": "é"}]),
        param("D9-mark-csv", "a.csv", "\ufefftext,label\na,b\n", [ROW]),
        param("D9-mark-jsonl", "a.jsonl", "\ufeff" + json.dumps(ROW), [ROW]),
        param("D9-mark-json", "a.json", "\ufeff" + json.dumps([ROW]), [ROW]),
        param("D9-mark-txt", "a.txt", "\ufeffa", [{"text": "a"}]),
        param("D16-semicolon", "a.csv", "text;label\na;b\n", [ROW]),
        param("D16-tab", "a.csv", "text\tlabel\na\tb\n", [ROW]),
        param("D16-bar", "a.csv", "text|label\na|b\n", [ROW]),
        param("D16-comma-in-quotes", "a.csv", 'text;label\n"a, b";"c"\n', [{"text": "a, b", "label": "c"}]),
        param("D16-prose", "a.csv", 'text\n"One, two"\n', [{"text": "One, two"}]),
        param("D19-cr-csv", "a.csv", "text,label\ra,b\ra,b\r", [ROW, ROW]),
        param("D19-cr-jsonl", "a.jsonl", f"{json.dumps(ROW)}\r{json.dumps(ROW)}\r", [ROW, ROW]),
        param("D19-cr-txt", "a.txt", "a\rb\r", [{"text": "a"}, {"text": "b"}]),
        param("D20-50-MB-csv", "a.csv", f"text,label\n{'x' * 50_000_000},b\n", [{"text": "x" * 50_000_000, "label": "b"}]),
        param("D33-30-MB-line", "a.jsonl", json.dumps({"text": "x" * 30_000_000}), [{"text": "x" * 30_000_000}]),
        param("D33-30-MB-txt", "a.txt", "x" * 30_000_000, [{"text": "x" * 30_000_000}]),
        param("D45-brackets", "with [a] and *.jsonl", json.dumps(ROW), [ROW]),
        param("D45-brackets-csv", "[0-9]?.csv", "text,label\na,b\n", [ROW]),
        param("D46-unicode", "Größe 数据 🙂.json", json.dumps([ROW]), [ROW]),
        param("D46-spaces", " a b .csv", "text,label\na,b\n", [ROW]),
    ],
)  # fmt: skip
def test_an_odd_file_is_read_as_it_is(write, name: str, content: object, rows: list) -> None:
    path = write(name, content)
    found = read_rows(path)
    assert len(found) == len(rows)
    assert found == rows or pytest.fail("other rows", pytrace=False)  # a difference of 50 MB is not to be shown
    assert open_source(str(path)).total() in (None, len(rows))


def test_d16_the_preview_shows_the_columns_that_were_cut(write) -> None:
    shown = preview(plan_of(write("a.csv", "question;answer\nWhy?;So.\n")).data, None)
    assert (shown["columns"], shown["rows"][0]["cells"]) == (
        ["question", "answer"],
        {"question": "Why?", "answer": "So."},
    )


def test_d21_a_formula_stays_text(write, plain_tokenizer) -> None:
    formula = "=cmd|' /C calc'!A0"
    path = write("a.csv", f"text\n{formula}\n@SUM(A1)\n")
    assert read_rows(path) == [{"text": formula}, {"text": "@SUM(A1)"}]
    assert learnt(plan_of(path), plain_tokenizer) == [f"{formula}</s>", "@SUM(A1)</s>"]


def test_d47_what_is_not_there_or_no_file(tmp_path: Path) -> None:
    (tmp_path / "folder.jsonl").mkdir()
    (tmp_path / "dangling.jsonl").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop.jsonl").symlink_to(tmp_path / "loop.jsonl")
    for name, code, now in (
        ("absent.jsonl", "data-missing", "check the path"),
        ("absent.jsonl/a.jsonl", "data-missing", "check the path"),
        ("dangling.jsonl", "data-missing", "check the path"),
        ("zero\0byte.jsonl", "data-missing", "check the path"),
        ("folder.jsonl", "data-folder", ".jsonl"),
        ("loop.jsonl", "data-unreadable", "check it"),
        ("a" * 300 + ".jsonl", "data-unreadable", "check it"),
    ):
        refusal = refusal_of(tmp_path / name)
        assert (refusal.code, refusal.where) == (code, str(tmp_path / name))
        assert now in refusal.now


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_d48_a_pipe_or_a_device_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jsonl")
    for path in (tmp_path / "pipe.jsonl", Path("/dev/zero")):
        refusal = refusal_of(path)
        assert (refusal.code, refusal.where, refusal.now) == ("data-no-file", str(path), "save the rows to a file")
    (tmp_path / "a.txt").write_text("a")
    assert read_rows(tmp_path) == [{"text": "a"}]  # nor in a folder
