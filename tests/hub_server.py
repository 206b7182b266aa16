"""A small server on 127.0.0.1 that speaks as much of the Hub's protocol as search and downloads need.

`GET /api/models/{id}/revision/{revision}?blobs=true` names commit and files with sizes and hashes; `/{id}/resolve/{revision}/{file}` gives
their content, from any byte on; `GET /api/models?search=...` lists models. For data sets it is `/api/datasets/` and
`/datasets/{id}/resolve/`.
"""

import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from huggingface_hub import close_session, constants

REVISION = "0123456789abcdef0123456789abcdef01234567"


@dataclass
class Hub:
    """What the server has and how it behaves; tests change it while it runs."""

    models: dict[str, dict[str, bytes]]
    datasets: dict[str, dict[str, bytes]] = field(default_factory=dict)
    url: str = ""
    slow_seconds: float = 0.0  # a pause after every 16 KiB
    stall_after: int | None = None  # says nothing more after so many bytes
    cut_after: list[int] = field(default_factory=list)  # breaks the connection after so many bytes, once each
    damage: bool = False  # gives other bytes than it promised
    refuse: tuple[int, dict[str, str]] | None = None  # status and headers for every file
    refuse_info: tuple[int, dict[str, str]] | None = None
    summaries: dict[str, dict[str, Any]] = field(default_factory=dict)  # what a list says of a model
    asked: dict[str, list[str]] = field(default_factory=dict)  # of the last list
    requests: list[tuple[str, str | None]] = field(default_factory=list)  # path, Range
    closing: threading.Event = field(default_factory=threading.Event)


def handler_of(hub: Hub) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *words: object) -> None:
            pass

        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path)
            hub.requests.append((path, self.headers.get("Range")))
            if path == "/api/models":
                return self.give_list(parse_qs(urlsplit(self.path).query))
            for kind, api, files in ((hub.datasets, "/api/datasets/", "/datasets/"), (hub.models, "/api/models/", "/")):
                if path.startswith(api):
                    name, _, revision = path.removeprefix(api).partition("/revision/")
                    return self.give_info(kind, name, revision)
                if path.startswith(files):
                    name, _, rest = path.removeprefix(files).partition("/resolve/")
                    return self.give_file(kind, name, rest.partition("/")[2])

        def give_list(self, asked: dict[str, list[str]]) -> None:
            if hub.refuse_info is not None:
                return self.give(hub.refuse_info[0], b"no", hub.refuse_info[1])
            hub.asked = asked
            rows = [{"id": name, **hub.summaries.get(name, {})} for name in hub.models if asked["search"][0] in name]
            return self.give(200, json.dumps(rows).encode(), {"Content-Type": "application/json"})

        def give_info(self, kind: dict[str, dict[str, bytes]], name: str, revision: str) -> None:
            if hub.refuse_info is not None:
                return self.give(hub.refuse_info[0], b"{}", hub.refuse_info[1])
            if name not in kind:
                return self.give(404, b"{}", {"X-Error-Code": "RepoNotFound"})
            if revision not in ("", "main", REVISION):
                return self.give(404, b"{}", {"X-Error-Code": "RevisionNotFound"})
            siblings = []
            for file, content in kind[name].items():
                row = {"rfilename": file, "size": len(content), "blobId": git_digest(content)}
                if file.endswith((".safetensors", ".parquet")):
                    digest = hashlib.sha256(content).hexdigest()
                    row["lfs"] = {"size": len(content), "sha256": digest, "pointerSize": 134}
                siblings.append(row)
            tree = {"id": name, "modelId": name, "sha": REVISION, "siblings": siblings, "cardData": {"license": "mit"}}
            return self.give(200, json.dumps(tree).encode(), {"Content-Type": "application/json"})

        def give_file(self, kind: dict[str, dict[str, bytes]], name: str, file: str) -> None:
            if hub.refuse is not None:
                return self.give(hub.refuse[0], b"no", hub.refuse[1])
            content = kind[name][file]
            wanted = self.headers.get("Range")
            start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted else 0
            headers = {"X-Repo-Commit": REVISION, "ETag": f'"{git_digest(content)}"'}
            if wanted:
                headers["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
            if hub.damage:
                content = bytes(len(content))
            return self.give(206 if wanted else 200, content[start:], headers)

        def give(self, status: int, body: bytes, headers: dict[str, str]) -> None:
            self.send_response(status)
            for key, value in ({"Content-Length": str(len(body))} | headers).items():
                self.send_header(key, value)
            self.end_headers()
            cut = hub.cut_after.pop(0) if hub.cut_after and status in (200, 206) and len(body) > 10_000 else None
            for place in range(0, len(body), 16_384):
                if cut is not None and place >= cut:
                    self.close_connection = True
                    self.connection.close()
                    return
                if hub.stall_after is not None and place >= hub.stall_after:
                    hub.closing.wait(30)
                    self.close_connection = True
                    return
                try:
                    self.wfile.write(body[place : place + 16_384])
                except OSError:  # the client left
                    self.close_connection = True
                    return
                if hub.slow_seconds:
                    time.sleep(hub.slow_seconds)

    return Handler


def git_digest(content: bytes) -> str:
    return hashlib.sha1(f"blob {len(content)}\0".encode() + content, usedforsecurity=False).hexdigest()


@contextmanager
def serving(models: dict[str, dict[str, bytes]], datasets: dict[str, dict[str, bytes]] | None = None) -> Iterator[Hub]:
    """A running server; its address is `hub.url`."""
    hub = Hub(models, datasets or {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(hub))
    server.daemon_threads = True
    server.handle_error = lambda request, address: None  # clients that leave are part of the tests
    hub.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        hub.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def library_at(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The Hub's library asks this server, and keeps no connection to it. It reads its settings once, on import."""
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr(constants, "ENDPOINT", hub.url)
    monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", hub.url + "/{repo_id}/resolve/{revision}/{filename}")
    yield
    close_session()
