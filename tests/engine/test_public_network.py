"""Public routing on the real engine, from the first preview to the last destroyed resource."""

import pytest

from tests.engine.conftest import MakeWorkbench
from tests.engine.lives import assert_clean_life, assert_every_check_ran, assert_it_stays
from tests.engine.story import LongStory, tell_at_length
from tests.engine.workbench import copy_of_repository

ALLOW_ALL = [(100, "-1", "0.0.0.0/0", "allow")]
EVERYTHING = [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}]
SUBNETS = ["mwaa-private-a", "mwaa-private-b", "mwaa-public-a", "mwaa-public-b"]
DOCUMENTED = {
    "vpc": {"cidr": "10.192.0.0/16", "dns support": True, "dns hostnames": True},
    "subnets": {
        "mwaa-private-a": ("10.192.0.0/24", "eu-west-1a"),
        "mwaa-private-b": ("10.192.1.0/24", "eu-west-1b"),
        "mwaa-public-a": ("10.192.2.0/24", "eu-west-1a"),
        "mwaa-public-b": ("10.192.3.0/24", "eu-west-1b"),
    },
    "internet gateways": ["mwaa-internet-gateway"],
    "nat gateways": {"mwaa-nat-a": ("mwaa-public-a", 1), "mwaa-nat-b": ("mwaa-public-b", 1)},
    "route tables": {
        "main": {"routes": {"10.192.0.0/16": "local"}, "subnets": []},
        "mwaa-public": {
            "routes": {"10.192.0.0/16": "local", "0.0.0.0/0": "mwaa-internet-gateway"},
            "subnets": ["mwaa-public-a", "mwaa-public-b"],
        },
        "mwaa-private-a": {
            "routes": {"10.192.0.0/16": "local", "0.0.0.0/0": "mwaa-nat-a", "prefix list": "mwaa-s3"},
            "subnets": ["mwaa-private-a"],
        },
        "mwaa-private-b": {
            "routes": {"10.192.0.0/16": "local", "0.0.0.0/0": "mwaa-nat-b", "prefix list": "mwaa-s3"},
            "subnets": ["mwaa-private-b"],
        },
    },
    "network acls": {
        "default": {"inbound": ALLOW_ALL, "outbound": ALLOW_ALL, "subnets": []},
        "mwaa-network-acl": {"inbound": ALLOW_ALL, "outbound": ALLOW_ALL, "subnets": SUBNETS},
    },
    "security groups": {
        "mwaa-default": {"inbound": [], "outbound": []},
        "mwaa-environment": {
            "inbound": [("-1", None, None, "mwaa-environment")],
            "outbound": [("-1", None, None, "0.0.0.0/0")],
        },
    },
    "endpoints": {
        "mwaa-s3": {
            "service": "com.amazonaws.eu-west-1.s3",
            "type": "Gateway",
            "private dns": False,
            "subnets": [],
            "groups": [],
            "route tables": ["mwaa-private-a", "mwaa-private-b"],
            "statements": EVERYTHING,
        }
    },
}


@pytest.fixture(scope="module", name="story")
def told_story(make_workbench: MakeWorkbench, tmp_path_factory: pytest.TempPathFactory) -> LongStory:
    """The life of the network that the repository's own configuration makes."""
    return tell_at_length(make_workbench(copy_of_repository(tmp_path_factory.mktemp("public"))))


def test_the_life_of_the_network_is_clean(story: LongStory) -> None:
    """Created and removed, and the pack has nothing to say at any step."""
    assert_clean_life(story)


def test_every_check_looked_at_the_network(story: LongStory) -> None:
    """Silence is a verdict, not an omission."""
    assert_every_check_ran(story)


def test_the_documented_network_stands_in_aws(story: LongStory) -> None:
    """Read back with boto3, entry by entry, it is what the documents ask for and nothing else."""
    assert story.picture == DOCUMENTED


def test_the_network_stays_as_it_is(story: LongStory) -> None:
    """Unchanged by a second update, undrifted, and its exported state is judged as the preview was."""
    assert_it_stays(story)


def test_the_outputs_fit_an_environment(story: LongStory) -> None:
    """What an environment needs is there under the names that the documentation gives."""
    outputs = story.outputs
    assert outputs["networkConfiguration"] == {
        "subnetIds": outputs["privateSubnetIds"],
        "securityGroupIds": [outputs["securityGroupId"]],
    }
    assert outputs["routing"] == "public"
    assert len(outputs["natPublicIps"]) == len(outputs["publicSubnetIds"]) == 2
    assert list(outputs["vpcEndpointIds"]) == ["s3"]
