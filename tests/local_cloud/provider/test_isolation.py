"""The provider speaks to an AWS on this machine alone, and as nobody."""

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tests.local_cloud.provider.client import ROOT, RefusedByProviderError, running_provider

ENDPOINTS = [
    "https://ec2.eu-west-1.amazonaws.com",
    "http://10.0.0.1:5000",
    "http://127.0.0.1.example.com:5000",
    "http://127.0.0.1@example.com:5000",
    "",
]


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_it_refuses_to_start_with_an_aws_elsewhere(endpoint: str) -> None:
    """The engine gets no port, and the user the reason and what to write."""
    ended = subprocess.run(
        [sys.executable, "-m", "local_cloud.provider"],
        cwd=ROOT,
        env={**os.environ, "AWS_ENDPOINT_URL": endpoint},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == (
        f'AWS_ENDPOINT_URL is "{endpoint}"; the local AWS provider takes a loopback address only, such as '
        "http://127.0.0.1:5000. It is a stand-in; for a real account use the genuine AWS provider.\n"
    )


@contextmanager
def recording_server() -> Iterator[tuple[str, list[str]]]:
    """Run an AWS that refuses everything; the value is its endpoint and the headers it receives."""
    received: list[str] = []

    class Recorder(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            received.append(str(self.headers))
            self.send_error(403)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Recorder) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", received
        finally:
            server.shutdown()
            thread.join()


def test_the_users_credentials_profile_and_proxy_have_no_say(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What is signed is signed by nobody, and goes straight to the local AWS."""
    file = tmp_path / "credentials"
    file.write_text("[default]\naws_access_key_id = CANARYFILE\naws_secret_access_key = CANARYFILE\n")
    users = {
        "AWS_ACCESS_KEY_ID": "CANARYKEY",
        "AWS_SECRET_ACCESS_KEY": "CANARYSECRET",
        "AWS_SESSION_TOKEN": "CANARYTOKEN",
        "AWS_SHARED_CREDENTIALS_FILE": str(file),
        "AWS_PROFILE": "no-such-profile",
        "AWS_USE_FIPS_ENDPOINT": "true",
        "HTTP_PROXY": "http://127.0.0.1:1",
        "http_proxy": "http://127.0.0.1:1",
    }
    with recording_server() as (endpoint, received), running_provider(endpoint) as provider:
        for name, value in users.items():
            monkeypatch.setenv(name, value)
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        with pytest.raises(RefusedByProviderError, match="403"):
            provider.invoke("aws:index/getAvailabilityZones:getAvailabilityZones")

    assert received
    assert {key for headers in received for key in re.findall(r"Credential=([^/]+)/", headers)} == {"local"}
    assert "CANARY" not in "".join(received)
