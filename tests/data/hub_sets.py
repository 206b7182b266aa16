"""Small data sets of a Hub of our own, of every kind that is read or refused."""

import io
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from studio.data.hub import fetch
from studio.data.reading import open_source
from studio.plan.errors import Refusal
from studio.plan.events import Answered

SEVERAL = b"""---
license: mit
configs:
- config_name: plain
  data_files:
  - split: train
    path: plain/*.csv
  - split: test
    path: plain_test/first.csv
- config_name: more
  data_files: more/*.csv
  features:
  - name: a
    dtype: a type of tomorrow
- config_name: odd
  data_files: more/*.csv
  names: [x, y]
---
# Words
"""


def rows(*prompts: str) -> list[dict[str, str]]:
    return [{"prompt": prompt, "completion": prompt.upper()} for prompt in prompts]


def json_lines(*prompts: str) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows(*prompts))


def csv_of(*prompts: str) -> bytes:
    return ("prompt,completion\n" + "".join(f"{prompt},{prompt.upper()}\n" for prompt in prompts)).encode()


def parquet_of(*prompts: str) -> bytes:
    written = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows(*prompts)), written)
    return written.getvalue()


DATASETS = {
    "owner/sharded": {
        "README.md": b"# No head at all",
        "data/train-00000-of-00002.parquet": parquet_of("a", "b"),
        "data/train-00001-of-00002.parquet": parquet_of("c"),
        "data/test-00000-of-00001.parquet": parquet_of("z"),
        "data/notes.py": b"import os",
    },
    "owner/several": {
        "README.md": SEVERAL,
        "plain/one.csv": csv_of("p1"),
        "plain/two.csv": csv_of("p2"),
        "plain_test/first.csv": csv_of("t"),
        "plain_test/second.csv": csv_of("never"),
        "more/m.csv": csv_of("m"),
    },
    "owner/lines": {"train.jsonl": json_lines("one", "two"), "test.jsonl": json_lines("three")},
    "owner/default": {
        "README.md": b"---\nconfigs:\n- config_name: a\n  data_dir: one\n- config_name: b\n  data_dir: two\n  default: true\n---\n",
        "one/train.csv": csv_of("in one"),
        "two/train.csv": csv_of("in two"),
        "two/test.csv": csv_of("to test"),
    },
    "owner/alone": {
        "README.md": b"---\nlicense: mit\n---\n",
        ".huggingface.yaml": b"configs:\n- config_name: x\n  data_files: second.csv\n",
        "first.csv": csv_of("first"),
        "second.csv": csv_of("second"),
    },
    "owner/gone": {
        "README.md": b"---\nconfigs:\n- config_name: x\n  data_files: [here.csv, gone.csv]\n---\n",
        "here.csv": csv_of("x"),
    },
    "owner/single": {"test.jsonl": json_lines("only")},
    "owner/letters": {".gitattributes": b"*", "validation.txt": b"v\n", "test.txt": b"t\n"},
    "owner/script": {"script.py": b"import os", "train.csv": csv_of("x")},
    "owner/archives": {"a.tar": b"x", "b.tar": b"x"},
    "owner/pictures": {"train/a.jpg": b"x", "train/b.jpg": b"x", "train/metadata.csv": b"file_name,text\na.jpg,b\n"},
    "owner/pickles": {"train.pkl": b"x", "train.pt": b"x"},
    "owner/zipped": {"train.zip": b"PK\x03\x04", "more.zip": b"PK\x03\x04"},
    "owner/packed": {"train.json.gz": b"\x1f\x8b"},
    "owner/elsewhere": {
        "README.md": b"---\nconfigs:\n- config_name: a\n  data_files: https://example.org/a.csv\n---\n"
    },
    "owner/local": {
        "README.md": b"---\nconfigs:\n- config_name: a\n  data_files: /etc/*.csv\n---\n",
        "a.csv": b"a\n1\n",
    },
    "owner/upwards": {"README.md": b"---\nconfigs:\n- config_name: a\n  data_dir: ../..\n---\n", "a.csv": b"a\n1\n"},
    "owner/broken": {"README.md": b"---\nconfigs: [\n---\n", "a.csv": b"a\n1\n"},
    "owner/confused": {"README.md": b"---\nconfigs: 3\n---\n", "a.csv": b"a\n1\n"},
}


def fetched(entry: str) -> list[str]:
    """The prompts of an entry, fetched and read."""
    assert isinstance(list(fetch(entry))[-1], Answered)
    return [row.cells["prompt"] for row in open_source(entry)]


def refusal_of(entry: str) -> Refusal:
    with pytest.raises(Refusal) as caught:
        list(fetch(entry, field="data.eval"))
    assert "\n" not in caught.value.sentence
    assert caught.value.field == "data.eval"
    return caught.value
