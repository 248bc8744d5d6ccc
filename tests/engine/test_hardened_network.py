"""Every restriction at once on the real engine, from the first preview to the last destroyed resource."""

import pytest

from tests.engine.conftest import MakeWorkbench
from tests.engine.lives import assert_clean_life, assert_every_check_ran
from tests.engine.story import Story, tell
from tests.engine.workbench import copy_of_repository

SUBNETS = ["mwaa-private-a", "mwaa-private-b"]
GROUP, A, B, ANY = "mwaa-environment", "10.192.0.0/24", "10.192.1.0/24", "0.0.0.0/0"


@pytest.fixture(scope="module", name="story")
def told_story(make_workbench: MakeWorkbench, tmp_path_factory: pytest.TempPathFactory) -> Story:
    """The life of a private network with every key on its narrowest."""
    bench = make_workbench(copy_of_repository(tmp_path_factory.mktemp("hardened")))
    bench.set_config(
        routing="private",
        ingress="restricted",
        egress="narrow",
        networkAcl="restricted",
        s3EndpointBuckets=["our-dags"],
    )
    return tell(bench)


def test_the_life_of_the_network_is_clean(story: Story) -> None:
    """Created and removed, and the pack has nothing to say at any step."""
    assert_clean_life(story)


def test_every_check_looked_at_the_network(story: Story) -> None:
    """Silence is a verdict, not an omission."""
    assert_every_check_ran(story)


def test_what_aws_does_not_say_itself_is_told_once(story: Story) -> None:
    """At the preview, and not again while it is made."""
    said = "are derived from the flows that AWS describes"
    told = [
        sum(said in event.get("diagnosticEvent", {}).get("message", "") for event in result.events)
        for result in (story.previewed, story.created)
    ]
    assert told == [1, 0]


def test_only_what_is_needed_passes(story: Story) -> None:
    """Read back with boto3: the flows that the pages describe, and the guide's narrower rules."""
    assert story.picture["network acls"]["mwaa-network-acl"] == {
        "inbound": [
            (110, "6 443-443", A, "allow"),
            (111, "6 443-443", B, "allow"),
            (120, "6 1024-65535", A, "allow"),
            (121, "6 1024-65535", B, "allow"),
            (130, "6 32768-60999", ANY, "allow"),
        ],
        "outbound": [
            (110, "6 443-443", ANY, "allow"),
            (120, "6 1024-65535", A, "allow"),
            (121, "6 1024-65535", B, "allow"),
        ],
        "subnets": SUBNETS,
    }
    assert story.picture["security groups"][GROUP] == {
        "inbound": [("tcp", 443, 443, GROUP), ("tcp", 5432, 5432, GROUP)],
        "outbound": [
            ("-1", None, None, "10.192.0.0/16"),
            ("-1", None, None, GROUP),
            ("tcp", 443, 443, "prefix list"),
        ],
    }
