"""The names of a repository's files as a file system, in which the `datasets` library looks for its patterns.

So the library needs neither the network nor the disk: what the Hub has was asked once, and nothing is fetched before it is known what.
"""

from collections.abc import Iterable
from typing import Any

from fsspec import AbstractFileSystem, register_implementation  # type: ignore[import-untyped]

PROTOCOL = "repository-names"
ROOT = f"{PROTOCOL}://files"  # below which all names stand


class NamesFileSystem(AbstractFileSystem):  # type: ignore[misc]  # fsspec has no types
    """Names without content. Of what a file system can do, searching for patterns needs these two."""

    protocol = PROTOCOL
    cachable = False

    def __init__(self, names: Iterable[str] = (), **options: Any) -> None:
        super().__init__(**options)
        self._files = {f"files/{name}": {"name": f"files/{name}", "size": 0, "type": "file"} for name in names}

    def find(self, path: str, maxdepth: int | None = None, withdirs: bool = False, **options: Any) -> dict[str, Any]:
        """All files below a folder."""
        below = f"{self._strip_protocol(path).rstrip('/')}/"
        return {name: known for name, known in self._files.items() if name.startswith(below)}

    def info(self, path: str, **options: Any) -> dict[str, Any]:
        """What is known of a file. Raises FileNotFoundError."""
        name = self._strip_protocol(path)
        if name not in self._files:
            raise FileNotFoundError(name)
        return self._files[name]


def search_options(names: Iterable[str]) -> dict[str, Any]:
    """What `datasets.DownloadConfig` takes as `storage_options`, so that patterns below ROOT are looked for among `names`."""
    register_implementation(PROTOCOL, NamesFileSystem, clobber=True)
    return {PROTOCOL: {"names": tuple(names)}}
