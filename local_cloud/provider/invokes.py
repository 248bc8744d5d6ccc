"""The functions a program may call: look-ups that change nothing."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from local_cloud.provider.aws import RefusedError, ec2
from local_cloud.provider.schema import UnknownNameError, nearest
from local_cloud.provider.types import KINDS
from local_cloud.provider.values import Props


def invoke(token: str, arguments: Props, region: str, account: str) -> Props:
    """Answer a function for a provider of a Region and an account.

    Raises:
        UnknownNameError: The provider has no such function.
    """
    known = (*_FUNCTIONS, _CALLER)
    if token not in known:
        raise UnknownNameError(f"the local AWS provider has no function {token}{nearest(token, known)}")
    if token == _CALLER:
        return _caller(account)
    return _FUNCTIONS[token](arguments, arguments.get("region") or region)


def _zones(arguments: Props, region: str) -> Props:
    filters = [{"Name": each["name"], "Values": each["values"]} for each in arguments.get("filters") or ()]
    request: Any = {"Filters": filters} if filters else {}
    zones = [
        zone
        for zone in ec2(region).describe_availability_zones(**request)["AvailabilityZones"]
        if zone["ZoneId"] not in (arguments.get("excludeZoneIds") or ())
        and zone["ZoneName"] not in (arguments.get("excludeNames") or ())
    ]
    zones.sort(key=lambda zone: zone["ZoneName"])
    return {
        **arguments,
        "groupNames": sorted({region}),
        "id": region,
        "names": [zone["ZoneName"] for zone in zones],
        "region": region,
        "zoneIds": [zone["ZoneId"] for zone in zones],
    }


def _region(_arguments: Props, region: str) -> Props:
    return {
        "description": region,
        "endpoint": f"ec2.{region}.amazonaws.com",
        "id": region,
        "name": region,
        "region": region,
    }


def _partition(_arguments: Props, region: str) -> Props:
    china = region.startswith("cn-")
    suffix = "amazonaws.com.cn" if china else "amazonaws.com"
    partition = "aws-cn" if china else "aws"
    return {
        "dnsSuffix": suffix,
        "id": partition,
        "partition": partition,
        "reverseDnsPrefix": ".".join(reversed(suffix.split("."))),
    }


def _caller(account: str) -> Props:
    return {
        "accountId": account,
        "arn": f"arn:aws:iam::{account}:user/local",
        "id": account,
        "userId": "local",
    }


def _filters(arguments: Props) -> Any:  # noqa: ANN401 - boto3's own type for each call
    """Return the filters that a look-up names, the VPC's among them."""
    named = [{"Name": each["name"], "Values": each["values"]} for each in arguments.get("filters") or ()]
    if arguments.get("vpcId"):
        named.append({"Name": "vpc-id", "Values": [arguments["vpcId"]]})
    return named


def _vpc(arguments: Props, region: str) -> Props:
    state = KINDS["aws:ec2/vpc:Vpc"].read(arguments["id"], {"region": region})
    if state is None:
        raise RefusedError("no matching EC2 VPC found")
    (vpc,) = ec2(region).describe_vpcs(VpcIds=[arguments["id"]])["Vpcs"]
    blocks = [
        {
            "associationId": each["AssociationId"],
            "cidrBlock": each["CidrBlock"],
            "state": each["CidrBlockState"]["State"],
        }
        for each in vpc["CidrBlockAssociationSet"]
    ]
    return {**state, "cidrBlockAssociations": blocks, "id": arguments["id"], "state": "available"}


def _subnets(arguments: Props, region: str) -> Props:
    found = ec2(region).describe_subnets(Filters=_filters(arguments))["Subnets"]
    return {**arguments, "id": region, "ids": [each["SubnetId"] for each in found], "region": region}


def _subnet(arguments: Props, region: str) -> Props:
    state = KINDS["aws:ec2/subnet:Subnet"].read(arguments["id"], {"region": region})
    if state is None:
        raise RefusedError("no matching EC2 Subnet found")
    return {**state, "id": arguments["id"], "state": "available"}


def _route_tables(arguments: Props, region: str) -> Props:
    found = ec2(region).describe_route_tables(Filters=_filters(arguments))["RouteTables"]
    return {**arguments, "id": region, "ids": [each["RouteTableId"] for each in found], "region": region}


def _route_table(arguments: Props, region: str) -> Props:
    """Answer as the genuine provider does: a subnet that nothing ties to a table has none by its id."""
    named = _filters(arguments)
    for key, name in (("routeTableId", "route-table-id"), ("subnetId", "association.subnet-id")):
        if arguments.get(key):
            named.append({"Name": name, "Values": [arguments[key]]})
    found = ec2(region).describe_route_tables(Filters=named)["RouteTables"]
    if not found:
        raise RefusedError("query returned no results. Please change your search criteria and try again")
    id_ = found[0]["RouteTableId"]
    state = KINDS["aws:ec2/routeTable:RouteTable"].read(id_, {"region": region}) or {}
    return {**state, "id": id_, "routeTableId": id_, "subnetId": arguments.get("subnetId", "")}


def _prefix_list(arguments: Props, region: str) -> Props:
    found = ec2(region).describe_managed_prefix_lists()["PrefixLists"]
    for each in found:
        if each["PrefixListName"] == arguments["name"]:
            return {**arguments, "cidrBlocks": [], "id": each["PrefixListId"], "region": region}
    raise RefusedError("no matching EC2 Prefix List found")


_CALLER: Final = "aws:index/getCallerIdentity:getCallerIdentity"
_FUNCTIONS: Final[Mapping[str, Callable[[Props, str], Props]]] = {
    "aws:ec2/getPrefixList:getPrefixList": _prefix_list,
    "aws:ec2/getRouteTable:getRouteTable": _route_table,
    "aws:ec2/getRouteTables:getRouteTables": _route_tables,
    "aws:ec2/getSubnet:getSubnet": _subnet,
    "aws:ec2/getSubnets:getSubnets": _subnets,
    "aws:ec2/getVpc:getVpc": _vpc,
    "aws:index/getAvailabilityZones:getAvailabilityZones": _zones,
    "aws:index/getPartition:getPartition": _partition,
    "aws:index/getRegion:getRegion": _region,
}
