"""Nothing of the user's Pulumi or AWS reaches what runs locally, and nothing local reaches theirs."""

from pathlib import Path

import pytest

from local_cloud.environment import engine_environment
from local_cloud.paths import Places
from local_cloud.pulumi_engine import Engine
from tests.engine.workbench import small_project, workbench
from tests.local_cloud.programs import put

OF_THE_USER = {
    "AWS_PROFILE": "production",
    "AWS_SESSION_TOKEN": "token",
    "AWS_ENDPOINT_URL_EC2": "https://ec2.example.com",
    "AWS_CA_BUNDLE": "/etc/bundle.pem",
    "PULUMI_ACCESS_TOKEN": "pul-1",
    "PULUMI_CONFIG_PASSPHRASE_FILE": "/home/someone/passphrase",
    "PULUMI_DEBUG_PROVIDERS": "aws:4711",
    "PULUMI_PYTHON_CMD": "python2",
}


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """Places that nothing has been put into."""
    return Places(project=tmp_path / "project", local=tmp_path / "local")


@pytest.mark.parametrize("name", sorted(OF_THE_USER))
def test_a_setting_of_the_user_does_not_reach_the_engine(places: Places, engine: Engine, name: str) -> None:
    """Neither credentials nor another endpoint, backend or provider."""
    environment = engine_environment(places, engine, "http://127.0.0.1:9", OF_THE_USER)

    assert name not in environment


def test_the_files_of_the_user_are_never_read(places: Places, engine: Engine) -> None:
    """Credentials and profiles are looked for where there are none."""
    environment = engine_environment(places, engine, "http://127.0.0.1:9", OF_THE_USER)

    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        file = Path(environment[name])
        assert file.is_relative_to(places.local)
        assert not file.exists()


def test_everything_local_points_into_the_local_folder(places: Places, engine: Engine) -> None:
    """Home, backend and configuration are the local cloud's own, and AWS is on loopback."""
    environment = engine_environment(places, engine, "http://127.0.0.1:9", OF_THE_USER)

    assert environment["PULUMI_HOME"] == str(places.local / "pulumi")
    assert environment["PULUMI_BACKEND_URL"] == f"file://{places.local}/stack/backend"
    assert environment["PULUMI_OPTION_CONFIG_FILE"] == str(places.local / "stack" / "Pulumi.dev.yaml")
    assert environment["AWS_ENDPOINT_URL"] == "http://127.0.0.1:9"


@pytest.mark.parametrize(
    ("what", "proxy", "expected"),
    [
        ("no exception of the user's own", {}, "127.0.0.1,localhost"),
        ("an exception of the user's own", {"NO_PROXY": "corp"}, "corp,127.0.0.1,localhost"),
    ],
)
def test_no_proxy_stands_before_the_local_aws(
    places: Places, engine: Engine, what: str, proxy: dict[str, str], expected: str
) -> None:
    """A company's proxy would be asked for a port on the user's own machine."""
    environment = engine_environment(places, engine, "http://127.0.0.1:9", proxy)

    assert environment["NO_PROXY"] == expected, what


@pytest.mark.engine
def test_a_run_writes_nothing_into_the_users_home_or_project(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What engine and plugins keep lies in the local folder; plugins on the PATH are passed by."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    for name in ("pulumi-language-python", "pulumi-resource-aws"):
        put(tmp_path / "bin", name, "echo not the one >&2; exit 1")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"), prepend=":")
    project = small_project(tmp_path, "import pulumi\npulumi.export('size', 1)\n")
    before = {path: path.read_text() for path in project.rglob("*") if path.is_file()}

    with workbench(project, tmp_path / "local", engine, with_aws=False) as bench:
        ended = bench.up()

    assert ended.code == 0, ended.output
    assert "not the one" not in ended.output
    assert list(home.iterdir()) == []
    assert {path: path.read_text() for path in project.rglob("*") if path.is_file()} == before
