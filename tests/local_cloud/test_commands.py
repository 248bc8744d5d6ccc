"""The life of a network: `make preview`, `make up`, `make up` again, `make down`."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from local_cloud.aws_process import LocalAws, running_aws, stop_aws
from local_cloud.commands import next_steps
from local_cloud.paths import Places
from tests.local_cloud.small_network import aws_of, do, make_places, vpcs

pytestmark = pytest.mark.engine


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """What each command told in the life of a network, and what there was then."""

    status_before: str
    preview: str
    previewed_vpcs: list[str]
    first_up: str
    vpcs: list[str]
    aws: LocalAws
    second_up: str
    status: str
    listed: str
    down: str
    second_down: str
    places: Places


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
    """A network from before its first preview to after its end."""
    places = make_places(tmp_path_factory.mktemp("life"))
    try:
        yield Life(
            places=places,
            status_before=do(places, "status"),
            preview=do(places, "preview"),
            previewed_vpcs=vpcs(places),
            first_up=do(places, "up"),
            vpcs=vpcs(places),
            aws=aws_of(places),
            second_up=do(places, "up"),
            status=do(places, "status"),
            listed=do(places, "run", "stack", "ls"),
            down=do(places, "down"),
            second_down=do(places, "down"),
        )
    finally:
        stop_aws(places.aws)


def test_a_preview_builds_nothing(life: Life) -> None:
    """It can come before the first `up`."""
    assert "+ 2 to create" in life.preview
    assert life.previewed_vpcs == []


def test_up_builds_the_network_under_the_policy_pack(life: Life) -> None:
    """The real engine says what it did."""
    assert "+ 2 created" in life.first_up
    assert "✅ small-pack@" in life.first_up
    assert life.vpcs == ["10.0.0.0/16"]


def test_up_says_that_its_aws_is_no_real_account(life: Life) -> None:
    """Nobody takes it for one."""
    where = f"AWS:    local, simulated by moto, at {life.aws.endpoint}. It is not a real account.\n"

    assert where in life.first_up


def test_up_ends_with_what_to_do_next(life: Life) -> None:
    """Preview, down, or a real account."""
    assert life.first_up.endswith(
        f"The network is up on the local AWS at {life.aws.endpoint}, not in a real account.\n"
        f"{next_steps(life.places)}\n"
    )


def test_a_second_up_changes_nothing(life: Life) -> None:
    """Engine, local AWS and stack are found again."""
    assert "2 unchanged" in life.second_up
    assert "created" not in life.second_up


def test_status_says_what_runs_and_what_there_is(life: Life) -> None:
    """Also before anything was built."""
    stack = life.places.stack
    assert "Local AWS: is not running (simulated by moto, not a real account)\n" in life.status_before
    assert f"Resources: 0, described in {stack}\n" in life.status_before
    assert f"Local AWS: runs at {life.aws.endpoint}, process {life.aws.pid} (simulated by" in life.status
    assert f"Resources: 1, described in {stack}\n" in life.status


def test_any_command_of_the_engine_runs_on_the_local_stack(life: Life) -> None:
    """`python -m local_cloud run -- stack ls` shows the one stack of the local backend."""
    assert life.listed.splitlines()[-1].startswith("dev")


def test_down_destroys_and_stops_everything(life: Life) -> None:
    """A second one finds nothing to do."""
    assert "- 2 deleted" in life.down
    assert life.down.endswith("The local AWS is stopped.\n")
    assert running_aws(life.places.aws) is None
    assert life.second_down == "Nothing is running.\n"
