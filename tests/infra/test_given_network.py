"""In a VPC that is there already only what is missing is made, and what is wrong with it is told before."""

from dataclasses import replace

import pytest

from mwaa_guardrails.aws.model import Routing
from mwaa_network import ConfigurationError, Egress, Network, NetworkArgs
from tests.infra.given import TO_INSTANCE, TO_INTERNET, TO_NAT, VPC, A, B, Given
from tests.infra.judged import said_of
from tests.infra.world import World
from tests.policy_pack.verdicts import SILENT

PUBLIC = NetworkArgs(vpc_id=VPC, private_subnet_ids=(A, B))
PRIVATE = replace(PUBLIC, routing=Routing.PRIVATE)
# A NAT instance by its network interface, and the internet in two halves, as VPNs write it.
TO_INTERFACE = {"cidrBlock": "0.0.0.0/0", "networkInterfaceId": "eni-1"}
HALVES = [{"cidrBlock": each, "networkInterfaceId": "eni-1"} for each in ("0.0.0.0/1", "128.0.0.0/1")]
SERVICE = "vpce-svc-0123456789abcdef0"
DNS_OFF = f'vpcId: "{VPC}" has DNS support or DNS hostnames off'
GROUP = {
    ("Network", "mwaa"),
    ("SecurityGroup", "mwaa-environment"),
    ("SecurityGroupIngressRule", "mwaa-self"),
    ("SecurityGroupEgressRule", "mwaa-outbound"),
}


def _made(args: NetworkArgs, given: Given, *, preview: bool = False) -> World:
    world = World(answers=given.answers())
    world.run(lambda: Network("mwaa", args).outputs(), preview=preview)
    return world


@pytest.mark.parametrize(
    ("sentence", "args", "given", "endpoints"),
    [
        ("public routing needs the group alone", PUBLIC, Given(routes=[TO_NAT]), ()),
        (
            "private routing needs the endpoints",
            PRIVATE,
            Given(),
            ("s3", "sqs", "logs", "monitoring", "kms"),
        ),
        (
            "endpoints that are there are not made again",
            replace(PRIVATE, existing_endpoints=("s3", "kms", "logs")),
            Given(),
            ("sqs", "monitoring"),
        ),
        (
            "an instance that a part of the internet is sent to is no NAT device",
            PRIVATE,
            Given(routes=HALVES[:1]),
            ("s3", "sqs", "logs", "monitoring", "kms"),
        ),
        ("a NAT instance is a way out", PUBLIC, Given(routes=[TO_INSTANCE]), ()),
        ("so are two routes that cover the internet", PUBLIC, Given(routes=HALVES), ()),
        (
            "a gateway endpoint needs no private DNS",
            replace(PUBLIC, extra_endpoints=("dynamodb",)),
            Given(routes=[TO_NAT], dns=False),
            ("dynamodb",),
        ),
        (
            "nor does an endpoint of a service that has no public name",
            replace(PUBLIC, customer_endpoint_services=(f"com.amazonaws.vpce.eu-west-1.{SERVICE}",)),
            Given(routes=[TO_NAT], dns=False),
            (SERVICE,),
        ),
    ],
)
def test_only_what_is_missing_is_made(
    sentence: str, args: NetworkArgs, given: Given, endpoints: tuple[str, ...]
) -> None:
    """No network ACL, no association, no route, no default group, no attribute; and the pack has no word."""
    assert _made(args, given).table() == GROUP | {("VpcEndpoint", f"mwaa-{each}") for each in endpoints}, (
        sentence
    )
    assert said_of(lambda: Network("mwaa", args), given.answers()) == SILENT, sentence


def test_what_is_made_stands_in_the_given_subnets() -> None:
    """Gateway endpoints on their route tables, the main one where nothing ties a subnet to another."""
    world = _made(replace(PRIVATE, egress=Egress.NARROW), Given(tied=(A,)))
    endpoint = "aws:ec2/vpcEndpoint:VpcEndpoint"
    assert world.inputs_of(endpoint, "mwaa-sqs")["subnetIds"] == [A, B]
    assert world.inputs_of(endpoint, "mwaa-s3")["routeTableIds"] == [f"rtb-of-{A}", "rtb-main"]
    assert world.inputs_of("aws:ec2/securityGroup:SecurityGroup", "mwaa-environment")["vpcId"] == VPC
    outbound = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
    assert world.inputs_of(outbound, "mwaa-outbound-vpc")["cidrIpv4"] == "172.20.0.0/16"


def test_narrow_outbound_traffic_goes_to_every_block_of_the_vpc() -> None:
    """The first keeps its name whatever comes beside it; what is gone, or yet to come, has no rule."""
    blocks = {
        "100.65.0.0/16": "associated",
        "100.64.0.0/16": "associated",
        "100.66.0.0/16": "disassociated",
        "100.67.0.0/16": "associating",
    }
    world = _made(replace(PRIVATE, egress=Egress.NARROW), Given(blocks=blocks))
    assert {
        each.name: each.inputs["cidrIpv4"] for each in world.resources if "outbound-vpc" in each.name
    } == {
        "mwaa-outbound-vpc": "172.20.0.0/16",
        "mwaa-outbound-vpc-100-64-0-0-16": "100.64.0.0/16",
        "mwaa-outbound-vpc-100-65-0-0-16": "100.65.0.0/16",
    }


def test_subnets_that_share_a_table_get_one_route() -> None:
    """The main table of both is named once."""
    inputs = _made(PRIVATE, Given(tied=())).inputs_of("aws:ec2/vpcEndpoint:VpcEndpoint", "mwaa-s3")
    assert inputs["routeTableIds"] == ["rtb-main"]


def test_the_outputs_tell_what_was_found() -> None:
    """None of them is null; the prefix list of S3 is looked up where no endpoint tells it."""
    world = _made(replace(PRIVATE, existing_endpoints=("s3",), egress=Egress.NARROW), Given())
    assert world.outputs["mwaa"] == {
        "networkConfiguration": {
            "subnetIds": [A, B],
            "securityGroupIds": ["mwaa-environment-securitygroup"],
        },
        "vpcId": VPC,
        "privateSubnetIds": [A, B],
        "securityGroupId": "mwaa-environment-securitygroup",
        "routing": "private",
        "cidrBlock": "172.20.0.0/16",
        "availabilityZoneIds": ["euw1-az1", "euw1-az2"],
        "publicSubnetIds": [],
        "privateRouteTableIds": [f"rtb-of-{A}", f"rtb-of-{B}"],
        "networkAclId": "",
        "natPublicIps": [],
        "vpcEndpointIds": {
            service: f"mwaa-{service}-vpcendpoint" for service in ("sqs", "logs", "monitoring", "kms")
        },
        "s3PrefixListId": "pl-of-com.amazonaws.eu-west-1.s3",
    }
    outbound = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
    rule = world.inputs_of(outbound, "mwaa-outbound-s3")
    assert rule["prefixListId"] == "pl-of-com.amazonaws.eu-west-1.s3"


def test_a_preview_says_what_changes_in_the_vpc() -> None:
    """A gateway endpoint's route is the one thing; small subnets are told as well."""
    told = _made(replace(PRIVATE, s3_endpoint_buckets=("our-dags",)), Given(), preview=True).logged
    assert told == [
        "billed hourly: 0 NAT gateways, 0 public addresses, 8 endpoint interfaces",
        (
            "the gateway endpoint adds its route to the route tables of the given subnets; nothing else "
            "there is changed"
        ),
        (
            f"{B}, 172.20.2.0/27, has 27 addresses to give; while 25 workers, the default quota, are "
            "replaced in an update, a subnet can need about 36 (our estimate)"
        ),
    ]


@pytest.mark.parametrize(
    ("args", "given", "fault"),
    [
        (
            replace(PRIVATE, private_subnet_ids=(A, "subnet-0123456789abcdefc")),
            Given(),
            f'privateSubnetIds: "subnet-0123456789abcdefc" is no subnet of {VPC} in this account and Region',
        ),
        (PRIVATE, Given(zones=("euw1-az1", "euw1-az1")), f"{A} and {B} are both in euw1-az1"),
        (PRIVATE, Given(zones=("use1-az3", "use1-az1")), f"{A} is in use1-az3"),
        (PUBLIC, Given(routes=[TO_INTERNET]), f"{A} is public: rtb-of-{A} leads to igw-1"),
        (PRIVATE, Given(routes=[TO_NAT]), f"{B} leads to the internet: rtb-of-{B} leads to nat-1"),
        (PRIVATE, Given(routes=[TO_INSTANCE]), f"{A} leads to the internet: rtb-of-{A} leads to i-1"),
        (PRIVATE, Given(routes=[TO_INTERFACE]), f"{B} leads to the internet: rtb-of-{B} leads to eni-1"),
        (PRIVATE, Given(routes=HALVES), f"{A} leads to the internet: rtb-of-{A} leads to eni-1"),
        (PUBLIC, Given(), f"{A} has no way out: rtb-of-{A} has no route for 0.0.0.0/0"),
        (PUBLIC, Given(routes=HALVES[:1]), f"{B} has no way out: rtb-of-{B} has no route for 0.0.0.0/0"),
        (PRIVATE, Given(dns=False), DNS_OFF),
        (
            replace(PRIVATE, existing_endpoints=("s3", "sqs", "logs", "monitoring", "kms")),
            Given(dns=False),
            DNS_OFF,
        ),
        (replace(PUBLIC, extra_endpoints=("sts",)), Given(routes=[TO_NAT], dns=False), DNS_OFF),
    ],
)
def test_what_is_wrong_there_is_told_and_nothing_is_made(args: NetworkArgs, given: Given, fault: str) -> None:
    """At preview, with what to do."""
    world = World(answers=given.answers())
    with pytest.raises(ConfigurationError) as raised:
        world.run(lambda: Network("mwaa", args).outputs(), preview=True)
    assert fault in str(raised.value)
    assert [each for each in world.resources if each.type.startswith("aws:")] == []
