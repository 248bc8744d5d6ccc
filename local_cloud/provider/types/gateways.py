"""Internet gateways, Elastic IP addresses and NAT gateways."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

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

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client


def _create_internet_gateway(props: Props) -> str:
    client = ec2(props["region"])
    if props.get("vpcId") and _has_internet_gateway(client, props["vpcId"]):
        raise refuse(
            "Resource.AlreadyAssociated",
            f"Network {props['vpcId']} already has an internet gateway attached",
        )
    made = client.create_internet_gateway(TagSpecifications=tag_specifications("internet-gateway", props))
    return made["InternetGateway"]["InternetGatewayId"]


def _attach(id_: str, props: Props) -> None:
    client = ec2(props["region"])
    if props.get("vpcId") and not _attached_to(client, id_):
        client.attach_internet_gateway(InternetGatewayId=id_, VpcId=props["vpcId"])


def _has_internet_gateway(client: "EC2Client", vpc_id: str) -> bool:
    found = client.describe_internet_gateways(Filters=[{"Name": "attachment.vpc-id", "Values": [vpc_id]}])
    return bool(found["InternetGateways"])


def _attached_to(client: "EC2Client", id_: str) -> str | None:
    gateway = client.describe_internet_gateways(InternetGatewayIds=[id_])["InternetGateways"][0]
    attached = only(gateway.get("Attachments", ()))
    return attached["VpcId"] if attached else None


def _read_internet_gateway(id_: str, state: Props) -> Props | None:
    client = ec2(state["region"])
    found = unless_gone(lambda: client.describe_internet_gateways(InternetGatewayIds=[id_]))
    if found is None:
        return None
    gateway = found["InternetGateways"][0]
    attached = only(gateway.get("Attachments", ()))
    return {
        "arn": arn(state["region"], "internet-gateway", id_),
        "ownerId": gateway.get("OwnerId", ACCOUNT),
        "region": state["region"],
        "vpcId": attached["VpcId"] if attached else "",
        **tags_of(gateway, state),
    }


def _update_internet_gateway(id_: str, olds: Props, news: Props) -> None:
    client = ec2(news["region"])
    if olds.get("vpcId") != news.get("vpcId"):
        if olds.get("vpcId"):
            client.detach_internet_gateway(InternetGatewayId=id_, VpcId=olds["vpcId"])
        if news.get("vpcId"):
            client.attach_internet_gateway(InternetGatewayId=id_, VpcId=news["vpcId"])
    change_tags(id_, olds, news)


def _delete_internet_gateway(id_: str, state: Props) -> None:
    client = ec2(state["region"])
    vpc_id = _attached_to(client, id_)
    if vpc_id:
        inside: Any = [{"Name": "vpc-id", "Values": [vpc_id]}]
        nats = client.describe_nat_gateways(Filters=inside)["NatGateways"]
        if any(nat["State"] == "available" for nat in nats):
            raise refuse(
                "DependencyViolation",
                f"Network {vpc_id} has some mapped public address(es). Please unmap those public "
                "address(es) before detaching the gateway.",
            )
        client.detach_internet_gateway(InternetGatewayId=id_, VpcId=vpc_id)
    client.delete_internet_gateway(InternetGatewayId=id_)


def _create_egress_only(props: Props) -> str:
    made = ec2(props["region"]).create_egress_only_internet_gateway(
        VpcId=props["vpcId"],
        TagSpecifications=tag_specifications("egress-only-internet-gateway", props),
    )
    return made["EgressOnlyInternetGateway"]["EgressOnlyInternetGatewayId"]


def _read_egress_only(id_: str, state: Props) -> Props | None:
    found = ec2(state["region"]).describe_egress_only_internet_gateways(EgressOnlyInternetGatewayIds=[id_])
    gateway = only(found["EgressOnlyInternetGateways"])
    if gateway is None:
        return None
    return {
        "region": state["region"],
        "vpcId": gateway["Attachments"][0]["VpcId"],
        **tags_of(gateway, state),
    }


def _delete_egress_only(id_: str, state: Props) -> None:
    ec2(state["region"]).delete_egress_only_internet_gateway(EgressOnlyInternetGatewayId=id_)


def _create_eip(props: Props) -> str:
    client = ec2(props["region"])
    made = client.allocate_address(Domain="vpc", TagSpecifications=tag_specifications("elastic-ip", props))
    return made["AllocationId"]


def _read_eip(id_: str, state: Props) -> Props | None:
    client = ec2(state["region"])
    address = unless_gone(lambda: client.describe_addresses(AllocationIds=[id_])["Addresses"][0])
    if address is None:
        return None
    return {
        "allocationId": id_,
        "arn": arn(state["region"], "elastic-ip", id_),
        "associationId": address.get("AssociationId", ""),
        "carrierIp": "",
        "customerOwnedIp": "",
        "domain": address["Domain"],
        "instance": address.get("InstanceId", ""),
        "ipamPoolId": "",
        "networkBorderGroup": state["region"],
        "networkInterface": address.get("NetworkInterfaceId", ""),
        "privateDns": "",
        "privateIp": address.get("PrivateIpAddress", ""),
        "ptrRecord": "",
        "publicDns": "",
        "publicIp": address["PublicIp"],
        "publicIpv4Pool": "amazon",
        "region": state["region"],
        **tags_of(address, state),
    }


def _delete_eip(id_: str, state: Props) -> None:
    client = ec2(state["region"])
    nats = client.describe_nat_gateways()["NatGateways"]
    if any(
        each.get("AllocationId") == id_ and nat["State"] == "available"
        for nat in nats
        for each in nat["NatGatewayAddresses"]
    ):
        raise refuse(
            "AuthFailure", f"You do not have permission to access the specified resource: {id_} is in use."
        )
    client.release_address(AllocationId=id_)


def _create_nat(props: Props) -> str:
    public = props.get("connectivityType", "public") == "public"
    if not props.get("subnetId"):
        raise refuse("MissingParameter", "The request must contain the parameter subnetId")
    if public and not props.get("allocationId"):
        raise refuse("MissingParameter", "The request must contain the parameter allocationId")
    if not public and props.get("allocationId"):
        raise refuse("InvalidParameter", "allocationId is not supported with connectivityType private")
    client = ec2(props["region"])
    if public:
        _require_internet_gateway(client, props["subnetId"])
    more: Any = {"AllocationId": props["allocationId"]} if public else {}
    made = client.create_nat_gateway(
        SubnetId=props["subnetId"],
        ConnectivityType="public" if public else "private",
        TagSpecifications=tag_specifications("natgateway", props),
        **more,
    )
    return str(made["NatGateway"]["NatGatewayId"])


def _require_internet_gateway(client: "EC2Client", subnet_id: str) -> None:
    """Refuse a public NAT gateway in a VPC that has no way out, which moto makes and EC2 lets fail."""
    vpc_id = client.describe_subnets(SubnetIds=[subnet_id])["Subnets"][0]["VpcId"]
    if not _has_internet_gateway(client, vpc_id):
        raise refuse("Gateway.NotAttached", f"Network {vpc_id} has no Internet gateway attached")


def _read_nat(id_: str, state: Props) -> Props | None:
    found = ec2(state["region"]).describe_nat_gateways(NatGatewayIds=[id_])["NatGateways"]
    nat = only(found)
    if nat is None or nat["State"] == "deleted":
        return None
    address = nat["NatGatewayAddresses"][0]
    return {
        "allocationId": address.get("AllocationId", ""),
        "associationId": "",
        "autoProvisionZones": "",
        "autoScalingIps": "",
        "availabilityMode": "zonal",
        "connectivityType": nat.get("ConnectivityType", "public"),
        "networkInterfaceId": address.get("NetworkInterfaceId", ""),
        "privateIp": address.get("PrivateIp", ""),
        "publicIp": address.get("PublicIp", ""),
        "region": state["region"],
        "regionalNatGatewayAddresses": [],
        "regionalNatGatewayAutoMode": "",
        "routeTableId": "",
        "secondaryAllocationIds": [],
        "secondaryPrivateIpAddressCount": 0,
        "secondaryPrivateIpAddresses": [],
        "subnetId": nat["SubnetId"],
        "vpcId": nat["VpcId"],
        **tags_of(nat, state),
    }


def _delete_nat(id_: str, state: Props) -> None:
    ec2(state["region"]).delete_nat_gateway(NatGatewayId=id_)


KINDS: Final[Mapping[str, Kind]] = {
    "aws:ec2/internetGateway:InternetGateway": Kind(
        create=_create_internet_gateway,
        finish=_attach,
        read=_read_internet_gateway,
        update=_update_internet_gateway,
        delete=_delete_internet_gateway,
    ),
    "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway": Kind(
        create=_create_egress_only,
        read=_read_egress_only,
        update=change_tags,
        delete=_delete_egress_only,
    ),
    "aws:ec2/eip:Eip": Kind(create=_create_eip, read=_read_eip, update=change_tags, delete=_delete_eip),
    "aws:ec2/natGateway:NatGateway": Kind(
        create=_create_nat, read=_read_nat, update=change_tags, delete=_delete_nat
    ),
}
