"""Fingerprint of a data file, so that a resumed run notices a change."""

import hashlib
from pathlib import Path

from studio.data.source import check_file


def data_fingerprint(path: Path) -> str:
    """SHA-256 of the file's content, in hexadecimal. Raises Refusal where there is no regular file."""
    check_file(path)
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
