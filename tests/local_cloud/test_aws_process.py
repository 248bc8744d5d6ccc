"""The local AWS runs apart from the terminal, is found again, and is never taken for another program."""

import http.client
import http.server
import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from local_cloud.aws_process import LocalAws, log_file, running_aws, start_aws, stop_aws


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder whose local AWS, whichever test started it, is stopped at the end."""
    folder = tmp_path_factory.mktemp("aws")
    yield folder
    stop_aws(folder)


@pytest.fixture
def aws(folder: Path) -> LocalAws:
    """The local AWS, running."""
    return start_aws(folder)


def is_gone(pid: int) -> bool:
    """Whether no process has this id any more, after a moment to end in."""
    for _ in range(200):
        try:
            if os.waitpid(pid, os.WNOHANG) != (0, 0):
                return True
        except ChildProcessError:
            return True
        time.sleep(0.02)
    return False


def test_it_answers_on_loopback_with_its_instance(aws: LocalAws) -> None:
    """The endpoint is a URL of this machine alone."""
    connection = http.client.HTTPConnection("127.0.0.1", aws.port, timeout=5)
    connection.request("GET", "/_local_cloud/health")
    health = json.load(connection.getresponse())
    connection.close()

    assert aws.endpoint == f"http://127.0.0.1:{aws.port}"
    assert health["instance"] == aws.instance


def test_one_that_runs_is_used_again(aws: LocalAws, folder: Path) -> None:
    """A second `make up` finds the AWS of the first, with all that it knows."""
    assert start_aws(folder) == aws


def test_it_has_a_session_of_its_own(aws: LocalAws) -> None:
    """Neither Ctrl-C nor the end of the terminal reaches it."""
    assert os.getsid(aws.pid) == aws.pid


def test_one_that_was_killed_is_noticed_and_followed_by_another(aws: LocalAws, folder: Path) -> None:
    """Its memory is gone, so the next one is another instance."""
    os.kill(aws.pid, signal.SIGKILL)
    assert is_gone(aws.pid)

    assert running_aws(folder) is None
    assert start_aws(folder).instance != aws.instance


def test_another_program_on_its_port_is_not_taken_for_it(folder: Path, tmp_path: Path) -> None:
    """The port of one that is gone may belong to anybody; a free one is chosen."""
    aws = start_aws(folder)

    class Stranger(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps({"instance": "of somebody else"}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

    with http.server.HTTPServer(("127.0.0.1", 0), Stranger) as stranger:
        threading.Thread(target=stranger.serve_forever, daemon=True).start()
        record = {"pid": aws.pid, "port": stranger.server_port, "instance": aws.instance}
        (tmp_path / "server.json").write_text(json.dumps(record))

        found = running_aws(tmp_path)
        stopped = stop_aws(tmp_path)
        stranger.shutdown()

    assert (found, stopped) == (None, False)
    assert running_aws(folder) == aws


@pytest.mark.parametrize(
    "record", ["", "{", "[]", '{"pid": 1}', '{"pid": 1, "port": 2, "instance": "x", "y": 1}']
)
def test_a_damaged_record_counts_as_none(tmp_path: Path, record: str) -> None:
    """A new local AWS is started in such a case."""
    (tmp_path / "server.json").write_text(record)

    assert running_aws(tmp_path) is None


def test_stopping_ends_the_process_and_forgets_it(tmp_path: Path) -> None:
    """`make down` leaves nothing running."""
    aws = start_aws(tmp_path)

    assert stop_aws(tmp_path) is True
    assert is_gone(aws.pid)
    assert running_aws(tmp_path) is None
    assert stop_aws(tmp_path) is False


def test_its_log_begins_with_the_port(aws: LocalAws, folder: Path) -> None:
    """Whoever looks for a fault finds it there."""
    announced = json.loads(log_file(folder).read_text().splitlines()[0])

    assert announced == {"port": aws.port, "instance": aws.instance}
