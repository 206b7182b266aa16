"""Bad Parquet and Arrow files of the catalogue in `test_bad_data`, and odd ones that are read all the same."""

from pathlib import Path

import pyarrow as pa
import pytest

from studio.data import parquet as parquet_module
from studio.data.reading import open_source
from tests.data.asked import arrow, learnt, param, parquet, plan_of, read_rows, refusal_of

WORDS = pa.table({"text": [f"{n} rows of many words" for n in range(1000)]})
TWICE = pa.Table.from_arrays([pa.array(["a"]), pa.array(["b"])], names=["text", "text"])
FORMS = ("file", "stream")


@pytest.mark.parametrize(
    ("name", "content", "code", "says", "now"),
    [
        param("D37-zero-parquet", "a.parquet", b"", "data-empty", "0 rows", "at least one row"),
        param("D37-zero-arrow", "a.arrow", b"", "data-empty", "0 rows", "at least one row"),
        param("D38-renamed-csv", "a.parquet", "text\na\n", "data-not-parquet", "not a Parquet file", ".csv"),
        param("D38-renamed-csv-arrow", "a.arrow", "text\na\n", "data-damaged", "Arrow file is damaged", "again"),
    ],
)
def test_a_file_that_is_none_is_refused_in_a_sentence(write, name, content, code, says, now) -> None:
    path = write(name, content)
    refusal = refusal_of(path)
    assert (refusal.code, refusal.where) == (code, str(path))
    assert says in refusal.what
    assert now in refusal.now


def test_d11_duplicate_columns_of_parquet_and_arrow(tmp_path: Path) -> None:
    paths = [
        parquet(tmp_path / "a.parquet", TWICE),
        *(arrow(tmp_path / f"{form}.arrow", TWICE, form) for form in FORMS),
    ]
    for path in paths:
        refusal = refusal_of(path)
        assert (refusal.code, refusal.where, refusal.now) == ("data-duplicate-columns", str(path), "rename one")
        assert "'text' twice" in refusal.what


def test_d36_a_truncated_parquet_file(tmp_path: Path) -> None:
    path = parquet(tmp_path / "a.parquet", WORDS)
    whole = path.read_bytes()
    for end in (5, len(whole) // 2, len(whole) - 20):
        path.write_bytes(whole[:end])
        refusal = refusal_of(path)
        assert (refusal.code, refusal.where) == ("data-damaged", str(path))
        assert "Parquet file is damaged or cut off" in refusal.what
        assert "download it again" in refusal.now


def test_d39_flipped_bytes_in_parquet_and_arrow(tmp_path: Path) -> None:
    path = parquet(tmp_path / "a.parquet", WORDS)
    content = bytearray(path.read_bytes())
    content[4:2000] = b"\xff" * 1996
    path.write_bytes(content)
    assert refusal_of(path).code == "data-damaged"


def test_d39_one_flipped_byte_is_the_fault_of_one_row(tmp_path: Path, plain_tokenizer) -> None:
    paths = [
        parquet(tmp_path / "a.parquet", WORDS, compression="none", use_dictionary=False),
        *(arrow(tmp_path / f"{form}.arrow", WORDS, form) for form in FORMS),
    ]
    for path in paths:
        path.write_bytes(path.read_bytes().replace(b"50 rows of many", b"50 rows \xff\xfe many", 1))
        refusal = refusal_of(path)
        assert (refusal.code, refusal.where) == ("data-bad-cell", f"{path}, row 51")
        assert len(learnt(plan_of(path, bad_rows="skip"), plain_tokenizer)) == 999


def test_d40_a_parquet_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    zeros = pa.table({"text": ["0" * 10_000] * 2000})
    path = parquet(tmp_path / "a.parquet", zeros, use_dictionary=False, compression="zstd")
    assert path.stat().st_size < 30_000
    assert len(read_rows(path)) == 2000  # 20 MB are none
    for limit, value in (("FEW_BYTES", 1 << 20), ("LARGEST_GROUP_BYTES", 1 << 20)):
        with monkeypatch.context() as patch:
            patch.setattr(parquet_module, limit, value)
            patch.setattr(parquet_module, "MOST_UNPACKED", 100)
            refusal = refusal_of(path)
        assert (refusal.code, refusal.where) == ("data-bomb", str(path))
        assert "would unpack into" in refusal.what
        assert "smaller groups of rows" in refusal.now


def test_d43_a_truncated_arrow_file(tmp_path: Path) -> None:
    for form, ending in (("file", ".arrow"), ("stream", ".arrow"), ("file", ".feather")):
        path = arrow(tmp_path / f"{form}{ending}", WORDS, form)
        whole = path.read_bytes()
        for end in (5, len(whole) // 2):
            path.write_bytes(whole[:end])
            refusal = refusal_of(path)
            assert (refusal.code, refusal.where) == ("data-damaged", str(path))
            assert "Arrow file is damaged or cut off" in refusal.what


@pytest.mark.parametrize(
    "name", [param("D44-arrow", "a.arrow"), param("D44-feather", "a.feather"), param("D45-brackets", "[a] *.arrow")]
)
@pytest.mark.parametrize("form", FORMS)
def test_both_forms_of_arrow_are_read(tmp_path: Path, name: str, form: str) -> None:
    turns = pa.table({"messages": [[{"role": "user", "content": "hi"}]] * 1500})
    path = arrow(tmp_path / name, turns, form)
    assert read_rows(path) == turns.to_pylist()
    assert open_source(str(path)).place(0, 1500) == "row 1500"


def test_d45_brackets_in_the_names_of_a_folder_and_of_parquet(tmp_path: Path) -> None:
    folder = tmp_path / "[train] *"
    folder.mkdir()
    parquet(folder / "a [1].parquet", WORDS)
    assert read_rows(folder) == read_rows(folder / "a [1].parquet") == WORDS.to_pylist()
