"""A server on loopback that answers the calls of `pulumi stack ls --all` and `pulumi stack export`."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

ORGANIZATION: Final = "example"
TOKEN: Final = "a-token-of-nobody"  # noqa: S105 - it opens nothing
_PAGE: Final = 2
_STACK: Final = 5

Json = dict[str, Any]


@dataclass
class Hosted:
    """What the organization has, and what was asked for.

    Attributes:
        exports: What each stack's export is, by `project/stack`; one without a deployment is refused.
        updated: When each was updated, in seconds since 1970; 0 while an update is under way.
        user: Who asks; a user is an organization as well.
        asked: The paths that were asked for.
        tokens: What was sent to say who asks.
    """

    exports: dict[str, Json]
    updated: dict[str, int]
    user: str = "someone"
    asked: list[str] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)


class _Server(ThreadingHTTPServer):
    """A server with stacks."""

    hosted: Hosted


class _Handler(BaseHTTPRequestHandler):
    """Answers as Pulumi Cloud does, as far as reading stacks goes."""

    server: _Server

    def do_GET(self) -> None:
        """Say who asks, list a page of stacks, or export one."""
        asked = urlsplit(self.path)
        self.server.hosted.asked.append(asked.path)
        self.server.hosted.tokens.add(self.headers.get("Authorization", ""))
        match asked.path.split("/")[1:]:
            case ["api", "user"]:
                self._answer(
                    {
                        "githubLogin": self.server.hosted.user,
                        "organizations": [{"githubLogin": ORGANIZATION}],
                    }
                )
            case ["api", "capabilities"]:
                self._answer({"capabilities": []})
            case ["api", "user", "stacks"]:
                self._answer(self._page({key: values[0] for key, values in parse_qs(asked.query).items()}))
            case ["api", "stacks", organization, project, stack, *more]:
                self._stack(organization, project, stack, more)
            case _:
                self.send_error(404)

    def log_message(self, *_: object) -> None:
        """Keep the terminal quiet."""

    def _page(self, query: Mapping[str, str]) -> Json:
        begin = int(query.get("continuationToken", "0"))
        names = sorted(self.server.hosted.exports) if query["organization"] == ORGANIZATION else []
        stacks = [
            {"orgName": ORGANIZATION, "projectName": project, "stackName": stack, **self._update(name)}
            for name in names[begin : begin + _PAGE]
            for project, stack in [name.split("/")]
        ]
        return {
            "stacks": stacks,
            **({"continuationToken": str(begin + _PAGE)} if names[begin + _PAGE :] else {}),
        }

    def _update(self, name: str) -> Json:
        when = self.server.hosted.updated.get(name)
        return {} if when is None else {"lastUpdate": when}

    def _stack(self, organization: str, project: str, stack: str, more: list[str]) -> None:
        export = self.server.hosted.exports.get(f"{project}/{stack}")
        if organization != ORGANIZATION or export is None:
            self._answer({"code": 404, "message": "Not Found: Stack not found"}, 404)
        elif not more:
            self._answer(
                {"orgName": ORGANIZATION, "projectName": project, "stackName": stack, "version": _STACK}
            )
        elif "deployment" in export:
            self._answer(export)
        else:
            self._answer({"code": 403, "message": "Forbidden: you may not read this stack"}, 403)

    def _answer(self, content: object, code: int = 200) -> None:
        body = json.dumps(content).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def hosting(hosted: Hosted) -> Iterator[str]:
    """Give the address of a server that has these stacks."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.hosted = hosted
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
