"""The life of a stack on the real engine, step by step, told once and looked at by many tests."""

from dataclasses import dataclass

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
    analyzed: Result
    repeated: Result
    refreshed: Result
    destroyed: Result
    left: list[str]


def tell(bench: Workbench) -> Story:
    """Preview, create, read back, analyze, repeat, refresh and destroy."""
    previewed = bench.preview(policy_pack=POLICY_PACK)
    created = bench.up(policy_pack=POLICY_PACK)
    assert created.code == 0, created.output
    return Story(
        previewed=previewed,
        created=created,
        picture=picture_of(bench.ec2(), VPC),
        outputs=bench.outputs(),
        analyzed=bench.policy_analyze(bench.export_stack()),
        repeated=bench.up(policy_pack=POLICY_PACK),
        refreshed=bench.refresh(),
        destroyed=bench.destroy(),
        left=left_over(bench),
    )


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
    ]
