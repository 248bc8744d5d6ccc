"""A server on loopback that answers the calls of `pulumi policy publish`, and records what they send."""

import gzip
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

ORGANIZATION: Final = "example"
_PACKS: Final = f"/api/orgs/{ORGANIZATION}/policypacks"


@dataclass
class Published:
    """What has been sent: metadata of the policies, the archive, and what was said to be complete."""

    metadata: dict[str, Any] = field(default_factory=dict)
    archive: bytes = b""
    completed: list[str] = field(default_factory=list)


class _Server(ThreadingHTTPServer):
    """A server that records."""

    published: Published

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    """Answers as Pulumi Cloud does, as far as publishing goes."""

    server: _Server

    def do_GET(self) -> None:
        """Say who asks."""
        match self.path:
            case "/api/user":
                self._answer({"githubLogin": "someone", "organizations": [{"githubLogin": ORGANIZATION}]})
            case "/api/capabilities":
                self._answer({"capabilities": []})
            case _:
                self.send_error(404)

    def do_POST(self) -> None:
        """Take the metadata, or the word that all has been sent."""
        sent = self._body()
        if self.path == _PACKS:
            self.server.published.metadata = json.loads(sent)
            self._answer({"version": 1, "uploadURI": f"{self.server.address}/upload", "requiredHeaders": {}})
        elif self.path.startswith(_PACKS):
            self.server.published.completed.append(self.path.removeprefix(_PACKS))
            self._answer({})
        else:
            self.send_error(404)

    def do_PUT(self) -> None:
        """Take the archive."""
        self.server.published.archive = self._body()
        self._answer({})

    def log_message(self, *_: object) -> None:
        """Keep the terminal quiet."""

    def _body(self) -> bytes:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        return gzip.decompress(body) if self.headers.get("Content-Encoding") == "gzip" else body

    def _answer(self, content: object) -> None:
        body = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def recording_server() -> Iterator[tuple[str, Published]]:
    """Give the address of a server, and what it records while it answers."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.published = Published()
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server.address, server.published
        finally:
            server.shutdown()
            thread.join()
