"""Lines of a text file, or a sentence that says why it is none."""

import codecs
from collections.abc import Iterator
from pathlib import Path

from studio.data.rows import Numbered
from studio.data.source import PARQUET, first_bytes, refusal
from studio.plan.errors import Refusal

# Longest first: the mark of UTF-32 begins with that of UTF-16.
MARKS = {
    b"\xff\xfe\x00\x00": "utf-32",
    b"\x00\x00\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
LONGEST_LINE_CHARACTERS = 256 << 20
FEW_ZEROS = 8  # so many are a row's mistake, not the mark of a binary file


def text_lines(path: Path, encoding: str = "auto", *, newline: str | None = None) -> Iterator[str]:
    """The lines of a text file, with their line ends; a byte order mark is dropped.

    "auto" is UTF-8, or what a byte order mark says. `newline` as in `open`: None makes every line end "\\n". Raises Refusal: archive,
    Parquet, binary, not of the encoding (with the line, and the encodings that it may have), a line without end.
    """
    head = first_bytes(path)
    if head.startswith(PARQUET):
        raise refusal("data-renamed", "this is a Parquet file under another name", path, "rename it to end in .parquet")
    if encoding == "auto":
        encoding = next((name for mark, name in MARKS.items() if head.startswith(mark)), "utf-8")
        if encoding == "utf-8":
            _check_binary(path, head)
    elif encoding == "utf-16" and not head.startswith(tuple(MARKS)):
        encoding = _byte_order(head)
    with path.open(encoding="utf-8-sig" if encoding == "utf-8" else encoding, newline=newline) as file:
        number = 0
        try:
            while line := file.readline(LONGEST_LINE_CHARACTERS):
                number += 1
                if len(line) == LONGEST_LINE_CHARACTERS:
                    what = f"a line has more than {LONGEST_LINE_CHARACTERS >> 20} million characters"
                    raise refusal("data-long-line", what, path, "break it into rows", place=f"line {number}")
                yield line
        except UnicodeError:  # UTF-16 without its mark is one that is no UnicodeDecodeError
            raise _wrong_encoding(path, encoding) from None


def read_text_rows(path: Path, encoding: str = "auto") -> Iterator[Numbered]:
    """The rows of a TXT file: each line that is not blank is one row with the column `text`."""
    for number, line in enumerate(text_lines(path, encoding), start=1):
        if "\0" in line:
            yield number, zero_byte()
        elif line.strip():
            yield number, {"text": line.rstrip("\n")}


def zero_byte() -> Refusal:
    """The refusal of a row that holds a zero byte, without its place."""
    return Refusal("data-not-text", "the row holds a zero byte", now="remove it", field="data.train")


def _check_binary(path: Path, head: bytes) -> None:
    if b"\0" not in head:
        return
    # Text of Western letters in UTF-16 has a zero in every second byte.
    half = min(head[0::2].count(0), head[1::2].count(0)), max(head[0::2].count(0), head[1::2].count(0))
    if half[0] == 0 and half[1] > len(head) // 4:
        raise _encoding_refusal(path, "the data file looks like UTF-16, not UTF-8", ["utf-16"])
    if head.count(0) > max(FEW_ZEROS, len(head) // 100) or any(byte in head for byte in (1, 2, 3, 4, 5, 6)):
        raise refusal("data-not-text", "the data file is binary, not text", path, "choose a text file of rows")


def _byte_order(head: bytes) -> str:
    """Which UTF-16 a text without its mark has: the one in which it has spaces and line breaks.

    Text of another encoding has no zero byte; "utf-16" itself then refuses it.
    """
    if b"\0" not in head:
        return "utf-16"
    orders = ("utf-16-le", "utf-16-be")
    return max(orders, key=lambda order: sum(map(head.decode(order, errors="ignore").count, " \n")))


def _wrong_encoding(path: Path, encoding: str) -> Refusal:
    """The refusal of bytes that are not of the encoding; for UTF-8 with the line: the text layer decodes in blocks and cannot tell it."""
    if encoding != "utf-8":
        return _encoding_refusal(path, f"the data file is not {encoding}", _likely(first_bytes(path)))
    number = 0
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError as error:
                what = f"the data file is not UTF-8 (byte 0x{line[error.start]:02X})"
                return _encoding_refusal(path, what, _likely(line), place=f"line {number}")
    return refusal(
        "data-unreadable", "the data file changed while it was read", path, "read it again when it is written"
    )


def _likely(sample: bytes) -> list[str]:
    """Encodings that a sample may have, likeliest first: those of East Asia write most letters in two bytes above 0x7F."""
    if sample.startswith(tuple(MARKS)):
        return ["utf-16"]
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)  # which may end within a letter
    except UnicodeDecodeError:
        pass
    else:
        return ["utf-8"]
    high = [byte for byte in sample if byte > 0x7F]
    found = []
    for name in ("gb18030", "shift_jis"):
        try:
            text = sample.decode(name)
        except UnicodeDecodeError:
            continue
        if len(high) > 3 and sum("\u3040" <= letter <= "\u9fff" for letter in text) > len(text) // 4:
            found.append(name)
    return [*found, "windows-1252"]


def _encoding_refusal(path: Path, what: str, likely: list[str], *, place: str | None = None) -> Refusal:
    found = refusal("data-encoding", what, path, "", place=place)
    now = f"save it as UTF-8 text, or set data.encoding, perhaps to {' or '.join(likely)}"
    return Refusal(found.code, found.what, where=found.where, now=now, field="data.encoding")
