"""VPC endpoints."""

import json
from collections.abc import Mapping
from typing import Any, Final

from botocore.exceptions import ClientError

from local_cloud.provider.aws import ACCOUNT, ec2
from local_cloud.provider.types.kind import Kind, arn, change_tags, refuse, tag_specifications, tags_of
from local_cloud.provider.values import Props

_LISTS: Final = {"routeTableIds": "RouteTable", "subnetIds": "Subnet", "securityGroupIds": "SecurityGroup"}


def _create(props: Props) -> str:
    client = ec2(props["region"])
    interface = props.get("vpcEndpointType", "Gateway") == "Interface"
    private_dns = bool(props.get("privateDnsEnabled"))
    _refuse_unknown_service(props)
    _refuse_foreign_subnets(props)
    if interface and private_dns:
        _refuse_private_dns(props)
    groups = props.get("securityGroupIds") or ([_default_group(props)] if interface else [])
    request: dict[str, Any] = {
        "VpcId": props["vpcId"],
        "ServiceName": props["serviceName"],
        "VpcEndpointType": props.get("vpcEndpointType", "Gateway"),
        "PrivateDnsEnabled": private_dns,
        "TagSpecifications": tag_specifications("vpc-endpoint", props),
    }
    optional = {
        "RouteTableIds": props.get("routeTableIds"),
        "SubnetIds": props.get("subnetIds"),
        "SecurityGroupIds": groups,
        "PolicyDocument": props.get("policy"),
    }
    request |= {key: value for key, value in optional.items() if value}
    return str(client.create_vpc_endpoint(**request)["VpcEndpoint"]["VpcEndpointId"])


def _refuse_unknown_service(props: Props) -> None:
    name = props.get("serviceName") or ""
    known = ec2(props["region"]).describe_vpc_endpoint_services()["ServiceNames"]
    if name not in known and not name.startswith("com.amazonaws.vpce."):
        raise refuse("InvalidServiceName", f"The Vpc Endpoint Service '{name}' does not exist")


def _refuse_foreign_subnets(props: Props) -> None:
    ids = props.get("subnetIds") or []
    if not ids:
        return
    subnets = ec2(props["region"]).describe_subnets(SubnetIds=ids)["Subnets"]
    for subnet in subnets:
        if subnet["VpcId"] != props["vpcId"]:
            raise refuse(
                "InvalidParameter", f"Subnet {subnet['SubnetId']} does not belong to VPC {props['vpcId']}"
            )
    zones = [subnet["AvailabilityZone"] for subnet in subnets]
    for zone in zones:
        if zones.count(zone) > 1:
            raise refuse(
                "DuplicateSubnetsInSameZone",
                f"Found another VPC endpoint subnet in the availability zone of {zone}.",
            )


def _refuse_private_dns(props: Props) -> None:
    client = ec2(props["region"])
    hostnames = client.describe_vpc_attribute(VpcId=props["vpcId"], Attribute="enableDnsHostnames")
    support = client.describe_vpc_attribute(VpcId=props["vpcId"], Attribute="enableDnsSupport")
    if not (hostnames["EnableDnsHostnames"]["Value"] and support["EnableDnsSupport"]["Value"]):
        raise refuse(
            "InvalidParameter",
            "Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes "
            f"set to true for {props['vpcId']}",
        )
    for each in _of_vpc(props):
        if each["ServiceName"] == props["serviceName"] and each["PrivateDnsEnabled"]:
            raise refuse(
                "InvalidParameter",
                f"private-dns-enabled cannot be set because there is already a conflicting DNS domain for "
                f"{props['serviceName']} in the VPC {props['vpcId']}",
            )


def _of_vpc(props: Props) -> list[Any]:
    found = ec2(props["region"]).describe_vpc_endpoints(
        Filters=[{"Name": "vpc-id", "Values": [props["vpcId"]]}]
    )["VpcEndpoints"]
    return [each for each in found if each["State"].lower() != "deleted"]


def _default_group(props: Props) -> str:
    found = ec2(props["region"]).describe_security_groups(
        Filters=[
            {"Name": "vpc-id", "Values": [props["vpcId"]]},
            {"Name": "group-name", "Values": ["default"]},
        ]
    )
    return found["SecurityGroups"][0]["GroupId"]


def _read(id_: str, state: Props) -> Props | None:
    client = ec2(state["region"])
    try:
        endpoint: Any = client.describe_vpc_endpoints(VpcEndpointIds=[id_])["VpcEndpoints"][0]
    except (ClientError, IndexError):
        return None
    if endpoint["State"] == "deleted":
        return None
    gateway = endpoint["VpcEndpointType"] == "Gateway"
    return {
        "arn": arn(state["region"], "vpc-endpoint", id_),
        "cidrBlocks": ["3.5.0.0/19"] if gateway else [],
        "dnsEntries": [
            {"dnsName": each.get("DnsName", ""), "hostedZoneId": each.get("HostedZoneId", "")}
            for each in endpoint.get("DnsEntries", ())
        ],
        "dnsOptions": {},
        "ipAddressType": endpoint.get("IpAddressType", "ipv4"),
        "networkInterfaceIds": endpoint.get("NetworkInterfaceIds", []),
        "ownerId": endpoint.get("OwnerId", ACCOUNT),
        "policy": _policy(endpoint.get("PolicyDocument"), state.get("policy")),
        "prefixListId": _prefix_list(state["region"], endpoint["ServiceName"]) if gateway else "",
        "privateDnsEnabled": bool(endpoint.get("PrivateDnsEnabled")) and not gateway,
        "region": state["region"],
        "requesterManaged": False,
        "routeTableIds": sorted(endpoint.get("RouteTableIds", [])),
        "securityGroupIds": sorted(group["GroupId"] for group in endpoint.get("Groups", ())),
        "serviceName": endpoint["ServiceName"],
        "serviceRegion": state["region"],
        "state": "available",
        "subnetConfigurations": [],
        "subnetIds": sorted(endpoint.get("SubnetIds", [])),
        "vpcEndpointType": endpoint["VpcEndpointType"],
        "vpcId": endpoint["VpcId"],
        **tags_of(endpoint, state),
    }


def _policy(read: str | None, written: str | None) -> str:
    """Keep the written text when AWS returns an equivalent policy."""
    if read and written and json.loads(read) == json.loads(written):
        return written
    return read or ""


def _prefix_list(region: str, service: str) -> str:
    lists = ec2(region).describe_managed_prefix_lists()["PrefixLists"]
    return next((each["PrefixListId"] for each in lists if each["PrefixListName"] == service), "")


def _update(id_: str, olds: Props, news: Props) -> None:
    client = ec2(news["region"])
    request = _list_changes(client.describe_vpc_endpoints(VpcEndpointIds=[id_])["VpcEndpoints"][0], news)
    if "policy" in news and news["policy"] != olds.get("policy"):
        request["PolicyDocument"] = news["policy"]
    if "privateDnsEnabled" in news and news["privateDnsEnabled"] != olds.get("privateDnsEnabled"):
        request["PrivateDnsEnabled"] = news["privateDnsEnabled"]
    _refuse_foreign_subnets(news)
    if request.get("PrivateDnsEnabled"):
        _refuse_private_dns(news)
    if request:
        client.modify_vpc_endpoint(VpcEndpointId=id_, **request)
    change_tags(id_, olds, news)


def _list_changes(endpoint: Mapping[str, Any], news: Props) -> dict[str, Any]:
    """Return what brings an endpoint's lists to the written ones; a list that is not written stays."""
    present = {
        "routeTableIds": set(endpoint.get("RouteTableIds", ())),
        "subnetIds": set(endpoint.get("SubnetIds", ())),
        "securityGroupIds": {group["GroupId"] for group in endpoint.get("Groups", ())},
    }
    request: dict[str, Any] = {}
    for key, theirs in _LISTS.items():
        if news.get(key) is not None:
            if new := sorted(set(news[key]) - present[key]):
                request[f"Add{theirs}Ids"] = new
            if gone := sorted(present[key] - set(news[key])):
                request[f"Remove{theirs}Ids"] = gone
    return request


def _delete(id_: str, state: Props) -> None:
    ec2(state["region"]).delete_vpc_endpoints(VpcEndpointIds=[id_])


KINDS: Final[Mapping[str, Kind]] = {
    "aws:ec2/vpcEndpoint:VpcEndpoint": Kind(create=_create, read=_read, update=_update, delete=_delete)
}
