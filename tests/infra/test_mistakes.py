"""Every mistake in a configuration is told: key, value, what is allowed, why, and the nearest right value."""

import json
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from mwaa_network import ConfigurationError, Network, NetworkArgs
from mwaa_network.arguments import ATTRIBUTE_OF_KEY
from tests.infra.programs import the_program
from tests.infra.world import IRELAND, Json, World
from tests.policy_pack.golden import assert_golden

GOLDEN = Path(__file__).parent / "golden"
VIRGINIA = {
    "use1-az1": "us-east-1b",
    "use1-az2": "us-east-1a",
    "use1-az3": "us-east-1c",
    "use1-az4": "us-east-1d",
}
TOKYO = {"apne1-az4": "ap-northeast-1a", "apne1-az3": "ap-northeast-1b", "apne1-az1": "ap-northeast-1c"}
GIVEN_VPC = "vpc-0123456789abcdef0"
GIVEN_SUBNETS = ["subnet-0123456789abcdefa", "subnet-0123456789abcdefb"]
SERVICE = "com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"
OREGON = {"usw2-az1": "us-west-2a", "usw2-az2": "us-west-2b"}


@dataclass(frozen=True, kw_only=True)
class Case:
    """A configuration with mistakes, and where it is used."""

    config: dict[str, Json]
    region: str = "eu-west-1"
    zones: dict[str, str] = field(default_factory=lambda: IRELAND)

    def world(self) -> World:
        """Return a world with the case's Region."""
        return World(region=self.region, zones=self.zones)


def _case(**config: Json) -> Case:
    return Case(config=config)


def _in_virginia(**config: Json) -> Case:
    return Case(config=config, region="us-east-1", zones=VIRGINIA)


MISTAKES = {
    "routing is misspelt": _case(routing="privat"),
    "routing is like no word": _case(routing="vpn"),
    "routing is a list": _case(routing='["private"]'),
    "ingress is misspelt": _case(ingress="restrict"),
    "egress is misspelt": _case(routing="private", egress="narow"),
    "egress is narrow with public routing": _case(egress="narrow"),
    "a routing that is wrong is held against no egress": _case(routing="privat", egress="narrow"),
    "the network ACL is misspelt": _case(networkAcl="restrict"),
    "nat is misspelt": _case(nat="perzone"),
    "nat is a number": _case(nat="2"),
    "nat is set with private routing": _case(routing="private", nat="one"),
    "the block has host bits": _case(cidrBlock="10.192.1.0/16"),
    "the block is too small": _case(cidrBlock="10.192.0.0/25"),
    "the block is too large": _case(cidrBlock="10.0.0.0/8"),
    "the block is public": _case(cidrBlock="172.32.0.0/16"),
    "the block lies above every private range": _case(cidrBlock="198.51.100.0/24"),
    "everything is wrong with the block": _case(cidrBlock="8.8.8.8/8"),
    "the block has no length": _case(cidrBlock="10.193.5.0"),
    "the block has a length beyond all": _case(cidrBlock="10.193.5.0/33"),
    "the block has a netmask": _case(cidrBlock="10.193.0.0/255.255.0.0"),
    "the length has a leading zero": _case(cidrBlock="10.193.0.0/016"),
    "the block is IPv6": _case(cidrBlock="fd00::/56"),
    "the block is a list": _case(cidrBlock='["10.192.0.0/16"]'),
    "one zone is given": _case(zones=["eu-west-1a"]),
    "three zones are given": _case(zones=["eu-west-1a", "eu-west-1b", "eu-west-1c"]),
    "zones are given as text": _case(zones="eu-west-1a, eu-west-1b"),
    "private subnets are one": _case(privateSubnetCidrs=["10.192.0.0/24"]),
    "private subnets are text": _case(privateSubnetCidrs="10.192.0.0/24, 10.192.1.0/24"),
    "private subnets are wrong each in its way": _case(privateSubnetCidrs=["10.192.0.1/24", 7]),
    "private subnets have no size of a subnet": _case(privateSubnetCidrs=["10.192.0.0/29", "10.0.0.0/8"]),
    "private subnets lie outside the VPC": _case(privateSubnetCidrs=["10.192.0.0/24", "10.193.0.0/24"]),
    "private subnets overlap": _case(privateSubnetCidrs=["10.192.0.0/24", "10.192.0.128/25"]),
    "private subnets overlap planned public ones": _case(
        privateSubnetCidrs=["10.192.2.0/24", "10.192.4.0/24"]
    ),
    "public subnets overlap planned private ones": _case(
        publicSubnetCidrs=["10.192.1.0/24", "10.192.4.0/24"]
    ),
    "public subnets are listed with private routing": _case(
        routing="private", publicSubnetCidrs=["10.192.2.0/24", "10.192.3.0/24"]
    ),
    "the block is too small though subnets are listed": _case(
        cidrBlock="10.192.0.0/29",
        routing="private",
        privateSubnetCidrs=["10.192.0.0/28", "10.192.0.16/28"],
    ),
    "the block is wrong and nothing is said of what lies in it": _case(
        cidrBlock="10.192.0.0/33", privateSubnetCidrs=["10.0.0.0/24", "10.0.1.0/24"]
    ),
    "addresses of NAT gateways are text": _case(natAllocationIds="eipalloc-0123456789abcdef0"),
    "addresses of NAT gateways are addresses": _case(nat="one", natAllocationIds=["198.51.100.7"]),
    "addresses of NAT gateways are one twice": _case(
        natAllocationIds=["eipalloc-0123456789abcdef0", "eipalloc-0123456789abcdef0"]
    ),
    "addresses of NAT gateways are too few": _case(natAllocationIds=["eipalloc-0123456789abcdef0"]),
    "addresses of NAT gateways are too many": _case(
        nat="one", natAllocationIds=["eipalloc-0123456789abcdef0", "eipalloc-0123456789abcdef1"]
    ),
    "addresses of NAT gateways are given with private routing": _case(
        routing="private", natAllocationIds=["eipalloc-0123456789abcdef0"]
    ),
    "endpoints are text": _case(extraEndpoints="sts, glue"),
    "endpoints are numbers": _case(extraEndpoints=[7]),
    "an endpoint is misspelt": _case(extraEndpoints=["secretmanager", "sts"]),
    "an endpoint is like no service": _case(extraEndpoints=["our-own-service!"]),
    "an endpoint is made already": _case(routing="private", extraEndpoints=["sqs", "sts"]),
    "an endpoint is made already under its full name": _case(extraEndpoints=["com.amazonaws.eu-west-1.s3"]),
    "an endpoint is of another Region": _case(extraEndpoints=["com.amazonaws.us-east-1.sts"]),
    "an endpoint is listed in both spellings": _case(extraEndpoints=["sts", "com.amazonaws.eu-west-1.sts"]),
    "an endpoint of a customer is listed twice": _case(
        customerEndpointServices=[SERVICE], extraEndpoints=[SERVICE]
    ),
    "endpoint services are text": _case(customerEndpointServices=SERVICE),
    "endpoint services are text that names none": _case(customerEndpointServices="database"),
    "endpoint services are numbers": _case(customerEndpointServices=7),
    "an endpoint service is one of AWS": _case(customerEndpointServices=["com.amazonaws.eu-west-1.sqs", 7]),
    "an endpoint service is of another Region": _case(
        customerEndpointServices=["com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0"]
    ),
    "buckets are for an endpoint that is there": _case(
        vpcId=GIVEN_VPC,
        privateSubnetIds=GIVEN_SUBNETS,
        routing="private",
        existingEndpoints=["s3"],
        s3EndpointBuckets=["our-dags"],
    ),
    "clients are text": _case(webserverClients="10.20.0.0/16, 10.30.0.0/16"),
    "clients are everybody": _case(webserverClients=["0.0.0.0/0"]),
    "clients are wrong each in its way": _case(webserverClients=["10.20.0.1/16", "192.0.2.7", "office", 7]),
    "environment is a word": _case(environment="yes"),
    "clients are IPv6 without IPv6": _case(webserverClients=["2001:db8::/32", "10.20.0.0/16"]),
    "clients are wrong in IPv6": _case(ipv6=True, webserverClients=["2001:db8::1/32", "2001:db8::7", "::/0"]),
    "ipv6 is a word": _case(ipv6="on"),
    "flow logs go to a bucket by its name": _case(flowLogBucketArn="our-flow-logs"),
    "protect is a word": _case(protect="yes"),
    "protect is like no word": _case(protect="please"),
    "a VPC is no id": _case(vpcId="our-vpc", privateSubnetIds=GIVEN_SUBNETS),
    "a VPC is given without subnets": _case(vpcId=GIVEN_VPC),
    "subnets are given without a VPC": _case(privateSubnetIds=GIVEN_SUBNETS),
    "given subnets are one twice": _case(vpcId=GIVEN_VPC, privateSubnetIds=[GIVEN_SUBNETS[0]] * 2),
    "a given VPC is to be shaped": _case(
        vpcId=GIVEN_VPC,
        privateSubnetIds=GIVEN_SUBNETS,
        cidrBlock="10.0.0.0/16",
        nat="one",
        networkAcl="restricted",
        ipv6=True,
    ),
    "endpoints exist in a VPC that does not": _case(existingEndpoints=["s3"]),
    "existing endpoints are misspelt": _case(
        vpcId=GIVEN_VPC, privateSubnetIds=GIVEN_SUBNETS, existingEndpoints=["sq", "secretsmanager"]
    ),
    "existing endpoints are text": _case(
        vpcId=GIVEN_VPC, privateSubnetIds=GIVEN_SUBNETS, existingEndpoints="s3"
    ),
    "zones are numbers": _case(zones=[1, 2]),
    "a zone is not in the Region": _case(zones=["eu-west-1a", "eu-west-2b"]),
    "a zone is not in the Region by id": _case(zones=["euw1-az9", "eu-west-1a"]),
    "a zone stands twice": _case(zones=["eu-west-1b", "eu-west-1b"]),
    "a name and an id mean one zone": _case(zones=["eu-west-1a", "euw1-az1"]),
    "a zone is not supported by MWAA": _in_virginia(zones=["us-east-1a", "us-east-1c"]),
    "a zone that is not supported is given by id": _in_virginia(zones=["use1-az3", "use1-az1"]),
    "both zones are wrong": _in_virginia(zones=["use1-az3", "us-east-1x"]),
    "both zones are misspelt alike": _case(zones=["eu-west-1x", "eu-west-1y"]),
    "a zone is like no other": _case(zones=["tokyo", "eu-west-1a"]),
    "a zone has no NAT gateways": Case(
        config={"zones": ["apne1-az3", "apne1-az1"]}, region="ap-northeast-1", zones=TOKYO
    ),
    "a zone is a Local Zone": Case(
        config={"zones": ["us-west-2a", "us-west-2-lax-1a"]}, region="us-west-2", zones=OREGON
    ),
    "a zone is a Local Zone by id": Case(
        config={"zones": ["us-west-2a", "usw2-lax1-az1"]}, region="us-west-2", zones=OREGON
    ),
    "no zone is left to offer": Case(
        config={"zones": ["us-west-2b", "us-west-2b"]}, region="us-west-2", zones={"usw2-az2": "us-west-2b"}
    ),
    "the Region has too few zones": Case(config={}, region="us-west-2", zones={"usw2-az2": "us-west-2b"}),
    "buckets are given as text": _case(s3EndpointBuckets="our-dags, s3://our-data/in"),
    "buckets are given as text that names none": _case(s3EndpointBuckets="!"),
    "a bucket is an ARN": _case(s3EndpointBuckets=["arn:aws:s3:::our-dags/*", "our-data"]),
    "a bucket has forbidden characters": _case(s3EndpointBuckets=["Our_DAGs"]),
    "a bucket is an address": _case(s3EndpointBuckets=["192.168.5.4"]),
    "a bucket has a reserved ending": _case(s3EndpointBuckets=["our-dags--x-s3"]),
    "a bucket has a reserved beginning": _case(s3EndpointBuckets=["xn--our-dags"]),
    "a bucket has a short or a long name": _case(s3EndpointBuckets=["ab", "x" * 64]),
    "a bucket is a number": _case(s3EndpointBuckets=[7]),
    "buckets do not fit into a policy document": _case(
        s3EndpointBuckets=[f"bucket-{number:04}-{'x' * 40}" for number in range(150)]
    ),
    "tags are no map": _case(tags=["team"]),
    "tags are text": _case(tags="team=data"),
    "a tag belongs to AWS": _case(tags={"aws:team": "data", "AWS:": "data"}),
    "a tag is the name": _case(tags={"Name": "network"}),
    "a tag is one of ours": _case(tags={"mwaa:environment": "data", "mwaa:": "data"}),
    "a tag has no key": _case(tags={"": "data"}),
    "a tag has a long key": _case(tags={"k" * 129: "data"}),
    "a tag has a long value": _case(tags={"team": "v" * 257}),
    "a tag is a number": _case(tags={"cost-center": 42}),
    "a tag is a list": _case(tags={"cost-center": []}),
    "there are too many tags": _case(tags={f"tag-{number}": "x" for number in range(49)}),
    "a key is misspelt": _case(routng="private"),
    "a key is like no other": _case(vpnGateway="arn:aws:s3:::flow-logs"),
    "all mistakes are told at once": _case(
        routng="private",
        routing="privat",
        cidrBlock="10.0.0.1/16",
        zones=["euw1-az1", "eu-west-1a"],
        nat="two",
    ),
    "a routing that is wrong is held against no zone": Case(
        config={"routing": "privat", "zones": ["apne1-az3", "apne1-az1"]},
        region="ap-northeast-1",
        zones=TOKYO,
    ),
}


def _golden(sentence: str) -> Path:
    return GOLDEN / f"{sentence.replace(' ', '-').lower()}.txt"


def _as_the_engine_gives_it(value: Json) -> str:
    return value if isinstance(value, str) else json.dumps(value)


@pytest.mark.parametrize("sentence", MISTAKES)
def test_a_mistake_in_the_configuration_is_told_and_nothing_is_made(sentence: str) -> None:
    """The text is the golden file's, letter by letter, and not one AWS resource is registered."""
    case = MISTAKES[sentence]
    world = case.world()
    config = {f"mwaa-network:{key}": _as_the_engine_gives_it(value) for key, value in case.config.items()}
    with pytest.raises(ConfigurationError) as raised:
        world.run(the_program, config=config)
    assert_golden(_golden(sentence), str(raised.value))
    assert [each for each in world.resources if each.type.startswith("aws:")] == []
    assert len(world.calls) <= 1


@pytest.mark.parametrize(
    "sentence",
    [sentence for sentence, case in MISTAKES.items() if set(case.config) <= set(ATTRIBUTE_OF_KEY)],
)
def test_programs_are_told_the_same_as_configurations(sentence: str) -> None:
    """`NetworkArgs` and the configuration share one judge."""
    case = MISTAKES[sentence]
    world = case.world()
    values = {ATTRIBUTE_OF_KEY[key]: value for key, value in case.config.items()}
    with pytest.raises(ConfigurationError) as raised:
        world.run(lambda: Network("mwaa", NetworkArgs(**values)))  # type: ignore[arg-type] # wrong on purpose
    assert_golden(_golden(sentence), str(raised.value))
