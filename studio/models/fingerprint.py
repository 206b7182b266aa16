"""What tells one model from another, without reading all of it."""

import hashlib
import os
from pathlib import Path

from studio.models.headers import MOST_HEADER_BYTES
from studio.models.jsonfile import regular_size

SAMPLE_BYTES = 65_536


def model_fingerprint(path: Path) -> str:
    """SHA-256 in hexadecimal over the config and, of every weight file, its name, size, header and last 64 KiB.

    A change within the weights that leaves the last 64 KiB alone is not seen. Raises Refusal for files that are no regular files, and
    OSError.
    """
    digest = hashlib.sha256()
    files = [path / "config.json", *sorted(path.glob("*.safetensors")), *sorted(path.glob("*.safetensors.index.json"))]
    for file in files:
        size = regular_size(file)
        digest.update(f"{file.name}\0{size}\0".encode())
        with file.open("rb") as stream:
            if file.suffix == ".json":
                digest.update(stream.read())
                continue
            length = stream.read(8)
            digest.update(length)
            digest.update(stream.read(min(int.from_bytes(length, "little"), MOST_HEADER_BYTES)))
            stream.seek(-min(size, SAMPLE_BYTES), os.SEEK_END)
            digest.update(stream.read())
    return digest.hexdigest()
