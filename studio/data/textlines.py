"""Lines of a UTF-8 text file, or a sentence that says why it is none."""

from collections.abc import Iterator
from pathlib import Path

from studio.data.rows import PlacedRow
from studio.data.source import PARQUET, first_bytes, refusal
from studio.plan.errors import Refusal

# Longest first: the mark of UTF-32 begins with that of UTF-16.
WIDE_MARKS = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
SAVE_AS_UTF8 = "save it as UTF-8 text"


def text_lines(path: Path, *, newline: str | None = None) -> Iterator[str]:
    """The lines of a text file, with their line ends; a byte order mark is dropped.

    `newline` as in `open`: None makes every line end "\\n". Raises Refusal: archive, Parquet, UTF-16, binary, not UTF-8 (with the line).
    """
    head = first_bytes(path)
    _check_text(path, head)
    with path.open(encoding="utf-8-sig", newline=newline) as file:
        number = 0
        try:
            for number, line in enumerate(file, start=1):
                if "\0" in line:
                    raise refusal(
                        "data-not-text", "the data file holds a zero byte", path, "remove it", place=f"line {number}"
                    )
                yield line
        except UnicodeDecodeError:
            raise _wrong_encoding(path) from None


def read_text_rows(path: Path) -> Iterator[PlacedRow]:
    """The rows of a TXT file: each line that is not blank is one row with the column `text`."""
    for number, line in enumerate(text_lines(path), start=1):
        if line.strip():
            yield number, {"text": line.rstrip("\n")}


def _check_text(path: Path, head: bytes) -> None:
    if head.startswith(PARQUET):
        raise refusal("data-renamed", "this is a Parquet file under another name", path, "rename it to end in .parquet")
    for mark, encoding in WIDE_MARKS.items():
        if head.startswith(mark):
            raise refusal("data-encoding", f"the data file is {encoding}, not UTF-8", path, SAVE_AS_UTF8)
    if b"\0" in head:
        # Text of Western letters in UTF-16 has a zero in every second byte.
        half = min(head[0::2].count(0), head[1::2].count(0)), max(head[0::2].count(0), head[1::2].count(0))
        if half[0] == 0 and half[1] > len(head) // 4:
            raise refusal("data-encoding", "the data file looks like UTF-16, not UTF-8", path, SAVE_AS_UTF8)
        raise refusal("data-not-text", "the data file is binary, not text", path, "choose a text file of rows")


def _wrong_encoding(path: Path) -> Refusal:
    """The refusal of bytes that are not UTF-8, with the line: the text layer decodes in blocks and cannot tell it."""
    number = 0
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError as error:
                what = f"the data file is not UTF-8 (byte 0x{line[error.start]:02X}; perhaps Latin-1 or Windows-1252)"
                return refusal("data-encoding", what, path, SAVE_AS_UTF8, place=f"line {number}")
    raise AssertionError(f"{path} changed while it was read")
