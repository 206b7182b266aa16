"""The catalogue of bad data: what is told of each kind, and that each has its test.

The tests bear these numbers, as in `test_d49_…` or an id such as D13-ragged-short.
"""

import re
from collections.abc import Iterator
from types import ModuleType

from tests.data import test_bad_arrow, test_bad_files, test_bad_rows

CATALOGUE = {
    1: "empty CSV: 0 rows",
    2: "CSV of a header alone: 0 rows",
    3: "empty JSON: 0 rows",
    4: "a list without rows: 0 rows",
    5: "empty TXT: 0 rows",
    6: "Latin-1 or GB 18030 as UTF-8: the line, the byte, and the encoding to set",
    7: "UTF-16: read by its mark, else the encoding to set, which then reads it",
    8: "binary as text: said so",
    9: "byte order mark: dropped",
    10: "a CSV column twice: its name, line 1",
    11: "a Parquet or Arrow column twice: its name",
    12: "a row with too many cells: its line",
    13: "a row with too few cells: its line; numbers stay text",
    14: "NA, null, None: stay text",
    15: "a column of numbers that ends in words: text all along",
    16: "other separators: found, and the columns are shown",
    17: "a quote never closed: the line where it opens",
    18: "a zero byte: the line; one that JSON spells out is noted",
    19: "lines that end in carriage returns: read",
    20: "a field of 50 MB: read",
    21: "a formula: stays text",
    22: "a bad line of JSON Lines: line, column, excerpt; the others can be kept",
    23: "mixed types in a key: numbers are learnt as text, others refused by row",
    24: "a missing key: its row",
    25: "a key that comes late: no error",
    26: "a key twice in an object: its line",
    27: "half a surrogate pair: its line",
    28: "the literal NaN: its line; the text NaN stays",
    29: "deep nesting: its line, at any depth beyond 100",
    30: "a JSON scalar: what was found",
    31: "an object of columns: what was found",
    32: "a list of strings: what was found",
    33: "a line of 30 MB: read; tokens shown, cut rows counted",
    34: "contents as texts and as lists: the same where they are text, else refused by row",
    35: "wrong roles, no answer, empty answers: listed by row, and counted",
    36: "a truncated Parquet file: damaged",
    37: "a Parquet or Arrow file of no bytes: 0 rows",
    38: "a CSV named Parquet: said so, and the reverse",
    39: "flipped bytes: damaged, or the row whose text is none",
    40: "a Parquet bomb: refused before it unpacks",
    41: "gzip: refused as an archive before it unpacks",
    42: "zip and tar: refused as archives; nothing is unpacked",
    43: "a truncated Arrow file: damaged",
    44: "both forms of Arrow: read",
    45: "brackets and stars in names: no pattern",
    46: "letters of any script and spaces in names: read",
    47: "a folder named as a file, a missing file, a loop of links: what is there",
    48: "a pipe or a device: refused, not waited for",
    49: "a file that changes: another fingerprint; what a run reads stays",
    50: "the cache: its size is told, and it can be cleared",
    51: "rows with nothing to learn after the cut: counted, refused where they are all",
    52: "duplicates, and evaluation rows that are learnt: told by row",
}


def numbers(module: ModuleType) -> Iterator[int]:
    """The catalogue numbers that a module's tests bear in their names or ids."""
    for name, test in vars(module).items():
        if not name.startswith("test_"):
            continue
        ids = [param.id for mark in getattr(test, "pytestmark", ()) if mark.name == "parametrize" for param in mark.args[1]
               if hasattr(param, "id")]  # fmt: skip
        for word in (name, *ids):
            if found := re.match(r"(?:test_d|D)(\d+)[_-]", word):
                yield int(found[1])


def test_each_number_of_the_catalogue_has_a_test() -> None:
    assert list(CATALOGUE) == list(range(1, 53))
    tested = {number for module in (test_bad_files, test_bad_arrow, test_bad_rows) for number in numbers(module)}
    assert tested == set(CATALOGUE)
