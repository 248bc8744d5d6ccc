"""Private routing on the real engine, from the first preview to the last destroyed resource."""

from typing import Any

import pytest

from tests.engine.conftest import MakeWorkbench
from tests.engine.lives import assert_clean_life, assert_every_check_ran, assert_it_stays
from tests.engine.picture import without_statement_ids
from tests.engine.story import LongStory, tell_at_length
from tests.engine.workbench import copy_of_repository

ALLOW_ALL = [(100, "-1", "0.0.0.0/0", "allow")]
EVERYTHING = [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}]
SUBNETS = ["mwaa-private-a", "mwaa-private-b"]


def _table(subnet: str) -> dict[str, Any]:
    return {"routes": {"10.192.0.0/16": "local", "prefix list": "mwaa-s3"}, "subnets": [subnet]}


def _interface_endpoint(service: str) -> dict[str, Any]:
    return {
        "service": f"com.amazonaws.eu-west-1.{service}",
        "type": "Interface",
        "private dns": True,
        "subnets": SUBNETS,
        "groups": ["mwaa-environment"],
        "route tables": [],
        "statements": EVERYTHING,
    }


DOCUMENTED = {
    "vpc": {"cidr": "10.192.0.0/16", "dns support": True, "dns hostnames": True},
    "subnets": {
        "mwaa-private-a": ("10.192.0.0/24", "eu-west-1a"),
        "mwaa-private-b": ("10.192.1.0/24", "eu-west-1b"),
    },
    "internet gateways": [],
    "nat gateways": {},
    "route tables": {
        "main": {"routes": {"10.192.0.0/16": "local"}, "subnets": []},
        "mwaa-private-a": _table("mwaa-private-a"),
        "mwaa-private-b": _table("mwaa-private-b"),
    },
    "network acls": {
        "default": {"inbound": ALLOW_ALL, "outbound": ALLOW_ALL, "subnets": []},
        "mwaa-network-acl": {"inbound": ALLOW_ALL, "outbound": ALLOW_ALL, "subnets": SUBNETS},
    },
    "security groups": {
        "mwaa-default": {"inbound": [], "outbound": []},
        "mwaa-environment": {
            "inbound": [
                ("tcp", 443, 443, "mwaa-environment"),
                ("tcp", 5432, 5432, "mwaa-environment"),
            ],
            "outbound": [("-1", None, None, "0.0.0.0/0")],
        },
    },
    "endpoints": {
        **{f"mwaa-{each}": _interface_endpoint(each) for each in ("sqs", "logs", "monitoring", "kms")},
        "mwaa-s3": {
            "service": "com.amazonaws.eu-west-1.s3",
            "type": "Gateway",
            "private dns": False,
            "subnets": [],
            "groups": [],
            "route tables": SUBNETS,
            "statements": [
                {
                    "Effect": "Allow",
                    "Principal": "*",
                    "Action": ["s3:GetObject"],
                    "Resource": ["arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*"],
                },
                {
                    "Effect": "Allow",
                    "Principal": "*",
                    "Action": ["s3:GetObject*", "s3:GetBucket*", "s3:List*"],
                    "Resource": ["arn:aws:s3:::our-dags", "arn:aws:s3:::our-dags/*"],
                },
            ],
        },
    },
}


@pytest.fixture(scope="module", name="story")
def told_story(make_workbench: MakeWorkbench, tmp_path_factory: pytest.TempPathFactory) -> LongStory:
    """The life of a private network with the restricted pair of rules and a named bucket."""
    bench = make_workbench(copy_of_repository(tmp_path_factory.mktemp("private")))
    bench.set_config(routing="private", ingress="restricted", s3EndpointBuckets=["our-dags"])
    return tell_at_length(bench)


def test_the_life_of_the_network_is_clean(story: LongStory) -> None:
    """Created and removed, and the pack has nothing to say at any step."""
    assert_clean_life(story)


def test_every_check_looked_at_the_network(story: LongStory) -> None:
    """Silence is a verdict, not an omission."""
    assert_every_check_ran(story)


def test_the_documented_network_stands_in_aws(story: LongStory) -> None:
    """Read back with boto3, entry by entry, it is what the documents ask for and nothing else."""
    assert without_statement_ids(story.picture) == DOCUMENTED


def test_the_network_stays_as_it_is(story: LongStory) -> None:
    """Unchanged by a second update, undrifted, and its exported state is judged as the preview was."""
    assert_it_stays(story)


def test_the_outputs_have_every_name_and_no_null(story: LongStory) -> None:
    """What private routing does not have is an empty list."""
    assert story.outputs["routing"] == "private"
    assert story.outputs["natPublicIps"] == story.outputs["publicSubnetIds"] == []
    assert {*story.outputs["vpcEndpointIds"]} == {"s3", "sqs", "logs", "monitoring", "kms"}
    assert None not in story.outputs.values()
