"""The outputs of the network program as AWS tells them: found by name, past engine and provider."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from mypy_boto3_ec2.type_defs import FilterTypeDef

from mwaa_network import Network
from tests.engine.workbench import Json, Workbench

_TOLD: Final = frozenset(
    "".join([first, *(each.title() for each in others)])
    for first, *others in (name.split("_") for name in Network.__annotations__)
)
_GONE: Final = frozenset({"deleted", "deleting"})


def outputs_by_aws(bench: Workbench) -> Json:
    """Return what the outputs of the network should be; of each name there is one part, or it fails."""
    ec2 = bench.ec2()
    (vpc,) = ec2.describe_vpcs(Filters=[{"Name": "tag:Name", "Values": ["mwaa-vpc"]}])["Vpcs"]
    inside: list[FilterTypeDef] = [{"Name": "vpc-id", "Values": [vpc["VpcId"]]}]
    subnets = _by_name(ec2.describe_subnets(Filters=inside)["Subnets"])
    tables = _by_name(ec2.describe_route_tables(Filters=inside)["RouteTables"])
    acls = _by_name(ec2.describe_network_acls(Filters=inside)["NetworkAcls"])
    groups = _by_name(ec2.describe_security_groups(Filters=inside)["SecurityGroups"])
    nats = _by_name(_living(ec2.describe_nat_gateways(Filters=inside)["NatGateways"]))
    endpoints = _by_name(_living(ec2.describe_vpc_endpoints(Filters=inside)["VpcEndpoints"]))
    services = {
        name.removeprefix("mwaa-"): endpoint["VpcEndpointId"]
        for name, endpoint in endpoints.items()
        # An environment's own, where the customer makes them, are no part of the network's.
        if not endpoint["ServiceName"].startswith("com.amazonaws.vpce.") or "-vpce-svc-" in name
    }
    lists = ec2.describe_managed_prefix_lists()["PrefixLists"]
    private = [subnets[f"mwaa-private-{letter}"] for letter in "ab"]
    public = [subnets[name] for name in sorted(subnets) if name.startswith("mwaa-public")]
    ids = [each["SubnetId"] for each in private]
    group = groups["mwaa-environment"]["GroupId"]
    return {
        "networkConfiguration": {"subnetIds": ids, "securityGroupIds": [group]},
        "vpcId": vpc["VpcId"],
        "privateSubnetIds": ids,
        "securityGroupId": group,
        "routing": "public" if nats else "private",
        "cidrBlock": vpc["CidrBlock"],
        "availabilityZoneIds": [each["AvailabilityZoneId"] for each in private],
        "publicSubnetIds": [each["SubnetId"] for each in public],
        "privateRouteTableIds": [tables[f"mwaa-private-{letter}"]["RouteTableId"] for letter in "ab"],
        "networkAclId": acls[next(name for name in sorted(acls) if name.startswith("mwaa-"))]["NetworkAclId"],
        "natPublicIps": [nats[name]["NatGatewayAddresses"][0]["PublicIp"] for name in sorted(nats)],
        "vpcEndpointIds": services,
        "s3PrefixListId": next(
            each["PrefixListId"] for each in lists if each["PrefixListName"].endswith(".s3")
        ),
    }


def told_outputs(bench: Workbench) -> Json:
    """Return the stack's outputs of the same names."""
    return {key: value for key, value in bench.outputs().items() if key in _TOLD}


def _by_name(parts: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    for part in parts:
        for tag in part.get("Tags", []):
            if tag["Key"] == "Name":
                assert tag["Value"] not in found, f"two parts are called {tag['Value']}"
                found[tag["Value"]] = part
    return found


def _living(parts: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [each for each in parts if each["State"].lower() not in _GONE]
