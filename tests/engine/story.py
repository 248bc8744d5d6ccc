"""The life of a stack on the real engine, step by step, told once and looked at by many tests."""

from dataclasses import dataclass
from typing import Any

from tests.engine.picture import Picture, picture_of
from tests.engine.workbench import POLICY_PACK, Json, Result, Workbench

VPC = "mwaa-vpc"


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What the engine told and what stood in the simulated AWS, from the first preview to the end."""

    previewed: Result
    created: Result
    picture: Picture
    outputs: Json
    destroyed: Result
    left: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class LongStory(Story):
    """Also what the engine told of the stack while it stood."""

    analyzed: Result
    repeated: Result
    refreshed: Result


def tell(bench: Workbench) -> Story:
    """Preview, create, read back and destroy.

    An update is not previewed once more: what its own preview would say has been said, or nothing is to do.
    """
    return Story(**_beginning(bench), **_end(bench))


def tell_at_length(bench: Workbench) -> LongStory:
    """Also analyze, repeat and refresh, before it is destroyed."""
    beginning = _beginning(bench)
    return LongStory(
        **beginning,
        analyzed=bench.policy_analyze(bench.export_stack()),
        repeated=bench.up("--skip-preview", policy_pack=POLICY_PACK),
        refreshed=bench.refresh(),
        **_end(bench),
    )


def _beginning(bench: Workbench) -> dict[str, Any]:
    previewed = bench.preview(policy_pack=POLICY_PACK)
    created = bench.up("--skip-preview", policy_pack=POLICY_PACK)
    assert created.code == 0, created.output
    picture = picture_of(bench.ec2(), VPC)
    return {"previewed": previewed, "created": created, "picture": picture, "outputs": bench.outputs()}


def _end(bench: Workbench) -> dict[str, Any]:
    return {"destroyed": bench.destroy(), "left": left_over(bench)}


def left_over(bench: Workbench) -> list[str]:
    """Return the ids of everything in the simulated AWS that it did not have from the start."""
    ec2 = bench.ec2()
    default = {vpc["VpcId"] for vpc in ec2.describe_vpcs()["Vpcs"] if vpc["IsDefault"]}
    return [
        *(vpc["VpcId"] for vpc in ec2.describe_vpcs()["Vpcs"] if vpc["VpcId"] not in default),
        *(each["SubnetId"] for each in ec2.describe_subnets()["Subnets"] if each["VpcId"] not in default),
        *(each["AllocationId"] for each in ec2.describe_addresses()["Addresses"]),
        *(each["InternetGatewayId"] for each in ec2.describe_internet_gateways()["InternetGateways"]),
        *(
            each["NatGatewayId"]
            for each in ec2.describe_nat_gateways()["NatGateways"]
            if each["State"] != "deleted"
        ),
        *(
            each["VpcEndpointId"]
            for each in ec2.describe_vpc_endpoints()["VpcEndpoints"]
            if each["State"].lower() != "deleted"
        ),
        *(
            each["NetworkAclId"]
            for each in ec2.describe_network_acls()["NetworkAcls"]
            if not each["IsDefault"]
        ),
        *(
            each["GroupId"]
            for each in ec2.describe_security_groups()["SecurityGroups"]
            if each["GroupName"] != "default"
        ),
        *(
            each["RouteTableId"]
            for each in ec2.describe_route_tables()["RouteTables"]
            if not any(association["Main"] for association in each["Associations"])
        ),
        *(
            each["EgressOnlyInternetGatewayId"]
            for each in ec2.describe_egress_only_internet_gateways()["EgressOnlyInternetGateways"]
        ),
        *(each["FlowLogId"] for each in ec2.describe_flow_logs()["FlowLogs"]),
        *(each["Name"] for each in bench.s3().list_buckets()["Buckets"]),
        *(each["RoleName"] for each in bench.iam().list_roles()["Roles"]),
        *(each["logGroupName"] for each in bench.logs().describe_log_groups()["logGroups"]),
        *bench.mwaa().list_environments()["Environments"],
    ]
