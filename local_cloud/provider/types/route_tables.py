"""Route tables, routes and what ties tables to subnets."""

from collections.abc import Mapping
from typing import Any, Final
from zlib import crc32

from botocore.exceptions import ClientError

from local_cloud.provider.aws import ACCOUNT, ec2
from local_cloud.provider.types.kind import (
    Kind,
    arn,
    change_tags,
    refuse,
    tag_specifications,
    tags_of,
    unless_gone,
)
from local_cloud.provider.values import Props

_DESTINATIONS: Final = {
    "destinationCidrBlock": "DestinationCidrBlock",
    "destinationIpv6CidrBlock": "DestinationIpv6CidrBlock",
    "destinationPrefixListId": "DestinationPrefixListId",
}
_TARGETS: Final = {
    "gatewayId": "GatewayId",
    "natGatewayId": "NatGatewayId",
    "egressOnlyGatewayId": "EgressOnlyInternetGatewayId",
    "networkInterfaceId": "NetworkInterfaceId",
    "transitGatewayId": "TransitGatewayId",
    "vpcPeeringConnectionId": "VpcPeeringConnectionId",
}


def _create_table(props: Props) -> str:
    if props.get("routes"):
        raise refuse("InvalidParameterValue", "the local AWS takes routes as resources of their own only")
    made = ec2(props["region"]).create_route_table(
        VpcId=props["vpcId"], TagSpecifications=tag_specifications("route-table", props)
    )
    return str(made["RouteTable"]["RouteTableId"])


def _table(region: str, id_: str) -> Mapping[str, Any] | None:
    return unless_gone(lambda: ec2(region).describe_route_tables(RouteTableIds=[id_])["RouteTables"][0])


def _read_table(id_: str, state: Props) -> Props | None:
    table = _table(state["region"], id_)
    if table is None:
        return None
    return {
        "arn": arn(state["region"], "route-table", id_),
        "ownerId": table.get("OwnerId", ACCOUNT),
        "propagatingVgws": [],
        "region": state["region"],
        "routes": [_inline(route) for route in table["Routes"] if _is_own(route)],
        "vpcId": table["VpcId"],
        **tags_of(table, state),
    }


def _is_own(route: Mapping[str, Any]) -> bool:
    """Tell whether somebody wrote a route: local ones and those of gateway endpoints are AWS's."""
    return route.get("GatewayId") != "local" and not str(route.get("GatewayId", "")).startswith("vpce-")


def _inline(route: Mapping[str, Any]) -> Props:
    names = {"cidrBlock": "DestinationCidrBlock", "ipv6CidrBlock": "DestinationIpv6CidrBlock"}
    return {
        **{name: route.get(theirs, "") for name, theirs in names.items()},
        **{name: route.get(theirs, "") for name, theirs in _TARGETS.items()},
    }


def _delete_table(id_: str, state: Props) -> None:
    table = _table(state["region"], id_)
    if table and any("SubnetId" in each for each in table["Associations"]):
        raise refuse("DependencyViolation", f"The routeTable '{id_}' has dependencies and cannot be deleted.")
    ec2(state["region"]).delete_route_table(RouteTableId=id_)


def _selected(props: Props, names: Mapping[str, str]) -> Any:  # noqa: ANN401 - boto3's keyword arguments
    return {theirs: props[name] for name, theirs in names.items() if props.get(name)}


def _create_route(props: Props) -> str:
    client = ec2(props["region"])
    table = _table(props["region"], props["routeTableId"])
    if table is None:
        raise refuse(
            "InvalidRouteTableID.NotFound", f"The routeTable ID '{props['routeTableId']}' does not exist"
        )
    _same_network(props, table["VpcId"])
    destination = _destination(props)
    if any(destination in each.values() for each in table["Routes"]):
        raise refuse("RouteAlreadyExists", f"The route identified by {destination} already exists.")
    client.create_route(
        RouteTableId=props["routeTableId"], **_selected(props, _DESTINATIONS), **_selected(props, _TARGETS)
    )
    return route_id(props["routeTableId"], destination)


def route_id(table: str, destination: str) -> str:
    """Return the id that the genuine provider gives a route."""
    return f"r-{table}{crc32(destination.encode())}"


def _same_network(props: Props, vpc_id: str) -> None:
    gateway = str(props.get("gatewayId", ""))
    if not gateway.startswith("igw-"):
        return
    try:
        found = ec2(props["region"]).describe_internet_gateways(InternetGatewayIds=[gateway])
    except ClientError as error:
        raise refuse("InvalidGatewayID.NotFound", f"The gateway ID '{gateway}' does not exist") from error
    if vpc_id not in [each["VpcId"] for each in found["InternetGateways"][0].get("Attachments", ())]:
        raise refuse(
            "InvalidParameterValue",
            f"route table {props['routeTableId']} and network gateway {gateway} belong to different networks",
        )


def _destination(props: Props) -> str:
    return str(next(props[name] for name in _DESTINATIONS if props.get(name)))


def _read_route(_id: str, state: Props) -> Props | None:
    table = _table(state["region"], state["routeTableId"])
    if table is None:
        return None
    destination = _destination(state)
    for route in table["Routes"]:
        if destination in (route.get(theirs) for theirs in _DESTINATIONS.values()):
            return {
                "instanceId": "",
                "instanceOwnerId": "",
                "origin": "CreateRoute",
                "region": state["region"],
                "routeTableId": state["routeTableId"],
                "state": route.get("State", "active"),
                **{name: route[theirs] for name, theirs in _DESTINATIONS.items() if route.get(theirs)},
                **{name: route.get(theirs, "") for name, theirs in _TARGETS.items()},
            }
    return None


def _update_route(_id: str, _olds: Props, news: Props) -> None:
    ec2(news["region"]).replace_route(
        RouteTableId=news["routeTableId"], **_selected(news, _DESTINATIONS), **_selected(news, _TARGETS)
    )


def _delete_route(_id: str, state: Props) -> None:
    ec2(state["region"]).delete_route(RouteTableId=state["routeTableId"], **_selected(state, _DESTINATIONS))


def association_of(props: Props) -> tuple[str, str] | None:
    """Return the association's id and table of a subnet, if it has one."""
    tables = ec2(props["region"]).describe_route_tables(
        Filters=[{"Name": "association.subnet-id", "Values": [props["subnetId"]]}]
    )["RouteTables"]
    for table in tables:
        for each in table["Associations"]:
            if each.get("SubnetId") == props["subnetId"]:
                return str(each["RouteTableAssociationId"]), str(table["RouteTableId"])
    return None


def _create_association(props: Props) -> str:
    if not props.get("subnetId"):
        raise refuse("InvalidParameterValue", "the local AWS associates route tables with subnets only")
    client = ec2(props["region"])
    present = association_of(props)
    if present is not None:
        raise refuse(
            "Resource.AlreadyAssociated",
            f"the specified association for route table {props['routeTableId']} conflicts with an existing "
            "association",
        )
    table = _table(props["region"], props["routeTableId"])
    subnet = client.describe_subnets(SubnetIds=[props["subnetId"]])["Subnets"][0]
    if table is None or table["VpcId"] != subnet["VpcId"]:
        raise refuse(
            "InvalidParameterValue",
            f"route table {props['routeTableId']} and subnet {props['subnetId']} belong to different "
            "networks",
        )
    made = client.associate_route_table(RouteTableId=props["routeTableId"], SubnetId=props["subnetId"])
    return str(made["AssociationId"])


def _read_association(id_: str, state: Props) -> Props | None:
    present = association_of(state)
    # Another table means another association; the engine keeps the id of the first.
    if present is None or (present[0] != id_ and present[1] != state["routeTableId"]):
        return None
    return {"region": state["region"], "subnetId": state["subnetId"], "routeTableId": present[1]}


def _update_association(_id: str, _olds: Props, news: Props) -> None:
    present = association_of(news)
    if present is None:
        raise refuse(
            "InvalidAssociationID.NotFound", f"The subnet '{news['subnetId']}' has no route table association"
        )
    ec2(news["region"]).replace_route_table_association(
        AssociationId=present[0], RouteTableId=news["routeTableId"]
    )


def _delete_association(_id: str, state: Props) -> None:
    present = association_of(state)
    if present is not None:
        ec2(state["region"]).disassociate_route_table(AssociationId=present[0])


KINDS: Final[Mapping[str, Kind]] = {
    "aws:ec2/routeTable:RouteTable": Kind(
        create=_create_table, read=_read_table, update=change_tags, delete=_delete_table
    ),
    "aws:ec2/route:Route": Kind(
        create=_create_route, read=_read_route, update=_update_route, delete=_delete_route
    ),
    "aws:ec2/routeTableAssociation:RouteTableAssociation": Kind(
        create=_create_association,
        read=_read_association,
        update=_update_association,
        delete=_delete_association,
    ),
}
