"""VPCs and subnets."""

from collections.abc import Mapping
from ipaddress import IPv6Network
from typing import Any, Final

from local_cloud.provider.aws import ACCOUNT, ec2
from local_cloud.provider.types.kind import (
    Kind,
    arn,
    change_tags,
    only,
    refuse,
    tag_specifications,
    tags_of,
    unless_gone,
)
from local_cloud.provider.values import Props


def _create_vpc(props: Props) -> str:
    client = ec2(props["region"])
    made = client.create_vpc(
        AmazonProvidedIpv6CidrBlock=bool(props.get("assignGeneratedIpv6CidrBlock")),
        CidrBlock=props["cidrBlock"],
        InstanceTenancy=props.get("instanceTenancy", "default"),
        TagSpecifications=tag_specifications("vpc", props),
    )
    return made["Vpc"]["VpcId"]


def _set_dns(id_: str, props: Props) -> None:
    client = ec2(props["region"])
    client.modify_vpc_attribute(VpcId=id_, EnableDnsSupport={"Value": props.get("enableDnsSupport", True)})
    hostnames = bool(props.get("enableDnsHostnames"))
    client.modify_vpc_attribute(VpcId=id_, EnableDnsHostnames={"Value": hostnames})


def _read_vpc(id_: str, state: Props) -> Props | None:
    client = ec2(state["region"])
    vpc = only(client.describe_vpcs(Filters=[{"Name": "vpc-id", "Values": [id_]}])["Vpcs"])
    if vpc is None:
        return None
    inside: Any = [{"Name": "vpc-id", "Values": [id_]}]
    acls = client.describe_network_acls(Filters=[*inside, {"Name": "default", "Values": ["true"]}])
    groups = client.describe_security_groups(Filters=[*inside, {"Name": "group-name", "Values": ["default"]}])
    tables = client.describe_route_tables(Filters=[*inside, {"Name": "association.main", "Values": ["true"]}])
    main = tables["RouteTables"][0]["RouteTableId"]
    support = client.describe_vpc_attribute(VpcId=id_, Attribute="enableDnsSupport")
    hostnames = client.describe_vpc_attribute(VpcId=id_, Attribute="enableDnsHostnames")
    ipv6 = _ipv6_association(vpc)
    return {
        "arn": arn(state["region"], "vpc", id_),
        "assignGeneratedIpv6CidrBlock": True if ipv6 else None,
        "cidrBlock": vpc["CidrBlock"],
        "defaultNetworkAclId": acls["NetworkAcls"][0]["NetworkAclId"],
        "defaultRouteTableId": main,
        "defaultSecurityGroupId": groups["SecurityGroups"][0]["GroupId"],
        "dhcpOptionsId": vpc.get("DhcpOptionsId", ""),
        "enableDnsHostnames": hostnames["EnableDnsHostnames"]["Value"],
        "enableDnsSupport": support["EnableDnsSupport"]["Value"],
        "enableNetworkAddressUsageMetrics": False,
        "instanceTenancy": vpc.get("InstanceTenancy", "default"),
        "ipv6AssociationId": ipv6.get("AssociationId", ""),
        "ipv6CidrBlock": ipv6.get("Ipv6CidrBlock", ""),
        "ipv6CidrBlockNetworkBorderGroup": state["region"] if ipv6 else "",
        "mainRouteTableId": main,
        "ownerId": vpc.get("OwnerId", ACCOUNT),
        "region": state["region"],
        **tags_of(vpc, state),
    }


def _ipv6_association(part: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the IPv6 block that a VPC or a subnet has, or nothing; moto wraps the state of a subnet's."""
    return next(
        (
            each
            for each in part.get("Ipv6CidrBlockAssociationSet", ())
            if "disassociat" not in each["Ipv6CidrBlockState"]["State"]
        ),
        {},
    )


def _update_vpc(id_: str, olds: Props, news: Props) -> None:
    _set_dns(id_, news)
    wanted = bool(news.get("assignGeneratedIpv6CidrBlock"))
    if bool(olds.get("assignGeneratedIpv6CidrBlock")) != wanted:
        _set_ipv6(id_, news["region"], wanted=wanted)
    change_tags(id_, olds, news)


def _set_ipv6(id_: str, region: str, *, wanted: bool) -> None:
    client = ec2(region)
    if wanted:
        client.associate_vpc_cidr_block(VpcId=id_, AmazonProvidedIpv6CidrBlock=True)
        return
    present = _ipv6_association(client.describe_vpcs(VpcIds=[id_])["Vpcs"][0])
    inside = client.describe_subnets(Filters=[{"Name": "vpc-id", "Values": [id_]}])["Subnets"]
    if any(_ipv6_association(subnet) for subnet in inside):
        raise refuse(
            "InvalidCidrBlock.InUse",
            f"The vpc CIDR block with association ID {present['AssociationId']} is in use by subnets",
        )
    client.disassociate_vpc_cidr_block(AssociationId=present["AssociationId"])


def _delete_vpc(id_: str, state: Props) -> None:
    ec2(state["region"]).delete_vpc(VpcId=id_)


def _create_subnet(props: Props) -> str:
    client = ec2(props["region"])
    place: Any = {}
    if props.get("availabilityZone"):
        place["AvailabilityZone"] = props["availabilityZone"]
    elif props.get("availabilityZoneId"):
        place["AvailabilityZone"] = zone_name(props["region"], props["availabilityZoneId"])
    block = props.get("ipv6CidrBlock")
    if block:
        _refuse_foreign_block(props["region"], props["vpcId"], block)
        place["Ipv6CidrBlock"] = block
    made = client.create_subnet(
        VpcId=props["vpcId"],
        CidrBlock=props["cidrBlock"],
        TagSpecifications=tag_specifications("subnet", props),
        **place,
    )
    return made["Subnet"]["SubnetId"]


def _refuse_foreign_block(region: str, vpc_id: str, block: str) -> None:
    client = ec2(region)
    whole = _ipv6_association(client.describe_vpcs(VpcIds=[vpc_id])["Vpcs"][0]).get("Ipv6CidrBlock")
    wanted = IPv6Network(block)
    if not whole or not wanted.subnet_of(IPv6Network(whole)):
        raise refuse("InvalidSubnet.Range", f"The CIDR '{block}' is invalid.")
    for subnet in client.describe_subnets(Filters=[{"Name": "vpc-id", "Values": [vpc_id]}])["Subnets"]:
        taken = _ipv6_association(subnet).get("Ipv6CidrBlock")
        if taken and wanted.overlaps(IPv6Network(taken)):
            raise refuse("InvalidSubnet.Conflict", f"The CIDR '{block}' conflicts with another subnet")


def zone_name(region: str, zone_id: str) -> str:
    """Return the name of a zone by its id.

    Raises:
        RefusedError: The Region has no such zone.
    """
    zones = ec2(region).describe_availability_zones()["AvailabilityZones"]
    for zone in zones:
        if zone["ZoneId"] == zone_id:
            return str(zone["ZoneName"])
    raise refuse(
        "InvalidParameterValue",
        f"Value ({zone_id}) for parameter availabilityZoneId is invalid. Subnets can only be created "
        f"in the following availability zones: {', '.join(zone['ZoneId'] for zone in zones)}.",
    )


def _set_addresses(id_: str, props: Props) -> None:
    """Set which addresses a new interface gets; EC2 takes one attribute a call."""
    client = ec2(props["region"])
    public, ipv6 = bool(props.get("mapPublicIpOnLaunch")), bool(props.get("assignIpv6AddressOnCreation"))
    if ipv6 and not _ipv6_association(client.describe_subnets(SubnetIds=[id_])["Subnets"][0]):
        raise refuse(
            "InvalidParameterValue",
            f"assignIpv6AddressOnCreation is invalid: subnet {id_} has no IPv6 CIDR block",
        )
    client.modify_subnet_attribute(SubnetId=id_, MapPublicIpOnLaunch={"Value": public})
    client.modify_subnet_attribute(SubnetId=id_, AssignIpv6AddressOnCreation={"Value": ipv6})


def _read_subnet(id_: str, state: Props) -> Props | None:
    client = ec2(state["region"])
    subnet = unless_gone(lambda: client.describe_subnets(SubnetIds=[id_])["Subnets"][0])
    if subnet is None:
        return None
    ipv6 = _ipv6_association(subnet)
    return {
        "arn": arn(state["region"], "subnet", id_),
        "assignIpv6AddressOnCreation": bool(subnet.get("AssignIpv6AddressOnCreation")),
        "availabilityZone": subnet["AvailabilityZone"],
        "availabilityZoneId": subnet["AvailabilityZoneId"],
        "cidrBlock": subnet["CidrBlock"],
        "enableDns64": False,
        "enableResourceNameDnsARecordOnLaunch": False,
        "enableResourceNameDnsAaaaRecordOnLaunch": False,
        "ipv6CidrBlock": ipv6.get("Ipv6CidrBlock", ""),
        "ipv6CidrBlockAssociationId": ipv6.get("AssociationId", ""),
        "ipv6Native": False,
        "mapPublicIpOnLaunch": subnet["MapPublicIpOnLaunch"],
        "ownerId": subnet.get("OwnerId", ACCOUNT),
        "privateDnsHostnameTypeOnLaunch": "ip-name",
        "region": state["region"],
        "vpcId": subnet["VpcId"],
        **tags_of(subnet, state),
    }


def _update_subnet(id_: str, olds: Props, news: Props) -> None:
    client = ec2(news["region"])
    present = _ipv6_association(client.describe_subnets(SubnetIds=[id_])["Subnets"][0])
    block = news.get("ipv6CidrBlock")
    if block and block != present.get("Ipv6CidrBlock"):
        if present:
            client.disassociate_subnet_cidr_block(AssociationId=present["AssociationId"])
        _refuse_foreign_block(news["region"], news["vpcId"], block)
        client.associate_subnet_cidr_block(SubnetId=id_, Ipv6CidrBlock=block)
    _set_addresses(id_, news)
    change_tags(id_, olds, news)


def _delete_subnet(id_: str, state: Props) -> None:
    client = ec2(state["region"])
    inside: Any = [{"Name": "subnet-id", "Values": [id_]}]
    nats = client.describe_nat_gateways(Filters=inside)["NatGateways"]
    endpoints = client.describe_vpc_endpoints()["VpcEndpoints"]
    if any(nat["State"] == "available" for nat in nats) or any(
        id_ in each.get("SubnetIds", ()) and each["State"].lower() != "deleted" for each in endpoints
    ):
        raise refuse("DependencyViolation", f"The subnet '{id_}' has dependencies and cannot be deleted.")
    client.delete_subnet(SubnetId=id_)


KINDS: Final[Mapping[str, Kind]] = {
    "aws:ec2/vpc:Vpc": Kind(
        create=_create_vpc, finish=_set_dns, read=_read_vpc, update=_update_vpc, delete=_delete_vpc
    ),
    "aws:ec2/subnet:Subnet": Kind(
        create=_create_subnet,
        finish=_set_addresses,
        read=_read_subnet,
        update=_update_subnet,
        delete=_delete_subnet,
    ),
}
