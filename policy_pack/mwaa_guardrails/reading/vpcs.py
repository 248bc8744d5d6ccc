"""VPCs, subnets, internet gateways and NAT gateways."""

from collections.abc import Mapping

from mwaa_guardrails.aws.model import (
    Inside,
    InternetGateway,
    NatGateway,
    Outside,
    Reference,
    Subnet,
    Unresolved,
    Vpc,
)
from mwaa_guardrails.net.intervals import IntervalSet
from mwaa_guardrails.reading.properties import Properties
from mwaa_guardrails.reading.references import Family, Links, from_memory, required
from mwaa_guardrails.reading.regions import Regions, region_of
from mwaa_guardrails.reading.traffic import read_cidr
from mwaa_guardrails.unknown import Reason, Unknown

OWN_VPC = "aws:ec2/vpc:Vpc"
DEFAULT_VPC = "aws:ec2/defaultVpc:DefaultVpc"
VPCS = (OWN_VPC, DEFAULT_VPC)
SUBNETS = ("aws:ec2/subnet:Subnet", "aws:ec2/defaultSubnet:DefaultSubnet")
NAT_GATEWAY = "aws:ec2/natGateway:NatGateway"
INTERNET_GATEWAY = "aws:ec2/internetGateway:InternetGateway"
ATTACHMENT = "aws:ec2/internetGatewayAttachment:InternetGatewayAttachment"


def read_vpcs(by_type: Mapping[str, tuple[Properties, ...]]) -> dict[str, Vpc]:
    """Return every VPC under its URN; a default VPC has DNS hostnames on by default."""
    return {
        properties.resource.urn: Vpc(
            origin=properties.origin,
            cidr=_cidr(properties),
            dns_support=properties.stated_flag("enableDnsSupport", default=True),
            dns_hostnames=properties.stated_flag("enableDnsHostnames", default=type_ == DEFAULT_VPC),
            adopted=type_ == DEFAULT_VPC,
        )
        for type_ in VPCS
        for properties in by_type[type_]
    }


def read_subnets(
    by_type: Mapping[str, tuple[Properties, ...]], links: Links, regions: Regions
) -> dict[str, Subnet]:
    """Return every subnet under its URN."""
    return {
        properties.resource.urn: Subnet(
            origin=properties.origin,
            vpc=required(links.one(properties, "vpcId", Family.VPC), properties, "vpcId"),
            cidr=_cidr(properties),
            zone=properties.stated_text("availabilityZone"),
            zone_id=properties.stated_text("availabilityZoneId"),
            region=region_of(properties, regions),
        )
        for type_ in SUBNETS
        for properties in by_type[type_]
    }


def read_nat_gateways(by_type: Mapping[str, tuple[Properties, ...]], links: Links) -> dict[str, NatGateway]:
    """Return every NAT gateway under its URN."""
    return {
        properties.resource.urn: NatGateway(
            origin=properties.origin,
            subnet=links.one(properties, "subnetId", Family.SUBNET),
            public=_is_public(properties),
            vpc=links.one(properties, "vpcId", Family.VPC) if properties.has("vpcId") else None,
        )
        for properties in by_type[NAT_GATEWAY]
    }


def read_internet_gateways(
    by_type: Mapping[str, tuple[Properties, ...]], links: Links
) -> dict[str, InternetGateway]:
    """Return every internet gateway under its URN, attached by its own property or by a resource between.

    A gateway that lies outside and is attached here stands under the URN of its attachment.
    """
    attachments = by_type[ATTACHMENT]
    own = {
        properties.resource.urn: InternetGateway(
            origin=properties.origin, vpc=_vpc_of_gateway(properties, attachments, links)
        )
        for properties in by_type[INTERNET_GATEWAY]
    }
    outside = {
        properties.resource.urn: InternetGateway(
            origin=properties.origin, vpc=_attached_vpc(properties, links)
        )
        for properties in attachments
        if isinstance(_attached_gateway(properties, links), Outside)
    }
    return {**own, **outside}


def _vpc_of_gateway(
    gateway: Properties, attachments: tuple[Properties, ...], links: Links
) -> Reference | None:
    recalled = gateway.recalled("vpcId")
    listed = links.one(gateway, "vpcId", Family.VPC) if gateway.has("vpcId") else None
    if listed is not None and recalled is None:
        return listed
    itself = Inside(gateway.resource.urn)
    for each in attachments:
        attached = _attached_gateway(each, links)
        if attached == itself:
            return _attached_vpc(each, links)
        if isinstance(attached, Unresolved) and attached.may_mean(itself):
            return Unresolved(attached.unknown)
    return None if listed is None else from_memory(listed, recalled)


def _attached_gateway(attachment: Properties, links: Links) -> Reference | None:
    return links.one(attachment, "internetGatewayId", Family.INTERNET_GATEWAY)


def _attached_vpc(attachment: Properties, links: Links) -> Reference:
    return required(links.one(attachment, "vpcId", Family.VPC), attachment, "vpcId")


def _cidr(properties: Properties) -> IntervalSet | Unknown:
    cidr = read_cidr(properties, "cidrBlock")
    return properties.unknown("cidrBlock", Reason.NOT_YET) if cidr is None else cidr


def _is_public(properties: Properties) -> bool | Unknown:
    kind = properties.text("connectivityType")
    return kind if isinstance(kind, Unknown) else kind != "private"
