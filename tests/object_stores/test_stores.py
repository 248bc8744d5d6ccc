"""Backends in object stores: a sweep of them says what a sweep of the same files on a disk says."""

import base64
import os
import socket
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from local_cloud.paths import REPOSITORY
from tests.audit.organizations import write_backend
from tests.audit.state_files import write
from tests.audit.test_sweep import DENIES, RIGHT, split

INSTALLED: Final = REPOSITORY / ".local" / "object_stores" / "bin"
"""`make stores` puts it there, as `make test` does first."""
AZURITE: Final = (
    REPOSITORY / ".local" / "azurite" / "node_modules" / "azurite" / "dist" / "src" / "blob" / "main.js"
)
"""So does `make node`."""
UPLOAD: Final = Path(__file__).parent / "upload.py"
SECONDS: Final = 60.0
NOBODYS_KEY: Final = base64.b64encode(b"nobody").decode()
SOURCES: Final = os.pathsep.join(str(REPOSITORY / each) for each in ("audit", "policy_pack"))
NOBODY: Final = {"AWS_ACCESS_KEY_ID": "nobody", "AWS_SECRET_ACCESS_KEY": "nobody", "AWS_REGION": "eu-west-1"}


@dataclass(frozen=True, kw_only=True)
class Case:
    """A store, and how it is named.

    Attributes:
        store: Starts what takes its place at a port.
        put: Where the backend is put, in fsspec's words.
        swept: What is swept.
        environment: What a user's environment has.
    """

    store: Callable[[int], Sequence[str]]
    put: str
    swept: str
    environment: Mapping[str, str]


def _s3(port: int) -> Sequence[str]:
    return [str(INSTALLED / "moto_server"), "-H", "127.0.0.1", "-p", str(port)]


def _gcs(port: int) -> Sequence[str]:
    emulator = str(INSTALLED / "gcp-storage-emulator")
    return [emulator, "start", "--host", "127.0.0.1", "--port", str(port), "--in-memory"]


def _azure(port: int) -> Sequence[str]:
    options = ["--inMemoryPersistence", "--disableTelemetry", "--skipApiVersionCheck"]
    address = ["--blobHost", "127.0.0.1", "--blobPort", str(port)]
    return ["env", f"AZURITE_ACCOUNTS=nobody:{NOBODYS_KEY}", "node", str(AZURITE), *address, *options]


CASES: Final = {
    "s3": Case(
        store=_s3,
        put="s3://states/of/teams",
        swept="s3://states/of/teams",
        environment={**NOBODY, "AWS_ENDPOINT_URL_S3": "http://{address}"},
    ),
    "s3, by the options of the URL": Case(
        store=_s3,
        put="s3://states",
        swept="s3://states?region=eu-west-1&endpoint={address}&disableSSL=true&s3ForcePathStyle=true",
        environment=NOBODY,
    ),
    "gs": Case(
        store=_gcs,
        put="gs://states",
        swept="gs://states",
        environment={"STORAGE_EMULATOR_HOST": "http://{address}"},
    ),
    "azblob": Case(
        store=_azure,
        put="abfs://states/of/teams",
        swept="azblob://states/of/teams",
        environment={
            "AZURE_STORAGE_CONNECTION_STRING": "DefaultEndpointsProtocol=http;AccountName=nobody;"
            f"AccountKey={NOBODYS_KEY};BlobEndpoint=http://{{address}}/nobody;"
        },
    ),
}


@pytest.fixture(name="folder", scope="module")
def a_backend(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backend on a disk, with a lock, and a state that is none."""
    folder = tmp_path_factory.mktemp("backend")
    write_backend(folder, {**split(DENIES, "-one"), **split(RIGHT, "-two")})
    (folder / ".pulumi" / "stacks" / "apps-one" / "broken.json").write_text("canary")
    write(folder / ".pulumi" / "locks" / "organization" / "apps-two" / "dev" / "1.json", {})
    return folder


@pytest.fixture(name="expected", scope="module")
def what_is_said(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """What a sweep of the backend on the disk says."""
    return _swept(str(folder), tmp_path_factory.mktemp("home"), {})


@pytest.mark.parametrize("name", CASES)
def test_a_backend_in_a_store_is_swept_as_on_a_disk(
    name: str, folder: Path, expected: str, tmp_path: Path
) -> None:
    """And again, when what has not changed is not read."""
    assert expected.endswith("1 violation, 0 pieces of advice, 0 open questions, 1 stack not read.\n")
    case = CASES[name]
    with _running(case.store, tmp_path) as address:
        given = {key: value.format(address=address) for key, value in case.environment.items()}
        reached = {"AWS_ENDPOINT_URL_S3": f"http://{address}"}
        _run([str(UPLOAD), str(folder), case.put], tmp_path, {**given, **reached}, code=0)
        url = case.swept.format(address=address)
        assert _swept(url, tmp_path, given, "--index", "index") == expected
        assert _swept(url, tmp_path, given, "--index", "index", "--changed") == expected
    with closing(sqlite3.connect(tmp_path / "index")) as index:
        read_again = index.execute("SELECT location FROM stack, sweep WHERE read = number").fetchall()
    assert read_again == [(".pulumi/stacks/apps-one/broken.json",)]


def _swept(place: str, home: Path, environment: Mapping[str, str], *options: str) -> str:
    command = ["-m", "mwaa_audit", "sweep", place, "--jobs", "1", *options]
    return _run(command, home, environment, code=1)


def _run(command: Sequence[str], home: Path, environment: Mapping[str, str], code: int) -> str:
    ran = subprocess.run(
        [INSTALLED / "python", *command],
        env={"PATH": os.environ["PATH"], "HOME": str(home), "PYTHONPATH": SOURCES, **environment},
        capture_output=True,
        text=True,
        check=False,
        cwd=home,
    )
    assert ran.returncode == code, ran.stdout + ran.stderr
    return ran.stdout


@contextmanager
def _running(store: Callable[[int], Sequence[str]], folder: Path) -> Iterator[str]:
    """Start what takes a store's place; give its address when it answers."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    log = folder / "store.log"
    with log.open("wb") as written:
        running = subprocess.Popen(store(port), stdout=written, stderr=subprocess.STDOUT, cwd=folder)
    try:
        deadline = time.monotonic() + SECONDS
        while not _answers(port):
            assert running.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.1)
        yield f"127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait()


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True
