"""What stands in the simulated AWS, read back with boto3 and written with names in place of ids.

Names are the `Name` tags. Two pictures are equal when the networks are, whatever their ids.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from mypy_boto3_ec2 import EC2Client
from mypy_boto3_ec2.type_defs import FilterTypeDef

Picture = dict[str, Any]


def picture_of(ec2: EC2Client, vpc_name: str) -> Picture:
    """Return the network of the one VPC with a name, with everything that AWS adds of its own."""
    (vpc,) = ec2.describe_vpcs(Filters=[{"Name": "tag:Name", "Values": [vpc_name]}])["Vpcs"]
    inside: list[FilterTypeDef] = [{"Name": "vpc-id", "Values": [vpc["VpcId"]]}]
    attached: list[FilterTypeDef] = [{"Name": "attachment.vpc-id", "Values": [vpc["VpcId"]]}]
    support = ec2.describe_vpc_attribute(VpcId=vpc["VpcId"], Attribute="enableDnsSupport")
    hostnames = ec2.describe_vpc_attribute(VpcId=vpc["VpcId"], Attribute="enableDnsHostnames")
    subnets = ec2.describe_subnets(Filters=inside)["Subnets"]
    tables = ec2.describe_route_tables(Filters=inside)["RouteTables"]
    acls = ec2.describe_network_acls(Filters=inside)["NetworkAcls"]
    groups = ec2.describe_security_groups(Filters=inside)["SecurityGroups"]
    gateways = ec2.describe_internet_gateways(Filters=attached)["InternetGateways"]
    nats = [
        nat for nat in ec2.describe_nat_gateways(Filters=inside)["NatGateways"] if nat["State"] == "available"
    ]
    egress_only = ec2.describe_egress_only_internet_gateways()["EgressOnlyInternetGateways"]
    endpoints = ec2.describe_vpc_endpoints(Filters=inside)["VpcEndpoints"]
    names = {
        vpc["VpcId"]: vpc_name,
        **_names(subnets, "SubnetId"),
        **_names(tables, "RouteTableId", "main"),
        **_names(acls, "NetworkAclId", "default"),
        **_names(groups, "GroupId", "default"),
        **_names(gateways, "InternetGatewayId"),
        **_names(egress_only, "EgressOnlyInternetGatewayId"),
        **_names(nats, "NatGatewayId"),
        **_names(endpoints, "VpcEndpointId"),
    }
    ipv6 = {names[each[key]]: block for key, each, block in _ipv6_blocks(vpc, subnets)}
    return {
        **({"ipv6 blocks": ipv6} if ipv6 else {}),
        "vpc": {
            "cidr": vpc["CidrBlock"],
            "dns support": support["EnableDnsSupport"]["Value"],
            "dns hostnames": hostnames["EnableDnsHostnames"]["Value"],
        },
        "subnets": {
            names[subnet["SubnetId"]]: (subnet["CidrBlock"], subnet["AvailabilityZone"]) for subnet in subnets
        },
        "internet gateways": sorted(names[gateway["InternetGatewayId"]] for gateway in gateways),
        "nat gateways": {
            names[nat["NatGatewayId"]]: (names[nat["SubnetId"]], len(nat["NatGatewayAddresses"]))
            for nat in nats
        },
        "route tables": {names[table["RouteTableId"]]: _route_table(table, names) for table in tables},
        "network acls": {names[acl["NetworkAclId"]]: _network_acl(acl, names) for acl in acls},
        "security groups": {names[group["GroupId"]]: _security_group(group, names) for group in groups},
        "endpoints": {names[each["VpcEndpointId"]]: _endpoint(each, names) for each in endpoints},
    }


def without_statement_ids(picture: Picture) -> Picture:
    """Return a picture without the names of the statements in endpoint policies, which decide nothing."""
    endpoints = {
        name: {
            **endpoint,
            "statements": [
                {key: value for key, value in each.items() if key != "Sid"} for each in endpoint["statements"]
            ],
        }
        for name, endpoint in picture["endpoints"].items()
    }
    return {**picture, "endpoints": endpoints}


def _ipv6_blocks(
    vpc: Mapping[str, Any], subnets: Iterable[Mapping[str, Any]]
) -> Iterable[tuple[str, Mapping[str, Any], str]]:
    parts = [("VpcId", vpc), *(("SubnetId", subnet) for subnet in subnets)]
    return (
        (key, part, each["Ipv6CidrBlock"])
        for key, part in parts
        for each in part.get("Ipv6CidrBlockAssociationSet", [])
        if "disassociat" not in each["Ipv6CidrBlockState"]["State"]
    )


def _names(parts: Iterable[Mapping[str, Any]], id_key: str, unnamed: str = "unnamed") -> dict[str, str]:
    return {
        part[id_key]: next((tag["Value"] for tag in part.get("Tags", []) if tag["Key"] == "Name"), unnamed)
        for part in parts
    }


def _route_table(table: Mapping[str, Any], names: Mapping[str, str]) -> Picture:
    routes = {}
    for route in table["Routes"]:
        destination = (
            route.get("DestinationCidrBlock")
            or route.get("DestinationIpv6CidrBlock")
            or route.get("DestinationPrefixListId")
        )
        target = (
            route.get("NatGatewayId") or route.get("EgressOnlyInternetGatewayId") or route.get("GatewayId")
        )
        if destination and destination.startswith("pl-"):
            destination = "prefix list"
        routes[destination] = names.get(target, target)
    associated = [each["SubnetId"] for each in table["Associations"] if "SubnetId" in each]
    return {"routes": routes, "subnets": sorted(names[subnet] for subnet in associated)}


def _network_acl(acl: Mapping[str, Any], names: Mapping[str, str]) -> Picture:
    entries = {
        "outbound" if egress else "inbound": sorted(
            (
                entry["RuleNumber"],
                _protocol(entry),
                entry.get("CidrBlock") or entry.get("Ipv6CidrBlock"),
                entry["RuleAction"],
            )
            for entry in acl["Entries"]
            if entry["Egress"] is egress and entry["RuleNumber"] <= 32766
        )
        for egress in (False, True)
    }
    return {**entries, "subnets": sorted(names[each["SubnetId"]] for each in acl["Associations"])}


def _protocol(entry: Mapping[str, Any]) -> str:
    ports = entry.get("PortRange")
    return f"{entry['Protocol']} {ports['From']}-{ports['To']}" if ports else str(entry["Protocol"])


def _security_group(group: Mapping[str, Any], names: Mapping[str, str]) -> Picture:
    return {
        "inbound": _permissions(group["IpPermissions"], names),
        "outbound": _permissions(group["IpPermissionsEgress"], names),
    }


def _permissions(permissions: Iterable[Mapping[str, Any]], names: Mapping[str, str]) -> list[Any]:
    found = []
    for permission in permissions:
        ports = (permission["IpProtocol"], permission.get("FromPort"), permission.get("ToPort"))
        found += [(*ports, each["CidrIp"]) for each in permission.get("IpRanges", [])]
        found += [(*ports, each["CidrIpv6"]) for each in permission.get("Ipv6Ranges", [])]
        found += [(*ports, names[each["GroupId"]]) for each in permission.get("UserIdGroupPairs", [])]
        found += [(*ports, "prefix list") for _ in permission.get("PrefixListIds", [])]
    return sorted(found, key=repr)


def _endpoint(endpoint: Mapping[str, Any], names: Mapping[str, str]) -> Picture:
    policy = json.loads(endpoint["PolicyDocument"]) if endpoint.get("PolicyDocument") else None
    return {
        "service": endpoint["ServiceName"],
        "type": endpoint["VpcEndpointType"],
        "private dns": endpoint["PrivateDnsEnabled"],
        "subnets": sorted(names[each] for each in endpoint.get("SubnetIds", [])),
        "groups": sorted(names[each["GroupId"]] for each in endpoint.get("Groups", [])),
        "route tables": sorted(names[each] for each in endpoint.get("RouteTableIds", [])),
        "statements": None if policy is None else policy["Statement"],
    }
