"""A VPC that is there before the stack, on the real engine: what is missing is made in it, and goes again."""

from collections.abc import Mapping

import pytest

from tests.engine.conftest import MakeWorkbench
from tests.engine.workbench import POLICY_PACK, Workbench, copy_of_repository


@pytest.fixture(scope="module", name="bench")
def shared_bench(make_workbench: MakeWorkbench, tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    """One stack for all."""
    return make_workbench(copy_of_repository(tmp_path_factory.mktemp("given")))


@pytest.fixture(scope="module", name="given")
def given_vpc(bench: Workbench) -> Mapping[str, str]:
    """A VPC of somebody's: two private subnets, one of them on the main route table, and an endpoint."""
    ec2 = bench.ec2()
    vpc = ec2.create_vpc(CidrBlock="172.20.0.0/16")["Vpc"]["VpcId"]
    ec2.modify_vpc_attribute(VpcId=vpc, EnableDnsHostnames={"Value": True})
    a, b = (
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"172.20.{number}.0/24", AvailabilityZone=f"eu-west-1{zone}")[
            "Subnet"
        ]["SubnetId"]
        for number, zone in ((1, "a"), (2, "b"))
    )
    table = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
    ec2.associate_route_table(RouteTableId=table, SubnetId=a)
    kms = ec2.create_vpc_endpoint(
        VpcId=vpc,
        ServiceName="com.amazonaws.eu-west-1.kms",
        VpcEndpointType="Interface",
        SubnetIds=[a, b],
        PrivateDnsEnabled=True,
    )["VpcEndpoint"]["VpcEndpointId"]
    bench.set_config(
        vpcId=vpc, privateSubnetIds=[a, b], routing="private", egress="narrow", existingEndpoints=["kms"]
    )
    return {"vpc": vpc, "a": a, "b": b, "table": table, "kms": kms}


def test_what_is_wrong_there_is_told_before_anything_is_made(
    bench: Workbench, given: Mapping[str, str]
) -> None:
    """A route to an internet gateway makes a subnet public."""
    ec2 = bench.ec2()
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=given["vpc"])
    ec2.create_route(RouteTableId=given["table"], DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
    refused = bench.up(policy_pack=POLICY_PACK)
    ec2.delete_route(RouteTableId=given["table"], DestinationCidrBlock="0.0.0.0/0")
    assert refused.code != 0
    assert f"{given['a']} is public: {given['table']} leads to {gateway}" in refused.output
    assert "Traceback" not in refused.output
    assert "resources" not in bench.export_stack()["deployment"]


def test_what_is_missing_is_made_and_goes_again(bench: Workbench, given: Mapping[str, str]) -> None:
    """The pack has nothing to say; what was there is there afterwards, and as it was."""
    previewed = bench.preview(policy_pack=POLICY_PACK)
    made = bench.up("--skip-preview", policy_pack=POLICY_PACK)
    assert (made.code, previewed.violations, made.violations) == (0, (), ()), made.output
    assert set(bench.preview(policy_pack=POLICY_PACK).changes) == {"same"}
    outputs = bench.outputs()
    assert outputs["privateSubnetIds"] == [given["a"], given["b"]]
    assert {*outputs["vpcEndpointIds"]} == {"s3", "sqs", "logs", "monitoring"}
    assert None not in outputs.values()
    assert bench.destroy().code == 0
    left = bench.ec2().describe_vpc_endpoints(
        Filters=[
            {"Name": "vpc-id", "Values": [given["vpc"]]},
            {"Name": "vpc-endpoint-state", "Values": ["available"]},
        ]
    )["VpcEndpoints"]
    assert [each["VpcEndpointId"] for each in left if each["State"].lower() == "available"] == [given["kms"]]
    groups = bench.ec2().describe_security_groups(Filters=[{"Name": "vpc-id", "Values": [given["vpc"]]}])
    assert [each["GroupName"] for each in groups["SecurityGroups"]] == ["default"]


def test_an_environment_stands_in_it(bench: Workbench, given: Mapping[str, str]) -> None:
    """On the given subnets, with the group that was made; what the stack does not show is asked."""
    bench.set_config(environment=True)
    previewed = bench.preview(policy_pack=POLICY_PACK)
    assert {each.level for each in previewed.violations} <= {"advisory"}, previewed.output
    made = bench.up("--skip-preview", policy_pack=POLICY_PACK)
    assert made.code == 0, made.output
    outputs = bench.outputs()
    environment = bench.mwaa().get_environment(Name=outputs["environmentName"])["Environment"]
    assert environment["NetworkConfiguration"] == {
        "SubnetIds": [given["a"], given["b"]],
        "SecurityGroupIds": [outputs["securityGroupId"]],
    }
    assert set(bench.preview("--refresh").changes) == {"same"}
    assert bench.destroy().code == 0
    assert bench.mwaa().list_environments()["Environments"] == []
