"""The stack's configuration becomes the choices for a network."""

import json
from dataclasses import fields

import pulumi
import pytest
import yaml
from pulumi.runtime.stack import Stack

from mwaa_guardrails.aws.model import Routing
from mwaa_network import (
    ConfigurationError,
    Egress,
    Ingress,
    Nat,
    NetworkAclEntries,
    NetworkArgs,
    read_settings,
)
from mwaa_network.arguments import ATTRIBUTE_OF_KEY, written
from mwaa_network.settings import Settings
from mwaa_network.validation import read_arguments
from tests.infra.programs import INFRA, the_program
from tests.infra.world import World


def asked_for(network: NetworkArgs, *, environment: bool = False) -> Settings:
    """Return the settings that ask for a network, and maybe an environment."""
    return Settings(network=network, environment=environment)


@pytest.mark.parametrize(
    ("sentence", "config", "expected"),
    [
        ("no key at all gives the defaults", {}, NetworkArgs()),
        ("keys of other packages are theirs", {"aws:region": "eu-west-1", "aws:tags": "x"}, NetworkArgs()),
        ("keys of others are theirs", {"mwaa:owner": "data", "net:routing": "private"}, NetworkArgs()),
        (
            "every key is read",
            {
                "mwaa-network:routing": "public",
                "mwaa-network:cidrBlock": "10.0.0.0/20",
                "mwaa-network:zones": '["eu-west-1a", "euw1-az2"]',
                "mwaa-network:privateSubnetCidrs": '["10.0.0.0/26", "10.0.0.64/26"]',
                "mwaa-network:publicSubnetCidrs": '["10.0.0.128/26", "10.0.0.192/26"]',
                "mwaa-network:nat": "one",
                "mwaa-network:natAllocationIds": '["eipalloc-0123456789abcdef0"]',
                "mwaa-network:extraEndpoints": '["sts", "dynamodb", "sts"]',
                "mwaa-network:webserverClients": '["10.20.0.0/16", "10.20.0.0/16"]',
                "mwaa-network:ipv6": "true",
                "mwaa-network:flowLogBucketArn": "arn:aws:s3:::our-flow-logs/vpc",
                "mwaa-network:replacePrivateSubnets": '["subnet-0a1b2c3d", "subnet-4e5f6a7b"]',
                "mwaa-network:protect": "true",
                "mwaa-network:s3EndpointBuckets": '["our-dags", "our-data", "our-dags"]',
                "mwaa-network:ingress": "restricted",
                "mwaa-network:networkAcl": "restricted",
                "mwaa-network:tags": '{"team": "data"}',
            },
            NetworkArgs(
                routing=Routing.PUBLIC,
                cidr_block="10.0.0.0/20",
                zones=("eu-west-1a", "euw1-az2"),
                private_subnet_cidrs=("10.0.0.0/26", "10.0.0.64/26"),
                public_subnet_cidrs=("10.0.0.128/26", "10.0.0.192/26"),
                nat=Nat.ONE,
                nat_allocation_ids=("eipalloc-0123456789abcdef0",),
                extra_endpoints=("sts", "dynamodb"),
                webserver_clients=("10.20.0.0/16",),
                ipv6=True,
                flow_log_bucket_arn="arn:aws:s3:::our-flow-logs/vpc",
                replace_private_subnets=("subnet-0a1b2c3d", "subnet-4e5f6a7b"),
                protect=True,
                s3_endpoint_buckets=("our-dags", "our-data"),
                ingress=Ingress.RESTRICTED,
                network_acl=NetworkAclEntries.RESTRICTED,
                tags={"team": "data"},
            ),
        ),
        (
            "a VPC that is there is read",
            {
                "mwaa-network:vpcId": "vpc-0123456789abcdef0",
                "mwaa-network:privateSubnetIds": '["subnet-0123456789abcdefa", "subnet-0123456789abcdefb"]',
                "mwaa-network:existingEndpoints": '["sqs", "s3", "sqs"]',
            },
            NetworkArgs(
                vpc_id="vpc-0123456789abcdef0",
                private_subnet_ids=("subnet-0123456789abcdefa", "subnet-0123456789abcdefb"),
                existing_endpoints=("s3", "sqs"),
            ),
        ),
        (
            "what goes with private routing is read",
            {"mwaa-network:routing": "private", "mwaa-network:egress": "narrow"},
            NetworkArgs(routing=Routing.PRIVATE, egress=Egress.NARROW),
        ),
    ],
)
def test_a_right_configuration(sentence: str, config: dict[str, str], expected: NetworkArgs) -> None:
    """Lists and maps come as JSON text, as the engine hands them over."""
    assert World().run(read_settings, config=config) == asked_for(expected), sentence


@pytest.mark.parametrize(("written", "wanted"), [("true", True), ("false", False), ("", False)])
def test_an_environment_is_made_on_request(written: str, *, wanted: bool) -> None:
    """It is off unless the configuration turns it on."""
    config = {"mwaa-network:environment": written}
    assert World().run(read_settings, config=config) == asked_for(NetworkArgs(), environment=wanted)


def test_a_renamed_project_has_its_own_namespace() -> None:
    """`pulumi new` gives a copy of the project another name, and with it the keys."""
    config = {"data-platform:routing": "private"}
    args = World().run(read_settings, config=config, project="data-platform")
    assert args == asked_for(NetworkArgs(routing=Routing.PRIVATE))


@pytest.mark.parametrize(
    ("sentence", "project", "key"),
    [
        ("the old name of a renamed project", "data-platform", "mwaa-network:routing"),
        ("a misspelt project", "mwaa-network", "mwaa-netwrk:routing"),
        ("the name of the component", "mwaa-network", "mwaa:routing"),
        ("the name of the component in a renamed project", "data-platform", "mwaa:routing"),
    ],
)
def test_a_namespace_that_nobody_reads_is_a_mistake(sentence: str, project: str, key: str) -> None:
    """Or `routing: private` would silently build NAT gateways."""
    with pytest.raises(ConfigurationError) as raised:
        World().run(read_settings, config={key: "private"}, project=project)
    assert str(raised.value) == (
        "the configuration has 1 mistake; nothing was changed.\n\n"
        f'  {key}: no such namespace; the value is "private".\n'
        f"    Allowed: keys that begin with {project}:, the project's name.\n"
        "    Why: A key that nobody reads would leave a default in force unnoticed.\n"
        f"    Did you mean {project}:routing?"
    ), sentence


def test_keys_of_others_stay_theirs_whatever_the_project_is_called() -> None:
    """A word of the project's name may be the namespace of something else."""
    config = {"aws:tags": "x", "data:environment": "prod"}
    args = World().run(read_settings, config=config, project="data-on-aws")
    assert args == asked_for(NetworkArgs())


def test_keys_are_found_where_the_engine_puts_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Programs get their configuration in the environment."""
    monkeypatch.setenv("PULUMI_CONFIG", json.dumps({"mwaa-network:rooting": "private"}))
    with pytest.raises(ConfigurationError, match="rooting: no such key"):
        World().run(read_settings)


def test_the_program_exports_what_the_component_tells() -> None:
    """Whatever the component offers is an output of the stack."""
    world = World()

    def exports() -> object:
        the_program()
        stack = pulumi.runtime.get_root_resource()
        assert isinstance(stack, Stack)
        return stack.outputs

    exported = world.run(exports, config={"mwaa-network:routing": "private"})
    assert exported == world.outputs["mwaa"]
    assert len(world.outputs["mwaa"]) == 13


def test_the_program_makes_an_environment_on_request() -> None:
    """What it tells stands beside the network's; one key protects both."""
    world = World()
    config = {"mwaa-network:environment": "true", "mwaa-network:protect": "true"}
    world.run(the_program, config=config)
    assert ("aws:mwaa/environment:Environment", "mwaa-environment") in {
        (each.type, each.name) for each in world.resources
    }
    assert {each.protected for each in world.resources} == {True}


def test_the_program_is_short() -> None:
    """Everything else can be imported by other programs."""
    assert len((INFRA / "__main__.py").read_text().splitlines()) < 20


def test_every_key_is_declared_to_the_engine() -> None:
    """With a type, a default and what it means, in the order of the component's own choices."""
    declared = yaml.safe_load((INFRA.parent / "Pulumi.yaml").read_text())["config"]
    assert list(declared) == [*ATTRIBUTE_OF_KEY, "environment"]
    assert {
        key for key, each in declared.items() if {*each} - {"items"} != {"type", "default", "description"}
    } == set()


def test_what_is_declared_as_a_default_is_one() -> None:
    """The engine hands declared defaults over as if somebody had written them."""
    declared = yaml.safe_load((INFRA.parent / "Pulumi.yaml").read_text())["config"]
    config = {
        f"mwaa-network:{key}": each["default"] if each["type"] == "string" else json.dumps(each["default"])
        for key, each in declared.items()
    }
    assert World().run(read_settings, config=config) == asked_for(NetworkArgs())


def test_empty_values_of_a_program_are_left_out_as_those_of_a_configuration_are() -> None:
    """A program that hands on what a configuration may leave out need not look at it first."""
    lists = [
        each.name for each in fields(NetworkArgs) if each.default is None and "Sequence" in str(each.type)
    ]
    args = NetworkArgs(**dict.fromkeys(lists, ()))  # type: ignore[arg-type] # each of them is a list
    assert len(lists) > 5
    assert read_arguments(written(args)) == (NetworkArgs(), ())
